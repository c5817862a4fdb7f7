"""Stretches checked by hand: what each is worth is what it would be worth as a package of its own; each check has a
mutation."""

from dataclasses import replace
from fractions import Fraction
from random import Random

import numpy as np
import pytest

from jaryq.case.plan import Plan
from jaryq.case.stretches import Renewed, Stretches
from jaryq.case.works import Trench
from jaryq.verify.asserted import CHECKS
from jaryq.verify.finding import failed
from jaryq.verify.prices import Prices
from jaryq.verify.risk import Risk
from jaryq.verify.schedule import Schedule
from jaryq.verify.stretch_bound import TooLarge, integer_term
from jaryq.verify.stretch_values import Worths
from jaryq.verify.stretches import Stated, verify_stretches
from jaryq.verify.value import Value
from tests.cases import bursts, keyed, package, quantity
from tests.verify.common import steady

N = 6


def stretches_of(rates, consequences, km=None, quantities=None):
    n = len(rates)
    blank = np.full(n, np.nan)
    return Stretches(
        packages=("N1",), package=np.zeros(n, np.int32), segment=np.array([b"s%d" % i for i in range(n)]), km=np.ones(n)
        if km is None else np.array(km),
        age=blank.copy(), wear=blank.copy(), rate=np.array(rates), consequence=np.array(consequences),
        built=np.zeros(n, np.int16),
        material=np.full(n, -1, np.int32), street=np.full(n, -1, np.int32), latitude=blank.copy(),
        longitude=blank.copy(), quantities=quantities or {})


def case_of(seed, **changes):
    """A package of six stretches, and six packages of one stretch each, which are worth by the package's rules what the
    stretches must be."""
    random = Random(seed)
    rule = bursts(growth=0.04, after=0.05, most=1.5, calibration=1.2, consequence=0.02, lost=8.0, lost_value=0.001,
                  replace_at=1.1 if seed % 2 else float("inf"))
    rates, costs = [random.uniform(0.02, 1.4) for _ in range(N)], [random.uniform(0.001, 0.1) for _ in range(N)]
    amounts = [random.uniform(0.0, 5.0) for _ in range(N)]
    valued = {
        "co2": quantity("co2", kind="flow", unit="tCO2", value=20_000.0),
        "burst": quantity("burst", kind="flow", unit="bursts", derived="bursts", value=3e6),
        "heat": quantity("heat", kind="flow", unit="Gcal", derived="not_supplied", value=30_000.0),
    }
    found = stretches_of(rates, costs, quantities={"co2": np.array(amounts)})
    one = package("N1", km=float(N), unit_cost=0.1, savings=0.003, bursts=rule, earliest=2027, life=4.0,
                  quantities={"co2": 9.0}, wear=0.5)
    many = [replace(one, id=f"s{i}", km=1.0, bursts=replace(rule, rate=rates[i], consequence=costs[i]),
                    quantities={"co2": amounts[i]}) for i in range(N)]
    case = steady(0.08, facilities={}, packages=keyed(one), quantities=valued, stretches=found,
                  evaluation_last_year=2040, last_year=2030, **changes)
    case = replace(case, periods=tuple(replace(case.periods[0], label=str(y), year=y, position=y - 2026)
                                       for y in range(2026, 2031)),
                   packages={"N1": replace(one, latest=2030)})
    return case, replace(case, packages=keyed(*(replace(p, latest=2030) for p in many)), stretches=None)


@pytest.mark.parametrize("seed", range(6))
def test_a_stretch_is_worth_what_it_would_be_as_a_package(seed):
    case, apart = case_of(seed)
    found = Worths(case).of("N1", case.stretches)
    assert np.isneginf(found[:, 0]).all()  # 2026: the package is open from 2027
    for t in range(1, 5):
        schedule = Schedule.of(apart, Plan(renew={(f"s{i}", str(2026 + t)): 1.0 for i in range(N)}))
        prices = Prices(apart)
        value = Value(apart, schedule, prices, Risk(apart, schedule, prices), {})
        parts = (value.savings(), value.residuals(), value.risk_avoided())
        for i in range(N):
            worth = sum(part[f"s{i}"] for part in parts) + sum(amount
                for (_, p), amount in value.of_quantities().items() if p == f"s{i}")
            assert found[i, t] == pytest.approx(worth, rel=1e-12, abs=1e-12)


