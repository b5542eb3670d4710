"""Which language the window speaks, and how what workers say in English is put into it.

Translations stand in `resources/translations`: the texts as LANGUAGE.ts, compiled as LANGUAGE.qm. English has a file for its plurals alone.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QGuiApplication

from gui.own_sentences import OWN_SENTENCES
from gui.sentences import SENTENCES
from workers.contract.info import Catalogue, Param
from workers.lessons.language import language_asked

LANGUAGES = ("system", "en", "zh_CN")
"""What can be chosen."""
NAMES = {"en": "English", "zh_CN": "\u7b80\u4f53\u4e2d\u6587"}
"""Each language as it calls itself: whoever looks for it may read no other."""
TRANSLATIONS = Path(__file__).parents[1] / "resources" / "translations"
LONGEST = 1_000
"""Characters of a sentence that is looked at: third parties may say anything."""
_OURS, _FONT = "threadmillTranslator", "threadmillFont"
_FAMILIES = {"zh_CN": ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Micro Hei")}
"""Tried after the usual font. Without, a system that is not set to this language may draw the shapes that another one has."""


def language_wanted(setting: str, environ: Mapping[str, str]) -> str:
    """The language to speak: "en" or "zh_CN". `setting` is one of LANGUAGES; "system" asks the environment as gettext does, then Qt."""
    if setting in NAMES:
        return setting
    # Where the environment says nothing, the desktop's settings may.
    return language_asked(environ, QLocale.system().uiLanguages)


def install(application: QCoreApplication, language: str) -> str:
    """Let `application` speak `language` ("en" or "zh_CN") wherever a text is asked for from now on; call it before the first widget.

    Returns the language in force: "en" where the translation cannot be read.
    """
    uninstall(application)
    loaded = _load(application, TRANSLATIONS / f"{language}.qm")
    if language == "en":
        return language
    if not loaded:
        return install(application, "en")
    if isinstance(application, QGuiApplication):
        font = application.font()
        application.setProperty(_FONT, QFont(font))
        # By its real name: another that only stands for it is passed over in a list.
        font.setFamilies([QFontInfo(font).family(), *filter(QFontDatabase.hasFamily, _FAMILIES[language])])
        application.setFont(font)
    # Qt's own buttons and menus; without that file they stay English, and ours do not.
    _load(application, Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)) / f"qtbase_{language}.qm")
    return language


def uninstall(application: QCoreApplication) -> None:
    """Take away what `install` gave."""
    for translator in application.findChildren(QTranslator, _OURS):
        application.removeTranslator(translator)
        translator.setParent(None)
        translator.deleteLater()
    font = application.property(_FONT)
    if isinstance(application, QGuiApplication) and font is not None:
        application.setFont(font)
        application.setProperty(_FONT, None)
    sentence.cache_clear()


def _load(application: QCoreApplication, path: Path) -> bool:
    translator = QTranslator(application)
    translator.setObjectName(_OURS)
    return translator.load(str(path)) and application.installTranslator(translator)


def told(text: str) -> str:
    """What a model or workload says of itself, in the language in force. What others brought along stays as it is."""
    return QCoreApplication.translate("Catalogue", text) if text else ""


def compared(text: str) -> str:
    """One of the texts of `workers.recordings.words` in the language in force."""
    return QCoreApplication.translate("Compare", text)


@lru_cache(maxsize=2048)
def sentence(text: str) -> str:
    """A sentence of a worker in the language in force, where it is one of SENTENCES; else as it is."""
    for template, pattern in _patterns() if len(text) <= LONGEST else ():
        found = pattern.fullmatch(text)
        if found:
            between = QCoreApplication.translate("Sentence", "; ")
            parts = (between.join(sentence(told(part)) for part in group.split("; ")) for group in found.groups())
            return QCoreApplication.translate("Sentence", template).format(*parts)
    return text


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (template, re.compile(re.sub(r"\\{\d\\}", "(.+)", re.escape(template))))
        for template in (*SENTENCES, *OWN_SENTENCES)
    )


def catalogue_texts(catalogue: Catalogue) -> list[str]:
    """All that models and workloads say of themselves and `told` is asked for, once each."""
    found: dict[str, None] = {}
    for model in catalogue.models.values():
        found |= dict.fromkeys((model.family, model.title, model.summary, *_of(model.params)))
    for workload in catalogue.workloads.values():
        found |= dict.fromkeys((workload.bound, workload.title, workload.summary, *_of(workload.params)))
    return [text for text in found if text]


def findings_texts() -> list[str]:
    """The templates of all findings, and the numbers that are spelt in them."""
    from workers.insight.findings_words import WORDS, spelt

    found: dict[str, None] = {}
    for words in WORDS.values():
        found |= dict.fromkeys((words.title, words.text, words.next, words.wrong_if))
    # Beyond a dozen they are digits.
    return [*found, *(spelt(number) for number in range(13))]


def sweep_texts() -> list[str]:
    """The templates of what a recommendation says."""
    from workers.sweep.words import WORDS

    return list(dict.fromkeys(WORDS.values()))


def compare_texts() -> list[str]:
    """All that `compared` is asked for, once each."""
    from workers.recordings.words import texts

    return list(dict.fromkeys(texts()))


def _of(params: Iterable[Param]) -> Iterator[str]:
    for param in params:
        yield from (param.title, param.summary, *param.choices)
