"""Holds decoded JSON against one of the schemas in `resources/schema`: the part of JSON Schema that those use, without a library."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

SCHEMAS = Path(__file__).parents[2] / "resources" / "schema"
_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "null": (type(None),),
    "integer": (int,),
    "number": (int, float),
}
_KNOWN = {
    "$schema", "$id", "$defs", "$ref", "title", "description", "type", "additionalProperties", "required", "properties",
    "patternProperties", "items", "const", "enum", "minimum", "exclusiveMinimum", "maximum", "minItems", "maxItems", "maxLength",
    "pattern", "examples",
}  # fmt: skip


@cache
def load(name: str) -> dict[str, Any]:
    """The schema of that name, such as "run.v1". Raises ValueError where it uses more than is understood here."""
    schema = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    strange = sorted({word for part in _parts(schema) for word in part} - _KNOWN)
    if strange:
        raise ValueError(f"{name} uses {strange[0]!r}, which nobody would check")
    return dict(schema)


def fault(value: Any, name: str) -> str:
    """What is wrong with `value`, in words that follow "its summary:"; empty where it is as the schema `name` says."""
    schema = load(name)
    return next(_faults(value, schema, schema, "it"), "")


def _parts(schema: Any) -> Iterator[dict[str, Any]]:
    """All schemas within a schema."""
    if not isinstance(schema, dict):
        return
    yield schema
    for word in ("properties", "patternProperties", "$defs"):
        for part in schema.get(word, {}).values():
            yield from _parts(part)
    for word in ("items", "additionalProperties"):
        yield from _parts(schema.get(word))


def _faults(value: Any, schema: dict[str, Any], root: dict[str, Any], where: str) -> Iterator[str]:
    if "$ref" in schema:
        yield from _faults(value, root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root, where)
    kinds = schema.get("type")
    if kinds is not None and not any(_is(value, kind) for kind in ([kinds] if isinstance(kinds, str) else kinds)):
        yield f"{where} is no {kinds if isinstance(kinds, str) else ' or '.join(kinds)}"
        return
    if "const" in schema and value != schema["const"]:
        yield f"{where} is not {schema['const']!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{where} is none of those known"
    if isinstance(value, int | float) and not isinstance(value, bool):
        if value < schema.get("minimum", value) or value > schema.get("maximum", value):
            yield f"{where} is out of range"
        if "exclusiveMinimum" in schema and value <= schema["exclusiveMinimum"]:
            yield f"{where} is out of range"
    if isinstance(value, str) and len(value) > schema.get("maxLength", len(value)):
        yield f"{where} is too long"
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        yield f"{where} is not written as it should be"
    if isinstance(value, list):
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            yield f"{where} has {len(value)} entries"
        if "items" in schema:
            for place, item in enumerate(value):
                yield from _faults(item, schema["items"], root, f"{where}[{place}]")
    if isinstance(value, dict):
        yield from _table_faults(value, schema, root, where)


def _table_faults(value: dict[str, Any], schema: dict[str, Any], root: dict[str, Any], where: str) -> Iterator[str]:
    yield from (f"{where} has no {name!r}" for name in schema.get("required", ()) if name not in value)
    own, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
    more = schema.get("additionalProperties", True)
    for name, item in value.items():
        inside = f"{where}.{name[:40]}" if where != "it" else name[:40]
        fitting = [part for pattern, part in patterns.items() if re.search(pattern, name)]
        if name in own:
            fitting.append(own[name])
        if not fitting and more is False:
            yield f"{where} has an unknown entry {name[:40]!r}"
        elif not fitting and isinstance(more, dict):
            fitting.append(more)
        for part in fitting:
            yield from _faults(item, part, root, inside)


def _is(value: Any, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    return isinstance(value, _TYPES[kind])