def test_a_stretch_by_hand():
    """No growth, no discounting, 2026-2028, counted to 2030; 1 burst a km before, 0.1 after, each costs 2. Renewed in
    2026: 4 years of 0.9 x 2 = 7.2; a stretch of 0.6 and cost 1: 4 x 0.5 = 2. In 2027 the year given up comes on top
    after 2030."""
    one = package("N1", km=2.0, unit_cost=1.0, bursts=bursts(), life=4.0)
    case = steady(0.0, facilities={}, packages=keyed(one), stretches=stretches_of([1.0, 0.6], [2.0, 1.0]))
    found = Worths(case).of("N1", case.stretches)
    np.testing.assert_allclose(found, [[7.2, 7.2, 7.2], [2.0, 2.0, 2.0]])


def street_of(packages, rates, streets, km=None):
    """Stretches of several packages, in the order of the packages, with the numbers of their streets."""
    counts = [packages.count(key) for key in sorted(set(packages))]
    found = stretches_of(rates, [2.0] * len(rates), km)
    return replace(found, packages=tuple(sorted(set(packages))),
                   package=np.repeat(np.arange(len(counts)), counts).astype(np.int32),
                   segment=np.array([b"%d" % i for count in counts for i in range(count)]),
                   street=np.array(streets, np.int32), streets=("A", "B"))


def sound():
    """2026-2028, counted to 2030, no discounting; 1 burst a km before, 0.1 after, each costs 2. N1 has stretches of 1
    and 2 km worth 7.2 (4 years of 0.9 x 2) and 4 x 0.5 x 2 = 4 a km, N2 one of 1 km worth 7.2 in the street of the
    first: in 2027 a late year is credited, so all periods are worth the same. The first and that of N2 are done
    together in 2026 (a shared trench), of the second half in 2027. The package N1 has on average 11/15 bursts a km: 4 x
    (11/15 - 0.1) x 2 = 76/15 a km; N2 is as its stretch. So N1 brings 7.2 - 76/15 = 32/15 above in 2026, 4 - 76/15 =
    -16/15 in 2027. Wear of N1 after 2028, three of four years of life on: 2/4 of the first, 1/4 of the km of the second
    that is done, and of the other km 18 % + 3/4 = 93 %: 1.68/3 = 56 %. N2 has none."""
    rule = bursts(rate=11 / 15, consequence=2.0)
    one = package("N1", km=3.0, unit_cost=1.0, bursts=rule, life=4.0, latest=2027, wear=0.22)
    two = package("N2", km=1.0, unit_cost=1.0, bursts=bursts(consequence=2.0), life=4.0, latest=2027)
    found = replace(street_of(["N1", "N1", "N2"], [1.0, 0.6, 1.0], [0, 1, 0], [1.0, 2.0, 1.0]),
                    wear=np.array([0.3, 0.18, np.nan]))
    case = steady(0.0, facilities={}, packages=keyed(one, two), stretches=found,
                  trenches=(Trench("N1", "N2", 1.0, 0.1, "trenches!A5"),))
    renewed = Renewed(np.array([0, 1, 2], np.int32), np.array([0, 1, 0], np.int16), np.array([1.0, 1.0, 1.0]))
    plan = Plan(renew={("N1", "2026"): 1.0, ("N1", "2027"): 1.0, ("N2", "2026"): 1.0},
                above={("N1", "2026"): 32 / 15, ("N1", "2027"): -16 / 15},
                joint={("N1+N2", "2026"): 1.0})
    return case, renewed, plan, Stated(3, 18.4, 1, {"N1": 0.56})


