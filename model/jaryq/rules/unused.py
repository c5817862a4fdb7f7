"""What a workbook states and nothing uses, limits that are not there although rows speak of them, and terms that no
payment falls on."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

from jaryq.base.issues import Issue
from jaryq.base.text import Text
from jaryq.factors.derive import Factors
from jaryq.rules.magnitude import number
from jaryq.rules.rows import Rows, span_of
from jaryq.sheets.inputs import INPUTS
from jaryq.tables.called import HOME_CURRENCY
from jaryq.tables.tables import Tables
from jaryq.tables.values import show

MOST_KEYS = 8
"""Keys that a note names; the others are counted."""

ALMOST = 1e-9


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


LIMITED_BY: tuple[tuple[str, str, str, Callable[[dict[str, Any]], bool]], ...] = (
    ("asset_types", "crew", "crews", lambda row: row.get("crew") is not None and bool(row.get("crew_need"))),
    ("asset_types", "outage_season", "outage_limits", lambda row: bool(row.get("outage_season"))
     and bool(row.get("outage_months"))),
)
"""Sheet, column, the sheet that holds the limits, and whether a row speaks of them."""


def years_are_used(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """Ceilings and crews of years that are not planned, prices and rates of years before all that is counted."""
    span = span_of(tables)
    begin = min(span["price_year"], span["plan_from"], span["first_year"])
    for sheet, first, end in (("source_years", span["plan_from"], span["last_year"]),
                              ("crews", span["plan_from"], span["last_year"]),
                              ("price_indices", begin, math.inf), ("currencies", begin, math.inf)):
        rows = Rows(tables, sheet)
        for year in rows.year_columns():
            filled = [position for position, row in rows.rows if row.get(str(year))]
            if filled and not first <= year <= end:
                until = show(end) if math.isfinite(end) else "..."
                yield rows.issue("year_unused", filled[0], str(year), year=str(year), first=str(first), last=until)


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
    """Regions, kinds and currencies that no row refers to and no filter names."""
    used: dict[str, set[object]] = {"regions": set(), "asset_types": set(), "currencies": {HOME_CURRENCY}}
    for sheet in INPUTS:
        for column in sheet.columns:
            ref = "currencies" if (sheet.name, column.name) == ("sources", "currency") else column.ref
            if ref in used and sheet.name in tables and column.name in tables[sheet.name].columns:
                used[ref].update(tables[sheet.name].frame[column.name])
    named = " ".join(str(text) for sheet,
                     column in (("targets", "filter"), ("scenario_changes", "selector"), ("scenario_changes", "value"))
                     if sheet in tables and column in tables[sheet].columns
                     for text in tables[sheet].frame[column] if text is not None)
    for name, keys in used.items():
        rows = Rows(tables, name)
        key = {"regions": "region", "asset_types": "asset_type", "currencies": "currency"}[name]
        idle = [position for position, row in rows.rows if row.get(key) is not None and row[key] not in keys
                and str(row[key]) not in named]
        if idle and len(idle) < len(rows.rows):
            said = [str(rows.rows[position][1][key]) for position in idle]
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


UNUSED: tuple[Callable[[Tables, Factors], Iterator[Issue]], ...] = (
    limits_are_there, years_are_used, rows_are_used, keys_are_used, terms_fall_on_payments,
)
