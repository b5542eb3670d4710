"""What a kept run is called: the name that somebody gave it, or its choice in words; and when it was."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from gui.run_names import SEPARATOR, RunNames
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError

if TYPE_CHECKING:
    from workers.recordings.recording import Recording
    from workers.recordings.shelf import Kept


def choice(names: RunNames, config: Mapping[str, Any]) -> str:
    """Model with workers, and workload."""
    try:
        return names.short(RunConfig.from_plain(dict(config)))
    except (ConfigError, TypeError):
        return f"{config['model']} × {config['workers']}{SEPARATOR}{config['workload']}"


def title(names: RunNames, head: Mapping[str, Any], config: Mapping[str, Any]) -> str:
    """Its name, or its choice."""
    return str(head["name"]) or choice(names, config)


def title_of(names: RunNames, run: "Kept | Recording") -> str:
    """The same of a kept run, open or not."""
    return title(names, run.head, run.config_plain)


def when(head: Mapping[str, Any]) -> str:
    """Today the time, else the day and the time."""
    moment = QDateTime.fromSecsSinceEpoch(int(head["ended_at"]))
    locale = QLocale()
    clock = locale.toString(moment.time(), "HH:mm:ss")
    if moment.date() == QDateTime.currentDateTime().date():
        return clock
    return f"{locale.toString(moment.date(), QLocale.FormatType.ShortFormat)} {clock[:5]}"


def partial(head: Mapping[str, Any]) -> str:
    """Why it was cut short, in a word; empty where it was not."""
    return {
        "": "",
        "stopped": QCoreApplication.translate("RunLabels", "stopped"),
        "failed": QCoreApplication.translate("RunLabels", "failed"),
        "deadlocked": QCoreApplication.translate("RunLabels", "deadlock"),
    }[str(head["partial"])]
