"""Python files from elsewhere: shown and not run until they are trusted, imported in a host only; where one is bad, the line is named."""

import os
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.modes import OWN
from gui.panels.own.page import FUNCTION
from gui.window import MainWindow
from tests.faults.invariants import broken
from tests.faults.table import fault
from tests.gui.conftest import make_window, nothing_left, own_settings, session
from tests.gui.test_my_function import find, shown, window
from tests.helpers.own_files import BROKEN, config_of, write
from workers.client.preflight import fetch_preflight
from workers.client.trust import trusted
from workers.contract.errors import ConfigError
from workers.userfile import load

__all__ = ["make_window", "nothing_left", "own_settings", "session", "window"]


@fault(
    "F55",
    injected="a file that does something when imported, dropped on the window and given as its choice",
    expected="shown, not imported; a run of it is refused until it is trusted by hand",
)
def test_a_dropped_file_is_shown_and_does_not_run(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    path = write(tmp_path, "mine", f"open({str(mark)!r}, 'w')\n\n\ndef work(n: int) -> int:\n    return n\n")
    shown(qtbot, window, path)
    assert window.workspace.mode == OWN
    assert window.page.views.view == FUNCTION
    assert "def work" in window.findChild(QWidget, "sourceText").toPlainText()  # type: ignore[union-attr]
    assert window.panel.own.params() == {"file": path, "function": "work", "inputs": ""}
    assert find(window, "trustRunButton").isVisible()
    assert not find(window, "checkButton").isEnabled()
    with qtbot.waitSignal(window.refused) as refused:
        window.start()
    assert refused.args == ["params.file", "mine.py is not trusted yet: read it, then press Trust and run beside it."]
    with qtbot.waitSignal(window.refused):
        window.start(config_of(path, "work"))
    assert not window.phase.active
    assert not mark.exists()


@fault("F55", injected="a trusted file is changed on disk", expected="it is shown anew and asks again")
def test_trust_is_remembered_and_a_changed_file_asks_again(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = write(tmp_path, "mine", "def work(n):\n    return n\n")
    shown(qtbot, window, path)
    assert window.own is not None
    qtbot.mouseClick(find(window, "trustButton"), Qt.MouseButton.LeftButton)
    assert trusted().trusts(window.own.found.sha256)  # type: ignore[union-attr]
    assert not find(window, "trustButton").isVisible()
    assert find(window, "checkButton").isEnabled() or window.own._checks.busy
    first = window.own.found
    Path(path).write_text("def work(n):\n    return n + 1\n")
    qtbot.waitUntil(lambda: window.own is not None and window.own.found not in (first, None), timeout=30_000)
    assert find(window, "trustButton").isVisible()
    assert "was changed since you trusted it" in window.own._page.source.trust.words.text()


@fault(
    "F56",
    injected="files with a SyntaxError, a missing dependency, sys.exit, an exception or a deletion at import",
    expected="one sentence with file, line and remedy",
)
@pytest.mark.parametrize("name", sorted(BROKEN))
def test_bad_files_are_one_sentence_with_line_and_remedy(tmp_path: Path, name: str) -> None:
    text, words = BROKEN[name]
    file = write(tmp_path, name, text)
    with pytest.raises(ConfigError) as refused:
        fetch_preflight(config_of(file, "work", "@values.csv:number"))
    assert str(refused.value).startswith(words)
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{name}.py", "values.csv"], "nothing is lost or left"


@fault(
    "F56",
    injected="an import that never ends and swallows what interrupts it",
    expected="ended by its deadline; the line is named",
)
def test_an_import_that_hangs_is_ended(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        "hangs",
        "import time\n\nwhile True:\n    try:\n        time.sleep(9)\n    except Exception:\n        pass\n",
    )
    with pytest.raises(ConfigError, match=r"hangs.py, line 5: its import did not end within 0 s; put what takes long"):
        load(file, 0.2)


@fault(
    "F56",
    injected="a file called random.py, in the folder of which lies a json.py that raises",
    expected="it shadows nothing: what it imports is the standard library's",
)
def test_a_name_of_the_standard_library_shadows_nothing(tmp_path: Path) -> None:
    (tmp_path / "json.py").write_text("raise RuntimeError('the wrong one')\n")
    file = write(
        tmp_path,
        "random",
        "import json\nimport random\n\n\ndef work(n):\n    return json.dumps(random.Random(n).random() < 1)\n",
    )
    with broken() as it:
        it.start(config_of(file, "work", "range(6)", "process_pool"), None)
        it.finished(6)
    assert "json" in sys.modules
    assert str(tmp_path) not in sys.path


@fault(
    "F56",
    injected='a file that starts a process at import, without `if __name__ == "__main__"`, under spawn',
    expected="it ends, by itself or in a sentence; no process is left and none breeds",
)
def test_no_main_guard(tmp_path: Path) -> None:
    text = "import multiprocessing\n\nmultiprocessing.get_context('spawn').Process(target=print).start()\n\n\ndef work(n):\n    return n\n"
    file = write(tmp_path, "unguarded", text)
    with broken() as it:
        it.start(config_of(file, "work", "range(6)", "process_pool").changed(options={"start_method": "spawn"}), None)
        store = it.over(60.0)
        assert store.ended is not None
        assert (
            store.counts.done == 6
            or "unguarded.py" in str(store.ended.error)
            or any("unguarded.py" in line.text or "main guard" in line.text for line in store.texts)
        ), (store.ended, list(store.texts)[-3:])
    assert os.path.exists(file)
