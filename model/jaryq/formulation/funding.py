"""Funding: who pays for what, within ceilings, envelopes, shares and tied content.

Money of a source is counted in bn KZT at the price year's rate (currency x e_0), so that coefficients stay near one.
"""

from __future__ import annotations

from collections.abc import Iterator

from jaryq.base.home import BILLION
from jaryq.base.once import once
from jaryq.case.case import Source
from jaryq.factors.debt import owed
from jaryq.factors.derive import Factors
from jaryq.formulation.algebra import Model, Relation, Sum
from jaryq.formulation.declare import row
from jaryq.formulation.express import expression, summed


def _paid(f: Factors) -> Iterator[tuple[str, int]]:
    return iter(sorted(key for key, amount in f.bounds.outlay.items() if amount > 0))


def _sources(f: Factors) -> list[Source]:
    drawn = f.bounds.users
    return [source for key, source in f.case.sources.items() if key in drawn]


def _ceiling_years(f: Factors) -> Iterator[tuple[str, int]]:
    for source in _sources(f):
        if source.carry_over in ("none", "one_year"):
            yield from ((source.id, y) for y in f.bounds.years[source.id] if y in source.ceilings)


def _old_years(f: Factors) -> Iterator[tuple[str, int]]:
    for source in _sources(f):
        if source.carry_over == "one_year":
            yield from ((source.id, y) for y in f.bounds.years[source.id] if y - 1 in f.bounds.years[source.id]
                        and y - 1 in source.ceilings)


def _loan_years(f: Factors) -> Iterator[tuple[str, int]]:
    for source in _sources(f):
        if source.carry_over == "loan":
            yield from ((source.id, y) for y in f.bounds.years[source.id]
                        if all(u in source.ceilings for u in f.case.settings.years if u <= y))


def _envelopes(f: Factors) -> Iterator[tuple[str]]:
    return ((source.id,) for source in _sources(f) if source.envelope is not None)


def outlay(m: Model, f: Factors, p: str, y: int) -> Sum:
    """Nominal spending on a project in a year, bn KZT."""
    return expression(m, f, f.outlay(p, y))


def total_outlay(m: Model, f: Factors, p: str) -> Sum:
    return sum(outlay(m, f, p, y) for y in f.case.settings.years)


def paid(m: Model, f: Factors, s: str, p: str) -> Sum:
    """All that a source pays for a project, nominal bn KZT."""
    return summed(m, "draw", [index for y in f.bounds.years[s] if (index := (s, p, y)) in f.bounds.draw])


def draws(m: Model, f: Factors, s: str, y: int) -> Sum:
    """Use of a source in a year at the price year's rate, bn KZT."""
    scale = f.money.exchange0[s] / f.money.exchange[s, y]
    used = summed(m, "draw", _drawn(f).get((s, y), ()), scale)
    return used + scale * m.line[s, y] if (s, y) in f.bounds.line else used


@once
def _drawn(f: Factors) -> dict[tuple[str, int], list[tuple[str, str, int]]]:
    """Draws of each source and year."""
    found: dict[tuple[str, int], list[tuple[str, str, int]]] = {}
    for s, projects in f.bounds.drawn_by.items():
        for index in ((s, p, y) for p in projects for y in f.bounds.years[s]):
            if index in f.bounds.draw:
                found.setdefault((s, index[2]), []).append(index)
    return found


def income(m: Model, f: Factors, s: str, y: int) -> Sum:
    """Income of projects into a source in a year at the price year's rate, bn KZT."""
    scale = f.money.exchange0[s] / f.money.exchange[s, y]
    return sum(
        scale * f.money.income[p, start.period.label][y] * m.start[p, start.period.label]
        for p in f.money.feeds.get(s, ())
        for start in f.works.starts[p]
        if y in f.money.income[p, start.period.label]
    )


def new_money(m: Model, f: Factors, s: str, y: int) -> Sum:
    """Money of the year's own ceiling that is used, bn KZT at the price year's rate."""
    used = draws(m, f, s, y)
    return used - m.old[s, y] if (s, y) in m.old else used


