"""What wishes cost: the hand-made plan as it stands, the best plan that keeps the wishes, the best without them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from jaryq.api.accepted import Accepted, accept
from jaryq.api.explained import in_the_open
from jaryq.api.means import without_register
from jaryq.api.question import question
from jaryq.base.errors import NoPlan
from jaryq.case.case import Case
from jaryq.case.plan import Plan
from jaryq.case.stages import valued
from jaryq.explain.conflict import Moved, Rule, moved_by, stated_by
from jaryq.explain.wished import Works, by_hand, differing
from jaryq.factors.derive import derive
from jaryq.report.counting import completed_with, km_with
from jaryq.solve.at_hand import FENCE
from jaryq.solve.clock import now
from jaryq.solve.elastic import Elastic, NotFound, Repair, repair
from jaryq.solve.highs import Solver
from jaryq.solve.limits import SECOND, Limits
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.read import plan_of
from jaryq.solve.search import Arena
from jaryq.solve.solution import MAXIMISED, Gap, Solution
from jaryq.solve.stages import linear_stages
from jaryq.tables.tables import Table

SECONDS = 30.0
"""For the whole decisions of money that the hand-made plan leaves open."""

FINER = 10.0
"""Times nearer than the plan's own search: the works are given, so that the two are compared by what is left."""

DIGITS = 7
"""Of a value, behind the point: two searches of one plan differ behind them."""

HAND, KEPT, BEST = "hand", "kept", "best"


@dataclass(frozen=True)
class Priced:
    """A plan in figures: what each stage reaches (in its own sense; none of the hand-made plan if none can be told),
    facilities completed that count and km renewed by the last year (both with what was done before), and its works."""

    stages: Mapping[str, float]
    facilities: int
    km: float
    works: Works


@dataclass(frozen=True, eq=False)
class Wished:
    """The three plans; ``broken``: limits at the values that the hand-made plan needs them to have; ``given_up``: rules
    that it does not keep; ``differ``: projects in which the plans differ."""

    plans: Mapping[str, Priced]
    broken: tuple[Moved, ...]
    given_up: tuple[Rule, ...]
    differ: Mapping[str, Mapping[str, str | float]]

    @property
    def frame(self) -> pd.DataFrame:
        """A row for each figure, a column for each plan."""
        names = dict.fromkeys(name for plan in self.plans.values() for name in plan.stages)
        rows = {name: {which: plan.stages.get(name) for which, plan in self.plans.items()} for name in names}
        rows["facilities"] = {which: float(plan.facilities) for which, plan in self.plans.items()}
        rows["km"] = {which: plan.km for which, plan in self.plans.items()}
        return pd.DataFrame.from_dict(rows, orient="index")


def wished(accepted: Accepted, kept: Solution | None = None, say: Callable[[str], None] = lambda _: None) -> Wished:
    """The wishes of an input priced; with a register all three plans are by the means of packages. ``kept``: its plan,
    where it is there. Raises ValueError if it has no wishes,
    Infeasible or NoPlan where there is no plan with them, or none without."""
    if not accepted.case.wishes:
        raise ValueError("the case has no wishes (sheet overrides)")
    say("the best plan without the wishes")
    without = accept(accepted.tables.with_sheet(Table.of("overrides", [], ("project",))), [], as_changed=True)
    best = _solved(without)
    if kept is None or accepted.case.stretches is not None:
        say("the best plan with the wishes kept")
        kept = _solved(accepted)
    say("the hand-made plan as it stands")
    case, works = accepted.case, by_hand(accepted.factors, best.plan)
    stages, km, broken, given_up = _as_it_stands(accepted, works, best.gaps)
    plans = {HAND: _priced(case, stages, works, km), KEPT: _of(case, kept), BEST: _of(case, best)}
    return Wished(plans, broken, given_up, differing(case, {name: one.works for name, one in plans.items()}))


def _solved(accepted: Accepted) -> Solution:
    case = replace(accepted.case, settings=replace(accepted.case.settings, prices=0))
    plain = replace(accepted, factors=derive(case, accepted.factors))
    return without_register(plain)


def _of(case: Case, solution: Solution) -> Priced:
    works = _works(solution.plan)
    return _priced(case, {stage.name: stage.value for stage in solution.stages}, works, sum(works.renew.values()))


def _priced(case: Case, stages: Mapping[str, float], works: Works, km: float) -> Priced:
    # Plans that reach the same are told with the same figure: what the solver leaves behind is cut off.
    reached = {name: round(value, DIGITS) + 0.0 for name, value in stages.items()}
    return Priced(reached, completed_with(case, works.start), km_with(case, km), works)


