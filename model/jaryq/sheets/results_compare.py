"""The sheets of ``comparison.xlsx``: all scenarios side by side. Columns of single scenarios are added with
``widened``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.sheets.out import out as _out
from jaryq.sheets.spec import Column, Sheet


def _money(name: str, en: str, ru: str, note_en: str, note_ru: str, width: int = 13, family: str = "") -> Column:
    return _out(name, "number", en, ru, note_en, note_ru, BILLION, width, family)


def widened(sheet: Sheet, columns: Sequence[Column]) -> Sheet:
    """The sheet with further columns, one or more for each scenario."""
    return replace(sheet, columns=(*sheet.columns, *columns))


_SCENARIO = _out("scenario", "text", "Scenario", "Сценарий", "Name of the scenario.", "Название сценария.", width=30)

_STANDING = _out("standing", "text", "Real or tie", "Настоящее или равноценное",
                 "Real: no plan as good as the base's does so. A tie: one does, or what hangs on it is within the gap.",
                 "Настоящее: ни один план не хуже базового так не делает. Равноценное: есть такой план, или речь о "
                 "сумме меньше допуска.", width=14)

OVERVIEW_COMPARED = Sheet(
    "overview", Text("Scenarios side by side", "Сценарии рядом"),
    Text("Figures of every scenario, and the difference from the base.",
         "Показатели всех сценариев и отличие от базового."), key=("label",),
    columns=(
        _out("label", "text", "Figure", "Показатель", "Key figure.", "Показатель.", width=50),
        _out("unit", "text", "Unit", "Единица", "Unit of the figure.", "Единица показателя.", width=13),
    ),
)

PROJECTS_COMPARED = Sheet(
    "projects", Text("Projects and kilometres that move", "Что меняется по объектам и километрам"),
    Text("One row for each facility or package that differs from the base in any scenario, real moves first; km are "
         "those renewed by the plan.",
         "Одна строка на каждый объект или пакет, который отличается от базового хотя бы в одном сценарии, сначала "
         "настоящие изменения; км: обновляемые по плану."),
    key=("project",),
    columns=(
        _out("project", "text", "Facility or package", "Объект или пакет", "Key.", "Ключ.", width=15),
        _out("name", "text", "Name", "Название", "Name.", "Название.", width=32),
        _out("region", "text", "Region", "Регион", "Region.", "Регион.", width=18),
        _out("sector", "text", "Sector", "Отрасль", "Sector.", "Отрасль.", width=15),
        _STANDING,
    ),
)

MOVES = Sheet(
    "moves", Text("Moves one by one", "Изменения по одному"),
    Text("One row for each scenario and project that differs: real moves first, ties last (see docs/numbers.md).",
         "Одна строка на каждый сценарий и отличающийся объект: сначала настоящие изменения, в конце равноценные (см. "
         "docs/numbers.md)."),
    key=("scenario", "project"),
    columns=(
        _SCENARIO, _STANDING,
        _out("project", "text", "Facility or package", "Объект или пакет", "Key.", "Ключ.", width=15),
        _out("name", "text", "Name", "Название", "Name.", "Название.", width=32),
        _out("region", "text", "Region", "Регион", "Region.", "Регион.", width=18),
        _out("base", "text", "In the base", "В базовом", "What the base does.", "Что делает базовый.", width=24),
        _out("here", "text", "In the scenario", "В сценарии", "What this scenario does otherwise.",
             "Что этот сценарий делает иначе.", width=34),
        _out("why", "text", "Why it counts so", "Почему так", "What shows it.", "Чем это показано.", width=36),
    ),
)

MONEY_COMPARED = Sheet(
    "money", Text("Money by source and year", "Деньги по источникам и годам"),
    Text("One block for each scenario; nominal. Sources that pay in no scenario are left out.",
         "Один блок на сценарий; номинально. Источники, не платящие ни в одном сценарии, опущены."),
    key=("scenario", "source"),
    columns=(
        _SCENARIO, _out("source", "text", "Source", "Источник", "Key.", "Ключ.", width=18),
        _out("name", "text", "Name", "Название", "Name.", "Название.", width=40),
        _out("group", "text", "Group", "Группа", "Kind at home, country abroad.",
             "Вид внутри страны, страна за рубежом.", width=34),
        _out("status", "text", "Status", "Статус", "Open or closed in the scenario.", "Открыт или закрыт в сценарии.",
             width=10),
        _money("use_", "Used in", "Использовано в", "Nominal money of the year.", "Номинально, деньги года.", width=11,
               family="year"),
        _money("total", "All years", "Все годы", "Sum of the years.", "Сумма по годам."),
        _money("change", "Difference from the base", "Отличие от базового", "Of all years.", "По всем годам."),
    ),
)

TARGETS_COMPARED = Sheet(
    "targets", Text("Targets", "Цели"),
    Text("What each scenario reaches, and what it misses; a row of a filter or year stands alone.",
         "Что достигает и чего не достигает каждый сценарий; каждая группа и год отдельной строкой."), key=("target",),
    columns=(
        _out("target", "text", "Target row", "Строка цели", "Key.", "Ключ.", width=16),
        _out("name", "text", "Name", "Название", "Name.", "Название.", width=34),
        _out("filter", "text", "Of what", "По чему", "Filter.", "Условие.", width=18),
        _out("year", "text", "Year", "Год", "Year or years.", "Год или годы.", width=10),
        _out("sense", "text", "Sense", "Знак", "At least, at most, equal.", "Не менее, не более, равно.", width=7),
        _out("value", "number", "Asked", "Требуется", "As the base asks.", "Как требует базовый.", "number", 11),
        _out("unit", "text", "Unit", "Единица", "Unit of the row.", "Единица строки.", width=11),
        _out("priority", "text", "Priority", "Приоритет", "Hard, 1, 2, 3 or priced.",
             "Обязательна, 1, 2, 3 или по цене.", width=11),
    ),
)

WATERFALL = Sheet(
    "waterfall", Text("From the base's cost to each scenario's", "От стоимости базового к стоимости каждого сценария"),
    Text("What the money costs the programme purse (present value, money of the price year), step by step; the steps "
         "add up exactly.",
         "Во что деньги обходятся кошельку программы (приведённая стоимость, деньги года цен), по шагам; шаги сходятся "
         "точно."),
    key=("scenario",),
    columns=(
        _SCENARIO,
        _money("base", "Base", "Базовый", "Cost of funding in the base.", "Стоимость финансирования в базовом."),
        _money("volume", "Volume and timing", "Объёмы и сроки", "The scenario's works at the base's prices.",
               "Работы сценария в ценах базового."),
        _money("prices", "Prices", "Цены", "Costs and price indices.", "Стоимости и индексы цен."),
        _money("exchange", "Exchange rate", "Курс", "Imported parts at the scenario's rates.",
               "Импортная часть по курсам сценария."),
        _money("discounting", "Discounting", "Дисконт", "The scenario's discounting.", "Дисконтирование сценария."),
        _money("exchange_loss", "Exchange loss on loans", "Курсовые потери по займам",
               "Payments on the scenario's loans at its rates less the same payments (in the currency) at the base's "
               "rates; financing is then what else the money costs.",
               "Платежи по займам сценария по его курсам минус те же платежи (в валюте) по базовым; финансирование "
               "тогда: всё остальное."),
        _money("financing", "Financing", "Финансирование", "Whose money, on what terms.",
               "Чьи деньги и на каких условиях."),
        _money("cost", "Scenario", "Сценарий", "Sum of the steps.", "Сумма шагов."),
        _money("change", "Difference from the base", "Отличие от базового", "Scenario less base.",
               "Сценарий минус базовый."),
    ),
)

INPUTS_COMPARED = Sheet(
    "inputs", Text("Changed inputs", "Изменённые исходные данные"),
    Text("Every cell that a scenario changes, with what stood there and what it takes.",
         "Каждая ячейка, изменённая сценарием: что было и что стало."),
    key=("scenario", "cell"),
    columns=(
        _SCENARIO, _out("sheet", "text", "Sheet", "Лист", "Input sheet.", "Лист исходных данных.", width=15),
        _out("key", "text", "Row", "Строка", "Key of the row.", "Ключ строки.", width=26),
        _out("column", "text", "Column", "Столбец", "Heading.", "Заголовок.", width=16),
        _out("unit", "text", "Unit", "Единица", "Unit of the column.", "Единица столбца.", width=16),
        _out("cell", "text", "Cell", "Ячейка", "Sheet and address.", "Лист и адрес.", width=20),
        _out("old", "number", "Old value", "Было", "In the base.", "В базовом.", "number", 14),
        _out("new", "number", "New value", "Стало", "In the scenario.", "В сценарии.", "number", 14),
        _out("how", "text", "Change", "Изменение", "What was done to the cell, why, and where that is written.",
             "Что сделано, почему и где это записано.", width=46),
    ),
)

FAILURES = Sheet(
    "failures", Text("Scenarios without a plan", "Сценарии без плана"),
    Text("The others are compared all the same.", "Остальные всё равно сравнены."), key=("scenario",),
    columns=(_SCENARIO, _out("id", "text", "Key", "Ключ", "Key of the scenario.", "Ключ сценария.", width=24),
             _out("reason", "text", "Why there is none", "Почему плана нет", "As the run said it.",
                  "Как сообщил расчёт.", width=100)),
)
