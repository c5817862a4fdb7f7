"""Capacity at the peak: tables ``balances`` and ``flows``, their claims, and their section of the summary."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.case.areas import Balance
from jaryq.case.case import Case
from jaryq.factors.adequacy import WAYS, Peak, flowing, out, peaks, raised, works
from jaryq.factors.gains import gained
from jaryq.report.amounts import Amounts
from jaryq.report.shapes import Fact, Out, Section, Value
from jaryq.report.words import UNIT_WORDS, joined, name_of, number

NOTHING = 1e-9
REMARK = Text(
    "A year is shown in the peak period in which most is missing. Works count from the period after they end; in a "
    "year after the planned ones all are in service. Available capacity and peaks are as stated.",
    "Год показан в тот период пика, когда недостаёт больше всего. Работы считаются со следующего периода; после "
    "планируемых лет все завершены. Располагаемая мощность и пики заданы.",
)
MISSING_ALONE = Text(
    "{areas}: the inputs state only the missing part of the capacity, so that the peak here is what the town lacks, "
    "not what it needs, and nothing stands under available.",
    "{areas}: в исходных данных задана только недостающая часть мощности; пик здесь означает, сколько городу не "
    "хватает, а не сколько ему нужно, и располагаемой мощности нет.",
)


@dataclass(frozen=True)
class There:
    """What there is in an area at a peak, in the unit of its balance; ``needed``: the peak with its reserve."""

    peak: Peak
    available: float
    works: float
    out: float
    inflow: float
    outflow: float
    needed: float

    @property
    def margin(self) -> float:
        """What is left before flows; below zero it is missing."""
        return math.fsum((self.available, self.works, -self.out, -self.needed))

    @property
    def left(self) -> float:
        """The same with flows."""
        return math.fsum((self.margin, self.inflow, -self.outflow))


def at_peaks(found: Amounts, balance: Balance, year: int) -> list[There]:
    """What there is at each peak of a year."""
    f, plan = found.factors, found.plan
    made = []
    for peak in peaks(f)[balance.id]:
        if peak.year == year:
            flows = [amount for _, amount in flowing(f, balance, peak).terms(plan)]
            made.append(There(peak, balance.available[year], works(f, balance, peak).on(plan),
                              out(f, balance, peak).on(plan), math.fsum(v for v in flows if v > 0),
                              -math.fsum(v for v in flows if v < 0), balance.needed(year)))
    return made


def claims_on_adequacy(found: Amounts) -> dict[str, float]:
    """Deficit and margin of each balance and year, in its unit; what deficits with a price cost, bn KZT of the price
    year."""
    if not found.case.balances:
        return {}
    numbers = {"deficit_pv": deficit_pv(found)}
    for balance in found.case.balances:
        for y in balance.years:
            where = f"{balance.area},{balance.unit},{y}"
            numbers[f"deficit[{where}]"] = found.plan.deficit.get((balance.id, y), 0.0)
            numbers[f"margin[{where}]"] = min(there.margin for there in at_peaks(found, balance, y))
    return numbers


def deficit_pv(found: Amounts) -> float:
    """Present value of what deficits with a price cost, bn KZT."""
    return 0.0 - gained(found.factors, "deficits").on(found.plan)


def balances_table(found: Amounts) -> Out:
    """One row for each area, unit and year: its worst peak."""
    rows = [_row(balance, y, min(at_peaks(found, balance, y), key=lambda there: there.left),
                 found.plan.deficit.get((balance.id, y), 0.0))
            for balance in found.case.balances for y in balance.years]
    ties = ("inflow", "outflow") if found.case.ties else ()
    headings = ("area", "unit", "year", "period", "available", "works", "out", *ties, "peak", "reserve", "left",
                "deficit")
    left = ("available", "works", "-out", *(("inflow", "-outflow") if ties else ()), "-peak", "-reserve")
    return Out("balances", headings, tuple(rows), formulas={"left": left}, alike=headings[4:],
               remarks=(REMARK, *_of_missing_alone(found.case)))


def missing_alone(case: Case) -> set[str]:
    """Origins of balances that are stated as what is missing alone: nothing reached is not no capacity at all."""
    return {balance.origin for balance in case.balances if not any(balance.available.values())}


def _of_missing_alone(case: Case) -> tuple[Text, ...]:
    """Whose peak is no peak of the whole area."""
    alone = missing_alone(case)
    names = joined(list(dict.fromkeys(balance.name for balance in case.balances if balance.origin in alone)))
    return () if names is None else (MISSING_ALONE.fill(areas=names),)


def _row(balance: Balance, year: int, there: There, deficit: float) -> dict[str, Value]:
    return {"area": balance.name, "unit": UNIT_WORDS[balance.unit], "year": year, "period": there.peak.label,
            "available": there.available, "works": there.works, "out": there.out, "inflow": there.inflow,
            "outflow": there.outflow, "peak": balance.peak[year], "reserve": there.needed - balance.peak[year],
            "left": there.left, "deficit": deficit}


def flows_table(found: Amounts) -> Out:
    """One row for each tie, peak and direction in which something flows."""
    headings = ("tie", "name", "period", "direction", "unit", "flow", "capacity", "room")
    return Out("flows", headings, tuple(_flows(found)), formulas={"room": ("capacity", "-flow")},
               alike=("flow", "capacity", "room"))


def _flows(found: Amounts) -> Iterator[dict[str, Value]]:
    f, name = found.factors, {balance.area: balance.name for balance in found.case.balances}
    for tie in found.case.ties:
        for peak in peaks(f)[tie.ends[0]]:
            for way, (a, b) in zip(WAYS, ((tie.a, tie.b), (tie.b, tie.a)), strict=True):
                if (flow := found.plan.flow.get((tie.id, way, peak.label), 0.0)) > NOTHING:
                    capacity = tie.capacity[peak.year] + raised(f, tie, peak).on(found.plan)
                    yield {"tie": tie.id, "name": name_of(tie), "period": peak.label,
                           "direction": Text(f"{name[a].en} → {name[b].en}", f"{name[a].ru} → {name[b].ru}"),
                           "unit": UNIT_WORDS[tie.unit], "flow": flow,
                           "capacity": capacity, "room": capacity - flow}


def at_the_end(found: Amounts) -> Section:
    """What works add to each area in its last year, and what is still missing."""
    facts = []
    for balance in found.case.balances:
        last = balance.years[-1]
        there = min(at_peaks(found, balance, last), key=lambda one: one.left)
        deficit = found.plan.deficit.get((balance.id, last), 0.0)
        unit, said = UNIT_WORDS[balance.unit], number(there.works, 1)
        need, most = number(there.needed, 1), number(there.left + deficit, 1)
        note = Text(f"works add {said.en} {unit.en}; needed with the reserve {need.en}, left over {most.en}",
                    f"работы добавляют {said.ru} {unit.ru}; нужно с резервом {need.ru}, остаётся {most.ru}")
        facts.append(Fact(Text(f"{balance.name.en}: deficit at the peak of {last}",
                               f"{balance.name.ru}: дефицит в пик {last} года"), deficit, "", note, said=unit))
    if any(balance.price is not None for balance in found.case.balances):
        facts.append(Fact(Text("Cost of deficits", "Цена дефицитов"), deficit_pv(found), BILLION,
                          Text("Present value of what is missing, at its price.",
                               "Приведённая, по цене дефицита.")))
    lead = Text("What is missing at the peak of the last winter that is told; the sheet balances has every year.",
                "Чего недостаёт в пик последней показанной зимы; все годы на листе balances.")
    return Section(Text("Capacity at the peak", "Мощность в пик"), lead, tuple(facts))
