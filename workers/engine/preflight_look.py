"""The checks of the pre-flight card, one method each: what is looked at, and what is said of it."""

import asyncio
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from random import Random
from typing import Any

from workers.contract.config import RunConfig, Value
from workers.contract.inputs import parse_inputs
from workers.contract.preflight import CheckLine, Preflight
from workers.engine import preflight_state, preflight_top
from workers.engine.functions import found
from workers.engine.preflight_calls import CALL_S, Calls, measure
from workers.engine.preflight_child import try_spawned
from workers.engine.preflight_interpreter import try_interpreter
from workers.engine.preflight_machine import gil_now, gil_released, memory, native_threads
from workers.engine.preflight_pickle import culprit, named, sent
from workers.engine.preflight_words import count, seconds, size
from workers.givens import inputs_of
from workers.guarded import Prevented
from workers.registry import Workload
from workers.userfile import function_of, line_of, load, parse, read, words

AGAIN_S = 0.3
"""Calls that take less are made once more, to see what each changes."""
TRIED = 5
"""Inputs that are tried."""
SMALL_S = 1e-4
"""Handing a task to another process costs about this much; to a thread, a fifth of it."""
COSTLY = 0.2
"""Pickling is named as a cost where it takes more than this share of a call."""
Check = Callable[[Preflight], Preflight]


