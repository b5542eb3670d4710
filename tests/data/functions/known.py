"""Functions of known truth: what pre-flight and recommendation say of them can be told beforehand."""

import asyncio
import hashlib
import json
import socket
import threading
import time
import zlib

BLOCK = bytes(range(256)) * 4096
COUNTS: dict[int, int] = {}
LOCK = threading.Lock()
total = 0


def loop(n: int) -> int:
    """Computes in Python, and keeps the GIL."""
    found = 0
    for number in range(20_000 + n):
        found += number * number
    return found


def sha(n: int) -> str:
    """Hashes 1 MB in C, without the GIL."""
    return hashlib.sha256(BLOCK).hexdigest()


def compress(n: int) -> int:
    """Compresses in C, without the GIL."""
    return len(zlib.compress(BLOCK[: 1 << 18], 6))


def nap(n: int) -> int:
    """Waits."""
    time.sleep(0.005)
    return n


def echo(port: int) -> int:
    """Sends and waits for the answer."""
    with socket.create_connection(("127.0.0.1", port), 5.0) as connection:
        connection.sendall(b"x" * 1000)
        return len(connection.recv(1000))


def as_json(n: int) -> int:
    """Works in C, and keeps the GIL."""
    return len(json.loads(json.dumps([{"number": item, "text": str(item)} for item in range(1_000)])))


def tiny(n: int) -> int:
    """Takes about 2 us."""
    return sum(range(100))


def big(n: int) -> bytes:
    """Returns 50 MB."""
    return b"x" * 50_000_000


def unpicklable(n: int) -> object:
    """Returns what cannot be pickled."""
    return lambda: n


async def anap(n: int) -> int:
    """Awaits."""
    await asyncio.sleep(0.005)
    return n


def counting(n: int) -> int:
    """Changes a global."""
    global total
    total += 1
    COUNTS[n] = COUNTS.get(n, 0) + 1
    return n


def locked(n: int) -> int:
    """Uses a lock of its module."""
    with LOCK:
        return n * n


def product(n: int) -> float:
    """A product of matrices, where numpy is installed."""
    import numpy

    matrix = numpy.ones((300, 300))
    return float((matrix @ matrix)[0, 0])


def pair(x: int, y: int = 2) -> int:
    """Takes two."""
    return x * y


def both(x: int, y: int) -> int:
    """Needs two."""
    return x * y


def numbers():  # type: ignore[no-untyped-def]
    """Inputs."""
    yield from range(10)
