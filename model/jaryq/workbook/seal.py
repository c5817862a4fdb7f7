"""The seal of a plan: SHA-256 over all cells of its inputs, decisions, claims, form and manifest, each as every
spreadsheet program keeps it.

Beside the seal a plan holds a digest of each sealed sheet and short ones of its rows and columns: where they cross, a
changed cell is found. A seal notices accidents. Whoever means to deceive seals again; only recomputation stops that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from jaryq.sheets.results import MANIFEST_OUT
from jaryq.sheets.results_data import DATA_SHEETS, INPUT_PREFIX, SEAL
from jaryq.workbook.noted import Cell, Place
from jaryq.workbook.plan_place import FIRST

Cells = Mapping[str, Mapping[Place, Cell]]
"""Cells of a workbook by sheet and place."""

SHORT, BLOCK = 8, 2_000
"""Letters of a short digest (a change goes unnoticed once in four thousand million), and how many of them stand in one
cell of the sheet."""

WHOLE, BY_SHEET, ROWS, COLUMNS = "seal", "sheet", "rows", "columns"


Row = tuple[str, str, int, str]
"""A row of the sheet of the seal: what (seal, sheet, rows, columns), sheet, number of the first row or column,
digests."""


@dataclass(frozen=True)
class Broken:
    """Where a sealed sheet is not as it was: row and column from 0 (None: the sheet is missing or new). ``sure``: this
    very cell; else one of several where changed rows and columns cross."""

    sheet: str
    place: Place | None = None
    sure: bool = True


def sealed(sheets: Iterable[str]) -> list[str]:
    """Of these sheets those that are sealed: inputs, data, manifest; the seal itself is not."""
    data = {sheet.name for sheet in DATA_SHEETS} - {SEAL.name} | {MANIFEST_OUT.name}
    return sorted(name for name in sheets if name in data or name.startswith(INPUT_PREFIX))


def seal_of(cells: Cells) -> str:
    """The seal: 64 hexadecimal digits."""
    return _of_all({name: _whole(_said(cells[name])) for name in sealed(cells)})


def _of_all(whole: Mapping[str, str]) -> str:
    """The seal of sheets with the digest of each, in order."""
    return hashlib.sha256("".join(f"{name}\0{digest}\n" for name, digest in whole.items()).encode()).hexdigest()


def seal_rows(cells: Cells) -> list[Row]:
    """Rows of the sheet of the seal."""
    said = {name: _said(cells[name]) for name in sealed(cells)}
    whole = {name: _whole(mine) for name, mine in said.items()}
    rows: list[Row] = [(WHOLE, "", 0, _of_all(whole))]
    for name, mine in said.items():
        rows.append((BY_SHEET, name, 0, whole[name]))
        for what, side in ((ROWS, 0), (COLUMNS, 1)):
            digests = _short(mine, side)
            count = max(digests, default=-1) + 1
            for first in range(0, count, BLOCK):
                rows.append((what, name, first + 1,
                             "".join(digests.get(i, "-" * SHORT) for i in range(first, min(first + BLOCK, count)))))
    return rows


def stated_seal(grids: Mapping[str, Sequence[Sequence[object]]]) -> str:
    """The seal that a plan states, from the values of its sheets; blank where it states none."""
    return next((str(row[3]) for row in grids.get(SEAL.name, [])[FIRST:] if row[:2] == [WHOLE, ""] and len(row) > 3),
                "")


def told_seal(cells: Cells) -> list[Row]:
    """Rows of the seal as a file holds them; what is no such row is left out (it is a changed cell, and found as
    one)."""
    lines: dict[int, dict[int, object]] = {}
    for (row, column), cell in cells.get(SEAL.name, {}).items():
        lines.setdefault(row, {})[column] = cell.value
    rows: list[Row] = []
    for row, line in sorted(lines.items()):
        first = line.get(2)
        if row >= FIRST and isinstance(first, float) and first.is_integer():
            rows.append((str(line.get(0, "")), str(line.get(1, "")), int(first), str(line.get(3, ""))))
    return rows


def broken(cells: Cells, rows: Sequence[Row]) -> Iterator[Broken]:
    """Where sealed sheets differ from what the rows of the seal tell. Nothing where a row of the seal alone was
    changed: that row differs itself."""
    if (WHOLE, "", 0, seal_of(cells)) in rows:
        return
    told: dict[str, dict[str, dict[int, str]]] = {}
    for what, name, first, digests in rows:
        if what in (ROWS, COLUMNS):
            told.setdefault(name, {}).setdefault(what, {}).update(_unpacked(first - 1, digests))
        elif what == BY_SHEET:
            told.setdefault(name, {})
    there = sealed(cells)
    yield from (Broken(name)
                for name in [*sorted(told.keys() - set(there)), *(name for name in there if name not in told)])
    for name in there:
        if name in told:
            rows_, columns = (_changed(told[name].get(what, {}), _short(_said(cells[name]), side))
                              for what, side in ((ROWS, 0), (COLUMNS, 1)))
            yield from (Broken(name, (r, c), sure=min(len(rows_), len(columns)) == 1) for r in rows_ for c in columns)


def _said(cells: Mapping[Place, Cell]) -> Sequence[tuple[Place, str]]:
    """What the cells of a sheet say, row by row."""
    return [(place, cells[place].said) for place in sorted(cells)]


def _whole(cells: Sequence[tuple[Place, str]]) -> str:
    return _digest(f"{row},{column}={said}" for (row, column), said in cells)


def _short(cells: Sequence[tuple[Place, str]], side: int) -> dict[int, str]:
    """Short digests of rows (side 0) or columns (side 1)."""
    lines: dict[int, list[str]] = {}
    for place, said in cells:
        lines.setdefault(place[side], []).append(f"{place[1 - side]}={said}")
    return {i: _digest(line)[:SHORT] for i, line in lines.items()}


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _unpacked(first: int, digests: str) -> dict[int, str]:
    parts = [digests[i: i + SHORT] for i in range(0, len(digests), SHORT)]
    return {first + i: part for i, part in enumerate(parts) if part.strip("-")}


def _changed(told: Mapping[int, str], now: Mapping[int, str]) -> list[int]:
    return [i for i in sorted({*told, *now}) if told.get(i) != now.get(i)]
