"""Networks on the page of a region: a row for each kind, km by year, wear before and after."""

from __future__ import annotations

import math
from collections.abc import Mapping

from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.handover.said import as_text
from jaryq.report.block import Block, Field
from jaryq.report.report import Report
from jaryq.report.shapes import Value, as_number

Row = Mapping[str, Value]


def by_kind(case: Case, report: Report, key: str, name: Text | None) -> Block:
    """Sums of the region's packages by kind; wear where the region's ``name`` is its alone (None: it is not)."""
    over, last = case.settings.years, case.settings.last_year
    kinds: dict[Text, list[Row]] = {}
    for row in report.tables["networks"].rows:
        if (case.packages[str(row["package"])].region or "") == key:
            kinds.setdefault(as_text(row.get("kind")), []).append(row)
    wear = report.tables["wear"].rows if "wear" in report.tables and name is not None else ()
    worn = {as_text(row.get("kind")): row for row in wear if row.get("region") == name}
    fields = (
        Field(Text("Kind of network", "Вид сети")), Field(Text("In scope", "В программе"), "km", total=True),
        Field(Text("Done before", "Сделано ранее"), "km", total=True),
        *(Field(Text(str(year), str(year)), "km", total=True) for year in over),
        Field(Text("Renewed by the plan", "Обновляется по плану"), "km", total=True, bar=True),
        Field(Text("Cost", "Затраты"), BILLION, total=True),
        *((Field(Text("Wear now", "Износ сейчас"), "%"),
           Field(Text(f"Wear at the end of {last}", f"Износ на конец {last} года"), "%"),
           Field(Text("Without works", "Без работ"), "%")) if worn else ()),
    )
    headings = ("scope", "done", *(f"km_{year}" for year in over), "renewed", "total")
    rows = tuple((kind, *(math.fsum(as_number(row.get(heading)) for row in mine) for heading in headings),
                  *((worn.get(kind, {}).get(heading) for heading in ("now", f"plan_{last}", f"idle_{last}"))
                    if worn else ()))
                 for kind, mine in kinds.items())
    return Block(Text("Networks", "Сети"), fields, rows,
                 adds=((3 + len(over), tuple(range(3, 3 + len(over)))),))
