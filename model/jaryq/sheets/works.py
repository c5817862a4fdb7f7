"""Sheets of the works themselves: routes of equipment, resources, outages, shared trenches, the last plan."""

from __future__ import annotations

from jaryq.base.home import MILLION
from jaryq.base.text import Text
from jaryq.sheets.spec import Column, Sheet, Yearly
from jaryq.sheets.words import UNITS_OF_CAPACITY, col, key, may_move, named, trace

ROUTES = Sheet(
    "routes", Text("Routes of equipment", "Маршруты оборудования"),
    Text("How imported equipment comes: months from its maker to the site. A late route is a scenario that changes "
         "delay_months. Routes count for facilities; pipes and cables are bought ahead.",
         "Как приходит импортное оборудование: месяцев от завода до площадки. Опоздание: сценарий, меняющий "
         "delay_months. Маршруты действуют для объектов; трубы и кабель закупают заранее."),
    key=("route",),
    columns=(
        key("route", "Route", "Маршрут", "JP-sea"),
        *named("route", "маршрут"),
        col("partner", "text", "From", "Откуда", "Country of the makers (ISO code).", "Страна изготовителей (код ISO).",
            example="JP", width=8),
        col("lead_months", "number", "Way and customs", "Путь и таможня", "Months added to procurement.",
            "Месяцев сверх закупки.", unit="months", default=0.0, ge=0, le=60),
        col("delay_months", "number", "Delay", "Опоздание", "Further months, for scenarios.",
            "Ещё месяцев, для сценариев.", unit="months", default=0.0, ge=0, le=60),
        *trace(),
    ),
)


def _season(what_en: str, what_ru: str) -> tuple[Column, ...]:
    return (
        col("season_from", "integer", "Season from", "Сезон с", f"First month {what_en}; blank: January.",
            f"Первый месяц {what_ru}; пусто: январь.", unit="month", ge=1, le=12),
        col("season_to", "integer", "Season to", "Сезон по", "Last such month; blank: December.",
            "Последний такой месяц; пусто: декабрь.", unit="month", ge=1, le=12),
    )


CREWS = Sheet(
    "crews", Text("Works resources", "Ресурсы работ"),
    Text("Capacity of a works resource in a region, or in the whole country (region blank). A project uses both where "
         "both are given.",
         "Мощность ресурса в регионе или по стране (регион пуст). Проект использует обе, если обе указаны."),
    key=("crew", "region"),
    columns=(
        col("crew", "text", "Works resource", "Ресурс работ", "Name used in asset_types.", "Имя из листа asset_types.",
            required=True, width=18),
        col("region", "text", "Region", "Регион", "Blank: the whole country.", "Пусто: вся страна.", ref="regions"),
        col("growth", "number", "Growth a year", "Рост в год", "For years left blank after the last year given.",
            "Для пустых лет после последнего указанного.", unit="%/year", default=0.0, ge=-100, le=1000),
        *_season("of works", "работ"),
        col("lend_share", "number", "May be lent", "Можно одолжить",
            "Share of the capacity that may work in other regions.",
            "Доля мощности, которая может работать в других регионах.", unit="%", default=0.0, ge=0, le=100),
        col("lend_cost", "number", "Cost of borrowing", "Цена одолженного",
            "Of the region that borrows: on top, per crew-year that comes from another one; money of the price year.",
            "Для региона, который занимает: сверх обычного, за бригадо-год из другого региона; цены года цен.",
            unit=f"{MILLION} per crew-year", default=0.0, ge=0),
        col("extra_share", "number", "Overtime, contractors", "Сверхурочно, подряд",
            "Share of the capacity that may be added at a premium.",
            "Доля мощности, которую можно добавить с наценкой.", unit="%", default=0.0, ge=0, le=500),
        col("extra_cost", "number", "Premium of it", "Наценка",
            "On top of the cost of works, per crew-year; money of the price year.",
            "Сверх стоимости работ, за бригадо-год; цены года цен.",
            unit=f"{MILLION} per crew-year", default=0.0, ge=0),
        col("", "number", "Capacity in", "Мощность в", "Crew-years in the year.", "Бригадо-лет в году.",
            unit="crew-years", ge=0, family="year",
            yearly=Yearly("level", carried=True, grows="growth")),
        may_move("a capacity",
                 "мощность", True),
        col("crew_name", "text", "Name of the resource", "Ресурс по-английски",
            "What the works resource is called in the plan; blank: as crew. One row of a resource is enough.",
            "Название ресурса по-английски; пусто: как crew. Достаточно в одной строке ресурса.", width=24,
            example="crews of heat networks"),
        col("crew_ru", "text", "Resource in Russian", "Ресурс по-русски",
            "Name of the works resource in Russian; blank: as crew_name. One row of a resource is enough.",
            "Название ресурса по-русски; пусто: как crew_name. Достаточно в одной строке ресурса.", width=24,
            example="бригады теплосетей"),
        *trace(),
    ),
)

