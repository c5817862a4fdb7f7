"""Largest shares that hold of the bills so far for random small cases, by a chance of their own."""

from __future__ import annotations

import random
from dataclasses import replace

from jaryq.case.case import Case, Source

SHARES = {"share so far of a facility", "share so far of km", "export credit so far"}


def with_shares(seed: int, case: Case) -> Case:
    """Half of the cases have some: loans and grants for projects, but where all that was signed must be drawn."""
    chance = random.Random(f"shares of {seed}")
    if chance.random() < 0.5:
        return case
    return replace(case, sources={key: _so_far(chance, one) if one.kind in ("loan", "grant") and not one.must_draw
                                  and one.draws_to is None else one for key, one in case.sources.items()})


def _so_far(chance: random.Random, source: Source) -> Source:
    if chance.random() < 0.2:
        return source
    stated = (source.max_share, source.down_payment) != (None, None) and chance.random() < 0.5
    share = source.max_share if stated else chance.choice((0.4, 0.6, 0.8))
    return replace(source, max_share=share, share_holds="so_far")


def used_of_shares(case: Case, draw: dict[tuple[str, str, int], float]) -> set[str]:
    """What sources pay for whose share holds of the bills so far."""
    found = set()
    for s, p in {(s, p) for (s, p, _), amount in draw.items() if amount > 1e-6}:
        source = case.sources[s]
        if source.share_holds == "so_far":
            found.add(f"share so far of {'km' if p in case.packages else 'a facility'}")
            found |= {"export credit so far"} if source.down_payment is not None else set()
    return found
