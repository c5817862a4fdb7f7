"""Rules of quantities: what a row may say, which values are needed, and what may be valued twice (docs/numbers.md,
Quantities)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from jaryq.base.issues import Issue
from jaryq.base.text import Text
from jaryq.case.case import Case, Facility, Package, Quantity
from jaryq.factors.derive import Factors
from jaryq.rules.rows import Rows, span_of
from jaryq.rules.sizes import number
from jaryq.sheets.measures import SECTORS_OF
from jaryq.tables.tables import Tables

UNITS_OF_DERIVED: Mapping[str, tuple[str, ...]] = {
    "losses": tuple(SECTORS_OF), "not_supplied": tuple(SECTORS_OF), "failures": ("failures",), "bursts": ("bursts",),
}
MANY, SAME = 5, 0.001
"""Rows of a kind from which a common ratio of savings to cost is told, and how near ratios are that are the same."""


def quantities_are_meant(tables: Tables) -> Iterator[Issue]:
    """A key that may stand in a heading, and only once whatever its capitals; what is derived is a flow, in a unit of
    its own; a season is one of a flow."""
    sectors = {row.get("sector") for _, row in Rows(tables, "asset_types").rows}
    rows = Rows(tables, "quantities")
    seen: dict[str, str] = {}
    for position, row in rows.rows:
        key, unit, derived = row.get("quantity"), row.get("unit"), row.get("derived")
        if isinstance(key, str):
            if re.fullmatch(r"[A-Za-z0-9_]{1,24}", key) is None:
                yield rows.issue("quantity_unfit", position, "quantity", detail=Text(
                    "a key has Latin letters, digits and _, at most 24",
                    "ключ состоит из латинских букв, цифр и _, не более 24"))
            elif (other := seen.setdefault(key.lower(), key)) != key:
                yield rows.issue("quantity_unfit", position, "quantity", detail=Text(
                    f"it differs from {other} by capital letters alone", f"отличается от {other} только регистром"))
        if row.get("kind") not in (None, "flow"):
            for column in ("season_from", "season_to"):
                if row.get(column) is not None:
                    yield rows.issue("unused_term", position, column, where="kind = flow")
            if derived is not None:
                yield rows.issue("quantity_unfit", position, "derived", detail=Text(
                    "what is derived from the condition is a flow", "из состояния выводится только поток (flow)"))
        units = UNITS_OF_DERIVED.get(str(derived), ())
        if units and unit is not None and unit not in units:
            said = ", ".join(units)
            yield rows.issue("quantity_unfit", position, "unit", detail=Text(
                f"{derived} is measured in {said}", f"{derived} измеряется в {said}"))
        elif units and unit in SECTORS_OF and not sectors & {*SECTORS_OF[unit]}:
            said = ", ".join(SECTORS_OF[unit])
            yield rows.issue("quantity_unfit", position, "unit", detail=Text(
                f"no kind of asset is of a sector that has this unit ({said})",
                f"нет видов объектов той отрасли, где есть эта единица ({said})"))


def values_are_complete(tables: Tables) -> Iterator[Issue]:
    """A row of values has one for the first planned year: of that year, of an earlier one, or that of the quantity; and
    one of its own."""
    first = span_of(tables)["plan_from"]
    own = {row.get("quantity") for _, row in Rows(tables, "quantities").rows if row.get("value") is not None}
    rows = Rows(tables, "quantity_values")
    columns = rows.year_columns()
    for position, row in rows.rows:
        given = [year for year in columns if row.get(str(year)) is not None]
        if row.get("quantity") is None:
            continue
        if row["quantity"] not in own and not any(year <= first for year in given):
            yield rows.issue("missing_rate", position, str(first),
                             what=Text("value of the quantity", "цена величины"), years=first, where=Text(
                                 f"a value for {first} or a year before it, or value of the quantity on sheet "
                                 "quantities", f"цену за {first} год или более ранний либо value величины на листе "
                                 "quantities"))
        elif not given:
            yield rows.issue("row_unused", position, "quantity", why=Text("it has a value in no year",
                                                                           "в ней нет цены ни за один год"))


def values_stand_once(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """What is told of values that are left out, or that may be the same money twice."""
    case = factors.case
    valued = [of for of in case.quantities.values() if of.valued]
    yield from _held_by_benefits(tables, case, valued)
    for of in valued:
        if of.derived == "not_supplied":
            yield from _in_place_of_kinds(tables, case, of)
        elif of.derived is not None:
            yield from _twice(tables, case, of)


def _held_by_benefits(tables: Tables, case: Case, valued: Sequence[Quantity]) -> Iterator[Issue]:
    """Quantities of facilities with a stated benefit: one note for all of them."""
    keys = {of.id for of in valued}
    rows = Rows(tables, "facilities")
    found = [(position, held) for position, row in rows.rows if row.get("benefit") is not None
             and (held := sorted(keys & case.facilities[row["facility"]].quantities.keys()))]
    if found:
        position, held = found[0]
        yield rows.issue("valued_once", position, "benefit", what=", ".join(held), where=f"{rows.sheet}.benefit",
                         more=_more(len(found) - 1))


def _in_place_of_kinds(tables: Tables, case: Case, of: Quantity) -> Iterator[Issue]:
    """Kinds whose value of what is not supplied counts as nothing where the quantity has one."""
    kinds = {project.asset_type for project in case.projects.values() if _is_valued(of, project.region)
             and project.sector in SECTORS_OF.get(of.unit, ()) and _lost_value(project)}
    rows = Rows(tables, "asset_types")
    for position, row in rows.rows:
        if row.get("asset_type") in kinds:
            yield rows.issue("valued_once", position, "lost_value",
                             what=Text("what is not supplied", "недоотпуск"), where=f"quantities: {of.id}", more="")


def _twice(tables: Tables, case: Case, of: Quantity) -> Iterator[Issue]:
    """Losses beside savings of networks that have losses; failures and bursts beside what a failure costs."""
    if of.derived == "losses":
        found = [p.id for p in case.packages.values() if p.savings and p.losses is not None
                 and p.losses_after is not None and p.sector in SECTORS_OF.get(of.unit, ())]
        second, what = "savings", Text("what is no longer lost", "потери, которых не будет")
    else:
        projects: Mapping[str, Facility | Package] = case.facilities if of.derived == "failures" else case.packages
        found = [p.id for p in projects.values() if _consequence(p) > 0.0]
        second, what = "consequence", Text("failures that do not happen", "отказы, которых не будет")
    found = [key for key in found if _is_valued(of, case.project(key).region)]
    if found:
        rows = Rows(tables, "quantities")
        position = {row.get("quantity"): position for position, row in rows.rows}[of.id]
        more = len(found) - 1
        en, ru = (f" and {more} more", f" и ещё {more}") if more else ("", "")
        yield rows.issue("counted_twice", position, "value" if of.value is not None else "quantity", first=of.id,
                         second=Text(f"{second} of {found[0]}{en}", f"{second} ({found[0]}{ru})"), what=what)


def _more(count: int) -> Text | str:
    return Text(f"; the same for {count} more", f"; так же ещё {count}") if count else ""


def _is_valued(of: Quantity, region: str | None) -> bool:
    """Whether a unit has a value in a region."""
    return of.value is not None or bool(of.by_region.get(region) or of.by_region.get(None))


def _lost_value(project: Facility | Package) -> float:
    of = project.condition if isinstance(project, Facility) else project.bursts
    return of.lost_value if of is not None else 0.0


def _consequence(project: Facility | Package) -> float:
    of = project.condition if isinstance(project, Facility) else project.bursts
    return of.consequence if of is not None else 0.0


def savings_have_their_own_reason(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """Savings that are one percentage of the cost in many rows of a kind follow from the cost, not from the works."""
    for sheet, key, projects in (("facilities", "facility", factors.case.facilities),
                                 ("networks", "package", factors.case.packages)):
        ratios: dict[str, list[tuple[float, str]]] = {}
        for p in projects.values():
            cost = p.overnight if isinstance(p, Facility) else p.unit_cost
            if p.savings > 0.0 and cost > 0.0 and p.asset_type is not None:
                ratios.setdefault(p.asset_type, []).append((p.savings / cost, p.id))
        rows = Rows(tables, sheet)
        where = {row.get(key): position for position, row in rows.rows}
        for kind in sorted(ratios):
            share, same = _largest_group(sorted(ratios[kind]))
            if len(same) >= MANY:
                yield rows.issue("savings_follow_cost", min(where[p] for p in same), "savings",
                                 share=number(100.0 * share), count=len(same))


def _largest_group(ratios: Sequence[tuple[float, str]]) -> tuple[float, list[str]]:
    """The ratio that most rows share (the middle one), within :data:`SAME` of the smallest of them, and these rows."""
    best, first = (0, 0), 0
    for end, (ratio, _) in enumerate(ratios, start=1):
        while ratio > ratios[first][0] * (1.0 + SAME):
            first += 1
        best = max(best, (end - first, -first))
    count, start = best[0], -best[1]
    return ratios[start + count // 2][0] if count else 0.0, [p for _, p in ratios[start:start + count]]
