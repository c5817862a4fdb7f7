"""Sheets of money, prices, works resources and targets."""

from __future__ import annotations

from model.base.text import Text
from model.sheets.spec import Sheet
from model.sheets.words import KINDS_OF_SOURCE, MEASURES, PRIORITIES, SECTORS, SENSES, UNITS_OF_TARGETS, col, key, named, trace

SOURCES = Sheet(
    "sources", Text("Sources of money", "Источники денег"),
    Text("One source or loan product a row.", "Один источник или кредитный продукт в строке."),
    key=("source_id",), required=True,
    columns=(
        key("source_id", "Source", "Источник", "JP_JICA_HS30"),
        *named("source", "источник"),
        col("kind", "text", "Kind", "Вид", "budget; own (utilities' tariff money); grant (not repaid, from abroad); loan.",
            "budget; own (тарифные деньги предприятий); grant (безвозвратно, из-за рубежа); loan (заём).", one_of=KINDS_OF_SOURCE, default="budget"),
        col("partner", "text", "Partner", "Партнёр", "ISO code of the country the money comes from; INT: international institution.",
            "Код ISO страны, откуда деньги; INT: международная организация.", default="KZ"),
        col("status", "text", "Open or closed", "Открыт или закрыт", "closed: not to be used; say why in the next column.", "closed: не используется; причина в следующем столбце.",
            one_of=("open", "closed"), default="open"),
        col("closed_reason", "text", "Why closed", "Почему закрыт", "Rule or decision, with its source.", "Правило или решение с источником.", width=40),
        col("currency", "text", "Currency", "Валюта", "Currency of ceilings and envelope; KZT or a row of currencies.", "Валюта потолков и лимита; KZT или строка листа currencies.",
            default="KZT"),
        col("envelope", "number", "Envelope", "Лимит на всё", "Largest sum of draws over all planned years; blank: none.", "Наибольшая сумма выборки за все планируемые годы; пусто: нет.",
            unit="bn currency", ge=0),
        col("carry_over", "text", "Money not used", "Неиспользованные деньги",
            "none: lapses; one_year: may be used in the next year; fund: stays; loan: no lapse while available (cumulative pace).",
            "none: сгорает; one_year: переходит на год; fund: остаётся; loan: не сгорает в период доступности.",
            one_of=("none", "one_year", "fund", "loan"), default="none"),
        col("keep", "number", "Share that is kept", "Переходящая доля", "Of money not used, the share that is carried over (one_year, fund).",
            "Доля неиспользованного, которая переходит (one_year, fund).", unit="%", default=100.0, ge=0, le=100),
        col("available_from", "integer", "Available from", "Доступен с", "First year of draws; blank: the first planned year.", "Первый год выборки; пусто: первый планируемый.", unit="year", ge=1990, le=2150),
        col("available_to", "integer", "Available to", "Доступен до", "Last year of draws; blank: the last year.", "Последний год выборки; пусто: последний.", unit="year", ge=1990, le=2150),
        col("max_share", "number", "Largest share of a project", "Наибольшая доля в проекте", "Of all spending on a project; blank: no limit.", "От всех затрат проекта; пусто: без предела.", unit="%", ge=0, le=100),
        col("rate", "number", "Interest rate", "Ставка", "Yearly, nominal, in the currency; loans only. Blank if a reference rate is named.",
            "Годовая, номинальная, в валюте; только займы. Пусто, если указана базовая ставка.", unit="%", ge=0, le=100),
        col("rate_index", "text", "Reference rate", "Базовая ставка", "Row of reference_rates for a floating rate.", "Строка листа reference_rates для плавающей ставки.",
            ref="reference_rates"),
        col("margin", "number", "Margin", "Маржа", "Added to the reference rate.", "Добавляется к базовой ставке.", unit="%", default=0.0, ge=-10, le=50),
        col("clock", "text", "Grace and tenor run from", "Срок считается от", "loan: from signing, one set of dates for all draws; cohort: from each draw.",
            "loan: от подписания, одни даты для всех выборок; cohort: от каждой выборки.", one_of=("loan", "cohort"), default="loan"),
        col("signing_year", "integer", "Signing year", "Год подписания", "Blank: the first year of draws.", "Пусто: первый год выборки.", unit="year", ge=1990, le=2150),
        col("signed", "number", "Signed amount", "Подписанная сумма", "Of a loan signed before the first planned year; blank: the envelope. For a new loan the plan decides.",
            "Для займа, подписанного до первого планируемого года; пусто: лимит. Для нового займа решает план.", unit="bn currency", ge=0),
        col("draw_timing", "text", "Draws are counted at", "Выборка относится к", "Start, middle or end of their year.", "Началу, середине или концу года.",
            one_of=("start", "mid", "end"), default="mid"),
        col("grace", "number", "Grace", "Льготный период", "Years without principal.", "Лет без погашения основного долга.", unit="years", ge=0, le=60, default=0.0),
        col("first_repayment", "text", "First principal", "Первый платёж долга", "at_grace_end: the grace ends with the first payment of principal; one_period_after: that comes a period later.",
            "at_grace_end: льготный период кончается первым платежом; one_period_after: первый платёж на период позже.",
            one_of=("at_grace_end", "one_period_after"), default="at_grace_end"),
        col("tenor", "number", "Tenor", "Срок", "Years to the last payment, grace included.", "Лет до последнего платежа, включая льготный период.", unit="years", gt=0, le=100),
        col("repayment", "text", "Repayment", "Погашение", "equal_principal, annuity, bullet or shares.", "equal_principal (равными долями), annuity (аннуитет), bullet (в конце) или shares (доли).",
            one_of=("equal_principal", "annuity", "bullet", "shares"), default="equal_principal"),
        col("shares", "text", "Shares of principal", "Доли погашения", "For repayment by shares: one number per payment of principal, separated by ;.",
            "Для погашения долями: по числу на каждый платёж основного долга, через ;.", width=18),
        col("payments", "integer", "Payments", "Платежей", "Payments a year.", "Платежей в год.", unit="times/year", default=2, ge=1, le=12),
        col("interest_in_grace", "text", "Interest in grace", "Проценты в льготный период", "paid, or capitalised: added to the debt.", "paid (платятся) или capitalised (добавляются к долгу).",
            one_of=("paid", "capitalised"), default="paid"),
        col("front_end", "number", "Front-end fee", "Комиссия при подписании", "Of the signed amount, in the signing year.", "От подписанной суммы, в год подписания.", unit="%", default=0.0, ge=0, le=30),
        col("commitment_fee", "number", "Commitment fee", "Комиссия за обязательство", "Yearly, on the signed amount not yet drawn.", "В год, с подписанной и не выбранной суммы.", unit="%", default=0.0, ge=0, le=10),
        col("commitment_free", "number", "Free of it for", "Без неё в течение", "Months from signing without commitment fee.", "Месяцев от подписания без комиссии за обязательство.", unit="months", default=0.0, ge=0, le=60),
        col("guarantee_fee", "number", "Guarantee fee", "Плата за гарантию", "Yearly, on the balance.", "В год, с остатка.", unit="%", default=0.0, ge=0, le=20),
        col("premium", "number", "Premium", "Премия", "Of each draw, paid with it (export credit cover).", "От каждой выборки, платится вместе с ней (страхование экспортного кредита).", unit="%", default=0.0, ge=0, le=60),
        col("subsidy", "number", "Subsidised part of the rate", "Субсидируемая часть ставки", "Points of the rate that the State pays.", "Пункты ставки, которые платит государство.", unit="%", default=0.0, ge=0, le=100),
        col("subsidy_years", "number", "Subsidised for", "Срок субсидии", "Years from signing (cohort: from the draw).", "Лет от подписания (cohort: от выборки).", unit="years", default=0.0, ge=0, le=100),
        col("who_repays", "text", "Who repays", "Кто погашает", "budget, utility or consumers (through the tariff).", "budget (бюджет), utility (предприятие) или consumers (потребители через тариф).",
            one_of=("budget", "utility", "consumers"), default="budget"),
        col("down_payment", "number", "Down payment", "Аванс покупателя", "Export credit: share of the export contract the buyer pays; blank: no export credit rules.",
            "Экспортный кредит: доля контракта, которую платит покупатель; пусто: правила не действуют.", unit="%", ge=0, le=100),
        col("local_cost", "number", "Local costs", "Местные затраты", "Export credit: local costs financed, share of the export contract.", "Экспортный кредит: финансируемые местные затраты, доля контракта.",
            unit="%", default=0.0, ge=0, le=200),
        col("min_share", "number", "Smallest share of a project", "Наименьшая доля в проекте", "If it pays for a project at all; whole plans only.", "Если платит за проект; только для целых планов.", unit="%", ge=0, le=100),
        col("smallest", "number", "Smallest amount", "Наименьшая сумма", "Used for nothing or for at least this; whole plans only.", "Не используется или не меньше этого; только для целых планов.", unit="bn currency", ge=0),
        col("counterpart", "number", "Counterpart money", "Средства заёмщика", "Home budget and own money in the project, per unit of this source.", "Бюджет и собственные средства в проекте на единицу этого источника.", unit="%", default=0.0, ge=0, le=1000),
        col("group", "text", "Group", "Группа", "Row of source_groups.", "Строка листа source_groups.", ref="source_groups"),
        col("draws_to", "text", "Drawn into", "Поступает в", "A fund (carry_over fund) that receives the money instead of projects.", "Фонд (carry_over fund), который получает деньги вместо проектов.", ref="sources"),
        col("service_from", "text", "Service paid from", "Обслуживается из", "A fund that pays service and fees of the planned years; blank: outside the programme's money.",
            "Фонд, который платит обслуживание и комиссии планируемых лет; пусто: вне денег программы.", ref="sources"),
        col("interest", "number", "Interest on money kept", "Доход на остаток", "Yearly, of a fund, on what was left the year before.", "В год, для фонда, на остаток прошлого года.", unit="%", default=0.0, ge=0, le=100),
        col("tied_share", "number", "Tied share", "Связанная доля", "Share of the money that must buy goods of the partner.", "Доля денег, на которую покупаются товары партнёра.", unit="%", default=0.0, ge=0, le=100),
        col("tied_over", "text", "Tied over", "Связанность по", "project: in each project; product: over all projects of this source.", "project: в каждом проекте; product: по всем проектам источника.",
            one_of=("project", "product"), default="project"),
        col("rank", "integer", "Order of use", "Порядок использования", "Only breaks ties between equally good plans; blank: last.", "Только для выбора из равных планов; пусто: последний.", unit="rank", ge=1, le=999, default=999),
        *trace(),
    ),
)

