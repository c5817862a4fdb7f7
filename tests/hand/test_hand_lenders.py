"""Lenders' packages by hand: tickets, lots, number of projects and of loans, what must be drawn. 2026 alone, whole, a
loan at 0 % of 30 years, dearer own money."""

import pytest

from jaryq.base.errors import Infeasible
from jaryq.case.case import SourceGroup
from jaryq.case.works import Paid
from tests.cases import facility, keyed, named, package, rule, source, target
from tests.hand.runs import answer, near
from tests.make import bare_case


def loan(key="L", **more):
    return source(key, **{"kind": "loan", "tenor": 30.0, "payments": 1, "available_to": 2026, **more})


def lent(costs, *loans, **more):
    """Projects F1, F2, .. of these costs that must be done, own money without end. A cost may be (cost, more
    columns)."""
    given = [cost if isinstance(cost, tuple) else (cost, {}) for cost in costs]
    works = [facility(f"F{i}", cost=cost, must=True, latest=2026, **columns)
             for i, (cost, columns) in enumerate(given, 1)]
    return bare_case(**{"last_year": 2026, "whole": True, "discount_rate": 0.1, "facilities": keyed(*works),
                        "sources": keyed(*loans, source("O", kind="own", available_to=2026)), **more})


def draws(case, key="L"):
    """What the loan pays for F1, F2, ..."""
    found = answer(case)
    return [sum(v for (s, p, _), v in found.plan.draw.items() if (s, p) == (key, project))
            for project in case.facilities]


@pytest.mark.parametrize(("more", "expected"), [
    ({"ticket": 5.0}, [0, 0, 20]),
    # 20 % of 20 is 4, less than 5.
    ({"ticket": 5.0, "max_share": 0.2}, [0, 0, 0]),
    # All of it at 4.
    ({"ticket": 4.0, "max_share": 0.2}, [0, 0, 4]),
])
def test_l1_a_ticket(more, expected):
    assert draws(lent((3.0, 4.0, 20.0), loan(envelope=25.0, **more))) == near(expected, abs=1e-6)


@pytest.mark.parametrize("more", [{"sources": {}}, {"whole": False}])
def test_l1_without_a_ticket_all_of_it_is_drawn(more):
    """No ticket, or a divisible plan, in which it is not enforced: 25."""
    ticket = None if "sources" in more else 5.0
    assert sum(draws(lent((3.0, 4.0, 20.0), loan(envelope=25.0, ticket=ticket),
                          whole=more.get("whole", True)))) == near(25.0)


def test_l2_projects_of_a_lot_are_one():
    """3 + 4 reach the ticket of 5."""
    lot = {"lot": "A"}
    assert draws(lent(((3.0, lot), (4.0, lot), 20.0), loan(envelope=27.0, ticket=5.0))) == near([3, 4, 20])


def test_l2_a_loan_that_is_in_already():
    """It paid 2 for the first one, which is started, in 2025 (envelope 29): the ticket is met there."""
    case = lent(((3.0, {"started": 6.0}), 4.0, 20.0), loan(envelope=29.0, ticket=5.0),
                paid=(Paid("F1", "L", 2025, 2.0),))
    assert draws(case) == near([3, 0, 20], abs=1e-6)


def test_l3_one_project():
    assert draws(lent((6.0, 6.0, 20.0), loan(envelope=100.0, ticket=5.0, projects_most=1))) == near([0, 0, 20],
        abs=1e-6)


def test_a_number_of_projects_without_a_ticket():
    """The two largest of three; a loan that is in one already takes one more, one that is in two takes no other."""
    assert draws(lent((6.0, 7.0, 20.0), loan(projects_most=2))) == near([0, 7, 20], abs=1e-6)
    first, second = Paid("F1", "L", 2025, 1.0), Paid("F2", "L", 2025, 1.0)
    costs = ((6.0, {"started": 6.0}), (7.0, {"started": 6.0}), 20.0)
    assert draws(lent(costs, loan(projects_most=2), paid=(first,))) == near([6, 0, 20], abs=1e-6)
    assert draws(lent(costs, loan(projects_most=1), paid=(first, second))) == near([6, 7, 0], abs=1e-6)


@pytest.mark.parametrize(("most", "cheaper", "dearer"), [(1, 10, 0), (None, 10, 10), (2, 10, 10)])
def test_l3_one_loan_of_a_group(most, cheaper, dearer):
    """Two tenors of one loan, 10 each, a project of 20: one of them is signed, the cheaper one."""
    case = lent((20.0,), loan("L1", envelope=10.0, group="g"), loan("L2", envelope=10.0, group="g", rate=0.01),
                groups=keyed(SourceGroup(**named("g"), signed_most=most)))
    assert (sum(draws(case, "L1")), sum(draws(case, "L2"))) == near((cheaper, dearer), abs=1e-6)


