"""Forged proofs are refused: a leaf missing, a leaf that claims more, a fixing without proof, a tree over other
columns; and what is stored comes back the same."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from jaryq.api.findings import all_claims
from jaryq.solve import tree
from jaryq.solve.proof import Fixing, Node, Proof, Tree
from jaryq.verify.branching import Proved, Unproved
from jaryq.verify.certificate import verify_certificate
from jaryq.verify.finding import failed
from jaryq.verify.other_leaves import leaves_of
from jaryq.workbook.plan_proof import Unread, proof_rows, read_proof
from tests.hand.test_hand_exactly_enough import budget, paid_by, plant
from tests.make import program_of, solved
from tests.solve.programs import INF, lp
from tests.solve.test_proofs import envelope_case, knapsack


def half():
    """At most one of three may be chosen by 2 x0 + 2 x1 + 2 x2 <= 3; each is worth 1: at best 1, in part 1.5. With
    multiplier -1/2 the row gives -3/2."""
    return lp([([2, 2, 2], -INF, 3)], {"objective": [-1, -1, -1]}, high=[1, 1, 1], whole=[0, 1, 2])


ROW = {"row[0]": -0.5}


def small_tree():
    """Split on x0 and x1 together: none of them, or at least one, in which the row gives -3/2 as it does at the
    root."""
    return Tree((Node(("x[0]", "x[1]")), Node(multipliers={}), Node(multipliers=ROW)))


def bound(tree, **kept):
    return Proved(half()).bound(tree, "objective", kept)


def test_bounds_of_leaves_by_hand():
    """Without multipliers the first leaf has -1 (x2 at 1); the second -3/2 by the row. The least counts."""
    assert bound(small_tree()) == -1.5
    single = Tree((Node(("x[0]",)), Node(multipliers=ROW), Node(multipliers=ROW)))
    assert bound(single) == -1.5


def test_multipliers_of_splits_count():
    """Row times 1 and the split's sum times 1: costs -1 + 2 - 1 = 0 of x0 and x1, -1 + 2 = 1 of x2; the bound is -3 + 1
    = -2. A split that is not above a leaf says nothing there."""
    tree = Tree((Node(("x[0]", "x[1]")), Node(), Node(multipliers={"row[0]": -1.0, "split[0]": 1.0})))
    assert bound(tree) == -2.0
    below = Tree((Node(("x[0]",)), Node(("x[1]",)), Node(), Node(), Node(multipliers={"split[1]": 1.0})))
    with pytest.raises(Unproved, match="holds nothing there"):
        bound(below)


def test_an_empty_leaf_needs_a_proof():
    """x0 = x1 = 1 takes 4 of 3: the row with multiplier -1 says -3 + 4 > 0. With x0 = 1 alone it is -3 + 2 < 0, and a
    plan may be there."""
    both = Tree((Node(("x[0]",)), Node(multipliers=ROW), Node(("x[1]",)), Node(multipliers=ROW),
                 Node(empty=True, multipliers={"row[0]": -1.0})))
    assert bound(both) == -1.5
    one = Tree((Node(("x[0]",)), Node(multipliers=ROW), Node(empty=True, multipliers={"row[0]": -1.0})))
    with pytest.raises(Unproved, match="node 2 may hold a plan"):
        bound(one)


def test_splits_at_a_level():
    """Five choices with 2 x sum <= 5. At most 2 in the first branch: -2 by its sum. At least 3: the row says -5 + 6 >
    0, nothing is there."""
    program = lp([([2] * 5, -INF, 5)], {"objective": [-1] * 5}, high=[1] * 5, whole=range(5))
    columns = tuple(f"x[{j}]" for j in range(5))
    low, high = Node(multipliers={"split[0]": 1.0}), Node(empty=True, multipliers={"row[0]": -1.0, "split[0]": 2.0})
    assert Proved(program).bound(Tree((Node(columns, 2), low, high)), "objective", {}) == -2.0
    for level in (0, 1):
        with pytest.raises(Unproved, match="node 2 may hold a plan"):
            Proved(program).bound(Tree((Node(columns, level), low, high)), "objective", {})
    assert Proved(program).bound(Tree((Node(columns, 3), low, high)), "objective", {}) == -3.0


@pytest.mark.parametrize(("tree", "says"), [
    (Tree((Node(("x[0]", "x[0]")), Node(), Node())), "twice"),
    (Tree((Node(("x[0]",), -1), Node(), Node())), "below nothing"),
    (Tree((Node(("x[0]",)), Node(multipliers=ROW))), "a branch has no node"),
    (Tree((Node(multipliers=ROW), Node(multipliers=ROW))), "node 1 belongs to no branch"),
    (Tree((Node(("y[0]",)), Node(multipliers=ROW), Node(multipliers=ROW))), "no choice"),
    (Tree((Node(("x[0]",)), Node(multipliers={"row[7]": 1.0}), Node(multipliers=ROW))), "holds nothing"),
    (Tree(()), "a branch has no node")])
def test_trees_with_holes(tree, says):
    with pytest.raises(Unproved, match=says):
        bound(tree)


def test_a_split_needs_whole_columns_between_0_and_1():
    program = lp([([1, 1], -INF, 3)], {"objective": [-1, -1]}, high=[1, 5], whole=[1])
    for column in ("x[0]", "x[1]"):
        with pytest.raises(Unproved, match="no choice"):
            Proved(program).bound(Tree((Node((column,)), Node(), Node())), "objective", {})


def test_a_fixing_needs_a_proof():
    """One of three may be 1, so none is fixed; of 4 x0 <= 3 x0 is, by its row."""
    with pytest.raises(Unproved, match="may be 1"):
        Proved(half()).fix(Fixing("x[0]", {"row[0]": -1.0}))
    tight = Proved(lp([([4], -INF, 3)], {"objective": [-1]}, high=[1], whole=[0]))
    tight.fix(Fixing("x[0]", {"row[0]": -1.0}))
    assert tight.left.col_upper.tolist() == [0.0]
    for wrong in (Fixing("x[9]", {"row[0]": -1.0}), Fixing("x[0]", {"row[9]": -1.0}), Fixing("x[0]", {})):
        with pytest.raises(Unproved):
            Proved(lp([([4], -INF, 3)], {"objective": [-1]}, high=[1], whole=[0])).fix(wrong)


# --- plans that are forged --------------------------------------------------------------------------------------------

def stated(case):
    """Program, claims and solution of a plan whose proof holds."""
    f, program = program_of(case)
    found = solved(case)
    numbers = all_claims(case, f, found)
    assert not failed(verify_certificate(program, [stage.name for stage in found.stages], "purse", numbers,
                                         found.multipliers, found.proof))
    return program, numbers, found


def refused(program, numbers, found, proof):
    return {finding.check for finding in failed(verify_certificate(program, [stage.name for stage in found.stages],
        "purse", numbers, found.multipliers, proof))}


@pytest.fixture(scope="module")
def sack():
    return stated(knapsack())


def with_nodes(found, nodes):
    return replace(found.proof, trees={"objective": Tree(tuple(nodes))})


def test_a_tree_without_a_leaf(sack):
    program, numbers, found = sack
    nodes = found.proof.trees["objective"].nodes
    for k in range(len(nodes)):
        assert refused(program, numbers, found, with_nodes(found, nodes[:k] + nodes[k + 1:])) >= {"branching"}


def test_a_leaf_that_claims_more(sack):
    """Any change of a leaf's multipliers gives another bound; one that is weaker than the claim fails."""
    program, numbers, found = sack
    nodes = found.proof.trees["objective"].nodes
    leaves = [k for k, node in enumerate(nodes) if not node.split]
    for k in leaves:
        weaker = replace(nodes[k], multipliers=dict.fromkeys(nodes[k].multipliers, 0.0))
        assert refused(program, numbers, found, with_nodes(found, [*nodes[:k], weaker, *nodes[k + 1:]])), k


