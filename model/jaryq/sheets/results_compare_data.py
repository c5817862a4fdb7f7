"""Tables of a comparison that only other programs get (``--tables``): figures of scenarios in rows, keyed."""

from __future__ import annotations

from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.sheets.results_compare import TARGETS_COMPARED
from jaryq.sheets.spec import Column, Sheet
from jaryq.sheets.words import col

ID = col("id", "text", "Key", "Ключ", "Key of the scenario.", "Ключ сценария.", width=24)


def _number(name: str, en: str, ru: str, note_en: str, note_ru: str, unit: str = BILLION) -> Column:
    return col(name, "number", en, ru, note_en, note_ru, unit=unit)


def _gain(name: str, en: str, ru: str) -> Column:
    return _number(name, en, ru, "Part of the change of the net value against the base, gains positive, present value.",
                   "Часть изменения чистой выгоды против базового, выигрыш положителен, приведённая стоимость.")


def _count(name: str, en: str, ru: str, note_en: str, note_ru: str) -> Column:
    return col(name, "integer", en, ru, note_en, note_ru, unit="number")


SCENARIOS = Sheet(
    "scenarios", Text("Scenarios", "Сценарии"),
    Text("One row a scenario: its figures, and how many of its moves are real.",
         "Одна строка на сценарий: показатели и сколько изменений настоящие."), key=("id",),
    columns=(
        ID, col("name", "text", "Name", "Название", "Name of the scenario.", "Название сценария."),
        col("plan", "yes_no", "Has a plan", "Есть план", "Whether a plan was found.", "Найден ли план."),
        _count("changed", "Cells changed", "Изменено ячеек", "Input cells that it changes.",
               "Изменённые исходные ячейки."),
        _number("facilities", "Facilities", "Объекты", "Completed by the last year, those that count.",
                "Завершено к последнему году, засчитываемые.", "facilities"),
        _number("km", "Networks", "Сети", "Renewed by the last year.", "Обновлено к последнему году.", "km"),
        _number("spend", "Spending", "Затраты", "Nominal.", "Номинально."),
        _number("cost", "Cost of the money", "Стоимость денег", "To the purse, present value.",
                "Для кошелька, приведённая."),
        _number("benefits", "Benefits", "Выгоды", "Present value.", "Приведённая стоимость."),
        _number("value", "Net value", "Чистая выгода", "Of the purse, present value.", "Кошелька, приведённая."),
        _number("distance", "Distance", "Расстояние", "Certified distance from the best plan at these shortfalls.",
                "Доказанное расстояние до лучшего плана при этих недовыполнениях."),
        _count("missed", "Targets missed", "Целей не выполнено", "Rows of targets.", "Строки целей."),
        *(_number(f"shortfall_{p}", f"Shortfall of priority {p}", f"Недовыполнение приоритета {p}",
                  "Sum of the shares missed.", "Сумма недостающих долей.", "%") for p in ("1", "2", "3")),
        _number("after", "Paid after", "Платят после", "Part of the cost of the money paid after the base's last year.",
                "Часть стоимости денег, которую платят после последнего года базового.", "%"),
        _number("unpaid", "Still to pay after", "Останется заплатить",
                "Nominal, for works that end after the plan; in no other figure here.",
                "Номинально, за работы, которые кончаются после плана; ни в один другой показатель не входит."),
        _count("moves_real", "Real moves", "Настоящих изменений", "Projects.", "Проекты."),
        _count("moves_open", "Not examined", "Не проверено", "Projects.", "Проекты."),
        _count("moves_tie", "Ties", "Равноценных", "Projects.", "Проекты."),
        col("reason", "text", "Why no plan", "Почему плана нет", "As the run said it.", "Как сообщил расчёт."),
    ),
)

INDICATORS = Sheet(
    "indicators", Text("Indicators", "Показатели"),
    Text("Lines of the overview, a row for each scenario.", "Строки обзора, по одной на сценарий."),
    key=("id", "block", "label"),
    columns=(
        ID, col("block", "text", "Block", "Раздел", "Block of the overview.", "Раздел обзора."),
        col("label", "text", "Figure", "Показатель", "Key figure.", "Показатель."),
        col("unit", "text", "Unit", "Единица", "Unit of the figure.", "Единица показателя."),
        col("value", "number", "Value", "Значение", "In its unit.", "В своей единице.", unit="number"),
        col("said", "text", "In words", "Словами", "Where it is no number.", "Где это не число."),
        col("difference", "number", "Difference from the base", "Отличие от базового", "Scenario less base.",
            "Сценарий минус базовый.", unit="number"),
        col("differs", "yes_no", "Differs", "Отличается", "Whether any scenarios differ in it.",
            "Отличаются ли в нём сценарии."),
    ),
)

WORTH = Sheet(
    "worth", Text("What the net value is made of", "Из чего складывается чистая выгода"),
    Text("One row for each scenario but the base; the parts add up from the base's value to its own.",
         "Одна строка на сценарий, кроме базового; части сходятся от базового значения к собственному."), key=("id",),
    columns=(
        ID, _number("base", "Base", "Базовый", "Net value of the base.", "Чистая выгода базового."),
        _gain("benefits", "Benefits", "Выгоды"), _gain("income", "Income and interest", "Доходы и проценты"),
        _gain("volume", "More or fewer works", "Больше или меньше работ"),
        _gain("timing", "Works in other years", "Работы в другие годы"), _gain("prices", "Prices", "Цены"),
        _gain("exchange", "Exchange rate", "Курс"), _gain("discounting", "Discounting of works", "Дисконт работ"),
        _gain("exchange_loss", "Exchange loss on loans", "Курсовые потери по займам"),
        _gain("financing", "Terms of the money", "Условия денег"),
        _gain("rest", "Crews, deficits", "Бригады, дефициты"),
        _number("value", "Scenario's own", "Сам сценарий", "Net value of the scenario.", "Чистая выгода сценария."),
    ),
)

TARGETS_LONG = Sheet(
    "targets", TARGETS_COMPARED.text, TARGETS_COMPARED.note, key=("id", "target"),
    columns=(
        ID, *TARGETS_COMPARED.columns,
        col("asked", "number", "Asks", "Требует", "As this scenario asks, where that is not as in the base.",
            "Как требует этот сценарий, если иначе, чем базовый.", unit="number"),
        col("reached", "number", "Reached", "Достигнуто", "In the unit of the row.", "В единице строки.",
            unit="number"),
        col("short", "number", "Missed by", "Не хватает", "In the unit of the row.", "В единице строки.",
            unit="number"),
        col("met", "text", "Met", "Выполнено", "Yes or no.", "Да или нет."),
    ),
)
