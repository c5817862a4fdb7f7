"""A plan in quarters by hand, with condition and works in every form: two years, constant prices, discount 0, benefits
to the end of 2027.

Facility A (kind boiler, 30 years old at a life of 30, inspected: worse by 1.2) fails with 0.19 a year at any score, its
variant AV with 0.08; a failure costs 10 and 5 bn KZT. AV procures for 3 months, works for 6, out of service for 3: P in
Q1, works in Q2, out of service in Q3 of 2026. S began in July 2025 and has 6 months left. W is not in the plan, X waits
for it. Z was red and is done. N1 and N2 share a trench.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from jaryq.case.case import AssetType, Case, Crew, Region
from jaryq.case.plan import Plan
from jaryq.case.sources import Ramp
from jaryq.case.works import Before, Outage, OutageLimit, Paid, Trench
from jaryq.factors.derive import Factors, derive
from jaryq.solve.solution import Divisible, Move, Solution
from tests.cases import add, bursts, changed, condition, facility, keyed, named, package, source, target
from tests.make import bare_case
from tests.report.plans import solution

PERIODS = ("2026Q1", "2026Q2", "2026Q3", "2026Q4", "2027Q1", "2027Q2", "2027Q3", "2027Q4")
STEADY = {"pof_c": 0.5, "pof_k": 0.03, "life": 30.0, "year_built": 1996}
"""K (1 + Cs + (Cs)^2/2 + (Cs)^3/6) with C 0.5 and K 0.03 is 0.03 x 19/3 = 0.19 at s = 4 and 0.03 x 8/3 = 0.08 at s =
2."""


def works_case(**changes: Any) -> Case:
    """See the module's text."""
    worn = condition(**STEADY, floor=4.0, cap=4.0, observed=1.2, inspected=True, consequence=10.0)
    case = bare_case(
        name="works", first_year=2026, plan_from=2026, last_year=2027, resolution="quarter", evaluation_last_year=2027,
        price_year=2026, stability=0.1, whole=True,
        regions=keyed(Region(**named("R1"), open_months=frozenset(range(4, 10))), Region(**named("R2"))),
        asset_types=keyed(
            AssetType(**named("boiler"), sector="heat", life=30.0, crew="build", crew_need=0.1),
            AssetType(**named("pipe"), sector="heat", life=20.0, crew="build", crew_need=0.1,
                      ramp=Ramp(1.0, None, 100.0)),
        ),
        facilities=keyed(
            facility("A", asset_type="boiler", cost=20.0, condition=worn),
            facility("AV", asset_type="boiler", cost=10.0, option_of="A", scope="repair", counts=False,
                     procurement_months=3.0, works_months=6.0, route="sea",
                     condition=replace(worn, floor=2.0, cap=2.0, consequence=5.0),
                     outage=Outage(3.0, 30.0, "Gcal/h", seasonal=True)),
            facility("S", asset_type=None, sector="heat", cost=2.0, started=6.0, must=True),
            facility("W", asset_type=None, sector="heat", cost=3.0),
            facility("X", asset_type=None, sector="heat", cost=3.0, after=("W",)),
            facility("Z", asset_type=None, sector="heat", cost=1.0, done=2025, own_zone="red"),
        ),
        packages=keyed(
            package("N1", km=20.0, unit_cost=0.1, wear=0.6, losses=100.0, losses_after=40.0,
                    bursts=bursts(rate=0.5, after=0.1, lost=3.0)),
            package("N2", km=10.0, unit_cost=0.1),
        ),
        sources=keyed(source("B", available_to=2027)),
        crews=(
            Crew("build", "R1", {2026: 4.0, 2027: 4.0}, "t", extra_share=0.5, extra_cost=0.5, lend_cost=0.1),
            Crew("build", "R2", {2026: 4.0, 2027: 4.0}, "t", lend_share=0.5),
        ),
        outages=(OutageLimit("R1", "Gcal/h", 60.0, "t"),), trenches=(Trench("N1", "N2", 5.0, 0.02, "t"),),
        paid=(Paid("S", "B", 2025, 1.0),),
        before=Before({("AV", "2026Q2"): 1.0}, {("N1", 2026): 6.0}),
        targets=(),
    )
    case = add(case, "targets", target("T-wear", "wear", 0.3, 2026, sense="<="),
               target("T-loss", "losses", 1000.0, 2026, sense="<=", unit="Gcal"))
    return changed(case, **changes)


def works_plan(**changes: Any) -> Plan:
    """AV and S from the first quarter, 8 km of N1 and 5 km of N2 in the second."""
    plan = Plan(
        start={("AV", "2026Q1"): 1.0, ("S", "2026Q1"): 1.0}, renew={("N1", "2026Q2"): 8.0, ("N2", "2026Q2"): 5.0},
        draw={("B", "AV", 2026): 10.0, ("B", "S", 2026): 2.0, ("B", "N1", 2026): 0.7, ("B", "N2", 2026): 0.5},
        extra={("build@R1", "2026Q2"): 0.5}, lent={("build@R2", "2026Q2"): 0.3}, borrowed={("build@R1", "2026Q2"): 0.3},
        joint={("N1+N2", "2026Q2"): 5.0},
        short={"T-wear": 0.1, "T-loss": 760.0},
    )
    return replace(plan, **changes)


def made(plan: Plan | None = None, **changes: Any) -> tuple[Case, Factors, Solution]:
    """The case, its factors, and a Solution around the plan (divisible and red zone figures made up)."""
    case = works_case(**changes)
    factors = derive(case)
    answer = solution(works_plan() if plan is None else plan, factors, prices=(), stages=(), multipliers={}, remarks=())
    answer = replace(answer, value=-11.7, lp_relaxation=-9.5, divisible=Divisible(2.5, 2, 1),
                     red_cost=Move({"1": 0.25}, -1.5))
    return case, factors, answer
