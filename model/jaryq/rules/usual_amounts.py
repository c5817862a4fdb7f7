"""Amounts beside the whole programme and beside the other years of their row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jaryq.base.home import HOME_CURRENCY
from jaryq.base.issues import Issue
from jaryq.base.text import Text
from jaryq.base.units import bn_of
from jaryq.rules.far import far_off, positive
from jaryq.rules.rows import Rows
from jaryq.rules.sizes import number, times
from jaryq.tables.tables import Tables

UNUSUAL_AMOUNT = 300.0
UNUSUAL_PROGRAMME = 10.0
UNUSUAL_YEAR = 3.0
UNUSUAL_PACE = 30.0


def amounts_fit_the_programme(tables: Tables) -> Iterator[Issue]:
    """Money of a source is neither many times the cost of all projects, nor far from the middle of the open sources."""
    sources = Rows(tables, "sources")
    worth = {HOME_CURRENCY: 1.0}
    currencies = Rows(tables, "currencies")
    for _, row in currencies.rows:
        rates = [rate for year in currencies.year_columns() if (rate := positive(row, str(year)))]
        if rates and row.get("currency"):
            worth[row["currency"]] = rates[0]
    currency_of = {row.get("source_id"): row.get("currency") or HOME_CURRENCY for _, row in sources.rows}
    rate_of = {row.get("source_id"): worth.get(row.get("currency") or HOME_CURRENCY)
               for _, row in sources.rows if row.get("status") != "closed"}
    years = Rows(tables, "source_years")
    columns = [str(year) for year in years.year_columns()]
    stated: list[tuple[Rows, int, dict[str, Any], tuple[str, ...]]] = [(sources, position, row, ("envelope",))
                                                                       for position, row in sources.rows]
    stated += [(years, position, row, tuple(columns)) for position, row in years.rows]
    total = programme_cost(tables)
    told = {(issue.sheet, issue.cell) for issue in years_run_on(tables)}
    for kind in ("sources", "source_years"):
        found: dict[tuple[int, str], tuple[object, float]] = {}
        for rows, position, row, names in stated:
            rate = rate_of.get(row.get("source_id"))
            if rows.sheet == kind and rate is not None:
                found |= {(position, name): (kind, amount * rate) for name in names if (amount := positive(row, name))}
        wrong = _amounts(sources if kind == "sources" else years, found, total, currency_of)
        yield from (issue for issue in wrong if (issue.sheet, issue.cell) not in told)


def _amounts(rows: Rows, found: Mapping[tuple[int, str], tuple[object, float]], total: float,
             currency_of: Mapping[object, str]) -> Iterator[Issue]:
    places = list(found)
    far = {places[place]: (ratio, middle)
           for place, ratio, middle, _ in far_off(dict(enumerate(found.values())), UNUSUAL_AMOUNT)}
    for place, (_, kzt) in found.items():
        ratio, middle, against = 0.0, total, Text("the cost of all projects", "стоимости всех проектов")
        if total > 0 and kzt / total >= UNUSUAL_PROGRAMME:
            ratio = kzt / total
        elif place in far:
            (ratio, middle), against = far[place], Text("the middle of the open sources",
                                                        "середины открытых источников")
        if ratio:
            currency = currency_of.get(rows.rows[place[0]][1].get("source_id"), HOME_CURRENCY)
            yield rows.issue("amount_unusual", place[0], place[1], kzt=number(kzt), times=times(ratio), against=against,
                             middle=number(middle), unit=bn_of(currency))


def programme_cost(tables: Tables) -> float:
    """Cost of all projects as stated, bn KZT of the price year."""
    rows = Rows(tables, "facilities")
    columns = [f"spend_{year}" for year in rows.year_columns("spend_")]
    total = sum((positive(row, name) or 0.0) for _, row in rows.rows for name in ("cost", *columns))
    return total + sum((positive(row, "km") or 0.0) * (positive(row, "unit_cost") or 0.0) / 1000.0
                       for _, row in Rows(tables, "networks").rows)


SERIES: tuple[tuple[str, str, float], ...] = (
    ("currencies", "", UNUSUAL_YEAR), ("currencies", "end_", UNUSUAL_YEAR),
    ("price_indices", "", UNUSUAL_YEAR), ("source_years", "", UNUSUAL_PACE), ("crews", "", UNUSUAL_PACE),
    ("quantity_values", "", UNUSUAL_PACE), ("balances", "peak_", UNUSUAL_YEAR),
    ("balances", "available_", UNUSUAL_YEAR), ("ties", "", UNUSUAL_PACE),
    ("borrowers", "cash_", UNUSUAL_PACE), ("borrowers", "other_", UNUSUAL_PACE),
)


def years_run_on(tables: Tables) -> Iterator[Issue]:
    """A value of one year lies near those of the two nearest years of its row (zeros, which close a year, are left
    out)."""
    for sheet, prefix, factor in SERIES:
        rows = Rows(tables, sheet)
        columns = rows.year_columns(prefix)
        for position, row in rows.rows:
            given = [(year, value) for year in columns if (value := positive(row, f"{prefix}{year}"))]
            for place, (year, value) in enumerate(given):
                near = given[max(place - 1, 0): place] + given[place + 1: place + 2]
                if len(near) == 1:
                    near += given[place + 2: place + 3] if place == 0 else given[place - 2: place - 1]
                ratios = [value / other for _, other in near]
                if len(near) == 2 and (min(ratios) >= factor or max(ratios) <= 1 / factor):
                    closest = min(ratios) if min(ratios) >= factor else max(ratios)
                    others = "; ".join(f"{other_year}: {number(other)}" for other_year, other in sorted(near))
                    yield rows.issue("year_unusual", position, f"{prefix}{year}", times=times(closest), near=others)
