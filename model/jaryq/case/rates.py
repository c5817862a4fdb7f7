"""Records of prices, rates and groups of sources, as stated; part of the Case. Fractions, bn KZT; mappings are ordered
by key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Named:
    """What has a key and names in two languages."""

    id: str
    name: str
    name_ru: str
    origin: str


@dataclass(frozen=True)
class Line:
    """A row of a sheet: ``may_move`` as stated (None: blank), ``cells`` of the columns that are filled."""

    may_move: bool | None = None
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Currency(Named):
    """KZT per unit: average by year, ``year_ends``: on 31 December where given."""

    rates: Mapping[int, float] = field(default_factory=dict)
    year_ends: Mapping[int, float] = field(default_factory=dict)
    foreign_prices: str | None = None


@dataclass(frozen=True)
class PriceIndex(Named):
    levels: Mapping[int, float] = field(default_factory=dict)
    long_run: float | None = None


@dataclass(frozen=True)
class SourceGroup(Named):
    """Sources with a common limit: share of a project (fraction), envelope (nominal bn KZT), how many of them are
    used."""

    max_share: float | None = None
    envelope: float | None = None
    signed_most: int | None = None


@dataclass(frozen=True)
class Tariff:
    """Consumers' bill of a region and sector in the year before the first planned one (bn KZT) and its largest yearly
    rise (fraction). ``invested``: the part of that bill that pays for investment; ``rises``: by planned year, None
    where it is not limited (empty: ``rise`` in every year); ``household_share``: part of the bill that households pay
    (None: not known); ``cells``: where the rise of a year stands."""

    region: str
    sector: str
    base: float
    rise: float | None
    origin: str
    invested: float = 0.0
    rises: Mapping[int, float | None] = field(default_factory=dict)
    household_share: float | None = None
    cells: Mapping[int, str] = field(default_factory=dict)

    def rise_in(self, year: int) -> float | None:
        """The largest rise of a planned year; None: not limited."""
        return self.rises.get(year, self.rise)


@dataclass(frozen=True)
class ReferenceRate(Named):
    """Reference rate of floating loans, fractions by year; ``long_run`` after the last year given."""

    rates: Mapping[int, float] = field(default_factory=dict)
    long_run: float = 0.0


@dataclass(frozen=True)
class Rule:
    """A row of eligibility: None matches anything."""

    source: str
    sector: str | None
    asset_type: str | None
    region: str | None
    project: str | None
    allowed: bool
    reason: str
    origin: str
    max_share: float | None = None
    min_share: float | None = None
    reason_ru: str = ""
