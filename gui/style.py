"""The window's style sheet and palette, made from the theme and a scale. Every size is a multiple of the scale."""

from functools import lru_cache
from pathlib import Path
from string import Template

from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QWidget

from gui.theme import Theme

ICONS = Path(__file__).resolve().parent.parent / "resources" / "icons"
SCALES = (1.0, 1.15, 1.3, 1.5, 1.75, 2.0)
PRESENTER_SCALE = 1.5

_SHEET = Template("""
* { font-size: ${px13}px; color: $text; }
QMainWindow, QWidget#page, QDialog { background: $page; }
QFrame[card="true"] { background: $card; border: 1px solid $line; border-radius: ${px10}px; }
QLabel { background: transparent; }
QLabel[head="true"] { font-size: ${px12}px; font-weight: 600; letter-spacing: 0.4px; color: $muted; }
QLabel[big="true"] { font-size: ${px26}px; font-weight: 600; }
QLabel[muted="true"] { color: $muted; }
QLabel[small="true"] { font-size: ${px12}px; }
QLabel[bad="true"] { color: $bad; }
QLabel[live="true"] { color: $accent; }
QLabel[warn="true"] { color: $warn; }
QLabel:disabled { color: $muted; }
QFrame#deadlockBanner, QFrame#standstillBanner, QFrame#gilBanner, QFrame#outcomeStrip, QFrame#spareBanner,
QFrame#crashBanner {
  background: $card; border: 1px solid $line; border-radius: ${px10}px; }
QFrame[bad="true"] { border-color: $bad; }
QFrame[warn="true"] { border-color: $warn; }
QLabel#bannerMark { font-weight: 700; color: $good; }
QLabel#bannerMark[bad="true"] { color: $bad; }
QLabel#bannerMark[warn="true"] { color: $warn; }
QLabel#bannerMark[muted="true"] { color: $muted; }
QPushButton[offer] { padding: ${px2}px ${px12}px; }
QPushButton[offer="grave"] { border-color: $bad; color: $bad; font-weight: 600; }
QPushButton[offer="grave"]:disabled { border-color: $line; color: $off; }
QPushButton[offer]:focus { border-color: $accent; }
QToolTip { background: $card; color: $text; border: 1px solid $line; padding: ${px4}px ${px6}px; }

QPushButton { background: $field; border: 1px solid $line; border-radius: ${px7}px; padding: ${px6}px ${px14}px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $line; }
QPushButton:focus, QToolButton:focus { border: 1px solid $accent; }
QPushButton#ownFile { outline: none; padding: ${px6}px ${px8}px; }
QPushButton:disabled { color: $off; }
QPushButton#runButton { background: $accent; color: $on_accent; border: 1px solid $accent; font-weight: 600;
  padding: ${px6}px ${px22}px; }
QPushButton#runButton:hover { background: $accent_hover; }
QPushButton#runButton:focus { border: 2px solid $text; padding: ${px5}px ${px21}px; }
QPushButton#runButton:disabled { background: $line; border-color: $line; color: $muted; }
QPushButton[primary="true"] { background: $accent; color: $on_accent; border: 1px solid $accent; font-weight: 600; }
QPushButton[primary="true"]:hover { background: $accent_hover; }
QPushButton[primary="true"]:focus { border: 2px solid $text; padding: ${px5}px ${px13}px; }
QPushButton[primary="true"]:disabled { background: $line; border-color: $line; color: $muted; }
QPushButton#interruptButton { background: transparent; border-color: transparent; color: $bad; }
QPushButton#interruptButton:hover { background: $hover; }
QPushButton#interruptButton:focus { border-color: $accent; }
QPushButton#interruptButton:disabled { color: $off; }
QPushButton[mode] { border-radius: 0; padding: ${px6}px ${px14}px; }
QPushButton[mode="first"] { border-top-left-radius: ${px7}px; border-bottom-left-radius: ${px7}px; border-right: none; }
QPushButton[mode="last"] { border-top-right-radius: ${px7}px; border-bottom-right-radius: ${px7}px; }
QPushButton[mode="middle"] { border-right: none; }
QPushButton[mode]:checked { background: $accent; border-color: $accent; color: $on_accent; }
QPushButton[mode]:checked:focus { border: 2px solid $text; padding: ${px5}px ${px13}px; }
QPushButton[compact="true"] { padding: ${px2}px ${px10}px; font-size: ${px12}px; }
QPushButton[compact="true"]:checked:focus { border: 2px solid $text; padding: ${px1}px ${px9}px; }
QPushButton#scriptButton:checked, QPushButton#measureButton:checked { background: $hover; border-color: $edge; }
QPushButton[link="true"] { background: transparent; border: 1px solid transparent; border-radius: ${px5}px; color: $accent;
  padding: ${px1}px ${px3}px; text-align: left; font-size: ${px12}px; }
QPushButton[link="true"]:hover { background: $hover; }
QPushButton[link="true"]:focus { border-color: $accent; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: ${px6}px; padding: ${px4}px; }
QToolButton:hover, QToolButton:open { background: $hover; }
QToolButton::menu-indicator { image: none; width: 0; }

QMenu { background: $card; border: 1px solid $line; padding: ${px4}px; }
QMenu::item { padding: ${px6}px ${px22}px; border-radius: ${px5}px; }
QMenu::item:selected { background: $hover; }
QMenu::item:disabled { color: $off; }
QMenu::separator { height: 1px; background: $line; margin: ${px4}px ${px8}px; }
QMenu::indicator { width: ${px12}px; height: ${px12}px; left: ${px6}px; }
QMenu::indicator:checked { image: url("$icons/tick-$name.svg"); }

QComboBox, QSpinBox, QDoubleSpinBox, QLineEdit { background: $field; border: 1px solid $line; border-radius: ${px6}px;
  padding: 0 ${px8}px; min-height: ${px26}px; max-height: ${px26}px; selection-background-color: $accent; selection-color: $on_accent; }
QComboBox:hover, QSpinBox:hover, QDoubleSpinBox:hover, QLineEdit:hover { border-color: $edge; }
QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus, QLineEdit:focus { border-color: $accent; }
QComboBox:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QLineEdit:disabled { color: $off; background: $page; }
QComboBox[bad="true"], QSpinBox[bad="true"], QDoubleSpinBox[bad="true"], QLineEdit[bad="true"] { border: 1px solid $bad; }
QComboBox::drop-down { border: none; width: ${px22}px; subcontrol-position: center right; }
QComboBox::down-arrow { image: url("$icons/down-$name.svg"); width: ${px12}px; height: ${px12}px; }
QComboBox::down-arrow:disabled { image: url("$icons/down-off-$name.svg"); }
QComboBox QAbstractItemView { background: $card; border: 1px solid $line; outline: none; padding: ${px4}px;
  selection-background-color: $hover; selection-color: $text; }
QComboBox QAbstractItemView::item { min-height: ${px26}px; padding: 0 ${px6}px; border-radius: ${px5}px; }
QComboBox QAbstractItemView::item:selected { background: $hover; color: $text; }
QComboBox QAbstractItemView::item:disabled { color: $off; }
QLineEdit#modelFilter, QLineEdit#lessonFilter { min-height: ${px20}px; max-height: ${px20}px; font-size: ${px12}px; padding: 0 ${px6}px; }
QToolButton#otherPython { padding: ${px1}px ${px6}px ${px5}px ${px6}px; color: $muted; }
QToolButton#otherPython:focus { border-color: $accent; }
QSpinBox, QDoubleSpinBox { padding-right: ${px22}px; }
QSpinBox::up-button, QDoubleSpinBox::up-button { subcontrol-origin: border; subcontrol-position: top right;
  width: ${px22}px; height: ${px13}px; border: none; background: transparent; }
QSpinBox::down-button, QDoubleSpinBox::down-button { subcontrol-origin: border; subcontrol-position: bottom right;
  width: ${px22}px; height: ${px13}px; border: none; background: transparent; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url("$icons/up-$name.svg"); width: ${px10}px; height: ${px10}px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url("$icons/down-$name.svg"); width: ${px10}px; height: ${px10}px; }
QSpinBox::up-arrow:off, QSpinBox::up-arrow:disabled, QDoubleSpinBox::up-arrow:off, QDoubleSpinBox::up-arrow:disabled {
  image: url("$icons/up-off-$name.svg"); }
QSpinBox::down-arrow:off, QSpinBox::down-arrow:disabled, QDoubleSpinBox::down-arrow:off,
QDoubleSpinBox::down-arrow:disabled { image: url("$icons/down-off-$name.svg"); }
QCheckBox { spacing: ${px8}px; min-height: ${px26}px; }
QCheckBox::indicator { width: ${px16}px; height: ${px16}px; border: 1px solid $edge; border-radius: ${px4}px; background: $field; }
QCheckBox::indicator:focus { border-color: $accent; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$icons/check-$name.svg"); }

QSlider { min-height: ${px28}px; }
QSlider::groove:horizontal { height: ${px4}px; background: $line; border-radius: ${px2}px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: ${px2}px; }
QSlider::sub-page:horizontal:disabled { background: $line; }
QSlider::handle:horizontal { background: $accent; width: ${px16}px; height: ${px16}px; margin: -${px6}px 0; border-radius: ${px8}px; }
QSlider::handle:horizontal:focus { border: 2px solid $text; width: ${px12}px; height: ${px12}px; }
QSlider::handle:horizontal:disabled { background: $off; }

QListWidget { background: transparent; border: none; outline: none; }
QTreeView { background: transparent; border: none; alternate-background-color: $page; outline: none;
  selection-background-color: $hover; selection-color: $text; }
QTreeView:focus, QPlainTextEdit:focus, QListWidget#modelPicker:focus { border: none; }
QTreeView#sweepTable::item { padding: ${px3}px ${px4}px; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: transparent; color: $muted; border: none; border-bottom: 1px solid $line;
  padding: ${px4}px ${px6}px; font-size: ${px12}px; }
QHeaderView::up-arrow, QHeaderView::down-arrow { image: none; width: 0; height: 0; }
QPlainTextEdit { background: transparent; border: none; selection-background-color: $accent; selection-color: $on_accent; }
QScrollArea, QScrollArea > QWidget > QWidget#choice { background: transparent; border: none; }
QTabWidget::pane { border: none; }
QTabBar { background: transparent; }
QTabBar::tab { padding: ${px8}px ${px9}px; color: $muted; border: none; border-bottom: 2px solid transparent; background: transparent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; font-weight: 600; }
QTabBar::tab:focus { color: $accent; }
QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: $line; border-radius: ${px4}px; }
QScrollBar:vertical { background: transparent; width: ${px10}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${px10}px; margin: 0; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar::handle { background: $edge; border-radius: ${px4}px; min-height: ${px24}px; min-width: ${px24}px; margin: 1px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QLabel[verdict="true"] { font-size: ${px22}px; font-weight: 600; }
QLabel[figure="true"] { font-size: ${px26}px; font-weight: 600; }
QScrollArea > QWidget > QWidget#recommendationBody { background: transparent; border: none; }
QProgressBar#sweepProgress { background: $line; border: none; border-radius: ${px3}px; max-height: ${px6}px; min-height: ${px6}px; }
QProgressBar#sweepProgress::chunk { background: $accent; border-radius: ${px3}px; }
QLabel[title="true"] { font-size: ${px17}px; font-weight: 600; }
QLabel[strong="true"] { font-weight: 600; }
QLabel[good="true"] { color: $good; }
QLabel#lessonMark { font-weight: 700; }
QFrame#lessonFoot { border: none; border-top: 1px solid $line; }
QFrame[rule="true"] { background: $line; border: none; }
QToolButton[arrow="true"] { font-size: ${px17}px; padding: 0 ${px8}px ${px2}px ${px8}px; color: $muted; }
QToolButton[arrow="true"]:focus { border-color: $accent; }
QToolButton[arrow="true"]:disabled { color: $line; }
QTextBrowser { background: transparent; border: none; selection-background-color: $accent; selection-color: $on_accent; }
QScrollArea > QWidget > QWidget#lessonBody { background: transparent; border: none; }
QScrollArea > QWidget > QWidget#findingsBody { background: transparent; border: none; }
QScrollArea#findingsArea { border: 1px solid transparent; border-radius: ${px5}px; }
QScrollArea#findingsArea:focus { border-color: $accent; }
QListWidget#lessonList:focus { border: none; }
QFrame#findingsSheet { background: $card; border: 1px solid $edge; border-radius: ${px10}px; }
QFrame#findingsSheet QFrame#findingsPanel { background: transparent; border: none; }

QFrame#commandPalette { background: $card; border: 1px solid $edge; border-radius: ${px10}px; }
QFrame#commandPalette QListWidget::item { padding: ${px6}px ${px8}px; border-radius: ${px6}px; }
QFrame#commandPalette QListWidget::item:selected { background: $hover; color: $text; }
""")


