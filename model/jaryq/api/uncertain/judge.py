"""A plan and the best one in a future that differs in a few numbers (docs/numbers.md: Deciding before knowing)."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence

from jaryq.api.accepted import Accepted, accept_changes
from jaryq.api.again import changed_in_place
from jaryq.api.question import program_of, question
from jaryq.base.collector import no_collector
from jaryq.base.errors import Infeasible, InputRejected, NoPlan
from jaryq.case.plan import Plan
from jaryq.case.stages import valued
from jaryq.factors.derive import Factors
from jaryq.factors.indicators import figures, indicators, missed
from jaryq.formulation.assemble import stage_names
from jaryq.solve.highs import Solver
from jaryq.solve.in_place import Elsewhere
from jaryq.solve.lp import LinearProgram
from jaryq.solve.read import plan_of
from jaryq.solve.stages import linear_stages
from jaryq.solve.unfunded import BEYOND, UNFUNDED, rows_of, with_unfunded
from jaryq.solve.united import united
from jaryq.solve.warm import Warm
from jaryq.tables.change import Change
from jaryq.uncertainty.outcomes import Judged, Outcome

PAID = "paid_in_full"
"""The family of rows "draws less outlay = 0"."""

PASSED = ("crew_capacity", "crew_pool", "outage_capacity", "outage_season", "works_after")
"""Families of limits that starts which are held can run into: works need more crews where they cost more, or last
longer."""


class Judge:
    """A case with its plan, solved once; futures are changes of it. Every future goes on from the solved case, so that
    nothing hangs on which was asked before. ``extremes``: futures whose decisions and rows get a place from the start.

    Two things are told of each: the plan as it stands (starts held where they are planned, or at the next period that
    the future allows; money and km decided again; what nobody pays is the first shortfall, crews and outages beyond
    their limits the second), and the best plan there (nothing held). Both are divisible but for what is held.
    """

    def __init__(self, accepted: Accepted, plan: Plan, extremes: Sequence[Sequence[Change]] = ()) -> None:
        self.accepted, self.plan = accepted, plan
        self.indicators = indicators(accepted.case)
        self.names = valued(stage_names(accepted.factors))
        self.keys = keys_of(accepted)
        program = united(program_of(accepted.factors), [*_programs(accepted, extremes)])
        self.program = program
        self.paid, self.passed = rows_of(program, PAID), rows_of(program, *PASSED)
        self.open = with_unfunded(program, self.paid, self.passed)
        held = self._held(self.open)
        first = tuple(name for name in (UNFUNDED, BEYOND) if name in held.objectives)
        self.best = Warm(program, self.names, linear_stages(program, self.names, Solver(program)))
        self.stands = Warm(held, (*first, *self.names), linear_stages(held, (*first, *self.names), Solver(held)))

    def of(self, changes: Sequence[Change]) -> Judged:
        """A future."""
        with no_collector():
            try:
                f = accept_changes(self.accepted, changes).factors
            except InputRejected as rejected:
                stop = next((issue.say("en") for issue in rejected.issues if issue.severity == "stop"), str(rejected))
                return Judged(Outcome(None, why=stop), Outcome(None, why=stop), impossible=stop)
            try:
                program = changed_in_place(self.program, f)
            except (Elsewhere, Infeasible):
                return self._anew(f)
            held = self._held(with_unfunded(program, self.paid, self.passed, self.open))
            return Judged(self._outcome(f, held, self.stands, program), self._outcome(f, program, self.best, program))

    def _anew(self, f: Factors) -> Judged:
        """A future for which the program is built again."""
        try:
            program = program_of(f)
        except Infeasible as error:
            return Judged(Outcome(None, why=str(error)), Outcome(None, why=str(error)), anew=True)
        held = self._held(with_unfunded(program, rows_of(program, PAID), rows_of(program, *PASSED)))
        return Judged(self._outcome(f, held, self.stands, program), self._outcome(f, program, self.best, program),
                      anew=True)

    def _outcome(self, f: Factors, program: LinearProgram, warm: Warm, of: LinearProgram) -> Outcome:
        """``of``: the program whose decisions the first columns are."""
        try:
            values, x = warm.anew(program)
        except (Infeasible, NoPlan) as error:
            return Outcome(None, why=str(error))
        plan = plan_of(question(f, of), of, x[: of.shape[1]])
        found = {**figures(f, plan, self.indicators), UNFUNDED: 0.0, BEYOND: 0.0, **values}
        return Outcome({key: float(found[key]) for key in self.keys}, missed(f, plan), *_works(plan, f))

    def _held(self, program: LinearProgram) -> LinearProgram:
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


def keys_of(accepted: Accepted) -> tuple[str, ...]:
    """All figures of an outcome, in order."""
    return (*(one.key for one in indicators(accepted.case)), "missed", UNFUNDED, BEYOND,
            *valued(stage_names(accepted.factors)))


def _programs(accepted: Accepted, futures: Sequence[Sequence[Change]]) -> Iterator[LinearProgram]:
    """The programs of futures that can be."""
    for changes in futures:
        with contextlib.suppress(InputRejected, Infeasible):
            yield program_of(accept_changes(accepted, changes).factors)


def _works(plan: Plan, f: Factors) -> tuple[Mapping[str, float], Mapping[str, float]]:
    """Shares of facilities that are done (km of packages), and the mean year of their starts."""
    shares: dict[str, float] = {}
    years: dict[str, float] = {}
    year = f.works.period_year
    for (p, t), share in [*plan.start.items(), *plan.renew.items()]:
        shares[p] = shares.get(p, 0.0) + share
        years[p] = years.get(p, 0.0) + share * year[t]
    return shares, {p: amount / shares[p] for p, amount in years.items() if shares[p] > 0}

