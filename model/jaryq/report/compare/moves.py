"""What a scenario does differently with one project: added, dropped, earlier, later, other km, paid by others."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from jaryq.base.counted import counted
from jaryq.base.text import Text
from jaryq.case.case import Period
from jaryq.report.amounts import Amounts
from jaryq.report.projects import NOTHING, PERCENT, planned
from jaryq.report.words import NOT_IN, joined, name_of, number, same

KM_SHOWN = 0.05
"""Less than this (km) is not seen in a table with one decimal, and does not count as a move."""
SHARE_MOVED = 0.10
"""By more than this a source's share of a project must change to count as other payers."""
MAIN = 1
"""Sources named on each side; the plans say all of them."""

AS_BASE = Text("as base", "как в базовом")
ABSENT = Text("not among the projects", "нет в списке")
KINDS_OF_MOVE: Mapping[str, Text] = {
    "added": Text("added", "добавлено"), "dropped": Text("dropped", "исключено"), "earlier": Text("earlier", "раньше"),
    "later": Text("later", "позже"),
    "more": Text("more km", "больше км"), "less": Text("fewer km", "меньше км"),
    "moved": Text("km moved between years", "км перенесены по годам"),
    "paid": Text("paid by others", "другие плательщики"), "other": Text("changed otherwise", "изменено иначе"),
}
"""Kinds of moves, in the order in which they are counted."""


@dataclass(frozen=True)
class State:
    """What a plan does with a project. ``begin``: the period of its start; ``first``, ``last``: start and finish in
    years (2027.25: the second quarter); ``km`` by year."""

    status: Literal["absent", "done", "out", "in"]
    span: str = ""
    first: float = 0.0
    last: float = 0.0
    share: float = 1.0
    km: Mapping[int, float] | None = None
    paid: Mapping[str, float] = field(default_factory=dict)
    names: Mapping[str, Text] = field(default_factory=dict)
    begin: str = ""

    @property
    def length(self) -> float:
        """Km renewed by the plan."""
        return math.fsum((self.km or {}).values())


@dataclass(frozen=True)
class Move:
    """The difference of a project from the base: its kinds (none: as base), and in words."""

    kinds: tuple[str, ...]
    text: Text


def state(found: Amounts, key: str, paid: Mapping[str, list[tuple[float, str]]]) -> State:
    """The state of a project in a plan; ``paid`` are the shares of its sources (``report.projects.payers``)."""
    case = found.case
    if key not in case.facilities and key not in case.packages:
        return State("absent")
    if key in case.facilities and case.facilities[key].done is not None:
        return State("done", str(case.facilities[key].done))
    if not planned(found, key):
        return State("out")
    shares = {source: share for share, source in paid.get(key, [])}
    names = {source: brief(name_of(case.sources[source])) for source in shares}
    if key in case.packages:
        return State("in", km={y: km for y in found.years if (km := found.km.get((key, y), 0.0)) > NOTHING},
                     paid=shares, names=names)
    begun = [start for start in found.factors.works.starts[key] if found.plan.start.get((key, start.period.label), 0.0)
             > NOTHING]
    first, last = begun[0].period, begun[-1].finish
    span = first.label if first.label == last.label else f"{first.label}–{last.label}"
    return State("in", span, _time(found, first), _time(found, last), found.share[key], None, shares, names,
                 first.label)


def brief(name: Text) -> Text:
    """A source's name without what stands in brackets or after a comma: it shares a cell with others."""
    english, russian = (re.sub(r"\s*\([^)]*\)", "", text).partition(",")[0].strip() or text
                        for text in (name.en, name.ru))
    return same(english) if english == russian else Text(english, russian)


def _time(found: Amounts, period: Period) -> float:
    """The beginning of a period in years."""
    settings = found.case.settings
    k = settings.periods_per_year
    return period.year + (period.position - (period.year - settings.plan_from) * k) / k


def said(one: State) -> Text:
    """A state in words: when a facility is built, how many km of a package are renewed in which years."""
    if one.status == "absent":
        return ABSENT
    if one.status == "done":
        return Text(f"done {one.span}", f"выполнен в {one.span}")
    if one.status == "out":
        return NOT_IN
    if one.km is None:
        part = "" if one.share > 1 - 1e-6 else f" ({100 * one.share:.0f}{PERCENT})"
        return Text(one.span + part, one.span + part)
    total = km(one.length)
    years = [y for y, v in one.km.items() if v >= KM_SHOWN]
    if len(years) == 1:
        return Text(f"{total.en} km in {years[0]}", f"{total.ru} км в {years[0]}")
    parts = [(y, km(one.km[y])) for y in years]
    return Text(f"{total.en} km: " + ", ".join(f"{y} {v.en}" for y, v in parts),
                f"{total.ru} км: " + "; ".join(f"{y} {v.ru}" for y, v in parts))