def test_a_loan_signed_before_counts_in_its_group():
    """L1 was signed in 2025, so L2 may not be; without it being open L2 may."""
    groups = keyed(SourceGroup(**named("g"), signed_most=1))
    for there, second in ((True, 0), (False, 10)):
        case = lent((20.0,), loan("L1", envelope=1.0, signing_year=2025, group="g", open=there),
                    loan("L2", envelope=10.0, group="g"), groups=groups)
        assert sum(draws(case, "L2")) == near(second, abs=1e-6)


@pytest.mark.parametrize(("must", "expected"), [(False, 0), (True, 10)])
@pytest.mark.parametrize("whole", [True, False])
def test_l4_what_is_signed_must_be_drawn(must, expected, whole):
    """At 15.1 % own money is cheaper."""
    case = lent((30.0,), loan(signed=10.0, signing_year=2025, rate=0.151, must_draw=must), whole=whole)
    assert sum(draws(case)) == near(expected, abs=1e-6)


@pytest.mark.parametrize(("must", "expected", "signed"), [(False, [5, 2], 10), (True, [2, 2], 4)])
def test_l4_no_more_is_signed_than_is_drawn(must, expected, signed):
    """Half of what is signed may be drawn in each year from 1 January of 2026, and no more is signed than the works
    cost, 10: 5 and 2; where all must be drawn at most half in 2026, and 2 in 2027: d = 4."""
    lender = loan(envelope=20.0, available_to=2027, draw_timing="start", signing_year=2026, pace=(0.5, 0.5),
                  must_draw=must)
    case = bare_case(last_year=2027, whole=True, discount_rate=0.1,
                     sources=keyed(lender, source("O", kind="own", available_to=2027)),
                     facilities=keyed(facility("F", spend={2026: 8.0, 2027: 2.0}, must=True, latest=2027)))
    found = answer(case)
    assert [found.plan.draw.get(("L", "F", y), 0.0) for y in (2026, 2027)] == near(expected, abs=1e-6)
    assert found.plan.signed["L"] == near(signed)


def lot_of_km(sense, value, *, money=True, must=False, priority="1", whole=True):
    """100 km of which 40 come with F1."""
    payer = () if money else (rule("B", project="N"),)
    return bare_case(last_year=2026, whole=whole, sources=keyed(source("B", available_to=2026)), rules=payer,
                     facilities=keyed(facility("F1", cost=1.0, latest=2026, lot="A", must=must)),
                     packages=keyed(package("N", km=100.0, unit_cost=0.1, latest=2026, lot="A", lot_km=40.0)),
                     targets=(target("K", "km", value, 2026, sense=sense, priority=priority),))


def test_l5_km_of_a_lot():
    """Without F1, which has no money, 60 km at most: 20 are missed; with it 80."""
    without, with_it = answer(lot_of_km(">=", 80.0, money=False)), answer(lot_of_km(">=", 80.0))
    assert (without.plan.renew["N", "2026"], without.plan.short["K"]) == near((60.0, 20.0))
    assert with_it.plan.renew["N", "2026"] >= 80.0 - 1e-6
    assert with_it.plan.start["F1", "2026"] == near(1.0)


def test_l5_km_of_a_lot_that_must_be_done():
    """40 km at least, 30 at most: no plan."""
    with pytest.raises(Infeasible):
        answer(lot_of_km("<=", 30.0, must=True, priority="hard"))


@pytest.mark.parametrize(("whole", "money", "km", "share"), [(True, 60.0, (30.0, 30.0), 1.0),
    (True, 70.0, (40.0, 30.0), 1.0), (True, 49.0, (30.0, 19.0), 0.0),
                                                            (False, 70.0, (46.0, 24.0), 0.8)])
def test_a_lot_of_packages_alone(whole, money, km, share):
    """Two packages of 50 km at 1 bn, 20 and 30 of them in one lot; 50 of the first are wished for, then as many as can
    be paid. With the lot at least 20 and 30, without it at most 30 and 20. Money for 60: with the lot 30 + 30, without
    it 30 + 20; for 70: 40 + 30; for 49: the lot (50) is too dear. In shares: 30 + 20 τ of the first and 30 τ of the
    second: 30 + 50 τ = 70."""
    packages = (package("N1", km=50.0, unit_cost=1.0, latest=2026, lot="A", lot_km=20.0),
                package("N2", km=50.0, unit_cost=1.0, latest=2026, lot="A", lot_km=30.0))
    case = bare_case(last_year=2026, whole=whole, packages=keyed(*packages),
                     sources=keyed(source("B", envelope=money, available_to=2026)),
                     targets=(target("K", "km", 50.0, 2026, filter={"project": "N1"}),
                              target("A", "km", 100.0, 2026, priority="2")))
    found = answer(case)
    assert tuple(found.plan.renew.get((n, "2026"), 0.0) for n in ("N1", "N2")) == near(km)
    assert found.plan.lot.get("A", 0.0) == near(share)
