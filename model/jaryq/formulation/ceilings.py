"""Ceilings and envelopes as limits that a user may move: the rows of funding that each stands in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from jaryq.case.case import Case
from jaryq.case.ramps import with_yardstick
from jaryq.factors.derive import Factors
from jaryq.formulation.declare import Limit


def limits(f: Factors) -> Iterator[Limit]:
    """Ceilings and envelopes of open sources, in bn of their currency; a ceiling moves every row it stands in."""
    for source in (source for source in f.case.sources.values() if source.open):
        s, e0 = source.id, f.money.exchange0[source.id]
        for y in f.bounds.years[s]:
            if y not in source.ceilings:
                continue
            if source.carry_over == "loan":
                moves = {("pace", (s, u)): e0 for u in f.bounds.years[s] if u >= y}
            elif source.carry_over == "fund":
                moves = {("fund_balance", (s, y)): e0}
            else:
                moves = {("ceiling", (s, y)): e0}
                if source.carry_over == "one_year" and y + 1 in f.bounds.years[s]:
                    moves["carried_over", (s, y + 1)] = source.keep * e0
            origin = source.cells.get(str(y), source.origin)
            yield Limit("ceiling", (s, str(y)), origin, "bn currency", source.ceilings[y], moves,
                        partial(_with_ceiling, s, y), partial(_ceiling, s, y))
        if source.envelope is not None:
            origin = source.cells.get("envelope", source.origin)
            put, stands = partial(_with_envelope, s), partial(_envelope, s)
            yield Limit("envelope", (s,), origin, "bn currency", source.envelope, {("envelope", (s,)): e0}, put, stands)


def _envelope(s: str, f: Factors) -> float:
    return f.bounds.envelope[s]


def _ceiling(s: str, y: int, f: Factors) -> float:
    return f.case.sources[s].ceilings[y]


def _with_ceiling(s: str, y: int, case: Case, value: float) -> Case:
    case = with_yardstick(case, s)
    source = case.sources[s]
    return replace(case, sources={**case.sources, s: replace(source, ceilings={**source.ceilings, y: value})})


def _with_envelope(s: str, case: Case, value: float) -> Case:
    case = with_yardstick(case, s)
    return replace(case, sources={**case.sources, s: replace(case.sources[s], envelope=value)})
