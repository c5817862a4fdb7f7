"""What-ifs on a program that stands: every number of the algebra without a modelling language is that of the compiled
program, every stage is that of a rebuild."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks.again import WHAT_IFS as SHIPPED_WHAT_IFS
from jaryq.api import again
from jaryq.api.accepted import accept
from jaryq.api.again import Standing, changed_in_place
from jaryq.api.arrays import arrays_of
from jaryq.api.question import program_of
from jaryq.base.errors import Infeasible, InputRejected
from jaryq.case.stages import valued
from jaryq.factors.derive import derive
from jaryq.solve import warm
from jaryq.solve.at_once import FEW, NEAR_ALL
from jaryq.solve.highs import Solver
from jaryq.solve.in_place import Elsewhere, NewRow, in_place
from jaryq.solve.solution import MAXIMISED
from jaryq.solve.stages import linear_stages
from jaryq.tables.typed_changes import typed_changes
from jaryq.workbook.read import read
from tests.cases import edit, full_case
from tests.formulation.test_golden import CASES
from tests.make import with_rows
from tests.sampled import exhaustive_beside
from tests.solve.programs import INF, lp
from tests.solve.test_prices import envelope, megawatts, money, works

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize("name", [*sorted(CASES), "full"])
def test_the_same_rules_give_the_same_arrays_without_a_modelling_language(name):
    """Pyomo and its compiler against our own sums: the very objects come back, as no number differs by more than a part
    in 10^12."""
    factors = derive(full_case(whole=True) if name == "full" else CASES[name]())
    program = program_of(factors)
    same = changed_in_place(program, factors)
    for part in ("matrix", "objectives", "row_lower", "row_upper", "col_upper"):
        assert getattr(same, part) is getattr(program, part), part


@pytest.mark.parametrize("name", [*sorted(CASES), "full"])
def test_arrays_of_the_algebra_alone_are_those_of_the_modelling_language(name):
    """By name: the compiler leaves out columns that nothing speaks of, and stages that only choose among equals are no
    part of ours."""
    factors = derive(full_case(whole=True) if name == "full" else CASES[name]())
    theirs, ours = program_of(factors), arrays_of(factors)
    rows, columns = ([at[one] for one in names] for at, names in ((ours.row_at, theirs.rows),
        (ours.column_at, theirs.columns)))
    assert sorted(rows) == list(range(len(ours.rows)))
    assert abs(ours.matrix[rows][:, columns] - theirs.matrix).max() <= 1e-12 * abs(theirs.matrix).max()
    unused = sorted(set(range(len(ours.columns))) - set(columns))
    assert abs(ours.matrix[:, unused]).sum() == 0
    for part, order in (("row_lower", rows), ("row_upper", rows), ("col_lower", columns), ("col_upper", columns)):
        np.testing.assert_allclose(getattr(ours, part)[order], getattr(theirs, part), rtol=1e-12)
    assert tuple(ours.objectives) == valued(theirs.objectives)
    for stage, (vector, constant) in ours.objectives.items():
        np.testing.assert_allclose(vector[columns], theirs.objectives[stage][0], rtol=1e-12, atol=1e-15)
        assert constant == pytest.approx(theirs.objectives[stage][1])


def rebuilt(tables, change):
    """The stages of the workbook with the change, built and solved from nothing."""
    made, wrong = typed_changes(change, "test")
    assert not wrong
    factors = accept(tables, (), extra=made).factors
    program = program_of(factors)
    values = linear_stages(program, valued(program.objectives), Solver(program)).values
    sign = -1.0 if factors.case.settings.objective in MAXIMISED else 1.0
    return {stage: sign * value if stage == "objective" else value for stage, value in values.items()}


WHAT_IFS = {
    "quantities": (megawatts, [["quantities; mw; value; multiply 4"], ["quantity_values; mw; 2028; set 1000000"],
                               ["facilities; P1; q_mw; set 45"], ["facilities; ; q_mw; multiply 0.5"],
                               ["targets; Q; value; set 70"],
                               ["targets; Q; value; set 20", "facilities; P5; q_mw; set -40"]]),
    "loan": (envelope, [["sources; L; envelope; multiply 1.1"], ["facilities; A; cost; set 90"],
                        ["sources; L; envelope; set 30", "facilities; A; cost; multiply 1.2"],
                        ["sources; L; rate; set 2"], ["settings; discount_rate; value; set 8"]]),
    "works": (works, [["crews; crew=dig; 2026; multiply 1.2"], ["targets; T; value; set 400"],
                      ["networks; N; unit_cost; multiply 0.9"], ["networks; N; savings; multiply 0.5"],
                      ["facilities; ; cost; multiply 1.1", "source_years; B; 2027; set 1"],
                      ["crews; crew=lift; 2026; set 2.2"]]),
    "money": (money, [["source_years; B; 2026; multiply 0.5"], ["sources; J; envelope; multiply 0.5"],
                      ["source_groups; G; envelope; set 2"], ["targets; T; value; set 4"],
                      ["targets; D; value; set 20"], ["facilities; P3; cost; multiply 1.3"],
                      ["facilities; ; cost; multiply 0.9", "source_years; F; 2026; set 1"],
                      ["source_years; J; 2027; set 0"], ["sources; E; commitment_fee; set 1"],
                      ["facilities; P1; savings; set 3"], ["currencies; JPY; 2027; multiply 1.2"]]),
}


@pytest.mark.parametrize("name", sorted(WHAT_IFS))
def test_every_what_if_is_the_rebuild(name):
    """Limits, costs, benefits, rates: alone and together, one after another on the same warm program, which is as it
    was at the end."""
    case, changes = WHAT_IFS[name]
    tables = case()
    standing = Standing(accept(tables, ()), program_of(accept(tables, ()).factors))
    before = rebuilt(tables, [])
    for change in changes:
        found = standing.again(change)
        assert found.in_place, (change, found.remark)
        assert found.before == pytest.approx(before, abs=1e-7)
        assert found.after == pytest.approx(rebuilt(tables, change), abs=1e-6), change
        assert found.after != pytest.approx(found.before, abs=1e-6), f"{change}: nothing changes, so nothing is tried"
    assert standing.again([]).after == pytest.approx(before, abs=1e-7)


@pytest.mark.parametrize("change", [["sources; Z; envelope; set 1"], ["facilities; P0; works_months; set 24"],
                                    ["facilities; P0; must_do; set yes"], ["facilities; P0; q_mw; set 30"]])
def test_what_has_no_place_in_the_program_is_built_again_and_said(change):
    """A loan of nothing that is opened, longer works, what must be done, the first megawatts of a facility: decisions,
    coefficients or rows that did not exist."""
    tables = megawatts()
    found = Standing(accept(tables, ()), program_of(accept(tables, ()).factors)).again(change)
    assert not found.in_place
    assert "has no place in the program of the plan" in found.remark.en
    assert found.after == pytest.approx(rebuilt(tables, change), abs=1e-6)


def test_changes_come_on_top_of_those_of_the_scenario():
    """A scenario that multiplies the envelope of 40 by 1.5, and is not made twice: as the plan stands 60 of the loan;
    half of that is 30."""
    tables = with_rows(envelope(), scenarios=[{"scenario": "rich"}],
                       scenario_changes=[{"scenario": "rich", "sheet": "sources", "selector": "source_id=L",
                                          "column": "envelope", "operation": "multiply", "value": "1.5"}])
    accepted = accept(tables, (), "rich")
    found = Standing(accepted, program_of(accepted.factors)).again(["sources; L; envelope; multiply 0.5"])
    assert found.after == pytest.approx(rebuilt(envelope(), ["sources; L; envelope; set 30"]), abs=1e-7)
    assert found.before == pytest.approx(rebuilt(envelope(), ["sources; L; envelope; set 60"]), abs=1e-7)


def test_the_envelope_by_hand():
    """As in the prices: own money costs 1.1^-0.5 = 0.953463 a KZT, the loan 0.594529; 4 bn more of the loan save 4 x
    0.358934 = 1.435736."""
    tables = envelope()
    found = Standing(accept(tables, ()), program_of(accept(tables, ()).factors)).again(["sources; L; envelope; set 44"])
    assert found.after["objective"] - found.before["objective"] == pytest.approx(1.435736, abs=1e-5)


def test_what_cannot_be_is_said_as_of_an_input(monkeypatch):
    """A change that is none, one that makes the input one that is rejected, and one (the rules before solving put
    aside) with which hard rules contradict each other."""
    tables = envelope()
    standing = Standing(accept(tables, ()), program_of(accept(tables, ()).factors))
    with pytest.raises(InputRejected):
        standing.again(["facilities; A; cost; set dear"])
    with pytest.raises(InputRejected):
        standing.again(["nowhere; A; cost; set 1"])
    with pytest.raises(InputRejected):
        standing.again(["source_years; O; 2026; set 50"])
    poor = edit(standing.accepted.case, "sources", "O", ceilings={2026: 50.0, 2027: 0.0, 2028: 0.0})
    with monkeypatch.context() as patched:
        patched.setattr(again, "accept_changes", lambda *_: replace(standing.accepted, factors=derive(poor)))
        with pytest.raises(Infeasible) as told:
            standing.again([])
    assert any("50 bn KZT" in said.en for said in told.value.limits)
    assert standing.again([]).after == pytest.approx(standing.again([]).before)


def test_numbers_go_to_their_places_and_nowhere_else():
    """x + 2 y <= 4, y >= 1: the first coefficient becomes 3 in two parts, the second row does not bind any more, the
    cost of y is 5."""
    program = lp([([1, 2], -INF, 4), ([0, 1], 1, INF)], {"objective": [1, 1]}, high=[9, 9])
    new = in_place(program, [NewRow(("row", (0,)), ([0, 1, 0], [1.0, 2.0, 2.0]), -INF, 5.0)],
                   {"objective": (([0, 1], [1.0, 5.0]), 2.0)}, np.array([9.0, 8.0]))
    assert new.matrix.toarray().tolist() == [[3, 2], [0, 0]]
    assert (new.row_lower.tolist(), new.row_upper.tolist()) == ([-INF, -INF], [5, INF])
    assert new.objectives["objective"][0].tolist() == [1, 5]
    assert new.objectives["objective"][1] == 2.0
    assert (new.col_upper.tolist(), program.matrix.toarray().tolist()) == ([9, 8], [[1, 2], [0, 1]])
    for rows, stages in (([NewRow(("row", (1,)), ([0], [1.0]), 0, 1)], {}),
                         ([NewRow(("row", (7,)), ([0], [1.0]), 0, 1)], {}), ([], {"objective": (([2], [1.0]), 0.0)})):
        with pytest.raises(Elsewhere):
            in_place(program, rows, stages, program.col_upper)


def test_a_row_that_adds_up_to_nothing_needs_no_place():
    """x - x <= 5 says nothing, and the compiler leaves it out; x - x >= 1 and x <= 5 have no place."""
    program = lp([([1, 2], -INF, 4)], {"objective": [1, 1]}, high=[9, 9])
    kept = NewRow(("row", (0,)), ([0, 1], [1.0, 2.0]), -INF, 4.0)
    assert in_place(program, [kept, NewRow(("row", (9,)), ([0, 0], [1.0, -1.0]), -INF, 5.0)], {},
                    program.col_upper).matrix is program.matrix
    for terms, least, most in ((([0, 0], [1.0, -1.0]), 1.0, INF), (([0], [1.0]), -INF, 5.0)):
        with pytest.raises(Elsewhere):
            in_place(program, [kept, NewRow(("row", (9,)), terms, least, most)], {}, program.col_upper)


@exhaustive_beside("test_every_what_if_is_the_rebuild")
def test_the_shipped_case_is_changed_in_place():
    """Its own numbers find their places: no row of the algebra is missed in the compiled program."""
    tables, issues = read(ROOT / "inputs" / "kazakhstan.xlsx")
    factors = accept(tables, issues).factors
    program = program_of(factors)
    assert changed_in_place(program, factors).matrix is program.matrix


def never(*_, **__):
    raise AssertionError("solved from nothing")


@pytest.mark.parametrize("name", sorted(WHAT_IFS))
def test_other_coefficients_take_one_run_of_all_stages(name, monkeypatch):
    """Nothing is solved from nothing, and no stage goes on from a basis of its own: they are confirmed where that run
    ended."""
    case, changes = WHAT_IFS[name]
    factors = accept(case(), ()).factors
    standing = Standing(accept(case(), ()), program_of(factors))
    assert standing.warm.all is not None
    monkeypatch.setattr(warm, "linear_stages", never)
    monkeypatch.setattr(warm.Warm, "_on_faces", never)
    for change in changes:
        assert standing.again(change).in_place


@pytest.mark.exhaustive
def test_what_ifs_of_the_shipped_case_end_near_its_plan(monkeypatch):
    """Those that are measured (benchmarks/again.py), in simplex steps, not seconds: each within the steps of one run
    and its confirmation, in place or built again; a stage of its own from nothing takes up to 11,000. Unit costs of all
    networks took three runs of 2,000 steps that were given up, and those stages from nothing. One is caught on the way:
    a tenth less of local budgets in 2027 takes 29,133 steps, 4 s in place of 1.6 (2,541 where it is 9 %)."""
    tables, issues = read(ROOT / "inputs" / "kazakhstan.xlsx")
    accepted = accept(tables, issues)
    standing = Standing(accepted, program_of(accepted.factors))
    assert standing.warm.all is not None
    monkeypatch.setattr(warm, "linear_stages", never)
    monkeypatch.setattr(again, "linear_stages", never)
    taken = []
    for change in SHIPPED_WHAT_IFS:
        before = standing.warm.steps
        at = standing.reached(accept(tables, issues, extra=typed_changes(change, "test")[0]).factors)
        taken.append(at.steps or standing.warm.steps - before)
    assert sum(steps > NEAR_ALL + FEW for steps in taken) <= 1, taken
    assert max(taken) <= 30_000, taken
