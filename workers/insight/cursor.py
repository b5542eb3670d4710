"""Reading the columns of spans from where one stopped, however many have been forgotten since."""

from collections.abc import Sequence
from typing import Any

from numpy.typing import NDArray

from workers.insight.blocks import Blocks


class SpanCursor:
    """What has come since the last time."""

    def __init__(self) -> None:
        self._read = 0

    def take(self, spans: Blocks, names: Sequence[str]) -> list[NDArray[Any]]:
        """The new rows of these columns; do not write to them."""
        low = max(0, self._read - spans.forgotten)
        self._read = spans.forgotten + len(spans)
        return spans.part(names, low)
