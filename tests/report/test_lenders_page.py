"""Ramps and what a lender asks, as a plan shows it: the case of the golden rows of conditions, with a plan made by
hand."""

import pytest

from jaryq.case.areas import Borrower
from jaryq.case.plan import Plan
from jaryq.factors.derive import derive
from jaryq.report import partner_page
from jaryq.report.agreed import _shared, agreed_blocks, agreed_with
from jaryq.report.amounts import amounts
from jaryq.report.facilities import why_not
from jaryq.report.lenders import lender_blocks, lender_numbers
from jaryq.report.loans import loan_row, who_owes
from jaryq.report.partner_page import PRINTED
from jaryq.report.partner_terms import signing
from jaryq.report.ramps import exempt_facts, ramp_numbers, ramps_table
from tests.cases import edit, facility, keyed, named, source
from tests.formulation.test_golden import conditions
from tests.make import bare_case

PLAN = Plan(start={("A", "2026"): 1.0, ("B", "2026"): 1.0, ("C", "2026"): 1.0},
            renew={("N1", "2026"): 40.0, ("N1", "2027"): 20.0},
            draw={("J", "A", 2026): 6.4, ("J", "N1", 2027): 2.0, ("K", "C", 2026): 1.0, ("K", "C", 2027): 6.0,
                  ("M", "C", 2026): 1.0}, signed={"J": 4.0, "M": 1.0})


@pytest.fixture(scope="module")
def found():
    case = conditions()
    return amounts(case, derive(case), PLAN)


def test_ramps(found):
    """K used 1 in 2025 and 1 and 6 in the plan, all for C, which is under contract: allowed 1.5 x 1 + 1 + 1 = 3.5, then
    1.5 + 1 + 6 = 8.5; wanted 0.8 x 1 both years. Pipes: 20 km in 2025; 1.25 x 20 + 5 + 10 = 40, half of 20; then
    1.25 x 40 + 5 + 5 = 60, half of 40."""
    rows = {(row["ramp"], row["year"]): [row[name] for name in ("last", "allowed", "exempt", "done", "wanted")]
            for row in ramps_table(found).rows}
    assert rows == {
        ("pipe", 2026): pytest.approx([20.0, 40.0, 10.0, 40.0, 10.0]),
        ("pipe", 2027): pytest.approx([40.0, 60.0, 5.0, 20.0, 20.0]),
        ("K", 2026): pytest.approx([1.0, 3.5, 1.0, 1.0, 0.8]), ("K", 2027): pytest.approx([1.0, 8.5, 6.0, 6.0, 0.8]),
    }


def test_who_is_exempt(found):
    facts = {fact.label.en: (fact.value, fact.said.en) for fact in exempt_facts(found)}
    assert facts == {"Under contract, beside the ramp: pipe": (15.0, "km"),
                     "Under contract, beside the ramp: K": (7.0, "bn KZT")}


def test_the_page_of_a_lender(found):
    """J paid 6.4/3.2 = 2 bn yen for lot X in 2026 and 2/4 = 0.5 in 2027: one payee, 2.5; half of the 4 signed may be
    drawn in 2026, three quarters to the end of 2027 (pace 50; 25; 25); nothing if it is signed a year later, and half
    then in 2027."""
    asked, pace = lender_blocks(found, [found.case.sources["J"]])
    assert asked.rows[0][2:7] == pytest.approx((1.5, 2.5, 1, 2, 4.0))
    assert [row[3:] for row in pace.rows] == [pytest.approx((2.0, 2.5)), pytest.approx((2.0, 3.0)),
                                              pytest.approx((0.0, 2.0))]
    assert [note.en for note in asked.notes] == [
        "A smallest ticket is of the amount that is agreed for a project: of it as much is drawn in the planned years "
        "as the pace allows."]
    assert pace.notes == ()


