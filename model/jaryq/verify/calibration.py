"""What a case or a plan gives where a figure is published, recomputed (docs/numbers.md, Calibration)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import fsum

from jaryq.case.case import Calibration, Case, Target
from jaryq.verify.funding import sector_of
from jaryq.verify.measures import Measures, fits
from jaryq.verify.works import length_of

PERCENT = ("share_done", "foreign_share", "wear")
OF_CASE = ("cost", "scope", "length", "capacity")


def calibrated(case: Case, plan: Measures, nothing: Callable[[], Measures]) -> dict[str, float]:
    """By row what is compared, where there is something; ``nothing``: the measures were nothing done any more."""
    if not case.calibration:
        return {}
    needed = any(row.take in ("effect", "relative") or not (row.works or _known(row)) for row in case.calibration)
    bare = nothing() if needed else plan
    found = {}
    for row in case.calibration:
        value = _value(case, row, plan if row.works else bare, bare)
        if value is not None:
            found[row.id] = value
    return found


def within(case: Case, values: Mapping[str, float]) -> int | None:
    """How many rows that count lie in their bands, with 1e-9 of their ends; None without rows."""
    if not case.calibration:
        return None
    return sum(row.least - 1e-9 * abs(row.least) <= values[row.id] <= row.most + 1e-9 * abs(row.most)
               for row in case.calibration if row.id in values and row.counts)


def _known(row: Calibration) -> bool:
    return all(target.measure in OF_CASE for part in (*row.parts, row.whole) for target in part)


def _value(case: Case, row: Calibration, measures: Measures, bare: Measures) -> float | None:
    found = [(part[-1].year, _difference(case, part, measures)) for part in row.parts]
    without = [_difference(case, part, bare) if row.take in ("effect", "relative") else 0.0 for part in row.parts]
    found = [(year, amount - idle) for (year, amount), idle in zip(found, without, strict=True)]
    if row.take == "last":
        years = [year for year, amount in found if amount > 1e-6]
        return float(max(years)) if years else None
    divisor = without[0] if row.take == "relative" else _difference(case, row.whole, measures) if row.whole else 1.0
    if abs(divisor) <= 1e-9:
        return None
    return row.times * max(amount for _, amount in found) / divisor


def _difference(case: Case, part: Sequence[Target], measures: Measures) -> float:
    """The amount of one target; of two, how much the second exceeds the first."""
    amount = _amount(case, part[-1], measures)
    return amount if len(part) == 1 else amount - _amount(case, part[0], measures)


def _amount(case: Case, target: Target, measures: Measures) -> float:
    if target.measure not in OF_CASE:
        return measures.row(target).reached * (100.0 if target.measure in PERCENT else 1.0)
    keys = [key for key in case.projects if _meant(case, key, target.filter)]
    facilities = [case.facilities[key] for key in keys if key in case.facilities]
    packages = [case.packages[key] for key in keys if key in case.packages]
    if target.measure == "cost":
        return fsum([*(f.overnight for f in facilities), *(n.unit_cost * n.km for n in packages)])
    if target.measure == "scope":
        return fsum(n.km for n in packages)
    if target.measure == "length":
        return fsum(length_of(n) for n in packages)
    return fsum(f.capacity for f in facilities if f.capacity is not None)


def _meant(case: Case, key: str, wanted: Mapping[str, str]) -> bool:
    """Whether every condition of a filter fits a project."""
    project = case.projects[key]
    of = {"project": key, "kind": project.kind, "sector": sector_of(case, project), "type": project.asset_type,
          "region": project.region, "zone": project.zone}
    return all(fits(pattern, of[column]) for column, pattern in wanted.items())
