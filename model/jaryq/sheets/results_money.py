"""Sheets of a plan workbook about money: loans, debt service, cash by year, tariffs, money left unused."""

from __future__ import annotations

from jaryq.base.home import BILLION, HOME_CURRENCY
from jaryq.base.text import Text
from jaryq.sheets.out import narrow as _out
from jaryq.sheets.spec import Column, Sheet


def _own(name: str, en: str, ru: str, note_en: str, note_ru: str) -> Column:
    return _out(name, "number", en, ru, note_en, note_ru, "bn currency")


def _kzt(name: str, en: str, ru: str, note_en: str, note_ru: str, width: int = 11, family: str = "") -> Column:
    return _out(name, "number", en, ru, note_en, note_ru, BILLION, width, family)


def _percent(name: str, en: str, ru: str, note_en: str, note_ru: str) -> Column:
    return _out(name, "number", en, ru, note_en, note_ru, "%", 9)


_SOURCE = _out("source", "text", "Source", "Источник", "Key.", "Ключ.", width=18)
_NAME = _out("name", "text", "Name", "Название", "Name.", "Название.", width=36)
_GROUP = _out("group", "text", "Group", "Группа", "Kind of money at home, or the country it comes from.",
              "Вид денег внутри страны или страна происхождения.", width=24)
_STATUS = _out("status", "text", "Status", "Статус", "Open or closed.", "Открыт или закрыт.", width=9)
_CURRENCY = _out("currency", "text", "Currency", "Валюта", "Currency of the loan.", "Валюта займа.", width=8)
_YEAR = _out("year", "integer", "Year", "Год", "Calendar year.", "Календарный год.", "year", 7)

LOANS_OUT = Sheet(
    "loans", Text("Loan products", "Кредитные продукты"),
    Text("Terms of every loan, open or closed, what the plan draws of it, and what it costs.",
         "Условия каждого займа, открытого или закрытого, сколько выбирает план и во что это обходится."),
    key=("source",),
    columns=(
        _out("partner", "text", "Lender's country", "Страна кредитора", "Country, or international institutions.",
             "Страна или международные организации.", width=20),
        _SOURCE, _NAME, _STATUS, _CURRENCY,
        _percent("rate", "Rate", "Ставка", "Nominal, yearly; of a floating loan that of its first draw year.",
                 "Номинальная годовая; плавающая: за первый год выборки."),
        _out("floating", "text", "Floating", "Плавающая", "Reference rate and margin.", "Базовая ставка и маржа.",
             width=14),
        _out("clock", "text", "Terms run from", "Сроки считаются от", "Signing, or each draw.",
             "Подписания или каждой выборки.", width=12),
        _out("grace", "number", "Grace", "Льготный период", "Years without principal.", "Лет без погашения долга.",
             "years", 8),
        _out("tenor", "number", "Tenor", "Срок", "Years to the last payment.", "Лет до последнего платежа.", "years",
             8),
        _out("repayment", "text", "Repayment", "Погашение", "How principal is repaid.", "Как погашается долг.",
             width=15),
        _out("payments", "integer", "Payments", "Платежей", "A year.", "В год.", "times/year", 8),
        _percent("front_end", "Front-end fee", "Разовая комиссия", "Of the signed amount.", "От подписанной суммы."),
        _percent("commitment_fee", "Commitment fee", "Комиссия за невыбранное",
                 "Yearly, on what is signed and not drawn.", "В год, с подписанного и не выбранного."),
        _percent("guarantee_fee", "Guarantee fee", "Плата за гарантию", "Yearly, on the balance.", "В год, с остатка."),
        _percent("premium", "Premium", "Страховая премия", "Of each draw.", "От каждой выборки."),
        _percent("subsidy", "State pays of the rate", "Государство платит из ставки",
                 "Points of the rate, while the subsidy lasts.", "Пункты ставки на срок субсидии."),
        _out("signing_year", "integer", "Year of signing", "Год подписания", "As stated; of a new loan as planned.",
             "Как задано; у нового займа по плану.", "year", 10),
        _out("effective", "text", "Effective from", "Действует с", "From when on it may be drawn; blank: from its "
             "signing on.", "С какого времени можно выбирать; пусто: с подписания.", width=12),
        _own("signed", "Signed", "Подписано", "As the plan decides, or as it is signed already.",
             "Как решает план или уже подписано."),
        _own("used", "Drawn", "Выборка", "Over all years.", "За все годы."),
        _kzt("total", "Drawn", "Выборка", "Nominal, over all years.", "Номинально, за все годы."),
        _percent("all_in", "All-in cost", "Полная стоимость",
                 "Yearly, effective, in the currency of the loan: rate, fees, premium, guarantee.",
                 "Эффективная годовая в валюте займа: ставка, комиссии, премия, гарантия."),
        _percent("grant", "Grant element at 5 %", "Грант-элемент при 5 %",
                 "Of the face, all drawn at signing, 5 % a year.", "От номинала, вся сумма при подписании, 5 % в год."),
        _out("factor", "number", "Price per KZT", "Цена за тенге",
             "Present value of what one KZT drawn costs the purse, fees included.",
             "Приведённая стоимость одного тенге выборки для кошелька, с комиссиями.", "number", 8),
        _out("basis", "text", "Computed for", "Посчитано для",
             "The draws of the plan, or one unit drawn in the first year.", "Выборки плана или единицы в первый год.",
             width=16),
        _out("who_repays", "text", "Who owes it", "Кто должен", "The borrower, and who repays it for him; without a "
             "borrower the budget or the owner of the works.",
             "Заёмщик и кто погашает за него; без заёмщика бюджет или владелец объекта.", width=24),
        _percent("guaranteed", "Guaranteed by the State", "Гарантия государства", "Part of the debt.", "Часть долга."),
        _out("reason", "text", "Why closed", "Почему закрыт", "Rule or decision.", "Правило или решение.", width=34),
    ),
)

