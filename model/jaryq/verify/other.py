"""What a plan says of other choices, checked again (docs/numbers.md, The other choice).

What follows from the stored multipliers is computed again here: the bound of a stage less what the columns of the
choice add to it, plus the least that they can add where the opposite puts them. What only solving shows (a linear
program or a tree with the opposite, a plan found) is checked for its sense, and by ``solved_again`` solved again.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from jaryq.case.case import Case
from jaryq.case.plan import Plan
from jaryq.solve.choice import Choice
from jaryq.solve.dyadic import sum_of_products
from jaryq.solve.exact import Cap, exact_bound
from jaryq.solve.lp import Array, LinearProgram, label
from jaryq.solve.proof import NOTHING, Proof
from jaryq.solve.solution import MAXIMISED
from jaryq.verify.branching import Proved, verify_fixings
from jaryq.verify.finding import STATED, Finding
from jaryq.verify.other_leaves import Leaf, bound_of, leaves_of
from jaryq.verify.stretch_bound import Costs, stages_with_stretches

LEAST = 1e-6
"""A gap is at least this share of the size of its value; less of a row than this is none of it."""


class Wrong(Exception):
    """A claim about another choice that does not hold: why."""


@dataclass(eq=False)
class Shown:
    """The program without the columns that are proved to be nothing; values (minimised) of the stages and how near a
    plan must come; multipliers as stored (``stage|row``, ``stage|earlier stage``)."""

    program: LinearProgram
    plan: Plan
    values: Mapping[str, float]
    gaps: Mapping[str, float]
    multipliers: Mapping[str, float]
    proof: Proof = NOTHING
    own: Costs = field(default_factory=dict)
    starts: dict[str, dict[str, int]] = field(init=False)
    draws: dict[tuple[str, str], list[int]] = field(init=False)
    start_at: dict[str, int] = field(init=False)
    _made: dict[str, tuple[Array, dict[str, float], Fraction]] = field(init=False, default_factory=dict)
    _leaves: dict[str, list[Leaf]] = field(init=False, default_factory=dict)
    _of_columns: dict[tuple[str, int], Fraction] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.starts, self.draws, self.start_at = {}, {}, {}
        for j, (family, index) in enumerate(self.program.columns):
            if family == "start":
                self.start_at[label((family, index))] = j
                self.starts.setdefault(str(index[0]), {})[str(index[1])] = j
            elif family == "draw":
                self.draws.setdefault((str(index[0]), str(index[1])), []).append(j)

    def most(self, stage: str) -> float:
        return self.values[stage] + max(self.gaps.get(stage, 0.0), LEAST * max(1.0, abs(self.values[stage])))

    def sides(self, one: Choice) -> tuple[list[int], list[int]]:
        """Columns that are nothing with the opposite, and those of which exactly one is 1. Raises Wrong where the
        choice is none of the plan."""
        here = self.starts.get(one.project, {})
        when = [t for t in here if self.plan.start.get((one.project, t), 0.0) >= 1.0 - LEAST]
        if one.kind == "payer":
            drawn: dict[str, float] = {}
            for (s, p, _), amount in self.plan.draw.items():
                if p == one.project:
                    drawn[s] = drawn.get(s, 0.0) + amount
            if one.other != f"-{one.now}" or drawn.get(one.now, 0.0) < max(drawn.values(), default=math.inf):
                raise Wrong("is not its largest payer")
            return self.draws.get((one.now, one.project), []), []
        if one.kind == "start":
            if when != [one.now] or one.other not in here:
                raise Wrong("does not start then")
            return [j for t, j in here.items() if t != one.other], [here[one.other]]
        share = math.fsum(self.plan.start.get((one.project, t), 0.0) for t in here)
        now = "in" if share >= 1.0 - LEAST else "out" if share <= LEAST else "part"
        if one.now != now or one.other not in ("in", "out") or one.other == now or not here:
            raise Wrong("is not chosen so")
        return (list(here.values()), []) if one.other == "out" else ([], list(here.values()))

    @property
    def divisible(self) -> bool:
        """Whether nothing has to be whole."""
        return not self.program.whole.any()

    def bound(self, stage: str, off: Sequence[int], on: Sequence[int]) -> Fraction:
        """The bound of a stage with the opposite, from the stored multipliers."""
        dual, times, free = self._bound(stage)
        for j in {*off, *on}:
            left = self._left(stage, j, dual, times)
            low, high = (Fraction(float(side[j])) for side in (self.program.col_lower, self.program.col_upper))
            free -= min(left * low, left * high)
        # What is proved to be nothing is no start.
        starts = [j for j in on if self.program.col_upper[j] > 0]
        own = free + min((self._left(stage, j, dual, times) for j in starts), default=Fraction(0))
        branched = bound_of(self.program, self.leaves(stage), off, on)
        return own if branched is None else max(own, branched)

    def leaves(self, stage: str) -> list[Leaf]:
        """The leaves of the stage's tree, earlier stages at what plans as good as the shown one keep."""
        if stage not in self._leaves:
            tree = self.proof.trees.get(stage)
            before = [*self.values][: [*self.values].index(stage)]
            kept = {name: self.most(name) for name in before}
            self._leaves[stage] = leaves_of(self.program, tree, stage, kept, self.own) if tree else []
        return self._leaves[stage]

    def costs(self, stage: str) -> tuple[Array, float]:
        """What a stage minimises where it is bounded (``stretch_bound``)."""
        return self.own.get(stage) or self.program.objectives[stage]

    def _bound(self, stage: str) -> tuple[Array, dict[str, float], Fraction]:
        if stage not in self._made:
            row_at = {label(name): i for i, name in enumerate(self.program.rows)}
            dual, times = np.zeros(self.program.shape[0]), dict[str, float]()
            for key, value in self.multipliers.items():
                mine, _, name = key.partition("|")
                if mine == stage and name in row_at:
                    dual[row_at[name]] = value
                elif mine == stage and name in self.values:
                    times[name] = max(value, 0.0)
            lower, upper = self.program.row_lower, self.program.row_upper
            dual[((dual > 0) & np.isinf(lower)) | ((dual < 0) & np.isinf(upper))] = 0.0
            caps = [Cap(*self.program.objectives[name], self.most(name), m) for name, m in times.items()]
            self._made[stage] = dual, times, exact_bound(self.program, *self.costs(stage), dual, caps)
        return self._made[stage]

    def _left(self, stage: str, j: int, dual: Array, times: Mapping[str, float]) -> Fraction:
        """What the multipliers leave of a column's cost, exactly; each is asked more than once."""
        if (stage, j) not in self._of_columns:
            by_column = self.program.by_column
            here = slice(by_column.indptr[j], by_column.indptr[j + 1])
            self._of_columns[stage, j] = sum_of_products((
                (1.0, float(self.costs(stage)[0][j])),
                *zip((-by_column.data[here]).tolist(), dual[by_column.indices[here]].tolist(), strict=True),
                *((m, float(self.program.objectives[name][0][j])) for name, m in times.items())))
        return self._of_columns[stage, j]


