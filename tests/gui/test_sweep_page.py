"""The page that measures: with a scripted session, what it shows, and what it leads to."""

import csv
import json
import os
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from gui.bridge.engine import EngineBridge
from gui.run_names import RunNames
from gui.sweep_page import ANSWER, CELLS, CURVES, MAP, SweepPage
from gui.theme import DARK, ThemeSource
from gui.window import MainWindow
from tests.gui.conftest import MakeWindow
from tests.helpers.fake_catalogue import CATALOGUE
from tests.helpers.fake_session import FakeRequest, found_pythons
from tests.helpers.fake_sweeps import FACTORS, SweepSession, report_of
from workers.contract.config import RunConfig
from workers.contract.phase import RunPhase
from workers.contract.sweep import Cell, SweepPlan
from workers.sweep.facts import Facts


def bridge_of(session: SweepSession) -> EngineBridge:
    return EngineBridge(lambda: session, FakeRequest, found_pythons)  # type: ignore[arg-type,return-value]


@pytest.fixture
def sweeping() -> SweepSession:
    return SweepSession()


def opened(make_window: MakeWindow, session: SweepSession, **more: object) -> MainWindow:
    window = make_window(bridge=bridge_of(session), **more)
    window.actions_.measure.trigger()
    return window


def page_of(window: MainWindow) -> SweepPage:
    assert window.sweep_desk is not None
    return window.sweep_desk.page


def over(window: MainWindow) -> bool:
    sweeps = window.sweeps
    report = sweeps.report
    return not sweeps.active and report is not None and not report.state.active


def test_which_one_is_answered_and_its_script_and_its_run_are_a_button_away(
    make_window: MakeWindow, sweeping: SweepSession, qtbot: QtBot
) -> None:
    window = opened(make_window, sweeping)
    page = page_of(window)
    assert page.isVisible()
    assert not window.stage.isVisible()
    qtbot.waitUntil(lambda: "cells" in page.form.outlook.text(), timeout=20_000)
    qtbot.mouseClick(page.form.start, Qt.MouseButton.LeftButton)
    assert window.sweeps.active
    assert not window.top.run.isEnabled()
    assert page.form.stop.isVisible()
    qtbot.waitUntil(lambda: over(window), timeout=60_000)
    assert window.top.run.isEnabled()
    assert page.tabs.currentIndex() == ANSWER
    report = page.table.report
    assert report is not None
    assert report.recommendation is not None
    assert report.recommendation.cell.model == "process_pool"
    assert "Process pool" in page.answer.verdict.text()
    assert page.answer.runner_up.isVisible()
    assert page.table.topLevelItemCount() == len(report.rows)
    assert "rounds" in page.status.text()
    qtbot.mouseClick(page.answer.script, Qt.MouseButton.LeftButton)
    assert window.code._wanted is not None
    assert window.code._wanted.model == "process_pool"
    assert window.code._wanted.tasks
    # The run needs batches that this session does not play in full: that it was asked for is enough.
    qtbot.mouseClick(page.answer.run, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.phase.active and sweeping.configs[-1].seconds == 5.0, timeout=20_000)
    assert sweeping.configs[-1].model == "process_pool"
    assert window.stage.isVisible()


def test_a_sweep_and_a_run_exclude_each_other_in_words(
    make_window: MakeWindow, sweeping: SweepSession, qtbot: QtBot
) -> None:
    sweeping.endless = frozenset(FACTORS)
    window = opened(make_window, sweeping)
    page = page_of(window)
    page.form.start.click()
    assert window.top.phase.text() == "measuring"
    assert window.foot.status.text().startswith("Measuring: Stop (Esc) ends it")
    said: list[str] = []
    window.refused.connect(lambda _field, text: said.append(text))
    window.start()
    assert said == ["A sweep is under way: stop it first."]
    assert window.phase is RunPhase.IDLE
    window.actions_.stop.trigger()
    qtbot.waitUntil(lambda: not window.sweeps.active or "stop" in sweeping.calls, timeout=20_000)
    window.interrupt()
    sweeping.interrupt()
    qtbot.waitUntil(lambda: not window.sweeps.active, timeout=20_000)
    assert window.sweeps.state is not None
    assert window.sweeps.state.phase == "stopped"
    assert window.top.phase.text() == "ready"
    assert not window.foot.status.text().startswith("Measuring")
    refused: list[str] = []
    window.sweeps.refused.connect(lambda _field, text: refused.append(text))
    window.controller._set_phase(RunPhase.RUNNING)
    assert not page.form.start.isEnabled()
    assert "stop it before" in page.form.start.toolTip()
    plan = SweepPlan(RunConfig(workload="count_primes"), ("thread_pool",), (1,))
    assert not window.sweeps.start(plan, Facts())
    assert refused == ["A run is under way: stop it before you measure."]
    window.controller._set_phase(RunPhase.IDLE)


def test_who_presses_run_sees_it_go(make_window: MakeWindow, sweeping: SweepSession, qtbot: QtBot) -> None:
    window = opened(make_window, sweeping)
    with qtbot.waitSignal(window.runStarted, timeout=20_000):
        window.start()
    assert window.stage.isVisible()
    assert not page_of(window).isVisible()
    window.stop()


