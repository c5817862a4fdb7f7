"""Flip points: hand cases, and random small cases against enumeration of all whole choices with the number moved (docs/numbers.md, The other choice)."""

import random
from dataclasses import dataclass, replace

import pytest

from jaryq.api.flips import flips
from jaryq.api.flips_told import flips_said
from jaryq.case.case import Case
from jaryq.factors.derive import Factors
from jaryq.formulation.assemble import limits
from jaryq.solve.run import solve
from tests.explain.mirror_other import Enumerated
from tests.explain.test_other import asked, random_case, two
from tests.formulation.small import budget, case_of, plain
from tests.make import program_of, question


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
    return found, {one.project: (one, flips(Input(factors), program, found, one, confirm=confirm)) for one in told.choices if one.kind == "facility"}


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
    """Worth 30 - 10 and 25 - 10, money 10: the second is as good as the first at a cost of 5, where both would need 15. With 20 there is money for both; before
    that the first alone is better."""
    _, found = turned(two(), confirm=True)
    one, mine = found["F2"]
    assert one.verdict == "never"
    for between in (of_cost(mine).proved, of_cost(mine).tried):
        within(between, 5.0)
    assert of_limit(mine).limit.name == "ceiling[B,2026]"
    within(of_limit(mine).tried, 10.0)
    assert of_limit(mine).proved.least <= 10.0


def test_what_pushes_one_of_two_out():
    """Money 20 for one of two that must be chosen between by money for 2026: worth 20 and 15; at a cost of 15 the first is worth the same as the second."""
    case = case_of(*(plain(key, cost=cost, benefit=worth, latest=2026) for key, cost, worth in (("F1", 10.0, 30.0), ("F2", 12.0, 27.0))),
                   budget(first=20.0, second=0.0, third=0.0), whole=True)
    _, found = turned(case, confirm=True)
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


def with_cost(case, key, cost):
    return replace(case, facilities={**case.facilities, key: replace(case.facilities[key], cost=cost)})


def lets_in(case, solution, one):
    """Whether some whole choice that holds the opposite is as good as the plan is now, in the program of another case."""
    every = Enumerated(program_of(case)[1], solution)
    return any(every.good(pick) for pick in every.holding(one))


def done(case, key):
    factors, program = program_of(case)
    return sum(share for (p, _), share in solve(question(factors, program), program).plan.start.items() if p == key) > 0.5


@pytest.mark.exhaustive
@pytest.mark.parametrize("seed", range(4))
def test_random_cases_agree_with_enumeration(seed):
    """Of a row left out: below what is proved no choice with it is as good as the plan is, neither at a lower cost nor with any single limit looser by less
    of its size; where it is said to be enough there is one. Of a row done: just below what is proved the plan still has it."""
    chance = random.Random(100 + seed)
    left_out = turned_out = 0
    while left_out < 3:
        case = random_case(chance)
        solution, found = turned(case)
        for key, (one, mine) in found.items():
            cost = case.facilities[key].cost
            for flip in mine:
                proved = flip.proved
                if one.verdict == "always":
                    turned_out += 1
                    assert not proved.least or done(with_cost(case, key, cost + 0.99 * proved.least), key)
                elif one.verdict == "never" and flip.limit is None:
                    left_out += 1
                    assert not lets_in(with_cost(case, key, cost - 0.999 * proved.least), solution, one)
                    assert proved.most is None or lets_in(with_cost(case, key, cost - proved.most), solution, one)
                elif one.verdict == "never":
                    first = flip.limit
                    assert lets_in(first.put(case, first.value + first.loosens * proved.most), solution, one)
                    for limit in limits(program_of(case)[0]):
                        size = abs(limit.value) or flip.size
                        moved = limit.value + limit.loosens * 0.98 * flip.share * size
                        assert moved < 0 or not limit.value or not lets_in(limit.put(case, moved), solution, one), (limit, flip)
    assert turned_out
