"""The other choice: hand cases, random cases against enumeration, and what verify finds of forged claims."""

import random
from dataclasses import replace

import numpy as np
import pytest

from jaryq.api.findings import all_claims, choices_solved_again, verify
from jaryq.api.question import question
from jaryq.explain.other import other_choices
from jaryq.solve.run import solve
from jaryq.solve.solution import Gap
from jaryq.verify.finding import failed
from tests.cases import target
from tests.explain.mirror_other import Enumerated
from tests.formulation.small import budget, case_of, plain
from tests.make import program_of


def asked(case, gap=None, **more):
    """Factors, program, solution (the gap of its search as given) and what is told of other choices."""
    factors, program = program_of(case)
    q = question(factors, program)
    found = solve(q, program)
    if gap is not None:
        found = replace(found, stages=tuple(replace(s, search=replace(s.search, gap=Gap(gap if s.name == "objective" else 0.0, "outlays")))
                                            for s in found.stages))
    return factors, program, found, other_choices(q, program, found, **more)


def two():
    """Two facilities of cost 10 and benefit 30 and 25, money 10 in 2026, where both must be done."""
    return case_of(*(plain(key, cost=10.0, benefit=worth, latest=2026) for key, worth in (("F1", 30.0), ("F2", 25.0))),
                   budget(first=10.0, second=0.0, third=0.0), whole=True)


def by_key(told):
    return {(one.kind, one.project, one.other): one for one in told.choices}


def test_one_of_two():
    """The first is worth 30 - 10 = 20, the second 15: done the other way the purse is 5 less. At a gap of 0 neither choice is open, the cost is 5
    on both sides; without its only payer the first cannot be done, and then the second (without it as well) cannot either: nothing is worth 0,
    which is 20 less; but that B pays nothing for F1 is also kept where F2 is done: 5."""
    told = by_key(asked(two(), every=True)[3])
    assert {key: one.verdict for key, one in told.items()} == {
        ("facility", "F1", "out"): "always", ("facility", "F2", "in"): "never", ("payer", "F1", "-B"): "always"}
    assert [one.at_least["objective"] for one in told.values()] == pytest.approx([5.0, 5.0, 5.0])


def test_at_a_gap_of_six_both_are_open():
    """5 is no more than 6: the plan with the second in place of the first is as good."""
    told = by_key(asked(two(), gap=6.0)[3])
    assert {one.verdict for one in told.values()} == {"open"}
    assert [one.at_most["objective"] for one in told.values()] == pytest.approx([5.0, 5.0])
    assert all(set(one.instead) == {"start[F2,2026]", "-start[F1,2026]"} for one in told.values())


def test_what_money_cannot_buy_cannot_be():
    """Cost 11 of money 10: no plan holds it; the other one is done beside it."""
    case = case_of(plain("F1", cost=10.0, benefit=30.0, latest=2026), plain("F2", cost=11.0, benefit=90.0, latest=2026),
                   budget(first=10.0, second=0.0, third=0.0), whole=True)
    one = by_key(asked(case)[3])["facility", "F2", "in"]
    assert (one.verdict, one.cannot, dict(one.at_least)) == ("never", True, {})


def test_a_shortfall_decides_before_the_purse():
    """Two facilities are asked for (priority 1) and there is money for one each year: both done. Left out, one is missing: 1 of 2, at slopes 1 to 5
    on widths of 0.1: 0.1 (1 + 2 + 3 + 4 + 5) = 1.5 worse, whatever it saves."""
    case = case_of(*(plain(key, cost=10.0, benefit=worth) for key, worth in (("F1", 30.0), ("F2", 1.0))),
                   budget(first=10.0, second=10.0, third=10.0), whole=True, targets=(target("two", "facilities", 2.0, priority="1"),))
    one = by_key(asked(case)[3])["facility", "F2", "out"]
    assert one.verdict == "always"
    assert {"priority_1": pytest.approx(1.5)} == one.at_least


def random_case(chance):
    """Two to four facilities of one or two years' windows, a variant at times, budgets that do not suffice, a target at times."""
    count = chance.randint(2, 4)
    records = [plain(f"F{i}", cost=float(chance.randint(3, 12)), benefit=float(chance.randint(2, 30)), latest=chance.choice((2026, 2027)))
               for i in range(count)]
    money = [budget(first=float(chance.randint(4, 20)), second=float(chance.randint(0, 12)), third=0.0)]
    if chance.random() < 0.4:
        money.append(budget("C", first=float(chance.randint(2, 8)), second=float(chance.randint(2, 8)), third=0.0,
                            max_share=chance.choice((0.5, 1.0))))
    wishes = (target("some", "facilities", float(chance.randint(1, count)), priority="1"),) if chance.random() < 0.5 else ()
    return case_of(*records, *money, whole=True, targets=wishes)


