"""The grid of the area Inputs: the cells of a sheet in the browser, and what is typed into them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from nicegui import ui

from jaryq.base.text import COMMA, Lang
from jaryq.desk.draft import Draft
from jaryq.desk.grid import MARKS, ROW, TIPS, Head, heads_of, rows_of
from jaryq.desk.grid_words import words_of_grid

Put = Callable[[int, str, object, object, int], Awaitable[None]]
"""Types into a cell: row, column, what was typed, what was seen there, the count of readings then."""


class CellGrid:
    """A sheet from row ``first`` on, at most ``grid.MOST`` rows."""

    def __init__(self, draft: Draft, sheet: str, lang: Lang, first: int, put: Put) -> None:
        self.draft, self.sheet, self.lang, self.first, self._put = draft, sheet, lang, first, put
        self._typed_on: dict[tuple[str, str], tuple[object, int]] = {}
        self._reading = draft.readings
        heads = heads_of(draft, sheet, lang)
        self._heads = {head.field: head for head in heads}
        self._grid = ui.aggrid({
            "columnDefs": [column_of_grid(head, draft.why_not is None, lang) for head in heads],
            "rowData": rows_of(draft, sheet, lang, first),
            ":getRowId": f"p => String(p.data.{ROW})",
            "defaultColDef": {"sortable": True, "filter": True, "resizable": True, "minWidth": 90,
                              "suppressHeaderMenuButton": False},
            "suppressFieldDotNotation": True, "singleClickEdit": False, "stopEditingWhenCellsLoseFocus": True,
            "localeText": words_of_grid(lang), "tooltipShowDelay": 300, "enterNavigatesVerticallyAfterEdit": True,
            "ensureDomOrder": True, "suppressColumnVirtualisation": False, "headerHeight": 48,
        }, auto_size_columns=False, theme="balham").classes("desk-grid")
        # Who types sees the cell as it was when the editor opened, whatever another visitor puts beneath it meanwhile.
        self._grid.on("cellEditingStarted", self._begun, ["value", "colId", "rowId"])
        self._grid.on("cellEditingStopped", lambda: self._typed_on.clear())
        self._grid.on("cellValueChanged", self._typed, ["oldValue", "newValue", "colId", "rowId", "source"])

    def _begun(self, event: Any) -> None:
        self._typed_on[event.args["rowId"], event.args["colId"]] = event.args.get("value"), self._reading

    async def _typed(self, event: Any) -> None:
        told_of = event.args
        if told_of.get("source") == "api" or told_of.get("colId") not in self._heads:
            return
        row, field = told_of["rowId"], told_of["colId"]
        was, reading = self._typed_on.pop((row, field), (told_of.get("oldValue"), self._reading))
        await self._put(int(row), self._heads[field].name, told_of.get("newValue"), was, reading)

    def of_file(self) -> bool:
        """Whether its columns are those of the sheet: the file may have others by now."""
        return {head.field: head.name for head in heads_of(self.draft, self.sheet, self.lang)} == \
            {field: head.name for field, head in self._heads.items()}

    def read(self) -> None:
        """What is typed from now on is typed upon this reading of the file."""
        self._reading = self.draft.readings

    def fill(self) -> None:
        """Show the rows as they are now."""
        self._grid.run_grid_method("setGridOption", "rowData", rows_of(self.draft, self.sheet, self.lang, self.first))
        self._grid.run_grid_method("refreshCells", {"force": True})

    def to_row(self, row: int) -> None:
        """Scroll to a row and open its first cell."""
        index = self.draft.tables[self.sheet].rows.index(row) - self.first
        self._grid.run_grid_method("ensureIndexVisible", index)
        self._grid.run_grid_method("setFocusedCell", index, next(iter(self._heads)))


def column_of_grid(head: Head, editable: bool, lang: Lang) -> dict[str, Any]:
    """A column of the grid. What begins with ``:`` is a script of ours; texts of a workbook are values only."""
    made: dict[str, Any] = {
        "field": head.field, "colId": head.field,
        "headerName": head.title + (f", {head.unit}" if head.unit else ""),
        "headerTooltip": f"{head.name}\n{head.note}",
        "width": min(max(9 * head.width, 90), 320), "wrapHeaderText": True,
        ":editable": f"p => !p.data.fixed.includes('{head.field}')" if editable else "() => false",
        ":tooltipValueGetter": f"p => p.data?.{TIPS}?.['{head.field}']",
        ":cellClass": f"p => '{'ag-right-aligned-cell' if head.number else 'desk-cell'}' + "
                      f"(p.data?.{MARKS}?.['{head.field}'] ? ' desk-is-' + p.data.{MARKS}['{head.field}'] : '')",
        "cellDataType": False,
        ":cellEditorSelector": f"p => p.data.choices['{head.field}'] ? {{component: 'agSelectCellEditor', "
                               f"params: {{values: p.data.choices['{head.field}']}}}} : undefined",
    }
    if head.number or lang in COMMA:  # a column of texts holds numbers too: values of settings
        comma = ".replace('.', ',')" if lang in COMMA else ""
        made |= {":valueFormatter": f"p => typeof p.value === 'number' ? String(p.value){comma} : p.value ?? ''"}
    if head.number:
        made |= {"type": "rightAligned", "filter": "agNumberColumnFilter"}
    if head.key:
        made |= {"pinned": "left"}
    if head.choices:
        made |= {"cellEditor": "agSelectCellEditor", "cellEditorParams": {"values": ["", *head.choices]}}
    else:
        made |= {"cellEditor": "agTextCellEditor"}
    return made
