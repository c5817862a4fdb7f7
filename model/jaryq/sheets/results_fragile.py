"""Sheet of a plan workbook on how much the works can slip."""

from __future__ import annotations

from jaryq.base.text import Text
from jaryq.sheets.out import named, out
from jaryq.sheets.spec import Sheet

FRAGILE_OUT = Sheet(
    "fragile", Text("How much works can slip", "Насколько могут сдвинуться работы"),
    Text("Months of float of each facility in the plan, before its deadline and before the season closes, by its own "
         "dates; those with the least float first.",
         "Запас в месяцах по каждому объекту плана: до срока и до закрытия сезона, по его собственным датам; сначала с "
         "наименьшим запасом."),
    key=("facility", "start"),
    columns=(
        out("facility", "text", "Facility", "Объект", "Key.", "Ключ.", width=11), named("Name", "Название"),
        out("region", "text", "Region", "Регион", "Region.", "Регион.", width=18),
        out("start", "text", "Start", "Начало", "First period; of a started facility when it began.",
            "Первый период; у начатого: когда он начат.", width=9),
        out("finish", "text", "Finish", "Окончание", "Period in which works end.", "Период окончания работ.", width=9),
        out("last_quarter", "text", "In the last quarter", "В последнем квартале",
            "Whether works end in the last quarter of a year (plans in quarters).",
            "Кончаются ли работы в последнем квартале года (планы по кварталам).", width=12),
        out("before_deadline", "number", "Float to the deadline", "Запас до срока",
            "Months by which the start can move to the last start that its dates allow, and works within a period.",
            "На сколько месяцев можно сдвинуть начало до последнего допустимого и работы внутри периода.", "months",
            12),
        out("before_season", "number", "Float before the season", "Запас до сезона",
            "Months left open after the outage; blank: no outage, or none that is bound to a season.",
            "Сколько месяцев после вывода ещё открыто; пусто: вывода нет или он не связан с сезоном.", "months", 12),
        out("slack", "text", "Slack", "Запас", "no: nothing is left before the deadline, or before the season.",
            "нет: до срока или до сезона ничего не остаётся.", width=10),
    ),
)
