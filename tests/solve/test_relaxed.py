"""The linear stages of a program are solved once."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_array

from jaryq.base.errors import Infeasible, NoPlan
from jaryq.solve import relaxed
from jaryq.solve.highs import Solver
from jaryq.solve.lp import LinearProgram
from jaryq.solve.relaxed import relaxation
from jaryq.solve.stages import linear_stages
from jaryq.solve.warm import Warm


def _program(least: float = 3.0) -> LinearProgram:
    """Minimise 2 a + b with a + b >= ``least``, both at most 2: a = 1, b = 2 costs 4 (by hand)."""
    return LinearProgram(csr_array([[1.0, 1.0]]), np.array([least]), np.array([np.inf]), np.zeros(2), np.full(2, 2.0),
                         np.zeros(2, dtype=bool), {"objective": (np.array([2.0, 1.0]), 0.0)},
                         (("a", ()), ("b", ())), (("sum", ()),))


def test_asked_again_it_is_not_solved_again(monkeypatch):
    program = _program()
    found, _ = relaxation(program, (("objective",), 0))
    assert found.values == pytest.approx({"objective": 4.0})
    monkeypatch.setattr(relaxed, "linear_stages", None)
    assert relaxation(program, (("objective",), 0))[0] is found
    with pytest.raises(TypeError):
        relaxation(program, (("objective",), 1))
    with pytest.raises(TypeError):
        relaxation(_program(), (("objective",), 0))


def test_without_a_proof_there_is_no_plan_at_less_effort():
    """At most 4 can be reached, 5 is asked."""
    program, names = _program(), ("objective",)
    solved = linear_stages(program, names, Solver(program))
    asked = program.with_bounds(row_lower=np.array([5.0]))
    with pytest.raises(Infeasible) as proved:
        Warm(program, names, solved).reached(asked)
    assert proved.value.conflict == ("sum[]",)
    with pytest.raises(NoPlan):
        Warm(program, names, solved, proved=False).reached(asked)


@pytest.mark.parametrize(("bounds", "error"), [
    ({"col_upper": np.array([np.inf, 2.0])}, ValueError), ({"col_lower": np.array([0.0, np.nan])}, ValueError),
    ({"row_lower": np.array([np.nan])}, ValueError), ({"matrix": np.zeros(1)}, TypeError),
])
def test_other_bounds_are_looked_at(bounds, error):
    with pytest.raises(error):
        _program().with_bounds(**bounds)


def test_what_follows_from_coefficients_is_kept_with_other_bounds_and_no_longer():
    program = _program()
    found = {name: getattr(program, name) for name in ("row_at", "column_at", "by_column", "in_whole_numbers")}
    other = program.with_bounds(row_lower=np.array([1.0]))
    assert all(getattr(other, name) is there for name, there in found.items())
    assert (other.row_lower.tolist(), program.row_lower.tolist()) == ([1.0], [3.0])
    changed = program.inside({(("sum", ()), ("a", ())): 1.0})
    assert changed.in_whole_numbers == ([2, 1], 0)
    assert program.in_whole_numbers == ([1, 1], 0)
    assert changed.by_column.toarray().tolist() == [[2.0, 1.0]]


def test_an_exact_proof_needs_no_second_look(monkeypatch):
    """At most 4 can be reached, 5 is asked: the multiplier of the only row proves it, and nothing is solved from
    nothing. Where the solver only says so, without multipliers, the program is solved from nothing, and there is a
    plan."""
    program, names = _program(), ("objective",)
    near = Warm(program, names, linear_stages(program, names, Solver(program)), proved=False)
    monkeypatch.setattr(Warm, "_from_nothing", None)
    with pytest.raises(NoPlan, match="contradict"):
        near.reached(program.with_bounds(row_lower=np.array([5.0])))
    monkeypatch.undo()
    told = Solver.run
    monkeypatch.setattr(Solver, "ray", lambda _: None)
    lies = iter([True, True])
    monkeypatch.setattr(Solver, "run", lambda self: replace(told(self), stop="infeasible" if next(lies, False)
                                                            else "optimal"))
    values, _ = near.reached(program.with_bounds(row_lower=np.array([2.0])))
    assert values == pytest.approx({"objective": 2.0})
