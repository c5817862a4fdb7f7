"""Kinds of assets and sources whose yearly amount has a ramp (docs/numbers.md: Pace and continuity)."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

from jaryq.case.case import Case, Ramp
from jaryq.case.lots import km_left

OF_SOURCE = " (source)"
"""Told with the key of a source where a kind with a ramp bears it too."""


@dataclass(frozen=True)
class Ramped:
    """A kind of asset (its km) or a source (its use, bn of its currency) with a ramp, and the planned years that it
    holds for."""

    of: Literal["kind", "source"]
    id: str
    ramp: Ramp
    years: tuple[int, ...]

    @property
    def unit(self) -> str:
        """Of its yearly amount."""
        return "km" if self.of == "kind" else "bn currency"

    def begins(self, y: int) -> bool:
        """Whether the ramp has not begun before a year: more may be done in it without any base."""
        first = self.years[0] if self.ramp.begins is None else self.ramp.begins
        return y <= first

    def always(self, y: int) -> float:
        """What may be done in a year without any base, contracts apart."""
        return self.ramp.least if self.ramp.start is None or not self.begins(y) else self.ramp.start

    def base(self, y: int, plan_from: int) -> int:
        """The year that a year is counted from."""
        return plan_from - 1 if self.ramp.begins is not None and y <= self.ramp.begins else y - 1

    @property
    def falling(self) -> tuple[int, ...]:
        """Years of which a fall is asked; none where it is not limited."""
        if self.ramp.down is None:
            return ()
        return tuple(y for y in self.years if self.ramp.begins is None or y >= self.ramp.begins)


def ramps_of(case: Case) -> dict[str, Ramped]:
    """All ramps by key, kinds first: the key of the kind or source; ``ID (source)`` where a kind with a ramp bears the
    key of a source."""
    years = case.settings.years
    found = {k: Ramped("kind", k, kind.ramp, years) for k, kind in case.asset_types.items() if kind.ramp}
    for s, source in case.sources.items():
        if source.ramp and source.open:
            mine = tuple(y for y in years if source.available_from <= y <= source.available_to)
            found[f"{s}{OF_SOURCE}" if s in found else s] = Ramped("source", s, source.ramp, mine)
    return found


def source_of(key: str) -> str:
    """The source that the key of a ramp or of another limit speaks of."""
    return key.removesuffix(OF_SOURCE)


def size_of_fall(case: Case, ramped: Ramped) -> float:
    """What a missed fall is a share of: the mean yearly amount, at least what is always allowed. A yardstick: it stays
    where a limit moves (``Ramp.scale``)."""
    if ramped.ramp.scale is not None:
        return ramped.ramp.scale
    if ramped.of == "kind":
        amount = math.fsum(km_left(n) for n in case.packages.values() if n.asset_type == ramped.id)
    else:
        source = case.sources[ramped.id]
        amount = math.fsum(source.ceilings.values()) if source.envelope is None else source.envelope
    return max(amount / len(case.settings.years), ramped.ramp.least)


def with_ramp(case: Case, ramped: Ramped, ramp: Ramp) -> Case:
    """The case with another ramp of a kind or source."""
    if ramped.of == "kind":
        kinds = {**case.asset_types, ramped.id: replace(case.asset_types[ramped.id], ramp=ramp)}
        return replace(case, asset_types=kinds)
    return replace(case, sources={**case.sources, ramped.id: replace(case.sources[ramped.id], ramp=ramp)})


def with_yardstick(case: Case, s: str) -> Case:
    """The case with the scale of a source's ramp as it is, so that it stays where limits of the source move."""
    for ramped in ramps_of(case).values():
        if ramped.of == "source" and ramped.id == s:
            return with_ramp(case, ramped, replace(ramped.ramp, scale=size_of_fall(case, ramped)))
    return case
