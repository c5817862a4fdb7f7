"""The need from which the programme's kilometres are chosen."""

from __future__ import annotations

from collections import Counter

import pytest

from jaryq.tables.tables import Table, Tables


@pytest.fixture(scope="module")
def tables(builder, facts, built):
    """What the programme's kilometres alone are, and the shipped case."""
    planned = builder.networks.packages(facts, [row for _, row in built["facilities"].records()
                                                if row["option_of"] is None])
    return Tables("planned", {"networks": Table.of("networks", planned)}), built


def by_kind(tables, value):
    found = Counter()
    for _, row in tables["networks"].records():
        found[row["asset_type"].split("_")[0]] += value(row)
    return found


def test_the_bands_are_the_whole_networks(tables):
    """470,000 km of lines, 14,000 of heat, 61,000 of water networks: in scope to the last km, whatever the programme
    chooses."""
    before, after = tables
    assert by_kind(after, lambda row: row["km"]) == by_kind(before, lambda row: row["km_total"])
    assert by_kind(after, lambda row: row["km"])["line"] == pytest.approx(470_000, abs=30)


def test_wear_starts_at_the_published_means(tables):
    """Heat 50, electricity 66.17, water 39, sewer 55 % at the end of 2025."""
    worn, km = (by_kind(tables[1], value) for value in (lambda row: row["km"] * row["wear"], lambda row: row["km"]))
    assert {kind: worn[kind] / km[kind] for kind in km} == {
        "line": pytest.approx(66.17, abs=0.02), "heat": pytest.approx(50, abs=0.02),
        "water": pytest.approx(39, abs=0.02),
        "sewer": pytest.approx(55, abs=0.02),
    }


def test_what_is_due_is_what_the_ministry_says(tables):
    """7,000 of 14,000 km of heat networks are due; lines: two thirds, as their wear."""
    due = by_kind(tables[1], lambda row: row["km"] if not row["package"].endswith("-fair") else 0)
    assert due["heat"] == pytest.approx(7000, abs=20)
    assert due["line"] == pytest.approx(470_000 * 0.6617, rel=0.005)


def test_bands_of_a_package_keep_its_wear_and_bursts(tables):
    """Almaty's water: bursts of the two bands over their lengths are those of the whole."""
    before, after = ({row["package"]: row for _, row in each["networks"].records()} for each in tables)
    due, fair = after["N-KZ-75-water-due"], after["N-KZ-75-water-fair"]
    whole = before["N-KZ-75-water"]
    assert due["km"] + fair["km"] == whole["km_total"]
    assert (due["km"] * due["bursts"]
            + fair["km"] * fair["bursts"]) / whole["km_total"] == pytest.approx(whole["bursts"], rel=0.01)
    assert due["wear"] > fair["wear"]


def test_each_region_gets_its_part(tables):
    """60 % of what the programme renews of all networks: 0.6 x 86,500 / 567,381 = 9.1 %."""
    floor = next(row for _, row in tables[1]["targets"].records() if row["target"] == "T-regions")
    assert (floor["measure"], floor["by"], floor["value"]) == ("share_done", "region", 9.1)


def test_lines_of_higher_voltage_are_not_forgotten(tables):
    """2,029 km are in the rehabilitation of the national company; 35-110 kV as the programme's km were divided
    before."""
    before, after = tables
    targets = {row["target"]: row for _, row in after["targets"].records()}
    assert targets["T-km-line_220"]["value"] == 2029
    middle = sum(row["km"] for _, row in before["networks"].records() if row["asset_type"] == "line_35_110")
    assert targets["T-km-line_35_110"]["value"] == middle
