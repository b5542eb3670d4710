"""Finished runs as they are kept: what of a run (capture), as which bytes (format), where (shelf), and how two of them differ (diff)."""
