"""Words of the report in both languages: sectors, kinds of money, countries, statuses, and names of what the case
has."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from jaryq.base.counted import amount
from jaryq.base.countries import COUNTRIES as COUNTRIES
from jaryq.base.sectors import SECTORS as SECTORS
from jaryq.base.text import LANGS, Text
from jaryq.base.unit_words import UNIT_WORDS as UNIT_WORDS
from jaryq.case.case import Case, Named, Rule, Source, Target
from jaryq.sheets.measures import UNIT_OF
from jaryq.sheets.results import RESULT
from jaryq.tables.scenarios import BASE

AT_HOME: Mapping[str, Text] = {
    "budget": Text("Budget", "Бюджет"), "own": Text("Utilities' own money", "Собственные средства предприятий"),
    "grant": Text("Grants at home", "Гранты внутри страны"), "loan": Text("Loans at home", "Внутренние займы"),
}
DATA: Mapping[str, Text] = {
    "reported": Text("reported", "опубликовано"), "derived": Text("derived", "расчёт"),
    "estimate": Text("estimate", "оценка"),
    "illustrative": Text("illustrative", "условно"),
}
IN_PLAN, DONE, NOT_IN = Text("in the plan", "в плане"), Text(
    "done before", "выполнен ранее"
), Text("not in the plan", "не в плане")
IN_PART, GOES_ON = Text("in the plan in part", "в плане частично"), Text("started, goes on", "начат, продолжается")
ENDS_AFTER = Text("ends after the plan", "завершится после плана")
"""Of works under contract that the planned years pay for in part."""
BUYS, WORKS, OUT_OF_SERVICE = Text("P", "З"), Text("W", "Р"), Text("O", "В")
"""Marks of the timetable: procurement, works, works with the facility out of service."""
YES, NO = Text("yes", "да"), Text("no", "нет")
ASIDE = Text("not comparable", "не сравнимо")
"""Of a published figure that would be compared with something else: neither inside its band nor outside."""
OPEN, CLOSED = Text("open", "открыт"), Text("closed", "закрыт")

OWN_VALUE = Text("for its own value", "ради собственной выгоды")
COMMITTED, BEGUN = Text("committed", "по обязательству"), Text("begun", "начато")
CHEAP = Text("only because foreign money is cheap", "только из-за дешёвых зарубежных денег")
CHEAP_AT_HOME = Text("only because a loan at home is cheap: its lender bears the difference",
                     "только из-за дешёвого займа внутри страны: разницу несёт кредитор")
FOR_TARGET = Text("for a target", "ради цели")
NO_SOURCE = Text("no eligible open source", "нет подходящего открытого источника")
NO_ROOM = Text("works do not fit the window", "работы не помещаются в окно")
NOT_CHOSEN = Text("not selected", "не выбран")
OTHER_VARIANT = Text("another variant is done", "выполняется другой вариант")
WAITS_FOR = Text("waits for what is not in the plan", "ждёт того, чего нет в плане")
OUTAGE_TOO_LARGE = Text("its outage is more than the region can spare", "вывод больше допустимого в регионе")
NOTHING_LEFT = Text("nothing left to renew", "обновлять нечего")

MEASURES: Mapping[str, Text] = {
    "km": Text("km renewed", "км обновлено"), "facilities": Text("facilities in service", "объекты в работе"),
    "share_done": Text("share of cost done", "доля выполненного"), "spend": Text("spending", "затраты"),
    "spend_real": Text("spending in money of the price year", "затраты в деньгах года цен"),
    "draw": Text("draws", "выборка"),
    "debt_service": Text("debt service", "обслуживание долга"),
    "subsidy": Text("interest paid by the State", "проценты за счёт государства"),
    "debt_stock": Text("debt at the year's end", "долг на конец года"), "borrowing": Text("borrowing", "заимствования"),
    "guarantees": Text("guaranteed by the State", "гарантии государства"),
    "new_guarantees": Text("new guarantees of the State", "новые гарантии государства"),
    "burden": Text("bills of households over incomes", "платежи домохозяйств к доходам"),
    "deficit": Text("deficit of capacity", "дефицит мощности"),
    "foreign_share": Text("share of debt in foreign currencies", "доля долга в валюте"),
    "wear": Text("average wear", "средний износ"),
    "red_zone": Text("facilities in the red zone", "объекты в красной зоне"),
    "failures": Text("expected failures", "ожидаемые отказы"), "not_supplied": Text("not supplied", "недоотпуск"),
    "losses": Text("losses", "потери"), "quantity": Text("quantity", "величина"),
}
ZONES: Mapping[str, Text] = {"red": Text("red", "красная"), "yellow": Text("yellow", "жёлтая"),
                             "green": Text("green", "зелёная")}
SCOPES: Mapping[str, Text] = {
    "reconstruction": Text("reconstruction", "реконструкция"), "repair": Text("repair", "ремонт"),
    "replacement": Text("replacement", "замена"),
    "new unit": Text("new unit",
                     "новый блок"), "new build": Text("new build", "новое строительство"),
                     "conversion": Text("conversion", "перевод на другое топливо"),
}
OBJECTIVES: Mapping[str, Text] = {
    "purse": Text("net present value for the programme purse", "чистая приведённая стоимость для кошелька программы"),
    "least_cost": Text("least cost", "наименьшие затраты"), "most_benefit": Text("benefits", "выгоды"),
    "earliest_finish": Text("mean time of finish", "среднее время окончания"),
}


SMALL = 5e-4
"""Smaller figures are shown as nothing."""
PROVED = 1e-6
"""A proved distance of no more is none."""

POINTS = Text("points of shortfall", "баллов недовыполнения")
"""Unit of the shortfall of a priority: the convex cost of docs/numbers.md, Targets."""
POINTS_SAID = Text("Points of shortfall: an aim missed by a tenth of what is asked counts 0.1, by a half 1.5, missed "
                   "whole 5.5, since each further tenth counts more than the one before; the aims of a priority are "
                   "added up.",
                   "Баллы недовыполнения: цель, не достигнутая на десятую часть требуемого, даёт 0,1 балла, "
                   "наполовину 1,5, целиком 5,5, так как каждая следующая десятая весит больше предыдущей; баллы "
                   "целей одного приоритета складываются.")

QUARTER = re.compile(r"(\d{4})Q([1-4])")


def number(value: float, places: int = 0) -> Text:
    """A number inside a sentence, with the thousands and decimal marks of the language."""
    english = f"{value:,.{places}f}"
    return Text(english, english.replace(",", "\u00a0").replace(".", ","))


def told(value: float) -> Text:
    """A figure in a sentence: whole from a hundred on, one place from one on, else two, below a tenth its first digit;
    nothing as 0."""
    return number(0.0) if abs(value) < SMALL else number(value, _decimals(value))


def _decimals(value: float) -> int:
    size = abs(value)
    if size < 0.1:
        return -int(f"{size:.0e}".partition("e")[2])
    return 0 if size >= 99.95 or abs(value - round(value)) < SMALL else 1 if size >= 0.995 else 2


def at_most(value: float) -> float:
    """A proved distance as far as other figures are told, always rounded up, for "no more than" must stay true; a
    millionth or less is nothing."""
    if value <= PROVED:
        return 0.0
    places = _decimals(value) or (1 if value < 99.95 else 0)
    scale = 10.0**places
    return math.ceil(value * scale - PROVED) / scale


def proved(value: float) -> Text:
    """The same in a sentence; what is no more than nothing as 0."""
    up = at_most(value)
    return number(up, _decimals(up)) if up else number(0.0)


def amount_of(value: float, unit: Text, *, genitive: bool = False) -> Text:
    """A figure with its unit, as far as it is told: what would be told as a whole number is one."""
    said = told(value)
    whole = abs(value) >= 99.95 or (abs(value - round(value)) < 0.05 and abs(value) >= 1.0)
    near = float(round(value)) if whole else value
    return amount(near, told(near) if near != value else said, unit, genitive=genitive)


def sheet(name: str) -> Text:
    """A sheet of the plan as a sentence names it; in Russian with its title, since its name is not Russian."""
    if name.startswith("partner_"):
        return Text(f"sheet {name}", f"лист {name} (страница партнёра)")
    return Text(f"sheet {name}", f"лист {name} («{RESULT[name].text.ru}»)")


def when(value: object) -> Text | None:
    """A period in words, ``2026 Q1``; None for anything else."""
    found = QUARTER.fullmatch(value) if isinstance(value, str) else None
    return None if found is None else Text(f"{found[1]} Q{found[2]}", f"{found[2]} кв. {found[1]}")


def said_when(label: str) -> Text:
    """The same of a period's label, a year as it is."""
    return when(label) or same(label)


