"""Growing numpy columns with a ceiling: past it the oldest rows make room, and how many did is known."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Columns:
    """Equal-length columns appended in blocks. Amortised O(1) a row; `limit` rows at most."""

    def __init__(self, dtypes: Mapping[str, str], limit: int) -> None:
        """`dtypes` maps column names to numpy type codes; `limit` is the number of rows kept."""
        self._limit = limit
        self._columns: dict[str, NDArray[Any]] = {name: np.empty(1024, dtype) for name, dtype in dtypes.items()}
        self._rows = 0
        self.forgotten = 0
        """Rows dropped at the front because the ceiling was reached."""

    def __len__(self) -> int:
        return self._rows

    def append(self, **blocks: NDArray[Any]) -> None:
        """Add one block per column, all of one length."""
        n = len(next(iter(blocks.values())))
        if self._rows + n > self._limit:
            # Half the ceiling at a time, so that dropping costs O(1) a row as well.
            drop = min(self._rows, max(self._limit // 2, self._rows + n - self._limit))
            for column in self._columns.values():
                column[: self._rows - drop] = column[drop : self._rows].copy()
            self._rows -= drop
            self.forgotten += drop
        need = self._rows + n
        for name, block in blocks.items():
            column = self._columns[name]
            if need > len(column):
                grown = np.empty(max(need, 2 * len(column)), column.dtype)
                grown[: self._rows] = column[: self._rows]
                self._columns[name] = column = grown
            column[self._rows : need] = block
        self._rows = need

    def __getitem__(self, name: str) -> NDArray[Any]:
        """A view of the column's filled part; do not keep it across an append."""
        return self._columns[name][: self._rows]
