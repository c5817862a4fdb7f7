"""Published figures bound to measures of the case: every row is read, speaks of something, and what the case alone tells is what the tables say."""

import importlib
import sys
from pathlib import Path

import pytest

from jaryq.case.build import build
from jaryq.case.plan import Plan
from jaryq.factors.calibration import computed
from jaryq.factors.derive import derive
from jaryq.rules.calibration import calibration_is_meant, calibration_speaks_of_something
from jaryq.tables.tables import Table
from jaryq.tables.typed import typed
from jaryq.workbook.read import read

INPUTS = Path(__file__).parents[2] / "inputs"


@pytest.fixture(scope="module")
def rows():
    """The rows that the builder makes, and all rows of the table."""
    sys.path.insert(0, str(INPUTS))
    module, facts = (importlib.import_module(f"kazakhstan_builder.{name}") for name in ("calibration", "facts"))
    known = facts.Facts.read(INPUTS)
    networks = [row for _, row in shipped()["networks"].records()]
    yield module.calibration(known, networks), known.choices["calibration"]
    sys.path.remove(str(INPUTS))


def shipped():
    tables, issues = read(INPUTS / "kazakhstan.xlsx")
    assert issues == []
    return tables


@pytest.fixture(scope="module")
def case(rows):
    """The shipped case with the rows but those on quantities that it does not have yet, and its typed tables."""
    there = {row["quantity"] for _, row in shipped()["quantities"].records()}
    mine = [row for row in rows[0] if row["quantity"] is None or row["quantity"] in there]
    tables, issues = typed(shipped().with_sheet(Table.of("calibration", mine)))
    assert [issue for issue in issues if issue.severity == "stop"] == []
    return build(tables, "base"), tables


def test_each_row_is_bound_or_says_why_not(rows):
    made, every = rows
    assert len(every) == 33
    for row in every:
        assert bool(row["measure"]) != bool(row["unbound"]), row["row"]
        assert bool(row["measure"]) == bool(row["of"]), row["row"]
    assert sum(bool(row["measure"]) for row in every) == 28  # as inputs/README.md says
    assert {row["calibration"] for row in made} <= {row["row"] for row in every if row["measure"]}
    assert len(made) >= 25


def test_rows_that_follow_from_inputs_are_told_apart(rows):
    """Losses of power, heat and water, failures of CHPs, the deficit of 2026 (peak less what is available) and its energy, km of 2026 (a target), cost of coal plants."""
    bound = {row["row"]: row["kind"] for row in rows[1] if row["measure"]}
    assert {key for key, kind in bound.items() if kind == "input"} == {
        "loss-power", "loss-heat", "loss-water-almaty", "chp-failures", "deficit-2026", "not-supplied", "km-2026", "cost-coal"}
    told("Eight rows follow from inputs", f"of the {sum(kind == 'output' for kind in bound.values())} others")


def test_each_unit_has_russian_words(rows):
    made, _ = rows
    assert [row["calibration"] for row in made if bool(row["as_unit"]) != bool(row["as_unit_ru"])] == []


def test_each_row_is_meant(case):
    _, tables = case
    assert list(calibration_is_meant(tables)) == []


def test_each_row_speaks_of_something(case):
    """But for balances, which the shipped case may not have yet."""
    built, tables = case
    without = {"filter": "area=Kazakhstan"} if not built.balances else {}
    found = [issue for issue in calibration_speaks_of_something(tables, derive(built)) if issue.value != without.get("filter")]
    assert found == []


def test_what_the_case_alone_tells(case):
    """Losses, added up here from the sheets."""
    built, tables = case
    factors = derive(built)
    value = {row.id: computed(factors, row, Plan()) for row in built.calibration if row.of_case}
    networks = [row for _, row in tables["networks"].records()]

    def lost(sector, times):
        lengths = ((row["km_total"] or row["km"]) * (row["losses"] or 0.0) for row in networks if row["asset_type"].startswith(sector))
        return times * sum(lengths)
    assert value["loss-power"] == pytest.approx(lost("line", 1e-6))
    assert value["loss-heat"] == pytest.approx(lost("heat", 1e-3))


def method():
    return next(row["text"] for _, row in shipped()["sources_and_method"].records() if row["topic"] == "calibration")


def told(*sentences):
    """Each sentence stands on the method page, with these numbers in it."""
    text = method()
    assert [one for one in sentences if one not in text] == []


