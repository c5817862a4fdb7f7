"""Golden rows: every family of rows of three small cases, as worked out by hand in golden/<family>.txt (the derivation
stands there).

All cases: plants need 0.1 crew-years per bn KZT of overnight cost and JP can deliver 40 % of them; pipes need 0.01
crew-years per km. No discounting (weights do not stand in rows). Targets and sources are in ``yearly``, ``quarterly``
and ``lending`` below.
"""

from functools import cache
from pathlib import Path

import pytest

from jaryq.case.areas import Balance, Borrower, Tie
from jaryq.case.case import Crew, Currency, PriceIndex, Region, SourceGroup, Tariff
from jaryq.case.sources import Ramp
from jaryq.case.works import Before, Choice, Link, Outage, OutageLimit, Paid, Trench, Wish
from jaryq.formulation.declare import ROWS
from tests.cases import (
    bursts,
    changed,
    condition,
    edit,
    facility,
    keyed,
    named,
    package,
    quantity,
    rule,
    source,
    target,
)
from tests.make import bare_case, program_of

GOLDEN = Path(__file__).parent / "golden"
EVEN = {2026: 3.0, 2027: 3.0, 2028: 3.0}


def yearly():
    """Prices 1, 1.1, 1.21; the yen 4, 5, 8; everything else as written."""
    loan = {"kind": "loan", "partner": "JP", "carry_over": "loan", "tenor": 5.0}
    case = bare_case(
        first_year=2025,
        indices=keyed(PriceIndex(**named("general"), levels={2025: 100.0, 2026: 100.0, 2027: 110.0, 2028: 121.0},
                                 long_run=0.1)),
        currencies=keyed(Currency(**named("JPY"), rates={2026: 4.0, 2027: 5.0, 2028: 8.0})),
        facilities=keyed(
            facility("F1", cost=10.0, works_months=24.0),
            facility("F2", cost=4.0, must=True),
            facility("F3", spend={2026: 2.0, 2028: -1.0}, income_to="Y"),
            facility("FD", cost=14.0, done=2025),
        ),
        packages=keyed(package("N1", km=100.0, unit_cost=0.1, km_per_year=40.0, done={2025: 10.0})),
        sources=keyed(
            source("B", ceilings={2026: 8.0, 2027: 8.0, 2028: 8.0}, envelope=20.0),
            source("E", **loan, ceilings={2026: 2.0, 2027: 2.0, 2028: 2.0}, tied_share=0.5, tied_over="product"),
            source("L", **loan, currency="JPY", ceilings={2026: 1.0, 2027: 1.0, 2028: 1.0}, envelope=2.5, max_share=0.6,
                   tied_share=0.3),
            source("O", kind="own", ceilings={2026: 1.0, 2027: 1.0, 2028: 1.0}, carry_over="fund", keep=0.8),
            source("Y", ceilings=EVEN, carry_over="one_year", keep=0.5),
        ),
        rules=tuple(rule(s, project=p) for s, projects in (("B", "F1 F2 N1"), ("E", "F1 F2"), ("L", "F1"), ("O", "N1"),
                                                           ("Y", "F2 F3")) for p in projects.split()),
        crews=(Crew("build", None, {2026: 2.0, 2027: 2.0, 2028: 2.0}, "test"),),
        targets=(
            target("D", "draw", 3.0, 2028, sense="=", filter={"partner": "JP"}),
            target("FC", "facilities", 3.0, 2026, priority="2"),
            target("K", "km", 80.0, 2028),
            target("SD", "share_done", 0.5, 2027, priority="hard"),
            target("SP", "spend", 30.0, 2027, year_first=2026, sense="<=", filter={"type": "plant"}, priority="price",
                   price=0.1),
        ),
    )
    return case


def quarterly():
    """2026 and 2027 in quarters; F: 3 months of procurement (20 % of 10 bn), 6 of works; N: 100 km, 40 a year; B
    pays."""
    case = bare_case(
        first_year=2026, last_year=2027, resolution="quarter",
        facilities=keyed(facility("F", cost=10.0, procurement_months=3.0, works_months=6.0, latest=2027)),
        packages=keyed(package("N", km=100.0, unit_cost=0.1, km_per_year=40.0, latest=2027)),
        sources=keyed(source("B", ceilings={2026: 8.0, 2027: 8.0}, available_to=2027)),
        crews=(Crew("build", "R1", {2026: 2.0, 2027: 3.0}, "test"),),
    )
    return edit(case, "asset_types", "plant", procurement_share=0.2)


