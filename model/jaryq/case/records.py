"""Periods, regions, kinds of assets; targets and published figures, both taken by a measure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from jaryq.case.rates import Named
from jaryq.case.sources import Ramp
from jaryq.case.works import YEAR
from jaryq.sheets.measures import OF_CASE


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
    ramp: Ramp | None = None
    """How fast the km of all packages of the kind may rise and should fall, km a year."""


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
    take: Literal["total", "change", "most", "last", "effect", "relative"]
    parts: tuple[tuple[Target, ...], ...]
    whole: tuple[Target, ...] = ()
    times: float = 1.0
    works: bool = True
    source: str = ""
    data_status: str = "estimate"
    unit_ru: str | None = None
    why: str = ""
    """Why it may lie outside its band; ``why_ru`` in Russian (empty: the same)."""
    why_ru: str = ""
    counts: bool = True
    """Whether like is compared with like; else ``why`` says why not."""

    @property
    def of_case(self) -> bool:
        """Whether it is known without a plan."""
        return not self.works or all(target.measure in OF_CASE for part in (*self.parts, self.whole) for target in part)
