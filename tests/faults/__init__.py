"""The table of faults: each injected for real, and what is to become of it. `python -m tests.faults` prints it."""
