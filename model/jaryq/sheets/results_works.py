"""Sheets of a plan workbook about the works: timetable, kilometres by period, resources, outages, shared trenches,
changes against the last plan."""

from __future__ import annotations

from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.sheets.out import narrow as _out
from jaryq.sheets.spec import Column, Sheet


def _kzt(name: str, en: str, ru: str, note_en: str, note_ru: str, family: str = "") -> Column:
    return _out(name, "number", en, ru, note_en, note_ru, BILLION, 11, family)


def _crews(name: str, en: str, ru: str, note_en: str, note_ru: str) -> Column:
    return _out(name, "number", en, ru, note_en, note_ru, "crew-years", 10)


def _capacity(name: str, en: str, ru: str, note_en: str, note_ru: str) -> Column:
    return _out(name, "number", en, ru, note_en, note_ru, "", 11)


_REGION = _out("region", "text", "Region", "Регион", "Region, or the whole country.", "Регион или вся страна.",
               width=20)
_YEAR = _out("year", "integer", "Year", "Год", "Calendar year.", "Календарный год.", "year", 7)
_PERIOD = _out("period", "text", "Period", "Период", "Year or quarter.", "Год или квартал.", width=9)

TIMETABLE_OUT = Sheet(
    "timetable", Text("Timetable of works", "График работ"),
    Text("Each facility in the plan by period: P procurement, W works, O works with the facility out of service.",
         "Каждый объект плана по периодам: З закупка, Р работы, В работы с выводом объекта."),
    key=("facility", "start"),
    columns=(
        _out("facility", "text", "Facility", "Объект", "Key.", "Ключ.", width=11),
        _out("name", "text", "Name", "Название", "Name.", "Название.", width=32),
        _out("region", "text", "Region", "Регион", "Region.", "Регион.", width=16),
        _out("share", "number", "Share", "Доля", "Part of the facility that is done (divisible plans).",
             "Выполняемая часть объекта (делимые планы).", "share", 8),
        _out("start", "text", "Start", "Начало", "First period; of a started facility when it began.",
             "Первый период; у начатого: когда он начат.", width=9),
        _out("bought", "text", "Procured by", "Закупка до", "Period in which procurement ends.",
             "Период окончания закупки.", width=9),
        _out("begin", "text", "Works from", "Работы с", "Period in which works begin.", "Период начала работ.",
             width=9),
        _out("finish", "text", "Finish", "Окончание", "Period in which works end.", "Период окончания работ.", width=9),
        _out("outage", "text", "Out of service", "Вывод из работы", "Periods.", "Периоды.", width=32),
        _out("lead", "number", "Procurement", "Закупка", "Way of the equipment and its delay included.",
             "С путём оборудования и опозданием.", "months", 9),
        _out("works", "number", "Works", "Работы", "Months of works.", "Месяцев работ.", "months", 8),
        _out("route", "text", "Route of equipment", "Маршрут оборудования", "Row of routes.", "Строка листа routes.",
             width=14),
        _out("waits", "text", "Works wait for", "Работы ждут", "Facilities that must be in service first.",
             "Объекты, которые должны быть введены раньше.", width=22),
    ),
)

KM_OUT = Sheet(
    "networks_by_period", Text("Networks by period", "Сети по периодам"),
    Text("Kilometres of each package renewed in each period.",
         "Километры каждого пакета, обновляемые в каждом периоде."),
    key=("package",),
    columns=(
        _out("package", "text", "Package", "Пакет", "Key.", "Ключ.", width=15),
        _out("name", "text", "Name", "Название", "Name.", "Название.", width=32),
        _out("region", "text", "Region", "Регион", "Region.", "Регион.", width=16),
        _out("kind", "text", "Kind of network", "Вид сети", "Kind of asset.", "Вид.", width=20),
        _out("renewed", "number", "Renewed in the plan", "Обновлено по плану", "Sum of the periods.",
             "Сумма по периодам.", "km", 11),
    ),
)

CREWS_OUT = Sheet(
    "crews", Text("Works resources", "Ресурсы работ"),
    Text("Need + lent + free = capacity in season + overtime and contractors + borrowed; on the right the use of each "
         "period.",
         "Нужно + отдано + свободно = мощность в сезон + сверхурочно и подряд + принято; справа использование по "
         "периодам."),
    key=("crew", "region", "year"),
    columns=(
        _out("crew", "text", "Works resource", "Ресурс работ", "Row of crews.", "Строка листа crews.", width=20),
        _REGION, _YEAR,
        _crews("facilities", "Need: facilities", "Нужно: объекты", "Works on facilities.", "Работы на объектах."),
        _crews("networks", "Need: networks", "Нужно: сети", "Kilometres renewed.", "Обновление километров."),
        _crews("need", "Need in all", "Нужно всего", "Sum of the two.", "Сумма двух."),
        _crews("capacity", "Capacity in season", "Мощность в сезон", "Of the year.", "За год."),
        _crews("extra", "Overtime, contractors", "Сверхурочно, подряд", "At a premium.", "С наценкой."),
        _crews("borrowed", "Borrowed", "Принято", "From other regions.", "Из других регионов."),
        _crews("lent", "Lent", "Отдано", "To other regions.", "В другие регионы."),
        _crews("free", "Free", "Свободно", "Not used.", "Не использовано."),
        _kzt("premium", "Premium", "Наценка", "Nominal; paid beside the programme's ceilings.",
             "Номинально; сверх потолков программы."),
        *(_out(f"used_{q}", "number", f"Used Q{q}", f"Занято {q} кв",
               "Need and lent over the capacity in season of the period; above 100 % with overtime or borrowed crews.",
               "Потребность и отданное к мощности в сезон; больше 100 % со сверхурочными или чужими бригадами.", "%", 8)
          for q in (1, 2, 3, 4)),
        _out("used", "number", "Used", "Занято",
             "Need and lent over the capacity in season; above 100 % with overtime or borrowed crews.",
             "Потребность и отданное к мощности в сезон; больше 100 % со сверхурочными или чужими бригадами.", "%", 8),
    ),
)

