"""Checked rows as the Case reads them: defaults filled, percent as fractions, names, families of years."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from jaryq.base.once import once, once_beside
from jaryq.sheets.inputs import INPUT
from jaryq.tables.tables import Table, Tables

More = ParamSpec("More")
Found = TypeVar("Found")


def rows(tables: Tables, sheet: str) -> Sequence[Mapping[str, Any]]:
    """Rows of a sheet with every declared column filled (its default where blank) and ``origin``; families as they
    stand."""
    return rows_of(tables.get(sheet))


@once
def rows_of(table: Table) -> list[dict[str, Any]]:
    """The same of one sheet."""
    sheet, declared = table.sheet, INPUT[table.sheet]
    filled = []
    for position, record in table.records():
        row: dict[str, Any] = {c.name: c.default for c in declared.columns if not c.family}
        for heading, value in record.items():
            if value is not None:
                row[heading] = unicodedata.normalize("NFC", value) if isinstance(value, str) else value
        row["origin"] = f"{sheet}!{table.cell(position, declared.key[0])}"
        row["cells"] = Cells(sheet, table.columns, table.rows[position])
        filled.append(row)
    return filled


class Cells(Mapping[str, str]):
    """The cells of a row by heading (``facilities!D14``); few of them are ever asked for."""

    __slots__ = ("columns", "row", "sheet")

    def __init__(self, sheet: str, columns: Mapping[str, str], row: int) -> None:
        self.sheet, self.columns, self.row = sheet, columns, row

    def __getitem__(self, heading: str) -> str:
        return f"{self.sheet}!{self.columns[heading]}{self.row}"

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)


def once_of(*sheets: str) -> Callable[[Callable[Concatenate[Tables, More], Found]],
                                      Callable[Concatenate[Tables, More], Found]]:
    """A function of these sheets alone (it sees no other) and of what is equal beside them: scenarios that leave the
    sheets as they are share what is found. It is forgotten with the first of the sheets."""

    def decorate(function: Callable[Concatenate[Tables, More], Found]) -> Callable[Concatenate[Tables, More], Found]:
        @once_beside
        def found(first: Table, beside: tuple[tuple[Table, ...], tuple[Any, ...], dict[str, Any]]) -> Found:
            others, more, called = beside
            return function(Tables("", {table.sheet: table for table in (first, *others)}), *more, **called)

        @wraps(function)
        def ask(tables: Tables, /, *more: More.args, **called: More.kwargs) -> Found:
            first, *others = (tables.get(sheet) for sheet in sheets)
            return found(first, (tuple(others), more, called))

        return ask

    return decorate


def in_order(mapping: Mapping[str, Any]) -> dict[str, Any]:
    return {key: mapping[key] for key in sorted(mapping)}


def share(value: float | None) -> float | None:
    """Percent to a fraction."""
    return None if value is None else value / 100.0


def part(value: float) -> float:
    return value / 100.0


def whole(value: float | None) -> int | None:
    """A whole number, or None where blank."""
    return None if value is None else int(value)


def named(row: Mapping[str, Any], key: str) -> dict[str, Any]:
    name = row.get("name") or row[key]
    return {"id": row[key], "name": name, "name_ru": row.get("name_ru") or name, "origin": row["origin"]}


def keys_in(value: object) -> tuple[str, ...]:
    """Keys separated by ``;``, sorted, each once."""
    return tuple(sorted({key.strip() for key in str(value or "").split(";") if key.strip()}))


def years_of(row: Mapping[str, Any], prefix: str = "") -> dict[int, float]:
    """The values of a family of year columns that are not blank."""
    found = {}
    length = len(prefix) + 4
    for heading, value in row.items():
        if len(heading) != length or value is None or not heading.startswith(prefix):
            continue
        year = heading.removeprefix(prefix)
        if year.isdigit():
            found[int(year)] = float(value)
    return dict(sorted(found.items()))
