"""Sheet of a plan workbook on choices: what was chosen of groups of facilities and of loans, and whom lenders pay."""

from __future__ import annotations

from jaryq.base.text import Text
from jaryq.sheets.out import named, out
from jaryq.sheets.spec import Sheet

CHOICES_OUT = Sheet(
    "choices", Text("Groups and what was chosen", "Группы и выбор"),
    Text("Groups of choice with their members, products of a group of sources of which only some are signed, and whom "
         "a lender with a ticket or a number of projects pays. One row a member.",
         "Группы выбора с участниками, продукты группы источников, из которых подписывают лишь часть, и кому платит "
         "кредитор с наименьшей суммой или числом проектов. Одна строка на участника."),
    key=("of", "group", "member"),
    columns=(
        out("of", "text", "Of", "Чего", "Group of choice, group of sources, or lender.",
            "Группа выбора, группа источников или кредитор.", width=18),
        out("group", "text", "Group", "Группа", "Key of the group or of the lender.", "Ключ группы или кредитора.",
            width=16),
        named("Name", "Название"),
        out("asked", "text", "Asked", "Требуется", "What the group or the lender asks.",
            "Чего требует группа или кредитор.", width=26),
        out("chosen", "number", "Chosen", "Выбрано",
            "Facilities done, products signed or drawn, projects and lots paid.",
            "Выполнено объектов, подписано или выбирается продуктов, оплачено проектов и лотов.", width=10),
        out("member", "text", "Member", "Участник", "Key of the facility, source, project or lot.",
            "Ключ объекта, источника, проекта или лота.", width=16),
        out("member_name", "text", "Name of the member", "Название участника", "Name.", "Название.", width=34),
        out("taken", "text", "Taken", "Взят", "Done, signed or paid.", "Выполняется, подписан или оплачен.", width=20),
        out("amount", "number", "Amount", "Сумма",
            "Of a source and a payee: drawn in the planned years.",
            "Источника и получателя: выбрано за плановые годы.", width=12),
        out("unit", "text", "Unit", "Единица", "Bn of the currency.", "Млрд в валюте.", width=10),
    ),
)