def lending():
    """Whole plan of 2026 and 2027, constant prices, the yen 4 and then 5. P: 10 bn in 2026; Q: 4 bn in 2027; both heat
    of R1, whose bill may rise by 5 %.

    All money, rates too, stands at year ends. L (yen, 10 %, two yearly parts; fees 1 % and 0.5 %) and V (drawn into the
    fund O, repaid from it a year later at 5 %, fee 1 %) are a group; E is an export credit; O earns 10 % on what stays.
    U owes what L pays for P: cash of 4 and 2 in 2027 and 2028, of which another debt takes 0.5 in 2028."""
    late = {"kind": "loan", "payments": 1, "draw_timing": "end"}
    return bare_case(
        first_year=2026, last_year=2027, whole=True, discount_timing="end",
        currencies=keyed(Currency(**named("JPY"), rates={2026: 4.0, 2027: 5.0})),
        facilities=keyed(facility("P", cost=10.0, latest=2026, borrower="U"),
                         facility("Q", cost=4.0, earliest=2027, latest=2027)),
        sources=keyed(
            source("B", ceilings={2026: 6.0, 2027: 6.0}, available_to=2027),
            source("E", **late, partner="JP", envelope=3.0, tenor=2.0, down_payment=0.15, local_cost=0.5,
                   tied_share=0.4, available_to=2026),
            source("L", **late, partner="JP", currency="JPY", envelope=1.25, rate=0.1, tenor=2.0, clock="loan",
                   signing_year=2026, available_to=2027, front_end=0.01,
                   commitment_fee=0.005, group="g", counterpart=0.25, min_share=0.2, smallest=0.25,
                   who_repays="consumers"),
            source("O", kind="own", carry_over="fund", ceilings={2026: 1.0, 2027: 1.0}, interest=0.1,
                   available_to=2027),
            source("V", **late, envelope=2.0, rate=0.05, tenor=1.0, repayment="bullet", signing_year=2026,
                   available_to=2026, front_end=0.01, group="g",
                   draws_to="O", service_from="O"),
        ),
        rules=(rule("E", project="P"), rule("L", project="P")),
        groups=keyed(SourceGroup(**named("g"), max_share=0.5, envelope=4.0)),
        tariffs=(Tariff("R1", "heat", 10.0, 0.05, "test"),),
        borrowers=keyed(Borrower(**named("U"), cover=1.2, priority="hard", cash={2027: 4.0, 2028: 2.0},
                                 other={2028: 0.5})),
        targets=(
            target("BO", "borrowing", 4.0, 2027, year_first=2026, sense="<=", priority="hard"),
            target("FS", "foreign_share", 0.4, 2026, sense="<=", scale=10.0, priority="hard"),
            target("DS", "debt_service", 3.0, 2028, year_first=2027, sense="<=", filter={"source": "L"}),
            target("ST", "debt_stock", 2.0, 2027, sense="<=", filter={"source": "L"}, priority="hard"),
        ),
    )


