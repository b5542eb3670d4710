"""`threadmill`. Imports next to nothing before Ctrl+C ends it in silence; what it does stands in `gui.entry`."""

import signal
import sys
from collections.abc import Sequence

from gui.leave import INTERRUPTED, leave


def main(argv: Sequence[str] | None = None) -> int:
    """The console script. Returns the exit code."""
    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:
        signal.signal(signal.SIGINT, leave)
    try:
        from gui.entry import main as enter

        return enter(argv)
    except KeyboardInterrupt:
        return INTERRUPTED
    finally:
        # All is said, and the interpreter is about to end: Ctrl+C must not change how. Called by others, all is as it was.
        if before not in (signal.SIG_IGN, None):
            signal.signal(signal.SIGINT, signal.SIG_IGN if argv is None else before)


if __name__ == "__main__":
    sys.exit(main())
