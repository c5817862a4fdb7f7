"""Differences of two inputs in words and as JSON, and an input as plain text for version control."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from jaryq.base.issues import Issue
from jaryq.base.text import Lang, Text, with_marks, without_noise
from jaryq.report.shapes import is_number
from jaryq.sheets.describe import title
from jaryq.sheets.inputs import INPUTS
from jaryq.sheets.settings import SETTING_AT, SETTINGS
from jaryq.sheets.spec import Column, Sheet
from jaryq.tables.compared import Row, Unread, Value, joined, keyless, natural, rows_of, said
from jaryq.tables.convert_numbers import symbol
from jaryq.tables.diff import KINDS_OF_DIFFERENCE, CellDiff, Diff, Kind, Remark, RowDiff, SheetDiff, Side, Why, left_out
from jaryq.tables.tables import Tables
from jaryq.tables.typed import typed

SHOWN = 5
"""Remarks of one kind that are listed; the others are counted."""

LONGEST = 60
"""Letters of a value that are shown on a screen; JSON and the workbook hold it whole."""

KIND: Mapping[Kind, Text] = {"changed": Text("changed", "изменено"), "added": Text("added", "добавлено"),
                             "removed": Text("removed", "удалено")}
SIGN: Mapping[Kind, str] = {"changed": "~", "added": "+", "removed": "-"}
SIDE: Mapping[Side, Text] = {"old": Text("old", "прежняя"), "new": Text("new", "новая")}
WHY: Mapping[Why, Text] = {
    "no_key": Text("the row has no key; it is compared with the row of the same place among such rows",
                   "у строки нет ключа; она сравнена со строкой на том же месте среди таких строк"),
    "key_twice": Text("the key stands more than once; its rows are compared in their order",
                      "ключ повторяется; его строки сравнены по порядку"),
    "unreadable": Text("the value cannot be read; it is compared as text", "значение не читается; сравнено как текст"),
    "order": Text("the rows of this scenario stand in another order; that matters where two changes meet in one cell",
                  "строки этого сценария стоят в другом порядке; это важно, если два изменения попадают в одну ячейку"),
    "not_compared": Text("this is not read, so it is not compared; the command check says why",
                         "это не читается и не сравнено; почему, скажет команда check"),
}
BLANK = Text("blank", "пусто")
UNREAD = Text("“{text}” (unreadable)", "«{text}» (не читается)")
NOTHING = Text("No differences between {old} and {new}.", "Различий между {old} и {new} нет.")
HEAD = Text("{old} -> {new}: {count} row(s) differ on {sheets} sheet(s).",
            "{old} -> {new}: строк с различиями {count}, листов {sheets}.")
NO_KEY = Text("(row {row}, without key)", "(строка {row}, без ключа)")
MORE = Text("  +{count} more", "  ещё {count}")
ROW = Text("row {row}", "строка {row}")


def text(diff: Diff, old: str, new: str, lang: Lang = "en", *, titles: bool = False) -> list[str]:
    """The differences as lines for a screen; ``old`` and ``new`` are the names of the files. ``titles``: sheets and
    columns by their titles alone, in place of the names that changes and conditions are written with."""
    lines = [_head(diff, old, new, lang)]
    for sheet in diff.sheets:
        called = sheet.sheet.title(lang)
        lines += ["", f"{called if titles else f'{sheet.sheet.name} ({called})'}: {counted(sheet, lang)}"]
        for row in sheet.rows:
            lines += _row(sheet.sheet, row, lang, titles)
    return [*lines, *_remarks(diff.remarks, lang)]


def _head(diff: Diff, old: str, new: str, lang: Lang) -> str:
    count = sum(len(sheet.rows) for sheet in diff.sheets)
    return (HEAD.say(lang, old=old, new=new, count=count, sheets=len(diff.sheets)) if count
            else NOTHING.say(lang, old=old, new=new))


def counted(sheet: SheetDiff, lang: Lang) -> str:
    """``3 changed, 1 added``."""
    return ", ".join(f"{sheet.count(kind)} {KIND[kind].say(lang)}" for kind in KINDS_OF_DIFFERENCE if sheet.count(kind))


def name_of(row: RowDiff, lang: Lang) -> str:
    """The key of a row, or its row number where it has none."""
    return joined(row.key) or NO_KEY.say(lang, row=row.new_row or row.old_row)


def _row(sheet: Sheet, row: RowDiff, lang: Lang, titles: bool) -> Iterator[str]:
    numbers = dict.fromkeys(number for number in (row.old_row, row.new_row) if number is not None)
    place = ROW.say(lang, row=" -> ".join(map(str, numbers)))
    named = f" {title_of(row, lang)}" if title_of(row, lang) not in ("", name_of(row, lang)) else ""
    yield f"  {SIGN[row.kind]} {name_of(row, lang)}{named} ({place})"
    columns = [_called(sheet, row, cell, lang) if titles else cell.column for cell in row.cells]
    wide = max(map(len, columns), default=0)
    for cell, column in zip(row.cells, columns, strict=True):
        if row.kind == "changed":
            one, other = apart(shown(cell.old, lang), shown(cell.new, lang))
            unit = unit_of(sheet, row, cell, lang)
            first, second = ("", unit) if is_number(cell.new) else (unit, "")
            place = cell.new_cell or cell.old_cell
            yield (f"      {column:<{wide}}  {one}{first} -> "
                   f"{other}{second}{moved(cell, column_of(sheet, row, cell), lang)}  [{place}]")
        else:
            value = cell.new if row.kind == "added" else cell.old
            yield f"      {column:<{wide}}  {apart(shown(value, lang), '')[0]}{unit_of(sheet, row, cell, lang)}"


def title_of(row: RowDiff, lang: Lang) -> str:
    """The name of what the row is about."""
    return row.name_ru if lang == "ru" else row.name


def shown(value: Value, lang: Lang) -> str:
    """A value as a person reads it."""
    if value is None:
        return BLANK.say(lang)
    if isinstance(value, Unread):
        return UNREAD.say(lang, text=said(value))
    return with_marks(without_noise(said(value)), lang) if is_number(value) else said(value)


def apart(one: str, other: str) -> tuple[str, str]:
    """Two texts short enough for a screen, cut so that the place where they part is seen."""
    if max(len(one), len(other)) <= LONGEST:
        return one, other
    common = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    start = max(0, common - LONGEST // 3) if other else 0
    return _cut(one, start), _cut(other, start)


def _cut(line: str, start: int) -> str:
    if not start and len(line) <= LONGEST:
        return line
    end = start + LONGEST
    return ("…" if start else "") + line[start:end] + ("…" if len(line) > end else "")


def column_of(sheet: Sheet, row: RowDiff, cell: CellDiff) -> Column | None:
    """The declaration of a cell: of its column, or of the setting that the row is about."""
    if sheet is SETTINGS and cell.column == "value":
        return SETTING_AT.get(str(row.key[0]))
    return sheet.column(cell.column)


def _called(sheet: Sheet, row: RowDiff, cell: CellDiff, lang: Lang) -> str:
    column = column_of(sheet, row, cell)
    return cell.column if column is None else title(column, cell.column, lang)


def unit_of(sheet: Sheet, row: RowDiff, cell: CellDiff, lang: Lang) -> str:
    """The unit behind a number, where it has one that people say."""
    column = column_of(sheet, row, cell)
    if not (is_number(cell.old)
            or is_number(cell.new)) or column is None or column.unit_of is None or column.unit in ("number", "year"):
        return ""
    unit = symbol(column, cell.own)
    return f" {unit.say(lang) if isinstance(unit, Text) else unit}"


def change_of(cell: CellDiff) -> float | None:
    """New less old, where both are numbers."""
    if not is_number(cell.old) or not is_number(cell.new):
        return None
    change = float(Decimal(repr(cell.new)) - Decimal(repr(cell.old)))  # 7.5 - 7.4 is 0.1
    return change if math.isfinite(change) else None


def share_of(cell: CellDiff, column: Column | None) -> float | None:
    """The change in percent of the old number; None for years, and where there is no old number."""
    change = change_of(cell)
    if change is None or not is_number(cell.old) or not cell.old or (column is not None and column.unit == "year"):
        return None
    return 100 * change / abs(cell.old)


def moved(cell: CellDiff, column: Column | None, lang: Lang) -> str:
    """``(+3.5, +12.3 %)``."""
    change, share = change_of(cell), share_of(cell, column)
    if change is None:
        return ""
    said = f" ({change:+.6g})" if share is None else f" ({change:+.6g}, {share:+.3g} %)"
    return with_marks(said, lang)


def _remarks(remarks: Sequence[Remark], lang: Lang) -> Iterator[str]:
    """Remarks by kind and file, the first few places of each."""
    groups: dict[tuple[Why, Side], list[Remark]] = {}
    for remark in remarks:
        groups.setdefault((remark.why, remark.side), []).append(remark)
    if groups:
        yield ""
    for (why, side), group in groups.items():
        yield f"! {SIDE[side].say(lang)}: {WHY[why].say(lang)}:"
        for remark in group[:SHOWN]:
            yield f"    {place_of(remark)} {apart(remark.text, '')[0]}".rstrip()
        if len(group) > SHOWN:
            yield "  " + MORE.say(lang, count=len(group) - SHOWN)


def place_of(remark: Remark) -> str:
    return "!".join(part for part in (remark.sheet, remark.cell) if part)


# --- JSON -------------------------------------------------------------------------------------------------------------
# -
# - -
# - -
# - -

def as_json(diff: Diff, old: str, new: str) -> dict[str, Any]:
    """The differences for machines: names are stable; numbers are numbers, yes and no booleans, blanks null; an
    unreadable value is an object with its ``unreadable`` text."""
    return {
        "old": old, "new": new,
        "counts": {kind: sum(sheet.count(kind) for sheet in diff.sheets) for kind in KINDS_OF_DIFFERENCE},
        "sheets": {sheet.sheet.name: [_json_row(sheet.sheet, row) for row in sheet.rows] for sheet in diff.sheets},
        "remarks": [{"kind": r.why, "file": r.side, "sheet": r.sheet, "cell": r.cell, "text": r.text}
                    for r in diff.remarks],
    }


def _json_row(sheet: Sheet, row: RowDiff) -> dict[str, Any]:
    return {
        "change": row.kind, "key": dict(zip(sheet.key, map(_json, row.key), strict=True)), "name": row.name,
        "old_row": row.old_row, "new_row": row.new_row, "by_position": row.by_position,
        "cells": [{"column": cell.column, "old": _json(cell.old), "new": _json(cell.new), "old_cell": cell.old_cell,
                   "new_cell": cell.new_cell}
                  for cell in row.cells],
    }


def _json(value: Value) -> Any:
    if isinstance(value, Unread):
        return {"unreadable": value.text}
    return None if isinstance(value, float) and not math.isfinite(value) else value


# --- plain text -------------------------------------------------------------------------------------------------------
# -
# - -
# - -
# - -

def plain(tables: Tables, issues: Iterable[Issue] = ()) -> Iterator[str]:
    """An input as lines ``sheet | key | column = value``, sorted by key, blanks left out: the same for the same
    content, whatever the order of rows, formats and the file's name. What reading left out stands at the end, so that
    its changes are seen too."""
    known = typed(tables)[0]
    for sheet in INPUTS:
        rows = rows_of(sheet, tables.get(sheet.name), known.get(sheet.name))
        seen: Counter[str] = Counter()
        if not sheet.ordered and len({row.key for row in rows}) < len(rows):
            rows.sort(key=_content)
        for row in sorted(rows, key=_worked_order if sheet.ordered else _key_order):
            yield from _plain_row(sheet, row, seen)
    for issue in issues:
        if left_out(issue):
            yield f"# {issue.code} | {issue.sheet} | {issue.column or issue.cell} | {issue.value}"


def _key_order(row: Row) -> tuple[Any, ...]:
    return natural(row.key)


def _content(row: Row) -> list[str]:
    """Orders rows of the same key."""
    return [f"{name}={said(value)}" for name, value in row.values.items() if value is not None]


def _worked_order(row: Row) -> tuple[Any, ...]:
    return natural(row.key[:1]), row.position


def _plain_row(sheet: Sheet, row: Row, seen: Counter[str]) -> Iterator[str]:
    key = "(no key)" if keyless(sheet, row.key) else joined(row.key, "*")
    seen[key] += 1
    head = f"{sheet.name} | {key}{f' ({seen[key]})' if seen[key] > 1 else ''}"
    shown_values = [(name, value) for name, value in row.values.items() if value is not None
                    and (name not in sheet.key or key == "(no key)")]
    if not shown_values:
        yield head
    for name, value in shown_values:
        yield f"{head} | {name} {'=?' if isinstance(value, Unread) else '='} {said(value)}".rstrip()
