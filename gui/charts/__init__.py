"""Charts: one class each, built once, refreshed by the frame clock when the store has something new."""
