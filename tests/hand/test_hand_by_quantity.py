"""A source that pays by a quantity, by hand: a foreign grant of so many yen (4 KZT in 2026, 5 from 2027) for each tonne
a year that a project avoids; own money pays the rest. The grant costs the purse nothing, so it pays all that it may."""

import pytest

from jaryq.case.case import Currency
from jaryq.factors.derive import derive
from tests.cases import facility, keyed, named, package, quantity, source
from tests.hand.runs import answer, drawn, km, near
from tests.hand.test_hand_signed_works import lent, signed_and_drawn, work
from tests.make import bare_case

YEN = keyed(Currency(**named("JPY"), rates={2026: 4.0, 2027: 5.0, 2028: 5.0}))
HALVES = {"spend": {2026: 20.0, 2027: 20.0}, "must": True}


def granted(*projects, packages=(), own=None, whole=False, **grant):
    """1,000 JPY a tonne for 15 years: 15,000 for each tonne a year."""
    return bare_case(
        whole=whole, currencies=YEN, quantities=keyed(quantity("co2", kind="flow")), facilities=keyed(*projects),
        packages=keyed(*packages),
        sources=keyed(source("J", **{"kind": "grant", "partner": "JP", "currency": "JPY", "quantity": "co2",
                                     "per_unit": 15000.0, **grant}), source("O", kind="own", **(own or {}))))


@pytest.mark.parametrize(("tonnes", "more", "expected"), [
    # 6 bn yen: 4 of them in 2027, worth 20, the other 2 in 2026, worth 8.
    (0.4e6, {}, 28),
    # In 2027 alone.
    (0.2e6, {}, 15),
    # Half of 40 binds first.
    (0.4e6, {"max_share": 0.5}, 20),
    # The envelope binds first.
    (0.4e6, {"envelope": 2.0}, 10),
    (1e6, {}, 40),
    (0.0, {}, 0),
    (-0.4e6, {}, 0),
])
def test_a_facility_of_40(tonnes, more, expected):
    assert drawn(answer(granted(facility("A", **HALVES, quantities={"co2": tonnes}), **more)), "J") == near(expected)


def test_each_project_by_its_own_tonnes():
    """A 0.2 Mt, B none: what B could not get does not go to A."""
    plan = answer(granted(facility("A", **HALVES, quantities={"co2": 0.2e6}), facility("B", **HALVES))).plan
    assert {p for s, p, _ in plan.draw if s == "J"} == {"A"}
    assert sum(v for (s, _, _), v in plan.draw.items() if s == "J") == near(15)


def test_why_a_project_is_not_paid_for():
    bounds = derive(granted(facility("A", **HALVES, quantities={"co2": -1.0}))).bounds
    assert bounds.pays["A"] == ("O",)
    assert "co2" in bounds.closed["A"]["J"]
    assert "co2" in bounds.payees.closed["J", "A"].ru


def test_a_package_by_its_km():
    """40 km of 1 bn KZT each, 10,000 t a year per km are 0.15 bn yen, 0.75 bn KZT from 2027 on: each needs 0.25 of own
    money, of which there are 10."""
    case = granted(packages=(package("N", km=40.0, unit_cost=1.0, savings=1.0, earliest=2027,
                                     quantities={"co2": 1e4}),), own={"envelope": 10.0})
    found = answer(case)
    assert (km(found, "N"), drawn(found, "J"), drawn(found, "O")) == near((40, 30, 10))


def test_half_of_a_facility_gets_half():
    """A costs 10 in 2027 and brings 100 a year; 1.2 bn yen are 6 KZT for the whole of it. Own money of 2: 10 z = 2 +
    6 z, so half of it is done."""
    case = granted(facility("A", spend={2027: 10.0}, savings=100.0, quantities={"co2": 0.08e6}), own={"envelope": 2.0})
    found = answer(case)
    assert found.plan.start["A", "2026" if ("A", "2026") in found.plan.start else "2027"] == near(0.5)
    assert drawn(found, "J") == near(3)


def test_a_loan_is_signed_for_what_brings_it_alone():
    """A and B cost 10 each; B brings none, so the loan is signed for 10, of which 35 and 75 % may be drawn."""
    case = lent(work("A", quantities={"co2": 1e6}), work("B"), quantity="co2", per_unit=1e5)
    assert signed_and_drawn(case) == near([10, 3.5, 4], abs=1e-6)


@pytest.mark.parametrize(("ticket", "expected"), [(1.2, 6), (1.21, 0)])
def test_a_ticket_beyond_its_tonnes_is_out_of_reach(ticket, expected):
    """1.2 bn yen at most, at 5 in 2027."""
    case = granted(facility("A", spend={2027: 10.0}, must=True, quantities={"co2": 0.08e6}), whole=True, ticket=ticket)
    assert drawn(answer(case), "J") == near(expected)
