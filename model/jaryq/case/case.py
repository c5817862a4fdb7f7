"""The Case: the programme as immutable records in canonical units (bn KZT, km, fractions), as stated, nothing derived.

Fractions: every percent of the workbook is divided by 100 here. Years are ints, periods are labels (``2026`` or
``2026Q1``). Mappings are ordered by key (Unicode code point). ``origin`` is the cell a record came from
(``facilities!A12``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal
from weakref import WeakValueDictionary

from jaryq.case.areas import Balance, Borrower, Tie
from jaryq.case.quantities import Quantity as Quantity
from jaryq.case.rates import Currency as Currency
from jaryq.case.rates import Line as Line
from jaryq.case.rates import Named as Named
from jaryq.case.rates import PriceIndex as PriceIndex
from jaryq.case.rates import ReferenceRate as ReferenceRate
from jaryq.case.rates import Rule as Rule
from jaryq.case.rates import SourceGroup as SourceGroup
from jaryq.case.rates import Tariff as Tariff
from jaryq.case.settings import Settings as Settings
from jaryq.case.sources import Crew as Crew
from jaryq.case.sources import Ramp as Ramp
from jaryq.case.sources import Source as Source
from jaryq.case.stretches import Stretches
from jaryq.case.works import YEAR, Before, Bursts, Choice, Condition, Link, Outage, OutageLimit, Paid, Trench, Wish
from jaryq.sheets.measures import OF_CASE
from jaryq.tables.selector import PROJECT_COLUMNS

ProjectKind = Literal["facility", "network"]


@dataclass(frozen=True)
class Period:
    """A period of works: its label, its year, its position among the planned periods (from 0)."""

    label: str
    year: int
    position: int


@dataclass(frozen=True)
class Region(Named):
    """A region; ``open_months``: calendar months in which heat assets may be out of service; ``income`` of a person,
    KZT a month, nominal, of the year before the first planned one (None: not known), and the index it follows (None:
    general)."""

    zone: str | None = None
    open_months: frozenset[int] = YEAR
    population: float | None = None
    income: float | None = None
    income_index: str | None = None


@dataclass(frozen=True)
class AssetType(Named):
    """A kind of asset. ``content[country]`` is the share of the cost its suppliers can deliver."""

    sector: str = ""
    life: float = 30.0
    procurement_months: float = 0.0
    works_months: float = 12.0
    procurement_share: float = 0.0
    cost_class: str | None = None
    import_share: float = 0.0
    import_currency: str | None = None
    crew: str | None = None
    crew_need: float = 0.0
    content: Mapping[str, float] = field(default_factory=dict)
    route: str | None = None
    outage_season: bool = False
    ramp: Ramp | None = None
    """How fast the km of all packages of the kind may rise and should fall, km a year."""


@dataclass(frozen=True)
class Project(Named):
    """What facilities and packages share. ``earliest``/``latest``: first year of starts, last year in which works may
    end. ``lot``: the contract it belongs to with others, all or none of them."""

    kind: ProjectKind = "facility"
    asset_type: str | None = None
    region: str | None = None
    sector: str | None = None
    zone: str | None = None
    earliest: int = 0
    latest: int = 0
    life: float = 30.0
    data_status: str = "estimate"
    estimated: frozenset[str] = frozenset()
    """Columns of its row whose figures are estimates, whatever ``data_status`` says of the rest."""
    quantities: Mapping[str, float] = field(default_factory=dict)
    """What the works change (of a package: a km), by quantity, in its unit; nothing where blank or 0."""
    only_with: tuple[str, ...] = ()
    """Facilities without which, or without a variant of each, it is not done."""
    lot: str | None = None
    borrower: str | None = None


@dataclass(frozen=True)
class Facility(Project):
    """A facility that may be done in the planned years, or is ``done``.

    ``cost``: overnight, bn KZT of the price year, all of it still to be spent; ``spend`` (by year, price-year money,
    negative is income) takes its place where stated. ``savings``: bn KZT a year of the price year. ``benefit``: present
    value at 1 January of the first year for the earliest possible start. ``must``: this row is committed, or must be
    done; ``must_any``: it or a variant of its asset must be. ``committed``: by sheet progress, apart from ``must``.
    """

    cost: float = 0.0
    spend: Mapping[int, float] | None = None
    procurement_months: float = 0.0
    works_months: float = 12.0
    savings: float = 0.0
    benefit: float | None = None
    income_to: str | None = None
    must: bool = False
    must_any: bool = False
    committed: bool = False
    done: int | None = None
    place: str = ""
    owner: str = ""
    """Who owns or runs it, as stated."""
    latitude: float | None = None
    """Degrees north; ``longitude`` degrees east. They decide nothing: maps are drawn from them."""
    longitude: float | None = None
    option_of: str | None = None
    counts: bool = True
    after: tuple[str, ...] = ()
    """Facilities whose works end before these begin; ``Case.links`` has them with those of sheet sequence."""
    choices: tuple[str, ...] = ()
    """Groups of choice that this very row belongs to."""
    started: float | None = None
    """Months from its start to 1 January of ``plan_from``; None: not started."""
    crews: Mapping[str, float] | None = None
    """Crews at work at once by resource, where stated for the facility."""
    outage: Outage = field(default_factory=Outage)
    own_zone: str | None = None
    """Zone stated for the facility itself (``zone``: else that of its region)."""
    condition: Condition | None = None
    route: str | None = None
    scope: str = "reconstruction"
    capacity: float | None = None
    """In the unit of the sheet."""
    goes_on: str | None = None
    """Label of the period from which its works go on whenever they end (a plan as it stands in a future in which works
    are late); None: they end in time or are not begun."""

    @property
    def asset(self) -> str:
        """The facility that this row is a variant of; itself where it is no variant."""
        return self.option_of or self.id

    @property
    def overnight(self) -> float:
        """Overnight cost, bn KZT of the price year: the stated cost, or the sum of positive stated spending."""
        return self.cost if self.spend is None else sum(max(v, 0.0) for v in self.spend.values())


@dataclass(frozen=True)
class Package(Project):
    """A package of networks: ``km`` in scope of which ``done`` (km by year) are renewed already; ``unit_cost`` bn
    KZT/km. ``committed``: km under contract by the year by whose end they must be renewed; ``lot_km``: km under the
    contract of its lot (None: all that is left)."""

    km: float = 0.0
    unit_cost: float = 0.0
    km_per_year: float | None = None
    savings: float = 0.0
    done: Mapping[int, float] = field(default_factory=dict)
    km_total: float | None = None
    wear: float | None = None
    bursts: Bursts | None = None
    losses: float | None = None
    losses_after: float | None = None
    seasonal: bool = False
    committed: Mapping[int, float] = field(default_factory=dict)
    lot_km: float | None = None

    @property
    def km_done(self) -> float:
        return sum(self.done.values())


@dataclass(frozen=True)
class Target(Named):
    """A row of a target or limit, after its groups and years are expanded: ``row`` is the key on the sheet. ``year``:
    the year it is taken at (``year_first..year`` are summed for spend and draw); ``value`` and ``scale`` in the
    measure's own unit (``share_done`` as a fraction); ``measure``: one of ``sheets.measures``."""

    measure: str = "km"
    filter: Mapping[str, str] = field(default_factory=dict)
    year: int = 0
    year_first: int = 0
    sense: Literal[">=", "<=", "="] = ">="
    value: float = 0.0
    priority: Literal["hard", "1", "2", "3", "price"] = "1"
    price: float = 0.0
    scale: float = 1.0
    row: str = ""
    unit: str = ""
    quantity: str | None = None
    """What the measure ``quantity`` speaks of."""


