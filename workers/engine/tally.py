"""What becomes of the tasks of a run, counted in shared memory (the board), so that it outlives this process."""

import threading

from workers.telemetry.board import PLACES, Board
from workers.telemetry.clock import now


class Tally:
    """The counts. May be used from any thread of the host."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._words = board.words
        self._lock = threading.Lock()
        self._counts = {"submitted": 0, "done": 0, "failed": 0, "withdrawn": 0}
        self._frozen = False
        self._spent = False
        self.closed_ns = 0
        """When the last task ended, once no more are handed out; 0 before."""

    @property
    def drawn(self) -> int:
        """Tasks that were handed out, also those that were taken back."""
        return self._counts["submitted"] + self._counts["withdrawn"]

    @property
    def done(self) -> int:
        """Tasks that were done."""
        return self._counts["done"]

    @property
    def pending(self) -> int:
        """Tasks of which nothing has come yet."""
        counts = self._counts
        return counts["submitted"] - counts["done"] - counts["failed"]

    def add(self, name: str, tasks: int) -> None:
        """Count `tasks` more as "submitted", "done" or "failed"."""
        with self._lock:
            if not self._frozen:
                counts = self._counts
                # Not by `board.set`: this is done twice for every task.
                self._words[PLACES[name]] = counts[name] = counts[name] + tasks
                if self._spent and counts["done"] + counts["failed"] >= counts["submitted"]:
                    # The run's end is that of its last task, not of the pool's farewell.
                    self.closed_ns = now()
                    self._board.set("closed", self.closed_ns)
                    self._spent = False

    def withdraw(self, tasks: int) -> None:
        """They count as never submitted."""
        with self._lock:
            self._counts["submitted"] -= tasks
            self._counts["withdrawn"] += tasks
            self._board.set("submitted", self._counts["submitted"])

    def spend(self) -> None:
        """No more tasks are handed out."""
        self._board.set("spent", 1)
        with self._lock:
            self._spent = True
        self.add("done", 0)  # all may have been settled already

    def freeze(self) -> int:
        """Count no more. Returns how many tasks are lost with that; 0 where it was frozen before."""
        with self._lock:
            again, self._frozen = self._frozen, True
            return 0 if again else self.pending
