"""Figures by which plans are compared over many futures, each the measure of a target (docs/numbers.md: Deciding before
knowing)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jaryq.base.home import BILLION
from jaryq.base.sectors import SECTORS
from jaryq.base.text import Text
from jaryq.case.case import Case, Target
from jaryq.case.plan import Plan
from jaryq.factors.derive import Factors
from jaryq.factors.measures import measured

MISSED = 1e-6
"""A target is missed by more than this share of what it is measured by."""


@dataclass(frozen=True)
class Indicator:
    """A figure of a plan: its key, name and unit. ``more``: whether more of it is better (None: neither)."""

    key: str
    text: Text
    unit: str
    more: bool | None
    target: Target


def indicators(case: Case) -> tuple[Indicator, ...]:
    """What is measured of every plan, over the planned years or on the last 31 December: facilities, km in all and by
    kind, spending, service and stock of debt, of it in other currencies."""
    first, last = case.settings.plan_from, case.settings.last_year
    asked = [
        ("facilities", Text("facilities finished", "объектов завершено"), "facilities", "facilities", True, {}, last),
        ("km", Text("km renewed", "км обновлено"), "km", "km", True, {}, last),
        *((f"km_{sector}", _km_of(sector), "km", "km", True, {"sector": sector}, last)
          for sector in sorted({package.sector for package in case.packages.values() if package.sector})),
        ("spending", Text("spending", "затраты"), BILLION, "spend", None, {}, last),
        ("service", Text("debt service in planned years", "обслуживание долга в плановые годы"), BILLION,
         "debt_service", False, {}, last),
        ("stock", Text("debt at the end", "долг на конец"), BILLION, "debt_stock", False, {}, last),
        ("foreign", Text("share of other currencies in the debt at the end", "доля других валют в долге на конец"), "%",
         "foreign_share", None, {}, last),
    ]
    stands = {"debt_stock", "foreign_share"}
    return tuple(Indicator(key, text, unit, more, Target(
        key, text.en, text.ru, "", measure=measure, filter=only, year=year,
        year_first=year if measure in stands else first)) for key, text, unit, measure, more, only, year in asked)


def _km_of(sector: str) -> Text:
    said = SECTORS.get(sector, Text(sector, sector))
    return Text(f"km renewed, {said.en}", f"км обновлено, {said.ru}")


def figures(f: Factors, plan: Plan, asked: tuple[Indicator, ...]) -> Mapping[str, float]:
    """The indicators of a plan, in their units; and how many targets it misses."""
    found = {one.key: measured(f, one.target).on(plan) * (100.0 if one.unit == "%" else 1.0) for one in asked}
    return {**found, "missed": float(len(missed(f, plan)))}


def missed(f: Factors, plan: Plan) -> tuple[str, ...]:
    """The target rows that a plan misses, by their keys."""
    return tuple(target.id for target in f.case.targets
                 if measured(f, target).missed(plan, target) > MISSED * max(target.scale, 1e-12))
