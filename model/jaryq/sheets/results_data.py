"""Data sheets of a plan workbook, after the readable ones: all that ``verify`` needs, in full precision."""

from __future__ import annotations

from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.sheets.decisions import of_sheet
from jaryq.sheets.spec import Column, Kind, Sheet

INPUT_PREFIX = "in_"
"""Input sheets stand in a plan workbook under their own name after this prefix."""


def _data(name: str, en: str, ru: str, *columns: tuple[str, Kind, str, str, str]) -> Sheet:
    return Sheet(name, Text(en, ru), Text("In full precision, for the command verify.",
                                          "С полной точностью, для команды verify."), key=(columns[0][0],),
                 columns=tuple(Column(n, kind, Text(e, r), Text(f"{e}.", f"{r}."), unit,
                                      width=24 if kind == "text" else 22) for n, kind, e, r, unit in columns))


def _what(sheet: str) -> tuple[str, Kind, str, str, str]:
    """The column that names the family of each row, in a sheet that holds several."""
    names = ", ".join(family.name for family in of_sheet(sheet))
    return "what", "text", f"What ({names})", f"Что ({names})", ""


_S: tuple[str, Kind, str, str, str] = ("source", "text", "Source", "Источник", "")
_P: tuple[str, Kind, str, str, str] = ("project", "text", "Facility or package", "Объект или пакет", "")
_Y: tuple[str, Kind, str, str, str] = ("year", "integer", "Year", "Год", "year")
_T: tuple[str, Kind, str, str, str] = ("period", "text", "Period", "Период", "")
_V: tuple[str, Kind, str, str, str] = ("value", "number", "Value", "Значение", "")

SEAL = _data("x_seal", "Seal of this file", "Печать этого файла",
             ("what", "text", "What (seal, sheet, rows, columns)", "Что (seal, sheet, rows, columns)", ""),
             ("sheet", "text", "Sheet", "Лист", ""), ("from", "integer", "From number", "С номера", "number"),
             ("digest", "text", "SHA-256", "SHA-256", ""))
"""Not sealed itself: it is written after all others."""

DATA_SHEETS: tuple[Sheet, ...] = (
    _data("x_form", "Form of this file", "Форма файла", ("key", "text", "Key", "Ключ", ""),
          ("value", "text", "Value", "Значение", "")),
    _data("x_start", "Starts of facilities", "Начала объектов", ("facility", "text", "Facility", "Объект", ""), _T,
          ("share", "number", "Share started", "Начатая доля", "share")),
    _data("x_renew", "Kilometres renewed", "Обновлённые километры", ("package", "text", "Package", "Пакет", ""), _T,
          ("km", "number", "Km", "Км", "km")),
    _data("x_draw", "Draws", "Выборка", _S, _P, _Y,
          ("amount", "number", "Nominal amount", "Номинальная сумма", BILLION)),
    _data("x_money", "Carried, supplied, signed money", "Перенос, поставки, подписанное",
          _what("x_money"), _S, _P, _Y,
          ("amount", "number", "Amount", "Сумма", "number")),
    _data("x_works", "Crews moved, trenches shared, stretches", "Бригады, траншеи, участки",
          _what("x_works"),
          ("row", "text", "Resource row, trench or package", "Строка ресурса, траншея или пакет", ""), _T,
          ("amount", "number", "Crew-years, km or bn KZT", "Бригадо-лет, км или млрд KZT", "number")),
    _data("x_balance", "Flows over ties, deficits", "Перетоки по связям, дефициты",
          _what("x_balance"),
          ("row", "text", "Tie, or area and unit of a balance", "Связь или район и единица баланса", ""),
          ("direction", "text", "Direction (forth, back)", "Направление (forth, back)", ""), _T, _Y,
          ("amount", "number", "In its unit", "В её единице", "number")),
    _data("x_short", "Shortfalls", "Недовыполнение",
          _what("x_short"),
          ("target", "text", "Target row", "Строка цели", ""),
          ("amount", "number", "In its unit", "В её единице", "number")),
    _data("x_claims", "Numbers the plan claims", "Числа, заявленные планом",
          ("claim", "text", "Claim", "Показатель", ""), _V),
    _data("x_sealed", "What only solving finds", "Что находит только решение",
          ("claim", "text", "Claim", "Показатель", ""), ("number", "number", "Number", "Число", ""),
          ("text", "text", "Text", "Текст", "")),
    _data("x_multipliers", "Multipliers of the certificate", "Множители сертификата",
          ("row", "text", "Row", "Строка", ""), _V),
    _data("x_fixings", "What no whole plan can do", "Что не может ни один целый план",
          ("column", "text", "Column", "Столбец", ""),
          ("row", "text", "Row", "Строка", ""), _V),
    _data("x_tree", "Branching trees", "Деревья ветвления", ("stage", "text", "Stage", "Этап", ""),
          ("node", "integer", "Node", "Узел", "number"),
          ("kind", "text", "Kind (split, bound, empty)", "Вид (split, bound, empty)", ""),
          ("text", "text", "Columns of the split, or multipliers of the leaf", "Столбцы разбиения или множители листа",
           "")),
    _data("x_tree_names", "Names in the trees", "Имена в деревьях", ("number", "integer", "Number", "Номер", "number"),
          ("name", "text", "Row, column, stage or split", "Строка, столбец, этап или разбиение", "")),
    SEAL,
)
DATA: dict[str, Sheet] = {sheet.name: sheet for sheet in DATA_SHEETS}

