"""The page ``gantt``: the facilities of the plan over its periods, with phases, cost, payer and reason; then the
packages of networks with their km by year."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from jaryq.base.counted import counted
from jaryq.base.text import Text
from jaryq.case.case import Case, Period
from jaryq.handover.said import as_text, bare, capital, when
from jaryq.handover.shapes import Front, Gantt, Lane, Span
from jaryq.handover.years import whole
from jaryq.report.by_year import AT_WORK
from jaryq.report.by_year import OUT as OUT_IN_YEAR
from jaryq.report.report import Report
from jaryq.report.shapes import Value, as_number
from jaryq.report.words import BUYS, OUT_OF_SERVICE, WORKS, number, said_when, sheet, told

TITLE = Text("Timetable of works", "График работ")
NOTE = Text("What is bought, built and out of service when; what it costs, who pays, and why it is in the plan. P "
            "procurement, W works, O works with the facility out of service; green: networks, the km of each year.",
            "Что закупается, строится и выводится из работы и когда; сколько стоит, кто платит и почему в плане. "
            "З закупка, Р работы, В работы с выводом объекта; зелёным сети: километры каждого года.")
NOTHING_KM = 1e-6
REGIONS = ("region", "regions"), ("регион", "региона", "регионов")
MANY = 24
"""With more packages than these they are told by kinds too, which is what is printed of them."""
PHASES = (BUYS, WORKS, OUT_OF_SERVICE)
"""Marks of the timetable; where several starts of a facility share a period, the last of these counts."""


def gantt(case: Case, report: Report) -> Front | None:
    """One lane for each facility of the timetable, then one for each package that is renewed, those that begin first
    above; None where nothing is built."""
    rows: dict[str, list[Mapping[str, Value]]] = {}
    for row in report.tables["timetable"].rows:
        rows.setdefault(str(row["facility"]), []).append(row)
    packages = _packages(case.periods, report)
    if not rows and not packages:
        return None
    known = {str(row["facility"]): row for row in report.tables["facilities"].rows}
    made = [_lane(case.periods, key, known[key], mine) for key, mine in rows.items()]
    lanes = [*sorted(made, key=_begin), *sorted(packages, key=_begin)]
    periods = tuple(named(case, period) for period in case.periods)
    kinds = _kinds(case.periods, report, packages) if len(packages) > MANY else ()
    return Front("gantt", TITLE, NOTE, sentences=(*busy(case, report), *at_peaks(report)),
                 gantt=Gantt(periods, tuple(lanes), tuple(kinds)))


def _begin(lane: Lane) -> int:
    return min((span.first for span in lane.spans), default=0)


def _packages(periods: Sequence[Period], report: Report) -> list[Lane]:
    """Packages with the km of each year, from its first period with works to its last."""
    quarters = report.tables.get("networks_by_period")
    km: dict[Value, Mapping[str, Value]] = (
        {row["package"]: row for row in quarters.rows} if quarters is not None else
        {row["package"]: {period.label: row.get(f"km_{period.year}") for period in periods}
         for row in report.tables["networks"].rows if as_number(row.get("renewed")) > NOTHING_KM})
    return [Lane(str(row["package"]), as_text(row["name"]), _said(row.get("region")), _said(row.get("sector")),
                 as_number(row.get("total")), bare(_said(row.get("sources"))), _said(row.get("why")),
                 years_of(periods, km[row["package"]]))
            for row in report.tables["networks"].rows if row["package"] in km]


def _kinds(periods: Sequence[Period], report: Report, packages: Sequence[Lane]) -> list[Lane]:
    """Packages of a kind together, in the order of the input: km of each year, money, and the reason of most money."""
    kind_of = {str(row["package"]): row.get("kind") for row in report.tables["networks"].rows}
    mine: dict[Value, list[Lane]] = defaultdict(list)
    for lane in packages:
        mine[kind_of[lane.key]].append(lane)
    made = []
    for kind in dict.fromkeys(kind for kind in kind_of.values() if kind in mine):
        lanes, paid = mine[kind], defaultdict[Text, list[float]](list)
        for lane in lanes:
            paid[lane.reason].append(lane.cost)
        most = max(paid, key=lambda reason, of=paid: math.fsum(of[reason]))  # type: ignore[misc]
        where = counted(len({lane.region for lane in lanes}), *REGIONS)
        made.append(Lane(str(kind), _said(kind), where, lanes[0].sector, math.fsum(lane.cost for lane in lanes),
                         Text(f"by region: {sheet('networks').en}", f"по регионам: {sheet('networks').ru}"),
                         most if len(paid) == 1 else Text(f"mostly {most.en}", f"больше всего {most.ru}"),
                         together(periods, (span for lane in lanes for span in lane.spans))))
    return made


def together(periods: Sequence[Period], spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans with km as one for each year, with the km of all."""
    mine: dict[int, list[Span]] = defaultdict(list)
    for span in spans:
        mine[periods[span.first].year].append(span)
    return tuple(Span(WORKS, min(span.first for span in some), max(span.last for span in some),
                      math.fsum(span.amount or 0.0 for span in some)) for _, some in sorted(mine.items()))


