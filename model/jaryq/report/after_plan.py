"""What ends after the plan: works under contract that are paid in the planned years and not finished in them, and what
is still to pay for them (docs/numbers.md: Time)."""

from __future__ import annotations

import math

from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.report.amounts import Amounts
from jaryq.report.shapes import Fact
from jaryq.report.words import joined, name_of

TO_PAY = Text("Still to pay after the plan, nominal", "Останется заплатить после плана, номинально")


def still_to_pay(found: Amounts) -> dict[str, float]:
    """What facilities that end after the plan spend after its last year, nominal bn KZT: in no sum of the plan."""
    case, prices = found.case, found.factors.prices
    last = case.settings.last_year
    return {
        key: found.share.get(key, 0.0) * math.fsum(
            amount * prices.cost_of(facility, year) for year, amount in (facility.spend or {}).items() if year > last)
        for key, facility in case.facilities.items() if facility.unfinished}


def after_plan_facts(found: Amounts) -> tuple[Fact, ...]:
    """How much is still to pay, and for what; nothing where all works end in the planned years."""
    left = {key: amount for key, amount in still_to_pay(found).items() if amount > 0}
    if not left:
        return ()
    names = joined([name_of(found.case.facilities[key]) for key in left])
    assert names is not None
    return (Fact(TO_PAY, math.fsum(left.values()), BILLION, Text(
        f"Under contract and not finished by then: {names.en}. Paid in the planned years, in no target and without "
        "benefit; this amount is in no sum and in no value here.",
        f"По договорам, к концу плана не завершено: {names.ru}. В планируемые годы оплачивается, в целях и выгодах не "
        "считается; эта сумма ни в один итог и ни в какую ценность не входит.")),)


def after_plan_numbers(found: Amounts) -> dict[str, float]:
    """The same by facility, as claims."""
    return {f"to_pay_after[{key}]": amount for key, amount in still_to_pay(found).items()}
