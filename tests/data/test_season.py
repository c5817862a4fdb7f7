"""Months against the calendar: seasons, outages, the works of a start, by hand. Month 0 is January of the first planned
year, 2026."""

from dataclasses import replace

import pytest

from jaryq.case.case import Crew, Region
from jaryq.case.works import YEAR, Outage, OutageLimit, months_between
from jaryq.factors.schedule import capacity_in, crew_shares, most_km, open_periods, starts
from jaryq.factors.season import by_block, latest, length, months_of, share_of_block
from tests.cases import edit, facility, keyed, named, package
from tests.make import bare_case

SUMMER = frozenset(range(5, 10))
ALL = tuple(f"{y}Q{q}" for y in (2026, 2027) for q in (1, 2, 3, 4))


def quarters(*facilities, open_months=SUMMER, **more):
    """2026 and 2027 in quarters; region R1 open from May to September."""
    regions = keyed(Region(**named("R1"), open_months=open_months), Region(**named("R2")))
    return bare_case(**{"last_year": 2027, "resolution": "quarter", "facilities": keyed(*facilities),
                        "regions": regions, **more})


def plant(**more):
    return facility("F", **{"cost": 12.0, "latest": 2027, **more})


def found(case):
    return {start.period.label: start for start in starts(case, case.facilities["F"])}


# --- stretches of months ----------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("first", "last", "months"), [
    (None, None, YEAR), (5, 9, SUMMER), (10, 4, {10, 11, 12, 1, 2, 3, 4}), (None, 3, {1, 2, 3}), (11, None, {11, 12}),
    (6, 6, {6}), (1, 12, YEAR), (6, 5, YEAR)])
def test_months_of_a_season(first, last, months):
    """Over the new year if the first month is later; blank: January, December."""
    assert months_between(first, last) == months


def test_months_in_season():
    """From the middle of April to the end of May of the next year: May to September 2026 and May 2027."""
    assert list(months_of((3.5, 17.0), SUMMER)) == [(4, 5), (5, 6), (6, 7), (7, 8), (8, 9), (16, 17)]
    assert length(months_of((4.5, 4.75), SUMMER)) == pytest.approx(0.25)
    assert list(months_of((0.0, 4.0), SUMMER)) == []


@pytest.mark.parametrize(("stretch", "months", "where"), [
    ((3.0, 9.0), 2.0, ((7.0, 8.0), (8.0, 9.0))),  # April to September: August and September
    # July to June: May and June of the next year, then over the winter August and September
    ((6.0, 18.0), 4.0, ((7.0, 8.0), (8.0, 9.0), (16.0, 17.0), (17.0, 18.0))),
    ((3.5, 8.0), 1.5, ((6.5, 7.0), (7.0, 8.0))),
    ((9.0, 16.0), 1.0, None), ((3.0, 6.0), 3.0, None)])  # October to April; April to June has two
def test_latest_open_months(stretch, months, where):
    assert latest(stretch, SUMMER, months) == where


def test_blocks():
    """2.5 to 7 in quarters: half a month in the first, 3 in the second, 1 in the third. A quarter of a summer: 0, 2/3,
    1, 0; a year: 5/12."""
    assert by_block([(2.5, 7.0)], 3) == {0: 0.5, 1: 3.0, 2: 1.0}
    assert by_block([(0.0, 3.0), (2.0, 3.0)], 3) == {0: 4.0}
    assert [share_of_block(b, 3, SUMMER) for b in range(5)] == pytest.approx([0, 2 / 3, 1, 0, 0])
    assert share_of_block(1, 12, SUMMER) == pytest.approx(5 / 12)


# --- outages ----------------------------------------------------------------------------------------------------------

def test_an_outage_keeps_to_the_open_months_over_a_winter():
    """12 months of works, out for 4 in season. From 2026Q3 (July to June) August, September, May and June; from 2026Q4
    (October to September) June to September; from 2026Q1 June to September too; from 2026Q2 (April to March) June to
    September. Later starts do not end in time."""
    seasonal = Outage(4.0, 50.0, "Gcal/h", seasonal=True)
    assert {t: dict(s.outage) for t, s in found(quarters(plant(outage=seasonal))).items()} == {
        "2026Q1": {"2026Q2": 1.0, "2026Q3": 3.0}, "2026Q2": {"2026Q2": 1.0, "2026Q3": 3.0},
        "2026Q3": {"2026Q3": 2.0, "2027Q2": 2.0},
        "2026Q4": {"2027Q2": 1.0, "2027Q3": 3.0}, "2027Q1": {"2027Q2": 1.0, "2027Q3": 3.0}}


@pytest.mark.parametrize(("months", "allowed"), [(1.0, ["2026Q2", "2026Q3", "2027Q2", "2027Q3"]),
                                                 (2.0, ["2026Q2", "2026Q3", "2027Q2", "2027Q3"]),
                                                 (3.0, ["2026Q3", "2027Q3"])])