DEBT_OUT = Sheet(
    "debt_service", Text("Debt service by loan", "Обслуживание долга по займам"),
    Text("Each loan to its last maturity, in its currency and in KZT. Opening + drawn + capitalised - principal + "
         "exchange effect = closing.",
         "Каждый заём до последнего платежа, в его валюте и в тенге. На начало + выборка + капитализация - погашение + "
         "курсовая разница = на конец."),
    key=("source", "year"),
    columns=(
        _SOURCE, _NAME, _CURRENCY, _YEAR,
        _own("opening", "Opening balance", "Долг на начало", "On 1 January.", "На 1 января."),
        _own("drawn", "Drawn", "Выборка", "In the year.", "За год."),
        _own("capitalised", "Capitalised", "Добавлено к долгу", "Interest added to the debt.",
             "Проценты, добавленные к долгу."),
        _own("principal", "Principal", "Погашение долга", "Repaid.", "Погашено."),
        _own("interest", "Interest", "Проценты", "Paid by the borrower.", "Платит заёмщик."),
        _own("state", "Interest, State", "Проценты, государство", "Paid by the State.", "Платит государство."),
        _own("guarantee", "Guarantee fee", "Плата за гарантию", "On the balance.", "С остатка."),
        _own("premium", "Premium", "Премия", "With each draw.", "С каждой выборкой."),
        _own("front_end", "Front-end fee", "Разовая комиссия", "In the signing year.", "В год подписания."),
        _own("commitment", "Commitment fee", "За невыбранное", "On what is not drawn.", "С невыбранного."),
        _own("service", "Service in all", "Всего платежей", "Principal, interest, fees.", "Долг, проценты, комиссии."),
        _own("closing", "Closing balance", "Долг на конец", "On 31 December.", "На 31 декабря."),
        _out("rate", "number", "Average rate", "Курс средний", "KZT per unit, mean of the year.",
             "Тенге за единицу, среднее за год.", f"{HOME_CURRENCY}/unit", 9),
        _out("rate_end", "number", "Year-end rate", "Курс на конец", "KZT per unit, for balances.",
             "Тенге за единицу, для остатков.", f"{HOME_CURRENCY}/unit", 9),
        _kzt("k_opening", "Opening balance", "Долг на начало", "At the last year-end rate.",
             "По курсу на конец прошлого года."),
        _kzt("k_drawn", "Drawn", "Выборка", "At the rate of its date.", "По курсу на дату."),
        _kzt("k_capitalised", "Capitalised", "Добавлено к долгу", "At the rate of its date.", "По курсу на дату."),
        _kzt("k_principal", "Principal", "Погашение долга", "At the rates of its dates.", "По курсам на даты."),
        _kzt("k_interest", "Interest", "Проценты", "Paid by the borrower.", "Платит заёмщик."),
        _kzt("k_state", "Interest, State", "Проценты, государство", "Paid by the State.", "Платит государство."),
        _kzt("k_fees", "Fees", "Комиссии", "Guarantee, premium, front-end, commitment.",
             "Гарантия, премия, разовая, за невыбранное."),
        _kzt("k_service", "Service in all", "Всего платежей", "Principal, interest, fees.",
             "Долг, проценты, комиссии."),
        _kzt("k_exchange", "Exchange effect", "Курсовая разница", "Change of the balance that no payment explains.",
             "Изменение долга, не вызванное платежами."),
        _kzt("k_closing", "Closing balance", "Долг на конец", "At the year-end rate.", "По курсу на конец года."),
    ),
)

