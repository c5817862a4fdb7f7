"""Plans of which the works of the best value do not fit into the years: what is done at a point is asked about once,
and where no gap is allowed the tree goes on to its effort."""

import numpy as np
import pytest

from jaryq.solve.nodes import Relaxation
from jaryq.solve.prove import TO_THE_END
from jaryq.solve.sets import done_at
from jaryq.solve.tree import LEAVES
from tests.cases import facility, keyed, source
from tests.make import bare_case, program_of, solved

FREE = {"asset_type": None, "income_to": None}
YEARS = range(2026, 2031)


def in_threes(dear, cheap, **more):
    """``dear`` works of 6 and ``cheap`` works of 3 with a year each, and 10 a year for five years: a year pays 9 at
    most, all years 45. In whichever year, works of 6 are worth 30, 31, 32 and so on beside their cost, those of 3 are
    worth 10, 11, 12 and so on."""
    any_year = {**FREE, "earliest": 2026, "latest": 2030}
    things = [facility(f"D{i:02}", **any_year, cost=6.0, benefit=36.0 + i) for i in range(dear)]
    things += [facility(f"C{i:02}", **any_year, cost=3.0, benefit=13.0 + i) for i in range(cheap)]
    money = source("M", available_to=2030, ceilings=dict.fromkeys(YEARS, 10.0))
    return bare_case(**{"discount_timing": "start", "facilities": keyed(*things), "sources": keyed(money),
                        "whole": True, "last_year": 2030, "benefit_is_net": False, **more})


def test_that_all_does_not_fit_into_the_years_is_proved():
    """4 works of 6 and 8 of 3 cost 48 of 50, but fill 16 thirds of years of 15: the one of 3 that is worth least stays
    undone, 126 + 108 - 10. The linear program does them all: a bound of 234 until it is proved that they do not fit."""
    found = solved(in_threes(4, 8))
    assert found.main.linear == pytest.approx(234.0)
    assert (found.value, found.certified_bound) == (pytest.approx(224.0), pytest.approx(224.0))
    assert found.main.proved
    assert LEAVES < found.main.leaves <= TO_THE_END.leaves


def test_choices_of_payees_are_proved_too():
    """7 of the 10 a year are a budget's, 3 a grant's, which pays at least half of what it pays for: one work of 3 in
    full every year. Still no more is done, and 15 need not come from the purse: 224 + 15."""
    money = [source("M", available_to=2030, ceilings=dict.fromkeys(YEARS, 7.0)),
             source("G", available_to=2030, ceilings=dict.fromkeys(YEARS, 3.0), kind="grant", partner="US",
                    min_share=0.5)]
    found = solved(in_threes(4, 8, sources=keyed(*money)))
    assert found.main.linear == pytest.approx(249.0)
    assert (found.value, found.certified_bound) == (pytest.approx(239.0), pytest.approx(239.0))
    assert found.main.proved


def test_what_is_done_is_told_where_no_facility_is_in_part():
    """Starts 0, 1 of A, 2, 3 of B, 4 of C: A and B are done, A in parts of two years. With B in part nothing is
    told, nor where one is done alone."""
    facilities = [(0, 1), (2, 3), (4,)]
    assert done_at(facilities, np.array([0.5, 0.5, 0.0, 1.0, 0.0])) == ((0, 1, 2, 3), 2)
    assert done_at(facilities, np.array([0.5, 0.5, 0.0, 0.7, 0.0])) is None
    assert done_at(facilities, np.array([0.5, 0.5, 0.0, 0.0, 0.0])) is None


def test_all_that_is_done_is_split_on_where_a_point_does_facilities_whole():
    """The split is: fewer than all, or all; it keeps its number."""
    program = program_of(in_threes(4, 8))[1]
    relaxation = Relaxation(program, "objective", ())
    number, level = relaxation.done(relaxation.at(()).x)
    assert level == 11
    assert relaxation.done(relaxation.at(()).x) == (number, level)
    fewer, all_of_it = (relaxation.at(((number, level, branch),)) for branch in (0, 1))
    assert -fewer.value == pytest.approx(224.0)
    assert -all_of_it.value == pytest.approx(234.0)
