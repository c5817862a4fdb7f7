"""Sheets of the plan on what was asked and what is proved: targets, objective, limits, stages, checks."""

from __future__ import annotations

from jaryq.base.text import Text
from jaryq.sheets.out import money as _money
from jaryq.sheets.out import named as _name
from jaryq.sheets.out import out as _out
from jaryq.sheets.spec import Sheet

TARGETS_OUT = Sheet(
    "targets", Text("Targets and limits", "Цели и ограничения"),
    Text("What was asked, what is reached, what is missed.", "Что требовалось, что достигнуто, чего не хватает."),
    key=("target",),
    columns=(
        _out("target", "text", "Target", "Цель", "Key of the row.", "Ключ строки.", width=18),
        _name("Name", "Название", 44),
        _out("measure", "text", "Measure", "Показатель", "What is measured.", "Что измеряется.", width=22),
        _out("filter", "text", "Only", "Только", "What it is about.", "К чему относится.", width=26),
        _out("year", "text", "Year", "Год", "At the end of the year, or over the years.", "На конец года или за годы.",
             width=11),
        _out("sense", "text", "Sense", "Знак", "At least, at most, equal.", "Не меньше, не больше, равно.", width=7),
        _out("value", "number", "Asked", "Требуется", "In the unit of the row.", "В единице строки.", width=12),
        _out("reached", "number", "Reached", "Достигнуто", "In the unit of the row.", "В единице строки.", width=12),
        _out("shortfall", "number", "Missed by", "Не хватает", "In the unit of the row.", "В единице строки.",
             width=12),
        _out("unit", "text", "Unit", "Единица", "Unit.", "Единица.", width=12),
        _out("normalised", "number", "Missed, share", "Не хватает, доля", "Of the row's scale.", "От масштаба строки.",
             "%", 11),
        _out("priority", "text", "Priority", "Приоритет", "hard, 1, 2, 3, or a price.",
             "обязательно, 1, 2, 3 или цена.", width=12),
        _out("met", "text", "Met", "Выполнено", "yes or no.", "да или нет.", width=11),
        _out("origin", "text", "Cell", "Ячейка", "Where it is stated.", "Где задано.", width=14),
    ),
)


def _priced(sheet: str, en: str, ru: str, note: Text) -> Sheet:
    """A sheet of prices of limits, one row a limit; of one regime."""
    return Sheet(
        sheet, Text(en, ru), note, key=("limit",),
        columns=(
            _out("name", "text", "Limit", "Ограничение", "In words.", "Словами.", width=46),
            _out("year", "text", "Year", "Год", "Of the limit.", "Ограничения.", width=10),
            _out("place", "text", "Region or area", "Регион или район", "Where it holds.", "Где действует.", width=18),
            _out("unit", "text", "Unit", "Единица", "Of the limit.", "Ограничения.", width=14),
            _out("value", "number", "Value", "Величина", "In its unit.", "В своей единице.", "number", 11),
            _out("used", "number", "Used", "Использовано", "In its unit.", "В своей единице.", "number", 12),
            _out("step", "number", "Step", "Шаг", "By so much it is moved.", "На столько оно сдвигается.", "number", 9),
            _out("moves", "text", "What it moves first", "Что меняет первым",
                 "Shortfalls by priority, then the objective.", "Недовыполнение по приоритетам, затем показатель цели.",
                 width=20),
            _out("gain", "number", "Gain of a step looser", "Выигрыш от шага ослабления",
                 "Positive is better.", "Положительное: лучше.", "number", 13),
            _out("loss", "number", "Loss of a step tighter", "Потеря от шага ужесточения",
                 "Positive is worse.", "Положительное: хуже.", "number", 13),
            _out("per_unit", "number", "Gain per unit", "Выигрыш на единицу",
                 "For one unit of the limit (of tightening, where it cannot be loosened).",
                 "На единицу ограничения (при ужесточении, если ослабить нельзя).", "number", 13),
            _out("from", "number", "Holds from", "Верно от", "Value of the limit from which on this price holds.",
                 "Величина ограничения, начиная с которой цена верна.", "number", 12),
            _out("to", "number", "Holds to", "Верно до", "Value of the limit up to which this price holds.",
                 "Величина ограничения, до которой цена верна.", "number", 14),
            _out("besides", "text", "Besides", "Кроме того", "What else the looser step changes.",
                 "Что ещё меняет шаг ослабления.", width=30),
            _out("origin", "text", "Cell", "Ячейка", "Where it is stated.", "Где задано.", width=16),
            _out("limit", "text", "Key", "Ключ", "Name in the model.", "Имя в модели.", width=26),
        ),
    )


