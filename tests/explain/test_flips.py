"""Flip points: hand cases (docs/numbers.md, The other choice); random ones stand in test_random_cases.py."""

from dataclasses import dataclass

import pytest

from jaryq.api import flips as flips_module
from jaryq.api.flips import flips
from jaryq.api.flips_told import flips_said
from jaryq.case.case import Case
from jaryq.factors.derive import Factors
from tests.cases import source
from tests.explain.test_other import asked, two
from tests.formulation.small import budget, case_of, plain


@dataclass(frozen=True)
class Input:
    """What of an accepted input is looked at."""

    factors: Factors

    @property
    def case(self) -> Case:
        return self.factors.case


def turned(case, confirm=False):
    """The plan, its choices, and the flips of each row of facilities."""
    factors, program, found, told = asked(case)
    return found, {one.project: (one, tuple(flips(Input(factors), program, found, one, confirm=confirm)))
                   for one in told.choices if one.kind == "facility"}


def of_cost(found):
    return next(one for one in found if one.limit is None)


def of_limit(found):
    return next(one for one in found if one.limit is not None)


def within(between, value):
    """A flip at a value is told from below and from above, to a hundredth."""
    assert between.least <= value * (1 + 1e-6)
    assert between.most >= value * (1 - 1e-6)
    assert between.most - between.least <= 0.011 * between.most


def test_what_brings_one_of_two_in():
    """Worth 30 - 10 and 25 - 10, money 10: the second is as good as the first at a cost of 5, where both would need 15.
    With 20 there is money for both; before that the first alone is better."""
    _, found = turned(two(), confirm=True)
    one, mine = found["F2"]
    assert one.verdict == "never"
    for between in (of_cost(mine).proved, of_cost(mine).tried):
        within(between, 5.0)
    assert of_limit(mine).limit.name == "ceiling[B,2026]"
    within(of_limit(mine).tried, 10.0)
    assert of_limit(mine).proved.least <= 10.0


def roomy():
    return case_of(*(plain(key, cost=cost, benefit=worth, latest=2026)
                     for key, cost, worth in (("F1", 10.0, 30.0), ("F2", 12.0, 27.0))),
                   budget(first=20.0, second=0.0, third=0.0), whole=True)


def test_what_pushes_one_of_two_out():
    """Money 20 for one of two that must be chosen between by money for 2026: worth 20 and 15; at a cost of 15 the first
    is worth the same as the second."""
    _, found = turned(roomy(), confirm=True)
    one, mine = found["F1"]
    assert one.verdict == "always"
    cost, = mine
    assert cost.more
    assert 0.98 * 5.0 <= cost.proved.least <= 5.0
    within(cost.tried, 5.0)


def test_it_is_said_in_both_languages():
    _, found = turned(two())
    said = [*flips_said(two(), found["F2"][1])]
    assert said[0].en.startswith("What would turn it: its cost less by at least 4.9")
    assert said[0].ru.startswith("Что изменит выбор: затраты меньше не менее чем на 4,9")
    assert "of single limits first Ceiling of a source: B, 2026 looser by at least" in said[1].en


@pytest.mark.parametrize("small", [None, 0])
def test_a_cost_that_reaches_a_lenders_least_amount(small, monkeypatch):
    """Money for both. F1 of 5 is below the least amount of 6 that the bank lends; dearer by more than 1 it is not, and
    the program has a choice more. It is worth 30 and may cost 25 more; the bank need not pay then."""
    if small is not None:
        monkeypatch.setattr("jaryq.api.flips.SMALL", small)
    bank = source("L", kind="loan", tenor=4.0, payments=1, front_end=0.05, ticket=6.0, envelope=100.0,
                  available_to=2028)
    case = case_of(*(plain(key, cost=cost, benefit=30.0, latest=2026) for key, cost in (("F1", 5.0), ("F2", 10.0))),
                   budget(first=100.0, second=0.0, third=0.0), bank, whole=True)
    _, found = turned(case)
    one, (cost,) = found["F1"]
    assert one.verdict == "always"
    assert 0.8 * 25.0 <= cost.proved.least <= 25.0 + 1e-6


def test_on_large_programs_only_what_is_proved_is_told(monkeypatch):
    """By linear programs alone nothing is said to be enough, and no more is told than is true: 5 of cost and 10 of
    money (what parts of projects would do counts there, so that it may be less). The one that is done takes all money:
    it may not cost more at all; with room for more, 5."""
    monkeypatch.setattr("jaryq.api.flips.SMALL", 0)
    _, found = turned(two())
    cost, limit = found["F2"][1]
    assert cost.proved.most is None
    assert limit.proved.most is None
    assert 0.0 < cost.proved.least <= 5.0 + 1e-6
    assert 0.0 < limit.proved.least <= 10.0 + 1e-6
    done, = found["F1"][1]
    assert done.proved.least == 0.0
    done, = turned(roomy())[1]["F1"][1]
    assert 4.0 < done.proved.least <= 5.0 + 1e-6

def test_on_large_programs_the_edge_is_found_on_a_line_and_proved_by_a_program_of_its_own(monkeypatch):
    """The same case asked as large ones are: at most 5, and near it (a few places are tried)."""
    monkeypatch.setattr("jaryq.api.flips.SMALL", 0)
    built = []
    with_cost = flips_module.Standing.with_cost
    monkeypatch.setattr(flips_module.Standing, "with_cost", lambda at, project, factor: built.append(factor)
                        or with_cost(at, project, factor))
    _, found = turned(roomy())
    one, mine = found["F1"]
    assert one.verdict == "always"
    of_first = [factor for factor in built if factor > 1.0]
    cost = of_cost(mine)
    assert cost.more
    assert 0.8 * 5.0 <= cost.proved.least <= 5.0
    assert of_first[-1] - 1.0 == pytest.approx(cost.proved.least / 10.0), "what is told has a program of its own"
    assert len(of_first) <= 3


def test_an_open_choice_has_nothing_to_turn_or_to_confirm(monkeypatch):
    """Two alike, money for one: either may be the one, so nothing has to move, and no whole plan is solved to show
    it."""
    monkeypatch.setattr("jaryq.api.flips._tried", lambda *_: pytest.fail("a whole plan was solved"))
    case = case_of(plain("F1", cost=10.0, benefit=30.0, latest=2026), plain("F2", cost=10.0, benefit=30.0, latest=2026),
                   budget(first=10.0, second=0.0, third=0.0), whole=True)
    _, found = turned(case, confirm=True)
    assert {key: (one.verdict, told) for key, (one, told) in found.items()} == {"F1": ("open", ()), "F2": ("open", ())}
