"""Largest outlays and draws: the finite bounds of decisions, derived from the data, so that any multipliers give a
rigorous bound."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import compress
from operator import is_not

from jaryq.base.text import Text
from jaryq.case.case import Case, Source
from jaryq.factors.by_quantity import without_quantity
from jaryq.factors.effective import Begun, begun
from jaryq.factors.eligibility import who_pays
from jaryq.factors.lenders import Payees, payees
from jaryq.factors.loans import may_draw
from jaryq.factors.money import Money
from jaryq.factors.pace import may_be_drawn, paid_by
from jaryq.factors.prices import Prices
from jaryq.factors.schedule import most_km
from jaryq.factors.shares import shares
from jaryq.factors.works import Works

ByYear = Mapping[int, float]
ByPeriod = Mapping[tuple[str, str], float]
Exchange = Mapping[tuple[str, int], float]

NOTHING: ByYear = {}


@dataclass(frozen=True)
class Bounds:
    """Who may pay for what and when, and the most of it. Nominal bn KZT unless said otherwise.

    pays[p]: sources that may pay for p, closed[p][s]: why another may not; years[s]: years of draws; km[n, t]: most
    that may be renewed; outlay[p, y]: largest outlay; draws[s, p][y]: largest draw; drawn_by[s]: projects the source
    may pay for; line[s, y]: largest draw into a fund; share_most[s, p], share_least[s, p]: largest and smallest share
    of a project where there is one; envelope[s]: what is left of it after what was spent before, before[s]: that, bn of
    the currency; payees: whom lenders may pay that ask for a ticket or a number of projects; begun[s]: what sources
    may pay of the planned year within which they become effective.
    """

    pays: Mapping[str, tuple[str, ...]]
    closed: Mapping[str, Mapping[str, str]]
    years: Mapping[str, tuple[int, ...]]
    km: ByPeriod
    outlay: Mapping[tuple[str, int], float]
    draws: Mapping[tuple[str, str], ByYear]
    drawn_by: Mapping[str, tuple[str, ...]]
    line: Mapping[tuple[str, int], float]
    share_most: Mapping[tuple[str, str], float]
    share_least: Mapping[tuple[str, str], float]
    envelope: Mapping[str, float]
    before: Mapping[str, float]
    payees: Payees
    begun: Mapping[str, Begun]

    @cached_property
    def draw(self) -> Mapping[tuple[str, str, int], float]:
        """Largest draws by source, project and year, in order; a check asks for few of them."""
        return {(s, p, y): by_year[y] for (s, p), by_year in sorted(self.draws.items()) for y in sorted(by_year)}

    def draw_most(self, s: str, p: str, y: int) -> float:
        """The largest draw of a source for a project in a year; 0 where it may not draw."""
        return self.draws.get((s, p), NOTHING).get(y, 0.0)

    def has_draw(self, s: str, p: str, y: int) -> bool:
        """Whether a source may draw for a project in a year."""
        return y in self.draws.get((s, p), NOTHING)

    @cached_property
    def outlay_of(self) -> Mapping[str, float]:
        """Largest outlay of each project over all years."""
        found: dict[str, float] = {}
        for (key, _), amount in self.outlay.items():
            found[key] = found.get(key, 0.0) + amount
        return found

    @cached_property
    def users(self) -> frozenset[str]:
        """Sources that may pay for something: for projects, or into a fund."""
        return frozenset({s for s, _ in self.draws} | {s for s, _ in self.line})


def no_more_draws(new: Bounds, old: Bounds) -> bool:
    """Whether who may draw for what and when is all among the old; pairs of which nothing moved are the same years."""
    known = old.draws
    others = compress(new.draws.items(), map(is_not, map(known.get, new.draws), new.draws.values()))
    return all(pair in known and by_year.keys() <= known[pair].keys() for pair, by_year in others)


def same_draws(new: Bounds, old: Bounds) -> bool:
    """Whether the same may draw for the same in the same years."""
    return new.draws.keys() == old.draws.keys() and no_more_draws(new, old) and no_more_draws(old, new)


def bounds_of(case: Case, prices: Prices, works: Works, money: Money, *, km: ByPeriod | None = None,
              outlay: Mapping[tuple[str, int], float] | None = None) -> Bounds:
    """Bounds of a case. ``km``, ``outlay``: those of another case with these works, at these prices, which are the
    same."""
    years = draw_years(case)
    pays, reasons = who_pays(case)
    closed = dict(reasons)
    without = without_quantity(case, pays)
    pays = _shut(pays, closed, without)
    most, least = shares(case, pays)
    if outlay is None:
        outlay = outlay_most(case, money.outlay, money.km_cost, works.open)
    late = begun(case, works, money, outlay, pays)
    draws = draws_most(case, pays, years, money.exchange, outlay, money.income, most, late)
    before = paid_by(case, prices)
    found = payees(case, works, money, years, outlay, pays, draws, most, before, late)
    if found.closed:
        draws = {pair: by_year for pair, by_year in draws.items() if pair not in found.closed}
        pays = _shut(pays, closed, found.closed)
    if without:
        found = replace(found, closed={**found.closed, **without})
    return Bounds(
        pays=pays, closed=closed, years=years, outlay=outlay, draws=draws, drawn_by=payers(draws, case),
        line=lines_most(case, years, money.exchange), share_most=most, share_least=least,
        envelope=envelopes(case, before), before=before, payees=found, begun=late,
        km=km if km is not None else {(n, p.label): most_km(case, package, p) for n, package in case.packages.items()
                                      for p in case.periods if p.label in works.open[n]},
    )


def _shut(pays: Mapping[str, tuple[str, ...]], closed: dict[str, Mapping[str, str]],
          pairs: Mapping[tuple[str, str], Text]) -> Mapping[str, tuple[str, ...]]:
    """Who may pay without the ``pairs`` of source and project; why is put down in ``closed``."""
    shut = {p for _, p in pairs}
    for (s, p), reason in pairs.items():
        closed[p] = {s: reason.en, **closed[p]}
    return {p: tuple(s for s in sources if (s, p) not in pairs) if p in shut else sources
            for p, sources in pays.items()} if pairs else pays


def draw_years(case: Case) -> dict[str, tuple[int, ...]]:
    """Planned years in which each source may be drawn."""
    return {s: tuple(y for y in case.settings.years if source.available_from <= y <= source.available_to
                     and may_draw(source, y) and may_be_drawn(source, y)) for s, source in case.sources.items()}


def payers(draws: Iterable[tuple[str, str]], case: Case) -> dict[str, tuple[str, ...]]:
    """Projects that each source may pay for."""
    found: dict[str, list[str]] = {s: [] for s in case.sources}
    for s, p in draws:
        found[s].append(p)
    return {s: tuple(sorted(keys)) for s, keys in found.items()}


def envelopes(case: Case, before: Mapping[str, float]) -> dict[str, float]:
    """What is left of each envelope after what was spent ``before``, bn of the currency."""
    return {s: max(source.envelope - before.get(s, 0.0), 0.0) for s, source in case.sources.items()
            if source.envelope is not None}


def outlay_most(
    case: Case, outlay: Mapping[tuple[str, str], ByYear], km_cost: Mapping[tuple[str, int], float],
    opened: Mapping[str, tuple[str, ...]],
) -> dict[tuple[str, int], float]:
    """Largest outlay of a project in a year, nominal bn KZT: no more than one whole start, no more km than are left and
    allowed in a year."""
    most: dict[tuple[str, int], float] = {}
    for (key, _), by_year in outlay.items():
        for year, amount in by_year.items():
            most[key, year] = max(most.get((key, year), 0.0), amount)
    for key, package in case.packages.items():
        left = max(package.km - package.km_done, 0.0)
        km = left if package.km_per_year is None else min(left, package.km_per_year)
        for year in case.settings.years:
            if opened[key] and package.earliest <= year <= package.latest and km > 0:
                most[key, year] = km * km_cost[key, year]
    return most


def draws_most(
    case: Case, pays: Mapping[str, tuple[str, ...]], years: Mapping[str, tuple[int, ...]], exchange: Exchange,
    most: Mapping[tuple[str, int], float],
    income: Mapping[tuple[str, str], ByYear], shares: Mapping[tuple[str, str], float], late: Mapping[str, Begun],
    only: Collection[str] | None = None,
) -> dict[tuple[str, str], ByYear]:
    """Largest draw of a source on a project by year, nominal bn KZT: outlay, that of the year in which it becomes
    effective (``late``), money of the source, largest share (of those that have one). Zero ones are left out;
    ``only``: those of these sources."""
    total: dict[str, float] = {}
    by_year: dict[str, dict[int, float]] = {}
    for (key, y), amount in most.items():
        total[key] = total.get(key, 0.0) + amount
        if amount > 0:
            by_year.setdefault(key, {})[y] = amount
    earned = _earned(case, income)
    lines = _lined(case, lines_most(case, years, exchange))
    limits = {
        (s, y): _money(case, source, y) * exchange[s, y]
        + (earned.get(s, 0.0) + lines.get(s, 0.0)) * grown(case, source, y) * max(exchange[s, y] / exchange[s, u]
                                                                                  for u in case.settings.years)
        for s, source in case.sources.items()
        if only is None or s in only
        for y in years[s]
    }
    within = {s: {y: limits[s, y] for y in years[s] if limits[s, y] > 0} for s in dict.fromkeys(s for s, _ in limits)}
    drawn_in = {s: tuple(by_year) for s, by_year in within.items() if by_year}
    tightest = {s: min(within[s].values()) for s in drawn_in}
    bounds: dict[tuple[str, str], ByYear] = {}
    for key, sources in pays.items():
        mine = sources if only is None else [s for s in sources if s in only]
        if not mine or not (spent := by_year.get(key)):
            continue
        largest = max(spent.values())
        known: dict[tuple[int, ...], ByYear] = {}  # what sources draw that have money for all of it
        for s in mine:
            if (planned := drawn_in.get(s)) is None:
                continue
            if (amounts := known.get(planned)) is None:
                amounts = known[planned] = {y: spent[y] for y in planned if y in spent}
            if tightest[s] < largest:
                amounts = {y: min(amount, within[s][y]) for y, amount in amounts.items()}
            if s in late and late[s].most.get(key, math.inf) < amounts.get(late[s].year, 0.0):
                amounts = {y: late[s].most[key] if y == late[s].year else amount for y, amount in amounts.items()
                           if y != late[s].year or late[s].most[key] > 0.0}
            if (share := shares.get((s, key))) is not None:
                whole = _share_of(case, s, key, share, total.get(key, 0.0))
                amounts = {y: min(amount, whole) for y, amount in amounts.items()} if whole > 0 else {}
            if amounts:
                bounds[s, key] = amounts
    return bounds


def lines_most(case: Case, years: Mapping[str, tuple[int, ...]], exchange: Exchange) -> dict[tuple[str, int], float]:
    """Largest draw of a loan into its fund in a year, nominal bn KZT. Zero ones are left out."""
    found = {(s, y): _money(case, source, y) * exchange[s, y]
             for s, source in case.sources.items() if source.open and source.draws_to for y in years[s]}
    return {key: most for key, most in found.items() if most > 0}


def _share_of(case: Case, s: str, p: str, share: float, outlay: float) -> float:
    """Most that a source may pay of ``outlay`` under its largest share; of what has started the share counts what was
    spent before too."""
    if p not in case.facilities or case.facilities[p].started is None:
        return share * outlay
    before = [row for row in case.paid if row.project == p]
    return max(share * (outlay + math.fsum(row.amount for row in before))
               - math.fsum(row.amount for row in before if row.source == s), 0.0)


def _earned(case: Case, income: Mapping[tuple[str, str], ByYear]) -> dict[str, float]:
    """Largest income of projects into each source over all years, bn KZT."""
    earned: dict[str, float] = {}
    for (key, _), by_year in income.items():
        goes_to = case.facilities[key].income_to
        if goes_to:
            earned[goes_to] = earned.get(goes_to, 0.0) + sum(by_year.values())
    return earned


def _lined(case: Case, lines: Mapping[tuple[str, int], float]) -> dict[str, float]:
    """Largest sum of lines into each fund, bn KZT."""
    total: dict[str, float] = {}
    for (s, _), amount in lines.items():
        fund = case.sources[s].draws_to or ""
        total[fund] = total.get(fund, 0.0) + amount
    return total


def grown(case: Case, source: Source, year: int) -> float:
    """What one unit in a fund has at most become by ``year`` with interest; 1 for what is no fund."""
    return float((1.0 + source.interest) ** (year - case.settings.plan_from)) if source.carry_over == "fund" else 1.0


def _money(case: Case, source: Source, year: int) -> float:
    """Most of a source in a year, bn of its currency: its ceiling with what may be carried, within the envelope."""
    limit = math.inf
    so_far = [u for u in case.settings.years if u <= year]
    if source.carry_over in ("fund", "loan") and all(u in source.ceilings for u in so_far):
        limit = sum(source.ceilings[u] for u in so_far) * grown(case, source, year)
    if source.carry_over in ("none", "one_year") and year in source.ceilings:
        carried = (source.ceilings.get(year - 1, 0.0) if source.carry_over == "one_year"
                   and year > case.settings.plan_from else 0.0)
        limit = source.ceilings[year] + carried
    return limit if source.envelope is None else min(limit, source.envelope)
