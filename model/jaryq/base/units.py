"""The closed vocabulary of units: what a column may be measured in, how it is written and shown."""

from __future__ import annotations

from dataclasses import dataclass

from jaryq.base.home import BILLION, HOME_CURRENCY, MILLION, THOUSAND
from jaryq.base.text import Text


@dataclass(frozen=True)
class Unit:
    """A unit: its stable name, its symbol for people, the number format of a cell that holds it, and the most that
    anything of the kind amounts to: a column without a bound of its own has this one, to both sides."""

    name: str
    symbol: Text
    format: str
    most: float = 1e6


def _units(*units: Unit) -> dict[str, Unit]:
    return {unit.name: unit for unit in units}


UNITS: dict[str, Unit] = _units(
    Unit(BILLION, Text("bn KZT", "млрд тенге"), "#,##0.000", 1e7),
    Unit(f"{BILLION}/year", Text("bn KZT a year", "млрд тенге в год"), "#,##0.000", 1e7),
    Unit(f"{HOME_CURRENCY}/month", Text("KZT a month", "тенге в месяц"), "#,##0", 1e8),
    Unit(f"{BILLION}/unit", Text("bn KZT per unit", "млрд тенге за единицу"), "#,##0.0000"),
    Unit(f"{MILLION}/km", Text("mn KZT per km", "млн тенге за км"), "#,##0.0"),
    Unit(f"{MILLION}/km/year", Text("mn KZT per km a year", "млн тенге за км в год"), "#,##0.000"),
    Unit("bn currency", Text("bn of the currency", "млрд в валюте"), "#,##0.000", 1e7),
    Unit(f"{HOME_CURRENCY}/unit", Text("KZT per unit of currency", "тенге за единицу валюты"), "#,##0.0000", 1e5),
    Unit("index", Text("index, any base", "индекс, любая база"), "#,##0.00", 1e9),
    Unit("km", Text("km", "км"), "#,##0.0"),
    Unit("km/year", Text("km a year", "км в год"), "#,##0.0"),
    Unit("%", Text("%", "%"), "0.##"),
    Unit("%/year", Text("% a year", "% в год"), "0.##"),
    Unit("months", Text("months", "месяцев"), "0", 1e4),
    Unit("month", Text("month 1-12", "месяц 1-12"), "0", 12),
    Unit("year", Text("year", "год"), "0", 9999),
    Unit("years", Text("years", "лет"), "0.##", 1e4),
    Unit("times/year", Text("times a year", "раз в год"), "0"),
    Unit("crew-years", Text("crew-years", "бригадо-лет"), "#,##0.00"),
    Unit(f"crew-years per km or {BILLION}",
         Text("crew-years per km or per bn KZT", "бригадо-лет на км или на млрд тенге"), "#,##0.0000", 1e4),
    Unit("crews", Text("crews", "бригад"), "#,##0.##", 1e5),
    Unit(MILLION, Text("mn KZT", "млн тенге"), "#,##0.0", 1e9),
    Unit(THOUSAND, Text("thousand KZT", "тыс. тенге"), "#,##0.0", 1e9),
    Unit(f"{MILLION} per crew-year", Text("mn KZT per crew-year", "млн тенге за бригадо-год"), "#,##0.0"),
    Unit("score", Text("health score", "индекс состояния"), "0.00"),
    Unit("hours", Text("hours", "часов"), "#,##0"),
    Unit("units", Text("MWh, Gcal or thousand m3", "МВт·ч, Гкал или тыс. м3"), "#,##0.0", 1e10),
    Unit("units/year", Text("MWh, Gcal or thousand m3 a year", "МВт·ч, Гкал или тыс. м3 в год"), "#,##0.0", 1e10),
    Unit("units/km/year", Text("MWh, Gcal or thousand m3 per km a year", "МВт·ч, Гкал или тыс. м3 на км в год"),
         "#,##0.00", 1e8),
    Unit("per 100 km a year", Text("per 100 km a year", "на 100 км в год"), "#,##0.0"),
    Unit("failures/year", Text("failures a year", "отказов в год"), "#,##0.00", 1e7),
    Unit("unit of capacity", Text("MW, Gcal/h, MVA, thousand m3/day", "МВт, Гкал/ч, МВА, тыс. м3/сут"), "#,##0.0", 1e7),
    Unit("capacity of the row", Text("in its unit", "в единице строки"), "#,##0.0", 1e7),
    Unit("facilities", Text("facilities", "объектов"), "#,##0.##", 1e7),
    Unit("persons", Text("persons", "человек"), "#,##0", 1e10),
    Unit("MW", Text("MW", "МВт"), "#,##0.0", 1e7),
    Unit(f"{HOME_CURRENCY}/unit of quantity",
         Text("KZT per unit of the quantity", "тенге за единицу величины"), "#,##0.00", 1e11),
    Unit("currency/unit of quantity",
         Text("units of the currency per unit of the quantity", "единиц валюты за единицу величины"), "#,##0.00", 1e15),
    Unit("unit of quantity", Text("unit of the quantity", "единица величины"), "#,##0.######", 1e11),
    Unit("degrees", Text("degrees", "градусов"), "0.0000"),
    Unit("share", Text("share 0-1", "доля 0-1"), "0.000000"),
    Unit("seconds", Text("seconds", "секунд"), "#,##0.0", 1e9),
    Unit("number", Text("number", "число"), "#,##0.######", 1e11),
    Unit("rank", Text("order: 1 is used first", "порядок: 1 используется первым"), "0", 1e6),
)

CAPACITY = {"MW": Text("MW", "МВт"), "Gcal/h": Text("Gcal/h", "Гкал/ч"), "MVA": Text("MVA", "МВА"),
            "thousand m3/day": Text("thousand m3/day", "тыс. м3/сут")}
"""Units of capacity that a row states."""


def bn_of(currency: str) -> Text:
    """Bn of a currency; of the home currency as money is told everywhere."""
    return UNITS[BILLION].symbol if currency == HOME_CURRENCY else Text(f"bn {currency}", f"млрд {currency}")
