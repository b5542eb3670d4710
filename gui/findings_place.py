"""Where the findings stand: in the right column, or, where that is away, as a strip above the charts with a sheet below it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from gui.findings_strip import FindingsStrip
from gui.keyboard import takes_escape
from gui.side import SideColumn

if TYPE_CHECKING:
    from gui.panels.findings import FindingsPanel

BELOW = 6
"""Pixels between strip and sheet, and left free below the sheet."""


class FindingsSheet(QFrame):
    """Lies over the charts, as high as what it holds; nothing moves for it.

    Signals:
        closeAsked(): Esc.
    """

    closeAsked = Signal()

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self.setObjectName("findingsSheet")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def event(self, event: QEvent) -> bool:
        """Esc means this sheet before it means Stop."""
        return takes_escape(event, self.closeAsked.emit) or super().event(event)


class FindingsPlace(QObject):
    """There is one panel with the findings: the column has it, and lends it to the sheet while that is open."""

    def __init__(self, page: QWidget, strip: FindingsStrip, side: SideColumn) -> None:
        super().__init__(page)
        self._page, self._strip, self._side = page, strip, side
        self._panel: FindingsPanel | None = None
        self._sheet = FindingsSheet(page)
        self._sheet.closeAsked.connect(self._go_back)
        strip.allAsked.connect(self._turn)
        strip.lookAsked.connect(self._look)
        strip.tryAsked.connect(self._try)
        strip.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._leave)

    def fill(self, panel: "FindingsPanel") -> None:
        """The findings are there."""
        self._panel = self._strip.findings = panel
        panel.viewers.append(self._strip)
        panel.body.installEventFilter(self)
        panel.changed.connect(self._tell)
        # What they point at may lie below the sheet.
        panel.lookAsked.connect(self.close)
        panel.tryAsked.connect(self.close)
        self._tell()

    @property
    def opened(self) -> bool:
        """Whether all findings lie over the charts."""
        return not self._sheet.isHidden()

    def arrange(self, away: bool) -> None:
        """`away`: the column is not there, and findings are what this mode is about."""
        if not away:
            self.close()
        self._strip.setVisible(away)

    def focus(self) -> None:
        """Bring the keyboard to the findings, wherever they are; all of them come into sight."""
        if self._panel is None:
            return
        if not self._strip.isHidden() and not self.opened:
            self._open()
        self._panel.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close(self) -> None:
        """Put the sheet away, and give the findings back to the column."""
        if self.opened:
            self._sheet.hide()
            if self._panel is not None:
                self._panel.show_title(True)
            self._side.take_findings()
            self._strip.show_open(False)

    # ---- the sheet ------------------------------------------------------------------------------------------------
    def _open(self) -> None:
        panel = self._panel
        if panel is not None:
            self._side.lend_findings()
            self._sheet.column.addWidget(panel)
            panel.show_title(False)
            panel.show()
            self._sheet.show()
            self._sheet.raise_()
            self._strip.show_open(True)
            self._fit()
            panel.refresh()

    def _turn(self) -> None:
        if self.opened:
            self._go_back()
        else:
            self.focus()

    def _go_back(self) -> None:
        """To the button that opens it: the keyboard stays where one was."""
        self.close()
        self._strip.all.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self, _before: QWidget | None, now: QWidget | None) -> None:
        """The keyboard went elsewhere: what it is at must not lie below the sheet."""
        if self.opened and now is not None and now.window() is self._page.window():
            inside = any(part is now or part.isAncestorOf(now) for part in (self._sheet, self._strip))
            if not inside:
                self.close()

    def _fit(self) -> None:
        if self._panel is not None and self.opened:
            box = QRect(self._strip.mapTo(self._page, self._strip.rect().topLeft()), self._strip.size())
            top = box.bottom() + 1 + BELOW
            height = min(self._panel.height_for(box.width()), self._page.height() - top - BELOW)
            self._sheet.setGeometry(box.left(), top, box.width(), height)

    # ---- the strip ------------------------------------------------------------------------------------------------
    def _tell(self) -> None:
        panel = self._panel
        first = panel.first if panel is not None else None
        if panel is None:
            return
        if first is None or first.told is None:
            self._strip.show_calm(panel.note.text())
        else:
            told = first.told
            self._strip.show_first(told.title, told.text, len(panel.shown), told.next, first.can_try)
        self._fit()

    def _look(self) -> None:
        if self._panel is not None and self._panel.first is not None:
            self._panel.first.ask_look()

    def _try(self) -> None:
        if self._panel is not None and self._panel.first is not None:
            self._panel.first.ask_try()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The sheet goes with the strip, is as high as its words need, and Esc in the strip closes it as well."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.LayoutRequest):
            self._fit()
        if self.opened and watched is self._strip and takes_escape(event, self._go_back):
            return True
        return super().eventFilter(watched, event)
