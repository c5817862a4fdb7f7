"""A plan and the best one in a future that differs in a few numbers (docs/numbers.md: Deciding before knowing)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache

import numpy as np

from jaryq.api.accepted import Accepted, accept_changes
from jaryq.api.arrays import arrays_of
from jaryq.api.question import plan_at
from jaryq.base.collector import no_collector
from jaryq.base.errors import Infeasible, InputRejected, NoPlan
from jaryq.base.issues import Issue, stops
from jaryq.base.text import Text
from jaryq.case.plan import Plan
from jaryq.case.stages import valued
from jaryq.factors.derive import Factors
from jaryq.factors.going_on import bound, going_on, late_commitments, standing
from jaryq.factors.indicators import figures, indicators, missed
from jaryq.formulation.assemble import stage_names
from jaryq.rules.draws import at_input
from jaryq.rules.feasible import OF_FUTURES
from jaryq.solve.from_base import FromBase
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.unfunded import BEYOND, UNFUNDED, charged, rows_of, with_unfunded
from jaryq.tables.change import Change
from jaryq.uncertainty.outcomes import MANNED, OF_ORDER, ORDERED, Judged, Outcome

PAID = "paid_in_full"
"""The family of rows "draws less outlay = 0"."""

PASSED = ("crew_capacity", "crew_pool", "outage_capacity", "outage_season", *OF_ORDER)
"""Families of limits that starts which are held can run into: works need more crews where they cost more, or last
longer."""

OF_MONEY = ("purse", "least_cost")
"""Objectives that count money: what nobody pays counts there too."""

CONTRADICT = Text("hard rules contradict each other", "жёсткие правила противоречат друг другу")
NO_POINT = Text("the solver stopped without a plan", "решатель остановился, не найдя плана")


class Judge:
    """A case with its plan, solved once; futures are changes of it. The arrays of a future are written by the rules of
    the algebra, and it goes on from the bases of the solved case, so that nothing hangs on which was asked before.
    ``best``: whether the best plan of each future is asked for.

    Two things are told of each: the plan as it stands (starts held where they are planned, or at the next period in
    which the future lets them begin, whenever their works end; money and km decided again; what nobody pays is the
    first shortfall, crews and outages beyond their limits the second), and the best plan there (nothing held; where
    what must be done cannot be paid or is late, that goes on as it does in the plan as it stands). Both are divisible
    but for what is held.
    """

    def __init__(self, accepted: Accepted, plan: Plan, *, best: bool = True) -> None:
        self.accepted, self.plan = accepted, plan
        self.indicators = indicators(accepted.case)
        self.keys = keys_of(accepted)
        with no_collector():
            f = accepted.factors if best else standing(accepted.factors, plan, accepted.factors)
            program, held = self._stands(f, arrays_of(f))
            self.best = FromBase(program, tuple(program.objectives)) if best else None
            self.stages = tuple(held.objectives)
            self.stands = FromBase(held, self.stages)

    def of(self, changes: Sequence[Change]) -> Judged:
        """A future."""
        with no_collector():
            return self._judged(changes)  # all that it made is gone before anybody looks for what is left

    def _judged(self, changes: Sequence[Change]) -> Judged:
        try:
            future = accept_changes(self.accepted, changes, past=OF_FUTURES, stops_alone=True)
        except InputRejected as rejected:
            stop = self._why(rejected.issues) or CONTRADICT
            return Judged(Outcome(None, why=stop), Outcome(None, why=stop), impossible=stop)
        f, why = future.factors, self._why(future.issues)
        # Both plans share one program; that of held starts alone is a third of it.
        stays = standing(f, self.plan, self.accepted.factors) if self.best is None else going_on(f, self.plan)
        program = cache(lambda: arrays_of(stays))
        return Judged(self._outcome(stays, self.stands, lambda: self._stands(stays, program()), why),
                      Outcome(None) if self.best is None else self._best(f, stays, program, self.best, why))

    def _why(self, issues: Sequence[Issue]) -> Text | None:
        """The first issue that would stop a run, at the cell of the uncertain input that brings it about."""
        return first_stop([at_input(self.accepted.tables, issue) for issue in issues])

    def _best(self, f: Factors, stays: Factors, program: Callable[[], LinearProgram], base: FromBase,
              why: Text | None) -> Outcome:
        """The best plan; where no plan keeps what must be done, the one that leaves least of it unpaid. ``stays``: the
        future in which all of the plan may be late, and its program; here only what must be done may."""
        late = late_commitments(f, self.plan)
        held = {p for p, _ in late.start}

        def plain() -> Programs:
            return program(), self.held(in_time(program(), f, held), late, held)

        def kept() -> Programs:
            whole, asked = plain()
            return whole, opened(asked, stays, bound(f))

        # Where arithmetic says that there is no plan, nobody need prove it once more.
        found = self._outcome(stays, base, plain, None) if why is None else None
        return found if found is not None and found.figures is not None else self._outcome(stays, base, kept, why)

    def _outcome(self, f: Factors, base: FromBase, made: Made, why: Text | None) -> Outcome:
        try:
            program, asked = made()
            values, x = base.reached(asked, tuple(asked.objectives))
        except Infeasible:
            return Outcome(None, why=why or CONTRADICT)
        except NoPlan:
            return Outcome(None, why=why or NO_POINT)
        plan = plan_at(f, program, x[: program.shape[1]])
        found = {**figures(f, plan, self.indicators), **values, **_passed(asked, x)}
        return Outcome({key: float(found.get(key, 0.0)) for key in self.keys}, missed(f, plan), *_works(plan, f),
                       unfinished=_unfinished(plan, f))

    def _stands(self, f: Factors, program: LinearProgram) -> Programs:
        """The program of a future, and the one of the plan as it stands there, whose first columns are the same."""
        return program, self.held(opened(program, f))

    def held(self, program: LinearProgram, plan: Plan | None = None, only: Collection[str] | None = None
             ) -> LinearProgram:
        """The program with starts (of ``only`` these facilities) held as planned."""
        return with_starts_held(program, plan or self.plan, [one.label for one in self.accepted.case.periods], only)


Programs = tuple[LinearProgram, LinearProgram]
"""A program, and the one that is solved, whose first columns are the same."""

Made = Callable[[], Programs]


def with_starts_held(program: LinearProgram, plan: Plan, labels: Sequence[str], only: Collection[str] | None = None
                     ) -> LinearProgram:
    """The program with starts (of ``only`` these facilities) held as planned; one that cannot be any more is the next
    that can. ``labels``: of the periods."""
    lower, upper = program.col_lower.copy(), program.col_upper.copy()
    starts = {(index[0], index[1]): j for j, (family, index) in enumerate(program.columns) if family == "start"
              and (only is None or index[0] in only)}
    for j in starts.values():
        upper[j] = 0.0
    for (p, t), share in plan.start.items():
        later = (starts.get((p, label)) for label in labels[labels.index(t):])
        at = next((j for j in later if j is not None and program.col_upper[j] > 0), None)
        if at is not None:
            upper[at] = min(program.col_upper[at], upper[at] + share)
            lower[at] = upper[at]
    return program.with_bounds(col_lower=lower, col_upper=upper)


def in_time(program: LinearProgram, f: Factors, late: Collection[str]) -> LinearProgram:
    """The program with those starts alone that a future has in time, but for the facilities ``late``."""
    starts = f.works.start_at
    closed = [j for j, (family, index) in enumerate(program.columns)
              if family == "start" and index not in starts and index[0] not in late]
    upper = program.col_upper.copy()
    upper[closed] = 0.0
    return program.with_bounds(col_upper=upper)


def opened(program: LinearProgram, f: Factors, only: Collection[str] | None = None) -> LinearProgram:
    """The program in which works (of ``only`` these projects) may stay unpaid, at what they cost, and limits that held
    starts can run into be passed."""
    paid = [i for i in rows_of(program, PAID) if only is None or program.rows[i][1][0] in only]
    made = with_unfunded(program, paid, rows_of(program, *PASSED))
    return charged(made, f.money.weight) if f.case.settings.objective in OF_MONEY else made


def first_stop(issues: Sequence[Issue]) -> Text | None:
    """The first issue that would stop a run."""
    stop = next(iter(stops(issues)), None)
    return None if stop is None else Text(stop.say("en"), stop.say("ru"))


def keys_of(accepted: Accepted) -> tuple[str, ...]:
    """All figures of an outcome, in order."""
    return (*(one.key for one in indicators(accepted.case)), "missed", UNFUNDED, BEYOND, MANNED,
            ORDERED, *valued(stage_names(accepted.factors)))


def _passed(program: LinearProgram, x: Array) -> Mapping[str, float]:
    """What is passed of limits of crews and outages, and of the order of works."""
    found = {MANNED: 0.0, ORDERED: 0.0}
    for j in np.flatnonzero(x).tolist():
        family, index = program.columns[j]
        if family == BEYOND:
            found[ORDERED if index[0] in OF_ORDER else MANNED] += float(x[j])
    return found


def _unfinished(plan: Plan, f: Factors) -> tuple[str, ...]:
    """Facilities that a plan begins and whose works a future makes end after the last period."""
    return tuple(sorted({p for (p, t) in plan.start if f.works.start_at[p, t].late
                         and not f.case.facilities[p].unfinished}))


def _works(plan: Plan, f: Factors) -> tuple[Mapping[str, float], Mapping[str, float]]:
    """Shares of facilities that are done (km of packages), and the mean year of their starts."""
    shares: dict[str, float] = {}
    years: dict[str, float] = {}
    year = f.works.period_year
    for (p, t), share in [*plan.start.items(), *plan.renew.items()]:
        shares[p] = shares.get(p, 0.0) + share
        years[p] = years.get(p, 0.0) + share * year[t]
    return shares, {p: amount / shares[p] for p, amount in years.items() if shares[p] > 0}

