"""Kinds of issues of balances of capacity, tariffs and borrowers. Code, severity, rule, remedy."""

from __future__ import annotations

from jaryq.base.severity import Severity
from jaryq.base.text import Text

ADEQUACY: tuple[tuple[str, Severity, Text, Text], ...] = (
    ("balance_unfit", "stop",
     Text("{detail}", "{detail}"),
     Text("Correct the row.", "Исправьте строку.")),
    ("tie_unfit", "stop",
     Text("{detail}", "{detail}"),
     Text("Correct the tie.", "Исправьте связь.")),
    ("valued_by_deficit", "note",
     Text("capacity of {count} projects in {area}: valued by the price of its deficit, no more as a quantity",
          "мощность проектов ({count}) в {area}: оценена ценой дефицита, а не как величина"),
     Text("Nothing to do.", "Ничего делать не нужно.")),
    ("added_twice", "surprise",
     Text("{count} projects that add to this priced balance ({projects}) also have {other}, {kind} that is valued",
          "проекты, прибавляющие к этому оценённому балансу ({count}: {projects}), имеют и {other} с ценой: {kind}"),
     Text("Leave the value of {other} blank, or take the price of the balance out; nothing to do if they are "
          "different things.",
          "Оставьте цену {other} пустой или уберите цену баланса; если это разное, ничего делать не нужно.")),
    ("burden_unfit", "stop",
     Text("population, income and household_share are needed for {region}: {missing} is blank",
          "нужны population, income и household_share для {region}: пусто {missing}"),
     Text("Fill it in, or take the region out of the filter.", "Заполните или уберите регион из условия.")),
    ("tariffs_absent", "note",
     Text("loans repaid by consumers pay for projects of {count} regions and sectors without a row on tariffs: nothing "
          "limits or shows what consumers pay",
          "займы за счёт потребителей платят за проекты {count} регионов и отраслей без строки в tariffs: ничто не "
          "ограничивает и не показывает платежи потребителей"),
     Text("Fill in sheet tariffs.", "Заполните лист tariffs.")),
    ("cash_missing", "stop",
     Text("a priority is given but no year has cash", "указан priority, но нет денежного потока"),
     Text("Enter cash_YYYY.", "Введите cash_YYYY.")),
    ("cash_short", "surprise",
     Text("cash of {year} is below cover x other service already: {cash} against {need}",
          "денежный поток {year} уже меньше покрытия прочего долга: {cash} против {need}"),
     Text("Correct the figures; nothing to do if it is right.", "Исправьте; если верно, ничего делать не нужно.")),
)
