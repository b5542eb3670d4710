"""Columns kept in blocks: past a ceiling the oldest block goes as a whole, so that dropping copies nothing and stops nobody."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

ROWS = 1 << 16
_Block = dict[str, NDArray[Any]]


class Blocks:
    """Equal-length columns, appended to. Rows are numbered from 0; `forgotten` of them are no longer here."""

    def __init__(self, dtypes: Mapping[str, str], limit: int, before_drop: Callable[[int], None] | None = None) -> None:
        """`dtypes`: numpy type codes by name. `limit`: rows kept at most. `before_drop(n)`: the rows before row n are about to go."""
        self._dtypes = dict(dtypes)
        self._before_drop = before_drop
        self._blocks: deque[_Block] = deque()
        self._sizes: deque[int] = deque()
        self._rows = 0
        self.limit = limit
        self.forgotten = 0
        """Rows dropped at the front because the ceiling was reached."""

    def __len__(self) -> int:
        return self._rows

    @property
    def nbytes(self) -> int:
        """What is allocated."""
        return sum(column.nbytes for block in self._blocks for column in block.values())

    def append(self, **new: NDArray[Any]) -> None:
        """Add one piece to each column, all of one length."""
        count, done = len(next(iter(new.values()))), 0
        # An eighth of the ceiling at most goes at once.
        room = max(1, min(ROWS, self.limit // 8))
        while done < count:
            if not self._blocks or self._sizes[-1] == len(next(iter(self._blocks[-1].values()))):
                self._blocks.append({name: np.empty(room, dtype) for name, dtype in self._dtypes.items()})
                self._sizes.append(0)
            block, filled = self._blocks[-1], self._sizes[-1]
            part = min(count - done, len(next(iter(block.values()))) - filled)
            for name, column in block.items():
                column[filled : filled + part] = new[name][done : done + part]
            self._sizes[-1] += part
            self._rows += part
            done += part
            self._drop()

    def _drop(self) -> None:
        while self._rows > self.limit and len(self._blocks) > 1:
            gone = self._sizes[0]
            if self._before_drop is not None:
                self._before_drop(self.forgotten + gone)
            self._blocks.popleft()
            self._sizes.popleft()
            self._rows -= gone
            self.forgotten += gone

    def __getitem__(self, name: str) -> NDArray[Any]:
        """A whole column. It is put together for whoever asks: ask for a `part` where that will do."""
        return self.part((name,), 0)[0]

    def pieces(self, names: Sequence[str]) -> list[list[NDArray[Any]]]:
        """These columns, block by block: views of what is there now, which nobody will write to. Costs the same however much it is."""
        return [
            [block[name][:size] for name in names]
            for block, size in zip(self._blocks, self._sizes, strict=True)
            if size
        ]

    def part(self, names: Sequence[str], low: int, high: int | None = None) -> list[NDArray[Any]]:
        """Of these columns the kept rows from `low` to before `high` (all others), counted from the first that is kept."""
        high = self._rows if high is None else min(high, self._rows)
        pieces: list[list[NDArray[Any]]] = [[np.empty(0, self._dtypes[name])] for name in names]
        at = self._rows
        # From the end: what is new is asked for most.
        for block, size in zip(reversed(self._blocks), reversed(self._sizes), strict=True):
            at -= size
            first, last = max(low - at, 0), min(high - at, size)
            if first < last:
                for name, found in zip(names, pieces, strict=True):
                    found.append(block[name][first:last])
            if at <= low:
                break
        return [found[1] if len(found) == 2 else np.concatenate(found[::-1]) for found in pieces]
