"""Contradictions: proved exactly, and told as the few limits that contradict each other."""

import numpy as np
import pytest
from scipy.optimize import linprog

from jaryq.base.errors import Infeasible
from jaryq.solve import infeasible
from jaryq.solve.highs import Solver
from jaryq.solve.infeasible import confirm
from tests.cases import facility, keyed, package, source, target
from tests.make import bare_case, program_of, solved
from tests.solve.programs import INF, lp, random_lp

HARD = {"priority": "hard"}


def money(first, second=0.0, third=0.0):
    return source("B", ceilings={2026: first, 2027: second, 2028: third})


def conflict_of(case):
    with pytest.raises(Infeasible) as error:
        solved(case)
    return set(error.value.conflict)


def feasible_without(program, dropped):
    """Whether a point exists when the rows of ``dropped`` are taken away, and the bounds of draws that follow from
    ceilings (scipy)."""
    rows, limits = [], []
    for i, row in enumerate(program.matrix.toarray()):
        if i not in dropped:
            for sign, side in ((1, program.row_upper[i]), (-1, -program.row_lower[i])):
                if np.isfinite(side):
                    rows.append(sign * row)
                    limits.append(side)
    bounds = [(0, None if family == "draw" else high)
              for (family, _), high in zip(program.columns, program.col_upper, strict=True)]
    return linprog(np.zeros(program.shape[1]), A_ub=np.array(rows) if rows else None, b_ub=limits or None,
                   bounds=bounds, method="highs").status == 0


def test_the_conflict_is_named_and_nothing_else():
    """x + y >= 4 and x + y <= 3 contradict each other; x <= 8 and y >= 1 have no part in it."""
    program = lp([([1, 0], -INF, 8), ([1, 1], 4, INF), ([0, 1], 1, INF), ([1, 1], -INF, 3)], {"objective": [0, 0]},
                 high=[10, 10])
    assert confirm(program) == ("row[1]", "row[3]")


def test_the_bounds_of_columns_can_be_the_other_half():
    program = lp([([1, 1], 4, INF), ([1, 0], -INF, 1)], {"objective": [0, 0]}, high=[1, 1])
    assert confirm(program) == ("row[0]",)


@pytest.mark.parametrize("seed", range(8))
def test_a_feasible_program_is_never_confirmed(seed):
    assert confirm(random_lp(seed)) is None


def test_a_false_ray_is_not_believed(monkeypatch):
    monkeypatch.setattr(Solver, "ray", lambda _: np.ones(5))
    assert confirm(random_lp(0)) is None


def test_without_an_irreducible_conflict_the_rows_of_the_proof_are_told(monkeypatch):
    monkeypatch.setattr(infeasible, "_smallest", lambda _: [])
    program = lp([([1, 0], -INF, 8), ([1, 1], 4, INF), ([1, 1], -INF, 3)], {"objective": [0, 0]}, high=[10, 10])
    assert confirm(program) == ("row[1]", "row[2]")


def test_money_against_a_hard_target():
    """100 km for 10 bn, 9 bn of money: the target, the bills and the ceilings; taking away any one of them makes
    room."""
    case = bare_case(packages=keyed(package("N", km=100.0, unit_cost=0.1)), sources=keyed(money(3, 3, 3)),
                     targets=(target("T", "km", 100.0, **HARD),))
    found = conflict_of(case)
    assert found == {"at_least[T]", *(f"{row}[{key},{y}]" for y in (2026, 2027, 2028)
                                      for row, key in (("ceiling", "B"), ("paid_in_full", "N")))}
    program = program_of(case)[1]
    names = {f"{family}[{','.join(map(str, index))}]": i for i, (family, index) in enumerate(program.rows)}
    for name in found:
        assert feasible_without(program, {names[name]})


def test_two_hard_targets_against_each_other():
    """At least 60 km, and at most 5 bn (50 km)."""
    goals = (target("A", "km", 60.0, **HARD), target("Z", "spend", 5.0, year_first=2026, sense="<=", **HARD))
    found = conflict_of(bare_case(packages=keyed(package("N", km=100.0, unit_cost=0.1)),
                                  sources=keyed(money(50, 50, 50)), targets=goals))
    assert found == {"at_least[A]", "at_most[Z]"}


def test_a_commitment_without_money():
    found = conflict_of(bare_case(facilities=keyed(facility("F", cost=10.0, must=True, latest=2026)),
                                  sources=keyed(money(6))))
    assert {"start_required[F]", "paid_in_full[F,2026]"} <= found


def test_the_loan_behind_a_fund_is_named():
    """A commitment of 10 in 2026, a fund without money of its own, a line into it of at most 6: it is the loan's
    ceiling that must grow."""
    fund = source("O", kind="own", carry_over="fund", ceilings={2026: 0.0, 2027: 0.0, 2028: 0.0})
    line = source("L", kind="loan", draws_to="O", tenor=2.0, signing_year=2026,
                  ceilings={2026: 6.0, 2027: 20.0, 2028: 20.0})
    found = conflict_of(bare_case(facilities=keyed(facility("F", cost=10.0, must=True, latest=2026)),
                                  sources=keyed(fund, line)))
    assert found == {"start_required[F]", "paid_in_full[F,2026]", "fund_balance[O,2026]", "ceiling[L,2026]"}


def test_a_row_without_decisions_is_named():
    """A hard target on what is not there: nothing that may be decided has an effect."""
    with pytest.raises(Infeasible, match=r"at_least\[T\]") as error:
        solved(bare_case(facilities=keyed(facility("F", cost=1.0)), sources=keyed(money(9)),
                         targets=(target("T", "km", 5.0, **HARD),)))
    assert error.value.conflict == ("at_least[T]",)


def test_a_row_without_decisions_that_holds_is_no_matter():
    """5 km are done and 5 are asked for."""
    case = bare_case(first_year=2025, packages=keyed(package("N", km=5.0, unit_cost=0.1, done={2025: 5.0})),
                     sources=keyed(money(9)), targets=(target("T", "km", 5.0, **HARD),))
    assert solved(case).value == 0.0