def test_a_sound_plan_holds():
    findings = verify_stretches(*sound())
    assert failed(findings) == ()
    assert {one.check for one in findings} == {name for name in CHECKS if name.startswith("stretch_")}
    case, *rest = sound()
    assert {one.check for one in verify_stretches(replace(case, trenches=()), *rest)} == {one.check
        for one in findings} - {"stretch_place"}


def row(**changes):
    def change(case, renewed, plan, stated):
        return case, replace(renewed, **{name: np.array(value, getattr(renewed, name).dtype)
                                         for name, value in changes.items()}), plan, stated
    return change


def says(**changes):
    return lambda case, renewed, plan, stated: (case, renewed, plan, replace(stated, **changes))


def decides(family, **changes):
    def change(case, renewed, plan, stated):
        entries = {**getattr(plan, family), **{(key.split("_")[0], "20" + key.split("_")[1]): value
                                               for key, value in changes.items()}}
        return case, renewed, replace(plan, **{family: entries}), stated
    return change


NAN = float("nan")
MUTATIONS = {
    # no such stretch; one twice in a period; no such period
    "stretch_known": [row(row=[0, 1, 3]), row(row=[0, -1, 2]), row(row=[0, 0, 2], period=[0, 0, 0], km=[0.5, 0.5, 1.0]),
                      row(period=[0, 3, 0])],
    "stretch_least": [row(row=[0, 1, 1, 2], period=[0, 0, 1, 0], km=[1.0, -0.1, 1.0, 1.0]), row(km=[1.0, NAN, 1.0])],
    # a stretch longer than it is; renewed twice, in two periods
    "stretch_length": [row(km=[1.1, 1.0, 1.0]), row(row=[0, 0, 2], period=[0, 1, 0])],
    # km changed; moved to another period; another package's; of the plan
    "stretch_sums": [row(km=[1.0, 0.99, 1.0]), row(period=[0, 0, 0]), row(row=[0, 2, 2], period=[0, 1, 0]),
                     decides("renew", N1_26=1.1)],
    "stretch_open": [row(period=[0, 2, 0])],
    "stretch_above": [decides("above", N1_26=2.14), decides("above", N2_26=0.01), decides("above", N1_27=0.0),
                      row(row=[1, 1, 2])],
    # joint in another year; of stretches that lie apart
    "stretch_place": [decides("joint", **{"N1+N2_27": 0.5}), row(row=[1, 1, 2])],
    # of a target that there is not; of one that speaks of no stretches differently:
    # tests/verify/test_stretch_targets.py
    "stretch_apart": [lambda case, renewed, plan, stated: (case, renewed, replace(plan, apart={"G": 0.0}), stated)],
    "stretch_value": [says(value=18.41), row(row=[1, 1, 2])],
    "stretch_count": [says(count=4)],
    # forged; not told; told of a package that has none
    "stretch_wear": [says(wear={"N1": 0.6}), says(wear={}), says(wear={"N1": 0.56, "N2": 0.5}),
                     row(km=[0.9, 1.0, 1.0])],
    "stretch_cut": [says(cut=0), row(km=[0.9, 1.0, 1.0])],
}


@pytest.mark.parametrize(("check", "place"), [(check, i) for check, found in MUTATIONS.items()
                                              for i in range(len(found))])
def test_each_check_finds_its_mutation(check, place):
    findings = verify_stretches(*MUTATIONS[check][place](*sound()))
    assert check in {one.check for one in failed(findings)}


def test_every_check_of_stretches_has_a_mutation():
    assert set(MUTATIONS) == {name for name in CHECKS if name.startswith("stretch_")}


def test_a_changed_stretch_is_noticed():
    """The second stretch bursts more often than when the plan was made: its worth is another one."""
    case, *rest = sound()
    other = replace(case, stretches=replace(case.stretches, rate=np.array([1.0, 0.7, 1.0])))
    assert {one.check for one in failed(verify_stretches(other, *rest))} == {"stretch_value", "stretch_above"}


