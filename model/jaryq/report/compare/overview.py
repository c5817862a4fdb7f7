"""The overview of the comparison: key figures of every scenario, in the order in which a meeting asks."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import partial

from jaryq.base.home import BILLION, FIRST_PARTNER
from jaryq.base.text import Text
from jaryq.case.case import Named, Source
from jaryq.factors.soft_rows import by_priority
from jaryq.report.after_plan import TO_PAY, still_to_pay
from jaryq.report.amounts import Amounts
from jaryq.report.charges import savings
from jaryq.report.compare.facts import by_the_end_of, purse
from jaryq.report.compare.moves import KINDS_OF_MOVE
from jaryq.report.compare.projects import Moves, Stands, counts, standings
from jaryq.report.compare.shapes import NO_PLAN, Block, Line, Side, each, ends_of, settings_of, stated
from jaryq.report.compare.ties import STANDINGS, distance
from jaryq.report.condition import LOST, SUPPLY, ZONE_WORDS
from jaryq.report.figures import completed, sectors
from jaryq.report.objective import society
from jaryq.report.projects import NOTHING, ordered
from jaryq.report.quantities import in_the_end
from jaryq.report.shapes import Value
from jaryq.report.targets import missed_rows
from jaryq.report.words import AT_HOME, NO, OBJECTIVES, SECTORS, UNIT_WORDS, YES, at_most, country, name_of, same
from jaryq.sheets.words import SECTORS as ALL_SECTORS

PLAN = Text("plan", "план")
ABROAD = Text("Other money from abroad", "Другие деньги из-за рубежа")
GROUPS: tuple[Text, ...] = (country(FIRST_PARTNER), ABROAD,
                            *(AT_HOME[kind] for kind in ("loan", "grant", "budget", "own")))


def overview(sides: Sequence[Side], moves: Moves, targets: Sequence[Mapping[str, Mapping[str, Value]]],
             stand: Stands | None = None) -> tuple[Block, ...]:
    """The blocks, without those that have no line. ``stand``: how the moves stand, where that is to be counted."""
    blocks = (_run(sides), _built(sides), _changed(sides), _cost(sides), _worth(sides), *_condition(sides),
              _money(sides), _targets(sides, targets), _moved(sides, moves, stand))
    return tuple(block for block in blocks if block.lines)


def capital(word: Text) -> Text:
    return Text(word.en[0].upper() + word.en[1:], word.ru[0].upper() + word.ru[1:])


def _run(sides: Sequence[Side]) -> Block:
    changed = tuple(len(one.result.changed) for one in sides)
    lines = [
        Line(Text("Result", "Результат"), "", tuple(PLAN if one.found else NO_PLAN for one in sides)),
        Line(Text("Input cells changed", "Изменено исходных ячеек"), "", changed, part="changed"),
    ]
    if len(ends_of(sides)) > 1:
        lines.append(Line(Text("Last year of the plan", "Последний год плана"), "",
                          each(sides, lambda found: same(str(found.case.settings.last_year)))))
    return Block(Text("Scenario", "Сценарий"), tuple(lines))


def _built(sides: Sequence[Side]) -> Block:
    """Facilities and km by the last year, what was done before included."""
    present = [s for s in ALL_SECTORS if any(one.found and s in sectors(one.found.case) for one in sides)]
    lines = [
        *_at_one_time(sides),
        Line(_facilities(sides), "facilities", each(sides, completed), part="facilities", strong=True),
        Line(Text("Networks renewed by the end", "Сетей обновлено к концу"), "km", stated(sides, "km_renewed"),
             strong=True),
    ]
    lines += [Line(capital(SECTORS[s]), "km", stated(sides, f"km_renewed[{s}]"), part="sector") for s in present]
    return Block(Text("What is built", "Что строится"), tuple(lines))


def _at_one_time(sides: Sequence[Side]) -> tuple[Line, ...]:
    """Where scenarios end in different years, what each has built by the end of the first one's."""
    ends = ends_of(sides)
    if len(ends) < 2:
        return ()
    return (Line(Text(f"Facilities completed by the end of {ends[0]}", f"Объектов завершено к концу {ends[0]} года"),
                 "facilities", each(sides, lambda found: by_the_end_of(found, ends[0])[0]), strong=True),
            Line(Text(f"Networks renewed by the end of {ends[0]}", f"Сетей обновлено к концу {ends[0]} года"), "km",
                 each(sides, lambda found: by_the_end_of(found, ends[0])[1]), strong=True))