def figure(amount: float | None, *, signed: bool = False) -> Text:
    """A figure in a line on the screen, with no more digits than it deserves; a dash where there is none."""
    if amount is None:
        return Text("-", "-")
    if abs(amount) < SMALL:
        return Text("0", "0")
    said = number(abs(amount), _places(abs(amount)))
    sign = "-" if amount < 0 else ("+" if signed else "")
    return Text(sign + said.en, sign + said.ru)


def _places(size: float) -> int:
    """Decimals of a figure in a line: one from a hundred on, else two, below one three; none that are nothing."""
    most = 1 if size >= 100 else 2 if size >= 1 else 3
    near = SMALL * 10.0 ** (2 - most)
    return next((places for places in range(most) if abs(size - round(size, places)) < near), most)


def unit_of(target: Target) -> Text:
    """The unit of a target row: of what is not supplied or lost it is the row's own."""
    return UNIT_WORDS[UNIT_OF.get(target.measure, target.unit)]


def name_of(item: Named) -> Text:
    """The name of a row in both languages; its key where it has none."""
    english = item.name.strip() or item.id
    return Text(english, item.name_ru.strip() or english)


def scenario_of(case: Case) -> Text:
    """A scenario as a sentence names it: its key, which a workbook gives in one language; the base in both."""
    return Text(BASE, "базовый") if case.scenario == BASE else same(case.scenario)


