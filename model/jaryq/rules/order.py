"""Rules of order and choice across sheets: what waits for what, what is done only together, groups of choice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jaryq.base.digits import apart
from jaryq.base.issues import Issue
from jaryq.base.text import Text
from jaryq.case.fill import keys_in
from jaryq.factors.derive import Factors
from jaryq.factors.order import Wait
from jaryq.rules.commitments import binding
from jaryq.rules.rows import Rows
from jaryq.tables.fault import near
from jaryq.tables.filters import LISTS
from jaryq.tables.tables import Tables

KEYS = {"facilities": "facility", "choices": "choice"}

ITSELF = Text("it names itself or its own variant", "строка ссылается на себя или свой вариант")


def lists_name_rows(tables: Tables) -> Iterator[Issue]:
    """What stands in a list of keys is a row of the sheet that it refers to."""
    for sheet, column, target in LISTS:
        if target not in KEYS:
            continue  # rules of their own say so
        rows = Rows(tables, sheet)
        known = _keys(tables, target)
        for position, row in rows.rows:
            for name in keys_in(row.get(column)):
                if name not in known:
                    yield rows.issue("unknown_reference", position, column, target=target, hint=near(name, known))


def _keys(tables: Tables, sheet: str) -> list[str]:
    column = KEYS[sheet]
    return [str(row.get(column)) for _, row in Rows(tables, sheet).rows if row.get(column) is not None]


def _assets(tables: Tables) -> dict[Any, Any]:
    """The facility that each row of facilities is a variant of, or itself."""
    return {row.get("facility"): row.get("option_of") or row.get("facility")
            for _, row in Rows(tables, "facilities").rows}


def order_is_possible(tables: Tables) -> Iterator[Issue]:
    """Nothing waits for itself, directly or in a circle of columns ``after`` and rows of sequence."""
    assets = _assets(tables)
    facilities, sequence = Rows(tables, "facilities"), Rows(tables, "sequence")
    pairs: list[tuple[Rows, int, Any, Any]] = [
        (facilities, position, row.get("facility"), name) for position, row in facilities.rows
        for name in keys_in(row.get("after"))]
    pairs += [(sequence, position, row.get("project"), row.get("after")) for position, row in sequence.rows]
    known = [(rows, position, assets[p], assets[q]) for rows, position, p, q in pairs if p in assets and q in assets]
    waits: dict[Any, set[Any]] = {}
    for _, _, p, q in known:
        waits.setdefault(p, set()).add(q)
    for rows, position, p, q in known:
        if rows is sequence and p == q:
            yield rows.issue("sequence_unfit", position, "after", detail=ITSELF)
        elif _reaches(waits, q, p):
            yield rows.issue("order_loop", position, "after")


def _reaches(waits: Mapping[Any, set[Any]], start: Any, goal: Any) -> bool:
    seen: set[Any] = set()
    queue = [start]
    while queue:
        here = queue.pop()
        if here == goal:
            return True
        if here not in seen:
            seen.add(here)
            queue += waits.get(here, ())
    return False


def links_are_said_once(tables: Tables) -> Iterator[Issue]:
    """A pair of sheet sequence that column ``after`` has too: the row counts."""
    after = {row.get("facility"): keys_in(row.get("after")) for _, row in Rows(tables, "facilities").rows}
    rows = Rows(tables, "sequence")
    for position, row in rows.rows:
        if row.get("after") in after.get(row.get("project"), ()):
            yield rows.issue("row_wins", position, "after")


def company_is_another(tables: Tables) -> Iterator[Issue]:
    """A facility is not done only together with itself or a variant of it."""
    assets = _assets(tables)
    rows = Rows(tables, "facilities")
    for position, row in rows.rows:
        if any(assets.get(name) == assets[row.get("facility")] for name in keys_in(row.get("only_with"))):
            yield rows.issue("sequence_unfit", position, "only_with", detail=ITSELF)


def choices_are_stated(tables: Tables) -> Iterator[Issue]:
    """The numbers of a group are in order; a group without members, or without a number, is told (a note)."""
    members = {name for _, row in Rows(tables, "facilities").rows for name in keys_in(row.get("choice"))}
    rows = Rows(tables, "choices")
    for position, row in rows.rows:
        least, most = row.get("at_least"), row.get("at_most")
        if least is not None and most is not None and least > most:
            yield rows.issue("limits_crossed", position, "at_least", most="at_most", limit=apart(most, least)[0])
        if row.get("choice") not in members:
            yield rows.issue("row_unused", position, "choice", why=Text(
                "no facility has it in column choice", "ни у одного объекта её нет в столбце choice"))
        elif least is None and most is None:
            yield rows.issue("row_unused", position, "choice", why=Text(
                "at_least and at_most are blank, so nothing is limited",
                "at_least и at_most пусты, ничего не ограничено"))


def waiting_ends(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """What waits for another that may be done has a start that is late enough."""
    case, starts = factors.case, factors.works.starts
    facilities, sequence = Rows(tables, "facilities"), Rows(tables, "sequence")
    stated = {(row.get("project"), row.get("after")): position for position, row in sequence.rows}
    places = {row.get("facility"): position for position, row in facilities.rows}
    for (p, q, through), wait in factors.works.waits.items():
        rows = [start for key in case.meets(q) for start in starts[key]]
        if through or not rows or any(wait.meets(before, mine) for before in rows for mine in starts[p]):
            continue
        code = ("must_" if binding(factors, p) else "") + "never_fits"
        if (p, q) in stated:
            yield sequence.issue(code, stated[p, q], "lag", when=_when(q, wait))
        else:
            yield facilities.issue(code, places[p], "after", when=_when(q, wait))


def _when(q: str, wait: Wait) -> Text:
    """When works that wait may begin."""
    ways = [[Text(f"{months:g} months after works of {q} {en}", f"через {months:g} мес. после {ru} работ {q}")
             for months, en, ru in ((end, "end", "окончания"), (begin, "begin", "начала")) if months is not None]
            for end, begin in wait.ways]
    return Text(" or ".join(" and ".join(text.en for text in way) for way in ways),
                " или ".join(" и ".join(text.ru for text in way) for way in ways))


def choices_can_be_met(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """Of a group so many can be done, and no more must be, than its row asks for. Of the variants of one facility at
    most one is done."""
    case, starts = factors.case, factors.works.starts
    rows = Rows(tables, "choices")
    for position, row in rows.rows:
        group = case.choices[row["choice"]]
        members = [facility for facility in case.facilities.values() if group.id in facility.choices]
        possible = {one.asset for one in members if one.done is not None or starts[one.id]}
        bound = {one.asset for one in members if one.done is not None or one.must}
        bound |= {asset for asset in possible - bound
                  if (any_of := case.any_of(asset)) and all(group.id in case.facilities[key].choices for key in any_of)}
        if group.at_least is not None and group.at_least > len(possible):
            yield rows.issue("choice_unfit", position, "at_least", detail=Text(
                f"at least {group.at_least} are wanted, but only {len(possible)} can be done",
                f"нужно не меньше {group.at_least}, но выполнимы только {len(possible)}"))
        if group.at_most is not None and group.at_most < len(bound):
            yield rows.issue("choice_unfit", position, "at_most", detail=Text(
                f"{len(bound)} must be done or are done, at most {group.at_most} are allowed",
                f"{len(bound)} обязательны или выполнены, разрешено не больше {group.at_most}"))