def test_why_wear_lies_outside(case):
    """Of heat networks: the share renewed in 2025, what it takes off at the wear of the worst band, and what a year adds to the rest. Of lines: a km takes off its wear at most."""
    worst = [package for key, package in case[0].packages.items() if key.endswith("-heat-worst")]
    band = sum(package.km_total * package.wear for package in worst) / sum(package.km_total for package in worst)
    part = 323 / 14_000
    told(f"323 km of 2025 are {part:.1%} of 14,000 km".replace("%", " %"), f"at the {band:.0%} of the worst band".replace("%", " %"), f"take off {100 * part * band:.1f} points",
         f"a life of {worst[0].life:.0f} years adds {100 / worst[0].life:.0f} a year", "12 % of the lines cannot take off 15 points, at most 12")


def test_the_worst_heat_networks_are_those_published(case):
    """1,600 km are worn by 75 % and more: 87.5 % in the middle; with the rest of what is due they keep 7,000 km and the mean of 50 %."""
    heat = {key: package for key, package in case[0].packages.items() if package.asset_type == "heat_network"}
    worst = [package for key, package in heat.items() if key.endswith("-worst")]
    assert sum(package.km_total for package in worst) == pytest.approx(1600, abs=10)
    assert {package.wear for package in worst} == {0.875}
    assert sum(package.km_total for key, package in heat.items() if not key.endswith("-fair")) == pytest.approx(7000, abs=20)


def test_why_money_of_regions_lies_outside(case):
    """Published money over published km, beside what a km of each kind costs in the case."""
    costs = {package.asset_type: package.unit_cost * 1000 for package in case[0].packages.values()}
    km = 2 * (537 + 482)
    told(f"100 bn for 1,199 km of all kinds are {100_000 / 1199:.0f} mn KZT a km")
    told(f"64 bn for the {km:,} km of one company", f"are {64_000 / km:.0f} mn KZT a km", f"lines cost {costs['line_04_10']:.0f} below 35 kV and {costs['line_35_110']:.0f} at 35-110 kV",
         f"are {45_000 / 160:.0f} and {109_000 / 1000:.0f} mn KZT a km", f"a km costs {costs['water_network']:.0f} (water), {costs['sewer_network']:.0f} (sewer)",
         f"between {min(costs.values()):.0f} and {max(costs.values()) + 1e-6:.0f}")


def test_what_published_rows_are_compared_with(rows):
    """What the sources speak of: 2,038 km of the company (537 and 482 a year), 12 % of Zhetisu's 13,800 km, 64 bn on 13,000 of 21,900 km, 1,199, 1,000 and 160 km; the rest as stated."""
    times = {row["calibration"]: row["times"] for row in rows[0]}
    assert {key: times[key] for key in ("money-north", "money-karaganda", "money-pavlodar-2026", "money-shymkent")} == {
        "money-north": 2038, "money-karaganda": 1199, "money-pavlodar-2026": 1000, "money-shymkent": 160}
    assert times["power-zhetisu"] == -1656
    assert times["power-north"] == pytest.approx(-64 * 21_900 / 13_000, rel=1e-3)


def test_bands_are_those_of_the_table_before_any_plan(rows):
    """The bands of the rows whose measure was mended, as they were set: a fifth to each side of the published figure, or the spread that was stated."""
    bands = {row["calibration"]: (row["published"], row["least"], row["most"]) for row in rows[0]}
    assert {key: bands[key] for key in ("heat-points", "heat-almaty", "power-north", "power-zhetisu", "money-north", "money-turkistan", "money-shymkent", "money-karaganda",
                                        "money-pavlodar-2026", "cost-lines")} == {
        "heat-points": (0.87, 0.85, 0.96), "heat-almaty": (2.4, None, None), "power-north": (10.68, None, None), "power-zhetisu": (15, None, None), "money-north": (64, None, None),
        "money-turkistan": (60, None, None), "money-shymkent": (45, None, None), "money-karaganda": (100, None, None), "money-pavlodar-2026": (109, None, None),
        "cost-lines": (49, 34.8, 56)}


def test_the_cost_of_lines_is_compared_in_money_of_the_price_year(rows):
    """3,800 bn over 77,600 km."""
    told("amounts in money of 2025", f"({3_800_000 / 77_600:.0f} mn KZT a km)")
    assert next(row["measure"] for row in rows[0] if row["calibration"] == "cost-lines") == "spend_real"


