"""Published financing problems through their shipped files, each against the printed answer and against a linear
program written here by hand."""

from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import linprog

from inputs.build_examples import BANKS, BONDS, CASH_FLOW, EXAMPLES, LIABILITIES, LOT, SHOPS
from jaryq.api.accepted import accept
from jaryq.api.clock import Clock
from jaryq.api.verified import decide
from jaryq.factors.debt import debt_flows
from jaryq.workbook.inputs import write_inputs
from jaryq.workbook.read import read
from tests.sampled import exhaustive_but
from tests.workbooks import same

INPUTS = Path(__file__).parents[2] / "inputs"


def job(name):
    tables, issues = read(INPUTS / f"{name}.xlsx")
    assert issues == []
    return decide(accept(tables, issues), Clock(), lambda _: None)


@pytest.mark.parametrize("example", exhaustive_but(EXAMPLES, EXAMPLES[:1]), ids=lambda example: example.__name__)
def test_file_is_what_its_builder_writes(example, tmp_path):
    tables = example()
    written = []
    for name in ("one", "two"):
        write_inputs(tables, tmp_path / f"{name}.xlsx")
        written.append((tmp_path / f"{name}.xlsx").read_bytes())
    assert written[0] == written[1]
    # Compared by value: compression differs between builds of Python.
    assert same(read(tmp_path / "one.xlsx")[0], read(INPUTS / f"{tables.name}.xlsx")[0])


# --- short-term financing ---------------------------------------------------------------------------------------------

def wealth_in_june():
    """x1..x5 credit line, y1..y3 paper, z1..z5 money kept, v wealth: what comes in a month less what goes is the
    month's cash need."""
    rows = np.zeros((6, 14))
    for t in range(6):
        for column, when, factor in ((0, t, 1.0), (0, t - 1, -1.01), (5, t, 1.0), (5, t - 3, -1.02), (8, t, -1.0),
                                     (8, t - 1, 1.003)):
            if 0 <= when < {0: 5, 5: 3, 8: 5}[column]:
                rows[t, column + when] += factor
    rows[5, 13] = -1.0
    return linprog([*[0.0] * 13, -1.0], A_eq=rows, b_eq=[-flow for flow in CASH_FLOW],
                   bounds=[(0, 100)] * 5 + [(0, None)] * 9)


@pytest.fixture(scope="module")
def short_term():
    return job("short_term_financing")


def test_wealth_in_june(short_term):
    """Printed: 92.49694915 (thousand dollars)."""
    assert short_term.solution.value == pytest.approx(92.49694915, abs=5e-9)
    assert short_term.solution.certified_bound == pytest.approx(92.49694915, abs=1e-6)
    assert -wealth_in_june().fun == pytest.approx(92.49694915, abs=5e-9)


def test_plan_of_the_short_term(short_term):
    """By hand: paper of January 150. What February (100) needs comes from paper, which May's 50 repays: y2 = 50/1.02,
    and from the line, x2 = 100 - y2. April needs 200 + 1.02 x 150 = 353 = 1.003 z3, so March keeps z3 = 353/1.003 and
    issues y3 = z3 - 200 + 1.01 x2; v = 300 - 1.02 y3. (Another plan is as good: y2 = 100 and 52 of the line in May. The
    tie-break always takes this one.)"""
    y2, z3 = 50 / 1.02, 353 / 1.003
    y3 = z3 - 200 + 1.01 * (100 - y2)
    plan = short_term.solution.plan
    lines = {key: amount for key, amount in plan.line.items() if amount > 1e-9}
    assert lines == pytest.approx({("PAPER", 2026): 150.0, ("PAPER", 2027): y2, ("PAPER", 2028): y3,
                                   ("LINE", 2027): 100 - y2})
    idle = {key: amount for key, amount in plan.idle.items() if amount > 1e-9}
    assert idle == pytest.approx({("CASH", 2028): z3, ("CASH", 2031): 300 - 1.02 * y3})


# --- dedication -------------------------------------------------------------------------------------------------------

def cheapest_portfolio():
    """x of each bond, z0..z8 money kept: the least of prices and z0 that pays every liability."""
    rows = np.zeros((8, 19))
    for bond, (_, coupon, maturity) in enumerate(BONDS):
        rows[:maturity, bond] = coupon
        rows[maturity - 1, bond] += 100
    for year in range(8):
        rows[year, 10 + year], rows[year, 11 + year] = 1.0, -1.0
    return linprog([*(price for price, *_ in BONDS), 1.0, *[0.0] * 8], A_eq=rows, b_eq=LIABILITIES)


