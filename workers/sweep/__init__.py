"""Sweeps: many runs as one measurement. What to measure, in which order, what came of it, and what it says."""
