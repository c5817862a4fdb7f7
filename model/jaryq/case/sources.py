"""Records of who pays and who works: sources of money, capacity of works; part of the Case. Fractions, bn of the
currency, crew-years; mappings are ordered by key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from jaryq.base.home import HOME, HOME_CURRENCY
from jaryq.case.rates import Named
from jaryq.case.works import YEAR


@dataclass(frozen=True)
class Ramp:
    """How fast an amount may rise from year to year (``up``) and should not fall (``down``): fractions a year, None: no
    such limit. ``least`` comes on top of the rise, never off the fall: km, or bn of the currency; ``priority`` of the
    fall; ``cell``, ``up_cell``, ``down_cell``: where ``least``, ``up`` and ``down`` stand; ``scale``: what a missed
    fall is a share of, where a limit has moved that it would follow from. ``start``: in place of ``least`` up to the
    year ``begins``, which is counted from the year before the planned ones (None: the first year, counted as any
    other)."""

    up: float | None
    down: float | None
    least: float
    priority: Literal["1", "2", "3"] = "3"
    cell: str = ""
    scale: float | None = None
    up_cell: str = ""
    start: float | None = None
    begins: int | None = None
    start_cell: str = ""
    down_cell: str = ""


@dataclass(frozen=True)
class Source(Named):
    """A source of money. Amounts in bn of ``currency``. ``ceilings[year]`` is absent where there is no ceiling of its
    own. ``pace``: share of the signed amount that may be drawn in the first, second .. year from effectiveness;
    ``ticket``: the least it pays for a project or lot."""

    kind: Literal["budget", "own", "grant", "loan"] = "budget"
    partner: str = HOME
    open: bool = True
    closed_reason: str = ""
    closed_reason_ru: str = ""
    currency: str = HOME_CURRENCY
    envelope: float | None = None
    ceilings: Mapping[int, float] = field(default_factory=dict)
    carry_over: Literal["none", "one_year", "fund", "loan"] = "none"
    keep: float = 1.0
    available_from: int = 0
    available_to: int = 0
    max_share: float | None = None
    share_holds: Literal["in_all", "so_far"] = "in_all"
    """Whether the largest share of a project also holds of what it has cost to the end of each planned year."""
    rate: float = 0.0
    grace: float = 0.0
    tenor: float = 0.0
    repayment: Literal["equal_principal", "annuity", "bullet", "shares"] = "equal_principal"
    payments: int = 2
    rate_index: str | None = None
    margin: float = 0.0
    rate_floor: float = 0.0
    day_count: Literal["30/360", "act/360", "act/365"] = "30/360"
    clock: Literal["loan", "cohort"] = "cohort"
    signing_year: int = 0
    signed: float | None = None
    draw_timing: Literal["start", "mid", "end"] = "mid"
    first_repayment: Literal["at_grace_end", "one_period_after"] = "at_grace_end"
    shares: tuple[float, ...] = ()
    interest_in_grace: Literal["paid", "capitalised"] = "paid"
    front_end: float = 0.0
    commitment_fee: float = 0.0
    commitment_free: float = 0.0
    guarantee_fee: float = 0.0
    premium: float = 0.0
    subsidy: float = 0.0
    subsidy_years: float = 0.0
    who_repays: Literal["budget", "utility", "consumers"] = "budget"
    down_payment: float | None = None
    local_cost: float = 0.0
    min_share: float | None = None
    smallest: float | None = None
    counterpart: float = 0.0
    group: str | None = None
    draws_to: str | None = None
    service_from: str | None = None
    interest: float = 0.0
    tied_share: float = 0.0
    tied_over: Literal["project", "product"] = "project"
    rank: int = 999
    data_status: str = "estimate"
    estimated: frozenset[str] = frozenset()
    """Columns of its row whose figures are estimates, whatever ``data_status`` says of the rest."""
    ceiling_status: Mapping[int, str] = field(default_factory=dict)
    """How sure each ceiling is that is stated."""
    pace: tuple[float, ...] = ()
    effective_months: float = 0.0
    ramp: Ramp | None = None
    ticket: float | None = None
    projects_most: int | None = None
    quantity: str | None = None
    """What it pays by: at most ``per_unit`` (units of ``currency``) for each unit that a project brings."""
    per_unit: float | None = None
    must_draw: bool = False
    borrower: str | None = None
    """Who owes it; None: the borrower of the project, unless the budget repays (``case.scope.owner``)."""
    guaranteed: float = 0.0
    """Part of the balance that the State guarantees."""
    cells: Mapping[str, str] = field(default_factory=dict)
    """Where its limits stand: ``envelope`` and each year of its ceilings."""

    @property
    def foreign(self) -> bool:
        """Money from abroad (partner other than KZ)."""
        return self.partner != HOME

    @property
    def in_foreign_currency(self) -> bool:
        """Money in another currency than KZT."""
        return self.currency != HOME_CURRENCY


@dataclass(frozen=True)
class Crew:
    """Capacity of works resource ``crew`` in ``region`` (None: the whole country), crew-years by planned year.

    At work in the months of ``season``; costs in bn KZT of the price year per crew-year."""

    crew: str
    region: str | None
    capacity: Mapping[int, float]
    origin: str
    cells: Mapping[int, str] = field(default_factory=dict)
    """The cell that each year's capacity comes from."""
    season: frozenset[int] = YEAR
    lend_share: float = 0.0
    lend_cost: float = 0.0
    extra_share: float = 0.0
    extra_cost: float = 0.0
    growth: float = 0.0
    """By which a year without a cell of its own exceeds the year before."""
    name: str = ""
    """Of the resource; blank: what another row of it says, or its key."""
    name_ru: str = ""

    @property
    def id(self) -> str:
        return f"{self.crew}@{self.region or '*'}"