OUTAGES_OUT = Sheet(
    "outages", Text("Capacity out of service", "Мощности, выведенные для работ"),
    Text("Mean over the months of the period, against what the region can spare.",
         "В среднем за месяцы периода, против допустимого в регионе."),
    key=("region", "unit", "period"),
    columns=(
        _out("region", "text", "Region", "Регион", "Region.", "Регион.", width=22),
        _out("unit", "text", "Unit", "Единица", "Of capacity.", "Мощности.", width=12), _YEAR, _PERIOD,
        _capacity("out", "Out of service", "Выведено", "In the unit of the row.", "В единице строки."),
        _capacity("limit", "Limit", "Предел", "Out at once at most; blank: none.",
                  "Одновременно не более; пусто: нет."),
        _out("used", "number", "Of the limit", "От предела", "Share of it.", "Доля предела.", "%", 9),
        _capacity("season", "of it in season only", "из него сезонное", "Of kinds that may be out in open months only.",
                  "Виды, выводимые только в открытые месяцы."),
        _capacity("open", "Limit in season", "Предел в сезон", "Open months' part of the limit.",
                  "Часть предела на открытые месяцы."),
        _out("which", "text", "Facilities", "Объекты", "With months out of service in the period.",
             "С месяцами вне работы в периоде.", width=70),
    ),
)

TRENCHES_OUT = Sheet(
    "trenches", Text("Shared trenches", "Общие траншеи"),
    Text("Kilometres renewed together, and what that saves.", "Километры, обновляемые вместе, и экономия на этом."),
    key=("package", "other"),
    columns=(
        _out("package", "text", "Package", "Пакет", "The package that becomes cheaper.", "Пакет, который дешевеет.",
             width=15),
        _out("name", "text", "Name", "Название", "Of the package.", "Пакета.", width=32),
        _out("other", "text", "Together with", "Вместе с", "Package.", "Пакет.", width=15),
        _out("region", "text", "Region", "Регион", "Region.", "Регион.", width=18),
        _out("shared", "number", "Km shared", "Общих км", "At most.", "Не более.", "km", 10),
        _out("km_", "number", "Together in", "Вместе в", "Km renewed together in the year.",
             "Км, обновлённые вместе за год.", "km", 10, "year"),
        _out("km", "number", "Together in all", "Вместе всего", "Sum of the years.", "Сумма по годам.", "km", 10),
        _kzt("saved_", "Saved in", "Сбережено в", "Nominal.", "Номинально.", "year"),
        _kzt("saved", "Saved in all", "Сбережено всего", "Sum of the years; it is taken off the cost of the package.",
             "Сумма по годам; вычтено из стоимости пакета."),
    ),
)

CHANGES_OUT = Sheet(
    "changes_since", Text("Changes since the last plan", "Изменения с прошлого плана"),
    Text("Facilities and packages that are done otherwise than the last plan said; what is as before is left out.",
         "Объекты и пакеты, которые выполняются иначе, чем в прошлом плане; неизменные опущены."),
    key=("project",),
    columns=(
        _out("project", "text", "Project", "Проект", "Key.", "Ключ.", width=15),
        _out("name", "text", "Name", "Название", "Name.", "Название.", width=34),
        _out("region", "text", "Region", "Регион", "Region.", "Регион.", width=18),
        _out("sector", "text", "Sector", "Отрасль", "Sector.", "Отрасль.", width=15),
        _out("change", "text", "Change", "Изменение", "Kind of change.", "Вид изменения.", width=16),
        _out("was", "text", "Was", "Было", "Start of works or km by year in the last plan.",
             "Начало или км по годам в прошлом плане.", width=26),
        _out("now", "text", "Is", "Стало", "In this plan.", "В этом плане.", width=26),
        _out("km_was", "number", "Km before", "Км было", "In the last plan.", "В прошлом плане.", "km", 10),
        _out("km_now", "number", "Km now", "Км стало", "In this plan.", "В этом плане.", "km", 10),
        _kzt("cost_was", "Cost before", "Стоимость была",
             "Of what the last plan did, at today's costs, money of the price year.",
             "Сделанного прошлым планом, по сегодняшней стоимости, деньги года цен."),
        _kzt("cost_now", "Cost now", "Стоимость стала", "Of what this plan does, money of the price year.",
             "Выполняемого этим планом, деньги года цен."),
        _kzt("moved", "Counted as change", "Засчитано изменений",
             "What moves counts twice: out of one period and into another.",
             "Сдвинутое считается дважды: из одного периода и в другой."),
        _kzt("price", "Price of change", "Цена изменения", "In the objective; a price, not money.",
             "В цели; цена, а не деньги."),
    ),
)
