"""Table ``targets`` of the comparison: target rows x scenarios, reached, missed, met or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jaryq.base.text import Text
from jaryq.case.case import Case, Target
from jaryq.report.compare.shapes import Side
from jaryq.report.shapes import Out, Value
from jaryq.report.targets import targets_table
from jaryq.report.words import country, joined, region_of, same, sector_of
from jaryq.sheets.results_compare import TARGETS_COMPARED, widened
from jaryq.sheets.words import col


def rows_of(sides: Sequence[Side]) -> list[dict[str, Mapping[str, Value]]]:
    """The rows of each scenario's own table of targets, by key; none without a plan."""
    return [{str(row["target"]): row for row in targets_table(one.found).rows} if one.found else {} for one in sides]


def compared_targets(sides: Sequence[Side], found: Sequence[Mapping[str, Mapping[str, Value]]]) -> Out:
    """What is asked and reached. A column on what each scenario asks, or when, stands there only if a scenario asks
    something else than the base, or of another year: what it reaches is of that year then."""
    keys = list(dict.fromkeys(key for rows in found for key in rows))
    differ, moved = _others(found, "value"), _others(found, "year")
    columns = []
    for i in range(len(sides)):
        if i in moved:
            columns.append(col(f"year_{i}", "text", "Asks of", "Требует к", "Year or years as in this scenario.",
                               "Год или годы как в этом сценарии.", width=10))
        if i in differ:
            columns.append(col(f"asked_{i}", "number", "Asks", "Требует", "As this scenario asks.",
                               "Как требует этот сценарий.", unit="number", width=10))
        columns += [
            col(f"reached_{i}", "number", "Reached", "Достигнуто", "In the unit of the row.", "В единице строки.",
                unit="number", width=10),
            col(f"short_{i}", "number", "Missed by", "Не хватает", "In the unit of the row.", "В единице строки.",
                unit="number", width=10),
            col(f"met_{i}", "text", "Met", "Выполнено", "Yes or no.", "Да или нет.", width=8),
        ]
    scopes = {target.id: _scope(one.found.case, target) for one in reversed(sides) if one.found
              for target in one.found.case.targets}
    rows = []
    for key in keys:
        first = next(there[key] for there in found if key in there)
        row: dict[str, Value] = {h: first.get(h)
                                 for h in ("target", "name", "year", "sense", "value", "unit", "priority")}
        row["filter"] = scopes.get(key)
        for i, there in enumerate(found):
            if key in there:
                mine = there[key]
                row |= {f"year_{i}": mine["year"], f"asked_{i}": mine["value"], f"reached_{i}": mine["reached"],
                        f"short_{i}": mine["shortfall"], f"met_{i}": mine["met"]}
        rows.append(row)
    headings = ("target", "name", "filter", "year", "sense", "value", "unit", "priority",
                *(column.name for column in columns))
    return Out("targets", headings, tuple(rows), form=widened(TARGETS_COMPARED, columns))


def _scope(case: Case, target: Target) -> Text | None:
    """What a row speaks of, in names where the case has them; its measure says already whether it is about facilities
    or networks."""
    parts = []
    for column, value in target.filter.items():
        if column == "kind":
            continue
        known = {"region": region_of(case, value), "sector": sector_of(value),
                 "partner": country(value)}.get(column) if "*" not in value else None
        parts.append(known or same(f"{column}={value}"))
    return joined(parts)


def _others(found: Sequence[Mapping[str, Mapping[str, Value]]], column: str) -> list[int]:
    """Places of the scenarios that ask something else in a column."""
    return [i for i, rows in enumerate(found) if i and any(rows[key][column] != _asked(found, key, column)
                                                           for key in rows)]


def _asked(found: Sequence[Mapping[str, Mapping[str, Value]]], key: str, column: str) -> Value:
    """What the first scenario that has the row asks, or when."""
    return next(rows[key][column] for rows in found if key in rows)
