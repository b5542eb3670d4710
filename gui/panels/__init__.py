"""Panels: the process table and the messages of a run."""
