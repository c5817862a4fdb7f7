"""Every setting: name, type, bounds, default, meaning. On the sheet each is one row; blank means the default."""

from __future__ import annotations

from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.sheets.spec import Column, Sheet
from jaryq.sheets.words import OBJECTIVES, col, trace

SCHEMA_VERSION = 3
"""The version of the workbook's form; model/jaryq/tables/migrate.py has a step to each from the one before."""

SETTING_COLUMNS: tuple[Column, ...] = (
    col("schema_version", "integer", "Version of the workbook's form", "Версия формы книги",
        "Written by the program; do not change. Blank: 1.", "Записывается программой; не менять. Пусто: 1.", default=1,
        ge=1),
    col("case", "text", "Name of the case", "Название расчёта", "Stands on the plan's title.",
        "Стоит в заголовке плана.", default="case"),
    col("case_ru", "text", "Name in Russian", "Название по-русски", "For plans in Russian; blank: the name.",
        "Для планов на русском; пусто: название."),
    col("first_year", "integer", "First year", "Первый год",
        "The horizon starts on 1 January of this year; present values are at that day.",
        "Горизонт начинается 1 января этого года; приведённая стоимость на этот день.", unit="year", required=True,
        ge=1990, le=2150),
    col("plan_from", "integer", "First year that is planned", "Первый планируемый год",
        "Years before it are done (sheet progress). Blank: the first year.",
        "Годы до него выполнены (лист progress). Пусто: первый год.", unit="year", ge=1990, le=2150),
    col("last_year", "integer", "Last year", "Последний год", "The last year in which works may end.",
        "Последний год, когда могут закончиться работы.", unit="year", required=True, ge=1990, le=2150),
    col("resolution", "text", "Length of a period", "Длина периода", "Works run in years or quarters; money is yearly.",
        "Работы идут по годам или кварталам; деньги по годам.", one_of=("year", "quarter"), default="year"),
    col("price_year", "integer", "Price year", "Год цен",
        "Costs and benefits are in money of this year. Blank: the first year.",
        "Затраты и выгоды в деньгах этого года. Пусто: первый год.", unit="year", ge=1990, le=2150),
    col("evaluation_last_year", "integer", "Last year of benefits", "Последний год выгод",
        "Benefits are counted to the end of this year at most. Blank: 30 years after the last year.",
        "Выгоды считаются не дольше конца этого года. Пусто: 30 лет после последнего.", unit="year", ge=1990, le=2200),
    col("discount_rate", "number", "Discount rate", "Ставка дисконтирования",
        "Yearly; never an interest rate of a loan.",
        "Годовая; это не ставка займа.", unit="%", default=0.0, ge=0, le=50),
    col("discount_basis", "text", "Discount rate is", "Ставка дисконтирования", "real (beyond inflation) or nominal.",
        "real (сверх инфляции) или nominal (номинальная).", one_of=("real", "nominal"), default="real"),
    col("discount_timing", "text", "Money of a year is counted at", "Деньги года относятся к",
        "mid: middle of the year; start: 1 January (textbook cash flows, the first year is not discounted); end: 31 "
        "December.",
        "mid: середина года; start: 1 января (как в учебниках, первый год не дисконтируется); end: 31 декабря.",
        one_of=("mid", "start", "end"), default="mid"),
    col("grant_discount", "number", "Rate of the grant element", "Ставка для грант-элемента",
        "Yearly rate at which the grant element of loans is taken, the same for every currency.",
        "Годовая ставка для грант-элемента займов, одна для всех валют.", unit="%", default=5.0, ge=0, le=50),
    col("objective", "text", "Objective", "Цель оптимизации",
        "purse: net present value for the programme purse; least_cost: least cost to reach the targets; most_benefit; "
        "earliest_finish.",
        "purse: ЧПС программы; least_cost: наименьшие затраты при выполнении целей; most_benefit; earliest_finish.",
        one_of=OBJECTIVES, default="purse"),
    col("facilities", "text", "Facilities are", "Объекты",
        "whole: each is done or not; divisible: parts may be done (facility equivalents).",
        "whole: целиком или никак; divisible: допускаются части (эквиваленты объектов).", one_of=("whole", "divisible"),
        default="whole"),
    col("benefit_is", "text", "Stated benefits are", "Указанные выгоды",
        "gross: before spending; net: net present value, spending already taken off.",
        "gross: до вычета затрат; net: чистая приведённая стоимость.", one_of=("gross", "net"), default="gross"),
    col("tariff_mode", "text", "Tariffs repay", "Тарифы возмещают",
        "pass_through: own money when spent and the service of loans repaid by consumers; rab: return and depreciation "
        "of a regulatory asset base.",
        "pass_through: собственные средства при расходе и обслуживание займов за счёт потребителей; rab: доход и износ "
        "регулируемой базы.", one_of=("pass_through", "rab"), default="pass_through"),
    col("rab_return", "number", "Return on the asset base", "Доход на базу", "Yearly, nominal.",
        "Годовой, номинальный.", unit="%", default=10.0, ge=0, le=100),
    col("rab_life", "number", "Life in the asset base", "Срок в базе", "Years of depreciation.", "Лет износа.",
        unit="years", default=20.0, gt=0, le=200),
    col("yellow_from", "number", "Yellow from score", "Жёлтая с индекса",
        "Facilities with this health score or worse are in the yellow zone.",
        "Объекты с таким индексом состояния или хуже в жёлтой зоне.",
        unit="score", default=5.5, ge=0.5, le=15),
    col("red_from", "number", "Red from score", "Красная с индекса",
        "Facilities with this health score or worse are in the red zone.",
        "Объекты с таким индексом состояния или хуже в красной зоне.",
        unit="score", default=6.5, ge=0.5, le=15),
    col("red_zone_first", "text", "Red zone first", "Сначала красная зона",
        "yes: before all targets, facilities in the red zone are mended as soon as they can be; what that costs is "
        "shown.",
        "yes: прежде всех целей как можно раньше восстанавливаются объекты красной зоны; цена этого показывается.",
        one_of=("yes", "no"), default="no"),
    col("stability", "number", "Price of change", "Цена изменений",
        "What it costs in the objective to move works against the last plan, in % of the cost of what is moved; 0: "
        "nothing.",
        "Во что цели обходится сдвиг работ против прошлого плана, в % стоимости сдвинутого; 0: ничего.", unit="%",
        default=0.0, ge=0, le=1000),
    col("gap", "number", "Gap of whole plans", "Допуск для целых планов",
        "The search for whole plans may stop this close, in % of the present value of outlays or of the value at "
        "stake, whichever is less.",
        "Поиск целого плана может остановиться на таком расстоянии, в % приведённых затрат или ценности, зависящей от "
        "выбора, что меньше.", unit="%", default=0.5, ge=0, le=10),
    col("shortfall_gap", "number", "Gap of shortfalls", "Допуск по недовыполнению",
        "Absolute, in normalised shortfall.",
        "Абсолютный, в нормированном недовыполнении.", unit="number", default=1e-4, ge=0, le=0.1),
    col("node_limit", "integer", "Limit of nodes", "Предел узлов",
        "Each search for whole plans stops after so many nodes. Blank: the smaller the case, the more.",
        "Каждый поиск целого плана прекращается после стольких узлов. Пусто: тем больше, чем меньше задача.", ge=1,
        example=5000),
    col("time_limit", "number", "Limit of time", "Предел времени",
        "Of the processor, for the whole decision: when it is used up the best plan found is kept, with its "
        "certificates; trees and prices are left out, and the plan says so.",
        "Процессорных, на всё решение: по истечении остаётся лучший найденный план с доказанными границами; деревьев "
        "и цен тогда нет, план об этом сообщает.", unit="seconds", default=300.0, gt=0),
    col("seed", "integer", "Seed of the solver", "Зерно решателя", "Recorded in the manifest.",
        "Записывается в манифест.", default=0, ge=0, le=2147483647),
    col("tie_break", "text", "Tie-break", "Выбор из равных планов",
        "yes: among equally good plans the earliest, then sources by rank, then a fixed order, so that one plan comes "
        "out whatever the row order.",
        "yes: из равных планов самый ранний, затем источники по порядку, затем фиксированный порядок; план не зависит "
        "от порядка строк.",
        one_of=("yes", "no"), default="yes"),
    col("prices", "integer", "Limits to price", "Сколько ограничений оценить",
        "For so many binding limits the plan is computed again with the limit moved up and down.",
        "Для стольких действующих ограничений план пересчитывается при их сдвиге вверх и вниз.", default=10, ge=0,
        le=200),
    col("price_step", "number", "Step of a price", "Шаг для цены", "A limit is moved by this share of its value.",
        "Ограничение сдвигается на эту долю его величины.", unit="%", default=1.0, gt=0, le=50),
    col("explain", "text", "Explain choices", "Объяснять выбор",
        "left out: what the plan costs with each facility the other way, effort spent on those left out first; all: "
        "also other starts and payers; off: nothing.",
        "left out: чего стоит план с обратным выбором по каждому объекту, сначала для не вошедших; all: также другие "
        "сроки и плательщики; off: ничего.", one_of=("off", "left out", "all"), default="left out"),
    col("decide_by", "integer", "Known from", "Известно с",
        "Year on whose 1 January it is known what comes true; what is dated before it is decided before (commands "
        "stages and regret). Blank: a year after the first planned one.",
        "Год, с 1 января которого известно, что сбылось; всё датированное раньше решается до того (команды stages и "
        "regret). Пусто: год после первого планируемого.", unit="year", ge=1990, le=2200),
    col("price_unfunded", "number", "Price of unfunded money", "Цена нехватки денег",
        "What one KZT that nobody pays costs, in KZT of the objective, where plans are compared over several futures.",
        "Во что обходится неоплаченный тенге, в тенге цели, при сравнении планов по нескольким вариантам будущего.",
        default=3.0, gt=0, le=1000),
    col("price_beyond", "number", "Price of passed limits", "Цена превышения ограничений",
        "What passing a limit of crews or outages by all of it costs in the objective, where plans are compared over "
        "several futures.",
        "Во что цели обходится превышение ограничения бригад или остановов на всю его величину при сравнении планов по "
        "нескольким вариантам будущего.", unit=BILLION, default=1000.0, ge=0, le=1e7),
    *(col(f"price_shortfall_{n}", "number", f"Price of shortfalls {n}", f"Цена недовыполнения {n}",
          f"What one unit of the normalised shortfall of priority {n} costs in the objective, where plans are compared "
          "over several futures. Blank: nothing is compared that misses such targets.",
          f"Во что цели обходится единица нормированного недовыполнения приоритета {n} при сравнении планов по "
          "нескольким вариантам будущего. Пусто: такие планы не сравниваются.", unit=BILLION, ge=0, le=1e7)
      for n in (1, 2, 3)),
    col("register", "text", "Register of stretches", "Реестр участков",
        "Name of a file beside the workbook (.csv, .parquet, .geojson, .gpkg) with the columns of the sheet segments. "
        "Blank: none.",
        "Имя файла рядом с книгой (.csv, .parquet, .geojson, .gpkg) со столбцами листа segments. Пусто: нет.",
        example="stretches.csv"),
)

SETTING_AT = {column.name: column for column in SETTING_COLUMNS}

SETTINGS = Sheet(
    "settings", Text("Settings", "Настройки"),
    Text("One setting in a row. A blank value is the default shown in its remark.",
         "По одной настройке в строке. Пусто: значение по умолчанию из примечания."),
    key=("setting",), required=True,
    columns=(
        col("setting", "text", "Setting", "Настройка", "Name of the setting.", "Имя настройки.", required=True,
            one_of=tuple(column.name for column in SETTING_COLUMNS), width=24, example="discount_rate"),
        col("value", "text", "Value", "Значение", "Its value; blank: the default.", "Значение; пусто: по умолчанию.",
            width=18, example="6"),
        *trace(figures=False),
    ),
)
