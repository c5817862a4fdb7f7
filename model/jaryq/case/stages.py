"""Stages of a program by their names."""

from __future__ import annotations

from collections.abc import Iterable

DEFICITS = "deficits"
"""Stage of the deficits that nothing else weighs: they are as small as a plan that is chosen without them lets them
be."""

TIE_BREAK = ("earliest", "by_rank", "by_name")

BESIDE = (DEFICITS, *TIE_BREAK)
"""Stages that only choose among equally good plans: nothing is proved, priced or shown of them."""


SPREAD = "spread_"
"""Begins the names of stages that spread a shortfall over its rows."""


def main(names: Iterable[str]) -> tuple[str, ...]:
    """The stages that say how much is missed, and the objective: those with a value but the spread of shortfalls."""
    return tuple(name for name in valued(names) if not name.startswith(SPREAD))


def valued(names: Iterable[str]) -> tuple[str, ...]:
    """The stages that have a value: all but those that only choose among equally good plans."""
    return tuple(name for name in names if name not in BESIDE)
