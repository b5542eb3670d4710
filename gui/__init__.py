"""The window: all the Qt there is. Runs no workload, and nothing in it blocks."""
