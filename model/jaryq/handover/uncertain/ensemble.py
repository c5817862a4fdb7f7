"""The pages of an ensemble: how figures spread, what drives them, what is chosen whatever comes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.base.units import UNITS
from jaryq.case.case import Case
from jaryq.handover.said import capital
from jaryq.handover.shapes import Chart, Front, Series
from jaryq.handover.uncertain.choices import to_sign
from jaryq.handover.uncertain.ensemble_said import musts, sentences
from jaryq.handover.uncertain.labels import Label, label
from jaryq.report.block import Block, Field
from jaryq.report.shapes import Fact
from jaryq.report.words import number
from jaryq.uncertainty.ensemble import Ensemble
from jaryq.uncertainty.outcomes import BEYOND, ORDERED, UNFUNDED

STANDS = Text("as it stands", "как есть")
BEST = Text("best", "лучший")
MOST_NAMED = 3
"""Drivers that the sentence names."""

MOST = 25
"""Facilities in a table of those that end too late."""

MOST_NUMBERS = 20
"""Draws that are named one by one."""

OF_MONEY = ("purse", "least_cost")
"""Objectives that count money."""

AS_IF_PAID = Text("The cost of the plan as it stands counts money that nobody pays as if somebody paid it; the best "
                  "plan does with the money there is. Where money is missing the two costs are not to be compared.",
                  "Стоимость плана как есть учитывает недостающие деньги так, будто их кто-то заплатил; лучший план "
                  "обходится имеющимися деньгами. Где денег не хватает, эти две стоимости не сравнимы.")

NOTHING_DRIVES = Text("The cost of the best plan goes with no input: it, or what is drawn, is the same in all futures, "
                      "or there is one future only.",
                      "Стоимость лучшего плана не связана ни с одним данным: она или разыгранное одинаковы во всех "
                      "вариантах, или вариант один.")
"""Of the cost of the best plan, where no rank correlation exists."""

TITLE = Text("Many futures", "Много вариантов будущего")
NOTE = Text("Draws of all uncertain inputs together. The plan as it stands keeps its starts and decides money and km "
            "again; the best plan of each future knows it. Both in facility equivalents.",
            "Одновременные розыгрыши всех неопределённых данных. План как есть сохраняет начала работ, а деньги и км "
            "решает заново; лучший план знает своё будущее. Оба в эквивалентах объектов.")


def many_futures(case: Case, made: Ensemble, indicators: Mapping[str, tuple[Text, str]]) -> tuple[Front, ...]:
    """The pages of figures, of drivers and of choices."""
    figures = [key for key in made.keys if not key.startswith("spread_") and key != BEYOND
               and (key != ORDERED or made.out_of_order)]
    table = Block(
        Text("How figures spread", "Как разбросаны показатели"),
        (Field(Text("Figure", "Показатель")),
         *(Field(Text(f"{name.en}, {which}", f"{name.ru}, {which}"))
           for name in (STANDS, BEST) for which in ("P10", "P50", "P90"))),
        tuple((_named(label(key, indicators)), *_spread(made, "stands", key),
               *_spread(made, "best", key)) for key in figures),
        (AS_IF_PAID,) if made.unfunded and case.settings.objective in OF_MONEY else ())
    driven = "objective"
    drivers = sorted(zip(made.draws.rows, made.drivers("best", driven), made.drivers("stands", UNFUNDED), strict=True),
                     key=lambda one: -abs(one[1] or 0.0))
    chart = Chart("drivers", "bars", Text("What drives the cost of the best plan", "Что определяет стоимость плана"),
                  Text("rank correlation", "ранговая корреляция"), tuple(row.name for row, _, _ in drivers),
                  (Series(capital(label(driven, indicators).text), tuple(one for _, one, _ in drivers)),),
                  Text("Rank correlation of each uncertain input with the cost of the best plan.",
                       "Ранговая корреляция каждого неопределённого данного со стоимостью лучшего плана."))
    of_drivers = Block(
        Text("What drives the spread (rank correlation)", "Что определяет разброс (ранговая корреляция)"),
        (Field(Text("Uncertain input", "Неопределённое данное")),
         Field(Text("with the cost of the best plan", "со стоимостью лучшего плана")),
         Field(Text("with money that nobody pays", "с нехваткой денег"))),
        tuple((row.name, one, other) for row, one, other in drivers))
    missed = [(target.id, made.missed("stands", target.id), made.missed("best", target.id)) for target in case.targets]
    names = {target.id: Text(target.name, target.name_ru) for target in case.targets}
    of_targets = Block(
        Text("How often targets are missed", "Как часто не достигаются цели"),
        (Field(Text("Target", "Цель")), Field(Text("as the plan stands", "план как есть"), "%"),
         Field(Text("by the best plan", "лучший план"), "%")),
        tuple((names[key], 100 * one, 100 * other) for key, one, other in missed if one > 0 or other > 0))
    first = Front("ensemble", TITLE, NOTE, _facts(made), sentences(case, made, indicators), (),
                  tuple(block for block in (table, of_targets, _late(case, made), _unbegun(case, made),
                                            _why_none(made)) if block.rows))
    strongest = [(row, one) for row, one, _ in drivers if one is not None][:MOST_NAMED]
    said = (Text("Goes most with the cost of the best plan: "
                 + ", ".join(f"{row.name.en} ({one:+.2f})" for row, one in strongest) + ".",
                 "Сильнее всего связаны со стоимостью лучшего плана: "
                 + ", ".join(f"{row.name.ru} ({one:+.2f})".replace(".", ",") for row, one in strongest) + "."),)
    driving = Front("drivers", Text("What drives the spread", "Что определяет разброс"),
                    Text("1: the larger the input, the larger the cost, in every future; 0: nothing to do with it. Of "
                         "few futures chance alone is large.",
                         "1: чем больше данное, тем больше стоимость, во всех вариантах; 0: связи нет. При малом числе "
                         "вариантов велика случайность."),
                    (), said if strongest else (NOTHING_DRIVES,), (chart,) if not chart.empty else (),
                    (of_drivers,) if of_drivers.rows else ())
    return (first, driving, to_sign(case, made))


def _facts(made: Ensemble) -> tuple[Fact, ...]:
    of, note = Text("of the futures", "вариантов"), None
    if made.impossible:
        can, cannot, all_ = map(number, (made.possible, made.impossible, len(made.judged)))
        of = Text(f"of the {can.en} futures that can be", f"возможных вариантов ({can.ru})")
        note = Text(f"of {all_.en} drawn; {cannot.en} cannot be", f"из {all_.ru} разыгранных; невозможны: {cannot.ru}")
    found = [Fact(Text("Draws", "Вариантов"), made.possible, "", note)]
    if not made.possible:
        return tuple(found)
    found.append(Fact(Text("Somebody is missing who pays", "Не хватает денег"), 100 * made.unfunded, "%",
                      Text(f"{of.en}, with the plan as it stands", f"{of.ru}, план как есть")))
    if (money := made.spread("stands", UNFUNDED)) is not None:
        found.append(Fact(Text("Unfunded, P90", "Нехватка, P90"), money.high, BILLION))
    found.append(Fact(Text("Crews or outages beyond their limits", "Бригады или остановы сверх пределов"),
                      100 * made.beyond, "%", of))
    return tuple(found)


def _late(case: Case, made: Ensemble) -> Block:
    """How often works of each facility end after the last year."""
    last, of = case.settings.last_year, made.possible
    rows = tuple((Text(case.facilities[key].name, case.facilities[key].name_ru), 100 * count / of)
                 for key, count in made.unfinished[:MOST])
    further = len(made.unfinished) - len(rows)
    return Block(Text(f"Works that end after {last}, the plan as it stands",
                      f"Работы, которые кончаются после {last} года, план как есть"),
                 (Field(Text("Facility", "Объект")), Field(Text("unfinished in", "не завершён в"), "%", bar=True)),
                 rows,
                 (Text(f"And {further} more.", f"И ещё {further}."),) if further > 0 else ())


def _unbegun(case: Case, made: Ensemble) -> Block:
    """How often each of what must be done cannot begin any more."""
    of = made.possible
    rows = tuple((Text(case.facilities[key].name, case.facilities[key].name_ru), 100 * count / of)
                 for key, count in made.unbegun(musts(case)))
    return Block(Text("What must be done and cannot begin in the planned years",
                      "Обязательное, которое не может начаться в плановые годы"),
                 (Field(Text("Facility", "Объект")), Field(Text("not begun in", "не начат в"), "%", bar=True)), rows)


def _why_none(made: Ensemble) -> Block:
    """Draws that cannot be, or in which a plan is not to be had, with their reason."""
    return Block(Text("Draws without a plan, and why", "Розыгрыши без плана и причины"),
                 (Field(Text("Draws", "Розыгрыши")), Field(Text("Why", "Причина"))),
                 tuple((_numbers(numbers), why) for why, numbers in made.reasons))


def _numbers(numbers: Sequence[int]) -> Text:
    """Numbers of draws, as far as they are named."""
    named = ", ".join(map(str, numbers[:MOST_NUMBERS]))
    more = len(numbers) - MOST_NUMBERS
    return Text(named, named) if more <= 0 else Text(f"{named} and {more} more", f"{named} и ещё {more}")


def _spread(made: Ensemble, which: str, key: str) -> tuple[float | None, float | None, float | None]:
    one = made.spread(which, key)
    return (None, None, None) if one is None else (one.low, one.median, one.high)


def _named(of: Label) -> Text:
    """Name and unit of a figure."""
    if of.unit not in UNITS or of.unit in ("number", "facilities", "km"):
        return of.text
    unit = UNITS[of.unit].symbol
    return Text(f"{of.text.en}, {unit.en}", f"{of.text.ru}, {unit.ru}")
