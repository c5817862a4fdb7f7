"""The columns of an output table as columns of data: a stable name, a type, a unit, titles, and values without form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jaryq.base.text import Lang, Text
from jaryq.report.shapes import Out, Value
from jaryq.sheets.spec import Column

Kind = Literal["string", "number", "integer", "boolean"]
Plain = str | float | int | bool | None
TYPES: dict[str, Kind] = {"text": "string", "number": "number", "integer": "integer", "yes_no": "boolean"}


@dataclass(frozen=True)
class Field:
    """One column. ``values``: numbers as they are, texts in the language of the file, None where the cell is blank or
    holds a word in place of a number; ``words`` has that word by row."""

    name: str
    kind: Kind
    title: Text
    note: Text
    unit: str
    symbol: Text | None
    values: tuple[Plain, ...]
    words: tuple[str | None, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Words that stand in place of a number, in the order of the rows."""
        return tuple(dict.fromkeys(word for word in self.words if word is not None))


def fields(table: Out, lang: Lang) -> tuple[Field, ...]:
    """The columns of a table in their order."""
    return tuple(_field(table, heading, lang) for heading in table.headings)


def _field(table: Out, heading: str, lang: Lang) -> Field:
    column = table.declared.column(heading)
    assert column is not None  # Out has checked its headings
    kind = TYPES[column.kind]
    cells = [row.get(heading) for row in table.rows]
    unit = column.unit_of
    return Field(heading, kind, titled(column, heading), column.note, column.unit, unit.symbol if unit else None,
                 tuple(_value(cell, kind, lang) for cell in cells), tuple(_word(cell, kind, lang) for cell in cells))


def titled(column: Column, heading: str) -> Text:
    """``Cost in 2027`` for a member of a family."""
    if not column.family:
        return column.text
    member = heading[len(column.name):]
    return Text(f"{column.text.en} {member}", f"{column.text.ru} {member}")


def _value(cell: Value, kind: Kind, lang: Lang) -> Plain:
    if cell is None:
        return None
    if kind == "string":
        return cell.say(lang) if isinstance(cell, Text) else str(cell)
    if isinstance(cell, (Text, str)):
        return None
    if kind == "integer":
        return int(cell)
    return bool(cell) if kind == "boolean" else float(cell)


def _word(cell: Value, kind: Kind, lang: Lang) -> str | None:
    if kind == "string" or not isinstance(cell, (Text, str)):
        return None
    return cell.say(lang) if isinstance(cell, Text) else cell
