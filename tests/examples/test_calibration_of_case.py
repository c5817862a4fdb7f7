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
