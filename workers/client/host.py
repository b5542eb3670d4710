"""One host process as its parent sees it: started by path, spoken to over a private socket pair, its stderr kept."""

import os
import signal
import socket
import struct
import subprocess
import time
from collections import deque
from multiprocessing.connection import Connection

from workers.client.guardian import Guardian
from workers.client.interpreters import boot_command, clean_environment
from workers.client.rundir import RunDirectory
from workers.contract.config import RunConfig, Value
from workers.contract.messages import (
    MAX_BYTES,
    Explain,
    Hold,
    Message,
    MessageError,
    Stop,
    Turn,
    decode,
    encode,
    launch,
)
from workers.engine import lifeline
from workers.engine.births import describe_exit
from workers.engine.guardian import RUN, group_alive
from workers.telemetry.clock import now

OUTPUT_LINES = 200
MESSAGES_AT_ONCE = 200
"""So many are taken at a look, so that a flood cannot hold up the reader; the rest waits in the socket, and then its sender."""
MOST_A_SECOND = 2_000
"""A host says what is new of its processes 25 times a second."""
OUTPUT_AT_ONCE = 1 << 16
LINES_AT_ONCE = 1_000
"""Of what it prints past us; the rest waits."""
LONGEST_LINE = 10_000
PATIENCE = struct.pack("ll", 0, 500_000)
"""Half a second, as the kernel takes it (struct timeval)."""


