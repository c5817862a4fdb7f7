"""Phases, windows, prices, discounting and benefits against numbers worked out by hand in the docstrings
(docs/numbers.md)."""

from __future__ import annotations

import pytest

from jaryq.case.case import AssetType, Crew, Currency, PriceIndex
from jaryq.case.works import YEAR
from jaryq.verify.calendar import Calendar
from jaryq.verify.prices import Prices
from jaryq.verify.schedule import starts_of
from jaryq.verify.works import spread, works_of
from tests.cases import edit, facility, keyed, named, package, source, tiny_case
from tests.verify.common import bare, failing, totals_of

# Time ----------------------------------------------------------------------------------------------------------------

def test_phases_month_by_month() -> None:
    """5 months of procurement (40 % of the cost), 13 of works, quarters: per month 0.08, then 0.6/13.

    Months 0-2 | 3-5 | 6-8 | .. | 15-17: procurement 3, 2 and works 1, then 3 each (5+13 = 18 = 6 quarters).
    """
    case = bare(resolution="quarter", asset_types=keyed(AssetType(**named("plant"), procurement_share=0.4)))
    works = works_of(case, facility("F", cost=1.0, procurement_months=5.0, works_months=13.0),
                     Calendar.of(case.settings))
    assert works.lead == 6
    assert [works.paid[i] for i in range(6)] == pytest.approx([0.24, 0.16 + 0.6 / 13, 1.8 / 13, 1.8 / 13, 1.8 / 13,
        1.8 / 13], rel=1e-12)
    crews = spread(works, YEAR, 0, Calendar.of(case.settings))
    assert [crews[i] for i in range(1, 6)] == pytest.approx([1 / 13, 3 / 13, 3 / 13, 3 / 13, 3 / 13], rel=1e-12)
    assert (works.begins, works.length, 0 in crews) == (1, 13.0, False)


def test_a_last_part_of_a_month_is_its_fraction_and_no_procurement_no_share() -> None:
    """13.5 months of works in years: 12/13.5 and 1.5/13.5; the procurement share counts as 0 without procurement."""
    case = bare(asset_types=keyed(AssetType(**named("plant"), procurement_share=0.4)))
    works = works_of(case, facility("F", works_months=13.5), Calendar.of(case.settings))
    assert works.lead == 2
    assert [works.paid[0], works.paid[1]] == pytest.approx([12 / 13.5, 1.5 / 13.5], rel=1e-12)


@pytest.mark.parametrize(("more", "expected"), [
    ({"works_months": 12.0}, (0, 1, 2)),
    ({"works_months": 13.0}, (0, 1)),
    ({"works_months": 13.0, "latest": 2027}, (0,)),
    ({"earliest": 2028}, (2,)),
    ({"earliest": 2020, "latest": 2040}, (0, 1, 2)),
    ({"works_months": 37.0}, ()),
    ({"done": 2025}, ()),
    ({"spend": {2026: 0.0, 2027: -1.0, 2028: 2.0}}, (1,)),  # the first amount other than zero
    ({"spend": {2026: 1.0, 2028: 0.0}, "latest": 2026}, (0,)),  # ends with the last positive amount
    ({"spend": {2027: 1.0, 2029: 1.0}}, ()),  # ends after the last year
    ({"spend": {2025: 1.0, 2027: 1.0}}, ()),  # would have started before the plan
    ({"spend": {2026: 1.0, 2035: -1.0}}, (0,)),  # income may come after the end
])
def test_where_starts_are_allowed(more: dict[str, object], expected: tuple[int, ...]) -> None:
    """Planned 2026 to 2028: positions 0, 1, 2."""
    calendar = Calendar.of(tiny_case().settings)
    one = facility("F", **more)
    assert starts_of(one, works_of(tiny_case(), one, calendar), calendar) == expected


def test_stated_spending_starts_in_the_first_quarter_only() -> None:
    """2027 is positions 4 to 7; the works end in the last quarter of 2028; crews over the 8 quarters."""
    case = bare(resolution="quarter")
    calendar, one = Calendar.of(case.settings), facility("F", spend={2027: 1.0, 2028: 3.0})
    works = works_of(case, one, calendar)
    assert (starts_of(one, works, calendar), works.lead) == ((4,), 8)
    assert spread(works, YEAR, 4, calendar) == dict.fromkeys(range(8), 0.125)


