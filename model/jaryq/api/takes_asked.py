"""What is reached of a row of targets against what it asks, in words."""

from __future__ import annotations

from collections.abc import Sequence

from jaryq.base.counted import counted
from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.base.units import UNITS
from jaryq.case.case import Case, Target
from jaryq.case.plan import Plan
from jaryq.case.scope import is_ratio
from jaryq.report.words import UNIT_WORDS, amount_of, joined, name_of, told, unit_of
from jaryq.sheets.measures import PERCENT

AGAINST = Text("{target}: {reached} against at {bound} {asked} asked.",
               "{target}: {reached} при требуемых не {bound} {asked}.")
MISSED = Text("{target} is missed by {short} in all.", "{target}: не хватает всего {short}.")
LEAST, MOST = Text("least", "менее"), Text("most", "более")
ALONE = Text("No limit stands in the way: with all of them lifted no {bound} than {reached} can be reached.",
             "Мешает не ограничение: и без всех ограничений достижимо не {bound} {reached}.")
MORE, LESS = Text("more", "более"), Text("less", "менее")
STILL = Text("No limit stands in the way: with all of them lifted {short} would still lack in all.",
             "Мешает не ограничение: и без всех ограничений не хватило бы всего {short}.")
LACKS = Text("Beside these {count} of capacity at the peak fall short: {named}. Sheet balances has them.",
             "Кроме того, мощности в пик не хватает ({count}): {named}. См. лист balances.")
PLACE = Text("{name} ({unit}) {years}", "{name} ({unit}) {years}")
LACK = 1e-6
"""A deficit up to this share of the peak is none."""


def asked_said(mine: Sequence[Target], short: float) -> Text:
    """What is reached of a row of targets against what it asks."""
    first = mine[0]
    if len(mine) > 1 or first.sense == "=" or is_ratio(first):
        return MISSED.fill(target=name_of(first), short=_of(first, short, genitive=True))
    sign, bound = (1.0, MOST) if first.sense == "<=" else (-1.0, LEAST)
    return AGAINST.fill(target=name_of(first), reached=_of(first, first.value + sign * short), bound=bound,
                        asked=_asked(first))


def alone_said(mine: Sequence[Target], least: float) -> Text:
    """That even with all limits lifted so much is missed."""
    first = mine[0]
    if len(mine) > 1 or first.sense == "=" or is_ratio(first):
        return STILL.fill(short=_of(first, least, genitive=True))
    sign, bound = (1.0, LESS) if first.sense == "<=" else (-1.0, MORE)
    return ALONE.fill(reached=_of(first, first.value + sign * least, genitive=True), bound=bound)


def shown(target: Target, value: float) -> float:
    """A value of a target in the unit in which it is told."""
    return value * 100.0 if target.measure in PERCENT and not is_ratio(target) else value


def _of(target: Target, value: float, *, genitive: bool = False) -> Text:
    unit = UNITS[BILLION].symbol if is_ratio(target) else unit_of(target)
    return amount_of(shown(target, value), unit, genitive=genitive)


def _asked(target: Target) -> Text:
    """What is asked, with the sign of percent alone: the unit stands with what is reached."""
    return _of(target, target.value) if unit_of(target).en == "%" else told(shown(target, target.value))


def lacks_said(case: Case, plan: Plan) -> list[Text]:
    """Balances of capacity that fall short in a plan: they count among the rows missed, and are no rows of targets."""
    years: dict[str, list[int]] = {}
    for balance in case.balances:
        short = [y for y in balance.years if plan.deficit.get((balance.id, y), 0.0) > LACK * max(1.0, balance.peak[y])]
        if short:
            years[balance.id] = short
    named = joined([PLACE.fill(name=balance.name, unit=UNIT_WORDS[balance.unit], years=", ".join(map(str, mine)))
                    for balance in case.balances if (mine := years.get(balance.id))])
    count = counted(sum(map(len, years.values())), ("row", "rows"), ("строка", "строки", "строк"))
    return [] if named is None else [LACKS.fill(count=count, named=named)]
