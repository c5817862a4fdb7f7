"""Table ``by_year``: what is finished, renewed and spent in each year, what stands at its end, what is asked of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping

from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.report.amounts import Amounts
from jaryq.report.figures import sectors
from jaryq.report.shapes import Out, Value
from jaryq.report.timing import chosen
from jaryq.report.words import SECTORS, UNIT_WORDS
from jaryq.sheets.words import SECTORS as ALL_SECTORS

FINISHED = Text("Facilities finished", "Завершено объектов")
IN_SERVICE = Text("Facilities in service at the year's end", "Объектов в работе на конец года")
FACILITIES_ASKED = Text("Facilities asked by the year's end", "Требуется объектов к концу года")
AT_WORK = Text("Facilities at work", "Объектов в работах")
OUT = Text("Facilities out of service for works", "Объектов выведено для работ")
RENEWED = Text("Networks renewed", "Обновлено сетей")
RENEWED_SINCE = Text("Networks renewed by the year's end", "Обновлено сетей к концу года")
KM_ASKED = Text("Networks asked by the year's end", "Требуется сетей к концу года")
SPENT_FACILITIES = Text("Spending on facilities", "Затраты на объекты")
SPENT_NETWORKS = Text("Spending on networks", "Затраты на сети")
SPENT = Text("Spending", "Затраты")
SPENDING_ASKED = Text("Largest spending asked", "Затраты не более")
ALL = Text("all", "все")
EQUIVALENTS = Text("equivalents", "эквивалентов")


def by_year_table(found: Amounts) -> Out:
    """Rows by measure and sector, only of what the case has. Facilities: those that count, variants as one; money
    nominal, bn KZT."""
    case = found.case
    rows: list[dict[str, Value]] = []
    if any(facility.counts for facility in case.facilities.values()):
        rows += _facilities(found)
    if case.packages:
        rows += _networks(found)
    rows += _money(found)
    return Out("by_year", ("what", "sector", "unit", "before", *(f"y_{y}" for y in found.years), "total"), tuple(rows))


def _row(found: Amounts, what: Text, sector: Text, unit: Text, by_year: Mapping[int, float | None],
         before: float | None = None, *, summed: bool = True) -> dict[str, Value]:
    total = math.fsum(v for v in by_year.values() if v is not None) if summed else None
    return {"what": what, "sector": sector, "unit": unit, "before": before,
            **{f"y_{y}": by_year.get(y) for y in found.years}, "total": total}


def finished_in(found: Amounts, keys: Iterable[str]) -> dict[int, float]:
    """Facilities (shares of them in divisible plans) whose works end in each planned year."""
    ends = [(start.finish.year, share) for key in keys for start, share in chosen(found, key)]
    return {y: math.fsum(share for year, share in ends if year == y) for y in found.years}


def done_before(found: Amounts, keys: Iterable[str]) -> float:
    """Facilities that were done before the planned years."""
    return float(sum(found.case.facilities[key].done is not None for key in keys))


def _facilities(found: Amounts) -> list[dict[str, Value]]:
    case = found.case
    unit = UNIT_WORDS["facilities"] if case.settings.whole else EQUIVALENTS
    counting = [key for key, facility in case.facilities.items() if facility.counts]
    rows = []
    for sector in ALL_SECTORS:
        if mine := [key for key in counting if case.facilities[key].sector == sector]:
            rows.append(_row(found, FINISHED, SECTORS[sector], unit, finished_in(found, mine),
                             done_before(found, mine)))
    finished, before = finished_in(found, counting), done_before(found, counting)
    rows.append(_row(found, FINISHED, ALL, unit, finished, before))
    rows.append(_row(found, IN_SERVICE, ALL, unit, _since(finished, before), before, summed=False))
    rows += _asked(found, FACILITIES_ASKED, "facilities", ">=", unit)
    for what, busy in ((AT_WORK, _at_work), (OUT, _out)):
        rows.append(_row(found, what, ALL, UNIT_WORDS["facilities"], busy(found), summed=False))
    return rows


def _since(by_year: Mapping[int, float], before: float) -> dict[int, float]:
    """What stands at the end of each year."""
    return {y: math.fsum([before, *(v for u, v in by_year.items() if u <= y)]) for y in by_year}


def _at_work(found: Amounts) -> dict[int, float]:
    """Facilities with works in some period of the year, each once, whatever its share."""
    places = {y: [p.position for p in found.case.periods if p.year == y] for y in found.years}
    spans = {key: [(start.begin, start.finish.position) for start, _ in chosen(found, key)]
             for key in found.case.facilities}
    return {y: float(sum(any(first <= at <= last for first, last in mine for at in places[y])
                         for mine in spans.values())) for y in found.years}


def _out(found: Amounts) -> dict[int, float]:
    """Facilities that are out of service in some period of the year, each once."""
    years = {p.label: p.year for p in found.case.periods}
    out = {key: {years[label] for start, _ in chosen(found, key) for label, months in start.outage.items() if months}
           for key in found.case.facilities}
    return {y: float(sum(y in mine for mine in out.values())) for y in found.years}


def _networks(found: Amounts) -> list[dict[str, Value]]:
    packages = found.case.packages
    rows = []

    def renewed(test: Callable[[str], bool]) -> tuple[dict[int, float], float]:
        keys = [key for key in packages if test(key)]
        return ({y: math.fsum(found.km.get((key, y), 0.0) for key in keys) for y in found.years},
                math.fsum(packages[key].km_done for key in keys))

    for sector in sectors(found.case):
        rows.append(_row(found, RENEWED, SECTORS[sector], UNIT_WORDS["km"],
                         *renewed(lambda key, of=sector: packages[key].sector == of)))  # type: ignore[misc]
    km, before = renewed(lambda key: True)
    rows.append(_row(found, RENEWED, ALL, UNIT_WORDS["km"], km, before))
    rows.append(_row(found, RENEWED_SINCE, ALL, UNIT_WORDS["km"], _since(km, before), before, summed=False))
    return rows + _asked(found, KM_ASKED, "km", ">=", UNIT_WORDS["km"])


def _money(found: Amounts) -> list[dict[str, Value]]:
    case = found.case
    parts = [(what, keys) for what, keys in ((SPENT_FACILITIES, case.facilities), (SPENT_NETWORKS, case.packages))
             if keys]
    rows = [_row(found, what, ALL, UNIT_WORDS[BILLION],
                 {y: math.fsum(found.outlay.get((key, y), 0.0) for key in keys) for y in found.years})
            for what, keys in parts]
    rows.append(_row(found, SPENT, ALL, UNIT_WORDS[BILLION], {y: found.spend(y) for y in found.years}))
    return rows + _asked(found, SPENDING_ASKED, "spend", "<=", UNIT_WORDS[BILLION])


def _asked(found: Amounts, what: Text, measure: str, sense: str, unit: Text) -> list[dict[str, Value]]:
    """What target rows of the whole programme ask of a year; of several rows for one year the one that asks most.
    Nothing where none asks anything. Rows over several years are no row of a year."""
    asked: dict[int, float | None] = {}
    for target in found.case.targets:
        one_year = target.measure != "spend" or target.year_first in (0, target.year)
        if target.measure == measure and target.sense == sense and not target.filter and one_year:
            known = asked.get(target.year)
            pick = max if sense == ">=" else min
            asked[target.year] = target.value if known is None else pick(known, target.value)
    return [_row(found, what, ALL, unit, asked, summed=False)] if asked else []