def years_of(periods: Sequence[Period], row: Mapping[str, Value]) -> tuple[Span, ...]:
    """A span for each year in which a row of km by period has any."""
    made = []
    for year in dict.fromkeys(period.year for period in periods):
        there = [(at, amount) for at, period in enumerate(periods)
                 if period.year == year and (amount := as_number(row.get(period.label))) > NOTHING_KM]
        if there:
            made.append(Span(WORKS, there[0][0], there[-1][0], math.fsum(amount for _, amount in there)))
    return tuple(made)


def named(case: Case, period: Period) -> Text:
    """``2027 Q1``; of yearly plans the year."""
    if case.settings.periods_per_year == 1:
        return Text(str(period.year), str(period.year))
    return as_text(when(period.label))


def _lane(periods: Sequence[Period], key: str, facility: Mapping[str, Value],
          rows: Sequence[Mapping[str, Value]]) -> Lane:
    """A facility with the phases of all its starts (divisible plans have several)."""
    marks = [strongest([row.get(period.label) for row in rows]) for period in periods]
    spans = tuple(Span(phase, first, last) for phase in PHASES
                  for first, last in runs(mark is phase for mark in marks))
    return Lane(key, as_text(facility["name"]), _said(facility.get("region")), _said(facility.get("sector")),
                as_number(facility.get("total")), bare(_said(facility.get("sources"))), _said(facility.get("why")),
                spans)


def strongest(marks: Sequence[Value]) -> Text | None:
    """The mark of a period in which several starts may have one."""
    return next((phase for phase in reversed(PHASES) if phase in marks), None)


def _said(value: Value) -> Text:
    """A text; a dash where there is none."""
    return as_text(value) if value else Text("–", "–")


def runs(marked: Iterable[bool]) -> list[tuple[int, int]]:
    """First and last place of each unbroken run of marks."""
    found: list[tuple[int, int]] = []
    for at, on in enumerate(marked):
        if on and found and found[-1][1] == at - 1:
            found[-1] = found[-1][0], at
        elif on:
            found.append((at, at))
    return found


def busy(case: Case, report: Report) -> list[Text]:
    """The year with most facilities at work, and that with most out of service."""
    table, over = report.tables["by_year"], case.settings.years
    parts = []
    for what, en, ru in (
        (AT_WORK, "most facilities are at work in {year} ({most})", "больше всего объектов в работах в {year} году "
         "({most})"),
        (OUT_IN_YEAR, "most are out of service for works in {year} ({most})",
         "больше всего выведено для работ в {year} году ({most})"),
    ):
        row = whole(table, what)
        if row is None:
            continue
        year = max(over, key=lambda y, of=row: as_number(of[f"y_{y}"]))  # type: ignore[misc]
        if (most := as_number(row[f"y_{year}"])) > 0:
            parts.append(Text(en, ru).fill(year=str(year), most=number(most)))
    return [capital(Text("; ".join(p.en for p in parts) + ".", "; ".join(p.ru for p in parts) + "."))] if parts else []


def at_peaks(report: Report) -> list[Text]:
    """Of each area in which works keep capacity out at a peak the year with most of it, and what is left all the
    same: ``At the peak of 2030 Q4 works keep 536 MW out (Kazakhstan); 561 MW more than is needed are left``."""
    most: dict[Value, Mapping[str, Value]] = {}
    for row in report.tables["balances"].rows if "balances" in report.tables else ():
        known = most.get(row["area"])
        if as_number(row.get("out")) > max(NOTHING_KM, as_number(known.get("out")) if known else 0.0):
            most[row["area"]] = row
    said = []
    for row in most.values():
        at, area, unit = said_when(str(row["period"])), as_text(row["area"]), as_text(row["unit"])
        out, left = told(as_number(row["out"])), told(abs(as_number(row["left"])))
        first = Text(f"At the peak of {at.en} works keep {out.en} {unit.en} out of service ({area.en})",
                     f"В пик ({at.ru}) из-за работ выведено {out.ru} {unit.ru} ({area.ru})")
        end = Text(f"{left.en} {unit.en} more than is needed are left",
                   f"сверх потребности остаётся {left.ru} {unit.ru}")
        if as_number(row["left"]) < 0.0:
            end = Text(f"{left.en} {unit.en} of what is needed are missing",
                       f"до потребности не хватает {left.ru} {unit.ru}")
        said.append(Text(f"{first.en}; {end.en}.", f"{first.ru}; {end.ru}."))
    return said
