"""Doing nothing: one hand number for each rule, from scores and rates worked out here, and renewal against all courses
of failures (docs/numbers.md)."""

from __future__ import annotations

import random
from itertools import product
from math import exp, fsum, log

import pytest

from jaryq.case.case import Case
from tests.cases import bursts, edit, facility, keyed, package
from tests.verify.common import bare, state, steadily, totals_of

OLD = {"pof_k": 0.000454 * 2.31, "year_built": 1966, "life": 30.0, "least": 6.5, "health_after": 1.0,
       "consequence": 4.9}


def score(years: float) -> float:
    """Of a plant of 1966, life 30, at least 6.5 in 2026: 60 years old it would be at 0.5 x 11^2, capped at 5.5, so 6.5;
    it grows by ln(13)/60/1.5 a year."""
    return 6.5 * exp(min(log(6.5 / 0.5) / 60, 2 * log(11) / 30) * years / 1.5)


def rate(value: float) -> float:
    """K 0.0454 % x 2.31, C 1.087, between 4 and 15."""
    x = 1.087 * min(max(value, 4.0), 15.0)
    return min(1.0, 0.000454 * 2.31 * (1 + x + x**2 / 2 + x**3 / 6))


def plant(**more: object) -> Case:
    """The plant, done for 1 bn in 2026; life 30, so benefits end in 2056."""
    one = facility("P", cost=1.0, life=30.0, condition=state(**{**OLD, **more}))
    return bare(first_year=2026, price_year=2026, evaluation_last_year=2100, facilities=keyed(one))


def net(case: Case) -> float:
    """What it avoids less the 1 bn that it costs."""
    totals = totals_of(case, start={("P", "2026"): 1.0}, draw={("B", "P", 2026): 1.0})
    assert totals.pv_risk == totals.pv_benefits
    return totals.objective


@pytest.mark.parametrize(("more", "last", "expected"), [
    ({"replace_at": 0.2}, 2035, 5.1660), ({"replace_when": "score", "replace_at": 10.0}, 2041, 11.8233),
    ({"replace_when": "age", "replace_at": 45.0}, 2028, 0.7994), ({"replaced": 2037}, 2036, 6.0483), ({}, 2056, 47.508),
    ({"replaced": 2028, "replace_at": 0.2}, 2027, None),  # stated, also within the planned years
])
def test_repaired_as_bad_as_old_until_the_rule_replaces_it(more: dict[str, object], last: int,
                                                           expected: float | None) -> None:
    """Sum of the yearly rates in the middle of the years 2027 to ``last``, of 4.9 each, without less with (1 x
    11^(v/30), counted as 4). On 1 January of 2036 the rate is 0.202, of 2042 the score 10; 45 years are past; the first
    year that may count is 2029."""
    avoided = fsum(4.9 * (rate(score(y - 2026 + 0.5)) - rate(11 ** ((y - 2027 + 0.5) / 30)))
                   for y in range(2027, last + 1))
    assert net(plant(**more)) == pytest.approx(avoided - 1.0, rel=1e-12)
    if expected is not None:
        assert avoided == pytest.approx(expected, abs=1e-3 if last == 2056 else 5e-5)


def renewals(first: list[float], again: list[float]) -> list[float]:
    """Failures expected in each year: every course of failures and years without one, its probability, and its
    failures."""
    found = [0.0] * len(first)
    for course in product((0, 1), repeat=len(first)):
        chance, age, rates = 1.0, 0, first
        for failed in course:
            q = rates[age]
            chance *= q if failed else 1 - q
            age, rates = (0, again) if failed else (age + 1, rates)
        for year, failed in enumerate(course):
            found[year] += chance * failed
    return found


def test_renewed_at_each_failure() -> None:
    """Three years after 2026 (life 3): what waits fails by its own rates until it does, then by those of the renewed
    one; each failure costs 4.9 and 1."""
    case = plant(after_failure="replace", replacement=1.0)
    case = edit(case, "facilities", "P", life=3.0)
    old, new = [rate(score(n + 0.5)) for n in range(4)], [rate(11 ** ((n + 0.5) / 30)) for n in range(4)]
    without, done = renewals(old, new), renewals(new, new)
    assert net(case) == pytest.approx(5.9 * (sum(without[1:]) - sum(done[:3])) - 1.0, rel=1e-12)


