"""TimelineHand: mouse and keys of the timeline.

Wheel: zoom, with Shift move; over the names: rows. Drag: move, with Shift select an interval. Click: choose.
W, S: zoom. A, D: move. F: whole run. Space: hold still or follow. Left, Right: spans of the lane, with Shift the interval too.
Up, Down, page keys: lanes. P: pin. H: to who held the lock. Ctrl+F: search. Esc: let go what is chosen, then follow.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent

if TYPE_CHECKING:
    from gui.charts.timeline import TimelineView

ZOOM = 0.8
"""For a notch of the wheel."""
KEY_ZOOM, KEY_PAN = 0.6, 0.2
DRAG_PIXELS = 4
"""Less than this is a click."""
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class TimelineHand:
    """Makes something of the events that one TimelineView gets."""

    def __init__(self, view: "TimelineView") -> None:
        self._view = view
        self._pressed: QPointF | None = None
        self._at = QPointF()
        self._dragged = self._selects = False
        self._middle = 0.5
        """Where keys zoom: at the mouse if it is there."""

    def wants(self, event: QEvent) -> bool:
        """Whether a key that the window has a use for means something here."""
        if not isinstance(event, QKeyEvent):
            return False
        if event.key() == Qt.Key.Key_Escape:
            # Where there is nothing to go back from it is left to Stop.
            view, choice = self._view, self._view.choice
            chosen = choice.stretch or choice.span or choice.said or choice.track is not None
            return event.modifiers() == Qt.KeyboardModifier.NoModifier and bool(chosen or not view.range.follows)
        return event.key() == Qt.Key.Key_F and bool(event.modifiers() & _CTRL)

    # ---- keys -----------------------------------------------------------------------------------------------------
    def key(self, event: QKeyEvent) -> bool:
        """A key was pressed; whether it means something here."""
        view, choice, key = self._view, self._view.choice, Qt.Key(event.key())
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        shift = modifiers == _SHIFT
        if key == Qt.Key.Key_F and modifiers == _CTRL:
            view.bar.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            view.bar.field.selectAll()
            return True
        if modifiers and not (shift and key in (Qt.Key.Key_Left, Qt.Key.Key_Right)):
            return False
        if key == Qt.Key.Key_Escape:
            if not choice.drop() and not view.range.follows:
                view.course.follow()
            return True
        page = max(1, view.frame.rows if view.frame else 1)
        actions = {
            Qt.Key.Key_W: lambda: self._zoom(KEY_ZOOM, self._middle),
            Qt.Key.Key_S: lambda: self._zoom(1 / KEY_ZOOM, self._middle),
            Qt.Key.Key_A: lambda: self._pan(-KEY_PAN),
            Qt.Key.Key_D: lambda: self._pan(KEY_PAN),
            Qt.Key.Key_F: view.course.fit,
            Qt.Key.Key_P: view.lines.pin,
            Qt.Key.Key_H: choice.go_to_holder,
            Qt.Key.Key_Space: view.course.pause,
            Qt.Key.Key_Left: lambda: choice.step(False, shift),
            Qt.Key.Key_Right: lambda: choice.step(True, shift),
            Qt.Key.Key_Up: lambda: choice.move(-1),
            Qt.Key.Key_Down: lambda: choice.move(1),
            Qt.Key.Key_PageUp: lambda: choice.move(-page),
            Qt.Key.Key_PageDown: lambda: choice.move(page),
        }
        act = actions.get(key)
        if act is None:
            return False
        act()
        return True

    def _zoom(self, factor: float, at: float) -> None:
        view = self._view
        self._settle()
        view.range.zoom(factor, at, stays=view.live)
        view.nudge()

    def _pan(self, share: float) -> None:
        self._settle()
        self._view.range.pan(share)
        self._view.nudge()

    def _settle(self) -> None:
        """From the moving picture one goes on with what it showed."""
        view = self._view
        if view.range.follows and not view.live:
            view.range.show(*view.shown)

    # ---- mouse ----------------------------------------------------------------------------------------------------
    def wheel(self, event: QWheelEvent) -> bool:
        """The wheel was turned; whether that means something here."""
        frame, point = self._view.frame, event.position()
        if frame is None:
            return False
        down, across = event.angleDelta().y(), event.angleDelta().x()
        if point.x() < frame.left:
            rows = max(1, abs(down) // 60)
            self._view.lines.scroller.setValue(
                self._view.lines.scroller.value() + (-rows if down > 0 else rows if down else 0)
            )
        elif event.modifiers() & _SHIFT or abs(across) > abs(down):
            self._pan(-(across or down) / 120 * 0.1)
        elif down:
            self._zoom(ZOOM ** (down / 120), self._share(point))
        event.accept()
        return True

    def _share(self, point: QPointF) -> float:
        frame = self._view.frame
        return min(max((point.x() - frame.left) / frame.width, 0.0), 1.0) if frame else 0.5

    def press(self, event: QMouseEvent) -> None:
        """A button went down."""
        view, frame, point = self._view, self._view.frame, event.position()
        if frame is not None and event.button() == Qt.MouseButton.LeftButton:
            view.setFocus(Qt.FocusReason.MouseFocusReason)
            self._pressed = self._at = point
            self._dragged = False
            self._selects = bool(event.modifiers() & _SHIFT) and point.x() >= frame.left

    def move(self, event: QMouseEvent) -> None:
        """The mouse was moved."""
        frame, point = self._view.frame, event.position()
        if frame is not None:
            self._middle = self._share(point) if point.x() >= frame.left else 0.5
            if self._pressed is not None:
                self._drag(point)

    def release(self) -> None:
        """The button went up."""
        pressed, self._pressed = self._pressed, None
        if pressed is not None and not self._dragged:
            self._view.choice.pick(pressed)

    def _drag(self, point: QPointF) -> None:
        view, frame, pressed = self._view, self._view.frame, self._pressed
        assert frame is not None
        assert pressed is not None
        if not self._dragged and (point - pressed).manhattanLength() < DRAG_PIXELS:
            return
        if not self._dragged and view.range.follows:
            # What is pulled at must not go on moving.
            view.range.show(*view.shown)
        self._dragged = True
        if self._selects:
            view.choice.select(frame.t(max(pressed.x(), frame.left)), frame.t(max(point.x(), frame.left)))
        elif pressed.x() >= frame.left:
            self._pan((self._at.x() - point.x()) / frame.width)
        self._at = point
