"""A project forced in or out by a row of the sheet of wishes."""

from __future__ import annotations

from jaryq.base.text import Text
from jaryq.desk.draft import Draft, Refused

SHEET, PROJECT, DECISION = "overrides", "project", "decision"
NO_SHEET = Text("the workbook has no sheet {sheet} with these columns; add it in your spreadsheet program",
                "в книге нет листа {sheet} с такими столбцами; добавьте его в табличном редакторе")


def wish(draft: Draft, project: str, decision: str) -> None:
    """Put a wish among the changes of a draft: in the row of the project, or in a new one. Raises Refused."""
    with draft.lock:
        if SHEET not in draft.tables or not {PROJECT, DECISION} <= draft.tables[SHEET].columns.keys():
            raise Refused(NO_SHEET.fill(sheet=SHEET))
        table = draft.tables[SHEET]
        rows = [row for row, key in zip(table.rows, table.values.get(PROJECT, ()), strict=False) if key == project]
        row = rows[0] if rows else draft.add_row(SHEET)
        if not rows:
            draft.put(SHEET, row, PROJECT, project, None)
        draft.put(SHEET, row, DECISION, decision, draft.shown(SHEET, row, DECISION))
