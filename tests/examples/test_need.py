"""The need from which the programme's kilometres are chosen."""

from __future__ import annotations

from collections import Counter, defaultdict

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
    """470,000 km of lines, 137,000 of pipes, 14,000 of them heat networks: in scope to the last km, whatever the
    programme chooses."""
    before, after = tables
    assert by_kind(after, lambda row: row["km"]) == by_kind(before, lambda row: row["km_total"])
    whole = by_kind(after, lambda row: row["km"])
    assert whole["line"] == pytest.approx(470_000, abs=30)
    assert whole["heat"] == pytest.approx(14_000, abs=10)
    assert whole["heat"] + whole["water"] + whole["sewer"] == pytest.approx(137_000, abs=30)


def test_wear_starts_at_the_published_means(tables):
    """Heat 50, electricity 66.17, water 39, sewer 55 % at the end of 2025."""
    worn, km = (by_kind(tables[1], value) for value in (lambda row: row["km"] * row["wear"], lambda row: row["km"]))
    assert {kind: worn[kind] / km[kind] for kind in km} == {
        "line": pytest.approx(66.17, abs=0.02), "heat": pytest.approx(50, abs=0.02),
        "water": pytest.approx(39, abs=0.02),
        "sewer": pytest.approx(55, abs=0.02),
    }


LENGTHS = {
    "heat": {"KZ-75": 1386, "KZ-35": 1183, "KZ-63": 1017, "KZ-55": 1000, "KZ-39": 810, "KZ-33": 393, "KZ-31": 351,
             "KZ-19": 176},
    "water": {"KZ-19": 5128, "KZ-33": 3935, "KZ-75": 3455, "KZ-71": 1266, "KZ-35": 1200},
    "sewer": {"KZ-75": 1454, "KZ-35": 737, "KZ-71": 735, "KZ-33": 628, "KZ-23": 535},
}
"""Km of whole regions as published."""


def test_published_lengths_of_regions_are_entered_and_the_rest_goes_by_people(tables, facts):
    """Sewers: Shymkent (1,293,648 people) has as many km a head as Almaty (2,347,924) and Astana (1,638,233), others
    share by people in towns what is left of the country's 17,000 km. Water: others share the rest by people. Heat:
    Shymkent has as many a head and degree day (3,120) as Almaty (3,293)."""
    km = Counter()
    for _, row in tables[0]["networks"].records():
        km[row["asset_type"].split("_")[0], row["region"]] += row["km_total"]
    for sector, lengths in LENGTHS.items():
        assert {region: km[sector, region] for region in lengths} == lengths
    city = 1_293_648
    assert km["sewer", "KZ-79"] == round(city * (1454 + 735) / (2_347_924 + 1_638_233))
    assert km["water", "KZ-79"] == round(city * (3455 + 1266) / (2_347_924 + 1_638_233))
    assert km["heat", "KZ-79"] == round(city * 3120 * 1386 / (2_347_924 * 3293))
    people = {region: int(row["population_persons"]) for region, row in facts.regions.items()}
    towns = {region: people[region] * facts.value("population.urban_share", 2025, region) for region in people
             if region not in LENGTHS["sewer"] and region != "KZ-79"}
    left = 17_000 - sum(LENGTHS["sewer"].values()) - km["sewer", "KZ-79"]
    assert km["sewer", "KZ-61"] == pytest.approx(left * towns["KZ-61"] / sum(towns.values()), abs=1)
    a_head = {region: km["water", region] / people[region] for region in people if region not in LENGTHS["water"]}
    del a_head["KZ-79"]
    assert max(a_head.values()) == pytest.approx(min(a_head.values()), rel=2e-3)


COUNTED = {"heat_network": {"KZ-75"}, "line_04_10": {"KZ-55", "KZ-63"}, "line_35_110": {"KZ-55", "KZ-63"}}
"""Regions whose counts are the rate of a kind; others: the country's, or the mean of those that have no count."""


def test_failures_go_with_wear_and_hold_where_they_were_counted(tables):
    """By kind: all that has no count of its own fails in proportion to its wear; where the rate was counted (else: all
    without a count of their own) the mean is that of the kind. So pipes of one wear fail as often in Almaty as
    elsewhere where Almaty's count is the rate."""
    before, after = tables
    own = {row["package"] for _, row in before["networks"].records() if row["bursts"] is not None}
    assert own == {"N-KZ-75-heat", "N-KZ-75-water", "N-KZ-75-sewer"}
    kinds = {row["asset_type"]: row["bursts"] for _, row in after["asset_types"].records()}
    km, failures = Counter(), Counter()
    a_point = defaultdict(list)
    for _, row in after["networks"].records():
        counted, kind = row["package"].rpartition("-")[0] in own, row["asset_type"]
        if row["region"] in COUNTED[kind] if kind in COUNTED else not counted:
            km[kind] += row["km"]
            failures[kind] += row["km"] * row["bursts"]
        if not counted or kind in COUNTED:
            a_point[kind].append(row["bursts"] / row["wear"])
    assert set(kinds) > set(km) == set(a_point)
    for kind, ratios in a_point.items():
        assert failures[kind] / km[kind] == pytest.approx(kinds[kind], rel=0.03 if kind == "line_220" else 2e-3)
        assert max(ratios) == pytest.approx(min(ratios), rel=0.12 if kind == "line_220" else 5e-3)  # 0.2: two digits


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
    """60 % of what the programme renews of all networks: 0.6 x 86,500 / 606,999 = 8.6 %."""
    floor = next(row for _, row in tables[1]["targets"].records() if row["target"] == "T-regions")
    assert (floor["measure"], floor["by"], floor["value"]) == ("share_done", "region", 8.6)


def test_lines_of_higher_voltage_are_not_forgotten(tables):
    """2,029 km are in the rehabilitation of the national company; 35-110 kV as the programme's km were divided
    before."""
    before, after = tables
    targets = {row["target"]: row for _, row in after["targets"].records()}
    assert targets["T-km-line_220"]["value"] == 2029
    middle = sum(row["km"] for _, row in before["networks"].records() if row["asset_type"] == "line_35_110")
    assert targets["T-km-line_35_110"]["value"] == middle
