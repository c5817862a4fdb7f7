"""What a plan is worth, from facts that were recomputed (docs/numbers.md, Objective)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from jaryq.verify.debt import Debt
from jaryq.verify.funds import Balance
from jaryq.verify.indicators import Indicators
from jaryq.verify.money import Money, money_of
from jaryq.verify.ramps import Climb
from jaryq.verify.schedule import Schedule
from jaryq.verify.stability import changed
from jaryq.verify.targets import Missed, priced
from jaryq.verify.tariffs import Need
from jaryq.verify.value import Value


@dataclass(frozen=True)
class Facts:
    """What the totals are made of. ``premiums`` by year, ``saved`` by package and year: nominal bn KZT; ``ramps`` with
    the plan's amounts."""

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


@dataclass(frozen=True)
class Worth:
    """Present values, price-year bn KZT: ``benefits`` by project with their parts ``avoided`` risk and ``residuals``,
    ``money``, premiums of ``crews``, what is ``charged`` in the objective for priced targets and for change (``moved``
    is the change with its price taken off). ``finish``: mean time of it, years. ``objective`` in its own sense and
    unit; ``society``: what the plan is worth to the country; ``terms``: sum of absolute terms of both."""

    benefits: Mapping[str, float]
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

    @property
    def pv_benefits(self) -> float:
        return fsum(self.benefits.values())


def worth_of(facts: Facts) -> Worth:
    """All of it."""
    value, funding = facts.value, facts.debt.funding
    settings, money = funding.case.settings, money_of(facts.debt, facts.funds)
    avoided, residuals = value.risk_avoided(), value.residuals()
    benefits = value.benefits(avoided, residuals)
    pv_benefits = fsum(benefits.values())
    crews = fsum(funding.prices.weight(y) * amount for y, amount in facts.premiums.items())
    moved, finish = changed(facts.schedule), value.mean_finish()
    charged = priced(funding.case, facts.results) + settings.stability * moved
    comes = pv_benefits + money.income + money.interest
    objective = {
        "purse": comes - money.funding - crews - charged,
        "least_cost": money.funding + crews - money.income - money.interest + charged,
        "most_benefit": pv_benefits - charged,
        "earliest_finish": finish + charged,
    }[settings.objective]
    return Worth(benefits, avoided, residuals, money, crews, moved, charged, finish, objective,
                 comes - money.given - crews, fsum((abs(pv_benefits), money.terms, crews, charged)))
