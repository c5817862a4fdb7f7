"""Checked rows as the Case reads them: defaults filled, percent as fractions, names, families of years."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from jaryq.base.once import once
from jaryq.sheets.inputs import INPUT
from jaryq.tables.tables import Table, Tables


def rows(tables: Tables, sheet: str) -> Sequence[Mapping[str, Any]]:
    """Rows of a sheet with every declared column filled (its default where blank) and ``origin``; families as they
    stand."""
    return _filled(tables.get(sheet))


@once
def _filled(table: Table) -> list[dict[str, Any]]:
    sheet, declared = table.sheet, INPUT[table.sheet]
    filled = []
    for position, record in table.records():
        row: dict[str, Any] = {c.name: c.default for c in declared.columns if not c.family}
        for heading, value in record.items():
            if value is not None:
                row[heading] = unicodedata.normalize("NFC", value) if isinstance(value, str) else value
        row["origin"] = f"{sheet}!{table.cell(position, declared.key[0])}"
        row["cells"] = {str(heading): f"{sheet}!{table.cell(position, str(heading))}" for heading in table.columns}
        filled.append(row)
    return filled


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
