"""Which moves against the base are real and which are ties: the plan could as well have done otherwise
(docs/numbers.md: Scenarios side by side)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from jaryq.base.text import Text
from jaryq.report.amounts import Amounts
from jaryq.report.compare.moves import KM_SHOWN, SHARE_MOVED, Move, State
from jaryq.report.compare.shapes import Side
from jaryq.report.words import SMALL, number, proved
from jaryq.solve.choice import Choice
from jaryq.solve.solution import MAXIMISED

Standing = Literal["real", "open", "tie"]
STANDINGS: Mapping[Standing, Text] = {
    "real": Text("real move", "настоящее изменение"), "open": Text("not examined", "не проверено"),
    "tie": Text("tie", "равноценно"),
}
"""In the order in which they are shown."""

BETTER = 5e-4
"""bn KZT; a smaller gain is none."""

ALIKE = 1e-4
"""Normalised shortfalls that differ by less are alike, where no gap of a search is stated."""

GIVEN = Text("the project itself is another in the scenario", "сам объект в сценарии другой")
HELD = Text("in the base no plan as good as its own does so: the scenario brings it about",
            "в базовом ни один план не хуже его собственного так не делает: причина в сценарии")
FREE = Text("in the base another plan as good does so too", "в базовом есть план не хуже, который делает так же")
FREE_BETTER = Text("in the base another plan as good does so too: better by {amount} bn KZT, its shortfalls alike to "
                   "within the tolerance of the search",
                   "в базовом есть план не хуже, который делает так же: лучше на {amount} млрд тенге при тех же "
                   "недовыполнениях в пределах допуска поиска")
INSIDE = Text("what hangs on it, {amount} bn KZT, is within the distance of either plan from the best, {gap}",
              "от этого зависит {amount} млрд тенге: не больше расстояния одного из планов до лучшего, {gap}")
BARRED = Text("the scenario does not allow what the base does", "сценарий не допускает того, что делает базовый")
OPENED = Text("the base does not allow what the scenario does", "базовый не допускает того, что делает сценарий")
UNKNOWN = Text("the base does not say whether a plan as good could do so",
               "базовый план не говорит, мог ли план не хуже сделать так же")


@dataclass(frozen=True)
class Judged:
    """How a move stands, and why."""

    standing: Standing
    why: Text


def judged(key: str, base: Side, here: Side, states: tuple[State, State], move: Move) -> Judged:
    """How a move of a project stands.

    Real: the project is another one, one of the two does not allow what the other does, or the base's plan shows that
    no plan as good makes the scenario's choice. A tie: it shows one that does; or, where it says nothing, the money
    that hangs on the move is not more than the distance of either plan from the best, and no shortfall differs. Else
    not examined.
    """
    if any(state.status in ("absent", "done") for state in states):
        return Judged("real", GIVEN)
    for one, other, there, why in ((base, here, states[0], BARRED), (here, base, states[1], OPENED)):
        if one.found and other.found and not allows(other.found, key, one.found, there, move):
            return Judged("real", why)
    known = [choice_of(base.result.choices, key, kind, states) for kind in parts_of(move)]
    if any(one is not None and one.verdict in ("always", "never") for one in known):
        return Judged("real", HELD)
    said = [one for one in known if one is not None and one.verdict == "open"]
    if said and len(said) == len(known):
        return Judged("tie", _free(base, said))
    gap, amount = gap_of(base, here), hangs(key, base, here)
    if amount is not None and gap is not None and amount <= gap:
        return Judged("tie", INSIDE.fill(amount=told(amount), gap=proved(gap)))
    return Judged("open", UNKNOWN)


def allows(other: Amounts, key: str, own: Amounts, state: State, move: Move) -> bool:
    """Whether another scenario has the start, the payers (of a project whose payers move) and in each period the km
    of what a plan does with a project."""
    if state.status != "in":
        return True
    bounds, payers = other.factors.bounds, other.factors.bounds.pays.get(key, ())
    starts = other.factors.works.starts.get(key, ())
    if state.km is None and state.begin not in {start.period.label for start in starts}:
        return False
    if state.km is not None and any(km > bounds.km.get((n, t), 0.0) + KM_SHOWN for (n, t), km in own.plan.renew.items()
                                    if n == key):
        return False
    if "paid" in move.kinds:
        return all(share <= SHARE_MOVED or source in payers for source, share in state.paid.items())
    return bool(payers)


def told(amount: float) -> Text:
    return number(amount, 0 if amount >= 100 else 1 if amount >= 1 else 3)


def parts_of(move: Move) -> list[str]:
    """The kinds of choice that a move consists of; km and shares are none."""
    known = {"added": "facility", "dropped": "facility", "earlier": "start", "later": "start", "paid": "payer"}
    return [known.get(kind, "") for kind in move.kinds]


def choice_of(choices: tuple[Choice, ...], key: str, kind: str, states: tuple[State, State]) -> Choice | None:
    """What the base's plan says of its own choice against that of the scenario; None where it was not asked."""
    base, here = states
    for one in choices:
        if one.project == key and one.kind == kind and (
                (kind == "facility" and one.other == here.status)
                or (kind == "start" and one.now == base.begin and one.other == here.begin)
                or (kind == "payer" and here.paid.get(one.now, 0.0) == 0.0 and base.paid.get(one.now, 0.0) > 0.0)):
            return one
    return None


