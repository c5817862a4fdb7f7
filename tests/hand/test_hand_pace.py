"""Pace of drawing and ramps by hand: how much of a loan may be drawn by when, how fast km rise, what a fall costs."""

from dataclasses import replace

import pytest

from jaryq.case.case import AssetType
from jaryq.case.sources import Ramp
from jaryq.case.works import Paid
from tests.cases import facility, keyed, named, package, source
from tests.hand.runs import answer, near
from tests.make import bare_case, stage_values

YEARS = (2026, 2027, 2028, 2029, 2030)


def spending(*amounts, **loan):
    """So much is spent from 2026 on; a loan at 0 %, signed in 2025 for 100 at the middle of the year, with a pace of
    10; 20; 30; 25; 15, and dearer own money."""
    lender = source("L", **{"kind": "loan", "partner": "JP", "signed": 100.0, "signing_year": 2025,
                            "draw_timing": "mid", "tenor": 30.0, "grace": 10.0, "payments": 1,
                            "available_to": 2030, "pace": (0.1, 0.2, 0.3, 0.25, 0.15), **loan})
    spend = {y: amount for y, amount in zip(YEARS, amounts, strict=True) if amount}
    return bare_case(last_year=2030, discount_rate=0.1, facilities=keyed(facility("F", spend=spend, must=True,
        latest=2030)),
                     sources=keyed(lender, source("O", kind="own", available_to=2030)))


def drawn_by_year(case, key="L"):
    found = answer(case)
    return [sum(v for (s, _, y), v in found.plan.draw.items() if (s, y) == (key, year)) for year in YEARS]


@pytest.mark.parametrize(("amounts", "months", "draws"), [
    # P1: effective on 1 January of 2026: 10, 30, 60, 85, 100 may be drawn by the end of each year; what is not used is
    # caught up.
    ((20, 20, 20, 20, 20), 6.0, [10, 20, 20, 20, 20]),
    ((0, 0, 60, 20, 20), 6.0, [0, 0, 60, 20, 20]),
    # P2: effective on 1 July of 2026: half a year on at each year's end: 5, 20, 45, 72.5, 92.5.
    ((20, 20, 20, 20, 20), 12.0, [5, 15, 20, 20, 20]),
    ((0, 0, 60, 20, 20), 12.0, [0, 0, 45, 20, 20]),
    # On 1 July of 2027: nothing in 2026, then 5, 20, 45, 72.5.
    ((20, 20, 20, 20, 20), 24.0, [0, 5, 15, 20, 20]),
])
def test_p1_p2_a_loan_is_drawn_at_its_pace(amounts, months, draws):
    assert drawn_by_year(spending(*amounts, effective_months=months)) == near(draws, abs=1e-6)


def test_a_pace_of_all_at_once_changes_nothing():
    """100 % in the first year from 1 January of 2026."""
    assert drawn_by_year(spending(60, 20, 20, 20, 20, pace=(1.0,), effective_months=6.0)) == near([60, 20, 20, 0, 0],
        abs=1e-6)


def test_what_was_paid_before_counts():
    """20 were paid in 2025: with 10, 30, 60, 85, 100 nothing in 2026, 10 more by the end of 2027, 40, 65, 80."""
    case = spending(20, 20, 20, 20, 20, effective_months=6.0)
    case = bare_case(last_year=2030, discount_rate=0.1, sources=case.sources, paid=(Paid("G", "L", 2025, 20.0),),
                     facilities=keyed(*case.facilities.values(), facility("G", cost=1.0, done=2025)))
    assert drawn_by_year(case) == near([0, 10, 20, 20, 20], abs=1e-6)


def pipes(done, committed=None, **ramp):
    """Pipes without end, each km worth its while, the sooner the better; ``done`` km in 2025."""
    kind = AssetType(**named("pipe"), sector="heat", life=20.0, ramp=Ramp(0.25, None, 10.0))
    return bare_case(asset_types=keyed(kind), sources=keyed(source("B")), packages=keyed(
        package("N", km=10_000.0, unit_cost=0.1, savings=1.0, done={2025: done} if done else {}, committed=committed
                or {})))


@pytest.mark.parametrize(("done", "committed", "km"), [
    # P3: 1.25 x 100 + 10; 1.25 x 135 + 10; 1.25 x 178.75 + 10.
    (100.0, None, [135, 178.75, 233.4375]),
    # P4: 200 km under contract come on top: 335, and count for the year after: 1.25 x 335 + 10.
    (100.0, {2026: 200.0}, [335, 428.75, 545.9375]),
    (0.0, None, [10, 22.5, 38.125]),
])
def test_p3_p4_km_of_a_kind_rise_no_faster(done, committed, km):
    found = answer(pipes(done, committed))
    assert [found.plan.renew.get(("N", str(y)), 0.0) for y in (2026, 2027, 2028)] == near(km)


