"""What the window brings in after its first paint: all that needs numpy and pyqtgraph, connected with the rest."""

from typing import TYPE_CHECKING

from gui.compare import Compare
from gui.modes import COMPARE
from gui.own import OwnFunction
from gui.panels.own.page import OwnPage
from gui.parts import Parts
from gui.study import Study
from gui.sweep_desk import SweepDesk

if TYPE_CHECKING:
    from gui.panels.code import CodePanel
    from gui.panels.findings import FindingsPanel
    from gui.window import MainWindow


def bring(window: "MainWindow") -> None:
    """Charts, lessons, my function, sweeps and compare."""
    actions = window.actions_
    saves = [actions.save_picture, actions.copy_picture]
    parts = Parts.make(window.appearance.source, window.names, window.store, saves)
    window.clock.parts.extend(parts.refreshed)
    window.clock.frame.connect(parts.timeline.collect)
    charts = window.tab_actions.attach_charts(parts.in_tabs, window.stage.bring)
    window.run_view.film_actions = charts[parts.film.objectName()]
    window.stage.fill(
        parts.throughput_card,
        parts.activity_card,
        (parts.accounts, parts.timeline, parts.processes, parts.latency, parts.waits, parts.output, parts.film),
        parts.picture_card,
        parts.menus(actions, charts),
    )
    own = (actions.save_processes, actions.save_output, actions.copy_rows)
    window.tab_actions.attach(parts.processes, parts.output, *own)
    window.tab_actions.attach_picture(parts.picture, actions.save_picture, actions.copy_picture)
    if window.memory.splitter:
        window.stage.setSizes(window.memory.splitter)
    window.run_view.show_film(False)
    parts.adopt(actions, window.run_view.say_saved, window.run_view.say_bad)
    if window.stage.tabs is not None:
        window.stage.tabs.currentChanged.connect(window.clock.wake)
    parts.findings.lookAsked.connect(window.stage.look)
    parts.findings.tryAsked.connect(window.run_view.try_out)
    window.offers.attach(parts.waits, parts.timeline, parts.output)
    window.break_it.attach(parts.processes, parts.activity)
    _lessons(window, parts.code, parts.findings)
    _own(window)
    window.sweep_desk = SweepDesk(window)
    _compare(window, parts)
    window.clock.wake()


def _lessons(window: "MainWindow", code: "CodePanel", findings: "FindingsPanel") -> None:
    window.code = code
    source, memory = window.appearance.source, window.memory
    window.study = study = Study(source, memory, window.language, window.controller, window.workspace)
    window.workspace.fill(study.list, study.page, code, findings)
    study.lessons.stopAsked.connect(window.stop)
    study.lessons.lookAsked.connect(window.stage.look)
    study.lessons.problem.connect(window.run_view.say_bad)
    window.settings_door.lessonsChanged.connect(study.take_folder)
    window.desk.take(study, code)
    if study.problem:
        window.run_view.say_bad(study.problem)


def _own(window: "MainWindow") -> None:
    page = OwnPage(window.appearance.source)
    window.page.views.fill(page)
    window.own = OwnFunction(window, window.page.views, page)
    window.code.may_run = window.own.allows_script


def _compare(window: "MainWindow", parts: Parts) -> None:
    window.ghosts.charts += [parts.throughput, parts.accounts, parts.timeline]
    window.compare = compare = Compare(window.appearance.source, window.kept, window.ghosts, window.names, window)
    compare.bind(window.actions_.compare, window.actions_.ghosts)
    for action in compare.saves.values():
        window.actions_.adopt(action, compare.chart.title)
    if parts.throughput_card.menu is not None:
        parts.throughput_card.menu.addSeparator()
        parts.throughput_card.menu.addActions(list(window.actions_.ghosts.values()))
    compare.exploreAsked.connect(window.run_view.set_up)
    compare.chooseAsked.connect(lambda: window.workspace.choose(COMPARE))
    compare.said.connect(window.run_view.say)
    compare.problem.connect(window.run_view.say_bad)
    window.controller.catalogueReady.connect(lambda _found: compare.refill())
    window.workspace.fill_compare(compare.list, compare.main)
    window.workspace.changed.connect(compare.show_mode)
    window.desk.compare = compare
    compare.show_mode(window.workspace.mode)