@lru_cache
def mix(one: str, other: str, share: float) -> str:
    """A colour between two: `share` of `other` in `one`."""
    a, b = QColor(one), QColor(other)
    pairs = ((a.red(), b.red()), (a.green(), b.green()), (a.blue(), b.blue()))
    return "#" + "".join(f"{round(x + (y - x) * share):02X}" for x, y in pairs)


def off(theme: Theme) -> str:
    """Text of what cannot be used at present: weaker than muted, still readable."""
    return mix(theme.muted, theme.card, 0.35)


def sheet(theme: Theme, scale: float = 1.0) -> str:
    """The style sheet for the window and all in it."""
    sizes = {f"px{size}": str(max(1, round(size * scale))) for size in range(1, 33)}
    return _SHEET.substitute(
        sizes,
        icons=ICONS.as_posix(),
        name=theme.name,
        page=theme.page,
        card=theme.card,
        line=theme.line,
        text=theme.text,
        muted=theme.muted,
        accent=theme.accent,
        on_accent=theme.on_accent,
        field=theme.field,
        hover=theme.hover,
        bad=theme.bad,
        warn=theme.warn,
        good=theme.good,
        off=off(theme),
        edge=mix(theme.line, theme.muted, 0.4),
        accent_hover=mix(theme.accent, theme.text, 0.15),
    )


