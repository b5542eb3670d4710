"""How many workers are allowed, and who says so."""

import pytest

from workers.client.limits import check_workers, usable_cores, worker_limit
from workers.contract.errors import ConfigError


@pytest.mark.parametrize("kind", ["none", "threads", "processes", "interpreters", "coroutines"])
def test_the_cap_names_what_sets_it(kind: str) -> None:
    limit = worker_limit(kind)
    check_workers(limit.cap, kind)
    with pytest.raises(ConfigError) as caught:
        check_workers(limit.cap + 1, kind)
    assert str(limit.cap) in str(caught.value)
    assert limit.reason in str(caught.value)
    assert caught.value.field == "workers"


def test_a_smaller_limit_of_the_system_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    import resource

    real = resource.getrlimit
    small = {resource.RLIMIT_NOFILE: (256, 4096), resource.RLIMIT_NPROC: (80, 80)}
    monkeypatch.setattr(resource, "getrlimit", lambda which: small.get(which) or real(which))
    assert worker_limit("threads").cap == 40
    assert "RLIMIT_NPROC" in worker_limit("threads").reason
    assert worker_limit("processes").cap == 27
    assert "RLIMIT_NOFILE" in worker_limit("processes").reason


def test_affinity_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda pid: {3})
    assert usable_cores() == 1
