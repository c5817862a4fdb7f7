"""The page of choices: which facilities the best plans of many futures take whatever comes, which never, which hang on
what comes, and of which it is open how they are done. Variants of one facility are one (docs/numbers.md)."""

from __future__ import annotations

import math
from collections.abc import Sequence

from jaryq.base.counted import FACILITIES, OF_FACILITIES, counted, english, russian
from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.handover.said import told
from jaryq.handover.shapes import Front
from jaryq.handover.uncertain.grouped import NEVER, SURE, begun, bound, grouped
from jaryq.handover.uncertain.robust import divided, division_block, verdict
from jaryq.report.block import Block, Field
from jaryq.report.shapes import Fact, Value
from jaryq.report.words import number
from jaryq.uncertainty.ensemble import Chosen, Ensemble

MOST = 25
"""Facilities in a table."""

MOST_NAMED = 3
"""Facilities that a sentence names."""

STARTS = (Field(Text("earliest start (P10)", "раннее начало (P10)"), "year"),
          Field(Text("latest start (P90)", "позднее начало (P90)"), "year"))

TAKEN = Field(Text("taken in", "выбран в"), "%", bar=True)
SHARE = Field(Text("share on average", "доля в среднем"), "%")
HOW = Text("Done in any case; how is open", "Выполняются в любом случае; открыто, как именно")


def to_sign(case: Case, made: Ensemble) -> Front:
    """Which facilities the best plans take in most futures, in few, and which hang on what comes."""
    groups = grouped(case, made)
    found, of_rows, sure, never = groups.found, groups.of_rows, groups.sure, groups.never
    hang, way, how = groups.hang, groups.way, groups.how
    by = case.settings.known_from
    now = sorted((way[key] for key in way if not any(bound(case.facilities[row]) for row in case.assets[key])
                  and (year := of_rows[way[key]].year) is not None and round(year.high) < by),
                 key=lambda row: (-case.facilities[row].cost, row))
    sign = Block(Text(f"Taken whatever comes, and begun before {by}: the dearest",
                      f"Выбраны при любом будущем и начаты до {by} года: самые дорогие"),
                 (Field(Text("Facility", "Объект")), Field(Text("cost", "стоимость"), BILLION),
                  Field(Text("taken in", "выбран в"), "%"), *STARTS),
                 tuple((_name(case, row), case.facilities[row].cost, 100 * of_rows[row].often, *_starts(of_rows[row]))
                       for row in now[:MOST]), _more(now))
    ways = Block(HOW, (Field(Text("Facility", "Объект")), Field(Text("Way", "Вариант")), TAKEN, SHARE, *STARTS),
                 tuple((_name(case, key), _name(case, row), *_of(of_rows[row])) for key in how[:MOST]
                       for row in sorted(case.assets[key], key=lambda row: -of_rows[row].often)
                       if of_rows[row].often > 0), _more(how))
    block = Block(Text("Depend on what comes", "Зависят от того, что сбудется"),
                  (Field(Text("Facility", "Объект")), TAKEN, SHARE, *STARTS),
                  tuple((_name(case, key), *_of(found[key])) for key in hang[:MOST]), _more(hang))
    dividing = divided(case, made, groups)
    said = [_counted(len(found), len(sure), len(never), len(hang))]
    if sure:
        said.append(_to_sign(case, sure, now, by))
    if how:
        said.append(_how(case, how))
    return Front("choices_of_futures", Text("What to sign now, what to leave open", "Что подписать сейчас, что "
                                                                                    "оставить"),
                 Text("How often the best plan of a future takes each facility, in whichever of its variants.",
                      "Как часто лучший план для варианта будущего включает каждый объект, в любом из его вариантов."),
                 (Fact(Text("Robust", "Устойчиво выбраны"), len(sure), "facilities"),
                  Fact(Text("To sign now", "Подписать сейчас"), len(now), "facilities"),
                  Fact(Text("Robust, how is open", "Устойчиво, но открыто как"), len(how), "facilities"),
                  Fact(Text("Robustly left out", "Устойчиво исключены"), len(never), "facilities"),
                  Fact(Text("Hang on what comes", "Зависят от будущего"), len(hang), "facilities")),
                 tuple(said), (), tuple(one for one in (sign, ways, block, division_block(case, made, dividing))
                                        if one.rows), verdict=verdict(case, made, groups, dividing))


