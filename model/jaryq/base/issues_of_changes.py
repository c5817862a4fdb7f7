"""Kinds of issues of selectors, and of scenarios and their changes. Code, severity, rule, remedy."""

from __future__ import annotations

from jaryq.base.severity import Severity
from jaryq.base.text import Text

CHANGES: tuple[tuple[str, Severity, Text, Text], ...] = (
    ("bad_selector", "stop",
     Text("not a selector: {detail}", "это не условие отбора: {detail}"),
     Text("Write column=value; column=value* with the columns {columns}.",
          "Пишите столбец=значение; столбец=значение* по столбцам {columns}.")),
    ("selector_matches_nothing", "stop",
     Text("no row matches", "ни одна строка не подходит"),
     Text("Correct the selector{hint}, or delete the row.", "Исправьте условие{hint} или удалите строку.")),
    ("scenario_loop", "stop",
     Text("the scenario builds on itself: {detail}", "сценарий строится на самом себе: {detail}"),
     Text("Break the circle.", "Разорвите круг.")),
    ("change_unfit", "stop",
     Text("{detail}", "{detail}"),
     Text("Correct the change or delete it.", "Исправьте изменение или удалите его.")),
    ("change_matches_nothing", "stop",
     Text("no cell matches: {detail}", "ни одна ячейка не подходит: {detail}"),
     Text("Correct the selector, column or years, or delete the row.",
          "Исправьте условие, столбец или годы либо удалите строку.")),
    ("change_makes_invalid", "stop",
     Text("the changed value breaks a rule: {detail}", "изменённое значение нарушает правило: {detail}"),
     Text("Change the value: {remedy}", "Измените значение: {remedy}")),
    ("change_overwritten", "surprise",
     Text("a later change sets the same cell ({other})",
          "более позднее изменение задаёт ту же ячейку ({other})"),
     Text("Delete one of the two if this is not meant.", "Удалите одно из двух, если это не задумано.")),
    ("shift_lost", "surprise",
     Text("what stands in {year} falls before the first planned year and is lost",
          "значение {year} года попадает до первого планируемого года и теряется"),
     Text("Shift less, or nothing to do.", "Сдвиньте меньше или ничего не делайте.")),
)
