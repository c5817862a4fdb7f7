"""Whether one word may be another one mistyped: few letters differ for their length, or one is short for the other."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

LEAST_START = 4
"""Letters of a word that may stand for a longer one that begins so."""

START = 0.6
"""Share of the longer word that the shorter one has to hold."""

MOST_TRIED = 6
_APART = re.compile(r"[\s_\-/.,;:()]+")


def nearest_word(found: str, known: Iterable[str]) -> str:
    """The known word that ``found`` most likely is, as it stands or with its parts in another order, or nothing; all in
    one case of letters."""
    tried = difflib.get_close_matches(found, known, n=MOST_TRIED, cutoff=0.6)
    if word := next((word for word in tried if may_be(found, word)), ""):
        return word
    in_order = {_sorted(word): word for word in known} if _APART.search(found) else {}
    tried = difflib.get_close_matches(_sorted(found), in_order, n=1, cutoff=0.8)
    return next((in_order[word] for word in tried if distance(_sorted(found), word, 1) <= 1), "")


def may_be(found: str, word: str) -> bool:
    """Whether ``found`` may be ``word`` mistyped: one letter in four differs (one in words of up to seven letters;
    those of up to four begin alike), or one of the two is short for the other.

    Years and other numbers stand for themselves: a digit more or less is another one.
    """
    if found.isdigit() and word.isdigit():
        return False
    short, long = sorted((found.rstrip("."), word), key=len)
    if len(short) >= LEAST_START and len(short) >= START * len(long) and long.startswith(short):
        return True
    allowed = max(1, min(len(found), len(word)) // 4)
    if min(len(found), len(word)) <= LEAST_START and found[:1] != word[:1]:
        return False
    if word.isdigit():
        return False
    return distance(found, word, allowed) <= allowed


def distance(one: str, other: str, most: int) -> int:
    """Letters to put in, take out, change or swap with their neighbour to make one word the other; ``most + 1`` where
    it is more than ``most`` (optimal string alignment)."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        last, before, row = before, row, [i]
        for j, theirs in enumerate(other, start=1):
            least = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != theirs))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == theirs:
                least = min(least, last[j - 2] + 1)
            row.append(least)
        if min(row) > most:
            return most + 1
    return row[-1]


def _sorted(text: str) -> str:
    """A text with its parts in one order, where it has several."""
    return " ".join(sorted(_APART.split(text)))
