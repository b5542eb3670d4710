"""A lane has one name: wherever the window, the terminal or the JSON speaks of it, it is called the same."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui import lane_words
from gui.charts.account_data import names
from gui.charts.account_words import AccountWords
from gui.charts.film_story import told
from gui.charts.latency_words import LatencyWords
from gui.charts.pid_activity import PidActivityChart
from gui.charts.timeline import TimelineView
from gui.charts.wait_words import WaitWords
from gui.panels.output import OutputPanel
from gui.panels.process_rows import RowWords
from gui.theme import ThemeSource
from gui.translations import install, uninstall
from tests.helpers.scripted import applied, thread_pool_run
from workers.contract.batch import LaneInfo, RaceFilm, RaceStep
from workers.contract.lanes import short, taken_apart, who
from workers.contract.waits import WaitNode
from workers.insight.accounts import Accounts
from workers.insight.findings import evidence_of
from workers.insight.store import RunStore
from workers.insight.summary import summarise

LANE = LaneInfo(1, "here", 7, 8, 1, "worker_0", "worker", 0)


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[None]:
    install(qapp, "zh_CN")
    yield
    uninstall(qapp)


@pytest.fixture
def store() -> RunStore:
    return applied(thread_pool_run(3.0, threads=2, tick_s=0.02))


@pytest.mark.parametrize(
    ("lane", "alone", "beside"),
    [
        (LANE, "thread 8 (worker_0)", "worker_0"),
        (replace(LANE, tid=7, name="ForkProcess-1"), "PID 7 (ForkProcess-1)", "ForkProcess-1"),
        (replace(LANE, tid=7, name="coroutine 2"), "coroutine 2", "coroutine 2"),
        (replace(LANE, name=" a\n  b "), "thread 8 (a b)", "a b"),
        (replace(LANE, name=""), "thread 8", "thread 8"),
        (replace(LANE, interpreter=3), "thread 8 (worker_0, interpreter 3)", "worker_0, interpreter 3"),
    ],
)
def test_what_stands_beside_a_number_is_part_of_what_stands_alone(lane: LaneInfo, alone: str, beside: str) -> None:
    assert (who(lane), short(lane)) == (alone, beside)
    apart = taken_apart(alone)
    assert (apart[2] if apart is not None else alone) == beside


def test_one_lane_has_one_name(qtbot: QtBot, store: RunStore) -> None:
    for row in store.lanes[1:]:
        info = row.info
        name = lane_words.short(info)
        called = next(lane for lane in names(store, Accounts(store)) if lane.number == info.number)
        assert AccountWords().lane(called) == name
        assert LatencyWords().lanes.who(called).startswith(f"{name}, PID {info.pid}, TID {info.tid}")
        node = WaitNode(f"lane:{info.number}", "lane", who(info), "", info.pid, info.number)
        assert WaitWords().title(node) == name
        assert WaitWords().name(node) == lane_words.who(info)
        thread = store.processes[info.pid].threads[info.tid]
        cells = RowWords().thread_cells(store.processes[info.pid], thread, [row])
        assert cells[0].tip == f"Thread {info.tid}, {name}"
        step = RaceStep(1, info.pid, info.tid, info.name, "write", 1)
        assert told(RaceFilm("counter", 1, (step,))).names() == (name,)
    shown = {lane_words.short(row.info) for row in store.lanes[1:]}
    timeline, activity, output = (
        TimelineView(ThemeSource()),
        PidActivityChart(ThemeSource()),
        OutputPanel(ThemeSource()),
    )
    for widget in (timeline, activity, output):
        qtbot.addWidget(widget)
        widget.resize(900, 400)
        widget.show()
        widget.show_store(store)
    assert {timeline.words.lane(track) for track in timeline.feed.tracks} >= shown
    assert {figure[1] for figure in activity._figures} >= shown
    assert {output.text.name(row.info.pid, row.info.tid) for row in store.lanes[1:]} == shown
    told_of = summarise(store)
    assert {lane["name"] for lane in told_of["lanes"]} >= {short(row.info) for row in store.lanes}
    assert {lane.name for lane in evidence_of(store).times} == {who(row.info) for row in store.lanes[1:]}
    json.dumps(told_of)


@pytest.mark.usefixtures("chinese")
def test_and_in_chinese() -> None:
    assert lane_words.who(LANE) == "线程 8 (worker_0)"
    assert lane_words.short(replace(LANE, name="")) == "线程 8"
    assert lane_words.short(replace(LANE, name="coroutine 2")) == "协程 2"
    assert lane_words.who(replace(LANE, name="main", tid=7, role="main")) == "PID 7 (主线程)"
    assert lane_words.short(replace(LANE, name="task 3", interpreter=2)) == "任务 3，解释器 2"
    assert WaitWords().title(WaitNode("lane:0", "lane", who(replace(LANE, name="main")))) == "主线程"
