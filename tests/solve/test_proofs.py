"""Columns fixed at nothing and branching trees: cases worked out by hand, a better plan that a tree finds, effort that
does not suffice."""

import numpy as np
import pytest

from jaryq.api.question import question
from jaryq.commands.messages import headline
from jaryq.report.figures import summary
from jaryq.solve import prove as proving
from jaryq.solve import tree as growing
from jaryq.solve.aggregate import aggregate
from jaryq.solve.fixings import Fixer, fix
from jaryq.solve.highs import Solver
from jaryq.solve.leaves import bound_of
from jaryq.solve.near import fixed
from jaryq.solve.prove import prove
from jaryq.solve.stages import linear_stages
from tests.cases import facility, keyed, source, target
from tests.make import bare_case, program_of, solved, stage_values
from tests.solve.programs import INF, lp

FREE = {"asset_type": None, "income_to": None}


def one_year(key, cost, benefit, **more):
    return facility(key, **{**FREE, "spend": {2026: float(cost)}, "benefit": float(benefit), **more})


def whole_case(facilities, sources, **more):
    return bare_case(**{"discount_timing": "start", "facilities": keyed(*facilities), "sources": keyed(*sources),
                        "whole": True, "benefit_is_net": False, **more})


def knapsack(**more):
    """Benefits less costs 9, 7, 6.5, 3, 2.9, 5, 4 for costs of 600, 500, 500, 400, 350, 420, 390, and 1,000 to spend.

    The best is 500 + 500 for 13.5: with the first (600) at most 400 are left, for one of 3, 2.9, 4 (390): 13; without
    it and without one of the two of 500 the best two are 7 + 5 (three never fit: the cheapest three cost 1,160): 12. In
    part: 600 for 9 and 400/500 of 7 is 14.6.
    """
    rows = [(600, 9), (500, 7), (500, 6.5), (400, 3), (350, 2.9), (420, 5), (390, 4)]
    things = [one_year(f"P{i}", cost, cost + value) for i, (cost, value) in enumerate(rows)]
    return whole_case(things, [source("M", ceilings={2026: 1000.0, 2027: 0.0, 2028: 0.0})], **more)


def test_the_best_of_a_knapsack_is_proved_by_its_tree():
    found = solved(knapsack(gap=0.005))
    assert found.value == pytest.approx(13.5)
    assert set(found.plan.start) == {("P1", "2026"), ("P2", "2026")}
    assert found.main.linear == pytest.approx(14.6)
    assert found.certified_bound == pytest.approx(13.5)
    assert found.main.proved
    assert 2 <= found.main.leaves == found.proof.trees["objective"].leaves <= 20
    assert found.certified_gap == pytest.approx(0.0, abs=1e-9)


def test_what_cannot_be_paid_is_fixed_before_the_bound():
    """B costs 12 in one year of which 10 are there; in part it is 10/12 of 509 - 12, by which the bound would be above
    the only plan: A, for 55 - 5 = 50."""
    case = whole_case([one_year("A", 5, 55), one_year("B", 12, 521)],
                      [source("M", ceilings={2026: 10.0, 2027: 10.0, 2028: 10.0})])
    found = solved(case)
    assert [fixing.column for fixing in found.proof.fixings] == ["start[B,2026]"]
    assert (found.value, found.certified_bound) == pytest.approx((50.0, 50.0))
    assert found.lp_relaxation > 400
    assert found.proof.trees == {}
    assert found.main.proved


def envelope_case():
    """A needs 6 in 2026 and 6 in 2027; the loan has 10 in each year and 9 in all. No single row says that A cannot be
    done, all three together do."""
    loan = source("L", kind="loan", rate=0.0, tenor=2.0, payments=1, repayment="bullet", envelope=9.0,
                  ceilings={2026: 10.0, 2027: 10.0, 2028: 10.0})
    return whole_case([facility("A", **FREE, spend={2026: 6.0, 2027: 6.0}, benefit=100.0), one_year("B", 3, 10)],
                      [loan])


def test_what_only_several_rows_forbid_is_proved_by_the_linear_program():
    f, program = program_of(envelope_case())
    names = ("objective",)
    relaxed = linear_stages(program, names, Solver(program))
    alone = Fixer(program)
    assert alone.by_arithmetic() == 0
    fixer = fix(program, names, relaxed)
    assert [fixing.column for fixing in fixer.found] == ["start[A,2026]"]
    assert len(fixer.found[0].multipliers) >= 3
    found = solved(envelope_case())
    assert set(found.plan.start) == {("B", "2026")}
    assert found.main.proved
    assert f.case.settings.whole


def test_a_fixing_follows_from_one_before():
    """x0 needs 2 x0 <= x1 + x2 with x1, x2 at most 1, and 3 x1 <= 2: first x1 is 0 by its row alone, then x0 by its
    own."""
    program = lp([([2, -1, -1], -INF, 0), ([0, 3, 0], -INF, 2)], {"objective": [-1, 0, 0]}, high=[1, 1, 1],
                 whole=[0, 1, 2])
    fixer = Fixer(program)
    assert fixer.by_arithmetic() == 2
    assert [fixing.column for fixing in fixer.found] == ["x[1]", "x[0]"]
    assert fixer.program.col_upper.tolist() == [0.0, 0.0, 1.0]


def test_what_may_be_done_is_not_fixed():
    """Cost 10 of 10: nothing is to spare and nothing is missing."""
    _, program = program_of(whole_case([one_year("A", 10, 20)],
                                       [source("M", ceilings={2026: 10.0, 2027: 0.0, 2028: 0.0})]))
    relaxed = linear_stages(program, ("objective",), Solver(program))
    assert fix(program, ("objective",), relaxed).found == []


