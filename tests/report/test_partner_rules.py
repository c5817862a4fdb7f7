"""What the rules of a partner's products open and close, in words, by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jaryq.case.plan import Plan
from jaryq.factors.derive import derive
from jaryq.report.amounts import amounts
from jaryq.report.partner_page import partner_pages
from jaryq.report.partner_rules import rules, subject
from tests.cases import add, rule, source, tiny_case


def lender(key="L", **more):
    return source(key, **{"kind": "loan", "partner": "JP", "rate": 0.02, "grace": 1.0, "tenor": 2.0, "payments": 1, "signing_year": 2026, **more})


def told(*stated, **of_lender):
    """The rows of the block, in English and Russian, of the lender L with these rows of eligibility."""
    case = add(add(tiny_case(), "sources", lender(**of_lender)), "rules", *stated)
    block = rules(amounts(case, derive(case), Plan()), [case.sources["L"]])
    return [tuple(cell.en for cell in row) for row in block.rows], [tuple(cell.ru for cell in row) for row in block.rows]


def test_what_is_closed_comes_first_and_what_has_one_reason_is_one_row():
    """Two kinds closed for one reason, one open; nothing is said of a source without rows, nor of a closed one."""
    case = tiny_case()
    kinds = sorted(case.asset_types)
    assert len(kinds) >= 2
    names = {key: case.asset_types[key].name or key for key in kinds}
    stated = (rule("L", True, sector="heat", reason="heat is meant", reason_ru="нужно тепло"),
              *(rule("L", False, asset_type=key, reason="no coal", reason_ru="без угля") for key in kinds[:2]))
    english, russian = told(*stated)
    assert english == [("L", f"{names[kinds[0]]}; {names[kinds[1]]}", "no", "no coal"), ("L", "heat", "yes", "heat is meant")]
    assert [(row[2], row[3]) for row in russian] == [("нет", "без угля"), ("да", "нужно тепло")]
    assert told() == ([], [])
    assert told(*stated, open=False, closed_reason="closed") == ([], [])


def test_a_reason_without_russian_is_said_as_it_is():
    _, russian = told(rule("L", False, project="F1", reason="one project"))
    assert [row[3] for row in russian] == ["one project"]


@pytest.mark.parametrize(("of", "said"), [
    ({}, "anything"), ({"sector": "heat"}, "heat"), ({"project": "F1"}, "F1"), ({"sector": "heat", "region": "R1"}, "heat, R1")])
def test_what_a_row_speaks_of(of, said):
    case = tiny_case()
    assert subject(case, rule("L", **of)).en == said


def test_the_page_has_it_after_the_products():
    case = add(add(tiny_case(), "sources", lender()), "rules", rule("L", False, sector="heat", reason="no heat"))
    page, = (page for page in partner_pages(amounts(case, derive(case), Plan()), {}) if page.sheet == "partner_JP")
    assert [block.head.en for block in page.blocks][:2] == ["Products", "What its rules open and close"]


def test_names_are_those_of_the_workbook():
    case = tiny_case()
    key = min(case.asset_types)
    case = replace(case, asset_types={**case.asset_types, key: replace(case.asset_types[key], name="Coal plant", name_ru="Угольная станция")})
    said = subject(case, rule("L", asset_type=key))
    assert (said.en, said.ru) == ("Coal plant", "Угольная станция")
