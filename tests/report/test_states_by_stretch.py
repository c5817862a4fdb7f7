"""Failures, wear and quantities by year of a plan with a register are sums of its stretches."""

import numpy as np
import pytest

from jaryq.api.accepted import accept
from jaryq.case.plan import Plan
from jaryq.case.stretches import Renewed
from jaryq.report.amounts import amounts
from jaryq.report.quantities import amounts_of, in_all
from jaryq.report.states import states
from jaryq.workbook.read import read
from tests.test_stretches_input import workbook


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Of N1 the stretches b and c of 1 km are renewed in the first year; with the register told and not told."""
    accepted = accept(*read(workbook(tmp_path_factory.mktemp("made"))))
    label = accepted.case.periods[0].label
    renewed = Renewed(np.array([1, 2], np.int32), np.array([0, 0], np.int16), np.array([1.0, 1.0]))
    plan = Plan(renew={("N1", label): 2.0})
    return [amounts(accepted.case, accepted.factors, plan, told) for told in (renewed, None)]


def test_bursts_of_what_waits_are_those_of_its_stretches(made):
    """0.1113046, 0.2886954, 0.6 and 0.3 a km and year, 10 % more a year. 2026: 1.3 x 1.1^0.5. 2027: a and d, 0.4113046
    x 1.1^1.5, and two new km; by the mean of 0.325 it would be 0.65. Nothing done: 1.3 x 1.1^1.5."""
    by_stretch, by_means = (states(found).failures for found in made)
    one = made[0].case.packages["N1"].bursts
    new = 2 * one.after * 1.1**0.5
    assert by_stretch["N1", 2026].plan == pytest.approx(1.3 * 1.1**0.5, rel=1e-6)
    assert by_stretch["N1", 2027].plan == pytest.approx(0.4113046 * 1.1**1.5 + new, rel=1e-6)
    assert by_stretch["N1", 2027].idle == pytest.approx(1.3 * 1.1**1.5, rel=1e-6)
    assert by_means["N1", 2027].plan == pytest.approx(0.65 * 1.1**1.5 + new, rel=1e-6)


def test_wear_is_that_of_its_stretches(made):
    """Life 20 years. On 31 December 2026 a has 5 %, d 45 %, the others are new: 12.5 % of 4 km; by the mean of 37.5 % 2
    x 42.5 / 4 = 21.25 %. With nothing done 5, 55, 65 and 45 %: 42.5 %."""
    by_stretch, by_means = (states(found).wear([found.case.packages["N1"]], 2026) for found in made)
    assert (by_stretch.plan, by_stretch.idle) == (pytest.approx(0.125), pytest.approx(0.425))
    assert (by_means.plan, by_means.idle) == (pytest.approx(0.2125), pytest.approx(0.425))


def test_quantities_are_those_of_its_stretches(made):
    """Only b has 2 t a km: 2 from the year after its renewal; by the mean of 0.5 it would be 1."""
    by_stretch, by_means = (in_all(found, "co2", amounts_of(found)) for found in made)
    assert by_stretch[2026] == 0.0
    assert by_stretch[2027] == by_stretch[2029] == pytest.approx(2.0)
    assert by_means[2027] == pytest.approx(1.0)
