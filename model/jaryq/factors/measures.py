"""What targets measure, each as one linear form in the decisions (docs/numbers.md: Targets)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from operator import attrgetter

from jaryq.base.home import BILLION
from jaryq.base.once import once, once_for
from jaryq.case.case import Target
from jaryq.case.scope import balances_of, bills_of, draws_on, projects_of
from jaryq.factors import health
from jaryq.factors.bills import burden
from jaryq.factors.debt import owed, signed_amount
from jaryq.factors.derive import Factors
from jaryq.factors.linear import Decision, Linear, total
from jaryq.factors.loans import new_loan, signed_in
from jaryq.factors.measuring import Measure, Scope
from jaryq.factors.quantities import term
from jaryq.factors.stretch_targets import still_of_targets
from jaryq.factors.weights import done_already, weights

Term = Callable[[Scope], Linear | Measure]
MEASURES: dict[str, Term] = {}


def measure(name: str) -> Callable[[Term], Term]:
    """Declare the linear form of a measure. Raises ValueError if it has one."""

    def record(term: Term) -> Term:
        if name in MEASURES:
            raise ValueError(f"two terms of the measure {name}")
        MEASURES[name] = term
        return term

    return record


def measured(f: Factors, target: Target) -> Measure:
    """The linear form of what a target measures, that of a row of the case with what stretches change of it; derived
    once."""
    return _with_stretches(f, target, _of_means(f, target))


def _with_stretches(f: Factors, target: Target, measure: Measure) -> Measure:
    """The measure of a row of a case with a register: what a plan states of its stretches (``Plan.apart``) and what
    they are with nothing renewed stand beside the means of packages."""
    still = still_of_targets(f).get(target.id)
    own = f.case.target_at.get(target.id)
    if still is None or own is None or _key(own) != _key(target):
        return measure
    part = measure.part
    return replace(measure, part=Linear({**part.of, ("apart", (target.id,)): 1.0}, part.constant + still, part.unit))


def _key(target: Target) -> tuple[object, ...]:
    return (target.measure, target.quantity, target.year_first, target.year, target.unit,
            tuple(sorted(target.filter.items())))


def _of_means(f: Factors, target: Target) -> Measure:
    """The same of packages by their means."""
    key = _key(target)
    known = _measures_of_condition(f) if target.measure in OF_CONDITION else _measures(f)
    if key not in known:
        mine = tuple(projects_of(f.case, target))
        sources = tuple(s for s, source in f.case.sources.items() if draws_on(target, source))
        made = MEASURES[target.measure](Scope(f, target, mine, sources))
        known[key] = made if isinstance(made, Measure) else Measure(made)
    return known[key]


OF_CONDITION = ("wear", "red_zone", "failures", "not_supplied", "losses")
"""Measures that follow from condition over time alone, which scenarios share that differ in money."""


@once_for(attrgetter("rates"))
def _measures_of_condition(f: Factors) -> dict[tuple[object, ...], Measure]:
    """Forms of these that have been derived."""
    del f
    return {}


@once
def _measures(f: Factors) -> dict[tuple[object, ...], Measure]:
    """Forms that have been derived of these factors."""
    del f
    return {}


# Works: a weight for each facility that is done, or for each km


def _done(scope: Scope, unit: str) -> Linear:
    """Weights of what is done by the end of the target's year."""
    f, year = scope.f, scope.target.year
    weight, whole = weights(f.case, scope.target.measure, scope.projects)
    if whole <= 0:
        return Linear({}, 0.0, unit)
    of: dict[Decision, float] = {
        ("start", (p, start.period.label)): weight[p] / whole for p in weight if p in f.works.starts and weight[p] > 0
        for start in f.works.starts[p] if start.finish.year <= year}
    of |= {("renew", (n, t)): weight[n] / whole for n in weight if n in f.works.open
           for t in f.works.open[n] if f.works.period_year[t] <= year}
    return Linear(of, done_already(scope.projects, weight, whole, year), unit)


@measure("km")
def _km(scope: Scope) -> Linear:
    """Km renewed by 31 December, what was done before included."""
    return _done(scope, "km")


@measure("facilities")
def _facilities(scope: Scope) -> Linear:
    """Facilities that count and whose works have ended by 31 December."""
    return _done(scope, "facilities")


@measure("share_done")
def _share_done(scope: Scope) -> Linear:
    """Share of the overnight cost in scope that is done by 31 December, a fraction."""
    return _done(scope, "share")


@measure("quantity")
def _quantity(scope: Scope) -> Linear:
    """A quantity that works change: a level on 31 December, a flow summed over the years, once to the end of the
    year."""
    f, quantity = scope.f, scope.target.quantity or ""
    years = scope.years if f.case.quantities[quantity].kind == "flow" else range(scope.target.year,
                                                                                 scope.target.year + 1)
    return total((term(f, quantity, scope.projects, y) for y in years), f.case.quantities[quantity].unit)


# Money


@measure("spend")
def _spend(scope: Scope) -> Linear:
    """Nominal spending on projects in the years, bn KZT."""
    years = [y for y in scope.f.case.settings.years if y in scope.years]
    return total((scope.f.outlay(project.id, y) for project in scope.projects for y in years), BILLION)


@measure("spend_real")
def _spend_real(scope: Scope) -> Linear:
    """The same in money of the price year: of each year over the general price level, bn KZT."""
    f = scope.f
    years = [y for y in f.case.settings.years if y in scope.years]
    return total((f.outlay(project.id, y).times(1.0 / f.prices.inflation(y)) for project in scope.projects
                  for y in years), BILLION)