@pytest.mark.parametrize(("phase", "ended_early"), [("measuring", False), ("done", False), ("stopped", True)])
def test_only_what_has_ended_ended_too_soon(phase: str, ended_early: bool) -> None:
    found = report_of({Cell("sequential", 1): (10.0, 11.0), Cell("thread_pool", 2): (30.0, 31.0)}, phase=phase)
    assert found.recommendation is not None
    assert any("budget ended" in warning.text for warning in found.recommendation.warnings) is ended_early


def test_a_sweep_that_the_window_was_closed_on_goes_on_in_the_next_window(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    """30 cells: three models, ten numbers of workers."""
    plan = SweepPlan(
        RunConfig(workload="count_primes"), ("thread_pool", "process_pool", "asyncio_tasks"), tuple(range(1, 11))
    )
    first = SweepSession()
    window = opened(make_window, first)
    window.sweeps.start(plan, Facts(), resume=False)
    qtbot.waitUntil(lambda: window.sweeps.state is not None and window.sweeps.state.rounds_done >= 7, timeout=60_000)
    window.close()
    assert window.sweeps.state is not None
    assert window.sweeps.state.phase == "stopped"
    second = SweepSession()
    window = opened(make_window, second)
    window.sweeps.start(plan, Facts(), resume=True)
    qtbot.waitUntil(lambda: over(window), timeout=60_000)
    state = window.sweeps.state
    assert state is not None
    assert state.resumed >= 7
    assert len(second.configs) == 90 - state.resumed
    assert not window.foot.status.text().startswith("Measuring"), "it is over"
    assert [len(result.rounds) for result in state.results] == [3] * 30


def test_the_next_window_offers_to_go_on_with_what_is_ticked(make_window: MakeWindow, qtbot: QtBot) -> None:
    first = SweepSession()
    window = opened(make_window, first)
    form = page_of(window).form
    form.kind.choose(1)
    form.models.tick(["thread_pool", "process_pool", "asyncio_tasks"])
    form.workers.tick(["1", "2", "3", "4", "8"])
    form.chunks.tick(["1", "10"])
    form.repeats.setValue(2)
    plan = form.plan()
    form.start.click()
    qtbot.waitUntil(lambda: window.sweeps.state is not None and window.sweeps.state.rounds_done >= 4, timeout=60_000)
    window.close()
    second = SweepSession()
    window = opened(make_window, second)
    form = page_of(window).form
    assert form.plan() == plan
    qtbot.waitUntil(form.resume.isVisible, timeout=20_000)
    form.resume.click()
    qtbot.waitUntil(lambda: over(window), timeout=60_000)
    state = window.sweeps.state
    assert state is not None
    assert state.resumed >= 4
    assert len(second.configs) == state.rounds_done - state.resumed


def test_junk_in_what_was_remembered_is_passed_over(page: SweepPage) -> None:
    before = page.form.choice()
    page.form.restore({"kind": "7", "repeats": "x", "budget": "-1", "scale": "", "new": "1"})
    assert page.form.choice() == before


def test_scaling_is_planned_with_boxes_and_what_was_measured_before_can_go_on(
    make_window: MakeWindow, sweeping: SweepSession, qtbot: QtBot
) -> None:
    window = opened(make_window, sweeping)
    form = page_of(window).form
    form.kind.choose(1)
    box = form.models.findChild(QCheckBox, "sweepModels_sequential")
    assert box is not None
    box.setChecked(False)
    form.workers.tick(["1", "2"])
    qtbot.waitUntil(lambda: "4 cells, 12 rounds" in form.outlook.text(), timeout=20_000)
    assert form.plan().models == ("thread_pool", "process_pool")
    assert not form.resume.isVisible()
    form.start.click()
    qtbot.waitUntil(lambda: over(window), timeout=60_000)
    assert page_of(window).tabs.currentIndex() == CURVES
    qtbot.waitUntil(form.resume.isVisible, timeout=20_000)
    assert "12 rounds are there from before" in form.outlook.text()
    form.workers.tick([])
    qtbot.waitUntil(lambda: "Tick at least one" in form.outlook.text(), timeout=20_000)
    assert not form.start.isEnabled()


def test_the_crossover_is_planned_over_sizes(make_window: MakeWindow, sweeping: SweepSession, qtbot: QtBot) -> None:
    sweeping.rate = lambda config: (
        {"sequential": 1e6, "process_pool": 1.9e6}.get(config.model, 5e5)
        / (float(config.params["limit"]) + (1_000 if config.model == "process_pool" else 0))
    )
    window = opened(make_window, sweeping)
    page = page_of(window)
    page.form.kind.choose(2)
    page.form.sizes.setText("100, 1000, x")
    qtbot.waitUntil(lambda: "x is no number" in page.form.outlook.text(), timeout=20_000)
    page.form.sizes.setText("100, 1000, 10000")
    page.form.models.tick(["sequential", "process_pool"])
    page.form.workers.tick(["2"])
    page.form.start.click()
    qtbot.waitUntil(lambda: over(window), timeout=60_000)
    assert page.tabs.currentIndex() == MAP
    found = page.crossover.map
    assert found is not None
    assert {square.winner.model for square in found.squares} == {"sequential", "process_pool"}
    assert "Below" in page.pairs.text()
    assert "Process pool" in page.pairs.text()


# ---- the parts, with reports that never were --------------------------------------------------------------------------
@pytest.fixture
def page(qtbot: QtBot) -> SweepPage:
    names = RunNames()
    names.catalogue = CATALOGUE
    made = SweepPage(ThemeSource(), names)
    qtbot.addWidget(made)
    made.resize(940, 700)
    made.show()
    return made


def scaled() -> dict[Cell, tuple[float, ...]]:
    def usl(n: int) -> float:
        return 100 * n / (1 + 0.05 * (n - 1) + 0.002 * n * (n - 1))

    rates = {Cell("process_pool", n): (0.99 * usl(n), usl(n), 1.01 * usl(n)) for n in (1, 2, 4, 8, 16)}
    rates |= {Cell("thread_pool", n): (99.0, 100.0, 101.0) for n in (1, 2, 4, 8, 16)}
    rates[Cell("sequential", 1)] = (104.0, 105.0, 106.0)
    return rates


def test_curves_have_points_intervals_and_laws(page: SweepPage, qtbot: QtBot) -> None:
    page.show_report(report_of(scaled()))
    page.tabs.setCurrentIndex(CURVES)
    series = page.scaling.series()
    workers, speed = series["Process pool: speed-up"]
    assert workers.tolist() == [1, 2, 4, 8, 16]
    assert speed[1] == pytest.approx(scaled()[Cell("process_pool", 2)][1] / 105)
    assert np.all(series["Process pool: speed-up low"][1] <= speed)
    assert series["Process pool: efficiency"][1][1] == pytest.approx(speed[1] / 2)
    law_workers, law = series["Process pool: law"]
    assert np.interp(8, law_workers, law) == pytest.approx(speed[3], rel=0.05)
    assert "one at a time" in page.laws.text()
    assert "alpha" in page.laws.toolTip()
    page.scaling.repaint()
    explained = {page.scaling.explained_at(place) for place, _ in page.scaling._hot}
    assert any(text.startswith("Process pool × 16") for text in explained)
    assert page.scaling.explained_at(QPointF(-100, -100)) == ""


def test_charts_are_saved_and_the_cells_as_csv_and_json(page: SweepPage, tmp_path: Path) -> None:
    report = report_of(scaled())
    page.show_report(report)
    page.scaling.save_png(tmp_path / "scaling.png")
    page.scaling.save_csv(tmp_path / "scaling.csv")
    assert (tmp_path / "scaling.png").stat().st_size > 1_000
    for kind in ("csv", "json"):
        page.table.choose_file = lambda *_: os.fspath(tmp_path / "cells")  # type: ignore[method-assign]
        page.table.actions_[kind].trigger()
    rows = list(csv.DictReader((tmp_path / "cells.csv").read_text().splitlines()))
    assert len(rows) == len(report.rows)
    assert json.loads((tmp_path / "cells.json").read_text())["schema"] == "threadmill.sweep.v1"


def test_cells_are_sorted_by_their_numbers(page: SweepPage) -> None:
    page.show_report(report_of(scaled()))
    page.tabs.setCurrentIndex(CELLS)
    table = page.table
    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    first, last = table.topLevelItem(0), table.topLevelItem(table.topLevelItemCount() - 1)
    assert first is not None
    assert last is not None
    assert (first.text(1), last.text(1)) == ("1", "16")


def test_a_failed_cell_says_why_and_an_empty_page_what_comes(page: SweepPage) -> None:
    assert "Press Measure" in page.answer.verdict.text()
    assert not page.answer.run.isVisible()
    failed = report_of({Cell("thread_pool", 2): ()})
    page.show_report(failed)
    assert "Nothing could be measured" in page.answer.verdict.text()
    page.scaling.repaint()
    page.crossover.repaint()


def test_warnings_and_changes_stand_on_the_card_in_dark_as_well(qtbot: QtBot) -> None:
    names = RunNames()
    names.catalogue = CATALOGUE
    page = SweepPage(ThemeSource(DARK), names)
    qtbot.addWidget(page)
    page.show()
    facts = Facts(changes_globals=True, globals_text="It changes counter.")
    page.show_report(
        report_of({Cell("sequential", 1): (100.0, 101.0), Cell("process_pool", 2): (190.0, 191.0)}, facts=facts)
    )
    assert "It changes counter." in page.answer.warnings.text()
    assert "times as fast" in page.answer._captions[1].text()
    assert page.answer._numbers[1].text() == "1.90 ×"
    page.show_report(report_of(scaled(), phase="measuring"))
    assert page.answer.verdict.text().startswith("So far:")
    assert "follows when the sweep is over" in page.laws.text()
