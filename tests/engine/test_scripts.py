"""Runs as scripts of their own: every one runs under plain Python, and does what the run does."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.end2end.test_contributing import written
from tests.helpers.extended import Extended
from tests.helpers.plugins import MODEL, drop
from tests.helpers.pythons import other_python
from tests.helpers.runs import catalogue_of, run
from tests.helpers.scripts import TASKS, carry_out, check, check_all, config_of
from tests.helpers.workloads import QUICK
from workers.cli.main import main
from workers.client.catalogue import fetch
from workers.client.script import fetch_script
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError
from workers.contract.info import refuse
from workers.engine.compose import compose
from workers.registry import keys

ROOT = Path(__file__).parents[2]
MODELS = [key for key, info in catalogue_of().models.items() if not info.unavailable]
LIBRARIES = ("loky", "joblib")


@pytest.mark.parametrize("model", MODELS)
def test_every_model(model: str) -> None:
    workloads = ["count_primes", "sleep", "mandelbrot", "shared_counter", "producer_consumer"]
    infos = catalogue_of()
    check_all(
        config_of(model, key)
        for key in workloads
        if not refuse(infos.models[model], infos.workloads[key])
        and not (model in LIBRARIES and infos.workloads[key].shares)
    )


def able(workload: str) -> list[str]:
    """Of these models, those that can run it."""
    infos = catalogue_of()
    models = ("sequential", "thread_pool", "process_pool", "asyncio_tasks")
    return [model for model in models if not refuse(infos.models[model], infos.workloads[workload])]


def forms(workload: str) -> set[str]:
    """Models that between them write each form that it has: for processes, and for the event loop or else for threads."""
    wanted = {"process_pool", "asyncio_tasks" if catalogue_of().workloads[workload].awaits else "thread_pool"}
    return wanted & {*able(workload)} or {*able(workload)[:1]}


@pytest.mark.parametrize("everywhere", [False, pytest.param(True, marks=pytest.mark.nightly)])
@pytest.mark.parametrize("workload", sorted({*keys("workloads")} - {"own_function"}))  # see test_own_function.py
def test_every_workload(workload: str, everywhere: bool) -> None:
    models = able(workload) if everywhere else forms(workload)
    check_all(config_of(model, workload) for model in models)


@pytest.mark.parametrize("workload", ["count_primes", "sha256", "mandelbrot"])
def test_interpreter_pool(workload: str) -> None:
    python = other_python("3.14")
    for chunksize in (1, 3):
        config = config_of("interpreter_pool", workload, python=python, options={"chunksize": chunksize})
        check(config, fetch_script(config), python)


@pytest.mark.parametrize("kind", ["Lock", "RLock", "Semaphore", "BoundedSemaphore", "Condition", "Event", "Barrier"])
def test_every_primitive(kind: str) -> None:
    options = {"primitive": kind, "permits": 2}
    models = ("thread_pool", "process_queue", "pool_apply_async", "asyncio_tasks")
    check_all(config_of(model, "shared_counter", options=options) for model in models)


def test_a_lock_keeps_every_update() -> None:
    for model in ("thread_per_task", "process_per_task", "pool_map"):
        lines = carry_out(compose(config_of(model, "shared_counter", options={"primitive": "Lock"})))
        assert "'lost_updates': 0" in lines[-3]


OPTIONS: dict[str, list[dict[str, object]]] = {
    "thread_per_task": [{"join": "each"}],
    "process_pool": [{"chunksize": 3}, {"start_method": "spawn", "max_tasks_per_child": 3}],
    "pool_apply_async": [{"start_method": "spawn"}],
    "pool_map": [{"chunksize": 4}],
    "process_per_task": [{"start_method": "forkserver"}],
    "process_queue": [{"start_method": "spawn", "primitive": "Lock", "queue_bound": 1}],
    "process_manager": [{"holds": "dict"}, {"holds": "list"}, {"holds": "dict and list"}],
    "shared_memory": [{"slot_kib": 1}],
    "thread_queue": [{"discipline": "lifo"}, {"discipline": "priority"}, {"switch_ms": 1.0}],
}


@pytest.mark.parametrize("model", OPTIONS)
def test_options(model: str) -> None:
    check_all(config_of(model, "sleep", options=options) for options in OPTIONS[model])
    check_all(config_of(model, "mandelbrot", options=options, workers=8) for options in OPTIONS[model][:1])


def test_tasks_per_child() -> None:
    # Not carried out: a stock Pool whose workers come and go may wait for ever in join, once in some hundred times.
    for model in ("pool_apply", "pool_map"):
        assert "Pool(2, maxtasksperchild=3)" in compose(config_of(model, "sleep", options={"max_tasks_per_child": 3}))


@pytest.mark.parametrize("model", ["thread_per_task", "process_per_task"])
def test_daemons_are_not_waited_for(model: str) -> None:
    config = config_of(model, "sleep", options={"daemon": True}, params={"ms": 30_000.0}, workers=TASKS)
    assert f"0 of {TASKS} tasks done" in carry_out(compose(config))


def test_failures_are_results() -> None:
    config = config_of("pool_apply_async", "fail", params={"probability": 0.5, "ms": 0.0}, tasks=20)
    lines = carry_out(compose(config))
    failed = [line for line in lines if "RuntimeError" in line]
    assert 0 < len(failed) < 20
    assert lines[-2] == f"{20 - len(failed)} of 20 tasks done"


SHAPES = {
    "process_per_task": ("Process(target=", "process.start()", "process.join()", "Queue()"),
    "pool_apply": ("Pool(2)", "pool.apply(run, args)", "pool.close()\n    pool.join()"),
    "pool_apply_async": ("Pool(2)", "pool.apply_async(run, args, callback=collect)", "pool.close()\n    pool.join()"),
    "thread_per_task": ("Thread(target=", "thread.start()", "thread.join()"),
    "process_pipe": ("Pipe()", ".recv()", ".send("),
    "process_manager": ("with Manager() as manager:",),
}


@pytest.mark.parametrize("model", SHAPES)
def test_it_is_what_the_tutorial_would_type(model: str) -> None:
    text = compose(config_of(model, "count_primes", workers=2))
    for shape in (*SHAPES[model], 'if __name__ == "__main__":', "def run(limit):"):
        assert shape in text
    assert 20 <= len(text.splitlines()) <= 65


INFO = RunConfig("process_per_task", "process_info", 1, tasks=1)
"""What the tutorial has its info() for: in a child, and in the main process."""
PROGRAMS = [
    (
        INFO,
        (
            'print("module name:", __name__)',
            'print("parent process:", os.getppid())',
            'print("process id:", os.getpid())',
            'info("called from the task")\n    print("hello", f"bob {number}")',
            "process.start()",
            "process.join()",
        ),
    ),
    (
        RunConfig("thread_per_task", "shared_list", 4, tasks=4),
        ("    return []", "numbers.append(number)", "thread.start()", "thread.join()"),
    ),
    (
        RunConfig("process_per_task", "global_change", 1, tasks=1),
        ('value = f"changed by task {number}"', "global value", "process.start()", "process.join()"),
    ),
    (
        RunConfig("thread_pool", "nested_lock", 2, tasks=2, params={"kind": "RLock"}),
        ("return RLock()", "with lock:\n        time.sleep(pause)\n        return inner(lock, number)"),
    ),
    (
        RunConfig("process_per_task", "small_list", 1, tasks=1),
        ('    return [42, None, "hello"]', "results.put(run(*args))", "process.start()", "collect(results.get())"),
    ),
    (
        RunConfig("process_pipe", "small_list", 1, tasks=1),
        (
            "    conn.send(run(*args))\n    conn.close()",
            "parent_conn, child_conn = Pipe()\n        process = Process(target=in_a_process, args=(child_conn, *args))",
            "collect(conn.recv())",
            "except EOFError:",
        ),
    ),
    (
        RunConfig("process_manager", "sleep", 10, tasks=10, options={"holds": "dict and list"}),
        (
            "    pids[os.getpid()] = os.getpid()\n    found.append(run(*args))",
            "with Manager() as manager:\n        pids, found = manager.dict(), manager.list()",
            "process = Process(target=in_a_process, args=(pids, found, *args))\n            process.start()",
            "for process in processes:\n            process.join()\n        print(len(pids)",
        ),
    ),
    (
        RunConfig("process_per_task", "print_lines", 10, tasks=10, options={"primitive": "Lock"}),
        (
            "lock = Lock()",
            "with lock:\n        return run(*args)",
            "process = Process(target=in_a_process, args=(results, lock, *args))\n        process.start()",
        ),
    ),
    (
        RunConfig("processes_with_threads", "print_lines", 3, tasks=6),
        ("Thread(target=in_a_thread)", "thread.start()", "Process(target=worker, args=(todo, results))"),
    ),
    (
        RunConfig("pool_apply_async", "sleep", 3, tasks=10, options={"start_method": "spawn"}),
        (
            'if __name__ == "__main__":\n    freeze_support()  #',
            'set_start_method("spawn")',
            "pool = Pool(3)",
            'print("end")\n    pool.close()\n    pool.join()\n',
        ),
    ),
]


@pytest.mark.parametrize(("config", "shapes"), PROGRAMS, ids=lambda value: getattr(value, "workload", ""))
def test_programs_of_the_tutorial(config: RunConfig, shapes: tuple[str, ...]) -> None:
    text = compose(config)
    for shape in (*shapes, 'if __name__ == "__main__":'):
        assert shape in text, text
    check(config, text)


def test_where_a_script_runs() -> None:
    """The child has the main process for its parent; of the main process the report says the same."""
    for method, module in (("fork", "__main__"), ("spawn", "__mp_main__")):
        lines = carry_out(compose(INFO.changed(options={"start_method": method})))
        said = dict(line.split(": ") for line in lines if re.fullmatch(r"[a-z ]+: \w+", line))
        main = ast.literal_eval(next(line for line in lines if line.startswith("{")))
        assert (said["module name"], main["module_name"]) == (module, "__main__")
        assert int(said["parent process"]) == main["process_id"] != int(said["process id"])
        assert said["file executed by"] == said["process id" if method == "spawn" else "parent process"]


def ending(how: str) -> RunConfig:
    """Tasks that nobody could wait for, in a pool that ends in this way."""
    return RunConfig("pool_apply_async", "sleep", 3, tasks=10, params={"ms": 30_000.0}, options={"ending": how})


def test_without_join_the_script_ends_and_loses_its_tasks() -> None:
    text = compose(ending("no join"))
    assert "pool.close()  # without pool.join()" in text
    assert carry_out(text)[-2] == "0 of 10 tasks done"


def test_join_before_close_ends_the_script_with_its_error(tmp_path: Path) -> None:
    text = compose(ending("join before close"))
    assert "    pool.join()  # ValueError: close() must come first\n    pool.close()\n" in text
    (tmp_path / "script.py").write_text(text)
    done = subprocess.run([sys.executable, "-I", "script.py"], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (1, "end\n")
    assert done.stderr.endswith("ValueError: Pool is still running\n")


def test_the_lock_of_the_right_kind() -> None:
    options = {"primitive": "Lock"}
    assert "from threading import Lock" in compose(config_of("thread_pool", "sleep", options=options))
    assert "import Lock, Process, Queue" in compose(config_of("process_queue", "sleep", options=options))
    text = compose(config_of("asyncio_tasks", "sleep", options=options))
    assert "asyncio.Lock()" in text
    assert "async with lock:" in text


def test_same_seed_same_tasks() -> None:
    config = config_of("thread_pool", "mixed", seed=3)
    check(config, compose(config))
    assert "Random(3)" in compose(config)


@pytest.mark.parametrize("tasks", [0, 1])
def test_few_tasks(tasks: int) -> None:
    for model in ("sequential", "process_per_task", "process_queue", "thread_queue"):
        lines = carry_out(compose(config_of(model, "count_primes", tasks=tasks)))
        assert lines[-2] == f"{tasks} of {tasks} tasks done"


@pytest.mark.parametrize("model", ["process_per_task", "pool_apply_async", "process_queue", "asyncio_processes"])
def test_under_a_newer_python(model: str) -> None:
    """Where processes are not forked by default: what is shared must be sent to them."""
    python = other_python("3.14")
    config = config_of(model, "shared_counter", options={"primitive": "Lock"}, python=python)
    check(config, fetch_script(config), python)


def test_the_example_of_contributing(extended: Extended) -> None:
    for kind in ("models", "workloads"):
        extended.add(kind, *written(kind))
    config = RunConfig(written("models")[0], written("workloads")[0], 2, tasks=5)
    lines = carry_out(fetch_script(config))
    assert lines[-2] == "5 of 5 tasks done"


# ---- where there is none ---------------------------------------------------------------------------------------------
def refused(config: RunConfig) -> str:
    with pytest.raises(ConfigError) as caught:
        fetch_script(config)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def test_a_model_without_one_says_so() -> None:
    drop("models", "theirs", MODEL)
    assert "theirs" in fetch(None).models
    assert "no function `script`" in refused(RunConfig("theirs", "sleep", 1, tasks=2))


def test_a_model_of_somebody_elses_brings_its_own() -> None:
    more = '\n\ndef script(parts):\n    return f"for args in tasks:\\n    collect({parts.call}({parts.given}*args))"\n'
    drop("models", "theirs", MODEL + more)
    config = config_of("theirs", "count_primes")
    check(config, fetch_script(config))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("def script(parts):\n    raise KeyError('x')\n", "KeyError: 'x'"),
        ("def script(parts):\n    return 'for'\n", "SyntaxError"),
        ("def script(parts):\n    return 5\n", "TypeError"),
    ],
)
def test_a_broken_one_is_a_sentence(text: str, words: str) -> None:
    drop("models", "theirs", f"{MODEL}\n\n{text}")
    assert words in refused(RunConfig("theirs", "sleep", 1, tasks=2))


WORK = """
from workers.plugin import WorkloadInfo, unless_stopped

