"""Programs that go on from the bases of a solved one: where a stage is not held on the usual faces, finer ones hold it,
and nothing is solved from nothing."""

import pytest

from jaryq.solve import at_once, from_base
from jaryq.solve.from_base import FromBase, by_names
from jaryq.solve.highs import Solver
from jaryq.solve.stages import linear_stages
from tests.solve.programs import lp, random_lp

STAGES = ("one", "two")


def program(least):
    """x0 >= least; first the least x0 + 5e-10 x1, then the most x1 (up to 1,000). What x1 costs in the first stage,
    5e-8 in its unit (100 for the dearest), is less than what counts on the usual face (1e-7): x1 would go to 1,000, and
    the first stage lose 5e-7, fifty times what it may. On the finer face (1e-9) it stays at 0."""
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
    free = [lp([((1.0, 0.0), least, 10.0)], {"one": (1.0, 0.0), "two": (0.0, -1.0)}, high=(10.0, 1000.0))
            for least in (1.0, 2.0)]
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


@pytest.mark.parametrize("seed", range(5))
def test_what_is_far_from_the_base_is_solved_from_nothing_and_reaches_the_same(seed, monkeypatch):
    """Another program of the same shape. After no step at all, or one, the first stage that is not at its best begins
    from nothing, and no stage behind it from the base: the last thing done to a basis is to forget it. Values are those
    of both from nothing."""
    base, asked = (random_lp(one, 3, 30, 20) for one in (seed, seed + 100))
    wanted = linear_stages(asked, tuple(asked.objectives), Solver(asked)).values
    known = FromBase(base, tuple(base.objectives))
    monkeypatch.setattr(from_base, "linear_stages", never)
    begun, near, forget = [], Solver.start_near, Solver.forget
    monkeypatch.setattr(Solver, "start_near", lambda self, *args: begun.append("start_near") or near(self, *args))
    monkeypatch.setattr(Solver, "forget", lambda self: begun.append("forget") or forget(self))
    for far in (0, 1, 2000):
        begun.clear()
        monkeypatch.setattr(from_base, "FAR", far)
        values, _ = known.reached(asked, tuple(asked.objectives))
        assert values == pytest.approx(wanted)
        assert ("forget" in begun) == (far < 2000)
        assert "start_near" not in begun[begun.index("forget"):] if far < 2000 else begun


def test_what_is_solved_from_nothing_is_so_once(monkeypatch):
    """The two stages of ``program`` on the usual face, from nothing together in one run; on the finer one both go on
    from where they ended."""
    asked, begun, forget = program(2.0), [], Solver.forget
    monkeypatch.setattr(Solver, "forget", lambda self: begun.append("forget") or forget(self))
    found = at_once.from_nothing(asked, STAGES, Solver(asked))
    assert found is not None
    assert found[0] == pytest.approx({"one": 2.0, "two": 0.0})
    assert begun == ["forget"]