CASH_OUT = Sheet(
    "cash", Text("Cash by year", "Деньги по годам"),
    Text("Sources and uses, funds, service of the debt, the State's lines, to the last maturity. Nominal.",
         "Источники и расходы, фонды, обслуживание долга, платежи государства до последнего погашения. Номинально."),
    key=("year",),
    columns=(
        _YEAR,
        _kzt("budget", "Budgets", "Бюджеты", "At home; of a budget fund what is paid into it.",
             "Внутри страны; у фонда то, что в него внесено."),
        _kzt("own", "Utilities' own", "Собственные средства", "At home; of a fund what is paid into it.",
             "Внутри страны; у фонда то, что в него внесено."),
        _kzt("grants", "Grants", "Гранты", "At home and from abroad.", "Внутри страны и из-за рубежа."),
        _kzt("home", "Loans at home", "Займы внутри страны", "Drawn on projects.", "Выборка на проекты."),
        _kzt("abroad", "Loans from abroad", "Займы из-за рубежа", "Drawn on projects.", "Выборка на проекты."),
        _kzt("lines", "Lines into funds", "Займы в фонды", "Drawn into funds.", "Выборка в фонды."),
        _kzt("received", "Income and interest of funds", "Доходы и проценты фондов",
             "Income of projects that goes to a fund, interest it earns.",
             "Доходы проектов, идущие в фонд, и проценты на его остаток."),
        _kzt("fund_in", "Funds at start", "Фонды на начало", "Left the year before, at this year's rate.",
             "Остаток прошлого года по курсу этого года."),
        _kzt("spending", "Spending on projects", "Затраты проектов", "Nominal.", "Номинально."),
        _kzt("inside", "Service from funds", "Платежи из фондов", "Service that a fund pays.",
             "Обслуживание, которое платит фонд."),
        _kzt("fund_lapsed", "Lapsed in funds", "Не сохранено в фондах", "The share that is not kept.",
             "Доля, которая не переходит."),
        _kzt("fund_out", "Funds at end", "Фонды на конец", "Left for the next year.", "Остаётся на следующий год."),
        _kzt("balance", "Sources less uses", "Источники минус расходы", "Must be nothing.", "Должно быть ноль."),
        _kzt("carried", "Carried over, all sources", "Переходит, все источники",
             "Money not used that may be used next year.", "Неиспользованное, что можно потратить в следующем году."),
        _kzt("lapsed", "Lapsed, all sources", "Не перенесено, все источники", "Cannot be used any more.",
             "Больше нельзя использовать."),
        _kzt("principal", "Principal", "Погашение долга", "Of all loans.", "По всем займам."),
        _kzt("interest", "Interest", "Проценты", "Paid by borrowers.", "Платят заёмщики."),
        _kzt("fees", "Fees", "Комиссии", "Guarantee, premium, front-end, commitment.",
             "Гарантия, премия, разовая, за невыбранное."),
        _kzt("subsidy", "Interest, State", "Проценты, государство", "Subsidy of interest.", "Субсидия процентов."),
        _kzt("service", "Service in all", "Всего платежей", "Principal, interest, fees, subsidy.",
             "Долг, проценты, комиссии, субсидия."),
        _kzt("stock", "Debt at end", "Долг на конец", "At the year-end rate.", "По курсу на конец года."),
        _kzt("s_draws", "State: budget draws", "Государство: бюджетные деньги", "Spent on projects.",
             "Потрачено на проекты."),
        _kzt("s_subsidy", "State: subsidy", "Государство: субсидия", "Of interest.", "Процентов."),
        _kzt("s_service", "State: service", "Государство: платежи", "Of loans that the budget repays.",
             "По займам, которые погашает бюджет."),
        _kzt("state", "State in all", "Государство всего", "Sum of the three.", "Сумма трёх."),
        _kzt("premiums", "Premiums of crews", "Наценки за бригады",
             "Overtime, contractors, crews from other regions; beside the ceilings.",
             "Сверхурочные, подряд, чужие бригады; сверх потолков."),
        _kzt("flow", "Net flow of the purse", "Чистый поток кошелька",
             "Income, interest, lines less home money, service and premiums.",
             "Доходы, проценты, займы в фонды минус деньги страны, платежи и наценки."),
        _kzt("benefit_pv", "Benefits (PV)", "Выгоды (прив.)",
             "Of the year; stated benefits in the year after the works.",
             "За год; заданные выгоды: в год после работ."),
        _kzt("purse_pv", "Purse (PV)", "Кошелёк (прив.)", "Benefits and net flow, present value.",
             "Выгоды и чистый поток, приведённые."),
        _kzt("society_pv", "Society (PV)", "Общество (прив.)",
             "Benefits, income, all spending, money from abroad and its service, present value.",
             "Выгоды, доходы, все затраты, деньги из-за рубежа и платежи по ним, приведённые."),
    ),
)

