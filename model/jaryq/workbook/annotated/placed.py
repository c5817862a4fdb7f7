"""Where the sheets of a workbook stand: their parts, and what they are called there."""

from __future__ import annotations

from jaryq.sheets.inputs import INPUT
from jaryq.workbook.annotated.issue_sheet import NAME
from jaryq.workbook.annotated.parts import Parts, identifier_of
from jaryq.workbook.annotated.xml import NotDone
from jaryq.workbook.names import is_note, match_sheets


def placed_sheets(parts: Parts) -> tuple[dict[str, str], dict[str, str]]:
    """The part of every worksheet by its name in the file, and that name by the name of the sheet as it is declared
    (other sheets by their own). Raises NotDone."""
    sheets = parts.tree(parts.main).first("sheets")
    if sheets is None:
        raise NotDone("it has no sheets", "в нём нет листов")
    related = parts.targets(parts.main)
    placed = {node.attributes.get("name", ""): related.get(identifier_of(node.attributes), ("", ""))
              for node in sheets.all("sheet")}
    parts_of = {name: part for name, (kind, part) in placed.items() if kind.endswith("/worksheet")}
    if gone := next((part for part in parts_of.values() if part not in parts.names()), ""):
        # else the page of issues would take its name, and its place
        raise NotDone(f"its part {gone} is missing", f"нет части {gone}")
    matched = match_sheets([name for name in parts_of if not is_note(name)], INPUT)[0]
    names = {sheet.name: raw for raw, sheet in matched.items()}
    names |= {name: name for name in parts_of if name not in names and not name.startswith(NAME)}
    return parts_of, names
