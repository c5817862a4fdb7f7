"""Rows of sheet calibration: what is compared with a published figure, each part as a target measures it
(docs/numbers.md, Calibration)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from jaryq.case.case import Calibration, Case, Facility, Package, Target
from jaryq.case.fill import named
from jaryq.case.scope import projects_of, weight_of
from jaryq.sheets.measures import CUMULATIVE, OF_CASE, PERCENT, last_year_of
from jaryq.tables.selector import FILTER_COLUMNS, PROJECT_COLUMNS, parse, years

GROWS = ("km", "facilities", "share_done")
"""Measures to which each year adds."""

BESIDE_NOTHING = ("effect", "relative")
"""What is taken of the plan beside the case as if nothing more were done."""

BAND = 0.2
"""Of the published figure, to each side, where a row states no band."""


def with_calibration(case: Case, rows: Sequence[Mapping[str, Any]]) -> Case:
    """The case with what is compared, in the order of the sheet."""
    return replace(case, calibration=tuple(_row(case, row) for row in rows))


def _row(case: Case, r: Mapping[str, Any]) -> Calibration:
    published, most = r["published"], last_of(case, r["measure"], r["quantity"])
    span = years(r["years"], case.settings.first_year, most) or (case.settings.years[0], case.settings.years[-1])
    target = Target(**named(r, "calibration"), measure=r["measure"], unit=r["unit"], quantity=r["quantity"],
                    filter=parse(r["filter"], FILTER_COLUMNS))
    whole = replace(target, measure=r["per"], unit="", quantity=None,
                    filter=parse(r["per_filter"], PROJECT_COLUMNS)) if r["per"] else None
    return Calibration(
        **named(r, "calibration"), published=published, take=r["take"], times=r["times"], works=bool(r["works"]),
        least=published - BAND * abs(published) if r["least"] is None else r["least"],
        most=published + BAND * abs(published) if r["most"] is None else r["most"],
        unit=r["as_unit"] or r["unit"], unit_ru=r["as_unit_ru"], parts=_parts(case, target, r["take"], span),
        whole=() if whole is None else _added(whole, *span) if whole.measure in GROWS else _total(case, whole, span),
        source=r["source"] or "", data_status=r["data_status"], why=r["why"] or "", why_ru=r["why_ru"] or "",
        counts=bool(r["counts"]))


def last_of(case: Case, measure: str, quantity: str | None) -> int:
    """Last year that a row may name."""
    last, kind = case.settings.last_year, None if quantity is None else case.quantities[quantity].kind
    return last if measure in OF_CASE else last_year_of(measure, last, kind)


def _stands(case: Case, target: Target) -> bool:
    """Whether a measure is that of 31 December, not a sum of years."""
    quantity = case.quantities.get(target.quantity or "")
    return target.measure in CUMULATIVE or (quantity is not None and quantity.kind != "flow")


def _parts(case: Case, target: Target, take: str, span: tuple[int, int]) -> tuple[tuple[Target, ...], ...]:
    first, last = span
    if take in ("total", *BESIDE_NOTHING):
        return (_total(case, target, span),)
    if take == "change":
        return (_added(target, first, last),)
    return tuple(_added(target, y, y) if target.measure in GROWS else _total(case, target, (y, y))
                 for y in range(first, last + 1))


def _total(case: Case, target: Target, span: tuple[int, int]) -> tuple[Target, ...]:
    first, last = span
    return (replace(target, year_first=last if _stands(case, target) else first, year=last),)


def _added(target: Target, first: int, last: int) -> tuple[Target, ...]:
    """What stands on 31 December of the year before ``first`` and of ``last``."""
    return tuple(replace(target, year_first=year, year=year) for year in (first - 1, last))


def of_case(target: Target) -> bool:
    """Whether a measure is one of the case itself."""
    return target.measure in OF_CASE


def in_case(case: Case, target: Target) -> float:
    """One of the measures of the case itself: bn KZT of the price year, km, or the unit of capacities."""
    projects = projects_of(case, target)
    packages = [project for project in projects if isinstance(project, Package)]
    facilities = [project for project in projects if isinstance(project, Facility)]
    return math.fsum({
        "cost": lambda: [weight_of(project) for project in projects],
        "scope": lambda: [package.km for package in packages],
        "length": lambda: [package.km - package.km_done if package.km_total is None else package.km_total
                           for package in packages],
        "capacity": lambda: [facility.capacity or 0.0 for facility in facilities],
    }[target.measure]())


def shown(target: Target, value: float) -> float:
    """A value of a measure as the row has it: fractions in percent."""
    return 100.0 * value if target.measure in PERCENT else value
