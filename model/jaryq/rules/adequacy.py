"""Rules of balances of capacity and ties between their areas (docs/numbers.md: Adequacy)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations
from typing import Any

from jaryq.base.issues import Issue
from jaryq.base.text import Text
from jaryq.case.areas import ENERGY, Balance
from jaryq.case.case import Case, Facility, Package
from jaryq.case.scope import balances_of
from jaryq.case.works import months_between
from jaryq.factors.derive import Factors
from jaryq.rules.rows import Rows, span_of
from jaryq.rules.unused import MOST_KEYS
from jaryq.tables.fault import near
from jaryq.tables.selector import AREA_COLUMNS, BadSelector, fits, parse, several
from jaryq.tables.tables import Tables

WAYS = "priority; price"


def balances_are_stated(tables: Tables) -> Iterator[Issue]:
    """Peak and capacity of the first planned year, of a tie too; a priority or a price of deficits, not both."""
    first = span_of(tables)["plan_from"]
    rows = Rows(tables, "balances")
    for position, row in rows.rows:
        for prefix in ("peak_", "available_"):
            yield from _first_year(rows, position, row, prefix, first)
        if row.get("priority") is not None and row.get("price") is not None:
            yield rows.issue("either_or", position, "price", columns=WAYS)
    rows = Rows(tables, "ties")
    for position, row in rows.rows:
        yield from _first_year(rows, position, row, "", first)


def _first_year(rows: Rows, position: int, row: Mapping[str, Any], prefix: str, first: int) -> Iterator[Issue]:
    """A figure of the first planned year, or of one before it that goes on."""
    if not any(row.get(f"{prefix}{year}") is not None for year in rows.year_columns(prefix) if year <= first):
        yield rows.issue("missing_value", position, f"{prefix}{first}",
                         what=Text("of the first planned year, in the unit of the row",
                                   "первого планируемого года, в единице строки"))


def balances_fit(tables: Tables) -> Iterator[Issue]:
    """Regions are known, no place is in two areas of a unit, what adds is a level in the unit."""
    rows = Rows(tables, "balances")
    known = {row.get("region") for _, row in Rows(tables, "regions").rows}
    levels = _levels(tables)
    for position, row in rows.rows:
        for name in several(row.get("regions")):
            if name not in known:
                yield replace(rows.issue("unknown_reference", position, "regions", target="regions",
                                         hint=near(name, [str(key) for key in known if key])), value=name)
        if not _is_level(levels, row):
            yield rows.issue("balance_unfit", position, "quantity", detail=_not_a_level(row))
    known_areas = [(position, row) for position, row in rows.rows if row.get("area") and row.get("unit")]
    told: set[int] = set()
    for (_, one), (position, other) in combinations(known_areas, 2):
        if (position not in told and one.get("unit") == other.get("unit") and one.get("area") != other.get("area")
                and _meet(one, other, "regions") and _meet(one, other, "places")):
            told.add(position)  # an area that meets several is one mistake
            yield rows.issue("balance_unfit", position, "regions", detail=Text(
                f"a region or place belongs to two areas of this unit ({one.get('area')}, {other.get('area')})",
                f"регион или место относится к двум районам в этой единице ({one.get('area')}, {other.get('area')})"))


def _meet(one: Mapping[str, Any], other: Mapping[str, Any], column: str) -> bool:
    mine, theirs = {*several(one.get(column))}, {*several(other.get(column))}
    return not mine or not theirs or bool(mine & theirs)


def _levels(tables: Tables) -> dict[Any, Any]:
    """The unit of each quantity; None where it is no level."""
    return {row.get("quantity"): row.get("unit") if row.get("kind") == "level" else None
            for _, row in Rows(tables, "quantities").rows}


def _is_level(levels: Mapping[Any, Any], row: Mapping[str, Any]) -> bool:
    """Whether what adds is a level in the unit of the row, as far as it is known (else another rule has said so)."""
    quantity = row.get("quantity")
    return quantity is None or quantity not in levels or row.get("unit") is None or levels[quantity] == row["unit"]


def _not_a_level(row: Mapping[str, Any]) -> Text:
    return Text(f"its quantity is not a level in {row['unit']}", f"её величина не уровень в {row['unit']}")


def ties_fit(tables: Tables) -> Iterator[Issue]:
    """A tie joins two areas of its unit that have the same peak months and are limited both or neither; what raises
    it is a level in the unit, of this tie alone."""
    rows = Rows(tables, "ties")
    areas = {(row.get("area"), row.get("unit")): (position, row) for position, row in Rows(tables, "balances").rows}
    levels = _levels(tables)
    adds = {row.get("quantity"): f"balances {row.get('area')}" for _, row in areas.values() if row.get("quantity")}
    limited = _limited(tables)
    for position, row in rows.rows:
        unit = row.get("unit")
        ends = [(column, row[column]) for column in ("from_area", "to_area") if row.get(column) is not None]
        for column, area in ends:
            if unit is not None and (area, unit) not in areas:
                yield rows.issue("tie_unfit", position, column, detail=Text(
                    f"no balance of {unit} for area {area}", f"нет баланса в {unit} для района {area}"))
        if len(ends) == 2 and ends[0][1] == ends[1][1]:
            yield rows.issue("tie_unfit", position, "to_area", detail=Text(
                "from and to are the same", "оба конца связи совпадают"))
        if not _is_level(levels, row):
            yield rows.issue("tie_unfit", position, "quantity", detail=_not_a_level(row))
        if row.get("quantity") in adds:
            yield rows.issue("tie_unfit", position, "quantity", detail=Text(
                f"its quantity raises something else too ({adds[row['quantity']]})",
                f"её величина усиливает и другое ({adds[row['quantity']]})"))
        elif row.get("quantity"):
            adds[row["quantity"]] = f"ties {row.get('tie')}"
        yield from _joined(tables, [areas[area, unit] for _, area in ends if (area, unit) in areas], limited)


def _joined(tables: Tables, ends: list[tuple[int, dict[str, Any]]], limited: set[tuple[Any, Any]]) -> Iterator[Issue]:
    if len(ends) != 2 or ends[0][0] == ends[1][0]:
        return
    (_, one), (position, other) = ends
    rows = Rows(tables, "balances")
    if ((one["area"], one["unit"]) in limited) != ((other["area"], other["unit"]) in limited):
        yield rows.issue("balance_unfit", position, "priority", detail=Text(
            f"areas joined by ties are limited all (priority, price, or a target of deficit) or none: {one['area']}, "
            f"{other['area']}",
            f"районы, соединённые связями, ограничены все (приоритет, цена или цель по deficit) или ни один: "
            f"{one['area']}, {other['area']}"))
    if _months(one) != _months(other):
        yield rows.issue("balance_unfit", position, "peak_from", detail=Text(
            f"areas joined by ties have other peak months: {one['area']}, {other['area']}",
            f"у районов, соединённых связями, разные месяцы пика: {one['area']}, {other['area']}"))


def _months(row: Mapping[str, Any]) -> frozenset[int]:
    return months_between(int(row.get("peak_from") or 11), int(row.get("peak_to") or 2))


def _limited(tables: Tables) -> set[tuple[Any, Any]]:
    """Areas and units whose deficit has a priority, a price or a target."""
    found = set()
    wanted = []
    for _, row in Rows(tables, "targets").rows:
        if row.get("measure") == "deficit":
            try:
                wanted.append((row.get("unit"), parse(row.get("filter"), AREA_COLUMNS).get("area", "*")))
            except BadSelector:
                continue  # another rule says so
    for _, row in Rows(tables, "balances").rows:
        if (row.get("priority") is not None or row.get("price") is not None
                or any(unit == row.get("unit") and fits(area, row.get("area")) for unit, area in wanted)):
            found.add((row.get("area"), row.get("unit")))
    return found


def places_are_known(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """A place of a balance is one of a facility in its regions."""
    rows = Rows(tables, "balances")
    for position, row in rows.rows:
        regions = {*several(row.get("regions"))}
        known = {facility.place for facility in factors.case.facilities.values()
                 if facility.place and (not regions or facility.region in regions)}
        for place in several(row.get("places")):
            if place not in known:
                yield replace(rows.issue("selector_matches_nothing", position, "places",
                                         hint=near(place, sorted(known))), value=place)


LEVEL = Text("a level in the same unit", "уровень в той же единице")
FLOW = Text("a yearly amount of the energy that a deficit lacks", "годовой объём энергии, недостающей при дефиците")


def members(case: Case, balance: Balance) -> list[Facility | Package]:
    """The projects that belong to a balance."""
    return [project for project in case.projects.values()
            if balance.has(project.region, (project.place or "") if isinstance(project, Facility) else None)]


def capacity_is_valued_once(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """Capacity in a priced balance is worth the deficit it spares: told where it has a value as a quantity too; a
    surprise where another level of the same unit, or a yearly amount of the energy that a deficit lacks, has one."""
    case = factors.case
    rows = Rows(tables, "balances")
    at = {balance.id: balance for balance in case.balances}
    for position, row in rows.rows:
        balance = at[f"{row['area']}@{row['unit']}"]
        if balance.price is None or balance.quantity is None:
            continue
        mine = [project for project in members(case, balance) if project.quantities.get(balance.quantity)]
        if mine and case.quantities[balance.quantity].valued:
            yield rows.issue("valued_by_deficit", position, "price", count=len(mine), area=balance.area)
        for key, quantity in case.quantities.items():
            both = [project.id for project in mine if project.quantities.get(key)]
            level = quantity.kind == "level" and quantity.unit == balance.unit
            energy = quantity.kind == "flow" and quantity.unit == ENERGY[balance.unit]
            if both and key != balance.quantity and quantity.valued and (level or energy):
                names = ", ".join(both[:MOST_KEYS]) + (", ..." if len(both) > MOST_KEYS else "")
                yield rows.issue("added_twice", position, "quantity", count=len(both), projects=names, other=key,
                                 kind=LEVEL if level else FLOW)


def balances_are_used(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """A balance that nothing limits and no project touches says nothing."""
    case = factors.case
    rows = Rows(tables, "balances")
    at = {balance.id: balance for balance in case.balances}
    aimed = {balance.id for target in case.targets if target.measure == "deficit"
             for balance in balances_of(case, target)}
    for position, row in rows.rows:
        balance = at[f"{row['area']}@{row['unit']}"]
        touched = any(project.quantities.get(balance.quantity or "") or (
            isinstance(project, Facility) and project.outage.unit == balance.unit and bool(project.outage.capacity)
            and project.outage.months > 0) for project in members(case, balance))
        if balance.priority is None and balance.price is None and balance.id not in aimed and not touched:
            yield rows.issue("row_unused", position, "area", why=Text(
                "it has no priority, price or target, and no project adds to it or takes from it",
                "у неё нет приоритета, цены и цели, и ни один проект не меняет её"))