class Look:
    """All that is known of the function in the meantime."""

    def __init__(
        self,
        config: RunConfig,
        params: Mapping[str, Value],
        variable: str,
        workload: Workload,
        gil_before: bool,
        warned: list[str],
    ) -> None:
        self._workers = config.workers
        self._params = params
        self._workload = workload
        self._path = str(params["file"])
        self._name = str(params["function"])
        self._short = os.path.basename(self._path)
        self._gil_before = gil_before
        self._warned = warned
        self._module = load(self._path)
        self._function = function_of(self._module, self._name, self._path)
        self._text, self._tree = parse(self._path, read(self._path))
        self._before = preflight_state.fingerprints(self._module)
        self._first: list[str] = []
        self._later: list[str] = []
        self._calls = Calls()
        self._child: dict[str, Any] = {}
        self._inputs: list[tuple[Any, ...]] = []

    def start(self) -> Preflight:
        """What is known at once."""
        info = next((item for item in found(self._tree, self._text) if item.name == self._name), None)
        _, values = inputs_of(str(self._params["inputs"]), self._path)
        work = preflight_top.unguarded(self._tree)
        if info is None:
            import inspect

            try:
                body, first = inspect.getsourcelines(self._function)
            except (OSError, TypeError):
                body, first = [], 1
            source, doc = "".join(body), (inspect.getdoc(self._function) or "").partition("\n")[0]
        else:
            source, first, doc = info.source, info.line, info.doc
        self._is_async = self._workload.bound().run_async is not None
        kind = parse_inputs(str(self._params["inputs"])).kind
        many = len(values) if values is not None else 1 if kind == "none" else None
        return Preflight((self._main_guard(work),), source, first, doc, self._is_async, inputs=many)

    def checks(self) -> Iterator[tuple[str, Check]]:
        """(what is being done, in words; the check), in the order in which they are to be made."""
        yield f"Pickling the inputs of {self._name}", self._arguments
        yield f"Calling {self._name}", self._call
        yield f"Pickling what {self._name} returned", self._result
        yield f"Looking at the globals of {self._short}", self._state
        yield "Counting the threads of native libraries", self._native
        yield f"Importing {self._short} in a spawned process", self._spawned
        yield f"Importing {self._short} in a sub-interpreter", self._interpreters

    # ---- before it is called -------------------------------------------------------------------------------------
    def _main_guard(self, work: tuple[int, str] | None) -> CheckLine:
        if work is not None:
            line, text = work
            return CheckLine(
                "main_guard",
                False,
                f"Line {line} of {self._short} runs whenever it is imported ({text}): each worker process would do that again.",
                'Put it under `if __name__ == "__main__":`.',
            )
        if preflight_top.guarded(self._tree):
            return CheckLine("main_guard", True, "What only the main program does stands under its guard.")
        return CheckLine("main_guard", True, "Nothing at the top of the file does work: no guard is needed.")

    def _arguments(self, known: Preflight) -> Preflight:
        drawn = self._workload.arguments_once
        assert drawn is not None
        _, values = inputs_of(str(self._params["inputs"]), self._path)
        every = max(1, len(values) // TRIED) if values is not None else 1
        most = TRIED * every if every < 1_000 else TRIED
        self._inputs = list(islice(drawn(self._params, Random(0)), 0, most, every if every < 1_000 else 1))
        largest, took = 0, 0.0
        for args in self._inputs:
            done = sent(args)
            if done.size is None:
                return self._with(
                    known,
                    CheckLine(
                        "picklable_arguments",
                        False,
                        f"The inputs cannot be pickled because of {done.fault}: processes cannot be sent them.",
                        "Use threads, or give what it can be made of: a name, a path, numbers.",
                    ),
                )
            largest, took = max(largest, done.size), max(took, done.seconds)
        self._argument_s = took
        line = CheckLine(
            "picklable_arguments",
            True,
            f"The inputs can be pickled: {size(largest)} each.",
            "",
            float(largest),
            "bytes",
        )
        return replace(self._with(known, line), argument_bytes=largest, pickle_s=took)

    # ---- called --------------------------------------------------------------------------------------------------
    def _call(self, known: Preflight) -> Preflight:
        if not self._inputs:
            return known
        runner: asyncio.Runner | None = asyncio.Runner() if self._is_async else None
        function = self._function
        noted: list[dict[str, int]] = []

        def call(args: tuple[Any, ...]) -> Any:
            result = runner.run(function(*args)) if runner is not None else function(*args)
            if not noted:
                noted.append(preflight_state.fingerprints(self._module))
            return result

        calls = self._calls = measure(call, self._inputs)
        after = preflight_state.fingerprints(self._module)
        first = noted[0] if noted else after
        self._first = preflight_state.changed(self._before, first)
        self._later = preflight_state.changed(first, after)
        if calls.error is None and not calls.late and calls.walls and calls.walls[-1] < AGAIN_S:
            # One call after the other: a global that the last of them left as the first did was changed all the same.
            for args in self._inputs:
                try:
                    call(args)
                except Exception as error:  # noqa: BLE001 - it did not raise before, and is reported like one that did
                    calls.error, calls.failed_input = error, args
                    break
                self._later += preflight_state.changed(after, after := preflight_state.fingerprints(self._module))
        if runner is not None:
            runner.close()
        return self._told(known, calls)

    def _told(self, known: Preflight, calls: Calls) -> Preflight:
        if calls.error is not None:
            at = line_of(calls.error.__traceback__, self._path)
            where = f" in line {at}" if at is not None else ""
            given = ", ".join(repr(item)[:60] for item in calls.failed_input or ())
            if isinstance(calls.error, Prevented):
                text, remedy = f"{self._name}({given}){where}: {calls.error}.", "Give it a copy of that file."
            else:
                text = f"{self._name}({given}) raised {words(calls.error)}{where}."
                remedy = "Mend the function, or leave out that input."
                if isinstance(calls.error, ModuleNotFoundError) and calls.error.name:
                    package = calls.error.name.partition(".")[0]
                    remedy = f"Install it ({sys.executable} -m pip install {package}), or choose another interpreter."
            return self._with(known, CheckLine("call_time", False, text, remedy))
        if calls.late:
            text = f"A call takes longer than {CALL_S:.0f} s: it was cut off."
            known = self._with(
                known, CheckLine("call_time", None, text, "Try it with smaller inputs first.", CALL_S, "s")
            )
            return self._with(known, self._gil(calls))
        walls = sorted(calls.walls)
        middle, low, high = walls[len(walls) // 2], walls[0], walls[-1]
        cpu = sorted(calls.cpus)[len(calls.cpus) // 2]
        waits = max(0.0, min(1.0, 1 - cpu / middle)) if middle > 0 else 0.0
        spread = f" ({seconds(low)} to {seconds(high)})" if calls.count > 1 else ""
        text = f"{seconds(middle)} a call{spread}, in {count(calls.count, 'call')}."
        remedy, fine = "", True
        if middle < SMALL_S:
            fine = False
            remedy = "Handing over a task costs more than that: give each task many inputs, or send them in chunks."
        line = CheckLine("call_time", fine, text, remedy, middle, "s")
        known = replace(
            self._with(known, line),
            calls=calls.count,
            call_s=middle,
            call_low_s=low,
            call_high_s=high,
            cpu_s=cpu,
            waits=waits,
            gil_released=calls.released if gil_now() else 1.0,
        )
        return self._with(known, self._gil(calls))

    def _gil(self, calls: Calls) -> CheckLine:
        return gil_released(calls.released, calls.busy, self._short, self._gil_before, self._warned)

    def _result(self, known: Preflight) -> Preflight:
        call_s = known.call_s
        if call_s is None:
            return known
        value, self._calls.result = self._calls.result, None
        key = "picklable_result"
        done = sent(value)
        if done.size is None:
            line = CheckLine(
                key,
                False,
                f"What it returns cannot be pickled because of {done.fault}: processes cannot send it back.",
                "Return plain values, or use threads.",
            )
            return self._with(known, line)
        took = (known.pickle_s or 0.0) + done.seconds
        known = replace(known, result_bytes=done.size, pickle_s=took)
        text = f"What it returns can be pickled: {size(done.size)}"
        costly = done.size + (known.argument_bytes or 0) > 1 << 16 and took > COSTLY * call_s
        if costly and (known.pickle_s or 0.0) - done.seconds > done.seconds:
            known = self._with(known, self._costly_inputs(known, took, call_s))
            costly = False
        if costly:
            line = CheckLine(
                key,
                False,
                f"{text}, and to send it and the inputs takes {seconds(took)} for a call of {seconds(call_s)}.",
                "Return less (a sum, a path), use threads, or shared memory.",
                float(done.size),
                "bytes",
            )
        else:
            line = CheckLine(key, True, f"{text}.", "", float(done.size), "bytes")
        return self._with(known, line)

    @staticmethod
    def _costly_inputs(known: Preflight, took: float, call_s: float) -> CheckLine:
        size_ = known.argument_bytes or 0
        return CheckLine(
            "picklable_arguments",
            False,
            f"The inputs can be pickled: {size(size_)} each, and to send them takes {seconds(took)} for a call of {seconds(call_s)}.",
            "Give less (a path, a range), use threads, or shared memory.",
            float(size_),
            "bytes",
        )

    # ---- what it leaves behind -----------------------------------------------------------------------------------
    def _state(self, known: Preflight) -> Preflight:
        names = preflight_state.reached(self._tree, self._name)
        locks = preflight_state.locks(self._module, names)
        counted = preflight_state.counted_up(self._tree, names)
        ran = known.call_s is not None
        changed = sorted({*self._later, *(name for name in counted if name in self._first or not ran)})
        if self._calls.count == 1:
            changed = sorted({*changed, *self._first})
        once = [name for name in self._first if name not in changed]
        key = "global_state"
        if changed or locks:
            parts = []
            if changed:
                parts.append(f"A call changes {self._list(changed)}")
            if locks:
                parts.append(f"{'it' if parts else 'It'} uses the {self._list(locks, locks)} of its module")
            return replace(
                self._with(
                    known,
                    CheckLine(
                        key,
                        False,
                        f"{', and '.join(parts)}: threads share that, and processes would stop sharing it.",
                        "Return the values and put them together in the main program, or use threads with a lock.",
                        float(len(changed) + len(locks)),
                    ),
                ),
                shared_state=True,
            )
        if not ran:
            return known
        if once:
            text = f"The first call sets up {self._list(once)}, later ones change nothing: each process sets it up for itself."
            return self._with(known, CheckLine(key, True, text))
        kept = preflight_state.caches(self._module, names)
        if kept:
            text = f"{self._list(kept)} keeps results: each process would keep its own."
            return self._with(known, CheckLine(key, True, text))
        return self._with(known, CheckLine(key, True, "A call changes no global of its module.", "", 0.0))

    def _list(self, names: "list[str] | dict[str, str]", kinds: Mapping[str, str] | None = None) -> str:
        told = []
        for name in list(names)[:4]:
            line = preflight_state.line_of(self._tree, name)
            kind = f"{kinds[name]} " if kinds else ""
            told.append(f"{kind}{name}" + (f" (line {line})" if line is not None else ""))
        more = len(names) - len(told)
        return ", ".join(told) + (f" and {more} more" if more > 0 else "")

    def _native(self, known: Preflight) -> Preflight:
        line, number = native_threads(self._calls, self._workers)
        return replace(self._with(known, line), native_threads=number)

    # ---- elsewhere -----------------------------------------------------------------------------------------------
    def _spawned(self, known: Preflight) -> Preflight:
        sendable = known.argument_bytes is not None and known.call_s is not None and known.call_s < 6
        args = self._inputs[0] if sendable and self._inputs else None
        child = self._child = try_spawned(self._path, self._name, args)
        fault = child.get("fault")
        problem = self._unsendable()
        if problem and not fault:
            line = CheckLine(
                "importable",
                None,
                f"{self._name} is {problem}: it cannot be pickled itself, so workers import it from its file by its name.",
                "Give its decorator functools.wraps, so that it keeps its name."
                if known.source.startswith("@")
                else f"Write it with `def {self._name.rpartition('.')[2]}` at the top of the file.",
            )
        elif fault:
            line = CheckLine(
                "importable",
                False,
                f"In a spawned process it does not work: {str(fault).rstrip('.')}.",
                "Mend it, or use threads, or the start method fork.",
            )
        else:
            text = f"It is imported in {seconds(child['import_s'])}, also in a spawned process."
            line = CheckLine("importable", True, text, "", child["import_s"], "s")
        known = self._with(known, line)
        return self._memory(known, child)

    def _unsendable(self) -> str:
        """Why the function itself cannot be pickled; empty where it can."""
        try:
            if sent(self._function).size is not None:
                return ""
        except RecursionError:
            pass
        return named(self._function) if callable(self._function) else culprit(self._function)

    def _memory(self, known: Preflight, child: Mapping[str, Any]) -> Preflight:
        if "after" not in child:
            return known
        sent_bytes = (known.argument_bytes or 0) + (known.result_bytes or 0)
        line, grown = memory(child, self._workers, sent_bytes)
        return replace(self._with(known, line), memory_bytes=grown)

    def _interpreters(self, known: Preflight) -> Preflight:
        line, fine = try_interpreter(self._path, self._name)
        known = self._with(known, line)
        return known if fine is None else replace(known, subinterpreters=fine)

    @staticmethod
    def _with(known: Preflight, line: CheckLine) -> Preflight:
        return replace(known, lines=(*(item for item in known.lines if item.id != line.id), line))