def _changed(sides: Sequence[Side]) -> Block:
    """Each quantity at the end: levels on the last 31 December, flows of the year after it, what came once by then."""
    known = {key: q for one in sides if one.found for key, q in one.found.case.quantities.items()}

    def at_the_end(key: str, found: Amounts) -> float | None:
        return in_the_end(found, key) if key in found.case.quantities else None

    lines = [Line(name_of(q), "", each(sides, partial(at_the_end, key)), said=UNIT_WORDS[q.unit])
             for key, q in known.items()]
    return Block(Text("What works change", "Что меняют работы"), tuple(lines))


def _facilities(sides: Sequence[Side]) -> Text:
    """Where a scenario's facilities are divisible, its figure is of equivalents."""
    if all(one.found.case.settings.whole for one in sides if one.found):
        return Text("Facilities completed by the end", "Объектов завершено к концу")
    return Text("Facilities completed by the end (equivalents where divisible)",
                "Объектов завершено к концу (эквивалентов, где делимы)")


def _cost(sides: Sequence[Side]) -> Block:
    def real(found: Amounts) -> float:
        return math.fsum(v / found.factors.prices.inflation(y) for (_, y), v in found.outlay.items())

    settings = settings_of(sides)
    year = None if settings is None else settings.price_year
    money = Text(f"Spending in money of {year}", f"Затраты в деньгах {year} года")
    return Block(Text("What it costs", "Сколько стоит"), (
        Line(Text("Spending, nominal", "Затраты, номинально"), BILLION,
             each(sides, lambda found: math.fsum(found.outlay.values())), strong=True),
        Line(money, BILLION, each(sides, real)),
        *_some(Line(TO_PAY, BILLION, _unpaid(sides))),
        Line(Text("Spending, present value", "Затраты, приведённая стоимость"), BILLION, stated(sides, "outlays_pv")),
        Line(Text("Cost of the money to the purse, present value", "Стоимость денег для кошелька, приведённая"),
             BILLION, stated(sides, "funding_pv")),
        *_some(Line(Text("Premiums of crews, present value", "Наценки за бригады, приведённые"), BILLION,
                    stated(sides, "crews_pv"))),
        *_some(Line(Text("Saved by shared trenches, nominal", "Сбережено в общих траншеях, номинально"), BILLION,
                    each(sides, lambda found: math.fsum(savings(found).values())))),
        *_some(Line(Text("Changed against the last plan (what moves counts twice)",
                         "Изменено против прошлого плана (сдвинутое дважды)"), BILLION,
                    stated(sides, "changed"))),
    ))


def _unpaid(sides: Sequence[Side]) -> tuple[Value, ...]:
    return each(sides, lambda found: math.fsum(still_to_pay(found).values()))


def _some(line: Line) -> tuple[Line, ...]:
    """The line, if any scenario has something to say in it."""
    return (line,) if any(isinstance(v, (int, float)) and abs(v) > NOTHING for v in line.values) else ()


