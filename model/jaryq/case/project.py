"""What may be done: facilities (rebuilt in one go) and packages (networks of a kind in a region, renewed by the km).

Money in bn KZT of the price year, years as ints, fractions where the workbook has percent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal
from weakref import WeakValueDictionary

from jaryq.case.rates import Named
from jaryq.case.works import Bursts, Condition, Outage
from jaryq.tables.selector import PROJECT_COLUMNS

ProjectKind = Literal["facility", "network"]


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
    owner: str = ""
    """Who owns or runs it, as stated; ``owner_ru`` in Russian (empty: the same)."""
    owner_ru: str = ""


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
    unfinished: bool = False
    """Whether it ends after the plan: it is under contract, and the years after the last planned one have spending."""
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
