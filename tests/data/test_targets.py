"""Which years a target row speaks of, by its measure."""

import pytest

from jaryq.case.build import build
from jaryq.tables.typed import typed
from tests.workbooks import minimal_tables


def spans(measure, years):
    """(first, last) of each target made of one row, planned 2026 to 2028."""
    unit = {"km": "km", "share_done": "%"}.get(measure, "bn KZT")
    row = {"target": "T", "measure": measure, "years": years, "value": 1.0, "unit": unit, "priority": "1"}
    tables, issues = typed(minimal_tables(targets=[row]))
    assert [issue for issue in issues if issue.severity == "stop"] == []
    return [(target.year_first, target.year) for target in build(tables).targets]


@pytest.mark.parametrize("measure", ["km", "share_done", "spend", "draw", "debt_service", "subsidy", "debt_stock"])
def test_no_year_is_each_planned_year(measure):
    assert spans(measure, None) == [(2026, 2026), (2027, 2027), (2028, 2028)]


@pytest.mark.parametrize(("measure", "expected"), [
    ("debt_service", [(2028, 2031)]), ("subsidy", [(2028, 2031)]),
    ("debt_stock", [(2028, 2028), (2029, 2029), (2030, 2030), (2031, 2031)])])
def test_debt_goes_on_after_the_last_year(measure, expected):
    """Service and subsidy are summed over a range, stock holds at the end of each of its years."""
    assert spans(measure, "2028-2031") == expected


@pytest.mark.parametrize(("measure", "expected"), [("spend", [(2026, 2027)]), ("draw", [(2026, 2027)]),
                                                   ("km", [(2026, 2026), (2027, 2027)])])
def test_a_range_of_planned_years(measure, expected):
    assert spans(measure, "2026-2027") == expected