# The bound in integers


def by_fractions(km, worth, earned, bits):
    """The rule of docs/numbers.md in fractions."""
    def up(value, places):
        return -((-Fraction(value) * 2**places).__floor__())

    total = Fraction(0)
    for length, row_of in zip(km, worth, strict=True):
        best = max([0, *(up(b, bits) - Fraction(pi) * 2**bits for b, pi in zip(row_of, earned, strict=True)
                         if b != -np.inf)])
        total += up(length, 40) * best
    return total / 2 ** (40 + bits)


@pytest.mark.parametrize("bits", [40, 33])
def test_the_integer_term_is_the_rule_and_bounds_the_sum(bits):
    random = np.random.default_rng(bits)
    km, worth = random.uniform(1e-3, 3000.0, 1500), random.uniform(-5.0, 60.0, (1500, 4))
    worth[random.random((1500, 4)) < 0.1] = -np.inf
    earned = np.round(np.ldexp(random.uniform(0.0, 20.0, 4), bits)) / 2.0**bits
    found = integer_term(km, worth, earned, bits)
    assert found == by_fractions(km, worth, earned, bits)
    exact = sum(Fraction(length) * max([Fraction(0), *(Fraction(b) - Fraction(pi)
                                                       for b, pi in zip(row_of, earned, strict=True) if b != -np.inf)])
                for length, row_of in zip(km, worth, strict=True))
    spare = Fraction(float(km.sum())) / 2**bits + Fraction(float(np.maximum(worth - earned,
        0).max(axis=1).sum()) * 1.001) / 2**40 + Fraction(1, 10**6)
    assert exact <= found <= exact + spare


def test_the_largest_integers_do_not_wrap():
    """512 products of 2^52 - 1 by 2^52 - 1 and more: told exactly."""
    km = np.full(2000, (2.0**52 - 1) / 2.0**40)
    worth = np.full((2000, 1), (2.0**52 - 1) / 2.0**40)
    assert integer_term(km, worth,
                        np.array([-(2.0**52 - 1) / 2.0**40])) == Fraction(2000 * (2**52 - 1) * 2 * (2**52 - 1), 2**80)


@pytest.mark.parametrize(("km", "worth", "earned"), [(4096.0, 1.0, 0.0), (1.0, 4096.0, 0.0), (1.0, 1.0, 4096.0),
                                                     (1.0, float("nan"), 0.0), (1.0, float("inf"), 0.0),
                                                     (-1.0, 1.0, 0.0)])
def test_what_does_not_fit_is_refused(km, worth, earned):
    with pytest.raises(TooLarge):
        integer_term(np.array([km]), np.array([[worth]]), np.array([earned]))


@pytest.mark.parametrize("earned", [0.1, float("nan"), float("inf")])
def test_multipliers_are_multiples(earned):
    with pytest.raises(ValueError, match="multiples"):
        integer_term(np.array([1.0]), np.array([[1.0]]), np.array([earned]))


@pytest.mark.parametrize("seed", range(3))
def test_the_mean_is_what_the_check_says_of_the_package(seed):
    """A km of the package by its own rules, in each year it may be renewed; nothing in 2026."""
    case, _ = case_of(seed)
    case = replace(case, packages=keyed(replace(case.packages["N1"], km=60.0)))
    found = Worths(case).mean("N1")
    assert found[0] == 0.0
    for t in range(1, 5):
        schedule, prices = Schedule.of(case, Plan(renew={("N1", str(2026 + t)): 1.0})), Prices(case)
        value = Value(case, schedule, prices, Risk(case, schedule, prices), {})
        whole = [*value.savings().values(), *value.residuals().values(), *value.risk_avoided().values(),
                 *value.of_quantities().values()]
        assert found[t] == pytest.approx(sum(whole), rel=1e-12)