def test_renewed_at_each_failure_for_thirty_years() -> None:
    """0.494604 failures fewer to 2056, of 4.9 + 1 bn: 2.9182, 1.9182 after the works are paid; by the renewal equation,
    written here."""
    old, new = [rate(score(n + 0.5)) for n in range(31)], [rate(11 ** ((n + 0.5) / 30)) for n in range(31)]

    def expected(first: list[float]) -> list[float]:
        def first_failure(rates: list[float], n: int) -> float:
            spared = 1.0
            for q in rates[:n]:
                spared *= 1 - q
            return spared * rates[n]
        m: list[float] = []
        for n in range(31):
            m.append(first_failure(first, n) + sum(m[i] * first_failure(new, n - i - 1) for i in range(n)))
        return m

    fewer = sum(expected(old)[1:]) - sum(expected(new)[:30])
    assert (fewer, fewer * 5.9) == pytest.approx((0.494604, 2.9182), abs=5e-5)
    assert net(plant(after_failure="replace", replacement=1.0)) == pytest.approx(5.9 * fewer - 1.0, rel=1e-9)


def family(rule: str, other: str) -> Case:
    """F fails with 0.5 a year, its variant G with 0.25; 2 bn a failure, a replacement of F costs 1, of G 100."""
    own = steadily(0.5, consequence=2.0, after_failure=rule, replacement=1.0)
    variant = steadily(0.25, consequence=2.0, after_failure=other, replacement=100.0)
    return bare(evaluation_last_year=2028, facilities=keyed(facility("F", condition=own),
                                                            facility("G", option_of="F", condition=variant)))


@pytest.mark.parametrize(("rule", "other", "each"), [("repair", "replace", 2.0), ("replace", "repair", 3.0)])
def test_the_rule_is_that_of_the_assets_own_facility(rule: str, other: str, each: float) -> None:
    """Steady rates are the same for what is renewed, so (0.5 - 0.25) x (2 + what F's own rule adds) in 2027 and
    2028."""
    assert totals_of(family(rule, other), start={("G", "2026"): 1.0}).pv_risk == pytest.approx(2 * 0.25 * each,
        rel=1e-12)


def test_failures_of_what_is_renewed_are_told_by_year() -> None:
    """F waits at a rate q until its first failure, and is renewed to 0.1. Year 1: q. Year 2: spared and failed, or
    renewed and failed. Year 3: (1 - q)^2 q, (1 - q) q x 0.1, q x 0.9 x 0.1, q x 0.1 x 0.1. Scores count from 1 to 2 (C
    = 1: 8/3 and 19/3 of K), 6 as 2, and 0.5 after works as 1 for years."""
    own = state(pof_k=0.1 * 3 / 8, pof_c=1.0, floor=1.0, cap=2.0, least=6.0, most=6.0, life=500.0,
                after_failure="replace")
    high = 0.1 * 19 / 8
    totals = totals_of(bare(facilities=keyed(facility("F", condition=own))))
    second = (1 - high) * high + high * 0.1
    third = (1 - high) ** 2 * high + (1 - high) * high * 0.1 + high * 0.9 * 0.1 + high * 0.1 * 0.1
    assert totals.failures == pytest.approx({2026: high, 2027: second, 2028: third}, rel=1e-12)


@pytest.mark.parametrize(("limit", "last"), [(1.2, 2028), (1.4, 2029), (9.0, 2030)])
def test_a_pipe_is_replaced_at_so_many_bursts(limit: float, last: int) -> None:
    """1 burst a km in 2026, 10 % more each year: on 1 January of 2029, the first year after the plan, 1.331, of 2030
    1.4641: at 1.2 it is replaced in 2029, at 1.4 in 2030; the years before count, to 2030 at the latest. Renewed pipe
    has 0.1; 2 bn a burst."""
    net_ = package("N", km=9.0, life=20.0, bursts=bursts(growth=0.1, consequence=2.0, replace_at=limit))
    expected = sum(2 * (1.1 ** (y - 2026 + 0.5) - 0.1 * 1.1 ** (y - 2027 + 0.5)) for y in range(2027, last + 1))
    assert totals_of(bare(packages=keyed(net_)), renew={("N", "2026"): 1.0}).pv_risk == pytest.approx(expected,
        rel=1e-12)


