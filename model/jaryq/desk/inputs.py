"""The area Inputs: every sheet of the case as a grid, checked as it is typed."""

from __future__ import annotations

import asyncio
from typing import Any

from nicegui import run, ui

from jaryq.base.errors import Told
from jaryq.base.issues import Issue, stops
from jaryq.base.text import COMMA, Lang, Text
from jaryq.desk.carried import Change
from jaryq.desk.desk import Session
from jaryq.desk.draft import Draft, draft_of
from jaryq.desk.grid import MARKS, MOST, ROW, TIPS, Head, heads_of, rows_of, told
from jaryq.desk.kept import open_elsewhere, protected
from jaryq.desk.keys import EVENT, listen
from jaryq.desk.later import later
from jaryq.desk.parts import button, link, note, text
from jaryq.desk.remembered import remember
from jaryq.desk.steps import Covered, worded
from jaryq.desk.titled import titles_of
from jaryq.sheets.inputs import INPUT

UNDO = Text("Undo", "Отменить", kk="Болдырмау", ja="元に戻す")
REDO = Text("Redo", "Повторить", kk="Қайталау", ja="やり直し")
SAVE, AGAIN = Text("Save", "Сохранить", kk="Сақтау", ja="保存"), Text("Read the file again", "Прочитать файл заново")
ADD = Text("Add a row", "Добавить строку", kk="Жол қосу", ja="行を追加")
SHEETS = Text("Sheets", "Листы")
SAVED = Text("Saved into {path}; everything else in it is as it was.",
             "Сохранено в {path}; всё остальное в книге не изменилось.")
UNSAVED = Text("{count} change(s) not saved", "Не сохранено изменений: {count}")
ALL_SAVED = Text("All is saved", "Всё сохранено")
LOOKING = Text("Checking…", "Идёт проверка…")
STOPS = Text("{count} issue(s) stop the run, {more} more to look at",
             "Останавливают расчёт: {count}, ещё посмотреть: {more}")
NONE = Text("Nothing to correct.", "Исправлять нечего.")
ASIDE = Text("These changes found no place in the file as it is now. They are kept here, are not in the file, and are "
             "tried again when it is read again:",
             "Этим изменениям не нашлось места в нынешнем файле. Они хранятся здесь, в файле их нет; при повторном "
             "чтении они будут опробованы снова:")
SET_ASIDE = Text("set aside: {count}", "отложено: {count}")
FORGET = Text("Forget these changes", "Забыть эти изменения")
NOT_OURS = Text("Nothing of yours is left to undo. The last change is another visitor's, or of an earlier visit: "
                "{sheet}, {column}: {old} → {new}. Undo once more takes it back all the same.",
                "Ваших изменений для отмены больше нет. Последнее изменение сделано другим посетителем или в прошлый "
                "раз: {sheet}, {column}: {old} → {new}. «Отменить» ещё раз всё же отменит его.")
NOT_MINE = Text("{sheet}, {column}: {old} again in place of {new}, which another visitor (or an earlier visit) had "
                "typed",
                "{sheet}, {column}: снова {old} вместо {new}, введённого другим посетителем или в прошлый раз")
ELSEWHERE = Text("Another program has this file open. Close it there before you save here, or what is saved there "
                 "later overwrites your changes.",
                 "Файл открыт в другой программе. Закройте его там перед сохранением здесь, иначе сохранённое там "
                 "позже затрёт ваши изменения.")
READ_ONLY = Text("The file is write-protected: changes are kept here, and are saved once writing to it is allowed.",
                 "Файл защищён от записи: изменения хранятся здесь и сохранятся, когда запись будет разрешена.")
PART = Text("Rows {first} to {last} of {count}.", "Строки с {first} по {last} из {count}.")
FURTHER = Text("Further rows", "Дальше")
ISSUES = Text("Issues", "Замечания")
NO_SHEET = Text("Nothing can be read from this file.", "Из этого файла ничего прочитать не удалось.")
FORMULAS = Text("Formulas in this workbook keep the values of their last calculation until it is opened and saved in "
                "your spreadsheet program.",
                "Формулы в этой книге хранят значения последнего расчёта, пока её не откроют и не сохранят в табличном "
                "редакторе.")
