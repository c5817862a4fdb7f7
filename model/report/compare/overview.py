"""The overview of the comparison: key figures of every scenario, in the order in which a meeting asks."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from model.base.text import Text
from model.data.case import Source
from model.report.amounts import Amounts
from model.report.compare.kinds import NO_PLAN, Block, Line, Side, each, stated
from model.report.compare.moves import KINDS
from model.report.compare.projects import Moves, counts
from model.report.figures import completed, sectors, society
from model.report.kinds import Value
from model.report.targets import short_of
from model.report.words import AT_HOME, NO, OBJECTIVES, SECTORS, YES, country
from model.sheets.words import SECTORS as ALL_SECTORS
from model.solve.solution import MAXIMISED

PLAN = Text("plan", "план")
ABROAD = Text("Other money from abroad", "Другие деньги из-за рубежа")
GROUPS: tuple[Text, ...] = (country("JP"), ABROAD, *(AT_HOME[kind] for kind in ("loan", "grant", "budget", "own")))


def overview(sides: Sequence[Side], moves: Moves, targets: Sequence[Mapping[str, Mapping[str, Value]]]) -> tuple[Block, ...]:
    """The blocks, without those that have no line."""
    blocks = (_run(sides), _built(sides), _cost(sides), _worth(sides), _money(sides), _targets(sides, targets), _moved(sides, moves))
    return tuple(block for block in blocks if block.lines)


def capital(word: Text) -> Text:
    return Text(word.en[0].upper() + word.en[1:], word.ru[0].upper() + word.ru[1:])


def _run(sides: Sequence[Side]) -> Block:
    changed = tuple(len(one.result.changed) for one in sides)
    lines = [
        Line(Text("Result", "Результат"), "", tuple(PLAN if one.found else NO_PLAN for one in sides)),
        Line(Text("Input cells changed", "Изменено исходных ячеек"), "", changed, part="changed"),
    ]
    return Block(Text("Scenario", "Сценарий"), tuple(lines))


def _built(sides: Sequence[Side]) -> Block:
    """Facilities and km by the last year, what was done before included."""
    present = [s for s in ALL_SECTORS if any(one.found and s in sectors(one.found.case) for one in sides)]
    lines = [
        Line(Text("Facilities completed by the end", "Объектов завершено к концу"), "facilities", each(sides, completed), part="facilities", strong=True),
        Line(Text("Networks renewed by the end", "Сетей обновлено к концу"), "km", stated(sides, "km_renewed"), strong=True),
    ]
    lines += [Line(capital(SECTORS[s]), "km", stated(sides, f"km_renewed[{s}]"), part="sector") for s in present]
    return Block(Text("What is built", "Что строится"), tuple(lines))


def _cost(sides: Sequence[Side]) -> Block:
    def real(found: Amounts) -> float:
        return math.fsum(v / found.factors.prices.inflation(y) for (_, y), v in found.outlay.items())

    year = next((one.found.case.settings.price_year for one in sides if one.found), None)
    money = Text(f"Spending in money of {year}", f"Затраты в деньгах {year} года")
    return Block(Text("What it costs", "Сколько стоит"), (
        Line(Text("Spending, nominal", "Затраты, номинально"), "bn KZT", each(sides, lambda found: math.fsum(found.outlay.values())), strong=True),
        Line(money, "bn KZT", each(sides, real)),
        Line(Text("Spending, present value", "Затраты, приведённая стоимость"), "bn KZT", stated(sides, "outlays_pv")),
        Line(Text("Cost of the money to the purse, present value", "Стоимость денег для кошелька, приведённая"), "bn KZT", stated(sides, "funding_pv")),
    ))


def _worth(sides: Sequence[Side]) -> Block:
    """Values of the plans; the purse is computed for every plan, whatever it was optimised for."""
    def purse(found: Amounts) -> float:
        factors, plan = found.factors, found.plan
        money = [*found.funding_pv.values(), *factors.fees_pv(plan).values(), *factors.lines_pv(plan).values()]
        return math.fsum([*found.benefit.values(), *found.income_pv.values(), factors.interest_pv(plan), *(-v for v in money)])

    lines = [
        Line(Text("Benefits, present value", "Выгоды, приведённая стоимость"), "bn KZT", stated(sides, "benefits_pv")),
        Line(Text("Net value for the programme purse", "Чистая выгода для кошелька программы"), "bn KZT", each(sides, purse), strong=True),
        Line(Text("Net value for the whole country", "Чистая выгода для всей страны"), "bn KZT", each(sides, society), strong=True),
    ]
    aims = {one.found.case.settings.objective for one in sides if one.found}
    if aims - {"purse"}:
        lines.append(Line(Text("Optimised for", "Критерий оптимизации"), "", each(sides, lambda found: OBJECTIVES[found.case.settings.objective])))
    lines.append(Line(Text("Certified distance from the best plan, of spending", "Доказанное расстояние до лучшего плана, от затрат"), "%",
                      tuple(gap(one) for one in sides), part="gap"))
    return Block(Text("What it is worth", "Что это даёт"), tuple(lines))


def gap(one: Side) -> float | None:
    """Certified distance of the objective from the best possible, percent of the present value of outlays; None if it is not stated."""
    claims = one.result.claims
    value, bound, outlays = (claims.get(name) for name in ("value[objective]", "bound[objective]", "outlays_pv"))
    if one.found is None or value is None or bound is None or not outlays:
        return None
    better = bound - value if one.found.case.settings.objective in MAXIMISED else value - bound
    return 100.0 * max(better, 0.0) / outlays


def group(source: Source) -> Text:
    """Japan, other money from abroad, or the kind of money at home."""
    if source.foreign:
        return GROUPS[0] if source.partner == "JP" else ABROAD
    return AT_HOME[source.kind]


def _money(sides: Sequence[Side]) -> Block:
    def of(name: Text) -> tuple[Value, ...]:
        return each(sides, lambda found: math.fsum(v for (s, _), v in found.draw.items() if group(found.case.sources[s]) == name))

    there = {group(source) for one in sides if one.found for source in one.found.case.sources.values()}
    parts = [Line(name, "bn KZT", of(name), part="group") for name in GROUPS if name in there]
    total = Line(Text("All sources, nominal", "Все источники, номинально"), "bn KZT", each(sides, lambda found: math.fsum(found.draw.values())), strong=True,
                 adds=len(parts))
    return Block(Text("Who pays", "Кто платит"), (total, *parts) if parts else ())


def _targets(sides: Sequence[Side], targets: Sequence[Mapping[str, Mapping[str, Value]]]) -> Block:
    """Rows met and missed; the shortfalls of each priority, in percent of what each row asks, added up."""
    if not any(targets):
        return Block(Text("Targets", "Цели"), ())

    def number_of(met: Text) -> tuple[Value, ...]:
        return tuple(sum(1 for row in rows.values() if row["met"] is met) if one.found else None for one, rows in zip(sides, targets, strict=True))

    lines = [
        Line(Text("Target rows met", "Строк целей выполнено"), "", number_of(YES), strong=True),
        Line(Text("Target rows missed", "Строк целей не выполнено"), "", number_of(NO)),
    ]
    for priority in ("1", "2", "3"):
        if any(target.priority == priority for one in sides if one.found for target in one.found.case.targets):
            lines.append(Line(Text(f"Shortfalls of priority {priority}, sum of shares missed", f"Недовыполнение приоритета {priority}, сумма долей"), "%",
                              each(sides, lambda found, p=priority: _shortfalls(found, p))))  # type: ignore[misc]
    return Block(Text("Targets", "Цели"), tuple(lines))


def _shortfalls(found: Amounts, priority: str) -> float:
    """Sum of the normalised shortfalls of a priority's rows, percent."""
    return 100.0 * math.fsum(short_of(found, target) / target.scale for target in found.case.targets if target.priority == priority)


def _moved(sides: Sequence[Side], moves: Moves) -> Block:
    """Projects that each scenario moves, by kind of move."""
    base = sides[0].found is not None
    made = [counts(moves, i) if i and base and one.found else None for i, one in enumerate(sides)]
    lines = [
        Line(capital(word), "", tuple(n[kind] if n else None for n in made), part="count")
        for kind, word in KINDS.items() if any(n and n[kind] for n in made)
    ]
    return Block(Text("Projects that move against the base", "Проекты, отличающиеся от базового"), tuple(lines))
