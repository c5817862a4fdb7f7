"""What the objective and the society value add up to, part by part; the table ``objective``."""

from __future__ import annotations

import math
from collections.abc import Mapping

from jaryq.base.text import Text
from jaryq.factors.gains import AIMS, COUNTRY, gained, kept
from jaryq.report.amounts import Amounts
from jaryq.report.shapes import Out, Value
from jaryq.report.words import OBJECTIVES

PARTS: Mapping[str, tuple[Text, Text]] = {
    "savings": (Text("Savings and stated benefits",
                     "Экономия и заданные выгоды"),
                Text("Present value to the last year of benefits.", "Приведённые, до последнего года выгод.")),
    "quantities": (Text("Quantities with a value", "Величины с ценой"),
                   Text("Present value to the last year of benefits, see the sheet quantities.",
                        "Приведённые, до последнего года выгод; см. лист quantities.")),
    "avoided": (Text("Avoided risk",
                     "Предотвращённый риск"),
                Text("Failures and bursts times their cost; an estimate.", "Отказы и прорывы на их цену; оценка.")),
    "residual": (Text("Residual of late starts", "Остаток поздних начал"),
                 Text("Benefit given up at the beginning, credited after the common end.",
                      "Выгода, упущенная вначале, засчитана после общего конца.")),
    "above": (Text("Stretches above the mean of their packages", "Участки сверх среднего по их пакетам"),
              Text("What the stretches chosen bring beyond as many mean km of the same packages.",
                   "Что выбранные участки дают сверх стольких же средних км тех же пакетов.")),
    "income": (Text("Income of projects", "Доходы проектов"),
               Text("Negative stated spending.", "Отрицательные заданные затраты.")),
    "interest": (Text("Interest earned by funds", "Проценты на остатки фондов"),
                 Text("On money left idle.", "На неиспользованные деньги.")),
    "outlays": (Text("Spending on projects", "Затраты проектов"),
                Text("All of it, whoever pays.", "Полностью, кто бы ни платил.")),
    "draws": (Text("Price of the money drawn", "Цена использованных денег"),
              Text("The objective: own money, and the service of loans. Society: what foreign loans and grants leave "
                   "in the country.",
                   "Цель: собственные деньги и платежи по займам. Общество: что зарубежные займы и гранты оставляют "
                   "стране.")),
    "fees": (Text("Fees on signed amounts", "Комиссии с подписанных сумм"),
             Text("Front-end and commitment fees.", "Разовая и за невыбранное.")),
    "lines": (Text("Money drawn into funds", "Займы в фонды"),
              Text("Their service less the money itself.", "Платежи минус сами деньги.")),
    "premiums": (Text("Premiums of crews",
                      "Наценки за бригады"),
                 Text("Overtime, contractors, crews from other regions.", "Сверхурочные, подряд, чужие бригады.")),
    "deficits": (Text("Deficits of capacity", "Дефициты мощности"),
                 Text("What is missing at the peaks, at its price.", "Чего недостаёт в пики, по цене дефицита.")),
    "stability": (Text("Price of change against the last plan",
                       "Цена изменений против прошлого плана"),
                  Text("A price, not money; no part of society.", "Цена, а не деньги; в общество не входит.")),
    "targets": (Text("Targets with a price", "Цели с ценой"),
                Text("Shortfalls at their price.", "Недовыполнение по его цене.")),
}


def gains(found: Amounts) -> dict[str, float]:
    """Parts of the purse, gains positive: present values, bn KZT of the price year."""
    beside = kept(found.factors, found.plan)
    return {name: gained(found.factors, name).on(found.plan, beside) for name in AIMS["purse"]}


def society_gains(found: Amounts) -> dict[str, float]:
    """Parts of the value for the whole country, gains positive: benefits and income less all spending and premiums,
    plus what foreign money leaves.

    Spending is weighed when its money is drawn."""
    return {name: part(found.factors).on(found.plan) for name, part in COUNTRY.items()}


def funding(found: Amounts) -> float:
    """Present value of what the money costs the purse: draws, fees on signed amounts, money drawn into funds."""
    return 0.0 - math.fsum(gained(found.factors, name).on(found.plan) for name in ("draws", "fees", "lines"))


def society(found: Amounts) -> float:
    """Net present value for the whole country, bn KZT."""
    return math.fsum(society_gains(found).values())


def objective_table(found: Amounts) -> Out:
    """One row for each part that is not nothing; the totals are the plan's objective (money objectives only) and its
    value for society."""
    aim = found.case.settings.objective
    mine, ours = gains(found), society_gains(found)
    sign, money = -1.0 if aim == "least_cost" else 1.0, set(AIMS[aim]) <= set(mine)
    rows: list[dict[str, Value]] = []
    for name, (said, note) in PARTS.items():
        value = sign * mine[name] + 0.0 if money and name in AIMS[aim] else None
        if value or ours.get(name):
            rows.append({"part": said, "value": value, "society": ours.get(name), "note": note})
    shown = ("value",) if money else ()
    said = OBJECTIVES[aim]
    remarks = (
        Text(f"The objective: {said.en}. Gains are positive.", f"Цель: {said.ru}. Выгоды положительны.") if sign > 0
        else
        Text(f"The objective: {said.en}. Its costs are positive; the value for society counts gains.",
             f"Цель: {said.ru}. Её затраты положительны; в ценности для общества положительны выгоды."),
    )
    return Out("objective", ("part", *shown, "society", "note"), tuple(rows), sums=(*shown, "society"), remarks=remarks)
