"""A project forced in or out by a row of the sheet of wishes."""

from __future__ import annotations

from jaryq.base.text import Text
from jaryq.desk.draft import Draft
from jaryq.desk.refused import Refused
from jaryq.desk.said import shown_of

SHEET, PROJECT, DECISION = "overrides", "project", "decision"
NO_SHEET = Text("the workbook has no sheet {sheet} with these columns; add it in your spreadsheet program",
                "в книге нет листа {sheet} с такими столбцами; добавьте его в табличном редакторе")


OTHERWISE = Text("Since this page was shown the wish for {project} has become: {held}. It stays; press again to put "
                 "{wanted} in its place.",
                 "После открытия этой страницы пожелание для {project} стало таким: {held}. Оно осталось; нажмите ещё "
                 "раз, чтобы заменить его на {wanted}.")
BLANK = Text("none", "нет")


def wishes_of(draft: Draft) -> dict[str, object]:
    """The wish of each project as a visitor sees it."""
    values = draft.tables.get(SHEET).values
    pairs = zip(values.get(PROJECT, ()), values.get(DECISION, ()), strict=False)
    return {str(project): shown_of(decision) for project, decision in reversed([*pairs]) if project is not None}


def wish(draft: Draft, project: str, decision: str, seen: object, by: str = "") -> None:
    """Put a wish among the changes of a draft: in the row of the project, or in a new one. ``seen``: the wish that its
    visitor (``by``) knows of (None: none), so that no other is overwritten. Raises Refused."""
    with draft.lock:
        if SHEET not in draft.tables or not {PROJECT, DECISION} <= draft.tables[SHEET].columns.keys():
            raise Refused(NO_SHEET.fill(sheet=SHEET))
        held = wishes_of(draft).get(project)
        if held not in (seen, decision):
            raise Refused(OTHERWISE.fill(project=project, held=BLANK if held is None else str(held), wanted=decision))
        table = draft.tables[SHEET]
        rows = [row for row, key in zip(table.rows, table.values.get(PROJECT, ()), strict=False) if key == project]
        row = rows[0] if rows else draft.add_row(SHEET)
        if not rows:
            draft.put(SHEET, row, PROJECT, project, None, by=by)
        draft.put(SHEET, row, DECISION, decision, held, by=by)
