"""Every column of numbers has bounds: an absurd value is told at its cell, whatever the column."""

import pytest

from jaryq.sheets.inputs import INPUTS
from jaryq.sheets.settings import SETTING_COLUMNS
from jaryq.tables.convert import convert
from jaryq.tables.tables import Table, Tables
from jaryq.tables.typed import typed

ABSURD = (1e30, -1e30, 1e12, -1e12)
NUMBERS = [(sheet.name, column) for sheet in INPUTS if not sheet.free for column in sheet.columns
           if column.kind in ("number", "integer") or column.numbers]
NUMBERS += [("settings", column) for column in SETTING_COLUMNS if column.kind in ("number", "integer")]


def test_there_are_many():
    assert len(NUMBERS) > 150


@pytest.mark.parametrize(("sheet", "column"), NUMBERS, ids=lambda part: getattr(part, "name", part))
def test_an_absurd_value_stops(sheet, column):
    for value in ABSURD:
        for typed_as in (value, f"{value:.0f}"):
            _, faults = convert(column, typed_as)
            assert [fault.code for fault in faults if fault.code.startswith("value_")] != [], (sheet, column.name,
                typed_as)


@pytest.mark.parametrize("value", ABSURD)
def test_it_is_told_at_its_cell(value):
    """Savings of -1e30 mn KZT per km once passed without a word."""
    rows = [{"package": "N1", "km": 5.0, "unit_cost": 800.0, "savings": value}]
    _, issues = typed(Tables("absurd", {"networks": Table.of("networks", rows)}))
    assert [(issue.code, issue.cell) for issue in issues if issue.column == "savings"] == [("value_above_maximum"
        if value > 0 else "value_below_minimum", "D4")]


@pytest.mark.parametrize("value", [2e6, "2000000"], ids=["number", "text"])
def test_a_target_has_the_bound_of_the_unit_of_its_row(value):
    """2 mn km stop, as many facilities do not: 1 mn km and 10 mn facilities are the most of their kinds."""
    rows = [{"target": f"T{place}", "measure": measure, "value": value, "unit": measure}
            for place, measure in enumerate(("km", "facilities"))]
    _, issues = typed(Tables("absurd", {"targets": Table.of("targets", rows)}))
    told = [(issue.code, issue.cell, issue.slots["limit"]) for issue in issues if issue.column == "value"
            and issue.severity == "stop"]
    assert told == [("value_above_maximum", "C4", "1000000")]
