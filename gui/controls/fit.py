"""The list of models takes what the rest of the form leaves."""

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

from gui.controls.model_picker import ModelPicker


class ListFit(QObject):
    """Gives the list its height whenever the form, or something in it, has another size."""

    def __init__(self, area: QScrollArea, body: QWidget, models: ModelPicker) -> None:
        """`body` is what `area` scrolls, and holds `models`."""
        super().__init__(area)
        self._area, self._body, self._models = area, body, models
        # Later: a layout that is being settled does not hear of what changes in it.
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._fit)
        models.list.foldsChanged.connect(lambda: self._later.start(0))
        for watched in (body, area.viewport()):
            watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that sizes change."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize, QEvent.Type.Show):
            self._later.start(0)
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        models, view = self._models, self._area.viewport()
        before = models.list.minimumHeight()
        others = self._body.heightForWidth(view.width()) - before
        models.list.fit(view.height() - others, view.height())
        layout = models.layout()
        if models.list.minimumHeight() != before and layout is not None:
            layout.activate()
            models.updateGeometry()
