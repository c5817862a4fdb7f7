"""Lenders' packages: what is paid by a quantity, tickets, how many projects, how many loans of a group, what must be
drawn; and the decisions that only they and lots need."""

from __future__ import annotations

from collections.abc import Iterator

from jaryq.factors.by_quantity import most_by_quantity
from jaryq.factors.derive import Factors
from jaryq.formulation.algebra import Model, Relation, Sum
from jaryq.formulation.declare import row, variable
from jaryq.formulation.funding import draws
from jaryq.formulation.indices import counted_in_groups, lots_of_packages, signed_before, taken_sources
from jaryq.formulation.lots import renewed
from jaryq.formulation.order import begun
from jaryq.formulation.pace import signed_for_all
from jaryq.formulation.variables import signed


@variable(lambda f: sorted(f.bounds.payees.most), "0 or 1", "Taking part in payees", "Участие в получателях",
          bound="own", decided="signing", whole=True)
def payee(f: Factors, s: str, x: str) -> float:
    """Whether source s, which asks for a ticket or a number of projects, pays for x, a lot or a project in none; whole
    plans only.

    At most: 1.
    """
    del f, s, x
    return 1.0


@variable(lots_of_packages, "share", "Lots of networks taken", "Взятые лоты сетей",
          bound="own", decided="follows", whole=True)
def lot(f: Factors, L: str) -> float:
    """Share to which lot L, which has packages only, is taken; 0 or 1 where facilities are whole.

    At most: 1.
    """
    del f, L
    return 1.0


def _by_quantity(f: Factors) -> Iterator[tuple[str, str]]:
    return ((s, p) for s, p in sorted(f.bounds.draws) if f.case.sources[s].quantity is not None)


@row(_by_quantity, "bn currency", "Payment by a quantity", "Оплата по величине",
     "sources that pay by a quantity, in each project they may pay for")
def by_quantity(m: Model, f: Factors, s: str, p: str) -> Relation:
    r"""A source that pays by a quantity pays for a project at most so much for each unit that the project brings when
    all is done: by the share of a facility that is done, by the km of a package.

    .. math:: \sum_y draw_{s,p,y}\, e_0/\varepsilon_{s,y} \le per\_unit_s\, 10^{-9}\, q_p\, e_0\,
        \sum_t (start_{p,t} + renew_{p,t})

    Unit: bn of the currency x e_0. Dual: value of one more bn KZT that it may pay for this project, bn KZT.
    """
    e0 = f.money.exchange0[s]
    done = renewed(m, f, p) if p in f.case.packages else begun(m, f, p)
    paid = sum(e0 / f.money.exchange[s, y] * m.draw[s, p, y] for y in f.bounds.draws[s, p])
    return paid - (most_by_quantity(f.case.sources[s], f.case.project(p)) or 0.0) * e0 * done <= 0


def _tickets(f: Factors) -> Iterator[tuple[str, str]]:
    return ((s, x) for s, x in sorted(f.bounds.payees.most) if f.case.sources[s].ticket is not None)


def to_payee(m: Model, f: Factors, s: str, x: str) -> Sum:
    """All that a source pays for a payee at the price year's rate, bn KZT."""
    e0 = f.money.exchange0[s]
    return sum(e0 / f.money.exchange[s, y] * m.draw[s, p, y] for p in f.bounds.payees.of[x] for y in f.bounds.years[s]
               if (s, p, y) in f.bounds.draw)


def payee_most(f: Factors, s: str, x: str) -> float:
    """Most that a source may pay for a payee, bn KZT at the price year's rate."""
    return f.bounds.payees.most[s, x] * f.money.exchange0[s]


@row(_tickets, "bn currency", "Smallest ticket", "Наименьшая сумма на проект",
     "sources with a ticket, for each lot or project that they may pay that much for and do not pay for already; whole "
     "plans only")
def ticket_least(m: Model, f: Factors, s: str, x: str) -> Relation:
    r"""A source that pays for a project or lot pays at least its ticket (whole plans), a new loan the share ``c`` of it
    that its pace lets be drawn in the planned years.

    .. math:: \sum_{p \in x} \sum_y draw_{s,p,y}\, e_0/\varepsilon_{s,y} \ge c_s\, ticket_s\, e_0\, payee_{s,x}

    Unit: bn of the currency x e_0. Dual: with choices fixed, cost of one more bn KZT that must be drawn.
    """
    least = f.bounds.payees.least[s] * f.money.exchange0[s]
    return to_payee(m, f, s, x) - least * m.payee[s, x] >= 0