LIMITS_OUT = _priced(
    "limits", "What each limit costs", "Чего стоит каждое ограничение",
    Text("Each binding limit moved by a step, the plan computed again: other projects may be chosen, facilities in "
         "parts too.",
         "Каждое действующее ограничение сдвинуто на шаг, план пересчитан: могут выбираться другие проекты, объекты и "
         "частями."))

LIMITS_SAME_OUT = _priced(
    "limits_same", "What each limit costs: the same projects", "Чего стоит каждое ограничение: те же объекты",
    Text("The same with the facilities of this plan: money, time and kilometres are decided anew.",
         "То же с объектами этого плана: заново решаются деньги, сроки и километры."))

ASK_ON = Text("About a key the program tells more, on the computer where the plan is kept: jaryq explain PLAN.xlsx KEY "
              "(a key with brackets in quotation marks).",
              "О ключе программа расскажет подробнее на компьютере, где лежит план: jaryq explain ПЛАН.xlsx КЛЮЧ (ключ "
              "со скобками в кавычках).")
"""The only command on what people are handed."""

QUESTIONS_OUT = Sheet(
    "questions", Text("Questions of a meeting", "Вопросы на совещании"),
    Text(f"Answered from the numbers of this plan. {ASK_ON.en}", f"Ответы по числам этого плана. {ASK_ON.ru}"),
    key=("question",),
    columns=(
        _out("question", "text", "Question", "Вопрос", "As it is asked.", "Как его задают.", width=46),
        _out("answer", "text", "Answer", "Ответ", "From this plan's numbers.", "По числам этого плана.", width=90),
        _out("more", "text", "In full", "Подробно", "A sheet, or the key to ask on with.",
             "Лист или ключ, о котором спрашивать дальше.", width=44),
    ),
)

OBJECTIVE_OUT = Sheet(
    "objective", Text("What the objective adds up to", "Из чего складывается цель"),
    Text("Present values, money of the price year; the totals are the plan's objective and its value for the whole "
         "country.",
         "Приведённые, деньги года цен; итоги: значение цели и ценность плана для всей страны."),
    key=("part",),
    columns=(
        _out("part", "text", "Part", "Слагаемое", "What is counted.", "Что считается.", width=40),
        _money("value", "Objective", "Цель", "As optimised.", "Как оптимизируется.", width=14),
        _money("society", "Society", "Общество", "For the whole country.", "Для всей страны.", width=14),
        _out("note", "text", "Remark", "Примечание", "What it is.", "Что это.", width=70),
    ),
)

GAINS_OUT = Sheet(
    "gains", Text("Whose gain", "Чья выгода"),
    Text("Present values by payer, money of the price year; they add up to the purse, the country and everyone.",
         "Приведённые стоимости по плательщикам, деньги года цен; в сумме: кошелёк, страна и все."),
    key=("who",),
    columns=(
        _out("who", "text", "Who", "Кто", "Who gains or bears.", "Кто выигрывает или несёт.", width=44),
        _money("benefits", "Benefits", "Выгоды", "Savings, avoided risk, residual, stated benefits.",
               "Экономия, предотвращённый риск, остаток, заданные выгоды.", width=14),
        _money("income", "Income", "Доходы", "Of projects and of funds.", "Проектов и фондов.", width=14),
        _money("money", "Money given", "Отданные деньги", "When it is drawn.", "При выборке.", width=14),
        _money("loans", "Service and fees", "Платежи по займам", "Each payment at its date.",
               "Каждый платёж в его дату.", width=14),
        _money("premiums", "Premiums of crews", "Наценки за бригады", "Paid by those who do the works.",
               "Платят те, кто ведёт работы.", width=14),
        _money("deficits", "Deficits of capacity", "Дефициты мощности", "At their price: less is supplied.",
               "По их цене: меньше поставлено.", width=14),
        _money("gain", "Gain", "Выгода всего", "Sum of the parts.", "Сумма частей.", width=14),
    ),
)

