"""Known kinds of damage at random cells of the shipped workbook (cut down): one to three of them give exactly their
issues; junk gives issues, never an exception."""

import contextlib
import io
import json
from collections import Counter
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jaryq.api.accepted import all_issues
from jaryq.commands.cli import main
from jaryq.tables.tables import Tables
from jaryq.workbook.read import read_all
from tests.damage.book import letters_of
from tests.damage.kinds import JUNK, Hit, damage, hits, overwritten, spots, stored
from tests.damage.small import small
from tests.damage.test_damage import OF_THE_BASE

STEADY = {"deadline": None, "derandomize": True, "suppress_health_check": [HealthCheck.too_slow,
    HealthCheck.data_too_large]}


@cache
def base() -> Tables:
    with TemporaryDirectory() as folder:
        return read_all(small().copy().save(Path(folder) / "case.xlsx")).tables


@cache
def damages():
    """Every damage by its code, so that each code is as likely as another."""
    found: dict[str, list[Hit]] = {}
    for spot in spots(base()):
        for hit in hits(spot):
            found.setdefault(hit.code, []).append(hit)
    return found


@cache
def every_cell():
    """Sheet, position and heading of every cell, keys as well."""
    return [(name, position, heading) for name, table in base().sheets.items() for position in range(len(table))
            for heading in table.frame.columns]


@st.composite
def some_damage(draw):
    """One to three damages of different cells."""
    done: dict[tuple[str, str], Hit] = {}
    for _ in range(draw(st.integers(1, 3))):
        code = draw(st.sampled_from(sorted(damages())))
        hit = damages()[code][draw(st.integers(0, len(damages()[code]) - 1))]
        done.setdefault((hit.spot.sheet, hit.spot.cell), hit)
    return list(done.values())


def told(issues):
    return Counter((issue.code, f"{issue.sheet}!{issue.cell}") for issue in issues if issue.code not in OF_THE_BASE)


def deserved(done):
    """Each hit at its cell; several references to one sheet without rows are told once, of the sheet."""
    found = Counter((hit.code, f"{hit.spot.sheet}!{hit.spot.cell}") for hit in done)
    lost = Counter(hit.spot.column.ref for hit in done if hit.code == "unknown_reference"
                   and not len(base().get(hit.spot.column.ref)))
    for hit in done:
        if hit.code == "unknown_reference" and lost[hit.spot.column.ref] > 1:
            del found[hit.code, f"{hit.spot.sheet}!{hit.spot.cell}"]
            found["sheet_absent", f"{hit.spot.column.ref}!"] = 1
    return found


def test_every_kind_has_many_places():
    assert {code: len(found) > 10 for code, found in damages().items()} == dict.fromkeys(damages(), True)
    assert len(damages()) == 15


@settings(max_examples=450, **STEADY)
@given(some_damage())
def test_damage_of_tables(done):
    issues = all_issues(damage(base(), done), [])
    assert told(issues) == deserved(done), [issue.say() for issue in issues]


# --- through files and the command line -------------------------------------------------------------------------------

ONLY_IN_FILES = {
    "error_value": lambda book, place: book.put(place, "#REF!", error=True),
    "formula_without_value": lambda book, place: book.put(place, None, formula="1+1"),
}


def checked(book):
    """Exit code of the command, its issues, and what it says on the error stream."""
    said, wrong = io.StringIO(), io.StringIO()
    with TemporaryDirectory() as folder, contextlib.redirect_stdout(said), contextlib.redirect_stderr(wrong):
        code = main(["check", str(book.save(Path(folder) / "case.xlsx")), "--format", "json"])
    return code, json.loads(said.getvalue())["issues"], wrong.getvalue()


@settings(max_examples=50, **STEADY)
@given(some_damage(), st.sampled_from([None, *ONLY_IN_FILES]), st.integers(0, 10**6))
def test_damage_of_files(done, also, place):
    book = small().copy()
    expected = deserved(done)
    for hit in done:
        book.put(f"{hit.spot.sheet}!{hit.spot.cell}", **stored(hit.value))
    if also:
        spot = spots(base())[place % len(spots(base()))]
        if (spot.sheet, spot.cell) not in {(hit.spot.sheet, hit.spot.cell) for hit in done}:
            ONLY_IN_FILES[also](book, f"{spot.sheet}!{spot.cell}")
            code = "error_in_remark" if also == "error_value" and spot.heading == "note" else also
            expected[code, f"{spot.sheet}!{spot.cell}"] += 1
    code, issues, wrong = checked(book)
    assert Counter((issue["code"], f"{issue['sheet']}!{issue['cell']}") for issue in issues
                   if issue["code"] not in OF_THE_BASE) == expected
    assert code == (2 if any(issue["severity"] == "stop" for issue in issues) else 0)
    assert wrong == ""


# --- junk -------------------------------------------------------------------------------------------------------------

def assert_sayable(issues):
    for issue in issues:
        assert issue.say()
        assert issue.say("ru")


@settings(max_examples=150, **STEADY)
@given(st.lists(st.tuples(st.integers(0, 10**6), JUNK), min_size=1, max_size=20))
def test_junk_in_tables(cells):
    everything = every_cell()
    tables = base()
    for number, value in cells:
        tables = overwritten(tables, *everything[number % len(everything)], value)
    assert_sayable(all_issues(tables, []))


@settings(max_examples=40, **STEADY)
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 60), st.integers(1, 40), JUNK), min_size=1,
                max_size=20))
def test_junk_in_files(cells):
    """Anywhere on a sheet: keys, headings, titles, beside the tables."""
    book = small().copy()
    names = [name for name in book.known() if not name.startswith("#")]
    for number, column, row, value in cells:
        book.put(f"{names[number % len(names)]}!{letters_of(column + 1)}{row}", **stored(value))
    code, _, wrong = checked(book)
    assert code in (0, 2)
    assert wrong == ""
