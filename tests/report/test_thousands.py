"""Numbers of pages have the mark of thousands of their language: 2,600 in English, 2 600 in Russian."""

import ast
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

import jaryq
from jaryq.api.accepted import accept
from jaryq.api.clock import Clock
from jaryq.api.verified import decide
from jaryq.base.text import Text
from jaryq.handover.front import front
from jaryq.report.build import build_report
from jaryq.workbook.plan_style import number_format
from tests.hand.test_from_workbooks import book, facility

ROOMS = ("report", "handover", "uncertainty")


def counts_as_they_are(source):
    """Lines of a text's pieces that put a count (``len``, ``sum``) between words as Python writes it."""
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Text":
            for piece in ast.walk(call):
                if isinstance(piece, ast.FormattedValue) and isinstance(piece.value, ast.Call) \
                        and isinstance(piece.value.func, ast.Name) and piece.value.func.id in ("len", "sum"):
                    yield piece.lineno


@pytest.mark.parametrize("room", ROOMS)
def test_no_text_counts_without_a_mark(room):
    """A count of more than 999 looks like a year there; ``number`` and ``counted`` write it in both languages."""
    files = sorted((Path(jaryq.__file__).parent / room).rglob("*.py"))
    assert len(files) > 5
    assert [f"{file.name}:{line}" for file in files for line in counts_as_they_are(file.read_text("utf-8"))] == []


def test_a_count_as_it_is_is_seen():
    assert list(counts_as_they_are('Text(f"of {len(rows)}", "x")')) == [1]
    assert list(counts_as_they_are('x = number(len(rows))\nText(f"of {x.en}", f"из {x.ru}")')) == []


@pytest.mark.parametrize(("unit", "values", "form"), [
    ("persons", [595676.0, 12.0], '#,##0;[Red]-#,##0;"–"'), ("thousand KZT", [1877.03], '#,##0.0;[Red]-#,##0.0;"–"'),
    ("thousand KZT", [877.03], "General"), ("year", [2026], "0"), ("", [2026], "General"),
])
def test_columns_of_large_numbers_have_marks_and_years_have_none(unit, values, form):
    assert number_format(unit, values) == form


def texts(thing):
    """All texts of a page, wherever they stand."""
    if isinstance(thing, Text):
        yield thing
    elif is_dataclass(thing):
        yield from (text for one in fields(thing) for text in texts(getattr(thing, one.name)))
    elif isinstance(thing, Mapping):
        yield from (text for one in thing.values() for text in texts(one))
    elif isinstance(thing, list | tuple | frozenset):
        yield from (text for one in thing for text in texts(one))


def bare(said):
    """Numbers of four digits and more without a mark, years left out."""
    return [found for found in re.findall(r"(?<![\d.,:_-])\d{4,}(?![\d])", said) if not 1990 <= int(found) <= 2060]


def test_front_pages_of_many_checks_have_marks():
    """One facility, its own checks over and over until they are some thousand."""
    made = book(facilities=[facility("A", 1, savings=9)])
    done = decide(accept(made, []), Clock(), lambda _: None)
    findings = (done.findings * (3000 // len(done.findings) + 1))[:2600]
    report = build_report(done.accepted.case, done.accepted.factors, done.solution, findings)
    said = [text for page in front(done.accepted.case, report) for text in texts(page)]
    assert any(one.en == "of 2,600, by independent recomputation" for one in said)
    assert any(one.ru == "из 2\u00a0600, независимый пересчёт" for one in said)
    assert [number for one in said for number in (*bare(one.en), *bare(one.ru))] == []


def test_a_bare_number_is_seen():
    assert bare("of 2600, in 2026 and 2,600 of 12 500") == ["2600"]
