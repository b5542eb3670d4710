"""WaitCanvas: the wait-for graph as a picture that can be zoomed, moved and walked through.

Wheel, Ctrl++ and Ctrl+-: zoom; Ctrl+0: all of it. Drag, arrow keys: move.
Tab: from node to node; Enter: on to what can be done with it; Esc: none.
"""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFontInfo,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.charts import wait_edges
from gui.charts.notes import draw_note
from gui.charts.wait_layers import Layout
from gui.charts.wait_layout import arrange
from gui.charts.wait_picture import WaitPicture
from gui.charts.wait_shapes import Fonts, WaitShapes
from gui.charts.wait_words import WaitWords
from gui.theme import ThemeSource
from workers.contract.waits import WaitEdge

LARGEST, SMALLEST = 1.15, 0.45
"""The scale at which all of it is shown lies between these; what does not fit then is reached by moving."""
ZOOM, KEY_ZOOM, FARTHEST = 1.15, 1.25, 6.0
DRAG_PIXELS = 4
_ENOUGH = 0.75
"""What makes the picture smaller goes where it is not this large beside one without: first the words on edges, then the smaller lines."""
_CTRL = Qt.KeyboardModifier.ControlModifier


class WaitCanvas(QWidget):
    """Shows one WaitPicture.

    Signals:
        chosen(str): another node is chosen: its key, or nothing.
        opened(): Enter was pressed on the chosen node.
        menuAsked(QPoint): a menu of the chosen node is wanted, at this place of the screen.
    """

    chosen = Signal(str)
    opened = Signal()
    menuAsked = Signal(QPoint)

    def __init__(self, theme: ThemeSource, words: WaitWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._words = theme, words
        self.picture = WaitPicture()
        self.key = ""
        """The chosen node."""
        self._note = ""
        self._at_ns = 0
        self._shapes = WaitShapes(words, Fonts.of(self.font()))
        self._layout = Layout({}, 0, 0)
        self._edges: list[wait_edges.Drawn] = []
        self._sizes: dict[str, tuple[float, float]] = {}
        self._compact, self._worded = False, True
        self._zoom, self._moved = 1.0, QPointF()
        self._pressed: QPointF | None = None
        self._dragged = False
        self.setObjectName("waitCanvas")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    def minimumSizeHint(self) -> QSize:
        """Room for two nodes."""
        em = QFontInfo(self.font()).pixelSize()
        return QSize(em * 14, em * 5)

    # ---- what is shown --------------------------------------------------------------------------------------------
    def show_picture(self, picture: WaitPicture, note: str, at_ns: int) -> None:
        """Show this, as of that instant; `note` instead where it has no nodes."""
        if (picture, note, at_ns) == (self.picture, self._note, self._at_ns):
            return
        other = picture != self.picture
        self.picture, self._note, self._at_ns = picture, note, at_ns
        if self.key and picture.node(self.key) is None:
            self.choose("")
        if other:
            self._arrange()
        self.update()

    def choose(self, key: str) -> None:
        """Choose a node; nothing for none."""
        if key != self.key:
            self.key = key
            self._reveal()
            self.chosen.emit(key)
            self.update()

    def box(self, key: str) -> QRectF:
        """Where a node is, before zooming."""
        (x, y), (wide, high) = self._layout.places[key], self._sizes.get(key) or self._layout.sizes[key]
        return QRectF(x - wide / 2, y - high / 2, wide, high)

    def on_screen(self, key: str) -> QRectF:
        """Where a node is in the widget."""
        return self._transform().mapRect(self.box(key))

    @property
    def scale(self) -> float:
        """How large it is drawn: at 1 the text has the size of the widget's font."""
        return self._fit() * self._zoom

    def _arrange(self) -> None:
        self._shapes.fonts = Fonts.of(self.font())
        if not self.picture.nodes:
            self._layout, self._edges, self._sizes = Layout({}, 0, 0), [], {}
            return
        ways = [self._arranged(compact, worded) for compact, worded in ((False, True), (False, False), (True, False))]
        scales = [min(1.0, layout.fits(self._room())) for layout, _ in ways]
        chosen = next(i for i, scale in enumerate(scales) if scale >= _ENOUGH * max(scales))
        self._compact, self._worded = chosen == 2, chosen == 0
        self._layout, self._sizes = ways[chosen]
        self._edges = wait_edges.routed(self.picture, self._layout, self.box, self._shapes.fonts.em)

    def _arranged(self, compact: bool, worded: bool) -> tuple[Layout, dict[str, tuple[float, float]]]:
        picture, em = self.picture, self._shapes.fonts.em
        sizes = {node.key: self._shapes.size(node, compact) for node in picture.nodes}
        small = QFontMetricsF(self._shapes.fonts.small)
        gap = 2.2 * em, 1.5 * em
        if worded:
            texts = (self._text(edge) for edge in picture.merged())
            gap = max(map(small.horizontalAdvance, texts), default=0.0) + 2.6 * em, small.height() + 1.5 * em
        return arrange(picture, sizes, self._room(), gap), sizes

    def _text(self, edge: WaitEdge) -> str:
        """What stands on an edge, also on that of a crowd."""
        first = {crowd.key: crowd.members for crowd in self.picture.crowds}
        many = first.get(edge.source, (edge.source,))
        source = self.picture.node(many[0])
        target = self.picture.node(first.get(edge.target, (edge.target,))[0])
        if source is None or target is None:
            return ""
        together = self._words.crowd(len(many), edge, self._at_ns) if len(many) > 1 else ""
        return together or self._words.edge(edge, source, target, self._at_ns)

    # ---- the view -------------------------------------------------------------------------------------------------
    def _room(self) -> tuple[float, float]:
        em = self._shapes.fonts.em
        return max(1.0, self.width() - 2.0 * em), max(1.0, self.height() - 2.2 * em)

    def _fit(self) -> float:
        return min(LARGEST, max(SMALLEST, self._layout.fits(self._room())))

    def _transform(self) -> QTransform:
        made = QTransform()
        middle = QPointF(self.width() / 2, self.height() / 2 + self._shapes.fonts.em * 0.2) + self._moved
        made.translate(middle.x(), middle.y())
        made.scale(self.scale, self.scale)
        made.translate(-self._layout.width / 2, -self._layout.height / 2)
        return made

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Larger or smaller, about a point of the widget, else its middle."""
        new = min(FARTHEST, max(0.4, self._zoom * factor))
        middle = QPointF(self.width() / 2, self.height() / 2 + self._shapes.fonts.em * 0.2)
        point = (at or middle) - middle
        self._moved = point - (point - self._moved) * (new / self._zoom)
        self._zoom = new
        self._keep_near()

    def fit(self) -> None:
        """All of it."""
        self._zoom, self._moved = 1.0, QPointF()
        self.update()

    def move_by(self, x: float, y: float) -> None:
        """Move the picture by so many pixels."""
        self._moved += QPointF(x, y)
        self._keep_near()

    def _keep_near(self) -> None:
        # The picture cannot be lost: its middle stays within what it covers.
        wide = (self._layout.width * self.scale + self.width()) / 2 - 40
        high = (self._layout.height * self.scale + self.height()) / 2 - 20
        self._moved = QPointF(
            min(max(self._moved.x(), -max(wide, 0.0)), max(wide, 0.0)),
            min(max(self._moved.y(), -max(high, 0.0)), max(high, 0.0)),
        )
        self.update()

    def _reveal(self) -> None:
        """Bring the chosen node into sight."""
        if self.key not in self._layout.places:
            return
        box, room = self.on_screen(self.key), QRectF(self.rect()).adjusted(8, 8, -8, -8)
        x = max(0.0, room.left() - box.left()) + min(0.0, room.right() - box.right())
        y = max(0.0, room.top() - box.top()) + min(0.0, room.bottom() - box.bottom())
        if x or y:
            self.move_by(x, y)

    # ---- painting -------------------------------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        """Edges first, so that nodes stand on them; then the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme.theme
        if not self.picture.nodes:
            draw_note(painter, QRectF(self.rect()), self._note, self._theme, self)
        else:
            painter.save()
            painter.setTransform(self._transform(), True)
            self._draw(painter)
            painter.restore()
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def _draw(self, painter: QPainter) -> None:
        theme, fonts = self._theme.theme, self._shapes.fonts
        for crowd in self.picture.crowds:
            stuck = crowd.members[0] in self.picture.stuck
            self._shapes.draw_frame(painter, self.box(crowd.key), theme, stuck)
        edges = sorted(self._edges, key=lambda drawn: (drawn.stuck, self._near(drawn)))
        for drawn in edges:
            wait_edges.draw(painter, drawn, theme, fonts.em, self._near(drawn))
        said: set[tuple[str, str]] = set()
        for drawn in edges:
            if self._worded:
                text = self._text(drawn.edge)
                # What goes back by one way is said once.
                through = self._layout.through.get((drawn.edge.source, drawn.edge.target), [])
                way = (
                    (text, str(through[1:3]))
                    if wait_edges.is_way_back(through)
                    else (drawn.edge.source, drawn.edge.target)
                )
                if way not in said:
                    said.add(way)
                    wait_edges.draw_word(painter, drawn, text, theme, fonts)
        for node in self.picture.nodes:
            stuck, chosen = node.key in self.picture.stuck, node.key == self.key
            self._shapes.draw(painter, node, self.box(node.key), theme, stuck, chosen, self._compact)

    def _near(self, drawn: wait_edges.Drawn) -> bool:
        key = self.picture.frames().get(self.key, self.key)
        return bool(key) and key in (drawn.edge.source, drawn.edge.target)

    # ---- keys and mouse -------------------------------------------------------------------------------------------
    def event(self, event: QEvent) -> bool:
        """Zoom keys mean the picture while it has the keyboard, and Esc lets the chosen node go before it stops a run."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            escape = event.key() == Qt.Key.Key_Escape and bool(self.key)
            if escape or (event.modifiers() & _CTRL and event.key() in _ZOOM_KEYS):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See the module's first lines."""
        key, step = Qt.Key(event.key()), max(24.0, self.width() / 12)
        moves = {
            Qt.Key.Key_Left: (step, 0.0),
            Qt.Key.Key_Right: (-step, 0.0),
            Qt.Key.Key_Up: (0.0, step),
            Qt.Key.Key_Down: (0.0, -step),
        }
        if event.modifiers() & _CTRL and key in _ZOOM_KEYS:
            way = _ZOOM_KEYS[key]
            self.zoom(KEY_ZOOM**way) if way else self.fit()
        elif key in moves and event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
            self.move_by(*moves[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.key:
            self.opened.emit()
        elif key == Qt.Key.Key_Escape and self.key:
            self.choose("")
        elif key == Qt.Key.Key_Home:
            self.fit()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from node to node, and after the last one on to the next control."""
        keys = [node.key for node in self.picture.nodes]
        at = keys.index(self.key) + (1 if forward else -1) if self.key in keys else (0 if forward else len(keys) - 1)
        if 0 <= at < len(keys):
            self.choose(keys[at])
            return True
        return super().focusNextPrevChild(forward)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the mouse."""
        turned = event.angleDelta().y()
        if turned and self.picture.nodes:
            self.zoom(ZOOM ** (turned / 120), event.position())
            event.accept()
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to drag, or to click."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the picture along."""
        if self._pressed is None:
            return
        by = event.position() - self._pressed
        if self._dragged or by.manhattanLength() >= DRAG_PIXELS:
            self._dragged, self._pressed = True, event.position()
            self.move_by(by.x(), by.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click chooses what is under the mouse."""
        pressed, self._pressed = self._pressed, None
        if pressed is not None and not self._dragged:
            self.choose(self.key_at(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Twice on nothing: all of it again."""
        if not self.key_at(event.position()):
            self.fit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the node under the mouse; by key, of the chosen one."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        if not by_key:
            self.choose(self.key_at(QPointF(event.pos())))
        if self.key:
            place = self.on_screen(self.key).center().toPoint() if by_key else event.pos()
            self.menuAsked.emit(self.mapToGlobal(place))

    def key_at(self, point: QPointF) -> str:
        """The node at a point of the widget; nothing where there is none."""
        return next((n.key for n in reversed(self.picture.nodes) if self.on_screen(n.key).contains(point)), "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange it for the new room."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type: measure anew."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()
            self.update()


_ZOOM_KEYS = {
    Qt.Key.Key_Plus: 1,
    Qt.Key.Key_Equal: 1,
    Qt.Key.Key_Minus: -1,
    Qt.Key.Key_0: 0,
}
"""With Ctrl."""
