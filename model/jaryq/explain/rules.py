"""Rules of a user that are no limits: which rows say them, where they stand, and what they are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from jaryq.base.text import Text
from jaryq.case.case import Case, Line
from jaryq.formulation.declare import ROWS, Name

Missed = Literal["short", "over", "either"]
"""How a row that is lifted may be missed: from below, from above."""


@dataclass(frozen=True)
class Family:
    """Rows that one statement makes: the sheet and column it stands in, the part of the index that names its row there,
    how it is missed (as it binds, unless said)."""

    sheet: str
    column: str
    part: int = 0
    missed: Missed = "either"


FAMILIES: Mapping[str, Family] = {
    "start_required": Family("facilities", "must_do", missed="short"),
    "variant_required": Family("facilities", "must_do", missed="short"),
    "scope_km": Family("networks", "km"),
    "works_after": Family("facilities", "after"),
    "works_after_through": Family("facilities", "after"),
    "only_with": Family("facilities", "only_with"),
    "choice_least": Family("choices", "at_least"),
    "choice_most": Family("choices", "at_most"),
    "lot_starts": Family("facilities", "lot", 1),
    "lot_km_least": Family("networks", "lot_km"),
    "lot_km_most": Family("networks", "lot_km"),
    "largest_share": Family("sources", "max_share"),
    "share_so_far": Family("sources", "share_holds"),
    "by_quantity": Family("sources", "per_unit"),
    "group_share": Family("source_groups", "max_share"),
    "counterpart": Family("sources", "counterpart", 0),
    "smallest_share": Family("sources", "min_share"),
    "smallest_amount": Family("sources", "smallest"),
    "ticket_least": Family("sources", "ticket"),
    "projects_most": Family("sources", "projects_most"),
    "signed_most": Family("source_groups", "signed_most"),
    "must_draw": Family("sources", "must_draw"),
    "draw_pace": Family("sources", "pace"),
    "draw_effect": Family("sources", "effective_months"),
    "committed_km": Family("progress", "km"),
    "wish_start": Family("overrides", "decision"),
    "wish_renew": Family("overrides", "decision"),
    "wish_km": Family("overrides", "km"),
    "wish_payer": Family("overrides", "payer"),
    "partner_content": Family("sources", "tied_share", 0),
    "local_costs": Family("sources", "local_cost"),
    "tied_product": Family("sources", "tied_share"),
    "tariff_rise": Family("tariffs", "rise"),
    "lines_spent": Family("sources", "draws_to"),
}
"""Families of rows that a user states. Rows that belong to a limit are lifted with it."""

FOR_WORKS = Text("Pace of drawing of a loan that is signed for no more than its works cost",
                 "Темп выборки займа, который подписан не больше чем на стоимость его работ")
"""The pace of a loan that could be drawn faster only by being signed for more than it may pay of works: what gives way
is the pace."""

BINDING = ("@committed", "@started")
"""Ends of the keys of rows of progress by which something must be done."""


@dataclass(frozen=True)
class Stated:
    """A rule that is no limit: its name, title, what it speaks of and its cell (blank: several, or none)."""

    name: str
    title: Text
    index: tuple[str, ...]
    cell: str
    rows: tuple[Name, ...]
    missed: Missed


def stated(case: Case, rows: tuple[Name, ...]) -> tuple[Stated, ...]:
    """The rules that rows say, in their order, each once."""
    mine: dict[tuple[str, str], list[Name]] = {}
    for name in rows:
        if name[0] in FAMILIES:
            mine.setdefault((name[0], str(name[1][FAMILIES[name[0]].part])), []).append(name)
    found = []
    for (family, key), names in mine.items():
        said = FAMILIES[family]
        sheet, line, column = _place(case, said, key, names)
        cell = case.lines.get((sheet, line), Line()).cells.get(column, "")
        title = FOR_WORKS if family == "draw_pace" and ("signed_works", (key,)) in rows else ROWS[family].text
        found.append(Stated(f"{family}[{key}]", title, (key,), cell, tuple(names), said.missed))
    return tuple(found)


def _place(case: Case, said: Family, key: str, names: Sequence[Name]) -> tuple[str, str, str]:
    """Sheet, key of the row and column in which a rule stands. A wish makes a commitment, and so does progress; of the
    dates of a wish the one that rules out is told, of km the year where it is one alone."""
    wish = case.wishes.get(key)
    if said.column == "must_do" and wish is not None and wish.decision is True:
        return "overrides", key, "decision"
    if said.column == "must_do" and (line := _of_progress(case, key, "status")):
        return "progress", line, "status"
    if said.sheet == "progress":
        return said.sheet, _of_progress(case, key, said.column), said.column
    if said.sheet == "overrides" and wish is not None:
        if said.column == "decision" and wish.decision is not False:
            return "overrides", key, "not_before" if wish.last is None else "not_after"
        if said.column == "km" and len(names) == 1:
            return "overrides", key, f"km_{names[0][1][1]}"
    return said.sheet, key, said.column


def _of_progress(case: Case, project: str, column: str) -> str:
    """Key of the row of progress by which a project must be done (empty: none); of several the first."""
    facility = case.facilities.get(project)
    if facility is not None and not (facility.committed or facility.started is not None):
        return ""
    return min((key for (sheet, key), line in case.lines.items()
                if sheet == "progress" and key.startswith(f"{project}@") and key.endswith(BINDING)
                and column in line.cells), default="")
