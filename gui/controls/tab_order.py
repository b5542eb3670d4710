"""Tab goes from field to field as one sees them, also to those that were made later."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def fields(widget: QWidget) -> Iterator[QWidget]:
    """What Tab reaches within `widget`, in the order of its layouts; what is hidden at present too."""
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
        return
    layout = widget.layout()
    if layout is not None:
        yield from _within(layout)


def _within(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            yield from fields(widget)
        elif inner is not None:
            yield from _within(inner)


def chain(widget: QWidget) -> None:
    """Let Tab go through the fields of `widget` in their order; what came after them still does."""
    found = list(fields(widget))
    for one, other in pairwise(found):
        QWidget.setTabOrder(one, other)
