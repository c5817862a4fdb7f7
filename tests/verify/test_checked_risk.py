"""Avoided risk, failures, what is not supplied, losses, zones and wear against numbers worked out by hand in the
docstrings (docs/numbers.md)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jaryq.case.case import Case
from jaryq.case.works import Bursts
from tests.cases import add, edit, facility, keyed, package, target
from tests.verify.common import bare, failing, state, steadily, totals_of

# Avoided risk --------------------------------------------------------------------------------------------------------

DEAR = steadily(0.08, consequence=7.0, lost=6.0, lost_value=0.5)
"""0.08 failures a year of 7 + 6 x 0.5 = 10 bn KZT."""
CHEAP = steadily(0.04, consequence=5.0)


def variants(first: object = DEAR, second: object = CHEAP, **more: object) -> Case:
    """F, and its variant G of another kind: 12 months of works, 2026 to 2028, benefits to 2030, no discounting."""
    return bare(facilities=keyed(facility("F", condition=first),
                                 facility("G", option_of="F", condition=second, **more)))


def test_avoided_risk_is_that_of_the_asset_less_that_of_the_variant() -> None:
    """0.08 x 10 - 0.04 x 5 = 0.6 a year: 2027 to 2030 if finished in 2026, 2029 and 2030 if finished in 2028; then what
    was avoided in 2027 and 2028 is credited after 2030, as are the savings."""
    assert totals_of(variants(), start={("G", "2026"): 1.0}).pv_risk == pytest.approx(2.4, rel=1e-12)
    totals = totals_of(variants(savings=1.0), start={("G", "2028"): 1.0})
    assert (totals.pv_risk, totals.pv_residual, totals.pv_benefits,
            totals.objective) == pytest.approx((1.2, 3.2, 6.4, 6.4), rel=1e-12)


def test_half_a_start_avoids_half() -> None:
    """(2.4 + 1.2)/2."""
    assert totals_of(variants(), start={("G", "2026"): 0.5, ("G", "2028"): 0.5}).pv_risk == pytest.approx(1.8,
        rel=1e-12)


def test_what_would_be_replaced_anyway_avoids_nothing_from_then_on() -> None:
    """Replaced in 2029: 2027 and 2028 are left."""
    assert totals_of(variants(replace(DEAR, replaced=2029)), start={("G", "2026"): 1.0}).pv_risk == pytest.approx(1.2,
        rel=1e-12)


def test_without_a_score_on_either_side_nothing_is_avoided() -> None:
    assert totals_of(variants(None), start={("G", "2026"): 1.0}).pv_risk == 0.0
    assert totals_of(variants(second=None), start={("G", "2026"): 1.0}).pv_risk == 0.0


def test_a_stated_benefit_holds_it_already() -> None:
    totals = totals_of(variants(benefit=8.0), start={("G", "2026"): 1.0})
    assert (totals.pv_benefits, totals.pv_risk) == (8.0, 0.0)


def test_life_of_the_project_ends_it() -> None:
    """Life 2.5 years after a finish in 2026 at the earliest: H = 2028. Two years, 1.2."""
    assert totals_of(variants(life=2.5), start={("G", "2026"): 1.0}).pv_risk == pytest.approx(1.2, rel=1e-12)


def test_avoided_risk_by_quarter_is_discounted() -> None:
    """10 %, mid, from 2025: 3 months from 2028Q2, so 0.15 in 2028Q3 and Q4 (3.625 and 3.875 years), 0.6 in 2029 (4.5)
    and in 2030 (5.5)."""
    case = replace(variants(works_months=3.0))
    case = bare(resolution="quarter", discount_rate=0.10, facilities=case.facilities)
    expected = 0.15 * (1.1**-3.625 + 1.1**-3.875) + 0.6 * (1.1**-4.5 + 1.1**-5.5)
    assert totals_of(case, start={("G", "2028Q2"): 1.0}).pv_risk == pytest.approx(expected, rel=1e-12)


def cubic(score: float) -> float:
    """Polynomial of CNAIM with C = 1.087."""
    x = 1.087 * score
    return 1 + x + x**2 / 2 + x**3 / 6


def test_avoided_risk_of_what_ages() -> None:
    """5.5 x 1.2 = 6.6 at age 50 (life 50): grows by ln(13.2)/50/1.5 a year. Works end with 2026; one year of benefits,
    2027, its middle 1.5 years after 1 January 2026 and half a year after the works, when the score is 0.5 x
    11^(0.5/50), counted as 4. K 0.0454 %, 100 bn a failure."""
    old = state(year_built=1976, observed=1.2, consequence=100.0)
    case = bare(evaluation_last_year=2027, facilities=keyed(facility("F", condition=old)))
    without, after = 6.6 * 13.2 ** (1.5 / 75), 4.0
    expected = 0.000454 * (cubic(without) - cubic(after)) * 100
    assert totals_of(case, start={("F", "2026"): 1.0}).pv_risk == pytest.approx(expected, rel=1e-12)
    lower = edit(case, "facilities", "F", condition=replace(old, floor=0.5))
    more = 0.000454 * (cubic(without) - cubic(0.5 * 11 ** (0.5 / 50))) * 100
    assert totals_of(lower, start={("F", "2026"): 1.0}).pv_risk == pytest.approx(more, rel=1e-12)


PIPE = Bursts(rate=0.5, growth=0.1, after=0.1, most=5.0, calibration=2.0, consequence=2.0, lost=3.0, lost_value=0.5)


def test_avoided_bursts_of_a_kilometre() -> None:
    """Renewed in 2027, H = 2029 (life 3 from 2026): 2028 and 2029, 2.5 and 3.5 years old, 0.5 and 1.5 years new; 2 + 3
    x 0.5 = 3.5 bn a burst, x 2. 2027 was given up: its bursts of old pipe (1.5 years) are avoided in 2030 by pipe that
    is 2.5 years old then."""
    case = bare(packages=keyed(package("N", km=50.0, life=3.0, bursts=PIPE)))
    expected = 10 * 3.5 * 2 * (0.5 * (1.1**2.5 + 1.1**3.5) - 0.1 * (1.1**0.5 + 1.1**1.5))
    totals = totals_of(case, renew={("N", "2027"): 10.0})
    credited = 10 * 3.5 * 2 * (0.5 * 1.1**1.5 - 0.1 * 1.1**2.5)
    assert (totals.pv_risk, totals.pv_residual, totals.pv_benefits) == pytest.approx((expected, credited,
        expected + credited), rel=1e-12)


# Failures, supply, losses --------------------------------------------------------------------------------------------

def test_failures_of_facilities_by_year() -> None:
    """F fails 0.08 a year, G in its place 0.04; half of G ends with 2026, half with 2028: 0.08, 0.06, 0.06. H, done in
    2025: 0.04 in every year. 6 Gcal a failure of F, none stated of the others."""
    case = add(variants(), "facilities", facility("H", done=2025, condition=CHEAP))
    totals = totals_of(case, start={("G", "2026"): 0.5, ("G", "2028"): 0.5})
    assert totals.failures == pytest.approx({2026: 0.12, 2027: 0.10, 2028: 0.10}, rel=1e-12)
    assert totals.not_supplied == pytest.approx({("Gcal", 2026): 0.48, ("Gcal", 2027): 0.24, ("Gcal", 2028): 0.24},
                                                rel=1e-12)


def test_failures_in_quarters() -> None:
    """G in service from 2026Q3 on: half a year at 0.08, half at 0.04."""
    case = bare(resolution="quarter", facilities=variants(works_months=3.0).facilities)
    assert totals_of(case, start={("G", "2026Q2"): 1.0}).failures == pytest.approx({2026: 0.06, 2027: 0.04, 2028: 0.04},
        rel=1e-12)


def test_a_failure_is_as_likely_as_the_middle_of_the_year_says() -> None:
    """6.6 on 1 January 2026 as above: 6.6 x 13.2^(0.5/75) in the middle of 2026. Done in 2020 instead: six and a half
    years after 0.5, without a floor."""
    old = state(year_built=1976, observed=1.2, floor=0.5)
    totals = totals_of(bare(facilities=keyed(facility("F", condition=old))))
    assert totals.failures[2026] == pytest.approx(0.000454 * cubic(6.6 * 13.2 ** (0.5 / 75)), rel=1e-12)
    totals = totals_of(bare(facilities=keyed(facility("F", condition=old, done=2020))))
    assert totals.failures[2026] == pytest.approx(0.000454 * cubic(0.5 * 11 ** (5.5 / 50)), rel=1e-12)


def network(**more: object) -> Case:
    """60 km in scope, 10 of them done; 20 are renewed in 2026 and 20 in 2027 by ``RENEWED``."""
    return bare(packages=keyed(package("N", **{"km": 60.0, "done": {2025: 10.0}, "life": 20.0, **more})))


RENEWED = {("N", "2026"): 20.0, ("N", "2027"): 20.0}


def test_bursts_by_year() -> None:
    """K = 50. 2026: 50 old. 2027: 30 old and 20 new, half a year after. 2028: 10 old, 20 new (1.5 years) and 20 (0.5).
    x 2; 3 Gcal each."""
    totals = totals_of(network(bursts=PIPE), renew=RENEWED)
    expected = {
        2026: 2 * 50 * 0.5 * 1.1**0.5,
        2027: 2 * (30 * 0.5 * 1.1**1.5 + 20 * 0.1 * 1.1**0.5),
        2028: 2 * (10 * 0.5 * 1.1**2.5 + 20 * 0.1 * 1.1**1.5 + 20 * 0.1 * 1.1**0.5),
    }
    assert totals.failures == pytest.approx(expected, rel=1e-12)
    assert totals.not_supplied == pytest.approx({("Gcal", y): 3 * value for y, value in expected.items()}, rel=1e-12)


def test_losses_by_year() -> None:
    """Of 200 km in all, 2 Gcal a km before and 0.5 after: 400; 180 x 2 + 20 x 0.5 = 370; 340. Blank after: as before.
    Blank: none."""
    totals = totals_of(network(km_total=200.0, losses=2.0, losses_after=0.5), renew=RENEWED)
    assert totals.losses == pytest.approx({("Gcal", 2026): 400.0, ("Gcal", 2027): 370.0, ("Gcal", 2028): 340.0},
                                          rel=1e-12)
    assert totals_of(network(losses=2.0), renew=RENEWED).losses["Gcal", 2028] == pytest.approx(100.0, rel=1e-12)
    assert totals_of(network(losses_after=2.0), renew=RENEWED).losses["Gcal", 2028] == 0.0


@pytest.mark.parametrize(("sector", "unit"), [("power", "MWh"), ("heat", "Gcal"), ("water", "thousand m3"),
                                              ("sewer", "thousand m3")])
def test_each_sector_has_its_unit(sector: str, unit: str) -> None:
    """50 km at 2 a km."""
    claims = totals_of(network(sector=sector, losses=2.0)).claims()
    assert {key: value for key, value in claims.items() if key.startswith("losses[")} == {f"losses[{unit},{y}]": 100.0
        for y in (2026, 2027, 2028)}


# Zones ---------------------------------------------------------------------------------------------------------------

def test_zones_by_score_and_as_stated() -> None:
    """Yellow from 5.5, red from 6.5. A: 5.0 for ever (its cap is no matter), B: 6.49 today, grows beyond 6.5 in 2026; C
    has no score and is red as stated; D is better than its stated yellow; E has neither. All wait: A green, B red, C
    red, D yellow."""
    case = bare(facilities=keyed(
        facility("A", condition=state(year_built=1926, most=5.0, life=1e6)),
        facility("B", condition=state(year_built=1976, least=6.49)),
        facility("C", own_zone="red"), facility("D", own_zone="yellow", condition=state()), facility("E"),
    ))
    totals = totals_of(case)
    assert [totals.zones[zone, 2026] for zone in ("red", "yellow", "green")] == [2.0, 1.0, 1.0]
    assert 6.49 * 12.98 ** (1 / 75) > 6.5


def test_zones_after_works() -> None:
    """Red as stated. F without a score is green once its works end, with 31 December of that year; half of it in 2026,
    half in 2027. R is left at 6.4 by its repair in 2026 (yellow) and by 31 December 2027, a year of ageing later, at
    6.4 x 11^(1/75) = 6.61, red again."""
    case = bare(facilities=keyed(facility("F", own_zone="red"),
                                 facility("R", own_zone="red", condition=state(health_after=6.4))))
    totals = totals_of(case, start={("F", "2026"): 0.5, ("F", "2027"): 0.5, ("R", "2026"): 1.0})
    found = {(zone, year): totals.zones[zone, year] for zone in ("red", "yellow", "green") for year in (2026, 2027)}
    assert found == {("red", 2026): 0.5, ("yellow", 2026): 1.0, ("green", 2026): 0.5, ("red", 2027): 1.0,
                     ("yellow", 2027): 0.0, ("green", 2027): 1.0}


def test_what_is_done_ages_since_then() -> None:
    """Done in 2015 with 6.0 left: eleven years to 31 December 2026, 6 x 11^(11/75) = 8.5."""
    totals = totals_of(bare(facilities=keyed(facility("F", done=2015, condition=state(health_after=6.0)),
                                             facility("G", done=2015, own_zone="red"))))
    assert (totals.zones["red", 2026], totals.zones["green", 2026], totals.red_share) == (1.0, 1.0, None)


def test_share_of_red_periods_not_mended() -> None:
    """Three years, two red assets: 6 asset-periods. F ends with 2026, is in service from 2027 on. R ends with 2026 too,
    red in that year; a year of ageing after it, at the end of 2027, it is red again, in 2028 too: 1 + 3 of 6. A third
    one, 6.49 today, is red from the end of 2026 on and waits: 7 of 9. A green one is not counted."""
    case = bare(facilities=keyed(facility("A", condition=state()), facility("F", own_zone="red"),
                                 facility("R", own_zone="red", condition=state(health_after=6.4))))
    decisions = {"start": {("F", "2026"): 1.0, ("R", "2026"): 1.0}}
    assert totals_of(case, **decisions).claims()["red_share"] == pytest.approx(4 / 6, rel=1e-12)
    case = add(case, "facilities", facility("B", condition=state(year_built=1976, least=6.49)))
    assert totals_of(case, **decisions).red_share == pytest.approx(7 / 9, rel=1e-12)


# Wear ----------------------------------------------------------------------------------------------------------------

def test_wear_of_a_kind_of_network() -> None:
    """50 km at 60 %, life 20 years. End of 2026: 30 at 0.65, 20 at 0. End of 2027: 10 at 0.70, 20 at 1/20, 20 at 0. End
    of 2028: 10 at 0.75, 20 at 2/20, 20 at 1/20. A second package, 50 km at 98 %: at most 1. A third one without a wear
    is not counted."""
    case = network(wear=0.6)
    assert totals_of(case, renew=RENEWED).wear == pytest.approx({("pipe", 2026): 0.39, ("pipe", 2027): 0.16,
        ("pipe", 2028): 0.21}, rel=1e-12)
    case = add(case, "packages", package("M", km=50.0, wear=0.98, life=20.0), package("U", km=1000.0, life=20.0))
    assert totals_of(case, renew=RENEWED).claims()["wear[pipe,2026]"] == pytest.approx(0.695, rel=1e-12)


def test_wear_in_quarters_of_the_whole_network() -> None:
    """100 km in all at 50 %. 10 km in 2026Q1 are 0.75 years old at the end of the year: (90 x 0.55 + 10 x
    0.75/20)/100."""
    case = bare(resolution="quarter", packages=keyed(package("N", km=20.0, km_total=100.0, wear=0.5, life=20.0)))
    assert totals_of(case, renew={("N", "2026Q1"): 10.0}).wear["pipe",
        2026] == pytest.approx((90 * 0.55 + 10 * 0.0375) / 100, rel=1e-12)


# Targets -------------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("measure", "more", "expected"), [
    ("red_zone", {"year": 2026}, 2.0), ("red_zone", {"year": 2027}, 1.0),
    ("red_zone", {"year": 2026, "filter": {"zone": "red"}}, 0.0),
    ("red_zone", {"year": 2026, "filter": {"type": "plant"}}, 1.0),
    ("failures", {"year": 2028, "year_first": 2027}, 0.12 + 2 * 100.0),
    ("failures", {"year": 2026, "filter": {"kind": "facility"}}, 0.08),
    ("failures", {"year": 2026, "filter": {"type": "boiler"}}, 0.0),
    ("not_supplied", {"year": 2026, "unit": "Gcal"}, 0.48), ("not_supplied", {"year": 2026, "unit": "MWh"}, 300.0),
    ("losses", {"year": 2026, "unit": "MWh"}, 20.0), ("losses", {"year": 2026, "unit": "Gcal"}, 0.0),
    ("wear", {"year": 2026}, 0.65), ("wear", {"year": 2026, "filter": {"region": "R2"}}, 0.0),
    ("facilities", {"year": 2027}, 1.0), ("facilities", {"year": 2027, "filter": {"type": "boiler"}}, 0.0),
    ("share_done", {"year": 2027, "filter": {"kind": "facility"}}, 6.0 / 10.0),
])
def test_measures_of_condition(measure: str, more: dict[str, object], expected: float) -> None:
    """F (6 bn, red, 0.08 failures, 6 Gcal each), of kind plant, is replaced by a boiler G (9 bn, 0.04, 0 Gcal) that
    ends with 2027; C is red (4 bn, no kind). N: 10 km for power, 10 bursts a km and year, 3 MWh each, losses of 2 MWh a
    km, wear 60 %, life 20 years. Variants are found under their asset.
    """
    burst = Bursts(rate=10.0, growth=0.0, after=10.0, most=10.0, calibration=1.0, consequence=0.0, lost=3.0,
                   lost_value=0.0)
    case = bare(
        asset_types={**bare().asset_types, "boiler": replace(bare().asset_types["plant"], id="boiler")},
        facilities=keyed(
            facility("F", cost=6.0, condition=DEAR, own_zone="red"),
            facility("G", option_of="F", cost=9.0, asset_type="boiler", condition=CHEAP),
            facility("C", cost=4.0, own_zone="red", asset_type=None),
        ),
        packages=keyed(package("N", km=10.0, unit_cost=0.1, sector="power", bursts=burst, losses=2.0, wear=0.6)),
        targets=(target("T", measure, 0.0, **more),),
    )
    assert totals_of(case, start={("G", "2027"): 1.0}).reached["T"] == pytest.approx(expected, rel=1e-12)


def test_a_variant_that_does_not_count() -> None:
    """Done, it is no facility of the programme, but its asset is done; the other asset stands at its own end of 3 years
    and a period."""
    case = bare(facilities=keyed(facility("F", cost=6.0), facility("G", option_of="F", cost=9.0, counts=False),
                                 facility("H", cost=2.0)),
                targets=(target("T", "facilities", 0.0), target("S", "share_done", 0.0)))
    totals = totals_of(case, start={("G", "2026"): 1.0})
    assert (totals.reached["T"], totals.reached["S"], totals.facilities_completed) == (0.0, 0.75, 0.0)
    assert totals.mean_finish == pytest.approx((6 * 1 + 2 * 4) / 8, rel=1e-12)


def test_targets_of_condition_are_checked() -> None:
    """No red asset by the end of 2027: F is mended in 2026, C in 2028. Hard, it fails; as a shortfall of exactly 1 it
    holds."""
    case = bare(facilities=keyed(facility("F", own_zone="red"), facility("C", own_zone="red")),
                targets=(target("T", "red_zone", 0.0, 2027, sense="<="),))
    start = {("F", "2026"): 1.0, ("C", "2028"): 1.0}
    assert failing(case, start=start, short={"T": 1.0}) == set()
    assert failing(case, start=start, short={"T": 0.9}) == {"target_short"}
    assert failing(case, start=start, short={"T": 1.1}) == {"target_exact"}
    assert failing(edit(case, "targets", "T", priority="hard"), start=start) == {"target_hard"}
    assert failing(edit(case, "targets", "T", priority="hard", year=2028), start=start) == set()


def test_scores_far_away_are_no_error() -> None:
    """New in 2026, expected to live 0.0004 years: its score grows beyond any number; it is red and fails as often as
    the cap says."""
    wild = state(life=0.04, duty=10.0, location=10.0)
    totals = totals_of(bare(facilities=keyed(facility("F", condition=wild))))
    assert totals.zones["red", 2028] == 1.0
    assert totals.failures[2028] == pytest.approx(0.000454 * cubic(15.0), rel=1e-12)
