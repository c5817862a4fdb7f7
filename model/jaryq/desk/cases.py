"""The area Cases: what stands in the folder."""

from __future__ import annotations

from nicegui import ui

from jaryq.base.text import Text
from jaryq.desk.desk import Session
from jaryq.desk.found import found_cases
from jaryq.desk.parts import link, note

EMPTY = Text("There is no workbook in this folder.", "В этой папке нет ни одной книги.")


def show(session: Session) -> None:
    cases = found_cases(session.desk)
    if not cases:
        note(session.say(EMPTY))
    with ui.element("ul"):
        for case in cases:
            with ui.element("li"):
                link(session.desk.named(case), session.address("inputs", case))
