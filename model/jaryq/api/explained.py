"""Why there is no plan, found on the case itself: the conflict, and the cheapest repair, which is tried before it is
told."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

import numpy as np

from jaryq.api.accepted import Accepted, accept_changes
from jaryq.api.asked import asked
from jaryq.api.question import natural, program_of
from jaryq.base.errors import Infeasible, InputRejected, NoPlan, Why
from jaryq.base.issues import stops
from jaryq.explain.conflict import Moved, Moves, cheapest, contradiction, in_the_way
from jaryq.explain.opened import Opened, opened
from jaryq.explain.told import why, why_unproved
from jaryq.factors.derive import Factors
from jaryq.formulation.assemble import limits
from jaryq.rules.feasible import ARITHMETIC
from jaryq.solve.at_hand import search
from jaryq.solve.clock import now
from jaryq.solve.elastic import NotFound
from jaryq.solve.highs import Solver
from jaryq.solve.lp import LinearProgram, Name
from jaryq.solve.near import fixed

CONFLICT, REPAIR, TEST, ROUNDS = 40.0, 30.0, 30.0, 3
"""Seconds for a conflict, for a repair, for its test, and how often what is left is repaired again."""

Held = Callable[[LinearProgram], LinearProgram]


@dataclass(frozen=True, eq=False)
class Repaired:
    """The cheapest moves, whether a plan was found with them, after so many rounds, and whether no amount was rounded;
    ``known``: whether, where there are no moves, it is known that there are none."""

    moves: Moves | None
    tested: bool
    rounds: int
    exact: bool
    known: bool = True


def why_no_plan(accepted: Accepted) -> Why | None:
    """The conflict of a case without a plan and its cheapest repair; nothing where neither can be told."""
    whole = accepted.case.settings.whole
    try:
        of = in_the_open(accepted.factors)
        found = contradiction(of, whole, now() + CONFLICT)
        repaired = repair_of(accepted, of)
    except (Infeasible, NoPlan):
        return None
    if found is None and repaired.moves is None:
        return None
    return why(found, repaired.moves, repaired.tested, repaired.rounds, repaired.exact, known=repaired.known)


def why_not_found(accepted: Accepted) -> Why:
    """Of a case of which no plan was found, though it is not proved that there is none: the limits that are nearest to
    what is missing, as the cheapest repair moves them; where none moves, the rules that are nearest, or what else is to
    be done."""
    try:
        of = in_the_open(accepted.factors)
        repaired = repair_of(accepted, of)
    except (Infeasible, NoPlan):
        return why_unproved(None, False, 1, True)
    moves = repaired.moves
    near = () if moves is not None and moves.moved else in_the_way(of, accepted.case.settings.whole, REPAIR)
    return why_unproved(moves, repaired.tested, repaired.rounds, repaired.exact, near)


def repair_of(accepted: Accepted, of: Opened, kept: Collection[str] = (), held: Held = lambda program: program,
              starts: Collection[Name] = ()) -> Repaired:
    """The cheapest repair of an input, tried; ``kept``: names of levers that stay where they are; ``held``: what else a
    plan has to keep, put into its program; ``starts`` of a plan are tried first."""
    whole = accepted.case.settings.whole
    total: dict[str, Moved] = {}
    last: Moves | None = None
    exact = True
    for number in range(1, ROUNDS + 1):
        try:
            found = cheapest(of, whole, REPAIR, kept, starts)
        except NotFound:
            return Repaired(last, False, number, exact, known=False)
        if found is None:
            break
        if not found.moved:
            return Repaired(last, False, number, exact, known=False)
        exact = exact and found.exact
        for one in found.moved:
            before = total.get(one.rule.name)
            total[one.rule.name] = one if before is None else replace(one, rule=before.rule)
        law = "law" if found.by == "law" or (last is not None and last.by == "law") else "policy"
        last = replace(found, moved=tuple(total.values()), by=law)  # type: ignore[arg-type]
        try:
            after = accept_changes(accepted, asked([one.change for one in last.moved]), past=ARITHMETIC)
            if not stops(after.issues) and plans(held(program_of(after.factors)), whole, found):
                return Repaired(last, True, number, exact)
            of = in_the_open(after.factors, held)
        except (InputRejected, Infeasible, NoPlan):
            return Repaired(last, False, number, exact)
    return Repaired(last, False, ROUNDS, exact)


def in_the_open(f: Factors, held: Held = lambda program: program) -> Opened:
    """The case with all its limits free to give way."""
    known = limits(f)
    return opened(f, lambda of: held(program_of(of)),
                  {limit.name: natural(f, known, limit) for limit in known if limit.value == 0})


def plans(program: LinearProgram, whole: bool, hint: Moves) -> bool:
    """Whether a program has a point, whole where projects are; ``hint``: the whole decisions of the repair."""
    if not (whole and program.whole.any()):
        return _has_point(program)
    return has_plan_as(program, hint) or search(program, None, TEST).holds_point


def has_plan_as(program: LinearProgram, hint: Moves) -> bool:
    """Whether a program has a point with the whole decisions of a repair."""
    chosen = np.array([float((name[0], name[1]) in hint.whole) for name, is_whole in
                       zip(program.columns, program.whole.tolist(), strict=True) if is_whole])
    return _has_point(fixed(program, chosen))


def _has_point(program: LinearProgram) -> bool:
    outcome = Solver(program).run()
    return outcome.is_best
