"""What the grid of the area Inputs says by itself: its filters, an empty sheet, what a screen reader hears."""

from __future__ import annotations

from jaryq.base.text import Lang, Text

WORDS = {
    "noRowsToShow": Text("This sheet has no rows.", "На этом листе нет строк."),
    "filterOoo": Text("Filter…", "Фильтр…"),
    "empty": Text("Choose one", "Выберите условие"),
    "equals": Text("Equals", "Равно"),
    "notEqual": Text("Does not equal", "Не равно"),
    "lessThan": Text("Less than", "Меньше"),
    "lessThanOrEqual": Text("Less than or equal to", "Меньше или равно"),
    "greaterThan": Text("Greater than", "Больше"),
    "greaterThanOrEqual": Text("Greater than or equal to", "Больше или равно"),
    "inRange": Text("Between", "Между"),
    "inRangeStart": Text("From", "От"),
    "inRangeEnd": Text("To", "До"),
    "contains": Text("Contains", "Содержит"),
    "notContains": Text("Does not contain", "Не содержит"),
    "startsWith": Text("Begins with", "Начинается с"),
    "endsWith": Text("Ends with", "Заканчивается на"),
    "blank": Text("Blank", "Пусто"),
    "notBlank": Text("Not blank", "Не пусто"),
    "andCondition": Text("AND", "И"),
    "orCondition": Text("OR", "ИЛИ"),
    "invalidNumber": Text("No number", "Не число"),
    "loadingOoo": Text("Loading…", "Загрузка…"),
    "ariaColumnFiltered": Text("Column is filtered", "Столбец отфильтрован"),
    "ariaFilterColumn": Text("Press CTRL ENTER to open the filter", "CTRL ENTER открывает фильтр"),
    "ariaFilterFromValue": Text("Filter from value", "Фильтр: от значения"),
    "ariaFilterInput": Text("Filter", "Фильтр"),
    "ariaFilterMenuOpen": Text("Open the filter", "Открыть фильтр"),
    "ariaFilterToValue": Text("Filter to value", "Фильтр: до значения"),
    "ariaFilterValue": Text("Value of the filter", "Значение фильтра"),
    "ariaFilteringOperator": Text("Condition of the filter", "Условие фильтра"),
    "ariaInputEditor": Text("Cell", "Ячейка"),
    "ariaLabelColumnFilter": Text("Filter of the column", "Фильтр столбца"),
    "ariaLabelColumnMenu": Text("Menu of the column", "Меню столбца"),
    "ariaLabelSelectField": Text("Choice of a condition", "Выбор условия"),
    "ariaLabelTooltip": Text("Note", "Примечание"),
    "ariaMenuColumn": Text("Press ALT DOWN to open the menu of the column", "ALT ВНИЗ открывает меню столбца"),
    "ariaSortableColumn": Text("Press ENTER to sort", "ENTER сортирует"),
    "ariaValidationErrorPrefix": Text("What is wrong in the cell", "Ошибка в ячейке"),
}
"""By the grid's own names."""


def words_of_grid(lang: Lang) -> dict[str, str]:
    """The grid's own texts in a language, as it takes them."""
    return {name: text.say(lang) for name, text in WORDS.items()}
