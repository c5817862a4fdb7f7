"""What-ifs by way of the program in which projects that are alike share their payments: the values are those of the
full program, or nothing is said."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from scipy.sparse import csr_array

from jaryq.api import again
from jaryq.api.accepted import accept
from jaryq.api.again import Standing
from jaryq.api.again_decision import DIVISIBLE, moved, standing_of
from jaryq.api.arrays import arrays_of
from jaryq.api.question import question
from jaryq.case.stages import main
from jaryq.solve import in_classes
from jaryq.solve.highs import Solver
from jaryq.solve.in_classes import InClasses
from jaryq.solve.stages import linear_stages
from jaryq.tables.typed_changes import typed_changes
from jaryq.workbook.read import read
from tests.cases import facility, keyed, source
from tests.make import bare_case, program_of
from tests.properties.test_properties import EXAMPLES, cases
from tests.sampled import exhaustive_beside
from tests.solve.test_again import WHAT_IFS, rebuilt

ROOT = Path(__file__).resolve().parent.parent.parent
YEARS = (2026, 2027, 2028)


def three(cost=1.0):
    """Three facilities that three sources pay for, each in three years: 27 payments, 9 of the smaller program."""
    projects = [facility(f"F{i}", cost=cost * (i + 1), benefit=9.0) for i in range(3)]
    sources = [source(s, ceilings=dict.fromkeys(YEARS, 1.5)) for s in "ABC"]
    return program_of(bare_case(facilities=keyed(*projects), sources=keyed(*sources), whole=False))


def test_what_changes_is_solved_small_and_told_in_full(monkeypatch):
    """Costs twice as high, near and from nothing: the values and a point of the full program, and only the smaller one
    has been run stage by stage: of the full one what is left to share the payments out, once."""
    factors, program = three()
    names = main(program.objectives)
    made = InClasses(question(factors, program), program, names)
    assert made.helps
    assert made.base.program.shape[1] < program.shape[1]
    other = three(2.0)[1]
    wanted = linear_stages(other, names, Solver(other)).values
    sizes = []
    run, by_names, near = Solver.run, in_classes.all_by_names, []
    monkeypatch.setattr(in_classes, "all_by_names", lambda *given: near.append(by_names(*given)) or near[-1])
    monkeypatch.setattr(Solver, "run", lambda self: sizes.append(self.program.columns) or run(self))
    for steps, nearby in ((in_classes.NEAR, True), (0, False)):
        monkeypatch.setattr(in_classes, "NEAR", steps)
        values, x = made.reached(other, names)
        assert values == pytest.approx(wanted, abs=1e-8)
        assert (near.pop() is not None) == nearby
        rows = other.matrix @ x
        assert np.all(rows <= other.row_upper + 1e-8)
        assert np.all(rows >= other.row_lower - 1e-8)
        assert [names == made.base.program.columns for names in sizes] == [*[True] * (len(sizes) - 1), False]
        assert set(sizes[-1]) < set(program.columns)
        sizes.clear()


def test_other_decisions_are_solved_all_stages_at_once(monkeypatch):
    """A source more: columns that the base does not have. One run from nothing, then each stage in no steps; where that
    leads nowhere, each from nothing: the same values."""
    factors, program = three()
    names = main(program.objectives)
    made = InClasses(question(factors, program), program, names)
    projects = [facility(f"F{i}", cost=i + 1.0, benefit=9.0) for i in range(3)]
    sources = [source(s, ceilings=dict.fromkeys(YEARS, 0.5)) for s in "ABCD"]
    other = program_of(bare_case(facilities=keyed(*projects), sources=keyed(*sources), whole=False))[1]
    assert other.columns != program.columns
    wanted = linear_stages(other, names, Solver(other)).values
    steps, at_once = [], in_classes.at_once_from_nothing
    monkeypatch.setattr(in_classes, "at_once_from_nothing", lambda *asked: steps.append(None) or at_once(*asked))
    assert made.reached(other, names)[0] == pytest.approx(wanted, abs=1e-8)
    assert steps == [None]
    monkeypatch.setattr(in_classes, "at_once_from_nothing", lambda *asked: None)
    assert made.reached(other, names)[0] == pytest.approx(wanted, abs=1e-8)


def test_values_that_no_point_reaches_are_not_told(monkeypatch):
    """A smaller program that promises too much (one more than there is) leads to nothing, and the stages are run on the
    full one."""
    factors, program = three()
    names = main(program.objectives)
    made = InClasses(question(factors, program), program, names)
    stages = InClasses._stages
    monkeypatch.setattr(InClasses, "_stages", lambda self, small, names, *, near: (
        {name: value - 1.0 for name, value in stages(self, small, names, near=near)[0].items()},
        stages(self, small, names, near=near)[1]))
    assert made.reached(program, names) is None


def test_where_the_starts_of_the_smaller_one_do_not_do_others_are_found(monkeypatch):
    """Three that are alike, of which two may begin at once; the smaller program is given a start too many for one and
    too few for another: with the starts as they are the full program does not reach the value, with other starts it
    does."""
    projects = [facility(f"F{i}", cost=1.0, benefit=9.0) for i in range(3)]
    factors, program = program_of(bare_case(facilities=keyed(*projects),
                                            sources=keyed(source("A", ceilings=dict.fromkeys(YEARS, 0.5)),
                                                          source("B", ceilings=dict.fromkeys(YEARS, 0.5))),
                                                          whole=False))
    names = main(program.objectives)
    made = InClasses(question(factors, program), program, names)
    stages = InClasses._stages

    def worse_starts(self, small, names, *, near):
        values, x = stages(self, small, names, near=near)
        return values, np.where([family == "start" for family, _ in small.columns], 0.0, x)

    monkeypatch.setattr(InClasses, "_stages", worse_starts)
    values, _ = made.reached(program, names)
    assert values == pytest.approx(linear_stages(program, names, Solver(program)).values, abs=1e-8)
    monkeypatch.setattr(InClasses, "_of_one", lambda _, program: np.zeros(program.shape[1], dtype=bool))
    assert made.reached(program, names) is None


def test_classes_of_the_base_that_hold_no_more_are_found_anew(monkeypatch):
    """A and B pay; where the payments of F0 alone count twice in a ceiling it is like F1 and F2 no more: the base's
    classes are dropped, the values stay right."""
    factors, program = three()
    names = main(program.objectives)
    made = InClasses(question(factors, program), program, names)
    calls = []
    aggregate = in_classes.aggregate
    monkeypatch.setattr(in_classes, "aggregate", lambda *asked: calls.append(None) or aggregate(*asked))
    made.reached(program.with_bounds(row_upper=program.row_upper * 1.0), names)
    assert calls == []
    data = program.matrix.data.copy()
    at = {j for j, (family, index) in enumerate(program.columns) if family == "draw" and "F0" in index}
    ceilings = [i for i, (family, index) in enumerate(program.rows) if "F0" not in index]
    rows = np.repeat(np.arange(program.shape[0]), np.diff(program.matrix.indptr))
    data[[k for k, (i, j) in enumerate(zip(rows, program.matrix.indices, strict=True)) if j in at
          and i in ceilings]] *= 2.0
    other = replace(program, matrix=csr_array((data, program.matrix.indices, program.matrix.indptr),
                                              shape=program.matrix.shape))
    found = made.reached(other, names)
    assert calls == [None]
    assert found is None or found[0] == pytest.approx(linear_stages(other, names, Solver(other)).values, abs=1e-8)


def test_a_smaller_program_that_tells_its_columns_apart_is_none(monkeypatch):
    factors, program = three()
    names = main(program.objectives)
    added_up, aggregate = in_classes.added_up, in_classes.aggregate
    monkeypatch.setattr(in_classes, "added_up", lambda *asked: replace(added_up(*asked), apart=("floor",)))
    monkeypatch.setattr(in_classes, "aggregate", lambda *asked: replace(aggregate(*asked), apart=("floor",)))
    made = InClasses(question(factors, program), program, names)
    assert not made.helps
    assert made.reached(program, names) is None


@EXAMPLES
@given(cases(whole=False))
def test_whatever_the_case_the_values_are_those_of_the_full_program(case):
    factors, program = program_of(case)
    names = main(program.objectives)
    found = InClasses(question(factors, program), program, names).reached(program, names)
    if found is not None:
        assert found[0] == pytest.approx(linear_stages(program, names, Solver(program)).values, abs=1e-7)


@pytest.mark.parametrize("name", sorted(WHAT_IFS))
def test_every_what_if_in_classes_is_the_rebuild(monkeypatch, name):
    """Also where the smaller program is hardly smaller: limits, costs, benefits, rates, one after another."""
    monkeypatch.setattr(in_classes, "SMALLER", 1.0)
    case, changes = WHAT_IFS[name]
    tables = case()
    standing = Standing(accept(tables, ()), program_of_tables(tables), in_classes=True)
    assert standing.classes is not None
    for change in changes:
        assert standing.again(change).after == pytest.approx(rebuilt(tables, change), abs=1e-6), change


def program_of_tables(tables):
    return again.program_of(again.said(accept(tables, ()).factors, {}))


FAR = (("facilities; ; cost; multiply 1.3", "networks; ; unit_cost; multiply 1.3"),
       ("facilities; ; cost; multiply 1.5", "networks; ; unit_cost; multiply 1.5"),
       ("currencies; currency=USD; 2026-2035; multiply 2",), ("programme; ; ; shift 1",))


def test_limits_of_bills_by_region_leave_too_little_alike():
    """The smaller program of the shipped case has 0.62 of the columns, 0.46 without these limits: not worth its making,
    so its what-ifs are solved in full."""
    assert standing_of(ROOT / "inputs" / "kazakhstan.xlsx", "base").classes is None


@exhaustive_beside("test_every_what_if_in_classes_is_the_rebuild")
def test_the_shipped_case_without_limits_of_bills_takes_steps_of_the_smaller_program_alone(monkeypatch):
    """Costs a third higher, the dollar at twice its rate, a year later: 2,634 to 13,751 steps. Of the case as it is
    then (8,104 steps) and of costs half as high again (15,043) the end of the smaller program is not one of the full
    program, which is solved from nothing."""
    changes, _ = typed_changes([DIVISIBLE, "tariffs; ; rise; set"], "test")
    accepted, full = accept(*read(ROOT / "inputs" / "kazakhstan.xlsx"), "base", changes), []
    standing = Standing(accepted, arrays_of(accepted.factors), stages=main, in_classes=True)
    monkeypatch.setattr(again, "linear_stages",
                        lambda *given, **more: (full.append(1), linear_stages(*given, **more))[1])
    monkeypatch.setattr(Standing, "warm", property(lambda _: pytest.fail("all stages of the full program solved")))
    assert standing.classes.base.program.shape[1] < 0.5 * standing.program.shape[1]
    moved(standing, ())
    for changes in FAR:
        standing.classes.steps = 0
        moved(standing, changes)
        assert standing.classes.steps <= 18_000, changes
    assert len(full) <= 2
