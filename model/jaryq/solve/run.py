"""From a linear program to a Solution: linear stages, whole stages, linear stages again, certificates, prices."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np

from jaryq.base.errors import Infeasible, NoPlan
from jaryq.case.stages import valued as stages_with_value
from jaryq.solve.aggregate import Aggregate, aggregate
from jaryq.solve.certify import NO_ROOTS, certify
from jaryq.solve.clock import now
from jaryq.solve.earlier import earlier
from jaryq.solve.ending import told
from jaryq.solve.fixings import fix, whole_conflict
from jaryq.solve.highs import Solver
from jaryq.solve.limits import Limits
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.prices import Regime, price
from jaryq.solve.proof import NOTHING, Fixing, Proof
from jaryq.solve.prove import Ground, prove
from jaryq.solve.question import Question
from jaryq.solve.read import plan_of
from jaryq.solve.solution import MAXIMISED, Divisible, Gap, Move, Size, Solution, Stage
from jaryq.solve.stages import Staged, linear_stages
from jaryq.solve.stake import at_stake, gaps, outlays_pv
from jaryq.solve.taken import standing, widened
from jaryq.solve.whole import Whole, choose
from jaryq.solve.with_room import with_room

FIXING, LEFT = 0.3, 0.2
"""Part of the limit of time by which fixings end at the latest, and part that the search has though linear programs
took all of it: a plan must be found."""

Progress = Callable[[str], None]


def solve(question: Question, program: LinearProgram, say: Progress = lambda _: None) -> Solution:
    """Decide. Raises Infeasible with a proved conflict, NoPlan if the solver stops without a plan."""
    begun = now()
    settings = question.settings
    names = tuple(program.objectives)
    valued = stages_with_value(names)
    sign = -1.0 if settings.objective in MAXIMISED else 1.0
    say("linear stages")
    whole = settings.whole and bool(program.whole.any())
    stated = program
    program, relaxed, seconds = standing(stated, (valued if whole else names, settings.seed), whole=whole)
    linear = now() - begun
    remarks: tuple[str, ...] = ()
    searched: Whole | None = None
    allowed: Mapping[str, Gap] = {}
    stake: float | None = None
    final, chosen = relaxed, program
    red_cost: Move | None = None
    if "red_zone" in names:
        say("what the red zone first costs")
        free = linear_stages(program, tuple(name for name in valued if name != "red_zone"),
                             Solver(program, seed=settings.seed))
        red_cost = Move(
            {name.removeprefix("priority_"): relaxed.values[name] - free.values[name]
             for name in free.values if name.startswith("priority_")},
            sign * (relaxed.values["objective"] - free.values["objective"]),
        )
    open_program, trees, roots = program, NOTHING.trees, NO_ROOTS
    fixings: tuple[Fixing, ...] = ()
    ground: Ground | None = None
    if whole:
        say("whole facilities")
        fixer = fix(program, valued, relaxed, begun + FIXING * settings.time_limit)
        open_program, fixings = fixer.program, tuple(fixer.found)
        seconds += fixer.seconds
        stake = at_stake(question, program, relaxed) if settings.objective != "earliest_finish" else None
        allowed = gaps(question, program, relaxed, valued)
        # After the search the linear stages run again with the choices fixed, then the certificate: each takes about
        # what they took here.
        last = max(begun + settings.time_limit - 2.0 * linear, now() + LEFT * settings.time_limit)
        limited = Limits.of(allowed, settings.node_limit, last, settings.seed)
        small = aggregate(question, open_program)
        ground = Ground(small.program, small.column, small.row)
        try:
            searched = _chosen(question, small, open_program, relaxed, names, limited)
            searched = with_room(question, open_program, names, limited, searched)
        except Infeasible as error:
            raise whole_conflict(error, fixer) from error
        chosen, final, remarks = searched.chosen, searched.staged, searched.remarks
        seconds += searched.seconds
        say("branching")
        if now() >= last:
            remarks += ("the limit of time was used up before branching: no tree was grown",)
        proved = prove(small, open_program, valued, chosen, final, last, relaxed.values,
                       {name for name, gap in allowed.items() if gap.size == 0.0}, searched.bases)
        chosen, final, trees, roots = proved.chosen, proved.staged, proved.trees, proved.roots
        chosen, final, spent = earlier(open_program, names, chosen, final, limited)
        seconds += proved.seconds + spent
        if proved.late:
            remarks += (f"the limit of time cut off the branching tree of {', '.join(proved.late)}",)
    if final.fell_back:
        remarks += ("stages were kept by rows with a slack of 1e-9 instead of the optimal face",)
    plan = plan_of(question, program, final.x)
    say("certificates and prices of limits" if settings.prices else "certificates")
    regimes = [Regime("projects_may_change", program, relaxed)]
    if whole:
        regimes.insert(0, Regime("same_projects", chosen, final))
    # Certificate and prices need nothing of each other; each has a solver of its own, and HiGHS runs beside Python.
    with ThreadPoolExecutor(max_workers=1) as pool:
        pricing = (pool.submit(price, settings, question.moves, valued, regimes, sign, begun + settings.time_limit)
                   if settings.prices else None)
        stages, multipliers, spent = certify(open_program, valued, final, relaxed, trees=trees, small=ground,
                                             roots=roots, stated=_stated(open_program, stated))
        priced, more, unpriced = pricing.result() if pricing else ((), 0.0, 0)
        seconds += spent + more
    if unpriced:
        remarks += (f"the limit of time was used up: {unpriced} limits have no price",)
    if searched is not None:
        stages = [replace(s, search=told(searched.ends.get(s.name), searched.otherwise, allowed[s.name], s.name,
                                         final.values, s.bound)) for s in stages]
    bound = {stage.name: stage.bound for stage in stages}["objective"]
    return Solution(
        plan=plan, objective=settings.objective, value=sign * final.values["objective"] + 0.0,
        stages=tuple(shown(stage, sign) for stage in stages),
        lp_relaxation=sign * relaxed.values["objective"] + 0.0,
        certified_bound=sign * (math.nan if bound is None else bound) + 0.0,
        outlays_pv=outlays_pv(question, program, final.x), prices=priced,
        size=Size(program.shape[1], program.shape[0], int(program.matrix.nnz)),
        solver_seconds=seconds, multipliers=multipliers, remarks=remarks,
        divisible=divisible(program, relaxed.x) if whole else None,
        stake=stake, red_cost=red_cost,
        proof=Proof(fixings, {stage.name: trees[stage.name] for stage in stages if stage.leaves is not None}),
    )


def _chosen(question: Question, small: Aggregate, program: LinearProgram, relaxed: Staged, names: Sequence[str],
            limits: Limits) -> Whole:
    """Whole facilities. That there are none, by the search's word alone, or that none were found, is asked again with
    as much room as proofs leave: it may be off by a hair. Raises as ``choose``."""
    try:
        return choose(question, small, program, relaxed, names, limits)
    except (Infeasible, NoPlan) as error:
        if (isinstance(error, Infeasible) and error.conflict) or limits.left <= 0.0:
            raise
        wide = widened(program)
        return choose(question, aggregate(question, wide), wide, relaxed, names, limits)


def _stated(program: LinearProgram, stated: LinearProgram) -> LinearProgram:
    """A program of which columns were fixed, with its rows as they are stated: plans are held to these."""
    if program.gave is None:
        return program
    return stated.with_bounds(col_upper=np.minimum(program.col_upper, stated.col_upper))


def divisible(program: LinearProgram, x: Array) -> Divisible:
    """What the plan would be if facilities could be done in part."""
    shares: dict[str, float] = {}
    for (family, index), share in zip(program.columns, x.tolist(), strict=True):
        if family == "start":
            shares[index[0]] = shares.get(index[0], 0.0) + share
    times: dict[str, int] = {}
    for (family, index), share in zip(program.columns, x.tolist(), strict=True):
        if family == "start" and 1e-6 < share < 1 - 1e-6:
            times[index[0]] = times.get(index[0], 0) + 1
    return Divisible(math.fsum(shares.values()), len(times),
                     sum(1 for share in shares.values() if 1e-6 < share < 1 - 1e-6))


def shown(stage: Stage, sign: float) -> Stage:
    """A stage in the sense in which it is shown."""
    turn = sign if stage.name == "objective" else 1.0

    def turned(value: float | None) -> float | None:
        return None if value is None else turn * value + 0.0

    search = None if stage.search is None else replace(stage.search, branching=turned(stage.search.branching))
    return replace(
        stage, value=turned(stage.value) or 0.0, bound=turned(stage.bound), relaxation=turned(stage.relaxation),
        linear=turned(stage.linear), search=search,
    )
