"""Doing nothing: failures expected of what waits and of what is renewed, and when it would be replaced anyway
(docs/numbers.md, Condition and risk)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import floor, fsum

from jaryq.case.works import Bursts, Condition
from jaryq.verify.calendar import HAIR
from jaryq.verify.health import Ageing, bursts


class Path:
    """An asset that ages and fails. After a failure it is as bad as old (``again`` None), or as new as ``again``, at a
    cost (bn KZT of the price year)."""

    def __init__(self, ageing: Ageing, again: Ageing | None = None, replacement: float = 0.0) -> None:
        self.ageing, self.again = ageing, again
        self.burden = ageing.burden + (replacement if again is not None else 0.0)
        self.expected = cache(self._expected)
        self.first = _first_failure(ageing)
        self.next = self.first if again is None or again == ageing else _first_failure(again)

    @property
    def lost(self) -> float:
        """MWh, Gcal or thousand m3 not supplied per failure."""
        return self.ageing.of.lost or 0.0

    def failing(self, years: float) -> float:
        """Failures a year expected, so many years after the ageing begins."""
        return self.ageing.failing(years) if self.again is None else self.expected(floor(years + HAIR) + 1)

    def _expected(self, n: int) -> float:
        """``m_n``: in year n the first failure, or the first one of what was renewed after a failure in an earlier
        year."""
        return fsum([self.first(n), *(self.expected(i) * self.next(n - i) for i in range(1, n))])


def _first_failure(ageing: Ageing) -> Callable[[int], float]:
    """``f_n``: probability that the first failure comes in year n; the rate is that of the middle of the year."""
    found: list[float] = []
    spared = [1.0]

    def probability(n: int) -> float:
        while len(found) < n:
            chance = ageing.failing(len(found) + 0.5)
            found.append(spared[-1] * chance)
            spared.append(spared[-1] * (1.0 - chance))
        return found[n - 1]
    return probability


def path_of(rule: Condition, ageing: Ageing, again: Ageing) -> Path:
    """Of an asset that ages: ``rule`` is the condition of the asset's own facility, ``again`` what a failure renews it
    to."""
    return Path(ageing, again, rule.replacement) if rule.after_failure == "replace" else Path(ageing)


def replaced_in(waits: Ageing, plan_from: int, first: int, last: int) -> int | None:
    """``R``: the year in which what waits is replaced without the programme, as stated or by the rule of its kind from
    ``first`` on; None: not by ``last``."""
    of = waits.of
    if of.replaced is not None:
        return of.replaced
    if of.after_failure == "replace":
        return None
    age = max(0.0, float(plan_from - of.year_built)) if of.year_built is not None else (of.wear or 0.0) * of.life
    grown: Callable[[float], float] = {"rate": waits.failing, "score": waits.at,
                                       "age": lambda years: age + years}[of.replace_when]
    return next((year for year in range(first, last + 1) if grown(float(year - plan_from)) >= of.replace_at), None)


def pipe_replaced_in(of: Bursts, plan_from: int, first: int, last: int) -> int | None:
    """``R`` of a kilometre of old pipe."""
    return next((year for year in range(first, last + 1) if bursts(of, float(year - plan_from)) >= of.replace_at), None)