def _free(base: Side, said: list[Choice]) -> Text:
    """That the base could as well have done so; where that is even better, by how much, and within what."""
    better = -min(one.at_most.get("objective", 0.0) for one in said)
    of = None if base.found is None else base.found.case.settings.objective
    return FREE if better <= BETTER or of == "earliest_finish" else FREE_BETTER.fill(amount=told(better))


def hangs(key: str, base: Side, here: Side) -> float | None:
    """By how much what a project adds to the objective differs between the two plans (bn KZT, present value); None
    where objectives differ or are no money."""
    if base.found is None or here.found is None:
        return None
    aims = {base.found.case.settings.objective, here.found.case.settings.objective}
    values = [_adds(found, key) for found in (base.found, here.found)]
    return None if len(aims) > 1 or None in values else abs(values[0] - values[1])  # type: ignore[operator]


def _adds(found: Amounts, key: str) -> float | None:
    """A project's own part of the objective: benefits and income less what its money costs, as far as the objective
    counts them."""
    benefit, cost = found.benefit.get(key, 0.0), found.funding_pv.get(key, 0.0) - found.income_pv.get(key, 0.0)
    return {"purse": benefit - cost, "least_cost": -cost, "most_benefit": benefit}.get(found.case.settings.objective)


def gap_of(base: Side, here: Side) -> float | None:
    """The larger of the distances of the two plans from the best that is possible, at least what is shown as nothing
    (bn KZT); None where none is stated, and where the plans differ in what comes before the objective."""
    for name in ("priority_1", "priority_2", "priority_3", "value[red_zone]"):
        stage = name.removeprefix("value[").removesuffix("]")
        alike = max(ALIKE, *(one.result.gaps.get(stage, 0.0) for one in (base, here)))
        if not math.isclose(*(one.result.claims.get(name, 0.0) for one in (base, here)), abs_tol=alike, rel_tol=0.0):
            return None
    stated = [far for one in (base, here) if (far := distance(one)) is not None]
    return max(SMALL, *stated) if stated else None


def distance(one: Side) -> float | None:
    """How much better than its value the certified bound of a plan is, bn KZT; None where it is not stated or is no
    money."""
    value, bound = (one.result.claims.get(name) for name in ("value[objective]", "bound[objective]"))
    if one.found is None or value is None or bound is None:
        return None
    aim = one.found.case.settings.objective
    return None if aim == "earliest_finish" else max(0.0, bound - value if aim in MAXIMISED else value - bound)
