"""The area Inputs: every sheet of the case as a grid, checked as it is typed."""

from __future__ import annotations

import asyncio
from typing import Any

from nicegui import run, ui

from jaryq.base.errors import Told
from jaryq.base.text import Text
from jaryq.desk.carried import Change
from jaryq.desk.cell_grid import CellGrid
from jaryq.desk.desk import Session
from jaryq.desk.draft import Draft
from jaryq.desk.drafts import draft_of
from jaryq.desk.grid import MOST, told
from jaryq.desk.inputs_said import (
    ADD,
    AGAIN,
    ALL_SAVED,
    FORMULAS,
    FURTHER,
    ISSUES,
    LOOKING,
    NO_SHEET,
    NOT_MINE,
    NOT_OURS,
    PART,
    REDO,
    SAVE,
    SAVED,
    SET_ASIDE,
    SHEETS,
    UNDO,
    UNSAVED,
)
from jaryq.desk.inputs_wrong import Warned, Wrong
from jaryq.desk.keys import EVENT, listen
from jaryq.desk.later import later
from jaryq.desk.parts import button, link, note, text
from jaryq.desk.remembered import remember
from jaryq.desk.steps import Covered, worded
from jaryq.desk.titled import titles_of
from jaryq.sheets.inputs import INPUT

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
        self.warned = Warned(self.session, self.draft, self._forget)
        with ui.element("div").classes("desk-book"):
            nav = ui.element("nav").classes("desk-sheets")
            nav.props["aria-label"] = say(SHEETS)
            with nav:
                self.links = {name: link(INPUT[name].title(self.session.lang), self._to(name), here=name == self.sheet)
                              for name in self.draft.tables.sheets}
            with ui.element("div").classes("desk-sheet"):
                text("p", INPUT[self.sheet].note.say(self.session.lang), "desk-soft")
                self.grid = CellGrid(self.draft, self.sheet, self.session.lang, self.first, self._put)
                self._part()
                text("h2", say(ISSUES))
                self.wrong = Wrong(self.session, self.draft, self.sheet, self.links, self._to)
        ui.timer(EVERY, self._look)
        ui.on(EVENT, self._key)
        listen()
        self._draw()

    def _to(self, sheet: str, first: int = 0) -> str:
        return self.session.address(sheet=sheet, first=str(first)) if first else self.session.address(sheet=sheet)

    def _part(self) -> None:
        count = len(self.draft.tables[self.sheet])
        if count > MOST:
            last = min(self.first + MOST, count)
            text("p", self.session.say(PART, first=self.first + 1, last=last, count=count), "desk-soft")
            if last < count:
                link(self.session.say(FURTHER), self._to(self.sheet, last))

    async def _put(self, row: int, column: str, said: object, was: object, reading: int) -> None:
        await self._try(lambda: self.draft.put(self.sheet, row, column, said, was, reading, self.visitor))
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
            self.grid.to_row(row)

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
        self.warned.warn()
        if self.draft.full_version != self.draft.version and not self.busy:
            self.busy = True
            try:
                await run.io_bound(self.draft.look_once)
                await run.io_bound(lambda: remember(self.session.desk, self.draft))
            finally:
                self.busy = False
            self._draw()

    def _draw(self, force: bool = False) -> None:
        now = (self.draft.version, self.draft.full_version)
        if now == self.seen and not force:
            return
        first, self.seen = self.seen == (-1, -1), now
        say, draft = self.session.say, self.draft
        if not self._as_shown():
            ui.navigate.to(self.session.address(sheet=self.sheet))
            return
        self.grid.read()
        undone, _ = draft.steps
        redone = draft.redoable(self.visitor)
        for tool, on in ((self.save, undone), (self.undo, undone), (self.redo, redone), (self.add, 1)):
            tool.set_enabled(bool(on) and draft.why_not is None)
        looking = f" · {say(LOOKING)}" if draft.full_version != draft.version else ""
        self.state.say((say(UNSAVED, count=undone) if undone else say(ALL_SAVED)) + looking
                       + (f" · {say(SET_ASIDE, count=len(draft.aside))}" if draft.aside else ""))
        self.warned.set_aside()
        if not first:
            self.grid.fill()
        self.wrong.show()

    def _as_shown(self) -> bool:
        """Whether the sheets and the columns are those that were laid out: the file may have others by now."""
        return self.sheet in self.draft.tables and self.draft.tables.sheets.keys() == self.links.keys() and \
            self.grid.of_file()


def _told_of(said: Text, change: Change) -> Text:
    sheet, column = titles_of(change.sheet, change.column)
    return said.fill(sheet=sheet, column=column, old=worded(change.old), new=worded(change.new))
