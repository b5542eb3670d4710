"""What each action of the window does."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from gui.dialogs import AboutPage, ShortcutsPage
from gui.stage import ACCOUNTS, FILM, LATENCY, OUTPUT, PROCESSES, TIMELINE

if TYPE_CHECKING:
    from gui.window import MainWindow


def bind(window: "MainWindow") -> None:
    """Connect the actions of `window` with what its parts can do."""
    actions, panel, desk, stage, looks = window.actions_, window.panel, window.desk, window.stage, window.appearance
    doings: tuple[tuple[QAction, Callable[[], object]], ...] = (
        (actions.run, desk.run),
        (actions.stop, window.stop),
        (actions.interrupt, window.interrupt),
        (actions.focus_model, panel.models.list.setFocus),
        (actions.filter_models, desk.focus_filter),
        (actions.next_lesson, lambda: desk.step(1)),
        (actions.previous_lesson, lambda: desk.step(-1)),
        (actions.settings, window.settings_door.open),
        (actions.focus_workers, panel.workers.spin.setFocus),
        (actions.focus_workload, panel.workload.setFocus),
        (actions.processes, lambda: stage.show_tab(PROCESSES)),
        (actions.output, lambda: stage.show_tab(OUTPUT)),
        (actions.film, lambda: stage.show_tab(FILM)),
        (actions.accounts, lambda: stage.show_tab(ACCOUNTS)),
        (actions.timeline, lambda: stage.show_tab(TIMELINE)),
        (actions.waits, window.offers.show_waits),
        (actions.latency, lambda: stage.show_tab(LATENCY)),
        (actions.findings, window.workspace.show_findings),
        (actions.open_function, panel.own.browse),
        (actions.check_function, window.check_function),
        (actions.measure, window.measure),
        (actions.script, window.workspace.toggle_script),
        (actions.picture, stage.focus_picture),
        (actions.other_python, panel.python_row.ask),
        (actions.toggle_theme, window.toggle_theme),
        (actions.present, looks.present),
        (actions.larger, lambda: looks.resize(1)),
        (actions.smaller, lambda: looks.resize(-1)),
        (actions.usual, lambda: looks.resize(0)),
        (actions.palette, window.commands.open),
        (actions.shortcuts, lambda: ShortcutsPage(actions.all, window).show()),
        (actions.about, lambda: AboutPage(window).show()),
        (actions.quit, window.close),
    )
    for action, doing in doings:
        # triggered(bool) would hand its bool to a slot that has defaults.
        action.triggered.connect(lambda _checked=False, doing=doing: doing())
    for choice, action in actions.themes.items():
        action.triggered.connect(lambda _checked=False, choice=choice: window.choose_theme(choice))
