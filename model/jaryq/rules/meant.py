"""What a row of targets or of calibration measures: its unit, its filter and its years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jaryq.base.issues import Issue
from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.rules.rows import Rows
from jaryq.sheets.measures import (
    BY_SECTOR,
    KINDS_OF_MEASURE,
    MEASURES,
    SECTORS_OF,
    UNITS_OF_BALANCES,
    last_year_of,
)
from jaryq.tables.filters import CLOSED
from jaryq.tables.selector import PROJECT_COLUMNS, BadSelector, columns_of, parse, years


def measure_is_meant(rows: Rows, position: int, row: Mapping[str, Any], span: Mapping[str, int],
                     quantities: Mapping[Any, Mapping[str, Any]]) -> Iterator[Issue]:
    """The row has the unit of its measure, a filter by columns that the measure knows, and years within the span;
    ``quantities``: rows of their sheet by key."""
    measure = row["measure"]
    kind = KINDS_OF_MEASURE[measure]
    quantity = quantities.get(row.get("quantity"), {}) if kind.of_quantity else {}
    yield from _quantity_of(rows, position, measure, row.get("quantity"))
    own = str(quantity.get("unit") or row.get("unit"))
    units = (UNITS_OF_BALANCES if kind.of == "areas" else tuple(SECTORS_OF) if measure in BY_SECTOR
             else (kind.unit or own,))
    if row.get("unit") is not None and row["unit"] not in units:
        said = ", ".join(units)
        yield rows.issue("target_unfit", position, "unit",
                         detail=Text(f"{measure} is measured in {said}", f"{measure} измеряется в {said}"),
                         remedy=Text(f"enter {said}", f"укажите {said}"))
    yield from filter_is_meant(rows, position, row, "filter",
                               columns_of(measure) if measure in MEASURES else PROJECT_COLUMNS)
    last = span["last_year"]
    if measure in MEASURES:
        last = last_year_of(measure, last, quantity.get("kind"))
    try:
        years(row.get("years"), span["first_year"], last)
    except BadSelector as error:
        yield rows.issue("target_unfit", position, "years", detail=error.text,
                         remedy=Text("enter a year or a range such as 2027-2030",
                                     "укажите год или период, например 2027-2030"))


def _quantity_of(rows: Rows, position: int, measure: str, quantity: object) -> Iterator[Issue]:
    """A quantity is named where one is measured, and nowhere else."""
    if KINDS_OF_MEASURE[measure].of_quantity and quantity is None:
        yield rows.issue("missing_value", position, "quantity",
                         what=Text("needed for measure quantity", "нужна для показателя quantity"))
    if quantity is not None and not KINDS_OF_MEASURE[measure].of_quantity:
        yield rows.issue("target_unfit", position, "quantity",
                         detail=Text(f"{measure} measures no quantity", f"показатель {measure} не измеряет величину"),
                         remedy=Text("enter measure quantity, or leave the cell blank",
                                     "укажите показатель quantity или оставьте ячейку пустой"))


def filter_is_meant(rows: Rows, position: int, row: Mapping[str, Any], column: str,
                    columns: tuple[str, ...]) -> Iterator[Issue]:
    """A filter is a list of columns with values."""
    try:
        parse(row.get(column), columns)
    except BadSelector as error:
        yield rows.issue("bad_selector", position, column, detail=error.text, columns=", ".join(columns))


def known_values(case: Case) -> dict[str, set[str | None]]:
    """Values that filters may ask for and that are no keys of a sheet, by column."""
    return {**{column: {*listed} for column, listed in CLOSED.items()},
            "sector": {project.sector for project in case.projects.values()},
            "partner": {source.partner for source in case.sources.values()}}
