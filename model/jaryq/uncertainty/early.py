"""Which decisions are made before it is known what comes true (docs/numbers.md: Deciding before knowing)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from jaryq.solve.lp import Name

PERIODS = ("start", "renew", "joint", "extra", "lent", "borrowed")
"""Families that are decided in the period which ends their index."""

YEARS = ("draw", "line")
"""Families that are decided in the year which ends their index."""

SIGNATURES = ("signed", "taken", "part", "payee")
"""Families that are decided when the source, which begins their index, is signed."""

MONEY = (*YEARS, *SIGNATURES)
"""Families that give way in a future that does not allow them: what does not come is missing money."""


def money(name: Name) -> bool:
    """Whether a decision is one on money."""
    return name[0] in MONEY


def early(before: int, year_of: Mapping[str, int], signed_in: Mapping[str, int], *,
          amounts: bool = True) -> Callable[[Name], bool]:
    """Whether a decision is made before 1 January of the year ``before``: starts, km and crews by their period
    (``year_of``), draws by their year, signatures by the signing year of the source (``signed_in``). ``amounts``:
    whether draws are; without, works and signatures alone.

    What follows from decisions (shortfalls, deficits, flows, money left over) is none.
    """

    def holds(name: Name) -> bool:
        family, index = name
        if family in PERIODS:
            return year_of[str(index[-1])] < before
        if family in YEARS:
            return amounts and int(index[-1]) < before
        return family in SIGNATURES and signed_in[str(index[0])] < before

    return holds
