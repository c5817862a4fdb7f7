"""Wishes of sheet overrides for the Case (docs/numbers.md, Wishes)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jaryq.case.case import Period
from jaryq.case.fill import part, rows, years_of
from jaryq.case.works import Wish
from jaryq.tables.tables import Tables

PERIOD = re.compile(r"(\d{4})(?:Q([1-4]))?")
"""A year, or a quarter of it."""


def wishes(tables: Tables, periods: Sequence[Period]) -> dict[str, Wish]:
    """What is wanted of each project."""
    planned = {period.year for period in periods}
    found = {}
    for r in rows(tables, "overrides"):
        before, after = (places(r[name], periods) for name in ("not_before", "not_after"))
        found[r["project"]] = Wish(
            project=r["project"], decision={"do": True, "leave_out": False}.get(r["decision"] or ""),
            first=None if before is None else before[0], last=None if after is None else after[1],
            km={y: km for y, km in sorted(years_of(r, "km_").items()) if y in planned},
            payer=r["payer"], share=part(r["payer_share"]), origin=r["origin"],
        )
    return found


def places(text: object, periods: Sequence[Period]) -> tuple[int, int] | None:
    """Places of the first and the last of the planned periods that a text names (a year all of its periods; a quarter
    its year, where years are planned); before the first one, or after the last, if it lies there. None where it is
    blank or no period."""
    said = PERIOD.fullmatch("" if text is None else str(text).strip().removesuffix(".0").upper())
    if said is None:
        return None
    year, quarter = int(said[1]), said[2]
    mine = [p.position for p in periods if p.year == year and (quarter is None or p.label in (f"{year}Q{quarter}",
                                                                                          str(year)))]
    if mine:
        return mine[0], mine[-1]
    return (-1, -1) if year < periods[0].year else (len(periods), len(periods))
