"""The need from which the programme's kilometres are chosen."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from jaryq.tables.tables import Table, Tables
from tests.examples.conftest import INPUTS


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


def test_published_wears_of_regions_stand_as_published(tables):
    """What is published of a kind and a whole region is its wear, in the workbook too, to the last digit that bands of
    whole km keep; North Kazakhstan's lines are those of two companies: (8,900 x 80 + 13,000 x 95.5)/21,900."""
    worn, km = Counter(), Counter()
    for _, row in tables[1]["networks"].records():
        key = (row["asset_type"].split("_")[0], row["region"])
        worn[key] += row["km"] * row["wear"]
        km[key] += row["km"]
    published = {
        "heat": {"KZ-10": 64.2, "KZ-23": 65, "KZ-27": 50.4, "KZ-31": 53, "KZ-35": 60.3, "KZ-39": 57, "KZ-43": 42,
                 "KZ-55": 80, "KZ-59": 65, "KZ-63": 55.6, "KZ-75": 57.9},
        "line": {"KZ-23": 40, "KZ-27": 82, "KZ-33": 80, "KZ-35": 65, "KZ-43": 60, "KZ-55": 59.2, "KZ-59": 89.2,
                 "KZ-63": 80, "KZ-75": 65, "KZ-79": 57},
        "water": {"KZ-10": 46.7, "KZ-19": 57.7, "KZ-27": 60.5, "KZ-35": 68, "KZ-63": 49.1, "KZ-75": 52.8, "KZ-79": 75},
        "sewer": {"KZ-23": 44, "KZ-27": 60, "KZ-35": 80, "KZ-75": 57.5, "KZ-79": 75}}
    for kind, regions in published.items():
        assert {region: worn[kind, region] / km[kind, region] for region in regions} == pytest.approx(regions, abs=0.02)
    elsewhere = {kind: {round(worn[key] / km[key]) for key in km if key[0] == kind and key[1] in ("KZ-11", "KZ-71")}
                 for kind in published}
    page = next(row["text"] for _, row in tables[1]["sources_and_method"].records()
                if row["topic"] == "wear_of_networks")
    heat, lines, water, sewer = (values.pop() for values in elsewhere.values())
    assert f"about {heat}, {lines}, {water} and {sewer} %. No mean had to give way" in page


def test_as_many_regions_publish_no_wear_as_is_said(tables):
    """On the page of what is left of the case."""
    rest = Counter(row["asset_type"] for _, row in tables[0]["networks"].records()
                   if "wear: what published ones leave" in row["note"])
    assert rest == {"heat_network": 8, "line_04_10": 10, "line_35_110": 10, "line_220": 10, "water_network": 10,
                    "sewer_network": 10}
    assert "8 regions of heat networks, 10 of lines, of water and of sewer networks each" in (
        INPUTS.parent / "docs" / "left-of-the-case.md").read_text(encoding="utf-8")


def test_no_figure_of_the_wear_of_a_region_is_left_out(builder, facts):
    """A ``wear.*_region`` of the facts is entered, in place of a statement on the same networks."""
    mine = {(sector, region) for sector, regions in builder.wear.FIGURES.items() for region in regions}
    names = {builder.wear.NAME.get(sector, sector): sector for sector in builder.wear.NATIONAL}
    assert {(names[row["key"].split(".")[1].removesuffix("_region")], row["region"]) for row in facts.figures
            if row["key"] in {f"wear.{name}_region" for name in names}} == mine
    assert [key for key in mine if facts.statements(key[1], key[0], "length and wear")
            and any(row["wear_pct"] for row in facts.statements(key[1], key[0], "length and wear"))] == []


def test_the_mean_of_pipes_is_a_plain_one(builder, facts):
    """Of the country 49 %: 52, 39 and 55 of the three kinds. Of Pavlodar 66: heat 80, so 118 are left for water and
    sewers as 39 to 55: 48.96 and 69.04; Abai 177 - 64.2 - 46.7 = 66.1; Ulytau, none published, 174 as 50, 39 and 55."""
    assert round((52 + 39 + 55) / 3) == 49
    found = builder.wear.of_pipes(facts, builder.wear.published(facts))
    assert {key: round(wear.percent, 2) for key, wear in found.items() if key[1] in ("KZ-55", "KZ-10", "KZ-62")} == {
        ("water", "KZ-55"): 48.96, ("sewer", "KZ-55"): 69.04, ("sewer", "KZ-10"): 66.1,
        ("heat", "KZ-62"): 60.42, ("water", "KZ-62"): 47.12, ("sewer", "KZ-62"): 66.46}


@pytest.mark.parametrize(("mean", "percent", "words"), [
    (50.0, 35.0, "what published ones leave of the country's 50 %"),
    (10.0, 3.0, "what published ones leave of the country's 10 %, which they make impossible: 34.0 %"),
    (95.0, 97.0, "what published ones leave of the country's 95 %, which they make impossible: 81.0 %")])
def test_the_rest_meets_the_mean_of_the_country_as_far_as_it_can(builder, mean, percent, words):
    """100 km each at 95 and at 35 %, 200 km of others: (400 x 50 - 13,000)/200 = 35 for these. At a mean of 10 they
    would have to be worn by less than nothing: with 3 % it is (13,000 + 600)/400 = 34; at 95 with 97 %
    (13,000 + 19,400)/400 = 81."""
    wear = builder.wear
    own = {("heat", "A"): wear.Wear(95.0, ""), ("heat", "B"): wear.Wear(35.0, "")}
    km = {("heat", "A"): 100.0, ("heat", "B"): 100.0, ("heat", "C"): 150.0, ("heat", "D"): 50.0}
    found = wear.rest(own, km, {"heat": mean})
    assert {key: one.percent for key, one in found.items()} == {("heat", "C"): percent, ("heat", "D"): percent}
    assert {one.rule for one in found.values()} == {words}
    assert wear.rest(own, {key: km[key] for key in own}, {"heat": mean}) == {}


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
