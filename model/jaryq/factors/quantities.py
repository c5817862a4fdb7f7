"""Quantities that works change, in their own units: each as one linear form of the decisions (docs/numbers.md:
Quantities)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping

from jaryq.base.once import once
from jaryq.case.case import Facility, Package, Project
from jaryq.case.quantities import Quantity
from jaryq.case.scope import carries
from jaryq.factors.changes import share_in
from jaryq.factors.derive import Factors
from jaryq.factors.linear import Decision, Linear, total
from jaryq.factors.works import done_before


def term(f: Factors, quantity: str, projects: Iterable[Project], year: int) -> Linear:
    r"""A quantity of ``year`` as projects change it: a level on 31 December, :math:`\sum q_p z_p`; a flow over the
    year, :math:`\sum_t (\sigma_t q_p + avoided_{p,t}) z_{p,t}`; what comes once, to the end of the year.

    In the unit of the quantity. What was done before the plan counts (in a flow from the year after on); of what
    follows from the condition only what is planned does. ``last_year`` + 1 is the first year with all works in
    service."""
    q, settings = f.case.quantities[quantity], f.case.settings
    first = (year - settings.plan_from) * settings.periods_per_year
    periods = range(first, first + settings.periods_per_year)

    def flows(finish: int) -> float:
        return 1.0 if year > settings.last_year else math.fsum(share_in(f.case, q, u) for u in periods if u > finish)

    def stands(finish: int) -> float:
        return float(finish < periods.stop)

    counted, weight = (year - 1, flows) if q.kind == "flow" else (year, stands)
    own = (_own(f, q, project, counted, weight) for project in projects)
    return total((*own, *(_derived(f, q, project, year) for project in projects)), q.unit)


Place = tuple[str, str | None, str | None]
"""Quantity, region and sector."""


@once
def places(f: Factors) -> Mapping[Place, tuple[Facility | Package, ...]]:
    """The projects whose works may change a quantity, by quantity, region and sector; in the order of the case."""
    found: dict[Place, list[Facility | Package]] = {}
    for q in f.case.quantities.values():
        for project in f.case.projects.values():
            if carries(q, project):
                found.setdefault((q.id, project.region, project.sector), []).append(project)
    return {place: tuple(mine) for place, mine in found.items()}


def years_of(f: Factors, quantity: str) -> tuple[int, ...]:
    """Years in which a quantity is told: the planned ones; of a flow the one after them too, the first with all works
    in service."""
    settings = f.case.settings
    more = (settings.last_year + 1,) if f.case.quantities[quantity].kind == "flow" else ()
    return (*settings.years, *more)


@once
def by_place(f: Factors) -> Mapping[Place, Mapping[int, Linear]]:
    """Every quantity by region, sector and year."""
    return {place: {y: term(f, place[0], mine, y) for y in years_of(f, place[0])} for place, mine in places(f).items()}


def in_service(f: Factors, quantity: str, projects: Iterable[Project], position: int) -> Linear:
    """A level as it stands throughout a period (its place among the periods; past the last one: with all works): of
    works that ended in a period before."""
    settings, q = f.case.settings, f.case.quantities[quantity]
    before = settings.plan_from - 1 + position // settings.periods_per_year
    return total((_own(f, q, project, before, lambda finish: float(finish < position)) for project in projects), q.unit)


def _own(f: Factors, q: Quantity, project: Project, done_by: int, weight: Callable[[int], float]) -> Linear:
    """Coefficients, by how much of each finish counts; what was done to the end of ``done_by`` counts in full."""
    coefficient = project.quantities.get(q.id, 0.0)
    if not coefficient:
        return Linear({}, 0.0, q.unit)
    of = {decision: coefficient * part for decision, finish in _ends(f, project) if (part := weight(finish))}
    return Linear(of, coefficient * done_before(project, done_by), q.unit)


def _derived(f: Factors, q: Quantity, project: Project, year: int) -> Linear:
    """What follows from the condition, of planned works."""
    settings = f.case.settings
    # Of what no condition says anything the benefits are not asked for: a rule would wait for all of them.
    avoided = f.risk.benefits.avoids(q.id, project.id) if q.derived else None
    if avoided is None or not settings.plan_from <= year <= avoided.last:
        return Linear({}, 0.0, q.unit)
    rates, k = f.rates, settings.periods_per_year
    times = ([(len(f.case.periods), year - settings.plan_from + 0.5, 1.0)] if year > settings.last_year else
             [(position, t, 1.0 / k) for position, t in rates.middles(year)])
    of: dict[Decision, float] = {}
    for decision, finish in _ends(f, project):
        parts = [share * avoided.rate(t, t - rates.end(finish)) for position, t, share in times if position > finish]
        if parts:
            of[decision] = math.fsum(parts)
    return Linear(of, 0.0, q.unit)


def _ends(f: Factors, project: Project) -> Iterator[tuple[Decision, int]]:
    """Decisions on a project with the place of the period in which the works end."""
    key = project.id
    if isinstance(project, Facility):
        yield from ((("start", (key, s.period.label)), s.finish.position) for s in f.works.starts[key]
                   if not s.late)
    else:
        yield from ((("renew", (key, t)), f.works.position[t]) for t in f.works.open[key])