CREW_NEEDS = Sheet(
    "crew_needs", Text("Resources a facility needs", "Потребности объектов"),
    Text("For facilities whose need is known: it takes the place of what their kind says. Several resources are "
         "several rows.",
         "Для объектов с известной потребностью: она заменяет норму вида. Несколько ресурсов: несколько строк."),
    key=("project", "crew"),
    columns=(
        col("project", "text", "Facility", "Объект", "Key of a facility.", "Ключ объекта.", ref="facilities",
            required=True, width=16),
        col("crew", "text", "Works resource", "Ресурс работ", "Resource of sheet crews.", "Ресурс листа crews.",
            required=True, width=18),
        col("crews", "number", "Crews at once", "Бригад одновременно", "At work throughout its works.",
            "Заняты всё время работ.", unit="crews", required=True, ge=0, example=2),
        *trace(figures=False),
    ),
)

OUTAGE_LIMITS = Sheet(
    "outage_limits", Text("Capacity out of service", "Вывод мощностей"),
    Text("How much capacity of a region may be out of service for works at once: as stated, or what is available less "
         "the peak and a reserve.",
         "Сколько мощности региона можно одновременно вывести в ремонт: как указано или располагаемая минус пик с "
         "резервом."),
    key=("region", "unit"),
    columns=(
        col("region", "text", "Region", "Регион", "Row of regions.", "Строка листа regions.", ref="regions",
            required=True),
        col("unit", "text", "Unit", "Единица", "Of the capacity of its facilities.", "Мощности объектов.",
            one_of=UNITS_OF_CAPACITY, required=True),
        col("limit", "number", "Out at once at most", "Одновременно не более", "Instead of the next three columns.",
            "Вместо трёх следующих столбцов.", unit="unit of capacity", ge=0),
        col("available", "number", "Available", "Располагаемая",
            "Capacity that can be counted on in the months of works.", "Надёжно располагаемая мощность в месяцы работ.",
            unit="unit of capacity", ge=0, example=900),
        col("peak", "number", "Peak", "Пик", "Highest load of those months.", "Наибольшая нагрузка в эти месяцы.",
            unit="unit of capacity", ge=0, example=600),
        col("reserve", "number", "Reserve", "Резерв", "Share of the peak kept free.",
            "Доля пика, которую держат свободной.", unit="%", default=15.0, ge=0, le=100),
        may_move("the limit",
                 "ограничение", False),
        *trace(),
    ),
)

TRENCHES = Sheet(
    "trenches", Text("Shared trenches", "Общие траншеи"),
    Text("Two packages that lie in the same streets: renewed in the same period, the first is cheaper. A saving of the "
         "second is a row of its own.",
         "Два пакета на одних улицах: при обновлении в одном периоде первый дешевле. Экономия второго: отдельная "
         "строка."),
    key=("package", "with_package"),
    columns=(
        col("package", "text", "Package", "Пакет", "The package that becomes cheaper.", "Пакет, который дешевеет.",
            ref="networks", required=True, width=16),
        col("with_package", "text", "Together with", "Вместе с", "The package renewed in the same trench.",
            "Пакет в той же траншее.", ref="networks", required=True, width=16),
        col("km", "number", "Km shared", "Общих км", "Length that the two share.", "Общая длина.", unit="km",
            required=True, ge=0, example=15),
        col("saving", "number", "Saving", "Экономия", "Off the cost of the package, money of the price year.",
            "От стоимости пакета, цены года цен.", unit=f"{MILLION}/km", required=True, ge=0, example=8),
        *trace(),
    ),
)

LAST_PLAN = Sheet(
    "last_plan", Text("The last plan", "Прошлый план"),
    Text("What the plan before this one decided; written by --since PLAN. With the setting stability the new plan "
         "keeps to it where it can.",
         "Что решил прошлый план; записывается через --since. С настройкой stability новый план держится его, где "
         "может."),
    key=("project", "period"),
    columns=(
        col("project", "text", "Facility or package", "Объект или пакет",
            "Key on facilities or networks; a project that is no longer there is only reported.",
            "Ключ объекта или пакета; исчезнувший проект только показывается.", required=True, width=16),
        col("period", "text", "Period", "Период", "2027 or 2027Q3.", "2027 или 2027Q3.", required=True,
            example="2027Q3"),
        col("share", "number", "Share started", "Начатая доля", "Facilities: 1 in a whole plan.",
            "Объекты: 1 в целом плане.", unit="share", ge=0, le=1),
        col("km", "number", "Km renewed", "Км обновлено", "Packages.", "Пакеты.", unit="km", ge=0),
        *trace(),
    ),
)
