"""Table ``projects`` of the comparison: a row for each project that differs, a column for each scenario; and the counts
of moves."""

from __future__ import annotations

from collections.abc import Sequence

from jaryq.base.counted import PROJECTS, counted
from jaryq.base.text import Text
from jaryq.report.compare.moves import KINDS_OF_MOVE, Move, State, move, said, state
from jaryq.report.compare.shapes import NO_PLAN, Side, case_with
from jaryq.report.compare.ties import STANDINGS, Judged, Standing, judged
from jaryq.report.projects import ordered, payers
from jaryq.report.shapes import Out, Value
from jaryq.report.words import name_of, number, region_of, sector_of
from jaryq.sheets.results_compare import MOVES, PROJECTS_COMPARED, widened
from jaryq.sheets.words import col

States = dict[str, tuple[State | None, ...]]
"""What each scenario's plan does with each project (None: no plan)."""

Moves = dict[str, tuple[Move | None, ...]]
"""For each project, its difference from the base in every scenario (None: the base itself, or no plan)."""

Stands = dict[str, tuple[Judged | None, ...]]
"""How each move stands (None: there is none)."""


def keys_of(sides: Sequence[Side]) -> list[str]:
    """All projects in the order of the input's rows, facilities first; those that only a scenario has come last."""
    known = [
        *(key for one in sides if one.found for key in ordered(one.found, "facilities", one.found.case.facilities)),
        *(key for one in sides if one.found for key in ordered(one.found, "networks", one.found.case.packages)),
    ]
    return list(dict.fromkeys(known))


def states_of(sides: Sequence[Side]) -> States:
    """What each scenario's plan does with each project."""
    paid = [payers(one.found) if one.found else {} for one in sides]
    return {
        key: tuple(state(one.found, key, shares) if one.found else None
                   for one, shares in zip(sides, paid, strict=True))
        for key in keys_of(sides)
    }


def moves_of(states: States) -> Moves:
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
        return Text(counted(len(moves), *PROJECTS).en, f"проектов: {number(len(moves)).ru}")
    if sides[0].found is None:
        return Text("the base has no plan", "у базового нет плана")
    differ = sum(1 for line in moves.values() if (found := line[i]) is not None and found.kinds)
    if not differ:
        return Text("all as base", "всё как в базовом")
    parts = [(KINDS_OF_MOVE[kind], n) for kind, n in counts(moves, i).items() if n]
    return Text(f"{differ} differ: " + ", ".join(f"{n} {word.en}" for word, n in parts),
                f"отличаются {differ}: " + ", ".join(f"{word.ru} {n}" for word, n in parts))


def judged_of(sides: Sequence[Side], states: States, moves: Moves) -> Stands:
    """How each move stands; None where there is none."""
    return {key: tuple(
        judged(key, sides[0], one, (line[0], here), found) if found and found.kinds and line[0] and here else None
        for one, here, found in zip(sides, line, moves[key], strict=True)) for key, line in states.items()}


def standings(stand: Stands, i: int) -> dict[Standing, int]:
    """How many projects of scenario ``i`` move really, are ties, were not examined."""
    found = [line[i] for line in stand.values()]
    return {standing: sum(1 for one in found if one is not None and one.standing == standing)
            for standing in STANDINGS}


def standing_of(line: tuple[Judged | None, ...]) -> Standing | None:
    """That of a project: the strongest in any scenario; None where it moves in none."""
    there = {found.standing for found in line if found is not None}
    return next((standing for standing in STANDINGS if standing in there), None)


def projects_table(sides: Sequence[Side], states: States, moves: Moves,
                   stand: Stands) -> Out:
    """The rows that differ in any scenario, those that move really in one of them first. Without a plan of the base:
    the rows in which the scenarios differ from each other, as they are."""
    rows = []
    compared = sides[0].found is not None
    for key, line in states.items():
        if compared:
            if not any(found.kinds for found in moves[key] if found):
                continue
        elif len({said(one) for one in line if one}) < 2:
            continue
        rows.append(_row(sides, key, line, moves[key], standing_of(stand[key])))
    order = list(STANDINGS.values())
    rows.sort(key=lambda row: order.index(row["standing"]) if isinstance(row["standing"], Text) else len(order))
    columns = [col(f"plan_{i}", "text", one.name.en, one.name.ru, "What this scenario does.",
                   "Что делает этот сценарий.", width=34 if i else 26)
               for i, one in enumerate(sides)]
    headings = ("project", "name", "region", "sector", *(("standing",) if compared and len(sides) > 1 else ()),
                *(column.name for column in columns))
    return Out("projects", headings, tuple(rows), form=widened(PROJECTS_COMPARED, columns))


def _row(sides: Sequence[Side], key: str, line: tuple[State | None, ...],
         made: tuple[Move | None, ...], standing: Standing | None) -> dict[str, Value]:
    """A project; its description from the first scenario that has it."""
    case = case_with(sides, key)
    project = case.project(key)
    row: dict[str, Value] = {"project": key, "name": name_of(project), "region": region_of(case, project.region),
                             "sector": sector_of(project.sector),
                             "standing": None if standing is None else STANDINGS[standing]}
    for i, (one, found) in enumerate(zip(line, made, strict=True)):
        row[f"plan_{i}"] = found.text if found else said(one) if one else None
    return row


def moves_table(sides: Sequence[Side], states: States, moves: Moves,
                stand: Stands) -> Out:
    """Every move of every scenario: in each the real ones first, the ties last."""
    rows: list[dict[str, Value]] = []
    for i, one in enumerate(sides):
        mine = [(key, line[i]) for key, line in stand.items() if line[i] is not None]
        for standing, word in STANDINGS.items():
            for key, found in mine:
                move, base = moves[key][i], states[key][0]
                if found is None or move is None or base is None or found.standing != standing:
                    continue
                case = case_with(sides, key)
                project = case.project(key)
                rows.append({
                    "place": i, "id": one.result.scenario, "scenario": one.name, "standing": word, "project": key,
                    "name": name_of(project), "region": region_of(case, project.region), "base": said(base),
                    "here": move.text, "why": found.why,
                })
    return Out("moves", ("scenario", "standing", "project", "name", "region", "base", "here", "why"), tuple(rows),
               form=MOVES)
