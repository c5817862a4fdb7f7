"""Rules of sheet progress: what is done, and what is under contract."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jaryq.base.digits import apart
from jaryq.base.issues import Issue
from jaryq.base.text import Text
from jaryq.rules.rows import Rows, span_of
from jaryq.tables.tables import Tables

TOLERANCE = 1e-6
"""Km within which sums are the same."""


def progress_fits(tables: Tables) -> Iterator[Issue]:
    """What is done lies before the first planned year and within the scope; km belong to packages."""
    span = span_of(tables)
    rows = Rows(tables, "progress")
    scope: dict[Any, Any] = {row.get("package"): row.get("km") for _, row in Rows(tables, "networks").rows}
    facilities = {row.get("facility") for _, row in Rows(tables, "facilities").rows}
    sums: dict[Any, float] = {}
    for position, row in rows.rows:
        project, status, year = row.get("project"), row.get("status"), row.get("year")
        if status == "done" and year is not None and year >= span["plan_from"]:
            yield rows.issue(
                "progress_unfit",
                position,
                "year",
                detail=Text(
                    f"done must lie before the first planned year {span['plan_from']}",
                    f"выполненное должно быть раньше первого планируемого года {span['plan_from']}",
                ),
            )
        if project in scope and status == "done":
            if row.get("km") is None:
                yield rows.issue("missing_value", position, "km", what=Text("km done", "км выполнено"))
            else:
                sums[project] = sums.get(project, 0.0) + float(row["km"])
                if scope[project] is not None and sums[project] > float(scope[project]) + 1e-6:
                    done, all_ = apart(sums[project], float(scope[project]))
                    yield rows.issue("progress_unfit", position, "km", detail=Text(
                        f"more km are done ({done}) than are in scope ({all_})",
                        f"выполнено больше км ({done}), чем в программе ({all_})"))
        if project in facilities and row.get("km") is not None:
            yield rows.issue(
                "progress_unfit", position, "km",
                detail=Text("km belong to packages, not to facilities", "км указываются для пакетов, а не для объектов")
            )


def contracts_fit(tables: Tables) -> Iterator[Issue]:
    """Km under contract are stated, planned, left in scope, and possible in the years to their own."""
    span = span_of(tables)
    rows = Rows(tables, "progress")
    packages = {row.get("package"): row for _, row in Rows(tables, "networks").rows}
    done: dict[Any, float] = {}
    due: dict[Any, list[tuple[int, int, float]]] = {}
    for position, row in rows.rows:
        package, year, km = row.get("project"), row.get("year"), row.get("km")
        if package not in packages or year is None:
            continue
        if row.get("status") == "done":
            done[package] = done.get(package, 0.0) + float(km or 0.0)
        elif row.get("status") == "committed" and km is None:
            yield rows.issue("missing_value", position, "km", what=Text("km under contract", "км по договору"))
        elif row.get("status") == "committed" and year < span["plan_from"]:
            yield rows.issue("progress_unfit", position, "year", detail=Text(
                f"km under contract are renewed in {span['plan_from']} or later",
                f"км по договору обновляются в {span['plan_from']} году или позже"))
        elif row.get("status") == "committed":
            due.setdefault(package, []).append((int(year), position, float(km or 0.0)))
    for package, parts in due.items():
        together = 0.0
        for year, position, km in sorted(parts):
            together += km
            most, why = _most(packages[package], done.get(package, 0.0), year, span)
            if most is not None and together > most + TOLERANCE:
                due_km, able = apart(together, most)
                yield rows.issue("progress_unfit", position, "km", detail=Text(
                    f"{due_km} km are under contract to the end of {year}, but {able} are possible ({why})",
                    f"по договорам до конца {year} года {due_km} км, а возможно {able} ({why})"))
                break


def _most(package: Mapping[str, Any], done: float, year: int, span: Mapping[str, int]) -> tuple[float | None, str]:
    """Km of a package that can be renewed to the end of a year by arithmetic alone, and the column that says so."""
    left = None if package.get("km") is None else max(0.0, float(package["km"]) - done)
    most, why = left, "km"
    if package.get("km_per_year") is not None:
        begin = max(int(package.get("earliest") or 0), span["plan_from"])
        end = min(int(package.get("latest") or year), year, span["last_year"])
        paced = float(package["km_per_year"]) * max(0, end - begin + 1)
        if year <= span["last_year"] and (most is None or paced < most):
            most, why = paced, "km_per_year"
    return most, why
