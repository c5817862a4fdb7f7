"""What units are called in sentences."""

from __future__ import annotations

from collections.abc import Mapping

from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.base.units import CAPACITY

UNIT_WORDS: Mapping[str, Text] = {
    "number": Text("number", "число"), "share": Text("share 0-1", "доля 0-1"),
    "share 0-1": Text("share 0-1", "доля 0-1"),
    "%": Text("%", "%"), "years": Text("years", "лет"), "crew-years": Text("crew-years", "бригадо-лет"),
    "km": Text("km", "км"), BILLION: Text("bn KZT", "млрд тенге"), "facilities": Text("facilities", "объектов"),
    "bn currency": Text("bn of the currency", "млрд в валюте"), "failures": Text("failures", "отказов"),
    "MWh": Text("MWh", "МВт·ч"),
    "Gcal": Text("Gcal", "Гкал"), "thousand m3": Text("thousand m3", "тыс. м3"), "kV": Text("kV", "кВ"), **CAPACITY,
    "persons": Text("persons", "чел."), "person-days": Text("person-days", "чел.-дней"),
    "tCO2": Text("t CO2", "т CO2"), "t": Text("t", "т"), "tce": Text("tce", "т у. т."),
    "bursts": Text("bursts", "прорывов"),
    "unit of capacity": Text("units of capacity", "единиц мощности"), "km/year": Text("km a year", "км в год"),
}