def test_works_with_too_few_open_months_do_not_start(months, allowed):
    """3 months of works: 2 are open in the second quarter, 3 in the third, none in the others."""
    case = quarters(plant(works_months=3.0, outage=Outage(months, 50.0, "Gcal/h", seasonal=True)))
    assert sorted(found(case)) == allowed


def test_a_season_over_the_new_year():
    """Open from October to April. January to June is out in March and April; April to September in April alone, one
    month short; July to December in November and December."""
    case = quarters(plant(works_months=6.0, latest=2026, outage=Outage(2.0, 1.0, "MW", seasonal=True)),
                    open_months=months_between(10, 4))
    assert {t: dict(s.outage) for t, s in found(case).items()} == {"2026Q1": {"2026Q1": 1.0, "2026Q2": 1.0},
        "2026Q3": {"2026Q4": 2.0}}


def test_an_outage_without_a_season_is_the_last_months():
    """The last 4 of 12 months: from 2026Q1 September to December. No more than the works are long: 3 of 3."""
    assert found(quarters(plant(outage=Outage(4.0, 1.0, "MW"))))["2026Q1"].outage == {"2026Q3": 1.0, "2026Q4": 3.0}
    assert found(quarters(plant(works_months=3.0, outage=Outage(9.0, 1.0, "MW"))))["2026Q2"].outage == {"2026Q2": 3.0}


def test_an_outage_of_stated_spending():
    """Spent in 2026 and 2027: works of all 24 months; in season the latest 6: September 2026 and May to September
    2027."""
    spend = {"spend": {2026: 5.0, 2027: 5.0}}
    assert found(quarters(plant(**spend, outage=Outage(3.0, 1.0, "MW"))))["2026Q1"].outage == {"2027Q4": 3.0}
    assert found(quarters(plant(**spend, outage=Outage(6.0, 1.0, "MW",
                                                       seasonal=True))))["2026Q1"].outage == {"2026Q3": 1.0,
                                                       "2027Q2": 2.0, "2027Q3": 3.0}


def test_an_outage_of_a_yearly_plan():
    """The year has its five open months: June to September of it, 4 months in the one period."""
    case = quarters(plant(outage=Outage(4.0, 1.0, "MW", seasonal=True)), resolution="year")
    assert {t: dict(s.outage) for t, s in found(case).items()} == {"2026": {"2026": 4.0}, "2027": {"2027": 4.0}}


@pytest.mark.parametrize(("limit", "unit", "region", "many"),
                         [(50.0, "MW", "R1", 5), (49.9, "MW", "R1", 0), (0.0, "MW", "R1", 0), (0.0, "MVA", "R1", 5),
                          (0.0, "MW", "R2", 5)])
def test_what_the_region_cannot_spare_is_never_out(limit, unit, region, many):
    """50 MW out at once; a limit of another unit or region does not speak of it. Without an outage nothing is out."""
    case = quarters(plant(outage=Outage(1.0, 50.0, "MW")), outages=(OutageLimit(region, unit, limit, "test"),))
    assert len(found(case)) == many
    assert len(found(edit(case, "facilities", "F", outage=Outage(0.0, 50.0, "MW")))) == 5


def test_packages_in_season():
    """20 km a year, May to September: 2/5 of it in the second quarter, 3/5 in the third; nothing in the others. Without
    a season 20 in each."""
    case = quarters(packages=keyed(package("N", km=30.0, km_per_year=20.0, latest=2026, seasonal=True)))
    seasonal = case.packages["N"]
    assert {p.label: most_km(case, seasonal, p) for p in open_periods(case, seasonal)} == pytest.approx({"2026Q2": 8.0,
        "2026Q3": 12.0})
    free = replace(seasonal, seasonal=False)
    assert {p.label: most_km(case, free, p) for p in open_periods(case, free)} == dict.fromkeys(ALL[:4], 20.0)
    without = replace(seasonal, km_per_year=None)
    assert {p.label: most_km(case, without, p) for p in open_periods(case, without)} == {"2026Q2": 30.0, "2026Q3": 30.0}


# --- crews ------------------------------------------------------------------------------------------------------------

def crew(season, region="R1", **more):
    return Crew("build", region, {2026: 2.0, 2027: 4.0}, "test", season=season, **more)


def test_crews_work_in_season_only():
    """9 months of works from April (2026Q2 to Q4), season March to November: 8 months, 3 in Q2 and Q3, 2 in Q4. From
    January (Q1 to Q3): 7 months, 1, 3, 3."""
    case = quarters(plant(works_months=9.0))
    mine = crew(months_between(3, 11))
    assert crew_shares(case, mine, found(case)["2026Q2"]) == pytest.approx({"2026Q2": 3 / 8, "2026Q3": 3 / 8,
        "2026Q4": 2 / 8})
    assert crew_shares(case, mine, found(case)["2026Q1"]) == pytest.approx({"2026Q1": 1 / 7, "2026Q2": 3 / 7,
        "2026Q3": 3 / 7})


