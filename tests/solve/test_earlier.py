"""Whole plans of equal value: the chosen facilities start so that their finishing positions add up to the least."""

import math
import random
from itertools import product

import pytest

from tests.cases import facility, keyed, source
from tests.make import bare_case, solved

YEARS = range(2026, 2031)


def case_of(rows, budget, **more):
    projects = [facility(f"F{i}", cost=cost, works_months=months, savings=savings, life=5.0, latest=2030)
                for i, (cost, months, savings) in enumerate(rows)]
    money = source("S", ceilings=dict.fromkeys(YEARS, budget), available_to=2030)
    return bare_case(**{"first_year": 2026, "last_year": 2030, "whole": True, "facilities": keyed(*projects),
                        "sources": keyed(money), "evaluation_last_year": 2060,
                        "tie_break": True, **more})


def finish(months, start):
    return start + math.ceil(months / 12) - 1


def least(rows, chosen, budget):
    """The least sum of finishing positions of the chosen facilities over all their starts that the budget of each year
    allows."""
    found = []
    for starts in product(YEARS, repeat=len(chosen)):
        works = list(zip(chosen, starts, strict=True))
        spent = dict.fromkeys(YEARS, 0.0)
        if all(finish(rows[i][1], start) <= 2030 for i, start in works):
            for i, start in works:
                for year in range(start, finish(rows[i][1], start) + 1):
                    spent[year] += rows[i][0] / (rows[i][1] / 12)
            if max(spent.values()) <= budget + 1e-9:
                found.append(sum(finish(rows[i][1], start) - 2025 for i, start in works))
    return min(found)


@pytest.mark.parametrize("seed", range(8))
def test_starts_of_equal_value_are_settled_towards_the_earliest_finish(seed):
    """Nothing is discounted and a late start is credited what it gives up, so when a facility starts makes no
    difference; all starts are tried."""
    rnd = random.Random(seed)
    rows = [(float(rnd.randint(2, 9)), rnd.choice((12.0, 24.0)), rnd.choice((0.5, 1.0, 2.0))) for _ in range(6)]
    found = solved(case_of(rows, 6.0))
    starts = {int(key[1:]): int(t) for key, t in found.plan.start}
    assert sum(finish(rows[i][1], t) - 2025 for i, t in starts.items()) == least(rows, sorted(starts), 6.0)
    assert found.value == pytest.approx(sum(5 * rows[i][2] - rows[i][0] for i in starts))


def test_a_facility_alone_starts_at_once():
    """Cost 5, savings 2 over 5 years, undiscounted: worth 5 whenever it starts."""
    assert [t for _, t in solved(case_of([(5.0, 12.0, 2.0)], 6.0)).plan.start] == ["2026"]


def test_value_comes_before_the_earliest_finish():
    """At 10 % a cost of 5 is less the later it is paid, and savings of 0.1 a year do not make up for it: what must be
    done starts last, the tie-break or not."""
    rows = [(5.0, 12.0, 0.1)]
    case = case_of(rows, 6.0, discount_rate=0.1, facilities=keyed(facility("F0", cost=5.0, savings=0.1, life=5.0,
        latest=2030, must=True)))
    assert [t for _, t in solved(case).plan.start] == ["2030"]


def test_without_the_tie_break_nothing_is_settled():
    found = solved(case_of([(5.0, 12.0, 2.0)], 6.0, tie_break=False))
    assert found.value == pytest.approx(5.0)
