"""Two small pages to read: the keys, and what this program is. Neither blocks the window."""

import platform
import sys
from collections.abc import Iterable

import PySide6
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.version import version


class _Page(QDialog):
    def __init__(self, name: str, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(24, 20, 24, 16)
        self.body.setSpacing(12)

    def finish(self) -> None:
        """Add the button that closes it."""
        shut = QPushButton(self.tr("Close"))
        shut.setObjectName("closeButton")
        shut.setAccessibleName(shut.text())
        shut.setDefault(True)
        shut.clicked.connect(self.close)
        self.body.addStretch()
        self.body.addWidget(shut, 0, Qt.AlignmentFlag.AlignRight)


class ShortcutsPage(_Page):
    """All keys, in two columns."""

    def __init__(self, actions: Iterable[QAction], parent: QWidget) -> None:
        super().__init__("shortcutsPage", QCoreApplication.translate("ShortcutsPage", "Keyboard shortcuts"), parent)
        grid = QGridLayout()
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(6)
        for row, action in enumerate(action for action in actions if action.shortcuts()):
            keys = "  ·  ".join(key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts())
            name, key = QLabel(action.text().replace("&", "")), QLabel(keys)
            key.setProperty("muted", True)
            grid.addWidget(name, row, 0)
            grid.addWidget(key, row, 1)
        self.body.addLayout(grid)
        self.finish()


class AboutPage(_Page):
    """Name, versions, licences."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("aboutPage", QCoreApplication.translate("AboutPage", "About Threadmill"), parent)
        name = QLabel(self.tr("Threadmill {0}").format(version()))
        name.setProperty("big", True)
        about = QLabel(
            self.tr(
                "A playground for Python concurrency: run it, watch it, understand it.\n\n"
                "Python {0}, Qt for Python {1}, {2}.\n"
                "MIT licence. Qt and Qt for Python are used under the LGPL, version 3."
            ).format(sys.version.split()[0], PySide6.__version__, platform.system())
        )
        about.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        about.setObjectName("aboutText")
        about.setAccessibleName(self.tr("About Threadmill"))
        self.body.addWidget(name)
        self.body.addWidget(about)
        self.finish()
