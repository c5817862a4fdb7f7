"""A shortage spreads: rows of a priority that are as short of money as each other end with the same normalised
shortfall."""

import pytest

from tests.cases import keyed, package, source, target
from tests.hand.runs import answer, job, km, near
from tests.make import bare_case


def with_envelope(amount):
    def change(tables):
        table = tables.get("sources")
        return tables.with_sheet(type(table).of("sources", [{**row, "envelope": amount} for _, row in table.records()]))
    return change


@pytest.mark.parametrize(("money", "each"), [(60, 30.0), (65, 32.5), (10, 5.0), (137, 68.5), (199, 99.5)])
def test_two_rows(money, each):
    """Two networks of 100 km at 1 bn KZT/km; money for 60 km gives 30 and 30, for 65 gives 32.5 and 32.5, at every
    level of shortage."""
    found = job("two-targets", with_envelope(money)).solution
    assert [km(found, key) for key in ("P1", "P2")] == near([each, each], abs=1e-6)


@pytest.mark.parametrize(("money", "each"), [(60.0, 20.0), (100.0, 100 / 3), (7.0, 7 / 3), (250.0, 250 / 3)])
def test_three_rows(money, each):
    """100 km each at 1 bn KZT/km."""
    packages = [package(f"N{i}", km=100.0, unit_cost=1.0) for i in range(3)]
    goals = tuple(target(f"T{i}", "km", 100.0, filter={"project": f"N{i}"}) for i in range(3))
    found = answer(bare_case(packages=keyed(*packages), sources=keyed(source("B", envelope=money)), targets=goals))
    assert [km(found, f"N{i}") for i in range(3)] == near([each] * 3, abs=1e-6)


def test_what_one_row_cannot_use_goes_to_the_others():
    """Only 10 km of N0 can be done, so of money for 70 the other two get 30 each: 10, 30, 30. The largest shortfall,
    0.9, is that of N0 and hides nothing: the two others are as even as they can be."""
    packages = [package("N0", km=10.0, unit_cost=1.0), package("N1", km=100.0, unit_cost=1.0),
                package("N2", km=100.0, unit_cost=1.0)]
    goals = tuple(target(f"T{i}", "km", 100.0, filter={"project": f"N{i}"}) for i in range(3))
    found = answer(bare_case(packages=keyed(*packages), sources=keyed(source("B", envelope=70.0)), targets=goals))
    assert [km(found, f"N{i}") for i in range(3)] == near([10.0, 30.0, 30.0], abs=1e-6)