def _worth(sides: Sequence[Side]) -> Block:
    """Values of the plans; the purse is computed for every plan, whatever it was optimised for."""
    lines = [
        Line(Text("Benefits, present value", "Выгоды, приведённая стоимость"), BILLION, stated(sides, "benefits_pv")),
        *_some(Line(Text("of which quantities with a value", "из них величины с ценой"), BILLION,
                    each(sides, lambda found: math.fsum(found.worth.values())))),
        *_some(Line(Text("of which avoided risk", "из них предотвращённый риск"), BILLION,
                    stated(sides, "risk_avoided_pv"))),
        Line(Text("Net value for the programme purse", "Чистая выгода для кошелька программы"), BILLION,
             each(sides, purse), strong=True),
        *_some(Line(Text(f"Not in it: {TO_PAY.en[0].lower()}{TO_PAY.en[1:]}",
                         f"Не входит: {TO_PAY.ru[0].lower()}{TO_PAY.ru[1:]}"), BILLION, _unpaid(sides))),
        Line(Text("Net value for the whole country", "Чистая выгода для всей страны"), BILLION, each(sides, society),
             strong=True),
    ]
    aims = {one.found.case.settings.objective for one in sides if one.found}
    if aims - {"purse"}:
        lines.append(Line(Text("Optimised for", "Критерий оптимизации"), "",
                          each(sides, lambda found: OBJECTIVES[found.case.settings.objective])))
    lines.append(Line(Text("Certified distance from the best plan, of spending",
                           "Доказанное расстояние до лучшего плана, от затрат"), "%",
                      tuple(gap(one) for one in sides), part="gap"))
    return Block(Text("What it is worth", "Что это даёт"), tuple(lines))


def _condition(sides: Sequence[Side]) -> tuple[Block, ...]:
    """Zones, wear, failures, what is not supplied and lost: at the end of, or over, each scenario's own last year."""
    def last(claim: str) -> tuple[Value, ...]:
        return tuple(
            one.result.claims.get(claim.format(one.found.case.settings.last_year)) if one.found is not None else None
            for one in sides
        )

    kinds: dict[str, Named] = {}
    for one in sides:
        if one.found is not None:
            for key in ordered(one.found, "asset_types", one.found.case.asset_types):
                kinds.setdefault(key, one.found.case.asset_types[key])
    lines = [Line(ZONE_WORDS[zone], "facilities", last(f"zone[{zone},{{}}]"), strong=zone == "red")
             for zone in ("red", "yellow", "green")]
    red = Line(Text("Red periods not mended, share", "Неисправленные красные периоды, доля"), "share",
               stated(sides, "red_share"))
    wear = [(name_of(kind), last(f"wear[{key},{{}}]")) for key, kind in kinds.items()]
    lines.append(red)
    for said, values in wear:
        lines.append(Line(Text(f"Wear: {said.en}", f"Износ: {said.ru}"), "%",
                          tuple(100.0 * v if isinstance(v, float) else v for v in values)))
    lines.append(Line(Text("Expected failures and bursts", "Ожидаемых отказов и прорывов"), "", last("failures[{}]"),
                      said=Text("a year", "в год")))
    for name, words in (("not_supplied", SUPPLY), ("losses", LOST)):
        lines += [Line(said, "", last(f"{name}[{unit},{{}}]"), said=UNIT_WORDS[unit]) for unit, said in words.items()]
    known = tuple(line for line in lines if any(v is not None for v in line.values)
                  and (line.unit == "facilities" or _some(line)))
    return (Block(Text("Condition at the end", "Состояние в конце"), known),) if known else ()


def gap(one: Side) -> float | None:
    """Certified distance of the objective from the best possible, percent of the present value of outlays, rounded up;
    None if it is not stated."""
    far, outlays = distance(one), one.result.claims.get("outlays_pv")
    return None if far is None or not outlays else at_most(100.0 * far / outlays)


def group(source: Source) -> Text:
    """Japan, other money from abroad, or the kind of money at home."""
    if source.foreign:
        return GROUPS[0] if source.partner == FIRST_PARTNER else ABROAD
    return AT_HOME[source.kind]


