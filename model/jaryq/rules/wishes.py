"""Rules of wishes, sheet overrides (docs/numbers.md, Wishes)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jaryq.base.digits import apart
from jaryq.base.issues import Issue
from jaryq.base.text import Text
from jaryq.case.case import Facility, Package
from jaryq.case.wishes import PERIOD
from jaryq.factors.derive import Factors
from jaryq.rules.rows import Rows
from jaryq.tables.tables import Tables

TOLERANCE = 1e-6
DATES = ("not_before", "not_after")


def wishes_are_meant(tables: Tables) -> Iterator[Issue]:
    """A row wants something, of a project that it can be wanted of, and nothing against itself or what is settled."""
    rows = Rows(tables, "overrides")
    facilities = {row.get("facility"): row for _, row in Rows(tables, "facilities").rows}
    packages = {row.get("package") for _, row in Rows(tables, "networks").rows}
    settled = {row.get("project"): str(row.get("status")) for _, row in Rows(tables, "progress").rows
               if row.get("status") in ("done", "started")}
    wanted: dict[Any, Any] = {}
    for position, row in rows.rows:
        key, more = row.get("project"), _dates(row) + _km_columns(rows, row)
        yield from _of_itself(rows, position, more)
        if key in packages and row.get("decision") == "do":
            yield rows.issue("wish_unfit", position, "decision", detail=Text(
                "a package is renewed by the km: state them in columns km_2027 and so on",
                "пакет обновляется по километрам: укажите их в столбцах km_2027 и т. д."))
        if key in facilities:
            yield from _of_facility(rows, position, facilities[key], settled.get(key))
            asset = facilities[key].get("option_of") or key
            if row.get("decision") == "do" and wanted.setdefault(asset, key) != key:
                yield rows.issue("wish_unfit", position, "decision", detail=Text(
                    f"two variants of {asset} are wanted: {wanted[asset]} and {key}",
                    f"желают два варианта {asset}: {wanted[asset]} и {key}"))


def _dates(row: Mapping[str, Any]) -> list[str]:
    return [name for name in DATES if row.get(name) is not None]


def _quarter(text: object, blank: int) -> int | None:
    """A period as a number of quarters; ``blank``: the quarter of a year as such."""
    said = PERIOD.fullmatch(str(text or "").strip().removesuffix(".0").upper())
    return None if said is None else 4 * int(said[1]) + int(said[2] or blank)


def _km_columns(rows: Rows, row: Mapping[str, Any]) -> list[str]:
    return [f"km_{y}" for y in rows.year_columns("km_") if row.get(f"km_{y}") is not None]


def _of_itself(rows: Rows, position: int, more: Sequence[str]) -> Iterator[Issue]:
    """What a row says of its own; ``more``: its dates and km."""
    row = rows.rows[position][1]
    decision, payer = row.get("decision"), row.get("payer")
    for name in _dates(row):
        if not PERIOD.fullmatch(str(row[name]).strip().removesuffix(".0").upper()):
            yield rows.issue("wrong_type", position, name,
                             what=Text("a period such as 2027 or 2027Q3", "период вида 2027 или 2027Q3"))
    first, last = _quarter(row.get("not_before"), 1), _quarter(row.get("not_after"), 4)
    if first is not None and last is not None and first > last:
        yield rows.issue("limits_crossed", position, "not_before", most="not_after", limit=str(row["not_after"]))
    if row.get("payer_share") is not None and payer is None:
        yield rows.issue("unused_term", position, "payer_share", where="payer")
    if not (decision or more or payer):
        yield rows.issue("wish_idle", position, "project", detail=Text("the row wants nothing",
                                                                       "строка ничего не желает"))
    if decision == "leave_out" and (more or payer):
        yield rows.issue("wish_unfit", position, more[0] if more else "payer", detail=Text(
            "it is to be left out, so nothing else can be wanted of it",
            "проект нужно исключить, другого от него желать нельзя"))


def _of_facility(rows: Rows, position: int, facility: Mapping[str, Any], settled: str | None) -> Iterator[Issue]:
    """What cannot be wanted of a facility; ``settled``: done or started, where progress says so."""
    row = rows.rows[position][1]
    decision, km = row.get("decision"), _km_columns(rows, row)
    # What is no period is told as such, and nothing else of it.
    dates = [name for name in _dates(row) if _quarter(row[name], 1) is not None]
    if km:
        yield rows.issue("wish_unfit", position, km[0], detail=Text("a facility has no km", "у объекта нет километров"))
    if settled and (decision == "leave_out" or dates):
        yield rows.issue("wish_unfit", position, "decision" if decision else dates[0], detail=Text(
            f"sheet progress says that it is {settled}",
            "по листу progress он уже " + ("выполнен" if settled == "done" else "начат")))
    if decision == "leave_out" and facility.get("must_do") and facility.get("must_be_this"):
        yield rows.issue("wish_unfit", position, "decision", detail=Text(
            "facilities says that it must be done", "по листу facilities он обязателен"))


def wishes_can_be_kept(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """Each wish alone can be kept: a start or period is left, the km fit, the payer may pay as much."""
    rows = Rows(tables, "overrides")
    for position, row in rows.rows:
        key = row["project"]
        wish, project = factors.case.wishes[key], factors.case.project(key)
        if wish.payer is not None:
            yield from _payer(rows, position, factors, project)
        if isinstance(project, Package):
            yield from _km(rows, position, factors, project)
        elif wish.decision is not False and project.done is None:
            yield from _starts(rows, position, factors, project)


def _starts(rows: Rows, position: int, f: Factors, facility: Facility) -> Iterator[Issue]:
    """A facility that is to start in some periods can start in one of them."""
    wish, possible = f.case.wishes[facility.id], f.works.starts[facility.id]
    if not possible or any(wish.allows(start.period.position) for start in possible):
        return  # other rules say why it has no start at all
    first, last = possible[0].period.label, possible[-1].period.label
    detail = Text(f"it cannot start there: its first possible start is {first}, its last {last}",
                  f"начаться там он не может: первое возможное начало {first}, последнее {last}")
    yield rows.issue("wish_unfit" if facility.must else "wish_idle", position,
                     "not_before" if wish.first is not None else "not_after", detail=detail)


def _km(rows: Rows, position: int, f: Factors, package: Package) -> Iterator[Issue]:
    """Km that are wanted fit into their years and into what is left."""
    wish, left = f.case.wishes[package.id], max(package.km - package.km_done, 0.0)
    for year in rows.year_columns("km_"):
        if rows.rows[position][1].get(f"km_{year}") is not None and year not in wish.km:
            yield rows.issue("wish_idle", position, f"km_{year}", detail=Text(
                "the year is not planned", "год не планируется"))
    for year, km in wish.km.items():
        most = sum(f.bounds.km[package.id, t] for t in f.works.open[package.id] if f.works.period_year[t] == year
                   and wish.allows(f.works.position[t]))
        most = most if package.km_per_year is None else min(most, package.km_per_year)
        if km > min(most, left) + TOLERANCE:
            yield rows.issue("wish_unfit", position, f"km_{year}", detail=Text(
                f"at most {(able := apart(min(most, left), km)[0])} km can be renewed in the year",
                f"за год можно обновить не больше {able} км"))
    if sum(wish.km.values()) > left + TOLERANCE:
        last = max(wish.km)
        wanted, there = apart(sum(wish.km.values()), left)
        yield rows.issue("wish_unfit", position, f"km_{last}", detail=Text(
            f"together {wanted} km are wanted, {there} km are left",
            f"вместе желают {wanted} км, осталось {there} км"))


def _payer(rows: Rows, position: int, f: Factors, project: Facility | Package) -> Iterator[Issue]:
    """The payer that is wanted may pay, and as much."""
    wish = f.case.wishes[project.id]
    payer = wish.payer or ""
    if payer not in f.bounds.pays.get(project.id, ()):
        reason = f.bounds.closed.get(project.id, {}).get(payer, "")
        yield rows.issue("wish_unfit", position, "payer", detail=Text(
            f"it may not pay for the project: {reason}", f"он не может платить за проект: {reason}"))
        return
    most = f.bounds.share_most.get((payer, project.id))
    if most is not None and wish.share > most + TOLERANCE:
        able = apart(100.0 * most, 100.0 * wish.share)[0]
        yield rows.issue("wish_unfit", position, "payer_share", detail=Text(
            f"it may pay at most {able} % of the project", f"он может платить не больше {able} % проекта"))
