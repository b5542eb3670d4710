"""The command line as a person uses it: real processes, exit codes, what stands on stdout and stderr."""

import csv
import fcntl
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.helpers.processes import tree, wait_until
from tests.helpers.pythons import other_python
from workers.cli.main import main
from workers.registry import keys

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "resources" / "schema" / "run.v1.json").read_text())


def threadmill(*arguments: str, **more: Any) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "COLUMNS": "160"}
    return subprocess.run(
        [sys.executable, "-m", "workers.cli", *arguments], capture_output=True, text=True, timeout=60, cwd=ROOT, env=environment,
        stdin=subprocess.DEVNULL, **more,
    )  # fmt: skip


def here(capsys: pytest.CaptureFixture[str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    """The same without a process of its own, which spends most of its time on imports."""
    code = main(arguments)
    said = capsys.readouterr()
    return subprocess.CompletedProcess(arguments, code, said.out, said.err)


def summary(*arguments: str) -> dict[str, Any]:
    done = threadmill("run", "--json", "-", *arguments)
    assert done.returncode == 0, done.stderr
    data = json.loads(done.stdout)
    jsonschema.validate(data, SCHEMA)
    return dict(data)


@pytest.mark.parametrize("model", ["sequential", "thread_pool", "process_per_task", "process_manager", "asyncio_tasks"])
def test_json_holds_what_the_schema_says(capsys: pytest.CaptureFixture[str], model: str) -> None:
    chosen = ("--model", model, "--workload", "sleep", "--tasks", "6", "--param", "ms=2", "--seed", "7")
    done = here(capsys, "run", "--json", "-", *chosen)
    assert done.returncode == 0, done.stderr
    data = json.loads(done.stdout)
    jsonschema.validate(data, SCHEMA)
    assert data["tasks"] == {"submitted": 6, "done": 6, "failed": 0, "lost": 0}
    assert data["config"]["seed"] == 7
    assert data["telemetry"]["delivered"] + data["telemetry"]["dropped"] == data["telemetry"]["recorded"]
    assert data["latency_s"]["service"]["p50"] >= 0.002
    assert sum(lane["tasks"] for lane in data["lanes"]) == 6
    assert {process["role"] for process in data["processes"]} <= {
        "host",
        "worker",
        "manager",
        "forkserver",
        "resource_tracker",
    }
    assert all(process["cpu_s"] >= process["run_cpu_s"] for process in data["processes"])


def test_default_run_prints_a_table() -> None:
    done = threadmill("run", "--tasks", "10")
    assert done.returncode == 0
    assert "thread_pool x 2, count_primes" in done.stdout
    assert "10 done, 0 failed, 0 lost of 10" in done.stdout
    assert "host" in done.stdout


def test_files(tmp_path: Path) -> None:
    result, spans = tmp_path / "run.json", tmp_path / "spans.csv"
    done = threadmill(
        "run",
        "--model",
        "process_pool",
        "--workload",
        "sleep",
        "--tasks",
        "9",
        "--json",
        str(result),
        "--spans",
        str(spans),
    )
    assert done.returncode == 0
    data = json.loads(result.read_text())
    jsonschema.validate(data, SCHEMA)
    rows = list(csv.DictReader(spans.read_text().splitlines()))
    assert list(rows[0]) == ["host", "pid", "tid", "lane", "task", "kind", "start_s", "end_s", "waited_for", "held_by"]
    tasks = [row for row in rows if row["kind"] == "task"]
    assert sorted(int(row["task"]) for row in tasks) == list(range(9))
    assert len(rows) == data["telemetry"]["delivered"]
    assert all(float(row["end_s"]) >= float(row["start_s"]) >= 0 for row in tasks)
    assert {int(row["pid"]) for row in tasks} == {
        process["pid"] for process in data["processes"] if process["role"] == "worker"
    }


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--model", "thread_pol"], "Unknown model 'thread_pol': did you mean thread_pool"),
        (["--workload", "slep"], "did you mean sleep"),
        (["--param", "limt=3"], "did you mean limit"),
        (["--param", "limit=many"], "limit must be a whole number"),
        (["--param", "limit=1"], "limit must be from 2"),
        (["--param", "limit"], "NAME=VALUE"),
        (["--model", "process_pool", "--option", "start_method=frok"], "must be one of"),
        (["--model", "process_pool", "--option", "chunk=3"], "did you mean chunksize"),
        (["--workers", "0"], "at least 1"),
        (["--workers", "-1"], "at least 1"),
        (["--workers", "1000000"], "at most"),
        (["--workers", "two"], "whole number"),
        (["--tasks", "-5"], "at least 0"),
        (["--seconds", "0"], "above 0"),
        (["--seconds", "nan"], "must be a number"),
        (["--python", "/no/such/python"], "There is no interpreter at /no/such/python"),
        (["--python", "3.99"], "Unknown interpreter"),
        (["--json", "/no/such/place/x.json"], "cannot be written"),
        (["--nonsense"], "Unrecognized arguments"),
    ],
)
def test_bad_usage_is_one_sentence_and_exit_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    done = here(capsys, "run", *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_an_interpreter_that_is_none(tmp_path: Path) -> None:
    fake = tmp_path / "python3.11"
    fake.write_text("#!/bin/sh\necho no\n")
    fake.chmod(0o755)
    done = threadmill("run", "--python", str(fake))
    assert done.returncode == 2
    assert str(fake) in done.stderr
    assert "Traceback" not in done.stderr


def test_another_interpreter() -> None:
    path = other_python("3.14")
    data = summary("--python", path, "--model", "process_pool", "--tasks", "4")
    assert data["python"]["version"].startswith("3.14")
    assert data["config"]["options"]["start_method"] == "forkserver"
    roles = {process["pid"]: process["role"] for process in data["processes"]}
    workers = [process for process in data["processes"] if process["role"] == "worker"]
    assert {roles[process["ppid"]] for process in workers} == {"forkserver"}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])  # SIGINT: tests/faults/test_terminal_ends.py
