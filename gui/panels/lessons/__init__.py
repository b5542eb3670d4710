"""The lessons: a list at the left, and a page that asks, has something run, and explains what was seen."""
