"""The summary's section on condition: zones, wear, failures and what is not supplied, now and at the end, with the plan
and without it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from jaryq.base.text import Text
from jaryq.case.case import Package
from jaryq.report.condition import LOST, SUPPLY, ZONE_WORDS
from jaryq.report.shapes import Fact, Section
from jaryq.report.states import UNIT_OF_SECTOR, Pair, States
from jaryq.report.words import UNIT_WORDS
from jaryq.sheets.words import SECTORS as ALL_SECTORS

NETWORKS: Mapping[str, Text] = {
    "power": Text("Wear of power networks", "Износ электрических сетей"),
    "heat": Text("Wear of heat networks", "Износ тепловых сетей"),
    "water": Text("Wear of water networks", "Износ водопроводных сетей"),
    "sewer": Text("Wear of sewer networks", "Износ сетей водоотведения"),
}
A_YEAR = Text("a year", "в год")


def outlook(made: States) -> Section:
    """Figures on 31 December of the last year, or over it; the notes say what it was at the start and what it would be
    if nothing more were done."""
    case, last = made.found.case, made.found.years[-1]
    facts: list[Fact] = []
    for zone in ("red", "yellow", "green"):
        if made.zone_now:
            pair = _sum(made.zone[a, zone, last] for a in made.zone_now)
            then = float(sum(1 for z in made.zone_now.values() if z == zone))
            facts.append(Fact(ZONE_WORDS[zone], pair.plan, "facilities", _against(then, pair.idle, 0),
                              strong=zone == "red", key=f"zone_{zone}"))
    for sector in ALL_SECTORS:
        packages: list[Package] = [p for p in case.packages.values() if p.sector == sector]
        worn, now_ = made.wear(packages, last), made.wear_now(packages)
        if worn is not None and now_ is not None:
            facts.append(Fact(NETWORKS[sector], 100.0 * worn.plan, "%", _against(100.0 * now_, 100.0 * worn.idle, 1),
                              key=f"wear_{sector}"))
    if made.failures:
        pair = _sum(pair for (_, y), pair in made.failures.items() if y == last)
        facts.append(Fact(Text("Expected failures and bursts", "Ожидаемых отказов и прорывов"), pair.plan, "",
                          _against(math.fsum(made.failures_now.values()), pair.idle, 0), said=A_YEAR))
    for words, by, now_by in ((SUPPLY, made.supply, made.supply_now), (LOST, made.losses, made.losses_now)):
        for unit, said in words.items():
            keys = {key for key, p in case.projects.items() if UNIT_OF_SECTOR.get(p.sector or "") == unit}
            if any(key in keys for key in now_by):
                pair = _sum(pair for (key, y), pair in by.items() if y == last and key in keys)
                now = math.fsum(v for key, v in now_by.items() if key in keys)
                facts.append(Fact(said, pair.plan, "", _against(now, pair.idle, 0), said=UNIT_WORDS[unit]))
    first = case.settings.plan_from
    lead = Text(f"On 31 December {last} or over {last}, with the plan; in grey: at the start (1 January {first}, rates "
                "of a year), and if nothing more were "
                "done. Failures are expected values of a model, not observations.",
                f"На 31 декабря {last} года или за {last} год, с планом; серым: на начало (1 января {first} года, в "
                "расчёте на год) и если больше ничего "
                "не делать. Отказы: ожидаемые значения модели, а не наблюдения.")
    return Section(Text("Condition and risk", "Состояние и риск"), lead, tuple(facts))


def _sum(pairs: Iterable[Pair]) -> Pair:
    each = list(pairs)
    return Pair(math.fsum(p.plan for p in each), math.fsum(p.idle for p in each))


def _against(now: float, idle: float, places: int) -> Text:
    """``at the start 41, nothing done 55``."""
    english = [f"{v:,.{places}f}" for v in (now, idle)]
    russian = [v.replace(",", "\u00a0").replace(".", ",") for v in english]
    return Text(f"at the start {english[0]}, nothing done {english[1]}",
                f"на начало {russian[0]}, без работ {russian[1]}")


