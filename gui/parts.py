"""The charts and tables of a window, made together once numpy and pyqtgraph may load."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from gui.actions import Actions
from gui.charts.accounts import AccountsView
from gui.charts.card import Card
from gui.charts.film import FilmView
from gui.charts.latency import LatencyView
from gui.charts.picture import PictureView
from gui.charts.pid_activity import PidActivityChart
from gui.charts.saves import ALL, PICTURE
from gui.charts.throughput import ThroughputChart
from gui.charts.timeline import TimelineView
from gui.charts.wait_graph import WaitGraphView
from gui.dots import Dots
from gui.frame_clock import Part
from gui.panels.code import CodePanel
from gui.panels.findings import FindingsPanel
from gui.panels.output import OutputPanel
from gui.panels.processes import ProcessTable
from gui.run_names import RunNames
from gui.theme import ThemeSource
from workers.insight.store import RunStore


class Refreshed(Part, Protocol):
    """What shows one run and follows it."""

    def show_store(self, store: RunStore) -> None:
        """Show this run."""


@dataclass(frozen=True)
class Parts:
    """What shows a run."""

    throughput: ThroughputChart
    activity: PidActivityChart
    accounts: AccountsView
    timeline: TimelineView
    processes: ProcessTable
    latency: LatencyView
    waits: WaitGraphView
    output: OutputPanel
    film: FilmView
    picture: PictureView
    throughput_card: Card
    activity_card: Card
    picture_card: Card
    code: CodePanel
    findings: FindingsPanel

    @classmethod
    def make(cls, theme: ThemeSource, names: RunNames, store: RunStore, picture_menu: list[QAction]) -> "Parts":
        """All of them, showing `store`."""
        throughput, activity = ThroughputChart(theme), PidActivityChart(theme)
        accounts, timeline, latency = AccountsView(theme), TimelineView(theme), LatencyView(theme)
        throughput.names = activity.names = accounts.names = timeline.names = latency.names = names
        waits = WaitGraphView(theme)
        waits.names = names
        picture = PictureView(theme)
        made = cls(
            throughput,
            activity,
            accounts,
            timeline,
            ProcessTable(theme),
            latency,
            waits,
            OutputPanel(theme),
            FilmView(theme),
            picture,
            Card.around(theme, throughput),
            Card.around(theme, activity),
            Card(theme, QCoreApplication.translate("Parts", "Picture"), picture, _menu(theme, picture_menu)),
            CodePanel(theme),
            FindingsPanel(),
        )
        for part in made.refreshed:
            part.show_store(store)
        return made

    @property
    def refreshed(self) -> tuple["Refreshed", ...]:
        """Those that the frame clock brings up to date."""
        tabs = self.accounts, self.timeline, self.processes, self.latency, self.waits, self.output, self.film
        return self.throughput, self.activity, *tabs, self.picture, self.findings

    @property
    def in_tabs(
        self,
    ) -> tuple[tuple[AccountsView | TimelineView | LatencyView | WaitGraphView | FilmView, tuple[str, ...]], ...]:
        """The charts among the tabs, with what they can be saved as; the accounts' table has actions of its own."""
        return (
            (self.accounts, PICTURE),
            (self.timeline, ALL),
            (self.latency, ALL),
            (self.waits, PICTURE),
            (self.film, PICTURE),
        )

    def menus(self, actions: Actions, charts: dict[str, list[QAction]]) -> list[tuple[QWidget, list[QAction]]]:
        """What the menu beside the tabs offers, by the part in front; `charts`: the actions of those `in_tabs`, by name."""
        found: list[tuple[QWidget, list[QAction]]] = [
            (self.processes, [actions.break_menu, actions.save_processes, actions.copy_rows]),
            (self.output, [actions.save_output]),
        ]
        for chart, _ in self.in_tabs:
            own = charts[chart.objectName()]
            for action in own:
                actions.adopt(action, chart.title)
            found.append((chart, own + list(self.accounts.actions) if chart is self.accounts else own))
        return found

    def adopt(self, actions: Actions, saved: Callable[[str], None], failed: Callable[[str], None]) -> None:
        """Let the window's actions have what the cards of the charts can save, and tell how that went."""
        for card, chart, key in (
            (self.throughput_card, self.throughput, "Ctrl+S"),
            (self.activity_card, self.activity, "Ctrl+Shift+S"),
        ):
            card.saved.connect(saved)
            card.failed.connect(failed)
            for action in card.save_actions.values():
                actions.adopt(action, chart.title)
            actions.give_key(card.save_actions["png"], key)
        for part in (self.code, self.accounts):
            part.saved.connect(saved)
            part.failed.connect(failed)
        for action in self.accounts.actions:
            actions.adopt(action, self.accounts.title)
        for action in self.code.actions.values():
            actions.adopt(action, QCoreApplication.translate("Parts", "Script"))


def _menu(theme: ThemeSource, actions: list[QAction]) -> Dots:
    dots = Dots(theme)
    dots.setObjectName("pictureMenu")
    dots.setAccessibleName(QCoreApplication.translate("Parts", "Save or copy the picture"))
    dots.setToolTip(dots.accessibleName())
    menu = QMenu(dots)
    menu.addActions(actions)
    dots.setMenu(menu)
    return dots