def test_capacity_of_a_period_is_its_part_of_the_season():
    """2 a year over nine months: 2/9, 6/9, 6/9, 4/9; 4 in the next year. All year: a quarter of it. A yearly period has
    all of it."""
    case = quarters()
    assert [capacity_in(case, crew(months_between(3, 11)), p)
            for p in case.periods] == pytest.approx([k * n / 9 for k in (2, 4) for n in (1, 3, 3, 2)])
    assert [capacity_in(case, crew(YEAR), p) for p in case.periods] == pytest.approx([0.5] * 4 + [1.0] * 4)
    yearly = quarters(resolution="year")
    assert [capacity_in(yearly, crew(months_between(3, 11)), p) for p in yearly.periods] == pytest.approx([2.0, 4.0])


@pytest.mark.parametrize(("region", "needs", "allowed"), [("R1", None, ["2026Q2", "2026Q3"]),
                                                          ("R2", None, list(ALL[:4])),
                                                          (None, None, ["2026Q2", "2026Q3"]),
                                                          ("R1", {}, list(ALL[:4]))])
def test_works_outside_the_season_of_their_crews_do_not_start(region, needs, allowed):
    """3 months of works, season May to September: none in the first and last quarter. Crews of another region are none
    of its own; nor is what it does not need."""
    case = quarters(plant(works_months=3.0, latest=2026, crews=needs), crews=(crew(SUMMER, region),))
    assert list(found(case)) == allowed


# --- started, late, short periods -------------------------------------------------------------------------------------

@pytest.mark.parametrize(("gone", "works", "finish", "years"), [
    # 3 of 6 months of procurement left, all 12 of works
    (3.0, (3.0, 15.0), "2027Q1", {2026: 12 * (0.2 + 0.8 * 9 / 12), 2027: 12 * 0.8 * 3 / 12}),
    (6.0, (0.0, 12.0), "2026Q4", {2026: 12.0}),  # procurement over: the cost is for works
    (11.0, (0.0, 7.0), "2026Q3", {2026: 12.0}),
    (18.0, (0.0, 1.0), "2026Q1", {2026: 12.0}),  # overdue: one month is left
    (90.0, (0.0, 1.0), "2026Q1", {2026: 12.0})])
def test_what_has_started_goes_on_with_the_months_left(gone, works, finish, years):
    """6 months of procurement (20 % of the cost) and 12 of works, 12 bn still to pay, begun ``gone`` months before
    2026. `earliest` no longer counts."""
    case = edit(quarters(plant(procurement_months=6.0, started=gone, must=True, earliest=2027)), "asset_types", "plant",
                procurement_share=0.2)
    (start,) = found(case).values()
    assert (start.period.label, start.finish.label) == ("2026Q1", finish)
    assert start.works == pytest.approx(works)
    assert start.outlay == pytest.approx(years)


def test_what_has_started_must_still_end_in_its_window():
    """15 months are left; by the end of 2026 there are 12."""
    assert found(quarters(plant(works_months=24.0, started=9.0, must=True, latest=2026))) == {}


@pytest.mark.parametrize(("months", "resolution", "begin", "finish", "works"), [
    (0.0, "quarter", 0, "2026Q4", (0.0, 12.0)), (5.0, "quarter", 1, "2027Q2", (5.0, 17.0)),
    (6.0, "quarter", 2, "2027Q2", (6.0, 18.0)),
    (0.0, "year", 0, "2026", (0.0, 12.0)), (5.0, "year", 0, "2027", (5.0, 17.0)),
    (12.0, "year", 1, "2027", (12.0, 24.0))])
def test_procurement_moves_the_works(months, resolution, begin, finish, works):
    """12 months of works after 0, 5, 6 or 12 of procurement, from January 2026: the period in which works begin, and in
    which they end."""
    start = next(iter(found(quarters(plant(procurement_months=months), resolution=resolution)).values()))
    assert (start.begin, start.finish.label) == (begin, finish)
    assert start.works == pytest.approx(works)


def test_crews_of_works_that_begin_within_a_quarter():
    """5 months of procurement: works from June to the next May, one month in the second quarter of 2026, 3, 3, 3, and 2
    in the second of 2027."""
    case = quarters(plant(procurement_months=5.0))
    assert crew_shares(case, crew(YEAR), found(case)["2026Q1"]) == pytest.approx(
        {"2026Q2": 1 / 12, "2026Q3": 3 / 12, "2026Q4": 3 / 12, "2027Q1": 3 / 12, "2027Q2": 2 / 12})


@pytest.mark.parametrize("status", [{"done": 2025}, {"started": 3.0}])
def test_a_variant_of_what_is_under_way_does_not_start(status):
    case = quarters(plant(), facility("G", cost=9.0, latest=2027, option_of="F"))
    assert len(starts(case, case.facilities["G"])) == 5
    assert starts(edit(case, "facilities", "F", **status), case.facilities["G"]) == ()
    assert found(edit(case, "facilities", "G", **status)) == {}