TARIFFS_OUT = Sheet(
    "tariffs", Text("What consumers pay", "Сколько платят потребители"),
    Text("Revenue that the utility needs against the rise that is allowed.",
         "Необходимая выручка предприятия и допустимый рост."),
    key=("region", "sector", "year"),
    columns=(
        _out("region", "text", "Region", "Регион", "Region.", "Регион.", width=24),
        _out("sector", "text", "Sector", "Отрасль", "Utility.", "Услуга.", width=16), _YEAR,
        _kzt("base", "Bill of the year before the plan", "Платежи до плана", "Stated.", "Задано."),
        _kzt("bill", "Own bill", "Прежние платежи", "The base with general prices.", "База с общим ростом цен."),
        _kzt("repaid", "Own money and loans", "Средства и займы", "What consumers repay that year.",
             "Что возвращают потребители в этом году."),
        _kzt("need", "Needed", "Необходимо", "Sum of the two.", "Сумма двух."),
        _kzt("allowed", "Allowed", "Допустимо", "Need of the year before with the largest rise.",
             "Прошлый год с наибольшим ростом."),
        _percent("rise", "Rise", "Рост", "Against the year before.", "К прошлому году."),
        _percent("largest", "Largest rise", "Предел роста", "As stated.", "Задано."),
        _kzt("headroom", "Headroom", "Запас", "Allowed less needed.", "Допустимо минус необходимо."),
    ),
)

UNUSED_OUT = Sheet(
    "unused", Text("Money left unused", "Неиспользованные деньги"),
    Text("What lapsed or was left over, why, and what it could have bought.",
         "Что сгорело или осталось, почему и что на это можно было купить."),
    key=("source",),
    columns=(
        _SOURCE, _NAME, _GROUP, _STATUS,
        _kzt("lapsed_", "Lapsed in", "Не перенесено в", "At the rate of the year.", "По курсу года.", 10, "year"),
        _kzt("left", "Left over", "Осталось", "After the last year.", "После последнего года."),
        _kzt("total", "In all", "Всего", "Lapsed and left over.", "Не перенесено и осталось."),
        _kzt("usable", "Could still pay", "Ещё могло бы платить",
             "At most: in place of other money in works of the plan, or for works outside it.",
             "Не более: вместо других денег в работах плана или за работы вне его.", 11),
        _kzt("barred", "Can pay for nothing more", "Больше платить не за что",
             "All it may pay for is paid, or its years, pace or share let nothing more be drawn.",
             "Всё, за что он может платить, оплачено, либо больше не дают выбрать годы, темп или доля.", 11),
        _out("why", "text", "Why", "Почему", "Rule, or what binds.", "Правило или действующее ограничение.", width=44),
        _out("count", "integer", "Facilities it could build", "Объектов можно построить",
             "Cheapest first, that are not in the plan and that it may pay for alone.",
             "Самые дешёвые вне плана, за которые он может платить.", width=10),
        _out("could", "text", "Which", "Какие", "Facility and nominal cost, bn KZT.",
             "Объект и номинальная стоимость, млрд тенге.", width=52),
        _kzt("could_cost", "Their cost", "Их стоимость", "Nominal.", "Номинально."),
        _out("km", "number", "or km it could renew", "или км обновить",
             "Of eligible packages that are not finished, cheapest first.",
             "По доступным незавершённым пакетам, сначала дешёвые.", "km", 10),
    ),
)

USES_OUT = Sheet(
    "uses", Text("Whose money for what", "Чьи деньги на что"),
    Text("What each group of sources pays, by sector and region; nominal.",
         "Что оплачивает каждая группа источников, по отраслям и регионам; номинально."),
    key=("group", "sector", "region"),
    columns=(
        _GROUP,
        _out("sector", "text", "Sector", "Отрасль", "Sector.", "Отрасль.", width=18),
        _out("region", "text", "Region", "Регион", "Region.", "Регион.", width=28),
        _kzt("total", "Paid in all", "Оплачено всего", "Over all years.", "За все годы.", 13),
    ),
)
