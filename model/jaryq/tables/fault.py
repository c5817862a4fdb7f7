"""Why a value is not what its column wants, and the nearest known word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from jaryq.base.nearness import nearest_word
from jaryq.base.text import Text
from jaryq.sheets.spec import Cell

LONGEST_NEAR = 80


@dataclass(frozen=True)
class Fault:
    """Why a value is not what the column wants (or, for notes and surprises, how it was taken)."""

    code: str
    slots: Mapping[str, object] = field(default_factory=dict)


Typed = tuple[Cell, tuple[Fault, ...]]


def near(found: str, known: Iterable[str] | Mapping[str, str]) -> Text | Literal[""]:
    """ (did you mean "..."?) with the nearest known word (of a mapping: what that word stands for), or nothing."""
    if len(found) > LONGEST_NEAR:
        return ""
    by_fold = {word.casefold(): known[word] if isinstance(known, Mapping) else word for word in known}
    word = nearest_word(found.casefold(), by_fold)
    return offered(by_fold[word]) if word else ""


def offered(word: str) -> Text:
    """ (did you mean "..."?)"""
    return Text(f" (did you mean “{word}”?)", f" (возможно, «{word}»?)")


def hinted(en: str, ru: str, hint: Text | str) -> Text:
    """A reason with the nearest valid name behind it."""
    return Text(en + hint.say("en"), ru + hint.say("ru")) if isinstance(hint, Text) else Text(en, ru)
