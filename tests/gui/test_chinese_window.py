"""The window in Chinese, part by part: what is painted and what widgets say holds no English but names.

`test_translations` reads the sources; this looks at what is shown, also where a text was put together of words that nobody handed to Qt.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPoint, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.charts.account_bars import AccountBars
from gui.charts.accounts import AccountsView
from gui.charts.timeline import TimelineView
from gui.stage import ACCOUNTS, LATENCY, OUTPUT, PROCESSES, TIMELINE, WAITS
from gui.translations import install, sentence, uninstall
from gui.window import MainWindow
from tests.gui.conftest import MakeWindow
from tests.helpers import wait_graphs as graphs
from tests.helpers.fake_session import FakeSession, fake_bridge
from tests.helpers.runs import catalogue_of
from tests.helpers.translating import ROOT
from workers.client.stalls import Stalls
from workers.contract.batch import Identity, Mark, ProcessSample
from workers.contract.config import RunConfig
from workers.contract.phase import RunPhase
from workers.engine.births import describe_exit
from workers.engine.lifecycle import HostGone, State, advance
from workers.engine.losses import describe_loss

NOWHERE = QModelIndex()
CJK = re.compile("[\u4e00-\u9fff]")
WORD = re.compile(r"[A-Za-z][A-Za-z_'’-]{2,}")
NAMES = frozenset(
    [
        *(
            "asyncio",
            "barrier",
            "boundedsemaphore",
            "condition",
            "event",
            "fork",
            "forkprocess",
            "forkserver",
            "json",
            "lock",
        ),
        *(
            "loky",
            "joblib",
            "multiprocessing",
            "pool",
            "python",
            "queue",
            "return",
            "rlock",
            "semaphore",
            "spawn",
            "thread",
        ),
        *("threading", "conda", "pyenv", "venv", "threadmill", "english"),
        *(
            "cpu",
            "csv",
            "gib",
            "gil",
            "ipc",
            "kib",
            "mib",
            "pid",
            "png",
            "pss",
            "rss",
            "stderr",
            "stdout",
            "svg",
            "tid",
            "uss",
        ),
        *("alt", "ctrl", "del", "end", "esc", "home", "pgdown", "pgup", "shift", "space", "tab"),
        *("sigint", "sigkill", "sigterm"),
    ]
)
"""Words that are the same in Chinese: names of things of Python and of the system, units, keys."""
OWN = re.compile(
    r"[A-Za-z_]+\.[a-z_]+|worker[_ ]\d+|ForkProcess-\d+|Fork(?:Pool)?Worker-\d+|MainThread|control|/\S+|\S+\.py\b|\w+@\w+"
)
"""What lanes and files are called."""


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Iterator[set[str]]:
    """Everything that our painters write."""
    found: set[str] = set()
    draw = QPainter.drawText

    def spy(self: QPainter, *args: object) -> object:
        found.update(arg for arg in args if isinstance(arg, str))
        return draw(self, *args)  # type: ignore[call-overload]

    monkeypatch.setattr(QPainter, "drawText", spy)
    install(qapp, "zh_CN")
    yield found
    uninstall(qapp)


def said(window: QWidget) -> Iterator[str]:
    """What the widgets in sight say, and what they answer to a screen reader and under the mouse."""
    for widget in (window, *window.findChildren(QWidget)):
        if not widget.isVisible():
            continue
        yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), widget.statusTip())
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        elif isinstance(widget, QLineEdit):
            yield widget.placeholderText()
        elif isinstance(widget, QPlainTextEdit):
            # What tasks print, and their tracebacks, is the user's program's.
            yield from (line for line in widget.toPlainText().splitlines() if "   · " in line)
        elif isinstance(widget, QTabBar):
            yield from (widget.tabText(i) for i in range(widget.count()))
        elif isinstance(widget, QComboBox):
            yield from (widget.itemText(i) for i in range(widget.count()))
        elif isinstance(widget, QListView) and widget.model() is not None:
            yield from (
                str(widget.model().index(row, 0).data() or "") for row in range(widget.model().rowCount(NOWHERE))
            )
        elif (
            isinstance(widget, QAbstractItemView)
            and widget.model() is not None
            and not isinstance(widget.model(), QAbstractListModel)
        ):
            model = widget.model()
            for column in range(model.columnCount(NOWHERE)):
                yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
                for row in range(model.rowCount(NOWHERE)):
                    yield str(model.index(row, column).data() or "")
                    yield str(model.index(row, column).data(Qt.ItemDataRole.ToolTipRole) or "")
    for action in window.actions():
        yield action.text()


def english(texts: Iterable[str]) -> set[str]:
    """Those with words that should have been put into Chinese."""
    found = set()
    for text in texts:
        plain = re.sub(r"<[^>]*>", " ", text)
        words = [word for word in WORD.findall(OWN.sub(" ", plain)) if word.casefold() not in NAMES]
        # One word amid Chinese may be a name; without any Chinese, or several in a row, they are English.
        several = re.search(r"(?:\b[a-z]{2,}\b[ ,]+){2,}\b[a-z]{2,}\b", OWN.sub(" ", plain))
        if words and (not CJK.search(plain) or several):
            found.add(text)
    return found


def test_the_reader_of_the_window_sees_what_is_english() -> None:
    shown = {
        "Ready",
        "运行 Python",
        "worker_0",
        "等待 for the next one 完成",
        "GIL",
        "",
        "fork",
        "线程 worker_1",
        "fork 2 waits",
    }
    assert english(shown) == {"Ready", "等待 for the next one 完成", "fork 2 waits"}


@pytest.mark.parametrize("deadlock", [False, True])
def test_the_window_speaks_chinese(
    deadlock: bool, qtbot: QtBot, session: FakeSession, make_window: MakeWindow, painted: set[str]
) -> None:
    session.seconds, session.failed_every = 3.0, 7
    if deadlock:
        session.endless = True
        session.waits = graphs.philosophers(2, thread=True)
        session.deadlock = (
            "Deadlock: thread 1 (worker_0) holds fork 1 and waits for fork 2; thread 2 (worker_1) holds fork 2 and waits for "
            "fork 1. None of them can go on."
        )
        session.waits = replace(session.waits, words=session.deadlock)
    window: MainWindow = make_window(bridge=fake_bridge(session, catalogue_of()))
    faults = english(said(window))
    for action in (window.actions_.shortcuts, window.actions_.about, window.actions_.settings, window.actions_.palette):
        action.trigger()
        faults |= english(text for top in QApplication.topLevelWidgets() if top.isVisible() for text in said(top))
        for top in QApplication.topLevelWidgets():
            if top is not window and top.isVisible():
                top.close()
    window.start(RunConfig("thread_pool", "count_primes", 3, 300))
    wanted = RunPhase.RUNNING if deadlock else RunPhase.FINISHED
    qtbot.waitUntil(lambda: window.phase is wanted, timeout=20_000)
    if deadlock:
        qtbot.waitUntil(window.banners.deadlock.isVisible, timeout=20_000)
    assert window.stage.tabs is not None
    for tab in (ACCOUNTS, TIMELINE, PROCESSES, LATENCY, WAITS, OUTPUT):
        window.stage.show_tab(tab)
        window.grab()
        faults |= english(said(window))
        if tab == ACCOUNTS:
            accounts = window.findChild(AccountsView, "accountsChart")
            assert accounts is not None
            for page in range(3):
                accounts.show_page(page)
                window.grab()
                faults |= english(said(window))
            accounts.show_page(0)
            bars = window.findChild(AccountBars)
            assert bars is not None
            faults |= english({bars.words_at(QPoint(x, 40).toPointF()) for x in range(2, bars.width(), 40)})
        if tab == TIMELINE:
            timeline = window.findChild(TimelineView, "timeline")
            assert timeline is not None
            timeline.course.fit()
            frame = timeline.frame
            assert frame is not None
            for x in range(int(frame.left) + 3, int(frame.area.right()), 60):
                qtbot.mouseClick(
                    timeline, Qt.MouseButton.LeftButton, pos=QPoint(x, int(frame.strip_of(1).center().y()))
                )
                faults |= english(
                    {timeline.choice.said, timeline.choice.words_at(QPoint(x, int(frame.top) + 4).toPointF())}
                )
            window.grab()
    assert len(painted) > 40, "nothing was painted"
    assert english(painted) | faults == set()


def test_what_is_refused_and_how_runs_fail_is_told_in_chinese(qapp: QApplication) -> None:
    """Every sentence that a session or an interpreter may refuse with, as its source has it."""
    install(qapp, "zh_CN")
    said = []
    for name in ("client/session", "client/interpreters", "client/probe", "client/question", "engine/sharing"):
        for node in ast.walk(ast.parse((ROOT / "workers" / f"{name}.py").read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "ConfigError" and node.args:
                said.append(filled(node.args[0]))
    said += [
        describe_loss(7, -9),
        describe_loss(7, 1, "LookupError: no (line 3 of x.py)"),
        *(mark.text for seconds, tasks in ((None, None), (2.0, None), (None, 4)) for mark in stalls(seconds, tasks)),
        advance(State(phase=RunPhase.RUNNING), HostGone(describe_exit(-9)), 0)[0].error,
        advance(State(phase=RunPhase.RUNNING), HostGone(describe_exit(3)), 0)[0].error,
    ]
    said = [text for text in said if WORD.search(text.replace("x", ""))]
    assert len(said) > 12
    try:
        assert {text for text in said if not CJK.search(sentence(text))} == set()
    finally:
        uninstall(qapp)


def stalls(seconds: float | None, tasks: int | None) -> list[Mark]:
    """That a process was stopped, that it goes on, and that a host does not answer."""
    watch, here = Stalls(7, RunConfig(seconds=seconds, tasks=tasks)), Identity("here", 8, 1.0)
    stopped, awake = (ProcessSample(here, 1, 1, "worker", state, 1, 0.0) for state in ("stopped", "sleeping"))
    return [*watch.look([stopped], 0, 1), *watch.look([awake], 0, 1), *watch.look([], 1, 10**10)]


def filled(node: ast.expr) -> str:
    """A text as it may be said, an x where something is filled in; empty for what is not written there."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    parts = node.values if isinstance(node, ast.JoinedStr) else ()
    return "".join(part.value if isinstance(part, ast.Constant) else "x" for part in parts)
