"""What the window remembers, and what it does with a damaged file."""

import json
import os
import stat
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.settings import Settings, SettingsFile, settings_path
from tests.gui.conftest import MakeWindow
from workers.contract.config import RunConfig

FULL = Settings(
    "dark",
    1.5,
    b"\x00\x01geometry",
    [300, 200, 100],
    RunConfig("process_pool", "sleep", 3, None, 4.5, {"ms": 2.0}, seed=7),
)


def test_written_and_read_back(settings_file: SettingsFile) -> None:
    assert settings_file.save(FULL)
    read = SettingsFile(settings_file.path)
    assert read.load() == FULL
    assert read.problem == ""
    assert stat.S_IMODE(settings_file.path.stat().st_mode) == 0o600
    assert [path.name for path in settings_file.path.parent.iterdir()] == ["settings.json"]


def test_no_file_means_defaults_and_no_message(settings_file: SettingsFile) -> None:
    assert settings_file.load() == Settings()
    assert settings_file.problem == ""


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    file = SettingsFile(blocked / "settings.json")
    assert not file.save(Settings())
    assert "could not be saved" in file.problem


def test_the_old_file_stays_whole_when_writing_fails(
    settings_file: SettingsFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings_file.save(FULL)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert not settings_file.save(Settings())
    assert "No space" in settings_file.problem
    assert SettingsFile(settings_file.path).load() == FULL
    assert len(list(settings_file.path.parent.iterdir())) == 1


def test_they_live_where_the_environment_says(own_settings: Path) -> None:
    assert settings_path() == own_settings / "settings.json"


def test_the_window_remembers_choice_theme_and_size(qtbot: QtBot, make_window: MakeWindow, own_settings: Path) -> None:
    window = make_window()
    window.panel.models.choose("process_pool")
    window.panel.workers.set_value(3)
    window.panel.ending.set_value(None, 4.0)
    window.actions_.themes["dark"].trigger()
    window.actions_.larger.trigger()
    window.close()
    data = json.loads((own_settings / "settings.json").read_text())
    assert data["theme"] == "dark"
    assert data["config"]["model"] == "process_pool"
    second = make_window()
    config = second.panel.config()
    assert (config.model, config.workers, config.tasks, config.seconds) == ("process_pool", 3, None, 4.0)
    assert second.appearance.source.theme.dark
    assert second.appearance.scale > 1.0


def test_a_theme_for_this_time_is_not_remembered(make_window: MakeWindow, own_settings: Path) -> None:
    window = make_window(theme="dark")
    assert window.appearance.source.theme.dark
    window.close()
    assert json.loads((own_settings / "settings.json").read_text())["theme"] == "system"


def test_a_place_that_cannot_be_written_is_said_at_the_start(
    make_window: MakeWindow, own_settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_settings.mkdir(parents=True)
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert f"cannot be kept in {own_settings}" in make_window().foot.status.text()


def test_a_place_that_cannot_be_read_is_said_at_the_start(make_window: MakeWindow, own_settings: Path) -> None:
    own_settings.parent.mkdir(parents=True, exist_ok=True)
    own_settings.write_text("a file where the directory should be")
    assert "could not be read" in make_window().foot.status.text()


def test_a_remembered_model_that_is_gone_is_named(make_window: MakeWindow, own_settings: Path) -> None:
    SettingsFile(own_settings / "settings.json").save(Settings(config=RunConfig("gone_model", "sleep", 3)))
    window = make_window()
    assert "'gone_model'" in window.foot.status.text()
    config = window.panel.config()
    assert (config.model, config.workload, config.workers) == ("thread_pool", "sleep", 3)


def test_damage_is_said_in_the_status_line(make_window: MakeWindow, own_settings: Path) -> None:
    own_settings.mkdir(parents=True)
    (own_settings / "settings.json").write_bytes(b"\x00")
    window = make_window()
    assert "settings.json.bak" in window.foot.status.text()
