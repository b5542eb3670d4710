"""What the control groups of this process allow it: cores, memory, processes. Both versions of cgroups are asked, and every level.

A limit may stand at any level above one's own, and in a container the own path need not exist under the mount: what cannot be
read, or makes no sense, sets no limit.
"""

from collections.abc import Iterator
from pathlib import Path

MOUNT = Path("/sys/fs/cgroup")
OWN = Path("/proc/self/cgroup")
NO_LIMIT = 1 << 60
"""Version 1 says "no limit" with a number near 2**63."""


def cpu_quota() -> int | None:
    """How many cores' worth of time this process may use, rounded up; None where that is not limited."""
    found = []
    for folder in _folders("cpu"):
        quota, period = [*_words(folder / "cpu.max"), "", ""][:2]
        if not quota:  # version 1
            quota, period = ("".join(_words(folder / name)) for name in ("cpu.cfs_quota_us", "cpu.cfs_period_us"))
        if quota.isdecimal() and period.isdecimal() and int(quota) > 0 and int(period) > 0:
            found.append(max(1, -(-int(quota) // int(period))))
    return min(found, default=None)


def memory_room() -> int | None:
    """Bytes that this process and its children may still use before the kernel ends one of them; None where that is not limited.

    What the kernel would give back when asked, files that were read and are of no more use, counts as free.
    """
    found = []
    for folder in _folders("memory"):
        for limit_name, used_name, idle_name in (
            ("memory.max", "memory.current", "inactive_file"),
            ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),
        ):
            limit, used = _number(folder / limit_name), _number(folder / used_name)
            if limit is None or used is None or limit >= NO_LIMIT:
                continue
            idle = next((int(value) for name, value in _pairs(folder / "memory.stat") if name == idle_name), 0)
            found.append(max(0, limit - used + min(idle, used)))
    return min(found, default=None)


def pids_limit() -> int | None:
    """How many processes and threads may be there at once; None where that is not limited."""
    found = [_number(folder / "pids.max") for folder in _folders("pids")]
    return min((limit for limit in found if limit is not None), default=None)


def _folders(controller: str) -> Iterator[Path]:
    """Where limits of this controller may stand: the process's own group, all above it, and the mount itself."""
    mounts: dict[Path, list[str]] = {MOUNT: ["/"]}
    try:
        lines = OWN.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    for line in lines[:100]:
        number, _, rest = line.partition(":")
        controllers, _, path = rest.partition(":")
        if number == "0" and not controllers:
            mounts[MOUNT].append(path)
        elif controller in controllers.split(","):
            mounts[MOUNT / controllers] = mounts[MOUNT / controller] = ["/", path]
    for mount, paths in mounts.items():
        for folder in dict.fromkeys(above for path in paths for above in _upwards(path.strip("/"))):
            yield mount / folder if folder else mount


def _upwards(path: str) -> list[str]:
    """ "a/b", "a" and "" for "a/b"; a path that leads out of the mount counts as none."""
    parts = [part for part in path.split("/") if part]
    if ".." in parts:
        return [""]
    return ["/".join(parts[:length]) for length in range(len(parts), -1, -1)]


def _words(path: Path) -> list[str]:
    try:
        with path.open("rb") as file:
            return file.read(16_384).decode("ascii", "replace").split()
    except OSError:
        return []


def _number(path: Path) -> int | None:
    words = _words(path)
    return int(words[0]) if len(words) == 1 and words[0].isdecimal() and len(words[0]) < 30 else None


def _pairs(path: Path) -> list[tuple[str, str]]:
    words = _words(path)
    return [(name, value) for name, value in zip(words[::2], words[1::2], strict=False) if value.isdecimal()]
