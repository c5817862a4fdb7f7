"""What an officer asks of a lender's products, by hand: the yen at 4.0 in 2025 and 2026, one facility of 40 bn KZT paid
in 2026, half of it by the loan L."""

from dataclasses import replace

import pytest

from jaryq.case.case import Paid
from jaryq.case.plan import Plan
from jaryq.factors.derive import derive
from jaryq.report.amounts import amounts
from jaryq.report.block import Block, Field
from jaryq.report.loans import due, effective, from_on, loans_table
from jaryq.report.partner_projects import financed
from jaryq.report.partner_terms import products, signing
from jaryq.report.words import same
from tests.cases import edit, source
from tests.report.test_lending import START, flat, found, loan

PLAN = Plan(START, draw={("L", "F1", 2026): 20.0, ("B", "F1", 2026): 20.0}, signed={"L": 6.0})


def rows(block):
    """Cells of the block by heading, texts in English."""
    return [{f"{field.head.en}, {getattr(field.unit, 'en', field.unit)}": getattr(value, "en", value)
             for field, value in zip(block.fields, row, strict=True)} for row in block.rows]


def test_the_terms_have_the_premium_the_guarantee_and_what_they_rest_on():
    """A premium of 10 % of each draw; the State guarantees 62.5 %; the row is derived but for its rate."""
    given = loan(premium=0.1, guaranteed=0.625, data_status="derived", estimated=frozenset({"rate"}))
    row, = rows(products(found(flat(given), PLAN), [given]))
    assert row["Premium, of each draw, %"] == pytest.approx(10.0)
    assert row["Who owes it, "] == "budget; the State guarantees 62.50\u00a0% of it"
    assert row["Its terms rest on, "] == "estimate"
    known = replace(given, estimated=frozenset({"note"}), guaranteed=0.0)
    row, = rows(products(found(flat(known), PLAN), [known]))
    assert (row["Who owes it, "], row["Its terms rest on, "]) == ("budget", "derived")


def test_what_is_signed_drawn_still_to_draw_and_what_the_works_cost():
    """20 bn KZT are 5 bn JPY of the 6 signed (10 are offered); the works cost 40 bn KZT and 4 more before: 10 and 1 bn
    JPY; signed in the middle of 2026, effective half a year later, so from 2027 on; principal a year after the draw."""
    given = loan(envelope=10.0, effective_months=6.0, down_payment=0.15, local_cost=0.5)
    case = replace(flat(given), paid=(Paid("F1", None, 2025, 4.0), Paid("F2", None, 2025, 9.0)))
    block = signing(found(case, PLAN), [given])
    row, = rows(block)
    assert (row["Largest amount, bn currency"], row["Signed, bn currency"]) == (10.0, 6.0)
    assert [row[f"{head}, bn currency"] for head in ("Drawn by the end of 2028", "Still to draw then")] == [5.0, 1.0]
    assert row["Whole cost of its works, bn currency"] == pytest.approx(11.0)
    assert row["Whole cost of its works, bn KZT"] == pytest.approx(44.0)
    assert (row["Signed, effective, "], row["Principal from, "]) == ("signed 2026, effective from 2027", "2027")
    assert row["Paid besides, "] == (
        "of the partner's supplies 15\u00a0% is paid down by the buyer; local costs are paid up to 50\u00a0% of these "
        "supplies")
    assert block.adds == ((4, (5, 6)),)


def test_a_loan_that_nothing_is_drawn_of_has_no_works_and_one_without_fees_signs_what_it_draws():
    given = loan(envelope=10.0)
    row, = rows(signing(found(flat(given), Plan(START, draw={("B", "F1", 2026): 40.0})), [given]))
    assert (row["Whole cost of its works, bn KZT"], row["Principal from, "], row["Paid besides, "]) == (None,) * 3
    row, = rows(signing(found(flat(given), Plan(START, draw=PLAN.draw)), [given]))
    assert (row["Signed, bn currency"], row["Still to draw then, bn currency"]) == (5.0, 0.0)
    assert row["Signed, effective, "] == "signed 2026"


def test_a_grant_has_no_signing_and_is_not_repaid():
    given = source("G", kind="grant", partner="JP", envelope=3.0)
    here = found(flat(given), Plan(START, draw={("B", "F1", 2026): 40.0}))
    row, = rows(signing(here, [given]))
    assert (row["Signed, effective, "], row["Principal from, "]) == (None, None)
    assert rows(products(here, [given]))[0]["Repayment, "] == "not repaid"


@pytest.mark.parametrize(("payments", "said"), [
    (1, None),
    (4, "L: principal is paid back from 2026 on, before anything of what it finances is in service; first comes 2026: "
        "F1, finished 2026.")])
