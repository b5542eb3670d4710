"""Films of lost updates: scripted turns of lanes at a watched counter, and what the reader makes of frames that are no films."""

import json
import multiprocessing
import os
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.client.films import read_film
from workers.client.text import TextReader
from workers.contract.batch import RaceFilm
from workers.engine.sharing import Share, ThreadCounter
from workers.telemetry import counter as watched
from workers.telemetry import recorder
from workers.telemetry.counter import (
    FILMS_A_LANE,
    FILMS_A_RUN,
    PLACES,
    SHARED_WORDS,
    Log,
    ProcessLog,
    ThreadLog,
    WatchedCounter,
)
from workers.telemetry.recorder import Lane

GOOD: list[Any] = [
    "counter",
    1,
    "",
    [[5, 1, 2, "A", "read", 7], [6, 1, 3, "B", "write", 8], [9, 1, 2, "A", "write", 8]],
]


class Stage:
    """Lanes that take turns in this thread, on a clock that ticks once a look, and the films that were sent."""

    def __init__(self, patch: pytest.MonkeyPatch, log: Log, lanes: int = 3) -> None:
        self.log = log
        self.cell = ThreadCounter(0)
        self.counter = WatchedCounter(self.cell, log, "counter")
        self.films: list[RaceFilm] = []
        self.now: Lane | None = None
        self.lanes = []
        for number in range(lanes):
            lane = Lane(None, f"lane {number}")  # as coroutines, they have the thread in common
            lane.number = number + 1
            self.lanes.append(lane)
        clock = count(1)
        patch.setattr(watched, "now", lambda: next(clock))
        patch.setattr(recorder, "current", lambda: self.now)
        patch.setattr(recorder, "say", lambda kind, text: self.films.append(read_film(text)))

    def read(self, lane: int) -> int:
        self.now = self.lanes[lane]
        return self.counter.value

    def write(self, lane: int, value: int) -> None:
        self.now = self.lanes[lane]
        self.counter.value = value

    def add(self, lane: int) -> None:
        self.write(lane, self.read(lane) + 1)


def process_log() -> ProcessLog:
    return ProcessLog(multiprocessing.get_context("spawn").RawArray("q", SHARED_WORDS))


BOTH = pytest.mark.parametrize("log", [ThreadLog, process_log])


def steps(film: RaceFilm) -> list[tuple[str, str, int]]:
    return [(step.lane, step.op, step.value) for step in film.steps]


