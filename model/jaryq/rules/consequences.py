"""One mistake is told once: what follows from an issue that is told already is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from jaryq.base.issues import Issue, stops
from jaryq.sheets.inputs import INPUT
from jaryq.sheets.settings import SETTINGS
from jaryq.sheets.spec import Column
from jaryq.tables.keys import has_rows
from jaryq.tables.tables import Table, Tables

MANY = 10
"""Cells that refer in vain to either of two sheets, of which one has no rows, beyond which that one is missing."""

YEARS = frozenset({"first_year", "plan_from", "last_year", "price_year", "evaluation_last_year"})
"""Settings on which rules about years stand."""

INSTEAD: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("facilities", "cost"): ("spend_",),
    ("sources", "rate"): ("rate_index", "currency"),
    ("sources", "shares"): ("repayment",),
    ("targets", "priority"): ("price",),
    ("outage_limits", "limit"): ("available", "peak"),
    ("outage_limits", "available"): ("limit",),
    ("last_plan", "share"): ("km",),
    ("choices", "at_least"): ("at_most",),
}
"""Beginnings of columns that may be filled in instead of one, or that give it its meaning: while such a cell of the row
is unsound, nothing is said of this one."""


ELSEWHERE: Mapping[tuple[str, str], tuple[str, tuple[str, ...]]] = {
    ("facilities", "cost"): ("progress", ("project", "status")),
    ("sources", "envelope"): ("source_years", ("source_id",)),
}
"""Columns of another sheet that may say that one is not needed: while such a cell is unsound, it is not called missing
(what is done needs no cost, what has ceilings no envelope)."""


def without_lost_keys(issues: Sequence[Issue], tables: Tables) -> list[Issue]:
    """Without what misses a key that was not found for a reason that is told: the sheet or its column of keys is not
    there, or as many of its keys cannot be read as are looked for in vain."""
    lost = {issue.sheet for issue in issues if issue.code in ("unreadable_file", "not_opened")
            or (issue.code == "missing_column" and _is_key(issue))}
    if any(issue.code in ("missing_sheet", "unknown_sheet") for issue in issues):
        lost |= INPUT.keys() - tables.sheets.keys()
    unread = Counter(issue.sheet for issue in stops(issues) if issue.cell and _is_key(issue)
                     and issue.code not in ("unknown_reference", "duplicate_key"))
    vain: dict[str, set[str]] = {}
    for issue in issues:
        for sheet in _misses(issue):
            vain.setdefault(sheet, set()).add(issue.value or f"{issue.column}{issue.cell}")
    lost |= {sheet for sheet, count in unread.items() if len(vain.get(sheet, ())) <= count}
    return [issue for issue in issues if not lost & _misses(issue)]


def absent_once(issues: Sequence[Issue], tables: Tables) -> list[Issue]:
    """A sheet that is not there is told once, in place of each cell that refers to it; so is one without rows to which
    several cells refer. Where either of two sheets would do, it is the one without rows if many cells refer in vain and
    resemble no key of the other."""
    vain: dict[str, list[Issue]] = {}
    for issue in issues:
        if issue.code == "unknown_reference" and issue.cell and issue.sheet in INPUT:
            names = str(issue.slots["target"]).split(", ")
            empty = [name for name in names if not has_rows(name, tables)]
            if empty and (len(empty) == len(names) or not issue.slots.get("hint")):
                vain.setdefault(", ".join(empty), []).append(issue)
    once, told = list[Issue](), set[int]()
    for target, found in vain.items():
        names = target.split(", ")
        whole = [issue for issue in found if issue.slots["target"] == target]
        if len(whole) > 1 or len(found) >= MANY or (whole and not tables.sheets.keys() & {*names}):
            told |= {id(issue) for issue in found}
            first = found[0]
            once.append(Issue("sheet_absent", names[0], slots={"name": target, "count": len(found),
                                                               "first": f"{first.sheet}!{first.cell}"}))
    return [*once, *(issue for issue in issues if id(issue) not in told)]


def blanks_once(issues: Sequence[Issue]) -> list[Issue]:
    """A blank cell that several rules ask for is told once, by the rule that asks last: of what follows from a term."""
    last = {(issue.sheet, issue.cell): issue for issue in issues if issue.code == "missing_value"}
    return [issue for issue in issues
            if issue.code != "missing_value" or last[issue.sheet, issue.cell] is issue]


def not_there(issue: Issue, tables: Tables) -> bool:
    """Whether an issue speaks of a column that its sheet has not."""
    return issue.sheet in tables and issue.column not in tables[issue.sheet].columns and _declared(issue) is not None


def columns_once(issues: Sequence[Issue], tables: Tables) -> list[Issue]:
    """A column that is not there is told once, at the place of its heading, instead of in each row that needs a value
    of it."""
    told: dict[tuple[str, str], Issue] = {}
    for issue in issues:
        if issue.code == "missing_value" and issue.cell and not_there(issue, tables):
            table = tables[issue.sheet]
            told.setdefault((issue.sheet, issue.column), Issue(
                "missing_column", issue.sheet, table.place(None, issue.column), issue.column,
                slots={"name": issue.column, "row": table.heading_row}))
        else:
            told[issue.code, f"{len(told)}"] = issue
    return list(told.values())


def _declared(issue: Issue) -> Column | None:
    return INPUT[issue.sheet].column(issue.column) if issue.sheet in INPUT else None


def _misses(issue: Issue) -> set[str]:
    """The sheets in which an issue says that a key is missing: for a reference, a required setting, an envelope without
    ceilings."""
    if issue.code == "unknown_reference":
        return set(str(issue.slots["target"]).split(", "))
    if issue.code == "missing_value" and issue.sheet == SETTINGS.name and not issue.cell:
        return {SETTINGS.name}
    return {"source_years"} if (issue.code, issue.sheet, issue.column) == ("missing_value", "sources",
                                                                           "envelope") else set()


def sound_years(issues: Sequence[Issue], tables: Tables) -> Tables:
    """The tables for the rules: without settings if one of the years they stand on is unsound, so that they are silent
    about years."""
    told = [issue for issue in stops(issues) if issue.sheet == SETTINGS.name]
    names = {row.get("setting") for _, row in tables.get(SETTINGS.name).records()}
    unnamed = any(issue.column == "setting" for issue in told) and not {"first_year", "plan_from", "last_year"} <= names
    return tables.with_sheet(Table.of(SETTINGS.name, [])) if unnamed or any(issue.column in YEARS
                                                                            for issue in told) else tables


def of_sound_cells(found: Iterable[Issue], issues: Sequence[Issue], tables: Tables) -> list[Issue]:
    """Issues ``found`` by the rules, without those of cells that ``issues`` told already, of cells whose alternative is
    unsound, of columns that are not there on a sheet with a heading nobody knows, and of amounts in a currency that
    cannot be read.

    Of a column with a thousand wrong cells the rest are blank too, and no more than counted.
    """
    cells = {(issue.sheet, issue.cell) for issue in stops(issues)}
    columns = {(issue.sheet, issue.column) for issue in issues if issue.code == "more_of_the_same"}
    strange = {issue.sheet for issue in issues if issue.code in ("unknown_column", "missing_heading",
                                                                      "headings_unclear")}
    amounts = any(issue.sheet == "sources" and issue.column == "currency" for issue in stops(issues))
    beside = {(issue.sheet, _row(issue), issue.column) for issue in stops(issues)}
    unsound = {(issue.sheet, issue.column) for issue in stops(issues)}

    def follows(issue: Issue) -> bool:
        instead = INSTEAD.get((issue.sheet, issue.column), ())
        other, said = ELSEWHERE.get((issue.sheet, issue.column), ("", ()))
        return (
            (issue.code == "missing_value" and any((other, column) in unsound for column in said)) or
            (issue.sheet, issue.cell) in cells or (issue.sheet, issue.column) in columns
            or (issue.sheet in strange and not_there(issue, tables)) or (amounts and issue.code == "amount_unusual")
            or (bool(instead) and any((sheet, row) == (issue.sheet, _row(issue)) and column.startswith(instead)
                                      for sheet, row, column in beside)))
    return [issue for issue in found if not follows(issue)]


def _is_key(issue: Issue) -> bool:
    return issue.sheet in INPUT and issue.column == INPUT[issue.sheet].key[0]


def _row(issue: Issue) -> str:
    return issue.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
