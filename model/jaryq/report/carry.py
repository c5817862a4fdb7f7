"""What becomes of the money of a source, year by year (docs/numbers.md: Money), in bn of its own currency.

Every year balances: ceiling + carried in + added = used + served + lapsed + carried out + left over.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from jaryq.base.once import once
from jaryq.case.case import Source
from jaryq.factors.debt import debt_flows
from jaryq.report.amounts import Amounts


@dataclass(frozen=True)
class Year:
    """One year of a source; None where the source has no ceiling of its own, so that nothing can be said.

    ``added``: loans drawn into a fund and interest it earns; ``served``: service and fees of the loans it repays.
    """

    year: int
    ceiling: float | None
    used: float
    carried_in: float | None = None
    lapsed: float | None = None
    carried_out: float | None = None
    left: float | None = None
    envelope_left: float | None = None
    added: float = 0.0
    served: float = 0.0


def years_of(found: Amounts, source: Source) -> tuple[Year, ...]:
    """The planned years of a source. ``carried_in`` is what was left the year before, the part that lapses included."""
    ceilings = {y: _ceiling(found, source, y) for y in found.years}
    used = {y: found.use(source.id, y) for y in found.years}
    if not source.open:
        return _closed(found, source)
    if source.carry_over == "none":
        rows = [Year(y, ceilings[y], used[y], lapsed=_less(ceilings[y], used[y])) for y in found.years]
    elif source.carry_over == "one_year":
        rows = _one_year(found, source, ceilings, used)
    elif source.carry_over == "fund":
        rows = _fund(found, source, ceilings, used)
    else:
        rows = _loan(found, ceilings, used)
    return _with_envelope(found, source, rows)


@once
def year_of(found: Amounts) -> Mapping[tuple[str, int], Year]:
    """The planned years of all sources, by source and year."""
    return {(s, row.year): row for s, source in found.case.sources.items() for row in years_of(found, source)}


def _ceiling(found: Amounts, source: Source, year: int) -> float | None:
    """The ceiling of a year with the income the source receives in it."""
    if year not in source.ceilings:
        return None
    return (source.ceilings[year]
            + found.earned.get((source.id, year), 0.0) / found.factors.money.exchange[source.id, year])


def _less(whole: float | None, part: float) -> float | None:
    """What is left, without the noise below 1e-9 of a billion."""
    if whole is None:
        return None
    return 0.0 if abs(whole - part) < 1e-9 else whole - part


def _one_year(found: Amounts, source: Source, ceilings: dict[int, float | None], used: dict[int, float]) -> list[Year]:
    """Old money is used first: old = plan.old, the rest of the use is new; what is left of a year lapses a year
    later."""
    rows: list[Year] = []
    before: float | None = 0.0
    for y in found.years:
        old = found.plan.old.get((source.id, y), 0.0)
        rest = _less(ceilings[y], used[y] - old)
        lapsed = _less(before, old)
        last = y == found.years[-1]
        rows.append(Year(y, ceilings[y], used[y], before, lapsed, None if last else rest, rest if last else None))
        before = rest
    return rows


def _fund(found: Amounts, source: Source, ceilings: dict[int, float | None], used: dict[int, float]) -> list[Year]:
    """Idle money stays; of what stayed the share that is not kept lapses in the next year."""
    rows: list[Year] = []
    before = 0.0
    for y in found.years:
        idle = found.plan.idle.get((source.id, y), 0.0)
        known = ceilings[y] is not None
        last = y == found.years[-1]
        rows.append(Year(
            y, ceilings[y], used[y], before, (1.0 - source.keep) * before, idle if known and not last else None,
            idle if known and last else None,
            added=source.interest * source.keep * before
            + lines_into(found, source.id, y) / found.factors.money.exchange[source.id, y],
            served=service_from(found, source.id).get(y, 0.0) / found.factors.money.exchange[source.id, y],
        ))
        before = idle
    return rows


def lines_into(found: Amounts, fund: str, year: int) -> float:
    """What loans bring into a fund in a year, nominal bn KZT."""
    return math.fsum(amount for (s, y), amount in found.plan.line.items() if y == year
                     and found.case.sources[s].draws_to == fund)


def service_from(found: Amounts, fund: str) -> dict[int, float]:
    """Service and fees that a fund pays by planned year, nominal bn KZT."""
    loans = [s for s, source in found.case.sources.items() if source.open and source.kind == "loan"
             and source.service_from == fund]
    if not loans:
        return {}
    service = debt_flows(found.factors, found.plan, "debt_service", loans)
    return {y: service.get(y, 0.0) for y in found.years}


def _loan(found: Amounts, ceilings: dict[int, float | None], used: dict[int, float]) -> list[Year]:
    """Cumulative pace less cumulative use, as long as every year so far has a ceiling."""
    rows: list[Year] = []
    before: float | None = 0.0
    for y in found.years:
        ceiling = ceilings[y]
        rest = None if before is None or ceiling is None else _less(before + ceiling, used[y])
        last = y == found.years[-1]
        if rest is None:
            rows.append(Year(y, ceiling, used[y]))
        else:
            rows.append(Year(y, ceiling, used[y], before, 0.0, None if last else rest, rest if last else None))
        before = rest
    return rows


def _with_envelope(found: Amounts, source: Source, rows: list[Year]) -> tuple[Year, ...]:
    """The same with what is left of the envelope at the end of each year; without ceilings that is what is left
    over."""
    if source.envelope is None:
        return tuple(rows)
    room, done = source.envelope, []
    for row in rows:
        earned = found.earned.get((source.id, row.year), 0.0) / found.factors.money.exchange[source.id, row.year]
        room = _less(room + earned, row.used) or 0.0
        unlimited = row.year == found.years[-1] and row.left is None and row.lapsed is None
        done.append(replace(row, left=room if unlimited else row.left, envelope_left=room))
    return tuple(done)


def _closed(found: Amounts, source: Source) -> tuple[Year, ...]:
    """A closed source: nothing is used, all of it is left over; shown once, in the last year."""
    stated = [source.ceilings.get(y) for y in found.years]
    known = [value for value in stated if value is not None]
    whole = math.fsum(known) if known else None
    if source.envelope is not None:
        whole = source.envelope if whole is None else min(whole, source.envelope)
    return tuple(Year(y, source.ceilings.get(y), 0.0, left=whole if y == found.years[-1] else None)
                 for y in found.years)


def left_over(rows: tuple[Year, ...]) -> float | None:
    """What could still be used after the last year: no more than is left of the envelope."""
    last = rows[-1]
    if last.left is None or last.envelope_left is None:
        return last.left
    return min(last.left, last.envelope_left)