def _counted(count: int, sure: int, never: int, hang: int) -> Text:
    """How many of all facilities are taken whatever comes, never, and in some futures."""
    return Text(f"Of {counted(count, *FACILITIES).en} the best plans take {sure} in at least {100 * SURE:.0f} % of the "
                f"futures, {never} in at most {100 * NEVER:.0f} %; {hang or 'none'} "
                f"{english(hang or 1, 'hangs', 'hang')} on what comes.",
                f"Из {counted(count, *OF_FACILITIES).ru} лучшие планы берут {sure} не менее чем в {100 * SURE:.0f} % "
                f"вариантов, {never} не более чем в {100 * NEVER:.0f} %; {hang or 'ни один не'} "
                f"{russian(hang or 1, 'зависит', 'зависят', 'зависят')} от того, что сбудется.")


def _how(case: Case, how: Sequence[str]) -> Text:
    """Which facilities are done in one variant or another."""
    count, named = len(how), [_name(case, key) for key in how[:MOST_NAMED]]
    rest = count - len(named)
    more = (f" and {rest} more", f" и ещё {rest}") if rest else ("", "")
    return Text(f"{counted(count, *FACILITIES).en} of these {english(count, 'is', 'are')} done in any case, and how is "
                f"open (new or overhauled, say): {', '.join(one.en for one in named)}{more[0]}.",
                f"Из них {counted(count, *FACILITIES).ru} "
                f"{russian(count, 'выполняется', 'выполняются', 'выполняются')} в любом случае, но "
                f"открыто, как именно (заново или ремонтом): {', '.join(one.ru for one in named)}{more[1]}.")


def _to_sign(case: Case, sure: Sequence[str], now: Sequence[str], by: int) -> Text:
    """Which of what is taken whatever comes need no signature any more, and which can be signed."""
    rows = [[case.facilities[row] for row in case.assets[key]] for key in sure]
    started = sum(any(map(begun, one)) for one in rows)
    must = sum(any(map(bound, one)) for one in rows) - started
    settled = [Text(f"{started} {english(started, 'is', 'are')} begun or committed already",
                    f"{started} уже " + russian(started, "начат или законтрактован", "начаты или законтрактованы",
                                                "начаты или законтрактованы"))] if started else []
    settled += [Text(f"{must} must be done anyway",
                     f"{must} " + russian(must, "обязателен", "обязательны", "обязательны"))] if must else []
    if now:
        cost, count = told(math.fsum(case.facilities[key].cost for key in now)), number(len(now))
        settled.append(Text(
            f"{count.en}{' more' if settled else ''} {english(len(now), 'begins', 'begin')} before {by} in nine of ten "
            f"futures (cost {cost.en} bn KZT) and can be signed now",
            f"{'ещё ' if settled else ''}{count.ru} {russian(len(now), 'начинается', 'начинаются', 'начинаются')} до "
            f"{by} года в девяти из десяти вариантов (стоимость {cost.ru} млрд тенге), "
            f"{russian(len(now), 'его', 'их', 'их')} можно подписать сейчас"))
    else:
        settled.append(Text(f"{'no other' if settled else 'none'} begins before {by} in nine of ten futures: there is "
                            f"nothing{' more' if settled else ''} to sign now",
                            f"{'других' if settled else 'таких'}, начинаемых до {by} года в девяти из десяти вариантов,"
                            f" нет: подписывать сейчас {'больше ' if settled else ''}нечего"))
    all_ = number(len(sure))
    return Text(f"Of the {all_.en} taken whatever comes " + "; ".join(one.en for one in settled) + ".",
                f"Из {all_.ru}, выбранных при любом будущем: " + "; ".join(one.ru for one in settled) + ".")


def _more(keys: Sequence[str]) -> tuple[Text, ...]:
    """How many a table does not show."""
    further = len(keys) - MOST
    return (Text(f"And {further} more.", f"И ещё {further}."),) if further > 0 else ()


def _name(case: Case, key: str) -> Text:
    return Text(case.facilities[key].name, case.facilities[key].name_ru)


def _of(one: Chosen) -> tuple[Value, ...]:
    """How often, how much, when."""
    return (100 * one.often, 100 * one.share, *_starts(one))


def _starts(one: Chosen) -> tuple[int | None, int | None]:
    """Early and late year of its start."""
    return (None, None) if one.year is None else (round(one.year.low), round(one.year.high))
