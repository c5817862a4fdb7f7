"""Why a word of a solver's answer does not hold, in sentences."""

from __future__ import annotations

from jaryq.base.text import Text
from jaryq.validate.examine import Word

WORDS: dict[Word, Text] = {
    "value": Text("value", "значение"), "dual": Text("multipliers", "множители"), "primal": Text("point", "точка"),
    "infeasible": Text('"infeasible"', "«плана нет»"), "optimal": Text('"optimal"', "«оптимально»"),
    "bound": Text("bound", "оценка"),
    "status": Text("status", "состояние"), "basis": Text("basis", "базис"),
}
WHY: dict[tuple[Word, str], Text] = {
    ("value", "not the cost of its point"): Text("it says {said:.12g}, its point costs {found:.12g}",
                                                 "названо {said:.12g}, точка стоит {found:.12g}"),
    ("value", "not the value of the stage"): Text("{said:.12g}, the solvers prove {found:.12g}",
                                                  "{said:.12g}, решатели доказывают {found:.12g}"),
    ("dual", "shape"): Text("{said:.0f} multipliers for {found:.0f} rows, or not all are numbers",
                            "множителей {said:.0f} на {found:.0f} строк, или не все они числа"),
    ("dual", "sign"): Text("a multiplier of {said:.6g} on a side without a limit",
                           "множитель {said:.6g} на стороне без предела"),
    ("dual", "no proof"): Text("its multipliers prove {found:.12g}, its point costs {said:.12g}",
                               "множители доказывают {found:.12g}, точка стоит {said:.12g}"),
    ("primal", "shape"): Text("{said:.0f} values for {found:.0f} columns, or not all are numbers",
                              "значений {said:.0f} на {found:.0f} столбцов, или не все они числа"),
    ("primal", "violated"): Text("a row or bound is violated by {found:.3g} of its size",
                                 "строка или граница нарушена на {found:.3g} своей величины"),
    ("primal", "not whole"): Text("a whole decision is {found:.3g} from a whole number",
                                  "целое решение отстоит от целого числа на {found:.3g}"),
    ("primal", "choices"): Text("no plan has its choices (it says {said:.12g})",
                                "нет плана с таким выбором (названо {said:.12g})"),
    ("primal", "beats the proof"): Text("its point costs {said:.12g}; {found:.12g} is proved for every plan",
                                        "точка стоит {said:.12g}, меньше {found:.12g}, что доказано для всех планов"),
    ("infeasible", "a plan exists"): Text("a plan worth {found:.12g} is known",
                                          "известен план стоимостью {found:.12g}"),
    ("infeasible", "unproven"): Text("no exact proof of it exists", "точного доказательства этому нет"),
    ("optimal", "a better plan exists"): Text("it stops at {said:.12g}, a plan worth {found:.12g} is known",
                                              "остановлен на {said:.12g}, известен план в {found:.12g}"),
    ("bound", "a plan beats it"): Text("it says that nothing is below {said:.12g}; a plan is worth {found:.12g}",
                                       "сказано, что меньше {said:.12g} нет; есть план в {found:.12g}"),
    ("bound", "further than its gap"): Text("{said:.12g} is further from its value {found:.12g} than the gap allows",
                                           "{said:.12g} дальше от значения {found:.12g}, чем позволяет разрыв"),
    ("status", "unbounded"): Text('"unbounded", but every column is bounded',
                                  "«не ограничено», но каждый столбец ограничен"),
    ("status", "optimal without a point"): Text('"optimal" without a point', "«оптимально» без точки"),
    ("status", "infeasible with a point"): Text('"infeasible" with a point', "«плана нет» с точкой"),
    ("status", "early"): Text("stopped by the limit after {said:.1f} of {found:.0f} s",
                              "остановлен пределом через {said:.1f} из {found:.0f} с"),
    ("basis", "size"): Text("not one status for each column and row", "состояний не столько, сколько столбцов и строк"),
    ("basis", "count"): Text("not as many basic parts as rows", "базисных частей не столько, сколько строк"),
    ("basis", "no such side"): Text("a part stands at a side without a limit", "часть стоит на стороне без предела"),
    ("basis", "singular"): Text("its columns depend on each other", "столбцы базиса зависимы"),
    ("basis", "another point"): Text("it stands for {found:.12g} where the answer says {said:.12g}",
                                     "по базису {found:.12g}, в ответе {said:.12g}"),
}
