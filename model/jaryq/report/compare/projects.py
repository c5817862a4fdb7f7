"""Table ``projects`` of the comparison: a row for each project that differs, a column for each scenario; and the counts
of moves."""

from __future__ import annotations

from collections.abc import Sequence

from jaryq.base.text import Text
from jaryq.report.compare.moves import KINDS_OF_MOVE, Move, State, move, said, state
from jaryq.report.compare.shapes import NO_PLAN, Side, case_with
from jaryq.report.projects import ordered, payers
from jaryq.report.shapes import Out, Value
from jaryq.report.words import name_of, region_of, sector_of
from jaryq.sheets.results_compare import PROJECTS_COMPARED, widened
from jaryq.sheets.words import col

Moves = dict[str, tuple[Move | None, ...]]
"""For each project, its difference from the base in every scenario (None: the base itself, or no plan)."""


def keys_of(sides: Sequence[Side]) -> list[str]:
    """All projects in the order of the input's rows, facilities first; those that only a scenario has come last."""
    known = [
        *(key for one in sides if one.found for key in ordered(one.found, "facilities", one.found.case.facilities)),
        *(key for one in sides if one.found for key in ordered(one.found, "networks", one.found.case.packages)),
    ]
    return list(dict.fromkeys(known))


def states_of(sides: Sequence[Side]) -> dict[str, tuple[State | None, ...]]:
    """What each scenario's plan does with each project."""
    paid = [payers(one.found) if one.found else {} for one in sides]
    return {
        key: tuple(state(one.found, key, shares) if one.found else None for one,
                   shares in zip(sides, paid, strict=True))
        for key in keys_of(sides)
    }


def moves_of(states: dict[str, tuple[State | None, ...]]) -> Moves:
    """Differences of all scenarios from the first; none where the first has no plan."""
    return {
        key: (None, *(move(line[0], here) if here and line[0] else None for here in line[1:]))
        for key, line in states.items()
    }


def counts(moves: Moves, i: int) -> dict[str, int]:
    """How many projects of scenario ``i`` make each kind of move; one project may make several."""
    made = [found.kinds for line in moves.values() if (found := line[i]) is not None]
    return {kind: sum(kind in kinds for kinds in made) for kind in KINDS_OF_MOVE}


def sentence(sides: Sequence[Side], moves: Moves, i: int) -> Text:
    """``12 of 365 differ: 3 added, 2 dropped...``."""
    if sides[i].found is None:
        return NO_PLAN
    if i == 0:
        return Text(f"{len(moves)} projects", f"проектов: {len(moves)}")
    if sides[0].found is None:
        return Text("the base has no plan", "у базового нет плана")
    differ = sum(1 for line in moves.values() if (found := line[i]) is not None and found.kinds)
    if not differ:
        return Text("all as base", "всё как в базовом")
    parts = [(KINDS_OF_MOVE[kind], n) for kind, n in counts(moves, i).items() if n]
    return Text(f"{differ} differ: " + ", ".join(f"{n} {word.en}" for word, n in parts),
                f"отличаются {differ}: " + ", ".join(f"{word.ru} {n}" for word, n in parts))


def projects_table(sides: Sequence[Side], states: dict[str, tuple[State | None, ...]], moves: Moves) -> Out:
    """The rows that differ in any scenario. Without a plan of the base: the rows in which the scenarios differ from
    each other, as they are."""
    rows = []
    compared = sides[0].found is not None
    for key, line in states.items():
        if compared:
            if not any(found.kinds for found in moves[key] if found):
                continue
        elif len({said(one) for one in line if one}) < 2:
            continue
        rows.append(_row(sides, key, line, moves[key]))
    columns = [col(f"plan_{i}", "text", one.name.en, one.name.ru, "What this scenario does.",
                   "Что делает этот сценарий.", width=34 if i else 26)
               for i, one in enumerate(sides)]
    headings = ("project", "name", "region", "sector", *(column.name for column in columns))
    return Out("projects", headings, tuple(rows), form=widened(PROJECTS_COMPARED, columns))


def _row(sides: Sequence[Side], key: str, line: tuple[State | None, ...],
         made: tuple[Move | None, ...]) -> dict[str, Value]:
    """A project; its description from the first scenario that has it."""
    case = case_with(sides, key)
    project = case.project(key)
    row: dict[str, Value] = {"project": key, "name": name_of(project), "region": region_of(case, project.region),
                             "sector": sector_of(project.sector)}
    for i, (one, found) in enumerate(zip(line, made, strict=True)):
        row[f"plan_{i}"] = found.text if found else said(one) if one else None
    return row
