"""Scores, ageing and probabilities against numbers worked out by hand, and against a published table of CNAIM 2.1
(docs/numbers.md, Condition and risk)."""

from __future__ import annotations

from math import exp, log

import pytest

from jaryq.case.works import Bursts
from jaryq.verify.health import Ageing, bursts, inspected, renewed, slowing, waiting
from tests.verify.common import state, steadily


@pytest.mark.parametrize(("more", "expected"), [
    ({"year_built": 2026}, 0.5),
    ({"year_built": 2030}, 0.5),  # not yet there: age 0
    ({"year_built": 2001}, 0.5 * 11**0.5),  # half of 50 years: 5.5/0.5 = 11
    ({"year_built": 1950}, 5.5),  # age alone makes nothing worse than 5.5
    ({"year_built": None, "wear": 0.9}, 0.5 * 11**0.9),  # 4.33
    ({"year_built": 2001, "wear": 0.9}, 0.5 * 11**0.5),  # the year is known better than the wear
    # expected life 25 of 50 years, age 20
    ({"year_built": None, "wear": 0.4, "duty": 1.25, "location": 1.6}, 0.5 * 11**0.8),
    ({"year_built": 1950, "observed": 1.2, "reliability": 1.5}, 9.9),
    ({"year_built": 1950, "observed": 1.2, "reliability": 1.6}, 10.0),  # within 10
    ({"year_built": 2026, "observed": 0.5}, 0.5),  # and 0.5
    ({"year_built": 2026, "least": 8.0}, 8.0),
    ({"year_built": 1950, "most": 4.0}, 4.0),
    ({"year_built": 1950, "least": 8.0, "most": 3.0}, 3.0),  # at least, then at most
])
def test_score_today(more: dict[str, object], expected: float) -> None:
    """0.5 x 11^(age/expected life), at most 5.5; x factor x reliability; limits. 2026 is the first planned year, life
    50 years."""
    assert waiting(state(**more), 2026).at(0.0) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(("observed", "measured", "expected"), [
    (1.3, 1.1, 1.3 + 0.1 / 1.5), (1.1, 1.3, 1.3 + 0.1 / 1.5), (1.3, 0.9, 1.3), (1.0, 1.3, 1.3),
    (0.8, 0.9, 0.8 - 0.1 / 1.5), (1.0, 0.8, 0.8), (1.0, 1.0, 1.0),
])
def test_factor_of_inspections(observed: float, measured: float, expected: float) -> None:
    assert inspected(state(observed=observed, measured=measured)) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(("score", "expected"), [(0.5, 1.0), (1.99, 1.0), (2.0, 1.0), (3.4, 1.2), (5.5, 1.5),
                                                 (5.51, 1.5), (10.0, 1.5)])
def test_what_is_worse_ages_more_slowly(score: float, expected: float) -> None:
    """1 up to 2, then 1 + (H - 2)/7: (3.4 - 2)/7 = 0.2; 1.5 from 5.5 on."""
    assert slowing(score) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(("more", "growth"), [
    ({"year_built": 2026}, log(11) / 50),  # new: b1
    ({"year_built": 2001}, log(11) / 50),  # as its age says: ln(11^0.5)/25, F(1.66) = 1
    ({"year_built": 1976}, log(11) / 50 / 1.5),  # 5.5 at 50 years
    ({"year_built": 1976, "observed": 1.2}, log(13.2) / 50 / 1.5),  # 6.6
    ({"year_built": 2016, "least": 4.8}, 2 * log(11) / 50 / 1.4),  # ln(9.6)/10 is more than 2 b1; F = 1 + 2.8/7
    ({"year_built": 2026, "least": 1.0}, 2 * log(11) / 50),  # worse than new at age 0
    ({"year_built": 2001, "most": 0.5}, log(11) / 50),  # as good as new whatever its age
])
def test_growth_of_what_waits(more: dict[str, object], growth: float) -> None:
    """b2 = ln(H/0.5)/age, at most twice b1 = ln 11/50; divided by F."""
    found = waiting(state(**more), 2026)
    assert found.at(3.0) / found.at(0.0) == pytest.approx(exp(3.0 * growth), rel=1e-12)


def test_after_works() -> None:
    """0.5 then 0.5 x 11^(v/50); a repair leaves 3.4 and ages by F = 1.2 more slowly."""
    assert renewed(state()).at(25.0) == pytest.approx(0.5 * 11**0.5, rel=1e-12)
    assert renewed(state(health_after=3.4, duty=2.0)).at(30.0) == pytest.approx(3.4 * 11, rel=1e-12)


@pytest.mark.parametrize(("score", "percent"), [(0.5, 1.294), (4.0, 1.294), (5.5, 2.745), (6.5, 4.168), (8.0, 7.133),
                                                (10.0, 12.94)])
def test_probability_of_a_132_kv_transformer(score: float, percent: float) -> None:
    """K 0.0454 %, C 1.087, a score below 4 counts as 4: published with CNAIM 2.1 to four figures."""
    assert Ageing(state(), score, 0.0).failing(0.0) == pytest.approx(percent / 100, rel=5e-4)


def test_limits_of_the_probability() -> None:
    """Above 15 counts as 15; calibration multiplies; never above 1. 8/3 x 0.03 = 0.08."""
    assert Ageing(state(), 15.0, 0.0).failing(0.0) == Ageing(state(), 15.0, 1.0).failing(10_000.0)
    assert waiting(steadily(0.08), 2026).failing(7.0) == pytest.approx(0.08, rel=1e-12)
    assert waiting(steadily(0.08, calibration=2.25), 2026).failing(7.0) == pytest.approx(0.18, rel=1e-12)
    assert waiting(steadily(0.08, calibration=1000.0), 2026).failing(7.0) == 1.0


def test_bursts() -> None:
    """0.5 a km and year, 10 % more each year, at most 0.6; renewed 0.1; calibration 2 of all of it."""
    pipe = Bursts(rate=0.5, growth=0.1, after=0.1, most=0.6, calibration=2.0, consequence=0.0, lost=None,
                  lost_value=0.0)
    assert [bursts(pipe, 1.0), bursts(pipe, 2.0), bursts(pipe, 2.0, new=True)] == pytest.approx([1.1, 1.2, 0.242],
        rel=1e-12)
