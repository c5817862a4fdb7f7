"""A case in quarters of 2026 and 2027 in which every rule about the works themselves is present, and a plan of it made
by hand."""

from __future__ import annotations

from dataclasses import replace

from jaryq.case.case import AssetType, Case, Crew, Region
from jaryq.case.plan import Plan
from jaryq.case.works import Outage, Paid, Trench
from jaryq.case.works import OutageLimit as Limit
from tests.cases import changed, facility, keyed, named, package, source
from tests.verify.common import bare

SUMMER = frozenset(range(5, 10))
"""May to September: 2 months of a second quarter, 3 of a third."""


def quarters_case(**changes: object) -> Case:
    """Constant prices, no discounting. Heat works are open in ``SUMMER`` in both regions; plants need 0.1 crew-years of
    build per bn KZT.

    R1: S goes on for 3 of its 12 months (9 are behind it), 3 bn; 5 bn were spent before, 1 of them from O, which has 4
    in all and pays half at most. P1 6 bn over 6 months, 2 of them with 100 MW out in season; P2 3 bn over 3 months
    after P1, 2 crews; P3 1 bn over 3 months, 1 of them with 90 MW out, 1 crew of weld (July to September). 100 MW may
    be out. R2: V, or its variant V1 (2 bn, 3 months). N1 (in season, 55 km a year) and N2 share 15 km, which saves 0.02
    bn/km of N1; a kilometre needs 0.01 of dig (April to November, 1 crew-year in the year).
    """
    base = {"earliest": 2026, "latest": 2027}
    case = bare(
        name="quarters", resolution="quarter", first_year=2026, price_year=2026, last_year=2027,
        regions=keyed(Region(**named("R1"), open_months=SUMMER), Region(**named("R2"), open_months=SUMMER)),
        asset_types=keyed(
            AssetType(**named("plant"), sector="heat", life=20.0, crew="build", crew_need=0.1),
            AssetType(**named("pipe"), sector="heat", life=20.0, crew="dig", crew_need=0.01),
        ),
        facilities=keyed(
            facility("S", cost=3.0, procurement_months=6.0, works_months=6.0, started=9.0, must=True, **base),
            facility("P1", cost=6.0, works_months=6.0, outage=Outage(2.0, 100.0, "MW", True), **base),
            facility("P2", cost=3.0, works_months=3.0, after=("P1",), crews={"build": 2.0}, **base),
            facility("P3", cost=1.0, works_months=3.0, outage=Outage(1.0, 90.0, "MW", True), crews={"weld": 1.0},
                     **base),
            facility("V", cost=4.0, works_months=3.0, region="R2", **base),
            facility("V1", option_of="V", cost=2.0, works_months=3.0, region="R2", **base),
        ),
        packages=keyed(
            package("N1", km=60.0, unit_cost=0.1, km_per_year=55.0, region="R2", seasonal=True, **base),
            package("N2", km=10.0, unit_cost=0.1, region="R2", **base),
        ),
        sources=keyed(source("B", available_to=2027), source("O", kind="own", envelope=4.0, max_share=0.5,
        available_to=2027)),
        crews=(
            Crew("build", "R1", {2026: 1.2, 2027: 1.2}, "test!R1", extra_share=0.5, extra_cost=1.0, lend_cost=2.0),
            Crew("build", "R2", {2026: 1.2, 2027: 1.2}, "test!R2", lend_share=0.4),
            Crew("dig", None, {2026: 1.0, 2027: 1.0}, "test!dig", season=frozenset(range(4, 12))),
            Crew("weld", None, {2026: 1.0, 2027: 1.0}, "test!weld", season=frozenset({7, 8, 9})),
        ),
        outages=(Limit("R1", "MW", 100.0, "test!out"),),
        trenches=(Trench("N1", "N2", 15.0, 0.02, "test!trench"),),
        paid=(Paid("S", "O", 2025, 1.0), Paid("S", None, 2025, 4.0)),
    )
    return changed(case, **changes)


def quarters_plan(**changes: object) -> Plan:
    """A plan of ``quarters_case`` that satisfies everything.

    build in R1 has 0.3 a quarter: S 0.3 in 2026Q1, P1 0.3 in Q2 and in Q3, P2 2 x 3/12 = 0.5 in Q4: 0.1 is added, 0.1
    comes from R2, which may lend 0.4 x 0.3. P1 (April to September) is out in August and September, P3 (July to
    September) in September: 100 x 2/3 + 90/3 = 96.7 MW in Q3. N1 has 55 x 2/5 = 22 km in Q2 and 33 in Q3; dig 0.22 +
    0.1 of 3/8 in Q2, 0.28 in Q3. N1 pays 50 x 0.1 - 10 x 0.02.
    """
    plan = Plan(
        start={("S", "2026Q1"): 1.0, ("P1", "2026Q2"): 1.0, ("P2", "2026Q4"): 1.0, ("P3", "2026Q3"): 1.0,
               ("V1", "2027Q1"): 1.0},
        renew={("N1", "2026Q2"): 22.0, ("N1", "2026Q3"): 28.0, ("N2", "2026Q2"): 10.0},
        joint={("N1+N2", "2026Q2"): 10.0},
        extra={("build@R1", "2026Q4"): 0.1},
        borrowed={("build@R1", "2026Q4"): 0.1},
        lent={("build@R2", "2026Q4"): 0.1},
        draw={
            ("O", "S", 2026): 3.0, ("B", "P1", 2026): 6.0, ("B", "P2", 2026): 3.0, ("B", "P3", 2026): 1.0,
            ("B", "V1", 2027): 2.0,
            ("B", "N1", 2026): 4.8, ("B", "N2", 2026): 1.0,
        },
    )
    return replace(plan, **changes)
