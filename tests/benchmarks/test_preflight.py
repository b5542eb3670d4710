"""What pre-flight measures, on functions of known truth: the share of a call without the GIL, and times, with their figures."""

import socket
import threading
from collections.abc import Iterator
from importlib.util import find_spec

import pytest

from tests.helpers.own_files import KNOWN, config_of
from workers.client.preflight import fetch_preflight


@pytest.fixture
def echo_port() -> Iterator[int]:
    """A server that sends back what comes, in threads of this process."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection:
                    connection.sendall(connection.recv(65_536))

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)
    thread.join(5.0)


@pytest.mark.parametrize(
    ("function", "low", "high"),
    [
        ("loop", 0.0, 0.1),
        ("tiny", 0.0, 0.1),
        ("as_json", 0.0, 0.1),
        ("big", 0.0, 0.1),
        ("sha", 0.85, 1.0),
        ("compress", 0.85, 1.0),
        ("nap", 0.95, 1.0),
        ("anap", 0.95, 1.0),
        ("product", 0.6, 1.0),
        ("echo", 0.8, 1.0),
    ],
)
def test_share_without_the_gil(idle_cores: None, echo_port: int, function: str, low: float, high: float) -> None:
    if function == "product" and find_spec("numpy") is None:
        pytest.skip("numpy is not installed")
    inputs = f"[{echo_port}]" if function == "echo" else "range(10)"
    found = fetch_preflight(config_of(KNOWN, function, inputs))
    assert found.gil_released is not None
    assert low <= found.gil_released <= high, f"{found.call_s} s a call, {found.calls} calls"


@pytest.mark.parametrize(
    ("function", "low", "high"), [("nap", 0.005, 0.008), ("tiny", 0.2e-6, 5e-6), ("big", 0.003, 0.2)]
)
def test_time_of_a_call(idle_cores: None, function: str, low: float, high: float) -> None:
    found = fetch_preflight(config_of(KNOWN, function))
    assert found.call_s is not None
    assert low <= found.call_s <= high
