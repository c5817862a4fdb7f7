"""Number formats that show another number than the cell holds: percent, leading zeros, thousands left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_PADDED = re.compile(r"0{2,}")
_SCALED = re.compile(r"[0#?](,+)(?![0#?,])")
UNSEEN = 0
"""In place of thousands left out: nothing of a number above zero is seen (``;;;``)."""


@dataclass(frozen=True)
class Formats:
    """Indices of cell formats: those that show percent; digits of those that show leading zeros; thousands that others
    leave out (or ``UNSEEN``); those that strike out."""

    percent: frozenset[str]
    padded: Mapping[str, int]
    scaled: Mapping[str, int]
    struck: frozenset[str] = frozenset()


def formats_of(codes: Sequence[str], struck: Iterable[int] = ()) -> Formats:
    """Formats by their codes (of a cell's positive numbers), in the order of their indices: ``0.0%``, ``000``,
    ``0.0,,``. ``struck``: indices of those that strike out."""
    bare = {str(i): _QUOTED.sub("", code).partition(";")[0].strip() for i, code in enumerate(codes)}
    return Formats(
        frozenset(i for i, code in bare.items() if "%" in code),
        {i: len(code) for i, code in bare.items() if _PADDED.fullmatch(code)},
        {i: len(found[1]) for i, code in bare.items() if (found := _SCALED.search(code))}
        | {i: UNSEEN for i, code in bare.items() if not code and _shows_nothing(codes[int(i)])},
        frozenset(map(str, struck)),
    )


def _shows_nothing(code: str) -> bool:
    """Whether a format without a place for digits hides numbers; a colour or condition alone is none of its own."""
    first = code.partition(";")[0]
    return "[" not in first and (";" in code or '"' in first)
