"""Why then, why this money: what a start or a draw costs at the multipliers of the objective, rule by rule
(docs/numbers.md, The other choice)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jaryq.explain.opposites import Rows
from jaryq.explain.shown import Held, Shown
from jaryq.solve.lp import label

OWN = "own"
"""A column's own part of the objective."""

SPENDING, PAID = "paid_in_full", "paid"
"""Rows of what is spent in each year, and the part that they are: what the money for it costs."""

PLACE = 1e-6
"""A draw up to this is none, bn KZT."""


@dataclass(frozen=True)
class Parts:
    """What a column costs (minimised) in one unit, by row (``crew_capacity[W,2028]``; all that says that spending is
    paid for as ``paid``), earlier stage or ``own``; they add up to ``cost``."""

    by: Mapping[str, float]

    @property
    def cost(self) -> float:
        return sum(self.by.values())

    def less(self, other: Parts) -> dict[str, float]:
        """By how much this one is dearer, part by part, the largest first."""
        names = dict.fromkeys([*self.by, *other.by])
        found = {name: self.by.get(name, 0.0) - other.by.get(name, 0.0) for name in names}
        return dict(sorted(found.items(), key=lambda item: (-abs(item[1]), item[0])))


@dataclass(frozen=True)
class Beside:
    """What the plan has and the runner-up, with what each costs; ``full``: that the plan takes all there is of it."""

    chosen: str
    cost: Parts
    next: str
    next_cost: Parts
    year: int | None = None
    full: bool = False


def parts_of(shown: Shown, j: int, held: Held | None = None) -> Parts:
    """The cost of a column at multipliers of the last stage: the stored ones, where no others are given."""
    name, program = shown.names[-1], shown.program
    matrix = program.by_column
    held = shown.held[name] if held is None else held
    found = {OWN: float(program.objectives[name][0][j])}
    for k in range(matrix.indptr[j], matrix.indptr[j + 1]):
        i = int(matrix.indices[k])
        if held.rows[i]:
            family = PAID if program.rows[i][0] == SPENDING else label(program.rows[i])
            found[family] = found.get(family, 0.0) - float(matrix.data[k] * held.rows[i])
    for earlier, m in held.before.items():
        if m and program.objectives[earlier][0][j]:
            found[earlier] = m * float(program.objectives[earlier][0][j])
    return Parts(found)


def years_beside(shown: Shown, rows: Rows, project: str) -> list[Beside]:
    """The start of a facility that is done, and of each year the one that costs least of the others, the first year
    first."""
    costs = {j: parts_of(shown, j) for j in rows.starts.get(project, []) if shown.program.col_upper[j] > 0.0}
    mine = [j for j in costs if shown.chosen[j] > 0.5]
    if len(mine) != 1:
        return []
    when = {j: str(shown.program.columns[j][1][1]) for j in costs}
    best: dict[int, int] = {}
    for j in sorted(costs, key=lambda j: (costs[j].cost, j)):
        if j != mine[0]:
            best.setdefault(int(when[j][:4]), j)
    return [Beside(when[mine[0]], costs[mine[0]], when[j], costs[j], year) for year, j in sorted(best.items())]


def payer_beside(shown: Shown, project: str, held: Held | None = None) -> Beside | None:
    """The source with the largest draw on a project in one year, and the one that costs least of the others there, each
    for one bn KZT, at the multipliers ``held`` of the plan as it stands; what is drawn whole comes last."""
    drawn = {(s, y): amount for (s, p, y), amount in shown.solution.plan.draw.items()
             if p == project and amount > PLACE}
    if not drawn:
        return None
    source, year = max(sorted(drawn), key=drawn.__getitem__)
    costs, at = {}, {}
    for j, meaning in enumerate(shown.question.meanings):
        if (meaning is not None and meaning.field == "draw" and meaning.key[1:] == (project, year)
                and shown.program.col_upper[j] > 0.0):
            found = parts_of(shown, j, held)
            at[str(meaning.key[0])] = shown.program.col_upper[j] / meaning.per_unit
            costs[str(meaning.key[0])] = Parts({name: value * meaning.per_unit for name, value in found.by.items()})
    full = {s for s in costs if shown.solution.plan.draw.get((s, project, year), 0.0) >= at[s] - PLACE}
    others = [s for s in costs if s not in {source, *full}] or [s for s in costs if s != source]
    if source not in costs or not others:
        return None
    best = min(others, key=lambda s: (costs[s].cost, s))
    return Beside(source, costs[source], best, costs[best], year, best in full)
