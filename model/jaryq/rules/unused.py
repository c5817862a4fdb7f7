"""What a workbook states and nothing uses, limits that are not there although rows speak of them, and terms that no
payment falls on."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from jaryq.base.home import HOME, HOME_CURRENCY
from jaryq.base.issues import Issue
from jaryq.base.text import Text
from jaryq.factors.derive import Factors
from jaryq.rules.rows import Rows, span_of
from jaryq.rules.sizes import number
from jaryq.sheets.inputs import INPUTS
from jaryq.sheets.settings import SETTINGS
from jaryq.tables.fault import near
from jaryq.tables.keys import LIMITS, reference
from jaryq.tables.tables import Tables

MOST_KEYS = 8
"""Keys that a note names; the others are counted."""

ALMOST = 1e-9


COUNTED: Mapping[str, str] = {
    "regions": "region", "asset_types": "asset_type", "currencies": "currency", "crews": "crew", "routes": "route",
    "reference_rates": "reference", "source_groups": "group",
}
"""Sheets whose rows count only where others refer to them, and their keys."""


def limits_are_there(tables: Tables, _: Factors) -> Iterator[Issue]:
    """A resource, an outage or a bill of consumers is limited by a row of its sheet; without any row, it is not. Told
    once, where it is first said."""
    for sheet, column, target, says in LIMITED_BY:
        if len(tables.get(target)):
            continue
        rows = Rows(tables, sheet)
        first = next((position for position, row in rows.rows if says(row)), None)
        if first is not None:
            yield rows.issue("limits_absent", first, column, target=target)


def stated_elsewhere(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """Settings that speak of rows of a sheet which has none: years that are done, targets to reach. Without a row of
    eligibility every source may pay for everything."""
    settings = factors.case.settings
    rows = Rows(tables, SETTINGS.name)
    where = {row.get("setting"): position for position, row in rows.rows}
    for setting, target, says, so in (
        ("plan_from", "progress", settings.plan_from > settings.first_year,
         Text(f"nothing counts as done before {settings.plan_from}",
              f"до {settings.plan_from} года ничего не считается выполненным")),
        ("objective", "targets", settings.objective == "least_cost" and not any(
            facility.must or facility.must_any for facility in factors.case.facilities.values()),
         Text("there is nothing to reach at the least cost", "достигать с наименьшими затратами нечего")),
    ):
        if says and setting in where and not len(tables.get(target)):
            yield replace(rows.issue("rows_absent", where[setting], "value", target=target, so=so), column=setting)
    sources = Rows(tables, "sources")
    abroad = next((position for position, row in sources.rows if row.get("partner") not in (None, HOME)
                   and row.get("status") != "closed"), None)
    if abroad is not None and not len(tables.get("eligibility")):
        yield sources.issue("all_eligible", abroad, "source_id")


LIMITED_BY: tuple[tuple[str, str, str, Callable[[dict[str, Any]], bool]], ...] = (
    ("asset_types", "crew", "crews", lambda row: row.get("crew") is not None and bool(row.get("crew_need"))),
    ("crew_needs", "crew", "crews", lambda row: row.get("crew") is not None),
    ("asset_types", "outage_season", "outage_limits", lambda row: bool(row.get("outage_season"))
     and bool(row.get("outage_months"))),
)
"""Sheet, column, the sheet that holds the limits, and whether a row speaks of them."""


def years_are_used(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """Ceilings and crews of years that are not planned, prices and rates of years before all that is counted."""
    span = span_of(tables)
    before = 0 if factors.prices.timing == 0.0 else 1
    for sheet, first, end in (("source_years", span["plan_from"], span["last_year"]),
                              ("crews", span["plan_from"], span["last_year"]),
                              ("price_indices", _first_priced(tables, span, 1), math.inf),
                              ("currencies", _first_priced(tables, span, before), math.inf)):
        rows = Rows(tables, sheet)
        for year in rows.year_columns():
            filled = [position for position, row in rows.rows if row.get(str(year))]
            if filled and not first <= year <= end:
                until = (Text(f"{first} to {end:.0f}", f"{first}-{end:.0f}") if math.isfinite(end)
                         else Text(f"{first} and later", f"{first} год и позже"))
                yield rows.issue("year_unused", filled[0], str(year), year=str(year), years=until)


def _first_priced(tables: Tables, span: Mapping[str, int], before: int) -> int:
    """The first year whose prices or rates count: that of prices, of what was spent, or so many years ``before`` the
    first one. Averages stand at the point of a year where its money is counted, so that what is between two of them
    takes both, as 1 January of the first year does; bills of consumers are those of the year before (docs/numbers.md:
    Prices, Tariffs)."""
    spent = [int(row["year"]) for _, row in Rows(tables, "progress").rows if row.get("spent") and row.get("year")]
    return min(span["price_year"], span["first_year"] - before, *spent)


def rows_are_used(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """Ceilings of a source that is closed; a scenario closes sources in full knowledge of their ceilings."""
    if factors.case.scenario != "base":
        return
    closed = {row.get("source_id") for _, row in Rows(tables, "sources").rows if row.get("status") == "closed"}
    rows = Rows(tables, "source_years")
    for position, row in rows.rows:
        if row.get("source_id") in closed and any(row.get(str(year)) for year in rows.year_columns()):
            yield rows.issue("row_unused", position, "source_id",
                             why=Text("its source is closed", "её источник закрыт"))


def keys_are_used(tables: Tables, _: Factors) -> Iterator[Issue]:
    """Regions, kinds, currencies, resources and the like that no row refers to and no filter names. A resource that is
    called almost as one that is needed is a surprise: its limit is lost."""
    used: dict[str, set[object]] = {name: set() for name in COUNTED} | {"currencies": {HOME_CURRENCY}}
    for sheet in INPUTS:
        for column in sheet.columns:
            ref = reference(sheet.name, column)
            if ref in used and sheet.name in tables and column.name in tables[sheet.name].columns:
                used[ref].update(tables[sheet.name].values[column.name])
    named = " ".join(str(text)
                     for sheet, column in (("targets", "filter"), ("scenario_changes", "selector"),
                                           ("scenario_changes", "value"), ("uncertainty", "selector"),
                                           ("balances", "regions"))
                     if sheet in tables and column in tables[sheet].columns
                     for text in tables[sheet].values[column] if text is not None)
    for name, keys in used.items():
        rows = Rows(tables, name)
        key = COUNTED[name]
        idle = [position for position, row in rows.rows if row.get(key) is not None and row[key] not in keys
                and str(row[key]) not in named]
        if name in LIMITS:
            for position in idle:
                if hint := near(str(rows.rows[position][1][key]), [str(each) for each in keys if each is not None]):
                    yield rows.issue("limit_unused", position, key, hint=hint)
                    idle = [other for other in idle if other != position]
        if idle:
            said = list(dict.fromkeys(str(rows.rows[position][1][key]) for position in idle))
            yield rows.issue("keys_unused", idle[0], key, count=len(idle),
                             keys=", ".join(said[:MOST_KEYS]) + (", ..." if len(said) > MOST_KEYS else ""))


def terms_fall_on_payments(tables: Tables, _: Factors) -> Iterator[Issue]:
    """Grace and tenor of a loan are whole payments; others are rounded to the nearest, a subsidy down, as
    :func:`jaryq.factors.loans.schedule` takes them."""
    rows = Rows(tables, "sources")
    for position, row in rows.rows:
        if row.get("kind") != "loan" or row.get("status") == "closed":
            continue
        payments = int(row.get("payments") or 2)
        for column in ("grace", "tenor", "subsidy_years"):
            exact = (row.get(column) or 0.0) * payments
            if abs(exact - round(exact)) <= ALMOST:
                continue
            taken = math.floor(exact) if column == "subsidy_years" else max(round(exact), 1 if column == "tenor" else 0)
            yield rows.issue("term_rounded", position, column, payments=payments, exact=number(exact), taken=taken,
                             years=number(taken / payments),
                             low=number(math.floor(exact) / payments), high=number(math.ceil(exact) / payments))


def works_end_with_periods(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """Works last whole periods (:func:`jaryq.factors.schedule.starts`): one note for all whose months do not."""
    months = 12 / factors.case.settings.periods_per_year
    left = {key: facility.procurement_months + facility.works_months
            for key, facility in factors.case.facilities.items()
            if facility.done is None and facility.started is None and facility.spend is None}
    within = {key: total for key, total in left.items() if abs(total / months - round(total / months)) > ALMOST}
    if not within:
        return
    rows = Rows(tables, "facilities")
    (position, key), *others = [(position, str(row["facility"])) for position, row in rows.rows
                                if row.get("facility") in within]
    low = math.floor(within[key] / months) * months
    names = ", ".join(name for _, name in others[:MOST_KEYS]) + (", ..." if len(others) > MOST_KEYS else "")
    more = Text(f"; the same for {len(others)} more: {names}", f"; так же ещё {len(others)}: {names}") if others else ""
    yield rows.issue("months_rounded", position, "works_months", exact=number(within[key]), months=number(months),
                     low=number(low), high=number(low + months), more=more)


UNUSED: tuple[Callable[[Tables, Factors], Iterator[Issue]], ...] = (
    limits_are_there, stated_elsewhere, years_are_used, rows_are_used, keys_are_used, terms_fall_on_payments,
    works_end_with_periods,
)
