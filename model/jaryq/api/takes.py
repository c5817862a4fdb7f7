"""What would it take: the cheapest movement of limits with which a target that the plan misses is met, all other rows
missing no more than they do in the plan (docs/numbers.md: What cannot be done)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

import numpy as np

from jaryq.api.accepted import Accepted, accept_changes
from jaryq.api.asked import asked
from jaryq.api.explained import Repaired, has_plan_as, in_the_open, repair_of
from jaryq.api.question import program_of
from jaryq.api.takes_asked import alone_said, asked_said, shown
from jaryq.api.takes_told import FEW, done_more, in_short, repair_lines
from jaryq.base.errors import Infeasible, InputRejected, NoPlan, Told
from jaryq.base.issues import stops
from jaryq.base.text import Text
from jaryq.case.case import Target
from jaryq.case.plan import Plan
from jaryq.case.scope import projects_of
from jaryq.explain.conflict import BY, Moves, contradiction, moves_of
from jaryq.explain.opened import Opened
from jaryq.explain.told import NOT_FOUND, repair_record, rule_said
from jaryq.factors.soft_rows import soft_rows
from jaryq.formulation.follows import width
from jaryq.report.words import joined, name_of
from jaryq.rules.feasible import ARITHMETIC
from jaryq.solve.clock import now
from jaryq.solve.lp import LinearProgram
from jaryq.solve.prices import NOISE
from jaryq.solve.repairs import Repairs

SHARE = 1e-6
"""A shortfall up to this share of its scale is none."""

WHOLE = ("start", "part", "taken", "payee", "lot")
"""Families of whole choices."""

LARGE = 6000
"""Programs of more columns are repaired with the starts of the plan as they are, where that can be."""

NO_TARGET = Text("the plan has no target {target}", "в плане нет цели {target}")
MET = Text("{target}: the target is met.", "{target}: цель выполнена.")
TAKES = Text("What it would take, other targets missing no more than now:",
             "Что для этого нужно, если остальные цели не станут хуже:")
WAY = Text("What stands in the way: {rules}.", "Что этому мешает: {rules}.")
SECONDS = 20.0
"""Of the clock, after which what stands in the way is not looked for any more."""
NOTHING = Text("No movement of limits that may move meets it.", "Сдвигом допустимых ограничений её не выполнить.")


@dataclass(frozen=True, repr=False)
class Takes:
    """What it would take to meet a target: sentences for people, and a record as ``why.repair`` of a summary without a
    plan."""

    target: str
    said: tuple[Text, ...]
    record: Mapping[str, Any]

    def __repr__(self) -> str:
        return "\n".join(text.say("en") for text in self.said)


def takes(accepted: Accepted, plan: Plan, row: str, *, cells: bool = False) -> Takes:
    """What it would take to meet the row ``row`` of sheet targets; ``cells``: each limit by itself, else many of them
    by their kinds. Raises Told where there is none of that key."""
    mine = [g for g in accepted.case.targets if row in (g.row, g.id)]
    if not mine:
        raise Told(NO_TARGET.fill(target=row))
    return next(each_takes(accepted, plan, [mine[0].row], cells=cells))


def each_takes(accepted: Accepted, plan: Plan, rows: Sequence[str], *, cells: bool = False) -> Iterator[Takes]:
    """The same of several rows, each as soon as it is found."""
    shared = _Shared(accepted, plan)
    for row in rows:
        yield _takes(shared, row, cells=cells)


class _Shared:
    """What the rows that a plan misses have in common: the case with its limits free to give way, all rows missing no
    more than they do."""

    def __init__(self, accepted: Accepted, plan: Plan) -> None:
        self.accepted, self.plan = accepted, plan
        self.chosen = frozenset((family, place if isinstance(place, tuple) else (place,))
                                for family in WHOLE for place, share in plan.of(family).items() if share > 0.5)

    @cached_property
    def opened(self) -> Opened | None:
        """Nothing where a row without decisions cannot hold."""
        try:
            return in_the_open(self.accepted.factors, partial(_no_worse, self.accepted, self.plan))
        except (Infeasible, NoPlan):
            return None

    @cached_property
    def repairs(self) -> Repairs | None:
        if self.opened is None:
            return None
        may = {by: [g for g, lever in enumerate(self.opened.levers) if lever.may == by] for by in ("policy", "law")}
        return Repairs(self.opened.elastic, may["policy"], may["law"], self.chosen)

    @property
    def large(self) -> bool:
        """Whether a search over all choices would take long."""
        return (self.accepted.case.settings.whole and self.opened is not None
                and self.opened.elastic.wide.shape[1] > LARGE)

    def demand(self, mine: Sequence[Target]) -> list[int]:
        """The columns by which targets are missed."""
        ids = {g.id for g in mine}
        columns = () if self.opened is None else self.opened.elastic.wide.columns
        return [j for j, (family, index) in enumerate(columns) if family in ("short", "excess") and index[0] in ids]


def _takes(shared: _Shared, key: str, *, cells: bool) -> Takes:
    accepted, plan = shared.accepted, shared.plan
    mine = [g for g in accepted.case.targets if g.row == key]
    short = sum(_missed(plan, g.id) for g in mine)
    if key not in missed_rows(accepted, plan):
        return Takes(key, (MET.fill(target=name_of(mine[0])),), {"missed": 0.0})
    hard = (f"targets; target={key}; priority; set hard",
            *((f"targets; target={key}; price; set",) if mine[0].priority == "price" else ()))
    asking = accept_changes(accepted, asked(hard), past=ARITHMETIC)
    found = _repaired(shared, asking, mine)
    said = [asked_said(mine, short)]
    moves = None if found is None else found.moves
    if found is None or moves is None or not moves.moved:
        known = found is not None and found.known
        said.append(NOTHING if known else NOT_FOUND)
        said += _in_the_way(shared, asking, mine) if known else []
    else:
        many = not cells and len(moves.moved) > FEW
        said += [TAKES, *(_by_kind(shared, mine, moves) if many else ()),
                 *repair_lines(accepted.case, found, hard, key, many=many, cells=cells)]
    return Takes(key, tuple(said), {"missed": shown(mine[0], short), "hard": list(hard),
                                    **repair_record(moves, found is not None and found.tested)})


def _by_kind(shared: _Shared, mine: Sequence[Target], moves: Moves) -> Iterator[Text]:
    """What many moves come to, and what the plan found with them has more of what the target is about."""
    case, plan = shared.accepted.case, shared.plan
    about = {project.id for g in mine for project in projects_of(case, g)}
    km = dict.fromkeys(about & moves.km.keys(), 0.0)
    for package in km:
        km[package] = moves.km[package] - sum(done for (n, _), done in plan.renew.items() if n == package)
    facilities = {str(name[1][0]) for name in moves.whole if name[0] == "start"}
    more = len(facilities) - len({p for (p, _), share in plan.start.items() if share > 0.5})
    yield from (text for text in (in_short(case, moves.moved), done_more(case, km, more)) if text is not None)


def _repaired(shared: _Shared, asking: Accepted, mine: Sequence[Target]) -> Repaired | None:
    """Of large programs the cheapest moves with the starts of the plan as they are, one program for all rows; where
    these do not suffice, and of small ones, a search over all choices."""
    repairs = shared.repairs if shared.large else None
    if repairs is None or shared.opened is None:
        return _repair(asking, shared.plan, mine[0].row)
    demand = shared.demand(mine)
    for by in BY:
        law = by == "law"
        found = repairs.of(demand, law=law)
        if found is not None:
            moves = replace(moves_of(shared.opened, found, by), kept=not found.solved)
            if _holds(asking, shared.plan, moves):
                return Repaired(moves, True, 1, moves.exact)
        if repairs.possible(demand, law=law):
            return _repair(asking, shared.plan, mine[0].row)
    return Repaired(None, False, 1, True)


def _holds(asking: Accepted, plan: Plan, moves: Moves) -> bool:
    """Whether the case with the moves is an input, and has a plan with the starts they were found with."""
    try:
        after = accept_changes(asking, asked([one.change for one in moves.moved]), past=ARITHMETIC)
        return not stops(after.issues) and has_plan_as(_no_worse(asking, plan, program_of(after.factors)), moves)
    except (InputRejected, Infeasible, NoPlan):
        return False


def _in_the_way(shared: _Shared, asking: Accepted, mine: Sequence[Target]) -> list[Text]:
    """How far it can be met with all limits lifted, where that is not enough; else the rules that no plan keeps
    together with it."""
    least = None if shared.repairs is None else shared.repairs.least(shared.demand(mine))
    if least is not None and least > SHARE * max(1.0, sum(g.scale for g in mine)):
        return [alone_said(mine, least)]
    try:
        found = contradiction(in_the_open(asking.factors), asking.case.settings.whole, now() + SECONDS)
    except (Infeasible, NoPlan):
        return []
    others = joined([rule_said(rule) for rule in found.rules if mine[0].row not in rule.index]) if found else None
    return [] if others is None else [WAY.fill(rules=others)]


def _repair(accepted: Accepted, plan: Plan, row: str) -> Repaired | None:
    held = partial(_no_worse, accepted, plan)
    try:
        starts = frozenset(("start", place) for place, share in plan.start.items() if share > 0.5)
        return repair_of(accepted, in_the_open(accepted.factors, held), (f"target[{row}]",), held, starts)
    except Infeasible:
        # A row without decisions cannot hold however far its limits move.
        return Repaired(None, False, 1, True)
    except NoPlan:
        return None


def _no_worse(accepted: Accepted, plan: Plan, program: LinearProgram) -> LinearProgram:
    """The program in which every row misses at most what it misses in the plan."""
    rows = soft_rows(accepted.factors)
    upper = program.col_upper.copy()
    for j, (family, index) in enumerate(program.columns):
        if family in ("short", "excess") and index[0] in rows:
            # Stretch by stretch, so that together they are what the plan misses.
            row, k = rows[index[0]], index[1]
            side = plan.short if family == "short" or row.sense == "<=" else plan.excess
            total = side.get(row.id, 0.0) + NOISE * max(1.0, row.scale)
            before = sum(width(total, row.scale, n) for n in range(k))
            upper[j] = float(np.clip(total - before, 0.0, upper[j]))
    return program.with_bounds(col_upper=upper)


def missed_rows(accepted: Accepted, plan: Plan) -> list[str]:
    """Rows of sheet targets that a plan misses."""
    return list(dict.fromkeys(g.row for g in accepted.case.targets if _missed(plan, g.id) > SHARE * max(1.0, g.scale)))


def _missed(plan: Plan, g: str) -> float:
    return plan.short.get(g, 0.0) + plan.excess.get(g, 0.0)

