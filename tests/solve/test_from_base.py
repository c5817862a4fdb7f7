"""Programs that go on from the bases of a solved one: where a stage is not held on the usual faces, finer ones hold it, and nothing is solved from nothing."""

import pytest

from jaryq.solve import at_once, from_base
from jaryq.solve.from_base import FromBase, by_names
from jaryq.solve.highs import Solver
from jaryq.solve.stages import linear_stages
from tests.solve.programs import lp

STAGES = ("one", "two")


def program(least):
    """x0 >= least; first the least x0 + 5e-10 x1, then the most x1 (up to 1,000). What x1 costs in the first stage, 5e-8 in its unit (100 for the dearest), is
    less than what counts on the usual face (1e-7): x1 would go to 1,000, and the first stage lose 5e-7, fifty times what it may. On the finer face (1e-9) it
    stays at 0."""
    return lp([((1.0, 0.0), least, 10.0)], {"one": (1.0, 5e-10), "two": (0.0, -1.0)}, high=(10.0, 1000.0))


def never(*_, **__):
    raise AssertionError("solved from nothing")


def test_a_stage_that_the_usual_face_does_not_hold(monkeypatch):
    base = FromBase(program(1.0), STAGES)
    monkeypatch.setattr(from_base, "linear_stages", never)
    values, x = base.reached(program(2.0), STAGES)
    assert values == pytest.approx({"one": 2.0, "two": 0.0})
    assert x.tolist() == pytest.approx([2.0, 0.0])


def test_the_usual_face_is_asked_once_where_it_holds(monkeypatch):
    """Without the tiny cost x1 is free in the first stage: 1,000 of it, by one pass."""
    free = [lp([((1.0, 0.0), least, 10.0)], {"one": (1.0, 0.0), "two": (0.0, -1.0)}, high=(10.0, 1000.0)) for least in (1.0, 2.0)]
    base = FromBase(free[0], STAGES)
    asked, own = [], at_once._on_faces
    monkeypatch.setattr(at_once, "_on_faces", lambda *args: asked.append(args) or own(*args))
    monkeypatch.setattr(from_base, "linear_stages", never)
    values, _ = base.reached(free[1], STAGES)
    assert values == pytest.approx({"one": 2.0, "two": -1000.0})
    assert len(asked) == 1


def test_the_same_of_a_program_that_is_met_by_names():
    known, asked = program(1.0), program(2.0)
    found = by_names(known, linear_stages(known, STAGES, Solver(known)), asked, STAGES, Solver(asked))
    assert found is not None
    assert found[0] == pytest.approx({"one": 2.0, "two": 0.0})
