"""The area Cases: what stands in the folder, in which state, and what changed since."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from nicegui import run, ui

from jaryq.base.errors import Told
from jaryq.base.issues import stops
from jaryq.base.text import Lang, Text
from jaryq.desk.desk import Session
from jaryq.desk.draft import draft_of
from jaryq.desk.found import found_cases
from jaryq.desk.inputs import NONE, STOPS, UNSAVED
from jaryq.desk.parts import Said, button, link, note, text
from jaryq.desk.states import Planned, changed_since, inputs_among, plans_of

EMPTY = Text("There is no workbook in this folder.", "В этой папке нет ни одной книги.")
HEADS = (Text("Workbook", "Книга"), Text("Changed", "Изменена"), Text("Check", "Проверка"), Text("Plans", "Планы"))
A_PLAN = Text("A finished plan", "Готовый план")
NOT_YET = Text("not planned yet", "плана ещё нет")
CHECK = Text("Check now", "Проверить")
LOOKING = Text("Checking…", "Идёт проверка…")
SINCE = Text("What changed since", "Что изменилось с тех пор")
SCENARIO = Text("Scenario {name}: {words}", "Сценарий {name}: {words}")


def show(session: Session) -> None:
    cases = found_cases(session.desk)
    if not cases:
        note(session.say(EMPTY))
        return
    with ui.element("table").classes("desk-table"):
        with ui.element("thead"), ui.element("tr"):
            for head in HEADS:
                text("th", session.say(head)).props["scope"] = "col"
        with ui.element("tbody"):
            for case, is_plan in inputs_among(cases):
                _row(session, case, is_plan)


def _row(session: Session, case: Path, is_plan: bool) -> None:
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
                _Asked(session, case)
        with ui.element("td"):
            if not is_plan:
                _plans(session, case)


class _Asked:
    """What the check says of a case, once it is asked."""

    def __init__(self, session: Session, case: Path) -> None:
        self.session, self.case = session, case
        self.said: Said = text("span", "", "desk-soft")
        self.said.props["role"] = "status"
        self.ask: Any = button(session.say(CHECK), self._ask)

    async def _ask(self) -> None:
        say = self.session.say
        self.ask.set_enabled(False)
        self.said.say(say(LOOKING))
        try:
            draft = await run.io_bound(lambda: draft_of(self.session.desk, self.case))
            await run.io_bound(draft.look_further)
        except Told as error:
            self.said.say(error.text.say(self.session.lang))
            return
        grave = len(stops(draft.issues))
        told = [say(STOPS, count=grave, more=len(draft.issues) - grave) if draft.issues else say(NONE)]
        if draft.changed:
            told.append(say(UNSAVED, count=draft.steps[0]))
        self.said.say(" · ".join(told))
        self.ask.set_enabled(True)


def _plans(session: Session, case: Path) -> None:
    plans = plans_of(session.desk, case)
    if not plans:
        text("span", session.say(NOT_YET), "desk-soft")
    for plan in plans:
        with ui.element("div").classes("desk-plan"):
            said = session.say(SCENARIO, name=plan.scenario, words=plan.words)
            text("span", said, *(["desk-old"] if plan.stale else []))
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


def _when(case: Path, lang: Lang) -> str:
    try:
        moment = time.localtime(case.stat().st_mtime)
    except OSError:
        return ""
    return time.strftime("%d.%m.%Y %H:%M" if lang in ("ru", "kk") else "%Y-%m-%d %H:%M", moment)
