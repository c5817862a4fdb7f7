"""Rules of size: values far from the other rows of their class, their neighbours in time or the whole programme. All
are surprises; nothing is repaired.

Each rule compares with the sheet's own rows (a median, so that a few wrong ones do not hide each other) and is silent
where there are too few. The rules read typed tables, in which a cell with an issue that stops is blank, so they run
beside all other rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from statistics import median
from typing import Any

from jaryq.base.digits import FOUR, apart
from jaryq.base.home import BILLION, HOME_CURRENCY, MILLION
from jaryq.base.issues import Issue, capped
from jaryq.base.text import Text
from jaryq.rules.apart import savings_are_not_negative, values_stand_together
from jaryq.rules.exchange_rates import rates_are_usual
from jaryq.rules.far import MANY, far_off, positive
from jaryq.rules.proportions import peaks_are_near_what_is_available, quantities_are_below_costs
from jaryq.rules.rows import Rows
from jaryq.rules.sizes import number, times
from jaryq.rules.usual_amounts import amounts_fit_the_programme, years_run_on
from jaryq.tables.tables import Tables
from jaryq.tables.values import hundredfold, show

UNUSUAL_UNIT_COST = 10.0
UNUSUAL_PER_CAPACITY = 30.0
UNUSUAL_VALUE = 200.0
"""A thousandfold slip (bn for mn, km for m, MW for kW) stands out, an unusually large plant does not."""

IN_THE_COST = frozenset({("facilities", "cost"), ("facilities", "spend"), ("networks", "km"),
                         ("networks", "unit_cost")})
"""Columns that the cost of all projects is made of."""

BN_FOR_MN = Text(" (bn or mn KZT)", " (млрд или млн тенге)")


def magnitude(tables: Tables, stops: Iterable[Issue] = ()) -> list[Issue]:
    """All surprises about the size of values. ``stops``: what keeps cells from being read; a sum or a column that such
    a cell belongs to is not known, and nothing is compared with it."""
    stops = tuple(stops)
    unknown = any((issue.sheet, issue.column.partition("_2")[0]) in IN_THE_COST for issue in stops)
    rules = [rule for rule in MAGNITUDE if not (unknown and rule is amounts_fit_the_programme)]
    found = [issue for rule in rules for issue in rule(tables)]
    told = {(issue.sheet, issue.cell) for issue in found if issue.code == "year_unusual"}
    elsewhere = {(issue.sheet, issue.cell) for issue in found if issue.code != "value_apart"}
    partly = {(issue.sheet, issue.column) for issue in stops}
    return capped([issue for issue in found
                   if (issue.code != "rate_unusual" or (issue.sheet, issue.cell) not in told)
                   and (issue.code != "value_apart" or ((issue.sheet, issue.cell) not in elsewhere
                                                        and (issue.sheet, issue.column) not in partly))])


def unit_costs_are_usual(tables: Tables) -> Iterator[Issue]:
    """The unit cost of a package lies near the middle of its kind of asset."""
    rows = Rows(tables, "networks")
    found = {position: (row.get("asset_type"), cost)
             for position, row in rows.rows if (cost := positive(row, "unit_cost"))}
    for position, ratio, middle, count in far_off(found, UNUSUAL_UNIT_COST, 3):
        yield rows.issue("unit_cost_unusual", position, "unit_cost", times=times(ratio), middle=number(middle),
                         count=count, hint=BN_FOR_MN)


def costs_fit_capacities(tables: Tables) -> Iterator[Issue]:
    """The cost of a facility per unit of capacity lies near the middle of its kind of asset and project."""
    rows = Rows(tables, "facilities")
    found = {}
    for position, row in rows.rows:
        cost, capacity = positive(row, "cost"), positive(row, "capacity")
        if cost and capacity and row.get("asset_type") and row.get("capacity_unit"):
            found[position] = ((row["asset_type"], row.get("scope") or "reconstruction", row["capacity_unit"]),
                               cost / capacity)
    for position, ratio, middle, count in far_off(found, UNUSUAL_PER_CAPACITY, 4):
        (_, _, unit), per = found[position]
        yield rows.issue("cost_per_capacity_unusual", position, "cost", found=number(per), unit=unit,
                         times=times(ratio), middle=number(middle), count=count)


def costs_are_of_their_class(tables: Tables) -> Iterator[Issue]:
    """The cost of a facility lies near the middle of its kind of asset, unless its capacity has said so already."""
    rows = Rows(tables, "facilities")
    told = {issue.cell for issue in costs_fit_capacities(tables)}
    found = {position: (row["asset_type"], cost)
             for position, row in rows.rows if row.get("asset_type") and (cost := positive(row, "cost"))}
    for position, ratio, middle, count in far_off(found, UNUSUAL_VALUE):
        issue = rows.issue("value_unusual", position, "cost", times=times(ratio), middle=number(middle), count=count,
                           hint=BN_FOR_MN)
        if issue.cell not in told:
            yield issue


CLASSES: tuple[tuple[str, str, tuple[str, ...], Text], ...] = (
    ("facilities", "capacity", ("asset_type", "capacity_unit"),
     Text(" (MW or kW, for example)", " (например, МВт или кВт)")),
    ("networks", "km", ("asset_type",), Text(" (km or m)", " (км или м)")),
    ("networks", "km_total", ("asset_type",), Text(" (km or m)", " (км или м)")),
    ("networks", "savings", ("asset_type",), BN_FOR_MN),
    ("regions", "population", (), Text(" (persons or thousands)", " (человек или тысяч)")),
    ("tariffs", "base", ("sector",), BN_FOR_MN),
)
"""Sheet, column, columns that make a class, and the units that are often mixed up."""


def values_are_of_their_class(tables: Tables) -> Iterator[Issue]:
    """Capacities, lengths, savings, populations and bills lie near the middle of their class."""
    for sheet, column, kinds, hint in CLASSES:
        rows = Rows(tables, sheet)
        found = {position: (tuple(row.get(kind) for kind in kinds), value)
                 for position, row in rows.rows if (value := positive(row, column))}
        for position, ratio, middle, count in far_off(found, UNUSUAL_VALUE):
            yield rows.issue("value_unusual", position, column, times=times(ratio), middle=number(middle), count=count,
                             hint=hint)


def capacities_share_a_unit(tables: Tables) -> Iterator[Issue]:
    """One capacity in a unit of its own, while all others of its kind of asset share another."""
    rows = Rows(tables, "facilities")
    units: dict[str, dict[str, list[int]]] = {}
    for position, row in rows.rows:
        if row.get("asset_type") and row.get("capacity_unit") and row.get("capacity") is not None:
            units.setdefault(row["asset_type"], {}).setdefault(row["capacity_unit"], []).append(position)
    for found in units.values():
        if len(found) != 2:
            continue
        (_, few), (unit, many) = sorted(found.items(), key=lambda item: len(item[1]))
        if len(few) == 1 and len(many) >= MANY:
            yield rows.issue("unit_unusual", few[0], "capacity_unit", count=len(many), unit=unit)


PERCENTS: tuple[tuple[str, str, float], ...] = (("crews", "growth", 1.0), ("tariffs", "rise", 1.0),
                                                ("borrowers", "growth", 1.0), ("asset_types", "ramp_up", 1.0),
                                                ("asset_types", "ramp_down", 1.0), ("sources", "ramp_up", 1.0),
                                                ("sources", "ramp_down", 1.0),
                                                ("price_indices", "long_run", 0.3),
                                            ("asset_types", "burst_growth", 0.3), ("networks", "burst_growth", 0.3))
"""Sheet, column in percent, and below what a value is more likely a fraction (beside those
that have a limit of their own below)."""


def percents_are_percents(tables: Tables) -> Iterator[Issue]:
    """Percent is entered as 40, not as 0.4: growth, shares in targets, rates of loans."""
    for sheet, column, below in PERCENTS:
        rows = Rows(tables, sheet)
        for position, row in rows.rows:
            yield from _fraction(rows, position, column, row.get(column), below)
    rows = Rows(tables, "targets")
    for position, row in rows.rows:
        if row.get("unit") == "%":
            yield from _fraction(rows, position, "value", row.get("value"), 1.0 + 1e-12)
    rows = Rows(tables, "sources")
    for position, row in rows.rows:
        # A loan in yen may well cost 0.4 %; one in tenge does not, and below 0.1 % it is a fraction anywhere.
        yield from _fraction(rows, position, "rate", row.get("rate"),
                             1.0 if (row.get("currency") or HOME_CURRENCY) == HOME_CURRENCY else 0.1)


def _fraction(rows: Rows, position: int, column: str, value: Any, below: float) -> Iterator[Issue]:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < abs(value) < below:
        cell = rows.table.cell(position, column)
        yield Issue("percent_below_one", rows.sheet, cell, column, show(value),
                    {"times": show(hundredfold(float(value)))})


YEARS, MONTHS = Text("years", "годы"), Text("months", "месяцы")
LONG, SHORT = Text("longer", "больше"), Text("shorter", "меньше")
DURATIONS: tuple[tuple[str, str, Text, float, float], ...] = (
    ("sources", "tenor", YEARS, 1.0, 50.0), ("sources", "grace", YEARS, 0.1, 20.0),
    ("sources", "subsidy_years", YEARS, 0.1, 50.0),
    ("asset_types", "life", YEARS, 3.0, 100.0), ("facilities", "life", YEARS, 3.0, 100.0),
    ("networks", "life", YEARS, 3.0, 100.0),
    ("asset_types", "works_months", MONTHS, 0.25, 120.0), ("asset_types", "procurement_months", MONTHS, 0.1, 60.0),
    ("facilities", "works_months", MONTHS, 0.25, 120.0), ("facilities", "procurement_months", MONTHS, 0.1, 60.0),
)
"""Sheet, column, unit, usual least and most."""

OF_THE_KIND = 8.0
"""Works this many times shorter than those of the kind of asset may be in years (a twelfth of the months)."""


def durations_are_in_their_unit(tables: Tables) -> Iterator[Issue]:
    """Tenors and lives are in years, works in months; works far shorter than those of their kind may be in years."""
    for sheet, column, unit, least, most in DURATIONS:
        rows = Rows(tables, sheet)
        other = MONTHS if unit is YEARS else YEARS
        for position, row in rows.rows:
            value = positive(row, column)
            if value is not None and not least <= value <= most:
                usual = f"{number(least)}-{number(most)}"
                yield rows.issue("duration_unusual", position, column, unit=unit, other=other,
                                 odd=LONG if value > most else SHORT, usual=usual)
    of_kind = {row.get("asset_type"): positive(row, "works_months") for _, row in Rows(tables, "asset_types").rows}
    rows = Rows(tables, "facilities")
    for position, row in rows.rows:
        value, usual_value = positive(row, "works_months"), of_kind.get(row.get("asset_type"))
        if value is not None and usual_value and value * OF_THE_KIND <= usual_value:
            yield rows.issue("duration_unusual", position, "works_months", unit=MONTHS, other=YEARS, odd=SHORT,
                             usual=number(usual_value))


def savings_are_below_costs(tables: Tables) -> Iterator[Issue]:
    """What pays for itself within a year is more likely stated in another unit."""
    for sheet, column, unit in (("facilities", "cost", BILLION), ("networks", "unit_cost", f"{MILLION}/km")):
        rows = Rows(tables, sheet)
        for position, row in rows.rows:
            cost, savings = positive(row, column), positive(row, "savings")
            if cost and savings and savings >= cost:
                yield rows.issue("pays_back_at_once", position, "savings", times=times(savings / cost),
                                 cost=f"{number(cost)} {unit}", hint=BN_FOR_MN)


def scopes_are_part_of_the_network(tables: Tables) -> Iterator[Issue]:
    """No more km are in scope than the network has."""
    rows = Rows(tables, "networks")
    for position, row in rows.rows:
        if row.get("km") is not None and row.get("km_total") is not None and row["km"] > row["km_total"] + 1e-6:
            yield rows.issue("scope_above_total", position, "km", total=apart(row["km_total"], row["km"], FOUR)[0])


FAR_NORTH, FAR_EAST = 25.0, 60.0
"""Degrees from the middle of all places: no country's places but those of the largest lie so far apart."""


