"""Sheets of what consumers pay, and of targets and limits."""

from __future__ import annotations

from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.sheets.measures import MEASURES
from jaryq.sheets.spec import Sheet, Yearly
from jaryq.sheets.words import PRIORITIES, SECTORS, SENSES, UNITS_OF_TARGETS, col, key, may_move, named, trace

TARIFFS = Sheet(
    "tariffs", Text("Tariffs", "Тарифы"),
    Text("What consumers of a utility pay, and how fast it may rise.",
         "Сколько платят потребители и как быстро это может расти."),
    key=("region", "sector"),
    columns=(
        col("region", "text", "Region", "Регион", "Row of regions.", "Строка листа regions.", ref="regions",
            required=True),
        col("sector", "text", "Sector", "Отрасль", "Utility of the region.", "Коммунальная услуга региона.",
            one_of=SECTORS, required=True),
        col("base", "number", "Bill of the year before", "Платежи прошлого года",
            "All that consumers paid in the year before the first planned one, nominal.",
            "Все платежи потребителей за год перед первым планируемым, номинально.",
            unit=f"{BILLION}/year", required=True, gt=0),
        col("invested", "number", "Part for investment", "Часть на инвестиции",
            "Of the bill of the year before: it goes on to pay for the programme.",
            "Платежей прошлого года: она и дальше платит за программу.", unit="%", default=0.0, ge=0, le=100,
            example=15),
        col("rise", "number", "Largest rise a year", "Наибольший рост в год", "Blank: reported, not limited.",
            "Пусто: показывается, но не ограничено.", unit="%/year", ge=-50, le=500),
        col("household_share", "number", "Paid by households", "Платят домохозяйства",
            "Part of the bill; blank: not known.", "Доля платежей; пусто: неизвестно.", unit="%", ge=0, le=100,
            example=60),
        col("rise_", "number", "Largest rise in", "Рост не более в",
            "In place of rise in that year (a moratorium: 0); blank: as rise.",
            "Вместо rise в этом году (мораторий: 0); пусто: как rise.", unit="%/year", ge=-50, le=500, family="year",
            example=0, yearly=Yearly("rule")),
        *trace(),
    ),
)

TARGETS = Sheet(
    "targets", Text("Targets and limits", "Цели и ограничения"),
    Text("One target a row. Hard targets must hold; others are met as far as possible in the order of their priority, "
         "and what is missed is reported with its price.",
         "Одна цель в строке. Жёсткие обязательны; остальные выполняются насколько возможно в порядке приоритета, "
         "недовыполнение показывается с ценой."),
    key=("target",),
    columns=(
        key("target", "Target", "Цель", "T-km"),
        *named("target", "цель"),
        col("measure", "text", "Measure", "Показатель",
            "km: renewed, cumulative at the year's end; facilities: in service at the year's end; share_done: share of "
            "overnight cost done; spend, draw: nominal money of the years; spend_real: spend over the price level; "
            "debt_service, subsidy: paid in the years; "
            "debt_stock: on 31 December; borrowing: loans drawn; foreign_share: of the debt; wear: mean of networks on "
            "31 December; red_zone: facilities in it then; failures, not_supplied, losses: expected in the years; "
            "quantity: see column quantity; deficit: of balances; burden: bills of households to their incomes; "
            "guarantees: on 31 December; new_guarantees: of loans signed in the years.",
            "km: обновлено нарастающим итогом на конец года; facilities: в работе на конец года; share_done: доля "
            "стоимости выполненного; spend, draw: номинальные деньги за годы; spend_real: spend к уровню цен; "
            "debt_service, subsidy: платежи за годы; "
            "debt_stock: на 31 декабря; borrowing: выбранные займы; foreign_share: доля валютного долга; wear: средний "
            "износ сетей на 31 декабря; red_zone: объектов в красной зоне; failures, not_supplied, losses: ожидаемые "
            "за годы; quantity: см. столбец quantity; deficit: по балансам; burden: платежи домохозяйств к доходам; "
            "guarantees: на 31 декабря; new_guarantees: по займам, подписанным за годы.",
            one_of=tuple(MEASURES), required=True),
        col("filter", "text", "Only", "Только",
            "Selector such as sector=heat; region=KZ-1*; | stands between values of which one will do. Columns: "
            "project, kind (facility, network), sector, type, region, zone; for money also source, partner, currency, "
            "group, payer, borrower, level; deficit: area; "
            "burden: region, sector; new_guarantees: those of money alone.",
            "Условие вида sector=heat; region=KZ-1*; между значениями, из которых подойдёт любое, ставьте |. Столбцы: "
            "project, kind (facility, network), sector, type, region, zone; для денег ещё source, partner, currency, "
            "group, payer, borrower, level; deficit: area; burden: "
            "region, sector; new_guarantees: только столбцы денег.", width=26),
        col("by", "text", "One for each", "Отдельно по", "One limit for each sector, region...; blank: one in all.",
            "Отдельное ограничение для каждого значения; пусто: одно на всех.",
            one_of=("sector", "type", "region", "zone", "source", "partner", "currency", "group", "payer", "borrower",
                    "level", "area", "project")),
        col("years", "text", "Year", "Год",
            "A year, or 2026-2030: for km, facilities, share_done, deficit and burden each of the years, for spend "
            "and draw their sum; "
            "blank: each planned year.",
            "Год или 2026-2030: для km, facilities, share_done, deficit и burden каждый из годов, для spend и draw "
            "сумма; пусто: каждый "
            "планируемый год."),
        col("sense", "text", "Sense", "Знак", "At least, at most, or equal.", "Не меньше, не больше или равно.",
            one_of=SENSES, default=">="),
        col("value", "number", "Value", "Значение", "In the unit of the next column.", "В единице следующего столбца.",
            unit="number", required=True, ge=0),
        col("unit", "text", "Unit", "Единица",
            "As the measure needs: km, facilities, %, bn KZT, failures; not_supplied and losses: MWh (power), Gcal "
            "(heat), thousand m3; quantity: its unit; deficit: MW, Gcal/h, thousand m3/day.",
            "По показателю: km, facilities, %, bn KZT, failures; not_supplied и losses: MWh (электро), Gcal (тепло), "
            "thousand m3; quantity: её единица; deficit: MW, Gcal/h, "
            "thousand m3/day.", one_of=UNITS_OF_TARGETS, required=True),
        col("priority", "text", "Priority", "Приоритет", "hard, 1, 2 or 3; blank only if a price is given.",
            "hard, 1, 2 или 3; пусто, только если указана цена.", one_of=PRIORITIES),
        col("price", "number", "Price", "Цена",
            "Instead of a priority: bn KZT (price year) per unit missed, in the objective.",
            "Вместо приоритета: млрд тенге (год цен) за единицу недовыполнения.", unit=f"{BILLION}/unit", gt=0),
        col("scale", "number", "Scale", "Масштаб",
            "Shortfalls are compared as shares of it; blank: the value. Needed where the value is 0.",
            "Недовыполнение сравнивается в долях масштаба; пусто: значение. Нужен, если значение 0.", unit="number",
            gt=0),
        col("quantity", "text", "Quantity", "Величина", "For measure quantity: row of quantities.",
            "Для показателя quantity: строка листа quantities.", ref="quantities"),
        may_move("the value",
                 "значение", None),
        *trace(),
    ),
)
