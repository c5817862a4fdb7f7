"""Why there is no plan: an irreducible conflict of rules of the user, and the cheapest moves of limits that make a plan
(docs/numbers.md: What cannot be done)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from jaryq.base.errors import NoPlan
from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.explain.levers import DATES, Lever, rounded
from jaryq.explain.opened import COMMITMENTS, Opened
from jaryq.explain.rules import Stated
from jaryq.solve.elastic import NotFound, Repair, repair
from jaryq.solve.irreducible import Proof, irreducible
from jaryq.solve.lp import Array, Name

FIRST = ("target", "start_required", "variant_required", "committed_km", "wish_", "choice_", "latest")
"""What is told first; limits of money and works follow, then terms."""

TINY, SAME = 1e-6, 1e-13
"""A share that is none, and part of a limit by which two values of it differ by no more than doubles lose."""

By = Literal["policy", "law"]
BY: tuple[By, ...] = ("policy", "law")
"""Who decides of what moves: law only where policy does not suffice."""


@dataclass(frozen=True)
class Rule:
    """A rule of a conflict for people: title, what it speaks of, value with unit where it has one, cell. ``names`` of
    what it speaks of, by their keys, where they have any."""

    name: str
    title: Text
    index: tuple[str, ...]
    value: float | None
    unit: Text | None
    cell: str
    names: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True)
class Contradiction:
    """Rules that no plan keeps together; how that is proved; whether none of them can be left out (``parts``: asked of
    plans with parts of projects)."""

    rules: tuple[Rule, ...]
    proof: Proof
    irreducible: bool
    leaves: int
    parts: bool


@dataclass(frozen=True)
class Moved:
    """A limit at another value, as it stands in its cell, and the change that puts it there."""

    rule: Rule
    now: float
    change: str


@dataclass(frozen=True)
class Moves:
    """The cheapest moves; ``by``: who decides of what moved; ``solved``: whether the search for whole projects came to
    its end, ``kept``: whether it kept the starts of the plan; ``exact``: no amount had to be rounded; ``whole``: the
    whole decisions of the point they were found with, ``km``: of packages there."""

    moved: tuple[Moved, ...]
    by: By
    solved: bool
    exact: bool
    whole: frozenset[tuple[str, tuple[object, ...]]]
    km: Mapping[str, float] = field(default_factory=dict)
    kept: bool = False


def contradiction(of: Opened, whole: bool, end: float) -> Contradiction | None:
    """An irreducible conflict, nothing if none is found by ``end`` (of clock.now)."""
    found = irreducible(of.elastic, of.order, whole, end)
    if found is None:
        return None
    every: list[Lever | Stated] = [*of.levers, *of.rules]
    rules = sorted((_rule(every[g], of.factors.case) for g in found.limits), key=_place)
    return Contradiction(tuple(rules), found.proof, found.irreducible, found.leaves, found.parts)


def cheapest(of: Opened, whole: bool, seconds: float, kept: Collection[str] = (),
             starts: Collection[Name] = ()) -> Moves | None:
    """The cheapest moves of what may move, of what law fixes too where nothing else will do; levers of the names
    ``kept`` stay, ``starts`` of a plan are tried first. None if there are none. Raises NotFound where that is not
    known."""
    missed: NotFound | None = None
    for by in BY:
        among = [g for g, lever in enumerate(of.levers) if lever.name not in kept
                 and (lever.may == "policy" or (lever.may == "law" and by == "law"))]
        try:
            found = repair(of.elastic, among, whole, seconds, starts) if among else None
        except NotFound as why:
            found, missed = None, why
        if found is None:
            continue
        return moves_of(of, found, by)
    if missed is not None:
        raise missed
    return None


def in_the_way(of: Opened, whole: bool, seconds: float) -> tuple[Rule, ...]:
    """Rules that are no limits of which the least would have to be given up, and limits that would move with them;
    what is done is not given up. Nothing where none are found."""
    among = [g for g, lever in enumerate(of.levers) if lever.may != "no"]
    among += [g for g, rule in enumerate(of.rules, len(of.levers)) if not rule.name.startswith(COMMITMENTS)]
    try:
        found = repair(of.elastic, among, whole, seconds)
    except NoPlan:
        return ()
    every: list[Lever | Stated] = [*of.levers, *of.rules]
    return tuple(sorted((_rule(every[g], of.factors.case) for g in (found.moves if found else ())), key=_place))


def moves_of(of: Opened, found: Repair, by: By) -> Moves:
    """A repair as moves of limits in their cells, with what is done at its point."""
    moved, exact = moved_by(of, found.moves, found.x)
    program = of.elastic.wide
    chosen = frozenset(program.columns[j] for j in range(program.shape[1]) if program.whole[j] and found.x[j] > 0.5)
    km: dict[str, float] = {}
    for (family, index), amount in zip(program.columns, found.x.tolist(), strict=True):
        if family == "renew":
            km[str(index[0])] = km.get(str(index[0]), 0.0) + amount
    return Moves(tuple(moved), by, found.solved, exact, chosen, km)


def moved_by(of: Opened, moves: Mapping[int, float], x: Array) -> tuple[list[Moved], bool]:
    """Levers at the values that ``moves`` (by their numbers) take them to at a point, in the order in which they are
    told, and whether no amount had to be rounded."""
    case, moved, exact = of.factors.case, [], True
    for g, move in moves.items():
        lever = of.levers[g]
        wanted = lever.value + (_years(of, g, x, move) if lever.kind in DATES else move)
        value = rounded(lever, wanted)
        exact = exact and abs(value - wanted) <= 1e-9 * max(1.0, abs(wanted))
        if abs(value - lever.value) > SAME * abs(lever.value):
            moved.append(Moved(_rule(lever, case), value / lever.per_cell, lever.change(value, case)))
    return sorted(moved, key=lambda one: _place(one.rule)), exact


def stated_by(of: Opened, g: int) -> Rule:
    """A rule that is no limit, by its number among all that may give way."""
    return _rule(of.rules[g - len(of.levers)], of.factors.case)


def _years(of: Opened, g: int, x: Array, move: float) -> float:
    """Years by which a date has to move, by what the point does after it."""
    late = [1.0 / one.slopes[g] for one in of.elastic.follows if g in one.slopes
            and of.elastic.wide.columns[one.column][0] == "start" and x[one.column] > TINY]
    return max(late, default=move)


def _rule(of: Lever | Stated, case: Case) -> Rule:
    if isinstance(of, Lever):
        return Rule(of.name, of.title, of.index, of.value / of.per_cell, of.unit, of.cell, _names(case, of.index))
    return Rule(of.name, of.title, of.index, None, None, of.cell, _names(case, of.index))


def _names(case: Case, index: tuple[str, ...]) -> dict[str, Text]:
    """Names of what rows give one to: projects, sources and their groups, targets, borrowers, kinds of networks, ties,
    resources of works with their region."""
    every = {**case.asset_types, **case.groups, **case.sources, **case.projects, **case.borrowers, **case.target_at,
             **case.tie_at}
    rows = {key: every[key] for key in index if key in every}
    crews = {key: said for key in index if key in case.crew_at and (said := _crew(case, key)) is not None}
    return crews | {key: Text(row.name.strip(), row.name_ru.strip() or row.name.strip()) for key, row in rows.items()
                    if row.name.strip() not in ("", key)}


def _crew(case: Case, key: str) -> Text | None:
    """A resource of works with its region; None where neither has a name."""
    crew, _, place = key.partition("@")
    name, region = case.crew_names[crew], case.regions.get(place)
    own = {crew, crew.replace("_", " ")}
    if {name.en, name.ru} <= own and (region is None or region.name.strip() in ("", place)):
        return None
    return name if place == "*" else case.crew_place(key)


def _place(rule: Rule) -> tuple[int, str]:
    rank = next((place for place, name in enumerate(FIRST) if rule.name.startswith(name)), len(FIRST))
    return rank + (rule.value is None and rank == len(FIRST)), rule.name
