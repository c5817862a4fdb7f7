"""The area Cases: what stands in the folder, in which state, and what changed since."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nicegui import events, run, ui

from jaryq.api.hashes import input_hash
from jaryq.base.errors import JaryqError, Told
from jaryq.base.issues import stops
from jaryq.base.text import Lang, Text
from jaryq.desk.desk import Desk, Session
from jaryq.desk.drafts import draft_of
from jaryq.desk.found import FORMS, found_cases
from jaryq.desk.inputs_said import NONE, STOPS, UNSAVED
from jaryq.desk.later import later
from jaryq.desk.parts import Said, button, link, note, text
from jaryq.desk.remembered import remember, said_before
from jaryq.desk.states import Planned, changed_since, inputs_among, plans_of, words_of
from jaryq.desk.uploaded import take
from jaryq.workbook.package import LARGEST_FILE

EMPTY = Text("There is no workbook in this folder.", "В этой папке нет ни одной книги.")
HEADS = (Text("Workbook", "Книга"), Text("Changed", "Изменена"), Text("Check", "Проверка"), Text("Plans", "Планы"))
A_PLAN = Text("A finished plan", "Готовый план")
NOT_YET = Text("not planned yet", "плана ещё нет")
CHECK = Text("Check now", "Проверить")
LOOKING = Text("Checking…", "Идёт проверка…")
SINCE = Text("What changed since", "Что изменилось с тех пор")
BRING = Text("Put a workbook into this folder", "Положить книгу в эту папку")
BROUGHT = Text("It is looked at first; nothing that stands there is overwritten.",
               "Сначала файл проверяется; ничего из того, что лежит в папке, не перезаписывается.")
CHOOSE = Text("A workbook from elsewhere", "Книга из другого места")
NOT_TAKEN = Text("The file was not taken: a workbook ({forms}) of {most} MB at most is.",
                 "Файл не принят: принимается книга ({forms}) не больше {most} МБ.")


def show(session: Session) -> None:
    later(session, session.desk.root, "cases", lambda: _found(session.desk), lambda rows: _list(session, rows))
    if session.desk.only is None:
        _bring(session)


@dataclass(frozen=True)
class Row:
    """A case of the folder: whether it is a finished plan, what the last check said of it as it stands, its plans."""

    case: Path
    is_plan: bool
    said: tuple[int, int] | None = None
    plans: tuple[Planned, ...] = ()


def _found(desk: Desk) -> list[Row]:
    return [Row(case, True) if is_plan else
            Row(case, False, said_before(desk, _digest(case)), tuple(plans_of(desk, case)))
            for case, is_plan in inputs_among(found_cases(desk))]


def _digest(case: Path) -> str:
    try:
        return input_hash(case)
    except OSError:
        return ""


def _list(session: Session, rows: list[Row]) -> None:
    if not rows:
        note(session.say(EMPTY))
        return
    with ui.element("table").classes("desk-table"):
        with ui.element("thead"), ui.element("tr"):
            for head in HEADS:
                text("th", session.say(head)).props["scope"] = "col"
        with ui.element("tbody"):
            for row in rows:
                _row(session, row)


def _row(session: Session, row: Row) -> None:
    case, is_plan = row.case, row.is_plan
    with ui.element("tr"):
        with ui.element("th") as first:
            first.props["scope"] = "row"
            if is_plan:
                text("span", session.desk.named(case))
            else:
                link(session.desk.named(case), session.address("inputs", case))
        text("td", _when(case, session.lang))
        with ui.element("td"):
            if is_plan:
                text("span", session.say(A_PLAN), "desk-soft")
            else:
                _Asked(session, case, row.said)
        with ui.element("td"):
            if not is_plan:
                _plans(session, case, row.plans)


class _Asked:
    """What the check says of a case: last time, of the file as it is now, and once it is asked."""

    def __init__(self, session: Session, case: Path, before: tuple[int, int] | None) -> None:
        self.session, self.case = session, case
        self.said: Said = text("span", "" if before is None else self._told(*before), "desk-soft")
        self.said.props["role"] = "status"
        self.ask: Any = button(session.say(CHECK), self._ask)

    async def _ask(self) -> None:
        say = self.session.say
        self.ask.set_enabled(False)
        self.said.say(say(LOOKING))
        try:
            draft = await run.io_bound(lambda: draft_of(self.session.desk, self.case))
            await run.io_bound(draft.look_further)
            await run.io_bound(lambda: remember(self.session.desk, draft))
        except Told as error:
            self.said.say(error.text.say(self.session.lang))
            self.ask.set_enabled(True)
            return
        grave = len(stops(draft.issues))
        told = [self._told(grave, len(draft.issues) - grave)]
        if draft.changed:
            told.append(say(UNSAVED, count=draft.steps[0]))
        self.said.say(" · ".join(told))
        self.ask.set_enabled(True)

    def _told(self, grave: int, more: int) -> str:
        return self.session.say(STOPS, count=grave, more=more) if grave or more else self.session.say(NONE)


def _plans(session: Session, case: Path, plans: Sequence[Planned]) -> None:
    if not plans:
        text("span", session.say(NOT_YET), "desk-soft")
    for plan in plans:
        with ui.element("div").classes("desk-plan"):
            text("span", words_of(plan, session.lang), *(["desk-old"] if plan.stale else []))
            if plan.stale and plan.whole:
                _since(session, case, plan)


def _since(session: Session, case: Path, plan: Planned) -> None:
    """The differences, once they are asked for."""
    async def tell() -> None:
        lines = await run.io_bound(lambda: changed_since(plan, case, session.lang))
        listed.say("\n".join(lines))
        listed.classes(remove="desk-hidden")

    button(session.say(SINCE), tell)
    listed = text("pre", "", "desk-lines", "desk-hidden")
    listed.props["tabindex"] = "0"


def _bring(session: Session) -> None:
    """Put a workbook of the visitor's into the folder."""
    async def taken(event: events.UploadEventArguments) -> None:
        brought.reset()
        try:
            raw = await event.file.read()
            place = await run.io_bound(lambda: take(session.desk, event.file.name, raw))
        except JaryqError as error:
            said.say(error.text.say(session.lang) if isinstance(error, Told) else str(error))
            return
        ui.navigate.to(session.address("inputs", place))

    text("h2", session.say(BRING))
    note(session.say(BROUGHT))
    said: Said = text("p", "", "desk-soft")
    brought: Any = ui.upload(on_upload=taken, auto_upload=True, max_file_size=LARGEST_FILE,
                             on_rejected=lambda: said.say(session.say(
                                 NOT_TAKEN, forms=", ".join(FORMS), most=LARGEST_FILE >> 20)))
    # Its own buttons have no names; ours opens the browser's window of files.
    brought.props(f'accept="{",".join(FORMS)}"').classes("desk-hidden")
    button(session.say(CHOOSE), lambda: None).on("click", js_handler=f"() => getElement({brought.id}).pickFiles()")
    said.props["role"] = "alert"


def _when(case: Path, lang: Lang) -> str:
    try:
        moment = time.localtime(case.stat().st_mtime)
    except OSError:
        return ""
    return time.strftime("%d.%m.%Y %H:%M" if lang in ("ru", "kk") else "%Y-%m-%d %H:%M", moment)