def test_money_of_the_national_project_is_read_alike_everywhere(rows, case):
    """Unit costs are budgets of the project over its lengths, taken as money of the price year: 1,300 bn over 1,600 km of heat networks. So nothing is compared with those budgets in money of the day."""
    heat = next(package for package in case[0].packages.values() if package.asset_type == "heat_network")
    assert heat.unit_cost == pytest.approx(1300 / 1600)
    assert {(row["calibration"], column) for row in rows[0] for column in ("measure", "per") if row[column] == "spend"} == set()
    assert sum("spend_real" in (row["measure"], row["per"]) for row in rows[0]) == 11


def test_the_need_of_2026_is_in_money_of_the_programme(rows):
    """1,100 bn for 14,000 km and 6,778 bn for 86,500: the same money a km, so the plan is compared in money of the price year."""
    told(f"1,100 bn for 14,000 km is {1_100_000 / 14_000:.0f} mn KZT a km", f"6,778 bn for 86,500 are {6_778_000 / 86_500:.0f}")
    assert next(row["measure"] for row in rows[0] if row["calibration"] == "money-2026") == "spend_real"


def test_why_capacity_and_sewage_works_lie_outside(case):
    named = [facility for facility in case[0].facilities.values() if facility.asset_type == "wastewater_plant" and facility.counts]
    added = sum(case[0].facilities[key].quantities["mw_new"] for key in ("F017", "F020"))
    assert added == 418
    soon = sum(case[0].facilities[key].quantities["mw_new"] for key in ("F020", "F120", "F121"))
    every = sum(facility.quantities.get("mw_new", 0.0) for facility in case[0].facilities.values())
    later = sum(case[0].facilities[key].quantities["mw_new"] for key in ("F117", "F122"))
    assert (case[0].facilities["F117"].committed, case[0].facilities["F122"].committed) == (True, False)
    told(f"{every - later:,.1f} without unit 4 of GRES-2 (2030, as published) and the second plant of Kyzylorda (not under contract)")
    told(f"{sum(facility.quantities.get('mw_new', 0.0) for facility in case[0].facilities.values()):,.1f} of 7,300 MW, {soon:,.1f} by the end of 2026",
         "245 of the 2,640 of 2026", "1,100 MW in 2026; here the 418 MW that they add",
         f"{len(named)} of 45 are named, with {sum(facility.overnight for facility in named):.0f} bn of 2025")


def test_a_burst_of_heat_networks_costs_what_is_laid_anew_after_it(case):
    """40 km of pipe for 400 bursts, 1.7 bn KZT for 19 km of repairs, both in Ekibastuz: 100 m at 89.5 mn a km. Both are published, so the cost is sourced."""
    burst = next(package.bursts for key, package in case[0].packages.items() if key.endswith("-heat-due"))
    assert burst.consequence * 1000 == pytest.approx(40 / 400 * 1700 / 19, rel=1e-3)
    assert burst.sourced
    kind = next(row for _, row in shipped()["asset_types"].records() if row["asset_type"] == "heat_network")
    assert "bursts" in kind["estimated"]
    assert "repair_cost" not in kind["estimated"]
    page = next(row["text"] for _, row in shipped()["sources_and_method"].records() if row["topic"] == "failures_of_networks")
    assert f"of heat networks {burst.consequence * 1000:.2f} mn KZT: 100 m" in page


def test_why_failures_lie_outside(case):
    """The mean of 1,651 and 2,669 events on 17,500 km, and what the case alone gives."""
    built, _ = case
    value = {row.id: computed(derive(built), row, Plan()) for row in built.calibration if row.id in ("violations-pavlodar", "bursts-uralsk")}
    east = sum(package.km_total for package in built.packages.values() if package.region == "KZ-63" and package.asset_type in ("line_04_10", "line_35_110"))
    assert east == pytest.approx(35_000, rel=0.01)
    told(f"{(1651 + 2669) / 2 / 175:.1f} for 100 km in the mean of two years", f"380 outages on about 35,000 km ({380 / east * 100:.1f})", f"here {value['violations-pavlodar']:.1f}",
         f"(58 for 100 km; {value['bursts-uralsk']:.1f})")
