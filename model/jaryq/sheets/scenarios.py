"""Sheets of scenarios: what is asked, and what each changes in the other sheets."""

from __future__ import annotations

from jaryq.base.text import Text
from jaryq.sheets.spec import Sheet
from jaryq.sheets.words import col, key, named, trace

OPERATIONS = ("set", "multiply", "add", "shift")

SCENARIOS = Sheet(
    "scenarios", Text("Scenarios", "Сценарии"),
    Text("One scenario a row. It may build on others: their changes come first. The scenario “base” changes nothing.",
         "Один сценарий в строке. Он может строиться на других: сначала их изменения. Сценарий «base» ничего не "
         "меняет."),
    key=("scenario",),
    columns=(
        key("scenario", "Scenario", "Сценарий", "no_japan"),
        *named("scenario", "сценарий"),
        col("builds_on", "text", "Builds on", "Строится на",
            "Other scenarios, separated by ;, whose changes come first, in this order; blank: the base.",
            "Другие сценарии через ;, изменения которых идут первыми, в этом порядке; пусто: база.",
            width=30),
        col("probability", "number", "Probability", "Вероятность",
            "How likely this future is (commands stages and regret). Where any is stated, scenarios without one do not "
            "come; else all are equally likely.",
            "Насколько вероятен этот вариант будущего (команды stages и regret). Если указана хотя бы одна, сценарии "
            "без неё не сбываются; иначе все равновероятны.", unit="%", ge=0, le=100),
        *trace(figures=False),
    ),
)

PATTERN = (
    col("sheet", "text", "Sheet", "Лист", "Sheet that is changed; programme (with shift): all that belongs to it.",
        "Изменяемый лист; programme (с shift): всё, что относится к программе.", required=True,
        one_of=("settings", "regions", "asset_types", "facilities", "networks", "progress", "sources",
                "source_years", "eligibility", "currencies",
                "price_indices", "reference_rates", "crews", "crew_needs", "routes", "outage_limits", "trenches",
                "quantities", "quantity_values", "sequence", "choices", "overrides", "borrowers", "balances",
                "ties", "source_groups", "tariffs", "targets", "programme"), width=16, example="source_years"),
    col("selector", "text", "Rows", "Строки",
        "Selector such as source_id=JP*; blank: all rows. Columns are those of the sheet.",
        "Условие вида source_id=JP*; пусто: все строки. Столбцы этого листа.", width=30, example="source_id=JP*"),
    col("column", "text", "Column", "Столбец", "Heading of the column; blank: the columns named by a year.",
        "Заголовок столбца; пусто: столбцы с годами.", width=20),
    col("years", "text", "Years", "Годы", "For columns named by a year: 2027 or 2027-2030; blank: all of them.",
        "Для столбцов с годами: 2027 или 2027-2030; пусто: все.", width=12),
    col("operation", "text", "Operation", "Действие",
        "set, multiply, add, or shift: dates and year columns by so many years. Blank cells cannot be multiplied "
        "or added to; they are passed over.",
        "set, multiply, add или shift: даты и столбцы по годам на столько лет. Пустые ячейки не умножаются и не "
        "увеличиваются; они пропускаются.",
        one_of=OPERATIONS, required=True, width=12),
)
"""Columns that say which cells a change speaks of and what it does to them."""

SCENARIO_CHANGES = Sheet(
    "scenario_changes", Text("What scenarios change", "Что меняют сценарии"),
    Text("One change a row, applied from the top. The order of rows matters where two changes meet in one cell.",
         "Одно изменение в строке, сверху вниз. Порядок строк важен, если два изменения попадают в одну ячейку."),
    key=("scenario", "sheet", "selector", "column", "years", "operation"), ordered=True,
    columns=(
        col("scenario", "text", "Scenario", "Сценарий", "Row of scenarios.", "Строка листа scenarios.", ref="scenarios",
            required=True, width=20),
        *PATTERN,
        col("value", "text", "Value", "Значение", "Number or text; for set, blank empties the cell.",
            "Число или текст; для set пусто очищает ячейку.", width=14, example="0.5"),
        col("reason", "text", "Why", "Почему", "What the change stands for.", "Что означает изменение.", width=40),
    ),
)
