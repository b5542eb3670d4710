"""The one clock of a run: monotonic, nanoseconds, the same in every process of this machine."""

from time import perf_counter_ns as now

__all__ = ["now"]
