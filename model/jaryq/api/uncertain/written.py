"""What the commands on uncertain inputs write: pages kept by command, uncertainty.xlsx and uncertainty.html of all that
speak of the same plan."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jaryq.api.manifest import write_json
from jaryq.api.uncertain.in_report import PAGES, in_order, into_report, kept_told
from jaryq.base.free import free_file, free_folder, marked_as
from jaryq.base.text import Lang, Text
from jaryq.handover.html.shown import Shown, Texts
from jaryq.handover.html.write import is_report, write_report
from jaryq.handover.shapes import Front
from jaryq.handover.uncertain.stored import as_json
from jaryq.workbook.front_book import write_fronts

BOOK, HTML = "uncertainty.xlsx", "uncertainty.html"
PURPOSE = "uncertainty"
"""What the workbook is marked as."""

UNCERTAIN = Text("Many futures", "Много вариантов будущего")


def free_uncertain(folder: Path, own: Sequence[Path], force: bool) -> None:
    """Raises Misplaced or Fault where the files of these commands cannot, or must not, be written."""
    free_folder(folder)
    free_file(folder / BOOK, marked_as(PURPOSE), own, force)
    free_file(folder / HTML, is_report, own, force)
    free_file(folder / PAGES, _is_ours, own, force)


def write_told(folder: Path, command: str, pages: Sequence[Front], key: str, title: Text, lang: Lang,
               home: Path | None = None) -> list[Path]:
    """Keep the pages of a command beside those of the others that speak of the same plan (``key``) and beside its own
    of other figures, and write all of them; where they stand. ``home``: the folder of the plan, whose report carries
    them as sections. Raises NotWritten, Misplaced or Fault."""
    kept = kept_told(folder, key)
    kept[command] = _with(kept.get(command, []), [as_json(page) for page in pages])
    all_pages = in_order(kept)
    write_json(folder / PAGES, {"key": key, "is": "uncertainty", "pages": kept})
    book = write_fronts(folder / BOOK, PURPOSE, title, UNCERTAIN, all_pages, lang)
    texts = Texts()
    told = texts.encoded(Shown("base", UNCERTAIN, title, UNCERTAIN, all_pages, ()))
    html = write_report(folder / HTML, [{"scenario": told, "texts": texts.all}], lang)
    report = into_report(home, key, all_pages) if home is not None else None
    return [book, html, *([] if report is None else [report])]


def _with(kept: Sequence[Any], pages: Sequence[Any]) -> list[Any]:
    """Pages of a command with newer ones in the places of those of the same key, else behind."""
    by_key = {page["key"]: page for page in [*kept, *pages]}
    return list(by_key.values())


def _is_ours(path: Path) -> bool:
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(read, Mapping) and read.get("is") == "uncertainty"
