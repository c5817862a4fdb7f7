"""What a km of a stretch brings: as of a package that is throughout like this stretch."""

from dataclasses import replace

import numpy as np
import pytest
from cases import bursts, edit, keyed, quantity, tiny_case

from jaryq.case.stretches import Stretches
from jaryq.factors.derive import derive
from jaryq.factors.stretches import benefits_of_stretches, own_benefits


def register(rates, consequences, **quantities):
    count = len(rates)
    none, nan = np.full(count, -1, dtype=np.int32), np.full(count, np.nan)
    return Stretches(
        packages=("N1",), package=np.zeros(count, dtype=np.int32),
        segment=np.array([f"s{i}".encode() for i in range(count)]), km=np.ones(count), age=np.zeros(count),
        wear=nan.copy(),
        rate=np.array(rates, dtype=float), consequence=np.array(consequences, dtype=float),
        built=np.zeros(count, dtype=np.int16), material=none.copy(), street=none.copy(),
        latitude=nan.copy(), longitude=nan.copy(), quantities={q: np.array(values, dtype=float)
        for q, values in quantities.items()})


def case_with(**more):
    found = tiny_case(evaluation_last_year=2040, quantities=keyed(quantity("CO2", value=5e6),
        quantity("ONCE", kind="once", value=2e6), quantity("B", derived="bursts", value=3e6)), **more)
    return edit(found, "packages", "N1", quantities={"CO2": 2.0, "ONCE": 1.0},
                bursts=bursts(rate=0.4, growth=0.08, after=0.02, most=1.5, calibration=0.9, consequence=0.02, lost=3.0,
                              lost_value=0.001, replace_at=1.2))


@pytest.mark.parametrize("resolution", ["year", "quarter"])
def test_a_stretch_brings_what_a_package_of_its_kind_would(resolution):
    """The package with the bursts, consequence and quantities of the stretch brings the same, found by the sums of
    packages, whatever the package itself has; the third bursts so often that it would be replaced in 2029, so that its
    risk is counted for a year only."""
    case = case_with(resolution=resolution)
    rates, consequences, co2 = [0.4, 0.05, 1.1], [0.02, 0.1, 0.01], [2.0, 0.0, 7.0]
    f = derive(case)
    found = benefits_of_stretches(f, register(rates, consequences, CO2=co2))
    for i, (rate, consequence, amount) in enumerate(zip(rates, consequences, co2, strict=True)):
        package = case.packages["N1"]
        like = edit(case, "packages", "N1", quantities={"CO2": amount, "ONCE": 1.0},
                    bursts=replace(package.bursts, rate=rate, consequence=consequence))
        expected = derive(like).risk.benefit
        for t in f.works.open["N1"]:
            assert found[i, f.works.position[t]] == pytest.approx(expected["N1", t], rel=1e-12, abs=1e-15), (i, t)


def test_a_stretch_like_its_package_brings_nothing_of_its_own():
    case = case_with()
    b = case.packages["N1"].bursts
    assert np.abs(own_benefits(derive(case), register([b.rate], [b.consequence], CO2=[2.0]), "N1")).max() == 0.0


def test_bursts_avoided_by_hand():
    """No discount, no growth: 1 burst a km and year of 0.5 bn, none after renewal. Renewed in 2026 a km avoids 0.5 in
    each of 2027 to 2030: 2; in 2027 three years after it, and the year it came later is credited at the end with 0.5:
    2. A stretch that bursts twice as often brings 4 in both."""
    case = edit(tiny_case(discount_rate=0.0, indices={}), "packages", "N1", savings=0.0,
                bursts=bursts(after=0.0, consequence=0.5))
    found = benefits_of_stretches(derive(case), register([1.0, 2.0], [0.5, 0.5]))
    assert found[:, :2] == pytest.approx(np.array([[2.0, 2.0], [4.0, 4.0]]))