@pytest.mark.parametrize(("done", "ramp", "km"), [
    # From nothing 80 km in the first year; then 1.25 x 80 + 10; 1.25 x 110 + 10.
    (0.0, {"start": 80.0}, [80, 110, 147.5]),
    # It begins in 2027: 2026 and 2027 are both counted from the 100 km of 2025: 1.25 x 100 + 80; then 1.25 x 205 + 10.
    (100.0, {"start": 80.0, "begins": 2027}, [205, 205, 266.25]),
    (100.0, {"begins": 2027}, [135, 135, 178.75]),
    # It began before: nothing is at the beginning any more.
    (0.0, {"start": 80.0, "begins": 2025}, [10, 22.5, 38.125]),
])
def test_a_ramp_has_a_beginning(done, ramp, km):
    case = pipes(done)
    case = replace(case, asset_types={"pipe": replace(case.asset_types["pipe"], ramp=Ramp(0.25, None, 10.0, **ramp))})
    found = answer(case)
    assert [found.plan.renew.get(("N", str(y)), 0.0) for y in (2026, 2027, 2028)] == near(km)


def test_no_fall_is_asked_before_the_beginning():
    """100 were paid in 2025, the ramp begins in 2027, the fall is 20 % at most: 40 in 2026 is no fall; 20 in 2027 is
    one against 2025: 0.8 x 100 - 20 = 60; nothing in 2028: 0.8 x 20 = 16."""
    lender = source("S", envelope=500.0, available_to=2030, ramp=Ramp(None, 0.2, 5.0, "3", begins=2027))
    found = answer(bare_case(last_year=2030, sources=keyed(lender), paid=(Paid("G", "S", 2025, 100.0),),
                             facilities=keyed(
        facility("F", spend={2026: 40.0, 2027: 20.0}, must=True, latest=2030), facility("G", cost=1.0, done=2025))))
    short = {y: found.plan.short.get(f"ramp_down[S,{y}]", 0.0) for y in YEARS}
    assert short == near({2026: 0.0, 2027: 60.0, 2028: 16.0, 2029: 0.0, 2030: 0.0}, abs=1e-6)


@pytest.mark.parametrize("least", [5.0, 100.0])
def test_p5_a_steep_fall_is_a_shortfall(least):
    """100 were paid in 2025, the fall is 20 % at most, the scale 500/5 = 100: with 40, 20 and then nothing spent 0.8 x
    100 - 40 = 40, 0.8 x 40 - 20 = 12, 0.8 x 20 = 16 are missed, whatever is allowed on top of a rise. Cost: 0.4 is 0.1
    + 0.2 + 0.3 + 0.4 = 1; 0.12 is 0.1 + 2 x 0.02 = 0.14; 0.16 is 0.1 + 2 x 0.06 = 0.22."""
    lender = source("S", envelope=500.0, available_to=2030, ramp=Ramp(None, 0.2, least, "3"))
    found = answer(bare_case(last_year=2030, sources=keyed(lender), paid=(Paid("G", "S", 2025, 100.0),),
                             facilities=keyed(
        facility("F", spend={2026: 40.0, 2027: 20.0}, must=True, latest=2030), facility("G", cost=1.0, done=2025))))
    short = {y: found.plan.short.get(f"ramp_down[S,{y}]", 0.0) for y in YEARS}
    assert short == near({2026: 40.0, 2027: 12.0, 2028: 16.0, 2029: 0.0, 2030: 0.0}, abs=1e-6)
    assert stage_values(found)["priority_3"] == near(1.0 + 0.14 + 0.22)


def test_use_under_contract_is_exempt_from_the_ramp_of_a_source():
    """Nothing before, 50 % and 2 at most: of two facilities of 10 and 20 in 2026 the committed one may be paid whatever
    the ramp, 2 of the other; own money is dearer. In 2027 1.5 x 22 + 2 = 35 of 40."""
    loan = source("L", kind="loan", tenor=30.0, payments=1, ramp=Ramp(0.5, None, 2.0))
    case = bare_case(discount_rate=0.1, sources=keyed(loan, source("O", kind="own")), facilities=keyed(
        facility("C", spend={2026: 20.0}, must=True, committed=True),
        facility("D", spend={2026: 10.0, 2027: 40.0}, must=True)))
    found = answer(case)
    assert {key[1:]: v for key, v in found.plan.draw.items() if key[0] == "L"
            and v > 1e-6} == near({("C", 2026): 20.0, ("D", 2026): 2.0, ("D", 2027): 35.0})