def test_crews_of_a_quarter_are_a_quarter_of_the_years() -> None:
    """10 bn x 0.1 = 1 crew-year over 6 months: 0.5 in each of two quarters, against 2/4; with 1.9 a year it is too
    much."""
    case = bare(resolution="quarter", facilities=keyed(facility("F", cost=10.0, works_months=6.0)),
                crews=(Crew("build", "R1", {2026: 2.0}, ""),))
    decisions = {"start": {("F", "2026Q2"): 1.0}, "draw": {("B", "F", 2026): 10.0}}
    assert failing(case, **decisions) == set()
    assert failing(edit(case, "crews", "build@R1", capacity={2026: 1.9}), **decisions) == {"crews"}


# Prices and discounting ----------------------------------------------------------------------------------------------

def test_cost_of_a_year() -> None:
    """m = 0.3 in yen: class 100 -> 120, rate 4 -> 6, prices abroad 50 -> 52: 0.7 x 1.2 + 0.3 x 1.5 x 1.04 = 1.308."""
    case = bare(indices=keyed(PriceIndex(**named("steel"), levels={2025: 100.0, 2026: 120.0}),
                              PriceIndex(**named("us"), levels={2025: 50.0, 2026: 52.0})),
                currencies=keyed(Currency(**named("JPY"), rates={2025: 4.0, 2026: 6.0}, foreign_prices="us")))
    kind = AssetType(**named("x"), cost_class="steel", import_share=0.3, import_currency="JPY")
    assert Prices(case).cost(kind, 2026) == pytest.approx(1.308, rel=1e-12)


def test_after_the_last_year_given() -> None:
    """Prices grow at 10 % at home and 4 % abroad (1 % in 2026, which is given), so the yen at 1.1/1.04: constant in
    real terms."""
    abroad = PriceIndex(**named("jp"), levels={2025: 100.0, 2026: 101.0}, long_run=0.04)
    yen = Currency(**named("JPY"), rates={2025: 4.0, 2026: 5.0}, foreign_prices="jp")
    case = tiny_case(indices={**tiny_case().indices, "jp": abroad}, currencies=keyed(yen))
    prices = Prices(case)
    assert prices.level("general", 2030) == pytest.approx(133.1 * 1.1**2, rel=1e-12)
    assert prices.rate("JPY", 2029) == pytest.approx(5.0 * (1.1 / 1.04) ** 3, rel=1e-12)
    assert prices.level("jp", 2028) == pytest.approx(101.0 * 1.04**2, rel=1e-12)
    assert prices.rate("KZT", 2029) == 1.0


def test_a_kind_of_asset_without_a_class_follows_general() -> None:
    """As does a project without a kind: 121/100 in 2027."""
    prices = Prices(tiny_case())
    assert prices.cost(None, 2027) == pytest.approx(1.21, rel=1e-12)
    assert prices.cost(AssetType(**named("x")), 2027) == pytest.approx(1.21, rel=1e-12)


def test_a_level_that_is_missing_is_an_error_not_a_guess() -> None:
    case = bare(indices=keyed(PriceIndex(**named("general"), levels={2025: 100.0, 2027: 110.0})))
    for year in (2024, 2026, 2028):
        with pytest.raises(ValueError, match=str(year)):
            Prices(case).level("general", year)


def test_real_weight() -> None:
    """2027, mid-year: 2.5 years at 10 %, prices 1.21; at 1 January: 2 years; at its end: 3."""
    assert Prices(tiny_case()).weight(2027) == pytest.approx(1.1**-2.5 / 1.21, rel=1e-12)
    assert Prices(tiny_case(discount_timing="start")).weight(2027) == pytest.approx(1.1**-2 / 1.21, rel=1e-12)
    assert Prices(tiny_case(discount_timing="end")).weight(2027) == pytest.approx(1.1**-3 / 1.21, rel=1e-12)


