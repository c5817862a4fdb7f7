"""Table ``money`` of the comparison: nominal draws by source and year, one block of the same sources for each
scenario."""

from __future__ import annotations

import math
from collections.abc import Sequence

from jaryq.case.case import Source
from jaryq.report.amounts import Amounts
from jaryq.report.compare.shapes import Side
from jaryq.report.funding import head
from jaryq.report.projects import NOTHING, ordered
from jaryq.report.shapes import Out, Value
from jaryq.sheets.results_compare import MONEY_COMPARED


def sources_of(sides: Sequence[Side]) -> list[str]:
    """Sources that pay in any scenario, in the order in which they are used (rank, then the input's rows)."""
    known: dict[str, Source] = {}
    paying: set[str] = set()
    for one in sides:
        if one.found is not None:
            for key in ordered(one.found, "sources", one.found.case.sources):
                known.setdefault(key, one.found.case.sources[key])
            paying |= {s for (s, _), amount in one.found.draw.items() if abs(amount) > NOTHING}
    place = {key: i for i, key in enumerate(known)}
    return sorted(paying, key=lambda s: (known[s].rank, place[s]))


def years_of(sides: Sequence[Side]) -> tuple[int, ...]:
    """The planned years of all scenarios."""
    return tuple(sorted({year for one in sides if one.found for year in one.found.years}))


def money_table(sides: Sequence[Side]) -> Out:
    """One row for each scenario with a plan and source that pays in any; every block has the same rows, so that they
    can be laid over each other."""
    sources, years = sources_of(sides), years_of(sides)
    base = sides[0].found
    rows = []
    for i, one in enumerate(sides):
        if one.found is None:
            continue
        for s in sources:
            row = _row(one.found, s, years)
            change = _total(one.found, s) - _total(base, s) if i and base is not None else None
            rows.append({"id": one.result.scenario, "scenario": one.name, "source": s, **row,
                         "change": None if change is None else round(change, 9)})
    uses = tuple(f"use_{year}" for year in years)
    return Out("money", ("scenario", "source", "name", "group", "status", *uses, "total", "change"), tuple(rows),
               row_sums={"total": "use_"}, sums=(*uses, "total", "change"), groups="scenario", form=MONEY_COMPARED)


def _row(found: Amounts, source: str, years: tuple[int, ...]) -> dict[str, Value]:
    row: dict[str, Value] = {}
    if source in found.case.sources:
        row |= {key: value for key, value in head(found.case.sources[source]).items()
                if key in ("name", "group", "status")}
    return (row | {f"use_{year}": found.draw.get((source, year), 0.0) for year in years}
            | {"total": _total(found, source)})


def _total(found: Amounts, source: str) -> float:
    return math.fsum(found.draw.get((source, year), 0.0) for year in found.years)
