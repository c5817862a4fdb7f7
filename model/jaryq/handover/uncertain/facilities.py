"""Facilities in sentences of the pages on uncertain inputs: the dearest first, by name."""

from __future__ import annotations

from collections.abc import Collection

from jaryq.base.counted import english
from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.handover.uncertain.grouped import bound
from jaryq.handover.uncertain.named import MOST, listed
from jaryq.report.words import name_of


def name(case: Case, key: str) -> Text:
    return name_of(case.facilities[key])


def dearest(case: Case, keys: Collection[str]) -> list[str]:
    """Facilities, the dearest first."""
    return sorted(keys, key=lambda key: (-case.facilities[key].cost, key))


def named(case: Case, keys: Collection[str], most: int = MOST) -> Text:
    """So many of the facilities by name, the dearest first."""
    return listed([name(case, key) for key in dearest(case, keys)], most)


def decided(case: Case, keys: Collection[str]) -> tuple[str, str]:
    """How many of the facilities need no decision any more, and the others by name: the end of a sentence on all, in
    English and Russian."""
    free = [key for key in keys if not any(bound(case.facilities[row]) for row in case.assets[key])]
    settled, names = len(keys) - len(free), named(case, free)
    if not settled:
        return (f": {names.en}", f": {names.ru}") if free else ("", "")
    others = (f", the others are {names.en}", f", остальные: {names.ru}") if free else ("", "")
    return (f"; {settled} of them {english(settled, 'is', 'are')} under way or must be done{others[0]}",
            f"; из них уже начаты или обязательны: {settled}{others[1]}")
