"""Kinds of issues of quantities. Code, severity, rule, remedy."""

from __future__ import annotations

from jaryq.base.severity import Severity
from jaryq.base.text import Text

QUANTITIES: tuple[tuple[str, Severity, Text, Text], ...] = (
    ("quantity_unfit", "stop",
     Text("{detail}", "{detail}"),
     Text("Correct the row.", "Исправьте строку.")),
    ("counted_twice", "surprise",
     Text("{first} and {second} may value the same thing: {what}",
          "{first} и {second}, возможно, оценивают одно и то же: {what}"),
     Text("Take the value out of one of them; nothing to do if they are different things.",
          "Уберите цену у одного из двух; если это разное, ничего делать не нужно.")),
    ("valued_once", "note",
     Text("not valued here: {what} is valued by {where}{more}",
          "здесь не оценивается: {what} оценивается в {where}{more}"),
     Text("Nothing to do.", "Ничего делать не нужно.")),
    ("savings_follow_cost", "surprise",
     Text("savings are {share} % of the cost in {count} rows of this kind: the dearer, the better",
          "экономия равна {share} % стоимости в {count} строках этого вида: чем дороже, тем выгоднее"),
     Text("Enter savings that follow from the works, or quantities with a value.",
          "Введите экономию, следующую из работ, или величины с ценой.")),
)