def same(text: str) -> Text:
    """A text that is the same in both languages."""
    return Text(text, text)


def crew_of(case: Case, crew: str) -> Text:
    """A works resource by its name, which any of its rows gives."""
    return case.crew_names.get(crew) or same(crew.replace("_", " "))


def why_closed(source: Source) -> Text | None:
    """Why a source is closed, where that is said."""
    return Text(source.closed_reason, source.closed_reason_ru or source.closed_reason) \
        if source.closed_reason.strip() else None


def why_stated(rule: Rule) -> Text | None:
    """Why a row of eligibility opens or closes, where that is said."""
    return Text(rule.reason, rule.reason_ru or rule.reason) if rule.reason.strip() else None


def region_of(case: Case, region: str | None) -> Text | None:
    """Name of a region, its key if it has no row, nothing if blank."""
    if not region:
        return None
    return name_of(case.regions[region]) if region in case.regions else same(region)


def sector_of(sector: str | None) -> Text | None:
    return SECTORS.get(sector, same(sector)) if sector else None


def country(code: str) -> Text:
    """Name of a country or of the international institutions; its code where it is not known here."""
    return COUNTRIES.get(code) or same(code)


def group_of(source: Source) -> Text:
    """The group a source is counted in: its kind at home, its country abroad."""
    return country(source.partner) if source.foreign else AT_HOME[source.kind]


def joined(parts: list[Text], separator: str = "; ") -> Text | None:
    """Several texts in one; None if there are none."""
    if not parts:
        return None
    return Text(*(separator.join(part.say(lang) for part in parts) for lang in LANGS))


def stage_name(name: str, objective: str) -> Text:
    """A stage in words."""
    bare = name.removeprefix("priority_")
    if bare in ("1", "2", "3"):
        return Text(f"Shortfall of priority {bare}", f"Недовыполнение приоритета {bare}")
    if name.startswith("spread_"):
        of = name.removeprefix("spread_")
        return Text(f"Largest shortfall of priority {of}", f"Наибольшее недовыполнение приоритета {of}")
    if name in ("objective", objective):
        said = OBJECTIVES.get(objective, same(objective))
        return Text(f"Objective: {said.en}", f"Цель оптимизации: {said.ru}")
    if name == "red_zone":
        return Text("Red zone first: share of red periods not mended",
                    "Сначала красная зона: доля неисправленных красных периодов")
    return same(name)
