"""All sheets of a plan workbook that people read, in the order in which they stand; data sheets follow them."""

from __future__ import annotations

from jaryq.base.text import Text
from jaryq.sheets.out import STATUS
from jaryq.sheets.out import money as _money
from jaryq.sheets.out import named as _name
from jaryq.sheets.out import out as _out
from jaryq.sheets.results_adequacy import BALANCES_OUT, BORROWERS_OUT, BURDEN_OUT, FLOWS_OUT
from jaryq.sheets.results_choices import CHOICES_OUT
from jaryq.sheets.results_condition import (
    CLASSES_OUT,
    CONDITION_OUT,
    HEALTH_OUT,
    OPTIONS_OUT,
    QUANTITIES_OUT,
    WEAR_OUT,
)
from jaryq.sheets.results_fragile import FRAGILE_OUT
from jaryq.sheets.results_funding import FUNDING_OUT, FUNDING_YEARS, PARTNERS_OUT
from jaryq.sheets.results_money import CASH_OUT, DEBT_OUT, LOANS_OUT, TARIFFS_OUT, UNUSED_OUT, USES_OUT
from jaryq.sheets.results_proof import (
    CALIBRATION_OUT,
    CHECKS_OUT,
    GAINS_OUT,
    LIMITS_OUT,
    LIMITS_SAME_OUT,
    OBJECTIVE_OUT,
    QUESTIONS_OUT,
    STAGES_OUT,
    TARGETS_OUT,
    WHY_OUT,
)
from jaryq.sheets.results_ramps import RAMPS_OUT
from jaryq.sheets.results_stretches import (
    STRETCHES_AGE,
    STRETCHES_CUT,
    STRETCHES_LIST,
    STRETCHES_OUT,
    STRETCHES_PERIODS,
)
from jaryq.sheets.results_totals import BY_KIND_OUT, BY_REGION_OUT, BY_YEAR_OUT
from jaryq.sheets.results_works import CHANGES_OUT, CREWS_OUT, KM_OUT, OUTAGES_OUT, TIMETABLE_OUT, TRENCHES_OUT
from jaryq.sheets.spec import Column, Sheet

_PAYS = _out("sources", "text", "Who pays", "Кто платит", "Main sources and their shares of the nominal cost.",
             "Основные источники и их доли в номинальной стоимости.", width=40)
_BENEFIT = _money("benefit_pv", "Benefit (PV)", "Выгода (прив.)", "Present value in money of the price year.",
                  "Приведённая стоимость в деньгах года цен.")
_COST_PV = _money("cost_pv", "Cost (PV)", "Затраты (прив.)", "Present value of nominal spending less income.",
                  "Приведённая стоимость затрат за вычетом доходов.")
_WHY = _out("why", "text", "Why", "Почему",
            "In the plan because it is begun or committed, whatever it is worth; else for its own value, because money "
            "from abroad or a loan at home is cheap, or for a target; or why it is not in.",
            "В плане как начатый или обязательный, сколько бы он ни давал; иначе ради собственной выгоды, из-за "
            "дешёвых денег из-за рубежа или внутри страны или ради цели; либо почему не вошёл.", width=26)


def _nominal(prefix: str = "cost_") -> tuple[Column, ...]:
    return (
        _money(prefix, "Cost in", "Затраты в", "Nominal: money of the year of payment.",
               "Номинально: деньги года платежа.", family="year", width=10),
        _money("total", "Cost, nominal", "Затраты, номинально", "Sum of the years.", "Сумма по годам.", width=12),
        _money("real", "Cost, price year", "Затраты, год цен", "The same in money of the price year.",
               "То же в деньгах года цен.", width=12),
    )