@measure("draw")
def _draw(scope: Scope) -> Linear:
    """Money of sources drawn for projects in the years, nominal bn KZT."""
    return Linear(_draws(scope, scope.sources), 0.0, BILLION)


def _draws(scope: Scope, sources: Collection[str]) -> dict[Decision, float]:
    bounds, keys = scope.f.bounds, scope.keys
    return {("draw", (s, p, y)): 1.0 for s in sources for p in bounds.drawn_by[s] if p in keys
            for y in bounds.years[s] if y in scope.years and bounds.has_draw(s, p, y) and scope.mine(s, p)}


@measure("borrowing")
def _borrowing(scope: Scope) -> Linear:
    """Loans drawn for projects in the years, nominal bn KZT; into funds, where the target speaks of all projects."""
    of = _draws(scope, scope.loans)
    if len(scope.projects) == len(scope.f.case.projects):
        of |= {("line", (s, y)): 1.0 for s, y in sorted(scope.f.bounds.line)
               if s in scope.loans and y in scope.years and scope.mine(s, None)}
    return Linear(of, 0.0, BILLION)


@measure("debt_service")
def _debt_service(scope: Scope) -> Linear:
    """Service and fees of loans in the years, the State's part included, nominal bn KZT."""
    return owed(scope.f, "debt_service", scope.loans, scope.keys, scope.years, scope.mine)


@measure("subsidy")
def _subsidy(scope: Scope) -> Linear:
    """Interest that the State pays in the years, nominal bn KZT."""
    return owed(scope.f, "subsidy", scope.loans, scope.keys, scope.years, scope.mine)


@measure("debt_stock")
def _debt_stock(scope: Scope) -> Linear:
    """Balances of loans on 31 December, nominal bn KZT."""
    return owed(scope.f, "debt_stock", scope.loans, scope.keys, scope.at_end, scope.mine)


@measure("guarantees")
def _guarantees(scope: Scope) -> Linear:
    """What the State guarantees of the balances of loans on 31 December, nominal bn KZT."""
    sources = scope.f.case.sources
    return total((owed(scope.f, "debt_stock", [s], scope.keys, scope.at_end, scope.mine).times(sources[s].guaranteed)
                  for s in scope.loans if sources[s].guaranteed > 0), BILLION)


@measure("new_guarantees")
def _new_guarantees(scope: Scope) -> Linear:
    """What the State guarantees of the amounts of loans signed in the planned years of the target, nominal bn KZT at
    the signing; of a loan whose signed amount is not decided, of all that is drawn."""
    f, sources = scope.f, scope.f.case.sources
    signed = [s for s in scope.loans if sources[s].guaranteed > 0 and new_loan(sources[s], f.case.settings.plan_from)
              and signed_in(sources[s]) in scope.planned and scope.mine(s, None)]
    return total((signed_amount(f, s).times(sources[s].guaranteed) for s in signed), BILLION)


@measure("foreign_share")
def _foreign_share(scope: Scope) -> Measure:
    """Balances of the loans in foreign currencies against those of all loans, on 31 December."""
    sources = scope.f.case.sources
    foreign = [s for s in scope.loans if sources[s].in_foreign_currency]
    loans = [s for s, source in sources.items() if source.kind == "loan"]
    part = owed(scope.f, "debt_stock", foreign, scope.keys, scope.at_end, scope.mine)
    whole = owed(scope.f, "debt_stock", loans, scope.keys, scope.at_end)
    return Measure(part, whole)


@measure("burden")
def _burden(scope: Scope) -> Linear:
    """Bills of households over the incomes of their regions, a fraction."""
    return burden(scope.f, bills_of(scope.f.case, scope.target), scope.target.year)


# Capacity


@measure("deficit")
def _deficit(scope: Scope) -> Linear:
    """Deficits of matching balances, in the target's unit."""
    year = scope.target.year
    mine = [balance for balance in balances_of(scope.f.case, scope.target) if year in balance.years]
    return Linear({("deficit", (balance.id, year)): 1.0 for balance in mine}, 0.0, scope.target.unit)


# Condition


@measure("wear")
def _wear(scope: Scope) -> Linear:
    """Mean wear of networks on 31 December, a fraction."""
    return health.wear(scope.f.rates, scope.packages, scope.target.year)


@measure("red_zone")
def _red_zone(scope: Scope) -> Linear:
    """Assets in the red zone on 31 December."""
    return health.in_zone(scope.f.rates, "red", scope.assets, scope.target.year)


@measure("failures")
def _failures(scope: Scope) -> Linear:
    """Failures and bursts expected in the planned years."""
    return _failing(scope, supply=False)


@measure("not_supplied")
def _not_supplied(scope: Scope) -> Linear:
    """What failures and bursts of the planned years are expected to keep from consumers, in the target's unit."""
    return _failing(scope, supply=True)


def _failing(scope: Scope, *, supply: bool) -> Linear:
    rates = scope.f.rates
    assets = (health.failures(rates, key, y, supply=supply) for key in scope.assets for y in scope.planned)
    pipes = (health.burst_count(rates, package, y, supply=supply) for package in scope.packages for y in scope.planned)
    return total([*assets, *pipes], scope.target.unit if supply else "failures")


@measure("losses")
def _losses(scope: Scope) -> Linear:
    """Losses of networks in the planned years, in the target's unit."""
    losses = (health.losses(scope.f.rates, package, y) for package in scope.packages for y in scope.planned)
    return total(losses, scope.target.unit)
