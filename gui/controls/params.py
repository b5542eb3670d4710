"""A form built from declared parameters: each gets the field that its type asks for."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from gui.combo import Combo
from gui.controls.row import Row
from gui.controls.spin import LARGEST, DecimalSpin, NumberSpin, shortfall
from gui.translations import told
from workers.contract.config import Value
from workers.contract.errors import ConfigError
from workers.contract.info import Param


class ParamForm(QWidget):
    """Values for parameters.

    Signals:
        changed(): a value was changed by hand.
        edited(str): the same, with the name of the parameter.
    """

    changed = Signal()
    edited = Signal(str)

    def __init__(self, prefix: str, first: int = 99, parent: QWidget | None = None) -> None:
        """`prefix` ("params" or "options") begins the object names: params.limit. Only the `first` ones are always shown."""
        super().__init__(parent)
        self._prefix = prefix
        self._first = first
        self._unfolded = False
        self._live = False
        self._params: dict[str, Param] = {}
        self._rows: dict[str, Row] = {}
        self._read: dict[str, Callable[[], Value]] = {}
        self._write: dict[str, Callable[[Value], None]] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self.more = QPushButton()
        self.more.setObjectName(f"{prefix}More")
        self.more.setProperty("link", True)
        self.more.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.more.clicked.connect(self._toggle)
        self._layout.addWidget(self.more)
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
            field.setAccessibleName(told(param.title))
            row = Row(told(param.title), field, told(param.summary))
            self._rows[param.name] = row
            self._layout.insertWidget(self._layout.count() - 1, row)
        self.show_values(kept)
        self.show_live(self._live)
        self.setVisible(bool(params))

    def values(self) -> dict[str, Value]:
        """What differs from the declared defaults: those belong to the interpreter, and may differ in another.

        Raises ConfigError where what was typed is no value.
        """
        for name, row in self._rows.items():
            if isinstance(row.field, NumberSpin | DecimalSpin):
                text = shortfall(row.field, told(self._params[name].title))
                if text:
                    raise ConfigError(text, f"{self._prefix}.{name}")
        return self._values()

    def _values(self) -> dict[str, Value]:
        found = {name: read() for name, read in self._read.items()}
        return {name: value for name, value in found.items() if value != self._params[name].default}

    def show_values(self, values: Mapping[str, Value]) -> None:
        """Show `values`, and the default of what is not among them or does not fit."""
        for name, param in self._params.items():
            self.show_value(name, values.get(name, param.default))
        self._fold()

    def show_value(self, name: str, value: Value) -> None:
        """Show one of them, the others staying as they are; its default where it does not fit, nothing where there is no such one."""
        param = self._params.get(name)
        if param is None:
            return
        try:
            fit = param.check(value)
        except ValueError:
            fit = param.default
        if isinstance(fit, int) and not -LARGEST <= fit <= LARGEST:
            fit = param.default
        self._write[name](fit)

    def show_live(self, live: bool) -> None:
        """Mark the parameters that change the run under way (`live`), or none."""
        self._live = live
        for name, row in self._rows.items():
            here = live and self._params[name].live
            tip = self.tr("Changes the run under way.") if here else told(self._params[name].summary)
            row.show_live(here, tip)

    def is_live(self, name: str) -> bool:
        """Whether the field `name` changes the run under way."""
        return self._live and name in self._params and self._params[name].live

    def value(self, name: str) -> Value | None:
        """What stands in the field `name`; None where that is no value, or there is none of that name."""
        row = self._rows.get(name)
        if row is None or (isinstance(row.field, NumberSpin | DecimalSpin) and not row.field.hasAcceptableInput()):
            return None
        return self._read[name]()

    # ---- folding -----------------------------------------------------------------------------------------------------
    def _folding(self) -> list[str]:
        # One row behind a line that says so would save nothing.
        names = list(self._rows)
        return names[self._first :] if len(names) > self._first + 1 else []

    def _toggle(self) -> None:
        self._unfolded = not self._unfolded
        self._fold()

    def _fold(self) -> None:
        names = self._folding()
        self.more.setVisible(bool(names))
        for name in names:
            self._rows[name].setVisible(self._unfolded)
        values = self._values()
        chosen = [f"{told(self._params[name].title)} {self._word(values[name])}" for name in names if name in values]
        if self._unfolded:
            text = self.tr("▾  fewer")
        elif chosen:
            text = self.tr("▸  {0} more:  {1}").format(len(names), ", ".join(chosen))
        else:
            text = self.tr("▸  {0} more").format(len(names))
        self.more.setText(text)
        hidden = ", ".join(told(self._params[name].title) for name in names)
        self.more.setToolTip(hidden)
        self.more.setAccessibleName(self.tr("{0} more options: {1}").format(len(names), hidden))

    @staticmethod
    def _word(value: Value) -> str:
        return told(value) if isinstance(value, str) else str(value)

    def say(self, name: str, text: str) -> bool:
        """Mark the field `name` with the reason. False where there is none of that name."""
        row = self._rows.get(name)
        if row is not None:
            row.say(text)
            if text and name in self._folding() and not self._unfolded:
                self._toggle()
        return row is not None

    def clear_faults(self) -> None:
        """Take all marks away."""
        for row in self._rows.values():
            row.say("")

    def _edited(self, name: str) -> None:
        self.clear_faults()
        self.changed.emit()
        self.edited.emit(name)

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
        box.toggled.connect(lambda *_: self._edited(param.name))
        return box

    def _spin(self, param: Param) -> QWidget:
        low = -LARGEST if param.minimum is None else int(param.minimum)
        high = LARGEST if param.maximum is None else min(int(param.maximum), LARGEST)
        box = NumberSpin(low, high)
        box.setSuffix(f" {param.unit}" if param.unit else "")
        # A step of a tenth of the default's magnitude: 20 000 moves by 1 000, 8 by 1.
        box.setSingleStep(10 ** max(0, len(str(abs(int(param.default)))) - 2))
        self._keep(param, box.value, box.setValue)
        box.valueChanged.connect(lambda *_: self._edited(param.name))
        box.mended.connect(lambda *_: self._edited(param.name))
        return box

    def _decimal(self, param: Param) -> QWidget:
        low = -1e12 if param.minimum is None else param.minimum
        high = 1e12 if param.maximum is None else param.maximum
        box = DecimalSpin(low, high)
        box.setSuffix(f" {param.unit}" if param.unit else "")
        self._keep(param, box.value, box.setValue)
        box.valueChanged.connect(lambda *_: self._edited(param.name))
        box.mended.connect(lambda *_: self._edited(param.name))
        return box

    def _combo(self, param: Param) -> QWidget:
        box = Combo()
        for choice in param.choices:
            own = param.name == "start_method" and choice == param.default
            box.addItem(self.tr("{0} (default)").format(choice) if own else told(choice), choice)
            if own:
                box.setItemData(
                    box.count() - 1, self.tr("What this Python uses by itself."), Qt.ItemDataRole.ToolTipRole
                )
        self._keep(param, box.currentData, lambda value: box.setCurrentIndex(box.findData(value)))
        box.currentIndexChanged.connect(lambda *_: self._edited(param.name))
        return box

    def _line(self, param: Param) -> QWidget:
        box = QLineEdit()
        self._keep(param, box.text, box.setText)
        box.textEdited.connect(lambda *_: self._edited(param.name))
        return box