INFO = WorkloadInfo(title="Theirs", summary="For a test.", bound="waiting")

def arguments(params, random):
    while True:
        yield ()
"""


@pytest.mark.parametrize(
    ("function", "words"),
    [
        ("def run():\n    return unless_stopped(None)\n", "its work uses 'unless_stopped', which only a run has"),
        ("def run():\n    return collect()\n\n\ndef collect():\n    return 1\n", "it has a 'collect' of its own"),
        (
            "def share(params, sharing):\n    return make(sharing)\n\n\ndef make(it):\n    return it\n\n\n"
            "def run(shared):\n    return 1\n",
            "uses 'sharing' in a way that only a run can",
        ),
    ],
)
def test_a_workload_that_cannot_stand_alone_says_so(function: str, words: str) -> None:
    drop("workloads", "their_work", WORK + "\n\n" + function)
    assert words in refused(RunConfig("sequential", "their_work", 1, tasks=2))


def test_pairs_that_cannot_run() -> None:
    assert "share" in refused(RunConfig("loky", "shared_counter", 2, tasks=2))
    assert "how many" in refused(RunConfig("sequential", "sleep", 1, tasks=None))
    if sys.version_info < (3, 14):
        assert "3.14" in refused(RunConfig("interpreter_pool", "sleep", 1, tasks=2))


def test_awkward_source_is_taken_apart() -> None:
    """Decorators, nested functions, annotations over several lines, letters of several bytes, a folder of the run's."""
    drop(
        "workloads",
        "their_work",
        '''
from __future__ import annotations
import os, zlib as packer
from functools import cache
from typing import Any
from workers.plugin import Param, WorkloadInfo, scratch

INFO = WorkloadInfo(title="Theirs", summary="For a \\"test\\".", bound="waiting", params=(Param("n", 3, "n"),))
NAME: str = "größe"  # noqa: E501
"""Of the file.
In two lines."""

def arguments(
    params: dict[str, Any],
    random: Any,
):
    while True:
        yield params["n"], "ä\\\\\\"", None

def run(n: int, text: str,
        nothing: object = None) -> int:
    @cache
    def inner(a: int, *, b: int = 2) -> int: return a + b
    size: int = len(text); total: int
    total = inner(n) + len(packer.compress(text.encode())) + size
    path = os.path.join(scratch(), NAME)
    with open(path, "w") as file: file.write(text)
    return total

def checksum(result: int) -> int: return result
''',
    )
    config = RunConfig("process_pool", "their_work", 2, tasks=4)
    text = fetch_script(config)
    ast.parse(text)
    assert "# In two lines.\nNAME = " in text
    catalogue = fetch(None)
    store = run(config, catalogue)
    assert store.checksum
    assert carry_out(text)[-1] == f"checksum {store.checksum:016x}"


