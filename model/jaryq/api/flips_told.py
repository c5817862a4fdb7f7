"""Flip points in sentences, from their numbers only."""

from __future__ import annotations

from collections.abc import Iterator

from jaryq.api.dearer import DEARER
from jaryq.api.flips import CUT
from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.explain.flips import Between, Flip
from jaryq.report.limits import in_words, unit_of
from jaryq.report.words import UNIT_WORDS, figure

LESS = Text("What would turn it: its cost less by at least {by} ({part} % of it){most}.",
            "Что изменит выбор: затраты меньше не менее чем на {by} ({part} % от них){most}.")
MORE = Text("What would turn it: its cost more by at least {by} ({part} % of it){most}.",
            "Что изменит выбор: затраты больше не менее чем на {by} ({part} % от них){most}.")
NO_CUT = Text("What would turn it: no cut of its cost alone, as far as {part} %.",
              "Что изменит выбор: одно снижение затрат его не изменит, даже на {part} %.")
NO_RISE = Text("What would turn it: no rise of its cost, as far as {part} %.",
               "Что изменит выбор: рост затрат его не изменит, даже на {part} %.")
LIMIT = Text("What would turn it: of single limits first {name} looser by at least {by} ({part} % of it{cell}){most}.",
             "Что изменит выбор: из отдельных ограничений первым {name}, мягче не менее чем на {by} ({part} % от "
             "величины{cell}){most}.")
ENOUGH = Text("; {by} is enough for a plan as good as this one", "; {by} достаточно для плана не хуже этого")
CELL = Text(", {cell}", ", {cell}")
WHAT = {False: Text("cost less", "затраты меньше"), True: Text("cost more", "затраты больше")}
LOOSER = Text("{name} looser", "мягче {name}")
TRIED = Text("  Solved again, {what} by {low}: {stays}; by {high}: {turns}.",
             "  Решено заново, {what} на {low}: {stays}; на {high}: {turns}.")
NOT_TURNED = Text("  Solved again, {what} by as much as {low}: {stays}.",
                  "  Решено заново, {what} на величину до {low}: {stays}.")
AT_ONCE = Text("  Solved again, {what} by ever so little: {turns}.", "  Решено заново, {what} хоть немного: {turns}.")
SEEN, BARELY = 1e-3, Text("less than 0.001", "менее 0,001")
"""Percent smaller than this are not told in figures."""
OUT, IN = Text("left out", "не выполняется"), Text("done", "выполняется")


def flips_said(case: Case, flips: tuple[Flip, ...]) -> Iterator[Text]:
    """A sentence for each number, and what solving again showed."""
    for one in flips:
        unit = _unit(case, one)
        if one.proved.least > 0.0:
            yield _proved(case, one, unit)
        if one.tried is not None:
            yield _tried(case, one, one.tried, unit)


def _proved(case: Case, one: Flip, unit: Text) -> Text:
    part = figure(100.0 * one.share) if 100.0 * one.share >= SEEN else BARELY
    if one.limit is None and one.share >= (DEARER if one.more else CUT) - 1e-9:
        return (NO_RISE if one.more else NO_CUT).fill(part=part)
    said = {"by": _amount(one.proved.least, unit), "part": part,
            "most": "" if one.proved.most is None else ENOUGH.fill(by=_amount(one.proved.most, unit))}
    if one.limit is None:
        return (MORE if one.more else LESS).fill(**said)
    return LIMIT.fill(name=_name(case, one), cell=CELL.fill(cell=one.limit.origin) if one.limit.origin else "", **said)


def _tried(case: Case, one: Flip, tried: Between, unit: Text) -> Text:
    what = WHAT[one.more] if one.limit is None else LOOSER.fill(name=_name(case, one))
    stays, turns = (IN, OUT) if one.more else (OUT, IN)
    low = _amount(tried.least, unit)
    if tried.most is not None and tried.most <= 1e-3 * one.size:
        return AT_ONCE.fill(what=what, turns=turns)
    if tried.most is None:
        return NOT_TURNED.fill(what=what, low=low, stays=stays)
    return TRIED.fill(what=what, low=low, stays=stays, high=_amount(tried.most, unit), turns=turns)


def _name(case: Case, one: Flip) -> Text:
    limit = one.limit
    return Text("", "") if limit is None else in_words(case, limit.kind, limit.index, limit.name)


def _unit(case: Case, one: Flip) -> Text:
    limit = one.limit
    found = UNIT_WORDS[BILLION] if limit is None else unit_of(case, limit.kind, limit.index, limit.unit)
    return found or Text("", "")


def _amount(value: float, unit: Text) -> Text:
    said = figure(value)
    return Text(f"{said.en} {unit.en}".strip(), f"{said.ru} {unit.ru}".strip())
