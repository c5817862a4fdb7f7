"""Rules of uncertain inputs, sheet uncertainty: what each distribution is stated by, and groups that move together
(docs/numbers.md, Uncertain inputs). Whether every draw can be planned with: draws.py."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from jaryq.base.issues import Issue
from jaryq.base.text import Text
from jaryq.case.uncertain import SHEET, NotWeighed, weighed
from jaryq.rules.rows import Rows
from jaryq.tables.scenarios import ALMOST, probabilities
from jaryq.tables.tables import Tables
from jaryq.tables.values import show

NEEDS: Mapping[str, tuple[str, ...]] = {
    "triangular": ("low", "likely", "high"), "uniform": ("low", "high"), "lognormal": ("low", "high"),
    "discrete": ("values",), "delay": ("low", "likely", "high"), "comes": ("probability",),
}
"""Columns that state a distribution."""

MAY: Mapping[str, tuple[str, ...]] = {"comes": ("low",)}
"""Columns that may be filled in besides."""

PARAMETERS = tuple(dict.fromkeys(name for names in NEEDS.values() for name in names))
WITHOUT_GAPS = ("triangular", "uniform", "lognormal")
"""Distributions with every value between their ends."""


def uncertain_rows_are_meant(tables: Tables) -> Iterator[Issue]:
    """Each row states what its distribution needs and nothing else, in order, and an operation that fits it."""
    rows = Rows(tables, SHEET)
    for position, row in rows.rows:
        kind = str(row.get("distribution"))
        if kind not in NEEDS:
            continue
        wrong = [*_parameters(rows, position, kind), *_operation(rows, position, row)]
        yield from wrong
        if not wrong:
            yield from _certain(rows, position, row)
        if not str(row.get("source") or "").strip():
            yield rows.issue("uncertain_unsourced", position, "source")


def _parameters(rows: Rows, position: int, kind: str) -> Iterator[Issue]:
    row = rows.rows[position][1]
    for name in PARAMETERS:
        filled = row.get(name) is not None
        if name in NEEDS[kind] and not filled:
            yield rows.issue("parameter_missing", position, name, distribution=kind, needed=", ".join(NEEDS[kind]))
        elif filled and name not in (*NEEDS[kind], *MAY.get(kind, ())):
            others = [other for other in NEEDS if name in (*NEEDS[other], *MAY.get(other, ()))]
            yield rows.issue("unused_term", position, name, where=f"distribution = {', '.join(others)}")
    stated = [name for name in ("low", "likely", "high") if name in NEEDS[kind] and row.get(name) is not None]
    for name, above in pairwise(stated):
        if row[name] > row[above]:
            yield rows.issue("limits_crossed", position, name, most=above, limit=show(row[above]))
    if kind == "lognormal":
        for name in stated:
            if row[name] <= 0.0:
                yield rows.issue("value_not_above", position, name, limit="0", unit="")
    for name in stated if kind == "delay" else ():
        if not float(row[name]).is_integer():
            yield rows.issue("uncertain_unfit", position, name, detail=Text(
                "a delay is in whole months", "задержка задаётся в целых месяцах"))
    if kind == "discrete" and row.get("values") is not None:
        yield from _values(rows, position, row["values"])


def _values(rows: Rows, position: int, text: object) -> Iterator[Issue]:
    try:
        found = list(weighed(text))
    except NotWeighed as error:
        yield rows.issue("uncertain_unfit", position, "values", detail=error.text)
        return
    values = [value for value, _ in found]
    if len(set(values)) < len(values):
        twice = show(next(value for value in values if values.count(value) > 1))
        yield rows.issue("uncertain_unfit", position, "values", detail=Text(
            f"the value {twice} stands twice", f"значение {twice} повторяется"))
    total = math.fsum(probability for _, probability in found)
    if abs(total - 1.0) > ALMOST:
        yield rows.issue("probabilities_sum", position, "values", total=f"{total:.6g}")


def _operation(rows: Rows, position: int, row: Mapping[str, Any]) -> Iterator[Issue]:
    """A delay is in months, a shift goes by whole years."""
    kind, operation = row["distribution"], row.get("operation")
    if kind == "delay" and operation in ("multiply", "shift"):
        yield rows.issue("uncertain_unfit", position, "operation", detail=Text(
            "a delay is in months: they are added, or set; to shift by years use discrete",
            "задержка в месяцах: их прибавляют (add) или задают (set); для сдвига на годы используйте discrete"))
    if operation != "shift":
        return
    if kind not in ("discrete", "comes", "delay"):
        yield rows.issue("uncertain_unfit", position, "distribution", detail=Text(
            "a shift goes by whole years: use discrete or comes",
            "сдвиг идёт на целые годы: используйте discrete или comes"))
    for name in {"discrete": ("values",), "comes": ("low",)}.get(kind, ()):
        if any(not value.is_integer() for value in _stated(row.get(name))):
            yield rows.issue("uncertain_unfit", position, name, detail=Text(
                "a shift goes by whole years", "сдвиг идёт на целые годы"))


def _stated(cell: object) -> Sequence[float]:
    """The numbers of a cell of values, or of one parameter; none where they are none."""
    try:
        return [float(cell)] if isinstance(cell, (int, float)) else [value for value, _ in weighed(cell)]
    except NotWeighed:
        return []


def _certain(rows: Rows, position: int, row: Mapping[str, Any]) -> Iterator[Issue]:
    kind = row["distribution"]
    if kind == "comes" and row["probability"] in (0.0, 1.0):
        yield rows.issue("uncertain_certain", position, "probability", detail=Text(
            *(("it always comes", "приходит всегда") if row["probability"] else
              ("it never comes", "не приходит никогда"))))
    if kind == "discrete" and len(_stated(row["values"])) == 1:
        yield rows.issue("uncertain_certain", position, "values", detail=Text("there is one value", "значение одно"))
    if "high" in NEEDS[kind] and row["low"] == row["high"]:
        yield rows.issue("uncertain_certain", position, "high", detail=Text(
            "low and high are the same", "low и high совпадают"))


def groups_move_together(tables: Tables) -> Iterator[Issue]:
    """Each group has two rows or more and one correlation, which so many rows can have with each other."""
    rows = Rows(tables, SHEET)
    groups: dict[str, list[int]] = {}
    for position, row in rows.rows:
        if row.get("group"):
            groups.setdefault(str(row["group"]), []).append(position)
        elif row.get("correlation") is not None:
            yield rows.issue("unused_term", position, "correlation", where="group")
    for group, positions in groups.items():
        yield from _group(rows, group, positions)


def _group(rows: Rows, group: str, positions: Sequence[int]) -> Iterator[Issue]:
    records = dict(rows.rows)
    stated = [position for position in positions if records[position].get("correlation") is not None]
    if len(positions) == 1:
        yield rows.issue("correlation_unfit", positions[0], "group", detail=Text(
            f"the group {group} has one row; at least two move together",
            f"в группе {group} одна строка; вместе движутся не меньше двух"))
        return
    if not stated:
        yield rows.issue("correlation_unfit", positions[0], "correlation", detail=Text(
            f"the group {group} has no correlation", f"у группы {group} нет корреляции"))
        return
    first = records[stated[0]]["correlation"]
    for position in stated[1:]:
        if records[position]["correlation"] != first:
            yield rows.issue("correlation_unfit", position, "correlation", detail=Text(
                f"the group {group} has the correlation {show(first)} already",
                f"у группы {group} уже есть корреляция {show(first)}"))
    least = least_correlation(len(positions))
    # Two rows can be each other's reverse; more cannot reach what is the least of them.
    if len(positions) > 2 and first <= least:
        yield rows.issue("correlation_unfit", stated[0], "correlation", detail=Text(
            f"{len(positions)} rows can have a rank correlation above {least:.4g} and up to 1 with each other",
            f"у {len(positions)} строк ранговая корреляция друг с другом больше {least:.4g} и не больше 1"
            .replace(".", ",")))


def futures_have_probabilities(tables: Tables) -> Iterator[Issue]:
    """Probabilities of scenarios sum to 100 %, over two futures or more: else what is decided for all is refused."""
    stated = probabilities(tables)
    if not stated:
        return
    total = 100.0 * math.fsum(stated.values())
    if abs(total - 100.0) > 100.0 * ALMOST:
        each, said = "; ".join(f"{name} {100.0 * part:.6g}" for name, part in stated.items()), f"{total:.6g}"
        detail = Text(f"the probabilities of the scenarios sum to {said} %, not 100 % ({each})",
                      f"вероятности сценариев в сумме дают {said} %, а не 100 % ({each})")
    elif len(stated) == 1:
        detail = Text("one scenario alone has a probability, so that there is one future",
                      "вероятность указана только у одного сценария: вариант будущего один")
    else:
        return
    rows = Rows(tables, "scenarios")
    first = next(position for position, row in rows.rows if str(row.get("scenario")) in stated)
    yield rows.issue("scenario_weights", first, "probability", detail=detail)


def least_correlation(rows: int) -> float:
    """The rank correlation that so many rows cannot all have with each other, nor one below it: that of normal ones is
    ``6/pi asin(r/2)`` (Kruskal 1958), and their ``r`` is above ``-1/(rows - 1)``."""
    return 6.0 / math.pi * math.asin(-0.5 / (rows - 1))
