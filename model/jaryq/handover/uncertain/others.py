"""The pages of two figures against each other, of plans that are almost as good, and of stress."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jaryq.base.text import Text
from jaryq.base.units import UNITS
from jaryq.handover.said import capital, told
from jaryq.handover.shapes import Chart, Front, Series
from jaryq.report.block import Block, Field

GROUPS = {"region": Text("Regions", "Регионы"), "sector": Text("Sectors", "Секторы"),
          "source": Text("Sources of money", "Источники денег")}


def against_each_other(names: tuple[Text, Text], units: tuple[str, str],
                       points: Sequence[tuple[float, float]]) -> Front:
    """``points``: what the two figures are together."""
    one, other = (capital(name) for name in names)
    rows = tuple((first, second) for first, second in points)
    said = ((Text("Both are best at once: there is nothing to give up.", "Оба наилучшие сразу: выбирать не из чего."),)
            if len(points) == 1 else
            (Text(f"{one.en} goes from {told(points[0][0]).en} to {told(points[-1][0]).en} while {names[1].en} goes "
                  f"from "
                  f"{told(points[0][1]).en} to {told(points[-1][1]).en}.",
                  f"{one.ru}: от {told(points[0][0]).ru} до {told(points[-1][0]).ru}, при этом {names[1].ru}: от "
                  f"{told(points[0][1]).ru} до {told(points[-1][1]).ru}."),))
    return Front("front", Text(f"{one.en} against {names[1].en}", f"{one.ru} против: {names[1].ru}"),
                 Text("Divisible plans; shortfalls stay as small as they can be.",
                      "Делимые планы; недовыполнения остаются наименьшими."), (), said,
                 (Chart("front", "line", Text("The front", "Граница"), Text(_unit(units[0]).en, _unit(units[0]).ru),
                        tuple(told(second) for _, second in points),
                        (Series(one, tuple(first for first, _ in points)),),
                        Text(f"{one.en} over {names[1].en}.", f"{one.ru} по оси: {names[1].ru}.")),)
                 if len(points) > 1 else (),
                 (Block(Text("Points", "Точки"), (Field(one, units[0]), Field(other, units[1])), rows),))


def almost_as_good(percent: float, groups: Mapping[str, Sequence[tuple[Text, float, float, float]]], shared: int,
                      open_: Sequence[Text], plans: int) -> Front:
    """``groups``: by kind, each group's name, money in the best plan, least, most."""
    blocks = [Block(GROUPS[kind], (Field(Text("Name", "Название")), Field(Text("best plan", "лучший план"), "bn KZT"),
                                   Field(Text("at least", "не менее"), "bn KZT"),
                                   Field(Text("at most", "не более"), "bn KZT")), tuple(rows))
              for kind, rows in groups.items() if rows]
    share = told(percent)
    said = [Text(f"Within {share.en} % of spending from the best plan, {plans} plans were found; {shared} facilities "
                 f"are "
                 "whole in all of them.",
                 f"В пределах {share.ru} % затрат от лучшего плана найдено планов: {plans}; {shared} объектов "
                 f"целиком есть "
                 "во всех.")]
    if open_:
        said.append(Text(f"{len(open_)} facilities are in some of them only.",
                         f"{len(open_)} объектов есть лишь в некоторых."))
    return Front("alternatives", Text("Plans that are almost as good", "Почти такие же хорошие планы"),
                 Text("What each group can get at least and at most; divisible plans, shortfalls as small as they "
                      "can be.",
                      "Сколько может получить каждая группа; делимые планы, недовыполнения наименьшие."),
                 (), tuple(said), (), tuple(blocks))


def under_stress(names: Sequence[Text], years: Sequence[int], service: Sequence[Sequence[float]],
                stock: Sequence[Sequence[float]], foreign: Sequence[Sequence[float]]) -> Front:
    """``service``, ``stock``, ``foreign``: by stress (the first is the plan), then by year."""
    title, note = Text("Debt under stress", "Долг под нагрузкой"), Text(
        "The plan as it was borrowed: what is owed in other currencies stays the same amount of them.",
        "План с теми же займами: долг в других валютах остаётся той же суммой в них.")
    if not years:
        return Front("stress", title, note, (), (Text("The plan borrows nothing.", "План ничего не занимает."),))
    worst = max(range(len(names)), key=lambda i: max(service[i], default=0.0))
    top = max(range(len(years)), key=lambda y: service[worst][y])
    said = (Text(f"Debt service is highest in {years[top]}: {told(service[0][top]).en} bn KZT as planned, "
                 f"{told(service[worst][top]).en} if {names[worst].en}.",
                 f"Наибольшее обслуживание долга в {years[top]} году: {told(service[0][top]).ru} млрд тенге по плану, "
                 f"{told(service[worst][top]).ru}, если {names[worst].ru}."),)

    def block(head: Text, values: Sequence[Sequence[float]]) -> Block:
        return Block(head, (Field(Text("Year", "Год"), "year"), *(Field(capital(name), "bn KZT") for name in names)),
                     tuple((year, *(line[i] for line in values)) for i, year in enumerate(years)))

    return Front(
        "stress", title, note, (), said,
        (Chart("fan", "line", Text("Debt service", "Обслуживание долга"), Text("bn KZT a year", "млрд тенге в год"),
               tuple(years),
               tuple(Series(capital(name), tuple(line)) for name, line in zip(names, service, strict=True)),
               Text("Debt service by year as planned and under each stress.",
                    "Обслуживание долга по годам: по плану и под каждой нагрузкой.")),),
        (block(Text("Service", "Обслуживание"), service), block(Text("Stock on 31 December", "Долг на 31 декабря"),
                  stock),
         block(Text("Service in other currencies", "Обслуживание в других валютах"), foreign)))


def _unit(unit: str) -> Text:
    return UNITS[unit].symbol if unit in UNITS else Text("number", "число")