def test_principal_before_what_is_financed_serves_is_told(payments, said):
    """Drawn in the middle of 2026; without grace it is paid back a year later, or a quarter later, when the facility,
    finished at the end of 2026, is not in service."""
    given = loan(grace=0.0, payments=payments)
    notes = [note.en for note in signing(found(flat(given), PLAN), [given]).notes]
    assert [note for note in notes if note.startswith("L: ")] == ([] if said is None else [said])
    assert any(note.startswith("Estimates: ") for note in notes)


@pytest.mark.parametrize("status", ["reported", "estimate"])
def test_costs_of_projects_say_what_they_rest_on(status):
    given = loan()
    case = edit(flat(given), "facilities", "F1", data_status=status)
    row, = rows(financed(found(case, PLAN), "JP"))
    assert row["Its cost rests on, "] == status


def test_signing_stands_in_the_loans_table_where_a_loan_has_one():
    """Effective half a year after the middle of 2026, so from 2027 on; 62.5 % guaranteed. Not told: of a closed loan,
    of one whose terms run from each draw without a stated year; one effective at its signing has no other date."""
    given = (loan(effective_months=6.0, guaranteed=0.625), loan("M", open=False), loan("C", clock="cohort",
             signing_year=0), loan("D", clock="cohort"))
    table = loans_table(found(flat(*given), Plan(START, draw={("B", "F1", 2026): 40.0})))
    assert {"signing_year", "effective", "guaranteed"} <= set(table.headings)
    assert {row["source"]: (row["signing_year"], getattr(row["effective"], "en", None), row["guaranteed"])
            for row in table.rows} == {"L": (2026, "2027", 62.5), "M": (None, None, 0.0), "C": (None, None, 0.0),
                                       "D": (2026, None, 0.0)}


@pytest.mark.parametrize(("at", "said", "starts"), [
    (2027.0, "2026 Q4", "2027 Q1"), (2027.5, "2027 Q2", "2027 Q3"), (2027.6, "2027 Q3", "2027 Q3")])
def test_a_payment_at_the_end_of_a_period_falls_into_it(at, said, starts):
    """As the account of a loan counts it to the year that ends then; what begins then begins in the next."""
    here = found(flat(loan()), Plan(START, draw={("B", "F1", 2026): 40.0}))
    here = replace(here, case=replace(here.case, settings=replace(here.case.settings, resolution="quarter")))
    assert (due(here, at).en, from_on(here, at).en) == (said, starts)


def test_columns_in_which_no_row_has_anything_are_left_out():
    """B of three columns is empty; the sum of C is then found in its new place, and one of B alone is none."""
    block = Block(same("T"), tuple(Field(same(c)) for c in "ABCD"), (("x", None, 2.0, 2.0), ("y", None, None, 1.0)),
                  adds=((3, (1, 2)), (2, (1,))))
    shown = block.without_empty()
    assert ([field.head.en for field in shown.fields], shown.rows, shown.adds) == (
        ["A", "C", "D"], (("x", 2.0, 2.0), ("y", None, 1.0)), ((2, (1,)),))
    whole = Block(same("T"), (Field(same("A")),), ())
    assert whole.without_empty() is whole


def test_dates_are_told_by_the_periods_of_works():
    """Signed in the middle of 2027 and effective a year later: in quarters from the third one of 2028 on."""
    given = loan(signing_year=2027, effective_months=12.0)
    here = found(flat(given), Plan(START, draw={("B", "F1", 2026): 40.0}))
    quarters = replace(here.case, settings=replace(here.case.settings, resolution="quarter"))
    assert effective(replace(here, case=quarters), given).ru == "подписан в 2027, действует с 3 кв. 2028"


@pytest.mark.parametrize(("effective", "started", "said"), [
    (12.0, None, "L: bought before it is in force (2027), so that other money pays for the purchase: F1, "
     "procurement ends 2026."),
    (5.0, None, None), (12.0, 3.0, None)])
def test_what_is_bought_before_a_loan_is_in_force_is_told(effective, started, said):
    """Signed in the middle of 2026. F1 is procured in all of 2026 and at work in 2027: before the middle of 2027, not
    before December 2026. The suppliers of what is under way were chosen before."""
    given = loan(effective_months=effective)
    case = edit(flat(given), "facilities", "F1", procurement_months=12.0, works_months=12.0, started=started)
    factors = derive(case)
    here = amounts(case, factors, Plan({("F1", factors.works.starts["F1"][0].period.label): 1.0},
                                       draw={("L", "F1", 2027): 20.0, ("B", "F1", 2027): 20.0}))
    notes = [note for note in signing(here, [given]).notes if "bought" in note.en]
    assert [note.en for note in notes] == ([] if said is None else [said])
    assert all("закупка кончается до вступления в силу (2027)" in note.ru for note in notes)
