"""A finding: one named check with its worst place; the ledger in which rows are noted."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from jaryq.verify.asserted import CHECKS, ELSEWHERE

TOLERANCE = 1e-6
"""Of the row's scale, which is max(1, |limit|, sum of absolute terms) (conventions.md 12)."""

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
    scale = max(1.0, abs(limit) if math.isfinite(limit) else 1.0, terms if math.isfinite(terms) else 1.0)
    return Finding(check, place, claimed, limit, residual, TOLERANCE * scale if tolerance is None else tolerance, unit)


@dataclass
class Ledger:
    """Rows as they are checked: of each check the worst row is kept, and the first failing places in order."""

    worst: dict[str, Finding] = field(default_factory=dict)
    places: dict[str, list[str]] = field(default_factory=dict)

    def note(self, check: str, place: str, claimed: float, sense: Sense, limit: float, unit: str, terms: float = 0.0,
             tolerance: float | None = None) -> None:
        """Note one row."""
        row = measure(check, place, claimed, sense, limit, unit, terms, tolerance)
        if not row.ok:
            self.places.setdefault(check, []).append(place)
        if check not in self.worst or _badness(row) > _badness(self.worst[check]):
            self.worst[check] = row

    def findings(self) -> tuple[Finding, ...]:
        """One finding for each check of the register but those made elsewhere."""
        return self.of(*(check for check in CHECKS if check not in ELSEWHERE))

    def of(self, *checks: str) -> tuple[Finding, ...]:
        """One finding for each of these checks; a check without rows holds."""
        empty = Finding("known_keys", "", 0.0, 0.0, 0.0, TOLERANCE, "number")
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