def palette(theme: Theme) -> QPalette:
    """The same colours for what paints by the palette."""
    made = QPalette()
    role = QPalette.ColorRole
    for roles, colour in (
        ((role.Window, role.AlternateBase), theme.page),
        ((role.Base, role.ToolTipBase), theme.card),
        ((role.Button,), theme.field),
        ((role.WindowText, role.Text, role.ButtonText, role.ToolTipText), theme.text),
        ((role.PlaceholderText,), theme.muted),
        ((role.Highlight, role.Link), theme.accent),
        ((role.HighlightedText,), theme.on_accent),
        ((role.Mid, role.Midlight), theme.line),
    ):
        for each in roles:
            made.setColor(each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, each, QColor(off(theme)))
    return made


def icon(name: str, theme: Theme) -> QIcon:
    """An icon of resources/icons in the theme's colours."""
    return QIcon(str(ICONS / f"{name}-{theme.name}.svg"))


def dress_as_card(widget: QWidget, theme: Theme, *, rows: bool = False, text: str = "") -> None:
    """Give a table or a text the colours of the card that it stands in. `rows`: whole rows are chosen, quietly; `text`: another colour."""
    text = text or theme.text
    made = widget.palette()
    role = QPalette.ColorRole
    for each, colour in (
        (role.Base, theme.card),
        (role.Text, text),
        (role.Highlight, theme.hover if rows else theme.accent),
        (role.HighlightedText, theme.text if rows else theme.on_accent),
    ):
        made.setColor(each, QColor(colour))
    widget.setPalette(made)
