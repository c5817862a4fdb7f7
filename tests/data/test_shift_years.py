"""What a shift means for each family of years, by hand: amounts move and are not doubled, levels stay as they were
until they come, and a year without a column is one with a blank cell (docs/numbers.md, Scenarios that shift)."""

import re
from pathlib import Path

import pytest

from jaryq.sheets.inputs import INPUTS
from jaryq.tables.change import Change
from jaryq.tables.scenarios import apply
from jaryq.tables.tables import Table, Tables

FAMILIES = {f"{sheet.name}.{column.name}": column.yearly for sheet in INPUTS for column in sheet.columns
            if column.family == "year"}
NUMBERS = Path(__file__).parents[2] / "docs" / "numbers.md"


def shifted(family, cells, by, years="", *, first=2026, last=2028, empty=(), sheets=None, **row):
    """The members of a family in one row after a shift of its sheet; ``empty``: years with a column and no value."""
    sheet, prefix = family.split(".")
    record = {**row, **{f"{prefix}{year}": cells.get(year) for year in sorted({*cells, *empty})}}
    settings = [{"setting": "first_year", "value": first}, {"setting": "last_year", "value": last}]
    given = {"settings": settings, sheet: [record], **(sheets or {})}
    tables = Tables("t", {name: Table.of(name, records) for name, records in given.items()})
    done, _, issues = apply(tables, [Change(sheet, "", prefix, years, "shift", str(by), "scenario_changes", "4")])
    found = {name: value for name, value in done[sheet].frame.iloc[0].items() if value is not None}
    after = {int(name[-4:]): value for name, value in found.items() if name not in row}
    return after, [issue.value for issue in issues if issue.code == "shift_lost"]


def rows_of_the_document():
    """What docs/numbers.md says that the years of each family are."""
    text = NUMBERS.read_text(encoding="utf-8")
    table = text[text.index("| years of | are |"):].split("\n\n")[0].splitlines()[2:]
    said = {}
    for line in table:
        which, what = (cell.strip() for cell in line.strip("|").split("|")[:2])
        for sheet, prefixes in re.findall(r"(\w+)((?: `\w+_`)*)", which):
            for prefix in re.findall(r"`(\w+)`", prefixes) or [""]:
                said[f"{sheet}.{prefix}"] = what
    return said


def test_every_family_is_said_in_the_document():
    """numbers.md names each family of years of the input, and what it says is what is declared with it."""
    assert rows_of_the_document() == {name: yearly.late for name, yearly in FAMILIES.items()}


@pytest.mark.parametrize("family", sorted(FAMILIES))
@pytest.mark.parametrize("by", [2, 1, -1])
@pytest.mark.parametrize("years", ["", "2026", "2027", "2028"])
def test_a_column_without_values_changes_nothing(family, by, years):
    """Figures in 2026 and 2028 of the planned years to 2029: the year between, and the years after, have a column or
    not."""
    cells = {2026: 5.0, 2028: 7.0}
    without = shifted(family, cells, by, years, last=2029)
    assert shifted(family, cells, by, years, last=2029, empty=(2025, 2027, 2029, 2030)) == without


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_a_year_late(family):
    """5 in 2026, 6 in 2027, 7 in 2028 a year late. Amounts: 18 in all, as before. Levels: 5 until the 5 of 2026
    comes."""
    left = {"work": {}, "rule": {}, "money": {2026: 0}, "level": {2026: 5.0}}[FAMILIES[family].late]
    after, lost = shifted(family, {2026: 5.0, 2027: 6.0, 2028: 7.0}, 1)
    assert (after, lost) == ({**left, 2027: 5.0, 2028: 6.0, 2029: 7.0}, [])


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_two_years_late(family):
    """No year repeats what was meant for another one: a capacity of 5, 7 does not fall back from 7 to 5."""
    left = {"work": {}, "rule": {}, "money": {2026: 0, 2027: 0}, "level": {2026: 5.0, 2027: 5.0}}[FAMILIES[family].late]
    after, _ = shifted(family, {2026: 5.0, 2027: 7.0}, 2, last=2027)
    if FAMILIES[family].carried:
        left.pop(2027)  # blank, which is as the year before
    assert after == {**left, 2028: 5.0, 2029: 7.0}


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_one_year_alone(family):
    """What stands in 2026 comes a year later, 2027 does not move. Work and money are 12 in all, as before; of rules and
    levels that of 2026 holds in 2027; what does not move stays: 7 in 2028."""
    after, _ = shifted(family, {2026: 5.0, 2027: 7.0, 2028: 7.0}, 1, "2026")
    assert after == {"work": {2027: 12.0, 2028: 7.0}, "money": {2026: 0, 2027: 12.0, 2028: 7.0},
                     "rule": {2027: 5.0, 2028: 7.0},
                     "level": {2026: 5.0, 2027: 5.0, 2028: 7.0}}[FAMILIES[family].late]


