"""What a plan is worth, from facts that were recomputed (docs/numbers.md, Objective)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import TypeVar

from jaryq.verify.adequacy import Adequacy, deficit_pv
from jaryq.verify.debt import Debt
from jaryq.verify.funds import Balance
from jaryq.verify.indicators import Indicators
from jaryq.verify.money import Money, money_of
from jaryq.verify.owing import Owing
from jaryq.verify.ramps import Climb
from jaryq.verify.schedule import Schedule
from jaryq.verify.stability import changed
from jaryq.verify.targets import Missed, priced
from jaryq.verify.tariffs import Need
from jaryq.verify.value import Value

K = TypeVar("K")


def added(keys: Iterable[K], rows: Iterable[tuple[K, float]]) -> dict[K, float]:
    """Exact sums by key; every key has one, in the order of ``keys``, then of ``rows``."""
    found: dict[K, list[float]] = {key: [] for key in keys}
    for key, amount in rows:
        found.setdefault(key, []).append(amount)
    return {key: fsum(amounts) for key, amounts in found.items()}


@dataclass(frozen=True)
class Facts:
    """What the totals are made of. ``premiums`` by year, ``saved`` by package and year: nominal bn KZT; ``ramps`` with
    the plan's amounts; ``burdens`` by region and year."""

    debt: Debt
    funds: dict[str, dict[int, Balance]]
    schedule: Schedule
    value: Value
    indicators: Indicators
    results: dict[str, Missed]
    needs: Need
    premiums: Mapping[int, float]
    saved: Mapping[tuple[str, int], float]
    ramps: Sequence[Climb]
    adequacy: Adequacy
    owing: Owing
    burdens: Mapping[tuple[str, int], float]


@dataclass(frozen=True)
class Worth:
    """Present values, price-year bn KZT: ``benefits`` by project with their parts ``savings``, ``quantities`` (by
    quantity, to ``H``), ``stated`` benefits, ``avoided`` risk, ``residuals`` and what stretches bring ``above``
    their means; ``sourced``: the part of quantities and avoided risk whose value has a source, ``published``: whose
    amounts have one too; ``money``, premiums of ``crews``, what is ``charged`` in the objective for priced targets,
    ``deficits`` and change (``moved`` is the change with its price taken off). ``finish``: mean time of it, years.
    ``objective`` in its own sense and unit; ``society``: what the plan is worth to the country; ``terms``: sum of
    absolute terms of both."""

    benefits: Mapping[str, float]
    savings: float
    quantities: Mapping[str, float]
    sourced: float
    published: float
    stated: float
    avoided: Mapping[str, float]
    residuals: Mapping[str, float]
    money: Money
    crews: float
    moved: float
    charged: float
    finish: float
    objective: float
    society: float
    terms: float
    deficits: float
    above: float

    @property
    def pv_benefits(self) -> float:
        return fsum(self.benefits.values())


def worth_of(facts: Facts) -> Worth:
    """All of it."""
    value, funding = facts.value, facts.debt.funding
    settings, money = funding.case.settings, money_of(facts.debt, facts.funds)
    avoided, residuals, savings, stated = value.risk_avoided(), value.residuals(), value.savings(), value.stated()
    valued, above = value.of_quantities(), value.above(funding.plan)
    parts = [*avoided.items(), *residuals.items(), *savings.items(), *stated.items(), *above.items(),
             *((p, amount) for (_, p), amount in valued.items())]
    benefits = added(avoided, parts)
    pv_benefits = fsum(benefits.values())
    crews = fsum(funding.prices.weight(y) * amount for y, amount in facts.premiums.items())
    deficits = deficit_pv(facts.adequacy, funding.prices)
    moved, finish = changed(facts.schedule), value.mean_finish()
    charged = priced(funding.case, facts.results) + settings.stability * moved + deficits
    comes = pv_benefits + money.income + money.interest
    objective = {
        "purse": comes - money.funding - crews - charged,
        "least_cost": money.funding + crews - money.income - money.interest + charged,
        "most_benefit": pv_benefits - charged,
        "earliest_finish": finish + charged,
    }[settings.objective]
    of_quantities = added(funding.case.quantities, ((key, amount) for (key, _), amount in valued.items()))
    sourced, published = (value.quantities.sourced(amounts_too=too) + value.risk_sourced(how_often=too)
                          for too in (False, True))
    return Worth(benefits, fsum(savings.values()), of_quantities, sourced, published, fsum(stated.values()), avoided,
                 residuals, money, crews, moved, charged, finish, objective,
                 comes - money.given - crews - deficits, fsum((abs(pv_benefits), money.terms, crews, charged)),
                 deficits, fsum(above.values()))
