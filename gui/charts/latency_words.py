"""What the latencies say in words."""

from PySide6.QtCore import QObject

from gui.charts.account_data import LaneName
from gui.charts.account_words import AccountWords
from gui.charts.durations import duration
from gui.charts.latency_data import Spread
from gui.figures import UNKNOWN, grouped
from workers.insight.latency import LaneSpread


class LatencyWords(QObject):
    """Puts times into words."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lanes = AccountWords(self)

    def title(self, kind: str) -> str:
        """Of one of KINDS."""
        return self.tr("Queue wait") if kind == "queue" else self.tr("Task time")

    def meaning(self, kind: str) -> str:
        """What it is, in a sentence."""
        if kind == "queue":
            return self.tr("From the moment a task was handed to the model until a worker began it.")
        return self.tr("From the beginning of a task to its end, waiting included.")

    def marks(self, spread: Spread, brief: bool = False) -> list[str]:
        """Its percentiles and its longest; `brief`: with two figures."""
        names = {"max": self.tr("longest")}
        return [f"{names.get(name, name)} {duration(value, brief)}" for name, value in spread.marks]

    def whole(self, spread: Spread) -> str:
        """All of one kind."""
        tasks = self.tr("%n task(s)", "", spread.count).replace(str(spread.count), grouped(spread.count), 1)
        return f"{self.title(spread.kind)}: {', '.join(self.marks(spread))} ({tasks})\n{self.meaning(spread.kind)}"

    def bucket(self, spread: Spread, low: float, high: float, count: int) -> str:
        """How many tasks took so long."""
        share = count / spread.count * 100 if spread.count else 0.0
        return self.tr("{low} to {high}: {count} of {all} tasks, {n} %").format(
            low=duration(low), high=duration(high), count=grouped(count), all=grouped(spread.count), n=grouped(share, 1)
        )

    def lane(self, name: LaneName, spread: Spread, lane: LaneSpread, slow: bool) -> str:
        """One lane's."""
        least, middle, most = (
            UNKNOWN if value is None else duration(value) for value in (lane.least_s, lane.median_s, lane.most_s)
        )
        lines = [
            self.lanes.who(name),
            self.tr("{title}: shortest {a}, median {b}, longest {c}").format(
                title=self.title(spread.kind), a=least, b=middle, c=most
            ),
        ]
        if slow:
            lines.append(self.tr("Its median is more than half as long again as that of all tasks."))
        return "\n".join(lines)
