"""Health score, ageing and probability of failure after CNAIM 2.1; bursts of pipes (docs/numbers.md, Condition and
risk)."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log

from jaryq.case.works import Bursts, Condition

NEW, NORMAL_END, WORST = 0.5, 5.5, 10.0
"""Score of a new asset, at the end of its expected life, and the worst one today."""

FAR = 600.0
"""exp() of more than this is beyond any score that counts, and soon beyond what a float can hold."""


@dataclass(frozen=True)
class Ageing:
    """A score and its yearly growth (of its logarithm), with the parameters of the asset that ages."""

    of: Condition
    score: float
    growth: float

    def at(self, years: float) -> float:
        """Score after so many years; it is not capped."""
        return self.score * exp(min(self.growth * years, FAR))

    def failing(self, years: float) -> float:
        """Probability of failure in a year, at the score after so many years."""
        of = self.of
        x = of.pof_c * min(max(self.at(years), of.floor), of.cap)
        return min(1.0, of.pof_k * of.calibration * (1.0 + x + x * x / 2.0 + x**3 / 6.0))

    @property
    def burden(self) -> float:
        """bn KZT of the price year per failure, what is not supplied included."""
        return self.of.consequence + (self.of.lost or 0.0) * self.of.lost_value


def initial_ageing(of: Condition) -> float:
    """``b1``: from new to 5.5 over the expected life."""
    return log(NORMAL_END / NEW) / (of.life / (of.duty * of.location))


def slowing(score: float) -> float:
    """``F``: what is worse ages more slowly."""
    if score < 2.0:
        return 1.0
    return 1.0 + (score - 2.0) / 7.0 if score <= NORMAL_END else 1.5


def inspected(of: Condition) -> float:
    """Factor of what was observed and measured: the worse one, and part of the other."""
    greater, less = max(of.observed, of.measured), min(of.observed, of.measured)
    if less > 1.0:
        return greater + (less - 1.0) / 1.5
    return greater if greater > 1.0 else less + (greater - 1.0) / 1.5


def waiting(of: Condition, plan_from: int) -> Ageing:
    """The asset as it is on 1 January of ``plan_from``."""
    first = initial_ageing(of)
    age = max(0.0, float(plan_from - of.year_built)) if of.year_built is not None else (of.wear or 0.0) * of.life
    score = min(NORMAL_END, NEW * exp(min(first * age, FAR))) * inspected(of) * of.reliability
    score = min(max(min(max(score, of.least), of.most), NEW), WORST)
    if score == NEW:
        growth = first
    elif age == 0.0:
        growth = 2.0 * first
    else:
        growth = min(log(score / NEW) / age, 2.0 * first)
    return Ageing(of, score, growth / slowing(score))


def renewed(of: Condition) -> Ageing:
    """The asset from the end of its works on."""
    return Ageing(of, of.health_after, initial_ageing(of) / slowing(of.health_after))


def bursts(of: Bursts, years: float, new: bool = False) -> float:
    """Bursts per km and year: of old pipe so many years after 1 January of ``plan_from``, of new pipe so many years
    after its renewal."""
    grown: float = (of.after if new else of.rate) * (1.0 + of.growth) ** years
    return min(of.most, grown) * of.calibration


def burden_of(of: Bursts) -> float:
    """bn KZT of the price year per burst, what is not supplied included."""
    return of.consequence + (of.lost or 0.0) * of.lost_value