# ---- the command -----------------------------------------------------------------------------------------------------
def threadmill(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "workers.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=ROOT, stdin=subprocess.DEVNULL)


def test_the_command(tmp_path: Path) -> None:
    chosen = ["--model", "pool_apply", "--workload", "count_primes", "--tasks", "6", "--param", "limit=500"]
    printed = threadmill("script", *chosen)
    assert (printed.returncode, printed.stderr) == (0, "")
    written = threadmill("script", *chosen, "-o", str(tmp_path / "script.py"))
    assert (written.returncode, written.stdout) == (0, "")
    assert (tmp_path / "script.py").read_text() == printed.stdout
    told = json.loads(threadmill("run", *chosen, "--json", "-").stdout)["checksum"]
    assert carry_out(printed.stdout)[-1] == f"checksum {told}"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--model", "joblib", "--workload", "shared_counter"), "joblib has no short script"),
        (("--tasks", "2", "-o", "/nowhere/script.py"), "/nowhere/script.py cannot be written"),
    ],
)
def test_what_is_wrong_is_a_sentence(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str
) -> None:
    assert main(("script", *arguments)) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert words in said.err
    assert said.err.count("\n") == 1


def test_every_model_and_workload_of_ours_has_one() -> None:
    for model in keys("models"):
        if model in MODELS:
            compose(config_of(model, "sleep"))
    for workload in QUICK:
        compose(config_of("thread_pool" if workload == "waits_on_itself" else "process_queue", workload))
