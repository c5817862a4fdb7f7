"""Writes the sheets that ``verify`` reads back: inputs as they were read, decisions, claims, multipliers, in full
precision."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from jaryq.base.errors import Told
from jaryq.base.flat import rows_of
from jaryq.base.text import Lang, Text
from jaryq.case.plan import Plan
from jaryq.case.sureness import columns_of
from jaryq.sheets.decisions import DECISIONS
from jaryq.sheets.inputs import INPUT
from jaryq.sheets.results_data import DATA
from jaryq.sheets.spec import Column
from jaryq.solve.solution import Solution
from jaryq.tables.tables import FIRST_DATA_ROW, Table, Tables, number_of
from jaryq.workbook.plan_place import FIRST, HEADINGS, UNITS
from jaryq.workbook.plan_proof import proof_rows
from jaryq.workbook.plan_style import ESTIMATE, Style, longest_word, print_setup, row_height
from jaryq.workbook.plan_tables import write_head

FORM = 5
"""Version of the data sheets."""

ELSEWHERE = frozenset({"plan", "multipliers", "proof", "renewed"})
"""Fields of a Solution with sheets (or a file) of their own; all others stand in x_sealed."""

DOWN_OF = "rows down of "
"""Beginning of keys of x_form, before the name of a sheet."""

LONGEST_TEXT, MOST_ROWS = 32767, 1_048_576


TOO_LONG = Text("a text of {count} letters does not fit into a cell (at most {most}): {text}...",
                "текст из {count} знаков не помещается в ячейку (не больше {most}): {text}...")
TOO_MANY = Text("the sheet {sheet} has more rows than a workbook can hold ({most})",
                "на листе {sheet} больше строк, чем вмещает книга ({most})")


class NotWritten(Told):
    """The plan cannot be written (a text too long for a cell, too many rows, no place on the disk, the file is open
    elsewhere)."""

    @classmethod
    def because(cls, path: object, reason: str) -> NotWritten:
        return cls(Text("{path} cannot be written ({reason})",
                        "{path} не записать ({reason})").fill(path=path, reason=reason))


def put(sheet: Any, row: int, column: int, value: object, form: Any = None) -> None:
    """Any value of a table; what is not finite as text; nothing for a blank."""
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value, form)
    elif (isinstance(value, int) and abs(value) <= 2**53) or (isinstance(value, float) and math.isfinite(value)):
        sheet.write_number(row, column, value, form)
    else:
        text = str(value)
        if len(text) > LONGEST_TEXT:
            raise NotWritten(TOO_LONG.fill(count=len(text), most=LONGEST_TEXT, text=text[:60]))
        sheet.write_string(row, column, text, form)


def write_input(sheet: Any, table: Table, style: Style, lang: Lang, footer: str) -> None:
    """An input sheet as it was read: canonical headings, every value in the cell it came from."""
    declared = INPUT.get(table.sheet)
    title, note = (declared.text.say(lang), declared.note.say(lang)) if declared else (table.sheet, "")
    write_head(sheet, style, title, note, lang, height=20)
    headings = list(table.placed.columns)
    places, rows = layout(table)
    values = [table.values[heading] for heading in headings]
    statuses = values[headings.index("data_status")] if "data_status" in headings else []
    tinted = {i for i, status in enumerate(statuses) if status in ("estimate", "illustrative")}
    named = [columns_of(cell) if isinstance(cell, str) else frozenset()
             for cell in values[headings.index("estimated")]] if "estimated" in headings else []
    plain, tint = style(text_wrap=True, indent=1), style(text_wrap=True, indent=1, bg_color=ESTIMATE)
    number = style(valign="top")
    widths = [_width(declared.column(heading) if declared else None, heading, values[i])
              for i, heading in enumerate(headings)]
    for i, heading in enumerate(headings):
        column = declared.column(heading) if declared else None
        if column is not None and column.unit_of is not None and places[i] > 0:
            sheet.write_string(UNITS, places[i], column.unit_of.symbol.say(lang), style.unit())
        put(sheet, HEADINGS, places[i], heading, style.head())
        marked = heading in ("name", "name_ru", "data_status")
        for position, value in enumerate(values[i]):
            estimate = position in tinted if marked else bool(named) and heading in named[position]
            look = tint if estimate else plain if isinstance(value, str) else number
            put(sheet, rows[position], places[i], value, look)
        sheet.set_column(places[i], places[i], widths[i])
    for position, row in enumerate(rows):
        sheet.set_row(row, row_height((text, widths[i]) for i, column_values in enumerate(values)
                                      if isinstance(text := column_values[position], str)))
    if rows and places:
        sheet.autofilter(HEADINGS, min(places), max(rows), max(places))
    sheet.freeze_panes(FIRST, 1)
    print_setup(sheet, footer, letters=sum(widths))


def layout(table: Table) -> tuple[list[int], list[int]]:
    """Columns and rows (from 0) of a table in the plan: those it was read from, so that every address still holds;
    rows that stood above the first data row of a plan are moved down together."""
    down = moved_down(table)
    rows = [number - 1 + down for number in table.placed.rows]
    if rows and max(rows) >= MOST_ROWS:
        raise NotWritten(TOO_MANY.fill(sheet=table.sheet, most=MOST_ROWS))
    return [number_of(letter) - 1 for letter in table.placed.columns.values()], rows


def moved_down(table: Table) -> int:
    """By how many rows a table stands lower in the plan than in the input (a CSV file has its headings in row 1)."""
    return max(0, FIRST_DATA_ROW - min(table.placed.rows, default=FIRST_DATA_ROW))


def _moved(tables: Tables) -> list[tuple[str, str]]:
    """Entries of x_form for the sheets that stand lower in the plan than in the input. What the report says of a cell
    is of the input's."""
    return [(DOWN_OF + name, str(down)) for name, table in tables.sheets.items() if (down := moved_down(table))]


