"""Sheets of balances of capacity, ties between their areas, and borrowers."""

from __future__ import annotations

from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.sheets.measures import UNITS_OF_BALANCES
from jaryq.sheets.spec import Column, Sheet, Yearly
from jaryq.sheets.words import LEVELS, PRIORITIES, SOFT_PRIORITIES, col, key, may_move, named, trace


def _unit() -> Column:
    return col("unit", "text", "Unit", "Единица", "MW, Gcal/h or thousand m3/day.", "МВт, Гкал/ч или тыс. м3/сут.",
               one_of=UNITS_OF_BALANCES, required=True)


BALANCES = Sheet(
    "balances", Text("Balances", "Балансы мощности"),
    Text("Capacity against the peak, by area and year.", "Мощность и пик по району и году."),
    key=("area", "unit"),
    columns=(
        col("area", "text", "Area", "Район баланса",
            "A part of the system: a power zone, a heat network of a city. Zones of wear are something else.",
            "Часть системы: энергозона, тепловая сеть города. Зоны износа: другое.", required=True, example="South",
            width=18),
        _unit(),
        col("quantity", "text", "Quantity that adds", "Прибавляющая величина",
            "Row of quantities, a level in the same unit: what works add to what is available; blank: nothing adds.",
            "Строка листа quantities, уровень в той же единице: что работы прибавляют; пусто: ничего.",
            ref="quantities"),
        col("regions", "text", "Regions", "Регионы",
            "Whose projects belong to it; several are separated by ;. Blank: all.",
            "Чьи проекты относятся к нему; несколько через ;. Пусто: все.", width=18, example="KZ-10; KZ-75"),
        col("places", "text", "Places", "Места",
            "Only facilities of these places, separated by ;; packages then do not belong. Blank: all.",
            "Только объекты этих мест, через ;; сети тогда не относятся. Пусто: все.", width=18,
            example="Petropavlovsk"),
        col("peak_from", "integer", "Peak from", "Пик с", "First month in which the peak may come.",
            "Первый месяц возможного пика.", unit="month", ge=1, le=12, default=11),
        col("peak_to", "integer", "Peak to", "Пик по", "Last such month, over the new year if the first is later.",
            "Последний такой месяц, через новый год, если первый позже.", unit="month", ge=1, le=12, default=2),
        col("reserve", "number", "Reserve", "Резерв", "Of the peak.", "От пика.", unit="%", default=0.0, ge=0, le=100),
        col("priority", "text", "Priority", "Приоритет", "Of a deficit: 1, 2 or 3; blank: a price, or only reported.",
            "Дефицита: 1, 2 или 3; пусто: цена или только показ.", one_of=SOFT_PRIORITIES),
        col("price", "number", "Price", "Цена",
            "Instead of a priority: money of the price year per unit of deficit and year. A million of KZT per MW and "
            "year is 0.001.",
            "Вместо приоритета: цены года цен за единицу дефицита в год. Миллион тенге за МВт в год: 0,001.",
            unit=f"{BILLION}/unit", gt=0),
        col("priced_to", "integer", "Priced to", "Цена действует до",
            "Last year in which a deficit is charged; blank: evaluation_last_year.",
            "Последний год оценки дефицита; пусто: evaluation_last_year.", unit="year", ge=1990, le=2150, example=2040),
        col("peak_", "number", "Peak in", "Пик в",
            "Highest load in the peak months of the calendar year; blank: as the year before.",
            "Наибольшая нагрузка в месяцы пика календарного года; пусто: как годом раньше.", unit="unit of capacity",
            ge=0, family="year", example=600, yearly=Yearly("level", carried=True)),
        col("available_", "number", "Available in", "Располагаемая в",
            "What can be counted on at the peak, retirements taken off, without the works of the plan; blank: as the "
            "year before.",
            "Надёжная на пик, за вычетом выбытий, без работ плана; пусто: как годом раньше.", unit="unit of capacity",
            ge=0, family="year", example=560, yearly=Yearly("level", carried=True)),
        may_move("the capacity available",
                 "располагаемая мощность", False),
        col("area_ru", "text", "Area in Russian", "Район по-русски",
            "Name of the area in Russian; blank: as area.", "Название района по-русски; пусто: как area.",
            width=18, example="Юг"),
        *trace(),
    ),
)

TIES = Sheet(
    "ties", Text("Ties", "Связи"),
    Text("Lines between areas, and what raises them.", "Линии между районами и что их усиливает."),
    key=("tie",),
    columns=(
        key("tie", "Tie", "Связь", "NS"),
        *named("tie", "связь"),
        col("from_area", "text", "From area", "Из района", "Area of sheet balances.", "Район листа balances.",
            required=True, example="North", width=18),
        col("to_area", "text", "To area", "В район", "Area of sheet balances, of the same unit.",
            "Район листа balances, в той же единице.", required=True, example="South", width=18),
        _unit(),
        col("quantity", "text", "Quantity that raises it", "Усиливающая величина",
            "Row of quantities, a level in the same unit, of this tie alone: what works on it add; blank: nothing.",
            "Строка листа quantities, уровень в той же единице, только этой связи; пусто: ничего.",
            ref="quantities"),
        col("", "number", "Capacity in", "Пропускная способность в", "Both ways; blank: as the year before.",
            "В обе стороны; пусто: как годом раньше.", unit="unit of capacity", ge=0, family="year", example=200,
            yearly=Yearly("level", carried=True)),
        may_move("the capacity",
                 "пропускная способность", False),
        *trace(),
    ),
)

BORROWERS = Sheet(
    "borrowers", Text("Borrowers", "Заёмщики"),
    Text("Who owes loans, and the cash to serve them.", "Кто должен по займам и из каких денег платит."),
    key=("borrower",),
    columns=(
        key("borrower", "Borrower", "Заёмщик", "HEAT_CO"),
        *named("borrower", "заёмщик"),
        col("level", "text", "Level", "Уровень", "republic, local or company.",
            "republic (республика), local (местный бюджет) или company (предприятие).", one_of=LEVELS,
            default="company"),
        col("cover", "number", "Cover", "Покрытие", "Cash is to be so many times the service (DSCR).",
            "Денежный поток к обслуживанию (DSCR).", unit="number", default=1.0, ge=0.1, le=10, example=1.2),
        col("priority", "text", "Priority", "Приоритет", "Of the cover: hard, 1, 2 or 3; blank: only reported.",
            "Покрытия: hard, 1, 2 или 3; пусто: только показывается.", one_of=PRIORITIES),
        col("growth", "number", "Growth a year", "Рост в год",
            "Of cash after the last year given; blank: years given only.",
            "Денежного потока после последнего указанного года; пусто: только указанные годы.", unit="%/year", ge=-100,
            le=1000),
        col("cash_", "number", "Cash in", "Денежный поток в", "Before any debt service, nominal.",
            "До обслуживания долга, номинально.", unit=BILLION, family="year", example=14,
            yearly=Yearly("level", grows="growth")),
        col("other_", "number", "Other service in", "Прочее обслуживание в",
            "Of debts outside the programme, nominal; blank: none.", "По долгам вне программы, номинально; пусто: нет.",
            unit=BILLION, ge=0, family="year", example=3, yearly=Yearly("work")),
        may_move("the cash",
                 "денежный поток", False),
        *trace(),
    ),
)
