"""Whatever stands in a lesson's file: it becomes a lesson, or a sentence with the file and a line of it."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from workers.lessons.library import SHIPPED
from workers.lessons.model import Lesson, LessonError
from workers.lessons.parse import lesson, take_apart, translated
from workers.lessons.proof import parse_condition

TEXTS = [path.read_text(encoding="utf-8") for path in sorted(Path(SHIPPED).glob("*.md"))[:8]]
VALUES = st.recursive(
    st.sampled_from(["1", "-1", "true", '""', '"x"', "1.5", "nan", "2020-01-01", "[]", "{}"]),
    lambda inner: st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
    max_leaves=4,
)


def attempt(text: str) -> None:
    """Read it both ways; only LessonError may come, and its line is one of the file."""
    base = take_apart("base.md", TEXTS[0])
    for read in (
        lambda: lesson("key", "en", take_apart("key.md", text)),
        lambda: lesson("key", "zh_CN", translated(base, take_apart("key.md", text))),
    ):
        try:
            assert isinstance(read(), Lesson)
        except LessonError as error:
            assert error.file == "key.md"
            assert 1 <= error.line <= max(1, len(text.splitlines()) + 1)
            assert str(error).endswith((".", "?"))


@given(st.text())
def test_any_text(text: str) -> None:
    attempt(text)


@given(st.text())
def test_any_front_matter(text: str) -> None:
    attempt(f"+++\n{text}\n+++\n# before\nx\n# after\ny\n")


@given(st.sampled_from(TEXTS), st.integers(0, 60), VALUES)
def test_any_value_in_any_field(text: str, number: int, value: str) -> None:
    lines = text.splitlines()
    line = lines[number % len(lines)]
    name, sign, _ = line.rpartition(" = ")
    lines[number % len(lines)] = f"{name} = {value}" if sign else value
    attempt("\n".join(lines))


@given(st.sampled_from(TEXTS), st.integers(0, 5_000), st.integers(0, 200), st.text(max_size=3))
def test_any_piece_replaced(text: str, at: int, length: int, other: str) -> None:
    at %= len(text)
    attempt(text[:at] + other + text[at + length :])


@given(st.one_of(st.text(), st.from_regex(r"\w+ ?(==|<) ?.{0,10}", fullmatch=True)))
def test_any_condition(text: str) -> None:
    try:
        parse_condition(text, "x")
    except ValueError as error:
        assert str(error)
