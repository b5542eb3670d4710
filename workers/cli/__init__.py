"""The terminal: threadmill run | lesson | list | doctor. Runs where PySide6 is not installed, too."""

from workers.cli.main import main

__all__ = ["main"]