@row(lambda f: sorted(f.bounds.payees.most), "bn currency", "Paid where it takes part", "Оплата при участии",
     "sources with a ticket or a largest number of projects, likewise")
def ticket_part(m: Model, f: Factors, s: str, x: str) -> Relation:
    r"""A source pays for a project or lot only if it takes part (whole plans).

    .. math:: \sum_{p \in x} \sum_y draw_{s,p,y}\, e_0/\varepsilon_{s,y} \le most_{s,x}\, payee_{s,x}

    Unit: bn of the currency x e_0. Dual: with choices fixed, value of one more bn KZT in this project or lot.
    """
    return to_payee(m, f, s, x) - payee_most(f, s, x) * m.payee[s, x] <= 0


def _numbered(f: Factors) -> Iterator[tuple[str]]:
    return ((s,) for s in sorted({s for s, _ in f.bounds.payees.most}) if f.case.sources[s].projects_most is not None)


@row(_numbered, "number", "Projects of a source", "Проекты источника",
     "sources with a largest number of projects that may take part in more; whole plans only")
def projects_most(m: Model, f: Factors, s: str) -> Relation:
    r"""A source takes part in no more projects and lots than it may (whole plans).

    .. math:: \sum_x payee_{s,x} \le projects\_most_s - already_s

    Unit: number. Dual: not defined in whole plans; with choices fixed, value of one more project.
    """
    more = (f.case.sources[s].projects_most or 0) - f.bounds.payees.already[s]
    return sum(m.payee[key] for key in sorted(f.bounds.payees.most) if key[0] == s) <= float(more)


@row(lambda f: ((g,) for g in counted_in_groups(f)), "number", "Sources of a group that are used",
     "Используемые источники группы",
     "groups with a largest number of sources used, of which some may still be; whole plans only")
def signed_most(m: Model, f: Factors, g: str) -> Relation:
    r"""Of a group no more sources are used or signed than may be (whole plans); what was signed before counts.

    .. math:: \sum_{s \in g} taken_s \le \max(signed\_most_g - before_g, 0)

    Unit: number. Dual: not defined in whole plans; with choices fixed, value of one more source.
    """
    most = (f.case.groups[g].signed_most or 0) - len(signed_before(f, g))
    return sum(m.taken[s] for s in counted_in_groups(f)[g]) <= float(max(most, 0))


@row(lambda f: ((s,) for mine in counted_in_groups(f).values() for s in mine if s in f.signing), "bn currency",
     "Signed only if taken", "Подписан, только если используется",
     "sources of such groups whose signed amount is decided")
def signed_if_taken(m: Model, f: Factors, s: str) -> Relation:
    r"""A loan of a group is signed only if it is taken (whole plans).

    .. math:: signed_s \le most_s\, taken_s

    Unit: bn of the currency x e_0. Dual: with choices fixed, value of one more bn KZT that may be signed.
    """
    assert (s,) in taken_sources(f)
    return m.signed[s] - signed(f, s) * m.taken[s] <= 0


def _must_draw(f: Factors) -> Iterator[tuple[str]]:
    for s, source in f.case.sources.items():
        if source.must_draw and source.open and (s in f.signing or signed_for_all(f, s) is not None):
            yield (s,)


@row(_must_draw, "bn currency", "All that is signed is drawn", "Подписанное выбирается полностью",
     "open sources of which all must be drawn and whose signed amount is known or decided")
def must_draw(m: Model, f: Factors, s: str) -> Relation:
    r"""All that is signed of a source is drawn in its years: of a loan signed before, or an envelope, what was not paid
    before; of a new loan no more is signed than is drawn.

    .. math:: \sum_y use_{s,y} = \max(0, signed_s - before_s)

    Unit: bn of the currency x e_0. Dual: value (mostly negative) of one more bn KZT that is signed.
    """
    used = sum(draws(m, f, s, y) for y in f.bounds.years[s])
    left = signed_for_all(f, s)
    return used - m.signed[s] == 0 if left is None else used == left * f.money.exchange0[s]
