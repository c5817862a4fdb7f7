"""The other choice where facilities are divisible: hand cases, forged claims, and random cases against linear programs
of HiGHS alone."""

import random
from dataclasses import replace

import numpy as np
import pytest

from jaryq.api.findings import all_claims, choices_solved_again
from jaryq.api.flips import flips
from jaryq.api.question import question
from jaryq.explain.other import other_choices
from jaryq.report.why import why_tables
from jaryq.solve.run import solve
from tests.cases import target
from tests.explain.mirror_other import Least
from tests.explain.test_flips import Input
from tests.explain.test_other import asked, by_key, every_forgery_is_found, found_by_verify
from tests.formulation.small import budget, case_of, plain
from tests.make import program_of


def three_halves():
    """Two facilities of cost 10 and benefit 30 and 25, money 15 in 2026: the first, and half of the second: 20 +
    7.5."""
    return case_of(*(plain(key, cost=10.0, benefit=worth, latest=2026) for key, worth in (("F1", 30.0), ("F2", 25.0))),
                   budget(first=15.0, second=0.0, third=0.0), whole=False)


@pytest.fixture(scope="module")
def told():
    case = three_halves()
    factors, program, found, other = asked(case, every=True)
    return case, factors, program, found, other.choices


def test_all_some_and_none_of_a_row(told):
    """Without F1 all of F2 is worth 15: 12.5 less. Without F2 20: 7.5 less, so something of it is always done; all of
    it leaves 5 for half of F1: 15 + 10 = 25, 2.5 less, so all of it never is. Without their only payer neither is done,
    which is asked already."""
    assert {(one.kind, one.project, one.now, one.other): (one.verdict,
                                                          pytest.approx(one.at_least["objective"], abs=1e-6))
                                                          for one in told[4]} == {
        ("facility", "F1", "in", "out"): ("always", 12.5), ("facility", "F2", "part", "out"): ("always", 7.5),
        ("facility", "F2", "part", "in"): ("never", 2.5)}


def test_a_row_of_two_periods_is_done_in_parts():
    """Money 6 in 2026 and 4 in 2027, F1 of 10 (benefit 30) may begin in either: done whole in two parts, it has no time
    of its own, and that nothing of it is done costs 20 less what a wait of a year of four tenths costs nothing of
    (benefits are of the finish)."""
    case = case_of(plain("F1", cost=10.0, benefit=30.0, latest=2027), budget(first=6.0, second=4.0, third=0.0),
                   whole=False)
    _, _, found, other = asked(case, every=True)
    assert {(one.kind, one.now, one.other): one.verdict for one in other.choices} == {("facility", "in",
        "out"): "always"}
    assert by_key(other)["facility", "F1", "out"].at_least["objective"] == pytest.approx(found.stages[-1].value)


def test_alike_ones_are_open():
    """Two alike, money for one: whichever of the two is done, all of it or some, a plan as good leaves it out, and one
    does all of it."""
    case = case_of(*(plain(key, cost=10.0, benefit=30.0, latest=2026) for key in ("F1", "F2")),
                   budget(first=10.0, second=0.0, third=0.0), whole=False)
    choices = asked(case)[3].choices
    assert {one.verdict for one in choices} == {"open"}
    assert {one.project for one in choices} == {"F1", "F2"}
    assert all(one.at_most["objective"] == pytest.approx(0.0, abs=1e-6) for one in choices)


def test_what_money_cannot_buy_whole_cannot_be():
    """Cost 11 of money 10: ten elevenths of it at most."""
    case = case_of(plain("F1", cost=11.0, benefit=90.0, latest=2026), budget(first=10.0, second=0.0, third=0.0),
                   whole=False)
    told = by_key(asked(case)[3])
    assert (told["facility", "F1", "in"].verdict, told["facility", "F1", "in"].cannot) == ("never", True)
    assert told["facility", "F1", "out"].verdict == "always"


def test_what_turns_it(told, monkeypatch):
    """All of F2 is as good as now once money is 1.25 more (15 + 2 x 6.25 = 27.5), or it costs 10 - x: 25 - (10 - x) + 2
    (5 + x) = 27.5 at x = 2.5/3. F1 stays in part until it is worth nothing, at a cost of 30. The benefit of F2 for all
    of it: 2.5 more."""
    _, factors, program, found, choices = told
    for size in (10_000, 0):
        monkeypatch.setattr("jaryq.api.flips.SMALL", size)
        at = Input(factors)
        by = {(one.project, one.other): [*flips(at, program, found, one)] for one in choices if one.kind == "facility"}
        cost, limit = by["F2", "in"]
        assert limit.limit.name == "ceiling[B,2026]"
        # A little less may be told: an edge is looked for to a hundredth of how far the number may move.
        for found_by, value in ((limit, 1.25), (cost, 2.5 / 3.0), (by["F1", "out"][0], 20.0)):
            assert 0.9 * value <= found_by.proved.least <= value * (1 + 1e-4)


def test_tried_by_plans_solved_again(told):
    """With money the plan has all of F2 only from 20 on: 5 more. With F1 at 30 nothing of it is done."""
    _, factors, program, found, choices = told
    by = {(one.project, one.other): [*flips(Input(factors), program, found, one, confirm=True)] for one in choices
          if one.kind == "facility"}
    limit = by["F2", "in"][1].tried
    assert limit.least <= 5.0 <= limit.most <= 5.2
    assert by["F1", "out"][0].tried.least <= 20.0 <= by["F1", "out"][0].tried.most