def test_a_tree_over_other_columns(sack):
    program, numbers, found = sack
    nodes = [replace(node, split=("draw[M,P0,2026]",)) if node.split else node
             for node in found.proof.trees["objective"].nodes]
    assert refused(program, numbers, found, with_nodes(found, nodes)) >= {"branching"}


def test_no_tree_at_all_or_another_number_of_leaves(sack):
    program, numbers, found = sack
    assert refused(program, numbers, found, Proof()) >= {"certificate"}
    assert refused(program, {**numbers, "leaves[objective]": 2.0}, found, found.proof) == {"branching"}
    without = {key: value for key, value in numbers.items() if not key.startswith("leaves[")}
    assert refused(program, without, found, found.proof) == {"branching"}


def test_a_better_bound_than_the_tree_gives(sack):
    program, numbers, found = sack
    assert refused(program, {**numbers, "bound[objective]": numbers["bound[objective]"] - 0.1}, found,
                   found.proof) >= {"certificate"}
    assert refused(program, {**numbers, "value[objective]": 13.6}, found, found.proof) >= {"certified"}


def test_a_fixing_without_proof_or_of_something_else():
    program, numbers, found = stated(envelope_case())
    assert [fixing.column for fixing in found.proof.fixings] == ["start[A,2026]"]
    own = found.proof.fixings[0]
    bare = Fixing(own.column, dict.fromkeys(own.multipliers, 0.0))
    other = replace(own, column="start[B,2026]")
    more = (own, Fixing("start[B,2026]", own.multipliers))
    for fixings in ((bare,), (other,), more):
        assert refused(program, numbers, found, Proof(fixings)) >= {"fixing"}
    assert refused(program, numbers, found, Proof()) >= {"certificate"}


THIN = 3.0000000000000004
"""4 x 9/12 in doubles: 3 and a last digit."""