SOURCE_YEARS = Sheet(
    "source_years", Text("Ceilings of sources by year", "Потолки источников по годам"),
    Text("Largest draw in each year, in the source's currency. Blank: no ceiling of its own in that year (the envelope holds). Zero: closed in that year.",
         "Наибольшая выборка в каждом году, в валюте источника. Пусто: своего потолка нет (действует лимит). Ноль: закрыт в этом году."),
    key=("source_id",), required=True,
    columns=(
        col("source_id", "text", "Source", "Источник", "Row of sources.", "Строка листа sources.", ref="sources", required=True, width=18),
        col("", "number", "Ceiling in", "Потолок в", "In the source's currency, nominal.", "В валюте источника, номинально.", unit="bn currency", ge=0, family="year"),
        *trace(),
    ),
)

SOURCE_GROUPS = Sheet(
    "source_groups", Text("Groups of sources", "Группы источников"),
    Text("Sources that share a limit: all Japanese money together, for example.", "Источники с общим ограничением: например, все японские деньги вместе."),
    key=("group",),
    columns=(
        key("group", "Group", "Группа", "japan"),
        *named("group", "группа"),
        col("max_share", "number", "Largest share of a project", "Наибольшая доля в проекте", "Of all spending on a project, together; blank: no limit.", "От всех затрат проекта, вместе; пусто: без предела.", unit="%", ge=0, le=100),
        col("envelope", "number", "Envelope together", "Общий лимит", "Largest sum of draws over all planned years, nominal; blank: none.", "Наибольшая сумма выборки за все планируемые годы, номинально; пусто: нет.", unit="bn KZT", ge=0),
        *trace(),
    ),
)

