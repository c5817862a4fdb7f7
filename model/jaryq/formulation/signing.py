"""What is signed is for works: no lender signs for more than what it may pay of what is done (docs/numbers.md: Pace and
continuity)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import fsum

from jaryq.base.once import once
from jaryq.case.lots import payee_at, pays_already
from jaryq.factors.by_quantity import most_by_quantity
from jaryq.factors.derive import Factors
from jaryq.factors.effective import start_from
from jaryq.factors.lenders import asks
from jaryq.factors.linear import Linear
from jaryq.factors.pace import LEAST, pace_to, paced
from jaryq.factors.payable import part_payable, works
from jaryq.formulation import follows  # noqa: F401  (declared first: the order of the program)
from jaryq.formulation.algebra import Model, Relation
from jaryq.formulation.declare import row, variable
from jaryq.formulation.express import expression
from jaryq.formulation.variables import CURRENCY, signed


@once
def _for_works(f: Factors) -> tuple[str, ...]:
    """New loans that could be signed for more than they pay, to be drawn faster; of one that must be drawn no more is
    signed than is drawn, and draws stay within works by themselves."""
    return tuple(s for s in f.signing if f.bounds.drawn_by[s] and paced(f.case.sources[s])
                 and not f.case.sources[s].must_draw
                 and any(pace_to(f.case.sources[s], y) < 1.0 - LEAST for y in f.bounds.years[s]))


def _picky(f: Factors, s: str) -> bool:
    """Whether a source signs for those works alone in which it takes part: it asks for a ticket, in a whole plan."""
    source = f.case.sources[s]
    return asks(f.case, source) and bool(source.ticket)


@once
def agreed_for(f: Factors) -> tuple[tuple[str, str], ...]:
    """Those, and the payees of which it is decided whether they take part."""
    asking = {s for s in _for_works(f) if _picky(f, s)}
    return tuple((s, x) for s, x in sorted(f.bounds.payees.most) if s in asking)


@once
def _others(f: Factors) -> dict[str, tuple[str, ...]]:
    """What each of them may pay for whatever it takes part in: all that its rules allow, also where it takes part in as
    many projects as it may; of those that pick their payees what they take part in already."""
    return {s: tuple(_allowed(f, s, f.bounds.pays)) for s in _for_works(f)}


def _allowed(f: Factors, s: str, projects: Iterable[str]) -> Iterator[str]:
    """Those of the projects that one of them may pay for so."""
    there, shut, picky = pays_already(f.case).get(s, ()), f.bounds.payees.closed, _picky(f, s)
    for p in projects:
        if s in f.bounds.pays[p]:
            if not picky or payee_at(f.case, p) in there:
                yield p
        elif not picky and (s, p) in shut and most_by_quantity(f.case.sources[s], f.case.project(p)) != 0.0:
            yield p


def _of_payee(f: Factors, s: str, x: str) -> Linear:
    """What a loan may pay of a lot or project, bn KZT at the price year's rate."""
    return works(f, s, (p for p in f.bounds.payees.of[x] if s in f.bounds.pays[p]))


@variable(lambda f: iter(agreed_for(f)), CURRENCY, "Agreed for payees", "Согласовано для получателей",
          bound="own", decided="follows")
def agreed(f: Factors, s: str, x: str) -> float:
    """What of the signed amount of loan s, which asks for a ticket, is for payee x; whole plans only.

    At most: what it may pay of all that the payee can cost, and what can be signed.
    """
    return min(f.bounds.payees.works[s, x] * f.money.exchange0[s], signed(f, s))


def _in_part(f: Factors) -> Iterator[tuple[str, str]]:
    return ((s, x) for s, x in agreed_for(f) if f.bounds.payees.least[s] < (f.case.sources[s].ticket or 0.0))


@row(_in_part, "bn currency", "Agreed for a payee", "Согласовано с получателем",
     "loans as in agreed_works of which less than all that is signed may be drawn in the planned years, likewise")
