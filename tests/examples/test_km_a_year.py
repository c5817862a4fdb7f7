"""Km a year of the networks of the case: one limit for all bands of wear of a region's networks of a kind."""

from __future__ import annotations

import math
from collections import defaultdict

import pytest

from tests.examples.conftest import INPUTS

YEARS = 5
PER_YEAR = 3, 10
"""30 % of the share."""


@pytest.fixture(scope="module")
def shares(builder, facts):
    """Km of the programme by region and kind, from the facts."""
    by_sector = builder.networks.km_by_region(facts)
    by_kind = {**builder.networks.lines_by_class(facts, by_sector["power"]),
               **{f"{sector}_network": by_sector[sector] for sector in ("heat", "water", "sewer")}}
    return {(region, kind): int(km) for kind, regions in by_kind.items() for region, km in regions.items()}


@pytest.fixture(scope="module")
def bands(built):
    """Rows of the bands by region and kind, the most worn first."""
    found = defaultdict(list)
    for _, row in built["networks"].records():
        found[row["region"], row["asset_type"]].append(row)
    return {key: sorted(rows, key=lambda row: -row["wear"]) for key, rows in found.items()}


@pytest.fixture(scope="module")
def done(built):
    """Km of 2025 by package."""
    return {row["project"]: row["km"] for _, row in built["progress"].records() if row["year"] == 2025 and row["km"]}


def together(rows):
    return sum(row["km_per_year"] for row in rows)


def until(row, years, done):
    """Km that a band can have by the end of so many years: no more than its length."""
    past = done.get(row["package"], 0)
    return past + min(row["km"] - past, row["km_per_year"] * years)


ULYTAU, SHYMKENT, KARAGANDA = "KZ-62", "KZ-79", "KZ-35"
RAISED = {(ULYTAU, "water_network"), (SHYMKENT, "water_network"), (SHYMKENT, "sewer_network"),
          *((KARAGANDA, kind) for kind in ("line_04_10", "line_35_110", "line_220", "heat_network", "water_network",
                                           "sewer_network"))}


def test_bands_together_have_the_limit_of_the_region(shares, bands):
    """All 120: three tenths of the share, up to a whole km; more only where a plan of the region takes more, and the
    remark of every band says which plan."""
    assert bands.keys() == shares.keys()
    assert len(bands) == 120
    assert {key for key, rows in bands.items()
            if together(rows) != max(1, math.ceil(shares[key] * PER_YEAR[0] / PER_YEAR[1]))} == RAISED
    for key, rows in bands.items():
        for row in rows:
            assert f"all bands together {together(rows):,}, " in row["note"]
            assert ("raised to what" in row["note"]) == (key in RAISED)
            assert row["km_per_year"] >= 0


def test_water_of_almaty_is_renewed_at_the_limit_of_the_city_and_no_faster(shares, bands):
    """30 % of 724 km are 217.2: 218 of what is due, none of what is sound; it was 218 of each."""
    due, fair = bands["KZ-75", "water_network"]
    assert shares["KZ-75", "water_network"] == 724
    assert (due["km_per_year"], fair["km_per_year"]) == (218, 0)


def test_the_share_is_filled_from_the_most_worn_band_down(shares, bands, done):
    """Each band has of the limit what it has of the share, to less than a km, so a share can be renewed whole (with
    what was done in 2025), and a band that the share does not reach is closed."""
    for key, rows in bands.items():
        left = shares[key]
        for row in rows:
            part = min(left, row["km"])
            assert abs(row["km_per_year"] - together(rows) * part / shares[key]) < 1
            assert (row["km_per_year"] == 0) or part > 0
            left -= part
        assert left == 0
        assert sum(until(row, YEARS, done) for row in rows) >= shares[key], key


def test_networks_in_fair_condition_are_closed_but_for_sewers_of_astana(shares, bands):
    """There 342 km are due of a share of 362: 6 of the 109 km a year, as 20 of 362."""
    fair = {key: rows[-1] for key, rows in bands.items()}
    assert all(row["package"].endswith("-fair") for row in fair.values())
    astana = "KZ-71", "sewer_network"
    assert {key: row["km_per_year"] for key, row in fair.items() if row["km_per_year"]} == {astana: 6}
    assert (shares[astana], bands[astana][0]["km"], together(bands[astana])) == (362, 342, 109)


def test_heat_networks_worn_most_come_first(shares, bands):
    """Abai: 63 km of the programme, 79 are worn by three quarters and more: these alone. Almaty: 183 of 237, and of 72
    km a year 72 x 183/237 = 55.6 and 16.4."""
    assert [row["km_per_year"] for row in bands["KZ-10", "heat_network"]] == [19, 0, 0]
    assert (shares["KZ-10", "heat_network"], bands["KZ-10", "heat_network"][0]["km"]) == (63, 79)
    assert [row["km_per_year"] for row in bands["KZ-75", "heat_network"]] == [56, 16, 0]


PLANS = {"T-plan-karaganda": KARAGANDA, "T-plan-north": "KZ-59", "T-plan-north-heat": "KZ-59",
         "T-plan-shymkent": SHYMKENT, "T-plan-mangystau": "KZ-47", "T-plan-pavlodar": "KZ-55",
         "T-plan-almaty-heat": "KZ-75", "T-plan-ulytau": ULYTAU}
