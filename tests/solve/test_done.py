"""Plans of which the works of the best value do not fit into the years: what is done at a point is asked about once,
and where no gap is allowed the tree goes on to its effort."""

import numpy as np
import pytest

from jaryq.solve import prove, tree
from jaryq.solve.leaves import guide_of
from jaryq.solve.nodes import OVERHEAD, PASS, STEP, Relaxation, work
from jaryq.solve.prove import KEEP, TO_THE_END
from jaryq.solve.sets import done_at
from jaryq.solve.tree import TRIED, Effort, Guide, grow
from tests.cases import facility, keyed, source, target
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
    assert found.main.leaves <= TO_THE_END.leaves


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


class Asked:
    """A relaxation that counts how often it is asked."""

    def __init__(self, monkeypatch):
        self.count, own = 0, Relaxation.at

        def at(relaxation, path):
            self.count += 1
            return own(relaxation, path)

        monkeypatch.setattr(Relaxation, "at", at)


def test_an_effort_ends_a_tree_however_small_the_program(monkeypatch):
    """A program of 240 coefficients has some work to do for each linear program that it is asked, so 2e7 of effort are
    250 of them at most, and what one more node asks; without a limit it takes thousands."""
    program = program_of(in_threes(4, 8))[1]
    relaxation = Relaxation(program, "objective", ())
    start = relaxation.at(())
    asked, begun, given = Asked(monkeypatch), relaxation.work, 2e7
    grown = grow(relaxation, start, -224.0, 1e-4, lambda _: None, effort=Effort(10**6, given))
    assert grown.ended == "effort"
    assert asked.count <= given / OVERHEAD + 2 * (TRIED + 1)
    assert given < relaxation.work - begun < given + 2 * (TRIED + 1) * work(program.matrix.nnz, 200)
    assert grow(relaxation, start, -224.0, 1e-4, lambda _: None, effort=Effort(10**6, 100 * given)).ended == "proved"


def test_work_is_what_asking_takes_and_each_step():
    """130 coefficients and 4 steps: mostly asking; 10,000 and 50: steps that look at all coefficients count."""
    assert work(130, 4) == OVERHEAD + 130 * PASS + 4 * (STEP + 130)
    assert work(130, 4) / 2 < OVERHEAD
    assert work(10_000, 50) / 4 < 50 * 10_000


def test_the_stages_of_a_plan_share_the_effort(monkeypatch):
    """All 12 works are asked for first, of which 11 fit; then the purse. The first stage leaves a tenth to the second,
    which has what is left of all."""
    given, own = [], prove.grow

    def recorded(relaxation, start, best, tolerance, accept, until, effort):
        begun = relaxation.work
        grown = own(relaxation, start, best, tolerance, accept, until, effort)
        given.append((relaxation.stage, effort.work, relaxation.work - begun))
        return grown

    monkeypatch.setattr(prove, "grow", recorded)
    found = solved(in_threes(4, 8, shortfall_gap=0.0, gap=0.0,
                             targets=(target("all", "facilities", 12.0, priority="1", year_first=2030),)))
    assert all(stage.proved for stage in found.stages)
    first = [one for one in given if one[0] == "priority_1"]
    last = [one for one in given if one[0] == "objective"]
    assert first
    assert last
    later = len({stage.name for stage in found.stages}) - 1
    assert first[0][1] == pytest.approx(TO_THE_END.work * (1.0 - KEEP * later))
    assert KEEP * TO_THE_END.work < last[0][1] <= TO_THE_END.work - sum(spent for *_, spent in first)


def test_that_time_ends_a_tree_is_told(monkeypatch):
    """On a clock that is far on once trees grow, the plan is the one of the search, not proved, and says why."""
    monkeypatch.setattr(tree, "now", lambda: np.inf)
    found = solved(in_threes(4, 8))
    assert found.value == pytest.approx(224.0)
    assert not found.main.proved
    assert "the limit of time cut off the branching tree of objective" in found.remarks


def test_a_tree_may_begin_with_the_splits_of_another(monkeypatch):
    """The plan's own tree proves the plan again with two linear programs for each of its splits, none to choose by."""
    case = in_threes(4, 8)
    program, stored = program_of(case)[1], solved(case).proof.trees["objective"]
    relaxation = Relaxation(program, "objective", ())
    start, asked = relaxation.at(()), Asked(monkeypatch)
    grown = grow(relaxation, start, -224.0, 1e-4, lambda _: None, effort=TO_THE_END, guide=guide_of(program, stored))
    assert grown.ended == "proved"
    assert asked.count <= 2 * stored.leaves


def test_splits_of_columns_that_are_decided_are_passed_over():
    """Of three columns at most one, or two: with the first at 1 it is said of the others, at most none; with two at
    nothing it says nothing, and what its first branch says comes next; with two at 1, its second branch."""
    program = program_of(in_threes(4, 8))[1]
    a, b, c, d = (int(j) for j in np.flatnonzero(program.whole)[:4])
    first, second = Guide((d,), 0, (None, None)), Guide((c, d), 0, (None, None))
    guide = Guide((a, b, c), 1, (first, second))

    def within(off=(), one=()):
        lower, upper = program.col_lower.copy(), program.col_upper.copy()
        upper[list(off)] = 0.0
        lower[list(one)] = 1.0
        found = guide.within(program.with_bounds(col_lower=lower, col_upper=upper))
        return found and (found.columns, found.level)

    assert within() == ((a, b, c), 1)
    assert within(one=(a,)) == ((b, c), 0)
    assert within(off=(a, b)) == ((d,), 0)
    assert within(one=(a, b)) == ((c, d), 0)
    assert within(off=(a, b), one=(d,)) is None
