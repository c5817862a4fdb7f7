"""What the rules of a partner's products open and close, in words, by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jaryq.case.plan import Plan
from jaryq.factors.derive import derive
from jaryq.report.amounts import amounts
from jaryq.report.partner_page import partner_pages
from jaryq.report.partner_projects import financed, procurement, shortened
from jaryq.report.partner_rules import rules, subject
from tests.cases import add, rule, source, tiny_case
from tests.report.plans import finished


def lender(key="L", **more):
    return source(key, **{"kind": "loan", "partner": "JP", "rate": 0.02, "grace": 1.0, "tenor": 2.0, "payments": 1,
                          "signing_year": 2026, **more})


def told(*stated, **of_lender):
    """The sentences of the block, in English and Russian, of the lender L with these rows of eligibility."""
    case = add(add(tiny_case(), "sources", lender(**of_lender)), "rules", *stated)
    block = rules(amounts(case, derive(case), Plan()), [case.sources["L"]])
    return [note.en for note in block.notes], [note.ru for note in block.notes]


def test_what_is_closed_comes_first_and_what_has_one_reason_is_one_sentence():
    """Two kinds closed for one reason, one open; nothing is said of a source without rows, nor of a closed one."""
    case = tiny_case()
    kinds = sorted(case.asset_types)
    assert len(kinds) >= 2
    names = {key: case.asset_types[key].name or key for key in kinds}
    stated = (rule("L", True, sector="heat", reason="heat is meant", reason_ru="нужно тепло"),
              *(rule("L", False, asset_type=key, reason="no coal", reason_ru="без угля") for key in kinds[:2]))
    english, russian = told(*stated)
    assert english == [f"L is closed to: {names[kinds[0]]}; {names[kinds[1]]}. Why: no coal.",
                       "L is open to: heat. Why: heat is meant."]
    assert russian == [f"L, закрыто: {names[kinds[0]]}; {names[kinds[1]]}. Почему: без угля.",
                       "L, открыто: тепло. Почему: нужно тепло."]
    assert told() == ([], [])
    assert told(*stated, open=False, closed_reason="closed") == ([], [])


def test_a_reason_without_russian_is_said_as_it_is():
    assert told(rule("L", False, project="F1", reason="one project"))[1] == ["L, закрыто: F1. Почему: one project."]


def test_a_row_without_reason_says_what_it_closes():
    assert told(rule("L", False, project="F1"), rule("L", True))[0] == ["L is closed to: F1.",
        "L is open to: anything."]


@pytest.mark.parametrize(("of", "said"), [
    ({}, "anything"), ({"sector": "heat"}, "heat"), ({"project": "F1"}, "F1"), ({"project": "gone"}, "gone"),
    ({"sector": "heat", "region": "R1"}, "heat, R1")])
def test_what_a_row_speaks_of(of, said):
    case = tiny_case()
    assert subject(case, rule("L", **of)).en == said


def test_the_page_has_it_after_the_products():
    case = add(add(tiny_case(), "sources", lender()), "rules", rule("L", False, sector="heat", reason="no heat"))
    page, = (page for page in partner_pages(amounts(case, derive(case), Plan()), {}) if page.sheet == "partner_JP")
    assert [block.head.en for block in page.blocks][:3] == [
        "Products", "Signing, amounts and works", "What its rules open and close"]


def test_names_are_those_of_the_workbook():
    case = tiny_case()
    key = min(case.asset_types)
    case = replace(case, asset_types={**case.asset_types, key: replace(case.asset_types[key], name="Coal plant",
        name_ru="Угольная станция")})
    said = subject(case, rule("L", asset_type=key))
    assert (said.en, said.ru) == ("Coal plant", "Угольная станция")


def test_what_its_rules_close_is_not_what_its_suppliers_could_deliver():
    """Both of Japan's products are closed to the kind of F1, or one of them, or none: it is left out and named only
    where no product may pay for it."""
    case, _, answer = finished()
    key = case.facilities["F1"].asset_type
    for closed in ((), ("L",), ("L", "E")):
        now = add(case, "rules", *(rule(source, False, asset_type=key) for source in closed))
        found = amounts(now, derive(now), answer.plan)
        block = procurement(found, "JP")
        name = now.asset_types[key].name or key
        assert (name in [row[0].en for row in block.rows]) == (len(closed) < 2)
        assert [note.en for note in block.notes] == (["Left out, since the rules above close them to all its "
                                                      f"products: {name}."] if len(closed) == 2 else [])


def test_a_long_page_keeps_its_pace_beneath_what_is_printed():
    """Of a short page only tables by year stand beneath; many products more than fill them: pace and draws in
    KZT go beneath too."""
    case, _, answer = finished()
    [short, *_] = partner_pages(amounts(case, derive(case), answer.plan), {})
    assert {block.head.en.partition(",")[0]
            for block in short.blocks[len(short.blocks) - short.detail:]} <= {"Beside the loans of other lenders"}
    many = add(case, "sources", *(lender(f"P{n}") for n in range(70)))
    [long, *_] = partner_pages(amounts(many, derive(many), answer.plan), {})
    beneath = [block.head.en for block in long.blocks[len(long.blocks) - long.detail:]]
    assert "Drawdown by year, in KZT" in beneath
    assert "Products" not in beneath


def test_of_many_projects_the_largest_are_printed_and_the_others_added_up():
    """Of costs 8, 4, 2, 2 with 4, 1, 1, 0.5 of its money two are named; the others cost 4, 1.5 of it its own: 37.5
    %."""
    def row(name, cost, paid):
        return (name, "North", "boiler", "2026", cost, "estimate", paid, 100.0 * paid / cost, cost - paid, 0.0,
                0.25 * cost)

    rows = [row("A", 8.0, 4.0), row("B", 4.0, 1.0), row("C", 2.0, 1.0), row("D", 2.0, 0.5)]
    *first, last = shortened(rows, 2)
    assert first == rows[:2]
    assert (last[0].en, last[0].ru) == ("2 smaller ones, listed beneath", "ещё 2 меньших, перечислены ниже")
    assert last[1:] == (None, None, None, 4.0, None, 1.5, 37.5, 2.5, 0.0, 1.0)
    assert shortened(rows, 3) == shortened(rows, None) == rows  # a row for one more would save nothing


def test_a_column_of_what_its_suppliers_could_deliver_is_left_out_where_they_can_deliver_nothing():
    case, _, answer = finished()
    for content, last in (({"JP": 0.4}, "It can supply"), ({}, "Other lenders, grants")):
        now = replace(case, asset_types={key: replace(kind, content=content) for key, kind in case.asset_types.items()})
        block = financed(amounts(now, derive(now), answer.plan), "JP")
        assert block.rows
        assert block.fields[-1].head.en == last


@pytest.mark.parametrize(("shares", "english", "russian"), [
    ({"max_share": 0.6}, " Of each it pays at most 60\u00a0% of the cost.",
     " Доля в каждом проекте: не более 60\u00a0% стоимости."),
    ({"min_share": 0.389}, " Of each it pays at least 38.90\u00a0% of the cost, or nothing.",
     " Доля в каждом проекте: не менее 38,90\u00a0% стоимости либо ничего."),
    ({"max_share": 0.6, "min_share": 0.2}, " Of each it pays 20\u00a0% to 60\u00a0% of the cost, or nothing.",
     " Доля в каждом проекте: от 20\u00a0% до 60\u00a0% стоимости либо ничего."),
    ({"max_share": 1.0}, "", ""), ({}, "", "")])
def test_what_a_row_lets_pay_of_each_is_told(shares, english, russian):
    assert told(rule("L", sector="heat", **shares)) == ([f"L is open to: heat.{english}"],
                                                        [f"L, открыто: тепло.{russian}"])


def test_shares_of_the_product_itself_are_told_and_that_they_hold_so_far():
    english, russian = told(rule("L", project="F1", max_share=0.4), max_share=0.6, share_holds="so_far")
    assert english == ["L is open to: F1. Of each it pays at most 40\u00a0% of the cost.",
                       "Of each project L pays at most 60\u00a0% of the cost.",
                       "L: by the end of each year no more than its largest share of a project's bills by then is "
                       "paid."]
    assert russian[1:] == ["L, доля в каждом проекте: не более 60\u00a0% стоимости.",
                           "L: к концу каждого года оплачено не более наибольшей доли счетов проекта на эту дату."]


@pytest.mark.parametrize(("row", "terms", "part"), [
    # 40 % of a plant are Japanese: 0.85 x 0.4 + 0.5 x 0.4, the contract alone, its own 30 %, those of the row
    ({"min_share": 0.389}, {"local_cost": 0.5}, "38.90\u00a0% to 54\u00a0% of the cost, or nothing"),
    ({}, {}, "at most 34\u00a0% of the cost"), ({}, {"max_share": 0.3}, "at most 30\u00a0% of the cost"),
    ({"max_share": 0.2}, {}, "at most 20\u00a0% of the cost")])
def test_of_a_kind_an_export_credit_pays_what_its_rules_leave(row, terms, part):
    """And nothing is said of each project, but where a row speaks of other than kinds."""
    english, _ = told(rule("L", asset_type="plant", **row), down_payment=0.15, **terms)
    assert english == [f"L is open to: plant. Of each it pays {part}."]
    english, _ = told(rule("L", sector="heat", **row), down_payment=0.15, **terms)
    assert english[0].endswith(f" Of each it pays {part}.") == bool(row.get("max_share"))


def test_a_smallest_share_is_of_whole_plans():
    case = add(tiny_case(), "sources", lender(min_share=0.2))
    for whole, said in ((True, 1), (False, 0)):
        now = replace(case, settings=replace(case.settings, whole=whole))
        assert len(rules(amounts(now, derive(now), Plan()), [now.sources["L"]]).notes) == said
