"""The Case: the programme as immutable records in canonical units (bn KZT, km, fractions), as stated, nothing derived.

Fractions: every percent of the workbook is divided by 100 here. Years are ints, periods are labels (``2026`` or
``2026Q1``). Mappings are ordered by key (Unicode code point). ``origin`` is the cell a record came from
(``facilities!A12``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter

from jaryq.base.text import Text
from jaryq.case.areas import Balance, Borrower, Tie
from jaryq.case.project import SCOPES as SCOPES
from jaryq.case.project import Facility as Facility
from jaryq.case.project import Package as Package
from jaryq.case.project import Project as Project
from jaryq.case.project import ProjectKind as ProjectKind
from jaryq.case.project import Scope as Scope
from jaryq.case.quantities import Quantity as Quantity
from jaryq.case.rates import Currency as Currency
from jaryq.case.rates import Line as Line
from jaryq.case.rates import Named as Named
from jaryq.case.rates import PriceIndex as PriceIndex
from jaryq.case.rates import ReferenceRate as ReferenceRate
from jaryq.case.rates import Rule as Rule
from jaryq.case.rates import SourceGroup as SourceGroup
from jaryq.case.rates import Tariff as Tariff
from jaryq.case.records import AssetType as AssetType
from jaryq.case.records import Calibration as Calibration
from jaryq.case.records import Period as Period
from jaryq.case.records import Region as Region
from jaryq.case.records import Target as Target
from jaryq.case.settings import Settings as Settings
from jaryq.case.sources import Crew as Crew
from jaryq.case.sources import Ramp as Ramp
from jaryq.case.sources import Source as Source
from jaryq.case.stretches import Stretches
from jaryq.case.works import Before, Choice, Link, OutageLimit, Paid, Trench, Wish


@dataclass(frozen=True)
class Case:
    """The whole programme. ``general`` is the id of the general price level, or None (constant prices)."""

    name: str
    scenario: str
    settings: Settings
    periods: tuple[Period, ...]
    regions: Mapping[str, Region]
    asset_types: Mapping[str, AssetType]
    facilities: Mapping[str, Facility]
    packages: Mapping[str, Package]
    sources: Mapping[str, Source]
    rules: tuple[Rule, ...]
    currencies: Mapping[str, Currency]
    indices: Mapping[str, PriceIndex]
    crews: tuple[Crew, ...]
    targets: tuple[Target, ...]
    order: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Keys of each sheet in the order of the input's rows, for output tables."""
    references: Mapping[str, ReferenceRate] = field(default_factory=dict)
    groups: Mapping[str, SourceGroup] = field(default_factory=dict)
    tariffs: tuple[Tariff, ...] = ()
    outages: tuple[OutageLimit, ...] = ()
    trenches: tuple[Trench, ...] = ()
    paid: tuple[Paid, ...] = ()
    quantities: Mapping[str, Quantity] = field(default_factory=dict)
    before: Before = field(default_factory=Before)
    balances: tuple[Balance, ...] = ()
    ties: tuple[Tie, ...] = ()
    borrowers: Mapping[str, Borrower] = field(default_factory=dict)
    calibration: tuple[Calibration, ...] = ()
    sequence: tuple[Link, ...] = ()
    """Rows of sheet sequence."""
    choices: Mapping[str, Choice] = field(default_factory=dict)
    wishes: Mapping[str, Wish] = field(default_factory=dict)
    """Rows of sheet overrides by project."""
    lines: Mapping[tuple[str, str], Line] = field(default_factory=dict)
    """Where the rules of each row stand, by sheet and key."""
    stretches: Stretches | None = None
    """What packages consist of; None without a register."""

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """What waits for what, sorted: rows of sheet sequence, and columns ``after`` where no row names the pair."""
        stated = {(link.project, link.after): link for link in self.sequence}
        for key, facility in self.facilities.items():
            for other in facility.after:
                stated.setdefault((key, other), Link(key, other, origin=facility.origin))
        return tuple(stated[pair] for pair in sorted(stated))

    def project(self, key: str) -> Facility | Package:
        return self.facilities[key] if key in self.facilities else self.packages[key]

    def meets(self, key: str) -> tuple[str, ...]:
        """The facilities of which one is meant by a name: a facility with its variants, or a single variant."""
        return self.assets.get(key, (key,))

    @cached_property
    def scope(self) -> Scope:
        """Facilities and packages together."""
        return Scope.of(self.facilities, self.packages)

    @property
    def projects(self) -> Mapping[str, Facility | Package]:
        """Facilities and packages in one mapping, sorted by key."""
        return self.scope.projects

    @property
    def keys_by(self) -> Mapping[str, Mapping[str, frozenset[str]]]:
        """Keys of projects by column of a selector and value; ``asset``: by the facility a row is a variant of."""
        return self.scope.keys_by

    @property
    def assets(self) -> Mapping[str, tuple[str, ...]]:
        """Each asset (the facility that variants are of, or that stands alone) with its variants, itself first; sorted
        by key."""
        return self.scope.assets

    @cached_property
    def target_at(self) -> Mapping[str, Target]:
        """Target rows by their identifiers."""
        return {target.id: target for target in self.targets}

    @cached_property
    def crew_at(self) -> Mapping[str, Crew]:
        """Rows of capacity of works by their identifiers."""
        return {crew.id: crew for crew in self.crews}

    def crews_in(self, region: str | None) -> Sequence[Crew]:
        """Rows of capacity of works that serve a region: its own and those of the whole country, in their order."""
        return self._crews_in.get(region, self._crews_in[None])

    @cached_property
    def _crews_in(self) -> Mapping[str | None, Sequence[Crew]]:
        return {region: [crew for crew in self.crews if crew.region in (None, region)]
                for region in {None, *(crew.region for crew in self.crews)}}

    @cached_property
    def period_at(self) -> Mapping[str, Period]:
        """Periods by their labels."""
        return {period.label: period for period in self.periods}

    @cached_property
    def calibration_at(self) -> Mapping[str, Calibration]:
        """Published figures by their identifiers."""
        return {row.id: row for row in self.calibration}

    @cached_property
    def crew_names(self) -> Mapping[str, Text]:
        """Names of works resources in both languages: those of the first row that gives one, else the other's; a key
        without an underscore where no row has any."""
        english, russian = ({row.crew: said for row in reversed(self.crews) if (said := pick(row).strip())}
                                            for pick in (attrgetter("name"), attrgetter("name_ru")))
        keys = {row.crew: row.crew.replace("_", " ") for row in self.crews}
        return {key: Text(english.get(key, bare), russian.get(key) or english.get(key, bare))
                for key, bare in keys.items()}

    def crew_place(self, row: str) -> Text:
        """A row of crews by its identifier (see ``Crew.id``), for people: ``pipe crews (Almaty)``."""
        key, _, region = row.rpartition("@")
        name, at = self.crew_names[key], self.regions.get(region)
        place = Text("all regions", "все регионы") if region == "*" else Text(region, region) if at is None else Text(
            at.name or region, at.name_ru or at.name or region)
        return Text(f"{name.en} ({place.en})", f"{name.ru} ({place.ru})")

    @cached_property
    def outage_at(self) -> Mapping[str, OutageLimit]:
        """Limits of capacity out of service by their identifiers."""
        return {limit.id: limit for limit in self.outages}

    @cached_property
    def balance_at(self) -> Mapping[str, Balance]:
        """Balances of capacity by their identifiers."""
        return {balance.id: balance for balance in self.balances}

    @cached_property
    def tie_at(self) -> Mapping[str, Tie]:
        """Ties between areas by their keys."""
        return {tie.id: tie for tie in self.ties}

    def any_of(self, asset: str) -> tuple[str, ...]:
        """The rows of an asset of which one must be done, whichever; none where nothing must be, one is bound itself,
        or one is done."""
        rows = self.assets[asset]
        settled = any(self.facilities[key].must or self.facilities[key].done is not None for key in rows)
        return rows if not settled and any(self.facilities[key].must_any for key in rows) else ()
