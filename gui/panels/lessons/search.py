"""Whether a lesson is what somebody looks for."""

import re

from workers.lessons.model import Lesson

_POINT = re.compile(r"t\d{1,3}")


def is_point(text: str) -> bool:
    """Whether it is a point of the tutorial, such as T9."""
    return _POINT.fullmatch(text.casefold()) is not None


def rank(lesson: Lesson, text: str) -> int:
    """How near a lesson that has all the words of `text` is to what is meant: 0 is nearest.

    Words of the title go before others, and whole words before parts of them: "IO" is "IO or CPU?" before "FIFO".
    """
    words = [word for word in text.casefold().split() if not is_point(word)]
    name, content = lesson.title.casefold(), _content(lesson, "")
    if all(_whole(word, name) for word in words):
        return 0
    if all(re.search(rf"\b{re.escape(word)}", name) for word in words):
        return 1
    if all(word in name for word in words):
        return 2
    return 3 if all(_whole(word, content) for word in words) else 4


def _whole(word: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


def matches(lesson: Lesson, chapter: str, text: str) -> bool:
    """Whether the lesson has all the words of `text`. "T1" means that point and not also T10; no words match every lesson."""
    words = text.casefold().split()
    content = _content(lesson, chapter)
    return all(lesson.point.casefold() == word if is_point(word) else word in content for word in words)


def _content(lesson: Lesson, chapter: str) -> str:
    return "\n".join(
        (
            lesson.key,
            lesson.title,
            chapter,
            lesson.before,
            lesson.after,
            lesson.look_text,
            lesson.question.text,
            *(answer.text for answer in lesson.question.answers),
            *(answer.hint for answer in lesson.question.answers),
            *(setup.title for setup in lesson.setups),
        )
    ).casefold()
