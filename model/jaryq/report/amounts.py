"""What a plan amounts to: the sums that several tables and claims need, each computed once from Case, Factors and
Plan."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from jaryq.base.once import once, once_beside
from jaryq.case.case import Case
from jaryq.case.plan import Plan
from jaryq.case.stretches import Renewed
from jaryq.factors.derive import Factors
from jaryq.factors.gains import gained
from jaryq.factors.linear import total
from jaryq.factors.stretch_states import Beside, beside_by_year

BENEFITS = ("savings", "quantities", "avoided", "residual", "above")
Key2 = tuple[str, int]
_K = TypeVar("_K")


@dataclass(frozen=True, eq=False)
class Amounts:
    """Sums of a plan. Money nominal, bn KZT of the year, unless said otherwise.

    outlay[p, y], income[p, y]; draw[s, y]; spent[p] and paid[s, p] over all years; share[f]: share of a facility that
    is started (1 = all); km[n, y]: renewed in the year, renewed[n] in all; benefit[p]: present value, bn KZT of the
    price year, worth[p] the quantities with a value, avoided[p] the avoided risk and residual[p] the credit of late
    starts in it; cost_pv[p], income_pv[p],
    funding_pv[p] likewise (funding: what the draws cost the purse); earned[s, y]: income that the source receives.
    stretches: what is renewed of each (None: not known). Money drawn into funds (``plan.line``) is not among the draws:
    the fund that receives it pays for the projects.
    """

    case: Case
    factors: Factors
    plan: Plan
    outlay: Mapping[Key2, float]
    income: Mapping[Key2, float]
    draw: Mapping[Key2, float]
    spent: Mapping[str, float]
    paid: Mapping[tuple[str, str], float]
    share: Mapping[str, float]
    km: Mapping[Key2, float]
    renewed: Mapping[str, float]
    benefit: Mapping[str, float]
    worth: Mapping[str, float]
    avoided: Mapping[str, float]
    residual: Mapping[str, float]
    cost_pv: Mapping[str, float]
    income_pv: Mapping[str, float]
    funding_pv: Mapping[str, float]
    earned: Mapping[Key2, float]
    stretches: Renewed | None = None

    @property
    def years(self) -> tuple[int, ...]:
        return self.case.settings.years

    @cached_property
    def ended(self) -> Mapping[str, float]:
        """Share of each facility whose works end within the planned years."""
        return {key: share for key, share in self.share.items() if not self.case.facilities[key].unfinished}

    @cached_property
    def draws_of(self) -> Mapping[str, tuple[tuple[str, int, float], ...]]:
        """Draws of each project: source, year, bn KZT of the year."""
        of: dict[str, list[tuple[str, int, float]]] = defaultdict(list)
        for (source, project, year), amount in self.plan.draw.items():
            of[project].append((source, year, amount))
        return {project: tuple(draws) for project, draws in of.items()}

    def spend(self, year: int) -> float:
        """Nominal outlays of a year."""
        return math.fsum(v for (_, y), v in self.outlay.items() if y == year)

    def use(self, source: str, year: int) -> float:
        """What a source pays in a year, money drawn into a fund included, bn of its own currency."""
        return self.drawn(source, year) / self.factors.money.exchange[source, year]

    def drawn(self, source: str, year: int) -> float:
        """The same in bn KZT."""
        return self.draw.get((source, year), 0.0) + self.plan.line.get((source, year), 0.0)

    def real(self, project: str) -> float:
        """Outlays of a project in bn KZT of the price year."""
        inflation = self.factors.prices.inflation
        return math.fsum(self.outlay.get((project, y), 0.0) / inflation(y) for y in self.years)


def amounts(case: Case, factors: Factors, plan: Plan, stretches: Renewed | None = None) -> Amounts:
    """All sums of a plan, the same for its claims and its report. ``stretches``: what it renews of
    each, of a case with a register."""
    return _added_up(factors, (case, plan, stretches))


@once_beside
def _added_up(factors: Factors, of: tuple[Case, Plan, Renewed | None]) -> Amounts:
    """The sums in one pass over the entries."""
    case, plan, stretches = of
    outlay, income = factors.outlays(plan), factors.incomes(plan)
    weight = factors.money.weight
    parts = {name: gained(factors, name) for name in (*BENEFITS, "income", "draws")}
    benefit = total(parts[name] for name in BENEFITS)
    drawn = plan.draw.items()
    return Amounts(
        case=case, factors=factors, plan=plan, outlay=outlay, income=income,
        spent=_sums((p, v) for (p, _), v in outlay.items()),
        draw=_sums(((s, y), v) for (s, _, y), v in drawn),
        paid=_sums(((s, p), v) for (s, p, _), v in drawn),
        share=_sums((f, v) for (f, _), v in plan.start.items()),
        renewed=_sums((n, v) for (n, _), v in plan.renew.items()),
        km=_sums(((n, factors.works.period_year[t]), v) for (n, t), v in plan.renew.items()),
        benefit=benefit.by(0, plan), worth=parts["quantities"].by(0, plan),
        avoided=parts["avoided"].by(0, plan), residual=parts["residual"].by(0, plan),
        cost_pv=_sums((p, weight[y] * v) for (p, y), v in outlay.items()),
        income_pv=parts["income"].by(0, plan), funding_pv=parts["draws"].times(-1.0).by(1, plan),
        earned=_sums(((goes, y), v) for (f, y), v in income.items() if (goes := case.facilities[f].income_to)),
        stretches=stretches,
    )


def _sums(pairs: Iterable[tuple[_K, float]]) -> dict[_K, float]:
    """Exact sums by key, in the order of the first entries."""
    terms: dict[_K, list[float]] = defaultdict(list)
    for key, value in pairs:
        terms[key].append(value)
    return {key: math.fsum(values) for key, values in terms.items()}


@once
def beside_means(found: Amounts) -> Beside:
    """What the stretches that a plan renews, and those that wait, are beside the means of their packages by year."""
    return beside_by_year(found.factors, found.stretches)
