"""What works change of a quantity over time: how a year's flow of a coefficient spreads over its periods, and what
follows from the condition (docs/numbers.md: Quantities)."""

from __future__ import annotations

from dataclasses import dataclass

from jaryq.case.case import Case, Facility, Package
from jaryq.case.quantities import Quantity
from jaryq.case.scope import derives
from jaryq.factors.failures import Rates
from jaryq.factors.risk import Risk
from jaryq.factors.season import share_of_block


def share_in(case: Case, quantity: Quantity, position: int) -> float:
    r"""Share :math:`\sigma_t` of a year's flow that falls in a period; a level counts evenly."""
    k = case.settings.periods_per_year
    if quantity.kind != "flow" or len(quantity.season) == 12:
        return 1.0 / k
    size = 12 / k
    return share_of_block(position, size, quantity.season) * size / len(quantity.season)


ALWAYS = Rates(lambda _: 1.0, lambda _: 1.0)
"""Of what is lost all the time."""


@dataclass(frozen=True)
class Avoided:
    """What works avoid a year, of a whole facility or a km, to 31 December of ``last``: ``was`` at each failure of what
    waits, less ``now`` at each of what is renewed, by their ``rates``."""

    was: float
    now: float
    rates: Rates
    last: int

    def rate(self, t: float, v: float) -> float:
        """What is avoided a year, ``t`` years from 1 January of plan_from, ``v`` after the works end."""
        return self.was * self.rates.old(t) - self.now * self.rates.new(v)


def avoided(risk: Risk, quantity: Quantity, key: str, last: int, last_of_risk: int) -> Avoided | None:
    """What the works of a project avoid of a derived quantity; ``last``: last year of its benefits, ``last_of_risk``:
    in which risk is counted. None where nothing follows from its condition."""
    project = risk.case.project(key)
    if not derives(quantity, project):
        return None
    if isinstance(project, Facility):
        return _of_facility(risk, quantity, project, last_of_risk)
    if quantity.derived == "losses":
        before, after = project.losses, project.losses_after
        return None if before is None or after is None else Avoided(before, after, ALWAYS, last)
    return _of_km(risk, quantity, project, last_of_risk)


def _of_km(risk: Risk, quantity: Quantity, package: Package, last: int) -> Avoided | None:
    b = package.bursts
    if b is None:
        return None
    size = 1.0 if quantity.derived == "bursts" else b.lost or 0.0
    return Avoided(size, size, risk.rates_of(package.id), last)


def _of_facility(risk: Risk, quantity: Quantity, facility: Facility, last: int) -> Avoided | None:
    before, after = risk.case.facilities[facility.asset].condition, facility.condition
    if before is None or after is None:
        return None
    was, now = (1.0, 1.0) if quantity.derived == "failures" else (before.lost or 0.0, after.lost or 0.0)
    return Avoided(was, now, risk.rates_of(facility.id), last)
