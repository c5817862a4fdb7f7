"""Sheets of a plan workbook about condition: zones, failures, wear, risk by kind of asset, health of each facility,
variants."""

from __future__ import annotations

from jaryq.base.home import BILLION, MILLION
from jaryq.base.text import Text
from jaryq.sheets.out import STATUS
from jaryq.sheets.out import narrow as _out
from jaryq.sheets.spec import Column, Sheet


def _kzt(name: str, en: str, ru: str, note_en: str, note_ru: str, unit: str = BILLION) -> Column:
    return _out(name, "number", en, ru, note_en, note_ru, unit)


def _score(name: str, en: str, ru: str, note_en: str, note_ru: str) -> Column:
    return _out(name, "number", en, ru, note_en, note_ru, "score", 9)


def _count(name: str, en: str, ru: str, note_en: str, note_ru: str) -> Column:
    return _out(name, "number", en, ru, note_en, note_ru, "facilities", 9)


def _percent(name: str, en: str, ru: str, note_en: str, note_ru: str, family: str = "") -> Column:
    return _out(name, "number", en, ru, note_en, note_ru, "%", 9, family)


_REGION = _out("region", "text", "Region", "Регион", "Region.", "Регион.", width=20)
_SECTOR = _out("sector", "text", "Sector", "Отрасль", "Sector.", "Отрасль.", width=15)
_KIND = _out("kind", "text", "Kind of asset", "Вид", "Row of asset_types.", "Строка листа asset_types.", width=30)

CONDITION_OUT = Sheet(
    "condition", Text("Condition: zones, failures, losses", "Состояние: зоны, отказы, потери"),
    Text("With the plan, and if nothing more were done; zones on 31 December, the rest over the year.",
         "С планом и если больше ничего не делать; зоны на 31 декабря, остальное за год."),
    key=("by", "place", "measure"),
    columns=(
        _out("by", "text", "By", "В разрезе", "Whole programme, region or sector.",
             "Вся программа, регион или отрасль.", width=12),
        _out("place", "text", "Of what", "Где", "Region or sector.", "Регион или отрасль.", width=24),
        _out("measure", "text", "Measure", "Показатель", "What is counted.", "Что считается.", width=36),
        _out("unit", "text", "Unit", "Единица", "Unit of the row.", "Единица строки.", width=14),
        _out("now", "number", "At the start", "На начало", "On 1 January of the first planned year; rates of a year.",
             "На 1 января первого планируемого года; в расчёте на год.", width=11),
        _out("plan_", "number", "With the plan", "С планом", "End of the year, or over the year.",
             "На конец года или за год.", width=11, family="year"),
        _out("idle_", "number", "Nothing done", "Без работ", "The same if nothing more were done.",
             "То же, если больше ничего не делать.", width=11, family="year"),
        _out("better", "number", "Avoided by the last year", "Предотвращено к последнему году",
             "Nothing done less with the plan.", "Без работ минус с планом.", width=13),
    ),
)

WEAR_OUT = Sheet(
    "wear", Text("Average wear of networks", "Средний износ сетей"),
    Text("By kind and region on 31 December, weighted by length, ageing of what waits included.",
         "По видам и регионам на 31 декабря, взвешен по длине, с учётом старения."),
    key=("kind", "region"),
    columns=(
        _KIND, _REGION, _SECTOR,
        _out("km", "number", "Length", "Длина", "That the mean is taken over.", "По которой взят средний.", "km", 12),
        _percent("now", "At the start", "На начало", "On 1 January of the first planned year.",
                 "На 1 января первого планируемого года."),
        _percent("plan_", "With the plan", "С планом", "On 31 December.", "На 31 декабря.", "year"),
        _percent("idle_", "Nothing done", "Без работ", "On 31 December, if nothing more were done.",
                 "На 31 декабря, если больше ничего не делать.", "year"),
        _percent("better", "Lower in the last year by", "Ниже в последний год на", "Points of percent.",
                 "Процентных пунктов."),
    ),
)