def _width(column: Column | None, heading: str, values: Sequence[object]) -> float:
    """As wide as its texts, up to the declared width (40 where none is declared); they wrap from there on."""
    longest = max((len(str(value)) for value in values if value is not None), default=0) + 3
    most = max(column.width, 16) if column is not None else 40
    return float(max(min(longest, most, 80), longest_word(heading) + 2, 9))


def write_data(sheet: Any, name: str, rows: Iterable[Sequence[object]], style: Style, lang: Lang, footer: str) -> None:
    """A data sheet: canonical headings, rows as they are."""
    declared = DATA[name]
    write_head(sheet, style, declared.text.say(lang), declared.note.say(lang), lang, height=20)
    for c, column in enumerate(declared.columns):
        if c and column.unit_of is not None:
            sheet.write_string(UNITS, c, column.unit_of.symbol.say(lang), style.unit())
        sheet.write_string(HEADINGS, c, column.name, style.head())
        sheet.set_column(c, c, column.width)
    plain = style()
    for r, row in enumerate(rows):
        if FIRST + r >= MOST_ROWS:
            raise NotWritten(TOO_MANY.fill(sheet=name, most=MOST_ROWS))
        for c, value in enumerate(row):
            put(sheet, FIRST + r, c, value, plain)
    sheet.freeze_panes(FIRST, 1)
    print_setup(sheet, footer)


def data_rows(
    inputs: Tables, scenario: str, lang: Lang, solution: Solution, claims: Mapping[str, float],
) -> dict[str, list[tuple[object, ...]]]:
    """Rows of every data sheet."""
    return {
        "x_form": [("form", str(FORM)), ("case", inputs.name), ("scenario", scenario), ("language", lang),
                   ("inputs", ";".join(inputs.sheets)),
                   *_moved(inputs)],
        **_decisions(solution.plan),
        "x_claims": [(name, float(v)) for name, v in claims.items()],
        "x_sealed": [*rows_of(solution, leave=ELSEWHERE)],
        "x_multipliers": [(name, float(v)) for name, v in solution.multipliers.items()],
        **proof_rows(solution.proof),
    }


def _decisions(plan: Plan) -> dict[str, list[tuple[object, ...]]]:
    """Rows of the sheets that hold decisions: the family where a sheet has several, the parts of the index in their
    columns, the amount in the last one."""
    rows: dict[str, list[tuple[object, ...]]] = {}
    for family in DECISIONS.values():
        columns = [column.name for column in DATA[family.sheet].columns]
        found = rows.setdefault(family.sheet, [])
        for key, amount in plan.of(family.name).items():
            cells = {"what": family.name, **dict(zip(family.columns, family.parts(key), strict=True))}
            found.append((*(cells.get(column) for column in columns[:-1]), float(amount)))
    return rows
