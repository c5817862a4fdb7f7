"""What the tests of verify share: a bare case, and the two halves of a recomputation."""

from __future__ import annotations

from dataclasses import replace

from jaryq.case.case import Case, Source
from jaryq.case.plan import Plan
from jaryq.case.works import Condition
from jaryq.verify.finding import failed
from jaryq.verify.prices import Prices
from jaryq.verify.recompute import recompute
from jaryq.verify.risk import Risk
from jaryq.verify.schedule import Schedule
from jaryq.verify.terms import Terms
from jaryq.verify.totals import Totals
from jaryq.verify.trenches import trench_savings
from jaryq.verify.value import Value
from tests.cases import keyed, source, tiny_case


def bare(**changes: object) -> Case:
    """One budget without limits, nothing to build, constant prices, no discounting."""
    return tiny_case(**{"facilities": {}, "packages": {}, "sources": keyed(source("B")), "targets": (), "crews": (),
                        "indices": {}, "currencies": {},
                        "discount_rate": 0.0, **changes})


def totals_of(case: Case, **decisions: object) -> Totals:
    return recompute(case, Plan(**decisions))[0]


def outlays_of(case: Case, **decisions: object) -> dict[tuple[str, int], float]:
    """Nominal outlays by project and year."""
    plan, prices = Plan(**decisions), Prices(case)
    schedule = Schedule.of(case, plan)
    return Value(case, schedule, prices, Risk(case, schedule, prices),
                 trench_savings(schedule, plan, prices)).outlays()[0]


def failing(case: Case, **decisions: object) -> set[str]:
    return {finding.check for finding in failed(recompute(case, Plan(**decisions))[1])}


def terms_of(case: Case, *sources: Source) -> Terms:
    """Terms by calendar year of these sources alone."""
    case = replace(case, sources=keyed(*sources))
    return Terms(case, Prices(case))


def steady(rate: float = 0.0, **changes: object) -> Case:
    """No inflation, constant rates, discount ``rate``, first planned year 2026."""
    return tiny_case(**{"indices": {}, "currencies": {}, "discount_rate": rate, **changes})


def loan(key: str = "K", **more: object) -> Source:
    """A loan in KZT from abroad, one payment a year, each draw on its own clock."""
    return source(key, **{"kind": "loan", "partner": "INT", "payments": 1, **more})


def state(**more: object) -> Condition:
    """A transformer of CNAIM (K 0.0454 %, C 1.087), life 50 years, new in 2026, without inspections; a failure costs 1
    bn KZT."""
    return Condition(**{
        "pof_k": 0.000454, "pof_c": 1.087, "calibration": 1.0, "floor": 4.0, "cap": 15.0, "life": 50.0, "duty": 1.0,
        "location": 1.0, "year_built": 2026,
        "wear": None, "observed": 1.0, "measured": 1.0, "reliability": 1.0, "least": 0.5, "most": 10.0,
        "inspected": False, "health_after": 0.5,
        "consequence": 1.0, "lost": None, "lost_value": 0.0, "replaced": None, **more,
    })


def steadily(chance: float, **more: object) -> Condition:
    """Fails with the same probability at every score: floor and cap are 1, C is 1, and 1 + 1 + 1/2 + 1/6 = 8/3."""
    return state(**{"pof_k": chance * 3.0 / 8.0, "pof_c": 1.0, "floor": 1.0, "cap": 1.0, **more})


def found_where_it_is(pair: tuple[Case, Plan], check: str, place: str, failing: set[str]) -> None:
    """A damaged pair fails these checks and no others, and the finding of ``check`` names the place."""
    found = {finding.check: finding for finding in failed(recompute(*pair)[1])}
    assert set(found) == failing
    assert place in found[check].place
