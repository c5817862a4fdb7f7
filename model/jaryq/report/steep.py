"""What changes steeply from one planned year to the next: km of a kind that fall, bills of consumers that rise."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from jaryq.base.text import Text
from jaryq.report.amounts import Amounts
from jaryq.report.projects import NOTHING, ordered
from jaryq.report.shapes import Fact, Out, Value, as_number
from jaryq.report.words import name_of, number

FALL, RISE = 25.0, 50.0
"""Percent of the year before from which on a fall of km, and a rise of a bill, is told."""
NEAR = 1e-6
"""Percent by which more is more: a plan falls or rises by just what a ramp or a cap allows, up to rounding."""
FALLS = Text("Kinds of network whose km fall by more than a quarter from one year to the next",
             "Видов сетей, чьи км за год падают больше чем на четверть")
OF_RENEWED = Text("of {kinds} that the plan renews; most: {name} in {year}, from {before} to {after} km",
                "из {kinds} обновляемых; сильнее всего: {name} в {year} году, с {before} до {after} км")
RISES = Text("Bills that rise by more than a half from one year to the next",
             "Счетов, что за год вырастают больше чем наполовину")
OF_BILLS = Text("of {bills} by region, utility and year; {limited}",
                "из {bills} по регионам, услугам и годам; {limited}")
WITH_MOST = Text("of {bills} by region, utility and year; most: {region}, {sector} in {year}, by {rise} %; {limited}",
                 "из {bills} по регионам, услугам и годам; сильнее всего: {region}, {sector} в {year} году, на {rise} "
                 "%; {limited}")
UNLIMITED, LIMITED = Text("no bill is limited in this plan", "счета в этом плане не ограничены"), Text(
    "{n} of all have a limit of their rise in this plan", "у {n} из всех рост в этом плане ограничен")


class Fall(NamedTuple):
    """Km of a kind in ``year`` and in the year before."""

    name: Text
    year: int
    before: float
    after: float

    @property
    def percent(self) -> float:
        return 100.0 * (1.0 - self.after / self.before)


def falls(found: Amounts) -> tuple[int, list[Fall]]:
    """How many kinds of network the plan renews, and the steepest fall of each that falls by more than a quarter, the
    steepest first."""
    case, kinds, steep = found.case, 0, list[Fall]()
    for key in ordered(found, "asset_types", case.asset_types):
        mine = [package.id for package in case.packages.values() if package.asset_type == key]
        km = [math.fsum(found.km.get((n, y), 0.0) for n in mine) for y in found.years]
        if math.fsum(km) <= NOTHING:
            continue
        kinds += 1
        of = [Fall(name_of(case.asset_types[key]), y, a, b) for y, (a, b) in zip(found.years[1:], pairwise(km),
                                                                                 strict=True) if a > NOTHING]
        steep += sorted((one for one in of if one.percent > FALL + NEAR), key=lambda one: -one.percent)[:1]
    return kinds, sorted(steep, key=lambda one: -one.percent)


def falls_fact(found: Amounts) -> tuple[Fact, ...]:
    """What the summary says of km that fall; nothing where none falls so."""
    kinds, steep = falls(found)
    if not steep:
        return ()
    most = steep[0]
    note = OF_RENEWED.fill(kinds=number(kinds), name=most.name, year=str(most.year), before=number(most.before),
                         after=number(most.after))
    return (Fact(FALLS, float(len(steep)), "", note, key="falls"),)


def bills_fact(tariffs: Out) -> Fact:
    """How many bills (rows of the table ``tariffs``) rise steeply, the steepest, and whether anything limits them."""
    steep = sorted((row for row in tariffs.rows if as_number(row.get("rise")) > RISE + NEAR),
                   key=lambda row: -as_number(row.get("rise")))
    limited = sum(row.get("allowed") is not None for row in tariffs.rows)
    said = {"bills": number(len(tariffs.rows)), "limited": LIMITED.fill(n=number(limited)) if limited else UNLIMITED}
    note = WITH_MOST.fill(**said, **_most(steep[0])) if steep else OF_BILLS.fill(**said)
    return Fact(RISES, float(len(steep)), "", note, key="bills")


def _most(row: Mapping[str, Value]) -> dict[str, str | Text]:
    """Whose bill, of which year, and its rise."""
    whose = {name: value if isinstance(value := row.get(name), Text) else str(value) for name in ("region", "sector")}
    return {**whose, "year": str(row["year"]), "rise": number(as_number(row["rise"]))}


def sentence(fact: Fact) -> Text:
    """A figure with its note as a sentence of a front page."""
    value, note = number(as_number(fact.value)), fact.note
    assert note is not None
    return Text(f"{fact.label.en}: {value.en} {note.en}.", f"{fact.label.ru}: {value.ru} {note.ru}.")
