"""Configurations, messages, columns and rates: equal to a plain reference, and never surprised by what comes in."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError
from workers.contract.info import Param
from workers.contract.messages import (
    Clock,
    Ended,
    Explain,
    Hello,
    MessageError,
    Processes,
    Stop,
    Turn,
    decode,
    encode,
    launch,
)
from workers.insight.columns import Columns
from workers.insight.ranks import at_once, percentiles
from workers.insight.throughput import BIN_NS, Throughput

NAMES = st.text(min_size=1, max_size=20)
VALUES = st.one_of(
    st.booleans(), st.integers(-(2**53), 2**53), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=20)
)
CONFIGS = st.builds(
    RunConfig, NAMES, NAMES, st.integers(1, 10**6), st.none() | st.integers(0, 10**9), st.none() | st.floats(0.001, 86_400),
    st.dictionaries(NAMES, VALUES, max_size=3), st.dictionaries(NAMES, VALUES, max_size=3), st.none() | NAMES, st.integers(0, 2**40),
)  # fmt: skip
PARAMS = [
    Param("n", 5, "N", minimum=1, maximum=9),
    Param("x", 0.5, "X", minimum=0.0),
    Param("b", True, "B"),
    Param("c", "a", "C", choices=("a", "b")),
    Param("s", "", "S"),
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(CONFIGS)
def test_config_survives_json(config: RunConfig) -> None:
    assert RunConfig.from_json(config.to_json()) == config
    assert decode(encode(launch(config, "/x", "p", 4096))) == launch(config, "/x", "p", 4096)


@given(JSON)
@settings(max_examples=40)
def test_config_from_anything_is_a_config_or_a_config_error(data: object) -> None:
    try:
        RunConfig.from_json(json.dumps(data))
    except ConfigError as error:
        assert str(error)


@given(
    JSON
    | st.fixed_dictionaries(
        {"type": st.sampled_from(["Hello", "Clock", "Ended", "Processes", "Launch", "x"]), "pid": JSON, "t_ns": JSON}
    )
)
@settings(max_examples=40)
def test_message_from_anything_is_a_message_or_a_message_error(data: object) -> None:
    try:
        decode(json.dumps(data).encode())
    except MessageError as error:
        assert str(error)


@given(st.binary(max_size=200))
def test_message_from_bytes(data: bytes) -> None:
    with pytest.raises(MessageError):
        decode(data)


@pytest.mark.parametrize(
    "message",
    [
        Hello(1),
        Stop(),
        Clock(5),
        Processes([[1, 2, "worker"]], [[1, 2, None]]),
        Ended(1, "", {"lost": 3}),
        Turn({"workers": 4}),
        Explain(),
    ],
)
def test_messages_survive(message: object) -> None:
    assert decode(encode(message)) == message  # type: ignore[arg-type]


@given(st.sampled_from(PARAMS), st.text(max_size=12) | st.integers().map(str))
def test_what_a_parameter_parses_it_accepts(param: Param, text: str) -> None:
    try:
        value = param.parse(text)
    except ValueError as error:
        assert "must be" in str(error)
    else:
        assert type(value) is type(param.default)
        assert param.check(value) == value


@given(st.lists(st.integers(1, 50), max_size=30), st.integers(1, 200))
def test_columns_keep_the_last_rows(blocks: list[int], limit: int) -> None:
    columns, reference = Columns({"a": "i8", "b": "f4"}, limit), []
    for size in blocks:
        block = np.arange(len(reference), len(reference) + size)
        reference += block.tolist()
        columns.append(a=block, b=block.astype("f4"))
        assert len(columns) + columns.forgotten == len(reference)
        assert columns["a"].tolist() == reference[columns.forgotten :]
        assert len(columns) <= max(limit, size)


@given(
    st.lists(st.tuples(st.integers(0, 3_000_000_000), st.booleans()), max_size=200),
    st.floats(0.05, 2.0),
    st.floats(0.1, 3.0),
)
def test_rates_equal_a_count(ends: list[tuple[int, bool]], window: float, until: float) -> None:
    throughput = Throughput()
    if ends:
        throughput.add(np.array([end for end, _ in ends]), np.array([failed for _, failed in ends]))
    times, done, failed = throughput.rates(0.0, until, window, 40)
    bins = max(1, round(window / (BIN_NS / 1e9)))
    for t, rate, bad in zip(times.tolist(), done.tolist(), failed.tolist(), strict=True):
        high = round(t * 1e9 / BIN_NS)
        low = max(0, high - bins)
        inside = [failed for end, failed in ends if low <= end // BIN_NS < high]
        span = (high - low) * BIN_NS / 1e9
        assert rate == pytest.approx(inside.count(False) / span)
        assert bad == pytest.approx(inside.count(True) / span)


@given(
    st.lists(st.lists(st.integers(0, 100) | st.integers(0, 2**50), max_size=20), max_size=6),
    st.lists(st.floats(0.0, 1.0), min_size=1, max_size=4),
)
@settings(max_examples=150)
def test_percentiles_block_by_block_are_those_of_all_of_it(blocks: list[list[int]], shares: list[float]) -> None:
    found = at_once(percentiles(lambda: (np.array(block, np.int64) for block in blocks), shares))
    values = [value for block in blocks for value in block]
    if not values:
        assert found is None
        return
    assert found is not None
    assert found[0] == pytest.approx(np.percentile(values, [100 * share for share in shares]), rel=1e-12)
    assert found[1] == max(values)