def test_a_proof_by_the_last_digit_is_none():
    """3.0000000000000004 x0 <= 3: exactly, x0 at 1 is above by 4e-16, and that is no proof; of 3.001 it is. So of a
    fixing, of an empty leaf, and of the leaf with a choice done the other way."""
    def row(size):
        return lp([([size, 1], -INF, 3)], {"objective": [-1, -1]}, high=[1, 1], whole=[0, 1])
    proof = {"row[0]": -1.0}
    tree = Tree((Node(("x[0]",)), Node(), Node(empty=True, multipliers=proof)))
    assert Proved(row(THIN)).exact.taken(np.zeros(2), 0.0, np.array([-1.0]), (), np.array([1.0, 0.0])).exact > 0
    with pytest.raises(Unproved, match="may be 1"):
        Proved(row(THIN)).fix(Fixing("x[0]", proof))
    with pytest.raises(Unproved, match="may hold a plan"):
        Proved(row(THIN)).bound(tree, "objective", {})
    assert leaves_of(row(THIN), tree, "objective", {}) == []
    Proved(row(3.001)).fix(Fixing("x[0]", proof))
    assert Proved(row(3.001)).bound(tree, "objective", {}) == -1.0
    assert len(leaves_of(row(3.001), tree, "objective", {})) == 2


def test_a_forged_plan_whose_fixing_is_thin():
    """5 bn, bought over 9 months for a fifth, under ceilings of 2 and 3: it can be built, and is. A forger leaves it
    out, and states a value and a bound of nothing by the fixing that 4e-16 gave."""
    work, spent = plant(5, 9, 20)
    case = paid_by([work], budget(spent), share=20)
    program, numbers, found = stated(case)
    assert found.plan.start == {("F", "2026"): 1.0}
    thin = Fixing("start[F,2026]", {"paid_in_full[F,2027]": 1.0})
    later = Fixing("start[F,2027]", {"paid_in_full[F,2028]": 1.0})
    at_one = program.col_lower.copy()
    at_one[program.column_at["start", ("F", "2026")]] = 1.0
    dual = np.zeros(program.shape[0])
    dual[program.row_at["paid_in_full", ("F", 2027)]] = 1.0
    to_the_letter = Proved(program).exact.taken(np.zeros(len(at_one)), 0.0, dual, (), at_one, program.col_upper).exact
    assert 0 < to_the_letter < 1e-15
    nothing = {**numbers, "value[objective]": 0.0, "bound[objective]": 0.0}
    forged = replace(found, multipliers={})
    assert refused(program, nothing, forged, Proof((later, thin))) >= {"fixing"}
    assert "fixing" not in refused(program, nothing, forged, Proof((later,)))


# --- stored and read back ---------------------------------------------------------------------------------------------

@pytest.mark.parametrize("case", [knapsack, envelope_case])
def test_a_proof_comes_back_from_its_rows(case):
    proof = solved(case()).proof
    rows = proof_rows(proof)
    assert read_proof(rows["x_fixings"], rows["x_tree"], rows["x_tree_names"]) == proof


def test_long_texts_go_on_in_the_next_row_and_equal_multipliers_share_a_number():
    values = {f"row[{i}]": 1.0 / (i + 1) for i in range(4000)}
    shared = {**values, **{f"twin[{i}]": 1.0 / (i + 1) for i in range(4000)}}
    proof = Proof(trees={"objective": Tree((Node(("x[0]",)), Node(multipliers=shared),
                                            Node(empty=True, multipliers=shared)))})
    rows = proof_rows(proof)
    assert max(len(text) for *_, text in rows["x_tree"]) <= 32767
    assert len(rows["x_tree"]) > 3
    assert len({number for number, _ in rows["x_tree_names"]}) == 4001
    assert read_proof((), rows["x_tree"], rows["x_tree_names"]) == proof


@pytest.mark.parametrize("row", [("objective", 0, "leaf", "0=1.0"), ("objective", 0, "bound", "5=1.0"),
                                 ("objective", 0, "bound", "0=x"), ("objective", 0, "bound", "0")])
def test_rows_that_are_no_proof(row):
    with pytest.raises(Unread):
        read_proof((), (row,), ((0, "row[0]"),))


def test_a_tree_of_500_leaves_is_verified_in_seconds():
    """A comb: each split takes the next of 499 columns; a leaf is closed by the one row. 499 of 500 halves: at most 499
    x 0.5 in part."""
    count = 499
    program = lp([([1.0] * count, -INF, 1.0)], {"objective": [-1.0] * count}, high=[1.0] * count, whole=range(count))
    row = {"row[0]": -1.0}
    nodes = [Node((f"x[{j}]",)) for j in range(count)]
    tree = Tree((*nodes, Node(multipliers=row), *[Node(multipliers=row)] * count))
    assert tree.leaves == 500
    assert Fraction(Proved(program).bound(tree, "objective", {})) == -1


def test_an_unfinished_tree_bounds_and_proves_no_more(monkeypatch):
    """The best of the knapsack is 13.5, in part 14.6. Two leaves say something between, which holds; that 13.5 were
    proved by them is refused."""
    monkeypatch.setattr(tree, "LEAVES", 2)
    monkeypatch.setattr(tree, "PROBE", 1)
    program, numbers, found = stated(knapsack(gap=0.005))
    assert 13.5 < numbers["bound[objective]"] < 14.6
    assert refused(program, {**numbers, "bound[objective]": 13.5}, found, found.proof) == {"certificate"}
