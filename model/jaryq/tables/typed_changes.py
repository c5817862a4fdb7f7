"""Changes as people type them, on the command line and in notebooks."""

from __future__ import annotations

from collections.abc import Sequence

from jaryq.base.issues import Issue
from jaryq.base.text import Text
from jaryq.sheets.aliases import heading, sheet_called
from jaryq.sheets.inputs import INPUT
from jaryq.sheets.said import meant as said_for
from jaryq.sheets.scenarios import OPERATIONS
from jaryq.tables.change import Change
from jaryq.tables.fault import hinted, near
from jaryq.tables.programme import PROGRAMME


def typed_changes(texts: Sequence[str], place: str) -> tuple[tuple[Change, ...], list[Issue]]:
    """Changes typed one by one, and the issues of those that are none; ``place``: where they were typed."""
    each = [command_change(text, place) for text in texts]
    return tuple(change for change, _ in each if change is not None), [issue for _, found in each for issue in found]


def typed(change: Change) -> str:
    """A change as ``command_change`` takes it: typed again it is the same."""
    column = " ".join(filter(None, (change.column, change.years)))
    selector, value = change.selector.replace("; ", ", "), "" if change.value is None else f" {change.value}"
    return f"{change.table}; {selector}; {column}; {change.operation}{value}"


def command_change(text: str, place: str = "--set") -> tuple[Change | None, list[Issue]]:
    """A change typed at ``place``, the command line: ``sheet; selector; column [years]; operation value``.

    The selector may itself hold parts separated by ``,`` or be a bare key pattern (``JICA*``) for the sheet's key
    column.
    """
    parts = [part.strip() for part in text.split(";", 3)]
    blank = Change("", "", "", "", "", None, place, "")
    if len(parts) != 4:
        return None, [
            blank.issue(
                "change_unfit",
                place,
                text,
                detail=Text("write sheet; selector; column; operation value",
                            "пишите: лист; условие; столбец; действие значение"),
            )
        ]
    sheet, selector, column, act = parts
    operation, _, value = act.partition(" ")
    operation = said_for(operation, OPERATIONS) or operation
    if sheet != PROGRAMME and (titled := sheet_called(INPUT.values(), sheet)) is not None:
        sheet = titled.name
    if sheet != PROGRAMME and (sheet not in INPUT or INPUT[sheet].free):
        return None, [blank.issue("change_unfit", place, sheet,
                                  detail=hinted(f"no sheet is called {sheet}", f"листа {sheet} нет",
                                                near(sheet, list(INPUT))))]
    key = "source_id" if sheet == PROGRAMME else INPUT[sheet].key[0]
    wanted = []
    for piece in selector.split(","):
        left, sign, right = piece.partition("=")
        if sign and sheet != PROGRAMME and INPUT[sheet].column(left.strip()) is None:
            left = heading(INPUT[sheet], left) or said_for(left, [each.name for each in INPUT[sheet].columns]) or left
        wanted.append(f"{left.strip()}={right.strip()}" if sign
                      else (f"{key}={piece.strip()}" if piece.strip() else ""))
    head, _, span = column.rpartition(" ")
    if not (span[:4].isdigit() and len(span) in (4, 9)):
        head, span = column, ""
    if column[:4].isdigit() and len(column) in (4, 9):
        head, span = "", column
    return Change(sheet, "; ".join(filter(None, wanted)), head, span, operation, value.strip(), place, ""), []
