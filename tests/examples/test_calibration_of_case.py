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
    """Of heat networks: the share renewed in 2025, what it takes off at the wear of the worn band, and what a year adds."""
    worn = [package for key, package in case[0].packages.items() if key.endswith("-heat-due")]
    band = sum(package.km_total * package.wear for package in worn) / sum(package.km_total for package in worn)
    part = 323 / 14_000
    told(f"323 km are {part:.1%} of 14,000 km".replace("%", " %"), f"at the {band:.0%} of the worn band".replace("%", " %"), f"take off {100 * part * band:.1f} points",
         f"a life of {worn[0].life:.0f} years adds {100 / worn[0].life:.0f} a year")


def test_why_money_of_regions_lies_outside(case):
    """Published money over published km, beside the cheapest and the dearest km of the case."""
    costs = [package.unit_cost * 1000 for package in case[0].packages.values()]
    told(f"{64_000 / (4 * (537 + 482) / 2):.0f} mn KZT a km over four years", f"are {100_000 / 1199:.0f}, {45_000 / 160:.0f} and {109_000 / 1000:.0f} mn KZT a km",
         f"a km costs {min(costs):.0f} to {max(costs) + 1e-6:.0f},")


def test_why_the_cost_of_lines_lies_outside(case):
    """3,800 bn over 77,600 km in money of the price year, and how far construction prices rise by the first and the last planned year."""
    level = case[0].indices["construction"].levels
    told(f"cost {3_800_000 / 77_600:.0f} mn KZT a km in money of 2025, {level[2026] / level[2025]:.2f} to {level[2030] / level[2025]:.2f} times as much")


def test_why_capacity_and_sewage_works_lie_outside(case):
    named = [facility for facility in case[0].facilities.values() if facility.asset_type == "wastewater_plant" and facility.counts]
    soon = sum(case[0].facilities[key].quantities["mw_new"] for key in ("F020", "F120", "F121"))
    told(f"{sum(facility.quantities.get('mw_new', 0.0) for facility in case[0].facilities.values()):,.1f} of 7,300 MW, {soon:,.1f} by the end of 2026",
         f"{len(named)} of 45 are named, with {sum(facility.overnight for facility in named):.0f} bn of 2025")


def test_why_failures_lie_outside(case):
    """The mean of 1,651 and 2,669 events on 17,500 km, and what the case alone gives."""
    built, _ = case
    value = {row.id: computed(derive(built), row, Plan()) for row in built.calibration if row.id in ("violations-pavlodar", "bursts-uralsk")}
    told(f"({(1651 + 2669) / 2 / 175:.1f} for 100 km in the mean of two years, {value['violations-pavlodar']:.1f} here)", f"(58; {value['bursts-uralsk']:.1f})")