def works():
    """The quarters of 2026, constant prices. Heat assets of R1 may be out of service from May to September, 120 Gcal/h
    at once; crews of R1 work from April to November.

    A: heat, 6 bn, 6 months, out of service for 2 of them in season, 90 Gcal/h; its score is 10 (age 5.5, twice that by
    inspection). B: 2 bn, 3 months, the last of them out of service in any season, 60 Gcal/h; C: another way to do B, 3
    bn, no outage. D in R2: 3 months of procurement and 3 of works, after B. S in R2: started half a year ago, 6 of 12
    months left, 2 crews, 4 bn to pay; 3 paid, half of that by L. N1: heat pipes, renewed in season; N2: water pipes."""
    rate = condition(pof_k=0.001, pof_c=1.0, floor=3.0, cap=6.0, life=30.0, year_built=1990, observed=2.0, lost=50.0)
    return bare_case(
        last_year=2026, resolution="quarter", stability=0.05,
        regions=keyed(Region(**named("R1"), open_months=frozenset(range(5, 10))), Region(**named("R2"))),
        facilities=keyed(
            facility("A", cost=6.0, works_months=6.0, latest=2026, outage=Outage(2.0, 90.0, "Gcal/h", seasonal=True),
                     condition=rate),
            facility("B", cost=2.0, works_months=3.0, latest=2026, outage=Outage(1.0, 60.0, "Gcal/h"),
                     own_zone="yellow"),
            facility("C", cost=3.0, works_months=3.0, latest=2026, option_of="B", own_zone="yellow"),
            facility("D", cost=1.0, procurement_months=3.0, works_months=3.0, latest=2026, region="R2", after=("B",)),
            facility("S", cost=4.0, works_months=12.0, latest=2026, region="R2", started=6.0, must=True,
                     crews={"build": 2.0}, own_zone="red"),
        ),
        packages=keyed(
            package("N1", km=20.0, unit_cost=0.1, km_per_year=10.0, latest=2026, seasonal=True, km_total=30.0, wear=0.6,
                    losses=100.0, losses_after=40.0),
            package("N2", km=8.0, unit_cost=0.1, latest=2026, sector="water",
                    bursts=bursts(rate=0.5, after=0.1, lost=2.0)),
        ),
        sources=keyed(source("B", available_to=2026), source("L", kind="grant", partner="US", envelope=10.0,
        max_share=0.5, available_to=2026)),
        rules=(rule("L", project="S"),),
        crews=(
            Crew("build", "R1", {2026: 2.0}, "test", season=frozenset(range(4, 12)), extra_share=0.2, extra_cost=0.03,
                 lend_cost=0.01),
            Crew("build", "R2", {2026: 4.0}, "test", lend_share=0.25),
            Crew("build", None, {2026: 8.0}, "test"),
        ),
        outages=(OutageLimit("R1", "Gcal/h", 120.0, "test"),),
        trenches=(Trench("N1", "N2", 5.0, 0.02, "test"),),
        paid=(Paid("S", "L", 2025, 1.5), Paid("S", None, 2025, 1.5)),
        before=Before({("A", "2026Q2"): 1.0, ("B", "2026"): 1.0, ("S", "2026Q1"): 1.0, ("gone", "2026Q1"): 1.0},
                      {("N2", 2026): 6.0}),
        targets=(
            target("FA", "failures", 4.0, 2026, sense="<=", priority="hard"),
            target("LO", "losses", 2000.0, 2026, sense="<=", unit="Gcal"),
            target("NS", "not_supplied", 6.0, 2026, sense="<=", priority="hard", unit="thousand m3"),
            target("NH", "not_supplied", 1.0, 2026, priority="hard", unit="Gcal"),
            target("RZ", "red_zone", 1.0, 2026, sense="<=", priority="hard"),
            target("WR", "wear", 0.5, 2026, sense="<=", priority="hard"),
        ),
    )


def bound():
    """A facility that must be done, and a variant of it; neither costs anything."""
    return bare_case(first_year=2026, facilities=keyed(facility("U", must_any=True, latest=2026),
                                                       facility("V", option_of="U", latest=2026)))


def peaks():
    """The quarters of 2026 and the year 2027; peaks come from November to February. North: peak 100 and 120, a tenth in
    reserve, 90 available, at a price; South: peak 50, 60 available, priority 2; a tie of 10 between them. Nothing costs
    anything.

    P of North: 6 months of works, the last two out of service with 30 MW; then 20 MW more. T, 5 km: each raises the tie
    by 2 MW."""
    years = (2026, 2027)
    area = {"unit": "MW", "origin": "test", "quantity": "mw", "months": frozenset({11, 12, 1, 2}), "priced_to": 2027}
    return bare_case(
        last_year=2026, evaluation_last_year=2027, resolution="quarter",
        quantities=keyed(quantity("mw"), quantity("tie")),
        facilities=keyed(facility("P", cost=0.0, works_months=6.0, latest=2026, place="N",
                                  outage=Outage(2.0, 30.0, "MW"), quantities={"mw": 20.0})),
        packages=keyed(package("T", km=5.0, unit_cost=0.0, latest=2026, quantities={"tie": 2.0})),
        balances=(Balance(area="North", peak=dict(zip(years, (100.0, 120.0), strict=True)),
                          available=dict.fromkeys(years, 90.0), reserve=0.1, price=0.5,
                          places=frozenset({"N"}), **area),
                  Balance(area="South", peak=dict.fromkeys(years, 50.0), available=dict.fromkeys(years, 60.0),
                          priority="2", places=frozenset({"S"}), **area)),
        ties=(Tie(**named("NS"), a="North", b="South", unit="MW", quantity="tie",
                  capacity=dict.fromkeys(years, 10.0)),),
    )


