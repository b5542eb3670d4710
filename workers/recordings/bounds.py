"""How many finished runs may be kept. On its own: whoever asks for it needs no numpy."""

DEFAULT_RUNS, MOST_RUNS = 100, 1_000
DEFAULT_MB, LEAST_MB, MOST_MB = 200, 5, 5_000
