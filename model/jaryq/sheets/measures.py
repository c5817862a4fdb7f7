"""What a target may measure: the unit of each measure and what it speaks of. Declared once; which projects and sources
fall under it: ``case.scope``."""

from __future__ import annotations

UNIT_OF = {"km": "km", "facilities": "facilities", "share_done": "%", "spend": "bn KZT", "draw": "bn KZT",
           "debt_service": "bn KZT", "subsidy": "bn KZT",
           "debt_stock": "bn KZT", "borrowing": "bn KZT", "foreign_share": "%", "wear": "%", "red_zone": "facilities",
           "failures": "failures"}
SECTORS_OF = {"MWh": ("power",), "Gcal": ("heat",), "thousand m3": ("water", "sewer")}
"""Units of what is not supplied or lost, and the sectors that they are units of."""
BY_SECTOR = ("not_supplied", "losses")
"""Measures whose unit is that of the sector."""
CUMULATIVE = ("km", "facilities", "share_done", "debt_stock", "foreign_share", "wear", "red_zone")
PERCENT = ("share_done", "foreign_share", "wear")
OF_ASSETS = ("wear", "red_zone", "failures", "not_supplied", "losses")
"""Measures of condition: a variant belongs to the facility it is a variant of."""
BY_ASSET = ("facilities", "share_done")
"""Measures that count a variant for its asset: a filter on projects may name the row or its asset."""
OF_SOURCES = ("draw", "debt_service", "subsidy", "debt_stock", "borrowing", "foreign_share")
"""Measures of money of sources: their filter may name sources, partners, currencies, groups and who repays."""

BEYOND = ("debt_service", "subsidy", "debt_stock", "foreign_share")
"""Measures that go on after the last year, until loans are repaid."""
LAST_MATURITY = 2150
SLOPES = tuple(float(k) for k in range(1, 11))
WIDTHS = (0.1,) * (len(SLOPES) - 1)
"""Convex cost of a normalised shortfall: slope by stretch; the last stretch takes the rest. It rises at every level, so
that a shortage spreads."""


def last_year_of(measure: str, last_year: int) -> int:
    """Last year that a target of this measure may name."""
    return LAST_MATURITY if measure in BEYOND else last_year
