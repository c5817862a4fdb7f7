"""What the commands on uncertain inputs write: pages kept by command, uncertainty.xlsx and uncertainty.html of all that
speak of the same plan."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jaryq.api.manifest import write_json
from jaryq.base.free import free_file, free_folder, marked_as
from jaryq.base.text import Lang, Text
from jaryq.handover.html.shown import Shown, Texts
from jaryq.handover.html.write import is_report, write_report
from jaryq.handover.shapes import Front
from jaryq.handover.uncertain.first import in_words
from jaryq.handover.uncertain.stored import as_json, from_json
from jaryq.workbook.uncertain import PURPOSE, write_uncertain

PAGES, BOOK, HTML = "uncertainty.json", "uncertainty.xlsx", "uncertainty.html"
COMMANDS = ("ensemble", "sweep", "stages", "regret", "front", "stress")
"""In the order of their pages."""

UNCERTAIN = Text("Many futures", "Много вариантов будущего")


def free_uncertain(folder: Path, own: Sequence[Path], force: bool) -> None:
    """Raises Misplaced or Fault where the files of these commands cannot, or must not, be written."""
    free_folder(folder)
    free_file(folder / BOOK, marked_as(PURPOSE), own, force)
    free_file(folder / HTML, is_report, own, force)
    free_file(folder / PAGES, _is_ours, own, force)


def write_told(folder: Path, command: str, pages: Sequence[Front], key: str, title: Text, lang: Lang) -> list[Path]:
    """Keep the pages of a command beside those of the others that speak of the same plan (``key``), and write all of
    them; where they stand. Raises NotWritten, Misplaced or Fault."""
    kept = _kept(folder, key)
    kept[command] = [as_json(page) for page in pages]
    ordered: list[Front] = []
    for name in COMMANDS:
        ordered += from_json(kept.get(name, []))
    all_pages = (in_words(ordered), *ordered)
    write_json(folder / PAGES, {"key": key, "is": "uncertainty", "pages": kept})
    book = write_uncertain(folder / BOOK, title, all_pages, lang)
    texts = Texts()
    told = texts.encoded(Shown("base", UNCERTAIN, title, UNCERTAIN, all_pages, ()))
    html = write_report(folder / HTML, [{"scenario": told, "texts": texts.all}], lang)
    return [book, html]


def _kept(folder: Path, key: str) -> dict[str, Any]:
    """The pages of earlier commands; none of another plan, or where they cannot be read."""
    try:
        read = json.loads((folder / PAGES).read_text(encoding="utf-8"))
        if not isinstance(read, Mapping) or read.get("key") != key:
            return {}
        pages = {name: value for name, value in read["pages"].items() if name in COMMANDS}
        for value in pages.values():
            from_json(value)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}
    return pages


def _is_ours(path: Path) -> bool:
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(read, Mapping) and read.get("is") == "uncertainty"
