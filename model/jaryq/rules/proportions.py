"""Sizes of quantities and balances against what stands beside them: surprises that need no other rows of their kind."""

from __future__ import annotations

from collections.abc import Iterator

from jaryq.base.home import BILLION, MILLION
from jaryq.base.issues import Issue
from jaryq.base.text import Text
from jaryq.rules.rows import Rows
from jaryq.rules.sizes import number, times
from jaryq.sheets.quantities import PREFIX
from jaryq.tables.tables import Tables

APART = 5.0
"""Times that the peak of an area and what is available there differ: a deficit of four fifths is no power system."""

MOST_ONCE = 10.0
"""Times its cost that a project may bring at once; what it brings in each year reaches its cost never."""

PER_YEAR, AT_ONCE = Text("in a year", "за год"), Text("at once", "разово")


def quantities_are_below_costs(tables: Tables) -> Iterator[Issue]:
    """What a quantity of a project is worth in a year does not reach the cost of the project: else its unit or its
    value is more likely another one (MW in kW, tenge in millions). Values in KZT, costs of facilities in bn KZT, of
    networks in mn KZT a km."""
    values = {str(row["quantity"]): (f"{PREFIX}{str(row['quantity']).lower()}", abs(row["value"]),
                                     row.get("kind") == "once")
              for _, row in Rows(tables, "quantities").rows if row.get("quantity") and row.get("value")}
    for sheet, column, unit, kzt in (("facilities", "cost", BILLION, 1e9),
                                     ("networks", "unit_cost", f"{MILLION}/km", 1e6)):
        rows = Rows(tables, sheet)
        there = [(key, *stated) for key, stated in values.items() if rows.table.holds(stated[0])]
        for position, row in rows.rows:
            cost = row.get(column)
            for key, heading, value, once in there:
                worth = abs(row[heading] or 0.0) * value / kzt
                if cost is not None and cost > 0 and worth >= cost * (MOST_ONCE if once else 1.0):
                    yield rows.issue("quantity_unusual", position, heading, times=times(worth / cost),
                                     cost=f"{number(cost)} {unit}", quantity=key, when=AT_ONCE if once else PER_YEAR)


def peaks_are_near_what_is_available(tables: Tables) -> Iterator[Issue]:
    """The peak of an area and the capacity that is available there in the same year are of one size."""
    rows = Rows(tables, "balances")
    for position, row in rows.rows:
        for year in rows.year_columns("peak_"):
            peak, available = row.get(f"peak_{year}"), row.get(f"available_{year}")
            if peak and available and not 1 / APART < peak / available < APART:
                yield rows.issue("value_unlike", position, f"peak_{year}", times=times(peak / available),
                                 other=f"available_{year}", found=number(available),
                                 hint=Text(" (MW or kW, for example)", " (например, МВт или кВт)"))
                break
