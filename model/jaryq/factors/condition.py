"""Condition to risk after CNAIM 2.1 (Common Network Asset Indices Methodology, Ofgem 2021): health score, probability
of failure, avoided risk.

Scores run from 0.5 (new) to 15; ``t`` and ``v`` in years (docs/numbers.md: Condition and risk).
"""

from __future__ import annotations

import math

from jaryq.case.works import Bursts, Condition

NEW, WORN = 0.5, 5.5
"""Score of a new asset, and of one at the end of its expected life (CNAIM: H_new, H at expected life)."""
WORST_NOW = 10.0
"""A score of today is at most this; ageing goes on to the cap of the probability."""
FAR = 50.0
"""Exponents of ageing end here: far beyond every cap and zone, and finite however short a life is."""


def expected_life(c: Condition) -> float:
    """Years that the asset is expected to last: normal life over duty and location factors."""
    return c.life / (c.duty * c.location)


def ageing_from_new(c: Condition) -> float:
    r""":math:`\beta_1 = \ln(5.5/0.5) / EL`, a year."""
    return math.log(WORN / NEW) / expected_life(c)


def age(c: Condition, year: int) -> float:
    """Years in service on 1 January of ``year``: from its year of commissioning, else the wear's part of the normative
    life."""
    if c.year_built is not None:
        return float(max(year - c.year_built, 0))
    return (c.wear or 0.0) * c.life


def score_by_age(c: Condition, year: int) -> float:
    r""":math:`\min(5.5, 0.5 e^{\beta_1 a})`: what age or book wear alone say."""
    return min(WORN, NEW * math.exp(min(ageing_from_new(c) * age(c, year), FAR)))


def factor(observed: float, measured: float) -> float:
    """Condition factor of inspections and tests combined (CNAIM table 9: the worse counts in full, the other in
    part)."""
    greater, lesser = max(observed, measured), min(observed, measured)
    if greater > 1 and lesser > 1:
        return greater + (lesser - 1.0) / 1.5
    if greater > 1:
        return greater
    return lesser + (greater - 1.0) / 1.5


def score(c: Condition, year: int) -> float:
    """Health score on 1 January of ``year``, inspections included."""
    found = score_by_age(c, year) * factor(c.observed, c.measured) * c.reliability
    return min(max(min(max(found, c.least), c.most), NEW), WORST_NOW)


def slowing(h: float) -> float:
    """Ageing reduction factor: 1 below a score of 2, rising to 1.5 at 5.5."""
    return 1.0 if h < 2.0 else min(1.0 + (h - 2.0) / 7.0, 1.5)


def score_in(c: Condition, year: int, t: float, *, now: float | None = None) -> float:
    """Score ``t`` years after 1 January of ``year`` if nothing is done; ``now``: the score then, if it is not to be
    found again."""
    h = score(c, year) if now is None else now
    years, first = age(c, year), ageing_from_new(c)
    if h <= NEW:
        rate = first
    elif years <= 0:
        rate = 2.0 * first
    else:
        rate = min(math.log(h / NEW) / years, 2.0 * first)
    return h * math.exp(min(rate * t / slowing(h), FAR))


def score_after(c: Condition, v: float) -> float:
    """Score ``v`` years after works end."""
    return c.health_after * math.exp(min(ageing_from_new(c) * v / slowing(c.health_after), FAR))


def probability(c: Condition, h: float) -> float:
    r"""Probability of failure in a year: :math:`K [1 + Cs + (Cs)^2/2 + (Cs)^3/6]` with the score within its floor and
    cap."""
    x = c.pof_c * min(max(h, c.floor), c.cap)
    return min(1.0, c.pof_k * c.calibration * (1.0 + x + x * x / 2.0 + x * x * x / 6.0))


def consequence(c: Condition | Bursts) -> float:
    """bn KZT of the price year per failure or burst, what is not supplied included."""
    return c.consequence + (c.lost or 0.0) * c.lost_value


def bursts_old(b: Bursts, t: float) -> float:
    """Bursts per km and year ``t`` years after 1 January of the first planned year."""
    return b.calibration * min(b.most, b.rate * math.pow(1.0 + b.growth, t))


def bursts_new(b: Bursts, v: float) -> float:
    """Bursts per km and year ``v`` years after renewal."""
    return b.calibration * min(b.most, b.after * math.pow(1.0 + b.growth, v))