def poor(case):
    """The case with the plan of nothing at all."""
    f, program = program_of(case)
    chosen = fixed(program, np.zeros(int(program.whole.sum())))
    names = tuple(program.objectives)
    return f, program, chosen, linear_stages(chosen, names, Solver(chosen))


def test_a_better_plan_is_taken():
    f, program, chosen, staged = poor(knapsack())
    assert staged.values["objective"] == pytest.approx(0.0)
    found = prove(aggregate(question(f, program), program), program, ("objective",), chosen, staged)
    assert found.staged.values["objective"] == pytest.approx(-13.5)
    assert float(bound_of(program, "objective", {}, found.trees["objective"])) == pytest.approx(-13.5)


def test_a_better_plan_of_an_earlier_stage_is_taken_first():
    """Three facilities are wanted (priority 1), cost 4 each, and 8 are there: two at most, a shortfall of 1/3. Then the
    two that are worth most: A and C, 3 + 2."""
    things = [one_year("A", 4, 7), one_year("B", 4, 5), one_year("C", 4, 6)]
    case = whole_case(things, [source("M", ceilings={2026: 8.0, 2027: 0.0, 2028: 0.0})],
                      targets=(target("T", "facilities", 3.0),))
    f, program, chosen, staged = poor(case)
    found = prove(aggregate(question(f, program), program), program, ("priority_1", "objective"), chosen, staged)
    done = {program.columns[j][1][0] for j in np.flatnonzero(program.whole) if found.staged.x[j] > 0.5}
    assert done == {"A", "C"}
    best = solved(case)
    assert found.staged.values["priority_1"] == pytest.approx(stage_values(best)["priority_1"])
    assert -found.staged.values["objective"] == pytest.approx(best.value) == pytest.approx(5.0)


def test_effort_that_does_not_suffice_leaves_the_plan_and_the_bound_so_far(monkeypatch):
    """Two leaves do not prove 13.5, but both say less than 14.6: the worse of the two is the bound, and its tree is
    kept."""
    monkeypatch.setattr(growing, "LEAVES", 2)
    monkeypatch.setattr(growing, "PROBE", 1)
    found = solved(knapsack(gap=0.005))
    assert found.value == pytest.approx(13.5)
    assert found.main.linear == pytest.approx(14.6)
    assert found.main.leaves == found.proof.trees["objective"].leaves == 2
    assert 13.5 + 1e-3 < found.certified_bound < 14.6 - 1e-3
    assert not found.main.proved


def test_a_tree_that_says_no_more_than_its_root_is_not_kept(monkeypatch):
    """One leaf alone is the linear program."""
    monkeypatch.setattr(growing, "LEAVES", 1)
    found = solved(knapsack(gap=0.005))
    assert found.proof.trees == {}
    assert found.certified_bound == pytest.approx(14.6)
    assert (found.main.leaves, found.main.proved) == (None, False)


def test_a_tree_is_kept_without_what_says_no_more():
    """Root 1, branches 2 and 4; the branch of 2 has 3 and 5, that of 4 has 6 and 7. The least leaf is 3, and 4 alone
    says as much as its branches."""
    def node(value, *branches):
        leaf = growing.Leaf(value, np.zeros(0), np.zeros(0), np.zeros(0), np.zeros(0))
        return growing.Grown((), leaf, (0, 0) if branches else None, branches or None)

    root = node(1.0, node(2.0, node(3.0), node(5.0)), node(4.0, node(6.0), node(7.0)))
    cut = growing._cut(root, 3.0, "effort").root
    first, second = cut.branches
    assert [branch.leaf.value for branch in first.branches] == [3.0, 5.0]
    assert second.branches is None


def test_large_programs_are_left_alone(monkeypatch):
    monkeypatch.setattr(proving, "SMALL", 5)
    assert solved(knapsack()).proof.trees == {}


def mixed(share):
    """G is free, has 6 and pays at most ``share`` of a project; B has a budget of 6. A and C cost 6 each and are worth
    8 and 7."""
    sources = [source("B", ceilings={2026: 6.0, 2027: 0.0, 2028: 0.0}),
               source("G", kind="grant", partner="US", ceilings={2026: 6.0, 2027: 0.0, 2028: 0.0}, max_share=share)]
    return whole_case([one_year("A", 6, 8), one_year("C", 6, 7)], sources)


@pytest.mark.parametrize(("share", "best"), [(1.0, 9.0), (0.5, 9.0), (0.25, 3.5)])
def test_a_share_of_each_project_needs_the_full_program(share, best):
    """Both are done for 12, of which G pays 6: 15 - 6 = 9. With a quarter G pays at most 1.5 of each, so B has to pay
    4.5 of each: only one can be done, A: 8 - 4.5."""
    found = solved(mixed(share))
    assert found.value == pytest.approx(best)
    assert found.main.proved


@pytest.mark.parametrize(("lang", "says"), [("en", "Proved optimal (branching tree of 3 leaves)."),
                                            ("ru", "Доказано: лучшего плана нет (дерево ветвления, листьев: 3).")])
def test_the_headline_says_what_is_proved(lang, says):
    case = knapsack()
    f, _ = program_of(case)
    found = solved(case)
    made = summary(case, f, found)
    assert (made["objective"]["proved"], made["objective"]["proved_for"], made["objective"]["leaves"]) == (True,
        "all_plans", found.main.leaves)
    assert headline(made, lang).splitlines()[1:] == [says.replace("3", str(found.main.leaves))]