def test_what_is_credited_after_the_count_of_risk() -> None:
    """Risk without 1, 2, 3 in the years after the first finish, none with, life 3: finishing a year later gives 2 + 3
    and a residual of 1, never 4. Here bursts double: 2^0.5, 2^1.5, 2^2.5 in the middle of 2026, 2027, 2028 a km, of 1
    bn; renewed pipe has none."""
    net_ = package("N", km=9.0, life=3.0, latest=2029, bursts=bursts(growth=1.0, most=1e9, after=0.0, consequence=1.0))
    case = bare(packages=keyed(net_), last_year=2029)
    totals = totals_of(case, renew={("N", "2027"): 1.0})
    assert (totals.pv_risk, totals.pv_residual) == pytest.approx((2**2.5 + 2**3.5, 2**1.5), rel=1e-12)


def test_what_is_credited_where_the_risk_ends_before_the_benefits() -> None:
    """F (0.08 failures a year of 10) would be replaced in 2028: 2027 alone counts. Works that end in 2027 avoid nothing
    in 2028; the 2027 given up is credited after 2030; what ends in 2028 gave up 2027 too, and 2028, in which there was
    nothing to avoid. Renewed: 0.02 of 10."""
    own = steadily(0.08, consequence=10.0, replaced=2028)
    case = bare(facilities=keyed(facility("F", condition=own),
                                 facility("G", option_of="F", condition=steadily(0.02, consequence=10.0))))
    for start, risk, credited in (("2026", 0.6, 0.0), ("2027", 0.0, 0.6), ("2028", 0.0, 0.6)):
        totals = totals_of(case, start={("G", start): 1.0})
        assert (totals.pv_risk, totals.pv_residual) == pytest.approx((risk, credited), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("seed", range(30))
def test_without_discounting_waiting_neither_adds_nor_takes_benefits(seed: int) -> None:
    """Whatever the rule, the ages and the life: a late finish has, year for year, the risk of the same years without
    works and of the same ages after them, and the same savings, some of them after the common end. So every start is
    worth the same."""
    chance = random.Random(seed)
    own, variant = (
        state(pof_k=0.01, year_built=chance.choice((1965, 1990)), observed=chance.choice((1.0, 1.3)),
              life=chance.choice((20.0, 50.0)), consequence=chance.uniform(1, 9),
              floor=0.5, after_failure=chance.choice(("repair", "replace")), replacement=chance.uniform(0, 5),
              replaced=chance.choice((None, None, 2028, 2031)),
              replace_when=chance.choice(("rate", "score", "age")), replace_at=chance.choice((0.3, 8.0, 70.0)))
        for _ in range(2)
    )
    facilities = keyed(facility("F", condition=own), facility("G", option_of="F", condition=variant, savings=1.5,
        life=chance.choice((1.0, 3.0, 15.0))))
    pipe = package("N", km=1.0, savings=0.5, life=chance.choice((1.0, 12.0)),
                   bursts=bursts(growth=0.2, consequence=1.0, replace_at=chance.choice((1.8, 99.0))))
    case = bare(evaluation_last_year=chance.choice((2030, 2045)), facilities=facilities, packages=keyed(pipe))
    for decisions in ({"start": {("G", "{}"): 1.0}}, {"renew": {("N", "{}"): 1.0}}):
        (name, entries), = decisions.items()
        worth = [totals_of(case, **{name: {(key, label.format(year)): v
                                           for (key, label), v in entries.items()}}).pv_benefits
                                           for year in (2026, 2027, 2028)]
        assert worth == pytest.approx([worth[0]] * 3, rel=1e-9)
        assert worth[0] != 0.0