def conditions():
    """Whole plan of 2026 and 2027, the yen 4 and then 5 at year ends, 3.2 a year before: J draws at the start of a
    year, at 3.2 and 4, the price year has 4.

    Lot X: A (10, in 2026), B (6) and 40 of the 80 km that N1 has left; lot Y: 30 of 40 km of N2 alone. C (8) is
    committed and was paid 1 by K in 2025; 10 km of N1 are committed for 2026 and 5 more for 2027. 20 km of pipes were
    done in 2025: 25 % more and 5, half less and 5. J (yen, new, at most 5): half in the first year from signing, a
    quarter in the second, tickets of 1.5, two projects, one of its group g with M (new, all must be drawn). K (signed
    in 2025 for 8): a quarter, then the rest, all must be drawn, half more and 1, 20 % less and 1."""
    late = {"kind": "loan", "payments": 1, "tenor": 9.0, "available_to": 2027}
    case = bare_case(
        first_year=2026, last_year=2027, whole=True, discount_timing="end",
        currencies=keyed(Currency(**named("JPY"), rates={2026: 4.0, 2027: 5.0})),
        facilities=keyed(facility("A", cost=10.0, latest=2026, lot="X"), facility("B", cost=6.0, latest=2027, lot="X"),
                         facility("C", cost=8.0, latest=2027, must=True, committed=True)),
        packages=keyed(package("N1", km=100.0, unit_cost=0.1, done={2025: 20.0}, latest=2027, lot="X", lot_km=40.0,
                               committed={2026: 10.0, 2027: 5.0}),
                       package("N2", km=40.0, unit_cost=0.1, latest=2027, lot="Y", lot_km=30.0)),
        sources=keyed(
            source("B", available_to=2027),
            source("J", **late, partner="JP", currency="JPY", envelope=5.0, draw_timing="start", signing_year=2026,
                   pace=(0.5, 0.25, 0.25), ticket=1.5, projects_most=2, group="g"),
            source("K", **late, signed=8.0, envelope=9.0, draw_timing="end", signing_year=2025, pace=(0.25, 0.75),
                   must_draw=True, ramp=Ramp(0.5, 0.2, 1.0)),
            source("M", **late, envelope=3.0, draw_timing="end", signing_year=2026, must_draw=True, group="g"),
        ),
        rules=tuple(rule(s, project=p) for s, projects in (("J", "A B C N1 N2"), ("K", "A C"), ("M", "C"))
                    for p in projects.split()),
        groups=keyed(SourceGroup(**named("g"), signed_most=1)), paid=(Paid("C", "K", 2025, 1.0),),
    )
    return edit(case, "asset_types", "pipe", ramp=Ramp(0.25, 0.5, 5.0, "2"))


def by_tonne():
    """2026 and 2027, the yen 4 and then 5. J pays 1,500 yen at most for each tonne a year; A avoids 1 Mt, N 10,000 t
    per km, F nothing, G brings 5 t more."""
    return bare_case(
        last_year=2027, quantities=keyed(quantity("co2", kind="flow")),
        currencies=keyed(Currency(**named("JPY"), rates={2026: 4.0, 2027: 5.0})),
        facilities=keyed(facility("A", cost=10.0, latest=2027, quantities={"co2": 1e6}),
                         facility("F", cost=10.0, latest=2027),
                         facility("G", cost=10.0, latest=2027, quantities={"co2": -5.0})),
        packages=keyed(package("N", km=40.0, unit_cost=0.1, latest=2027, quantities={"co2": 1e4})),
        sources=keyed(source("B", available_to=2027),
                      source("J", kind="grant", partner="JP", currency="JPY", available_to=2027, quantity="co2",
                             per_unit=1500.0)))


