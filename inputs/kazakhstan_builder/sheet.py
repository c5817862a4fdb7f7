"""Tables of inputs/choices that have the form of a sheet: references to facts and to derived numbers are filled in.

A cell may hold ``{name}`` (a derived number), ``{key}``, ``{key|year}`` or ``{key|year|region}`` (a figure),
``{ROW!column}`` (a cell of another table of facts); alone in a cell it is the value itself, within a text it is written
out, ``{name:.1f}`` in a format, ``{name:ru}`` or ``{name:ru.1f}`` with a decimal comma. In ``source`` a part that
begins with ``@`` is the source of a figure, a row or a fact on a project (``@F113!cost``)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jaryq.sheets.inputs import INPUT
from jaryq.sheets.spec import Sheet
from kazakhstan_builder.facts import Facts, Record, both

Names = Mapping[str, float | int | str]
REFERENCE = re.compile(r"\{([^{}:]+)(?::([^{}]*))?\}")


def records(name: str, facts: Facts, names: Names) -> list[Record]:
    """Rows of the sheet ``name``."""
    sheet, rows = INPUT[name], facts.choices[name]
    return [{column: cell(sheet, column, text, facts, names) for column, text in row.items()} for row in rows]


def declared(name: str, found: list[Record]) -> list[Record]:
    """Without the columns that the sheet does not declare; nothing of a sheet that is not declared."""
    sheet = INPUT.get(name)
    return [{column: value for column, value in row.items() if sheet.column(column)} for row in found] if sheet else []


def cell(sheet: Sheet, column: str, text: str, facts: Facts, names: Names) -> object:
    if not text:
        return None
    if column == "source":
        return both(*(facts.source(part[1:]) if part.startswith("@") else part for part in text.split("; ")))
    if match := REFERENCE.fullmatch(text):
        return looked_up(match[1], facts, names)
    filled = REFERENCE.sub(lambda match: written(looked_up(match[1], facts, names), match[2] or ""), text)
    declared = sheet.column(column)
    free = declared is None or (sheet.name, column) == ("settings", "value")
    if free or declared.kind in ("number", "integer"):
        return as_number(filled)
    return filled == "yes" if declared.kind == "yes_no" else filled


def looked_up(name: str, facts: Facts, names: Names) -> float | int | str:
    if name in names:
        return names[name]
    row, _, column = name.partition("!")
    return as_number(facts.cell(row, column) if column else facts.of(row)["value"])


def as_number(text: str) -> float | int | str:
    """The number a text stands for, or the text."""
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def written(value: object, form: str) -> str:
    if not form.startswith("ru"):
        return format(value, form)
    return format(value, form[2:] or "g").replace(",", " ").replace(".", ",")
