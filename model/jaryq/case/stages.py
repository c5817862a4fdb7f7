"""Stages of a program by their names."""

from __future__ import annotations

from collections.abc import Iterable

TIE_BREAK = ("earliest", "by_rank", "by_name")
"""Stages that only choose among equally good plans: nothing is proved, priced or shown of them."""


def valued(names: Iterable[str]) -> tuple[str, ...]:
    """The stages that have a value: all but those of the tie-break."""
    return tuple(name for name in names if name not in TIE_BREAK)