@pytest.fixture(scope="module")
def bonds():
    return job("dedication")


def test_cost_of_the_portfolio(bonds):
    """Printed: 93944.50 dollars."""
    today = sum(amount for (s, _, _), amount in bonds.solution.plan.draw.items() if s == "TODAY")
    assert cheapest_portfolio().fun == pytest.approx(93944.503537, abs=1e-5)
    assert 1000 * today == pytest.approx(93944.503537, abs=1e-4)


def test_bonds_that_are_bought(bonds):
    """By hand, backwards: bond 10 = 10000/107; bond 9 = (12000 - 7 x bond 10)/109, and so on."""
    bought = {int(key[1:]): LOT * share for (key, _), share in bonds.solution.plan.start.items() if key.startswith("B")}
    printed = {1: 62.13612744, 3: 125.24293381, 4: 151.5050805, 5: 156.80775832, 6: 123.08006865, 8: 124.15727483,
               9: 104.08985681, 10: 93.45794393}
    assert {key: amount for key, amount in bought.items() if amount > 1e-6} == pytest.approx(printed, abs=1e-6)
    assert printed[10] == pytest.approx(10000 / 107)
    assert printed[9] == pytest.approx((12000 - 7 * 10000 / 107) / 109)


# --- choice of loans --------------------------------------------------------------------------------------------------

def least_annuities():
    rates = np.array(list(BANKS.values())) / 100
    annuity = (rates / (1 - (1 + rates) ** -8)).ravel()
    shops, banks = np.kron(np.ones(3), np.eye(3)), np.kron(np.eye(3), np.ones(3))
    return linprog(annuity, A_eq=shops, b_eq=list(SHOPS.values()), A_ub=banks, b_ub=[3.0] * 3)


@pytest.fixture(scope="module")
def loans():
    return job("choice_of_loans")


def test_loans_that_are_chosen(loans):
    """Bank 1 is cheapest for London (2.5) and, with what is left of its 3, for Rome (0.5); bank 3 for Munich; bank 2
    pays the rest of Rome."""
    drawn = {s: amount for (s, _, _), amount in loans.solution.plan.draw.items() if amount > 1e-9}
    assert drawn == pytest.approx({"BANK1_LONDON": 2.5, "BANK1_ROME": 0.5, "BANK3_MUNICH": 1.0, "BANK2_ROME": 1.2})


def test_yearly_annuities(loans):
    """0.8221806562 million a year, eight times."""
    yearly = least_annuities().fun
    assert yearly == pytest.approx(0.8221806562, abs=1e-10)
    assert loans.solution.value == pytest.approx(8 * yearly, abs=1e-9)
    service = debt_flows(loans.accepted.factors, loans.solution.plan, "debt_service")
    assert {year: service.get(year, 0.0) for year in range(2026, 2036)} == pytest.approx({year: yearly
        if 2027 <= year <= 2034 else 0.0 for year in range(2026, 2036)})


# --- multiperiod investment -------------------------------------------------------------------------------------------

def cash_at_time_3():
    """A..E, s0..s2 kept at 8 %: at each date what comes in is invested or kept; at time 3 it is cash."""
    rows = np.array([
        [1, 0, 1, 1, 0, 1, 0, 0],
        [-0.5, 1, -1.2, 0, 0, -1.08, 1, 0],
        [-1, -0.5, 0, 0, 1, 0, -1.08, 1],
    ])
    worth = [0, 1, 0, 1.9, 1.5, 0, 0, 1.08]
    return linprog([-value for value in worth], A_eq=rows, b_eq=[100, 0, 0], bounds=[(0, 75)] * 5 + [(0, None)] * 3)


def test_finco():
    """Printed: 218,500 dollars; A 60,000, B 30,000, D 40,000, E 75,000. The purse counts what is gained on the 100 at
    the start."""
    done = job("finco")
    plan = done.solution.plan
    invested = {key: 75 * share for (key, _), share in plan.start.items()}
    assert invested == pytest.approx({"A": 60.0, "B": 30.0, "D": 40.0, "E": 75.0})
    assert {key: amount for key, amount in plan.idle.items() if amount > 1e-9} == pytest.approx({("CASH", 2029): 218.5})
    assert done.solution.value == pytest.approx(118.5)
    assert -cash_at_time_3().fun == pytest.approx(218.5)
