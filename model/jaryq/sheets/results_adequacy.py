"""Sheets of a plan on capacity at the peak, and on who can bear its debt."""

from __future__ import annotations

from jaryq.base.text import Text
from jaryq.sheets.out import money as _kzt
from jaryq.sheets.out import named as _name
from jaryq.sheets.out import out as _out
from jaryq.sheets.spec import Column, Sheet

_UNIT = _out("unit", "text", "Unit", "Единица", "Of capacity.", "Мощности.", width=14)
_YEAR = _out("year", "integer", "Year", "Год", "Calendar year.", "Календарный год.", "year", 9)
_PERIOD = _out("period", "text", "Period", "Период", "Of the peak; a later year: with all works in service.",
               "Пика; более поздний год: все работы завершены.", width=11)


def _amount(name: str, en: str, ru: str, note_en: str, note_ru: str) -> Column:
    return _out(name, "number", en, ru, note_en, note_ru, "capacity of the row", 13)


BALANCES_OUT = Sheet(
    "balances", Text("Capacity at the peak", "Мощность в пик"),
    Text("Each area and year in the peak period in which most is missing, or least is left.",
         "Каждый район и год в период пика, когда недостаёт больше всего или остаётся меньше всего."),
    key=("area", "unit", "year"),
    columns=(
        _out("area", "text", "Area", "Район баланса", "Area of the balance.", "Район баланса.", width=26), _UNIT, _YEAR,
        _PERIOD,
        _amount("available", "Available", "Располагаемая", "Without works of the plan.", "Без работ плана."),
        _amount("works", "Added by works", "Добавляют работы", "Of works in service before the period.",
                "Работ, завершённых до этого периода."),
        _amount("out", "Out of service", "Выведено", "By outages of works in the peak months.",
                "Отключения для работ в месяцы пика."),
        _amount("inflow", "Flows in", "Переток внутрь", "Over ties.", "По связям."),
        _amount("outflow", "Flows out", "Переток наружу", "Over ties.", "По связям."),
        _amount("peak", "Peak", "Пик", "Highest load.", "Наибольшая нагрузка."),
        _amount("reserve", "Reserve", "Резерв", "Part of the peak.", "Доля пика."),
        _amount("left", "Left", "Остаток", "What there is, less the peak with its reserve; below zero it is missing.",
                "Что есть, минус пик с резервом; ниже нуля недостаёт."),
        _amount("deficit", "Deficit", "Дефицит", "What is missing.", "Чего недостаёт."),
    ),
)

FLOWS_OUT = Sheet(
    "flows", Text("Flows over ties", "Перетоки по связям"),
    Text("What flows at each peak, against the capacity of the tie.",
         "Перетоки в каждый пик и пропускная способность."),
    key=("tie", "period", "direction"),
    columns=(
        _out("tie", "text", "Tie", "Связь", "Key of the tie.", "Код связи.", width=14), _name("Name", "Название", 26),
        _PERIOD,
        _out("direction", "text", "From, to", "Откуда, куда", "Areas.", "Районы.", width=30), _UNIT,
        _amount("flow", "Flow", "Переток", "At the peak.", "В пик."),
        _amount("capacity", "Capacity", "Пропускная способность", "With what works raise it by.",
                "С усилением по плану."),
        _amount("room", "Room", "Запас", "Capacity less flow.", "Пропускная способность минус переток."),
    ),
)

BORROWERS_OUT = Sheet(
    "borrowers", Text("Borrowers and their cash", "Заёмщики и их денежный поток"),
    Text("What each owes in a year, with and without the programme, against its cash.",
         "Сколько каждый платит в год, по программе и прочего, и из какого денежного потока."),
    key=("borrower", "year"),
    columns=(
        _out("borrower", "text", "Borrower", "Заёмщик", "Key of the borrower.", "Код заёмщика.", width=14),
        _name("Name", "Название", 30), _YEAR,
        _kzt("cash", "Cash", "Денежный поток", "Before any debt service; blank: not known.",
             "До обслуживания долга; пусто: неизвестен.", width=13),
        _kzt("service", "Service of the programme", "Обслуживание по программе",
             "Principal, interest and fees, the State's part apart.", "Долг, проценты и комиссии без доли государства.",
             width=14),
        _kzt("other", "Other service", "Прочее обслуживание", "Of debts outside the programme; blank: none entered.",
             "По долгам вне программы; пусто: не указано.", width=14),
        _kzt("left", "Left", "Остаток", "Cash less all service.", "Денежный поток минус всё обслуживание.", width=13),
        _out("dscr", "number", "Cover (DSCR)", "Покрытие (DSCR)", "Cash over all service.",
             "Денежный поток ко всему обслуживанию.", "number", 11),
        _out("cover", "number", "Cover asked", "Требуемое покрытие", "As stated.", "Задано.", "number", 11),
        _kzt("shortfall", "Shortfall", "Недостаток",
             "Cover times the programme's service, less the room that other debts leave.",
             "Покрытие на обслуживание программы минус запас после прочих долгов.", width=13),
    ),
)

BURDEN_OUT = Sheet(
    "burden", Text("Burden of households", "Нагрузка на домохозяйства"),
    Text("Bills of utilities against incomes, for the average household of each region.",
         "Платежи за услуги к доходам, для среднего домохозяйства каждого региона."),
    key=("region", "year"),
    columns=(
        _out("region", "text", "Region", "Регион", "Region.", "Регион.", width=26), _YEAR,
        _kzt("bills", "Paid by households", "Платят домохозяйства", "Of the bills of all utilities.",
             "Часть платежей за все услуги.", width=14),
        _kzt("incomes", "Incomes", "Доходы", "Of all people of the region.", "Всего населения региона.", width=14),
        _out("burden", "number", "Burden", "Нагрузка", "Bills over incomes.", "Платежи к доходам.", "%", 11),
    ),
)
