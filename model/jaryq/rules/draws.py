"""Whether every draw of the uncertain inputs makes an input that can be planned with: the least values of all rows
together, and the greatest, are checked as the changes of a scenario are (docs/numbers.md, Uncertain inputs)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from jaryq.base.issues import Issue, stops
from jaryq.base.text import LANGS, Text
from jaryq.case.fill import rows
from jaryq.case.uncertain import SHEET, Uncertain, uncertain
from jaryq.rules.run import structure
from jaryq.rules.uncertain import WITHOUT_GAPS
from jaryq.sheets.inputs import INPUT
from jaryq.sheets.settings import SETTING_AT, SETTINGS
from jaryq.sheets.spec import Column
from jaryq.tables.change import Change
from jaryq.tables.scenarios import Changed, apply, blamed
from jaryq.tables.tables import Tables
from jaryq.tables.typed import typed
from jaryq.tables.values import show

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DIGITS = "0123456789"


def sound_rows(tables: Tables, found: Sequence[Issue] = ()) -> tuple[Uncertain, ...]:
    """The rows that no issue stops."""
    unsound = {issue.cell.lstrip(LETTERS) for issue in stops(found) if issue.sheet == SHEET}
    return tuple(uncertain(row, {}) for row in rows(tables, SHEET) if str(row["cells"].row) not in unsound)


def ends(uncertain: Sequence[Uncertain]) -> tuple[tuple[Change, ...], ...]:
    """The changes of all rows at their least values, and at their greatest, each told at the cell that states it."""
    both = [[row.change(value, parameter) for parameter, value in row.ends()] for row in uncertain]
    return tuple(tuple(change for change in changes if change is not None) for changes in zip(*both, strict=True))


def draws_are_possible(tables: Tables) -> Iterator[Issue]:
    """Issues of the rows, each of them once, and of what their ends make of the input."""
    uncertain = sound_rows(tables)
    kinds = {row.cell: row.distribution for row in uncertain}
    told: list[Issue] = []
    for changes in ends(uncertain):
        for issue in _of_end(tables, changes, kinds):
            if issue not in told:
                told.append(issue)
    yield from told


def _of_end(tables: Tables, changes: Sequence[Change], kinds: dict[str, str]) -> Iterator[Issue]:
    made: dict[str, Changed] = {}
    done = tables
    unfit = False
    for change in changes:
        unfit_kind = list(_without_gaps(change, kinds[change.cell]))
        done, cells, found = apply(done, (change,)) if not unfit_kind else (done, (), unfit_kind)
        # A row that sets what another one has set to the same value changes nothing any more, and does so all the same.
        sets = apply(tables, (change,))[1] if change.operation == "set" else ()
        found += [issue for item in cells for issue in _column_fits(item, kinds[change.cell])]
        found += [issue for item in sets for issue in _again(item, made)]
        yield from (at_parameter(tables, issue) for issue in found)
        unfit = unfit or bool(stops(found))
        made |= {item.cell: item for item in cells}
    if unfit:
        return
    done, issues = typed(done)
    if not stops(issues):
        issues = structure(done)
    for issue in blamed(stops(issues), tuple(made.values())):
        yield at_parameter(tables, _of_its_row(issue, made))


def _of_its_row(issue: Issue, made: dict[str, Changed]) -> Issue:
    """An issue at a cell that no draw changed, of a row in which one changed another, blamed on that one."""
    rows = {(item.sheet, cell.partition("!")[2].lstrip(LETTERS)): item for cell, item in made.items()}
    item = rows.get((issue.sheet, issue.cell.lstrip(LETTERS)))
    if item is None:
        return issue
    return blamed((issue,), (replace(item, cell=f"{issue.sheet}!{issue.cell}"),))[0]


def _again(item: Changed, made: dict[str, Changed]) -> Iterator[Issue]:
    """A row that sets a cell after another has changed it."""
    before = made.get(item.cell)
    if before is not None:
        yield before.change.issue("change_overwritten", "value", before.change.value,
                                  other=f"{item.change.place}!{item.change.cell}")


def _without_gaps(change: Change, kind: str) -> Iterator[Issue]:
    """The issue of a row whose kind of draw takes all values between two, where the column holds whole numbers: this
    end of it need not be whole, and no other parameter of it would be right."""
    if kind not in WITHOUT_GAPS or change.operation == "shift":
        return
    column = SETTING_AT.get(change.selector.rpartition("=")[2].strip()) if change.table == SETTINGS.name else (
        INPUT[change.table].column(change.column) if change.table in INPUT else None)
    if column is not None and column.kind == "integer":
        yield _whole_numbers(change, kind)


def _whole_numbers(change: Change, kind: str) -> Issue:
    return change.issue("uncertain_unfit", "distribution", kind, detail=Text(
        "the column holds whole numbers: use discrete, or comes",
        "в столбце целые числа: используйте discrete или comes"))


def _column_fits(item: Changed, kind: str) -> Iterator[Issue]:
    """A drawn value is a number; whole columns and months have draws of their own."""
    change = item.change
    if change.operation == "shift":
        return
    column = _column(item)
    if column is None or column.kind not in ("number", "integer"):
        yield change.issue("uncertain_unfit", "column", change.column,
                           detail=Text("the column holds no numbers", "в столбце не числа"))
    elif kind == "delay" and column.unit != "months":
        yield change.issue("uncertain_unfit", "column", change.column, detail=Text(
            "a delay is in months, the column is not", "задержка в месяцах, а столбец нет"))
    elif column.kind == "integer" and kind in WITHOUT_GAPS:
        yield _whole_numbers(change, kind)


def _column(item: Changed) -> Column | None:
    if item.sheet == SETTINGS.name and item.column == "value":
        return SETTING_AT.get(item.key)
    return INPUT[item.sheet].column(item.column)


def at_input(tables: Tables, issue: Issue) -> Issue:
    """An issue of a draw, told with what was drawn, at the column of the sheet that states it."""
    if issue.sheet != SHEET or issue.column != "value":
        return issue
    return replace(issue, column=_at_cell(tables, issue))


def _at_cell(tables: Tables, issue: Issue) -> str:
    """The column of the sheet in which the cell of an issue stands."""
    columns = {letter: name for name, letter in tables[SHEET].columns.items()}
    return columns.get(issue.cell.rstrip(DIGITS), "distribution")


def at_parameter(tables: Tables, issue: Issue) -> Issue:
    """An issue of a draw told at the column of the sheet that states its value; one that no row is to blame for at the
    sheet as a whole."""
    if issue.sheet != SHEET:
        detail = Text(*(issue.say(lang).removesuffix(".") for lang in LANGS))
        return Issue("draw_impossible", SHEET, "", "", "", {"detail": detail})
    if issue.column != "value":
        return issue
    column = _at_cell(tables, issue)
    code = "draw_impossible" if issue.code == "change_makes_invalid" else issue.code
    # What was drawn is the end of a distribution; the cell states what this follows from.
    cells = {tables[SHEET].cell(position, column): row.get(column) for position, row in tables[SHEET].records()}
    stated = cells.get(issue.cell)
    return replace(issue, code=code, column=column, value=show(stated))
