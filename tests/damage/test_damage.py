"""Workbooks damaged on purpose, nearly all from the shipped one: each gives exactly the issues that its damage
deserves, at their cells, and no other."""

import time
from collections import Counter
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest

from jaryq.api.accepted import all_issues
from jaryq.base.issues import stops
from jaryq.sheets.inputs import INPUT
from jaryq.tables.typed import typed
from jaryq.workbook.annotated.copy import annotate
from jaryq.workbook.read import read_all
from tests.damage.book import KEYS, named, split
from tests.damage.files import FILES
from tests.damage.reading import READING
from tests.damage.rows import ROWS
from tests.damage.sense import SENSE
from tests.damage.small import small
from tests.damage.works import WORKS

CASES = [*READING, *ROWS, *SENSE, *WORKS]


def place(name, base):
    """Sheet and cell of a place of the base; ``+1`` is the row below the last one, ``~`` the first blank one."""
    sheet, _, rest = name.partition("!")
    key, _, column = rest.partition(".")
    if not key.startswith(("+", "~")):
        return "!".join(base.at(name)) if rest else f"{sheet}!"
    filled = {row for row, cells in base.values(sheet).items() if cells}
    row = next(row for row in range(5, 1000) if row not in filled) if key == "~" else max(3, *filled) + int(key)
    letters = split(base.at(f"{sheet}!#.{column}")[1])[0]
    return f"{sheet}!{letters}{row}"


def expected(case):
    base = small(getattr(case, "scenarios", False))
    return Counter((code, place(where.partition("@")[0], base), where.partition("@")[2]) for code, where in case.issues)


def found_in(path):
    reading = read_all(path)
    return reading, all_issues(reading.tables, reading.issues)


OF_THE_BASE = ("months_rounded", "savings_follow_cost", "tariffs_absent")
"""What the base itself deserves: its kinds take months that make no whole quarters, savings of many of its rows are a
part of their cost, and no bills of consumers are stated."""


def told(issues):
    return Counter((issue.code, f"{issue.sheet}!{issue.cell}", issue.scenario) for issue in issues
                   if issue.code not in OF_THE_BASE)


@pytest.mark.parametrize("scenarios", [False, True])
def test_the_base_has_no_issues(tmp_path, scenarios):
    assert told(found_in(small(scenarios).copy().save(tmp_path / "case.xlsx"))[1]) == Counter()


def test_the_names_of_cases_are_their_own():
    assert [name for name, count in Counter(case.name for case in CASES).items() if count > 1] == []


def damaged(case, tmp_path):
    book = small(case.scenarios).copy()
    case.damage(book)
    return book.save(tmp_path / "case.xlsx")


def assert_said(case, issues):
    assert told(issues) == expected(case), [issue.say() for issue in issues]
    if case.says:
        assert any(case.says in issue.say() for issue in issues)
    for issue in issues:
        assert "{" not in issue.say() + issue.say("ru")
        assert issue.say() != issue.say("ru")


@pytest.mark.parametrize("case", READING, ids=lambda case: case.name)
def test_read(tmp_path, case):
    """What is repaired or only told leaves every other cell as it is; what stops is told once, also by all rules."""
    reading = read_all(damaged(case, tmp_path))
    tables, more = typed(reading.tables)
    issues = [*reading.issues, *more]
    if stops(issues):
        issues = all_issues(reading.tables, reading.issues)
    assert_said(case, issues)
    if not stops(issues):
        values, before = cells_of(tables), cells_of(undamaged())
        assert {where: values[where] for where in case.reads} == case.reads
        changed = {old for old, new in zip(before, values, strict=True) if before[old] != values[new]}
        assert changed <= {where for _, where in case.issues} | case.reads.keys()


@pytest.mark.parametrize("case", [*ROWS, *SENSE, *WORKS], ids=lambda case: case.name)
def test_checked(tmp_path, case):
    reading = read_all(damaged(case, tmp_path))
    assert_said(case, all_issues(reading.tables, reading.issues))
    if case.reads:
        values = cells_of(typed(reading.tables)[0])
        assert {where: values[where] for where in case.reads} == case.reads


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_file(tmp_path, file):
    (tmp_path / "here").mkdir()
    begun = time.process_time()
    reading = read_all(file.make(tmp_path / "here"))
    tables, more = typed(reading.tables)
    issues = [*reading.issues, *more]
    assert_said(file, all_issues(reading.tables, reading.issues) if stops(issues) else issues)
    assert time.process_time() - begun < 10
    if file.same:
        assert cells_of(tables) == cells_of(undamaged())


MARKED = ("decimal_comma", "error_value", "heading_twice", "number_merged", "rows_hidden", "sheet_by_its_title",
          "table_further_right", "everything_wrong_in_one_go")


@pytest.mark.parametrize("case", [case for case in READING if case.name in MARKED], ids=lambda case: case.name)
def test_a_marked_copy_reads_as_the_original(tmp_path, case):
    path = damaged(case, tmp_path)
    reading, issues = found_in(path)
    assert annotate(path, tmp_path / "marked.xlsx", issues, "ru").why is None
    assert told(found_in(tmp_path / "marked.xlsx")[1]) == told(issues) == expected(case)
    assert set(reading.tables.sheets) == set(INPUT)


def test_a_workbook_with_a_lost_part_is_not_marked_but_listed(tmp_path):
    """The page of issues would take the name of the lost part, and its place."""
    path = next(file for file in FILES if file.name == "sheet_lost").make(tmp_path)
    _, issues = found_in(path)
    made = annotate(path, tmp_path / "marked.xlsx", issues, "en")
    assert made.why is not None
    assert "is missing" in made.why.say("en")
    assert openpyxl.load_workbook(made.path).sheetnames == ["#issues"]


@cache
def undamaged():
    with TemporaryDirectory() as folder:
        return typed(read_all(small().copy().save(Path(folder) / "case.xlsx")).tables)[0]


def cells_of(tables):
    """Every typed value by its place, in the order of rows."""
    return {f"{sheet}!{'|'.join(map(named, row[:KEYS.get(sheet, 1)]))}.{column}": value
            for sheet, table in tables.sheets.items() for row in table.frame.to_numpy().tolist()
            for column, value in zip(table.frame.columns, row, strict=True)}
