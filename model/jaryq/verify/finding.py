"""A finding: one named check with its worst place; the ledger in which rows are noted."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from jaryq.base.hair import hair
from jaryq.verify.asserted import CHECKS, ELSEWHERE

STATED, SUMMED = 1e-9, 1e-12
"""Part of its size (at least of 1) by which a stated number may be apart from the one computed again, as another
machine may give it; where more, part of the sum of absolute terms: what sums of doubles lose."""

NOTHING = 0.0
"""Tolerance where there can be nothing of what is counted, or nothing but whole numbers: a plan leaves out what the
solver has as less than nothing."""

SHOWN = 4
"""So many failing places are named in one finding; the others are counted."""


@dataclass(frozen=True)
class Finding:
    """One check. ``claimed`` is what the plan has, ``recomputed`` the limit or the value found here, at the worst
    ``place``.

    ``residual``: by how much the row is broken (0 if it holds; infinite where a number is not finite); all in ``unit``.
    """

    check: str
    place: str
    claimed: float
    recomputed: float
    residual: float
    tolerance: float
    unit: str
    hairs: float = 0.0
    """Of a bound: what all that a plan may break its rows by is worth at their multipliers, in ``unit``; a plan may be
    better than the bound by as much."""

    def __post_init__(self) -> None:
        if self.check not in CHECKS:
            raise KeyError(f"unknown check: {self.check}")

    @property
    def ok(self) -> bool:
        """False also where the residual is not a number."""
        return self.residual <= self.tolerance


def failed(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that are not ok."""
    return tuple(finding for finding in findings if not finding.ok)


Sense = Literal["<=", ">=", "="]


def measure(check: str, place: str, claimed: float, sense: Sense, limit: float, unit: str, terms: float = 0.0,
            tolerance: float | None = None) -> Finding:
    """The finding of one row ``claimed sense limit``; ``terms`` is the sum of the absolute terms of the row."""
    gap = {"<=": claimed - limit, ">=": limit - claimed, "=": abs(claimed - limit)}[sense]
    residual = max(gap, 0.0) if math.isfinite(gap) else math.inf
    return Finding(check, place, claimed, limit, residual, hair(limit, terms) if tolerance is None else tolerance, unit)


def restated(check: str, place: str, claimed: float, value: float, unit: str, terms: float = 0.0) -> Finding:
    """The finding of a number that is stated and computed again; ``terms``: sum of the absolute terms of the
    computation."""
    size, lost = (abs(amount) if math.isfinite(amount) else 0.0 for amount in (value, terms))
    return measure(check, place, claimed, "=", value, unit, tolerance=max(STATED, STATED * size, SUMMED * lost))


@dataclass
class Ledger:
    """Rows as they are checked: of each check the worst row is kept, and the first failing places in order."""

    worst: dict[str, Finding] = field(default_factory=dict)
    places: dict[str, list[str]] = field(default_factory=dict)

    def note(self, check: str, place: str, claimed: float, sense: Sense, limit: float, unit: str, terms: float = 0.0,
             tolerance: float | None = None) -> None:
        """Note one row."""
        self.add(measure(check, place, claimed, sense, limit, unit, terms, tolerance))

    def none(self, check: str, place: str, amount: float, unit: str) -> None:
        """Note that there must be nothing of an amount that is not negative."""
        self.note(check, place, amount, "<=", 0.0, unit, tolerance=NOTHING)

    def add(self, row: Finding) -> None:
        """Note one row that is measured already."""
        if not row.ok:
            self.places.setdefault(row.check, []).append(row.place)
        if row.check not in self.worst or _badness(row) > _badness(self.worst[row.check]):
            self.worst[row.check] = row

    def findings(self) -> tuple[Finding, ...]:
        """One finding for each check of the register but those made elsewhere."""
        return self.of(*(check for check in CHECKS if check not in ELSEWHERE))

    def of(self, *checks: str) -> tuple[Finding, ...]:
        """One finding for each of these checks; a check without rows holds."""
        empty = Finding("known_keys", "", 0.0, 0.0, 0.0, NOTHING, "number")
        found = []
        for check in checks:
            row = self.worst.get(check, empty)
            found.append(Finding(check, self._where(check, row), row.claimed, row.recomputed, row.residual,
                                 row.tolerance, row.unit))
        return tuple(found)

    def _where(self, check: str, row: Finding) -> str:
        """The worst place, then a few others that fail too."""
        others = [place for place in self.places.get(check, []) if place != row.place]
        shown = [row.place, *others[: SHOWN - 1]]
        more = len(others) - (SHOWN - 1)
        return "; ".join(shown) + (f"; +{more} more" if more > 0 else "")


def _badness(row: Finding) -> tuple[float, float]:
    """Residual in tolerances; a row with no tolerance at all is as bad as it can be once it is broken."""
    if row.tolerance > 0.0:
        return (row.residual / row.tolerance, row.residual)
    return (math.inf if row.residual > 0.0 else 0.0, row.residual)