@pytest.mark.parametrize(("family", "cells", "by", "years", "after", "row"), [
    # peaks 100, 100, 120 (2027 as 2026): late 100, 100, 100, 120
    ("balances.peak_", {2026: 100.0, 2028: 120.0}, 1, "", {2026: 100.0, 2027: 100.0, 2029: 120.0}, {}),
    # a year early: 100 (of 2027), 120
    ("balances.peak_", {2026: 100.0, 2028: 120.0}, -1, "", {2026: 100.0, 2027: 120.0}, {}),
    # 2025 is before the plan: 90, 90 (2026 as 2025), 120; late 90, 90, 120
    ("balances.peak_", {2025: 90.0, 2027: 120.0}, 1, "", {2025: 90.0, 2028: 120.0}, {}),
    ("balances.peak_", {2025: 90.0, 2027: 120.0}, -1, "", {2025: 90.0, 2026: 120.0}, {}),
    # the 100 of 2027 in 2028 (blank); 2029, as 2028 before, says 120
    ("balances.available_", {2026: 100.0, 2028: 120.0}, 1, "2027", {2026: 100.0, 2029: 120.0}, {}),
    ("ties.", {2026: 50.0}, -3, "", {2026: 50.0}, {}),
    # 10 % a year: 2026 has 5.5; late 5.5, 5.5, 6.05 (blank), and 8 in 2029 in place of 2028
    ("crews.", {2025: 5.0, 2028: 8.0}, 1, "", {2025: 5.0, 2027: 5.5, 2029: 8.0}, {"growth": 10.0}),
    ("crews.", {2026: 5.0}, -1, "", {2026: 5.5}, {"growth": 10.0}),
    # 110 in 2026, then 5 % a year: a year early 115.5
    ("price_indices.", {2025: 100.0, 2026: 110.0}, -1, "", {2025: 100.0, 2026: 115.5}, {"long_run": 5.0}),
    # after 2027 the rate is 8; the 10 of 2026 in 2027, then 8 as before
    ("reference_rates.", {2026: 10.0, 2027: 9.0}, 1, "2026", {2026: 10.0, 2027: 10.0}, {"long_run": 8.0}),
    ("reference_rates.", {2026: 10.0}, -1, "", {2026: 8.0}, {"long_run": 8.0}),
    # cash of 20 grows by 10 % after 2027: in 2028 22; that of 2026 in 2027, and 22 in 2028 says so
    ("borrowers.cash_", {2026: 15.0, 2027: 20.0}, 1, "2026", {2026: 15.0, 2027: 15.0, 2028: 22.0}, {"growth": 10.0}),
    # without growth there is no cash in 2028, and none is made up
    ("borrowers.cash_", {2026: 15.0, 2027: 20.0}, 1, "2026", {2026: 15.0, 2027: 15.0}, {}),
    # a moratorium is a year late: rise holds in the year it leaves
    ("tariffs.rise_", {2026: 0.0}, 1, "", {2027: 0.0}, {"rise": 12.0}),
    # wishes of 5 and 7 km are 12 km
    ("overrides.km_", {2026: 5.0, 2028: 7.0}, 1, "", {2027: 5.0, 2029: 7.0}, {}),
    ("overrides.km_", {2026: 5.0, 2027: 7.0}, 1, "2026", {2027: 12.0}, {}),
    ("facilities.spend_", {2026: 3.0, 2028: 4.0}, 1, "", {2027: 3.0, 2029: 4.0}, {}),
    ("borrowers.other_", {2026: 3.0, 2027: 4.0}, -1, "", {2026: 4.0}, {}),
])
def test_what_blanks_mean_moves(family, cells, by, years, after, row):
    """Each with and without columns for the years that are blank."""
    for empty in ((), range(2025, 2032)):
        assert shifted(family, cells, by, years, empty=empty, **row)[0] == pytest.approx(after)


@pytest.mark.parametrize(("cells", "by", "years", "source", "after"), [
    # 2, no limit, 3: late 0, 2, no limit, 3
    ({2026: 2.0, 2028: 3.0}, 1, "", {}, {2026: 0, 2027: 2.0, 2029: 3.0}),
    # 10, 20, no limit: early 20, no limit, and nothing in 2028, whose money has come
    ({2026: 10.0, 2027: 20.0}, -1, "", {}, {2026: 20.0, 2028: 0}),
    # what is late joins what is without limit, which stays so
    ({2026: 10.0, 2027: 20.0}, 1, "2027", {}, {2026: 10.0, 2027: 0}),
    ({2026: 10.0, 2027: 20.0, 2028: 5.0}, 1, "2027", {}, {2026: 10.0, 2027: 0, 2028: 25.0}),
    # draws from 2027: 2026 is no money, and so is 2027 where it has come to
    ({2027: 10.0, 2028: 20.0}, 1, "", {"available_from": 2027}, {2026: 0, 2027: 0, 2028: 10.0, 2029: 20.0}),
    # draws to 2027: after them no money, not money without limit
    ({2026: 10.0, 2027: 20.0}, 1, "", {"available_to": 2027}, {2026: 0, 2027: 10.0, 2028: 20.0}),
    ({2026: 10.0, 2027: 20.0}, -1, "", {"available_to": 2027}, {2026: 20.0, 2027: 0, 2028: 0}),
    # no ceiling at all is no limit in any year: a year late, nothing in the first
    ({}, 1, "", {}, {2026: 0}),
])
def test_ceilings(cells, by, years, source, after):
    """A blank year of draws is without limit, one outside of them has no money."""
    sheets = {"sources": [{"source_id": "S", **source}]}
    for empty in ((2026,), range(2025, 2032)):
        assert shifted("source_years.", cells, by, years, empty=empty, sheets=sheets, source_id="S")[0] == after


def test_a_level_that_goes_on_is_not_lost():
    """Peaks 100, 110, 120 two years early: 120; told are 100 and 110. 100, 100, 120 a year early: 100, 120; nothing."""
    assert shifted("balances.peak_", {2026: 100.0, 2027: 110.0, 2028: 120.0}, -2) == ({2026: 120.0}, ["100", "110"])
    assert shifted("balances.peak_", {2026: 100.0, 2028: 120.0}, -1)[1] == []
