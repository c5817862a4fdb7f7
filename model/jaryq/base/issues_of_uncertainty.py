"""Kinds of issues of uncertain inputs. Code, severity, rule, remedy."""

from __future__ import annotations

from jaryq.base.severity import Severity
from jaryq.base.text import Text

UNCERTAIN: tuple[tuple[str, Severity, Text, Text], ...] = (
    ("parameter_missing", "stop",
     Text("the distribution {distribution} needs {needed}", "распределению {distribution} нужны {needed}"),
     Text("Fill in the cell, or choose another distribution.", "Заполните ячейку или выберите другое распределение.")),
    ("probabilities_sum", "stop",
     Text("probabilities must sum to 1, these sum to {total}", "сумма вероятностей должна быть 1, здесь {total}"),
     Text("Correct the probabilities.", "Исправьте вероятности.")),
    ("scenario_weights", "surprise",
     Text("{detail}; the commands stages and regret refuse them",
          "{detail}; команды stages и regret их не примут"),
     Text("State the probabilities in percent (50, not 0.5) so that those of at least two scenarios sum to 100, or "
          "none.",
          "Укажите вероятности в процентах (50, а не 0,5) так, чтобы у двух и более сценариев сумма была 100, или не "
          "указывайте вовсе.")),
    ("correlation_unfit", "stop",
     Text("{detail}", "{detail}"),
     Text("Correct the correlation or the group.", "Исправьте корреляцию или группу.")),
    ("uncertain_unfit", "stop",
     Text("{detail}", "{detail}"),
     Text("Correct the row.", "Исправьте строку.")),
    ("draw_impossible", "stop",
     Text("a draw at this end breaks a rule: {detail}", "розыгрыш на этом конце нарушает правило: {detail}"),
     Text("Narrow the range so that every draw can be planned with.",
          "Сузьте диапазон так, чтобы с любым значением можно было планировать.")),
    ("uncertain_certain", "surprise",
     Text("nothing is uncertain here: {detail}", "здесь всё известно: {detail}"),
     Text("Widen the range, or delete the row.", "Расширьте диапазон или удалите строку.")),
    ("uncertain_unsourced", "surprise",
     Text("nobody can tell where this range comes from: column source is blank",
          "неизвестно, откуда взят этот диапазон: столбец source пуст"),
     Text("Name the document or the address, or how the range was judged.",
          "Укажите документ, адрес или способ оценки диапазона.")),
)
