"""Sheet of published figures that the case and its plan are compared with."""

from __future__ import annotations

from jaryq.base.text import Text
from jaryq.sheets.measures import MEASURES, OF_CASE
from jaryq.sheets.spec import Sheet
from jaryq.sheets.words import UNITS_OF_TARGETS, col, key, named, trace

TAKES = ("total", "change", "most", "last", "effect", "relative")
MEASURED = (*MEASURES, *(name for name in OF_CASE if name != "capacity"))
PER = ("km", "spend", "spend_real", *OF_CASE)

CALIBRATION = Sheet(
    "calibration", Text("Calibration", "Сверка с опубликованным"),
    Text("One published figure a row: what the case or the plan gives in its place, and whether it lies in the band. "
         "Nothing is changed by it.",
         "Одна опубликованная величина в строке: что вместо неё даёт расчёт и попадает ли это в полосу. Ничего не "
         "меняет."),
    key=("calibration",),
    columns=(
        key("calibration", "Row", "Строка", "loss-power"),
        *named("row", "строка"),
        col("measure", "text", "Measure", "Показатель",
            "As for targets, of the plan; of the case itself: cost (overnight, price year), scope (km), length (km "
            "of whole networks).",
            "Как для целей, по плану; самих данных: cost (стоимость, год цен), scope (км в программе), length (км "
            "сетей всего).", one_of=MEASURED, required=True, example="losses"),
        col("quantity", "text", "Quantity", "Величина", "For measure quantity: row of quantities.",
            "Для показателя quantity: строка листа quantities.", ref="quantities"),
        col("filter", "text", "Only", "Только", "Selector as for targets, such as sector=heat; type=chp*|gres*.",
            "Условие как для целей, например sector=heat; type=chp*|gres*.", width=26),
        col("years", "text", "Year", "Год", "A year, or 2026-2030; blank: the planned years.",
            "Год или 2026-2030; пусто: планируемые годы."),
        col("take", "text", "What of the years", "Что за годы",
            "total: their sum (of what is taken on 31 December, the last one's); change: from the year before the "
            "first to the last; most: the greatest of them; last: the last of them that has any; effect: the total "
            "with the plan less the total as if nothing more were done; relative: that effect over the total as if "
            "nothing more were done.",
            "total: сумма (для показателей на 31 декабря: на конец последнего); change: изменение от года перед первым "
            "до последнего; most: наибольшее за год; last: последний год, где это есть; effect: итог с планом минус "
            "итог, как если бы больше ничего не делалось; relative: этот эффект, делённый на итог, как если бы больше "
            "ничего не делалось.", one_of=TAKES, default="total"),
        col("works", "yes_no", "With the plan", "С планом",
            "no: as if nothing more were done; then it is known without a plan.",
            "no: как без дальнейших работ; тогда известно и без плана.", default=True),
        col("per", "text", "For each", "На единицу",
            "What it is divided by: km renewed, spend, spend_real, or of the case itself cost, scope, length, "
            "capacity; blank: nothing.",
            "На что делится: км обновлено, spend, spend_real или самих данных cost, scope, length, capacity; пусто: "
            "ни на что.",
            one_of=PER),
        col("per_filter", "text", "of which only", "из них только", "Selector of what it is divided by.",
            "Условие для того, на что делится.", width=26),
        col("times", "number", "Times", "Множитель",
            "What the result is multiplied with: 100 for 100 km, -1 for a fall, 1000 for mn KZT.",
            "На что умножается результат: 100 для 100 км, -1 для снижения, 1000 для млн тенге.", unit="number",
            default=1.0, example=100),
        col("published", "number", "Published", "Опубликовано", "The figure of the source.", "Величина источника.",
            unit="number", required=True, example=12.4),
        col("least", "number", "Band from", "Полоса от", "Blank: 20 % below.", "Пусто: на 20 % ниже.", unit="number",
            example=9.4),
        col("most", "number", "Band to", "Полоса до", "Blank: 20 % above.", "Пусто: на 20 % выше.", unit="number",
            example=15.3),
        col("unit", "text", "Unit of the measure", "Единица показателя", "As for targets, before times and per.",
            "Как для целей, до умножения и деления.", one_of=UNITS_OF_TARGETS, required=True),
        col("as_unit", "text", "Unit of the figure", "Единица величины",
            "In words, after times and per; blank: unit of the measure.",
            "Словами, после умножения и деления; пусто: единица показателя.", example="bursts per 100 km", width=18),
        col("as_unit_ru", "text", "Unit of the figure in Russian", "Единица величины по-русски",
            "Blank: as as_unit.", "Пусто: как as_unit.", example="прорывов на 100 км", width=18),
        col("why", "text", "Why outside the band", "Почему вне полосы",
            "Told beside the figure where it is outside, or not comparable.",
            "Говорится рядом с величиной, если она вне полосы или не сравнима.",
            width=44),
        col("why_ru", "text", "Why outside the band, in Russian", "Почему вне полосы, по-русски", "Blank: as why.",
            "Пусто: как why.", width=44),
        col("counts", "yes_no", "Comparable", "Сравнимо",
            "no: it would compare unlike things; it is shown with its why, and not counted.",
            "no: сравнивалось бы неодинаковое; строка показана с причиной (why) и не считается.", default=True),
        *trace(),
    ),
)