MOST_ISSUES = 60
EVERY = 1.0
"""Seconds between two looks at what other visitors changed."""


def show(session: Session) -> None:
    case = session.case
    assert case is not None
    later(session, case, "draft", lambda: draft_of(session.desk, case), lambda draft: _lay(session, draft))


def _lay(session: Session, draft: Draft) -> None:
    if draft.tables.sheets:
        Sheets(session, draft).show()
    else:
        note(session.say(NO_SHEET))
        for issue in draft.issues:
            note(told(issue, session.lang), alert=True)


class Sheets:
    """The sheet that the address names, with the list of all, and what is wrong with them."""

    def __init__(self, session: Session, draft: Draft) -> None:
        self.session, self.draft = session, draft
        asked = ui.context.client.request.query_params
        sheet = asked.get("sheet", "")
        self.sheet = sheet if sheet in draft.tables else next(iter(draft.tables.sheets))
        first = asked.get("first", "")
        self.first = min(int(first), len(draft.tables[self.sheet])) if first.isascii() and first.isdigit() else 0
        self.seen = (-1, -1)
        self.heads: dict[str, Head] = {}
        self.typed_on: dict[tuple[str, str], tuple[object, int]] = {}
        self.reading = draft.readings
        self.client = ui.context.client
        self.passed: list[Change] = []
        self.offered: Change | None = None
        self.busy = False
        self.turn = asyncio.Lock()

    def show(self) -> None:
        say = self.session.say
        if self.draft.why_not is not None:
            note(say(self.draft.why_not))
        elif self.draft.formulas:
            note(say(FORMULAS))
        with ui.element("div").classes("desk-tools"):
            self.save = button(say(SAVE), self._save, main=True)
            self.undo, self.redo = button(say(UNDO), self._undo), button(say(REDO), self._redo)
            self.add = button(say(ADD), self._add)
            button(say(AGAIN), self._again)
            self.state = text("span", "", "desk-state")
            self.state.props["role"] = "status"
        self.message = text("p", "", "desk-note", "desk-hidden")
        self.message.props["role"] = "alert"
        self.warned = text("p", "", "desk-note", "desk-hidden")
        self.warned.props["role"] = "status"
        self.aside = ui.element("div")
        with ui.element("div").classes("desk-book"):
            nav = ui.element("nav").classes("desk-sheets")
            nav.props["aria-label"] = say(SHEETS)
            with nav:
                self.links = {name: link(INPUT[name].title(self.session.lang), self._to(name), here=name == self.sheet)
                              for name in self.draft.tables.sheets}
            with ui.element("div").classes("desk-sheet"):
                text("p", INPUT[self.sheet].note.say(self.session.lang), "desk-soft")
                self._grid()
                self._part()
                text("h2", say(ISSUES))
                self.listed = ui.element("ul").classes("desk-issues")
        ui.timer(EVERY, self._look)
        ui.on(EVENT, self._key)
        listen()
        self._draw()

    def _to(self, sheet: str, first: int = 0) -> str:
        return self.session.address(sheet=sheet, first=str(first)) if first else self.session.address(sheet=sheet)

    # --- the grid -----------------------------------------------------------------------------------------------------

    def _grid(self) -> None:
        heads = heads_of(self.draft, self.sheet, self.session.lang)
        self.heads = {head.field: head for head in heads}
        self.grid = ui.aggrid({
            "columnDefs": [_column(head, self.draft.why_not is None, self.session.lang) for head in heads],
            "rowData": rows_of(self.draft, self.sheet, self.session.lang, self.first),
            ":getRowId": f"p => String(p.data.{ROW})",
            "defaultColDef": {"sortable": True, "filter": True, "resizable": True, "minWidth": 90,
                              "suppressHeaderMenuButton": False},
            "suppressFieldDotNotation": True, "singleClickEdit": False, "stopEditingWhenCellsLoseFocus": True,
            "tooltipShowDelay": 300, "enterNavigatesVertically": True, "enterNavigatesVerticallyAfterEdit": True,
            "ensureDomOrder": True, "suppressColumnVirtualisation": False, "headerHeight": 48,
        }, auto_size_columns=False, theme="balham").classes("desk-grid")
        # Who types sees the cell as it was when the editor opened, whatever another visitor puts beneath it meanwhile.
        self.grid.on("cellEditingStarted", self._begun, ["value", "colId", "rowId"])
        self.grid.on("cellEditingStopped", lambda: self.typed_on.clear())
        self.grid.on("cellValueChanged", self._typed, ["oldValue", "newValue", "colId", "rowId", "source"])

    def _part(self) -> None:
        count = len(self.draft.tables[self.sheet])
        if count > MOST:
            last = min(self.first + MOST, count)
            text("p", self.session.say(PART, first=self.first + 1, last=last, count=count), "desk-soft")
            if last < count:
                link(self.session.say(FURTHER), self._to(self.sheet, last))

    def _begun(self, event: Any) -> None:
        self.typed_on[event.args["rowId"], event.args["colId"]] = event.args.get("value"), self.reading

    async def _typed(self, event: Any) -> None:
        told_of = event.args
        if told_of.get("source") == "api" or told_of.get("colId") not in self.heads:
            return
        row, head = int(told_of["rowId"]), self.heads[told_of["colId"]]
        was, reading = self.typed_on.pop((told_of["rowId"], told_of["colId"]), (told_of.get("oldValue"), self.reading))
        said = told_of.get("newValue")
        await self._try(lambda: self.draft.put(self.sheet, row, head.name, said, was, reading, self.visitor))
        self._draw(force=True)

    async def _try(self, act: Any) -> Any:
        """Do something with the draft, one thing after the other as the visitor asked; what it refuses is said."""
        async with self.turn:
            try:
                done = await run.io_bound(act)
            except Told as error:
                if isinstance(error, Covered):
                    self.passed.append(error.change)
                self._say(error.text)
                return None
        self._say(None)
        return done

    def _say(self, said: Text | None) -> None:
        self.message.say(self.session.say(said) if said is not None else "")
        self.message.classes(**({"remove": "desk-hidden"} if said is not None else {"add": "desk-hidden"}))

    # --- tools --------------------------------------------------------------------------------------------------------

    async def _save(self) -> None:
        await self._try(self.draft.save)
        if not self.draft.changed and not self.message._text:
            self._say(SAVED.fill(path=self.session.desk.named(self.draft.case)))
        self._draw(force=True)

    async def _undo(self) -> None:
        """One's own last change; another's is offered by its name, and taken back if that is asked for once more."""
        offered, self.offered = self.offered, None
        change = await self._try(lambda: self.draft.undo(self.visitor, self.passed))
        last = self.draft.last
        if change is None and last is not None and not self.message._text:
            if offered is last:
                change = await self._try(lambda: self.draft.undo() if self.draft.last is last else None)
            else:
                self.offered = last
            self._say(_told_of(NOT_OURS if change is None else NOT_MINE, change or last))
        self._go_to(change)

    @property
    def visitor(self) -> str:
        """Who this is: a tab of a browser, whatever it shows."""
        return str(self.client.tab_id or self.client.id)

    async def _redo(self) -> None:
        self._go_to(await self._try(lambda: self.draft.redo(self.visitor)))

    def _go_to(self, change: Change | None) -> None:
        """A change that is undone on another sheet is shown there."""
        if change is not None and change.sheet != self.sheet:
            ui.navigate.to(self._to(change.sheet))
        else:
            self._draw(force=True)

    async def _add(self) -> None:
        row = await self._try(lambda: self.draft.add_row(self.sheet))
        if row is not None:
            self._draw(force=True)
            await self._to_row(row)

    async def _to_row(self, row: int) -> None:
        """Scroll to a row and open its first cell."""
        field = next(iter(self.heads))
        index = self.draft.tables[self.sheet].rows.index(row) - self.first
        self.grid.run_grid_method("ensureIndexVisible", index)
        self.grid.run_grid_method("setFocusedCell", index, field)

    async def _again(self) -> None:
        await self._try(self.draft.read_again)
        self._draw(force=True)

    async def _forget(self) -> None:
        await self._try(self.draft.forget_aside)
        self._draw(force=True)

    async def _key(self, event: Any) -> None:
        acts = {"save": self._save, "undo": self._undo, "redo": self._redo}
        if event.args in acts:
            await acts[event.args]()

    # --- what is shown ------------------------------------------------------------------------------------------------

    async def _look(self) -> None:
        """What others changed is shown; what was typed is checked to its end, one check at a time."""
        self._draw()
        self._warn()
        if self.draft.full_version != self.draft.version and not self.busy:
            self.busy = True
            try:
                await run.io_bound(self.draft.look_once)
                await run.io_bound(lambda: remember(self.session.desk, self.draft))
            finally:
                self.busy = False
            self._draw()

    def _warn(self) -> None:
        """What stands in the way of saving."""
        case = self.draft.case
        said = [say for say, there in ((READ_ONLY, protected(case)), (ELSEWHERE, open_elsewhere(case))) if there]
        self.warned.say(" ".join(self.session.say(one) for one in said))
        self.warned.classes(**({"remove": "desk-hidden"} if said else {"add": "desk-hidden"}))

    def _draw(self, force: bool = False) -> None:
        now = (self.draft.version, self.draft.full_version)
        if now == self.seen and not force:
            return
        first, self.seen = self.seen == (-1, -1), now
        say, draft = self.session.say, self.draft
        if not self._as_shown():
            ui.navigate.to(self.session.address(sheet=self.sheet))
            return
        self.reading = draft.readings
        undone, _ = draft.steps
        redone = draft.redoable(self.visitor)
        for tool, on in ((self.save, undone), (self.undo, undone), (self.redo, redone), (self.add, 1)):
            tool.set_enabled(bool(on) and draft.why_not is None)
        looking = f" · {say(LOOKING)}" if draft.full_version != draft.version else ""
        self.state.say((say(UNSAVED, count=undone) if undone else say(ALL_SAVED)) + looking
                       + (f" · {say(SET_ASIDE, count=len(draft.aside))}" if draft.aside else ""))
        self._set_aside()
        if not first:
            rows = rows_of(draft, self.sheet, self.session.lang, self.first)
            self.grid.run_grid_method("setGridOption", "rowData", rows)
            self.grid.run_grid_method("refreshCells", {"force": True})
        self._list()

    def _as_shown(self) -> bool:
        """Whether the sheet and its columns are those that the grid was made with: the file may have others by now."""
        return self.sheet in self.draft.tables and self.draft.tables.sheets.keys() == self.links.keys() and \
            {head.field: head.name for head in heads_of(self.draft, self.sheet, self.session.lang)} == \
            {field: head.name for field, head in self.heads.items()}

    def _set_aside(self) -> None:
        self.aside.clear()
        if self.draft.aside:
            with self.aside:
                note(self.session.say(ASIDE), alert=True)
                with ui.element("ul").classes("desk-issues"):
                    for one in self.draft.aside[:MOST_ISSUES]:
                        text("li", self.session.say(one.words))
                button(self.session.say(FORGET), self._forget)

    def _weight(self, issue: Issue) -> tuple[bool, bool]:
        """What stops a run is told first, then what is of this sheet."""
        return issue.severity != "stop", issue.sheet != self.sheet

    def _list(self) -> None:
        lang, issues = self.session.lang, self.draft.issues
        self.listed.clear()
        grave = len(stops(issues))
        with self.listed:
            done = NONE if self.draft.full_version == self.draft.version else LOOKING
            text("li", self.session.say(STOPS, count=grave, more=len(issues) - grave) if issues
                 else self.session.say(done), "desk-soft")
            for issue in sorted(issues, key=self._weight)[:MOST_ISSUES]:
                with ui.element("li").classes(f"desk-{issue.severity}"):
                    place = "!".join(part for part in (issue.sheet, issue.cell) if part)
                    if issue.sheet in self.draft.tables:
                        link(place, self._to(issue.sheet))
                    else:
                        text("span", place)
                    text("span", f" {told(issue, lang)}")
        stopped = {one.sheet for one in issues if one.severity == "stop"}
        for name, made in self.links.items():
            made.classes(**({"add": "desk-marked"} if name in stopped else {"remove": "desk-marked"}))


def _told_of(said: Text, change: Change) -> Text:
    sheet, column = titles_of(change.sheet, change.column)
    return said.fill(sheet=sheet, column=column, old=worded(change.old), new=worded(change.new))


def _column(head: Head, editable: bool, lang: Lang) -> dict[str, Any]:
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
