"""Sheets of order and choice: what waits for what and how long, how many of a group are done."""

from __future__ import annotations

from jaryq.base.text import Text
from jaryq.sheets.spec import Column, Sheet, Yearly
from jaryq.sheets.words import col, key, named, trace

SEQUENCE = Sheet(
    "sequence", Text("Sequence", "Очерёдность"),
    Text("A facility whose works wait for another, with a lag. Column after of facilities says the same with a lag of "
         "nothing.",
         "Объект, работы которого ждут другого, со сдвигом. Столбец after листа facilities говорит то же без сдвига."),
    key=("project", "after"),
    columns=(
        col("project", "text", "Facility", "Объект", "The facility that waits.", "Объект, который ждёт.",
            ref="facilities", required=True, width=16),
        col("after", "text", "Waits for", "Ждёт", "The facility, or a variant of it, that it waits for.",
            "Объект (или его вариант), которого он ждёт.", ref="facilities", required=True, width=16),
        col("relation", "text", "Relation", "Связь",
            "finish_start: from the end of its works, start_start: from their beginning, to the beginning of these.",
            "finish_start: от окончания тех работ, start_start: от их начала до начала этих.",
            one_of=("finish_start", "start_start"), default="finish_start", width=14),
        col("lag", "number", "Lag", "Сдвиг", "Months in between; negative: they overlap.",
            "Месяцев между ними; отрицательный: внахлёст.", unit="months", default=0.0, ge=-240, le=240),
        *trace(figures=False),
    ),
)

CHOICES = Sheet(
    "choices", Text("Groups of choice", "Группы выбора"),
    Text("How many of a group are done. Column choice of facilities says who belongs to it.",
         "Сколько из группы выполняется. Столбец choice листа facilities говорит, кто к ней относится."),
    key=("choice",),
    columns=(
        key("choice", "Group of choice", "Группа выбора", "almaty_intakes"),
        *named("group", "группа"),
        col("at_least", "integer", "At least", "Не меньше", "Blank: no limit.", "Пусто: без предела.", unit="number",
            ge=0, le=10000),
        col("at_most", "integer", "At most", "Не больше", "Both the same: exactly so many. Blank: no limit.",
            "Одинаковые: ровно столько. Пусто: без предела.", unit="number", ge=0, le=10000),
        *trace(),
    ),
)

OVERRIDES = Sheet(
    "overrides", Text("Wishes", "Пожелания"),
    Text("What somebody wants of a project, whatever it costs: the plan keeps it, and says what it costs. One row a "
         "project.",
         "Чего кто-то хочет от проекта, чего бы это ни стоило: план это соблюдает и говорит, сколько оно стоит. Одна "
         "строка на проект."),
    key=("project",), addable=True,
    columns=(
        col("project", "text", "Facility or package", "Объект или пакет",
            "Key on facilities (also of a variant) or networks.", "Ключ объекта (или варианта) или пакета.",
            ref="facilities|networks", required=True, width=16),
        col("decision", "text", "Decision", "Решение",
            "do: this row is done; leave_out: it is not. Blank: as the plan finds best.",
            "do: строка выполняется; leave_out: не выполняется. Пусто: как лучше для плана.",
            one_of=("do", "leave_out"), width=12),
        col("not_before", "text", "Not before", "Не раньше",
            "Period or year (2027Q3, 2027): starts, or km, not before it.",
            "Период или год (2027Q3, 2027): начало или км не раньше.", width=12, example="2027Q3"),
        col("not_after", "text", "Not after", "Не позже",
            "Period or year: starts, or km, not after it. The same as not_before: just then.",
            "Период или год: начало или км не позже. Как not_before: именно тогда.", width=12, example="2028"),
        col("payer", "text", "Payer", "Плательщик", "Source that pays for it.", "Источник, который оплачивает.",
            ref="sources", width=16),
        col("payer_share", "number", "Pays at least", "Платит не меньше",
            "Of all that is spent on it in the planned years.", "Из всех расходов на него в плановые годы.",
            unit="%", gt=0, le=100, default=100.0),
        col("km_", "number", "Km in", "Км в", "Packages: exactly so many km in the year.",
            "Пакеты: ровно столько км в году.", unit="km", ge=0, family="year", yearly=Yearly("work")),
        col("reason", "text", "Who wants it and why", "Кто хочет и почему", "For the reader.", "Для читателя.",
            width=40),
    ),
)


def only_with() -> Column:
    """What a project is done together with only."""
    return col("only_with", "text", "Only together with", "Только вместе с",
               "Done only if all of these facilities, or a variant of each, are done, whenever; several are separated "
               "by ;.",
               "Выполняется, только если выполняются все эти объекты (или их варианты), когда угодно; несколько через "
               ";.", width=18)


def choice() -> Column:
    """The groups of choice that a facility belongs to."""
    return col("choice", "text", "Groups of choice", "Группы выбора",
               "Rows of choices; several are separated by ;.", "Строки листа choices; несколько через ;.", width=16)
