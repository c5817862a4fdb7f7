"""What would it take: the cheapest movement of limits with which a target that the plan misses is met, all other rows
missing no more than they do in the plan (docs/numbers.md: What cannot be done)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from jaryq.api.accepted import Accepted, accept_changes
from jaryq.api.asked import asked
from jaryq.api.explained import Repaired, in_the_open, repair_of
from jaryq.base.errors import Infeasible, NoPlan, Told
from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.base.units import UNITS
from jaryq.case.case import Target
from jaryq.case.plan import Plan
from jaryq.case.scope import is_ratio
from jaryq.explain.conflict import contradiction
from jaryq.explain.told import NOT_FOUND, TRY, repair_record, repair_said, rule_said
from jaryq.factors.soft_rows import soft_rows
from jaryq.formulation.follows import width
from jaryq.report.words import amount_of, joined, name_of, unit_of
from jaryq.rules.feasible import ARITHMETIC
from jaryq.sheets.measures import PERCENT
from jaryq.solve.clock import now
from jaryq.solve.lp import LinearProgram
from jaryq.solve.prices import NOISE

SHARE = 1e-6
"""A shortfall up to this share of its scale is none."""

MONEY = UNITS[BILLION].symbol
NO_TARGET = Text("the plan has no target {target}", "в плане нет цели {target}")
MET = Text("{target}: the target is met.", "{target}: цель выполнена.")
SHORT = Text("{target} is missed by {short} in all. What it would take, other targets missing no more than now:",
             "{target}: не хватает всего {short}. Что для этого нужно, если остальные цели не станут хуже:")
WAY = Text("What stands in the way: {rules}.", "Что этому мешает: {rules}.")
ALONE = Text("What stands in the way is no limit: with all of them lifted there is no more of it to be done than this.",
             "Мешает не ограничение: и без всех ограничений больше этого выполнить нечего.")
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


def takes(accepted: Accepted, plan: Plan, row: str) -> Takes:
    """What it would take to meet the row ``row`` of sheet targets. Raises Told where there is none of that key."""
    mine = [g for g in accepted.case.targets if row in (g.row, g.id)]
    if not mine:
        raise Told(NO_TARGET.fill(target=row))
    key = mine[0].row
    short = sum(_missed(plan, g.id) for g in mine)
    if key not in missed_rows(accepted, plan):
        return Takes(key, (MET.fill(target=name_of(mine[0])),), {"missed": 0.0})
    hard = (f"targets; target={key}; priority; set hard",
            *((f"targets; target={key}; price; set",) if mine[0].priority == "price" else ()))
    found = _repair(accept_changes(accepted, asked(hard), past=ARITHMETIC), plan, key)
    unit = MONEY if is_ratio(mine[0]) else unit_of(mine[0])
    said = [SHORT.fill(target=name_of(mine[0]), short=amount_of(_shown(mine[0], short), unit, genitive=True))]
    if found is None or found.moves is None or not found.moves.moved:
        said.append(NOT_FOUND if found is None or not found.known else NOTHING)
        if found is not None and found.known:
            said += _in_the_way(accept_changes(accepted, asked(hard), past=ARITHMETIC), key)
    else:
        said += repair_said(found.moves, found.tested, found.rounds, found.exact)
        said += [TRY.fill(change=change) for change in hard]
    moves = None if found is None else found.moves
    return Takes(key, tuple(said), {"missed": _shown(mine[0], short), "hard": list(hard),
                                    **repair_record(moves, found is not None and found.tested)})


def _in_the_way(accepted: Accepted, row: str) -> list[Text]:
    """The rules that no plan keeps together with the target; or that it is the target alone, all others lifted."""
    try:
        found = contradiction(in_the_open(accepted.factors), accepted.case.settings.whole, now() + SECONDS)
    except Infeasible:
        return [ALONE]
    except NoPlan:
        return []
    if found is None:
        return []
    others = joined([rule_said(rule) for rule in found.rules if row not in rule.index])
    return [ALONE if others is None else WAY.fill(rules=others)]


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


def _shown(target: Target, value: float) -> float:
    return value * 100.0 if target.measure in PERCENT and not is_ratio(target) else value
