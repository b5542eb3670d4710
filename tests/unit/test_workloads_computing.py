"""Workloads that compute, allocate, read or wait: what each of them does."""

import asyncio
import hashlib
import io
import json
import signal
import socket
import threading
import time
import zlib
from contextlib import redirect_stdout
from itertools import islice
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.workloads import load, task
from workers.telemetry.picture import HEADER, picture_path
from workers.workloads import allocate, count_primes, echo, fail, mandelbrot, mixed, print_lines, sha256

SIDES = st.integers(16, 90)


@given(width=SIDES, height=SIDES, side=st.integers(4, 64))
def test_mandelbrot_tiles_cover_the_picture_once(width: int, height: int, side: int) -> None:
    params = {"width": width, "height": height, "tile": side, "iterations": 5, "view": "spiral"}
    count = -(-width // side) * -(-height // side)
    tiles = list(islice(mandelbrot.arguments(params, Random(0)), count + 1))
    seen = [
        (x, y)
        for left, top, columns, rows, *_ in tiles[:-1]
        for y in range(top, top + rows)
        for x in range(left, left + columns)
    ]
    assert sorted(seen) == sorted((x, y) for x in range(width) for y in range(height))
    assert tiles[-1] == tiles[0], "and then from the start"


@settings(max_examples=10)
@given(side=st.integers(4, 40), view=st.sampled_from(sorted(mandelbrot.VIEWS)))
def test_mandelbrot_is_one_picture_however_it_is_cut(side: int, view: str) -> None:
    params = {"width": 40, "height": 30, "tile": side, "iterations": 60, "view": view}
    whole = mandelbrot.tile(0, 0, 40, 30, (40, 30), 60, view)
    pixels = bytearray(40 * 30)
    for left, top, columns, rows, *more in islice(
        mandelbrot.arguments(params, Random(0)), -(-40 // side) * -(-30 // side)
    ):
        piece = mandelbrot.tile(left, top, columns, rows, *more)
        for row in range(rows):
            start = (top + row) * 40 + left
            pixels[start : start + columns] = piece[row * columns : (row + 1) * columns]
    assert bytes(pixels) == whole


def test_mandelbrot_knows_inside_from_outside() -> None:
    size, view = (320, 240), "whole set"
    middle_x, middle_y, width = mandelbrot.VIEWS[view]

    def pixel(x: float, y: float, iterations: int = 100) -> int:
        step = width / size[0]
        column, row = round((x - middle_x) / step + size[0] / 2), round((y - middle_y) / step + size[1] / 2)
        return mandelbrot.tile(column, row, 1, 1, size, iterations, view)[0]

    assert pixel(0.0, 0.0) == pixel(-1.0, 0.0) == 0
    assert 0 < pixel(0.9, 0.9) < pixel(0.3, 0.6) <= 255, "who escapes later is brighter"
    assert pixel(0.0, 0.0, iterations=1) == 0
    assert pixel(-2.2, 1.1, iterations=1) > 0, "who escapes at the last step is outside"


@pytest.mark.parametrize("view", sorted(mandelbrot.VIEWS))
def test_mandelbrot_has_inside_and_outside_in_every_view(view: str) -> None:
    pixels = mandelbrot.tile(0, 0, 64, 48, (64, 48), 300, view)
    assert 0.02 < pixels.count(0) / len(pixels) < 0.6
    assert len(set(pixels)) > 25


def test_mandelbrot_paints_what_it_returns(tmp_path: Path) -> None:
    with task("mandelbrot", tmp_path, width=33, height=17, tile=10) as made:
        results = made.run(4 * 2)
    painted = Path(picture_path(str(tmp_path))).read_bytes()[HEADER:]
    assert painted == mandelbrot.tile(0, 0, 33, 17, (33, 17), 40, "seahorses")
    assert sum(len(result) for result in results) == 33 * 17
    assert mandelbrot.checksum(results[0]) == zlib.crc32(results[0])


@given(limit=st.integers(2, 400))
def test_count_primes_counts_primes(limit: int) -> None:
    assert count_primes.run(limit) == sum(1 for n in range(2, limit) if not any(n % d == 0 for d in range(2, n)))


def test_sha256_is_that_of_the_salted_block() -> None:
    result = sha256.run(2, 77)
    assert result == hashlib.sha256((77).to_bytes(8, "little") + bytes(2048)).hexdigest()
    assert sha256.checksum(result) == int(result, 16) >> 196


@settings(max_examples=20)
@given(kib=st.integers(1, 40), level=st.integers(0, 9), salt=st.integers(0, 2**62 - 1))
def test_zlib_compresses_the_salted_text(kib: int, level: int, salt: int) -> None:
    module = load("zlib")
    result = module.run(kib, level, salt)
    text = zlib.decompress(result)
    assert text[:8] == salt.to_bytes(8, "little")
    assert len(text) == 8 + kib * 1024
    if level == 0:
        assert len(result) > len(text)
    elif kib > 8:
        assert 0.3 < len(result) / len(text) < 0.7, "as text does"


@given(count=st.integers(1, 60), salt=st.integers(0, 2**53 - 1))
def test_json_roundtrip_returns_the_document(count: int, salt: int) -> None:
    document = json.loads(load("json_roundtrip").run(count, salt))
    assert document["salt"] == salt
    assert [record["id"] for record in document["records"]] == list(range(count))


@pytest.mark.parametrize("document", [{"salt": 0, "records": [{}] * 3}, {"salt": 1, "records": [{}]}])
def test_json_roundtrip_notices_what_json_changes(document: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    module = load("json_roundtrip")
    monkeypatch.setattr(json, "loads", lambda text: document)
    with pytest.raises(ValueError, match="3 records"):
        module.run(3, 1)


@settings(max_examples=40)
@given(file_mib=st.integers(1, 3), block_kib=st.integers(1, 5_000), seed=st.integers(0, 99))
def test_read_file_stays_within_the_file(file_mib: int, block_kib: int, seed: int) -> None:
    params = {"file_mib": file_mib, "block_kib": block_kib, "path": "x"}
    for _, offset, length in islice(load("read_file").arguments(params, Random(seed)), 20):
        assert 0 <= offset <= offset + length <= file_mib << 20
        assert length == min(block_kib << 10, file_mib << 20)


def test_read_file_sums_up_what_is_there(tmp_path: Path) -> None:
    with task("read_file", tmp_path, file_mib=2, block_kib=200) as made:
        path = Path(made.params["path"])
        content = path.read_bytes()
        assert path.parent == tmp_path
        assert len(content) == 2 << 20
        for name, offset, length in made.draw(5):
            assert made.module.run(name, offset, length) == zlib.crc32(content[offset : offset + length])
        with pytest.raises(EOFError, match="10 bytes before"):
            made.module.run(str(path), (2 << 20) - 5, 15)
    assert not path.exists()


@given(ms=st.floats(0, 100), share=st.floats(0, 1))
def test_mixed_divides_a_task_by_its_share(ms: float, share: float) -> None:
    params = {"ms": ms, "share": share}
    _, steps, seconds = next(mixed.arguments(params, Random(0)))
    assert seconds == pytest.approx(ms * share / 1000)
    assert steps / mixed.STEPS_PER_MS == pytest.approx(ms * (1 - share), abs=1e-4)


def test_mixed_follows_its_share_task_by_task() -> None:
    params = {"ms": 10.0, "share": 0.0}
    drawn = mixed.arguments(params, Random(0))
    assert next(drawn)[1:] == (100_000, 0.0)
    params["share"] = 1.0
    assert next(drawn)[1:] == (0, 0.01)
    assert [param.name for param in mixed.INFO.params if param.live] == ["share"]


@given(start=st.integers(0, 2**31 - 1), first=st.integers(0, 50), second=st.integers(0, 50))
def test_mixed_computes_step_by_step(start: int, first: int, second: int) -> None:
    assert mixed.compute(mixed.compute(start, first), second) == mixed.compute(start, first + second) < 2**31


@given(mark=st.integers(1, 255))
@settings(max_examples=5)
def test_allocate_touches_every_page(mark: int) -> None:
    block = allocate.touched(2, mark)
    assert len(block) == 2 << 20
    assert set(block[:: allocate.PAGE]) == {mark}
    assert allocate.run(2, mark, 0.0) == mark * 512


def test_big_result_is_as_big_as_asked() -> None:
    module = load("big_result")
    result = module.run(3, 258)
    assert len(result) == 3 * 1024
    assert result[:8] == result[-8:] == (258).to_bytes(8, "little")
    assert module.checksum(result) == zlib.crc32(result)


def test_lines_are_numbered() -> None:
    out = io.StringIO()
    with redirect_stdout(out):
        assert print_lines.run(7, 2, 0.0) == 2
    assert out.getvalue().splitlines() == ["task 7: line 1 of 2", "task 7: line 2 of 2"]


def test_coroutines_interleave_their_lines() -> None:
    async def two() -> None:
        await asyncio.gather(*(print_lines.run_async(number, 2, 0.0) for number in range(2)))

    out = io.StringIO()
    with redirect_stdout(out):
        asyncio.run(two())
    assert [line.split(":")[0] for line in out.getvalue().splitlines()] == ["task 0", "task 1"] * 2


@pytest.mark.parametrize("size", [1, 70_000, 400_000])
def test_echo_reads_back_what_it_sent(size: int, tmp_path: Path) -> None:
    with task("echo", tmp_path, size=size) as made:
        assert made.run(2) == [size] * 2
        assert asyncio.run(made.run_async(3)) == [size] * 3


@pytest.mark.parametrize("form", ["run", "run_async"])
def test_echo_says_when_the_server_hangs_up(form: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def hang_up() -> None:
            connection, _ = listener.accept()
            connection.recv(3, socket.MSG_WAITALL)
            connection.sendall(b"x")
            connection.close()

        server = threading.Thread(target=hang_up)
        server.start()
        port = listener.getsockname()[1]
        with pytest.raises(ConnectionError, match="1 of 3 bytes"):
            echo.run(port, 3, 20.0) if form == "run" else asyncio.run(echo.run_async(port, 3, 20.0))
        server.join(20)
        assert not server.is_alive()


def test_echo_gives_up_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener, pytest.raises(TimeoutError):
        asyncio.run(echo.run_async(listener.getsockname()[1], 3, 0.05))


@given(probability=st.floats(0, 1), seed=st.integers(0, 1_000))
def test_fail_is_decided_by_the_seed(probability: float, seed: int) -> None:
    params = {"probability": probability, "how": "exit", "ms": 0.0}
    drawn = list(islice(fail.arguments(params, Random(seed)), 200))
    failing = [number for number, how, _ in drawn if how]
    assert {how for _, how, _ in drawn} <= {"", "exit"}
    # 7 standard deviations off would be no chance.
    assert abs(len(failing) - 200 * probability) <= 7 * (200 * probability * (1 - probability)) ** 0.5 + 1e-9
    assert failing == [n for n, how, _ in islice(fail.arguments({**params, "how": "hang"}, Random(seed)), 200) if how]


def test_fail_raises_or_does_not() -> None:
    assert fail.run(4, "", 0.0) == 4
    with pytest.raises(RuntimeError, match="task 4"):
        fail.run(4, "raise", 0.0)


def test_a_hanging_task_ends_when_it_is_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    naps = []

    def nap(seconds: float) -> None:
        naps.append(seconds)
        if len(naps) == 5:
            raise KeyboardInterrupt

    monkeypatch.setattr(time, "sleep", nap)
    with pytest.raises(KeyboardInterrupt):
        fail.run(1, "hang", 0.5)
    assert naps == [0.5, 1.0, 1.0, 1.0, 1.0]


def test_the_nap_goes_on_whatever_is_raised_and_blocks_signals(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, blocked = [100.0], []

    def nap(seconds: float) -> None:
        clock[0] += 1.0
        blocked.append({signal.SIGINT, signal.SIGTERM} <= signal.pthread_sigmask(signal.SIG_BLOCK, ()))
        raise (KeyboardInterrupt, SystemExit, RuntimeError)[len(blocked) % 3]

    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    with monkeypatch.context() as patch:
        patch.setattr(time, "monotonic", lambda: clock[0])
        patch.setattr(time, "sleep", nap)
        assert load("nap_uninterruptible").run(5.0) == 5_000_000
    assert blocked == [True] * 5
    assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == before
