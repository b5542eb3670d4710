"""Checks what a file declares of itself: it may be anybody's, and one wrong field must not spoil the catalogue for the rest."""

import math
import re
from dataclasses import fields

from workers.contract.info import ModelInfo, Param, WorkloadInfo

BOUNDS = ("CPU in Python", "CPU in C", "waiting", "memory", "coordination", "your own")
WORKERS_ARE = ("none", "threads", "processes", "interpreters", "coroutines")
LIVE_WORKERS = ("", "free", "pool")
TEXT_LIMIT = 1_000
"""Characters; these are titles and sentences."""
_NEED = re.compile(r"python>=\d+(\.\d+)*|[A-Za-z_][\w.]*")
_MODEL = ModelInfo("", "", "")
_WORKLOAD = WorkloadInfo("", "", "")
_PARAM = Param("", 0, "")


def fault(info: ModelInfo | WorkloadInfo) -> str:
    """What is wrong with a declaration, in words; empty where nothing is."""
    model = isinstance(info, ModelInfo)
    # Not a class made from it: more fields would not travel as JSON.
    if type(info) not in (ModelInfo, WorkloadInfo):
        return f"INFO must be a {'ModelInfo' if model else 'WorkloadInfo'} itself, not a {type(info).__name__}"
    found = _types(info, _MODEL if model else _WORKLOAD, "INFO.", ("params",))
    if found:
        return found
    if not info.title or not info.summary:
        return f"INFO.{'summary' if info.title else 'title'} is empty"
    if isinstance(info, ModelInfo):
        found = (
            _one_of("INFO.workers_are", info.workers_are, WORKERS_ARE)
            or _one_of("INFO.live_workers", info.live_workers, LIVE_WORKERS)
            or next((_need(need) for need in info.requires if not _NEED.fullmatch(need)), "")
        )
    else:
        found = _one_of("INFO.bound", info.bound, BOUNDS)
    return found or _params(info.params)


def _types(value: object, sample: object, prefix: str, left_out: tuple[str, ...]) -> str:
    """Every field has the type of the sample's; texts are one line that can be printed."""
    for field in fields(sample):  # type: ignore[arg-type]
        if field.name in left_out:
            continue
        item, kind = getattr(value, field.name), type(getattr(sample, field.name))
        words = {str: "a text", bool: "True or False", tuple: "a tuple of texts"}.get(kind, kind.__name__)
        if type(item) is not kind or (kind is tuple and not all(type(part) is str for part in item)):
            return f"{prefix}{field.name} must be {words}, not {item!r:.100}"
        for text in item if kind is tuple else (item,):
            if isinstance(text, str) and (len(text) > TEXT_LIMIT or not text.isprintable()):
                return f"{prefix}{field.name} must be one line of at most {TEXT_LIMIT:,} characters that can be printed"
    return ""


def _params(params: object) -> str:
    if type(params) is not tuple or not all(type(param) is Param for param in params):
        return f"INFO.params must be a tuple of Param, not {params!r:.100}"
    seen = set()
    for param in params:
        found = _param(param)
        if found:
            return found
        if param.name in seen:
            return f"INFO.params has {param.name!r} twice"
        seen.add(param.name)
    return ""


def _param(param: Param) -> str:
    prefix = f"Param {param.name!r:.100}: "
    found = _types(param, _PARAM, prefix, ("default", "minimum", "maximum"))
    if found:
        return found
    if not param.name.isidentifier() or not param.title:
        return f"{prefix}a name of letters, digits and underscores and a title are needed"
    if type(param.default) not in (bool, int, float, str):
        return f"{prefix}default must be a number, a text, True or False, not {param.default!r:.100}"
    for name in ("minimum", "maximum"):
        bound = getattr(param, name)
        if bound is not None and (type(bound) not in (int, float) or not math.isfinite(bound)):
            return f"{prefix}{name} must be a number or None, not {bound!r:.100}"
    try:
        param.check(param.default)
    except ValueError as error:
        return f"{prefix}default {error}"
    return ""


def _one_of(name: str, value: str, known: tuple[str, ...]) -> str:
    if value in known:
        return ""
    return f"{name} must be one of {', '.join(repr(item) for item in known)}, not {value!r:.100}"


def _need(need: str) -> str:
    return f'INFO.requires must name modules or such as "python>=3.14", not {need!r:.100}'