def test_levels_and_rates_between_the_averages() -> None:
    """Levels 100 in 2026, 121 in 2027, mid: on 1 January of 2027 110, on 1 January of 2026 100/1.21^0.5 = 90.909; the
    yen 4 and 9: 6, then 4/1.5. With averages at the beginning of their years the middle of 2026 is 110; at their end, 1
    January of 2026 is a year before the first: 100/1.21."""
    index = PriceIndex(**named("general"), levels={2026: 100.0, 2027: 121.0}, long_run=0.0)
    more = {"indices": keyed(index), "currencies": keyed(Currency(**named("JPY"), rates={2026: 4.0, 2027: 9.0})),
            "first_year": 2026, "price_year": 2026}
    prices = Prices(tiny_case(**more))
    assert [prices.level_at(x) for x in (0.0, 0.5, 1.0, 1.5, 2.5)] == pytest.approx([100 / 1.1, 100.0, 110.0, 121.0,
        121.0], rel=1e-12)
    assert [prices.rate_at("JPY", x) for x in (0.0, 0.5, 1.0, 1.5)] == pytest.approx([4 / 1.5, 4.0, 6.0, 9.0],
        rel=1e-12)
    assert Prices(tiny_case(**more, discount_timing="start")).level_at(0.5) == pytest.approx(110.0, rel=1e-12)
    assert Prices(tiny_case(**more, discount_timing="end")).level_at(0.0) == pytest.approx(100 / 1.21, rel=1e-12)


def test_the_worth_of_a_draw_at_its_date() -> None:
    """8 % real, prices growing 5 % a year, first and price year 2026, mid: drawn at the end of 2027, 1.08^-2 x
    1.05^-1.5; at its start 1.08^-1 x 1.05^-0.5."""
    index = PriceIndex(**named("general"), levels={2025: 1.0}, long_run=0.05)
    prices = Prices(bare(indices=keyed(index), first_year=2026, price_year=2026, discount_rate=0.08))
    for timing, expected in (("start", 1.08**-1 * 1.05**-0.5), ("mid", 1.08**-1.5 / 1.05),
                             ("end", 1.08**-2 * 1.05**-1.5)):
        assert prices.drawn(source("S", draw_timing=timing), 2027) == pytest.approx(expected, rel=1e-12)


def test_a_nominal_rate_discounts_nominal_money() -> None:
    """Prices 100, 105, 126 in the middle of their years, nominal 26 %. On 1 January of 2025 they are 100/1.05^0.5
    (going back by the growth of 2025 to 2026). 1 of mid-2026 is 1.26^-1.5 then, in money of 2025 1.05^0.5 times
    that."""
    levels = {2025: 100.0, 2026: 105.0, 2027: 126.0}
    case = bare(indices=keyed(PriceIndex(**named("general"), levels=levels)), discount_rate=0.26,
                discount_basis="nominal")
    assert Prices(case).weight(2026) == pytest.approx(1.26**-1.5 * 1.05**0.5, rel=1e-12)


def test_nominal_and_real_agree_under_steady_inflation() -> None:
    """(1.06)(1.1) - 1 = 16.6 % nominal is 6 % real at 10 % inflation."""
    real, nominal = Prices(tiny_case(discount_rate=0.06)), Prices(tiny_case(discount_rate=0.166,
        discount_basis="nominal"))
    for year in (2025, 2027, 2040):
        assert nominal.weight(year) == pytest.approx(real.weight(year), rel=1e-12)


# Benefits ------------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("start", "expected"), [("2026", 3.0 * (1.1**-2.5 + 1.1**-3.5 + 1.1**-4.5 + 1.1**-5.5)),
                                                 ("2028", 3.0 * (1.1**-4.5 + 1.1**-5.5 + 1.1**-6.5 + 1.1**-7.5))])
def test_savings_from_the_period_after_the_works_to_the_last_year(start: str, expected: float) -> None:
    """12 months of works, 3 bn a year, evaluation to 2030, mid-year, 10 %: 2027-2030 if started in 2026; if in 2028,
    2029-2030, and what was given up in 2027 and 2028 is credited at the dates of 2031 and 2032."""
    case = bare(discount_rate=0.10, facilities=keyed(facility("F", savings=3.0)))
    assert totals_of(case, start={("F", start): 1.0}).pv_benefits == pytest.approx(expected, rel=1e-12)