def test_said_in_words(told):
    case, *_, found, choices = told
    rows = why_tables(case, replace(found, choices=choices))[0].rows
    said = {(row["project"], row["other"].en): (row["now"].en, row["verdict"].en, row["why"].en) for row in rows}
    assert said["F2", "done whole"] == (
        "done in part", "never",
        "if done whole, worse by at least 2.50 bn KZT (Objective: net present value for the programme purse): no plan "
        "as good as this one")
    assert said["F2", "not done"][:2] == ("done in part", "always")
    assert {row["other"].ru for row in rows} >= {"выполняется целиком", "не выполняется"}


def test_verify_accepts_what_is_told(told):
    assert not found_by_verify(*told)


@pytest.mark.parametrize("forge", [
    lambda one: {"at_least": {"objective": 99.0}, "by": "multipliers"},
    lambda one: {"verdict": "open", "by": "found"},
    lambda one: {"verdict": "never" if one.verdict == "always" else "always"},
    lambda one: {"at_least": {"objective": 0.0}},
    lambda one: {"by": "nothing"},
    lambda one: {"now": "in" if one.now == "part" else "part"},
    lambda one: {"other": one.now},
    lambda one: {"verdict": "open", "by": "found", "at_most": {"objective": 9.0}},
    lambda one: {"verdict": "open", "by": "found", "at_most": {"objective": 0.0}, "instead": ("start[F9,2026]",)},
])
def test_verify_finds_forged_claims(told, forge):
    every_forgery_is_found(told, forge)


def test_solving_again_finds_what_is_not_so(told):
    case, factors, program, found, choices = told
    claims = all_claims(case, factors, found)

    def holes(*asked):
        return sum(int(one.residual) for one in choices_solved_again(case, replace(found, choices=asked), claims,
            program))

    mine = [replace(one, by="program") for one in choices if one.kind == "facility"]
    assert holes(*mine) == 0
    assert holes(*(replace(one, at_least={"objective": one.at_least["objective"] + 0.1}) for one in mine)) == len(mine)
    # No plan without F1 is as good: that one of 0 was found is not so.
    assert holes(replace(choices[0], verdict="open", by="found", at_most={"objective": 0.0}, at_least={})) == 1


def divisible(chance):
    """Three to five facilities of one or two years' windows, a second source and a target at times, money for about
    half."""
    records = [plain(f"F{i}", cost=float(chance.randint(3, 12)), benefit=float(chance.randint(2, 30)),
                     latest=chance.choice((2026, 2027)))
               for i in range(chance.randint(3, 5))]
    money = [budget(first=float(chance.randint(4, 20)), second=float(chance.randint(0, 12)), third=0.0)]
    if chance.random() < 0.4:
        money.append(budget("C", first=float(chance.randint(2, 8)), second=float(chance.randint(2, 8)), third=0.0,
                            max_share=chance.choice((0.5, 1.0))))
    wishes = (target("some", "facilities", float(chance.randint(1, 3)), priority="1"),) if chance.random() < 0.5 else ()
    return case_of(*records, *money, whole=False, targets=wishes)


def with_opposite(program, one):
    """The arrays of a program with the opposite of a choice, from its names alone; all of a row is a row of its own."""
    mine = {str(name[1][1]): j for j, name in enumerate(program.columns) if name[0] == "start"
            and name[1][0] == one.project}
    lower, upper = program.col_lower.copy(), program.col_upper.copy()
    if one.kind == "payer":
        upper[[j for j, (family, index) in enumerate(program.columns) if family == "draw"
               and index[:2] == (one.now, one.project)]] = 0.0
    elif one.kind == "start":
        upper[[j for when, j in mine.items() if when != one.other]] = 0.0
        lower[mine[one.other]] = 1.0
    elif one.other == "out":
        upper[list(mine.values())] = 0.0
    return lower, upper, list(mine.values()) if one.other == "in" else []


class LeastWith(Least):
    """Every column between other bounds, and the sum of some at least 1."""

    def __init__(self, program, names):
        super().__init__(program, names)
        self.whole = self.columns

    def having(self, columns):
        where = np.array(columns, dtype=np.int32)
        self.highs.addRow(1.0, np.inf, len(where), where, np.ones(len(where)))


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.exhaustive) for seed in range(2, 10))])
def test_random_cases_agree_with_linear_programs(seed):
    """20 cases each: nothing is undecided; the class is that of the best plan with the opposite, stage by stage, those
    before kept as good as the plan's; a bound lies at or below it, what is found at or above."""
    chance, seen = random.Random(seed), set()
    for _ in range(20):
        case = divisible(chance)
        factors, program = program_of(case)
        solution = solve(question(factors, program), program)
        turn = -1.0 if solution.objective in ("purse", "most_benefit") else 1.0
        values = {stage.name: (turn if stage.name == "objective" else 1.0) * stage.value for stage in solution.stages}
        most = {name: value + 1e-6 * max(1.0, abs(value)) for name, value in values.items()}
        for one in other_choices(question(factors, program), program, solution, every=True).choices:
            lower, upper, whole = with_opposite(program, one)
            ask, least = LeastWith(program, values), {}
            if whole:
                ask.having(whole)
            ask.between(lower, upper)
            for name in values:
                least[name] = ask.least(name) if not np.any(lower > upper) else np.inf
                ask.cap(name, most[name])
            shut = next((name for name in values if least[name] > most[name] + 1e-9), None)
            assert one.verdict == ("open" if shut is None else "never" if one.other == "in" else "always"), (one, least,
                values)
            assert not (one.cannot and np.isfinite(least[next(iter(values))]))
            assert all(told <= least[name] - values[name] + 1e-6 for name, told in one.at_least.items())
            if one.verdict == "open":
                last = [*values][-1]
                assert one.at_most[last] >= least[last] - values[last] - 1e-6
            seen |= {(one.verdict, one.kind), one.now}
    assert seen >= {("always", "facility"), ("never", "facility"), ("open", "facility"), ("open", "payer"), "part",
                    "in", "out"}