def order():
    """2026 and 2027: Q of 4 months; M after it, 4 months or, as M2, 8; P of 4 after M. N, 8 of 10 km left, and P only
    with Q. P, Q and D, which is done, are a group of which two are done."""
    group = {"choices": ("G",), "latest": 2027}
    return bare_case(
        first_year=2025, last_year=2027, whole=True,
        facilities=keyed(
            facility("D", done=2025, **group), facility("Q", works_months=4.0, **group),
            facility("M", works_months=4.0, latest=2027), facility("M2", works_months=8.0, option_of="M", latest=2027),
            facility("P", works_months=4.0, only_with=("Q",), **group)),
        packages=keyed(package("N", km=10.0, unit_cost=0.1, done={2025: 2.0}, latest=2027, only_with=("Q",))),
        sequence=(Link("M", "Q"), Link("M2", "Q"), Link("P", "M")),
        choices=keyed(Choice(**named("G"), at_least=2, at_most=2)))


def wanted():
    """2026 to 2028, no price rises. A of 10 and 12 months not before 2027, 30 % of it from L; N of 40 km not after
    2027, 8 km in 2027."""
    return bare_case(
        facilities=keyed(facility("A", cost=10.0, works_months=12.0)),
        packages=keyed(package("N", km=40.0, unit_cost=0.1)),
        sources=keyed(source("B", ramp=Ramp(up=0.25, down=None, least=1.0, start=9.0, start_cell="test")),
                      source("L", kind="loan", tenor=5.0, envelope=20.0)),
        wishes={"A": Wish("A", first=1, payer="L", share=0.3), "N": Wish("N", last=1, km={2027: 8.0})})


def in_effect():
    """The quarters of 2026 and 2027, constant prices, 20 % paid while it is bought. J (new, half a year) is effective
    in the middle of August 2026, 7.5 months after January.

    F: 10 bn, 3 months to buy, 6 of works; S: 4 bn stated for 2026; G: 9 of 12 months left, 9 bn; D: 6 of 12 months
    left; L: not before 2027; N and N2: pipes at 0.1, 0.02 saved on N where they share a trench."""
    under_way = {"works_months": 12.0, "must": True, "latest": 2027}
    case = bare_case(
        first_year=2026, last_year=2027, resolution="quarter",
        facilities=keyed(facility("F", cost=10.0, procurement_months=3.0, works_months=6.0, latest=2027),
                         facility("S", spend={2026: 4.0}, latest=2027),
                         facility("G", cost=9.0, started=3.0, **under_way),
                         facility("D", cost=6.0, started=6.0, **under_way),
                         facility("L", cost=5.0, works_months=12.0, earliest=2027, latest=2027)),
        packages=keyed(package("N", km=40.0, unit_cost=0.1, latest=2026),
                       package("N2", km=8.0, unit_cost=0.1, latest=2026)),
        sources=keyed(source("B", available_to=2027),
                      source("J", kind="loan", payments=1, tenor=9.0, available_to=2027, envelope=60.0,
                             draw_timing="start", signing_year=2026, effective_months=7.5, pace=(0.5, 0.5))),
        trenches=(Trench("N", "N2", 5.0, 0.02, "test"),))
    return edit(case, "asset_types", "plant", procurement_share=0.2)


def so_far():
    """2026 to 2028, constant prices. L pays 60 % of each so far, of G 40 %; J a half of F so far, in 2027 alone; K a
    half of F in all.

    F: 10, 30 and 10; G: 10 in two years. S: 20 spent before, 15 of it by L, then 10 and 30; T: 10 before, 9 of it by L,
    then 4 and 30. N and N2: pipes at 0.1, not in 2028, 0.02 saved on N where they share a trench."""
    grant = {"kind": "grant", "partner": "US"}
    under_way = {"started": 6.0, "must": True}
    return bare_case(
        facilities=keyed(facility("F", spend={2026: 10.0, 2027: 30.0, 2028: 10.0}),
                         facility("G", cost=10.0, works_months=24.0),
                         facility("S", spend={2026: 10.0, 2027: 30.0}, **under_way),
                         facility("T", spend={2026: 4.0, 2027: 30.0}, **under_way)),
        packages=keyed(package("N", km=40.0, unit_cost=0.1, latest=2027), package("N2", km=8.0, unit_cost=0.1)),
        sources=keyed(source("B"), source("L", **grant, max_share=0.6, share_holds="so_far"),
                      source("J", **grant, max_share=0.5, share_holds="so_far", available_from=2027,
                             available_to=2027),
                      source("K", **grant, max_share=0.5)),
        rules=(rule("J", project="F"), rule("K", project="F"), rule("L", project="G", max_share=0.4),
               *(rule("L", project=p) for p in ("F", "N", "S", "T"))),
        trenches=(Trench("N", "N2", 5.0, 0.02, "test"),),
        paid=(Paid("S", "L", 2025, 15.0), Paid("S", None, 2025, 5.0), Paid("T", "L", 2025, 9.0),
              Paid("T", None, 2025, 1.0)))