ELIGIBILITY = Sheet(
    "eligibility", Text("Which source may pay for what", "Какой источник за что платит"),
    Text("A source with at least one “yes” row pays only for what such a row matches; a “no” row always excludes. A source without rows pays for anything.",
         "Источник, у которого есть строка «yes», платит только за то, что подходит; строка «no» исключает всегда. Источник без строк платит за всё."),
    key=("source_id", "sector", "asset_type", "region", "project", "allowed"),
    columns=(
        col("source_id", "text", "Source", "Источник", "Row of sources.", "Строка листа sources.", ref="sources", required=True, width=18),
        col("sector", "text", "Sector", "Отрасль", "Blank: any.", "Пусто: любая.", one_of=SECTORS),
        col("asset_type", "text", "Kind of asset", "Вид", "Blank: any.", "Пусто: любой.", ref="asset_types"),
        col("region", "text", "Region", "Регион", "Blank: any.", "Пусто: любой.", ref="regions"),
        col("project", "text", "Facility or package", "Объект или пакет", "Blank: any.", "Пусто: любой.", ref="facilities|networks"),
        col("allowed", "yes_no", "Allowed", "Разрешено", "yes or no.", "yes или no.", required=True),
        col("max_share", "number", "Largest share", "Наибольшая доля", "Of all spending on a matching project; blank: that of the source.", "От всех затрат подходящего проекта; пусто: как у источника.", unit="%", ge=0, le=100),
        col("min_share", "number", "Smallest share", "Наименьшая доля", "If the source pays for a matching project at all; whole plans only.", "Если источник платит за подходящий проект; только для целых планов.", unit="%", ge=0, le=100),
        col("reason", "text", "Why", "Почему", "Rule or decision behind it.", "Правило или решение.", width=40),
        *trace(),
    ),
)

