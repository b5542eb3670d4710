"""Echo: a TCP connection to a server on this machine, there and back. Real I/O, without the network's moods.

The server is one thread of the host; it listens on 127.0.0.1, on a free port, and lives as long as the run.
"""

import asyncio
import heapq
import selectors
import socket
import struct
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from random import Random
from typing import Any

from workers.plugin import Param, WorkloadInfo

INFO = WorkloadInfo(
    title="Echo",
    summary="Opens a TCP connection to a server on this machine, sends bytes and reads them back: real waiting for I/O.",
    bound="waiting",
    params=(
        Param("size", 1_024, "Payload", "Bytes sent and received by each task.", unit="B", minimum=1, maximum=16 << 20),
        Param(
            "delay_ms",
            10.0,
            "Delay",
            "How long the server takes before it answers.",
            unit="ms",
            minimum=0.0,
            maximum=60_000.0,
        ),
    ),
)

TIMEOUT_S = 30.0
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


def arguments(params: Mapping[str, Any], random: Random) -> Iterator[tuple[int, int, float]]:
    """The server's port, the number of bytes, and how long to wait for the answer at most."""
    while True:
        yield params["port"], params["size"], TIMEOUT_S + params["delay_ms"] / 1000


def run(port: int, size: int, timeout: float) -> int:
    """Send `size` bytes and read them back. Returns how many came. Raises ConnectionError where the server hung up."""
    payload = bytes(size)
    with socket.create_connection(("127.0.0.1", port), timeout) as connection:
        # Without this each closed connection would keep its port for a minute, and 28,000 tasks would use them up.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        sender = threading.Thread(target=connection.sendall, args=(payload,)) if size > 1 << 16 else None
        if sender is None:
            connection.sendall(payload)
        else:
            sender.start()  # more than the buffers hold: reading must go on meanwhile
        received = 0
        while received < size:
            data = connection.recv(1 << 16)
            if not data:
                raise ConnectionError(f"the echo server hung up after {received} of {size} bytes")
            received += len(data)
        if sender is not None:
            sender.join(timeout)
    return received


async def run_async(port: int, size: int, timeout: float) -> int:
    """The same without blocking the event loop: it is the loop that sends while this reads."""
    async with asyncio.timeout(timeout):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            connection: socket.socket = writer.get_extra_info("socket")
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
            writer.write(bytes(size))
            received = 0
            while received < size:
                data = await reader.read(1 << 16)
                if not data:
                    raise ConnectionError(f"the echo server hung up after {received} of {size} bytes")
                received += len(data)
        finally:
            writer.close()
            await writer.wait_closed()
    return received


def checksum(result: int) -> int:
    """How many bytes came back."""
    return result


@contextmanager
def setup(params: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Run the server while the run lasts; yields the parameters with its port."""
    with socket.create_server(("127.0.0.1", 0), backlog=512) as listener:
        end = threading.Event()
        server = threading.Thread(
            target=_serve, args=(listener, params["delay_ms"] / 1000, end), name="echo server", daemon=True
        )
        server.start()
        try:
            yield {**params, "port": listener.getsockname()[1]}
        finally:
            end.set()
            server.join(1.0)


def _serve(listener: socket.socket, delay: float, end: threading.Event) -> None:
    """Send back what comes, `delay` seconds after it came."""
    listener.setblocking(False)
    due: list[tuple[float, int, socket.socket, bytes]] = []
    unsent: dict[socket.socket, bytearray] = {}
    number = 0
    with selectors.DefaultSelector() as selector:
        selector.register(listener, selectors.EVENT_READ)

        def hang_up(connection: socket.socket) -> None:
            unsent.pop(connection, None)
            if connection.fileno() >= 0:
                selector.unregister(connection)
                connection.close()

        def send(connection: socket.socket, data: bytes) -> None:
            pending = unsent.setdefault(connection, bytearray())
            pending += data
            try:
                del pending[: connection.send(pending)]
            except BlockingIOError:
                pass
            except OSError:
                hang_up(connection)
                return
            wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if pending else 0)
            selector.modify(connection, wanted)

        while not end.is_set():
            pause = min(0.05, max(0.0, due[0][0] - time.monotonic())) if due else 0.05
            for key, events in selector.select(pause):
                if key.fileobj is listener:
                    try:
                        connection, _ = listener.accept()
                    except OSError:
                        continue
                    connection.setblocking(False)
                    selector.register(connection, selectors.EVENT_READ)
                    continue
                connection = key.fileobj  # type: ignore[assignment]
                if events & selectors.EVENT_WRITE:
                    send(connection, b"")
                if events & selectors.EVENT_READ and connection.fileno() >= 0:
                    try:
                        data = connection.recv(1 << 16)
                    except BlockingIOError:
                        continue
                    except OSError:
                        data = b""
                    if not data:
                        hang_up(connection)
                    elif delay:
                        number += 1
                        heapq.heappush(due, (time.monotonic() + delay, number, connection, data))
                    else:
                        send(connection, data)
            while due and due[0][0] <= time.monotonic():
                _, _, connection, data = heapq.heappop(due)
                if connection.fileno() >= 0:
                    send(connection, data)
        for key in list(selector.get_map().values()):
            if key.fileobj is not listener:
                key.fileobj.close()  # type: ignore[union-attr]
