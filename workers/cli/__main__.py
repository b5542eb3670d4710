"""`python -m workers.cli`."""

import signal
import sys

from workers.cli.main import main

if __name__ == "__main__":
    code = main()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is said: it must not change how the interpreter ends
    sys.exit(code)
