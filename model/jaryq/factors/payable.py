"""What a source may pay of what is done: of works that count for what is signed and agreed (docs/numbers.md: Pace and
continuity). Rows of the program and pages of a plan take it from here."""

from __future__ import annotations

from collections.abc import Iterable

from jaryq.base.home import BILLION
from jaryq.factors.derive import Factors
from jaryq.factors.linear import Linear, total


def part_payable(f: Factors, s: str, p: str) -> float:
    """Part of all outlay on a project that a source may pay; of what has started its largest share counts what was
    spent before too, less what it paid."""
    share, before = f.bounds.share_most.get((s, p), 1.0), f.money.spent_before.get(p, 0.0)
    spent = f.bounds.outlay_of.get(p, 0.0)
    if p not in f.money.spent_before or spent <= 0.0:
        return min(share, 1.0)
    left = share * (spent + before) - f.money.paid_before.get((s, p), 0.0)
    return min(max(left, 0.0) / spent, 1.0)


def works(f: Factors, s: str, projects: Iterable[str]) -> Linear:
    """What a source may pay of all outlay on projects, bn KZT at the price year's rate of its currency."""
    scale = {y: f.money.exchange0[s] / f.money.exchange[s, y] for y in f.case.settings.years}
    parts = ((part_payable(f, s, p), p) for p in projects)
    return total((f.outlay(p, y).times(part * scale[y]) for part, p in parts if part > 0.0 for y in scale), BILLION)
