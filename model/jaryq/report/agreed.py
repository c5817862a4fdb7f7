"""What a new loan with a ticket is signed for, project by project: bounds of what is agreed with each, and one way to
share out what is signed (docs/decisions, A ticket is of what is agreed)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from jaryq.base.text import Text
from jaryq.case.case import Source
from jaryq.case.lots import payees_of, pays_already
from jaryq.factors.lenders import agrees, asks
from jaryq.factors.pace import paced
from jaryq.factors.payable import works
from jaryq.report.amounts import Amounts
from jaryq.report.block import Block, Field
from jaryq.report.lenders import paid_to, signed
from jaryq.report.partner_debt import BN
from jaryq.report.partner_projects import NAME
from jaryq.report.partner_shape import clean
from jaryq.report.words import name_of, same

HEAD = Text("Agreed with each project: {name}", "Согласовано по проектам: {name}")
NOTE = Text("Signed is the sum of what is agreed with the projects it pays for: with each at least the smallest ticket "
            "and what is drawn, at most what the loan may pay of its works in the planned years. The plan settles the "
            "sum alone; here each first gets its least, and the rest is shared by the room up to its most. Any other "
            "split within these limits is the same plan.",
            "Подписанное складывается из согласованного по проектам, за которые платит заём: по каждому не меньше "
            "наименьшей суммы и выборки, не больше того, что он может оплатить из его работ в плановые годы. План "
            "определяет только сумму; здесь каждому сначала даётся наименьшее, остаток делится по запасу до "
            "наибольшего. Любое другое распределение в этих пределах означает тот же план.")


class Agreed(NamedTuple):
    """A lot, or a project in none, bn of the currency: drawn in the planned years, the least and the most that can be
    agreed with it while all that is agreed is what is signed, and one amount between them."""

    payee: str
    drawn: float
    least: float
    most: float
    amount: float

    @property
    def left(self) -> float:
        return clean(self.amount - self.drawn)


def agreed_with(found: Amounts, source: Source) -> list[Agreed]:
    """Payees of a loan that agrees an amount with each, the largest draws first; none of another source, and where
    nothing is signed."""
    case, f, total = found.case, found.factors, signed(found, source)
    if not (asks(case, source) and source.ticket and agrees(case, source) and paced(source) and total):
        return []
    paid, there, members = paid_to(found, source), pays_already(case).get(source.id, frozenset()), payees_of(case)
    bounds: list[tuple[str, float, float, float]] = []
    for x in members:
        if x in paid or x in there:
            mine = [p for p in members[x] if source.id in f.bounds.pays.get(p, ())]
            drawn, cost = paid.get(x, 0.0), works(f, source.id, mine).on(found.plan) / f.money.exchange0[source.id]
            least = drawn if x in there else max(source.ticket, drawn)
            if max(least, cost) > 0.0:
                bounds.append((x, drawn, least, max(least, cost)))
    return sorted(_shared(total, bounds), key=lambda one: (-one.drawn, one.payee))


def _shared(total: float, bounds: Sequence[tuple[str, float, float, float]]) -> list[Agreed]:
    """What is signed, shared: the least of each, and of the rest a part by the room up to the most. Where less is
    signed than these add up to (a plan that no row holds to them) each least is cut in proportion; more than the most
    is agreed with nobody."""
    cut = min(total / least, 1.0) if (least := math.fsum(row[2] for row in bounds)) > 0.0 else 1.0
    cells = [(x, drawn, cut * low, high) for x, drawn, low, high in bounds]
    least, most = cut * least, math.fsum(row[3] for row in cells)
    part = min(max(total - least, 0.0) / (most - least), 1.0) if most > least else 0.0
    return [Agreed(x, drawn, min(max(low, total - (most - high)), high), max(min(high, total - (least - low)), low),
                   low + part * (high - low)) for x, drawn, low, high in cells]


def agreed_blocks(found: Amounts, mine: Sequence[Source]) -> tuple[Block, ...]:
    """A table for each product of a partner that agrees an amount with each project; how, under the last."""
    made = [_block(found, source, rows) for source in mine if (rows := agreed_with(found, source))]
    return (*made[:-1], *(replace(block, notes=(NOTE,)) for block in made[-1:]))


def _block(found: Amounts, source: Source, rows: Sequence[Agreed]) -> Block:
    unit, last, projects = BN.fill(code=source.currency), found.years[-1], found.case.projects
    fields = (
        Field(NAME), Field(Text("Agreed at least", "Согласовано не менее"), unit),
        Field(Text("Agreed at most", "Согласовано не более"), unit),
        Field(Text("Agreed, shared as said", "Согласовано, по правилу ниже"), unit, total=True),
        Field(Text("Drawn by the end of {year}", "Выборка к концу {year}").fill(year=last), unit, total=True),
        Field(Text("Still to draw then", "Останется выбрать"), unit, total=True),
    )
    cells = tuple((name_of(projects[one.payee]) if one.payee in projects else same(one.payee),
                   one.least, one.most, one.amount, one.drawn, one.left) for one in rows)
    return Block(HEAD.fill(name=name_of(source)), fields, cells, adds=((3, (4, 5)),),
                 between=((3, 1, 2),))
