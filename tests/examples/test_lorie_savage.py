"""The nine-project problem of Lorie and Savage (1955), through the shipped file: published answers, and our own
enumeration of them.

Published (Weingartner 1963): linear optimum 70.27 with projects 1, 3, 4, 9, 0.969697 of 6 and 0.045455 of 7, prices of
the two budgets 0.13636 and 1.86364; whole optimum 70 with projects 1, 3, 4, 6, 9.

By hand: with 1, 3, 4, 9 done, 8 of 50 and 6 of 20 are left for 6 (6 and 6) and 7 (48 and 4). 6 a + 48 b = 8 and 6 a + 4
b = 6 give b = 2/44 = 1/22 and a = 32/33; the value is 58 + 12 a + 14 b = 70 + 3/11. Prices: 6 u + 6 v = 12 and 48 u + 4
v = 14 give u = 3/22, v = 41/22.
"""

from itertools import product
from pathlib import Path

import pytest

from inputs.build_examples import BUDGETS, FIRST, SECOND, VALUES, lorie_savage
from jaryq.api.accepted import accept
from jaryq.api.clock import Clock
from jaryq.api.verified import decide
from jaryq.workbook.inputs import write_inputs
from jaryq.workbook.read import read
from tests.make import with_settings
from tests.workbooks import same

FILE = Path(__file__).parents[2] / "inputs" / "lorie_savage.xlsx"


def job(**settings):
    tables, issues = read(FILE)
    assert issues == []
    return decide(accept(with_settings(tables, **settings), issues), Clock(), lambda _: None)


@pytest.fixture(scope="module")
def divisible():
    return job().solution


@pytest.fixture(scope="module")
def whole():
    return job(facilities="whole").solution


def test_file_is_what_its_builder_writes(tmp_path):
    written = []
    for name in ("one", "two"):
        write_inputs(lorie_savage(), tmp_path / f"{name}.xlsx")
        written.append((tmp_path / f"{name}.xlsx").read_bytes())
    assert written[0] == written[1]
    # Compared by value: compression differs between builds of Python.
    assert same(read(tmp_path / "one.xlsx")[0], read(FILE)[0])


def test_figures_of_the_paper():
    assert VALUES == (14, 17, 17, 15, 40, 12, 14, 10, 12)
    assert FIRST == (12, 54, 6, 6, 30, 6, 48, 36, 18)
    assert SECOND == (3, 7, 6, 2, 35, 6, 4, 3, 3)
    assert BUDGETS == (50, 20)


def test_divisible_answer(divisible):
    assert divisible.value == pytest.approx(70 + 3 / 11, abs=1e-9)
    assert divisible.certified_bound == pytest.approx(70 + 3 / 11, abs=1e-6)
    assert divisible.certified_bound >= divisible.value - 1e-9
    shares = {key: share for (key, _), share in divisible.plan.start.items()}
    assert shares == pytest.approx({"P1": 1, "P3": 1, "P4": 1, "P9": 1, "P6": 32 / 33, "P7": 1 / 22}, abs=1e-9)


@pytest.mark.parametrize(("year", "price"), [("2026", 3 / 22), ("2027", 41 / 22)])
def test_prices_of_the_budgets(divisible, year, price):
    found = {p.index[1]: p for p in divisible.prices if p.kind == "ceiling"}[year]
    assert found.regime == "projects_may_change"
    assert found.loosen.objective / found.step == pytest.approx(price, abs=1e-6)
    assert found.tighten.objective / found.step == pytest.approx(-price, abs=1e-6)


def test_steps_stay_within_the_range_of_the_basis(divisible):
    """b = (2 + d1 - d2)/44 and a = 1 + (d2 - 4 b)/6 stay in 0..1 for -2 <= d1 <= 42 and d2 <= 1/6: the second budget
    allows only a small step up."""
    steps = {p.index[1]: p.step for p in divisible.prices}
    assert steps == pytest.approx({"2026": 0.25, "2027": 0.1})


def test_whole_answer(whole):
    assert whole.value == pytest.approx(70.0, abs=1e-9)
    assert {key for key, _ in whole.plan.start} == {"P1", "P3", "P4", "P6", "P9"}
    assert set(whole.plan.start.values()) == {1.0}
    assert whole.lp_relaxation == pytest.approx(70 + 3 / 11, abs=1e-9)
    # All 512 choices are tried below: none is above 70. A branching tree proves as much: with P6 whole P7 needs more of
    # the first budget than is left
    # (50 - 36 - 6 = 8 of 48 for 1/6 of it, and the second, 6 - 6, is empty), and without P6 the 6 left of the second
    # budget pay at most 14 x 8/48 for P7.
    assert whole.certified_bound == pytest.approx(70.0, abs=1e-6)
    assert whole.certified_gap == pytest.approx(0.0, abs=1e-6)


def test_whole_answer_is_the_best_of_all_512():
    values = {
        choice: sum(v for v, c in zip(VALUES, choice, strict=True) if c)
        for choice in product((0, 1), repeat=9)
        if all(sum(a * c for a, c in zip(column, choice, strict=True)) <= limit
               for column, limit in ((FIRST, 50), (SECOND, 20)))
    }
    best = max(values.values())
    assert best == 70
    assert [choice for choice, value in values.items() if value == best] == [(1, 0, 1, 1, 0, 1, 0, 0, 1)]
