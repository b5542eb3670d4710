"""P2: getting events out of a process: the ring, against what one would take instead.

Each producer is a forked process of its own, so that what a peer imports disturbs nobody. CPU time of producer and reader includes
their helper threads.
"""

import json
import multiprocessing
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks.figures import Figure, Scale, ratio
from tests.benchmarks.machine import PYTHON, installed, versioned
from tests.benchmarks.rings import ring_folder
from workers.client.drain import Drain
from workers.telemetry.clock import now
from workers.telemetry.ring import Rings

CAPACITY = 32_768
DRAIN_S = 0.004
LIMIT_PRODUCER, LIMIT_READER, LIMIT_RATE = 10.0, 100.0, 8.0
FORK = multiprocessing.get_context("fork")


def measure(scale: Scale) -> Iterator[Figure]:
    """Against multiprocessing.Queue; then what a recorded span costs beside VizTracer and OpenTelemetry."""
    many, few = scale.pick(300_000, 60_000), scale.pick(60_000, 10_000)
    rings, queues = [], []
    for _ in range(scale.pick(5, 2)):
        rings.append(by_ring(many))
        queues.append(by_queue(few))
    peer = f"multiprocessing.Queue, an event a message, {PYTHON}"
    for place, (what, limit, clock, unit, factor) in enumerate(
        (
            ("CPU of the producer, an event", LIMIT_PRODUCER, "CPU", "us", 1e6),
            ("CPU of the reader, an event", LIMIT_READER, "CPU", "us", 1e6),
            ("events delivered a second", LIMIT_RATE, "wall", "k/s", 1e-3),
        )
    ):
        ours, theirs = [each[place] for each in rings], [each[place] for each in queues]
        yield ratio(what, ours, theirs, limit, ">=", inverse=place < 2, scale=factor, unit=unit, peer=peer, clock=clock)
    yield Figure(
        "events that were lost at full speed, of the ring",
        "%",
        tuple(each[3] * 100 for each in rings),
        peer="counted exactly",
        clock="count",
    )
    spans = scale.pick(100_000, 10_000)
    for name, distribution, make in (
        ("VizTracer", "viztracer", viztracer),
        ("OpenTelemetry", "opentelemetry-sdk", opentelemetry),
    ):
        yield against(name, distribution, make, spans, scale)


def against(name: str, distribution: str, make: Callable[[int], float], spans: int, scale: Scale) -> Figure:
    """CPU of a recorded span, the clock read twice included."""
    what = f"CPU of a recorded span, beside {name}"
    if not installed(distribution):
        return Figure(what, "x", (), 1.0, ">", peer=versioned(distribution), clock="CPU")
    ours, theirs = [], []
    for _ in range(scale.pick(5, 2)):
        ours.append(in_child(own_spans, spans) / spans)
        theirs.append(in_child(make, spans) / spans)
    return ratio(
        what, ours, theirs, 1.0, ">=", inverse=True, scale=1e6, unit="us", peer=versioned(distribution), clock="CPU"
    )


# ---- the ring ----------------------------------------------------------------------------------------------------
def by_ring(events: int) -> tuple[float, float, float, float]:
    """(CPU s of the producer, of the reader, both for one event; delivered events a second; share that was dropped)."""
    with ring_folder() as folder:

        def produce(ready: Any) -> float:
            ring = Rings(folder, CAPACITY).claim()
            ring.enter("benchmark", "worker", now())
            emit = ring.emit
            ready()
            begun = time.process_time()
            for i in range(events):
                emit(0, i, i, i + 1)
            used = time.process_time() - begun
            ring.close()
            return used

        with Producer(produce) as producer:
            drain = Drain(folder, CAPACITY, "here")
            producer.wait_ready()
            drain.read()
            begun, cpu = time.perf_counter(), time.process_time()
            got = dropped = 0
            ended = False
            while not ended:
                time.sleep(DRAIN_S)
                spans, lanes = drain.read()
                got += len(spans.task) if spans is not None else 0
                for lane in lanes:
                    ended, dropped = lane.ended_ns is not None, lane.dropped
            reader, took = time.process_time() - cpu, time.perf_counter() - begun
            drain.close()
            used = producer.result()
    return used / events, reader / max(1, got), got / took, dropped / events


