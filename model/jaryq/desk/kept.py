"""A user's own file with some cells changed in it, or why it is better only looked at."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

from jaryq.base.errors import Told
from jaryq.base.text import Text
from jaryq.desk.said import Typed
from jaryq.tables.tables import Table, Tables, number_of
from jaryq.workbook.annotated.comments import Cell
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


def those_read(sheet: str, cells: frozenset[Cell], tables: Tables) -> frozenset[Cell]:
    """Those of some cells that are read, not notes beside the table."""
    table = tables.get(sheet)
    columns = {number_of(letter) for letter in table.columns.values()}
    return frozenset(cell for cell in cells if cell[0] in table.rows and cell[1] in columns)


def protected(path: Path) -> bool:
    """Whether a file is marked as not to be written: a new one must not take its place unasked."""
    try:
        return not path.stat().st_mode & 0o222
    except OSError:
        return False


def open_elsewhere(path: Path) -> bool:
    """Whether a spreadsheet program says, by its lock file, that it has the file open."""
    return any(os.path.lexists(path.with_name(name)) for name in (f"~${path.name}", f".~lock.{path.name}#"))


def filled(table: Table) -> Table:
    """The table without the rows in which nothing stands."""
    kept = [place for place, cells in enumerate(zip(*table.values.values(), strict=True))
            if any(cell is not None for cell in cells)]
    return table if len(kept) == len(table) else table.at(kept)


def to_disk(path: Path) -> None:
    """Before a file takes its place its bytes are on the disk: a machine that stops then has the old or the new one."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _why(error: Exception) -> Text:
    if isinstance(error, NotDone):
        return error.text
    return error.detail if isinstance(error, Unreadable) and isinstance(error.detail, Text) else DAMAGED
