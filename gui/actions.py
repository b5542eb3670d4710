"""Everything that can be done, each with a name, a key and a line for the command palette."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from gui.modes import COMPARE, EXPLORE, LESSONS, OWN


class Actions(QObject):
    """The window's actions. They are only made here; window.py says what they do."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.all: list[QAction] = []
        add = self._add
        self.run = add("run", self.tr("Run"), "Ctrl+R", "F5")
        self.stop = add("stop", self.tr("Stop"), "Ctrl+.", "Esc")
        self.interrupt = add("interrupt", self.tr("Interrupt now"), "Shift+Esc")
        self.focus_model = add("focusModel", self.tr("Go to the models"), "Alt+1")
        self.filter_models = add("filterModels", self.tr("Filter the models"), "Ctrl+F", "/")
        self.focus_workers = add("focusWorkers", self.tr("Go to the number of workers"), "Alt+2")
        self.focus_workload = add("focusWorkload", self.tr("Go to the workload"), "Alt+3")
        self.processes = add("showProcesses", self.tr("Show processes"), "Alt+4")
        self.output = add("showOutput", self.tr("Show the output"), "Alt+5")
        self.picture = add("showPicture", self.tr("Show the picture"), "Alt+6")
        self.film = add("showFilm", self.tr("Show the race film"), "Alt+7")
        self.accounts = add("showAccounts", self.tr("Show where the time went"), "Alt+8")
        self.timeline = add("showTimeline", self.tr("Show the timeline"), "Ctrl+L")
        self.latency = add("showLatency", self.tr("Show the latency"), "Alt+9")
        self.waits = add("showWaits", self.tr("Show who waits for whom"), "Ctrl+G")
        self.break_wait = add("breakWait", self.tr("Break one wait of the deadlock …"), "Ctrl+B")
        self.break_menu = add("breakWorker", self.tr("Break it: choose how …"), "Ctrl+Shift+B")
        self.breaks = {
            "kill": add("breakKill", self.tr("Break it: kill (SIGKILL) …")),
            "segfault": add("breakSegfault", self.tr("Break it: crash (segmentation fault) …")),
            "exit": add("breakExit", self.tr("Break it: exit in the middle of a task …")),
            "freeze": add("breakFreeze", self.tr("Break it: freeze (SIGSTOP) …")),
            "thaw": add("breakThaw", self.tr("Break it: thaw (SIGCONT) …")),
            "fill": add("breakFill", self.tr("Break it: fill its memory …")),
            "raise": add("breakRaise", self.tr("Break it: raise an exception …")),
        }
        self.stacks = add("showStacks", self.tr("Show the stacks"), "Ctrl+K")
        self.findings = add("showFindings", self.tr("Go to what this run says"), "Alt+0")
        self.modes = {
            EXPLORE: add("modeExploreAction", self.tr("Explore: pick and run"), "Ctrl+1"),
            LESSONS: add("modeLessonsAction", self.tr("Lessons"), "Ctrl+2"),
            OWN: add("modeOwnAction", self.tr("My function"), "Ctrl+3"),
            COMPARE: add("modeCompareAction", self.tr("Compare: kept runs"), "Ctrl+4"),
        }
        self.compare = {
            "swap": add("compareSwap", self.tr("Compare: swap A and B"), "Ctrl+Shift+A"),
            "again": add("compareAgain", self.tr("Compare: set A up to be run again")),
            "copy": add("compareCopyText", self.tr("Compare: copy as text")),
            "csv": add("compareSaveText", self.tr("Compare: save as CSV …")),
            "export": add("exportRun", self.tr("Export the current kept run …")),
            "import": add("importRun", self.tr("Import a kept run …")),
            "undo": add("undoDelete", self.tr("Bring back the deleted run"), "Ctrl+Z"),
        }
        self.ghosts = {
            "none": add("ghostNone", self.tr("Ghost: none"), checkable=True),
            "last": add("ghostLast", self.tr("Ghost: the last run"), "Ctrl+Shift+G", checkable=True),
            "chosen": add("ghostChoose", self.tr("Ghost: choose a run …"), checkable=True),
        }
        self.open_function = add("openFunction", self.tr("Choose a Python file of your own …"), "Ctrl+O")
        self.check_function = add("checkFunction", self.tr("Check my function before it runs"), "Ctrl+P")
        self.measure = add("measure", self.tr("Measure and recommend: show or hide"), "Ctrl+M", checkable=True)
        self.script = add("showScript", self.tr("Show or hide the script"), "Ctrl+E")
        self.next_lesson = add("nextLesson", self.tr("Next lesson"), "Alt+Right")
        self.previous_lesson = add("previousLesson", self.tr("Previous lesson"), "Alt+Left")
        self.warm_again = add("warmAgain", self.tr("Try again to have a host stand ready"), "Ctrl+Shift+H")
        self.crash_report = add("crashReport", self.tr("Show the last crash report"), "Ctrl+Shift+D")
        self.settings = add("settings", self.tr("Settings …"), "Ctrl+,")
        self.other_python = add("chooseOtherPython", self.tr("Choose another Python …"))
        self.save_processes = add("saveProcesses", self.tr("Save processes as CSV …"))
        self.save_output = add("saveOutput", self.tr("Save output as text …"))
        self.copy_rows = add("copyRows", self.tr("Copy selected rows"))
        self.save_picture = add("savePicture", self.tr("Save picture as PNG …"))
        self.copy_picture = add("copyPicture", self.tr("Copy picture"))
        for action in (
            self.picture,
            self.film,
            self.break_wait,
            self.stacks,
            self.save_picture,
            self.copy_picture,
            self.break_menu,
            self.warm_again,
            self.crash_report,
        ):
            action.setEnabled(False)
        for action in self.breaks.values():
            action.setEnabled(False)
        self.toggle_theme = add("toggleTheme", self.tr("Switch between light and dark"), "Ctrl+T")
        self.themes = {
            "system": add("themeSystem", self.tr("Theme: as the system"), checkable=True),
            "light": add("themeLight", self.tr("Theme: light"), checkable=True),
            "dark": add("themeDark", self.tr("Theme: dark"), checkable=True),
        }
        group = QActionGroup(self)
        for action in self.themes.values():
            group.addAction(action)
        self.present = add("presenterSize", self.tr("Presenter size"), "F11", checkable=True)
        self.larger = add("larger", self.tr("Larger"), "Ctrl++", "Ctrl+=")
        self.smaller = add("smaller", self.tr("Smaller"), "Ctrl+-")
        self.usual = add("usualSize", self.tr("Usual size"), "Ctrl+0")
        self.palette = add("commandPaletteAction", self.tr("Command palette"), "Ctrl+Shift+P")
        self.shortcuts = add("shortcuts", self.tr("Keyboard shortcuts"), "F1")
        self.about = add("about", self.tr("About Threadmill"))
        self.quit = add("quit", self.tr("Quit"), "Ctrl+Q")

    def adopt(self, action: QAction, title: str) -> None:
        """Take in an action that a part of the window, called `title`, brought along."""
        action.setText(self.tr("{0}: {1}").format(title, action.text().replace("&", "")))
        self.all.append(action)

    def give_key(self, action: QAction, key: str) -> None:
        """Let `key` do what an adopted action does, wherever the focus is."""
        action.setShortcut(QKeySequence(key))
        self._window.addAction(action)

    def _add(self, name: str, text: str, *keys: str, checkable: bool = False) -> QAction:
        action = QAction(text, self._window)
        action.setObjectName(name)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setCheckable(checkable)
        action.setAutoRepeat(False)
        action.setToolTip(f"{text} ({keys_of(action)})" if keys else text)
        self._window.addAction(action)
        self.all.append(action)
        return action


def keys_of(action: QAction) -> str:
    """The first key of an action, as the system writes it; empty where it has none."""
    keys = action.shortcuts()
    return keys[0].toString(QKeySequence.SequenceFormat.NativeText) if keys else ""
