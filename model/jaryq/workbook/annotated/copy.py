"""The user's own workbook with marked cells, comments and a sheet of issues; where that cannot be done, a workbook of
issues with links."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jaryq.base.issues import Issue
from jaryq.base.places import write_whole
from jaryq.base.severity import NAMES, SEVERITIES, Severity
from jaryq.base.text import Lang, Text
from jaryq.sheets.inputs import INPUT
from jaryq.workbook.annotated.book import write_book
from jaryq.workbook.annotated.comments import Cell, cell_of
from jaryq.workbook.annotated.issue_sheet import add_issue_sheet
from jaryq.workbook.annotated.marks import annotate_sheet, touched
from jaryq.workbook.annotated.parts import Parts
from jaryq.workbook.annotated.placed import placed_sheets
from jaryq.workbook.annotated.styles import add_styles
from jaryq.workbook.annotated.xml import NotDone
from jaryq.workbook.package import Unreadable

CHANGED = (".xlsx", ".xlsm", ".xltx", ".xltm")
DAMAGED = Text("it is damaged or cannot be read", "он повреждён или не читается")
PURPOSE = "annotated"
"""What the copy is marked as."""

LONGEST = 1500
"""Letters of a comment."""


@dataclass(frozen=True)
class Annotated:
    """What was written: where, how many cells are marked, and why it is a workbook of issues only (None if it is the
    user's own)."""

    path: Path
    marked: int
    why: Text | None = None


def annotate(source: Path, copy: Path, issues: Sequence[Issue], lang: Lang) -> Annotated:
    """Write ``copy``; its ending follows what is written. Raises OSError where the place cannot be written to."""
    try:
        if source.is_dir() or source.suffix.casefold() not in CHANGED:
            raise _other_kind(source)
        parts = Parts(source.read_bytes())
        marked = _annotate(parts, issues, lang)
    except (NotDone, Unreadable, zipfile.BadZipFile, OSError) as error:
        names = _names_of(source)
        path = write_whole(place_of(None, copy), lambda draft: write_book(draft, source, issues, names, lang), PURPOSE)
        return Annotated(path, 0, _why(error))
    return Annotated(write_whole(place_of(source, copy), parts.save, PURPOSE), marked)


def _other_kind(source: Path) -> NotDone:
    if source.is_dir():
        return NotDone("it is a folder", "это папка")
    if not source.suffix:
        return NotDone("its name has no ending such as .xlsx", "в его имени нет расширения, такого как .xlsx")
    return NotDone(f"a file of the kind {source.suffix}", f"файл вида {source.suffix}")


def place_of(source: Path | None, copy: Path) -> Path:
    """Where the copy stands: its ending follows what is written (None: a workbook of issues)."""
    return copy.with_suffix(".xlsx" if source is None or source.is_dir() or source.suffix.casefold() not in CHANGED
                            else source.suffix.lower())


def _why(error: Exception) -> Text:
    if isinstance(error, NotDone):
        return error.text
    return error.detail if isinstance(error, Unreadable) else DAMAGED


def _names_of(source: Path) -> dict[str, str]:
    """Sheets as links may name them: those of a folder are its files."""
    if source.is_dir():
        return {name: name for name in INPUT if (source / f"{name}.csv").exists()}
    return {name: name for name in INPUT} if source.exists() else {}


def _annotate(parts: Parts, issues: Sequence[Issue], lang: Lang) -> int:
    parts_of, names = placed_sheets(parts)
    styles = add_styles(parts)
    found: dict[str, dict[Cell, tuple[Severity, str]]] = {raw: {} for raw in names.values()}
    for issue in issues:
        cell = cell_of(f"A{issue.cell}" if issue.cell.isdigit() else issue.cell)
        raw = names.get(issue.sheet)
        if raw is not None and cell != (0, 0):
            text = f"{NAMES[issue.severity].say(lang)}: {issue.rule(lang)}. {issue.remedy(lang)}"
            before = found[raw].get(cell)
            worst = min(issue.severity, before[0], key=SEVERITIES.index) if before else issue.severity
            found[raw][cell] = (worst, (f"{before[1]}\n\n{text}" if before else text)[:LONGEST])
    marked = sum(annotate_sheet(parts, parts_of[raw], cells, styles.marks)
                 for raw, cells in found.items() if cells or touched(parts, parts_of[raw]))
    add_issue_sheet(parts, issues, names, styles, lang)
    return marked
