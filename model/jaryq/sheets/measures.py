"""What a target may measure: the unit of each measure, what it speaks of, how its years count. Declared once; which
projects and sources fall under it: ``case.scope``; its linear form: ``factors.measures``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jaryq.base.home import BILLION


@dataclass(frozen=True)
class Kind:
    """``unit``: of the sheet; none where it is that of the sector. ``only``: projects it speaks of, where not of all.
    ``cumulative``: taken on 31 December of a year, not summed over years. ``by_asset``: counts a variant for its asset,
    so that a filter on projects may name the row or its asset. ``sources``: money of sources, so that its filter may
    name sources, partners, currencies, groups and who repays. ``beyond``: goes on after the last planned year, until
    loans are repaid. ``ratio``: one amount of money over another, so that it is missed by money.
    ``of``: what the filter chooses: projects, areas of balances (their unit is that of the row), bills of consumers, or
    amounts signed, which belong to no project. ``senses``: what may be asked of it.
    ``of_quantity``: of a row of sheet quantities, in its unit, counted as its kind says.
    ``law``: what is asked of it is set by law, so that nobody loosens it to get a better plan."""

    unit: str | None
    only: Literal["facility", "network"] | None = None
    cumulative: bool = False
    by_asset: bool = False
    sources: bool = False
    beyond: bool = False
    ratio: bool = False
    of: Literal["projects", "areas", "bills", "signed"] = "projects"
    senses: tuple[str, ...] = (">=", "<=", "=")
    of_quantity: bool = False
    law: bool = False


MEASURES = {
    "km": Kind("km", "network", cumulative=True),
    "facilities": Kind("facilities", "facility", cumulative=True, by_asset=True),
    "share_done": Kind("%", cumulative=True, by_asset=True),
    "spend": Kind(BILLION),
    "spend_real": Kind(BILLION),
    "draw": Kind(BILLION, sources=True),
    "debt_service": Kind(BILLION, sources=True, beyond=True, law=True),
    "subsidy": Kind(BILLION, sources=True, beyond=True),
    "debt_stock": Kind(BILLION, cumulative=True, sources=True, beyond=True, law=True),
    "borrowing": Kind(BILLION, sources=True),
    "guarantees": Kind(BILLION, cumulative=True, sources=True, beyond=True, senses=(">=", "<="), law=True),
    "new_guarantees": Kind(BILLION, sources=True, of="signed", senses=(">=", "<="), law=True),
    "burden": Kind("%", cumulative=True, of="bills", senses=("<=",), law=True),
    "deficit": Kind(None, cumulative=True, beyond=True, of="areas", senses=("<=",)),
    "foreign_share": Kind("%", cumulative=True, sources=True, beyond=True, ratio=True, law=True),
    "wear": Kind("%", "network", cumulative=True),
    "red_zone": Kind("facilities", "facility", cumulative=True),
    "failures": Kind("failures"),
    "not_supplied": Kind(None),
    "losses": Kind(None, "network"),
    "quantity": Kind(None, by_asset=True, of_quantity=True),
}
OF_CASE = {
    "cost": Kind(BILLION),
    "scope": Kind("km", "network"),
    "length": Kind("km", "network"),
    "capacity": Kind("number", "facility"),
}
"""What is known of a case without any plan: for rows of calibration, no target may ask it."""
KINDS_OF_MEASURE = MEASURES | OF_CASE
SECTORS_OF = {"MWh": ("power",), "Gcal": ("heat",), "thousand m3": ("water", "sewer")}
"""Units of what is not supplied or lost, and the sectors that they are units of."""
UNITS_OF_QUANTITIES = (
    "MW", "Gcal/h", "MVA", "thousand m3/day", "MWh", "Gcal", "thousand m3", "km", "persons", "person-days", "tCO2", "t",
    "tce", "failures", "bursts", BILLION, "number",
)
UNIT_OF = {name: kind.unit for name, kind in MEASURES.items() if kind.unit is not None}
BY_SECTOR = tuple(name for name, kind in MEASURES.items()
                  if kind.unit is None and kind.of != "areas" and not kind.of_quantity)
PERCENT = tuple(name for name, kind in MEASURES.items() if kind.unit == "%")
CUMULATIVE = tuple(name for name, kind in MEASURES.items() if kind.cumulative)
BY_ASSET = tuple(name for name, kind in MEASURES.items() if kind.by_asset)
OF_SOURCES = tuple(name for name, kind in MEASURES.items() if kind.sources)
UNITS_OF_BALANCES = ("MW", "Gcal/h", "thousand m3/day")
"""Units of balances of capacity, and of their deficits."""
BY_LAW = tuple(name for name, kind in MEASURES.items() if kind.law)
"""Measures of which targets are set by law."""
RATIOS = tuple(name for name, kind in MEASURES.items() if kind.ratio)
LAST_MATURITY = 2150
SLOPES = tuple(float(k) for k in range(1, 11))
WIDTHS = (0.1,) * (len(SLOPES) - 1)
"""Convex cost of a normalised shortfall: slope by stretch; the last stretch takes the rest. It rises at every level, so
that a shortage spreads."""


def last_year_of(measure: str, last_year: int, kind: str | None = None) -> int:
    """Last year that a target of this measure may name; ``kind`` of the quantity, where it measures one: a flow is told
    for the year after the last planned one too."""
    if kind == "flow":
        return last_year + 1
    return LAST_MATURITY if MEASURES[measure].beyond else last_year
