"""Marks that tell curves apart without their colour."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

SHAPES = ("disc", "square", "triangle", "diamond", "ring", "cross")
_R = 4.0


def draw_shape(painter: QPainter, shape: str, at: QPointF, colour: QColor, ground: QColor) -> None:
    """Draw one, 8 px wide, around `at`."""
    painter.setPen(QPen(ground if shape not in ("ring", "cross") else colour, 1.5 if shape == "cross" else 1))
    painter.setBrush(ground if shape == "ring" else colour)
    box = QRectF(at.x() - _R, at.y() - _R, 2 * _R, 2 * _R)
    if shape in ("disc", "ring"):
        painter.drawEllipse(box)
    elif shape == "square":
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
    elif shape == "triangle":
        painter.drawPolygon(QPolygonF([QPointF(at.x(), box.top()), box.bottomRight(), box.bottomLeft()]))
    elif shape == "diamond":
        ends = [QPointF(at.x(), box.top() - 1), QPointF(box.right() + 1, at.y())]
        painter.drawPolygon(QPolygonF([*ends, QPointF(at.x(), box.bottom() + 1), QPointF(box.left() - 1, at.y())]))
    else:
        painter.drawLine(box.topLeft(), box.bottomRight())
        painter.drawLine(box.topRight(), box.bottomLeft())
