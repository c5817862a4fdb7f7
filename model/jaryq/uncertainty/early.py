"""Which decisions are made before it is known what comes true (docs/numbers.md: Deciding before knowing)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from jaryq.solve.lp import Name
from jaryq.solve.unfunded import BEYOND, UNFUNDED, UNSPENT

PERIOD, YEAR, SIGNING, FOLLOWS = "period", "year", "signing", "follows"
"""When a family is decided: in the period or the year that ends its index, when the source that begins its index is
signed, or never: it follows from other decisions."""

BESIDE = dict.fromkeys((UNFUNDED, UNSPENT, BEYOND), FOLLOWS)
"""Families that a future has beside the decisions of the model: what stays unpaid, unspent and beyond limits there."""


@dataclass(frozen=True)
class Money:
    """Whether a decision is one on money, of these families: it gives way in a future that does not allow it; what does
    not come is missing money."""

    families: tuple[str, ...]

    def __call__(self, name: Name) -> bool:
        return name[0] in self.families


def money(turns: Mapping[str, str]) -> Money:
    """Money by ``turns``, when each family is decided."""
    return Money(tuple(sorted(family for family, turn in turns.items() if turn in (YEAR, SIGNING))))


def early(before: int, turns: Mapping[str, str], year_of: Mapping[str, int], signed_in: Mapping[str, int], *,
          amounts: bool = True) -> Callable[[Name], bool]:
    """Whether a decision is made before 1 January of the year ``before``, by when its family is decided (``turns``):
    starts, km and crews by their period (``year_of``), draws by their year, signatures by the signing year of the
    source (``signed_in``). ``amounts``: whether draws are; without, works and signatures alone.

    What follows from decisions (shortfalls, deficits, flows, money left over) is none. The function raises ValueError
    for a family of which nobody says when it is decided.
    """
    known = {**BESIDE, **turns}

    def holds(name: Name) -> bool:
        family, index = name
        if family not in known:
            raise ValueError(f"{family}: it is not declared when it is decided")
        turn = known[family]
        if turn == PERIOD:
            return year_of[str(index[-1])] < before
        if turn == YEAR:
            return amounts and int(index[-1]) < before
        return turn == SIGNING and signed_in[str(index[0])] < before

    return holds
