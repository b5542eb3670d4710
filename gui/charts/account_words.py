"""What the accounts say in words: whose they are, how much, and what was pickled and queued beside them."""

from PySide6.QtCore import QObject

from gui.charts.account_data import GHOST, LaneAccount, LaneName
from gui.charts.durations import duration, size
from gui.charts.kinds import KindWords
from gui.figures import grouped, percent
from gui.lane_words import in_words
from gui.run_names import SEPARATOR
from gui.words import MOST
from workers.insight import depth, serialisation
from workers.insight.accounts import NAMES
from workers.insight.store import RunStore


class AccountWords(QObject):
    """Puts accounts into words."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.kinds = KindWords(self)

    def lane(self, row: LaneName) -> str:
        """What a row is called, beside its PID."""
        if row.kind == "more":
            return self.tr("{n} more").format(n=grouped(row.order))
        if row.kind == GHOST:
            return self.tr("ghost: {0}").format(row.name)
        return self.tr("sum of all") if row.kind == "run" else in_words(row.name)

    def who(self, row: LaneName) -> str:
        """The same with PID and TID."""
        if row.kind == "run":
            return self.tr("Whole run: the sum of %n lane(s) that worked", "", row.order)
        if row.kind == GHOST:
            return self.tr("Ghost, a kept run: {0}").format(row.name)
        if not row.pid:
            return self.tr("%n more lane(s) together", "", row.order)
        return self.tr("{name}, PID {pid}, TID {tid}").format(name=self.lane(row), pid=row.pid, tid=row.tid)

    def part(self, row: LaneAccount, name: str) -> str:
        """One kind of one row: whose, how much, of what, and what that is."""
        seconds = float(row.seconds[NAMES.index(name)])
        share = percent(seconds / row.wall_s) if row.wall_s else "0"
        amount = self.tr("{kind}: {s} s, {n} % of {wall} s").format(
            kind=self.kinds.word(name), s=grouped(seconds, 3), n=share, wall=grouped(row.wall_s, 3)
        )
        lines = [self.who(row), amount, self.kinds.meaning(name)]
        if row.kind == "loop":
            lines.append(self.tr("Its event loop runs the tasks: it counts in their place."))
        if not row.counts and row.kind != GHOST:
            lines.append(self.tr("Not part of the run's account: it runs no tasks, or its event loop stands for it."))
        return "\n".join(lines)

    def all_parts(self, row: LaneAccount) -> str:
        """A whole row in a line."""
        wall = row.wall_s
        parts = [
            self.tr("{kind} {n} %").format(kind=self.kinds.word(name), n=percent(seconds / wall))
            for name, seconds in zip(NAMES, row.seconds.tolist(), strict=True)
            if wall and seconds / wall >= 0.001
        ]
        return f"{self.who(row)}: {', '.join(parts)}"

    def facts(self, store: RunStore) -> str:
        """Pickling and queue, in a line; empty where there is nothing of either."""
        return SEPARATOR.join(filter(None, (self._pickled(store), self._queued(store))))

    def _pickled(self, store: RunStore) -> str:
        found = serialisation.of_run(store)
        if found is None:
            return self.tr("Pickled: this model's way of pickling is not seen")
        if not found.messages:
            return ""
        ended = store.counts.done + store.counts.failed
        all_of_it, seconds = size(found.bytes), duration(found.seconds)
        if not ended:
            words = self.tr("Pickled: {size} in %n message(s), {time}", "", min(found.messages, MOST))
            return words.format(size=all_of_it, time=seconds)
        words = self.tr(
            "Pickled: {size} in %n message(s), {time}; a task: {each}, {each_time}", "", min(found.messages, MOST)
        )
        return words.format(
            size=all_of_it, time=seconds, each=size(found.bytes / ended), each_time=duration(found.seconds / ended)
        )

    def _queued(self, store: RunStore) -> str:
        if store.figures is None:
            return ""
        waiting = store.figures.depth.over_time(store)[1]
        bound = depth.bound(store)
        if bound is None or not len(waiting):
            return ""
        most, room = grouped(int(waiting.max())), grouped(bound)
        if store.ended is None:
            words = self.tr(
                "Tasks waiting to be begun: {now}, at most {n} (room for {bound}, the next waits for a place)"
            )
            return words.format(now=grouped(int(waiting[-1])), n=most, bound=room)
        words = self.tr("Tasks waiting to be begun: at most {n} (room for {bound}, the next waits for a place)")
        return words.format(n=most, bound=room)
