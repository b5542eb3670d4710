"""What is dropped on the window."""

from PySide6.QtCore import QMimeData


def dropped_file(data: QMimeData) -> str:
    """The path of the one Python file on this machine that is dropped; empty where it is anything else."""
    urls = data.urls()
    path = urls[0].toLocalFile() if len(urls) == 1 else ""
    return path if path.lower().endswith((".py", ".pyw")) else ""
