"""An issue is data: what is wrong, where, which rule, and how to mend it. Sentences are rendered per language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from jaryq.base.issues_of_adequacy import ADEQUACY
from jaryq.base.issues_of_lenders import LENDERS
from jaryq.base.issues_of_quantities import QUANTITIES
from jaryq.base.issues_of_reading import READING
from jaryq.base.issues_of_rows import ROWS
from jaryq.base.issues_of_sense import REACH, SIZES
from jaryq.base.issues_of_stretches import STRETCHES
from jaryq.base.issues_of_uncertainty import UNCERTAIN
from jaryq.base.issues_of_works import WORKS
from jaryq.base.severity import Severity
from jaryq.base.text import Lang, Text, with_marks, without_noise


@dataclass(frozen=True)
class IssueKind:
    """A kind of issue: its stable code, its severity, the rule that was broken and the remedy (with slots)."""

    code: str
    severity: Severity
    rule: Text
    remedy: Text


def _by_code(*kinds: IssueKind) -> dict[str, IssueKind]:
    table = {kind.code: kind for kind in kinds}
    if len(table) != len(kinds):
        raise ValueError("two kinds of issue share a code")
    return table


def _stop(code: str, rule: Text, remedy: Text) -> IssueKind:
    return IssueKind(code, "stop", rule, remedy)


KINDS_OF_ISSUE: Mapping[str, IssueKind] = _by_code(
    _stop("unreadable_file",
          Text("the file cannot be read as a workbook: {detail}", "файл не читается как книга: {detail}"),
          Text("Save it again as .xlsx and try once more.", "Сохраните его заново в формате .xlsx и повторите.")),
    _stop("no_such_file",
          Text("there is no such file or folder", "такого файла или папки нет"),
          Text("Check the name and the folder you stand in.", "Проверьте имя и папку, в которой вы находитесь.")),
    _stop("not_opened",
          Text("the file cannot be opened; is it open in another program? Or rights to it are missing",
               "файл не открывается; не открыт ли он в другой программе? Или на него нет прав"),
          Text("Close it there, or ask for the rights to read it.", "Закройте его там или попросите права на чтение.")),
    _stop("newer_version",
          Text("the workbook was made by a newer program; this one knows versions up to {known}",
               "книга создана более новой программой; эта знает версии до {known}"),
          Text("Update the program, then try once more.", "Обновите программу и повторите.")),
    IssueKind("migrated", "note",
              Text("the workbook is of an older version; {detail} (version {to})",
                   "книга прежней версии; {detail} (версия {to})"),
              Text("Nothing to do; the command migrate writes the workbook in the present version.",
                   "Ничего делать не нужно; команда migrate запишет книгу в нынешней версии.")),
    _stop("missing_sheet",
          Text("the sheet is required", "лист обязателен"),
          Text("Add the sheet “{name}” (the template has it).", "Добавьте лист «{name}» (он есть в шаблоне).")),
    _stop("unknown_sheet",
          Text("no sheet of this name is known", "лист с таким именем неизвестен"),
          Text("Rename it{hint}, or start its name with # to keep it as notes.",
               "Переименуйте его{hint} или начните имя с #, чтобы оставить как заметки.")),
    _stop("missing_column",
          Text("the column is required", "столбец обязателен"),
          Text("Add a column headed “{name}” in row {row}.", "Добавьте столбец с заголовком «{name}» в строке {row}.")),
    _stop("unknown_column",
          Text("no column of this name is known on the sheet", "столбец с таким именем на листе неизвестен"),
          Text("Rename it{hint}, or start the heading with # to keep it as a comment.",
               "Переименуйте его{hint} или начните заголовок с #, чтобы оставить как примечание.")),
    _stop("duplicate_column",
          Text("the heading stands twice", "заголовок повторяется"),
          Text("Keep one of the two columns.", "Оставьте один из двух столбцов.")),
    _stop("missing_heading",
          Text("the column has values but no heading", "в столбце есть значения, но нет заголовка"),
          Text("Give it a heading, or one that starts with # to keep it as a comment (first value in {first}).",
               "Дайте ему заголовок или заголовок с #, чтобы оставить как примечание (первое значение в {first}).")),
    _stop("missing_value",
          Text("a value is required; blank is never zero", "значение обязательно; пустая ячейка не ноль"),
          Text("Fill in the cell ({what}).", "Заполните ячейку ({what}).")),
    _stop("wrong_type",
          Text("expected {what}", "ожидается {what}"),
          Text("Enter {what}.", "Введите {what}.")),
    _stop("not_finite",
          Text("the value is infinite or not a number", "значение бесконечно или не число"),
          Text("Enter a finite number.", "Введите конечное число.")),
    _stop("ambiguous_number",
          Text("the text may mean {small} or {large}", "текст может означать {small} или {large}"),
          Text("Enter it as a number.", "Введите как число.")),
    _stop("value_below_minimum",
          Text("at least {limit} {unit} is allowed", "допустимо не меньше {limit} {unit}"),
          Text("Enter {limit} or more.", "Введите {limit} или больше.")),
    _stop("value_not_above",
          Text("more than {limit} {unit} is needed", "нужно больше {limit} {unit}"),
          Text("Enter more than {limit}.", "Введите больше {limit}.")),
    _stop("value_above_maximum",
          Text("at most {limit} {unit} is allowed", "допустимо не больше {limit} {unit}"),
          Text("Enter {limit} or less{hint}.", "Введите {limit} или меньше{hint}.")),
    _stop("value_not_allowed",
          Text("allowed: {allowed}", "допустимо: {allowed}"),
          Text("Choose one of the allowed values{hint}.", "Выберите одно из допустимых значений{hint}.")),
    _stop("duplicate_key",
          Text("the key stands already in {other}", "ключ уже есть в {other}"),
          Text("Give each row its own {column}.", "Дайте каждой строке свой {column}.")),
    _stop("unknown_reference",
          Text("{target} has no such row", "на листе {target} нет такой строки"),
          Text("Use a key that stands in {target}{hint}, or add the row there.",
               "Возьмите ключ из {target}{hint} или добавьте там строку.")),
    _stop("error_value",
          Text("the cell holds an Excel error", "в ячейке ошибка Excel"),
          Text("Repair the formula or enter a value.", "Исправьте формулу или введите значение.")),
    _stop("formula_without_value",
          Text("the formula has no stored value", "у формулы нет сохранённого значения"),
          Text("Open the workbook in Excel or LibreOffice and save it, or enter the value.",
               "Откройте книгу в Excel или LibreOffice и сохраните или введите значение.")),
    _stop("years_out_of_order",
          Text("years must satisfy {rule}", "годы должны удовлетворять {rule}"),
          Text("Correct one of the two.", "Исправьте одно из двух.")),
    _stop("no_room_for_works",
          Text("the works take {months} months and do not fit between {earliest} and {latest}",
               "работы длятся {months} мес. и не помещаются между {earliest} и {latest}"),
          Text("Start earlier, finish later, or shorten the works.",
               "Начните раньше, закончите позже или сократите срок.")),
    _stop("missing_rate",
          Text("{what} is needed for {years}", "{what}: нужно значение за {years}"),
          Text("Enter a value for each of these years or a long-run rate.",
               "Введите значение для каждого из этих лет или долгосрочный темп.")),
    _stop("bad_selector",
          Text("not a selector: {detail}", "это не условие отбора: {detail}"),
          Text("Write column=value; column=value* with the columns {columns}.",
               "Пишите столбец=значение; столбец=значение* по столбцам {columns}.")),
    _stop("selector_matches_nothing",
          Text("no row matches", "ни одна строка не подходит"),
          Text("Correct the selector{hint}, or delete the row.", "Исправьте условие{hint} или удалите строку.")),
    _stop("target_unfit",
          Text("{detail}", "{detail}"),
          Text("Change the target: {remedy}", "Измените цель: {remedy}")),
    _stop("loan_terms",
          Text("{detail}", "{detail}"),
          Text("Correct the terms of the loan.", "Исправьте условия займа.")),
    _stop("either_or",
          Text("exactly one of {columns} is to be filled in", "заполняется ровно одно из: {columns}"),
          Text("Clear one of them.", "Очистите одно из них.")),
    _stop("shares_unfit",
          Text("shares of principal needed: {needed}; {detail}", "нужно долей погашения: {needed}; {detail}"),
          Text("Enter one number for each payment of principal, separated by ; (only with repayment = shares).",
               "Введите по числу на каждый платёж основного долга через ; (только при repayment = shares).")),
    _stop("not_a_fund",
          Text("“{value}” is not an open fund", "«{value}» не открытый фонд"),
          Text("Name an open source that is no loan and has carry_over = fund.",
               "Укажите открытый источник, не заём, с carry_over = fund.")),
    _stop("unused_term",
          Text("this counts only where {where}", "действует только при {where}"),
          Text("Clear the cell, or change the row.", "Очистите ячейку или измените строку.")),
    _stop("line_term",
          Text("money drawn into a fund pays for no project, so this term means nothing",
               "деньги, поступающие в фонд, не платят за проекты, поэтому условие не имеет смысла"),
          Text("Clear the cell, or clear draws_to.", "Очистите ячейку или draws_to.")),
    _stop("limits_crossed",
          Text("the value is above {most} ({limit})", "значение больше, чем {most} ({limit})"),
          Text("Correct one of the two.", "Исправьте одно из двух.")),
    _stop("hard_floor_on_closed",
          Text("a hard floor on sources that are all closed cannot hold",
               "жёсткий минимум по источникам, которые все закрыты, невыполним"),
          Text("Open a source, or take the target out.", "Откройте источник или уберите цель.")),
    _stop("progress_unfit",
          Text("{detail}", "{detail}"),
          Text("Correct the progress row or the scope.", "Исправьте строку хода работ или объём.")),
    _stop("no_money_for_commitment",
          Text("a committed project has no open source that may pay for it",
               "для обязательного проекта нет открытого источника"),
          Text("Open a source for it in eligibility, or lift the commitment.",
               "Откройте источник на листе eligibility или снимите обязательство.")),
    IssueKind("window_too_short", "surprise",
              Text("the works take {months} months and do not fit between {earliest} and {latest}, so it will not be "
                   "done",
                   "работы длятся {months} мес. и не помещаются между {earliest} и {latest}, объект не будет выполнен"),
              Text("Start earlier, finish later, or shorten the works.",
                   "Начните раньше, закончите позже или сократите срок.")),
    _stop("scenario_loop",
          Text("the scenario builds on itself: {detail}", "сценарий строится на самом себе: {detail}"),
          Text("Break the circle.", "Разорвите круг.")),
    _stop("change_unfit",
          Text("{detail}", "{detail}"),
          Text("Correct the change or delete it.", "Исправьте изменение или удалите его.")),
    _stop("change_matches_nothing",
          Text("no cell matches: {detail}", "ни одна ячейка не подходит: {detail}"),
          Text("Correct the selector, column or years, or delete the row.",
               "Исправьте условие, столбец или годы либо удалите строку.")),
    _stop("change_makes_invalid",
          Text("the changed value breaks a rule: {detail}", "изменённое значение нарушает правило: {detail}"),
          Text("Change the value: {remedy}", "Измените значение: {remedy}")),
    IssueKind("change_overwritten", "surprise",
              Text("a later change sets the same cell ({other})",
                   "более позднее изменение задаёт ту же ячейку ({other})"),
              Text("Delete one of the two if this is not meant.", "Удалите одно из двух, если это не задумано.")),
    IssueKind("shift_lost", "surprise",
              Text("what stands in {year} falls before the first planned year and is lost",
                   "значение {year} года попадает до первого планируемого года и теряется"),
              Text("Shift less, or nothing to do.", "Сдвиньте меньше или ничего не делайте.")),
    IssueKind("no_source_for_project", "surprise",
              Text("no open source may pay for this project, so it will not be done",
                   "ни один открытый источник не может оплатить проект, он не будет выполнен"),
              Text("Open a source for it in eligibility, or take the row out.",
                   "Откройте источник на листе eligibility или уберите строку.")),
    IssueKind("floor_on_closed", "surprise",
              Text("a floor on sources that are all closed: it will be missed in full",
                   "минимум по источникам, которые все закрыты, не будет выполнен"),
              Text("Open a source, or take the target out.", "Откройте источник или уберите цель.")),
    IssueKind("subsidy_above_rate", "surprise",
              Text("the subsidy is above the rate of {rate} %; the State pays no more than the rate",
                   "субсидия больше ставки {rate} %; государство платит не больше ставки"),
              Text("Enter the rate or less.", "Введите ставку или меньше.")),
    IssueKind("rate_below_zero", "surprise",
              Text("reference rate and margin are below zero, {rate} % in {year}; {charged} % is charged",
                   "базовая ставка с маржой ниже нуля, {rate} % в {year} году; взимается {charged} %"),
              Text("Correct the reference rate or the margin, or enter rate_floor: the least that the lender charges "
                   "(blank: 0).",
                   "Исправьте базовую ставку или маржу либо задайте rate_floor, наименьшую ставку кредитора (пусто: "
                   "0).")),
    IssueKind("unused_in_divisible", "surprise",
              Text("this holds only in whole plans; here facilities are divisible, so it is left out",
                   "действует только для целых планов; здесь объекты делимы, условие не учтено"),
              Text("Set facilities = whole, or clear the cell.", "Задайте facilities = whole или очистите ячейку.")),
    IssueKind("tariff_without_projects", "note",
              Text("nothing is planned in this region and sector", "в этом регионе и отрасли ничего не планируется"),
              Text("Nothing to do.", "Ничего делать не нужно.")),
    IssueKind("repaired_text", "note",
              Text("a text in place of a number; read as {read}", "текст вместо числа; прочитано как {read}"),
              Text("Nothing to do; type a plain number to avoid the note.",
                   "Ничего делать не нужно; вводите просто число, чтобы не было заметки.")),
    IssueKind("percent_below_one", "surprise",
              Text("the column holds percent: {value} means {value} %",
                   "столбец в процентах: {value} значит {value} %"),
              Text("If {times} % is meant, enter {times}.", "Если имелось в виду {times} %, введите {times}.")),
    IssueKind("percent_format", "surprise",
              Text("the cell is formatted as percent but the column is not in percent; read as {read}",
                   "ячейка в процентном формате, но столбец не в процентах; прочитано как {read}"),
              Text("Give the cell a plain number format.", "Задайте ячейке обычный числовой формат.")),
    *(IssueKind(*row) for row in WORKS),
    *(IssueKind(*row) for row in LENDERS),
    *(IssueKind(*row) for row in QUANTITIES),
    *(IssueKind(*row) for row in UNCERTAIN),
    *(IssueKind(*row) for row in ADEQUACY),
    *(IssueKind(code, "surprise", rule, remedy) for code, rule, remedy in SIZES),
    *(IssueKind(*row) for row in REACH),
    *(IssueKind(*row) for row in READING),
    *(IssueKind(*row) for row in ROWS),
    *(IssueKind(*row) for row in STRETCHES),
)


LONGEST_SHOWN = 120
"""Characters of a value that a sentence shows."""

_TURNING = (0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
"""Characters that turn the direction of a text: what follows them on the screen reads backwards."""
_UNPRINTABLE = {**dict.fromkeys((*range(32), *range(127, 160), *_TURNING), "�"), 9: " ", 10: " ", 13: " "}

WHOLE = ("allowed",)
"""Slots that list what may be chosen: they are ours, and cut off they would not help."""


def shown(text: str) -> str:
    """A text of a workbook as a sentence may hold it: not too long, without codes that would command a terminal."""
    return (text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…").translate(_UNPRINTABLE)


@dataclass(frozen=True)
class Issue:
    """One issue: its kind by code, its place (sheet, cell like ``D14``, column), the value found, the slots, and the
    scenario that alone has it."""

    code: str
    sheet: str = ""
    cell: str = ""
    column: str = ""
    value: str = ""
    slots: Mapping[str, object] = field(default_factory=dict)
    scenario: str = ""

    def __post_init__(self) -> None:
        if self.code not in KINDS_OF_ISSUE:
            raise KeyError(f"unknown kind of issue: {self.code}")

    @property
    def severity(self) -> Severity:
        return KINDS_OF_ISSUE[self.code].severity

    def rule(self, lang: Lang = "en") -> str:
        said = KINDS_OF_ISSUE[self.code].rule.say(lang, **self._slots())
        return with_marks(said, lang).replace("  ", " ").rstrip()  # a column may have no unit

    def remedy(self, lang: Lang = "en") -> str:
        return with_marks(KINDS_OF_ISSUE[self.code].remedy.say(lang, **self._slots()), lang)

    def say(self, lang: Lang = "en") -> str:
        """``facilities!D14 cost: -5 - at least 0 bn KZT is allowed. Enter 0 or more.``"""
        return f"{self.found(lang)}. {self.remedy(lang)}"

    def found(self, lang: Lang = "en") -> str:
        """The same without its remedy: where, what was found, the rule that it breaks."""
        place = "!".join(part for part in (self.sheet, self.cell) if part)
        head = " ".join(part for part in (place, self.column, f"({self.scenario})" if self.scenario else "") if part)
        found = f"{shown(without_noise(self.value))} - " if self.value != "" else ""
        return f"{shown(head)}: {found}{self.rule(lang)}".lstrip(": ")

    def _slots(self) -> dict[str, object]:
        slots = {"value": self.value, "column": self.column, **self.slots}
        return {name: shown(value) if isinstance(value, str) and name not in WHOLE else value
                for name, value in slots.items()}


MOST_ISSUES = 1000
"""Issues of one kind in one column that are listed; the others are counted in one more."""


def capped(issues: Sequence[Issue]) -> list[Issue]:
    """The first of each kind in each column, and one issue that counts the others: a million wrong cells are told in a
    thousand."""
    if len(issues) <= MOST_ISSUES:
        return list(issues)
    count: Counter[tuple[str, str, str]] = Counter()
    kept: list[Issue] = []
    first: dict[tuple[str, str, str], Issue] = {}
    for issue in issues:
        kind = (issue.code, issue.sheet, issue.column)
        count[kind] += 1
        if count[kind] <= MOST_ISSUES:
            kept.append(issue)
        else:
            first.setdefault(kind, issue)
    return kept + [Issue("more_of_the_same", issue.sheet, issue.cell, issue.column,
                         slots={"count": count[kind] - MOST_ISSUES, "code": kind[0], "first": issue.cell})
                   for kind, issue in first.items()]


def stops(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """The issues that stop a run."""
    return tuple(issue for issue in issues if issue.severity == "stop")