CASES = {"peaks": peaks, "yearly": yearly, "quarterly": quarterly, "lending": lending, "works": works, "bound": bound,
         "conditions": conditions, "order": order, "wanted": wanted, "by_tonne": by_tonne, "in_effect": in_effect,
         "so_far": so_far}
OF_CONDITIONS = ("draw_pace", "signed_works", "agreed_works", "agreed_part", "agreed_least", "ramp_up", "ramp_down",
                 "committed_km", "ticket_least", "ticket_part", "projects_most", "signed_most", "signed_if_taken",
                 "must_draw", "lot_starts", "lot_km_least", "lot_km_most", "used_if_taken")
"""The families of which ``conditions`` holds golden rows: its others are as in the cases above."""
ONLY = {"conditions": OF_CONDITIONS, "wanted": ("wish_start", "wish_renew", "wish_km", "wish_payer"),
        "by_tonne": ("by_quantity",), "in_effect": ("draw_effect", "signed_works"),
        "so_far": ("share_so_far",)}


@cache
def program(name):
    return program_of(CASES[name]())[1]


def golden(family):
    """Rows of a golden file by case; comments and blank lines are dropped."""
    found = {name: [] for name in CASES}
    place = ""
    for line in (GOLDEN / f"{family}.txt").read_text(encoding="utf-8").splitlines():
        text = line.strip()
        if text.startswith("["):
            place = text.strip("[]")
        elif text and not text.startswith("#"):
            found[place].append(text)
    return found


@pytest.mark.parametrize("family", sorted(ROWS))
@pytest.mark.parametrize("case", sorted(CASES))
def test_rows(case, family):
    if family not in ONLY.get(case, ROWS):
        return
    made = [line for line in program(case).as_text(family).splitlines() if line]
    assert made == golden(family)[case]


@pytest.mark.parametrize("family", sorted(ROWS))
def test_every_family_has_golden_rows_with_a_derivation(family):
    text = (GOLDEN / f"{family}.txt").read_text(encoding="utf-8")
    assert any(golden(family).values())
    assert any(line.startswith("#") for line in text.splitlines())


def test_no_golden_file_without_a_family():
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(ROWS)


def test_columns_have_the_bounds_of_the_data():
    """start and renew: 1 share, 40 km. draw[L,F1,2026]: least of outlay 5, 1 bn yen at 4 = 4, 60 % of 16.55 = 9.93 ->
    4; draw[B,F1,2028]: 6.05. old[Y,2028]: half of 3. idle[O,2028]: 3 x 1. supplied[E,F1]: E gives 2, 4, 6 by the year,
    F1 costs at most 5, 5.5, 6.05 -> 2 + 4 + 6 = 12."""
    lp = program("yearly")
    upper = {f"{name}{list(index)}": float(lp.col_upper[j]) for j, (name, index) in enumerate(lp.columns)}
    assert upper["start['F1', '2026']"] == 1.0
    assert upper["renew['N1', '2027']"] == 40.0
    assert upper["draw['L', 'F1', 2026]"] == pytest.approx(4.0)
    assert upper["draw['B', 'F1', 2028]"] == pytest.approx(6.05)
    assert upper["old['Y', 2028]"] == pytest.approx(1.5)
    assert upper["idle['O', 2028]"] == pytest.approx(3.0)
    assert upper["supplied['E', 'F1']"] == pytest.approx(12.0)
    assert (lp.col_lower == 0.0).all()


def test_stretches_of_a_shortfall():
    """K misses at most 80 km: ten stretches of 8; cost slope/80 a km. Then the largest shortfall alone."""
    lp = program("yearly")
    at = [lp.column_at["short", ("K", k)] for k in range(10)]
    assert [float(lp.col_upper[j]) for j in at] == pytest.approx([8.0] * 10)
    assert [float(lp.objectives["priority_1"][0][j]) for j in at] == pytest.approx([k / 80 for k in range(1, 11)])
    assert [float(lp.objectives["priority_2"][0][j]) for j in at] == [0.0] * 10
    stage = lp.objectives["spread_1"][0]
    assert [lp.columns[j] for j, value in enumerate(stage) if value] == [("worst", ("1",))]


