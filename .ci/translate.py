"""Bring the translations up to date: `uv run python .ci/translate.py`.

Collects every text of the window and of the catalogue into resources/translations/*.ts, compiles these to *.qm, and names what
has no translation yet: write it into the .ts (or use pyside6-linguist) and call this again.
"""

import subprocess
import sys
import sysconfig
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from gui.translations import (  # noqa: E402
    NAMES,
    TRANSLATIONS,
    catalogue_texts,
    compare_texts,
    findings_texts,
    sweep_texts,
)
from tests.helpers.translating import Text, for_lupdate, window_texts  # noqa: E402
from workers.client.catalogue import fetch  # noqa: E402

QUIETLY = (
    "-silent",
    "-no-obsolete",
    "-locations",
    "none",
    "-disable-heuristic",
    "similartext",
    "-source-language",
    "en",
)


def tool(name: str, *arguments: str | Path) -> None:
    """Call one of Qt's programs. Raises CalledProcessError where it fails."""
    subprocess.run([Path(sysconfig.get_path("scripts"), f"pyside6-{name}"), *map(str, arguments)], check=True)


def main() -> int:
    """Returns 1 where a text has no translation, or does not pass through one."""
    found = window_texts()
    texts = [*found.texts, *(Text("Catalogue", text) for text in catalogue_texts(fetch(None)))]
    texts += [Text("Findings", text) for text in findings_texts()]
    texts += [Text("Sweep", text) for text in sweep_texts()]
    texts += [Text("Compare", text) for text in compare_texts()]
    missing = list(found.faults)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "texts.py")
        source.write_text(for_lupdate(texts), encoding="utf-8")
        for language in NAMES:
            path = TRANSLATIONS / f"{language}.ts"
            only = ["-pluralonly"] if language == "en" else []
            tool("lupdate", *QUIETLY, *only, "-target-language", language, source, "-ts", path)
            tool("lrelease", "-silent", path, "-qm", path.with_suffix(".qm"))
            for context in ET.parse(path).getroot().iter("context"):
                for message in context.iter("message"):
                    if message.find("translation[@type]") is not None:
                        missing.append(f"{path.name}: {context.findtext('name')}: {message.findtext('source')}")
    print("\n".join(missing) or "All texts are translated.")  # noqa: T201
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
