"""What is said above the charts that is not of a run: a host that will not stand ready, and a window that crashed last time."""

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.text_page import TextPage
from gui.translations import sentence
from workers.contract.ending import SpareTrouble

if TYPE_CHECKING:
    from gui.window import MainWindow
    from workers.client.crash_log import Crash


class Notices(QObject):
    """Says them, and does what their buttons are for."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._trouble: SpareTrouble | None = None
        self._crash: Crash | None = None
        banners, actions = window.banners, window.actions_
        window.bridge.spareTroubled.connect(self.show_spare)
        banners.spare_offer.outputAsked.connect(self._show_output)
        banners.crash_offer.dismissed.connect(self._dismiss)
        actions.warm_again.triggered.connect(lambda _checked=False: window.bridge.warm_again())
        actions.crash_report.triggered.connect(lambda _checked=False: self.open_report())

    def show_spare(self, trouble: SpareTrouble | None) -> None:
        """Say that no host stands ready, and why; None: there is nothing to say any more."""
        self._trouble = trouble
        banners = self._window.banners
        self._window.actions_.warm_again.setEnabled(trouble is not None)
        if trouble is None:
            banners.notice(banners.spare, "", "warn")
            return
        banners.spare_offer.output.setVisible(bool(trouble.output))
        more = self.tr(
            "it ended {0} times within {1} minutes; the last one, PID {2}, {3}. "
            "Runs go on: each starts a host of its own, a little later."
        ).format(trouble.deaths, trouble.minutes, trouble.pid, sentence(trouble.how))
        if trouble.output:
            more = f"{more} {self.tr('It wrote: {0}').format(trouble.output[-1][:200])}"
        banners.notice(banners.spare, self.tr("No host stands ready:"), "warn", more)

    def look_for_crashes(self) -> None:
        """See whether the last window ended otherwise than by being closed; said once."""
        from workers.client.crash_log import kept, set_aside

        found = set_aside()
        self._window.actions_.crash_report.setEnabled(bool(found or kept()))
        if found:
            self.show_crash(found[0])

    def show_crash(self, crash: "Crash") -> None:
        """Offer this report."""
        self._crash = crash
        when = time.strftime("%Y-%m-%d %H:%M", time.localtime(crash.when))
        banners = self._window.banners
        if crash.fatal:
            headline = self.tr("Threadmill crashed last time:")
            more = self.tr("{0}, {1}. The report has the stacks, and what ran.").format(crash.fatal, when)
        else:
            headline = self.tr("The last window was not closed:")
            more = self.tr("it was killed, or the machine went down, {0}. The report says what ran.").format(when)
        banners.notice(banners.crash, headline, "muted", more)

    def open_report(self) -> None:
        """Show the report of the crash that was offered, or else of the last one that is kept."""
        from workers.client.crash_log import kept, read

        paths = kept()
        crash = self._crash or (read(paths[0]) if paths else None)
        if crash is None:
            self._window.run_view.say(self.tr("No crash report is kept."))
            return
        headline = self.tr("What the window that crashed has left; it stands in {0}.").format(crash.path)
        TextPage("crashPage", self.tr("Crash report"), headline, crash.text, self._window).show()
        self._dismiss()

    def _show_output(self) -> None:
        if self._trouble is not None:
            headline = self.tr("What the host, PID {0}, wrote before it {1}:").format(
                self._trouble.pid, sentence(self._trouble.how)
            )
            text = "\n".join(self._trouble.output)
            TextPage("hostOutputPage", self.tr("Output of the host"), headline, text, self._window).show()

    def _dismiss(self) -> None:
        self._crash = None
        self._window.banners.notice(self._window.banners.crash, "", "muted")
