"""What the host counts, as the window reads it: each value held against what it can be, and the last good one kept."""

import struct

from workers.client.shared_file import CutShort, SharedFile
from workers.telemetry.board import FIELDS, PLACES, board_path
from workers.telemetry.clock import now

MOST = 1 << 53
"""Tasks, workers."""
SLACK_NS = 1_000_000_000
_TIMES = frozenset(PLACES[name] for name in FIELDS if name in ("clock_start_ns", "closed", "beat"))
_WORDS = struct.Struct(f"@{len(FIELDS)}q")


class BoardReader:
    """Of one run. `look` once a tick; what `get` says is as of then."""

    def __init__(self, directory: str) -> None:
        """Raises OSError where it cannot be opened."""
        self._file = SharedFile(board_path(directory))
        self._made_ns = now()
        self._words = [0] * len(FIELDS)
        self.overwritten = False
        """Whether values stood there that cannot be."""
        self.cut_short = False

    def look(self) -> None:
        """Take in what stands there now."""
        try:
            found = _WORDS.unpack(self._file.read(_WORDS.size, 0))
        except CutShort:
            self.cut_short = True
            return
        last = now() + SLACK_NS
        for place, value in enumerate(found):
            if (value == 0 or self._made_ns <= value <= last) if place in _TIMES else 0 <= value <= MOST:
                self._words[place] = value
            else:
                self.overwritten = True

    def get(self, name: str) -> int:
        """The word called `name`, one of FIELDS; times are of this machine's clock, 0: not yet."""
        return self._words[PLACES[name]]

    def close(self) -> None:
        """Let go of it."""
        self._file.close()
