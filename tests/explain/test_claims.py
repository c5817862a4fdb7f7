"""Claims about other choices asked of HiGHS alone (benchmarks/claims.py): true ones are confirmed, forged ones
contradicted, in hand cases and random ones."""

import random
from dataclasses import replace

import pytest

from benchmarks.claims import CONFIRMED, CONTRADICTED, Claims, row, sample
from jaryq.solve.choice import Choice
from jaryq.solve.solution import Gap
from tests.explain.test_other import asked, two
from tests.explain.test_random_cases import few
from tests.formulation.small import budget, case_of, plain

SECONDS = 10.0


def words(program, solution, choices):
    ask = Claims(program, solution, SECONDS, amounts=True)
    return [ask.ask(one).word for one in choices]


@pytest.fixture(scope="module")
def of_two():
    """Worth 20 and 15 and money for one: done the other way the purse is 5 less, so at a gap of 0 the first is always
    and the second never."""
    _, program, found, told = asked(two(), every=True)
    return program, found, told.choices


def test_what_is_told_of_two_is_confirmed(of_two):
    program, found, choices = of_two
    assert words(program, found, choices) == [CONFIRMED] * 2


@pytest.mark.parametrize("forge", [
    lambda one: {"at_least": {"objective": 5.1}},                                  # 5 is reached
    lambda one: {"cannot": True, "at_least": {}},                                  # there is such a plan
    lambda one: {"verdict": "open", "by": "found", "instead": ()},                 # the shown plan is no opposite
    # 5 worse at a gap of 0
    lambda one: {"verdict": "open", "by": "found", "instead": ("start[F2,2026]", "-start[F1,2026]")},
])
def test_what_is_forged_is_contradicted(of_two, forge):
    program, found, choices = of_two
    forged = [replace(one, **forge(one)) for one in choices if one.kind == "facility"]
    assert words(program, found, forged) == [CONTRADICTED] * 2


def test_at_a_gap_of_six_the_other_one_is_as_good(of_two):
    """What was always and never is neither any more: both plans are as good. That the opposite costs at least 5 stays
    true and shuts nothing out."""
    program, found, choices = of_two
    stages = tuple(replace(s, search=replace(s.search, gap=Gap(6.0, "outlays"))) for s in found.stages)
    wide = replace(found, stages=stages)
    assert CONFIRMED not in words(program, wide, choices)
    assert words(program, wide, [replace(one, at_least={"objective": 6.1}) for one in choices]) == [CONTRADICTED] * 2
    told = asked(two(), gap=6.0)[3].choices
    assert {one.verdict for one in told} == {"open"}
    assert words(program, wide, told) == [CONFIRMED] * len(told)


def test_what_money_cannot_buy_is_confirmed():
    """Cost 11 of money 10: there is no plan with it. That there is none without the other is forged: nothing at all is
    one."""
    case = case_of(plain("F1", cost=10.0, benefit=30.0, latest=2026), plain("F2", cost=11.0, benefit=90.0, latest=2026),
                   budget(first=10.0, second=0.0, third=0.0), whole=True)
    _, program, found, told = asked(case)
    one, = (one for one in told.choices if one.cannot)
    assert one.project == "F2"
    assert words(program, found, [one]) == [CONFIRMED]
    assert words(program, found, [Choice("facility", "F1", "in", "out", "always", "program",
                                         cannot=True)]) == [CONTRADICTED]


@pytest.mark.parametrize("seed", range(3))
def test_random_claims_are_confirmed(seed):
    """Facilities, starts and payers, classes of all kinds: every claim holds by a search that knows nothing of the
    plan's proofs."""
    chance, seen = random.Random(1000 + seed), set()
    for _ in range(4):
        _, program, found, told = asked(few(chance), gap=chance.choice((0.0, 1.5, 6.0)), every=True)
        assert words(program, found, told.choices) == [CONFIRMED] * len(told.choices), told.choices
        seen |= {(one.kind, one.verdict) for one in told.choices}
    assert {"always", "open"} <= {verdict for _, verdict in seen}
    assert {kind for kind, _ in seen} == {"facility", "start", "payer"}


def test_a_sample_takes_so_many_of_each_class(of_two):
    """The same for the same seed, in the order of the sheet; all where all are asked for."""
    one = of_two[2][0]
    claims = [replace(one, project=f"F{i}", verdict=("always", "open", "never")[i % 3]) for i in range(30)]
    taken = sample(claims, 4, 1)
    assert taken == sample(claims, 4, 1) != sample(claims, 4, 2)
    assert [one.verdict for one in taken].count("open") == 4
    assert len(taken) == 12
    assert taken == sorted(taken, key=claims.index)
    assert sample(claims, 0, 1) == claims
    assert len(sample(claims[:5], 4, 1)) == 5


def test_an_answer_is_a_line(of_two):
    """The bound of the second stage of the first claim: 20 - 5 = 15 is the best without the first, minimised -15, and
    -20 is the plan's."""
    program, found, choices = of_two
    line = row(Claims(program, found, SECONDS).ask(choices[0]))
    assert (line["project"], line["word"], line["told"], line["within"]) == ("F1", "confirmed", "5", "-19.99998")
