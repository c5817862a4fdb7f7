"""Tables ``inputs`` (every cell that a scenario changes) and ``failures`` (scenarios without a plan)."""

from __future__ import annotations

from collections.abc import Sequence

from jaryq.base.text import Text
from jaryq.report.compare.shapes import Side
from jaryq.report.shapes import Out, Value
from jaryq.report.words import NO, YES, same
from jaryq.sheets.inputs import INPUT
from jaryq.sheets.results_compare import FAILURES, INPUTS_COMPARED
from jaryq.sheets.spec import Column
from jaryq.tables.change import Change
from jaryq.tables.scenarios import Changed

BLANK = Text("(blank)", "(пусто)")
OPERATIONS = {"set": Text("set to", "задано"), "multiply": Text("multiplied by", "умножено на"),
              "add": Text("increased by", "увеличено на"), "shift": Text("shifted by years:", "сдвинуто на лет:"),
              "differs": Text("differs in the plan", "иначе в плане")}


def inputs_table(sides: Sequence[Side]) -> Out:
    """One row for each changed cell of each scenario, in the order of the changes; failed scenarios too, for the cause
    may be there."""
    rows = [{"id": one.result.scenario, "scenario": one.name, **_row(item)} for one in sides
            for item in one.result.changed]
    return Out("inputs", ("scenario", "sheet", "key", "column", "unit", "cell", "old", "new", "how"), tuple(rows),
               form=INPUTS_COMPARED)


def _row(item: Changed) -> dict[str, Value]:
    declared = INPUT[item.sheet].column(item.column) if item.sheet in INPUT else None
    unit = declared.unit_of.symbol if declared and declared.unit_of else None
    return {
        "sheet": item.sheet, "key": item.key, "column": item.column, "unit": unit, "cell": item.cell,
        "old": shown(item.old, declared), "new": shown(item.new, declared), "how": how(item.change),
    }


def shown(value: object, column: Column | None) -> Value:
    """A value of an input cell as a reader expects it: numbers as numbers even if the input held them as text."""
    if value is None or value == "":
        return BLANK
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, (int, float)):
        return value
    text = str(value)
    if column is not None and column.kind in ("number", "integer"):
        try:
            return float(text)
        except ValueError:
            return text
    return text


def how(change: Change) -> Text:
    """``multiplied by 1.25 (scenario_changes, row 9)``, with the reason where one is stated."""
    value = ("" if change.value is None else f" {change.value:.10g}" if isinstance(change.value, float)
             else f" {change.value}")
    row = change.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    where = Text(f"{change.place}, row {row}", f"{change.place}, строка {row}") if row else same(change.place)
    act = OPERATIONS.get(change.operation, same(change.operation or "?"))
    # Not every change carries a reason; those of the command line never do.
    why = str(getattr(change, "reason", "") or "").strip()
    said = f"; {why}" if why else ""
    return Text(f"{act.en}{value}{said} ({where.en})", f"{act.ru}{value}{said} ({where.ru})")


def failures_table(sides: Sequence[Side]) -> Out | None:
    """The scenarios without a plan, and why; None if there are none."""
    rows: list[dict[str, Value]] = [
        {"scenario": one.name, "id": one.result.scenario, "reason": one.result.failure.strip() or "?"}
        for one in sides if one.found is None
    ]
    return Out("failures", ("scenario", "id", "reason"), tuple(rows), form=FAILURES) if rows else None
