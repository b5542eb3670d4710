"""Findings of any evidence whatever: few, each with its numbers, and sentences without gaps."""

import json
import math
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from workers.insight.accounts import NAMES
from workers.insight.findings import Evidence, LaneTimes, LockWaits, findings

NAMED = ("lock", "holder", "lane", "circle", "error", "where", "stand", "how")
"""What in a sentence is somebody's name, and may be any text."""
TIMES = st.one_of(st.just(0.0), st.floats(1e-9, 1e3), st.floats(0.0, 1e300))
COUNTS = st.one_of(st.integers(0, 20), st.integers(0, 2**63))
WORDS = st.text(max_size=12)
LOCKS = st.lists(
    st.builds(LockWaits, WORDS, COUNTS, TIMES, TIMES, st.floats(0, 1), WORDS), max_size=4
).map(tuple)  # fmt: skip
LANES = st.lists(st.builds(LaneTimes, WORDS, COUNTS, TIMES, TIMES), max_size=5).map(tuple)
NUMBERS = {
    **dict.fromkeys(
        ("cores_used", "sharing_cores", "busy_s", "serialising_s", "host_serialising_s", "blocked_s", "loop_s", "loop_ready_s",
         "loop_naps_s", "deadlock_s", "standstill_s", "standstill_from_s"),
        TIMES,
    ),
    **dict.fromkeys(
        ("done", "lanes", "pids", "gils", "sharing", "coroutines", "memory", "memory_most", "processes", "machine_memory",
         "lost_updates", "expected_updates", "films", "film_lost", "recorded", "dropped"),
        COUNTS,
    ),
}  # fmt: skip
ANY = st.builds(
    Evidence,
    workers=st.integers(1, 20_000),
    cores=st.integers(1, 256),
    options=st.dictionaries(st.sampled_from(["chunksize", "primitive", "permits"]), st.integers(0, 9)),
    over=st.booleans(),
    elapsed_s=st.one_of(st.floats(0.3, 60.0), TIMES),
    tasks=st.one_of(st.integers(1, 500), COUNTS),
    accounts=st.dictionaries(st.sampled_from(NAMES), TIMES),
    handed=st.booleans(),
    service_p50_s=st.one_of(st.none(), TIMES),
    service_low_s=st.one_of(st.none(), TIMES),
    service_high_s=st.one_of(st.none(), TIMES),
    bytes=st.one_of(st.none(), COUNTS),
    queue_bound=st.one_of(st.none(), COUNTS),
    failed=COUNTS,
    failure=WORDS,
    failure_at=WORDS,
    failure_count=COUNTS,
    others_cores=st.one_of(st.none(), TIMES),
    deadlock=WORDS,
    deadlock_cause=st.sampled_from(["", "pool", "full", "empty", "permits", "itself", "locks"]),
    dead=COUNTS,
    dead_how=WORDS,
    cut_short=st.booleans(),
    lost=COUNTS,
    standstill=WORDS,
    standstill_unrecorded=st.booleans(),
    linux=st.booleans(),
    locks=LOCKS,
    times=LANES,
    **NUMBERS,
)


@settings(max_examples=60)
@given(ANY)
def test_any_evidence_gives_few_findings_each_with_its_numbers(evidence: Evidence) -> None:
    found = findings(evidence)
    assert len(found) <= 5
    assert len({finding.id for finding in found}) == len(found)
    for finding in found:
        assert finding.evidence
        assert all(math.isfinite(figure.value) for figure in finding.evidence)
        assert 0 <= finding.explains <= 1
        numbers = [text for name, text in finding.values.items() if name not in NAMED]
        assert not any(re.search(r"nan|inf", text) for text in numbers), numbers
        json.dumps(finding.plain(), allow_nan=False)