def test_interrupted(number: signal.Signals) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "workers.cli", "run", "--workload", "sleep", "--model", "process_pool", "--tasks", "100000", "--json", "-"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    assert wait_until(lambda: len(tree(process.pid)) >= 5, 20), "host, guardian and two workers"
    process.send_signal(number)
    out, err = process.communicate(timeout=20)
    assert process.returncode == 130, err
    data = json.loads(out)
    jsonschema.validate(data, SCHEMA)
    assert (data["phase"], data["stopped"]) == ("finished", True)


def test_killed_terminal_leaves_nothing() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "workers.cli", "run", "--workload", "sleep", "--model", "pool_apply_async", "--tasks", "100000"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT,
    )  # fmt: skip
    assert wait_until(lambda: len(tree(process.pid)) >= 5, 20)
    below = tree(process.pid)
    process.kill()
    process.wait(10)
    assert wait_until(lambda: not any(Path(f"/proc/{pid}/stat").exists() and _living(pid) for pid in below), 2.5)


def _living(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def test_a_failed_run_is_exit_1(extended) -> None:  # type: ignore[no-untyped-def]
    extended.workload("segfaults")
    done = subprocess.run(
        [sys.executable, "-m", "workers.cli", "run", "--model", "pool_apply", "--workload", "segfaults", "--tasks", "20"],
        capture_output=True, text=True, timeout=60, cwd=extended.root,
    )  # fmt: skip
    assert done.returncode == 1
    assert "SIGSEGV" in done.stderr


def test_failed_tasks_show_their_traceback(extended) -> None:  # type: ignore[no-untyped-def]
    extended.workload("raises_some")
    done = subprocess.run(
        [sys.executable, "-m", "workers.cli", "run", "--workload", "raises_some", "--tasks", "3"],
        capture_output=True, text=True, timeout=60, cwd=extended.root,
    )  # fmt: skip
    assert done.returncode == 0
    assert "ValueError: number 0 is bad" in done.stderr
    assert "2 done, 1 failed, 0 lost of 3" in done.stdout


@pytest.mark.parametrize("what", ["models", "workloads", "pythons"])
def test_lists(capsys: pytest.CaptureFixture[str], what: str) -> None:
    plain = threadmill("list", what)
    assert plain.returncode == 0
    items = json.loads(here(capsys, "list", what, "--json").stdout)
    assert items
    for item in items:
        assert str(item.get("key") or item["version"]) in plain.stdout
    if what != "pythons":
        assert [item["key"] for item in items] == keys(what)


def test_doctor(capsys: pytest.CaptureFixture[str]) -> None:
    plain = threadmill("doctor")
    assert plain.returncode == 0
    found = json.loads(here(capsys, "doctor", "--json").stdout)
    assert found["limits"]["usable_cores"] >= 1
    assert found["interpreters"][0]["executable"] == sys.executable
    for words in ("start methods", "display", "most processes", "interpreter"):
        assert words in plain.stdout


def test_version() -> None:
    assert threadmill("--version").stdout.startswith("threadmill ")


def test_usage_without_a_command() -> None:
    done = threadmill()
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("limit", "arguments", "code", "words"),
    [
        ("-v 500000", ["--workers", "60"], 1, "workers could be started"),
        ("-n 64", ["--workers", "100"], 2, "RLIMIT_NOFILE (64)"),
        ("-n 24", ["--workers", "1"], 2, "At most 24 files may be open here, and a run needs 45: raise that"),
        ("-f 1", [], 2, "that failed: File too large"),
    ],
)
def test_limits_of_the_shell_are_named(limit: str, arguments: list[str], code: int, words: str) -> None:
    command = " ".join([sys.executable, "-m", "workers.cli", "run", "--workload", "sleep", "--tasks", "10", *arguments])
    done = subprocess.run(
        ["bash", "-c", f"ulimit {limit} && exec {command}"], capture_output=True, text=True, timeout=60, cwd=ROOT
    )
    assert (done.returncode, words in done.stderr) == (code, True), done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("option", ["--json", "--spans"])
