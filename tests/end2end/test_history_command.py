"""`threadmill history` and `compare`, and what `run` keeps when it is asked to."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.recorded import pool, recorded
from workers.cli.main import main
from workers.recordings.shelf import Shelf


def json_out(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_nothing_is_kept_unless_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    run = ["run", "--model", "sequential", "--workload", "sleep", "--param", "ms=1", "--tasks", "5", "--quiet"]
    assert main(run) == 0
    assert Shelf().look().runs == ()
    assert main([*run, "--keep", "--json", "-"]) == 0
    told = capsys.readouterr()
    (kept,) = Shelf().look().runs
    assert f"kept as {kept.id}" in told.err
    assert kept.figures["config"]["workload"] == "sleep"
    assert Shelf().load(kept.id).head["titles"] == {"model": "Sequential", "workload": "Sleep"}


def test_history_lists_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history"]) == 0
    assert "No run is kept yet" in capsys.readouterr().err
    key = Shelf().keep(recorded(name="the first", partial="stopped", pinned=True))
    (Shelf().folder / "junk.threadmill").write_bytes(b"junk")
    assert main(["history"]) == 0
    told = capsys.readouterr()
    assert "junk.threadmill cannot be used: at byte 0" in told.err
    for word in (key, "thread_pool x 2, count_primes", "40.0 /s", "[the first, pinned, stopped]"):
        assert word in told.out
    assert main(["history", "--json"]) == 0
    (item,) = json_out(capsys)
    assert (item["id"], item["name"], item["pinned"], item["partial"]) == (key, "the first", True, "stopped")


def test_compare_kept_runs_and_files(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    Shelf().keep(recorded(name="slow"))
    latest = Shelf().keep(pool())
    assert main(["compare", "slow", latest]) == 0
    told = capsys.readouterr().out
    assert "thread_pool x 2" in told
    assert "One run each" in told
    summary, exported = tmp_path / "run.json", tmp_path / "b.threadmill"
    summary.write_text(json.dumps(pool().summary))
    Shelf().export(latest, exported)
    assert main(["compare", str(summary), str(exported), "--json", "-"]) == 0
    diff = json_out(capsys)
    assert diff["schema"] == "threadmill.compare.v1"
    assert [line for line in diff["lines"] if line["section"] == "changed"] == []
    assert main(["compare", "slow", latest, "--json", str(tmp_path / "diff.json")]) == 0
    assert json.loads((tmp_path / "diff.json").read_text())["a"]["name"] == "slow"


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"[" * 100_000, "deep"), (b'{"a": 1, "a": 1}', "twice"), (b"{}", "has no"), (b"\x89TMILL\r\n", "ends within")],
)
def test_what_is_no_run_is_refused_in_a_sentence(
    content: bytes, reason: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    Shelf().keep(recorded())
    path = tmp_path / "bad.json"
    path.write_bytes(content)
    assert main(["compare", "latest", str(path)]) == 2
    told = capsys.readouterr().err
    assert "bad.json cannot be used" in told
    assert reason in told
    assert main(["compare", "latest", "nonsense"]) == 2
    assert "no kept run 'nonsense'" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_named_where_no_run_is_kept(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for word in ("nothere.threadmill", "run.json", str(tmp_path / "nothere")):
        assert main(["compare", word, "x.threadmill"]) == 2
        assert f"There is no file {word}: give one" in capsys.readouterr().err
    assert main(["compare", str(tmp_path), "x.threadmill"]) == 2
    assert f"{tmp_path} is a directory" in capsys.readouterr().err
    assert main(["compare", "latest", "x.threadmill"]) == 2
    assert "No run is kept yet" in capsys.readouterr().err


def test_a_function_of_ones_own_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text("def work(n):\n    return n\n")
    chosen = ["--function", f"{file}:work", "--inputs", "range(3)", "--quiet", "--keep"]
    assert main(["run", *chosen]) == 0
    key = capsys.readouterr().err.split("kept as ")[1].split()[0]
    assert main(["history"]) == 0
    assert "thread_pool x 2, work (mine.py), Python" in re.sub(r" x \d+", " x 2", capsys.readouterr().out)
    assert main(["compare", key, key]) == 0
    told = capsys.readouterr().out
    assert told.splitlines()[0].count("work (mine.py)") == 1
    assert "own_function" not in told.splitlines()[0]