@dataclass(frozen=True)
class Calibration(Named):
    """A published figure and what is compared with it: ``times`` x the greatest of ``parts`` / ``whole``. Each part,
    and the whole, is what a target measures, or of two the difference (the second less the first); no whole: 1.
    ``take`` last: the year of the last part that has anything; effect: the part with the plan less the
    part as if nothing were done. ``works``: of the plan, else as if nothing were done. ``least``, ``most``: the
    band; ``unit``: as it is shown, in Russian ``unit_ru`` where it has words of its own."""

    published: float
    least: float
    most: float
    unit: str
    take: Literal["total", "change", "most", "last", "effect"]
    parts: tuple[tuple[Target, ...], ...]
    whole: tuple[Target, ...] = ()
    times: float = 1.0
    works: bool = True
    source: str = ""
    data_status: str = "estimate"
    unit_ru: str | None = None

    @property
    def of_case(self) -> bool:
        """Whether it is known without a plan."""
        return not self.works or all(target.measure in OF_CASE for part in (*self.parts, self.whole) for target in part)


@dataclass(frozen=True, eq=False)
class Scope:
    """Facilities and packages together, and what follows from them alone: one and the same for all cases that share
    both mappings."""

    facilities: Mapping[str, Facility]
    packages: Mapping[str, Package]
    chosen: dict[object, tuple[Facility | Package, ...]] = field(default_factory=dict)
    """Projects that fall under the filters asked so far."""

    @staticmethod
    def of(facilities: Mapping[str, Facility], packages: Mapping[str, Package]) -> Scope:
        """The one of these mappings (told apart by identity; it holds them, so they stay what they are)."""
        return SCOPES.setdefault((id(facilities), id(packages)), Scope(facilities, packages))

    @cached_property
    def projects(self) -> Mapping[str, Facility | Package]:
        both: dict[str, Facility | Package] = {**self.facilities, **self.packages}
        return {key: both[key] for key in sorted(both)}

    @cached_property
    def keys_by(self) -> Mapping[str, Mapping[str, frozenset[str]]]:
        found: dict[str, dict[str, set[str]]] = {column: {} for column in (*PROJECT_COLUMNS, "asset")}
        for key, project in self.projects.items():
            asset = project.asset if isinstance(project, Facility) else key
            values = (key, project.kind, project.sector, project.asset_type, project.region, project.zone, asset)
            for mine, value in zip(found.values(), values, strict=True):
                if value is not None:
                    mine.setdefault(value, set()).add(key)
        return {column: {value: frozenset(keys) for value, keys in mine.items()} for column, mine in found.items()}

    @cached_property
    def assets(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {key: [key] for key, facility in sorted(self.facilities.items())
                                       if facility.asset == key}
        for key, facility in sorted(self.facilities.items()):
            if facility.asset != key:
                found[facility.asset].append(key)
        return {key: tuple(keys) for key, keys in found.items()}


SCOPES: WeakValueDictionary[tuple[int, int], Scope] = WeakValueDictionary()


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
