"""The sheet of groups and what was chosen, and what of groups and lenders is told of a facility that is left out; cases
and answers of tests/hand/test_from_workbooks.py."""

from functools import partial

from jaryq.api.accepted import accept
from jaryq.api.clock import Clock
from jaryq.api.verified import decide
from jaryq.report.build import build_report
from jaryq.report.shapes import Text
from tests.hand.test_from_workbooks import book, choice, facility, loan, lot, tenors


def tables_of(tables):
    done = decide(accept(tables, [], "base"), Clock(), lambda _: None)
    return build_report(done.accepted.case, done.accepted.factors, done.solution, done.findings).tables


def said(value):
    return value.say("en") if isinstance(value, Text) else value


def rows_of(tables):
    return [tuple(said(row.get(heading)) for heading in ("group", "asked", "chosen", "member", "taken", "amount"))
            for row in tables["choices"].rows]


def why(tables, key, lang="en"):
    text = next(row["why"] for row in tables["facilities"].rows if row["facility"] == key)
    return text.say(lang)


def test_a_group_of_choice():
    """At most one of A (5), B (4) and C (-3): A. B would be worth 4: the group is full; so it is for C, which is also a
    loss."""
    tables = tables_of(choice(None, 1))
    assert rows_of(tables) == [("K", "at most 1", 1.0, key, state, None)
                               for key, state in (("A", "in the plan"), ("B", "not in the plan"),
                                                  ("C", "not in the plan"))]
    assert why(tables, "B") == "not selected; its group «K» is full (at most 1): A"
    assert why(tables, "B", "ru") == "не выбран; его группа «K» заполнена (не более 1): A"


def test_a_group_that_is_not_full_is_no_reason():
    """At least three of three: all are done; with at most three and C free to be left out, the group has room: C is
    only not chosen."""
    assert [row[2] for row in rows_of(tables_of(choice(3, None)))] == [3.0, 3.0, 3.0]
    said = why(tables_of(choice(None, 3)), "C")
    assert said.startswith("not selected")
    assert "group" not in said


def test_products_of_a_group_of_loans():
    """One of two tenors is signed: L, of which 10 are drawn for one of two projects; the other may have L20, which may
    not be signed beside it."""
    tables = tables_of(tenors(1))
    assert rows_of(tables) == [("ONE", "at most 1", 1.0, "L", "yes", 10.0), ("ONE", "at most 1", 1.0, "L20", "no", 0.0)]
    left = next(row["facility"] for row in tables["facilities"].rows if said(row["status"]) == "not in the plan")
    assert why(tables, left) == "not selected; L20 is not signed: of «ONE» at most 1: L"


def test_payees_of_a_lender_at_home_with_a_ticket():
    """The lot of 3 + 3 meets the ticket of 5, of which the budget may pay 0.5; C of 4 does not."""
    tables = tables_of(lot())
    (found,) = rows_of(tables)
    assert found[:5] == ("L", "5 bn KZT a project", 1.0, "LOT", "yes")
    assert 5.5 - 1e-6 <= found[5] <= 6.0 + 1e-6
    assert why(tables, "C") == "not selected; L may not pay for it: smaller than the lender's ticket (5 bn KZT)"


def test_a_lender_that_has_all_its_projects():
    """One project at most: of A (10, brings 15) and B (10, brings 14) A; the budget has 1."""
    tables = tables_of(book([loan(projects_most=1), {"source_id": "B", "envelope": 1}],
                            [facility("A", 10, savings=7.5), facility("B", 10, savings=7)]))
    assert rows_of(tables)[0][:5] == ("L", "projects: at most 1", 1.0, "A", "yes")
    assert why(tables, "B") == "not selected; L pays for as many projects as it may (1): A"


def test_a_divisible_plan_says_that_tickets_are_not_enforced():
    """A lender at home with a ticket: said on the sheet where it stands, and by check; a whole plan says nothing."""
    book_of = partial(book, [loan(ticket=5), {"source_id": "B", "envelope": 0.5}], [facility("A", 6, must_do=True)])
    for setting, said_at in (({"facilities": "divisible"}, True), ({}, False)):
        tables = book_of(settings=setting)
        remarks = [text.en for text in tables_of(tables)["choices"].remarks]
        assert (
            "The plan is divisible: tickets and numbers of projects and products are not enforced."
            in remarks) == said_at
        assert ("unused_in_divisible" in {issue.code for issue in accept(tables, [], "base").issues}) == said_at
