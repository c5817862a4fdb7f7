"""From a program with stretches to a Solution, and to what is renewed of each stretch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from jaryq.case.stages import valued as stages_with_value
from jaryq.solve.clock import now
from jaryq.solve.ending import told
from jaryq.solve.held import held_stages
from jaryq.solve.highs import Solver
from jaryq.solve.limits import Limits
from jaryq.solve.lp import LinearProgram
from jaryq.solve.prices import Regime, as_chosen, price
from jaryq.solve.proof import Fixing, Proof
from jaryq.solve.question import Question
from jaryq.solve.read import plan_of
from jaryq.solve.run import FIXING, LEFT, Progress, divisible, shown
from jaryq.solve.solution import MAXIMISED, Price, Size, Solution
from jaryq.solve.stages import linear_stages
from jaryq.solve.stake import at_stake, gaps, outlays_pv
from jaryq.solve.stretches.asked import of_groups
from jaryq.solve.stretches.by_means import fix_beside
from jaryq.solve.stretches.certify import certify
from jaryq.solve.stretches.fill import Filled
from jaryq.solve.stretches.fill_together import filled
from jaryq.solve.stretches.partition import freed
from jaryq.solve.stretches.regimes import few_groups, told_on
from jaryq.solve.stretches.register import Stretches
from jaryq.solve.stretches.restricted import restricted
from jaryq.solve.stretches.stages import Reached, in_stages
from jaryq.solve.stretches.whole import Chosen, choose_with_stretches


@dataclass(frozen=True, eq=False)
class Stretched:
    """The answer, and what is renewed of each stretch."""

    solution: Solution
    renewed: Filled


def solve_with_stretches(question: Question, base: LinearProgram, register: Stretches,
                         say: Progress = lambda _: None, means: LinearProgram | None = None) -> Stretched:
    """Decide. ``means``: the program in which a km of each package brings what it brings on average. Raises Infeasible
    with a proved conflict, NoPlan if the solver stops without a plan."""
    begun = now()
    settings, names = question.settings, tuple(base.objectives)
    valued = stages_with_value(names)
    sign = -1.0 if settings.objective in MAXIMISED else 1.0
    whole = settings.whole and bool(base.whole.any())
    say("linear stages")
    relaxed = in_stages(base, register, valued if whole else names, say=say)
    seconds = relaxed.seconds
    freely, reached, chosen, stake = relaxed, relaxed, None, None
    fixings: tuple[Fixing, ...] = ()
    full = base  # Limits are moved without what was fixed: with them other facilities can be done.
    if whole:
        made = restricted(base, register, freed(register, relaxed.partition))
        asked, linear = of_groups(question, made, register), told_on(made, register, relaxed, valued)
        allowed = gaps(asked, made.program, linear, valued)
        stake = at_stake(asked, made.program, linear) if settings.objective != "earliest_finish" else None
        left = fix_beside(base, register, valued, relaxed, begun + FIXING * settings.time_limit, say)
        base, fixings, relaxed = left.program, left.found, left.relaxed
        seconds += left.seconds + (0.0 if relaxed is freely else relaxed.seconds)
        last = max(begun + settings.time_limit, now() + LEFT * settings.time_limit)
        chosen = choose_with_stretches(question, base, register, relaxed, names,
                                       Limits.of(allowed, settings.node_limit, last, settings.seed), say, means)
        reached, seconds = chosen.reached, seconds + chosen.seconds
    say("certificates")
    certified = certify(base, register, valued, reached.values, relaxed, reached.partition, say)
    seconds += certified.seconds
    stages = tuple(replace(s, relaxation=freely.values[s.name]) for s in certified.stages)
    remarks = () if chosen is None else chosen.remarks
    if chosen is not None:
        # A bound of branching over groups is none over stretches.
        ends = chosen.searched.ends if chosen.single else {}
        stages = tuple(replace(s, search=told(ends.get(s.name), chosen.searched.otherwise, allowed[s.name], s.name,
                                              reached.values, s.bound)) for s in stages)
    priced: tuple[Price, ...] = ()
    unpriced = 0
    if settings.prices:
        say("prices of limits")
        asked, regimes, spent = _regimes(question, full, register, freely, chosen, valued)
        priced, more, unpriced = price(settings, asked.moves, valued, regimes, sign, begun + settings.time_limit)
        seconds += spent + more
    if unpriced:
        remarks += (f"the limit of time was used up: {unpriced} limits have no price",)
    bound = {stage.name: stage.bound for stage in stages}["objective"]
    solution = Solution(
        plan=plan_of(question, base, reached.x), objective=settings.objective,
        value=sign * reached.values["objective"] + 0.0, stages=tuple(shown(stage, sign) for stage in stages),
        lp_relaxation=sign * freely.values["objective"] + 0.0,
        certified_bound=sign * (np.nan if bound is None else bound) + 0.0,
        outlays_pv=outlays_pv(question, base, reached.x), prices=priced,
        size=Size(base.shape[1], base.shape[0], int(base.matrix.nnz)), solver_seconds=seconds,
        multipliers=certified.multipliers, remarks=remarks,
        divisible=divisible(base, freely.x) if whole else None, stake=stake, proof=Proof(fixings))
    return Stretched(solution, filled(register, reached.partition, reached.km, reached.x, "objective"))


def _regimes(question: Question, base: LinearProgram, register: Stretches, relaxed: Reached, chosen: Chosen | None,
             names: Sequence[str]) -> tuple[Question, list[Regime], float]:
    """The programs that prices of limits move, both of the same few groups; seconds in the solver. Their stages are
    solved from nothing: a limit that moves is followed from the basis of each, and one that only stands at the right
    point (that of another stage, or put together from other groups) is left by ten thousands of steps."""
    if chosen is not None and chosen.frozen is not None and not chosen.single:
        # Those of the search, on which the stages with its choices are solved already.
        made = restricted(base, register, chosen.frozen.partition)
        solver = Solver(made.program, seed=question.settings.seed)
        searched, free = chosen.searched, linear_stages(made.program, names, solver)
        return of_groups(question, made, register), [
            Regime("same_projects", searched.chosen, searched.staged),
            Regime("projects_may_change", made.program, free)], solver.seconds
    made = few_groups(base, register, *([relaxed] if chosen is None else [relaxed, chosen.reached]))
    solver = Solver(made.program, seed=question.settings.seed)
    free = linear_stages(made.program, names, solver)
    regimes = [Regime("projects_may_change", made.program, free)]
    if chosen is not None:
        same = as_chosen(made.program, chosen.program)
        regimes.insert(0, Regime("same_projects", same, held_stages(same, names, solver, free)))
    return of_groups(question, made, register), regimes, solver.seconds
