"""The host's one control thread: hears Stop, reports births and ends, and ends everything when the window is gone."""

import os
import signal
import threading
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from typing import Any

from workers.contract.messages import (
    MAX_BYTES,
    Explain,
    Hold,
    Message,
    MessageError,
    Processes,
    Stop,
    Turn,
    decode,
    encode,
)
from workers.engine.births import Births

TICK_S = 0.04


class Control:
    """The private connection to the window. `send` may be called from any thread."""

    def __init__(self, connection: Connection, births: Births) -> None:
        self._connection = connection
        self._births = births
        self._sending = threading.Lock()
        # Held by the control thread for all but its waiting. A fork takes it first, so no child is born with a lock of ours taken.
        self._gate = threading.Lock()
        self._on_stop: Callable[[], None] | None = None
        self._on_turn: Callable[[Mapping[str, Any]], None] | None = None
        self._on_explain: Callable[[], None] | None = None
        self._on_hold: Callable[[bool], None] | None = None
        self._on_tick: Callable[[], None] = lambda: None
        os.register_at_fork(before=self._before_fork, after_in_parent=self._after_fork, after_in_child=self._in_child)

    def receive(self, timeout: float) -> Message | None:
        """The next message, or None after `timeout` seconds. Raises EOFError when the window is gone, MessageError for junk."""
        if not self._connection.poll(timeout):
            return None
        return decode(self._connection.recv_bytes(MAX_BYTES))

    def send(self, message: Message) -> None:
        """Send, or give up where the window is gone (the control thread sees that too and ends the host)."""
        with self._sending:
            try:
                self._connection.send_bytes(encode(message))
            except OSError:
                pass

    def listen(
        self,
        on_stop: Callable[[], None],
        on_turn: Callable[[Mapping[str, Any]], None],
        on_explain: Callable[[], None],
        on_hold: Callable[[bool], None],
        on_tick: Callable[[], None],
    ) -> None:
        """Start the control thread; it calls `on_stop`, `on_turn(values)`, `on_explain`, `on_hold(on)` and, every TICK_S, `on_tick`."""
        self._on_stop, self._on_turn, self._on_explain = on_stop, on_turn, on_explain
        self._on_hold, self._on_tick = on_hold, on_tick
        threading.Thread(target=self._listen, name="threadmill control", daemon=True).start()

    def report(self, final: bool = False) -> None:
        """Send what is new about processes."""
        self._births.look(final)
        born, exited = self._births.news()
        if born or exited:
            self.send(Processes(born, exited))

    def _listen(self) -> None:
        while True:
            try:
                waiting = self._connection.poll(TICK_S)
                with self._gate:
                    if waiting:
                        self._hear(decode(self._connection.recv_bytes(MAX_BYTES)))
                    self.report()
                    self._on_tick()
            except (EOFError, OSError, MessageError):
                # The window is gone or talks nonsense: nothing may outlive it. The guardian sweeps what this leaves.
                os.killpg(0, signal.SIGKILL)

    def _hear(self, message: Message) -> None:
        if isinstance(message, Stop) and self._on_stop is not None:
            self._on_stop()
        elif isinstance(message, Turn) and self._on_turn is not None:
            self._on_turn(message.values)
        elif isinstance(message, Explain) and self._on_explain is not None:
            self._on_explain()
        elif isinstance(message, Hold) and self._on_hold is not None:
            self._on_hold(message.on)

    def _before_fork(self) -> None:
        self._paused = self._gate.acquire(timeout=1.0)

    def _after_fork(self) -> None:
        if self._paused:
            self._gate.release()

    def _in_child(self) -> None:
        self._gate = threading.Lock()
        self._paused = False
        self._connection.close()  # else the window would never see the end of this host
