"""Tables ``condition`` and ``wear``: zones, failures, what is not supplied, losses and wear by year, in all, by region
and by sector."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from jaryq.base.text import Text
from jaryq.case.case import Facility, Package
from jaryq.factors.health import length
from jaryq.report.projects import ordered
from jaryq.report.shapes import Out, Value
from jaryq.report.states import UNIT_OF_SECTOR, Pair, States, worn
from jaryq.report.words import SECTORS, UNIT_WORDS, name_of, number, region_of, same, sector_of
from jaryq.sheets.words import SECTORS as ALL_SECTORS

ALL, BY_REGION, BY_SECTOR = Text("all", "всё"), Text("region", "регион"), Text("sector", "отрасль")
WHOLE = Text("whole programme", "вся программа")
NO_REGION = Text("no region", "без региона")
ZONE_WORDS: Mapping[str, Text] = {
    "red": Text("Facilities in the red zone", "Объектов в красной зоне"),
    "yellow": Text("Facilities in the yellow zone", "Объектов в жёлтой зоне"),
    "green": Text("Facilities in the green zone", "Объектов в зелёной зоне"),
}
FAILURES, BURSTS = (Text("Expected failures and bursts", "Ожидаемых отказов и прорывов"),
                    Text("of which bursts of networks", "из них прорывов сетей"))
SUPPLY: Mapping[str, Text] = {
    "MWh": Text("Electricity not supplied", "Недоотпуск электроэнергии"),
    "Gcal": Text("Heat not supplied", "Недоотпуск тепла"),
    "thousand m3": Text("Water not supplied, sewage not taken", "Недоподача воды, недоприём стоков"),
}
LOST: Mapping[str, Text] = {
    "MWh": Text("Electricity lost in networks", "Потери электроэнергии в сетях"),
    "Gcal": Text("Heat lost in networks", "Потери тепла в сетях"),
    "thousand m3": Text("Water lost in networks", "Потери воды в сетях"),
}
NOTHING = 1e-9


def condition_table(made: States) -> Out:
    """A row for each measure of the whole programme, of each region and of each sector; measures that are nothing
    throughout are left out."""
    found = made.found
    case = found.case
    projects: list[Facility | Package] = [*(case.facilities[a] for a in case.assets), *case.packages.values()]
    rows = _rows(made, ALL, WHOLE, projects)
    regions = dict.fromkeys([*ordered(found, "regions", case.regions), *(p.region or "" for p in projects)])
    for region in regions:
        mine = [p for p in projects if (p.region or "") == region]
        rows += _rows(made, BY_REGION, region_of(case, region) or NO_REGION, mine)
    for sector in ALL_SECTORS:
        rows += _rows(made, BY_SECTOR, SECTORS[sector], [p for p in projects if p.sector == sector])
    years = found.years
    headings = ("by", "place", "measure", "unit", "now", *(f"plan_{y}" for y in years), *(f"idle_{y}" for y in years),
                "better")
    known, unknown = number(len(made.zone_now)), number(sum(asset not in made.zone_now for asset in case.assets))
    remarks = (
        Text(f"Facilities counted in zones: {known.en} (variants as one). Without a score and a stated zone, "
             f"so in none: {unknown.en}.",
             f"Объектов, учтённых в зонах: {known.ru} (варианты как один). Без индекса и указанной зоны, "
             f"поэтому вне зон: {unknown.ru}."),
        Text("Failures and what they leave unsupplied are expected values of a model, not observations; see the sheets "
             "risk_by_class and in_asset_types.",
             "Отказы и недоотпуск: ожидаемые значения модели, а не наблюдения; см. листы risk_by_class и "
             "in_asset_types."),
    )
    return Out("condition", headings, tuple(rows), remarks=remarks, alike=headings[4:])


def _rows(made: States, by: Text, place: Text, projects: Iterable[Facility | Package]) -> list[dict[str, Value]]:
    """The measures of some assets and packages."""
    years = made.found.years
    mine = {p.id: p for p in projects}
    assets = [k for k, p in mine.items() if isinstance(p, Facility)]
    packages = [k for k, p in mine.items() if isinstance(p, Package)]
    rated = [asset for asset in assets if asset in made.zone_now]
    number = Text("a year", "в год")

    def row(measure: Text, unit: Text, now: float, pairs: Mapping[int, Sequence[Pair]]) -> dict[str, Value] | None:
        plan = {f"plan_{y}": math.fsum(pair.plan for pair in each) for y, each in pairs.items()}
        idle = {f"idle_{y}": math.fsum(pair.idle for pair in each) for y, each in pairs.items()}
        if all(abs(v) <= NOTHING for v in (now, *plan.values(), *idle.values())):
            return None
        last = years[-1]
        better = None if measure is ZONE_WORDS["green"] else idle[f"idle_{last}"] - plan[f"plan_{last}"]
        return {"by": by, "place": place, "measure": measure, "unit": unit, "now": now, **plan, **idle,
                "better": better}

    found = []
    if rated:
        for zone, said in ZONE_WORDS.items():
            pairs = {y: [made.zone[asset, zone, y] for asset in rated] for y in years}
            now = float(sum(made.zone_now[asset] == zone for asset in rated))
            found.append(row(said, UNIT_WORDS["facilities"], now, pairs))
    found.append(row(FAILURES, number, _sum(made.failures_now, mine), _pairs(made.failures, mine, years)))
    if assets:
        found.append(row(BURSTS, number, _sum(made.failures_now, packages), _pairs(made.failures, packages, years)))
    for words, by_year, by_now in ((SUPPLY, made.supply, made.supply_now), (LOST, made.losses, made.losses_now)):
        for unit, said in words.items():
            keys = [k for k, p in mine.items() if UNIT_OF_SECTOR.get(p.sector or "") == unit]
            found.append(row(said, UNIT_WORDS[unit], _sum(by_now, keys), _pairs(by_year, keys, years)))
    return [one for one in found if one is not None]


def _sum(values: Mapping[str, float], keys: Iterable[str]) -> float:
    return math.fsum(values[key] for key in keys if key in values)


def _pairs(values: Mapping[tuple[str, int], Pair], keys: Iterable[str], years: Iterable[int]) -> dict[int, list[Pair]]:
    """What is known of some projects in each year."""
    mine = list(keys)
    return {y: [values[key, y] for key in mine if (key, y) in values] for y in years}


def wear_table(made: States) -> Out:
    """A row for each kind of network in all, then in each region; percent."""
    found = made.found
    case = found.case
    rows: list[dict[str, Value]] = []
    for kind in ordered(found, "asset_types", case.asset_types):
        packages = worn([p for p in case.packages.values() if p.asset_type == kind])
        if not packages:
            continue
        rows.append(_wear(made, kind, WHOLE, packages))
        for region in dict.fromkeys([*ordered(found, "regions", case.regions), *(p.region or "" for p in packages)]):
            if mine := worn([p for p in packages if (p.region or "") == region]):
                rows.append(_wear(made, kind, region_of(case, region) or NO_REGION, mine))
    years = found.years
    headings = ("kind", "region", "sector", "km", "now", *(f"plan_{y}" for y in years), *(f"idle_{y}" for y in years),
                "better")
    return Out("wear", headings, tuple(rows))


def _wear(made: States, kind: str, place: Text, packages: list[Package]) -> dict[str, Value]:
    known = made.found.case.asset_types.get(kind)
    pairs = {y: made.wear(packages, y) or Pair() for y in made.found.years}
    last = pairs[made.found.years[-1]]
    return {
        "kind": name_of(known) if known else same(kind), "region": place, "sector": sector_of(packages[0].sector),
        "km": math.fsum(length(p) for p in packages), "now": 100.0 * (made.wear_now(packages) or 0.0),
        **{f"plan_{y}": 100.0 * pair.plan for y, pair in pairs.items()},
        **{f"idle_{y}": 100.0 * pair.idle for y, pair in pairs.items()},
        "better": 100.0 * (last.idle - last.plan),
    }