def test_columns_of_works_have_the_bounds_of_the_data():
    """R2 lends at most 25 % of a quarter's 1 crew-year, R1 has nothing to lend and borrows at most that; overtime of
    R1: 20 % of 0.75 and of 2/8 x 2 = 0.5, none in winter. Joint km: the smallest of 5 shared, N2's 8, N1's 10 a year by
    its open months: 4 in Q2, 6 in Q3. Kept: what was."""
    lp = program("works")
    upper = {f"{name}{list(index)}": float(lp.col_upper[j]) for j, (name, index) in enumerate(lp.columns)
             if name in ("extra", "lent", "borrowed", "joint", "kept")}
    quarters = [f"2026Q{q}" for q in (1, 2, 3, 4)]
    assert upper == pytest.approx(
        {f"lent['build@R2', '{t}']": 0.25 for t in quarters} | {f"borrowed['build@R1', '{t}']": 0.25 for t in quarters}
        | {"extra['build@R1', '2026Q2']": 0.15, "extra['build@R1', '2026Q3']": 0.15, "extra['build@R1', '2026Q4']": 0.1}
        | {"joint['N1+N2', '2026Q2']": 4.0, "joint['N1+N2', '2026Q3']": 5.0}
        | {"kept['A', '2026Q2']": 1.0, "kept['B', '2026']": 1.0, "kept['N2', '2026']": 6.0}
    )


def objective(case, name):
    """Coefficients of a stage that are not zero, by column, and its constant."""
    lp = program_of(case)[1]
    vector, constant = lp.objectives[name]
    return {f"{kind}{list(index)}": float(vector[j]) for j, (kind, index) in enumerate(lp.columns)
            if abs(vector[j]) > 1e-12}, constant


def test_red_zone_stage():
    """A (score 10) and S (said to be red) are red in all four quarters: 8 asset-periods; B is yellow. Started in Q1
    both end in Q2 and mend Q3 and Q4; A from Q2 mends Q4, from Q3 nothing any more."""
    terms, constant = objective(changed(works(), red_zone_first=True), "red_zone")
    assert terms == pytest.approx({"start['A', '2026Q1']": -2 / 8, "start['A', '2026Q2']": -1 / 8,
                                   "start['S', '2026Q1']": -2 / 8})
    assert constant == pytest.approx(1.0)


def test_premiums_and_stability_in_the_objective():
    """Overtime of R1 costs 0.03, what it borrows 0.01 a crew-year. Stability 5 % of the cost of what is moved: the last
    plan 6 (A), 2 (B) and 0.1 x 6 (N2) = 8.6; today's starts of all but S, km at 0.1; twice what is kept taken off. S is
    started and the project that is gone is left out."""
    found, constant = objective(changed(works(), objective="most_benefit"), "objective")
    starts = {"A": (0.3, (1, 2, 3)), "B": (0.1, (2, 3, 4)), "C": (0.15, (2, 3, 4)), "D": (0.05, (1, 2, 3))}
    renewals = {"N1": (2, 3), "N2": (1, 2, 3, 4)}
    assert found == pytest.approx(
        {f"start['{p}', '2026Q{q}']": charge for p, (charge, quarters) in starts.items() for q in quarters}
        | {f"renew['{n}', '2026Q{q}']": 0.005 for n, quarters in renewals.items() for q in quarters}
        | {"kept['A', '2026Q2']": -0.6, "kept['B', '2026']": -0.2, "kept['N2', '2026']": -0.01}
    )
    assert constant == pytest.approx(0.05 * 8.6)
    dear, _ = objective(works(), "objective")
    paid = {key: value for key, value in dear.items() if key.startswith(("extra", "borrowed", "lent"))}
    assert paid == pytest.approx({f"extra['build@R1', '2026Q{q}']": 0.03
                                  for q in (2, 3, 4)} | {f"borrowed['build@R1', '2026Q{q}']": 0.01
                                                         for q in (1, 2, 3, 4)})
