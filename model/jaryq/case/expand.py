"""Target rows: one for each group of ``by`` and each year, with its identifier, scale and value in the measure's own
unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from jaryq.case.case import Case, Target
from jaryq.case.scope import (
    asset_of,
    balances_of,
    bills_of,
    carries,
    owner_columns,
    owners_of,
    project_columns,
    projects_of,
    source_columns,
    weight_of,
)
from jaryq.sheets.measures import BY_ASSET, CUMULATIVE, MEASURES, PERCENT, RATIOS, last_year_of
from jaryq.tables.selector import FILTER_COLUMNS, MONEY_COLUMNS, OWNER_COLUMNS, matches, parse, years


def expand_targets(case: Case, rows: Sequence[Mapping[str, Any]]) -> Case:
    """The case with its targets, sorted by identifier: ``T``, ``T@KZ-10``, ``T@2027``, ``T@KZ-10@2027``."""
    made = [target for row in rows for target in _targets(case, row)]
    return replace(case, targets=tuple(sorted(made, key=lambda target: target.id)))


def groups(case: Case, target: Target, by: str) -> tuple[str, ...]:
    """Values of the column ``by`` among what the target speaks of."""
    of = MEASURES[target.measure].of
    if of == "areas":
        return tuple(sorted({balance.area for balance in balances_of(case, target)}))
    if of == "bills":
        return tuple(sorted({row.region if by == "region" else row.sector for row in bills_of(case, target)}))
    if by in OWNER_COLUMNS:
        found = {str(owner_columns(case, who)[by]) for who in owners_of(case, target)}
    elif by in MONEY_COLUMNS:
        wanted = {column: value for column, value in target.filter.items()
                  if column in MONEY_COLUMNS and column not in OWNER_COLUMNS}
        rows = [source_columns(source) for source in case.sources.values()]
        found = {str(row[by]) for row in rows if row[by] is not None and matches(wanted, row)}
    else:
        mine = projects_of(case, target)
        if target.quantity is not None:
            mine = tuple(p for p in mine if carries(case.quantities[target.quantity], p))
        if by == "project" and target.measure in BY_ASSET:
            return tuple(sorted({asset_of(p) for p in mine}))
        found = {str(value) for p in mine if (value := project_columns(p)[by]) is not None}
    return tuple(sorted(found))


def _targets(case: Case, row: Mapping[str, Any]) -> Iterator[Target]:
    settings = case.settings
    measure = row["measure"]
    percent = measure in PERCENT
    value = row["value"] / 100.0 if percent else row["value"]
    scale = (row["scale"] / 100.0 if percent else row["scale"]) if row["scale"] is not None else (value or 1.0)
    if measure in RATIOS:
        # Its shortfall is money: the scale is the share of all that may be borrowed for.
        scale *= sum(weight_of(project) for project in case.projects.values()) or 1.0
    price = row["price"]
    name = row.get("name") or row["target"]
    whole = Target(
        id=row["target"], name=name, name_ru=row.get("name_ru") or name,
        origin=row["cells"].get("value", row["origin"]), measure=measure,
        filter=parse(row["filter"], FILTER_COLUMNS), sense=row["sense"], value=value, scale=scale,
        row=row["target"], unit=row["unit"], quantity=row["quantity"],
        priority="price" if price is not None else row["priority"],
        price=(price * 100.0 if percent and measure not in RATIOS else price) if price is not None else 0.0,
    )
    for group in groups(case, whole, row["by"]) if row["by"] else ("",):
        here = whole
        if group:
            here = replace(whole, id=f"{whole.id}@{group}", filter={**whole.filter, row["by"]: group})
        kind = case.quantities[whole.quantity].kind if whole.quantity else None
        span = years(row["years"], settings.first_year, last_year_of(measure, settings.last_year, kind))
        if span and not (measure in CUMULATIVE if kind is None else kind != "flow"):
            yield replace(here, year_first=span[0], year=span[1])
            continue
        every: Sequence[int] = range(span[0], span[1] + 1) if span else settings.years
        if MEASURES[measure].of == "areas":
            # Later years exist only where a balance has them; one that none has is told by a rule.
            had = {year for balance in balances_of(case, here) for year in balance.years}
            every = [year for year in every if year in had] or every[-1:]
        for year in every:
            suffix = f"@{year}" if len(every) > 1 else ""
            yield replace(here, id=f"{here.id}{suffix}", year_first=year, year=year)