def test_life_ends_benefits_on_the_same_day_for_every_start() -> None:
    """Life 2.5, earliest finish 2026: H = floor(2028.5) = 2028. Started in 2026: 2027, 2028; in 2027: 2028, and 2027 is
    credited; in 2028: no year is left, and the two that were given up are credited."""
    case = bare(facilities=keyed(facility("F", savings=1.0, life=2.5)))
    for start, credited in (("2026", 0.0), ("2027", 1.0), ("2028", 2.0)):
        totals = totals_of(case, start={("F", start): 1.0})
        assert (totals.pv_benefits, totals.pv_residual) == (2.0, credited)


def test_no_more_is_credited_than_was_given_up() -> None:
    """Life 1.5 ends in 2027; started in 2028 the works end two years late, but only the one year of 2027 was given
    up."""
    totals = totals_of(bare(facilities=keyed(facility("F", savings=1.0, life=1.5))), start={("F", "2028"): 1.0})
    assert (totals.pv_benefits, totals.pv_residual) == (1.0, 1.0)


def test_savings_by_quarter_then_by_year() -> None:
    """3 months from 2028Q2: 2028Q3 and Q4 at (3.625, 3.875) years, a quarter each; then 2029, 2030 at 4.5 and 5.5. Nine
    quarters later than possible: nine are credited from 2031 on."""
    case = bare(resolution="quarter", discount_rate=0.10, facilities=keyed(facility("F", savings=1.0,
        works_months=3.0)))
    expected = 0.25 * (1.1**-3.625 + 1.1**-3.875) + 1.1**-4.5 + 1.1**-5.5 + 0.25 * sum(1.1 ** -(6.125 + i / 4)
        for i in range(9))
    assert totals_of(case, start={("F", "2028Q2"): 1.0}).pv_benefits == pytest.approx(expected, rel=1e-12)


def test_savings_of_a_kilometre_begin_with_the_next_period() -> None:
    """10 km in 2027 at 0.02 a year; H = earliest year + life = 2026 + 3 = 2029: 2028 and 2029, and 2027 is credited.
    Earliest 2027, life 2: the same end, nothing given up; 2020 counts as 2026."""
    for more, years in (({"life": 3.0}, 3), ({"life": 2.0, "earliest": 2027}, 2), ({"life": 3.0, "earliest": 2020}, 3)):
        case = bare(packages=keyed(package("N", km=50.0, savings=0.02, **more)))
        assert totals_of(case, renew={("N", "2027"): 10.0}).pv_benefits == pytest.approx(10 * 0.02 * years, rel=1e-12)


def test_a_stated_benefit_is_worth_less_later() -> None:
    """8 bn for a start in 2026; a start in 2028 is two years of discounting later."""
    case = bare(discount_rate=0.10, facilities=keyed(facility("F", benefit=8.0)))
    assert totals_of(case, start={("F", "2026"): 1.0}).pv_benefits == pytest.approx(8.0, rel=1e-12)
    assert totals_of(case, start={("F", "2028"): 1.0}).pv_benefits == pytest.approx(8.0 / 1.21, rel=1e-12)


def test_a_net_benefit_gets_its_outlays_back() -> None:
    """Net 8 bn, spends 5 in 2026 and brings in 2 in 2027, start-of-year discounting at 10 % from 2025: 8 + 5/1.1 -
    2/1.21.

    With a budget paying at w the purse is net again: 8.
    """
    case = bare(discount_rate=0.10, discount_timing="start", benefit_is_net=True,
                sources=keyed(source("B", draw_timing="start")),
                facilities=keyed(facility("F", benefit=8.0, spend={2026: 5.0, 2027: -2.0})))
    totals = totals_of(case, start={("F", "2026"): 1.0}, draw={("B", "F", 2026): 5.0})
    assert totals.pv_benefits == pytest.approx(8 + 5 / 1.1 - 2 / 1.21, rel=1e-12)
    assert totals.objective == pytest.approx(8.0, rel=1e-12)
