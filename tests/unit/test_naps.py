"""`asyncio.sleep` while it is watched: it is recorded, and does what the original does."""

import asyncio
import inspect
import subprocess
import sys
import time
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from workers.contract.spans import AWAITED, SpanKind
from workers.telemetry import header, naps, recorder

ROOT = Path(__file__).parents[2]
Span = tuple[int, int, int, int]


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> list[Span]:
    """What coroutines' lanes record: (meta, task, start, end). `asyncio.sleep` is watched meanwhile."""
    found: list[Span] = []

    def lane(name: str, role: str, started: int, interpreter: int = 0) -> recorder.Lane:
        made = recorder.Lane(None, name, role)
        made.emit = lambda *record: found.append(record)
        return made

    monkeypatch.setattr(recorder, "_new_lane", lane)
    monkeypatch.setattr(recorder, "_idle", [])
    monkeypatch.setattr(asyncio, "sleep", asyncio.sleep)
    monkeypatch.setattr(naps, "_sleep_async", None)
    naps.watch_loops()
    return found


def carry(monkeypatch: pytest.MonkeyPatch, work: Any, times: int = 1) -> list[Any]:
    """The results of `work()` as so many tasks of one loop, in debug mode."""
    monkeypatch.setattr(recorder, "_work_async", work)

    async def all_of_them() -> list[Any]:
        tasks = (recorder.perform_async(number, 0, ()) for number in range(times))
        return await asyncio.gather(*tasks, return_exceptions=True)

    return asyncio.run(all_of_them(), debug=True)


def naps_of(spans: list[Span]) -> list[tuple[int, float]]:
    """(task, how long in ms) of each sleep."""
    awaited = SpanKind.IO | AWAITED << header.QUEUED_SHIFT
    return [(task, (end - start) / 1e6) for meta, task, start, end in spans if meta == awaited]


def test_a_sleep_is_recorded_with_the_time_that_was_wanted(spans: list[Span], monkeypatch: pytest.MonkeyPatch) -> None:
    async def work() -> str:
        assert await asyncio.sleep(0) is None
        assert await asyncio.sleep(-1, "at once") == "at once"
        assert await asyncio.sleep(Fraction(1, 1_000), result="f") == "f"  # type: ignore[arg-type]
        return await asyncio.sleep(0.003, "done")

    assert carry(monkeypatch, work, 2) == ["done", "done"]
    assert sorted((task, round(ms, 1)) for task, ms in naps_of(spans)) == [(0, 1.0), (0, 3.0), (1, 1.0), (1, 3.0)]


def test_sleeps_at_once_in_one_task_are_one_wait(spans: list[Span], monkeypatch: pytest.MonkeyPatch) -> None:
    async def work() -> None:
        await asyncio.gather(asyncio.sleep(0.002), asyncio.sleep(0.004), asyncio.wait_for(asyncio.sleep(0.001), 9))

    carry(monkeypatch, work)
    ((task, ms),) = naps_of(spans)
    # From the first one's start to the last one's end, which began a little later.
    assert (task, ms >= 4.0) == (0, True)
    assert ms < (spans[-1][3] - spans[-1][2]) / 1e6


def test_what_sleeps_on_after_its_task_is_not_the_next_one_s(
    spans: list[Span], monkeypatch: pytest.MonkeyPatch
) -> None:
    left: list[Any] = []

    async def work() -> None:
        if not left:
            left.append(asyncio.ensure_future(asyncio.sleep(0.002)))
            await asyncio.sleep(0)
        else:
            await left[0]

    monkeypatch.setattr(recorder, "_work_async", work)

    async def one_after_the_other() -> None:
        for number in range(2):
            await recorder.perform_async(number, 0, ())

    asyncio.run(one_after_the_other())
    assert naps_of(spans) == []


def test_it_is_cancelled_as_the_original_is(spans: list[Span], monkeypatch: pytest.MonkeyPatch) -> None:
    async def work() -> str:
        loop = asyncio.get_running_loop()
        task = asyncio.ensure_future(asyncio.sleep(60, "never"))
        await asyncio.sleep(0)  # it begins
        await naps._sleep_async(0.002)
        task.cancel("enough")
        with pytest.raises(asyncio.CancelledError, match="enough"):
            await task
        try:
            async with asyncio.timeout(0.01):
                await asyncio.sleep(float("inf"))
            pytest.fail("It slept less long than for ever.")
        except TimeoutError:
            pass
        # Nothing is left behind in the loop.
        assert all(timer.cancelled() or timer.when() < loop.time() + 30 for timer in loop._scheduled)  # type: ignore[attr-defined]
        return "cancelled"

    assert carry(monkeypatch, work) == ["cancelled"]
    (task, ms), *_ = naps_of(spans)
    assert (task, ms >= 2.0) == (0, True)


def test_it_says_what_the_original_says(spans: list[Span], monkeypatch: pytest.MonkeyPatch) -> None:
    original = naps._sleep_async

    def said(sleep: Any, *args: Any) -> Any:
        async def work() -> str:
            try:
                return repr(await sleep(*args))
            except (TypeError, ValueError) as error:
                return repr(error)

        return carry(monkeypatch, work)

    for delay in ("1", None, float("nan"), -1, 0, False, 1e-9):
        assert said(asyncio.sleep, delay, 7) == said(original, delay, 7)
    for name in ("__name__", "__qualname__", "__module__", "__doc__"):
        assert getattr(asyncio.sleep, name) == getattr(original, name)
    assert inspect.iscoroutinefunction(asyncio.sleep)
    assert inspect.signature(asyncio.sleep) == inspect.signature(original)


def test_a_thread_that_a_coroutine_waits_for_is_not_its_lane(
    spans: list[Span], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "sleep", naps.sleep)

    async def work() -> None:
        await asyncio.to_thread(time.sleep, 0.002)

    carry(monkeypatch, work)
    assert [meta & 0xFF for meta, *_ in spans] == [SpanKind.TASK]


def test_who_imports_asyncio_late_has_the_watched_sleep_too() -> None:
    """As in a sub-interpreter, which has no asyncio before somebody wants it."""
    code = (
        "from workers.telemetry import naps; import sys; before = list(sys.meta_path); naps.watch_loops_once_loaded();"
        "assert 'asyncio' not in sys.modules; import json; from asyncio import sleep;"
        "import asyncio.tasks; assert sleep is asyncio.sleep is naps.sleep_async; assert sys.meta_path == before;"
        "naps.watch_loops_once_loaded(); assert sys.meta_path == before; print(sleep.__name__)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, cwd=ROOT)
    assert (done.stdout, done.stderr) == ("sleep\n", "")
