"""What early decisions say of the decision: starts that are the same for every future, those that differ, and what each
future would have decided otherwise if it were known to come."""

from __future__ import annotations

import math
from collections.abc import Sequence

from jaryq.base.counted import FACILITIES, counted, english, russian
from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.handover.said import as_text
from jaryq.handover.shapes import Verdict
from jaryq.handover.uncertain.decided import NOT, SOME, Plan, starts
from jaryq.handover.uncertain.intervals import range_said
from jaryq.handover.uncertain.named import listed
from jaryq.report.shapes import Value
from jaryq.uncertainty.solved import Interval

SMALL_COST = 1e-3
"""bn KZT: less is no cost of not knowing."""

NEAR = 1e-4
"""Early amounts nearer than this part of their size are the same."""

NAMED = 4
"""Facilities that a sentence names of each kind of change."""


def verdict(case: Case, chosen: Plan, own: Sequence[Plan], year: int, price: Sequence[Text | None] = ()) -> Verdict:
    """``chosen``: the decisions of the page; ``own``: those of each future if it were known, ``price`` what it says of
    the chosen ones there."""
    lines = starts(case, [chosen, *own])
    firm = [line.names[0] for line in lines if not line.differs]
    loose = [line.names[0] for line in lines if line.differs]
    robust = (_firm(firm, year),) if lines else (Text(
        f"No facility is started before {year}, whichever of these futures comes.",
        f"До {year} года не начинается ни один объект, какой бы из этих вариантов ни сбылся."),)
    prices = price or [None] * len(own)
    return Verdict(robust, (_loose(loose, year),) if loose else (),
                   tuple(_known(case, chosen, one, year, cost) for one, cost in zip(own, prices, strict=True)))


def not_knowing(costs: Sequence[Interval | None]) -> list[Text | None]:
    """What the decisions of a page cost in each future above those that are best for it, as a sentence."""
    found: list[Text | None] = []
    for one in costs:
        if one is None or math.isinf(one.high):
            found.append(Text("The decisions of this page go on to no plan there.",
                              "Решения этой страницы там ни к какому плану не ведут."))
        elif one.high <= SMALL_COST:
            found.append(None)
        else:
            cost = range_said(one.least(0.0))
            found.append(Text(f"The decisions of this page cost {cost.en} bn KZT more there.",
                              f"Решения этой страницы там дороже на {cost.ru} млрд тенге."))
    return found


def _firm(firm: Sequence[Text], year: int) -> Text:
    count, names = len(firm), listed(firm)
    if not firm:
        return Text(f"No facility starts before {year} at the same time whichever of these futures is decided for.",
                    f"Ни один объект не начинается до {year} года в один и тот же срок для каждого из этих вариантов.")
    return Text(f"Whichever of these futures is decided for, the same {counted(count, *FACILITIES).en} "
                f"{english(count, 'starts', 'start')} before {year}, at the same time: {names.en}.",
                f"Для какого бы из этих вариантов ни решать, до {year} года "
                f"{russian(count, 'начинается', *['начинаются'] * 2)} в одни сроки {counted(count, *FACILITIES).ru}: "
                f"{names.ru}.")


def _loose(loose: Sequence[Text], year: int) -> Text:
    count, names = len(loose), listed(loose)
    return Text(f"Whether or when {english(count, 'it starts', 'they start')} before {year} hangs on the future that "
                f"is decided for ({counted(count, *FACILITIES).en}): {names.en}.",
                f"Начинать ли до {year} года и когда, зависит от варианта, для которого решают "
                f"({counted(count, *FACILITIES).ru}): {names.ru}.")


def _whole_beside(one: Text, other: Text) -> Text:
    """A start that is whole says so beside one that is not: ``2026 (100 %)`` in place of ``2026 (53.3 %)``."""
    return Text(f"{one.en} (100 %)", f"{one.ru} (100 %)") if "%" in other.en and "%" not in one.en else one


def _known(case: Case, chosen: Plan, own: Plan, year: int, price: Text | None) -> Text:
    """``If “Costs up” were known to come: also started before 2028: A; not started: B; at another time: C``."""
    comes, goes, moved = [], [], []
    for line in starts(case, [chosen, own]):
        (before, after), name = line.values, line.names[0]
        if not line.differs:
            continue
        if before is NOT:
            comes.append(_with(name, after))
        elif after is NOT:
            goes.append(name)
        else:
            now, was = _whole_beside(as_text(after), as_text(before)), _whole_beside(as_text(before), as_text(after))
            moved.append(Text(f"{name.en} – {now.en} in place of {was.en}", f"{name.ru} – {now.ru} вместо {was.ru}"))
    found = [(Text(f"also started before {year}", f"до {year} года начать ещё"), comes),
             (Text(f"not started before {year}", f"до {year} года не начинать"), goes),
             (Text("started at another time", "начать в другой срок"), moved)]
    parts = [Text(f"{head.en}: {names.en}", f"{head.ru}: {names.ru}")
             for head, keys in found if keys for names in [listed(keys, NAMED)]]
    if not parts:
        same = _same(chosen, own)
        parts = [Text("nothing would be decided otherwise", "ничего иначе не решать") if same else
                 Text("the same facilities would start at the same time; money, km, signatures or crews would differ "
                      "(tables of the page)", "начинать те же объекты в те же сроки; иначе деньги, км, подписи или "
                      "бригады (таблицы страницы)")]
    beside = ("", "") if price is None else (f" {price.en}", f" {price.ru}")
    return Text(f"If “{own.title.en}” were known to come: {'; '.join(part.en for part in parts)}.{beside[0]}",
                f"Если бы было известно, что сбудется «{own.title.ru}»: {'; '.join(part.ru for part in parts)}."
                f"{beside[1]}")


def _with(name: Text, when: Value) -> Text:
    said = as_text(when)
    return Text(f"{name.en} – {said.en}", f"{name.ru} – {said.ru}")


def _same(one: Plan, other: Plan) -> bool:
    """Whether two plans decide the same early, but for what a solver leaves of nothing."""
    return all(abs(a - b) <= SOME + NEAR * max(abs(a), abs(b))
               for key in {*one.early, *other.early}
               for a, b in [(one.early.get(key, 0.0), other.early.get(key, 0.0))])
