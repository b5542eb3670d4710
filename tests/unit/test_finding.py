"""Finding one file by its key is the same as looking for it among all of them."""

import os
from pathlib import Path

import pytest

from workers import finding

KEYS = ["sequential", "nothing_of_the_kind", "_shared", "not-a-name", "", "a_folder", "mine", "plugin"]


@pytest.fixture
def plugins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two folders of the user's; in them a file that clashes with one of ours, and names that are none."""
    for folder, names in (("one", ("sequential", "mine", "_shared", "not-a-name")), ("two", ("mine", "plugin"))):
        models = tmp_path / folder / "models"
        models.mkdir(parents=True)
        for name in names:
            (models / f"{name}.py").touch()
    (tmp_path / "two" / "models" / "a_folder.py").mkdir()
    folders = (tmp_path / "one", tmp_path / "two", tmp_path / "missing")
    monkeypatch.setenv(finding.VARIABLE, os.pathsep.join(map(str, folders)))


@pytest.mark.usefixtures("plugins")
def test_a_file_is_found_by_its_key_as_among_all() -> None:
    all_of_them = finding.files("models")
    usable = {found.key: found.module for found in all_of_them if not found.fault}
    assert {"sequential", "mine", "plugin"} <= set(usable)
    assert sum(found.key == "mine" for found in all_of_them) == 2  # one of them told as a clash
    for key in {*KEYS, *(found.key for found in all_of_them)}:
        assert finding.module_of("models", key) == usable.get(key), key


def test_every_file_of_ours_is_found_by_its_key() -> None:
    for kind in ("models", "workloads"):
        for found in finding.files(kind):
            assert finding.module_of(kind, found.key) == found.module
