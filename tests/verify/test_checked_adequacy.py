"""Balances, ties, bills, borrowers and guarantees on plans made by hand, against the cases of docs/numbers.md worked
out on paper (Adequacy, Tariffs, Affordability and debt); and for each of their checks damage that it alone finds.
Constant prices, no discounting, 2026 to 2028 unless said otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jaryq.case.areas import Balance, Borrower, Tie
from jaryq.case.case import Case, PriceIndex, Region, Tariff
from jaryq.case.plan import Plan
from jaryq.case.works import Outage
from jaryq.verify.finding import failed
from jaryq.verify.recompute import recompute
from jaryq.verify.totals import compare
from tests.cases import facility, keyed, named, package, source, target
from tests.verify.common import bare, failing, loan, totals_of

YEARS = (2026, 2027, 2028)


def area(name: str, peak: float, *available: float, **more: object) -> Balance:
    """A balance in MW of 2026, 2027, .. with the same peak in each."""
    years = range(2026, 2026 + len(available))
    return Balance(name, "MW", f"test!{name}", dict.fromkeys(years, peak), dict(zip(years, available, strict=True)),
                   **{"months": frozenset({11, 12, 1, 2}), "priced_to": 2028, **more})


def plant(**more: object) -> Case:
    """B1: F adds 15 MW after works of 12 months for 10; 10, 20, 20 are missing without it, at 1 bn for each."""
    balance = area("A", 100.0, *(more.pop("available", (90.0, 80.0, 80.0))),
                   **{"quantity": "firm", "price": 1.0, **more})
    return bare(first_year=2026, evaluation_last_year=2028, facilities=keyed(facility("F", asset_type=None, cost=10.0,
        quantities={"firm": 15.0})), balances=(balance,))


def built(*deficits: float, start: str | None = "2026") -> dict[str, object]:
    plan: dict[str, object] = {"deficit": {("A@MW", 2026 + at): amount for at, amount in enumerate(deficits)}}
    return plan if start is None else {**plan, "start": {("F", start): 1.0}, "draw": {("B", "F", int(start)): 10.0}}


@pytest.mark.parametrize(("start", "deficits", "worth"), [(None, (10, 20, 20), -50.0), ("2026", (10, 5, 5), -30.0),
                                                          ("2027", (10, 20, 5), -45.0), ("2028", (10, 20, 20), -60.0)])
def test_b1_a_price_of_the_deficit(start: str | None, deficits: tuple[float, ...], worth: float) -> None:
    case, plan = plant(), built(*deficits, start=start)
    totals = totals_of(case, **plan)
    assert failing(case, **plan) == set()
    assert (totals.objective, totals.society) == pytest.approx((worth, worth))
    assert totals.claims()["deficit_pv"] == pytest.approx(sum(deficits))
    assert totals.gains["users"] == pytest.approx(-sum(deficits))
    assert totals.gains["state"] + totals.gains["users"] == pytest.approx(totals.objective)


@pytest.mark.parametrize(("objective", "value"), [("least_cost", 30.0), ("most_benefit", -20.0),
                                                  ("earliest_finish", 21.0)])
def test_every_objective_is_charged(objective: str, value: float) -> None:
    """Works of 2026 end a year after its 1 January."""
    case = plant()
    assert totals_of(replace(case, settings=replace(case.settings, objective=objective)),
                     **built(10, 5, 5)).objective == pytest.approx(value)


@pytest.mark.parametrize(("start", "deficits", "worth"), [(None, (10, 20, 20, 20), -90.0),
                                                          ("2026", (10, 5, 5, 5), -40.0),
                                                          ("2028", (10, 20, 20, 5), -70.0)])
def test_b1_the_last_year_goes_on_to_priced_to(start: str | None, deficits: tuple[float, ...], worth: float) -> None:
    """2029 stands for 2029 and 2030."""
    case, plan = plant(available=(90.0, 80.0, 80.0, 80.0), priced_to=2030), built(*deficits, start=start)
    assert failing(case, **plan) == set()
    assert totals_of(case, **plan).objective == pytest.approx(worth)


def test_what_lies_after_priced_to_weighs_nothing_and_weights_are_discounted() -> None:
    """10 % real, mid: 10 x 1.1^-0.5 + 5 x 1.1^-1.5 + 5 x 1.1^-2.5, the last alone left out where priced_to is 2027."""
    for to, last in ((2028, 1.0), (2027, 0.0)):
        case = plant(priced_to=to)
        case = replace(case, settings=replace(case.settings, discount_rate=0.1))
        assert totals_of(case,
                         **built(10, 5,
                                 5)).claims()["deficit_pv"] == pytest.approx(10 * 1.1**-0.5 + 5 * 1.1**-1.5 + last * 5
                                 * 1.1**-2.5)


@pytest.mark.parametrize(("deficits", "check", "place"), [
    ((9.9, 5, 5), "balance", "deficit[A@MW,2026]"), ((10, 5, 4.9), "balance", "deficit[A@MW,2028]"),
    ((10.1, 5, 5), "deficit_exact", "deficit[A@MW,2026]"), ((10, 5, 20), "deficit_exact", "deficit[A@MW,2028]"),
])
def test_a_deficit_is_what_is_missing(deficits: tuple[float, ...], check: str, place: str) -> None:
    found = {finding.check: finding for finding in failed(recompute(plant(), Plan(**built(*deficits)))[1])}
    assert set(found) == {check}
    assert place in found[check].place


def test_reserve_and_margin() -> None:
    """A reserve of 10 % asks for 110: 20 are missing in 2026, and 15 in the years in which F gives 15 to 80."""
    case = plant(reserve=0.1)
    assert failing(case, **built(20, 15, 15)) == set()
    assert {key: value for key, value in totals_of(case, **built(20, 15, 15)).claims().items()
            if key.startswith("margin")} == {
        "margin[A,MW,2026]": pytest.approx(-20.0), "margin[A,MW,2027]": pytest.approx(-15.0),
        "margin[A,MW,2028]": pytest.approx(-15.0)}


@pytest.mark.parametrize(("more", "first"), [({"regions": frozenset({"R1"})}, 5), ({"regions": frozenset({"R9"})}, 20),
                                             ({"places": frozenset({"P"})}, 20), ({"quantity": "other"}, 20),
                                             ({"quantity": None}, 20)])
def test_who_belongs(more: dict[str, object], first: float) -> None:
    """F lies in R1, at no named place; in P it belongs to P."""
    assert failing(plant(**more), **built(10, first, first)) == set()
    there = plant(places=frozenset({"P"}))
    assert failing(replace(there, facilities=keyed(replace(there.facilities["F"], place="P"))),
                   **built(10, 5, 5)) == set()


def test_a_package_belongs_by_its_region_where_no_places_are_named() -> None:
    """2 km of 3 MW each in 2026, 1 in 2027: 6, then 9 of 20."""
    for places, second, third in ((None, 14, 11), (frozenset({"P"}), 20, 20)):
        case = replace(plant(places=places), facilities={}, packages=keyed(package("N", asset_type=None, km=9.0,
            unit_cost=1.0, quantities={"firm": 3.0})))
        plan = {"renew": {("N", "2026"): 2.0, ("N", "2027"): 1.0},
                "draw": {("B", "N", 2026): 2.0, ("B", "N", 2027): 1.0}}
        assert failing(case, **plan, deficit={("A@MW", 2026): 10.0, ("A@MW", 2027): second,
                                              ("A@MW", 2028): third}) == set()


def joined(**more: object) -> Case:
    """B2: North has 30 to spare, South lacks 40; a tie of 10, raised by 15 after 2026."""
    both = {"priority": "1"}
    return bare(facilities=keyed(facility("F", asset_type=None, cost=10.0, quantities={"line": 15.0})),
                ties=(Tie(**named("NS"), a="North", b="South", unit="MW", quantity="line",
                          capacity=dict.fromkeys(YEARS, 10.0)),),
                balances=(area("North", 100.0, *(130.0,) * 3, **both), area("South", 100.0, *(60.0,) * 3, **both)),
                **more)


def flows(*forth: float, south: tuple[float, ...], **more: float) -> dict[str, object]:
    short = {f"balance[South,MW,{2026 + at}]": amount for at, amount in enumerate(south)}
    return {"start": {("F", "2026"): 1.0}, "draw": {("B", "F", 2026): 10.0},
            "flow": {("NS", "forth", str(2026 + at)): amount for at, amount in enumerate(forth)},
            "deficit": {("South@MW", 2026 + at): amount for at, amount in enumerate(south)}, "short": {**short, **more}}


def test_b2_ties() -> None:
    """u = 0.3, 0.15, 0.15: 0.1 + 0.2 + 0.3 = 0.6, then 0.1 + 0.05 x 2 = 0.2 each."""
    plan = flows(10, 25, 25, south=(30, 15, 15))
    assert failing(joined(), **plan) == set()
    totals = totals_of(joined(), **plan)
    assert totals.shortfall_cost["1"] == pytest.approx(1.0)
    assert totals.spread["1"] == pytest.approx(0.3)
    assert totals.short["balance[South,MW,2026]"] == pytest.approx(30.0)


@pytest.mark.parametrize(("plan", "checks", "place"), [
    (flows(10.1, 25, 25, south=(29.9, 15, 15)), {"tie_flow"}, "flow[NS,forth,2026]"),
    (flows(10, 25.1, 25, south=(30, 14.9, 15)), {"tie_flow"}, "flow[NS,forth,2027]"),
    (flows(10, 25, 24, south=(30, 15, 15)), {"balance"}, "deficit[South@MW,2028]"),
    (flows(10, 25, 25, south=(30, 15, 15), **{"balance[South,MW,2027]": 14.0}), {"target_short"},
     "balance[South,MW,2027]"),
    (flows(10, 25, 25, south=(30, 15, 15), **{"balance[North,MW,2027]": 1.0}), {"target_exact"},
     "balance[North,MW,2027]"),
])
def test_b2_damage(plan: dict[str, object], checks: set[str], place: str) -> None:
    found = {finding.check: finding for finding in failed(recompute(joined(), Plan(**plan))[1])}
    assert set(found) == checks
    assert place in " ".join(finding.place for finding in found.values())


def test_a_flow_takes_from_where_it_comes() -> None:
    """Back, South sends: it lacks 10 more; a flow of a tie that there is not is none."""
    plan = flows(0, 25, 25, south=(50, 15, 15))
    assert failing(joined(), **{**plan, "flow": {**plan["flow"], ("NS", "back", "2026"): 10.0}}) == set()
    assert failing(joined(), **{**plan, "flow": {**plan["flow"], ("XX", "back", "2026"): 10.0}}) == {"known_keys",
        "deficit_exact"}


@pytest.mark.parametrize(("start", "deficit"), [("2026Q1", {2026: 30.0}), ("2026Q2", {2026: 30.0, 2027: 30.0}),
                                                ("2026Q3", {2027: 30.0}), ("2026Q4", {}), ("2027Q1", {2027: 30.0})])
def test_b3_an_outage_in_the_peak(start: str, deficit: dict[int, float]) -> None:
    """50 of 100 MW out for the last six of twelve months, peak 80 from November to February."""
    one = facility("F", asset_type=None, cost=0.0, works_months=12.0, outage=Outage(6.0, 50.0, "MW"))
    case = bare(resolution="quarter", last_year=2027, facilities=keyed(replace(one, latest=2027)),
                balances=(area("A", 80.0, 100.0, 100.0, priority="1"),))
    plan = {"start": {("F", start): 1.0}, "deficit": {("A@MW", y): amount for y, amount in deficit.items()},
            "short": {f"balance[A,MW,{y}]": amount for y, amount in deficit.items()}}
    assert failing(case, **plan) == set()
    if deficit:
        assert "balance" in failing(case, **{**plan, "deficit": {}, "short": {}})


def test_b4_a_hard_limit_on_the_deficit() -> None:
    for most, found in ((5.0, set()), (0.0, {"target_hard"})):
        limit = target("D", "deficit", most, 2027, unit="MW", sense="<=", priority="hard", filter={"area": "A*"})
        assert failing(replace(plant(), targets=(limit,)), **built(10, 5, 5)) == found


# --- bills ------------------------------------------------------------------------------------------------------------

def bills(rises: dict[int, float | None], invested: float = 0.2, inflation: float = 0.0, **more: object) -> Case:
    """T1: 40 a year, N at 1 bn a km of constant prices, paid by own money."""
    prices = {"indices": {"general": PriceIndex(**named("general"),
                                                levels={y: (1.0 + inflation)**(y - 2025) for y in range(2024, 2030)},
                                                long_run=inflation)}} if inflation else {}
    return bare(sources=keyed(source("O", kind="own")), packages=keyed(package("N", asset_type=None, km=900.0,
        unit_cost=1.0)),
                tariffs=(Tariff("R1", "heat", 40.0, None, "test!T", invested=invested,
                                rises={**dict.fromkeys(YEARS), **rises}, **more),), **prices)


def paid(*amounts: float, inflation: float = 0.0) -> dict[str, object]:
    return {"renew": {("N", str(2026 + at)): amount / (1.0 + inflation)**(1 + at) for at, amount in enumerate(amounts)},
            "draw": {("O", "N", 2026 + at): amount for at, amount in enumerate(amounts)}}


@pytest.mark.parametrize(("rises", "invested", "inflation", "own"), [
    ({2026: 0.1}, 0.2, 0.0, (12.0,)), ({2026: 0.0, 2027: 0.1}, 0.2, 0.0, (8.0, 12.0)), ({2026: 0.1}, 0.0, 0.0, (4.0,)),
    ({2026: 0.0, 2027: 0.2}, 0.2, 0.1, (8.0, 12.8)),
])
def test_t1_room(rises: dict[int, float | None], invested: float, inflation: float, own: tuple[float, ...]) -> None:
    case = bills(rises, invested, inflation)
    assert failing(case, **paid(*own, inflation=inflation)) == set()
    for at in range(len(own)):
        more = tuple(amount + 0.01 * (at == other) for other, amount in enumerate(own))
        assert "tariff_rise" in failing(case, **paid(*more, inflation=inflation))


def test_t2_burden() -> None:
    """0.75 x 50 of 2,400."""
    case = bills({}, invested=0.0, household_share=0.75)
    case = replace(case, regions={"R1": Region(**named("R1"), population=1e6, income=200_000.0)})
    assert totals_of(case, **paid(10.0)).claims()["burden[R1,2026]"] == pytest.approx(0.015625)
    for most, found in ((0.0157, set()), (0.0156, {"target_hard"})):
        limit = target("B", "burden", most, 2026, sense="<=", priority="hard", filter={"region": "R1"})
        assert failing(replace(case, targets=(limit,)), **paid(10.0)) == found
    both = replace(case, tariffs=(replace(case.tariffs[0], base=50.0),
                                  replace(case.tariffs[0], sector="water", base=30.0, household_share=0.8)))
    assert totals_of(both).claims()["burden[R1,2026]"] == pytest.approx(0.025625)


# --- borrowers --------------------------------------------------------------------------------------------------------

def owed(priority: str | None = "1", other: dict[int, float] | None = None, guaranteed: float = 0.0,
         **more: object) -> Case:
    """T3: K at 0 %, a quarter back in each of 2027 to 2030; U, whose N costs 40 in 2026, has 10 a year and is to have
    1.25 times the service."""
    terms = {"rate": 0.0, "grace": 1.0, "tenor": 4.0, "clock": "cohort", "who_repays": "utility",
             "guaranteed": guaranteed, "signing_year": 2026, **more}
    borrower = Borrower(**named("U"), cover=1.25, priority=priority, cash=dict.fromkeys(range(2026, 2031), 10.0),
                        other=other or {})
    return bare(sources=keyed(source("O", kind="own"), loan("K", **terms)),
                packages=keyed(package("N", asset_type=None, km=40.0, unit_cost=1.0, borrower="U")),
                borrowers={"U": borrower})


def lent(amount: float, short: dict[int, float] | None = None) -> dict[str, object]:
    return {"renew": {("N", "2026"): 40.0}, "draw": {("K", "N", 2026): amount, ("O", "N", 2026): 40.0 - amount},
            "short": {f"dscr[U,{y}]": value for y, value in (short or {}).items()}}


def test_t3_cover() -> None:
    """40: 10 a year, 12.5 against 10; 32 is served, with other service of 2 in 2027 24: 1.25 x (6 + 2)."""
    all_of = lent(40.0, dict.fromkeys(range(2027, 2031), 2.5))
    assert failing(owed(), **all_of) == set()
    assert totals_of(owed(), **all_of).spread["1"] == pytest.approx(0.25)
    assert failing(owed(), **lent(32.0)) == failing(owed("hard"), **lent(32.0)) == failing(owed(other={2027: 2.0}),
        **lent(24.0)) == set()
    claims = totals_of(owed(), **lent(32.0)).claims()
    assert {key: value for key, value in claims.items() if key.startswith(("service", "dscr"))} == {
        **{f"service[U,{y}]": pytest.approx(8.0 if y in range(2027, 2031) else 0.0) for y in range(2026, 2033)
           if f"service[U,{y}]" in claims},
        **{f"dscr[U,{y}]": pytest.approx(1.25) for y in range(2027, 2031)}}


@pytest.mark.parametrize(("case", "plan", "checks"), [
    (owed("hard"), lent(32.1), {"dscr"}), (owed(other={2027: 2.0}), lent(24.1), {"dscr", "target_short"}),
    (owed(), lent(32.0, {2027: 0.1}), {"target_exact"}), (owed(None), lent(40.0), set()),
    (owed("hard", who_repays="budget"), lent(40.0), set()), (owed("hard", who_repays="budget", borrower="U"),
    lent(40.0), {"dscr"}), (owed("hard", front_end=0.1, borrower="U"), {**lent(32.0), "signed": {"K": 32.0}}, set()),
])
def test_t3_damage(case: Case, plan: dict[str, object], checks: set[str]) -> None:
    """The front-end fee of 3.2 is 2026's, and covered by 10."""
    assert failing(case, **plan) == checks


