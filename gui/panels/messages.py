"""MessagesPanel: what lanes print, tasks' tracebacks, and what happened to the run, in the order of time."""

import re
from collections import deque
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QShowEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from gui.figures import MINUS, grouped, monospace, tabular
from gui.files import write
from gui.theme import ThemeSource
from workers.contract.batch import Mark, TextLine
from workers.insight.store import RunStore

MOST_LINES = 5_000
MOST_AT_ONCE = 200
"""Entries written in one go: a flood is spread over frames, and what would not stay is not written at all."""
LONGEST_LINE = 2_000
LONGEST_ENTRY = 200
LOSSES_EVERY_NS = 1_000_000_000
_Entry = TypeVar("_Entry")
_CONTROL = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
"""ANSI sequences and what else a terminal would act on; a new line and a tabulator stay."""


class MessagesPanel(QPlainTextEdit):
    """Plain text, never HTML; bounded; follows the newest line while the end is in sight."""

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme_source = theme
        self._store = RunStore()
        self._run: object = None
        self.setObjectName("messagesPanel")
        self.setAccessibleName(self.tr("Messages: what tasks print, and their errors"))
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setUndoRedoEnabled(False)
        self.setMaximumBlockCount(MOST_LINES)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(2)
        self._follow = True
        """Whether the end is in sight, and stays so."""
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.verticalScrollBar().rangeChanged.connect(self._keep_end)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.refresh)
        self._forget()
        theme.changed.connect(self._on_theme)
        self._restyle()

    def _forget(self) -> None:
        self._texts = self._marks = 0
        """How many texts and marks have been written."""
        self._lost = 0
        self._lost_at = 0
        self._kinds: dict[str, int] = {}

    # ---- for the window -------------------------------------------------------------------------------------------
    def show_store(self, store: RunStore) -> None:
        """Show this store from now on."""
        self._store = store
        self._run = None
        self._rewrite()

    def refresh(self) -> None:
        """Write what has come since the last time."""
        store = self._store
        if store.started is not self._run:
            self._run = store.started
            self._forget()
            self.clear()
        losses = store.counts.text_dropped > self._lost and (
            store.ended is not None or store.now_ns - self._lost_at >= LOSSES_EVERY_NS
        )
        if store.texts_seen == self._texts and store.marks_seen == self._marks and not losses:
            return
        self._write(losses)

    def save_text(self, path: str | Path) -> None:
        """Write all that is shown. Raises OSError with the reason in a sentence."""
        write(path, (self.toPlainText() + "\n").encode())

    # ---- writing --------------------------------------------------------------------------------------------------
    def _rewrite(self) -> None:
        self._run = self._store.started
        self._forget()
        self.clear()
        self.refresh()

    def _write(self, losses: bool) -> None:
        store = self._store
        texts = store.texts_seen - self._texts
        marks = store.marks_seen - self._marks
        skipped = max(0, texts - min(len(store.texts), MOST_LINES))
        skipped_marks = max(0, marks - len(store.marks))
        new: list[TextLine | Mark] = [
            *_newest(store.texts, texts - skipped),
            *_newest(store.marks, marks - skipped_marks),
        ]
        entries = sorted(new, key=lambda entry: entry.t_ns)
        now = entries[:MOST_AT_ONCE]
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.beginEditBlock()
        if skipped:
            self._put(cursor, self.tr("… {n} earlier messages are not shown …").format(n=grouped(skipped)), "muted")
        for entry in now:
            if isinstance(entry, TextLine):
                self._put_text(cursor, entry)
            else:
                self._put(cursor, f"{self._when(entry.t_ns)} {entry.pid}  · {_clean(entry.text)}", "muted")
        if losses:
            count = store.counts.text_dropped - self._lost
            self._lost, self._lost_at = store.counts.text_dropped, store.now_ns
            self._put(
                cursor,
                self.tr("{when} {n} lines were lost: tasks printed faster than could be read").format(
                    when=self._when(store.now_ns), n=grouped(count)
                ),
                "bad",
            )
        cursor.endEditBlock()
        # Counted as they were taken: a batch may bring more before the rest is written.
        written = sum(isinstance(entry, TextLine) for entry in now)
        self._texts += skipped + written
        self._marks += skipped_marks + len(now) - written
        self._keep_end()
        if len(entries) > len(now) and not self._later.isActive():
            self._later.start(16)

    def _put_text(self, cursor: QTextCursor, line: TextLine) -> None:
        head = f"{self._when(line.t_ns)} {line.pid}  "
        body = _clean(line.text.rstrip("\n")).split("\n")
        if len(body) > LONGEST_ENTRY:
            cut = len(body) - LONGEST_ENTRY
            body = [
                *body[: LONGEST_ENTRY // 2],
                self.tr("… {n} lines …").format(n=grouped(cut)),
                *body[-(LONGEST_ENTRY // 2) :],
            ]
        body = [part if len(part) <= LONGEST_LINE else part[:LONGEST_LINE] + " …" for part in body]
        failure = line.stream == "failure"
        mark = "✗ " if failure else "! " if line.stream == "stderr" else ""
        indent = " " * (len(head) + len(mark))
        for i, part in enumerate(body):
            self._put(cursor, (head + mark if i == 0 else indent) + part, "bad" if failure else "text")

    def _put(self, cursor: QTextCursor, text: str, kind: str) -> None:
        # An empty document has one empty block: the first line goes there.
        if not self.document().isEmpty():
            cursor.insertBlock()
        cursor.insertText(text, self._format(kind))

    def _format(self, kind: str) -> QTextCharFormat:
        theme = self._theme_source.theme
        made = QTextCharFormat()
        made.setForeground(QColor({"text": theme.text, "muted": theme.muted, "bad": theme.bad}[kind]))
        return made

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
        palette = self.palette()
        for role, color in (
            (QPalette.ColorRole.Base, theme.card),
            (QPalette.ColorRole.Text, theme.text),
            (QPalette.ColorRole.Highlight, theme.accent),
            (QPalette.ColorRole.HighlightedText, theme.on_accent),
        ):
            palette.setColor(role, QColor(color))
        self.setPalette(palette)
        self.document().setDefaultFont(monospace(self.font(), 12 / 13))

    def _on_theme(self) -> None:
        self._restyle()
        # Colours stand in the text: it is written anew.
        self._rewrite()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the fonts that hold by now and catch up."""
        super().showEvent(event)
        self._restyle()
        self.refresh()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say what will appear where nothing is."""
        super().paintEvent(event)
        if self.document().isEmpty():
            painter = QPainter(self.viewport())
            painter.setFont(tabular(self.font()))
            painter.setPen(QColor(self._theme_source.theme.muted))
            flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            text = self.tr("Nothing was printed so far. What tasks print, and their errors, appear here.")
            painter.drawText(QRectF(self.viewport().rect()).adjusted(8, 0, -8, 0), flags, text)


def _newest(entries: deque[_Entry], count: int) -> Iterator[_Entry]:
    return islice(entries, max(0, len(entries) - count), None)


def _clean(text: str) -> str:
    return _CONTROL.sub("", text.replace("\r\n", "\n"))
