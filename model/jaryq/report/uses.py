"""Table ``uses``: what each group of sources pays, by sector and region."""

from __future__ import annotations

import math
from collections import defaultdict

from jaryq.base.text import Text
from jaryq.report.amounts import Amounts
from jaryq.report.projects import NOTHING, ordered
from jaryq.report.shapes import Out, Value
from jaryq.report.words import SECTORS, group_of, name_of, same

NONE = "–"
"""A project of no sector, or of no region."""


def uses_table(found: Amounts) -> Out:
    """One row for each group of sources, sector and region that has money: groups, sectors and regions in the order of
    the input. The total is that of the table ``funding``."""
    case = found.case
    paid: dict[tuple[Text, Text, Text], list[float]] = defaultdict(list)
    regions = [name_of(case.regions[key]) for key in ordered(found, "regions", case.regions)]
    for (source, project), amount in found.paid.items():
        what = case.projects[project]
        sector = SECTORS.get(what.sector or "", same(what.sector or NONE))
        here = what.region or ""
        region = name_of(case.regions[here]) if here in case.regions else same(here or NONE)
        paid[group_of(case.sources[source]), sector, region].append(amount)
    groups = list(dict.fromkeys(group_of(case.sources[key]) for key in ordered(found, "sources", case.sources)))
    sectors = list(SECTORS.values())

    def place(key: tuple[Text, Text, Text]) -> tuple[int, int, int]:
        return tuple(seen.index(one) if one in seen else len(seen)  # type: ignore[return-value]
                     for seen, one in zip((groups, sectors, regions), key, strict=True))

    rows: list[dict[str, Value]] = [{"group": group, "sector": sector, "region": region, "total": amount}
                                    for group, sector, region in sorted(paid, key=place)
                                    if (amount := math.fsum(paid[group, sector, region])) > NOTHING]
    return Out("uses", ("group", "sector", "region", "total"), tuple(rows),
               sums=("total",), groups="group")