def agreed_least(m: Model, f: Factors, s: str, x: str) -> Relation:
    r"""For a project or lot in which a loan takes part at least its ticket is agreed (whole plans).

    .. math:: agreed_{s,x} \ge ticket_s\, e_0\, payee_{s,x}

    Unit: bn of the currency x e_0. Dual: with choices fixed, cost of one more bn KZT that must be agreed.
    """
    ticket = (f.case.sources[s].ticket or 0.0) * f.money.exchange0[s]
    return m.agreed[s, x] - ticket * m.payee[s, x] >= 0


@row(lambda f: iter(agreed_for(f)), "bn currency", "Agreed for works", "Согласовано под работы",
     "loans that the plan signs, with a pace that holds in one of their years of draws and a ticket, for each lot or "
     "project that they may pay for and do not pay for already; whole plans only")
def agreed_works(m: Model, f: Factors, s: str, x: str) -> Relation:
    r"""What is signed for a project or lot is at most what the loan may pay of all that it costs once the loan is
    effective (whole plans).

    .. math:: agreed_{s,x} \le \sum_{p \in x} payable_{s,p} \sum_y outlay^{E}_{s,p,y}\, e_0/\varepsilon_{s,y}

    ``outlay^E``: as in draw_effect, all of later years.

    Unit: bn of the currency x e_0. Dual: with choices fixed, value of one more bn KZT that may be signed for it.
    """
    return m.agreed[s, x] - expression(m, f, _of_payee(f, s, x)) <= 0


@row(lambda f: iter(agreed_for(f)), "bn currency", "Signed where it takes part", "Подписано при участии",
     "as agreed_works")
def agreed_part(m: Model, f: Factors, s: str, x: str) -> Relation:
    r"""A loan is signed for a project or lot only if it takes part in it (whole plans).

    .. math:: agreed_{s,x} \le most_{s,x}\, payee_{s,x}

    Unit: bn of the currency x e_0. Dual: with choices fixed, value of one more bn KZT that may be signed for it.
    """
    return m.agreed[s, x] - agreed(f, s, x) * m.payee[s, x] <= 0


def _certain(f: Factors, s: str) -> float:
    """What a loan may pay at least of what must be done since it is effective, bn KZT at the price year's rate."""
    e0, rate, outlay, source = f.money.exchange0[s], f.money.exchange, f.money.outlay, f.case.sources[s]
    musts = [p for p in f.bounds.pays if p in f.case.facilities and f.case.facilities[p].must and f.works.starts[p]]
    return sum(part_payable(f, s, p) * min(
        fsum(amount * e0 / rate[s, y]
             for y, amount in start_from(f.case, f.works, source, place, outlay[place]).items())
        for place in ((p, start.period.label) for start in f.works.starts[p]))
               for p in _allowed(f, s, musts))


@once
def limited_by_works(f: Factors) -> tuple[str, ...]:
    """Loans whose signed amount works limit: of the others what must be done costs all that can be signed."""
    return tuple(s for s in _for_works(f) if is_limited_by_works(f, s))


def is_limited_by_works(f: Factors, s: str) -> bool:
    """Whether works limit the signed amount of one source."""
    return s in _for_works(f) and _certain(f, s) < signed(f, s)


def _signed(f: Factors) -> Iterator[tuple[str]]:
    return ((s,) for s in limited_by_works(f))


@row(_signed, "bn currency", "Signed for works", "Подписано под работы",
     "loans that the plan signs, with a pace that holds in one of their years of draws, but those that must be drawn, "
     "and those of which works that must be done cost all that can be signed")
def signed_works(m: Model, f: Factors, s: str) -> Relation:
    r"""A new loan is signed for no more than it may pay of the works that are done once it is effective; in a whole
    plan one that asks for a ticket for no more than is agreed for those in which it takes part.

    .. math:: signed_s \le \sum_x agreed_{s,x} + \sum_p payable_{s,p} \sum_y outlay^{E}_{s,p,y}\,
    e_0/\varepsilon_{s,y}

    Unit: bn of the currency x e_0. Dual: value of one more bn KZT that may be signed, bn KZT.
    """
    asked = [m.agreed[key] for key in agreed_for(f) if key[0] == s]
    return m.signed[s] - sum(asked) - expression(m, f, works(f, s, _others(f)[s])) <= 0