STAGES_OUT = Sheet(
    "stages", Text("How far from the best possible", "Расстояние до наилучшего"),
    Text("Stages in order. A bound is certified in exact arithmetic: no plan with the same earlier shortfalls does "
         "better.",
         "Этапы по порядку. Граница доказана в точной арифметике: ни один план с теми же недовыполнениями предыдущих "
         "этапов не лучше."),
    key=("stage",),
    columns=(
        _out("stage", "text", "Stage", "Этап", "What is decided.", "Что решается.", width=44),
        _out("value", "number", "Value of the plan", "Значение плана",
             "Shortfalls normalised; the objective in its own unit.",
             "Недовыполнения нормированы; показатель цели в своей единице.", width=20),
        _out("bound", "number", "Certified bound", "Доказанная граница", "No plan is better than this.",
             "Ни один план не лучше.", width=20),
        _out("distance", "number", "Distance", "Расстояние", "Between the two.", "Между ними.", width=18),
        _out("relaxation", "number", "Linear program", "Линейная программа",
             "Facilities divisible, at its own earlier shortfalls; information only.",
             "Объекты делимы, при собственных недовыполнениях; справочно.", width=20),
        _out("unit", "text", "Unit", "Единица", "Unit.", "Единица.", width=26),
        _out("proof", "text", "What is proved", "Что доказано",
             "By a bound that is the value, by the solver's branching only, or the distance alone.",
             "Границей, равной значению; только ветвлением решателя; или лишь расстояние.", width=44),
        _out("branching", "number", "Bound of branching", "Граница ветвления", "The solver's own, not certified.",
             "Самого решателя, не доказана.", width=20),
        _out("ended", "text", "What ended the search", "Чем закончился поиск", "Its gap, or a limit.",
             "Допуском или пределом.", width=44),
    ),
)

WHY_OUT = Sheet(
    "why", Text("The other choice", "Обратный выбор"),
    Text("What the plan costs with the opposite of what it does: always and never are proved, open: a plan as good was "
         "found, undecided: neither.",
         "Чего стоит план с обратным решением: «всегда» и «никогда» доказаны, «открыто»: найден план не хуже, «не "
         "решено»: ни то, ни другое."),
    key=("choice", "project", "other"),
    columns=(
        _out("choice", "text", "Choice", "Выбор", "What is chosen.", "Что выбирается.", width=14),
        _out("project", "text", "Project", "Проект", "Key.", "Ключ.", width=14), _name("Name", "Название", 34),
        _out("now", "text", "In the plan", "В плане", "What the plan does.", "Как в плане.", width=14),
        _out("other", "text", "Opposite", "Наоборот", "What is forced.", "Что навязано.", width=16),
        _out("verdict", "text", "Firmness", "Твёрдость", "always, never, open, undecided.",
             "всегда, никогда, открыто, не решено.", width=13),
        _out("first", "text", "Worse in", "Хуже в", "The first stage that the opposite makes worse than plans as good "
             "as this one may be.", "Первый этап, который обратное решение ухудшает больше допуска.", width=34),
        _out("least", "number", "Worse by at least", "Хуже не менее чем на",
             "In that stage, or in the objective; proved. Negative: it may be better by so much.",
             "В этом этапе или в показателе цели; доказано. Отрицательное: может быть лучше на столько.", "number", 15),
        _out("most", "number", "Worse by at most", "Хуже не более чем на",
             "In the objective, in the plan found.", "В показателе цели, в найденном плане.", "number", 15),
        _out("unit", "text", "Unit", "Единица", "Of both.", "Обоих чисел.", width=22),
        _out("instead", "text", "Plan found", "Найденный план", "Its starts that differ: + more, - fewer.",
             "Отличия в началах работ: + добавлено, - убрано.", width=44),
        _out("proof", "text", "Shown by", "Показано", "Stored multipliers (computed again by verify), or what solving "
             "again confirms (verify --deep).", "Сохранёнными множителями (verify их пересчитывает) или повторным "
             "решением (verify --deep).", width=40),
        _out("why", "text", "In words", "Словами", "The same as a sentence.", "То же предложением.", width=90),
    ),
)

