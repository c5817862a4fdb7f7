"""Sheets of quantities: what works change besides money, what a unit of it is worth, and the columns of facilities and
networks that say how much."""

from __future__ import annotations

from jaryq.base.home import HOME_CURRENCY
from jaryq.base.text import Text
from jaryq.sheets.measures import UNITS_OF_QUANTITIES
from jaryq.sheets.spec import Column, Sheet, Yearly
from jaryq.sheets.words import col, named, trace

PREFIX = "q_"
"""What stands before the key of a quantity in a heading of facilities and networks."""
DERIVED = ("losses", "not_supplied", "failures", "bursts")


def of_projects(per_km: bool = False) -> Column:
    """The family of columns that say what the works of a row change."""
    per_en, per_ru = (" Per km.", " На км.") if per_km else ("", "")
    return col(PREFIX, "number", "Quantity", "Величина",
               f"Change by its works: more is positive. Level: units, flow: units a year, once: units.{per_en}",
               f"Изменение от работ: больше со знаком плюс. level: единиц, flow: единиц в год, once: единиц.{per_ru}",
               unit="unit of quantity", family="quantity", example=110)


QUANTITIES = Sheet(
    "quantities", Text("Quantities", "Величины"),
    Text("What works change besides money: megawatts, people served, tonnes of CO2. A quantity is an indicator, may be "
         "a target, and is a benefit where it has a value.",
         "Что меняют работы помимо денег: мегаватты, обслуживаемые жители, тонны CO2. Величина служит показателем, "
         "может быть целью, а при наличии цены и выгодой."),
    key=("quantity",),
    columns=(
        col("quantity", "text", "Quantity", "Величина",
            "Its key: Latin letters, digits and _, at most 24; also in headings q_... of facilities and networks.",
            "Ключ: латинские буквы, цифры и _, не более 24; он же в заголовках q_... листов facilities и networks.",
            required=True, example="mw", width=16),
        *named("quantity", "величина"),
        col("unit", "text", "Unit", "Единица", "Of the coefficients and of targets.", "Коэффициентов и целей.",
            one_of=UNITS_OF_QUANTITIES, required=True),
        col("kind", "text", "Kind", "Вид",
            "level: while in service (MW); flow: a year (MWh); once: when works end (t of scrap).",
            "level: пока в работе (МВт); flow: в год (МВт·ч); once: по окончании работ (т лома).",
            one_of=("level", "flow", "once"), required=True),
        col("derived", "text", "From the condition", "Из состояния",
            "The quantity is what works avoid of it, computed; own coefficients come on top. Blank: coefficients only.",
            "Величина: сколько этого предотвращают работы, по расчёту; свои коэффициенты прибавляются. Пусто: только "
            "коэффициенты.", one_of=DERIVED),
        col("season_from", "integer", "Season from", "Сезон с",
            "First month in which the flow runs, over the new year if it is later than the last; blank: January.",
            "Первый месяц потока, через новый год, если он позже последнего; пусто: январь.", unit="month", ge=1,
            le=12),
        col("season_to", "integer", "Season to", "Сезон по", "Last such month; blank: December.",
            "Последний такой месяц; пусто: декабрь.", unit="month", ge=1, le=12),
        col("value", "number", "Value of a unit", "Цена единицы",
            "Price-year money; level: per unit and year; blank: not valued.",
            "В ценах года цен; level: за единицу в год; пусто: без цены.", unit=f"{HOME_CURRENCY}/unit of quantity",
            example=14350000),
        col("price_index", "text", "Price index", "Индекс цен",
            "Row of price_indices that the value follows; blank: as prices in general.",
            "Строка листа price_indices, которой следует цена; пусто: как цены в целом.", ref="price_indices"),
        *trace(),
    ),
)

QUANTITY_VALUES = Sheet(
    "quantity_values", Text("Values of quantities", "Цены величин"),
    Text("Where a unit is worth something else by region or year.", "Если цена единицы зависит от региона или года."),
    key=("quantity", "region"),
    columns=(
        col("quantity", "text", "Quantity", "Величина", "Row of quantities.", "Строка листа quantities.",
            ref="quantities", required=True, width=16),
        col("region", "text", "Region", "Регион", "Blank: all other regions.", "Пусто: все остальные регионы.",
            ref="regions"),
        col("", "number", "Value in", "Цена в",
            "Price-year money. A later year without one goes on from the last one given, with the index.",
            "В ценах года цен. Год без значения продолжает последнее указанное, по индексу.",
            unit=f"{HOME_CURRENCY}/unit of quantity", family="year", example=14350000,
            yearly=Yearly("level", carried=True)),
        *trace(),
    ),
)
