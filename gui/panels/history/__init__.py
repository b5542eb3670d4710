"""Kept runs in the window: the list to choose two from, and the table of how they differ."""
