"""That the solver stopped without a plan, and why, in words."""

from __future__ import annotations

from collections.abc import Mapping

from jaryq.base.errors import Stopped
from jaryq.base.text import Text
from jaryq.solve.highs import Outcome, Stop

STOPPED = Text("the solver stopped without a plan: {why}", "решатель остановился без плана: {why}")
NOT_FOUND = Text("no plan of whole facilities was found: {why}", "план из целых объектов не найден: {why}")

WHY: Mapping[Stop, Text] = {
    "infeasible": Text("it finds none that keeps all limits",
                       "он не находит такого, который соблюдает все ограничения"),
    "limit": Text("a limit on its steps was reached", "исчерпан предел числа его шагов"),
    "time": Text("the limit of time was reached", "исчерпан предел времени"),
    "enough": Text("the limit of its effort was reached", "исчерпано отведённое ему усилие"),
    "optimal": Text("its answer misses limits by more than it may be off", "его ответ нарушает ограничения больше, чем "
                    "допускает его точность"),
    "other": Text("rounding keeps it from an answer", "ошибки округления не дают ему найти ответ"),
}
"""Why, by how it stopped."""


def stopped(outcome: Outcome, what: Text = STOPPED) -> Stopped:
    """What ends the run of which this is the answer."""
    return Stopped(what.fill(why=WHY[outcome.stop]))