CURRENCIES = Sheet(
    "currencies", Text("Exchange rates", "Курсы валют"),
    Text("KZT for one unit, average of the year. After the last year given the real rate is constant.", "Тенге за единицу, среднее за год. После последнего года реальный курс постоянен."),
    key=("currency",),
    columns=(
        key("currency", "Currency", "Валюта", "JPY"),
        *named("currency", "валюта"),
        col("foreign_prices", "text", "Foreign price index", "Индекс зарубежных цен", "Row of price_indices with prices abroad; blank: constant prices.",
            "Строка листа price_indices с ценами за рубежом; пусто: постоянные.", ref="price_indices"),
        col("", "number", "Exchange rate in", "Курс в", "KZT per unit, year average.", "Тенге за единицу, среднее за год.", unit="KZT/unit", gt=0, family="year"),
        *trace(),
    ),
)

PRICE_INDICES = Sheet(
    "price_indices", Text("Price indices", "Индексы цен"),
    Text("One cost class a row. The row “general” is the price level used for real values and for benefits.", "Один класс затрат в строке. Строка «general»: общий уровень цен для реальных величин и выгод."),
    key=("index",),
    columns=(
        key("index", "Index", "Индекс", "general"),
        *named("index", "индекс"),
        col("long_run", "number", "Long-run growth", "Долгосрочный рост", "Yearly growth after the last year given.", "Ежегодный рост после последнего указанного года.", unit="%/year", ge=-20, le=100),
        col("", "number", "Level in", "Уровень в", "Year average, any base.", "Среднее за год, любая база.", unit="index", gt=0, family="year"),
        *trace(),
    ),
)

REFERENCE_RATES = Sheet(
    "reference_rates", Text("Reference rates", "Базовые ставки"),
    Text("Reference rates of floating loans, average of the year, nominal.", "Базовые ставки плавающих займов, среднее за год, номинальные."),
    key=("reference",),
    columns=(
        key("reference", "Reference rate", "Базовая ставка", "TORF"),
        *named("rate", "ставка"),
        col("long_run", "number", "Long-run rate", "Долгосрочная ставка", "After the last year given.", "После последнего указанного года.", unit="%", required=True, ge=-5, le=100),
        col("", "number", "Rate in", "Ставка в", "Average of the year.", "Среднее за год.", unit="%", ge=-5, le=100, family="year"),
        *trace(),
    ),
)

TARIFFS = Sheet(
    "tariffs", Text("Tariffs", "Тарифы"),
    Text("What consumers of a utility pay, and how fast it may rise.", "Сколько платят потребители и как быстро это может расти."),
    key=("region", "sector"),
    columns=(
        col("region", "text", "Region", "Регион", "Row of regions.", "Строка листа regions.", ref="regions", required=True),
        col("sector", "text", "Sector", "Отрасль", "Utility of the region.", "Коммунальная услуга региона.", one_of=SECTORS, required=True),
        col("base", "number", "Bill of the year before", "Платежи прошлого года", "All that consumers paid in the year before the first planned one, nominal.", "Все платежи потребителей за год перед первым планируемым, номинально.",
            unit="bn KZT/year", required=True, gt=0),
        col("rise", "number", "Largest rise a year", "Наибольший рост в год", "Blank: reported, not limited.", "Пусто: показывается, но не ограничено.", unit="%/year", ge=-50, le=500),
        *trace(),
    ),
)

