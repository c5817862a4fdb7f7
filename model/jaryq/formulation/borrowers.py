"""Borrowers: the cash that covers the service of what they owe."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from jaryq.base.home import BILLION
from jaryq.case.areas import Borrower
from jaryq.case.case import Case
from jaryq.factors.borrowers import room
from jaryq.factors.derive import Factors
from jaryq.factors.soft import Rule
from jaryq.factors.soft_rows import rules_of
from jaryq.formulation.algebra import Model, Relation
from jaryq.formulation.declare import Index, Limit, row
from jaryq.formulation.express import expression
from jaryq.formulation.targets import missed


def _rules(f: Factors) -> Iterator[Rule]:
    return (rule for rule in rules_of(f).values() if rule.family == "dscr")


@row(lambda f: (rule.index for rule in _rules(f)), BILLION, "Cover of debt service", "Покрытие обслуживания долга",
     "borrowers with a priority, in each year with cash in which draws may cost them something")
def dscr(m: Model, f: Factors, b: str, y: int) -> Relation:
    r"""The cash of a borrower covers the service of what it owes so many times as asked, but for a shortfall; what
    other debts lack without the programme is none (owed: principal, interest and fees of the year, but
    for the State's part).

    .. math:: cover_b\, owed_{b,y} - \sum_k short_{g,k} \le room_{b,y} = \max(cash_{b,y} - cover_b\, other_{b,y}, 0)

    Unit: bn KZT of year y. Dual: value of one more bn KZT of cash in that year, bn KZT.
    """
    rule = rules_of(f)[f"dscr[{b},{y}]"]
    reached, asked = rule.forms(f)
    return expression(m, f, asked) - missed(m.short, rule.id) <= reached.constant - asked.constant


def limits(f: Factors) -> Iterator[Limit]:
    """Cash of borrowers with a priority, by the years stated; the last one speaks for those that grow from it."""
    asked: dict[str, list[int]] = {}
    for rule in _rules(f):
        asked.setdefault(str(rule.index[0]), []).append(rule.year)
    for b, years in asked.items():
        borrower = f.case.borrowers[b]
        for stated in borrower.cash:
            moves: dict[tuple[str, Index], float] = {("dscr", (b, y)): grown(borrower, stated, y)
                                                     for y in years if grown(borrower, stated, y) > 0}
            if moves:
                yield Limit("cash", (b, str(stated)), borrower.cells.get(str(stated), borrower.origin), BILLION,
                            borrower.cash[stated], moves, partial(_with_cash, b, stated), partial(_cash, b, stated))


def grown(borrower: Borrower, stated: int, year: int) -> float:
    """What one more bn KZT of cash in a stated year makes of the cash of a year."""
    if year == stated:
        return 1.0
    if borrower.growth is None or stated < max(borrower.cash) or year < stated:
        return 0.0
    return float((1.0 + borrower.growth) ** (year - stated))


def rooms_move_alike(before: Borrower, after: Borrower, stated: int, years: Mapping[int, float]) -> bool:
    """Whether the room of each year moves as its cash does, so that none of them is held at nothing."""
    change = after.cash[stated] - before.cash[stated]
    return all(abs((room(after, y) or 0.0) - (room(before, y) or 0.0) - change * factor) <= 1e-9
               for y, factor in years.items())


def _cash(b: str, y: int, f: Factors) -> float:
    return f.case.borrowers[b].cash[y]


def _with_cash(b: str, y: int, case: Case, value: float) -> Case:
    borrower = case.borrowers[b]
    return replace(case, borrowers={**case.borrowers, b: replace(borrower, cash={**borrower.cash, y: value})})
