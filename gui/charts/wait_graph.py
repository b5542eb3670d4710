"""WaitGraphView: who waits for what, drawn; below it what there is to say of the chosen node, and what can be done about it."""

import numpy as np
from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFontInfo, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from gui.charts.base import Series
from gui.charts.labels import Aside
from gui.charts.saving import Piece
from gui.charts.slow import SlowChart
from gui.charts.strip_marks import as_tooltip
from gui.charts.wait_canvas import WaitCanvas
from gui.charts.wait_picture import picture_of
from gui.charts.wait_sums import WaitSums, read
from gui.charts.wait_words import WaitWords, breakable
from gui.theme import ThemeSource
from gui.translations import sentence
from workers.contract.waits import WaitGraph, WaitNode

SECOND_NS = 1_000_000_000
NARROW_EM, LOW_EM = 52, 14
"""In heights of type: narrower than the first there is not room for words and buttons in one line, unless it is lower than the other."""
BESIDE_EM = 44
"""Narrower than this, in heights of type, the sums of the waits have no room beside a picture of something."""


class WaitGraphView(SlowChart):
    """The tab "Waits".

    Signals:
        breakAsked(str): the wait of the lane with this key is to be broken off.
        laneAsked(int): show the lane with this number on the timeline.
    """

    breakAsked = Signal(str)
    laneAsked = Signal(int)

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.title = self.tr("Waits")
        self.axes = ("node that waits, or is held", "node that it leads to")
        self.setObjectName("waitGraph")
        self.setAccessibleName(self.tr("Wait-for graph: who waits for what, and who could give it"))
        self._graph = WaitGraph()
        self._shown: object = None
        self.words = WaitWords(self)
        self.canvas = WaitCanvas(theme, self.words)
        self.canvas.setAccessibleName(self.accessibleName())
        self.sums = WaitSums()
        self.sums.hide()
        self.line = Aside(theme)
        self.line.setObjectName("waitLine")
        self.timeline = self._button("waitTimeline", self.tr("Show on the timeline"))
        self.unlock = self._button("waitBreak", self.tr("Break this wait"))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.timeline)
        buttons.addWidget(self.unlock)
        buttons.addStretch(1)
        self._foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._foot.setSpacing(6)
        self._foot.addWidget(self.line, 1)
        self._foot.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 4, 0, 0)
        column.setSpacing(4)
        self._body = QHBoxLayout()
        self._body.setSpacing(8)
        self._body.addWidget(self.canvas, 1)
        self._body.addWidget(self.sums, 1)
        column.addLayout(self._body, 1)
        column.addLayout(self._foot)
        self.canvas.chosen.connect(lambda _key: self._tell())
        self.canvas.opened.connect(self._go_on)
        self.canvas.menuAsked.connect(self._show_menu)
        self.timeline.clicked.connect(self._ask_lane)
        self.unlock.clicked.connect(self._ask_break)
        self.setFocusProxy(self.canvas)
        self._built()
        self.update_now()

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setProperty("compact", True)
        button.setAutoDefault(False)
        button.hide()
        return button

    # ---- for the window -------------------------------------------------------------------------------------------
    @property
    def graph(self) -> WaitGraph:
        """The graph on show."""
        return self._graph

    def series(self) -> Series:
        """Kind of edge -> (places of where it begins, places of where it leads to) among the nodes on show."""
        self.update_now()
        picture = self.canvas.picture
        place = {node.key: i for i, node in enumerate(picture.nodes)}
        found: Series = {}
        for kind in dict.fromkeys(edge.kind for edge in picture.edges):
            ends = [(place[edge.source], place[edge.target]) for edge in picture.edges if edge.kind == kind]
            x, y = np.array(ends, dtype=np.float64).T
            found[kind] = (x, y)
        return found

    def pieces(self) -> list[Piece]:
        """The graph, without the line and the buttons below it."""
        return [Piece(self.canvas)]

    # ---- drawing --------------------------------------------------------------------------------------------------
    def _redraw(self) -> None:
        store = self._store
        self.sums.show_rows(read(store))
        over = store.ended is not None
        # At the end those in a deadlock are ended, and nobody waits any more: what stood until then is what one looks for.
        last = store.deadlock_graph if over and not store.broken else None
        held, graph = last is not None, last or store.waits
        at = graph.t_ns if over else max(graph.t_ns, store.now_ns // SECOND_NS * SECOND_NS)
        if not any(edge.kind == "waits" for edge in graph.edges):
            at = graph.t_ns
        note = self._nothing()
        shown = (graph, at, note, held)
        if shown != self._shown:
            self._shown, self._graph = shown, graph
            self.canvas.show_picture(picture_of(graph), note, at)
            self._tell()
        self._share_room()

    def _share_room(self) -> None:
        """Picture and sums stand beside each other; where there is no room for both, a picture of something goes first."""
        em = QFontInfo(self.font()).pixelSize()
        drawn, narrow = bool(self.canvas.picture.nodes), self.width() < BESIDE_EM * em
        self.sums.setVisible(bool(self.sums.rows) and not (drawn and narrow))
        self._body.setStretch(0, 3 if drawn else 1)
        self._body.setStretch(1, 2)

    def _nothing(self) -> str:
        store = self._store
        if store.started is None:
            return self.tr("Press Run: who waits for whom is drawn here, and a deadlock stands out.")
        waiting = self._waiting_note()
        if waiting:
            return waiting
        if not store.waits.t_ns:
            return self.tr(
                "No wait is known of this run: locks and queues that it was given are watched, a lock of a task's own is not."
            )
        if store.ended is not None:
            return self.tr("Nobody waited when the run ended.")
        return self.tr("Nobody waits just now.")

    def _tell(self) -> None:
        """The line below the picture, what can be done, and all of it for those who do not see it."""
        canvas, graph, store = self.canvas, self._graph, self._store
        at = self._shown[1] if isinstance(self._shown, tuple) else 0
        node = canvas.picture.node(canvas.key)
        over = store.ended is not None
        if node is not None:
            text = self.words.details(node, canvas.picture, store, at)
        else:
            text = self.words.summary(graph, canvas.picture, over) if canvas.picture.nodes else ""
        self.line.show_text(text)
        self.line.setToolTip(as_tooltip(text))
        offers = self._offers(node)
        self.timeline.setVisible(node is not None and node.kind == "lane")
        self.unlock.setVisible(bool(offers))
        if offers:
            self.unlock.setToolTip(as_tooltip(offers[0][1]))
            self.unlock.setAccessibleName(offers[0][1])
        told = (
            "\n".join(filter(None, (text, sentence(graph.words), *self.words.lines(canvas.picture, at))))
            or self._nothing()
        )
        if told != canvas.accessibleDescription():
            canvas.setAccessibleDescription(told)
            self.setAccessibleDescription(told)

    def _offers(self, node: WaitNode | None) -> list[tuple[str, str]]:
        """The waits of a node that can be broken off just now."""
        if node is None or self._store.ended is not None:
            return []
        return breakable(self._graph, self.words, node.key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is said stands above the buttons where there is no room for both beside each other."""
        super().resizeEvent(event)
        em = QFontInfo(self.font()).pixelSize()
        narrow = self.width() < NARROW_EM * em and self.height() > LOW_EM * em
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._foot.direction() is not way:
            self._foot.setDirection(way)
        self._share_room()

    # ---- what can be done -----------------------------------------------------------------------------------------
    def menu(self) -> QMenu:
        """The menu of the chosen node; it deletes itself once closed."""
        menu = QMenu(self)
        menu.setObjectName("waitMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        node = self.canvas.picture.node(self.canvas.key)
        if node is not None and node.kind == "lane":
            menu.addAction(self.tr("Show on the timeline")).triggered.connect(self._ask_lane)
        for _, text in self._offers(node):
            menu.addAction(text.replace("&", "&&")).triggered.connect(self._ask_break)
        menu.addAction(self.tr("Show all of it (Ctrl+0)")).triggered.connect(self.canvas.fit)
        return menu

    def _show_menu(self, place: QPoint) -> None:
        self.menu().popup(place)

    def _go_on(self) -> None:
        """Enter: to the first thing that can be done with the node."""
        button = next((b for b in (self.unlock, self.timeline) if b.isVisible()), None)
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_lane(self) -> None:
        node = self.canvas.picture.node(self.canvas.key)
        if node is not None and node.kind == "lane":
            self.laneAsked.emit(node.lane)

    def _ask_break(self) -> None:
        offers = self._offers(self.canvas.picture.node(self.canvas.key))
        if offers:
            self.breakAsked.emit(offers[0][0])