def by_queue(events: int) -> tuple[float, float, float]:
    """The same of multiprocessing.Queue, whose feeder thread belongs to the producer."""
    queue = FORK.Queue()

    def produce(ready: Any) -> float:
        put = queue.put
        ready()
        begun = time.process_time()
        for i in range(events):
            put((0, i, i, i + 1))
        queue.close()
        queue.join_thread()
        return time.process_time() - begun

    with Producer(produce) as producer:
        producer.wait_ready()
        begun, cpu = time.perf_counter(), time.process_time()
        for _ in range(events):
            queue.get()  # as it is used: with a timeout it polls before each message; this row has a deadline of its own
        reader, took = time.process_time() - cpu, time.perf_counter() - begun
        used = producer.result()
    queue.close()
    return used / events, reader / events, events / took


# ---- spans -------------------------------------------------------------------------------------------------------
def own_spans(spans: int) -> float:
    """CPU s; drained in the same process, so that what reading costs is among it."""
    with ring_folder() as folder:
        ring = Rings(folder, CAPACITY).claim()
        ring.enter("benchmark", "worker", now())
        emit, drain = ring.emit, Drain(folder, CAPACITY, "here")
        drain.read()
        begun = time.process_time()
        for i in range(spans):
            start = now()
            emit(0, i, start, now())
            if i & 8_191 == 8_191:
                drain.read()
        drain.read()
        used = time.process_time() - begun
        ring.close()
        drain.close()
    return used


def viztracer(spans: int) -> float:
    """CPU s of `log_event` around nothing; saving the file is not among it."""
    from viztracer import VizTracer

    tracer = VizTracer(tracer_entries=spans + 1_000, log_sparse=True, verbose=0)
    tracer.start()
    begun = time.process_time()
    for _ in range(spans):
        with tracer.log_event("task"):
            pass
    used = time.process_time() - begun
    tracer.stop()
    tracer.clear()
    return used


def opentelemetry(spans: int) -> float:
    """CPU s of spans that a batch processor hands to an exporter in the same process."""
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    provider = TracerProvider()
    exporter = InMemorySpanExporter()
    provider.add_span_processor(BatchSpanProcessor(exporter, max_queue_size=spans + 1))
    tracer = provider.get_tracer("benchmark")
    begun = time.process_time()
    for _ in range(spans):
        with tracer.start_as_current_span("task"):
            pass
    provider.force_flush()
    used = time.process_time() - begun
    provider.shutdown()
    return used


# ---- processes ---------------------------------------------------------------------------------------------------
class Producer:
    """A forked process that says when it is ready, and how it went."""

    def __init__(self, produce: Callable[[Callable[[], None]], float]) -> None:
        self._near, far = FORK.Pipe()
        self._process = FORK.Process(target=self._run, args=(produce, far))
        self._process.start()
        far.close()

    @staticmethod
    def _run(produce: Callable[[Callable[[], None]], float], far: Any) -> None:
        far.send(("done", produce(lambda: far.send(("ready", 0.0)))))

    def wait_ready(self) -> None:
        """Until it is about to begin."""
        self._take("ready")

    def result(self) -> float:
        """What it measured."""
        return self._take("done")

    def _take(self, word: str) -> float:
        if not self._near.poll(60):
            raise TimeoutError(f"A producer did not say {word} within 60 s.")
        said, value = self._near.recv()
        if said != word:
            raise RuntimeError(f"A producer said {said} in place of {word}.")
        return float(value)

    def __enter__(self) -> "Producer":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.join(10)
        if self._process.is_alive():
            self._process.kill()
            self._process.join(10)
        self._near.close()


def in_child(call: Callable[[int], float], argument: int) -> float:
    """What `call` returns in a forked process."""
    with Producer(lambda ready: call(argument)) as producer:
        return producer.result()


def event_bytes() -> tuple[float, float]:
    """Bytes of an event in the JSON that VizTracer saves (0.0 where it is not there), and in Perfetto's, written tersely."""
    event = {"name": "task", "ph": "X", "ts": 5_000_000_000.123, "dur": 456.789, "pid": 12_345, "tid": 12_346}
    terse = len(json.dumps(event, separators=(",", ":"))) + 1
    return (in_child(_saved_bytes, 20_000) if installed("viztracer") else 0.0), float(terse)


def _saved_bytes(spans: int) -> float:
    from viztracer import VizTracer

    with tempfile.TemporaryDirectory() as folder:
        sizes = []
        for count in (1, spans + 1):
            path = str(Path(folder, f"{count}.json"))
            tracer = VizTracer(tracer_entries=count + 1_000, log_sparse=True, verbose=0, output_file=path)
            tracer.start()
            for _ in range(count):
                with tracer.log_event("task"):
                    pass
            tracer.stop()
            tracer.save(path, verbose=0)
            tracer.clear()
            sizes.append(os.path.getsize(path))
    return (sizes[1] - sizes[0]) / spans
