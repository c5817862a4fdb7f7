"""Rules of lots: rows that are one contract, all or none (docs/numbers.md: Sources together)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jaryq.base.digits import apart
from jaryq.base.issues import Issue
from jaryq.base.text import Text
from jaryq.case.case import Case, Facility, Package
from jaryq.case.lots import km_left, lot_km, lots_of
from jaryq.factors.derive import Factors
from jaryq.factors.schedule import most_km, open_periods, starts
from jaryq.rules.rows import Rows
from jaryq.tables.fault import near
from jaryq.tables.tables import Tables

SHEETS = {"facilities": "facility", "networks": "package"}
"""Sheets whose rows may be in a lot, and their keys."""

TOLERANCE = 1e-6


def lots_are_meant(tables: Tables) -> Iterator[Issue]:
    """Rows of a lot are no two variants of a facility; km of a lot need one, and are left; a lot of one row alone is a
    surprise."""
    members: dict[str, list[tuple[Rows, int]]] = {}
    done: dict[Any, float] = {}
    for _, row in Rows(tables, "progress").rows:
        if row.get("status") == "done":
            done[row.get("project")] = done.get(row.get("project"), 0.0) + float(row.get("km") or 0.0)
    for sheet, key in SHEETS.items():
        rows = Rows(tables, sheet)
        assets: dict[tuple[Any, Any], Any] = {}
        for position, row in rows.rows:
            lot = row.get("lot")
            if lot is None:
                if row.get("lot_km") is not None:
                    yield rows.issue("unused_term", position, "lot_km", where="lot")
                continue
            members.setdefault(lot, []).append((rows, position))
            asset = row.get("option_of") or row.get(key)
            if (lot, asset) in assets:
                yield rows.issue("lot_unfit", position, "lot", detail=Text(
                    f"two variants of one facility are in it: {assets[lot, asset]} and {row.get(key)}",
                    f"в нём два варианта одного объекта: {assets[lot, asset]} и {row.get(key)}"))
            assets.setdefault((lot, asset), row.get(key))
            if row.get("lot_km") is not None and row.get("km") is not None:
                left = max(0.0, float(row["km"]) - done.get(row.get(key), 0.0))
                if row["lot_km"] > left + TOLERANCE:
                    there = apart(left, float(row["lot_km"]))[0]
                    yield rows.issue("lot_unfit", position, "lot_km", detail=Text(
                        f"lot_km is more than is left ({there} km)", f"lot_km больше, чем осталось ({there} км)"))
    for lot, places in members.items():
        if len(places) == 1:
            rows, position = places[0]
            others = [str(name) for name in members if name != lot]
            yield rows.issue("lot_alone", position, "lot", lot=lot, hint=near(lot, others))


def lots_can_start(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """All members of a lot can be done, its facilities from one start: stops if one must be done or if they have no
    start in common, else a surprise."""
    case = factors.case
    where = {row.get(key): (rows, position) for sheet, key in SHEETS.items() for rows in (Rows(tables, sheet),)
             for position, row in rows.rows}
    for lot, members in lots_of(case).items():
        keys = sorted([*members.facilities, *members.packages])
        if len(keys) == 1:
            continue
        must = [p for p in keys if _must(case, p)]
        begins = {p: _begins(case, p) for p in keys}
        never = [p for p in keys if begins[p] is not None and not begins[p]]
        kept = next(((a, b) for b in never for a in must if a != b), None)
        if kept:
            yield _issue(where, kept[1], "lot_unfit", detail=Text(
                f"of the lot {lot} {kept[0]} must be done, but {kept[1]} cannot",
                f"из лота {lot} {kept[0]} обязателен, но {kept[1]} выполнить нельзя"))
        elif never:
            yield _issue(where, never[0], "lot_closed", lot=lot, project=never[0])
        elif not never and (pair := _apart(begins, members.facilities)):
            yield _issue(where, pair[1], "lot_unfit", detail=Text(
                f"{pair[0]} and {pair[1]} of the lot {lot} have no common start",
                f"у {pair[0]} и {pair[1]} из лота {lot} нет общего начала"))


def _must(case: Case, p: str) -> bool:
    """Whether a member is done in every plan, and its lot with it."""
    project = case.project(p)
    if isinstance(project, Package):
        return math.fsum(project.committed.values()) > km_left(project) - lot_km(project) + TOLERANCE
    return project.must


def _begins(case: Case, p: str) -> frozenset[str] | None:
    """Periods that a facility may start in; of a package none if its km do not fit into its years, else None."""
    project = case.project(p)
    if isinstance(project, Facility):
        return frozenset(start.period.label for start in starts(case, project))
    by_year: dict[int, float] = {}
    for period in open_periods(case, project):
        by_year[period.year] = by_year.get(period.year, 0.0) + most_km(case, project, period)
    most = math.fsum(km if project.km_per_year is None else min(km, project.km_per_year) for km in by_year.values())
    return None if most > lot_km(project) - TOLERANCE else frozenset()


def _apart(begins: Mapping[str, frozenset[str] | None], facilities: Sequence[str]) -> tuple[str, str] | None:
    """Two facilities without a common start; if any two have one but all do not, the first and the last."""
    mine = [(p, begins[p] or frozenset()) for p in facilities]
    if not mine or frozenset.intersection(*(found for _, found in mine)):
        return None
    pairs = ((p, q) for i, (p, a) in enumerate(mine) for q, b in mine[i + 1:] if not a & b)
    return next(pairs, (mine[0][0], mine[-1][0]))


def _issue(where: Mapping[Any, tuple[Rows, int]], p: str, code: str, **slots: object) -> Issue:
    rows, position = where[p]
    return rows.issue(code, position, "lot", **slots)
