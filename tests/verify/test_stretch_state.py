"""States and counts of years by stretch: as of packages of one stretch each, and by hand what the register does not
speak of."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from jaryq.case.plan import Plan
from jaryq.case.stretches import Renewed
from jaryq.verify.recompute import recompute
from tests.cases import bursts, keyed, package, source, target
from tests.verify.common import bare
from tests.verify.test_checked_stretches import N, case_of, stretches_of

PERIODS = range(2026, 2031)


def planned(seed):
    """A case of stretches and the same of packages, with what is renewed of each: whole, in part, in two years, not at
    all."""
    random = Random(seed)
    case, apart = case_of(seed, sources=keyed(source("B")), targets=(), crews=(), trenches=())
    wear = [random.uniform(0.2, 1.0) for _ in range(N)]
    case = replace(case, stretches=replace(case.stretches, wear=np.array(wear)))
    apart = replace(apart, packages={key: replace(one, wear=wear[i])
                                     for i, (key, one) in enumerate(apart.packages.items())})
    rows = [(0, 1, 1.0), (1, 1, 0.25), (1, 3, 0.5), (2, 2, 1.0), (3, 4, 0.7), (4, 1, 0.3)]
    renew = {("N1", str(y)): sum(km for _, t, km in rows if t == y - 2026) for y in PERIODS}
    renewed = Renewed(np.array([i for i, _, _ in rows], np.int32), np.array([t for _, t, _ in rows], np.int16),
                      np.array([km for _, _, km in rows]))
    return (case, Plan(renew=renew), renewed), (apart, Plan(renew={(f"s{i}", str(2026 + t)): km for i, t, km in rows}))


@pytest.mark.parametrize("seed", range(6))
def test_states_are_those_of_packages_of_one_stretch(seed):
    """Bursts growing to a limit, replaced anyway or not, quantities that follow from them and that do not."""
    of_stretches, apart = planned(seed)
    found, expected = recompute(*of_stretches)[0], recompute(*apart)[0]
    for name in ("failures", "not_supplied", "losses", "wear", "quantities"):
        mine, theirs = getattr(found, name), getattr(expected, name)
        assert theirs, name
        assert mine == pytest.approx(theirs, rel=1e-12, abs=1e-12), name
    by_means = recompute(*of_stretches[:2])[0]
    assert by_means.failures != pytest.approx(found.failures, rel=1e-3)


def with_more(**changes):
    """N1 has 5 km, 2 of them done before; of the 3 that wait the register knows 1 km at 80 % and 2 km at 20 %, 1 and
    0.4 bursts a km: their means 40 % and 0.6 hold for the 2 km that it does not speak of. Life 10 years, no growth, 0.1
    bursts after renewal. The first is renewed in 2026."""
    one = package("N1", km=5.0, km_total=5.0, done={2025: 2.0}, unit_cost=1.0, bursts=bursts(rate=0.6), life=10.0,
                  latest=2028, wear=0.4, quantities={})
    found = replace(stretches_of([1.0, 0.4], [2.0, 2.0], [1.0, 2.0]), wear=np.array([0.8, 0.2]))
    case = bare(packages=keyed(one), stretches=found, **changes)
    return case, Plan(renew={("N1", "2026"): 1.0}), Renewed(np.array([0], np.int32), np.array([0], np.int16),
                                                            np.array([1.0]))


def test_what_the_register_does_not_speak_of_is_as_its_mean():
    """Bursts: in 2026 1 + 2 x 0.4 + 2 x 0.6 = 3; from 2027 on 0.1 + 0.8 + 1.2 = 2.1. Wear at the end of 2028, three
    years on: (2 x 0.5 + 2 x 0.7 + 1 x 0.2)/5 = 52 %; at the end of 2026, renewed that year: (2 x 0.3 + 2 x 0.5 + 0)/5 =
    32 %."""
    found = recompute(*with_more())[0]
    assert found.failures == pytest.approx({2026: 3.0, 2027: 2.1, 2028: 2.1})
    (kind,) = {kind for kind, _ in found.wear}
    assert (found.wear[kind, 2026], found.wear[kind, 2028]) == (pytest.approx(0.32), pytest.approx(0.52))


def test_targets_are_reached_by_stretch():
    """The same as targets; by the mean of the package the first km would leave 2.5 bursts a year and (2 x 0.7 + 2 x 0.7
    + 0.2)/5 = 60 %."""
    case, plan, renewed = with_more(targets=(target("F", "failures", 1.0, 2028, sense="<="),
                                             target("W", "wear", 0.1, 2028, sense="<=")))
    assert recompute(case, plan, renewed)[0].reached == {"F": pytest.approx(2.1), "W": pytest.approx(0.52)}
    assert recompute(case, plan)[0].reached == {"F": pytest.approx(2.5), "W": pytest.approx(0.6)}


def test_wear_has_an_end():
    """A stretch of 80 % is worn out after two of three years; one of 20 % is not."""
    case, _, _ = with_more()
    nothing = Renewed(np.zeros(0, np.int32), np.zeros(0, np.int16), np.zeros(0))
    found = recompute(case, Plan(), nothing)[0]
    assert list(found.wear.values())[-1] == pytest.approx((1.0 + 2 * 0.5 + 2 * 0.7) / 5)
