"""Frozen data that crosses a boundary: between window and host, host and worker, thread and thread. Standard library only."""
