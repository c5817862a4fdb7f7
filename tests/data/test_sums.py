"""Rows equal to the sums of those above. Each sum is added up by hand in the comment beside it."""

import pytest

from jaryq.rules.sums import rows_of_sums
from jaryq.tables.tables import Table, Tables
from jaryq.tables.typed import typed


def told(sheet, *records):
    tables, _ = typed(Tables("case", {sheet: Table.of(sheet, records)}))
    return [(issue.code, issue.cell, issue.slots["first"], issue.slots["last"]) for issue in rows_of_sums(tables)]


def facility(key, **numbers):
    return {"facility": key, "name": key, **numbers}


A, B, C = facility("A", cost=5.1, savings=1.0, works_months=12), facility("B", cost=6.2, savings=2.0,
    works_months=18), facility("C", cost=0.3, savings=0.5)


@pytest.mark.parametrize("row", [
    {"cost": 11.3, "savings": 3.0, "works_months": 30},  # 5.1 + 6.2; 1 + 2; 12 + 18
    {"cost": 11.3, "savings": 3.0},
    {"cost": 11.3, "works_months": 30},  # all its numbers, although months are not amounts
])
def test_a_sum_of_two_rows(row):
    assert told("facilities", A, B, facility("Heat of Astana", **row), C) == [("row_of_sums", "A6", 4, 5)]


@pytest.mark.parametrize("row", [
    {"cost": 11.3, "savings": 3.1},
    {"cost": 11.3},  # one column may be chance
    # a plant of its own that happens to cost as much, with the savings that follow from the cost
    {"cost": 11.3, "savings": 3.0, "capacity": 40},
    {"works_months": 30, "procurement_months": 0},
])
def test_no_sum(row):
    assert told("facilities", A, B, facility("Heat of Astana", **row), C) == []


def test_sums_of_parts_and_the_sum_of_all():
    """5.1 + 6.2 = 11.3 and 1 + 2 = 3; 0.3 + 1 = 1.3 and 0.5 + 1 = 1.5; all four: 12.6 and 4.5, the sums of parts left
    out."""
    d = facility("D", cost=1.0, savings=1.0)
    rows = [A, B, facility("north", cost=11.3, savings=3.0), C, d, facility("south", cost=1.3, savings=1.5),
            facility("both", cost=12.6, savings=4.5)]
    assert told("facilities", *rows) == [("row_of_sums", "A6", 4, 5), ("row_of_sums", "A9", 7, 8),
                                         ("row_of_sums", "A10", 4, 8)]


def test_ceilings_of_years():
    """10 + 7 = 17 in 2026, 4 + 1 = 5 in 2027; the third source gives nothing and stands between."""
    rows = [{"source_id": "S1", "2026": 10.0, "2027": 4.0}, {"source_id": "S2", "2026": 7.0, "2027": 1.0},
            {"source_id": "S3", "2026": 0.0, "2027": 0.0},
            {"source_id": "S4", "2026": 17.0, "2027": 5.0}]
    assert told("source_years", *rows) == [("row_of_sums", "A7", 4, 6)]


def test_prices_do_not_add_up():
    rows = [{"index": "a", "2026": 1.0, "2027": 2.0}, {"index": "b", "2026": 1.0, "2027": 2.0},
            {"index": "c", "2026": 2.0, "2027": 4.0}]
    assert told("price_indices", *rows) == []


def test_a_rounded_sum():
    """5.14 + 6.23 = 11.37, written 11.4; 1.05 + 2.02 = 3.07, written 3.1. 11.3 is no rounding of it. Rows of whole
    numbers are added up exactly."""
    parts = [facility("A", cost=5.14, savings=1.05), facility("B", cost=6.23, savings=2.02)]
    assert told("facilities", *parts, facility("T", cost=11.4, savings=3.1)) == [("row_of_sums", "A6", 4, 5)]
    assert told("facilities", *parts, facility("T", cost=11.3, savings=3.1)) == []
    whole = [facility("A", cost=5, savings=1), facility("B", cost=6, savings=2)]
    assert told("facilities", *whole, facility("T", cost=11, savings=3)) == [("row_of_sums", "A6", 4, 5)]
    assert told("facilities", *whole, facility("T", cost=11.4, savings=3.1)) == []


def test_a_sum_above_its_rows():
    """5.1 + 6.2 = 11.3 and 1 + 2 = 3 stand above the two."""
    assert told("facilities", facility("Heat of Astana", cost=11.3, savings=3.0), A, B,
                C) == [("row_of_sums", "A4", 5, 6)]