@row(_paid, BILLION, "Spending is paid for", "Затраты оплачены",
     "projects and years in which they may cost something")
def paid_in_full(m: Model, f: Factors, p: str, y: int) -> Relation:
    r"""Spending on a project in a year is paid by sources, no more and no less.

    .. math:: \sum_s draw_{s,p,y} = outlay_{p,y}

    Unit: bn KZT of year y. Dual: price of one bn KZT spent on the project in that year, bn KZT of present value.
    """
    payers = [index for s in f.bounds.pays[p] if (index := (s, p, y)) in f.bounds.draw]
    return summed(m, "draw", payers) - outlay(m, f, p, y) == 0


@row(_ceiling_years, "bn currency", "Ceiling of the year", "Потолок года",
     "sources of which nothing, or one year, is carried over, in years with a ceiling")
def ceiling(m: Model, f: Factors, s: str, y: int) -> Relation:
    r"""A source pays no more in a year than its ceiling and the income that projects bring it; old money comes on top.

    .. math:: use_{s,y} - old_{s,y} \le ceiling_{s,y}\, e_0 + income_{s,y}

    Unit: bn of the currency x e_0. Dual: value of one more bn KZT (price-year rate) in that year, bn KZT.
    """
    return new_money(m, f, s, y) - income(m, f, s, y) <= f.case.sources[s].ceilings[y] * f.money.exchange0[s]


@row(_old_years, "bn currency", "Money carried over for a year", "Деньги, переходящие на год",
     "one-year budgets, in years after a year with a ceiling")
def carried_over(m: Model, f: Factors, s: str, y: int) -> Relation:
    r"""Old money is at most the kept share of what was left a year before; the rest lapses.

    .. math:: old_{s,y} \le keep_s\, (ceiling_{s,y-1} e_0 + income_{s,y-1} - use_{s,y-1} + old_{s,y-1})

    Unit: bn of the currency x e_0. Dual: value of one more bn KZT left over, bn KZT.
    """
    source = f.case.sources[s]
    if (s, y) not in m.old:
        return True
    left = source.ceilings[y - 1] * f.money.exchange0[s]
    return m.old[s, y] + source.keep * (new_money(m, f, s, y - 1) - income(m, f, s, y - 1)) <= source.keep * left


@row(_old_years, "bn currency", "Old money is spent", "Переходящие деньги израсходованы",
     "as carried_over")
def old_is_drawn(m: Model, f: Factors, s: str, y: int) -> Relation:
    r"""Old money is part of what is drawn, so that new money is never negative and nothing is carried over twice.

    .. math:: old_{s,y} \le use_{s,y}

    Unit: bn of the currency x e_0. Dual: value of one more bn KZT of old money, bn KZT.
    """
    if (s, y) not in m.old:
        return True
    return m.old[s, y] - draws(m, f, s, y) <= 0


@row(lambda f: f.fund_years, "bn currency", "Balance of a fund", "Остаток фонда",
     "funds, in planned years with a ceiling")
def fund_balance(m: Model, f: Factors, s: str, y: int) -> Relation:
    r"""What a fund does not use stays and earns interest; lines come in, service of the loans it repays goes out.

    .. math:: use_{s,y} + service_{s,y} + idle_{s,y} = ceiling_{s,y} + income_{s,y} + line_{s,y} + keep_s (1 + i_s)\,
    idle_{s,y-1}

    Unit: bn of the currency x e_0. Dual: value of one more bn KZT paid into the fund that year, bn KZT.
    """
    source = f.case.sources[s]
    scale = f.money.exchange0[s] / f.money.exchange[s, y]
    before = source.keep * (1.0 + source.interest) * m.idle[s, y - 1] if (s, y - 1) in m.idle else 0
    lines = sum(scale * m.line[loan, u] for loan, u in sorted(f.bounds.line) if u == y
                and f.case.sources[loan].draws_to == s)
    return (draws(m, f, s, y) + scale * fund_service(m, f, s, y) + m.idle[s, y] - income(m, f, s, y) - lines
            - before == source.ceilings[y] * f.money.exchange0[s])


