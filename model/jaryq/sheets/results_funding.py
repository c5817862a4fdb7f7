"""Sheets of a plan workbook about who pays: each source in all and by year, and the products of each partner."""

from __future__ import annotations

from jaryq.base.home import HOME_CURRENCY
from jaryq.base.text import Text
from jaryq.sheets.out import STATUS
from jaryq.sheets.out import money as _money
from jaryq.sheets.out import named as _name
from jaryq.sheets.out import out as _out
from jaryq.sheets.spec import Column, Sheet

_SOURCE = (
    _out("source", "text", "Source", "Источник", "Key.", "Ключ.", width=18), _name("Name", "Название", 40),
    _out("group", "text", "Group", "Группа", "Kind of money at home, or the country it comes from.",
         "Вид денег внутри страны или страна происхождения.", width=26),
    _out("status", "text", "Status", "Статус", "Open or closed.", "Открыт или закрыт.", width=10),
    _out("reason", "text", "Why closed", "Почему закрыт", "Rule or decision.", "Правило или решение.", width=30),
)
_CURRENCY = _out("currency", "text", "Currency", "Валюта", "Currency of the source.", "Валюта источника.", width=9)


def _own(name: str, en: str, ru: str, note_en: str, note_ru: str, family: str = "", width: int = 12) -> Column:
    return _money(name, en, ru, note_en, note_ru, family, "bn currency", width)


FUNDING_OUT = Sheet(
    "funding", Text("Funding by source", "Финансирование по источникам"),
    Text("What each source pays by year, and what it could still have paid.",
         "Что платит каждый источник по годам и что он мог бы заплатить ещё."),
    key=("source",),
    columns=(
        *_SOURCE,
        _money("use_", "Used in", "Использовано в", "Nominal.", "Номинально.", family="year", width=11),
        _money("total", "Used in all", "Использовано всего", "Sum of the years.", "Сумма по годам.", width=12),
        _out("part", "number", "Share of spending", "Доля в затратах", "Of all nominal spending.",
             "От всех номинальных затрат.", "%", 10),
        _money("unused", "Not used", "Не использовано", "Lapsed, left over or closed, at the rates of the years.",
               "Не перенесено, осталось или закрыто, по курсам годов.", width=13),
        _CURRENCY,
        _own("envelope", "Envelope", "Лимит на всё", "Largest use over all years.",
             "Наибольшее использование за все годы."),
        _own("ceilings", "Ceilings, sum", "Потолки, сумма", "Of the planned years.", "За планируемые годы."),
        _own("used", "Used", "Использовано", "Over all years, money drawn into funds included.",
             "За все годы, с выборкой в фонды."),
        _money("line", "Drawn into funds", "Выборка в фонды", "Nominal, over all years.", "Номинально, за все годы."),
        _own("lapsed", "Lapsed", "Не перенесено", "Over all years.", "За все годы."),
        _own("left", "Left over", "Остаток в конце", "After the last year; of a closed source all of it.",
             "После последнего года; у закрытого источника всё."),
        STATUS,
    ),
)

FUNDING_YEARS = Sheet(
    "funding_years", Text("Funding by source and year", "Финансирование по источникам и годам"),
    Text("Ceiling + carried in = used + lapsed + carried out + left over.",
         "Потолок + перешло = использовано + сгорело + переходит + остаток."),
    key=("source", "year"),
    columns=(
        *_SOURCE[:4],
        _out("year", "integer", "Year", "Год", "Year.", "Год.", "year", 8), _CURRENCY,
        _own("ceiling", "Ceiling", "Потолок", "Of the year, with income the source receives.",
             "На год, с доходом, который получает источник."),
        _own("carried_in", "Carried in", "Перешло", "Money not used in the year before.",
             "Не использовано в предыдущем году."),
        _own("added", "Loans and interest paid in", "Поступило займов и процентов", "Into a fund.", "В фонд."),
        _own("used", "Used", "Использовано", "In the year.", "За год."),
        _own("served", "Service paid", "Платежи по займам", "From a fund.", "Из фонда."),
        _own("lapsed", "Lapsed", "Не перенесено", "Cannot be used any more.", "Больше нельзя использовать."),
        _own("carried_out", "Carried out", "Переходит", "May be used in the next year.",
             "Можно использовать в следующем году."),
        _own("left", "Left over", "Остаток в конце", "At the end of the last year.", "На конец последнего года."),
        _own("envelope_left", "Left of envelope", "Остаток лимита", "At the end of the year.", "На конец года."),
        _out("rate", "number", "KZT per unit", "Тенге за единицу", "Average of the year.", "Среднее за год.",
             f"{HOME_CURRENCY}/unit", 12),
        _money("ceiling_kzt", "Ceiling", "Потолок", "At the rate of the year.", "По курсу года."),
        _money("used_kzt", "Used", "Использовано", "At the rate of the year.", "По курсу года."),
        _money("lapsed_kzt", "Lapsed", "Не перенесено", "At the rate of the year.", "По курсу года."),
        _money("left_kzt", "Left over", "Остаток в конце", "At the rate of the year.", "По курсу года."),
    ),
)

PARTNERS_OUT = Sheet(
    "partners", Text("Partner financing", "Партнёрское финансирование"),
    Text("Each product of each partner: draws, projects, price, and why it is closed.",
         "Каждый продукт каждого партнёра: выборка, проекты, цена и почему закрыт."),
    key=("source",),
    columns=(
        _out("partner", "text", "Partner", "Партнёр", "Country, or international institutions.",
             "Страна или международные организации.", width=22),
        *_SOURCE[:2], *_SOURCE[3:],
        _out("factor", "number", "Price per KZT", "Цена за тенге",
             "Present value of what one KZT drawn costs the programme (average, or of the first year it is available).",
             "Приведённая стоимость обслуживания одного тенге выборки (в среднем или за первый доступный год).",
             "number", 9),
        _out("grant_element", "number", "Grant element", "Грант-элемент",
             "Share of a draw that need not be paid back in present value, at the rate of the setting grant_discount.",
             "Доля выборки, не возвращаемая в приведённой стоимости, по ставке настройки grant_discount.", "%", 9),
        _money("use_", "Drawn in", "Выборка в", "Nominal.", "Номинально.", family="year", width=10),
        _money("total", "Drawn in all", "Выборка всего", "Sum of the years.", "Сумма по годам.", width=11),
        _out("part", "number", "Share of spending", "Доля в затратах", "Of all nominal spending.",
             "От всех номинальных затрат.", "%", 10),
        _CURRENCY,
        _own("own_", "Drawn in", "Выборка в", "In the currency of the source.", "В валюте источника.", family="year",
             width=10),
        _own("used", "Drawn in all", "Выборка всего", "In the currency of the source.", "В валюте источника.",
             width=11),
        _out("count", "integer", "Projects", "Проектов", "Projects it pays for.", "Сколько проектов оплачивает.",
             width=10),
        _out("projects", "text", "Which", "Какие", "By amount.", "По величине.", width=60),
    ),
)
