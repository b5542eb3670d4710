"""`threadmill lesson` and `threadmill list lessons` as a person or a script uses them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from tests.end2end.test_terminal import here
from tests.helpers.pythons import found
from workers.lessons.library import SHIPPED, load

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "resources" / "schema" / "lesson.v1.json").read_text())
RUN_SCHEMA = json.loads((ROOT / "resources" / "schema" / "run.v1.json").read_text())


def threadmill(*arguments: str, language: str = "en") -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "workers.cli", *arguments], capture_output=True, text=True, timeout=60, cwd=ROOT,
        env={**os.environ, "COLUMNS": "160", "LANGUAGE": language}, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def test_the_list() -> None:
    done = threadmill("list", "lessons", "--json")
    assert done.returncode == 0, done.stderr
    items = {item["key"]: item for item in json.loads(done.stdout)}
    assert list(items) == load().ordered()
    assert items["mutex"]["languages"] == ["en", "zh_CN"]
    assert items["mutex"]["configurations"][:2] == ["no-lock", "lock"]
    plain = threadmill("list", "lessons", language="zh_CN")
    assert all(key in plain.stdout for key in items)
    assert "修改同一份数据必须加锁" in plain.stdout
    chosen = threadmill("list", "lessons", "--language", "en", language="zh_CN")
    assert "修改同一份数据必须加锁" not in chosen.stdout


def test_a_lesson_whose_proof_holds() -> None:
    done = threadmill("lesson", "serial-threads", "--config", "join-all", "--json", "-", "--quiet")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    jsonschema.validate(report, SCHEMA)
    jsonschema.validate(report["run"], RUN_SCHEMA)
    assert (report["key"], report["config"], report["proof"]["held"]) == ("serial-threads", "join-all", True)
    assert report["proof"]["facts"]["overlap"] > 1
    assert "tasks overlapped" in report["proof"]["text"]


def test_a_lesson_of_ones_own_whose_proof_does_not_hold(tmp_path: Path) -> None:
    text = (SHIPPED / "serial-threads.md").read_text(encoding="utf-8")
    (tmp_path / "mine.md").write_text(text.replace("overlap == 1", "overlap == 7"), encoding="utf-8")
    (tmp_path / "bad.md").write_text("nothing")
    result = tmp_path / "report.json"
    done = threadmill("lesson", "mine", "--lessons", str(tmp_path), "--json", str(result), "--quiet")
    assert done.returncode == 1
    report = json.loads(result.read_text(encoding="utf-8"))
    jsonschema.validate(report, SCHEMA)
    assert not report["proof"]["held"]
    assert "failed" in done.stdout
    assert done.stderr == "", "what else is wrong in the folder is no matter of this lesson"
    listed = threadmill("list", "lessons", "--lessons", str(tmp_path))
    assert "bad.md, line 1: a lesson begins with a line +++" in listed.stderr
    assert "Traceback" not in listed.stderr


def test_what_cannot_be_run_is_one_sentence_and_exit_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (SHIPPED / "pool.md").read_text(encoding="utf-8")
    (tmp_path / "mine.md").write_text(text.replace("pool_apply_async", "pool_aply"), encoding="utf-8")
    for arguments, words in (
        (["lesson", "mutx"], "Unknown lesson 'mutx': did you mean mutex"),
        (["lesson", "mutex", "--config", "lok"], "Unknown configuration of mutex 'lok': did you mean lock"),
        (["lesson", "mutex", "--json", "/no/such/place.json"], "cannot be written"),
        (
            ["list", "lessons", "--lessons", "/no/such"],
            "There is no folder /no/such: --lessons takes a folder of lessons.",
        ),
        (["lesson", "mine", "--lessons", str(tmp_path)], "configuration 'three': Unknown model 'pool_aply'"),
    ):
        done = here(capsys, *arguments)
        assert (done.returncode, done.stdout) == (2, ""), done.stderr
        assert words in done.stderr
        assert "Traceback" not in done.stderr


def test_a_lesson_without_the_translation(tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text((SHIPPED / "serial-threads.md").read_text(encoding="utf-8"), encoding="utf-8")
    done = threadmill("lesson", "mine", "--lessons", str(tmp_path), "--language", "zh_CN", "--quiet")
    assert done.returncode == 0
    assert "The lesson 'mine' has no translation zh_CN: it is shown in en." in done.stderr


def test_a_lesson_that_needs_an_interpreter_that_is_not_there() -> None:
    if "3.14t" in found():
        pytest.skip("here is one; tests/engine/test_lessons_hold.py runs the lesson under it")
    done = threadmill("lesson", "free-threaded", "--config", "without-gil", "--json", "-")
    assert (done.returncode, done.stdout) == (2, "")
    assert "There is no free-threaded Python 3.14 on this machine: install python3.14t" in done.stderr
    assert done.stderr.count("\n") == 1