def _lined(f: Factors) -> Iterator[tuple[str]]:
    return ((s,) for s in sorted({f.case.sources[loan].draws_to or "" for loan, _ in f.bounds.line}))


@row(_lined, "bn currency", "A fund borrows what it spends", "Фонд занимает то, что тратит",
     "funds that a loan may be drawn into")
def lines_spent(m: Model, f: Factors, s: str) -> Relation:
    r"""Money drawn into a fund is spent, on projects or on service: a cheap loan is not drawn to lie idle.

    .. math:: \sum_y line_{s,y} \le \sum_y (use_{s,y} + service_{s,y})

    Unit: bn of the currency x e_0. Dual: value of borrowing one more bn KZT than is spent, bn KZT.
    """
    years = f.case.settings.years
    scale = {y: f.money.exchange0[s] / f.money.exchange[s, y] for y in years}
    lines = sum(scale[u] * m.line[loan, u] for loan, u in sorted(f.bounds.line) if f.case.sources[loan].draws_to == s)
    return lines - sum(draws(m, f, s, y) + scale[y] * fund_service(m, f, s, y) for y in years) <= 0


def fund_service(m: Model, f: Factors, s: str, y: int) -> Sum:
    """Service and fees that a fund pays in a planned year, nominal bn KZT."""
    loans = [key for key in f.money.fees if f.case.sources[key].service_from == s]
    service = owed(f, "debt_service", loans, f.case.projects, (y,))
    return expression(m, f, service) + service.constant


@row(_loan_years, "bn currency", "Pace of a loan", "Темп выборки займа",
     "loans, in years up to which each planned year has a ceiling")
def pace(m: Model, f: Factors, s: str, y: int) -> Relation:
    r"""A loan does not lapse while it is available: cumulative draws stay within cumulative ceilings and the income
    that projects bring it.

    .. math:: \sum_{u \le y} use_{s,u} \le \sum_{u \le y} (ceiling_{s,u}\, e_0 + income_{s,u})

    Unit: bn of the currency x e_0. Dual: value of one more bn KZT available by that year, bn KZT.
    """
    source = f.case.sources[s]
    years = [u for u in f.case.settings.years if u <= y]
    used = sum(draws(m, f, s, u) - income(m, f, s, u) for u in years if u in f.bounds.years[s])
    return used <= sum(source.ceilings[u] for u in years) * f.money.exchange0[s]


@row(_envelopes, "bn currency", "Envelope", "Лимит источника",
     "sources with an envelope")
def envelope(m: Model, f: Factors, s: str) -> Relation:
    r"""All draws of a source stay within its envelope and the income that projects bring it.

    .. math:: \sum_y use_{s,y} \le (envelope_s - spent\ before_s)\, e_0 + \sum_y income_{s,y}

    Unit: bn of the currency x e_0. Dual: value of one more bn KZT in the envelope, bn KZT.
    """
    used = sum(draws(m, f, s, y) - income(m, f, s, y) for y in f.bounds.years[s])
    return used <= f.bounds.envelope[s] * f.money.exchange0[s]


@row(lambda f: ((s,) for s in f.signing), "bn currency",
     "Draws are signed for", "Выборка подписана",
     "loans not signed before the first planned year that charge a front-end or commitment fee, have a pace or months "
     "to effectiveness, or must be drawn")
def signed_for(m: Model, f: Factors, s: str) -> Relation:
    r"""A new loan is signed for at least what is drawn of it; fees are due on the signed amount.

    .. math:: \sum_y use_{s,y} \le signed_s

    Unit: bn of the currency x e_0. Dual: fees that one more bn KZT drawn brings, bn KZT.
    """
    return sum(draws(m, f, s, y) for y in f.bounds.years[s]) - m.signed[s] <= 0