@BOTH
def test_who_overwrote_whom(log: Callable[[], Log], monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage(monkeypatch, log())
    value = stage.read(0)
    for _ in range(5):
        stage.add(1)
    stage.write(0, value + 1)
    (film,) = stage.films
    assert (film.counter, film.lost, film.note) == ("counter", 5, "")
    told = [("lane 0", "read", 0), ("lane 1", "read", 4), ("lane 1", "write", 5), ("lane 0", "write", 1)]
    assert steps(film) == told
    assert [step.t_ns for step in film.steps] == sorted(step.t_ns for step in film.steps)
    assert {(step.pid, step.tid) for step in film.steps} == {(os.getpid(), stage.lanes[0].tid)}
    assert stage.cell.value == 1, "watching has changed what happens"


@BOTH
def test_what_is_no_lost_update_is_no_film(log: Callable[[], Log], monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage(monkeypatch, log())
    for lane in (0, 1, 0, 2):
        stage.add(lane)
    stage.write(1, 100)  # it has not read: it overwrites, and means to
    stage.now = None
    stage.counter.value = stage.counter.value + 1  # nobody that is known
    assert (stage.films, stage.cell.value) == ([], 101)


@BOTH
def test_an_unknown_other_is_left_out_and_that_is_said_once(
    log: Callable[[], Log], monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = Stage(monkeypatch, log())
    for _ in range(3):
        value = stage.read(0)
        stage.cell.value += 7  # by somebody whose record is not there
        stage.write(0, value + 1)
    (film,) = stage.films
    assert steps(film) == [("lane 0", "read", 0), ("lane 0", "write", 1)]
    assert film.lost == 7
    assert "Who wrote 7 is not known" in film.note


@BOTH
def test_an_older_write_of_the_same_number_is_not_taken_for_it(
    log: Callable[[], Log], monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = Stage(monkeypatch, log())
    stage.add(1)
    stage.add(1)
    stage.cell.value = 1
    value = stage.read(0)
    stage.cell.value = 2  # and not by lane 1, whose 2 was before the read
    stage.write(0, value + 1)
    assert [film.note != "" for film in stage.films] == [True]


def test_a_lane_in_the_place_of_one_that_has_gone_has_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage(monkeypatch, ThreadLog())
    stage.read(0)
    stage.add(1)
    stage.lanes[0] = Lane(None, "a new one")
    stage.lanes[0].number = 1
    stage.write(0, 1)
    assert (stage.films, stage.cell.value) == ([], 1)


def test_what_changes_under_its_eyes_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between a look and the write another process may write: then it is not known what was overwritten."""

    class Restless:
        looks = count()

        @property
        def value(self) -> int:
            return next(self.looks)

        @value.setter
        def value(self, value: int) -> None:
            pass

    stage = Stage(monkeypatch, ThreadLog())
    stage.counter = WatchedCounter(Restless(), ThreadLog(), "counter")
    stage.add(0)
    assert stage.films == []


@BOTH
def test_films_are_few(log: Callable[[], Log], monkeypatch: pytest.MonkeyPatch) -> None:
    lanes = FILMS_A_RUN // FILMS_A_LANE + 2
    stage = Stage(monkeypatch, log(), lanes + 1)
    for lane in range(lanes):
        before = len(stage.films)
        for _ in range(FILMS_A_LANE + 2):
            value = stage.read(lane)
            stage.add(lanes)
            stage.add(lanes)
            stage.write(lane, value + 1)
        assert len(stage.films) - before <= FILMS_A_LANE
    assert len(stage.films) == FILMS_A_RUN


@given(turns=st.lists(st.integers(0, 3), max_size=80), shared=st.booleans())
def test_every_film_is_true(turns: list[int], shared: bool) -> None:
    """Whatever the lanes' turns: what a film tells happened, and nobody wrote between its last two writes."""
    with pytest.MonkeyPatch.context() as patch:
        stage = Stage(patch, process_log() if shared else ThreadLog(), 4)
        history: list[tuple[str, str, int]] = []
        held: dict[int, int] = {}
        for lane in turns:
            before = len(stage.films)
            name, found = stage.lanes[lane].name, stage.cell.value
            if lane in held:
                read = held.pop(lane)
                stage.write(lane, read + 1)
                history.append((name, "write", read + 1))
                for film in stage.films[before:]:
                    first, other = (
                        history.index((name, "read", read)),
                        [step for step in film.steps if step.lane != name],
                    )
                    assert film.lost == found - read > 0
                    assert film.note == ""
                    assert steps(film)[-1] == history[-1]
                    assert [(step.op, step.value) for step in other] == [("read", found - 1), ("write", found)]
                    writes = [item for item in history[first:-1] if item[1] == "write"]
                    assert writes[-1] == (other[1].lane, "write", found)
            else:
                held[lane] = stage.read(lane)
                history.append((name, "read", held[lane]))


def test_half_a_record_is_none() -> None:
    words = multiprocessing.get_context("spawn").RawArray("q", SHARED_WORDS)
    log = ProcessLog(words)
    assert log.find(0) is None, "an empty place was taken for a record"
    lane = Lane(None, "工作线程 " * 20)
    log.note(4, 10, 5, 20, lane)
    found = log.find(5)
    assert found is not None
    assert (found.read, found.written_ns, found.pid, found.tid) == (4, 20, os.getpid(), lane.tid)
    assert lane.name.startswith(found.lane)
    assert found.lane
    assert log.find(5 + PLACES) is None
    words[1 + 5 * (SHARED_WORDS - 1) // PLACES] += 1  # somebody else has begun to write there
    assert log.find(5) is None


def test_only_a_counter_with_a_name_is_watched(tmp_path: Path) -> None:
    share = Share("threads", 1, str(tmp_path))
    assert isinstance(share.counter(3, watched="counter"), WatchedCounter)
    assert isinstance(share.counter(3), ThreadCounter)


def changed(**parts: Any) -> list[Any]:
    names = {"counter": 0, "lost": 1, "note": 2, "steps": 3}
    film = list(GOOD)
    for name, value in parts.items():
        film[names[name]] = value
    return film


HOSTILE: list[Any] = [
    None,
    {},
    [],
    GOOD[:3],
    [*GOOD, 0],
    changed(counter=7),
    changed(counter="x" * 1_000),
    changed(lost=0),
    changed(lost=True),
    changed(lost=1.5),
    changed(lost=2**63),
    changed(note=None),
    changed(steps=None),
    changed(steps=GOOD[3][:1]),
    changed(steps=GOOD[3] * 9),
    changed(steps=GOOD[3][::-1]),
    changed(steps=GOOD[3][:1] * 2),
    changed(steps=[[5, 1, 2, "A", "read"], GOOD[3][-1]]),
    changed(steps=[[5, 1, 2, ["A"], "read", 7], GOOD[3][-1]]),
    changed(steps=[[5, 1, 2, "A", "erase", 7], GOOD[3][-1]]),
    changed(steps=[[5, 1, 2, "A", [], 7], GOOD[3][-1]]),
    changed(steps=[[5, "1", 2, "A", "read", 7], GOOD[3][-1]]),
    changed(steps=[[-(2**70), 1, 2, "A", "read", 7], GOOD[3][-1]]),
]


def test_what_is_no_film_is_counted(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "text")
    reader = TextReader(str(tmp_path))
    try:
        texts = [*map(json.dumps, HOSTILE), "no json", "[" * 3_000, "9" * 5_000, '["counter", NaN, "", []]']
        frames = [json.dumps({"k": "film", "t": 1, "p": 2, "i": 3, "s": text}) for text in texts]
        good = json.dumps({"k": "film", "t": 1, "p": 2, "i": 3, "s": json.dumps(GOOD)})
        mark = json.dumps({"k": "mark:joined", "t": 1, "p": 2, "i": 3, "s": "joined"})
        with open(tmp_path / "text", "wb", buffering=0) as pipe:
            pipe.write("\n".join([*frames, good, mark, ""]).encode())
        said = reader.read()
        assert reader.garbled == len(frames)
        assert [(film.lost, len(film.steps)) for film in said.films] == [(1, 3)]
        assert [(item.kind, item.pid, item.tid) for item in said.marks] == [("joined", 2, 3)]
        assert not reader.read()
    finally:
        reader.close()
