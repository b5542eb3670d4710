"""The soak: random runs, changes and faults for half an hour, and nothing may hang or grow. By hand and nightly: `python -m tests.soak`."""
