"""Lessons: files that anybody can write, the facts of a run, and the proof that it showed what the lesson says. No Qt."""
