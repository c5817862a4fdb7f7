"""A conflict in the words of the workbook: targets first, then limits with their cells, then what only follows from the schedule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from model.base.errors import Infeasible
from model.base.text import Text
from model.formulation.declare import ROWS, Limit
from model.solve.lp import label

SHOWN = 4
"""So many limits of one kind are named; the others are counted."""


def in_words(error: Infeasible, limits: Iterable[Limit]) -> Infeasible:
    """The same contradiction with its limits named by title, size and cell, the rows of one limit told once."""
    by_row = {label(row): limit for limit in limits for row in limit.moves}
    kinds: dict[tuple[int, str], list[Limit]] = {}
    families: dict[str, list[str]] = {}
    for name in error.conflict:
        limit, family = by_row.get(name), name.partition("[")[0]
        if limit is None:
            families.setdefault(family, []).append(name)
            continue
        mine = kinds.setdefault((0 if limit.kind == "target" else 1, family), [])
        if limit not in mine:
            mine.append(limit)
    said = [text for (_, family), found in sorted(kinds.items(), key=lambda item: item[0][0]) for text in _limits(family, found)]
    said += [_rows(family, names) for family, names in sorted(families.items(), key=lambda item: (len(item[1]), item[0]))]
    return Infeasible(str(error), error.conflict, said)


def _limits(family: str, found: Sequence[Limit]) -> list[Text]:
    title = ROWS[family].text
    said = []
    for limit in found[:SHOWN]:
        place = f"{', '.join(limit.index)}: {limit.value:,.6g} {limit.unit} ({limit.origin})"
        said.append(Text(f"{title.en}, {place}", f"{title.ru}, {place}"))
    if len(found) > SHOWN:
        more = len(found) - SHOWN
        said.append(Text(f"{title.en}: {more} more", f"{title.ru}: ещё {more}"))
    return said


def _rows(family: str, names: Sequence[str]) -> Text:
    title = ROWS[family].text if family in ROWS else Text(family, family)
    more = f" (+{len(names) - 1})" if len(names) > 1 else ""
    return Text(f"{title.en}: {names[0]}{more}", f"{title.ru}: {names[0]}{more}")
