"""What is done more of along a curve, in a line: facilities by name with the part in percent, networks by kind."""

from __future__ import annotations

from jaryq.api.curve import Shares
from jaryq.base.text import Lang, Text
from jaryq.case.case import Case
from jaryq.report.words import name_of, number, told

KM = Text("{kind} {km} km", "{kind} {km} км")
MORE = Text("+{count} more", "ещё {count}")
PART, LEAST_KM = 0.005, 0.05
"""Smaller parts of a facility, and km of a kind, are not named."""
NAMED = 6
"""So many projects are named in a line; the others are counted."""


def names(case: Case, more: Shares, lang: Lang) -> str:
    """Facilities of which more is done, the most first, and km of each kind of network that has more in all."""
    facilities = sorted((p for p in more if p in case.facilities and more[p] > PART), key=lambda p: (-more[p], p))
    parts = {p: f" ({_percent(more[p]).say(lang)} %)" if more[p] < 1 - PART else "" for p in facilities[:NAMED]}
    shown = [name_of(case.facilities[p]).say(lang) + part for p, part in parts.items()]
    if len(facilities) > NAMED:
        shown.append(MORE.say(lang, count=len(facilities) - NAMED))
    by_kind: dict[str, float] = {}
    for p, km in more.items():
        if p in case.packages:
            kind = case.packages[p].asset_type or ""
            by_kind[kind] = by_kind.get(kind, 0.0) + km
    shown += [KM.say(lang, kind=name_of(case.asset_types[kind]).say(lang), km=told(km).say(lang))
              for kind, km in sorted(by_kind.items()) if km > LEAST_KM]
    return "; ".join(shown)


def _percent(share: float) -> Text:
    """A part of a facility in whole percent; what is less than all of it is never told as all."""
    return number(min(99.0, max(1.0, round(100 * share))))
