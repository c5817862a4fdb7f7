"""Stages of a program by their names."""

from __future__ import annotations

from collections.abc import Iterable

DEFICITS = "deficits"
"""Stage of the deficits that nothing else weighs: they are as small as a plan that is chosen without them lets them
be."""

TIE_BREAK = ("earliest", "by_rank", "by_name")

BESIDE = (DEFICITS, *TIE_BREAK)
"""Stages that only choose among equally good plans: nothing is proved, priced or shown of them."""


def valued(names: Iterable[str]) -> tuple[str, ...]:
    """The stages that have a value: all but those that only choose among equally good plans."""
    return tuple(name for name in names if name not in BESIDE)
