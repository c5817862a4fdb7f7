"""Seasons, outages, what has started, order, resources, the last plan and money paid before, by hand in the docstrings
(docs/numbers.md)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jaryq.case.case import Case, Crew, Currency, Region
from jaryq.case.plan import Plan
from jaryq.case.works import YEAR, Before, Outage, OutageLimit, Paid, Trench
from jaryq.verify.calendar import Calendar
from jaryq.verify.capacity import verify_outages
from jaryq.verify.finding import Ledger, failed
from jaryq.verify.schedule import Schedule, starts_of
from jaryq.verify.totals import compare
from jaryq.verify.works import outage_of, spread, works_of
from tests.cases import changed, edit, facility, keyed, named, package, source, tiny_case
from tests.verify.common import bare, failing, outlays_of, totals_of
from tests.verify.quarters import SUMMER, quarters_case

QUARTERS = Calendar(2026, 2026, 2028, 4)
YEARS = Calendar(2026, 2026, 2028, 1)

# Months --------------------------------------------------------------------------------------------------------------

def test_calendar_months() -> None:
    """Position 5 is 2027Q2: April; the tenth month after its beginning is February. May to September: 0, 2, 3, 0 months
    of the quarters."""
    assert (QUARTERS.month(5, 0), QUARTERS.month(5, 10), YEARS.month(2, 0), YEARS.month(1, 23)) == (4, 2, 1, 12)
    assert [QUARTERS.months_in(t, SUMMER) for t in range(5)] == [0, 2, 3, 0, 0]
    assert YEARS.months_in(1, SUMMER) == 5


def test_works_that_have_started() -> None:
    """8 months of procurement and 10 of works; 10 months ago: 8 are left, all works. 5 ago: 3 and 10, 13 in all. 30
    ago: one month."""
    def left(started: float) -> tuple[int, float, int]:
        works = works_of(bare(), facility("F", procurement_months=8.0, works_months=10.0, started=started), QUARTERS)
        return works.lead, works.length, works.begins
    assert [left(10.0), left(5.0), left(30.0)] == [(3, 8.0, 0), (5, 10.0, 1), (1, 1.0, 0)]


def test_what_has_started_has_one_start() -> None:
    """In the first period, whatever `earliest` says; `latest` holds: 13 months end in 2027Q1."""
    one = facility("F", procurement_months=8.0, works_months=10.0, started=5.0, earliest=2028)
    works = works_of(bare(), one, QUARTERS)
    assert starts_of(one, works, QUARTERS) == (0,)
    assert starts_of(facility("F", started=5.0, latest=2026), works, QUARTERS) == ()


def test_stated_spending_of_what_has_started() -> None:
    """2025 is past, -1 in 2026 comes in, 4 are spent in 2027: from the first period to the end of 2027, works in 2027
    alone, 4 paid there."""
    case = bare(resolution="quarter", facilities=keyed(facility("F", spend={2025: 9.0, 2026: -1.0, 2027: 4.0},
        started=12.0, must=True)))
    works = works_of(case, case.facilities["F"], QUARTERS)
    assert (works.lead, works.begins, works.length, min(works.months)) == (8, 4, 12.0, 12)
    decisions = {"start": {("F", "2026Q1"): 1.0}, "draw": {("B", "F", 2027): 4.0}}
    assert failing(case, **decisions) == set()
    assert totals_of(case, **decisions).income_by_year[2026] == 1.0


def test_a_need_within_a_season() -> None:
    """October to March, season April to November: October and November, all of it in the first quarter. From July: Q3
    3, Q4 2 of 5 parts. From January: March is not in it, nothing is. 1.5 months of procurement and one of works: half a
    month in February, half in March."""
    season = frozenset(range(4, 12))
    six = works_of(bare(), facility("F", works_months=6.0), QUARTERS)
    assert spread(six, season, 3, QUARTERS) == {0: 1.0}
    assert spread(six, season, 2, QUARTERS) == pytest.approx({0: 0.6, 1: 0.4}, rel=1e-12)
    assert spread(works_of(bare(), facility("F", works_months=3.0), QUARTERS), season, 0, QUARTERS) == {}
    short = works_of(bare(), facility("F", procurement_months=2.5, works_months=1.0), QUARTERS)
    assert spread(short, YEAR, 0, QUARTERS) == pytest.approx({0: 0.5, 1: 0.5}, rel=1e-12)
    assert spread(short, frozenset({3}), 0, QUARTERS) == {0: 1.0}


@pytest.mark.parametrize(("more", "months", "start", "found", "enough"), [
    # over a winter: April 2026 to May 2027, five months from the end: May 2027; September, August, July; June 2026
    ({"works_months": 14.0}, 5.0, 1, {4: 1.0, 1: 3.0, 0: 1.0}, True),
    ({"works_months": 14.0}, 6.0, 1, {4: 1.0, 1: 3.0, 0: 2.0}, True),
    ({"works_months": 14.0}, 7.0, 1, {4: 1.0, 1: 3.0, 0: 2.0}, False),
    # October to March: none
    ({"works_months": 6.0}, 1.0, 3, {}, False),
    ({"works_months": 6.0}, 0.0, 3, {}, True),
    # no longer than the works: three of four months, July to September
    ({"works_months": 3.0}, 4.0, 2, {0: 3.0}, True),
    # works of 1.5 months after 3.5 of procurement: half of July and August; an outage of 1.25 takes August and a
    # quarter of July
    ({"procurement_months": 3.5, "works_months": 1.5}, 1.25, 1, {1: 1.25}, True),
    # April and half of May: half a month
    ({"works_months": 1.5}, 1.0, 1, {0: 0.5}, False),
])
def test_outages_in_season(more: dict[str, float], months: float, start: int, found: dict[int, float],
                           enough: bool) -> None:
    """Open from May to September; months by periods after the start."""
    works = works_of(bare(), facility("F", **more), QUARTERS)
    assert outage_of(works, Outage(months, 1.0, "MW", True), SUMMER, start,
                     QUARTERS) == (pytest.approx(found, rel=1e-12), enough)


def test_outages_without_a_season_end_with_the_works() -> None:
    """8 months of works from 2026Q4, the last 4.5 are an outage: half of January to May 2027: 2.5 and 2 months."""
    works = works_of(bare(), facility("F", works_months=8.0), QUARTERS)
    assert outage_of(works, Outage(4.5, 1.0, "MW"), SUMMER, 3, QUARTERS) == ({1: 2.5, 2: 2.0}, True)


def allowed(**more: object) -> tuple[int, ...]:
    """Allowed starts of F, a plant of 6 months of works, in quarters of 2026 to 2028, with R1 open in summer."""
    fields = {key: more.pop(key) for key in ("crews", "outages", "asset_types") if key in more}
    case = bare(resolution="quarter", regions=keyed(Region(**named("R1"), open_months=SUMMER)),
                facilities=keyed(facility("F", works_months=6.0, **more)), **fields)
    return Schedule.of(case, Plan()).allowed["F"]


def test_starts_that_a_season_allows() -> None:
    """An outage of 4 months: April to September has 5 open months, January to June 2, July to December 3. Without
    season every start that ends in time."""
    assert allowed(outage=Outage(4.0, 10.0, "MW", True)) == (1, 5, 9)
    assert allowed(outage=Outage(4.0, 10.0, "MW")) == tuple(range(11))
    assert allowed(outage=Outage(3.0, 10.0, "MW", True)) == (1, 2, 5, 6, 9, 10)


def test_starts_that_a_limit_allows() -> None:
    """9.9 MW in R1 may be out: none of 10 MW. Enough: 10. Other units, other regions, unknown capacity and no outage
    have no limit."""
    def of(limit: OutageLimit, outage: Outage) -> int:
        return len(allowed(outage=outage, outages=(limit,)))
    ten = Outage(1.0, 10.0, "MW")
    assert of(OutageLimit("R1", "MW", 9.9, ""), ten) == 0
    assert of(OutageLimit("R1", "MW", 10.0, ""), ten) == 11
    assert of(OutageLimit("R1", "Gcal/h", 9.9, ""), ten) == 11
    assert of(OutageLimit("R2", "MW", 9.9, ""), ten) == 11
    assert of(OutageLimit("R1", "MW", 9.9, ""), Outage(1.0, None, "MW")) == 11
    assert of(OutageLimit("R1", "MW", 9.9, ""), Outage(0.0, 10.0, "MW")) == 11


def test_starts_that_resources_allow() -> None:
    """A season of January and February: works from October (to March) or from January. The row of another region, or of
    a resource not needed, is no matter."""
    winter = frozenset({1, 2})
    rows = {crew.id: crew for crew in (Crew("build", None, {}, "", season=winter),
                                       Crew("build", "R2", {}, "", season=winter),
                                       Crew("dig", "R1", {}, "", season=winter))}
    assert allowed(cost=1.0, crews=tuple(rows.values())) == (0, 3, 4, 7, 8)
    assert len(allowed(cost=1.0, crews=(rows["build@R2"], rows["dig@R1"]))) == 11
    assert len(allowed(cost=0.0, crews=(rows["build@*"],))) == 11


def test_a_variant_that_is_done_or_started_takes_the_others() -> None:
    for taken in ({"done": 2025}, {"started": 3.0}):
        case = bare(facilities=keyed(facility("F", **taken), facility("G", option_of="F"), facility("H", option_of="F"),
                                     facility("X")))
        found = Schedule.of(case, Plan()).allowed
        assert (found["G"], found["H"], len(found["X"])) == ((), (), 3)
    case = bare(facilities=keyed(facility("F"), facility("G", option_of="F", started=3.0)))
    assert (Schedule.of(case, Plan()).allowed["F"], Schedule.of(case, Plan()).allowed["G"]) == ((), (0,))


# Order ---------------------------------------------------------------------------------------------------------------

def waits(start: dict[tuple[str, str], float], **more: object) -> bool:
    """Whether P, after Q, breaks works_after. Q and its variant W take a year; P a year, unless said otherwise.
    Divisible."""
    case = bare(whole=False, facilities=keyed(facility("P", after=("Q",), **more), facility("Q"),
                                              facility("W", option_of="Q")))
    return "works_after" in failing(case, start=start)


def test_shares_wait_for_shares() -> None:
    """Half of Q ends with 2026: half of P may begin in 2027, all of it once a half of W has ended with 2027."""
    half = {("Q", "2026"): 0.5, ("W", "2027"): 0.5}
    assert not waits({**half, ("P", "2027"): 0.5, ("P", "2028"): 0.5})
    assert waits({**half, ("P", "2027"): 0.6, ("P", "2028"): 0.4})
    assert waits({("Q", "2026"): 0.5, ("P", "2027"): 0.5, ("P", "2028"): 0.1})
    assert waits({("Q", "2026"): 1.0, ("P", "2026"): 0.1})


def test_procurement_need_not_wait() -> None:
    """A year of procurement: P may start together with Q. With 11 months of it and 12 of works it slides by one, with
    13 of works by none. Stated spending waits with what it spends."""
    both = {("Q", "2026"): 1.0, ("P", "2026"): 1.0}
    assert not waits(both, procurement_months=12.0)
    assert not waits(both, procurement_months=11.0)
    assert waits(both, procurement_months=11.0, works_months=13.0)
    assert not waits(both, spend={2026: -1.0, 2027: 1.0})
    assert waits(both, spend={2026: 1.0, 2027: 1.0})
    assert not waits(both, started=3.0)


def test_what_is_done_is_ready() -> None:
    for key in ("Q", "W"):
        case = bare(facilities=keyed(facility("P", after=("Q",)), facility("Q"), facility("W", option_of="Q")))
        case = edit(case, "facilities", key, done=2025)
        assert failing(case, start={("P", "2026"): 1.0}) == set()


def test_a_shared_trench_saves_at_the_prices_of_its_year() -> None:
    """5 km at 0.02 in 2027, prices 1.21 of 2025: 0.121 of 10 x 0.1 x 1.21 = 1.21."""
    case = tiny_case(facilities={}, targets=(), crews=(), sources=keyed(source("B")),
                     packages=keyed(package("N", km=10.0, unit_cost=0.1), package("M", km=10.0, unit_cost=0.2)),
                     trenches=(Trench("N", "M", 5.0, 0.02, ""),))
    decisions = {"renew": {("N", "2027"): 10.0, ("M", "2027"): 5.0}, "joint": {("N+M", "2027"): 5.0}}
    assert totals_of(case, **decisions).trench_savings == pytest.approx({2026: 0.0, 2027: 0.121, 2028: 0.0}, rel=1e-12)
    assert outlays_of(case, **decisions) == pytest.approx({("M", 2027): 1.21, ("N", 2027): 1.089}, rel=1e-12)


# Resources -----------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("more", "need"), [
    ({"cost": 6.0}, 0.6), ({"cost": 6.0, "crews": {"build": 3.0}}, 2.0), ({"cost": 6.0, "crews": {"dig": 3.0}}, 0.0),
    ({"cost": 6.0, "crews": {"build": 3.0}, "procurement_months": 4.0, "started": 6.0}, 1.5),
    ({"spend": {2026: 6.0, 2027: 2.0}, "crews": {"build": 3.0}}, 6.0),
])
def test_need_of_a_facility(more: dict[str, object], need: float) -> None:
    """0.1 crew-years per bn KZT; 3 crews for 8 months are 2 crew-years, for the 6 months that are left 1.5, for the two
    years of stated spending 6."""
    case = bare(facilities=keyed(facility("F", **{"works_months": 8.0, **more})))
    assert Schedule.of(case, Plan()).needs["F"].get("build", 0.0) == pytest.approx(need, rel=1e-12)


def test_premiums_rise_with_prices() -> None:
    """Tiny case: 0.2 crew-years at 3 bn KZT of 2025 in 2027, prices 1.21; borrowed 0.1 at 5 in 2026, 1.1. Weights of
    2026 and 2027, at 10 % from 2025, take prices off again: 0.5 x 1.1^-1.5 + 0.6 x 1.1^-2.5. Lending costs nothing."""
    rows = (Crew("build", "R1", {}, "", extra_cost=3.0, lend_cost=5.0), Crew("build", "R2", {}, "", lend_cost=50.0))
    case = tiny_case(facilities={}, packages={}, targets=(), crews=rows)
    decisions = {"extra": {("build@R1", "2027"): 0.2}, "borrowed": {("build@R1", "2026"): 0.1},
                 "lent": {("build@R2", "2026"): 0.1}}
    totals = totals_of(case, **decisions)
    assert totals.premiums == pytest.approx({2026: 0.55, 2027: 0.726, 2028: 0.0}, rel=1e-12)
    pv = 0.5 * 1.1**-1.5 + 0.6 * 1.1**-2.5
    assert (totals.pv_crews, totals.objective, totals.society) == pytest.approx((pv, -pv, -pv), rel=1e-12)
    assert totals_of(changed(case, objective="least_cost"), **decisions).objective == pytest.approx(pv, rel=1e-12)
    assert totals_of(changed(case, objective="most_benefit"), **decisions).objective == 0.0


def test_capacity_of_a_period_is_its_part_of_the_season() -> None:
    """2 crew-years a year, October to March: 1 in each of the two quarters of winter, enough for 100 km x 0.01; none in
    summer. 2027 has no number."""
    season = frozenset({10, 11, 12, 1, 2, 3})
    case = bare(resolution="quarter", crews=(Crew("build", None, {2026: 2.0}, "", season=season),),
                packages=keyed(package("N", km=500.0)))
    assert failing(case, renew={("N", "2026Q1"): 100.0, ("N", "2026Q4"): 100.0, ("N", "2027Q2"): 300.0}) == set()
    assert failing(case, renew={("N", "2026Q1"): 101.0}) == {"crews"}
    assert failing(case, renew={("N", "2026Q2"): 1.0}) == {"crews"}


# Outages -------------------------------------------------------------------------------------------------------------

def test_parts_of_a_facility_take_their_part_out() -> None:
    """Half of 100 MW for 2 of 3 months: 33.3 in its quarter."""
    case = changed(quarters_case(), whole=False)
    ledger = Ledger()
    verify_outages(Schedule.of(case, Plan(start={("P1", "2026Q2"): 0.5})), ledger)
    row = ledger.worst["outage_capacity"]
    assert (row.place, row.claimed, row.recomputed) == ("outage[R1@MW,2026Q3]", pytest.approx(100 / 3, rel=1e-12),
                                                        100.0)


# The last plan -------------------------------------------------------------------------------------------------------

def moved(last: dict[tuple[str, str], float], now: dict[tuple[str, str], float], resolution: str = "year",
          **more: object) -> float:
    """``changed`` of F, which costs 4 bn; half of it is charged."""
    case = bare(resolution=resolution, whole=False, stability=0.5, before=Before(start=last),
                facilities=keyed(facility("F", cost=4.0, **more)))
    totals = totals_of(case, start=now)
    assert totals.stability == totals.changed * 0.5
    return totals.changed


@pytest.mark.parametrize(("last", "now", "resolution", "expected"), [
    ({"2026": 1.0}, {"2026": 1.0}, "year", 0.0),
    ({"2026": 1.0}, {"2027": 1.0}, "year", 8.0),
    ({"2026": 1.0}, {}, "year", 4.0),
    ({"2026": 1.0}, {"2026": 0.75}, "year", 1.0),
    ({"2031": 1.0}, {"2026": 1.0}, "year", 8.0),  # after the horizon
    ({"2026Q2": 0.5, "2026Q3": 0.5}, {"2026": 1.0}, "year", 0.0),  # quarters of the last plan, years today
    ({"2026Q2": 0.5, "2027Q1": 0.5}, {"2026": 1.0}, "year", 4.0),
    ({"2026": 1.0}, {"2026Q3": 1.0}, "quarter", 0.0),  # years of the last plan, quarters today
    ({"2026": 1.0}, {"2026Q3": 0.5, "2026Q4": 0.5}, "quarter", 0.0),
    ({"2026": 1.0}, {"2026Q3": 0.5, "2027Q1": 0.5}, "quarter", 4.0),
    ({"2026Q2": 1.0}, {"2026Q3": 1.0}, "quarter", 8.0),
])
def test_what_is_moved(last: dict[str, float], now: dict[str, float], resolution: str, expected: float) -> None:
    """4 bn x (last + now - 2 kept)."""
    found = moved({("F", label): share for label, share in last.items()},
                  {("F", label): share for label, share in now.items()}, resolution)
    assert found == pytest.approx(expected, rel=1e-12)


def test_what_moving_leaves_out() -> None:
    """What has started or is done, what is no longer there; and all of it without a last plan. A project that is new is
    a change."""
    assert moved({("F", "2027"): 1.0}, {}, done=2025) == 0.0
    assert moved({("F", "2027"): 1.0}, {("F", "2026"): 1.0}, started=3.0) == 0.0
    assert moved({("X", "2027"): 1.0}, {}) == 0.0
    assert moved({}, {("F", "2026"): 1.0}) == 0.0
    assert moved({("X", "2027"): 1.0}, {("F", "2026"): 1.0}) == 4.0


@pytest.mark.parametrize("objective", ["purse", "least_cost", "most_benefit", "earliest_finish"])
def test_the_price_of_change_is_in_every_objective_and_not_in_society(objective: str) -> None:
    """Kilometres by year: 20 were to be renewed in 2026 and 10 in 2027, now 15 and 25: 5 + 15 at 0.1 bn, a quarter of
    it: 0.5."""
    decisions = {"renew": {("N", "2026Q1"): 10.0, ("N", "2026Q4"): 5.0, ("N", "2027Q1"): 25.0}}
    case = bare(resolution="quarter", objective=objective, packages=keyed(package("N", km=50.0, unit_cost=0.1)),
                before=Before(renew={("N", 2026): 20.0, ("N", 2027): 10.0}))
    without, priced = totals_of(case, **decisions), totals_of(changed(case, stability=0.25), **decisions)
    sign = -1.0 if objective in ("purse", "most_benefit") else 1.0
    assert (without.changed, without.stability, priced.stability) == pytest.approx((2.0, 0.0, 0.5), rel=1e-12)
    assert priced.objective - without.objective == pytest.approx(sign * 0.5, rel=1e-12)
    assert priced.society == without.society


# Paid before ---------------------------------------------------------------------------------------------------------

def test_the_largest_share_is_of_the_whole_project() -> None:
    """6 bn were spent, 4 of them by S, of 12: at most 50 % leaves 2 of the 6 to come. Had S paid 7, none is left, not
    less. What has not started counts anew."""
    def most(draw: float, paid: float, **more: object) -> set[str]:
        case = bare(whole=False, sources=keyed(source("B"), source("S", max_share=0.5)),
                    paid=(Paid("F", "S", 2025, paid), Paid("F", "B", 2025, 6.0 - paid)),
                    facilities=keyed(facility("F", cost=6.0, **{"works_months": 24.0, "started": 12.0, **more})))
        return failing(case, start={("F", "2026"): 1.0}, draw={("S", "F", 2026): draw, ("B", "F", 2026): 6.0 - draw})
    assert (most(2.0, 4.0), most(2.01, 4.0)) == (set(), {"max_share"})
    assert (most(0.0, 7.0), most(0.01, 7.0)) == (set(), {"max_share"})
    fresh = {"started": None, "works_months": 12.0}
    assert (most(3.0, 4.0, **fresh), most(3.01, 4.0, **fresh)) == (set(), {"max_share"})


def test_an_envelope_is_less_what_it_paid() -> None:
    """10 bn of yen, of which 8 bn KZT were spent in 2025 at 4: 8 are left, 35.2 bn KZT at 4.4 in 2026. In 2024, before
    the first rate, 4 holds too."""
    for year in (2025, 2024):
        case = bare(sources=keyed(source("S", currency="JPY", envelope=10.0)),
                    paid=(Paid("N", "S", year, 8.0), Paid("N", None, year, 99.0)),
                    currencies=keyed(Currency(**named("JPY"), rates={2025: 4.0, 2026: 4.4})),
                    packages=keyed(package("N", km=50.0, unit_cost=1.0)))
        for km, found in ((35.2, set()), (35.3, {"envelope"})):
            assert failing(case, renew={("N", "2026"): km}, draw={("S", "N", 2026): km}) == found


def test_an_envelope_that_is_used_up_forbids_more_and_no_less() -> None:
    case = bare(sources=keyed(source("B"), source("S", envelope=5.0)), paid=(Paid("N", "S", 2025, 8.0),),
                packages=keyed(package("N", km=50.0, unit_cost=1.0)))
    assert failing(case) == set()
    assert failing(case, renew={("N", "2026"): 1.0}, draw={("S", "N", 2026): 1.0}) == {"envelope"}

# What ends after the plan --------------------------------------------------------------------------------------------

AFTER = facility("F", spend={2027: 1.0, 2028: 2.0, 2030: 4.0}, savings=9.0, committed=True, must=True, latest=2030)
PAID = {"start": {("F", "2027"): 1.0}, "draw": {("B", "F", 2027): 1.0, ("B", "F", 2028): 2.0}}


def contracts(**more: object) -> Case:
    """1, 2 and, after the last year 2028, 4 in 2030."""
    return bare(facilities=keyed(replace(AFTER, **more)))


def test_what_ends_after_the_plan_is_paid_and_serves_nobody() -> None:
    totals = totals_of(contracts(), **PAID)
    assert failing(contracts(), **PAID) == set()
    assert (totals.pv_outlays, totals.pv_benefits, totals.facilities_completed, totals.to_pay_after) == (
        3.0, 0.0, 0.0, {"F": 4.0})


@pytest.mark.parametrize(("more", "decisions", "found"), [
    # paid after the plan; not paid in it; not begun; begun later
    ({}, {"draw": {**PAID["draw"], ("B", "F", 2030): 4.0}}, {"known_keys"}),
    ({}, {"draw": {("B", "F", 2027): 1.0}}, {"outlays_paid"}),
    ({}, {"start": {}, "draw": {}}, {"start_must"}),
    ({}, {"start": {("F", "2028"): 1.0}}, {"start_window"}),
    # under no contract; to be finished before
    ({"committed": False}, {}, {"start_window"}),
    ({"latest": 2029}, {}, {"start_window"}),
    ({"latest": 2028}, {}, {"start_window"}),
])
def test_damage_to_what_ends_after_the_plan_is_found(more: dict[str, object], decisions: dict[str, object],
                                                     found: set[str]) -> None:
    assert found <= failing(contracts(**more), **{**PAID, **decisions})


@pytest.mark.parametrize("claim", ["to_pay_after[F]", "facilities_completed", "benefits_pv", "outlays_pv"])
def test_claims_of_what_ends_after_the_plan_are_computed_again(claim: str) -> None:
    """As if it were finished in the plan: 4 are paid too, 9 a year are saved, it is in service."""
    totals = totals_of(contracts(), **PAID)
    forged = {**totals.claims(), claim: totals.claims()[claim] + 1.0}
    assert [finding.place for finding in failed(compare(totals, forged))] == [claim]
