"""Pace and continuity: how fast a source is drawn, how fast yearly amounts rise and fall, km under contract."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import pairwise
from math import fsum

from jaryq.base.home import BILLION
from jaryq.case.case import Case
from jaryq.case.ramps import ramps_of, size_of_fall, with_ramp
from jaryq.factors.derive import Factors
from jaryq.factors.effective import outlay_after
from jaryq.factors.linear import Linear
from jaryq.factors.pace import LEAST, effective, pace_to, paced, part_of_pace, signed_amount
from jaryq.factors.ramps import allowed, amount
from jaryq.factors.soft_rows import rules_of
from jaryq.formulation.algebra import Model, Relation
from jaryq.formulation.declare import Index, Limit, row
from jaryq.formulation.express import expression
from jaryq.formulation.funding import draws
from jaryq.formulation.targets import missed


def signed_for_all(f: Factors, s: str) -> float | None:
    """What of a source is signed, where that is known, less what it has paid before, bn of its currency."""
    signed = signed_amount(f.case, f.case.sources[s])
    return None if signed is None else max(signed - f.bounds.before.get(s, 0.0), 0.0)


def _paced_years(f: Factors) -> Iterator[tuple[str, int]]:
    for s in sorted(f.bounds.users):
        source = f.case.sources[s]
        for y in f.bounds.years[s] if paced(source) else ():
            if signed_amount(f.case, source) is not None or (s in f.signing and pace_to(source, y) < 1.0 - LEAST):
                yield s, y


@row(_paced_years, "bn currency", "Pace of drawing", "Темп выборки",
     "sources with a pace or months to effectiveness, in their years of draws; of loans that the plan signs those "
     "before all may be drawn (then signed_for says the same)")
def draw_pace(m: Model, f: Factors, s: str, y: int) -> Relation:
    r"""No more of a source is drawn by the end of a year than its cumulative pace of what is signed, less what it paid
    before.

    .. math:: \sum_{u \le y} use_{s,u} \le \max(0, c_{s,y}\, signed_s - before_s)

    Unit: bn of the currency x e_0. Dual: value of one more bn KZT (price-year rate) that might be drawn by the end of
    the year.
    """
    source, e0 = f.case.sources[s], f.money.exchange0[s]
    used = sum(draws(m, f, s, u) for u in f.bounds.years[s] if u <= y)
    signed = signed_amount(f.case, source)
    if signed is None:
        return used - pace_to(source, y) * m.signed[s] <= 0
    return used <= max(pace_to(source, y) * signed - f.bounds.before.get(s, 0.0), 0.0) * e0


def _in_effect(f: Factors) -> Iterator[tuple[str, str, int]]:
    return ((s, p, late.year) for s, late in sorted(f.bounds.begun.items()) for p in sorted(late.most)
            if (s, p, late.year) in f.bounds.draw)


@row(_in_effect, BILLION, "Works after a source is effective", "Работы после вступления источника в силу",
     "sources with a pace or months to effectiveness, in the planned year within which they become effective, for "
     "projects that may cost something in it before")
def draw_effect(m: Model, f: Factors, s: str, p: str, y: int) -> Relation:
    r"""In the year within which a source becomes effective it pays for what is done from then on.

    .. math:: draw_{s,p,y} \le outlay^{E}_{s,p,y}

    ``outlay^E``: what of the outlay of the year is paid after that date, by months of a start, by periods of km.

    Unit: bn KZT of year y. Dual: value of one more bn KZT of works after the date, bn KZT of present value.
    """
    since = outlay_after(f.case, f.works, f.outlay(p, y), y, effective(f.case.sources[s]))
    return m.draw[s, p, y] - expression(m, f, since) <= 0


def _rising(f: Factors) -> Iterator[tuple[str, int]]:
    return ((r, y) for r, ramped in ramps_of(f.case).items() if ramped.ramp.up is not None for y in ramped.years)


@row(_rising, "km or bn currency", "Rise from year to year", "Рост от года к году",
     "kinds of assets and open sources with a largest rise, in planned years (of a source in its years)")
def ramp_up(m: Model, f: Factors, r: str, y: int) -> Relation:
    r"""Km of a kind, or use of a source, rise no faster than allowed; what is under contract comes on top.

    .. math:: x_{r,y} \le (1 + ramp\_up_r)\, z_{r,y} + a_{r,y} + exempt_{r,y}

    ``z``: the amount of the year before, or, where a year of beginning is stated, up to it that of the last year before
    the planned ones; ``a``: what is allowed at the beginning up to that year, what is always allowed after it.

    Unit: km, or bn of the currency. Dual: value of one more km, or bn of the currency, in that year, bn KZT.
    """
    ramped = ramps_of(f.case)[r]
    of_year, most = amount(f, ramped, y), allowed(f, ramped, y)
    return expression(m, f, of_year) - expression(m, f, most) <= most.constant - of_year.constant


def _falling(f: Factors) -> Iterator[Index]:
    return (rule.index for rule in rules_of(f).values() if rule.family == "ramp_down")


@row(_falling, "km or bn currency", "Fall from year to year", "Спад от года к году",
     "kinds of assets and open sources with a largest fall, in planned years (of a source in its years)")
def ramp_down(m: Model, f: Factors, r: str, y: int) -> Relation:
    r"""Km of a kind, or use of a source, fall no faster than wished, but for a shortfall.

    .. math:: x_{r,y} + \sum_k short_{g,k} \ge (1 - ramp\_down_r)\, z_{r,y}

    Unit: km, or bn of the currency. Dual: price of the row in the stage's unit per km or bn of the currency.
    """
    rule = rules_of(f)[f"ramp_down[{r},{y}]"]
    beyond = rule.beyond(f)
    return expression(m, f, beyond) + missed(m.short, rule.id) >= 0.0 - beyond.constant


def _contracts(f: Factors) -> Iterator[tuple[str, int]]:
    return ((n, y) for n, package in f.case.packages.items() for y in package.committed)


@row(_contracts, "km", "Km under contract", "Км по договорам",
     "packages with committed km, in the years by whose end they must be renewed")
def committed_km(m: Model, f: Factors, n: str, y: int) -> Relation:
    r"""Km under contract are renewed by the end of their year.

    .. math:: \sum_{t \le y} renew_{n,t} \ge \sum_{u \le y} committed_{n,u}

    Unit: km. Dual: what the contract is worth (negative: costs), bn KZT per km.
    """
    asked = sum(km for year, km in f.case.packages[n].committed.items() if year <= y)
    return sum(m.renew[n, t] for t in f.works.open[n] if f.works.period_year[t] <= y) >= asked


def limits(f: Factors) -> Iterator[Limit]:
    """The rise of a ramp, and what is allowed on top of it: they move all their years; the cumulative pace after each
    of its years but the last."""
    for s in sorted(f.bounds.users):
        source = f.case.sources[s]
        asked = [y for p, y in _paced_years(f) if p == s] if source.pace else []
        size = f.money.exchange0[s] * _size_of_pace(f, s) / 100.0
        for n in range(1, len(source.pace)):
            parts = {("draw_pace", (s, y)): size * part for y in asked if (part := part_of_pace(source, y, n)) > LEAST}
            if parts:
                yield Limit("pace", (s, str(n)), source.cells.get("pace", source.origin), "%",
                            100.0 * fsum(source.pace[:n]), parts, partial(_with_pace, s, n), partial(_pace, s, n),
                            rows=partial(_pace_rows, s, tuple(y for _, (_, y) in parts)))
    for r, ramped in ramps_of(f.case).items():
        if ramped.ramp.up is not None:
            size = size_of_fall(f.case, ramped) / 100.0
            yield Limit("ramp_up", (r,), ramped.ramp.up_cell, "%", 100.0 * ramped.ramp.up,
                        {("ramp_up", (r, y)): size or 1.0 for y in ramped.years}, partial(_with_up, r), partial(_up, r),
                        rows=partial(_up_rows, r))
        rising = ramped.years if ramped.ramp.up is not None else ()
        started = [y for y in rising if ramped.ramp.start is not None and ramped.begins(y)]
        moves = {("ramp_up", (r, y)): 1.0 for y in rising if y not in started}
        if started and ramped.ramp.start is not None:
            yield Limit("ramp_start", (r,), ramped.ramp.start_cell, ramped.unit, ramped.ramp.start,
                        {("ramp_up", (r, y)): 1.0 for y in started}, partial(_with_start, r), partial(_start, r))
        if moves:
            yield Limit("ramp_least", (r,), ramped.ramp.cell, ramped.unit, ramped.ramp.least, moves,
                        partial(_with_least, r), partial(_least, r))


def _size_of_pace(f: Factors, s: str) -> float:
    """What a pace is a share of, at most, bn of the currency."""
    source, signed = f.case.sources[s], signed_amount(f.case, f.case.sources[s])
    stated = source.envelope if signed is None else signed
    return (fsum(source.ceilings.values()) if stated is None else stated) or 1.0


def _pace(s: str, n: int, f: Factors) -> float:
    return 100.0 * fsum(f.case.sources[s].pace[:n])


def _with_pace(s: str, n: int, case: Case, value: float) -> Case:
    """Another cumulative pace after ``n`` years; no later one is less, no earlier one more."""
    source, to = case.sources[s], value / 100.0
    cumulative = [fsum(source.pace[:k]) for k in range(1, len(source.pace) + 1)]
    moved = [min(c, to) if k < n else to if k == n else max(c, to) for k, c in enumerate(cumulative, 1)]
    pace = tuple(now - before for before, now in pairwise([0.0, *moved]))
    return replace(case, sources={**case.sources, s: replace(source, pace=pace)})


def _pace_rows(s: str, years: tuple[int, ...], f: Factors) -> dict[tuple[str, Index], Linear]:
    """Only what the pace decides of the rows: what of the signed amount may be drawn, less."""
    source, e0 = f.case.sources[s], f.money.exchange0[s]
    signed, before = signed_amount(f.case, source), f.bounds.before.get(s, 0.0)
    return {("draw_pace", (s, y)): Linear({("signed", (s,)): -pace_to(source, y) * e0}) if signed is None
            else Linear({}, -max(pace_to(source, y) * signed - before, 0.0) * e0) for y in years}


def _up(r: str, f: Factors) -> float:
    return 100.0 * (ramps_of(f.case)[r].ramp.up or 0.0)


def _with_up(r: str, case: Case, value: float) -> Case:
    ramped = ramps_of(case)[r]
    return with_ramp(case, ramped, replace(ramped.ramp, up=value / 100.0))


def _up_rows(r: str, f: Factors) -> dict[tuple[str, Index], Linear]:
    ramped = ramps_of(f.case)[r]
    return {("ramp_up", (r, y)): allowed(f, ramped, y).times(-1.0) for y in ramped.years}


def _start(r: str, f: Factors) -> float:
    return ramps_of(f.case)[r].ramp.start or 0.0


def _with_start(r: str, case: Case, value: float) -> Case:
    ramped = ramps_of(case)[r]
    return with_ramp(case, ramped, replace(ramped.ramp, start=value))


def _least(r: str, f: Factors) -> float:
    return ramps_of(f.case)[r].ramp.least


def _with_least(r: str, case: Case, value: float) -> Case:
    ramped = ramps_of(case)[r]
    return with_ramp(case, ramped, replace(ramped.ramp, least=value, scale=size_of_fall(case, ramped)))
