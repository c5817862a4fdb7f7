"""Tied money: what must be bought from the partner's suppliers, and what of an export credit pays local costs
instead."""

from __future__ import annotations

from collections.abc import Iterator

from jaryq.base.home import BILLION
from jaryq.factors.derive import Factors
from jaryq.formulation.algebra import Model, Relation, Sum
from jaryq.formulation.declare import row
from jaryq.formulation.funding import total_outlay
from jaryq.formulation.indices import content_of, local_pairs, tied_over_product


def _tied(f: Factors) -> Iterator[tuple[str, str]]:
    return iter(sorted({(f.case.sources[s].partner, p)
                        for s, p, _ in f.bounds.draw if f.case.sources[s].tied_share > 0}))


def _drawn(m: Model, f: Factors, s: str, p: str) -> Sum:
    return sum(m.draw[s, p, y] for y in f.bounds.years[s] if (s, p, y) in f.bounds.draw)


def _bound_part(m: Model, f: Factors, s: str, p: str) -> Sum:
    """Draws of a source on a project that are tied: all but local costs of an export credit."""
    local = m.local[s, p] if (s, p) in m.local else 0  # noqa: SIM401 (a Pyomo variable has no get)
    return _drawn(m, f, s, p) - local


@row(_tied, BILLION, "Content the partner can supply", "Содержание партнёра",
     "partner countries with tied money, in each project it may pay for")
def partner_content(m: Model, f: Factors, c: str, p: str) -> Relation:
    r"""Tied money of a partner country in a project buys no more than its suppliers can deliver there.

    .. math:: \sum_{s \in c} tied_s (\sum_y draw_{s,p,y} - local_{s,p}) + \sum_{s' \in c} supplied_{s',p} \le
    content_{c,p} \sum_y outlay_{p,y}

    Unit: bn KZT. Dual: value of one more bn KZT of content from that partner, bn KZT.
    """
    content = content_of(f, c, p)
    mine = [s for s in f.bounds.pays[p] if f.case.sources[s].partner == c and f.case.sources[s].tied_share > 0]
    each = sum(f.case.sources[s].tied_share * _bound_part(m, f, s, p)
               for s in mine if f.case.sources[s].tied_over == "project")
    over = sum(m.supplied[s, p] for s in mine if (s, p) in m.supplied)
    return each + over - (content * total_outlay(m, f, p) if content else 0) <= 0


@row(local_pairs, BILLION, "Local costs of the contract", "Местные затраты контракта",
     "tied export credits that may pay local costs, in each project that they may pay for")
def local_costs(m: Model, f: Factors, s: str, p: str) -> Relation:
    r"""An export credit pays local costs up to a share of the export contract, which is the partner's content of the
    project.

    .. math:: local_{s,p} \le local\_cost_s\, content_{c(s),p} \sum_y outlay_{p,y}

    Unit: bn KZT. Dual: value of one more bn KZT of local costs that may be financed, bn KZT.
    """
    source = f.case.sources[s]
    return m.local[s, p] - source.local_cost * content_of(f, source.partner, p) * total_outlay(m, f, p) <= 0


@row(local_pairs, BILLION, "Local costs are drawn", "Местные затраты выбраны",
     "as local_costs")
def local_from_draws(m: Model, f: Factors, s: str, p: str) -> Relation:
    r"""Local costs that an export credit pays are part of what it draws.

    .. math:: local_{s,p} \le \sum_y draw_{s,p,y}

    Unit: bn KZT. Dual: bn KZT of present value per bn KZT.
    """
    return m.local[s, p] - _drawn(m, f, s, p) <= 0


@row(tied_over_product, BILLION, "Goods bought with a product", "Товары за счёт продукта",
     "sources tied over a product, in each project they may pay for")
def supplied_from_draws(m: Model, f: Factors, s: str, p: str) -> Relation:
    r"""Partner goods bought with a product in a project are paid from its draws there, local costs apart.

    .. math:: supplied_{s,p} \le \sum_y draw_{s,p,y} - local_{s,p}

    Unit: bn KZT. Dual: bn KZT of present value per bn KZT.
    """
    return m.supplied[s, p] - _bound_part(m, f, s, p) <= 0


@row(lambda f: iter(sorted({(s,) for s, _ in tied_over_product(f)})), BILLION,
     "Tied share of a product", "Связанная доля продукта",
     "sources tied over a product")
def tied_product(m: Model, f: Factors, s: str) -> Relation:
    r"""Over all its projects, the tied share of a product's money, local costs apart, buys partner goods.

    .. math:: \sum_p supplied_{s,p} \ge tied_s \sum_p (\sum_y draw_{s,p,y} - local_{s,p})

    Unit: bn KZT. Dual: bn KZT of present value per bn KZT of tied goods.
    """
    tied = sum(_bound_part(m, f, s, p) for p in f.bounds.drawn_by[s])
    return (sum(m.supplied[s, p] for p in f.bounds.drawn_by[s] if (s, p) in m.supplied)
            - f.case.sources[s].tied_share * tied >= 0)