def test_what_has_no_bill_is_told_where_what_is_signed_stands(found):
    """4 signed, 2.5 drawn; lot X ends within the plan. So it is among what is printed of a page, however long."""
    block = signing(found, [found.case.sources["J"]])
    assert block.notes[0].en == (
        "J: by the end of 2027 1.50 bn JPY of what is signed are not drawn. The works of this plan that it pays for "
        "are paid in full by then, but for what is told as still to pay after the plan: 1.50 bn JPY have no bill in "
        "this plan.")
    for printed in (PRINTED, 0):  # all fits; what stands beneath is not printed
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(partner_page, "PRINTED", printed)
            page = partner_page.partner_page(found, {}, found.case.sources["J"].partner)
        places = [at for at, one in enumerate(page.blocks) if block.notes[0] in one.notes]
        assert len(places) == 1
        assert places[0] < len(page.blocks) - page.detail
        assert bool(page.detail) or printed


SPREAD = Plan(start={("A", "2026"): 1.0, ("B", "2026"): 1.0, ("C", "2026"): 1.0},
              renew={("N1", "2026"): 40.0, ("N2", "2026"): 30.0},
              draw={("J", "A", 2026): 3.2, ("J", "N2", 2026): 2.56}, signed={"J": 5.0})
"""In yen at 3.2 lot X is paid 1 and lot Y 0.8, of 5 signed; the ticket is 1.5. Lot X costs 10 + 6 + 4 = 20 bn KZT, 6.25
bn yen, lot Y 3 bn KZT, 0.9375."""


@pytest.fixture(scope="module")
def spread():
    case = conditions()
    return amounts(case, derive(case), SPREAD)


def test_what_is_agreed_with_each_project(spread):
    """Lot Y costs less than the ticket, so the ticket is all there is: 1.5; lot X then has 3.5, drawn 1 and 2.5 left
    to draw."""
    rows = {one.payee: one for one in agreed_with(spread, spread.case.sources["J"])}
    assert rows["X"][1:] == pytest.approx((1.0, 3.5, 3.5, 3.5))
    assert rows["Y"][1:] == pytest.approx((0.8, 1.5, 1.5, 1.5))
    assert [one.left for one in rows.values()] == pytest.approx([2.5, 0.7])


def test_the_rest_is_shared_by_the_room(spread):
    """30 bn KZT a year for lot Y, 9.375 bn yen: of 5 signed each has at least 1.5, so at most 3.5; the 2 that are free
    go by the room: 4.75 and 7.875 of 12.625."""
    case = edit(edit(spread.case, "packages", "N2", unit_cost=1.0), "sources", "J", envelope=50.0)
    found = amounts(case, derive(case), SPREAD)
    rows = {one.payee: one for one in agreed_with(found, case.sources["J"])}
    assert rows["X"][1:] == pytest.approx((1.0, 1.5, 3.5, 1.5 + 2.0 * 4.75 / 12.625))
    assert rows["Y"][1:] == pytest.approx((0.8, 1.5, 3.5, 1.5 + 2.0 * 7.875 / 12.625))


@pytest.mark.parametrize(("signed", "shares"), [(2.0, (4.0 / 3.0, 2.0 / 3.0)), (9.0, (6.25, 1.5))])
def test_shares_stay_within_what_is_signed_and_what_the_works_cost(signed, shares):
    """Lot X at least 2.0 (as much is drawn), lot Y 1.0, together 3: of 2 signed two thirds of each. At most 6.25 and
    1.5, together 7.75: of 9 signed the rest is agreed with nobody."""
    found = _shared(signed, [("X", 2.0, 2.0, 6.25), ("Y", 0.8, 1.0, 1.5)])
    assert [one.amount for one in found] == pytest.approx(shares)
    for one in found:
        assert one.least - 1e-12 <= one.amount <= one.most + 1e-12
    assert sum(one.amount for one in found) == pytest.approx(min(signed, 7.75))


