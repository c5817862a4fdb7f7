"""A plan and the best one in a future that differs in a few numbers (docs/numbers.md: Deciding before knowing)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from jaryq.api.accepted import Accepted, accept_changes
from jaryq.api.arrays import arrays_of
from jaryq.api.question import plan_at
from jaryq.base.collector import no_collector
from jaryq.base.errors import Infeasible, InputRejected, NoPlan
from jaryq.case.plan import Plan
from jaryq.case.stages import valued
from jaryq.factors.derive import Factors
from jaryq.factors.going_on import going_on
from jaryq.factors.indicators import figures, indicators, missed
from jaryq.formulation.assemble import stage_names
from jaryq.solve.from_base import FromBase
from jaryq.solve.lp import LinearProgram
from jaryq.solve.unfunded import BEYOND, UNFUNDED, rows_of, with_unfunded
from jaryq.tables.change import Change
from jaryq.uncertainty.outcomes import Judged, Outcome

PAID = "paid_in_full"
"""The family of rows "draws less outlay = 0"."""

PASSED = ("crew_capacity", "crew_pool", "outage_capacity", "outage_season", "works_after")
"""Families of limits that starts which are held can run into: works need more crews where they cost more, or last
longer."""


class Judge:
    """A case with its plan, solved once; futures are changes of it. The arrays of a future are written by the rules of
    the algebra, and it goes on from the bases of the solved case, so that nothing hangs on which was asked before.
    ``best``: whether the best plan of each future is asked for.

    Two things are told of each: the plan as it stands (starts held where they are planned, or at the next period in
    which the future lets them begin, whenever their works end; money and km decided again; what nobody pays is the
    first shortfall, crews and outages beyond their limits the second), and the best plan there (nothing held). Both are
    divisible but for what is held.
    """

    def __init__(self, accepted: Accepted, plan: Plan, *, best: bool = True) -> None:
        self.accepted, self.plan = accepted, plan
        self.indicators = indicators(accepted.case)
        self.keys = keys_of(accepted)
        with no_collector():
            program, held = arrays_of(accepted.factors), self._stands(accepted.factors)[1]
            self.best = FromBase(program, tuple(program.objectives)) if best else None
            self.stages = tuple(held.objectives)
            self.stands = FromBase(held, self.stages)

    def of(self, changes: Sequence[Change]) -> Judged:
        """A future."""
        with no_collector():
            try:
                f = accept_changes(self.accepted, changes).factors
            except InputRejected as rejected:
                stop = next((issue.say("en") for issue in rejected.issues if issue.severity == "stop"), str(rejected))
                return Judged(Outcome(None, why=stop), Outcome(None, why=stop), impossible=stop)
            stays = going_on(f, self.plan)
            return Judged(self._outcome(stays, self.stands, self._stands), self._outcome(f, self.best, _best))

    def _outcome(self, f: Factors, base: FromBase | None, made: Programs) -> Outcome:
        if base is None:
            return Outcome(None)
        try:
            program, asked = made(f)
            values, x = base.reached(asked, tuple(asked.objectives))
        except (Infeasible, NoPlan) as error:
            return Outcome(None, why=str(error))
        plan = plan_at(f, program, x[: program.shape[1]])
        found = {**figures(f, plan, self.indicators), **values}
        return Outcome({key: float(found.get(key, 0.0)) for key in self.keys}, missed(f, plan), *_works(plan, f))

    def _stands(self, f: Factors) -> tuple[LinearProgram, LinearProgram]:
        """The program of a future, and the one of the plan as it stands there, whose first columns are the same."""
        program = arrays_of(f)
        return program, self.held(opened(program))

    def held(self, program: LinearProgram) -> LinearProgram:
        """The program with starts held as planned; one that cannot be any more is the next that can."""
        lower, upper = program.col_lower.copy(), program.col_upper.copy()
        starts = {(index[0], index[1]): j for j, (family, index) in enumerate(program.columns) if family == "start"}
        for j in starts.values():
            upper[j] = 0.0
        labels = [period.label for period in self.accepted.case.periods]
        for (p, t), share in self.plan.start.items():
            later = (starts.get((p, label)) for label in labels[labels.index(t):])
            at = next((j for j in later if j is not None and program.col_upper[j] > 0), None)
            if at is not None:
                upper[at] = min(program.col_upper[at], upper[at] + share)
                lower[at] = upper[at]
        return program.with_bounds(col_lower=lower, col_upper=upper)


def opened(program: LinearProgram) -> LinearProgram:
    """The program in which works may stay unpaid, and limits that held starts can run into be passed."""
    return with_unfunded(program, rows_of(program, PAID), rows_of(program, *PASSED))


Programs = Callable[[Factors], tuple[LinearProgram, LinearProgram]]
"""The program of factors, and the one that is solved, whose first columns are the same."""


def _best(f: Factors) -> tuple[LinearProgram, LinearProgram]:
    program = arrays_of(f)
    return program, program


def keys_of(accepted: Accepted) -> tuple[str, ...]:
    """All figures of an outcome, in order."""
    return (*(one.key for one in indicators(accepted.case)), "missed", UNFUNDED, BEYOND,
            *valued(stage_names(accepted.factors)))


def _works(plan: Plan, f: Factors) -> tuple[Mapping[str, float], Mapping[str, float]]:
    """Shares of facilities that are done (km of packages), and the mean year of their starts."""
    shares: dict[str, float] = {}
    years: dict[str, float] = {}
    year = f.works.period_year
    for (p, t), share in [*plan.start.items(), *plan.renew.items()]:
        shares[p] = shares.get(p, 0.0) + share
        years[p] = years.get(p, 0.0) + share * year[t]
    return shares, {p: amount / shares[p] for p, amount in years.items() if shares[p] > 0}

