"""A form built from declared parameters: each gets the field that its type asks for."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from gui.controls.combo import Combo
from gui.controls.row import Row
from gui.controls.spin import LARGEST, DecimalSpin, NumberSpin, shortfall
from workers.contract.config import Value
from workers.contract.errors import ConfigError
from workers.contract.info import Param


class ParamForm(QWidget):
    """Values for parameters.

    Signals:
        changed(): a value was changed by hand.
    """

    changed = Signal()

    def __init__(self, prefix: str, parent: QWidget | None = None) -> None:
        """`prefix` ("params" or "options") begins the object names: params.limit."""
        super().__init__(parent)
        self._prefix = prefix
        self._params: dict[str, Param] = {}
        self._rows: dict[str, Row] = {}
        self._read: dict[str, Callable[[], Value]] = {}
        self._write: dict[str, Callable[[Value], None]] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self.hide()

    def show_params(self, params: tuple[Param, ...]) -> None:
        """Build the fields anew; values of parameters that are declared alike are kept."""
        kept = {name: value for name, value in self._values().items() if self._params.get(name) in params}
        for row in self._rows.values():
            self._layout.removeWidget(row)
            row.hide()
            row.setParent(None)  # else it would still be found by its name
            row.deleteLater()
        self._rows.clear()
        self._read.clear()
        self._write.clear()
        self._params = {param.name: param for param in params}
        for param in params:
            field = self._field(param)
            field.setObjectName(f"{self._prefix}.{param.name}")
            field.setAccessibleName(param.title)
            row = Row(param.title, field, param.summary)
            self._rows[param.name] = row
            self._layout.addWidget(row)
        self.show_values(kept)
        self.setVisible(bool(params))

    def values(self) -> dict[str, Value]:
        """What differs from the declared defaults: those belong to the interpreter, and may differ in another.

        Raises ConfigError where what was typed is no value.
        """
        for name, row in self._rows.items():
            if isinstance(row.field, NumberSpin | DecimalSpin):
                text = shortfall(row.field, self._params[name].title)
                if text:
                    raise ConfigError(text, f"{self._prefix}.{name}")
        return self._values()

    def _values(self) -> dict[str, Value]:
        found = {name: read() for name, read in self._read.items()}
        return {name: value for name, value in found.items() if value != self._params[name].default}

    def show_values(self, values: Mapping[str, Value]) -> None:
        """Show `values`, and the default of what is not among them or does not fit."""
        for name, param in self._params.items():
            try:
                fit = param.check(values.get(name, param.default))
            except ValueError:
                fit = param.default
            if isinstance(fit, int) and not -LARGEST <= fit <= LARGEST:
                fit = param.default
            self._write[name](fit)

    def say(self, name: str, text: str) -> bool:
        """Mark the field `name` with the reason. False where there is none of that name."""
        row = self._rows.get(name)
        if row is not None:
            row.say(text)
        return row is not None

    def clear_faults(self) -> None:
        """Take all marks away."""
        for row in self._rows.values():
            row.say("")

    def _edited(self) -> None:
        self.clear_faults()
        self.changed.emit()

    def _field(self, param: Param) -> QWidget:
        kind = type(param.default)
        if kind is bool:
            return self._check(param)
        if kind is int:
            return self._spin(param)
        if kind is float:
            return self._decimal(param)
        return self._combo(param) if param.choices else self._line(param)

    def _keep(self, param: Param, read: Callable[[], Value], write: Callable[..., None]) -> None:
        self._read[param.name], self._write[param.name] = read, write
        write(param.default)

    def _check(self, param: Param) -> QWidget:
        box = QCheckBox()
        self._keep(param, box.isChecked, box.setChecked)
        box.toggled.connect(self._edited)
        return box

    def _spin(self, param: Param) -> QWidget:
        low = -LARGEST if param.minimum is None else int(param.minimum)
        high = LARGEST if param.maximum is None else min(int(param.maximum), LARGEST)
        box = NumberSpin(low, high)
        box.setSuffix(f" {param.unit}" if param.unit else "")
        # A step of a tenth of the default's magnitude: 20 000 moves by 1 000, 8 by 1.
        box.setSingleStep(10 ** max(0, len(str(abs(int(param.default)))) - 2))
        self._keep(param, box.value, box.setValue)
        box.valueChanged.connect(self._edited)
        box.mended.connect(self._edited)
        return box

    def _decimal(self, param: Param) -> QWidget:
        low = -1e12 if param.minimum is None else param.minimum
        high = 1e12 if param.maximum is None else param.maximum
        box = DecimalSpin(low, high)
        box.setSuffix(f" {param.unit}" if param.unit else "")
        self._keep(param, box.value, box.setValue)
        box.valueChanged.connect(self._edited)
        box.mended.connect(self._edited)
        return box

    def _combo(self, param: Param) -> QWidget:
        box = Combo()
        for choice in param.choices:
            own = param.name == "start_method" and choice == param.default
            box.addItem(self.tr("{0} (default)").format(choice) if own else choice, choice)
            if own:
                box.setItemData(
                    box.count() - 1, self.tr("What this Python uses by itself."), Qt.ItemDataRole.ToolTipRole
                )
        self._keep(param, box.currentData, lambda value: box.setCurrentIndex(box.findData(value)))
        box.currentIndexChanged.connect(self._edited)
        return box

    def _line(self, param: Param) -> QWidget:
        box = QLineEdit()
        self._keep(param, box.text, box.setText)
        box.textEdited.connect(self._edited)
        return box
