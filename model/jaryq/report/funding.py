"""Tables ``funding`` (by source) and ``funding_years`` (source x year): used, carried, lapsed, left over; closed
sources too."""

from __future__ import annotations

import math

from jaryq.base.text import Text
from jaryq.case.case import Source
from jaryq.case.status import status_of_limits
from jaryq.report.amounts import Amounts
from jaryq.report.carry import Year, left_over, years_of
from jaryq.report.projects import ordered
from jaryq.report.shapes import Out, Value
from jaryq.report.words import CLOSED, DATA, OPEN, group_of, name_of, why_closed


def funding_table(found: Amounts) -> Out:
    """One row for each source: nominal bn KZT by year, then its own currency; subtotals by group beneath."""
    spend = math.fsum(found.outlay.values())
    rows = [_source_row(found, found.case.sources[key], spend) for key in ordered(found, "sources", found.case.sources)]
    uses = tuple(f"use_{year}" for year in found.years)
    line = ("line",) if found.plan.line else ()
    headings = (
        "source", "name", "group", "status", *uses, "total", "part", *line, "unused", "currency", "envelope",
        "ceilings", "used", "lapsed", "left",
        "reason", "data_status",
    )
    return Out("funding", headings, tuple(rows), row_sums={"total": "use_"},
               sums=(*uses, "total", "part", *line, "unused"), groups="group")


def head(source: Source) -> dict[str, Value]:
    """Who a source is, whether it is open, and why not."""
    return {
        "source": source.id, "name": name_of(source), "group": group_of(source),
        "status": OPEN if source.open else CLOSED,
        "reason": None if source.open else why_closed(source),
        "currency": source.currency,
        "data_status": DATA[status_of_limits(source)],
    }


def _source_row(found: Amounts, source: Source, spend: float) -> dict[str, Value]:
    uses = {f"use_{y}": found.draw.get((source.id, y), 0.0) for y in found.years}
    total = math.fsum(uses.values())
    rows = years_of(found, source)
    known = [row.ceiling for row in rows if row.ceiling is not None]
    lapsed = [row.lapsed for row in rows if row.lapsed is not None]
    return head(source) | uses | {
        "total": total, "line": math.fsum(found.plan.line.get((source.id, y), 0.0) for y in found.years),
        "part": 100.0 * total / spend if spend > 0 else 0.0, "unused": unused_kzt(found, source, rows),
        "envelope": source.envelope,
        "ceilings": math.fsum(known) if known else None, "used": math.fsum(row.used for row in rows),
        "lapsed": math.fsum(lapsed) if lapsed else None, "left": left_over(rows),
    }


def unused_kzt(found: Amounts, source: Source, rows: tuple[Year, ...]) -> float | None:
    """Money not used: what lapsed at the rate of its year, what is left over at the rate of the last year. None: no
    limit at all."""
    left = left_over(rows)
    if left is None and all(row.lapsed is None for row in rows):
        return None
    rate = found.factors.money.exchange
    parts = [(row.lapsed or 0.0) * rate[source.id, row.year] for row in rows]
    return math.fsum([*parts, (left or 0.0) * rate[source.id, rows[-1].year]])


def years_table(found: Amounts) -> Out:
    """One row for each source and year, in its own currency and in KZT; subtotals by year beneath."""
    rows = [
        _year_row(found, found.case.sources[key], row)
        for key in ordered(found, "sources", found.case.sources) for row in years_of(found, found.case.sources[key])
    ]
    funds = any(row["added"] or row["served"] for row in rows)
    headings = (
        "source", "name", "group", "status", "year", "currency", "ceiling", "carried_in",
        *(("added",) if funds else ()), "used",
        *(("served",) if funds else ()), "lapsed", "carried_out", "left", "envelope_left",
        "rate", "ceiling_kzt", "used_kzt", "lapsed_kzt", "left_kzt",
    )
    remark = Text(
        "Old money is counted as used first. A loan's ceilings are a cumulative pace. Blank: the source has no ceiling "
        "of its own in that year.",
        "Сначала считаются использованными прошлогодние деньги. Потолки займа: нарастающий темп. Пусто: своего потолка "
        "в этом году нет.",
    )
    return Out("funding_years", headings, tuple(rows), sums=("ceiling_kzt", "used_kzt", "lapsed_kzt", "left_kzt"),
               groups="year", remarks=(remark,))


def _year_row(found: Amounts, source: Source, row: Year) -> dict[str, Value]:
    rate = found.factors.money.exchange[source.id, row.year]

    def kzt(value: float | None) -> float | None:
        return None if value is None else value * rate

    return head(source) | {
        "year": row.year, "ceiling": row.ceiling, "carried_in": row.carried_in, "added": row.added, "used": row.used,
        "served": row.served,
        "lapsed": row.lapsed, "carried_out": row.carried_out,
        "left": row.left, "envelope_left": row.envelope_left, "rate": rate, "ceiling_kzt": kzt(row.ceiling),
        "used_kzt": found.drawn(source.id, row.year), "lapsed_kzt": kzt(row.lapsed), "left_kzt": kzt(row.left),
    }
