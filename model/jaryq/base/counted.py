"""Counts in sentences: a number with its noun (and verb) in the form that the number asks for."""

from __future__ import annotations

from collections.abc import Mapping

from jaryq.base.text import UNREVIEWED, Text

English = tuple[str, str]
"""After 1, after all others."""

Russian = tuple[str, str, str]
"""After 1 (21, 31), after 2 to 4 (22, 33), after all others (5, 11 to 14, 0), in the case of the sentence."""

FACILITIES: tuple[English, Russian] = ("facility", "facilities"), ("объект", "объекта", "объектов")
OF_FACILITIES: tuple[English, Russian] = ("facility", "facilities"), ("объекта", "объектов", "объектов")
INPUTS: tuple[English, Russian] = (("uncertain input", "uncertain inputs"),
                                   ("неопределённого данного", "неопределённых данных", "неопределённых данных"))
PROJECTS: tuple[English, Russian] = ("project", "projects"), ("объект", "объекта", "объектов")
POINTS: tuple[English, Russian] = ("point", "points"), ("пункт", "пункта", "пунктов")
OF_FUTURES: tuple[English, Russian] = ("future", "futures"), ("варианта", "вариантов", "вариантов")
OF_ROWS: tuple[English, Russian] = ("row", "rows"), ("строки", "строк", "строк")
OF_PACKAGES: tuple[English, Russian] = ("package", "packages"), ("пакета", "пакетов", "пакетов")
OF_WORKS: tuple[English, Russian] = ("project", "projects"), ("работы", "работ", "работ")
OF_STRETCHES: tuple[English, Russian] = ("stretch", "stretches"), ("участка", "участков", "участков")
OF_PUBLISHED: tuple[English, Russian] = (("published figure", "published figures"),
                                         ("опубликованной величины", "опубликованных величин",
                                          "опубликованных величин"))
DRAWS: tuple[English, Russian] = ("draw", "draws"), ("розыгрыш", "розыгрыша", "розыгрышей")
OF_DRAWS: tuple[English, Russian] = ("draw", "draws"), ("розыгрыша", "розыгрышей", "розыгрышей")
OF_REGIONS: tuple[English, Russian] = ("region", "regions"), ("региона", "регионов", "регионов")


def english(count: int, one: str, many: str) -> str:
    """The words that go with a count, without it."""
    return one if abs(count) == 1 else many


def russian(count: int, one: str, few: str, many: str) -> str:
    """The same in Russian, where the last digit decides, but for 11 to 14."""
    last, teens = abs(count) % 10, abs(count) % 100 in range(11, 15)
    return one if last == 1 and not teens else few if last in (2, 3, 4) and not teens else many


def counted(count: int, en: English, ru: Russian) -> Text:
    """``1 facility``, ``2 facilities``; ``1 объект``, ``2 объекта``, ``5 объектов``, ``21 объект``."""
    said = f"{count:,}"
    return Text(f"{said} {english(count, *en)}", f"{said.replace(',', chr(0xa0))} {russian(count, *ru)}")


NOUNS: Mapping[str, tuple[English, Russian, Russian]] = {
    "facilities": (*FACILITIES, OF_FACILITIES[1]),
    "years": (("year", "years"), ("год", "года", "лет"), ("года", "лет", "лет")),
    "months": (("month", "months"), ("месяц", "месяца", "месяцев"), ("месяца", "месяцев", "месяцев")),
    "hours": (("hour", "hours"), ("час", "часа", "часов"), ("часа", "часов", "часов")),
    "seconds": (("second", "seconds"), ("секунда", "секунды", "секунд"), ("секунды", "секунд", "секунд")),
    "degrees": (("degree", "degrees"), ("градус", "градуса", "градусов"), ("градуса", "градусов", "градусов")),
    "persons": (("person", "persons"), ("человек", "человека", "человек"), ("человека", "человек", "человек")),
    "crews": (("crew", "crews"), ("бригада", "бригады", "бригад"), ("бригады", "бригад", "бригад")),
    "crew-years": (("crew-year", "crew-years"), ("бригадо-год", "бригадо-года", "бригадо-лет"),
                   ("бригадо-года", "бригадо-лет", "бригадо-лет")),
    "times a year": (("time a year", "times a year"), ("раз в год", "раза в год", "раз в год"),
                     ("раза в год", "раз в год", "раз в год")),
    "failures a year": (("failure a year", "failures a year"), ("отказ в год", "отказа в год", "отказов в год"),
                        ("отказа в год", "отказов в год", "отказов в год")),
    "failures": (("failure", "failures"), ("отказ", "отказа", "отказов"), ("отказа", "отказов", "отказов")),
    "bursts": (("burst", "bursts"), ("прорыв", "прорыва", "прорывов"), ("прорыва", "прорывов", "прорывов")),
    "points of shortfall": (("point of shortfall", "points of shortfall"),
                            ("балл недовыполнения", "балла недовыполнения", "баллов недовыполнения"),
                            ("балла недовыполнения", "баллов недовыполнения", "баллов недовыполнения")),
    "rows": (("row", "rows"), ("строка", "строки", "строк"), ("строки", "строк", "строк")),
}
"""Units that are nouns, by their English word: English, Russian after a count, Russian where the sentence asks for the
genitive (``из 21 объекта``). Other units (km, %) stay as they are."""


def amount(value: float, said: Text, unit: Text, *, genitive: bool = False) -> Text:
    """A figure as it is ``said`` with its unit: ``0.5 facilities``; ``1 объект``, ``0,5 объекта``, of ``genitive``
    ``до 21 объекта``."""
    word = unit_after(value, unit, genitive=genitive)
    return Text(f"{said.en} {word.en}", f"{said.ru} {word.ru}")


def unit_after(value: float, unit: Text, *, genitive: bool = False) -> Text:
    """The unit alone, as it stands behind a figure: ``объект`` behind 1 and 21, ``объекта`` behind 2 and 0.5."""
    if unit.en not in NOUNS:
        return unit
    en, after_count, of = NOUNS[unit.en]
    forms = of if genitive else after_count
    whole = float(value).is_integer()
    word = russian(int(value), *forms) if whole else forms[0 if genitive else 1]
    said = english(int(value), *en) if whole else en[1]
    if (said, word) == (unit.en, unit.ru):
        return unit
    # Kazakh and Japanese have one form, whatever the number.
    return Text(said, word, *("" if unit.lacks(lang) else unit.say(lang) for lang in UNREVIEWED))