def _money(sides: Sequence[Side]) -> Block:
    def of(name: Text) -> tuple[Value, ...]:
        return each(sides, lambda found: math.fsum(
            v for (s, _), v in found.draw.items() if group(found.case.sources[s]) == name))

    there = {group(source) for one in sides if one.found for source in one.found.case.sources.values()}
    parts = [Line(name, BILLION, of(name), part="group") for name in GROUPS if name in there]
    total = Line(Text("All sources, nominal", "Все источники, номинально"), BILLION,
                 each(sides, lambda found: math.fsum(found.draw.values())), strong=True,
                 adds=len(parts))
    return Block(Text("Who pays", "Кто платит"), (total, *parts) if parts else ())


def _targets(sides: Sequence[Side], targets: Sequence[Mapping[str, Mapping[str, Value]]]) -> Block:
    """Rows met and missed; the shortfalls of each priority, in percent of what each row asks, added up."""
    if not any(targets):
        return Block(Text("Targets", "Цели"), ())

    def number_of(met: Text) -> tuple[Value, ...]:
        return tuple(sum(1 for row in rows.values() if row["met"] is met) if one.found else None
                     for one, rows in zip(sides, targets, strict=True))

    asked = tuple(len(rows) if one.found else None for one, rows in zip(sides, targets, strict=True))
    lines = [
        *_some_differ(Line(Text("Aims that the scenario asks", "Целей в сценарии"), "", asked)),
        Line(Text("Aims met", "Целей выполнено"), "", number_of(YES), strong=True),
        Line(Text("Aims missed", "Целей не выполнено"), "", number_of(NO)),
    ]
    for priority in ("1", "2", "3"):
        if any(by_priority(one.found.factors, priority) for one in sides if one.found):
            lines.append(Line(Text(f"Shortfalls of priority {priority}, sum of shares missed",
                                   f"Недовыполнение приоритета {priority}, сумма долей"), "%",
                              each(sides, partial(_shortfalls, priority))))
    return Block(Text("Targets", "Цели"), tuple(lines))


def _some_differ(line: Line) -> tuple[Line, ...]:
    """The line, if the scenarios differ in it."""
    return (line,) if line.differs else ()


def _shortfalls(priority: str, found: Amounts) -> float:
    """Sum of the normalised shortfalls of a priority's rows, percent."""
    return 100.0 * math.fsum(row.share for row in missed_rows(found) if row.priority == priority)


def apart(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The blocks of lines in which scenarios differ, and those of the others; a sum stays with its parts."""
    both: tuple[list[Block], list[Block]] = ([], [])
    for block in blocks:
        groups: tuple[list[Line], list[Line]] = ([], [])
        i = 0
        while i < len(block.lines):
            group = block.lines[i:i + 1 + block.lines[i].adds]
            groups[not any(line.differs for line in group)].extend(group)
            i += len(group)
        for found, lines in zip(both, groups, strict=True):
            if lines:
                found.append(Block(block.head, tuple(lines)))
    return tuple(both[0]), tuple(both[1])


def _moved(sides: Sequence[Side], moves: Moves, stand: Stands | None) -> Block:
    """Projects that each scenario moves, by kind of move, and how many of them are real."""
    base = sides[0].found is not None
    made = [counts(moves, i) if i and base and one.found else None for i, one in enumerate(sides)]
    lines = [
        Line(capital(word), "", tuple(n[kind] if n else None for n in made), part="count")
        for kind, word in KINDS_OF_MOVE.items() if any(n and n[kind] for n in made)
    ]
    for standing, word in STANDINGS.items() if lines and stand is not None else ():
        values = tuple(None if n is None else standings(stand or {}, i)[standing] for i, n in enumerate(made))
        lines.append(Line(Text(f"Projects in all: {word.en}", f"Всего объектов: {word.ru}"), "", values, part="count"))
    return Block(Text("Projects that move against the base", "Проекты, отличающиеся от базового"), tuple(lines))
