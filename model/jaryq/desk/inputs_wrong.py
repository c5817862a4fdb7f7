"""What the area Inputs tells beside its grid: what is wrong, what stands in the way of saving, what was set aside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from nicegui import ui

from jaryq.base.issues import Issue, stops
from jaryq.desk.desk import Session
from jaryq.desk.draft import Draft
from jaryq.desk.grid import told
from jaryq.desk.inputs_said import ASIDE, ELSEWHERE, FORGET, LOOKING, NONE, READ_ONLY, STOPS
from jaryq.desk.kept import open_elsewhere, protected
from jaryq.desk.parts import button, link, note, text

MOST_ISSUES = 60


class Warned:
    """What stands in the way of saving, and the changes that found no place in the file."""

    def __init__(self, session: Session, draft: Draft, forget: Callable[[], Any]) -> None:
        self.session, self.draft, self._forget = session, draft, forget
        self._said = text("p", "", "desk-note", "desk-hidden")
        self._said.props["role"] = "status"
        self._aside = ui.element("div")

    def warn(self) -> None:
        case = self.draft.case
        said = [say for say, there in ((READ_ONLY, protected(case)), (ELSEWHERE, open_elsewhere(case))) if there]
        self._said.say(" ".join(self.session.say(one) for one in said))
        self._said.classes(**({"remove": "desk-hidden"} if said else {"add": "desk-hidden"}))

    def set_aside(self) -> None:
        self._aside.clear()
        if self.draft.aside:
            with self._aside:
                note(self.session.say(ASIDE), alert=True)
                with ui.element("ul").classes("desk-issues"):
                    for one in self.draft.aside[:MOST_ISSUES]:
                        text("li", self.session.say(one.words))
                button(self.session.say(FORGET), self._forget)


class Wrong:
    """The list of issues below the grid; sheets that stop a run are marked among ``links``."""

    def __init__(self, session: Session, draft: Draft, sheet: str, links: Mapping[str, Any],
                 to: Callable[[str], str]) -> None:
        self.session, self.draft, self.sheet, self._links, self._to = session, draft, sheet, links, to
        self._listed = ui.element("ul").classes("desk-issues")

    def show(self) -> None:
        lang, issues = self.session.lang, self.draft.issues
        self._listed.clear()
        grave = len(stops(issues))
        with self._listed:
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
        for name, made in self._links.items():
            made.classes(**({"add": "desk-marked"} if name in stopped else {"remove": "desk-marked"}))

    def _weight(self, issue: Issue) -> tuple[bool, bool]:
        """What stops a run is told first, then what is of this sheet."""
        return issue.severity != "stop", issue.sheet != self.sheet
