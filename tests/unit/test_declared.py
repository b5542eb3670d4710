"""A declaration with one wrong field is refused with words that name it; what we ship is fine."""

import json
from dataclasses import dataclass, replace
from typing import Any

import pytest

from tests.helpers.runs import catalogue_of
from workers.contract.declared import fault
from workers.contract.info import Catalogue, ModelInfo, Param, WorkloadInfo

MODEL = ModelInfo("Title", "Family", "Summary.", (Param("n", 3, "N", minimum=1),), requires=("loky", "python>=3.14"))
WORKLOAD = WorkloadInfo("Title", "Summary.", "waiting", (Param("kind", "a", "Kind", choices=("a", "b")),))


@dataclass(frozen=True)
class Larger(ModelInfo):
    more: int = 3


def param(**changes: Any) -> tuple[Param, ...]:
    return (replace(MODEL.params[0], **changes),)


def test_what_is_right() -> None:
    assert [fault(MODEL), fault(WORKLOAD)] == ["", ""]
    catalogue = catalogue_of()
    assert [fault(info) for info in (*catalogue.models.values(), *catalogue.workloads.values())] == [""] * (
        len(catalogue.models) + len(catalogue.workloads)
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": 3}, "INFO.title must be a text, not 3"),
        ({"title": ""}, "INFO.title is empty"),
        ({"summary": None}, "INFO.summary must be a text"),
        ({"summary": "two\nlines"}, "INFO.summary must be one line"),
        ({"summary": "\x1b[31mred"}, "INFO.summary must be one line"),
        ({"summary": "\ud800"}, "INFO.summary must be one line"),
        ({"summary": "x" * 5_000}, "INFO.summary must be one line"),
        ({"family": ["Threads"]}, "INFO.family must be a text"),
        ({"workers_are": "elves"}, "INFO.workers_are must be one of"),
        ({"live_workers": "yes"}, "INFO.live_workers must be one of"),
        ({"shares": 1}, "INFO.shares must be True or False"),
        ({"requires": "loky"}, "INFO.requires must be a tuple of texts"),
        ({"requires": ("python>3",)}, "INFO.requires must name modules"),
        ({"requires": (3,)}, "INFO.requires must be a tuple of texts"),
        ({"params": [Param("n", 3, "N")]}, "INFO.params must be a tuple of Param"),
        ({"params": ("n",)}, "INFO.params must be a tuple of Param"),
        ({"params": param() * 2}, "INFO.params has 'n' twice"),
        ({"params": param(name="my n")}, "Param 'my n': a name of letters"),
        ({"params": param(name=3)}, "Param 3: name must be a text"),
        ({"params": param(title="")}, "a title are needed"),
        ({"params": param(default=None)}, "default must be a number, a text, True or False, not None"),
        ({"params": param(default=0)}, "Param 'n': default must be at least 1, not 0"),
        ({"params": param(default=float("nan"))}, "Param 'n': default must be at least 1"),
        ({"params": param(minimum="1")}, "Param 'n': minimum must be a number or None"),
        ({"params": param(maximum=float("inf"))}, "Param 'n': maximum must be a number or None"),
        ({"params": param(choices=["a"])}, "Param 'n': choices must be a tuple of texts"),
        ({"params": param(choices=("a",), default="b")}, "Param 'n': default must be one of a"),
        ({"params": param(live="yes")}, "Param 'n': live must be True or False"),
    ],
)
def test_what_is_wrong_in_a_model(changes: dict[str, Any], words: str) -> None:
    found = fault(replace(MODEL, **changes))
    assert words in found
    assert found.isprintable()


def test_what_is_wrong_in_a_workload() -> None:
    assert "INFO.bound must be one of 'CPU in Python'" in fault(replace(WORKLOAD, bound="CPU"))
    assert "INFO.subinterpreters must be True or False" in fault(replace(WORKLOAD, subinterpreters=None))  # type: ignore[arg-type]


def test_a_class_made_from_it_would_not_travel() -> None:
    assert "must be a ModelInfo itself, not a Larger" in fault(Larger("Title", "Family", "Summary."))


def test_what_passes_travels() -> None:
    """The point of it all: what is found to be right comes through JSON as it was."""
    catalogue = Catalogue(catalogue_of().python, {"m": MODEL}, {"w": WORKLOAD})
    assert Catalogue.from_plain(json.loads(json.dumps(catalogue.plain()))) == catalogue
