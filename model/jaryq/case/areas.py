"""Records of balances of capacity, ties between their areas, and borrowers, as stated with blanks filled; part of the
Case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from jaryq.base.text import Text
from jaryq.case.rates import Named
from jaryq.case.works import YEAR


@dataclass(frozen=True)
class Balance:
    """Capacity against the peak of an ``area``, in ``unit``. ``peak`` and ``available`` have the same years: the
    planned ones, then later ones (docs/numbers.md: Adequacy). ``quantity``: what adds (None: nothing); ``regions``,
    ``places``: whose projects belong (None: all); ``months`` of the peak; ``reserve`` a fraction of the peak.
    ``priority`` or ``price`` (bn KZT of the price year per unit of deficit and year, charged to ``priced_to``) of a
    deficit; None: only reported."""

    area: str
    unit: str
    origin: str
    peak: Mapping[int, float]
    available: Mapping[int, float]
    quantity: str | None = None
    regions: frozenset[str] | None = None
    places: frozenset[str] | None = None
    months: frozenset[int] = YEAR
    reserve: float = 0.0
    priority: Literal["1", "2", "3"] | None = None
    price: float | None = None
    priced_to: int = 0
    cells: Mapping[str, str] = field(default_factory=dict)
    """The cell that each year's ``available_YYYY`` comes from."""
    area_ru: str | None = None

    @property
    def name(self) -> Text:
        """The area as people read it."""
        return Text(self.area, self.area_ru or self.area)

    @property
    def id(self) -> str:
        return f"{self.area}@{self.unit}"

    @property
    def years(self) -> tuple[int, ...]:
        """The planned years, then later ones, one row each with all works in service."""
        return tuple(self.peak)

    def needed(self, year: int) -> float:
        """The peak of a year with its reserve."""
        return self.peak[year] * (1.0 + self.reserve)

    def has(self, region: str | None, place: str | None) -> bool:
        """Whether a facility of this region and place belongs to it; ``place`` None: a package."""
        return ((self.regions is None or region in self.regions)
                and (self.places is None or (place is not None and place in self.places)))


ENERGY = {"MW": "MWh", "Gcal/h": "Gcal", "thousand m3/day": "thousand m3"}
"""What is not supplied where capacity of a unit is missing."""


@dataclass(frozen=True)
class Tie(Named):
    """A tie between areas ``a`` and ``b`` of balances in ``unit``: ``capacity`` each way in the years of the two, what
    raises it (``quantity``; None: nothing)."""

    a: str = ""
    b: str = ""
    unit: str = ""
    quantity: str | None = None
    capacity: Mapping[int, float] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)
    """The cell that each year's capacity comes from."""

    @property
    def ends(self) -> tuple[str, str]:
        """Identifiers of the balances of its two areas."""
        return f"{self.a}@{self.unit}", f"{self.b}@{self.unit}"


@dataclass(frozen=True)
class Borrower(Named):
    """Who owes loans. ``cash`` (before debt service) and ``other`` service by year as stated, nominal bn KZT;
    ``cover``: cash is to be so many times the service; ``growth`` of cash a year after the last one given, a fraction
    (None: years given only)."""

    level: Literal["republic", "local", "company"] = "company"
    cover: float = 1.0
    priority: Literal["hard", "1", "2", "3"] | None = None
    growth: float | None = None
    cash: Mapping[int, float] = field(default_factory=dict)
    other: Mapping[int, float] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)
    """The cell of each year's cash, by year."""

    def cash_in(self, year: int) -> float | None:
        """Cash of a year: as stated, or grown from the last year given; None: not known."""
        if year in self.cash:
            return self.cash[year]
        last = max(self.cash, default=year)
        if self.growth is None or year <= last:
            return None
        return self.cash[last] * (1.0 + self.growth) ** (year - last)