def as_shown(
    program: LinearProgram, plan: Plan, objective: str, claims: Mapping[str, float], gaps: Mapping[str, float],
    multipliers: Mapping[str, float], proof: Proof, stages: Sequence[str], case: Case | None = None,
) -> Shown:
    """A plan in its program: columns that are proved to be nothing at nothing, values minimised; ``case``: as of
    ``verify_certificate``."""
    own = {} if case is None or case.stretches is None else stages_with_stretches(case, program, stages, multipliers)
    proved = Proved(program)
    verify_fixings(proved, proof.fixings)
    turn = -1.0 if objective in MAXIMISED else 1.0
    values = {name: (turn if name == "objective" else 1.0) * claims.get(f"value[{name}]", math.nan) for name in stages}
    return Shown(proved.left, plan, values, gaps, multipliers, proof, own)


def verify_other_choices(shown: Shown, choices: Sequence[Choice], stages: Sequence[str]) -> tuple[Finding, ...]:
    """One finding of all claims about other choices; ``stages`` in their order."""
    holes = []
    for one in choices:
        try:
            _verify_choice(shown, one, stages)
        except Wrong as why:
            holes.append(f"{one.project} {one.other}: {why}")
    where = "; ".join([*holes[:3], *([f"+{len(holes) - 3} more"] if len(holes) > 3 else [])])
    good = len(choices) - len(holes)
    return (Finding("other_choice", where, len(choices), good, float(len(holes)), 0.0, "number"),) if choices else ()


def _verify_choice(shown: Shown, one: Choice, stages: Sequence[str]) -> None:
    off, on = shown.sides(one)
    shut = "never" if one.other == "in" else "always"
    if one.verdict not in (shut, "open", "undecided") or (one.verdict == "open") != (one.by == "found"):
        raise Wrong(f"{one.verdict} by {one.by}")
    if one.verdict == shut and one.by == "nothing":
        raise Wrong("is shown by nothing")
    if list(one.at_least) != [*stages][: len(one.at_least)]:
        raise Wrong("stages are left out")
    if one.cannot:
        if one.by == "multipliers" and (not on or any(shown.program.col_upper[j] > 0 for j in on)):
            raise Wrong("may be done")
        return
    if one.by in ("multipliers", "nothing", "found"):
        for stage, least in one.at_least.items():
            if not least <= float(shown.bound(stage, off, on)) - shown.values[stage] + _slack(shown, stage):
                raise Wrong(f"{stage}: at least {least:.9g} does not follow")
    if one.verdict == shut and not _last(shown, one) > 0:
        raise Wrong("is not shut out")
    if one.verdict != shut and any(least > shown.most(stage) - shown.values[stage] + _slack(shown, stage)
                                   for stage, least in one.at_least.items()):
        raise Wrong("is shut out")
    if one.verdict == "open":
        _verify_found(shown, one, off, on, stages)


def _last(shown: Shown, one: Choice) -> float:
    """By how much the last stage told is above what a plan as good as the shown one may have."""
    if not one.at_least:
        return -math.inf
    stage = list(one.at_least)[-1]
    return one.at_least[stage] + shown.values[stage] - shown.most(stage)


def _slack(shown: Shown, stage: str) -> float:
    return STATED * max(1.0, abs(shown.values[stage]))


def _verify_found(shown: Shown, one: Choice, off: Sequence[int], on: Sequence[int], stages: Sequence[str]) -> None:
    starts = starts_of(shown, one)
    if not shown.divisible and (any(j in starts for j in off) or (on and sum(j in starts for j in on) != 1)):
        raise Wrong("the plan found does not hold the opposite")
    if list(one.at_most) != list(stages):
        raise Wrong("stages of the plan found are left out")
    for stage, worse in one.at_most.items():
        if not worse <= shown.most(stage) - shown.values[stage] + _slack(shown, stage):
            raise Wrong(f"{stage}: the plan found is worse by {worse:.9g}")


def starts_of(shown: Shown, one: Choice) -> set[int]:
    """The starts of the plan found. Raises Wrong where what differs is no start, or is none of the plan's."""
    starts = {shown.starts[f][t] for (f, t), share in shown.plan.start.items() if share > 0.5 and t in
              shown.starts.get(f, {})}
    for told in one.instead:
        j = shown.start_at.get(told.removeprefix("-"))
        if j is None or (j in starts) != told.startswith("-"):
            raise Wrong(f"{told} is no difference")
        starts ^= {j}
    return starts