def test_a_row_is_there_where_a_draw_may_cost_something() -> None:
    """Payments of 2027 to 2030; effective on 1 July 2028, the first draw is 2028's, N's window ends then too: 2029 and
    2030 (cash ends) alone."""
    assert set(totals_of(owed(), **lent(32.0)).short) == {f"dscr[U,{y}]" for y in range(2027, 2031)}
    assert set(totals_of(owed(effective_months=24.0), **lent(0.0)).short) == {"dscr[U,2029]", "dscr[U,2030]"}


def test_a_fund_pays_the_planned_years() -> None:
    """Service of 2027 and 2028 is the fund's, that of 2029 U's."""
    case = owed("hard", service_from="F")
    case = replace(case, sources={**case.sources, "F": source("F", carry_over="fund",
        ceilings=dict.fromkeys(YEARS, 100.0))})
    claims = totals_of(case, **lent(40.0)).claims()
    assert [claims[f"service[U,{y}]"] for y in (2027, 2028, 2029)] == pytest.approx([0.0, 0.0, 10.0])


def test_t4_guarantees() -> None:
    """80 % of 32, then of 24; signed in 2026 as much as is drawn. Whose it is: U's, by its project."""
    case, plan = owed(guaranteed=0.8), lent(32.0)
    claims = totals_of(case, **plan).claims()
    assert [claims[key] for key in ("guarantees[2026]", "guarantees[2027]", "new_guarantees[2026]",
                                    "new_guarantees[2027]")] == pytest.approx([25.6, 19.2, 25.6, 0.0])
    for measure, most, year, filter_, found in (
        ("new_guarantees", 20.0, 2026, {}, {"target_hard"}), ("new_guarantees", 25.6, 2026, {"source": "K"}, set()),
        ("new_guarantees", 0.0, 2026, {"borrower": "U"}, set()),
        ("guarantees", 19.1, 2027, {"borrower": "U"}, {"target_hard"}),
        ("guarantees", 19.2, 2027, {"level": "company"}, set()),
        ("debt_stock", 31.9, 2026, {"level": "comp*"}, {"target_hard"}),
        ("debt_stock", 0.0, 2026, {"level": "local"}, set()),
        ("borrowing", 31.9, 2026, {"borrower": "U"}, {"target_hard"}),
        ("draw", 31.9, 2026, {"borrower": "U"}, {"target_hard"}),
        ("draw", 32.0, 2026, {"borrower": "U"}, set()),
    ):
        limit = target("G", measure, most, year, sense="<=", priority="hard", filter=filter_, unit="bn KZT")
        assert failing(replace(case, targets=(limit,)), **plan) == found, (measure, filter_)


FALSE = [(plant(), built(10, 5, 5), ("deficit_pv", "deficit[A,MW,2027]", "margin[A,MW,2027]", "gain[users]",
                                     "society")),
         (owed(guaranteed=0.8), lent(32.0), ("service[U,2027]", "dscr[U,2027]", "guarantees[2027]",
                                             "new_guarantees[2026]", "shortfall[dscr[U,2027]]"))]


@pytest.mark.parametrize(("case", "plan", "keys"), FALSE)
def test_a_false_claim_is_found(case: Case, plan: dict[str, object], keys: tuple[str, ...]) -> None:
    totals = totals_of(case, **plan)
    for key in keys:
        true = totals.claims()[key]
        assert [finding.place for finding in failed(compare(totals, {key: true + 0.01}))] == [key]
        assert failed(compare(totals, {key: true})) == ()


DAMAGED = {"balance", "deficit_exact", "tie_flow", "dscr"}
"""Checks that the tests above damage (``test_mutations`` asks for each)."""
