"""Sheet of a plan workbook on ramps: how fast yearly amounts rise and fall."""

from __future__ import annotations

from jaryq.base.text import Text
from jaryq.sheets.out import named, out
from jaryq.sheets.spec import Column, Sheet


def _amount(name: str, en: str, ru: str, note_en: str, note_ru: str) -> Column:
    return out(name, "number", en, ru, note_en, note_ru, width=12)


RAMPS_OUT = Sheet(
    "ramps", Text("Rise and fall from year to year", "Рост и спад от года к году"),
    Text("Kinds of assets and sources whose yearly amount may not rise, or should not fall, too fast.",
         "Виды и источники, чей годовой объём не может слишком быстро расти или не должен падать."),
    key=("ramp", "year"),
    columns=(
        out("ramp", "text", "Ramp", "Темп", "Key of the kind or source.", "Ключ вида или источника.", width=18),
        out("of", "text", "Of", "Чего", "Kind of asset, or source.", "Вид или источник.", width=14),
        named("Name", "Название"),
        out("year", "integer", "Year", "Год", "Calendar year.", "Календарный год.", "year", 7),
        out("unit", "text", "Unit", "Единица", "Km, or bn of the currency.", "Км или млрд в валюте.", width=12),
        _amount("last", "Year before", "Год до того", "Done or drawn in the year before.",
                "Выполнено или выбрано за год до того."),
        _amount("allowed", "Allowed", "Допустимо", "The most of the year, what is under contract included.",
                "Наибольшее за год, вместе с работами по договорам."),
        _amount("exempt", "Under contract", "По договорам", "Comes on top of the rise.", "Идёт сверх роста."),
        _amount("done", "Done or drawn", "Выполнено или выбрано", "In the year.", "За год."),
        _amount("wanted", "Wanted at least", "Желательно не менее", "Less is a shortfall of the fall (sheet targets).",
                "Меньше: недовыполнение спада (лист targets)."),
    ),
)