KINDS = {"T-plan-north-heat": ("heat_network",), "T-plan-shymkent": ("water_network", "sewer_network"),
         "T-plan-almaty-heat": ("heat_network",), "T-plan-ulytau": ("water_network",)}


def test_what_plans_of_regions_take_is_possible(built, bands, done):
    """Until the year of each plan, with what was done in 2025; no band counts beyond its length."""
    plans = {row["target"]: row for _, row in built["targets"].records() if row["target"].startswith("T-plan-")}
    assert plans.keys() == PLANS.keys()
    for name, region in PLANS.items():
        years = int(plans[name]["years"]) - 2025
        assert sum(until(row, years, done) for (where, kind), rows in bands.items() for row in rows
                   if where == region and kind in KINDS.get(name, (kind,))) >= plans[name]["value"], name


def test_limits_are_raised_no_further_than_plans_take(bands, done):
    """Ulytau: 330 km less 32 of 2025 in two years, 149. Shymkent: 160 less 15 in one year, 145, of 29 and 20 that three
    tenths of the shares are: 29 x 145/49 = 85.8 and 20 x 145/49 = 59.2, up to whole km."""
    assert done["N-KZ-62-water-due"] == 32
    assert together(bands[ULYTAU, "water_network"]) == (330 - 32) / 2
    assert done["N-KZ-79-water-due"] + done["N-KZ-79-sewer-due"] == 15
    assert [together(bands[SHYMKENT, f"{pipes}_network"]) for pipes in ("water", "sewer")] == [86, 60]


def test_the_least_of_each_region_is_possible(built, bands, done):
    """8.6 % of its networks by value until 2030, in all twenty; Karaganda's by little more, which whole km make."""
    least = next(row["value"] for _, row in built["targets"].records() if row["target"] == "T-regions")
    possible, whole = defaultdict(float), defaultdict(float)
    for (region, _), rows in bands.items():
        for row in rows:
            whole[region] += row["km"] * row["unit_cost"]
            possible[region] += until(row, YEARS, done) * row["unit_cost"]
    percent = {region: possible[region] / whole[region] * 100 for region in whole}
    assert len(percent) == 20
    assert min(percent.values()) >= least
    assert percent[KARAGANDA] == pytest.approx(least, abs=0.15)


@pytest.mark.parametrize(("limit", "share", "lengths", "found"), [
    (9, 30, (10, 40, 50), (3, 6, 0)),  # 10 and 20 of the share
    (10, 30, (3, 9, 50), (1, 3, 6)),  # 3, 9 and 18
    (10, 30, (11, 9, 50), (4, 3, 3)),  # 3.67, 3 and 3.33: the km that is left to the largest remainder
    (1, 3, (50, 40, 10), (1, 0, 0)),
])
def test_a_limit_divided_by_hand(builder, limit, share, lengths, found):
    names = ("worst", "due", "fair")
    assert builder.pace.divided(limit, share, dict(zip(names, lengths, strict=True))) == dict(
        zip(names, found, strict=True))


def test_no_street_is_shared_with_a_band_that_is_closed(built):
    limits = {row["package"]: row["km_per_year"] for _, row in built["networks"].records()}
    pairs = [(row["package"], row["with_package"]) for _, row in built["trenches"].records()]
    assert len(pairs) == 40
    assert all(limits[package] > 0 for pair in pairs for package in pair)


def test_the_method_page_says_so(built, facts):
    """Topics km_per_year, wear_of_networks and unit_costs_of_networks; what is left of the case."""
    pages = {row["topic"]: row for _, row in built["sources_and_method"].records()}
    text, russian = pages["km_per_year"]["text"], pages["km_per_year"]["text_ru"]
    assert text.startswith("At most 30 % of the region's share")
    assert "in all bands of wear together" in text
    assert "water networks of Ulytau to 2027, water and sewer networks of Shymkent in 2026" in text
    assert "the least that each region gets (networks of Karaganda)" in text
    assert "but for 6 km a year of the sewers of Astana, of which less is due (342 km) than its share (362 km)" in text
    assert "Не более 30 % доли региона" in russian
    assert "кроме 6 км в год канализации Астаны" in russian
    assert "к замене меньше (342 км), чем её доля (362 км)" in russian
    worn = pages["wear_of_networks"]
    assert "from the most worn band first, as the km a year are divided (see km_per_year)" in worn["text"]
    assert "Сначала обновляется самая изношенная полоса: так делятся километры за год" in worn["text_ru"]
    costs = pages["unit_costs_of_networks"]
    budget = facts.unit_cost("UC001", "kzt_mn_per_km")
    said = {"Almaty": 333, "Karaganda": 1700}
    assert [round(km / budget, 1) for km in said.values()] == [0.4, 2.1]
    assert "would cost two fifths in Almaty and twice in Karaganda of what the programme budgets" in costs["text"]
    assert "в Алматы две пятых, а в Карагандинской области вдвое больше" in costs["text_ru"]
    assert "what the plans of Shymkent (2026) and Ulytau (to 2027) take raises the limits of their networks in every " \
        "year" in (INPUTS.parent / "docs" / "left-of-the-case.md").read_text(encoding="utf-8")