def _works(plan: Plan) -> Works:
    return Works({p: t for (p, t), share in plan.start.items() if share > 0.5}, dict(plan.renew))


def _as_it_stands(accepted: Accepted, works: Works, gaps: Mapping[str, float],
                  ) -> tuple[dict[str, float], float, tuple[Moved, ...], tuple[Rule, ...]]:
    """What the stages reach with these works and money decided anew, their km, the limits that they need elsewhere, the
    rules that they do not keep. Raises NoPlan if no money makes a plan of them even so."""
    of = in_the_open(accepted.factors)
    elastic = replace(of.elastic, wide=_with_works(of.elastic.wide, works))
    try:
        found = repair(elastic, range(len(of.levers)), whole=True, seconds=SECONDS)
    except NotFound:
        found = None
    rules: list[int] = []
    if found is None:
        rules = list(range(len(of.levers), len(of.levers) + len(of.rules)))
        found = repair(elastic, [*range(len(of.levers)), *rules], whole=True, seconds=SECONDS)
    if found is None:
        raise NoPlan("no money makes a plan of the works as they are wanted")
    broken, _ = moved_by(of, {g: move for g, move in found.moves.items() if g < len(of.levers)}, found.x)
    given_up = [stated_by(of, g) for g in sorted(found.moves) if g >= len(of.levers)]
    values, x = _stages(accepted, elastic, found, gaps)
    plan = plan_of(question(accepted.factors, of.elastic.wide), of.elastic.wide, x)
    return values, sum(plan.renew.values()), tuple(broken), tuple(given_up)


def _with_works(program: LinearProgram, works: Works) -> LinearProgram:
    """The program with starts and km fixed."""
    lower, upper = program.col_lower.copy(), program.col_upper.copy()
    for j, (family, index) in enumerate(program.columns):
        if family == "start":
            lower[j] = upper[j] = float(works.start.get(index[0]) == index[1])
        elif family == "renew":
            lower[j] = upper[j] = works.renew.get((index[0], str(index[1])), 0.0)
    return program.with_bounds(col_lower=lower, col_upper=upper)


def _stages(accepted: Accepted, elastic: Elastic, found: Repair, gaps: Mapping[str, float],
            ) -> tuple[dict[str, float], Array]:
    """Values of the stages and the point, all that was moved held where it is; whole decisions of money (who takes part
    in what) are searched for, since a repair takes any that do. ``gaps``: how near the plan's own search came."""
    program, count = elastic.program, elastic.wide.shape[1]
    lower, upper = program.col_lower.copy(), program.col_upper.copy()
    for g, move in found.moves.items():
        up, down = count + 2 * g, count + 2 * g + 1
        lower[up] = upper[up] = max(move, 0.0)
        lower[down] = upper[down] = max(-move, 0.0)
    none = np.zeros(program.shape[1] - count)
    objectives = {name: (np.concatenate([vector, none]), constant)
                  for name, (vector, constant) in elastic.wide.objectives.items()}
    held = replace(program, col_lower=lower, col_upper=upper, objectives=objectives)
    names = valued(elastic.wide.objectives)
    whole = program.whole.copy()
    whole[count:] = False
    x = np.concatenate([found.x[:count], lower[count:]])
    lower, upper = _chosen(replace(held, whole=whole), names, x, gaps)
    held = held.with_bounds(col_lower=lower, col_upper=upper)
    staged = linear_stages(held, names, Solver(held))
    sign = -1.0 if accepted.case.settings.objective in MAXIMISED else 1.0
    return {name: (sign if name == "objective" else 1.0) * value + 0.0
            for name, value in staged.values.items()}, staged.x[:count]


def _chosen(program: LinearProgram, names: Sequence[str], x: Array, gaps: Mapping[str, float]) -> tuple[Array, Array]:
    """The bounds of the columns with whole decisions at the best that is found from ``x`` on, all stages in order."""
    if (program.whole & (program.col_lower < program.col_upper)).any():
        limits = Limits.of({name: Gap(gaps.get(name, 0.0) / FINER, "outlays") for name in names}, None,
                           now() + FENCE * SECONDS, 0)
        x = Arena(program, limits.within(SECONDS * SECOND)).run_all(names, x)
    lower, upper = program.col_lower.copy(), program.col_upper.copy()
    lower[program.whole] = upper[program.whole] = np.round(x[program.whole])
    return lower, upper
