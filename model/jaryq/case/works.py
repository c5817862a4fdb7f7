"""Records of condition and works, in canonical units (bn KZT, km, fractions), as stated; part of the Case."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from jaryq.case.rates import Named

YEAR = frozenset(range(1, 13))


@dataclass(frozen=True)
class Condition:
    """What the health score and the risk of a facility follow from (docs/numbers.md: Condition and risk).

    ``pof_k`` a fraction; ``life`` of the kind, years; ``year_built`` or ``wear`` (a fraction) is known. ``inspected``:
    whether any inspection column is filled. ``consequence``: bn KZT of the price year per failure without what is not
    supplied; ``lost``: MWh, Gcal or thousand m3 per failure (None: unknown), ``lost_value``: bn KZT for one of them;
    ``replaced``: year from which it would be replaced in any case; ``after_failure``, ``replace_when``, ``replace_at``
    (rate a fraction a year, score, years): what happens without works; ``replacement``: bn KZT of the price year.
    """

    pof_k: float
    pof_c: float
    calibration: float
    floor: float
    cap: float
    life: float
    duty: float
    location: float
    year_built: int | None
    wear: float | None
    observed: float
    measured: float
    reliability: float
    least: float
    most: float
    inspected: bool
    health_after: float
    consequence: float
    lost: float | None
    lost_value: float
    replaced: int | None
    after_failure: Literal["repair", "replace"] = "repair"
    replace_when: Literal["rate", "score", "age"] = "rate"
    replace_at: float = math.inf
    replacement: float = 0.0
    cost_status: str = "estimate"
    rate_status: str = "estimate"
    lost_status: str = "estimate"
    """Weakest statuses of the figures that a failure costs by, that its rate follows from, and that tell what is not
    supplied."""


@dataclass(frozen=True)
class Bursts:
    """Bursts of a package: per km and year, before calibration; growth a fraction a year. Money and losses as in
    :class:`Condition`, per burst.

    ``replace_at``: bursts per km and year, calibrated, at which it would be replaced without the programme."""

    rate: float
    growth: float
    after: float
    most: float
    calibration: float
    consequence: float
    lost: float | None
    lost_value: float
    replace_at: float = math.inf
    cost_status: str = "estimate"
    rate_status: str = "estimate"
    lost_status: str = "estimate"
    """As in :class:`Condition`, of bursts."""


@dataclass(frozen=True)
class Outage:
    """Works that take capacity out of service: ``months`` of it, ``capacity`` in ``unit`` (None: not known);
    ``seasonal``: in open months only."""

    months: float = 0.0
    capacity: float | None = None
    unit: str | None = None
    seasonal: bool = False


@dataclass(frozen=True)
class OutageLimit:
    """Capacity of a region that may be out of service at once, in ``unit``."""

    region: str
    unit: str
    value: float
    origin: str

    @property
    def id(self) -> str:
        return f"{self.region}@{self.unit}"


@dataclass(frozen=True)
class Trench:
    """``package`` is cheaper by ``saving`` (bn KZT of the price year per km) where renewed together with ``other``, on
    ``km`` at most."""

    package: str
    other: str
    km: float
    saving: float
    origin: str

    @property
    def id(self) -> str:
        return f"{self.package}+{self.other}"


@dataclass(frozen=True)
class Link:
    """Works of the facility ``project`` begin ``lag`` months (negative: they overlap) after works of ``after``, or of a
    variant of it, end (``from_end``) or begin."""

    project: str
    after: str
    from_end: bool = True
    lag: float = 0.0
    origin: str = ""


@dataclass(frozen=True)
class Choice(Named):
    """A group of facilities of which at least and at most so many are done; None: no limit."""

    at_least: int | None = None
    at_most: int | None = None


@dataclass(frozen=True)
class Wish:
    """What somebody wants of a project. ``decision``: done or left out (None: either); ``first``, ``last``: places of
    the periods in which it may start, or be renewed; ``km`` by planned year; ``payer`` pays at least ``share`` of it.
    """

    project: str
    decision: bool | None = None
    first: int | None = None
    last: int | None = None
    km: Mapping[int, float] = field(default_factory=dict)
    payer: str | None = None
    share: float = 1.0
    origin: str = ""

    def allows(self, position: int) -> bool:
        """Whether the project may start, or be renewed, in the period at a place."""
        return (self.decision is not False and (self.first is None or self.first <= position)
                and (self.last is None or position <= self.last))


@dataclass(frozen=True)
class Paid:
    """Money spent before the planned years, nominal bn KZT, and the source it came from (None: not known)."""

    project: str
    source: str | None
    year: int
    amount: float


@dataclass(frozen=True)
class Before:
    """The last plan: share of each facility started by period label, km of each package by year."""

    start: Mapping[tuple[str, str], float] = field(default_factory=dict)
    renew: Mapping[tuple[str, int], float] = field(default_factory=dict)


def slot_of(label: str, labels: frozenset[str]) -> str:
    """The period of the last plan as today's plan can meet it: itself, the year that is planned as a whole, or a year
    of quarters."""
    return label if label in labels else label[:4]


def months_between(first: int | None, last: int | None) -> frozenset[int]:
    """Calendar months from ``first`` to ``last``, over the new year if the first is later; a blank first is January, a
    blank last December."""
    begin, end = first or 1, last or 12
    return frozenset(range(begin, end + 1)) if begin <= end else YEAR - frozenset(range(end + 1, begin))
