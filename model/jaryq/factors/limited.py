"""Factors that follow from the limits of a case: capacity of works, what is left of envelopes, fees on what was
signed."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from jaryq.case.case import Case
from jaryq.factors.loans import amount_signed, cost_of_signed, new_loan
from jaryq.factors.prices import Prices
from jaryq.factors.schedule import capacity_in


def rooms(case: Case) -> dict[str, Any]:
    """Capacity of each resource row by period, and how far it can move: crew-years."""
    rows = {crew.id: crew for crew in case.crews}
    room = {(w, p.label): capacity_in(case, crew, p) for w, crew in sorted(rows.items())
            for p in case.periods if p.year in crew.capacity}
    lent = {key: most for key, there in room.items() if rows[key[0]].region is not None
            and (most := rows[key[0]].lend_share * there) > 0}
    pool: dict[tuple[str, str], float] = {}
    for (w, t), most in lent.items():
        pool[rows[w].crew, t] = pool.get((rows[w].crew, t), 0.0) + most
    return {
        "crew_room": room, "crew_lent": lent,
        "crew_extra": {key: most for key, there in room.items() if (most := rows[key[0]].extra_share * there) > 0},
        "crew_borrowed": {
            key: most for key in room
            if rows[key[0]].region is not None
            and (most := pool.get((rows[key[0]].crew, key[1]), 0.0) - lent.get(key, 0.0)) > 0
        },
    }


def signed_fees(case: Case, prices: Prices) -> dict[str, float]:
    """Present value of the fees of loans signed before the first planned year."""
    return {
        s: cost_of_signed(source, prices) * amount_signed(source) for s, source in case.sources.items()
        if source.open and source.kind == "loan" and not new_loan(source, case.settings.plan_from)
        and source.commitment_fee > 0
    }


def payers(draw_most: Iterable[tuple[str, str, int]], case: Case) -> dict[str, tuple[str, ...]]:
    """Projects that each source may pay for."""
    found: dict[str, set[str]] = {s: set() for s in case.sources}
    for s, p, _ in draw_most:
        found[s].add(p)
    return {s: tuple(sorted(keys)) for s, keys in found.items()}


def before(case: Case, prices: Prices) -> dict[str, Any]:
    """Factors of money spent before the planned years."""
    used: dict[str, list[float]] = {}
    whole: dict[str, float] = {}
    paid: dict[tuple[str, str], float] = {}
    for row in case.paid:
        begun = row.project in case.facilities and case.facilities[row.project].started is not None
        if begun:
            whole[row.project] = whole.get(row.project, 0.0) + row.amount
        if row.source:
            used.setdefault(row.source, []).append(row.amount / prices.exchange(case.sources[row.source].currency,
                                                                                row.year))
            if begun:
                paid[row.source, row.project] = paid.get((row.source, row.project), 0.0) + row.amount
    left = {s: max(source.envelope - math.fsum(used.get(s, [])), 0.0) for s,
            source in case.sources.items() if source.envelope is not None}
    return {"envelope": left, "whole": whole, "paid": paid}
