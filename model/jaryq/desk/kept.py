"""A user's own file with some cells changed in it, or why it is better only looked at."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from jaryq.base.errors import Told
from jaryq.base.text import Text
from jaryq.desk.said import Typed
from jaryq.workbook.annotated.copy import CHANGED, DAMAGED
from jaryq.workbook.annotated.edit import edit, formulas
from jaryq.workbook.annotated.parts import Parts
from jaryq.workbook.annotated.xml import NotDone
from jaryq.workbook.package import Unreadable
from jaryq.workbook.read import Reading

Cells = Mapping[tuple[str, tuple[int, int]], Typed]
"""Values by sheet, row and column."""

ONLY_SHOWN = Text("It is only shown here, not changed: {why}.", "Здесь она только показана, менять её нельзя: {why}.")
OTHER_KIND = Text("cells are changed in workbooks of the kind .xlsx or .xlsm",
                  "ячейки меняются в книгах вида .xlsx или .xlsm")
OLDER = Text("it is of an older version, which the command migrate brings up to date",
             "она прежней версии; её обновит команда migrate")


class Unchanged(Told):
    """A file that is better not changed: ``text`` says why."""


def can_be_changed(case: Path, reading: Reading) -> tuple[Text | None, Mapping[str, frozenset[tuple[int, int]]]]:
    """Why a file is only shown (None: it can be changed), and its cells with formulas by sheet."""
    if not case.is_file() or case.suffix.casefold() not in CHANGED:
        return ONLY_SHOWN.fill(why=OTHER_KIND), {}
    if any(issue.code == "migrated" for issue in reading.issues):
        return ONLY_SHOWN.fill(why=OLDER), {}
    try:
        return None, formulas(Parts(case.read_bytes()))
    except (NotDone, Unreadable, zipfile.BadZipFile, OSError) as error:
        return ONLY_SHOWN.fill(why=_why(error)), {}


def write_changed(raw: bytes, cells: Cells, new: Mapping[str, frozenset[int]], path: Path) -> None:
    """Write a workbook (its bytes) with other values in some cells. Raises Unchanged, OSError."""
    try:
        parts = Parts(raw)
        edit(parts, cells, new)
        parts.save(path)
    except (NotDone, Unreadable, zipfile.BadZipFile) as error:
        raise Unchanged(ONLY_SHOWN.fill(why=_why(error))) from error


def _why(error: Exception) -> Text:
    if isinstance(error, NotDone):
        return error.text
    return error.detail if isinstance(error, Unreadable) and isinstance(error.detail, Text) else DAMAGED
