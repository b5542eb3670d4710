"""How two runs differ, and what is said about how far they can be compared."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.helpers.recorded import pool, recorded
from tests.helpers.scripted import thread_pool_run
from workers.recordings import words
from workers.recordings.diff import Diff, Line, Side, compare
from workers.recordings.figures import percent, scale
from workers.recordings.recording import Recording

SCHEMA = json.loads(Path(__file__).parents[2].joinpath("resources/schema/compare.v1.json").read_text())
A, B = recorded(thread_pool_run(1.0, 2, 40.0)), recorded(thread_pool_run(1.0, 4, 80.0, failed_every=8))


def with_summary(recording: Recording, **changes: Any) -> Recording:
    return Recording(recording.head, {**recording.summary, **changes}, recording.columns)


def line(diff: Diff, key: str, detail: str = "") -> Line:
    return next(item for item in diff.lines if (item.key, item.detail) == (key, detail))


def keys(diff: Diff) -> list[str]:
    return [item.key for item in diff.cautions]


def test_what_was_changed_comes_first_then_what_came_of_it() -> None:
    diff = compare(Side.of(A), Side.of(B))
    assert [item.key for item in diff.lines if item.section == "changed"] == ["workers", "tasks"]
    found = line(diff, "throughput")
    assert found.difference == pytest.approx(30.0)
    assert found.relative == pytest.approx(0.75)
    assert found.direction == "faster"
    assert words.cells(found) == ("40.0 /s", "70.0 /s", "+30.0 /s", "+75 % faster")
    assert line(diff, "failed").difference == 10
    assert line(diff, "elapsed").direction == "same"
    assert line(diff, "workers").direction == "changed"


def test_accounts_add_up_to_their_whole() -> None:
    diff = compare(Side.of(A), Side.of(B))
    parts = [item for item in diff.lines if item.key.startswith("account.")]
    for i in range(2):
        assert sum(item.shares[i] for item in parts if item.shares) == pytest.approx(1.0, abs=1e-3)
    assert all(item.a or item.b for item in parts)


def test_nothing_is_claimed_of_single_runs() -> None:
    for other in (A, B):
        text = words.as_text(compare(Side.of(A), Side.of(other)))
        assert "One run each: what differs may be chance." in text
        assert "significant" not in text


def test_cautions() -> None:
    assert keys(compare(Side.of(A), Side.of(A))) == ["same_setup", "checksum_same", "one_each"]
    assert "other_work" in keys(compare(Side.of(A), Side.of(B)))
    moved = A.changed(machine={**A.head["machine"], "cores": 64}, program="9.9", partial="stopped")
    python = {**A.summary["python"], "version": "3.14.0"}
    moved = with_summary(moved, python=python, checksum="0" * 16, gil=False)
    diff = compare(Side.of(with_summary(A, gil=True, checksum="1" * 16)), Side.of(moved))
    assert keys(diff) == ["stopped", "machine", "python", "gil", "program", "checksum_other", "one_each"]
    text = words.as_text(diff)
    for sentence in ("B was stopped", "64 cores", "3.14.0", "on in A and off in B", "results are not the same"):
        assert sentence in text
    lost = with_summary(A, checksum=None, telemetry={**A.summary["telemetry"], "dropped": 1234})
    diff = compare(Side.of(lost), Side.of(A))
    assert keys(diff) == ["dropped", "same_setup", "checksum_unknown", "one_each"]
    assert "A dropped 1,234 events" in words.as_text(diff)


def test_a_run_that_was_changed_on_its_way_is_not_what_its_configuration_says() -> None:
    def mark(kind: str, text: str) -> dict[str, Any]:
        return {"kind": kind, "pid": 1, "tid": 1, "t_s": 0.5, "text": text}

    turned = with_summary(A, marks=[mark("workers", "4 workers"), mark("exit", "x"), mark("turn", "switch_ms 1")])
    diff = compare(Side.of(turned), Side.of(A))
    assert keys(diff)[0] == "turned"
    assert "A was changed while it ran (4 workers, switch_ms 1)" in words.as_text(diff)
    same = with_summary(A, marks=[mark("workers", "2 workers")])
    assert "turned" not in keys(compare(Side.of(same), Side.of(A)))


def test_what_is_not_known_is_said_to_be() -> None:
    unknown = with_summary(A, throughput_per_s=None, startup_s=None)
    diff = compare(Side.of(unknown), Side.of(A))
    found = line(diff, "throughput")
    assert (found.difference, found.relative, found.direction) == (None, None, "unknown")
    assert words.cells(found) == ("not known", "40.0 /s", "", "not known")
    assert line(compare(Side.of(A), Side.of(B)), "failed").relative is None, "from nothing"


def test_findings_that_came_and_went() -> None:
    one = {"id": "gil_bound", "title": "Two threads, the speed of one", "text": "…", "evidence": []}
    diff = compare(Side.of(with_summary(A, findings=[one])), Side.of(with_summary(A, findings=[])))
    found = line(diff, "finding", one["title"])  # type: ignore[arg-type]
    assert found.direction == "gone"
    assert words.cells(found) == ("yes", "no", "", "gone")


def test_a_kept_run_against_what_run_json_wrote() -> None:
    diff = compare(Side.of(A), Side.of_summary(pool().summary, "run.json"))
    assert line(diff, "model").b == "process_pool"
    assert line(diff, "cpu", "worker").a == 0.0
    assert line(diff, "processes").difference == 2
    assert "run.json" in words.as_text(diff)


def test_the_json_is_as_its_schema_says() -> None:
    for left, right in ((A, B), (A, pool()), (pool(), A)):
        diff = compare(Side.of(left), Side.of(right))
        jsonschema.validate(json.loads(json.dumps(words.as_plain(diff), allow_nan=False)), SCHEMA)
    for item in words.as_rows(diff):
        assert len(item) == len(words.CSV_HEADER)


def test_every_key_has_its_words() -> None:
    known = set(SCHEMA["properties"]["cautions"]["items"]["properties"]["id"]["enum"])
    assert known == set(words.CAUTIONS)
    for item in compare(Side.of(A), Side.of(pool())).lines:
        assert item.key in words.LABELS


@pytest.mark.parametrize(
    ("unit", "values", "expected"),
    [
        ("s", (0.0123, 0.001), ["12.3 ms", "1.0 ms"]),
        ("s", (0.9999, 2.0), ["1.00 s", "2.00 s"]),
        ("s", (0.0, None), ["0 s"]),
        ("s", (3e-7,), ["0.300 µs"]),
        ("bytes", (3 << 20, 512), ["3.00 MiB", "0.00 MiB"]),
        ("bytes", (0,), ["0 B"]),
        ("bytes", (12,), ["12 B"]),
        ("count", (12345,), ["12,345"]),
        ("per_s", (12345.6, 3.0), ["12,346 /s", "3 /s"]),
    ],
)
def test_figures_stand_in_one_unit(unit: str, values: tuple[float | None, ...], expected: list[str]) -> None:
    how = scale(unit, values)
    assert [how.text(value) for value in values if value is not None] == expected


def test_signs() -> None:
    how = scale("s", (0.01, 0.03))
    assert [how.text(value, sign=True) for value in (0.02, -0.02, 0.0, -0.000001)] == [
        "+20.0 ms",
        "−20.0 ms",
        "0.0 ms",
        "0.0 ms",
    ]
    assert [percent(part, sign=True) for part in (0.034, -0.34, 0.0, 12.0)] == ["+3.4 %", "−34 %", "0.0 %", "+1,200 %"]