def places_are_near(tables: Tables) -> Iterator[Issue]:
    """A facility lies near the others; one that would with latitude and longitude exchanged says so."""
    rows = Rows(tables, "facilities")
    there = [(position, float(row["latitude"]), float(row["longitude"])) for position, row in rows.rows
             if row.get("latitude") is not None and row.get("longitude") is not None]
    if len(there) < MANY:
        return
    north, east = median(n for _, n, _ in there), median(e for _, _, e in there)
    for position, n, e in there:
        swapped = abs(n - east) + abs(e - north) < (abs(n - north) + abs(e - east)) / 2
        if swapped or abs(n - north) > FAR_NORTH or abs(e - east) > FAR_EAST:
            hint: Text | str = Text("; latitude and longitude seem exchanged",
                                    "; похоже, широта и долгота переставлены") if swapped else ""
            yield rows.issue("place_unusual", position, "latitude", found=f"{n:g}; {e:g}",
                             usual=f"{north:.4g}; {east:.4g}", swapped=hint)


MAGNITUDE: tuple[Callable[[Tables], Iterator[Issue]], ...] = (
    unit_costs_are_usual,
    costs_fit_capacities,
    costs_are_of_their_class,
    values_are_of_their_class,
    capacities_share_a_unit,
    amounts_fit_the_programme,
    years_run_on,
    rates_are_usual,
    percents_are_percents,
    durations_are_in_their_unit,
    savings_are_below_costs,
    savings_are_not_negative,
    quantities_are_below_costs,
    peaks_are_near_what_is_available,
    values_stand_together,
    scopes_are_part_of_the_network,
    places_are_near,
)
