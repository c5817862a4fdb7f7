"""The other choice: hand cases, and what verify finds of forged claims; random cases stand in test_random_cases.py."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from jaryq.api import verified
from jaryq.api.clock import Clock
from jaryq.api.findings import all_claims, choices_solved_again, verify
from jaryq.api.question import question
from jaryq.explain import other
from jaryq.explain.other import other_choices
from jaryq.solve.run import solve
from jaryq.solve.solution import Gap
from jaryq.verify.finding import failed
from tests.cases import target
from tests.formulation.small import budget, case_of, plain
from tests.make import program_of
from tests.solve.test_done import in_threes


def asked(case, gap=None, **more):
    """Factors, program, solution (the gap of its search as given) and what is told of other choices."""
    factors, program = program_of(case)
    q = question(factors, program)
    found = solve(q, program)
    if gap is not None:
        found = replace(found, stages=tuple(replace(s, search=replace(s.search,
            gap=Gap(gap if s.name == "objective" else 0.0, "outlays")))
                                            for s in found.stages))
    return factors, program, found, other_choices(q, program, found, **more)


def two():
    """Two facilities of cost 10 and benefit 30 and 25, money 10 in 2026, where both must be done."""
    return case_of(*(plain(key, cost=10.0, benefit=worth, latest=2026) for key, worth in (("F1", 30.0), ("F2", 25.0))),
                   budget(first=10.0, second=0.0, third=0.0), whole=True)


def by_key(told):
    return {(one.kind, one.project, one.other): one for one in told.choices}


def test_one_of_two():
    """The first is worth 30 - 10 = 20, the second 15: done the other way the purse is 5 less. At a gap of 0 neither
    choice is open, the cost is 5 on both sides. That its only payer pays nothing for F1 is the same as not doing it: it
    is not asked twice."""
    told = by_key(asked(two(), every=True)[3])
    assert {key: one.verdict for key, one in told.items()} == {
        ("facility", "F1", "out"): "always", ("facility", "F2", "in"): "never"}
    assert [one.at_least["objective"] for one in told.values()] == pytest.approx([5.0, 5.0])


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


def test_what_costs_the_last_digit_more_than_there_is_can_be():
    """0.1 + 0.2 of money 0.3, worth less than it costs: left out, and done it would be 0.1 worse; that it cannot be is
    not said. Of money 0.2999 it is."""
    for money, cannot in ((0.3, False), (0.2999, True)):
        case = case_of(plain("F1", cost=0.1 + 0.2, benefit=0.2, latest=2026),
                       budget(first=money, second=0.0, third=0.0), whole=True)
        one = by_key(asked(case)[3])["facility", "F1", "in"]
        assert (one.verdict, one.cannot) == ("never", cannot)
        assert cannot or one.at_least["objective"] == pytest.approx(0.1)


def test_a_shortfall_decides_before_the_purse():
    """Two facilities are asked for (priority 1) and there is money for one each year: both done. Left out, one is
    missing: 1 of 2, at slopes 1 to 5 on widths of 0.1: 0.1 (1 + 2 + 3 + 4 + 5) = 1.5 worse, whatever it saves."""
    case = case_of(*(plain(key, cost=10.0, benefit=worth) for key, worth in (("F1", 30.0), ("F2", 1.0))),
                   budget(first=10.0, second=10.0, third=10.0), whole=True,
                   targets=(target("two", "facilities", 2.0, priority="1"),))
    one = by_key(asked(case)[3])["facility", "F2", "out"]
    assert one.verdict == "always"
    assert {"priority_1": pytest.approx(1.5)} == one.at_least


def found_by_verify(case, factors, program, solution, choices):
    """The checks about other choices that fail."""
    solution = replace(solution, choices=tuple(choices))
    findings = verify(factors, solution, all_claims(case, factors, solution), program)
    return [one for one in failed(findings) if one.check == "other_choice"]


def every_forgery_is_found(told, forge):
    """Whichever of the choices is changed by ``forge``, a check about it fails."""
    case, factors, program, found, choices = told
    for position, one in enumerate(choices):
        forged = [*choices]
        forged[position] = replace(one, **forge(one))
        assert found_by_verify(case, factors, program, found, forged), (one, forge(one))


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
    lambda one: {"verdict": "open", "by": "found", "at_most": {"objective": 9.0},
                 "instead": ("start[F2,2026]", "-start[F1,2026]")},
])
def test_verify_finds_forged_claims(told, forge):
    every_forgery_is_found(told, forge)


def test_solving_again_confirms_what_is_told_and_finds_what_is_not(told):
    """Trees are asked for again with whole facilities: 5 holds, 5.1 does not, nor that no plan holds the opposite. At a
    gap of 6 the plan with the second in place of the first is 5 worse, not 4."""
    case, factors, program, found, choices = told
    claims = all_claims(case, factors, found)

    def holes(solution, *choices):
        return sum(int(one.residual) for one in choices_solved_again(case, replace(solution, choices=choices), claims,
            program))

    trees = [one for one in choices if one.by == "tree"]
    assert len(trees) == 2
    assert holes(found, *choices) == 0
    assert holes(found, *(replace(one, at_least={"objective": 5.1}) for one in trees)) == 2
    assert holes(found, *(replace(one, cannot=True, at_least={}) for one in trees)) == 2
    factors, program, found, other = asked(two(), gap=6.0)
    assert holes(found, *other.choices) == 0
    assert holes(found, *(replace(one, at_most={"objective": 4.0}) for one in other.choices)) == 2


def test_what_costs_least_is_asked_of_all_first(monkeypatch):
    """In a large program: first what a linear program shuts out, then a plan as it is with the row put in, then plans
    farther away; of no row the later before the earlier of another."""
    monkeypatch.setattr(other, "SMALL", 0)
    order, rounds = [], ("_shut_out", "_at_once", "_near")
    for name in rounds:
        own = getattr(other._Asking, name)
        monkeypatch.setattr(other._Asking, name, lambda self, one, first, own=own, name=name: order.append(name)
                            or own(self, one, first))
    told = by_key(asked(two(), gap=6.0)[3])
    assert {one.verdict for one in told.values()} <= {"open", "undecided"}
    assert order == sorted(order, key=rounds.index)
    assert [order.count(name) for name in rounds[:2]] == [2, 2]
    assert "_near" in order


def test_a_row_put_into_the_plan_as_it_is(monkeypatch):
    """Money for both; the second costs 10 in 2026 and brings 9: 1 worse with it and nothing else moved. At a gap of 2
    it is open, without a search farther away; at a gap of 0.5 it is never."""
    monkeypatch.setattr(other, "SMALL", 0)
    monkeypatch.setattr(other._Asking, "_near", None)
    case = case_of(*(plain(key, cost=10.0, benefit=worth, latest=2026) for key, worth in (("F1", 30.0), ("F2", 9.0))),
                   budget(first=20.0, second=0.0, third=0.0), whole=True)
    one = by_key(asked(case, gap=2.0, only=("F2",), kinds=("facility",))[3])["facility", "F2", "in"]
    assert (one.verdict, one.instead) == ("open", ("start[F2,2026]",))
    assert one.at_most["objective"] == pytest.approx(1.0)
    assert by_key(asked(case, gap=0.5, only=("F2",), kinds=("facility",))[3])["facility", "F2", "in"].verdict == "never"


def test_trees_and_searches_count_towards_the_effort(monkeypatch):
    """Two opposites that only trees decide: where the first takes all of the effort the second is not asked, and told
    so."""
    _, _, _, whole = asked(two(), gap=0.0)
    assert (sorted(one.verdict for one in whole.choices), whole.unasked) == (["always", "never"], 0)
    monkeypatch.setattr(other, "TREE", 1e-9)
    _, _, _, cut = asked(two(), gap=0.0)
    assert (len([one for one in cut.choices if one.verdict == "undecided"]), cut.unasked) == (1, 1)


def test_that_it_is_shut_out_is_asked_of_all_before_what_it_costs(monkeypatch):
    """The verdicts do not wait for exact costs; what is then told of each is at most the exact cost of 5, and more than
    nothing."""
    order = []
    for name in ("_by_tree", "_exactly"):
        own = getattr(other._Asking, name)
        monkeypatch.setattr(other._Asking, name, lambda self, one, first, own=own, name=name: order.append(name)
                            or own(self, one, first))
    told = asked(two(), gap=0.0)[3]
    assert order == ["_by_tree", "_by_tree", "_exactly", "_exactly"]
    assert [one.at_least["objective"] for one in told.choices] == pytest.approx([5.0, 5.0])
    monkeypatch.setattr(other._Asking, "_exactly", lambda self, one, first: first)
    told = asked(two(), gap=0.0)[3]
    assert sorted(one.verdict for one in told.choices) == ["always", "never"]
    assert all(0.0 < one.at_least["objective"] <= 5.0 + 1e-9 for one in told.choices)


def test_opposites_of_works_that_do_not_fit_into_the_years():
    """Of 4 works of 6 and 8 of 3 all but the one of 3 that is worth least, 10, are done. It can only come in for
    another one of 3: for that worth 11, 1 worse. One of 3 left out makes room for it: as much worse as it is worth
    more. One of 6, worth 30, 31, 32, 33, as well: 20, 21, 22, 23 worse. All are shut out, by trees that begin as the
    plan's own."""
    told = by_key(asked(in_threes(4, 8))[3])
    worse = {("facility", "C00", "in"): 1.0}
    worse |= {("facility", f"C{i:02}", "out"): float(i) for i in range(1, 8)}
    worse |= {("facility", f"D{i:02}", "out"): 20.0 + i for i in range(4)}
    assert {key: one.verdict for key, one in told.items()} == {
        key: "never" if key[2] == "in" else "always" for key in worse}
    assert all(0.0 < told[key].at_least["objective"] <= cost + 1e-6 for key, cost in worse.items())


def test_after_the_limit_of_time_nothing_is_asked():
    """Without a second left both choices are undecided, and told as not asked; how many seconds the clock leaves is
    told by the run."""
    told = asked(two(), gap=0.0, seconds=0.0)[3]
    assert ({one.verdict for one in told.choices}, told.unasked) == ({"undecided"}, 2)


@pytest.mark.parametrize(("taken", "left"), [(20.0, 40.0), (55.0, 12.0)])
def test_pricing_has_what_the_decision_leaves_of_the_limit_of_time(monkeypatch, taken, left):
    """Of 60 seconds: after 20 another 40, after 55 a fifth of all."""
    class Enough(Exception):
        pass

    def explained(*given):
        assert given[-1] == pytest.approx(left)
        raise Enough

    moments = iter((0.0, taken))
    monkeypatch.setattr(verified, "now", lambda: next(moments))
    monkeypatch.setattr(verified, "explained", explained)
    for name in ("compiled", "solved", "verified"):
        monkeypatch.setattr(verified, name, lambda *_: None)
    accepted = SimpleNamespace(case=SimpleNamespace(settings=SimpleNamespace(time_limit=60.0)))
    with pytest.raises(Enough):
        verified.decide(accepted, Clock(), lambda _: None)