QUANTITIES_OUT = Sheet(
    "quantities", Text("What works change", "Что меняют работы"),
    Text("Each quantity by region and sector: levels on 31 December, flows over the year, what comes once to its end.",
         "Величины по регионам и отраслям: уровни на 31 декабря, потоки за год, разовое к концу года."),
    key=("quantity", "region", "sector"),
    columns=(
        _out("quantity", "text", "Quantity", "Величина", "Row of quantities.", "Строка листа quantities.", width=30),
        _REGION, _SECTOR,
        _out("unit", "text", "Unit", "Единица", "Unit of the row.", "Единица строки.", width=14),
        _out("y_", "number", "In", "За", "End of the year, or over the year.", "На конец года или за год.", width=11,
             family="year"),
        _kzt("pv", "Worth (PV)", "Ценность (прив.)",
             "Present value of planned works in money of the price year; blank: no value.",
             "Приведённая ценность планируемых работ в деньгах года цен; пусто: цены нет."),
        _out("status", "text", "Status of the value", "Статус цены", "Of the row that states the value.",
             "Строки, в которой указана цена.", width=12),
    ),
)

CLASSES_OUT = Sheet(
    "risk_by_class", Text("Risk by kind of asset", "Риск по видам объектов и сетей"),
    Text("What age or book wear alone say, what inspections change, and what avoiding risk costs.",
         "Что говорят возраст или учётный износ, что меняет осмотр и во что обходится снижение риска."),
    key=("kind",),
    columns=(
        _KIND, _SECTOR,
        _count("number", "Facilities with a score", "Объектов с индексом", "Done ones are left out.",
               "Без выполненных."),
        _count("inspected", "of which inspected", "из них осмотрено", "Any column of inspection filled.",
               "Заполнен хоть один столбец осмотра."),
        _score("score_age", "Mean score by age", "Средний индекс по возрасту", "Age or book wear alone.",
               "Только возраст или учётный износ."),
        _score("score", "Mean score with inspection", "Средний индекс с осмотром", "As the plan uses it.",
               "Как используется в плане."),
        _count("red_age", "Red zone by age", "Красная зона по возрасту", "Age or book wear alone.",
               "Только возраст или учётный износ."),
        _count("red", "Red zone with inspection", "Красная зона с осмотром", "As the plan uses it.",
               "Как используется в плане."),
        _percent("pof_age", "Failure in a year by age", "Отказ за год по возрасту", "Mean probability.",
                 "Средняя вероятность."),
        _percent("pof", "Failure in a year with inspection", "Отказ за год с осмотром", "Mean probability.",
                 "Средняя вероятность."),
        _out("failures", "number", "Expected failures", "Ожидается отказов", "At the start; bursts of networks.",
             "На начало; по сетям: прорывы.", "failures/year", 11),
        _kzt("risk_age", "Risk a year by age", "Риск в год по возрасту",
             "Failures of a year times their cost, money of the price year.",
             "Отказы за год на их цену, деньги года цен.", MILLION),
        _kzt("risk", "Risk a year with inspection", "Риск в год с осмотром", "As the plan uses it.",
             "Как используется в плане.", MILLION),
        _kzt("change", "Inspection changes it by", "Осмотр меняет его на", "Difference of the two.", "Разность двух.",
             MILLION),
        _out("done", "number", "In the plan", "В плане", "Facilities (shares in divisible plans).",
             "Объектов (доли в делимых планах).", "facilities", 9),
        _kzt("real", "Cost", "Стоимость", "Of those, money of the price year.", "Их стоимость, деньги года цен."),
        _kzt("avoided", "Avoided risk (PV)", "Предотвращённый риск (прив.)", "Present value, by the plan.",
             "Приведённая стоимость, планом."),
        _out("per", "number", "Avoided per KZT spent", "Предотвращено на тенге", "Avoided risk over cost.",
             "Предотвращённый риск на стоимость.", "number", 10),
        _out("unit_cost", "number", "Cost per KZT of risk", "Цена тенге риска",
             "Unit cost of risk: cost over avoided risk.", "Удельная цена риска: стоимость на предотвращённый риск.",
             "number", 10),
        _out("cost_status", "text", "Cost of a failure rests on", "Стоимость отказа: вид данных",
             "Weakest status of the figures that failures of the kind cost by.",
             "Слабейший вид данных о стоимости отказов этого вида.", width=12),
        _out("rate_status", "text", "How often rests on", "Частота отказов: вид данных",
             "Weakest status of the figures that the rates of its failures follow from.",
             "Слабейший вид данных, из которых следует частота отказов.", width=12),
    ),
)