FACILITIES_OUT = Sheet(
    "facilities", Text("Facilities", "Объекты"),
    Text("What is rebuilt, when, at what cost, and who pays.",
         "Что восстанавливается, когда, за сколько и кто платит."),
    key=("facility",),
    columns=(
        _out("facility", "text", "Facility", "Объект", "Key.", "Ключ.", width=11), _name("Name", "Название", 34),
        _out("region", "text", "Region", "Регион", "Region.", "Регион.", width=18),
        _out("sector", "text", "Sector", "Отрасль", "Sector.", "Отрасль.", width=15),
        _out("status", "text", "In the plan", "В плане", "Done before, in the plan (to its end or beyond), or not.",
             "Выполнен раньше, в плане (до его конца или дольше) или нет.", width=14),
        _out("share", "number", "Share", "Доля", "Part of the facility that is done (divisible plans).",
             "Выполняемая часть объекта (делимые планы).", "share", 8),
        _out("start", "text", "Start", "Начало", "First period.", "Первый период.", width=9),
        _out("finish", "text", "Finish", "Окончание", "Period in which the works end.", "Период окончания работ.",
             width=11),
        *_nominal(),
        _money("income", "Income", "Доход", "Nominal money that the project brings in.", "Номинальный доход проекта.",
               width=10),
        _money("spent", "Spent before", "Потрачено ранее", "Nominal, before the planned years; not in the costs here.",
               "Номинально, до планируемых лет; в затраты здесь не входит."),
        _money("to_pay", "Still to pay after", "Останется заплатить", "Nominal, after the planned years, of what ends "
               "after them; not in the costs here.", "Номинально, после планируемых лет, если работы кончатся позже; в "
               "затраты здесь не входит."),
        _PAYS, _BENEFIT, _COST_PV, _WHY,
        _out("variant", "text", "Variant of", "Вариант объекта",
             "Facility that this row is another way to rebuild; see the sheet options.",
             "Объект, для которого это другой способ работ; см. лист options.", width=11),
        _out("waits", "text", "Works wait for", "Работы ждут", "Facilities that must be in service before works begin.",
             "Объекты, которые должны быть введены до начала работ.", width=24),
        _out("route", "text", "Route of equipment", "Маршрут оборудования", "Row of routes.", "Строка листа routes.",
             width=13),
        _out("lead", "number", "Procurement with the way", "Закупка с путём",
             "Months from the start to the start of works.", "Месяцев от начала до начала работ.", "months", 9),
        STATUS,
    ),
)

NETWORKS_OUT = Sheet(
    "networks", Text("Networks by package", "Сети по пакетам"),
    Text("Kilometres of each package by year, what was done before, and what remains.",
         "Километры каждого пакета по годам, выполненное ранее и остаток."),
    key=("package",),
    columns=(
        _out("package", "text", "Package", "Пакет", "Key.", "Ключ.", width=15), _name("Name", "Название", 34),
        _out("region", "text", "Region", "Регион", "Region.", "Регион.", width=18),
        _out("kind", "text", "Kind of network", "Вид сети", "Kind of asset.", "Вид.", width=20),
        _out("sector", "text", "Sector", "Отрасль", "Sector.", "Отрасль.", width=15),
        _out("scope", "number", "In scope", "В программе", "Done km included.", "Включая выполненное.", "km", 12),
        _out("done", "number", "Done before", "Сделано ранее", "Before the first planned year.",
             "До первого планируемого года.", "km", 11),
        _out("km_", "number", "Renewed in", "Обновлено в", "Km renewed in the year.", "Км, обновлённые за год.", "km",
             11, "year"),
        _out("renewed", "number", "Renewed in the plan", "Обновлено по плану", "Sum of the years.", "Сумма по годам.",
             "km", 12),
        _out("remaining", "number", "Remaining", "Остаток", "In scope, not renewed by the last year.",
             "В программе, не обновлено к последнему году.", "km", 11),
        _money("total", "Cost, nominal", "Затраты, номинально", "Sum of the years.", "Сумма по годам.", width=12),
        _money("real", "Cost, price year", "Затраты, год цен", "The same in money of the price year.",
               "То же в деньгах года цен.", width=12),
        _PAYS, _BENEFIT, _COST_PV, _WHY, STATUS,
    ),
)