class HostProcess:
    """Starts warm: everything imported, waiting for its run. Nothing here waits for it."""

    def __init__(self, python: str, guardian: Guardian, directory: RunDirectory) -> None:
        """Start a host of the interpreter at path `python`. Raises OSError where it cannot be run."""
        self.python = python
        self.directory = directory
        self.born_ns = now()
        self._guardian = guardian
        # The kernel ends its process group when this process is gone, also one that was stopped; the guardian might be gone, too.
        held, self._lifeline = os.pipe()
        try:
            ours, theirs = socket.socketpair()
        except OSError:
            os.close(held)
            os.close(self._lifeline)
            raise
        # A host that is stopped in the middle of a message must not stop us.
        for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            ours.setsockopt(socket.SOL_SOCKET, option, PATIENCE)
        try:
            # A session of its own: its process group can be ended as a whole, and the terminal's Ctrl+C does not reach it.
            self._process = subprocess.Popen(
                boot_command(python, "host", str(theirs.fileno())),
                pass_fds=(theirs.fileno(), held),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                env={**clean_environment(), RUN: directory.prefix, lifeline.VARIABLE: str(held)},
                cwd="/",
                start_new_session=True,
            )
        except OSError:
            ours.close()
            os.close(self._lifeline)
            raise
        finally:
            theirs.close()
            os.close(held)
        guardian.add(self.pid, directory.prefix, directory.path)
        self._connection = Connection(ours.detach())
        assert self._process.stdout is not None
        os.set_blocking(self._process.stdout.fileno(), False)
        self.output: deque[str] = deque(maxlen=OUTPUT_LINES)
        """The last lines that the host or its workers wrote to their stdout and stderr descriptors."""
        self._partial = b""
        self._unread: deque[str] = deque()
        self._counted = (0.0, 0)
        """Since when messages are counted, and how many have come."""
        self._gone = False
        self._early: list[Message] = []

    @property
    def pid(self) -> int:
        """PID, and ID of its process group."""
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs; negative for a signal."""
        return self._process.poll()

    def launch(self, config: RunConfig, ring_records: int, memory: int = 0, lanes: int = 1) -> None:
        """Send the run, which may take `memory` bytes (0: as many as there are)."""
        self._send(launch(config, self.directory.path, self.directory.prefix, ring_records, memory, lanes))

    def send_stop(self) -> None:
        """Ask for no more tasks."""
        self._send(Stop())

    def turn(self, values: dict[str, Value]) -> None:
        """Ask for other values while the run goes on."""
        self._send(Turn(values))

    def hold(self, on: bool) -> None:
        """Ask for no new tasks for now, or for them again."""
        self._send(Hold(on))

    def explain(self) -> None:
        """Ask where the run's coroutines stand."""
        self._send(Explain())

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the whole process group. One that is known to have gone gets none: its number may be another's by now."""
        if self._gone:
            return
        try:
            os.killpg(self.pid, number)
        except ProcessLookupError:
            pass  # it is gone already

    @property
    def greeted(self) -> bool:
        """Whether `peek` has seen its hello."""
        return bool(self._early)

    def peek(self) -> None:
        """Take in what has come, for `messages` to hand on later. Raises MessageError for junk."""
        self._early = self.messages()

    def messages(self) -> list[Message]:
        """What has come, MESSAGES_AT_ONCE at most. Raises MessageError for junk; the end of the connection is seen by `exit_code`."""
        found, self._early = self._early, []
        most = MESSAGES_AT_ONCE if self.exit_code is None else MOST_A_SECOND + 1  # of one that is gone, all
        try:
            while len(found) < most and not self._connection.closed and self._connection.poll(0):
                found.append(decode(self._connection.recv_bytes(MAX_BYTES)))
        except BlockingIOError:
            raise MessageError("half a message") from None
        except (EOFError, ConnectionError):
            pass
        except OSError:  # what multiprocessing raises, having closed the connection, for a length that is none
            raise MessageError(f"a message of more than {MAX_BYTES >> 20} MiB") from None
        self._count(len(found))
        return found

    def _count(self, messages: int) -> None:
        """Raise MessageError where more come than a host has to say."""
        since, count = self._counted
        at = time.monotonic()
        self._counted = (since, count + messages) if at - since < 1.0 else (at, messages)
        if self._counted[1] > MOST_A_SECOND:
            raise MessageError(f"more than {MOST_A_SECOND:,} messages in a second")

    def read_output(self) -> list[str]:
        """Whole lines that came on its stdout and stderr descriptors (a crash's stack, a C library's complaint), LINES_AT_ONCE at most.

        Of a line without an end only the last LONGEST_LINE bytes are kept.
        """
        assert self._process.stdout is not None
        if not self._unread:
            try:
                data = os.read(self._process.stdout.fileno(), OUTPUT_AT_ONCE)
            except (BlockingIOError, ValueError):
                return []
            lines = (self._partial + data).split(b"\n")
            self._partial = lines.pop()[-LONGEST_LINE:]
            self._unread.extend(line[-LONGEST_LINE:].decode(errors="replace") for line in lines)
        found = [self._unread.popleft() for _ in range(min(LINES_AT_ONCE, len(self._unread)))]
        self.output.extend(found)
        return found

    def last_words(self) -> list[str]:
        """The last lines that it wrote, also one that has no end; asked once it is gone."""
        for _ in range(16):  # whoever it left behind may go on writing for ever
            if not self.read_output():
                break
        rest, self._partial = self._partial.decode(errors="replace"), b""
        if rest.strip():
            self.output.append(rest)
        return list(self.output)

    def reason(self) -> str:
        """How it ended, in words."""
        code = self.exit_code
        return describe_exit(code) if code is not None else "did not end"

    def group_alive(self) -> bool:
        """Whether anybody but zombies is left of its process group. As long as there is, nobody else can get its number."""
        if not self._gone:
            self._gone = not group_alive(self.pid) and self.exit_code is not None
        return not self._gone

    def close(self) -> None:
        """End whoever is left, sweep the run directory, release everything."""
        self.signal(signal.SIGKILL)
        self._process.wait(5.0)
        os.close(self._lifeline)
        self._connection.close()
        assert self._process.stdout is not None
        self._process.stdout.close()
        self.directory.sweep(None if self._gone else self.pid)
        self._guardian.drop(self.pid)

    def _send(self, message: Message) -> None:
        try:
            self._connection.send_bytes(encode(message))
        except OSError:
            pass  # it is gone; the exit code tells
