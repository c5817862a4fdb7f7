"""What may be drawn by when, and what must be drawn in all (docs/numbers.md, Pace and continuity, Sources together), in
bn of the source's currency."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate
from math import fsum, inf

from jaryq.case.case import Case, Source
from jaryq.verify.calendar import HAIR
from jaryq.verify.finding import Ledger
from jaryq.verify.funding import Funding, use_of, used_before
from jaryq.verify.loans import is_new, signing_year
from jaryq.verify.prices import POINTS

UNIT = "bn currency"


def paced(source: Source) -> bool:
    """Whether a source has a row of pace."""
    return source.open and (bool(source.pace) or source.effective_months > 0.0)


def effective(case: Case, source: Source) -> float:
    """``E``: calendar years and parts of them."""
    return signing_year(case, source) + POINTS[source.draw_timing] + source.effective_months / 12.0


def pace_of(case: Case, source: Source, year: int) -> float:
    """``c[s,y]``: cumulative pace on 31 December, a fraction of the signed amount; all of it where neither a pace nor
    months to effectiveness are said."""
    if not source.pace and not source.effective_months:
        return 1.0
    since = year + 1 - effective(case, source)
    if since <= HAIR:
        return 0.0
    shares = source.pace
    if not shares or since >= len(shares):
        return 1.0
    steps = [0.0, *accumulate(shares)]
    whole = int(since + HAIR)
    return steps[whole] + (since - whole) * shares[whole]


def signed_of(funding: Funding, source: Source) -> float | None:
    """``signed[s]``: decided for a new loan, else data; None where nothing says so."""
    if source.kind != "loan":
        return source.envelope
    if is_new(funding.case, source):
        return funding.plan.signed.get(source.id, 0.0)
    return source.envelope if source.signed is None else source.signed


def paid_by(funding: Funding, source: Source) -> float:
    """``before[s]``; nothing of a loan that is not signed yet."""
    if source.kind == "loan" and is_new(funding.case, source):
        return 0.0
    return used_before(funding.case, funding.prices, source)


def verify_pace(funding: Funding, ledger: Ledger) -> None:
    """draw_pace, must_draw."""
    case = funding.case
    for s, source in case.sources.items():
        signed, before = signed_of(funding, source), paid_by(funding, source)
        use = use_of(funding, source)
        if paced(source):
            drawn = accumulate_by(use)
            for y, total in drawn.items():
                share = pace_of(case, source, y)
                most = inf if signed is None and share > 0.0 else share * (signed or 0.0)
                if most < inf:
                    ledger.note("draw_pace", f"use[{s},{y}]", total, "<=", max(0.0, most - before), UNIT,
                                total + before + most)
        if source.open and source.must_draw:
            due = max(0.0, (signed or 0.0) - before)
            total = fsum(use.values())
            ledger.note("must_draw", f"use[{s}]", total, "=", due, UNIT, total + before + (signed or 0.0))


def accumulate_by(use: Mapping[int, float]) -> dict[int, float]:
    """Sums to the end of each year."""
    return dict(zip(use, accumulate(use.values()), strict=True))


def drawn_of(funding: Funding) -> dict[tuple[str, int], float]:
    """Cumulative use of each source with a pace to the end of each planned year, with what it paid before."""
    found = {}
    for s, source in funding.case.sources.items():
        if paced(source):
            before = paid_by(funding, source)
            found.update({(s, y): before + total for y, total in accumulate_by(use_of(funding, source)).items()})
    return found