@pytest.mark.parametrize("seed", range(10))
def test_random_cases_agree_with_enumeration(seed):
    """20 cases each: classes are those of all whole choices; every bound lies at or below the best of them, the decisive one is the best; what is
    said to be found is one of them."""
    chance = random.Random(seed)
    for _ in range(20):
        _, program, found, told = asked(random_case(chance), gap=chance.choice((0.0, 0.0, 1.5, 4.0, 10.0)), every=True)
        all_choices = Enumerated(program, found)
        for one in told.choices:
            if one.kind == "payer":
                assert one.verdict in ("always", "open")
                continue
            picks = all_choices.holding(one)
            is_open = any(all_choices.good(pick) for pick in picks)
            assert (one.verdict == "open") == is_open, (one, all_choices.values)
            assert one.verdict == ("open" if is_open else "never" if one.now == "out" else "always")
            best = {name: min(all_choices.least[pick][name] for pick in picks) - value for name, value in all_choices.values.items()}
            assert one.cannot == (not np.isfinite(min(all_choices.least[pick][next(iter(best))] for pick in picks)))
            for name, least in one.at_least.items():
                assert least <= best[name] + 1e-6, (one, name, best)
            if one.by == "tree" and not one.cannot:
                assert list(one.at_least.values())[-1] == pytest.approx(best[list(one.at_least)[-1]], abs=1e-5)
            if is_open:
                assert all(worse <= all_choices.most[name] - all_choices.values[name] + 1e-6 for name, worse in one.at_most.items())


def found_by_verify(case, factors, program, solution, choices):
    """The checks about other choices that fail."""
    solution = replace(solution, choices=tuple(choices))
    findings = verify(case, solution.plan, all_claims(case, factors, solution), solution.multipliers, program, solution.proof, solution.choices,
                      solution.gaps)
    return [one for one in failed(findings) if one.check == "other_choice"]


@pytest.fixture(scope="module")
def told():
    case = two()
    factors, program, found, other = asked(case, every=True)
    return case, factors, program, found, other.choices


def test_verify_accepts_what_is_told(told):
    assert not found_by_verify(*told)


@pytest.mark.parametrize("forge", [
    lambda one: {"at_least": {"objective": 6.0}, "by": "multipliers"},        # more than the multipliers say
    lambda one: {"verdict": "open", "by": "found"},                           # no plan is told
    lambda one: {"verdict": "never" if one.verdict == "always" else "always"},
    lambda one: {"at_least": {"objective": 0.0}},                             # shuts nothing out
    lambda one: {"at_least": {}},
    lambda one: {"by": "nothing"},
    lambda one: {"project": "F9"},
    lambda one: {"now": one.other, "other": one.now},
    lambda one: {"cannot": True, "by": "multipliers"},
    lambda one: {"verdict": "open", "by": "found", "at_most": {"objective": 0.0}, "instead": ()},
    lambda one: {"verdict": "open", "by": "found", "at_most": {"objective": 0.0}, "instead": ("start[F9,2026]",)},
    lambda one: {"verdict": "open", "by": "found", "at_most": {"objective": 9.0}, "instead": ("start[F2,2026]", "-start[F1,2026]")},
])
def test_verify_finds_forged_claims(told, forge):
    case, factors, program, found, choices = told
    for position, one in enumerate(choices):
        forged = [*choices]
        forged[position] = replace(one, **forge(one))
        assert found_by_verify(case, factors, program, found, forged), (one, forge(one))


def test_solving_again_confirms_what_is_told_and_finds_what_is_not(told):
    """Trees are asked for again with whole facilities: 5 holds, 5.1 does not, nor that no plan holds the opposite. At a gap of 6 the plan with the
    second in place of the first is 5 worse, not 4."""
    case, factors, program, found, choices = told
    claims = all_claims(case, factors, found)

    def holes(solution, *choices):
        return sum(int(one.residual) for one in choices_solved_again(case, replace(solution, choices=choices), claims, program))

    trees = [one for one in choices if one.by == "tree"]
    assert len(trees) == 2
    assert holes(found, *choices) == 0
    assert holes(found, *(replace(one, at_least={"objective": 5.1}) for one in trees)) == 2
    assert holes(found, *(replace(one, cannot=True, at_least={}) for one in trees)) == 2
    factors, program, found, other = asked(two(), gap=6.0)
    assert holes(found, *other.choices) == 0
    assert holes(found, *(replace(one, at_most={"objective": 4.0}) for one in other.choices)) == 2
