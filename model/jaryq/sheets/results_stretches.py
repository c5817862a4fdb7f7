"""Sheets of a plan workbook on the stretches of a register: what is renewed of them, and what is left."""

from __future__ import annotations

from jaryq.base.text import Text
from jaryq.sheets.out import money, named, out
from jaryq.sheets.spec import Sheet

_PACKAGE = out("package", "text", "Package", "Пакет", "Key.", "Ключ.", width=15)
_SEGMENT = out("segment", "text", "Stretch", "Участок", "Key within its package.", "Ключ внутри пакета.", width=18)
_STREET = out("street", "text", "Street", "Улица", "As in the register.", "Как в реестре.", width=22)
_PERIOD = out("period", "text", "Period", "Период", "Year or quarter.", "Год или квартал.", width=9)
_KM = out("km", "number", "Length", "Длина", "Km that wait on 1 January of plan_from.",
          "Км, ожидающие на 1 января plan_from.", "km", 11)
_RENEWED = out("renewed", "number", "Renewed", "Обновлено", "Km, by the plan.", "Км, по плану.", "km", 11)
_STRETCHES = out("stretches", "integer", "Stretches", "Участков", "In the register.", "В реестре.", width=11)
_WORTH = money("worth", "Worth (PV)", "Выгода (прив.)",
               "Present value of what renewing brings: savings, quantities, avoided risk, residual.",
               "Приведённая выгода обновления: экономия, величины, предотвращённый риск, остаток.")
_BUILT = out("built", "integer", "Built in", "Год постройки", "Blank: not known.", "Пусто: неизвестен.", "year", 9)
_MATERIAL = out("material", "text", "Material", "Материал", "As in the register.", "Как в реестре.", width=16)
_WEAR = out("wear", "number", "Wear", "Износ", "On 1 January of plan_from.", "На 1 января plan_from.", "%", 9)

STRETCHES_OUT = Sheet(
    "stretches", Text("Stretches by package", "Участки по пакетам"),
    Text("What is renewed of each package with a register, its wear with and without the plan, and its next 100 km.",
         "Что обновляется в каждом пакете с реестром, износ с планом и без него и следующие 100 км."),
    key=("package",),
    columns=(
        _PACKAGE, named("Name", "Название"), _STRETCHES, _KM,
        out("touched", "integer", "Renewed stretches", "Обновляемых участков", "In all or in part.",
            "Целиком или частично.", width=12),
        _RENEWED, _WORTH,
        money("above", "Above the mean", "Сверх среднего",
              "Of it what the stretches chosen bring beyond as many km that are as the package on average.",
              "Из неё то, что выбранные участки дают сверх стольких же средних км пакета."),
        out("wear_now", "number", "Wear now", "Износ сейчас", "Mean by length, on 1 January of plan_from.",
            "Средний по длине, на 1 января plan_from.", "%", 10),
        out("wear_nothing", "number", "Wear, nothing done", "Износ без работ",
            "Of the km that waited, on 31 December of the last year.",
            "Ожидавших км, на 31 декабря последнего года.", "%", 11),
        out("wear_plan", "number", "Wear by the plan", "Износ по плану",
            "Of the same km, on 31 December of the last year.", "Тех же км, на 31 декабря последнего года.", "%", 11),
        out("next_km", "number", "Next km", "Следующие км",
            "Up to 100 km that are left and are worth most, each in its best period.",
            "До 100 км из оставшихся с наибольшей выгодой, каждый в лучшем периоде.", "km", 10),
        money("next_worth", "Worth of the next km", "Выгода следующих км", "Present value, without their cost.",
              "Приведённая, без затрат на них."),
    ),
)

STRETCHES_PERIODS = Sheet(
    "stretches_by_period", Text("Stretches by package and period", "Участки по пакетам и периодам"),
    Text("Stretches, km and worth of what is renewed of each package in each period.",
         "Участки, км и выгода обновляемого в каждом пакете и периоде."),
    key=("package", "period"),
    columns=(
        _PACKAGE, _PERIOD,
        out("touched", "integer", "Renewed stretches", "Обновляемых участков", "In all or in part.",
            "Целиком или частично.", width=12),
        _RENEWED, _WORTH,
    ),
)

STRETCHES_AGE = Sheet(
    "stretches_by_age", Text("Stretches by age", "Участки по возрасту"),
    Text("How much of each age is renewed.", "Сколько обновляется в каждом возрасте."), key=("least",),
    columns=(
        out("least", "integer", "Age from", "Возраст от", "Years on 1 January of plan_from.",
            "Лет на 1 января plan_from.", "years", 10),
        out("most", "integer", "Age to", "Возраст до", "Below; blank: no end.", "Меньше; пусто: без конца.", "years",
            10),
        _STRETCHES, _KM, _WEAR, _RENEWED,
        out("part", "number", "Part renewed", "Обновляемая часть", "Of the km of this age.", "От км этого возраста.",
            "%", 11),
    ),
)

STRETCHES_LIST = Sheet(
    "stretches_first", Text("Stretches that bring most", "Участки с наибольшей выгодой"),
    Text("Stretches renewed, the ones that bring most a km first; all of them stand in the file beside the plan.",
         "Обновляемые участки, сначала с наибольшей выгодой на км; все они в файле рядом с планом."),
    key=("package", "segment", "period"),
    columns=(_PACKAGE, _SEGMENT, _STREET, _BUILT, _MATERIAL, _WEAR, _KM, _PERIOD, _RENEWED, _WORTH),
)

STRETCHES_CUT = Sheet(
    "stretches_cut", Text("Stretches renewed in part", "Участки, обновляемые частично"),
    Text("Stretches that are renewed in part, or in several periods.",
         "Участки, обновляемые частично или в нескольких периодах."),
    key=("package", "segment", "period"),
    columns=(_PACKAGE, _SEGMENT, _STREET, _KM, _PERIOD, _RENEWED),
)
