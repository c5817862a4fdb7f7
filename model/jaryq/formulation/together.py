"""Sources together: groups, counterpart money, smallest shares and amounts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from jaryq.base.home import BILLION
from jaryq.case.case import Case
from jaryq.factors.derive import Factors
from jaryq.formulation.algebra import Model, Relation
from jaryq.formulation.declare import Limit, row
from jaryq.formulation.funding import draws, paid, total_outlay
from jaryq.formulation.indices import smallest_amounts, smallest_shares, taken_sources


def _members(f: Factors, group: str) -> list[str]:
    return [s for s, source in f.case.sources.items() if source.group == group]


def _group_projects(f: Factors) -> Iterator[tuple[str, str]]:
    pairs = {(f.case.sources[s].group or "", p) for s, p, _ in f.bounds.draw if f.case.sources[s].group}
    return iter(sorted((g, p) for g, p in pairs if (share := f.case.groups[g].max_share) is not None and share < 1))


def _group_envelopes(f: Factors) -> Iterator[tuple[str]]:
    return ((g,) for g, group in f.case.groups.items() if group.envelope is not None)


def _counterparts(f: Factors) -> Iterator[tuple[str]]:
    return iter(sorted({(p,) for s, p, _ in f.bounds.draw if f.case.sources[s].counterpart > 0}))


@row(_group_projects, BILLION, "Largest share of a group", "Наибольшая доля группы",
     "groups with a largest share below 100 %, in each project one of their sources may pay for")
def group_share(m: Model, f: Factors, g: str, p: str) -> Relation:
    r"""Sources of a group together pay at most their share of all spending on a project.

    .. math:: \sum_{s \in g} \sum_y draw_{s,p,y} \le max\_share_g \sum_y outlay_{p,y}

    Unit: bn KZT. Dual: value of one more bn KZT of the group in this project, bn KZT.
    """
    return (sum(paid(m, f, s, p) for s in _members(f, g)) - (f.case.groups[g].max_share or 0.0) * total_outlay(m, f, p)
            <= 0)


@row(_group_envelopes, BILLION, "Envelope of a group", "Лимит группы",
     "groups with an envelope")
def group_envelope(m: Model, f: Factors, g: str) -> Relation:
    r"""All draws of a group, lines included, stay within its envelope.

    .. math:: \sum_{s \in g} \sum_{p,y} draw_{s,p,y} + \sum_{s \in g} \sum_y line_{s,y} \le envelope_g

    Unit: bn KZT, nominal. Dual: value of one more bn KZT in the envelope, bn KZT.
    """
    drawn = sum(paid(m, f, s, p) for s in _members(f, g) for p in f.bounds.drawn_by[s])
    return drawn + sum(m.line[s, y] for s, y in sorted(f.bounds.line)
                       if f.case.sources[s].group == g) <= (f.case.groups[g].envelope or 0.0)


@row(_counterparts, BILLION, "Counterpart money", "Средства заёмщика",
     "projects for which a source that asks for counterpart money may pay")
def counterpart(m: Model, f: Factors, p: str) -> Relation:
    r"""The borrower's own money, budget or utilities', accompanies money that asks for it.

    .. math:: \sum_{h \in home} \sum_y draw_{h,p,y} \ge \sum_s counterpart_s \sum_y draw_{s,p,y}

    Unit: bn KZT. Dual: cost of one more bn KZT of counterpart money in the project, bn KZT.
    """
    sources = f.case.sources
    own = sum(paid(m, f, s, p) for s in f.bounds.pays[p] if sources[s].kind in ("budget", "own")
              and not sources[s].foreign)
    asked = sum(sources[s].counterpart * paid(m, f, s, p) for s in f.bounds.pays[p] if sources[s].counterpart > 0)
    return own - asked >= 0


@row(smallest_shares, BILLION, "Smallest share of a project", "Наименьшая доля в проекте",
     "sources with a smallest share, in each project they may pay for; whole plans only")
def smallest_share(m: Model, f: Factors, s: str, p: str) -> Relation:
    r"""A source that takes part in a project pays at least its smallest share (whole plans).

    .. math:: \sum_y draw_{s,p,y} \ge min\_share_s \sum_y outlay_{p,y} - min\_share_s\, most_p (1 - part_{s,p})

    Unit: bn KZT. Dual: not defined in whole plans; with choices fixed, cost of one more bn KZT it must pay.
    """
    share = f.bounds.share_least[s, p]
    most = f.bounds.outlay_of.get(p, 0.0)
    return paid(m, f, s, p) - share * total_outlay(m, f, p) - share * most * m.part[s, p] >= -share * most


@row(smallest_shares, BILLION, "Taking part in a project", "Участие в проекте",
     "as smallest_share")
def takes_part(m: Model, f: Factors, s: str, p: str) -> Relation:
    r"""A source pays for a project only if it takes part (whole plans).

    .. math:: \sum_y draw_{s,p,y} \le most_{s,p}\, part_{s,p}

    Unit: bn KZT. Dual: with choices fixed, value of taking part with one more bn KZT.
    """
    return paid(m, f, s, p) - part_most(f, s, p) * m.part[s, p] <= 0


@row(smallest_amounts, "bn currency", "Smallest amount", "Наименьшая сумма",
     "sources with a smallest amount; whole plans only")
def smallest_amount(m: Model, f: Factors, s: str) -> Relation:
    r"""A source that is used at all is used for at least its smallest amount (whole plans).

    .. math:: \sum_y use_{s,y} \ge smallest_s\, e_0\, taken_s

    Unit: bn of the currency x e_0. Dual: with choices fixed, cost of one more bn KZT that must be used.
    """
    return (sum(draws(m, f, s, y) for y in f.bounds.years[s])
            - (f.case.sources[s].smallest or 0.0) * f.money.exchange0[s] * m.taken[s] >= 0)


@row(taken_sources, "bn currency", "Use of a source", "Использование источника",
     "sources with a smallest amount, and those of groups of which only so many may be used; whole plans only")
def used_if_taken(m: Model, f: Factors, s: str) -> Relation:
    r"""A source is used only if it is taken (whole plans).

    .. math:: \sum_y use_{s,y} \le most_s\, taken_s

    Unit: bn of the currency x e_0. Dual: with choices fixed, value of one more bn KZT of it.
    """
    return sum(draws(m, f, s, y) for y in f.bounds.years[s]) - taken_most(f, s) * m.taken[s] <= 0


def part_most(f: Factors, s: str, p: str) -> float:
    """Largest sum of draws of a source on a project, nominal bn KZT."""
    return sum(f.bounds.draw_most(s, p, y) for y in f.bounds.years[s])


def taken_most(f: Factors, s: str) -> float:
    """Largest use of a source, bn KZT at the price year's rate."""
    most = sum(amount * f.money.exchange0[s] / f.money.exchange[s, y]
               for (key, _), by_year in f.bounds.draws.items() if key == s for y, amount in by_year.items())
    most += sum(amount * f.money.exchange0[s] / f.money.exchange[s, y]
                for (key, y), amount in f.bounds.line.items() if key == s)
    envelope = f.case.sources[s].envelope
    return most if envelope is None or s in f.money.feeds else min(most, envelope * f.money.exchange0[s])


def limits(f: Factors) -> Iterator[Limit]:
    """Envelopes of groups, nominal bn KZT."""
    for g, group in f.case.groups.items():
        if group.envelope is not None:
            moves = {("group_envelope", (g,)): 1.0}
            yield Limit("group_envelope", (g,), group.origin, BILLION, group.envelope, moves, partial(_with_group, g),
                        partial(_group, g))


def _group(g: str, f: Factors) -> float:
    return f.case.groups[g].envelope or 0.0


def _with_group(g: str, case: Case, value: float) -> Case:
    return replace(case, groups={**case.groups, g: replace(case.groups[g], envelope=value)})
