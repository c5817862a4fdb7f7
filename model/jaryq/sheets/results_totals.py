"""Sheets of a plan workbook that sum it up: by year, by region, by kind of network. The front pages are drawn from
them."""

from __future__ import annotations

from jaryq.base.home import MILLION, THOUSAND
from jaryq.base.text import Text
from jaryq.sheets.out import money as _money
from jaryq.sheets.out import named as _name
from jaryq.sheets.out import out as _out
from jaryq.sheets.spec import Column, Sheet


def _wear(name: str, en: str, ru: str, note_en: str, note_ru: str) -> Column:
    return _out(name, "number", en, ru, note_en, note_ru, "%", 11)


_SECTOR = _out("sector", "text", "Sector", "Отрасль", "Sector, or all.", "Отрасль или все.", width=18)
_KM = (
    _out("scope", "number", "In scope", "В программе", "Done km included.", "Включая выполненное.", "km", 12),
    _out("done", "number", "Done before", "Сделано ранее", "Before the first planned year.",
         "До первого планируемого года.", "km", 11),
    _out("renewed", "number", "Renewed in the plan", "Обновлено по плану", "Sum of the years.", "Сумма по годам.",
         "km", 12),
)
_SHARE = _out("share", "number", "Renewed of scope", "Обновлено от программы",
              "Done before and renewed in the plan, of the km in scope.",
              "Сделанное ранее и обновлённое по плану от км в программе.", "%", 11)
_TOTAL = _money("total", "Cost, nominal", "Затраты, номинально", "Money of the years of payment.",
                "Деньги годов платежа.", width=12)

BY_YEAR_OUT = Sheet(
    "by_year", Text("The plan by year", "План по годам"),
    Text("What is finished, renewed and spent in each year, what stands at its end, and what is asked of it.",
         "Что завершается, обновляется и тратится в каждом году, что есть к его концу и что требуется."),
    key=("what", "sector"),
    columns=(
        _out("what", "text", "What", "Что", "In the year, or at its end where it says so.",
             "За год либо на его конец, где так сказано.", width=38),
        _SECTOR,
        _out("unit", "text", "Unit", "Единица", "Of the row.", "Строки.", width=14),
        _out("before", "number", "Before", "Ранее", "Before the first planned year.", "До первого планируемого года.",
             width=11),
        _out("y_", "number", "In", "В", "Of the year.", "За год.", width=11, family="year"),
        _out("total", "number", "Planned years", "Планируемые годы", "Sum of the planned years; blank for what stands "
             "at an end.", "Сумма планируемых лет; пусто у того, что на конец года.", width=12),
    ),
)

BY_REGION_OUT = Sheet(
    "by_region", Text("The plan by region", "План по регионам"),
    Text("What each region gets, for how much, and how worn its networks are before and after.",
         "Что получает каждый регион, за сколько и каков износ его сетей до и после."),
    key=("region",),
    columns=(
        _out("region", "text", "Region", "Регион", "Key; blank: projects of no region.",
             "Ключ; пусто: проекты без региона.", width=10),
        _name("Name", "Название", 28),
        _out("population", "number", "Population", "Население", "Of the sheet regions.", "С листа regions.",
             "persons", 12),
        _out("facilities", "number", "Facilities that count", "Засчитываемых объектов",
             "Towards the number of the programme; variants as one.",
             "В число объектов программы; варианты как один.", "facilities", 11),
        _out("before", "number", "Facilities done before", "Объектов выполнено ранее",
             "Before the first planned year.", "До первого планируемого года.", "facilities", 11),
        _out("finished", "number", "Facilities finished", "Объектов завершено",
             "By the plan to the last year (equivalents where facilities are divisible).",
             "По плану к последнему году (эквиваленты, если объекты делимы).", "facilities", 11),
        *_KM, _SHARE,
        _money("cost_", "Cost in", "Затраты в", "Nominal.", "Номинально.", family="year", width=10),
        _TOTAL,
        _out("part", "number", "Share of cost", "Доля затрат", "Of all nominal cost.", "От всех номинальных затрат.",
             "%", 9),
        _out("per_head", "number", "Cost per head", "Затраты на человека", "Nominal cost over the population.",
             "Номинальные затраты на жителя.", THOUSAND, 11),
        _wear("wear_now", "Wear of networks now", "Износ сетей сейчас",
              "On 1 January of the first planned year; mean weighted by length times unit cost.",
              "На 1 января первого планируемого года; среднее с весом: длина на удельную стоимость."),
        _wear("wear_plan", "Wear at the end, with the plan", "Износ в конце с планом",
              "On 31 December of the last year, the same weights.",
              "На 31 декабря последнего года, те же веса."),
        _wear("wear_idle", "Wear at the end, nothing done", "Износ в конце без работ",
              "If nothing more were done.", "Если больше ничего не делать."),
        _wear("heat_now", "Wear of heat networks now", "Износ теплосетей сейчас", "Mean weighted by length.",
              "Среднее с весом: длина."),
        _wear("heat_plan", "Wear of heat networks at the end", "Износ теплосетей в конце",
              "With the plan.", "С планом."),
        _out("rank_now", "number", "Rank by wear now", "Место по износу сейчас", "1: the most worn networks.",
             "1: наибольший износ сетей.", width=9),
        _out("rank", "number", "Rank by wear at the end", "Место по износу в конце",
             "With the plan; 1: the most worn networks.", "С планом; 1: наибольший износ сетей.", width=9),
    ),
)

BY_KIND_OUT = Sheet(
    "networks_by_kind", Text("Networks by kind", "Сети по видам"),
    Text("Kilometres, cost and wear of each kind of network in the whole programme.",
         "Километры, затраты и износ каждого вида сетей по всей программе."),
    key=("kind",),
    columns=(
        _out("kind", "text", "Kind of network", "Вид сети", "Kind of asset.", "Вид.", width=34), _SECTOR, *_KM, _SHARE,
        _out("remaining", "number", "Remaining", "Остаток", "In scope, not renewed by the last year.",
             "В программе, не обновлено к последнему году.", "km", 11),
        _TOTAL,
        _out("per_km", "number", "Cost per km", "Затраты на км", "Nominal cost over the km renewed in the plan.",
             "Номинальные затраты на обновлённый по плану км.", f"{MILLION}/km", 11),
        _wear("wear_now", "Wear now", "Износ сейчас", "On 1 January of the first planned year.",
              "На 1 января первого планируемого года."),
        _wear("wear_plan", "Wear at the end, with the plan", "Износ в конце с планом",
              "On 31 December of the last year.", "На 31 декабря последнего года."),
        _wear("wear_idle", "Wear at the end, nothing done", "Износ в конце без работ",
              "If nothing more were done.", "Если больше ничего не делать."),
    ),
)
