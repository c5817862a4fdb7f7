"""Largest shares: of all that is spent on a project, and of what it has cost so far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jaryq.base.home import BILLION
from jaryq.factors.derive import Factors
from jaryq.formulation.algebra import Model, Relation, Sum
from jaryq.formulation.declare import row
from jaryq.formulation.express import summed
from jaryq.formulation.funding import outlay, paid


def _shares(f: Factors) -> Iterator[tuple[str, str]]:
    return iter(sorted(pair for pair in f.bounds.draws if f.bounds.share_most.get(pair, 1.0) < 1))


def _so_far(f: Factors) -> Iterator[tuple[str, str, int]]:
    # Also in years after the last spending on a project: what projects have in common keeps them alike.
    last = f.case.settings.years[-1]
    return ((s, p, y) for s, p in _shares(f) if f.case.sources[s].share_holds == "so_far"
            for y in f.bounds.years[s] if min(f.bounds.draws[s, p]) <= y < last)


@row(_shares, BILLION, "Largest share of a project", "Наибольшая доля в проекте",
     "sources with a largest share below 100 %, in each project they may pay for")
def largest_share(m: Model, f: Factors, s: str, p: str) -> Relation:
    r"""A source pays at most its share of all spending on a project; of one that was started before, its share of what
    was spent before too, less what it paid.

    .. math:: \sum_y draw_{s,p,y} \le max\_share_s (\sum_y outlay_{p,y} + spent\ before_p) - paid\ before_{s,p}

    Unit: bn KZT. Dual: value of one more bn KZT of this source in this project, bn KZT.
    """
    return _within(m, f, s, p, paid(m, f, s, p), f.case.settings.years)


@row(_so_far, BILLION, "Largest share of what a project has cost so far", "Наибольшая доля в затратах на дату",
     "sources whose largest share below 100 % holds so far, in each project they may pay for, in their years of draws "
     "before the last planned year (there largest_share says the same)")
def share_so_far(m: Model, f: Factors, s: str, p: str, y: int) -> Relation:
    r"""By the end of a year a source has paid at most its share of what a project has cost by then; of one that was
    started before, with what was spent before, less what it paid.

    .. math:: \sum_{u \le y} draw_{s,p,u} \le \max(0, max\_share_{s,p} (spent\ before_p + \sum_{u \le y} outlay_{p,u})
    - paid\ before_{s,p})

    Unit: bn KZT. Dual: value of one more bn KZT of this source in this project by the end of the year, bn KZT.
    """
    drawn = summed(m, "draw", [(s, p, u) for u in f.bounds.draws[s, p] if u <= y])
    return _within(m, f, s, p, drawn, [u for u in f.case.settings.years if u <= y])


def _within(m: Model, f: Factors, s: str, p: str, drawn: Sum, years: Iterable[int]) -> Relation:
    """What is drawn is within the largest share of what a project costs in these years and has cost before them."""
    share = f.bounds.share_most[s, p]
    if p not in f.money.spent_before:
        return drawn - share * sum(outlay(m, f, p, y) for y in years) <= 0
    # A started facility has one start, so its spending is known: the share counts all of it, what was paid before
    # included.
    spent = sum(f.money.outlay[p, start.period.label].get(y, 0.0) for start in f.works.starts[p] for y in years)
    return drawn <= max(share * (spent + f.money.spent_before[p]) - f.money.paid_before.get((s, p), 0.0), 0.0)
