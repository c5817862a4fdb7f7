"""Records as rows and back: what a plan stores of a Solution, whatever fields it will have."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import pytest

from jaryq.base.flat import Unflat, built, fifteen, rounded, rows_of
from jaryq.solve.solution import Solution
from jaryq.workbook.plan_data import ELSEWHERE
from tests.report.plans import finished


@dataclass(frozen=True)
class Leaf:
    name: str
    weight: float | None
    side: Literal["up", "down"] = "up"


@dataclass(frozen=True)
class Tree:
    """Every kind of field there is."""

    count: int
    proved: bool
    leaves: tuple[Leaf, ...]
    words: tuple[str, ...]
    by_name: Mapping[str, float] = field(default_factory=dict)
    best: Leaf | None = None
    away: int = 0


TREE = Tree(3, True, (Leaf("a", 1 / 3), Leaf("", None, "down")), ("x", ""), {"k": -0.5, "": 2.0}, Leaf("b", math.inf),
            7)


def back(value, **given):
    leave = frozenset(given)
    return built(type(value), {path: (number, text) for path, number, text in rows_of(value, leave=leave)}, given)


def test_rows_are_read_by_people():
    assert [*rows_of(TREE)][:4] == [("count", 3.0, None), ("proved", 1.0, None), ("leaves", 2.0, None),
                                    ("leaves[0].name", None, "a")]
    assert ("by_name[0]", -0.5, "k") in [*rows_of(TREE)]


@pytest.mark.parametrize("value", [TREE, Tree(0, False, (), ())])
def test_a_record_comes_back(value):
    found = back(value, away=value.away)
    assert found == value
    assert (type(found.count), type(found.proved)) == (int, bool)


def test_a_solution_comes_back():
    _, _, answer = finished()
    assert repr(back(answer, **{name: getattr(answer, name) for name in ELSEWHERE})) == repr(answer)  # it holds a nan


@pytest.mark.parametrize(("edit", "says"), [
    (lambda rows: rows.pop("leaves[1].name"), r"leaves\[1\].name is missing"),
    (lambda rows: rows.update(more=(1.0, None)), "more is not known"),
    (lambda rows: rows.update(count=(None, None)), "count has no number"),
    (lambda rows: rows.update(leaves=(1.0, None)), r"leaves\[1\].name is not known"),
])
def test_rows_that_are_no_record_are_named(edit, says):
    rows = {path: (number, text) for path, number, text in rows_of(TREE)}
    edit(rows)
    with pytest.raises(Unflat, match=says):
        built(Tree, rows, {})


def test_what_cannot_be_stored_is_said_at_once():
    with pytest.raises(TypeError):
        [*rows_of(Tree(0, False, (), (), {"k": "text"}))]
    with pytest.raises(TypeError):
        [*rows_of({1, 2}, "x")]


def test_fifteen_digits_and_no_more():
    """0.1 + 0.2 = 0.30000000000000004 in doubles: 15 digits of it are 0.3."""
    assert fifteen(0.1 + 0.2) == 0.3
    assert fifteen(fifteen(1 / 3)) == fifteen(1 / 3) == 0.333333333333333
    assert rounded(TREE).leaves[0].weight == 0.333333333333333
    assert rounded(TREE).best == Leaf("b", math.inf)


def test_a_rounded_solution_is_one():
    _, _, answer = finished()
    assert isinstance(rounded(answer), Solution)
    assert rounded(answer).multipliers["objective|ceiling[B,2026]"] == 0.333333333333333