CALIBRATION_OUT = Sheet(
    "calibration", Text("Against published figures", "Сверка с опубликованным"),
    Text("What is published, what the case or this plan gives in its place, and whether it lies in the band.",
         "Что опубликовано, что вместо этого дают данные или план и попадает ли это в полосу."),
    key=("calibration",),
    columns=(
        _out("calibration", "text", "Row", "Строка", "Key of the row.", "Ключ строки.", width=20),
        _name("Name", "Название", 44),
        _out("measure", "text", "Measure", "Показатель", "What is measured.", "Что измеряется.", width=24),
        _out("filter", "text", "Only", "Только", "What it is about.", "К чему относится.", width=26),
        _out("year", "text", "Year", "Год", "At the end of the year, or over the years.", "На конец года или за годы.",
             width=11),
        _out("published", "number", "Published", "Опубликовано", "By the source.", "Источником.", width=13),
        _out("computed", "number", "Computed", "Расчёт", "By the case or the plan.", "По данным или плану.",
             width=13),
        _out("ratio", "number", "Ratio", "Отношение", "Computed over published.", "Расчёт к опубликованному.", "number",
             11),
        _out("least", "number", "Band from", "Диапазон от", "In the unit of the row.", "В единице строки.", width=12),
        _out("most", "number", "Band to", "Диапазон до", "In the unit of the row.", "В единице строки.", width=12),
        _out("unit", "text", "Unit", "Единица", "Unit.", "Единица.", width=18),
        _out("inside", "text", "Inside", "В полосе", "yes, no, or not comparable: then it is not counted.",
             "да, нет или не сравнимо: тогда не считается.", width=16),
        _out("why", "text", "Why outside the band", "Почему вне полосы",
             "Or why it is not comparable, as the input says it; blank: inside, or not said.",
             "Или почему не сравнимо, как сказано в исходных данных; пусто: внутри или не сказано.", width=60),
        _out("source", "text", "Source of the data", "Источник данных", "Of the published figure.",
             "Опубликованной величины.", width=44),
        _out("data_status", "text", "Data", "Данные", "Status of the published figure.",
             "Статус опубликованной величины.", width=11),
    ),
)

CHECKS_OUT = Sheet(
    "checks", Text("Checks of the finished plan", "Проверки готового плана"),
    Text("Every limit and total computed again from the inputs and the decisions, by code that shares nothing with the "
         "optimizer.",
         "Каждое ограничение и итог пересчитаны по исходным данным и решениям кодом, не связанным с оптимизатором."),
    key=("check", "place"),
    columns=(
        _out("check", "text", "Check", "Проверка", "Name.", "Имя.", width=18),
        _out("says", "text", "What is checked", "Что проверяется", "In words.", "Словами.", width=60),
        _out("place", "text", "Worst place", "Худшее место", "Where the residual is largest.",
             "Где невязка наибольшая.", width=34),
        _out("claimed", "number", "In the plan", "В плане", "As stated.", "Как указано.", width=18),
        _out("recomputed", "number", "Computed again", "Пересчитано", "The limit, or the value.",
             "Ограничение или значение.", width=18),
        _out("residual", "number", "Residual", "Невязка", "By how much it is broken.", "На сколько нарушено.",
             width=14),
        _out("tolerance", "number", "Tolerance", "Допуск", "Allowed.", "Допустимо.", width=14),
        _out("unit", "text", "Unit", "Единица", "Unit.", "Единица.", width=14),
        _out("ok", "text", "Holds", "Выполнено", "yes or no.", "да или нет.", width=11),
    ),
)
