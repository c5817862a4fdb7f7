"""Limits that bind, in words: what a step of one gains or loses."""

from __future__ import annotations

from collections.abc import Mapping

from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.handover.said import as_text
from jaryq.report.limits import PRIORITY_OF, TIME, binding, limit_name, loosened
from jaryq.report.points import fewer, more
from jaryq.report.question_limits import MATTERS
from jaryq.report.report import Report
from jaryq.report.shapes import Value, as_number
from jaryq.report.words import SMALL, UNIT_WORDS, amount_of, stage_name

NO_GAIN = 1e-6
"""A limit that gains less does not bind."""


def said(row: Mapping[str, Value], way: str) -> Text:
    """What a step looser gains, or a step tighter loses (``way``), in what it moves first."""
    value, moves = row.get(way), row.get("moves")
    if isinstance(value, Text):
        return value
    better = as_number(value) if way == "gain" else -as_number(value)
    priority = PRIORITY_OF.get(moves)
    if priority is not None and abs(better) > NO_GAIN:
        by = fewer(better) if better > 0 else more(-better)
        how = ("less", "меньше") if better > 0 else ("more", "больше")
        return Text(f"{how[0]} is missed of the aims of priority {priority}, {by.en}",
                    f"цели приоритета {priority} недовыполнены {how[1]}, {by.ru}")
    if priority is not None or abs(better) < SMALL:
        return Text("nothing", "ничего")
    by = amount_of(abs(better), UNIT_WORDS["years" if moves == TIME else BILLION])
    return Text(f"{by.en} {'better' if better > 0 else 'worse'}", f"{'лучше' if better > 0 else 'хуже'} на {by.ru}")


def tight(case: Case, report: Report) -> list[Text]:
    """The limit that gains most when it is loosened by a step, among those that people can loosen, and how much."""
    first = tightest(report)
    if first is None:
        return []
    name, by, gains = limit_name(first), step(first), said(first, "gain")
    priority = PRIORITY_OF.get(first.get("moves"))
    values = {row.get("stage"): row.get("value") for row in report.tables["stages"].rows} \
        if "stages" in report.tables else {}
    of = None if priority is None else values.get(stage_name(f"priority_{priority}", ""))
    if of is not None and as_number(first.get("gain")) < MATTERS * as_number(of):
        return [Text(f"No single limit that people can loosen matters much for priority {priority}. Even with that "
                     f"which gains most, “{name.en}” loosened by {by.en}, {gains.en}.",
                     f"Для приоритета {priority} ни одно из ограничений, которые можно ослабить, само по себе многого "
                     f"не меняет. Даже у самого выгодного, «{name.ru}», при ослаблении на {by.ru}: {gains.ru}.")]
    return [Text(f"Of the limits that people can loosen the one that gains most is “{name.en}”: "
                 f"loosened by {by.en}, {gains.en}.",
                 f"Из ограничений, которые можно ослабить, больше всего даёт «{name.ru}»: при ослаблении на "
                 f"{by.ru} {gains.ru}.")]


def tightest(report: Report) -> Mapping[str, Value] | None:
    """The row of ``limits`` that takes most off the first shortfall that any row moves, or adds most to the objective,
    among those that people can loosen; None where none gains."""
    mends = [row for row in loosened(binding(report.tables)) if as_number(row.get("gain")) > NO_GAIN]
    return mends[0] if mends else None


def step(row: Mapping[str, Value]) -> Text:
    """``20 km``: the step in the limit's own unit."""
    size, unit = as_number(row.get("step")), row.get("unit")
    return amount_of(size, as_text(unit)) if unit else amount_of(size, Text("units", "единиц"))
