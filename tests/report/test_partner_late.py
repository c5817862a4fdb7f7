"""What if a partner's money is a year late, by hand: the yen at 4.0 in 2026, 4.4 in 2027 and 4.84 in 2028."""

import pytest

from jaryq.case.case import Currency
from jaryq.case.plan import Plan
from jaryq.report.partner_late import BY_WORKS, CAN, CANNOT, NETWORKS, NOBODY, late
from tests.cases import keyed, named, package, source
from tests.report.test_lending import flat, found, loan
from tests.report.test_partner_terms import rows


def said(case, plan, *mine):
    return [note.en for note in late(found(case, plan), list(mine)).notes]


def test_each_draw_of_a_loan_without_pace_comes_a_year_later():
    """5 bn JPY (20 bn KZT) drawn in 2026: late they come in 2027, so that 20 bn KZT are missing at the end of 2026 and
    none in the end; principal, due in the middle of 2027, is then due in 2028."""
    given = loan(envelope=10.0)
    row, = rows(late(found(flat(given), Plan({("F1", "2026"): 1.0}, draw={("L", "F1", 2026): 20.0})), [given]))
    assert row == {
        "Product, ": "L", "What is late, ": "each draw a year later", "Drawn by the end of 2028, bn currency": 5.0,
        "The same, a year late, bn currency": 5.0, "Missing then, bn currency": 0.0, "Missing then, bn KZT": 0.0,
        "Most missing at the end of a year, bn KZT": 20.0, "Year, ": "2026", "Principal from, then, ": "2028"}


def test_a_new_loan_with_a_pace_is_signed_a_year_later_and_drawn_as_its_pace_allows():
    """10 bn JPY signed in the middle of 2026, effective half a year later, half in each year: 5 by the end of 2027
    (22 bn KZT) and 10 by that of 2028. A year late nothing and 5: 5 x 4.4 and 5 x 4.84 bn KZT are missing."""
    given = loan(envelope=10.0, pace=(0.5, 0.5), effective_months=6.0)
    plan = Plan({("F1", "2027"): 1.0}, draw={("L", "F1", 2027): 22.0, ("L", "F1", 2028): 24.2}, signed={"L": 10.0})
    row, = rows(late(found(flat(given), plan), [given]))
    assert row["What is late, "] == "signed a year later"
    assert [row[f"{head}, bn currency"] for head in ("Drawn by the end of 2028", "The same, a year late",
                                                     "Missing then")] == pytest.approx([10.0, 5.0, 5.0])
    assert [row["Missing then, bn KZT"], row["Most missing at the end of a year, bn KZT"]] == pytest.approx([24.2] * 2)
    assert row["Year, "] == "2028"


def test_what_the_works_allow_is_not_counted_and_said():
    """F1 is done and paid in 2027, 5 bn JPY of 5 signed. A year late the loan is effective at the beginning of 2028,
    when nothing of F1 is left to do, and could pay for none of it; by its pace alone 2.5 are missing."""
    given = loan(envelope=5.0, pace=(0.5, 0.5), effective_months=6.0)
    plan = Plan({("F1", "2027"): 1.0}, draw={("L", "F1", 2027): 22.0}, signed={"L": 5.0})
    block = late(found(flat(given), plan), [given])
    assert rows(block)[0]["Missing then, bn currency"] == pytest.approx(2.5)
    assert BY_WORKS in block.notes
    assert "more can be missing" in BY_WORKS.en
    assert "не хватить может и больше" in BY_WORKS.ru


def test_a_product_of_which_nothing_is_drawn_is_not_asked():
    given = loan(envelope=10.0)
    block = late(found(flat(given), Plan({("F1", "2026"): 1.0}, draw={("B", "F1", 2026): 40.0})), [given])
    assert (block.rows, block.notes) == ((), ())


@pytest.mark.parametrize(("start", "text", "months"), [("2026", CAN, 24), ("2027", CAN, 12), ("2028", CANNOT, 0)])
def test_facilities_say_whether_they_can_wait(start, text, months):
    """F1 takes a year and is to end by 2028; half of it is paid by the loan, and a package beside."""
    given = loan(envelope=10.0)
    case = flat(given, packages=keyed(package("N1", km=10.0, unit_cost=100.0)))
    year = int(start)
    told = said(case, Plan({("F1", start): 1.0}, renew={("N1", start): 1.0},
                           draw={("L", "F1", year): 2.0, ("L", "N1", year): 1.0}), given)
    assert text.fill(what=f"F1 ({months})").en in told
    assert NETWORKS.fill(n="1").en in told
    assert not [one for one in told if one.startswith((CAN if text is CANNOT else CANNOT).en[:35])]


def test_who_could_pay_instead_has_enough_left_and_may_pay_for_all():
    """20 bn KZT are missing, at a constant yen, no interest and no discounting: a tenge costs 1.00. C lends as cheaply,
    D at 10 % for a year; E has 10 bn alone, G may be drawn at a pace, H is the partner's too, K may not pay for F1."""
    given = loan(envelope=10.0, rate=0.0)
    home = {"kind": "loan", "rate": 0.0, "grace": 1.0, "tenor": 1.0, "payments": 1, "envelope": 30.0}
    yen = keyed(Currency(**named("JPY"), rates=dict.fromkeys(range(2025, 2029), 4.0)))
    case = flat(given, source("C", **home), source("D", **{**home, "rate": 0.1}),
                source("E", **{**home, "envelope": 10.0}), source("G", **home, pace=(0.1, 0.9)),
                loan("H", envelope=30.0), source("K", **home, open=False), currencies=yen)
    plan = Plan({("F1", "2026"): 1.0}, draw={("L", "F1", 2026): 20.0, ("B", "F1", 2026): 20.0})
    assert said(case, plan, given)[-1] == "In place of L (1.00): C (1.00); D (1.10)."
    alone = flat(given, source("E", **{**home, "envelope": 10.0}), currencies=yen)
    assert said(alone, plan, given)[-1] == NOBODY.fill(product="L").en
