"""The tables of a report for other programs: a folder of CSV and Parquet files with the descriptor of a Frictionless
Data Package, facilities and regions as points, and the linear program."""

from __future__ import annotations

import contextlib
import csv
import io
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from jaryq.base.marked_folder import digest, free_marked, stated, write_marked
from jaryq.base.runs import still
from jaryq.base.text import Lang, Text
from jaryq.case.case import Case
from jaryq.handover.tables_fields import Field, fields
from jaryq.handover.tables_package import CASE, DESCRIPTOR, Described, descriptor
from jaryq.handover.tables_parquet import parquet
from jaryq.handover.tables_points import facilities, regions
from jaryq.report.report import Report
from jaryq.report.shapes import Out
from jaryq.sheets.results import RESULT

MARK = ".tables.json"
"""States the hashes of what was written, so that the folder is known again."""

LAYER = "stretches.geojson"
"""The stretches of a register as a layer of a map."""

POINTS = {"facilities.geojson": facilities, "regions.geojson": regions}
PROGRAM = "program.mps"
STALE = "datapackage.stale.json"


def ours(name: str) -> bool:
    """Whether a file of this name may be written into a folder of tables."""
    stem, _, ending = name.rpartition(".")
    return name in (DESCRIPTOR, PROGRAM, LAYER, *POINTS) or (ending in ("csv", "parquet") and stem in RESULT)


def free_tables(folder: Path, own: Iterable[Path] = (), force: bool = False) -> None:
    """Raises Misplaced or Fault where the folder cannot be written, is read by the command, or holds files of these
    names that were not written here or were changed since."""
    free_marked(folder, MARK, ours, own, force)


def write_tables(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files, whole or not at all; tables of an earlier plan that this one has not go. Raises Misplaced or
    Fault."""
    write_marked(folder, files, MARK, [STALE, *(name for name in stated(folder, MARK) if ours(name))])


def mark_stale(folder: Path) -> None:
    """Rename the descriptor of an earlier plan's tables, so that no program takes them for those of the present
    input."""
    told = stated(folder, MARK).get(DESCRIPTOR)
    with contextlib.suppress(OSError):  # it is open in another program, or nothing is there
        if told == digest((folder / DESCRIPTOR).read_bytes()):
            os.replace(folder / DESCRIPTOR, folder / STALE)


def files_of(case: Case, report: Report, program: bytes, about: Mapping[str, Any], lang: Lang,
             layer: bytes | None = None) -> dict[str, bytes]:
    """All files of the folder by name, datapackage.json last. ``program``: the linear program as MPS; ``about``: see
    ``descriptor``; ``layer``: the stretches of a register. Texts of cells are in ``lang``; names of files and columns
    are the same in every language."""
    others = {**{name: points(case, report, lang) for name, points in POINTS.items()}, PROGRAM: program,
              **({} if layer is None else {LAYER: layer})}
    said = CASE.fill(case=report.title, scenario=about["scenario"])
    return described_files(list(report.tables.values()), others, about, said, lang)


def described_files(outs: Sequence[Out], others: Mapping[str, bytes], about: Mapping[str, Any], said: Text,
                    lang: Lang) -> dict[str, bytes]:
    """Tables as CSV and Parquet, other files, and the descriptor of all, last."""
    tables = [Described(table.declared, fields(table, lang)) for table in outs]
    files: dict[str, bytes] = {}
    for table in tables:
        files[f"{table.sheet.name}.csv"] = comma_separated(table.fields)
        files[f"{table.sheet.name}.parquet"] = parquet(table.fields)
    files |= others
    return {**files, DESCRIPTOR: descriptor(tables, files, about, said, lang)}


def comma_separated(columns: tuple[Field, ...]) -> bytes:
    """A table as CSV (RFC 4180, UTF-8 without a mark). Numbers are the shortest that read back as the same; a text that
    a spreadsheet program would run as a formula has an apostrophe before it, which Parquet has not."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([column.name for column in columns])
    told = [[_told(value, word) for value, word in zip(column.values, column.words, strict=True)] for column in columns]
    writer.writerows(zip(*told, strict=True))
    return buffer.getvalue().encode("utf-8", "replace")


def _told(value: str | float | bool | None, word: str | None) -> str:
    if isinstance(value, str):
        return still(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return (word or "") if value is None else repr(value)
