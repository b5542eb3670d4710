"""`threadmill sweep` and `recommend` as a person uses them: exit codes, files, going on where it was interrupted."""

import csv
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.helpers.own_files import write
from tests.helpers.processes import wait_until
from workers.cli.main import main

ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT / "resources" / "schema"
FUNCTIONS = """
import time

counter = 0


def nap(seconds):
    time.sleep(seconds)
    return seconds
"""


def environment(tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "THREADMILL_CONFIG_DIR": str(tmp_path / "config"), "COLUMNS": "160"}


def threadmill(tmp_path: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "workers.cli", *arguments], capture_output=True, text=True, timeout=110, cwd=ROOT,
        env=environment(tmp_path), stdin=subprocess.DEVNULL,
    )  # fmt: skip


def valid(path: Path, schema: str) -> dict[str, Any]:
    data = json.loads(path.read_text())
    jsonschema.validate(data, json.loads((SCHEMAS / f"{schema}.v1.json").read_text()))
    return dict(data)


SMALL = ("sweep", "--workload", "sleep", "--param", "ms=1", "--models", "sequential,thread_pool", "--workers", "1,2")
QUICK = ("--repeats", "1", "--seconds", "0.1")


def test_a_sweep_is_a_table_a_json_and_a_csv(tmp_path: Path) -> None:
    done = threadmill(tmp_path, *SMALL, *QUICK, "--json", str(tmp_path / "s.json"), "--csv", str(tmp_path / "s.csv"))
    assert done.returncode == 0, done.stderr
    assert "3 cells, 1 round of 0.1 s each: about" in done.stderr
    assert "thread_pool: scaling" in done.stdout
    assert "2 distinct worker counts cannot carry a scaling law" in done.stdout
    data = valid(tmp_path / "s.json", "sweep")
    assert [(cell["model"], cell["workers"], cell["rounds"]) for cell in data["cells"]] == [
        ("sequential", 1, 1), ("thread_pool", 1, 1), ("thread_pool", 2, 1)
    ]  # fmt: skip
    assert all(cell["throughput_per_s"] > 0 and cell["low"] is None for cell in data["cells"])
    rows = list(csv.DictReader((tmp_path / "s.csv").read_text().splitlines()))
    assert [row["model"] for row in rows] == ["sequential", "thread_pool", "thread_pool"]


def test_sizes_give_the_crossover_map(tmp_path: Path) -> None:
    done = threadmill(
        tmp_path, "sweep", "--workload", "count_primes", "--models", "sequential,thread_pool", "--workers", "2",
        "--sizes", "20,2000", "--quiet", "--json", str(tmp_path / "s.json"), *QUICK,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    data = valid(tmp_path / "s.json", "sweep")
    assert data["plan"]["size_param"] == "limit"
    assert {square["size"] for square in data["crossover"]["squares"]} == {20, 2000}
    assert len(data["crossover"]["pairs"]) == 1
    assert "Who wins" in done.stdout
    assert data["recommendation"] is None


def test_a_function_of_ones_own_is_called_with_the_sizes_and_scales_as_well(tmp_path: Path) -> None:
    path = write(tmp_path, "mine", "def work(n):\n    return sum(range(n))\n")
    call = ("--function", f"{path}:work", "--models", "sequential,thread_pool", "--quiet", *QUICK)
    done = threadmill(
        tmp_path, "sweep", *call, "--workers", "2", "--sizes", "20,20000", "--json", str(tmp_path / "s.json")
    )
    assert done.returncode == 0, done.stderr
    data = valid(tmp_path / "s.json", "sweep")
    assert data["plan"]["size_param"] == "inputs"
    assert {square["size"] for square in data["crossover"]["squares"]} == {20, 20_000}
    assert "Who wins" in done.stdout
    both = threadmill(tmp_path, "sweep", *call, "--sizes", "1,2", "--inputs", "[1]")
    assert both.returncode == 2
    assert "leave --inputs out" in both.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("sweep", "--workers", "0"), "must be from 1 to 100000"),
        (("sweep", "--models", "thred_pool"), "did you mean thread_pool"),
        (("sweep", "--workload", "sleep", "--function", "x.py:f"), "not both"),
        (("sweep", "--workload", "small_list", "--sizes", "1,2"), "no size that could be varied"),
        (("recommend", "--budget", "1"), "must be from 5 to"),
        (("recommend", "--inputs", "[1]"), "--inputs belongs to --function"),
    ],
)
def test_what_cannot_be_measured_is_one_sentence_and_exit_code_2(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str
) -> None:
    assert main(arguments) == 2
    said = capsys.readouterr().err
    assert words in said
    assert len(said.strip().splitlines()) == 1


def test_interrupted_it_keeps_what_was_measured_and_goes_on(tmp_path: Path) -> None:
    long = (*SMALL[:-1], "1,2,3,4,5", *QUICK)
    child = subprocess.Popen(
        [sys.executable, "-m", "workers.cli", *long], cwd=ROOT, env=environment(tmp_path), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    folder = tmp_path / "config" / "cache" / "sweeps"
    try:
        wait_until(lambda: bool(list(folder.glob("*.json"))), 60)
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=60)
    finally:
        if child.poll() is None:
            child.kill()
            child.communicate(timeout=10)
    assert child.returncode == 130, err
    assert "--resume goes on from there" in err
    assert "tasks/s" in out
    done = threadmill(tmp_path, *long, "--resume", "--quiet", "--json", str(tmp_path / "s.json"))
    assert done.returncode == 0, done.stderr
    there = re.search(r"(\d+) rounds were there already", done.stderr)
    assert there is not None
    data = valid(tmp_path / "s.json", "sweep")
    assert data["resumed"] == int(there[1]) >= 1
    assert [cell["rounds"] for cell in data["cells"]] == [1] * 6


def test_a_recommendation_has_its_evidence_and_a_script_that_runs_alone(tmp_path: Path) -> None:
    mine = tmp_path / "mine.py"
    mine.write_text(FUNCTIONS)
    done = threadmill(
        tmp_path, "recommend", "--function", f"{mine}:nap", "--inputs", "[0.05]", "--budget", "6",
        "--json", str(tmp_path / "r.json"), "--script", str(tmp_path / "it.py"),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    data = valid(tmp_path / "r.json", "recommend")
    assert data["recommendation"]["model"] != "sequential"
    assert data["recommendation"]["workers"] > 1
    assert data["recommendation"]["text"] in done.stdout
    assert len(data["evidence"]) == 3
    assert data["runner_up"]["model"] != data["recommendation"]["model"]
    assert {line["id"] for line in data["preflight"]} >= {
        "picklable_arguments",
        "call_time",
        "gil_released",
        "global_state",
    }
    # Fewer tasks than it was written with: that it runs, not how long.
    text = re.sub(r"\), \d+\)\]", "), 64)]", (tmp_path / "it.py").read_text())
    (tmp_path / "it.py").write_text(text)
    alone = subprocess.run(
        [sys.executable, "-I", str(tmp_path / "it.py")], capture_output=True, text=True, timeout=60, cwd=tmp_path
    )
    assert alone.returncode == 0, alone.stderr
    assert "64 of 64 tasks done" in alone.stdout