TARGETS = Sheet(
    "targets", Text("Targets and limits", "Цели и ограничения"),
    Text("One target a row. Hard targets must hold; others are met as far as possible in the order of their priority, and what is missed is reported with its price.",
         "Одна цель в строке. Жёсткие обязательны; остальные выполняются насколько возможно в порядке приоритета, недовыполнение показывается с ценой."),
    key=("target",),
    columns=(
        key("target", "Target", "Цель", "T-km"),
        *named("target", "цель"),
        col("measure", "text", "Measure", "Показатель",
            "km: renewed, cumulative at the year's end; facilities: in service at the year's end; share_done: share of overnight cost done; spend, draw: nominal money of the years; debt_service, subsidy: paid in the years; debt_stock: on 31 December; borrowing: loans drawn; foreign_share: of the debt; wear: mean of networks on 31 December; red_zone: facilities in it then; failures, not_supplied, losses: expected in the years.",
            "km: обновлено нарастающим итогом на конец года; facilities: в работе на конец года; share_done: доля стоимости выполненного; spend, draw: номинальные деньги за годы; debt_service, subsidy: платежи за годы; debt_stock: на 31 декабря; borrowing: выбранные займы; foreign_share: доля валютного долга; wear: средний износ сетей на 31 декабря; red_zone: объектов в красной зоне; failures, not_supplied, losses: ожидаемые за годы.",
            one_of=MEASURES, required=True),
        col("filter", "text", "Only", "Только", "Selector such as sector=heat; region=KZ-1*. Columns: project, kind (facility, network), sector, type, region, zone; for money also source, partner, currency, group, payer.",
            "Условие вида sector=heat; region=KZ-1*. Столбцы: project, kind (facility, network), sector, type, region, zone; для денег ещё source, partner, currency, group, payer.", width=26),
        col("by", "text", "One for each", "Отдельно по", "One limit for each sector, region...; blank: one in all.", "Отдельное ограничение для каждого значения; пусто: одно на всех.",
            one_of=("sector", "type", "region", "zone", "source", "partner", "currency", "group", "payer", "project")),
        col("years", "text", "Year", "Год", "A year, or 2026-2030: for km, facilities and share_done each of the years, for spend and draw their sum; blank: each planned year.",
            "Год или 2026-2030: для km, facilities и share_done каждый из годов, для spend и draw сумма; пусто: каждый планируемый год."),
        col("sense", "text", "Sense", "Знак", "At least, at most, or equal.", "Не меньше, не больше или равно.", one_of=SENSES, default=">="),
        col("value", "number", "Value", "Значение", "In the unit of the next column.", "В единице следующего столбца.", unit="number", required=True, ge=0),
        col("unit", "text", "Unit", "Единица", "As the measure needs: km, facilities, %, bn KZT, failures; not_supplied and losses: MWh (power), Gcal (heat), thousand m3.",
            "По показателю: km, facilities, %, bn KZT, failures; not_supplied и losses: MWh (электро), Gcal (тепло), thousand m3.", one_of=UNITS_OF_TARGETS, required=True),
        col("priority", "text", "Priority", "Приоритет", "hard, 1, 2 or 3; blank only if a price is given.", "hard, 1, 2 или 3; пусто, только если указана цена.", one_of=PRIORITIES),
        col("price", "number", "Price", "Цена", "Instead of a priority: bn KZT (price year) per unit missed, in the objective.", "Вместо приоритета: млрд тенге (год цен) за единицу недовыполнения.", unit="bn KZT/unit", ge=0),
        col("scale", "number", "Scale", "Масштаб", "Shortfalls are compared as shares of it; blank: the value. Needed where the value is 0.",
            "Недовыполнение сравнивается в долях масштаба; пусто: значение. Нужен, если значение 0.", unit="number", gt=0),
        *trace(),
    ),
)