def km(value: float, sign: bool = False) -> Text:
    """Km in a sentence, with one decimal below a hundred."""
    body = number(abs(value), 0 if abs(value) >= 99.95 or float(value).is_integer() else 1)
    mark = ("+" if value > 0 else "-") if sign else ""
    return Text(mark + body.en, mark + body.ru)


def move(base: State, here: State) -> Move:
    """The difference of a scenario's state from the base's."""
    if here.status != "in" or base.status != "in":
        return _presence(base, here)
    kinds, parts = _lengths(base, here) if here.km is not None and base.km is not None else _times(base, here)
    others = payers_moved(base, here)
    if others is not None:
        kinds, parts = [*kinds, "paid"], [*parts, others]
    text = joined(parts)
    return Move(tuple(kinds), text) if text is not None else Move((), AS_BASE)


def _presence(base: State, here: State) -> Move:
    """One of the two does nothing on the project, or has it done before."""
    if here.status == "in":
        now = said(here)
        return Move(("added",), Text(f"added {now.en}", f"добавлен: {now.ru}"))
    if base.status == "in" and here.status in ("out", "absent"):
        less = km(-base.length, sign=True)
        more = (f" ({less.en} km)", f" ({less.ru} км)") if base.km is not None else ("", "")
        return Move(("dropped",), Text(f"dropped{more[0]}", f"исключён{more[1]}"))
    if (here.status, here.span) == (base.status, base.span) or {here.status, base.status} == {"out", "absent"}:
        return Move((), AS_BASE)
    return Move(("other",), said(here))


def _times(base: State, here: State) -> tuple[list[str], list[Text]]:
    """Earlier or later by its start, else by its finish; a divisible facility also by its share."""
    kinds, parts = [], []
    shift = here.first - base.first or here.last - base.last
    if shift:
        by = years(abs(shift))
        end_only = here.first == base.first
        word = ("earlier", "раньше") if shift < 0 else ("later", "позже")
        what = ("finished ", "окончание ") if end_only else ("", "")
        kinds.append(word[0])
        parts.append(Text(f"{what[0]}{word[0]} by {by.en} ({here.span})",
                          f"{what[1]}{word[1]} на {by.ru} ({here.span})"))
    if abs(here.share - base.share) > 0.005:
        kinds.append("other")
        now, then = f"{100 * here.share:.0f}{PERCENT}", f"{100 * base.share:.0f}{PERCENT}"
        parts.append(Text(f"share {then} → {now}", f"доля {then} → {now}"))
    return kinds, parts


def _lengths(base: State, here: State) -> tuple[list[str], list[Text]]:
    """More or fewer km in all, or the same km in other years."""
    then, now = base.km or {}, here.km or {}
    change = here.length - base.length
    if abs(change) >= KM_SHOWN:
        shown = km(change, sign=True)
        return ["more" if change > 0 else "less"], [Text(f"{shown.en} km", f"{shown.ru} км")]
    by_year = {y: now.get(y, 0.0) - then.get(y, 0.0) for y in sorted({*then, *now})}
    if math.fsum(abs(v) for v in by_year.values()) / 2 < KM_SHOWN:
        return [], []
    steps = [(y, km(v, sign=True)) for y, v in by_year.items() if abs(v) >= KM_SHOWN]
    return ["moved"], [Text("km moved: " + ", ".join(f"{y} {v.en}" for y, v in steps),
                            "км перенесены: " + "; ".join(f"{y} {v.ru}" for y, v in steps))]


def payers_moved(base: State, here: State) -> Text | None:
    """``paid by: JICA 60 % → budget 60 %``: the sources that lose and those that gain more than a tenth of the
    project."""
    change = {s: here.paid.get(s, 0.0) - base.paid.get(s, 0.0) for s in {*base.paid, *here.paid}}
    if all(abs(v) <= SHARE_MOVED + 1e-9 for v in change.values()):
        return None
    lost, won = _main(base, {s: -v for s, v in change.items()}), _main(here, change)
    return Text(f"paid by: {lost.en} → {won.en}", f"платят: {lost.ru} → {won.ru}")


def _main(one: State, change: Mapping[str, float]) -> Text:
    """Sources of a state that the other has less of, those that differ most first, with their shares in this state."""
    order = sorted((s for s, v in change.items() if v > NOTHING and s in one.paid),
                   key=lambda s: (-change[s], s))[:MAIN]
    parts = [Text(f"{one.names[s].en} {100 * one.paid[s]:.0f}{PERCENT}",
                  f"{one.names[s].ru} {100 * one.paid[s]:.0f}{PERCENT}") for s in order]
    return joined(parts, " + ") or Text("nobody", "никто")


def years(amount: float) -> Text:
    """``2 years`` or, where they are not whole, ``3 quarters``."""
    if abs(amount - round(amount)) < 1e-9:
        count, forms, russian = round(amount), ("year", "years"), ("год", "года", "лет")
    else:
        count, forms, russian = round(4 * amount), ("quarter", "quarters"), ("квартал", "квартала", "кварталов")
    return counted(count, forms, russian)