REGIONS_OUT = Sheet(
    "networks_by_region", Text("Networks by region and kind", "Сети по регионам и видам"),
    Text("Kilometres by region, kind and year, with totals by sector that add up.",
         "Километры по регионам, видам и годам; итоги по отраслям сходятся."),
    key=("region", "kind"),
    columns=(
        _out("region", "text", "Region", "Регион", "Region.", "Регион.", width=28),
        _out("kind", "text", "Kind of network", "Вид сети", "Kind of asset.", "Вид.", width=26),
        _out("sector", "text", "Sector", "Отрасль", "Sector.", "Отрасль.", width=18),
        *(NETWORKS_OUT.columns[i] for i in range(5, 10)),
        _money("cost_", "Cost in", "Затраты в", "Nominal.", "Номинально.", family="year", width=10),
        _money("total", "Cost, nominal", "Затраты, номинально", "Sum of the years.", "Сумма по годам.", width=12),
    ),
)

CONTENTS = Sheet(
    "contents", Text("Contents", "Содержание"), Text("All sheets of this workbook.", "Все листы этой книги."),
    key=("sheet",),
    columns=(
        _out("sheet", "text", "Sheet", "Лист", "Follow the link.", "Перейдите по ссылке.", width=26),
        _out("what", "text", "What it shows", "Что показывает", "In a sentence.", "Одной фразой.", width=100),
    ),
)

OVERVIEW = Sheet(
    "summary", Text("Summary", "Главное"),
    Text("What is built, what it costs, who pays, what is missed, and how good the plan is.",
         "Что строится, сколько стоит, кто платит, чего не хватает и насколько план хорош."),
    key=("label",), free=True,
    columns=(
        _out("label", "text", "Figure", "Показатель", "Key figure.", "Показатель.", width=46),
        _out("value", "number", "Value", "Значение", "Value.", "Значение.", width=14),
    ),
)

MANIFEST_OUT = Sheet(
    "manifest", Text("Manifest of the run", "Манифест расчёта"),
    Text("Hashes of inputs, versions, options and statuses.", "Хеши исходных данных, версии, настройки и статусы."),
    key=("key",),
    columns=(
        _out("key", "text", "Key", "Ключ", "Name.", "Имя.", width=34),
        _out("value", "text", "Value", "Значение", "Value.", "Значение.", width=110),
    ),
)

TABLES: tuple[Sheet, ...] = (
    BY_YEAR_OUT, BY_REGION_OUT, FACILITIES_OUT, TIMETABLE_OUT, FRAGILE_OUT, NETWORKS_OUT, REGIONS_OUT, BY_KIND_OUT,
    STRETCHES_OUT, STRETCHES_PERIODS, STRETCHES_AGE, STRETCHES_LIST, STRETCHES_CUT,
    KM_OUT, CREWS_OUT, OUTAGES_OUT, TRENCHES_OUT, RAMPS_OUT, CHOICES_OUT, CHANGES_OUT,
    QUANTITIES_OUT, BALANCES_OUT, FLOWS_OUT, CONDITION_OUT, WEAR_OUT, CLASSES_OUT, HEALTH_OUT, OPTIONS_OUT,
    FUNDING_OUT, FUNDING_YEARS, USES_OUT, UNUSED_OUT, PARTNERS_OUT, LOANS_OUT, DEBT_OUT, CASH_OUT, TARIFFS_OUT,
    BURDEN_OUT,
    BORROWERS_OUT, TARGETS_OUT, OBJECTIVE_OUT, GAINS_OUT, LIMITS_OUT, LIMITS_SAME_OUT, QUESTIONS_OUT, WHY_OUT,
    STAGES_OUT, CHECKS_OUT, CALIBRATION_OUT,
)
"""Sheets with a table, between the summary and the inputs."""

RESULTS: tuple[Sheet, ...] = (CONTENTS, OVERVIEW, *TABLES, MANIFEST_OUT)
RESULT: dict[str, Sheet] = {sheet.name: sheet for sheet in RESULTS}