HEALTH_OUT = Sheet(
    "health", Text("Health and risk of each facility", "Состояние и риск каждого объекта"),
    Text("Score, zone, probability and cost of failure at the start; what the plan does about it.",
         "Индекс, зона, вероятность и цена отказа на начало; что с этим делает план."),
    key=("asset",),
    columns=(
        _out("asset", "text", "Facility", "Объект", "Key.", "Ключ.", width=11),
        _out("name", "text", "Name", "Название", "Name.", "Название.", width=34), _REGION, _KIND, _SECTOR,
        _out("inspected", "text", "Inspected", "Осмотрен", "Any column of inspection filled.",
             "Заполнен хоть один столбец осмотра.", width=10),
        _score("score_age", "Score by age", "Индекс по возрасту", "Age or book wear alone.",
               "Только возраст или учётный износ."),
        _score("score", "Score", "Индекс", "0.5 new, 5.5 end of expected life, 10 worst.",
               "0,5 новое, 5,5 конец срока, 10 худшее."),
        _out("zone", "text", "Zone at the start", "Зона на начало", "By score, at least as bad as stated.",
             "По индексу, не лучше указанной.", width=11),
        _percent("pof", "Failure in a year", "Отказ за год", "Probability at the start.", "Вероятность на начало."),
        _kzt("cost", "Cost of a failure", "Цена отказа", "What is not supplied included, money of the price year.",
             "С недоотпуском, деньги года цен.", MILLION),
        _kzt("risk", "Risk a year", "Риск в год", "Probability times cost.", "Вероятность на цену.", MILLION),
        _kzt("waiting", "Risk if it waits (PV)", "Риск без работ (прив.)",
             "Present value to the last year of benefits.", "Приведённая стоимость до последнего года выгод."),
        _kzt("avoided", "Avoided risk (PV)", "Предотвращённый риск (прив.)", "By the plan.", "Планом."),
        _out("last", "text", "Zone at the end", "Зона в конце", "With the plan, on 31 December of the last year.",
             "С планом, на 31 декабря последнего года.", width=11),
        _out("idle", "text", "Zone at the end, nothing done", "Зона в конце без работ", "If nothing more were done.",
             "Если больше ничего не делать.", width=13),
        _out("status", "text", "In the plan", "В плане", "Done before, in the plan, or not.",
             "Выполнен раньше, в плане или нет.", width=14),
        _out("finish", "text", "Finish", "Окончание", "Period in which the works end.", "Период окончания работ.",
             width=9),
        _out("data_status", "text", "Data", "Данные", "Weakest status of the figures that its condition follows from.",
             "Самый слабый статус величин, из которых следует его состояние.", width=11),
    ),
)

OPTIONS_OUT = Sheet(
    "options", Text("Variants of facilities", "Варианты объектов"),
    Text("At most one variant is done; doing nothing leaves all of the risk. Not chosen ones as if started as early as "
         "possible.",
         "Выполняется не более одного варианта; без работ остаётся весь риск. Невыбранные: как при самом раннем "
         "начале."),
    key=("asset", "option"),
    columns=(
        _out("asset", "text", "Facility", "Объект", "Key.", "Ключ.", width=11),
        _out("option", "text", "Variant", "Вариант", "Key of its row.", "Ключ его строки.", width=14),
        _out("name", "text", "Name", "Название", "Name.", "Название.", width=34),
        _out("scope", "text", "Kind of project", "Вид проекта", "What is done.", "Что делается.", width=16),
        _kzt("cost", "Overnight cost", "Стоимость", "Money of the price year.", "Деньги года цен."),
        _out("start", "text", "Start", "Начало", "In the plan, or as early as possible.", "По плану или самое раннее.",
             width=9),
        _out("finish", "text", "Finish", "Окончание", "Of the works.", "Работ.", width=10),
        _kzt("benefit_pv", "Benefit (PV)", "Выгода (прив.)", "Savings and avoided risk, or as stated.",
             "Экономия и предотвращённый риск либо как указано."),
        _kzt("avoided", "of which avoided risk", "из неё снижение риска", "Present value.", "Приведённая стоимость."),
        _kzt("left", "Risk left (PV)", "Остаётся риск (прив.)", "To the last year of benefits of its variants.",
             "До последнего года выгод вариантов."),
        _kzt("cost_pv", "Cost (PV)", "Затраты (прив.)", "Present value of spending less income.",
             "Приведённые затраты за вычетом доходов."),
        _kzt("net", "Own net value", "Чистая выгода", "Benefit less cost, every tenge counted in full.",
             "Выгода минус затраты, каждый тенге полностью."),
        _out("share", "number", "Share", "Доля", "Part that is done (divisible plans).",
             "Выполняемая часть (делимые планы).", "share", 8),
        _out("chosen", "text", "Chosen", "Выбран", "yes, or why not.", "да или почему нет.", width=24),
        STATUS,
    ),
)
