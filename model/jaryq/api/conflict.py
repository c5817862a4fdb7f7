"""A conflict in the words of the workbook: targets first, then limits with their cells, then what only follows from the
schedule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from jaryq.base.errors import Infeasible
from jaryq.base.text import Text
from jaryq.base.units import UNITS, bn_of
from jaryq.case.ramps import source_of
from jaryq.explain.told import number
from jaryq.formulation.declare import ROWS
from jaryq.solve.lp import label
from jaryq.solve.question import Limit

LIMIT = Text("{title}, {index}: {value} {unit} ({cell})", "{title}, {index}: {value} {unit} ({cell})")
SHOWN = 4
"""So many limits of one kind are named; the others are counted."""


def in_words(error: Infeasible, limits: Iterable[Limit], currencies: Mapping[str, str]) -> Infeasible:
    """The same contradiction with its limits named by title, size and cell, the rows of one limit told once.

    ``currencies``: of the sources of money, by their keys.
    """
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
    said = [text for (_, family), found in sorted(kinds.items(), key=lambda item: item[0][0])
            for text in _limits(family, found, currencies)]
    said += [_rows(family, names)
             for family, names in sorted(families.items(), key=lambda item: (len(item[1]), item[0]))]
    return Infeasible(str(error), error.conflict, said)


def _limits(family: str, found: Sequence[Limit], currencies: Mapping[str, str]) -> list[Text]:
    title = ROWS[family].text
    said = []
    for limit in found[:SHOWN]:
        said.append(LIMIT.fill(title=title, index=", ".join(limit.index), value=number(limit.value),
                               unit=_unit(limit, currencies), cell=limit.origin))
    if len(found) > SHOWN:
        more = len(found) - SHOWN
        said.append(Text(f"{title.en}: {more} more", f"{title.ru}: ещё {more}"))
    return said


def _unit(limit: Limit, currencies: Mapping[str, str]) -> Text:
    if limit.unit != "bn currency":
        return UNITS[limit.unit].symbol if limit.unit in UNITS else Text(limit.unit, limit.unit)
    return bn_of(currencies[source_of(limit.index[0])])


def _rows(family: str, names: Sequence[str]) -> Text:
    title = ROWS[family].text if family in ROWS else Text(family, family)
    places = ", ".join(name.removeprefix(family).strip("[]").replace(",", " ") for name in names[:SHOWN])
    more = f" (+{len(names) - SHOWN})" if len(names) > SHOWN else ""
    return Text(f"{title.en}: {places}{more}", f"{title.ru}: {places}{more}")
