"""Which language is wanted, by what the environment says: as gettext asks it."""

from collections.abc import Callable, Iterable, Iterator, Mapping

DEFAULT = "en"
_TRADITIONAL = {"tw", "hk", "mo", "hant"}


def language_asked(environ: Mapping[str, str], otherwise: Callable[[], Iterable[str]] = tuple) -> str:
    """Our language for it, en or zh_CN. `otherwise` gives the locales to ask where the environment names none, by rank."""
    return next(filter(None, map(_known, _asked(environ, otherwise))), DEFAULT)


def _asked(environ: Mapping[str, str], otherwise: Callable[[], Iterable[str]]) -> Iterator[str]:
    """What is asked for, the most wanted first."""
    yield from environ.get("LANGUAGE", "").split(":")
    names = [environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)]
    yield from names[:1] or otherwise()


def _known(name: str) -> str:
    """Which of our languages a locale's name means; empty for none."""
    first, *more = name.partition(".")[0].partition("@")[0].replace("-", "_").casefold().split("_")
    if first in ("en", "c", "posix"):
        return "en"
    return "zh_CN" if first == "zh" and not _TRADITIONAL & set(more) else ""