def test_what_is_agreed_adds_up_to_what_is_signed_and_still_to_draw(spread):
    """The table, what stands under signing, and the sentence on what has no bill say the same of 5 signed, 1.8
    drawn."""
    given = spread.case.sources["J"]
    (block,) = agreed_blocks(spread, [given])
    row, = signing(spread, [given]).rows
    at = {field.head.en: value for field, value in zip(signing(spread, [given]).fields, row, strict=True)}
    assert block.total("Agreed, shared as said") == pytest.approx(at["Signed"]) == pytest.approx(5.0)
    assert block.total("Drawn by the end of 2027") == pytest.approx(at["Drawn by the end of 2027"])
    assert block.total("Still to draw then") == pytest.approx(at["Still to draw then"]) == pytest.approx(3.2)
    assert "3.20 bn JPY of what is signed are not drawn" in signing(spread, [given]).notes[0].en
    assert block.head.ru == "Согласовано по проектам: J"


def test_a_loan_that_agrees_nothing_with_a_project_has_no_such_table(spread):
    """K was signed before, M must be drawn, neither has a ticket; of J nothing may be left undrawn."""
    assert agreed_blocks(spread, [spread.case.sources[s] for s in ("B", "K", "M")]) == ()
    case = edit(spread.case, "sources", "J", must_draw=True)
    assert agreed_blocks(amounts(case, derive(case), SPREAD), [case.sources["J"]]) == ()


def test_a_loan_signed_before_shows_what_it_paid(found):
    """K: 1 paid in 2025, then 1 and 6; a quarter of 8, then all."""
    asked, pace = lender_blocks(found, [found.case.sources["K"]])
    assert asked.rows[0][-1].en == "yes"
    assert [row[3:] for row in pace.rows] == [pytest.approx((2.0, 8.0)), pytest.approx((2.0, 8.0))]
    assert pace.notes == ()


def test_numbers_that_are_claimed(found):
    assert lender_numbers(found) == pytest.approx({"drawn[J,2026]": 2.0, "drawn[J,2027]": 2.5, "payees[J]": 1.0,
                                                   "drawn[K,2026]": 2.0, "drawn[K,2027]": 8.0, "signed_in[g]": 2.0})
    assert ramp_numbers(found) == pytest.approx({
        "km[pipe,2026]": 40.0, "km[pipe,2027]": 20.0, "exempt[pipe,2026]": 10.0, "exempt[pipe,2027]": 5.0,
        "exempt[K,2026]": 1.0, "exempt[K,2027]": 6.0})


def test_a_project_too_small_for_its_only_lender_says_so_in_both_languages():
    """A costs 1, the ticket is 5, nobody else may pay for it."""
    case = bare_case(whole=True, facilities=keyed(facility("A", cost=1.0)),
                     sources=keyed(source("L", kind="loan", tenor=10.0, ticket=5.0)))
    why = why_not(amounts(case, derive(case), Plan()), case.facilities["A"])
    assert why.en.endswith(": smaller than the lender's ticket (5 bn KZT)")
    assert why.ru.endswith(": меньше наименьшей суммы кредитора на проект (5 млрд тенге)")


def test_the_page_names_who_owes():
    """The borrower of the loan by its names, and that the budget repays it where it does; without one who repays it.
    The table of loans says the same."""
    case = bare_case(sources=keyed(source("L", kind="loan", tenor=10.0, partner="JP", borrower="GRID",
                                          who_repays="utility"),
                                          source("N", kind="loan", tenor=10.0, borrower="GRID", who_repays="budget"),
                                          source("M", kind="loan", tenor=10.0, partner="JP", who_repays="consumers")),
                     borrowers=keyed(Borrower(**named("GRID"), level="company")))
    found = amounts(case, derive(case), Plan())
    said = [who_owes(found, case.sources[key]).en for key in ("L", "N", "M")]
    assert said == ["GRID", "GRID, repaid by the budget", "owner of the works, repaid by consumers"]
    assert [loan_row(found, case.sources[key])["who_repays"].en for key in ("L", "N", "M")] == said
