"""The page of debt under stress: service and stock by year, of it in other currencies, and how they spread over drawn
rates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jaryq.base.counted import OF_FUTURES, counted
from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.handover.said import capital, told
from jaryq.handover.shapes import Chart, Front, Series, Verdict
from jaryq.report.block import Block, Field

TITLE, NOTE = Text("Debt under stress", "Долг под нагрузкой"), Text(
    "The plan as it was borrowed: what is drawn in other currencies stays the same amount of them.",
    "План с теми же займами: выборка в других валютах остаётся той же суммой в них.")
BN = Text("bn KZT", "млрд тенге")
FIGURES: Mapping[str, Text] = {"service": Text("Debt service", "Обслуживание долга"),
                               "stock": Text("Debt on 31 December", "Долг на 31 декабря")}
SMALL = 1e-6


@dataclass(frozen=True)
class Lines:
    """One stress (``name``: as a sentence ends, ``short``: as a column is headed) by year, bn KZT nominal: ``service``
    and ``stock`` of debt, both also ``in_currency`` other than KZT, what is ``drawn`` of all sources, and of those
    ``abroad``."""

    name: Text
    short: Text
    service: Mapping[int, float]
    stock: Mapping[int, float]
    service_in_currency: Mapping[int, float]
    stock_in_currency: Mapping[int, float]
    drawn: Mapping[int, float]
    abroad: Mapping[int, float]


@dataclass(frozen=True)
class Fan:
    """``service`` and ``stock`` by percentile (the lowest first) and year, over ``count`` draws of rates; no draws: the
    levels are stresses, ``names`` theirs."""

    names: tuple[Text, ...]
    service: tuple[Mapping[int, float], ...]
    stock: tuple[Mapping[int, float], ...]
    count: int = 0


def under_stress(lines: Sequence[Lines], fan: Fan | None) -> Front:
    """The first of ``lines`` is the plan."""
    years = sorted({year for one in lines for flow in (one.service, one.stock) for year, amount in flow.items()
                    if abs(amount) > SMALL})
    if not years:
        return Front("stress", TITLE, NOTE, (), (Text("The plan borrows nothing.", "План ничего не занимает."),))
    planned = sorted({year for one in lines for year, amount in one.drawn.items() if abs(amount) > SMALL})
    blocks = [_block(Text("Service", "Обслуживание"), lines, "service", years),
              _block(Text("Stock on 31 December", "Долг на 31 декабря"), lines, "stock", years),
              _block(Text("Service in other currencies", "Обслуживание в других валютах"), lines,
                     "service_in_currency", years),
              _shares(Text("Share of other currencies in the debt", "Доля других валют в долге"), lines,
                      "stock_in_currency", "stock", years),
              _shares(Text("Share of foreign money in what is drawn", "Доля внешних средств в выборке"), lines,
                      "abroad", "drawn", planned)]
    charts = [_fan(key, fan, years) for key in FIGURES] if fan is not None else []
    charts.append(Chart("service_under_stress", "line", FIGURES["service"], BN, tuple(years),
                        tuple(Series(capital(one.short), tuple(one.service.get(y, 0.0) for y in years))
                              for one in lines),
                        Text("Debt service by year as planned and under each stress.",
                             "Обслуживание долга по годам: по плану и под каждой нагрузкой.")))
    return Front("stress", TITLE, NOTE, (), (*_said(lines, years), *_spread(fan)), tuple(charts), tuple(blocks),
                 verdict=HELD)


HELD = Verdict(changes=(Text("Under stress the plan is held and its debt is told: what exchange and reference rates "
                             "would change in the decision is told by run.py sweep.",
                             "При стрессе план неизменен и показан его долг; что курсы и ставки изменили бы в "
                             "решении, показывает run.py sweep."),))
"""Of the decision it says nothing but this."""


def _block(head: Text, lines: Sequence[Lines], flow: str, years: Sequence[int]) -> Block:
    return Block(head, (Field(Text("Year", "Год"), "year"), *(Field(capital(one.short), BILLION) for one in lines)),
                 tuple((y, *(getattr(one, flow).get(y, 0.0) for one in lines)) for y in years))


def _shares(head: Text, lines: Sequence[Lines], part: str, whole: str, years: Sequence[int]) -> Block:
    """In percent; blank where there is nothing to be a share of."""
    return Block(head, (Field(Text("Year", "Год"), "year"), *(Field(capital(one.short), "%") for one in lines)),
                 tuple((y, *(_share(getattr(one, part).get(y, 0.0), getattr(one, whole).get(y, 0.0)) for one in lines))
                       for y in years))


def _share(part: float, whole: float) -> float | None:
    return 100.0 * part / whole if whole > SMALL else None


def _said(lines: Sequence[Lines], years: Sequence[int]) -> list[Text]:
    found = []
    for flow, name in (("service", Text("debt service", "обслуживание долга")),
                       ("stock", Text("debt on 31 December", "долг на 31 декабря"))):
        worst = max(lines, key=lambda one: max(getattr(one, flow).values(), default=0.0))
        top = max(years, key=lambda y: getattr(worst, flow).get(y, 0.0))
        as_planned, then = (told(getattr(one, flow).get(top, 0.0)) for one in (lines[0], worst))
        found.append(Text(f"{capital(name).en} is highest in {top}: {as_planned.en} bn KZT as planned"
                          f"{f', {then.en} if {worst.name.en}' if worst is not lines[0] else ''}.",
                          f"{capital(name).ru}: больше всего в {top} году, {as_planned.ru} млрд тенге по плану"
                          f"{f', {then.ru}, если {worst.name.ru}' if worst is not lines[0] else ''}."))
    drawn = [_share(sum(one.abroad.values()), sum(one.drawn.values())) for one in lines]
    if drawn[0] is not None and max(one or 0.0 for one in drawn) > SMALL:
        most = max(range(len(lines)), key=lambda i: drawn[i] or 0.0)
        now, then = told(drawn[0]), told(drawn[most] or 0.0)
        found.append(Text(f"Foreign money is {now.en} % of all that is drawn as planned"
                          f"{f', {then.en} % if {lines[most].name.en}' if then != now else ''}.",
                          f"Внешние средства составляют {now.ru} % всей выборки по плану"
                          f"{f', {then.ru} %, если {lines[most].name.ru}' if then != now else ''}."))
    return found


def _spread(fan: Fan | None) -> list[Text]:
    """How far the year of the largest service spreads over drawn rates."""
    if fan is None or not fan.count:
        return []
    top = max(fan.service[-1], key=lambda y: fan.service[-1][y], default=None)
    if top is None:
        return []
    low, middle, high = (told(fan.service[i].get(top, 0.0)) for i in (0, len(fan.service) // 2, -1))
    of = counted(fan.count, *OF_FUTURES)
    return [Text(f"Over {of.en} with drawn exchange and reference rates debt service of {top} is {middle.en} bn KZT in "
                 f"the middle, {low.en} to {high.en} in eight of ten.",
                 f"По розыгрышам курсов и базовых ставок ({fan.count}) обслуживание долга {top} года в середине "
                 f"{middle.ru} млрд тенге, от {low.ru} до {high.ru} в восьми из десяти.")]


def _fan(key: str, fan: Fan, years: Sequence[int]) -> Chart:
    levels = getattr(fan, key)
    over = (Text("over drawn rates", "по розыгрышам курсов и ставок") if fan.count
            else Text("as the currency falls", "при падении валюты"))
    name = FIGURES[key]
    return Chart(f"fan_{key}", "fan", Text(f"{name.en} {over.en}", f"{name.ru} {over.ru}"), BN, tuple(years),
                 tuple(Series(said, tuple(level.get(y, 0.0) for y in years))
                       for said, level in zip(fan.names, levels, strict=True)),
                 Text(f"{name.en} by year {over.en}: bands from the lowest level to the highest.",
                      f"{name.ru} по годам {over.ru}: полосы от низшего уровня до высшего."))
