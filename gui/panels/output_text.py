"""OutputText: the entries of a log that a filter lets through, as plain text that follows its end."""

from collections import deque

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QShowEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from gui.figures import MINUS, grouped, monospace, tabular
from gui.lane_colours import LANES, lane_colour
from gui.lane_words import in_words
from gui.panels.output_log import ERROR, EVENT, LONGEST_ENTRY, Entry, Filter, OutputLog
from gui.style import dress_as_card
from gui.theme import ThemeSource
from workers.contract.lanes import called
from workers.insight.store import RunStore

MOST_LINES = 5_000
SLACK = 500
"""So many lines more are let stand before the first ones go: taking them out one by one would cost more."""
LINES_AT_ONCE = 200
"""A millisecond's worth; the rest follows in the next frames."""
LOOKS_AT_ONCE = 500
"""Entries tried against a filter in one go."""
BAR = "▌"
"""Carries the lane's colour."""
Piece = tuple[str, str]
"""Text, and the name of its format."""


class OutputText(QPlainTextEdit):
    """Plain text, never HTML; bounded; follows the newest line while the end is in sight."""

    def __init__(self, theme: ThemeSource, log: OutputLog, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme_source, self._log = theme, log
        self._store = RunStore()
        self._filter, self._everything = Filter(), True
        self._next = self._hidden = 0
        """The number of the entry to be looked at next, and how many before it could be shown but are not."""
        self._noted = False
        """Whether the first line says how many."""
        self._heights: deque[int] = deque()
        """Lines of each entry that stands here."""
        self._follow = True
        """Whether the end is in sight, and stays so."""
        self._formats: dict[str, QTextCharFormat] = {}
        self._ready = False
        self.setObjectName("outputText")
        self.setAccessibleName(self.tr("Output: what tasks print, their errors, and what happened to the run"))
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setUndoRedoEnabled(False)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setMinimumHeight(40)
        self.document().setDocumentMargin(2)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.verticalScrollBar().rangeChanged.connect(self._keep_end)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(16)
        self._later.timeout.connect(self.advance)
        theme.changed.connect(self._on_theme)
        self._restyle()
        self._ready = True

    # ---- for the panel --------------------------------------------------------------------------------------------
    def show_run(self, store: RunStore, shown: Filter) -> None:
        """Show what the log has of this run, as far as `shown` lets it through; from the start."""
        self._store, self._filter, self._everything = store, shown, shown == Filter()
        self.rewrite()

    def rewrite(self) -> None:
        """Write all of it anew."""
        self._empty()
        self._follow = True
        self._hidden, self._next = self._log.forgotten, self._log.forgotten
        if self._everything:
            # What would not stay is not written at all.
            self._skip_to(self._log.end - MOST_LINES)
        self.advance()
        self.viewport().update()

    def advance(self) -> None:
        """Write what is new in the log, or the next part of it."""
        if self._next < self._log.forgotten:
            self._skip_to(self._log.forgotten)
        if self._everything:
            self._skip_to(self._log.end - MOST_LINES)
        new = self._log.since(self._next)[:LOOKS_AT_ONCE]
        if new:
            cursor = QTextCursor(self.document())
            cursor.beginEditBlock()
            cursor.movePosition(QTextCursor.MoveOperation.End)
            first, written = not self._heights, 0
            for entry in new:
                self._next += 1
                if not self._fits(entry):
                    continue
                lines = self.pieces(entry)
                for line in lines:
                    if not first:
                        cursor.insertBlock()
                    first = False
                    for text, name in line:
                        cursor.insertText(text, self._formats[name])
                self._heights.append(len(lines))
                written += len(lines)
                if written >= LINES_AT_ONCE:
                    break
            above = self._trim(cursor)
            cursor.endEditBlock()
            if above and not self._follow:
                self.verticalScrollBar().setValue(max(0, self.verticalScrollBar().value() - above))
            self._keep_end()
            if self._log.end == self._next and not self._heights:
                self.viewport().update()
        if self._next < self._log.end and not self._later.isActive():
            self._later.start()

    def all_text(self) -> str:
        """Every line that the log still has and the filter lets through, whether it has been written by now or not."""
        entries = [entry for entry in self._log.entries if self._fits(entry)]
        hidden = self._log.forgotten
        lines = ["".join(text for text, _ in line) for entry in entries for line in self.pieces(entry)]
        return "\n".join([*([self._note(hidden)] if hidden else []), *lines, ""])

    # ---- writing --------------------------------------------------------------------------------------------------
    def _fits(self, entry: Entry) -> bool:
        return self._everything or self._filter.fits(entry, self.name(entry.pid, entry.tid))

    def _skip_to(self, number: int) -> None:
        skipped = number - self._next
        if skipped > 0:
            self._hidden += skipped
            self._next = number
            if self._heights:
                # What stands here is older still: it goes, or there would be a gap that nobody sees.
                self._hidden += len(self._heights)
                self._empty()

    def _empty(self) -> None:
        self.clear()
        self._heights.clear()
        self._noted = False

    def _trim(self, cursor: QTextCursor) -> int:
        """Take out the first entries where there are too many, and say how many are not shown. Returns by how much the rest moved up."""
        if not self._heights:
            return 0
        blocks, gone = self.document().blockCount() - self._noted, 0
        if blocks > MOST_LINES + SLACK:
            while blocks - gone > MOST_LINES and len(self._heights) > 1:
                gone += self._heights.popleft()
                self._hidden += 1
        note = self._noted
        if gone:
            cursor.movePosition(QTextCursor.MoveOperation.Start)
            if note:
                cursor.movePosition(QTextCursor.MoveOperation.NextBlock)
            cursor.movePosition(QTextCursor.MoveOperation.NextBlock, QTextCursor.MoveMode.KeepAnchor, gone)
            cursor.removeSelectedText()
        if self._hidden and (gone or not note):
            self._noted = True
            cursor.movePosition(QTextCursor.MoveOperation.Start)
            if note:
                cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(self._note(self._hidden), self._formats["muted"])
            if not note:
                cursor.insertBlock()
                return gone - 1
        return gone

    def _note(self, hidden: int) -> str:
        return self.tr("… {n} earlier line(s) are not shown …", "", hidden).format(n=grouped(hidden))

    def pieces(self, entry: Entry) -> list[list[Piece]]:
        """The lines of an entry: when, who, and what."""
        when = self._when(entry.t_ns)
        log = self._log
        who = f"{entry.pid:>{log.pid_width}}  {self.name(entry.pid, entry.tid):<{log.name_width}}"
        lane = f"lane{entry.order % len(LANES['light'])}"
        if entry.lost:
            lost = self.tr("{n} line(s) were lost: tasks printed faster than could be read", "", entry.lost)
            body = [lost.format(n=grouped(entry.lost))]
        else:
            body = entry.body()
        if len(body) > LONGEST_ENTRY:
            left_out, half = len(body) - LONGEST_ENTRY, LONGEST_ENTRY // 2
            body[half:-half] = [self.tr("… {n} line(s) …", "", left_out).format(n=grouped(left_out))]
        kind = {ERROR: "bad", EVENT: "muted"}.get(entry.kind, "text")
        sign = f"{entry.sign:<2}"
        first: list[Piece] = [(f"{when} ", "muted"), (f"{BAR}{who} ", lane), (f"{sign}{body[0]}", kind)]
        blank, indent = " " * (len(when) + 1), " " * (len(who) + 3)
        return [first, *([(blank, "muted"), (BAR, lane), (f"{indent}{line}", kind)] for line in body[1:])]

    def name(self, pid: int, tid: int) -> str:
        """What a thread is called."""
        known = self._log.names.get((pid, tid))
        if known is not None:
            return known
        if tid == pid:
            return in_words("main")
        return in_words(called("", tid))

    def _when(self, t_ns: int) -> str:
        """Seconds since the start of the clock, as wide as they will be for the first quarter of an hour."""
        store = self._store
        zero = store.clock_start_ns or (store.started.asked_ns if store.started else t_ns)
        seconds = (t_ns - zero) / 1e9
        return f"[{(MINUS if seconds < 0 else '') + f'{abs(seconds):.3f}':>7} s]"

    def _scrolled(self, value: int) -> None:
        self._follow = value >= self.verticalScrollBar().maximum() - 2

    def _keep_end(self) -> None:
        # Also when the horizontal scroll bar comes and takes the room of the last line.
        if self._follow:
            self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())

    # ---- look -----------------------------------------------------------------------------------------------------
    def _restyle(self) -> None:
        theme = self._theme_source.theme
        dress_as_card(self, theme)
        self.document().setDefaultFont(monospace(self.font(), 12 / 13))
        colours = {"text": theme.text, "muted": theme.muted, "bad": theme.bad}
        colours |= {f"lane{i}": lane_colour(theme, i) for i in range(len(LANES[theme.name]))}
        self._formats = {name: _coloured(colour) for name, colour in colours.items()}

    def _on_theme(self) -> None:
        self._restyle()
        # Colours stand in the text: it is written anew.
        self.rewrite()

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type is followed at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._ready:
            self._restyle()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the fonts that hold by now."""
        super().showEvent(event)
        self._restyle()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say what will appear where nothing is."""
        super().paintEvent(event)
        if not self._heights and self._next >= self._log.end:
            painter = QPainter(self.viewport())
            painter.setFont(tabular(self.font()))
            painter.setPen(QColor(self._theme_source.theme.muted))
            flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            room, words = QRectF(self.viewport().rect()).adjusted(8, 0, -8, 0), self.empty_note()
            if self._log.end and painter.boundingRect(room, flags, words).height() > room.height():
                words = self.tr("Nothing passes the filter.")
            painter.drawText(room, flags, words)

    def empty_note(self) -> str:
        """Why there is nothing."""
        if self._log.end:
            return self.tr("The filter lets nothing through. Choose other processes or kinds, or empty the text field.")
        return self.tr("Nothing was printed so far. What tasks print, their errors and events appear here.")


def _coloured(colour: str) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(QColor(colour))
    return made
