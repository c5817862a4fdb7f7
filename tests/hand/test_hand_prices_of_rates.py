"""Prices of limits that are percentages, by hand: a pace, the rise of a ramp, the rise of bills. The step is 1 % of the
limit."""

from dataclasses import replace

import pytest

from jaryq.case.case import AssetType, Region, Tariff
from jaryq.case.sources import Ramp
from tests.cases import facility, keyed, named, package, source
from tests.hand.runs import answer, near
from tests.make import bare_case

YEARS = (2026, 2027, 2028, 2029, 2030)
KEPT = 1 - sum(1.1**-k for k in range(10, 31)) / 21
"""Of a KZT drawn what a loan at 0 % saves in the worth of that year: 21 equal payments, 10 to 30 years later, at 10
%."""


def priced(case, **settings):
    """Limits by name, of a divisible case: its relaxation is the plan."""
    found = answer(replace(case, settings=replace(case.settings, prices=20, **settings)))
    return found, {price.limit: price for price in found.prices if price.regime == "projects_may_change"}


def lent(**loan):
    """20 are spent in each year; a loan of 100 at 0 % with a pace, and dearer own money."""
    lender = source("L", **{"kind": "loan", "partner": "JP", "draw_timing": "mid", "tenor": 30.0, "grace": 10.0,
                            "payments": 1, "available_to": 2030, "envelope": 100.0,
                            "cells": {"pace": "sources!P4"}, **loan})
    spend = dict.fromkeys(YEARS, 20.0)
    return bare_case(last_year=2030, discount_rate=0.1, facilities=keyed(facility("F", spend=spend, must=True,
        latest=2030)),
                     sources=keyed(lender, source("O", kind="own", available_to=2030)))


def test_a_pace_of_what_is_signed():
    """Signed in 2025 for 100, mid, effective after 6 months: 10, 30, 60, 85, 100 by the end of 2026..2030, of 20 spent
    a year. 10 are drawn in 2026, 20 in each later year. 10.1 %: 0.1 more in 2026 and, as 30 is the most by 2027, 0.1
    less then: 0.1 x KEPT x (1.1^-0.5 - 1.1^-1.5). 9.9 %: 0.1 less in 2026, nothing more later, for 20 is all that is
    spent. What may be drawn by 2028 and later does not bind."""
    found, prices = priced(lent(signed=100.0, signing_year=2025, effective_months=6.0,
                                pace=(0.1, 0.2, 0.3, 0.25, 0.15)))
    assert [sum(v for (s, _, y), v in found.plan.draw.items() if (s, y) == ("L", year))
            for year in YEARS] == near([10, 20, 20, 20, 20], abs=1e-6)
    first = prices["pace[L,1]"]
    assert (first.origin, first.unit, first.value, first.used, first.step) == ("sources!P4", "%", near(10), near(10),
        near(0.1))
    assert first.loosen.objective == near(0.1 * KEPT * (1.1**-0.5 - 1.1**-1.5), abs=1e-8)
    assert first.tighten.objective == near(-0.1 * KEPT * 1.1**-0.5, abs=1e-8)
    assert not {"pace[L,3]", "pace[L,4]", "pace[L,5]"} & prices.keys()


def test_a_pace_of_what_the_plan_signs():
    """Signed in mid 2026 and effective then, at most 100, no fees: signed for no more than works cost from then on,
    10 + 4 x 20 = 90; to the end of 2026 half of the first year's 20 % of it: 9; then 20 a year (36, 72, 90 allow it).
    20.2 %: 9.09 in 2026; 19.8 %: 8.91."""
    _, prices = priced(lent(signing_year=2026, pace=(0.2, 0.4, 0.4)))
    price = prices["pace[L,1]"]
    assert (price.value, price.step) == (near(20), near(0.2))
    assert price.loosen.objective == near(0.09 * KEPT * 1.1**-0.5, abs=1e-8)
    assert price.tighten.objective == near(-0.09 * KEPT * 1.1**-0.5, abs=1e-8)


@pytest.mark.parametrize(("way", "percent"), [("loosen", 25.25), ("tighten", 24.75)])
def test_the_rise_of_a_ramp(way, percent):
    """100 km in 2025, 25 % and 10 km: 135, 178.75, 233.4375 km, all worth 4 years of 1 bn less 0.1, whenever they are
    renewed (2030 is the last year that counts, a late km has its residual). Another rise g: 100 g + 10, of that g and
    10 more, and again."""
    kind = AssetType(**named("pipe"), sector="heat", life=20.0, ramp=Ramp(0.25, None, 10.0, up_cell="asset_types!R4"))
    case = bare_case(evaluation_last_year=2030, asset_types=keyed(kind), sources=keyed(source("B")),
                     packages=keyed(package("N", km=10_000.0, unit_cost=0.1, savings=1.0, done={2025: 100.0})))
    km = [100.0]
    for _ in range(3):
        km.append((1 + percent / 100) * km[-1] + 10)
    _, prices = priced(case)
    price = prices["ramp_up[pipe]"]
    assert (price.origin, price.unit, price.value, price.used, price.step) == ("asset_types!R4", "%", near(25),
        near(25), near(0.25))
    assert getattr(price, way).objective == near((sum(km[1:]) - 135 - 178.75 - 233.4375) * 3.9, abs=1e-6)


def billed(**tariff):
    """Bills of 40, a fifth of them for investment, that may rise by 10 % a year; each year has works of 100 that only
    own money pays, a KZT brings 10."""
    works = [facility(f"P{y}", asset_type=None, cost=100.0, earliest=y, latest=y, benefit=1000.0, region="R",
                      sector="heat") for y in (2026, 2027)]
    return bare_case(facilities=keyed(*works), sources=keyed(source("O", kind="own", envelope=1e4)),
                     regions=keyed(Region(**named("R"))), last_year=2027,
                     evaluation_last_year=2027, tariffs=(Tariff("R", "heat", 40.0, 0.1, "tariffs!D4", invested=0.2,
                     **tariff),))


def test_the_rise_of_bills():
    """32 + 12 = 44, 32 + 16.4 = 48.4. 10.1 %: 44.04 and 48.48804: 0.12804 more, each brings 9. 9.9 %: 43.96 and
    48.31204."""
    _, prices = priced(billed(cells={2026: "tariffs!D4", 2027: "tariffs!D4"}))
    price = prices["rise[R,heat,2026]"]
    assert (price.origin, price.unit, price.value, price.used, price.step) == ("tariffs!D4", "%", near(10), near(10),
        near(0.1))
    assert (price.loosen.objective, price.tighten.objective) == (near(9 * 0.12804, abs=1e-7),
        near(-9 * 0.12796, abs=1e-7))
    assert [name for name in prices if name.startswith("rise")] == ["rise[R,heat,2026]"]


def test_the_rise_of_bills_in_one_year():
    """A cell for each year. 2026 by 10.1 %: 44.04, then 48.444: 0.084 more. 2027 by 10.1 %: 48.444: 0.044."""
    _, prices = priced(billed(cells={2026: "tariffs!E4", 2027: "tariffs!F4"}))
    assert {name: (price.origin, price.loosen.objective) for name, price in prices.items()
            if name.startswith("rise")} == {
        "rise[R,heat,2026]": ("tariffs!E4", near(9 * 0.084, abs=1e-7)),
        "rise[R,heat,2027]": ("tariffs!F4", near(9 * 0.044, abs=1e-7))}