def test_a_full_disk_is_said(option: str) -> None:
    done = threadmill("run", "--tasks", "5", option, "/dev/full")
    assert done.returncode == 1
    assert "/dev/full could not be written: No space left on device" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments", [["run", "--tasks", "3"], ["run", "--tasks", "3", "--json", "-"], ["list", "models"], ["doctor"]]
)
def test_a_reader_that_has_enough(arguments: list[str]) -> None:
    command = f"{sys.executable} -m workers.cli {' '.join(arguments)} | head -n 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


def test_no_escape_codes_of_tasks_reach_the_terminal(extended) -> None:  # type: ignore[no-untyped-def]
    extended.workload("rings_bells")
    done = subprocess.run(
        [sys.executable, "-m", "workers.cli", "run", "--workload", "rings_bells", "--tasks", "2"],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=extended.root,
    )
    assert "red" in done.stderr
    assert "\x1b[31m" not in done.stderr
    assert "\x07" not in done.stderr


def test_leftovers_of_the_dead_are_swept() -> None:
    with subprocess.Popen([sys.executable, "-c", "pass"]) as gone:
        gone.wait(10)
    left = Path("/dev/shm", f"threadmill-{gone.pid}-0123abcd")
    left.mkdir()
    (left / "board").write_bytes(b"x")
    semaphore = Path("/dev/shm", f"sem.{left.name}-xyz")
    semaphore.write_bytes(b"x")
    # What somebody holds is not left over, whoever the PID belongs to here: it may be of another container.
    held = os.open(left, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    assert threadmill("run", "--tasks", "1").returncode == 0
    assert left.exists()
    assert semaphore.exists()
    os.close(held)
    assert threadmill("run", "--tasks", "1").returncode == 0
    assert not left.exists()
    assert not semaphore.exists()
