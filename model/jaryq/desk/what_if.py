"""The area What if: levers that the case declares, the decision page that follows them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from nicegui import context, ui

from jaryq.base.errors import Told
from jaryq.base.text import LANGS, Text
from jaryq.desk.desk import Session
from jaryq.desk.drafts import draft_of
from jaryq.desk.framed import WHAT_IF
from jaryq.desk.jobs_asked import plan_asked
from jaryq.desk.kept_warm import jobs_of, kept_warm
from jaryq.desk.later import later
from jaryq.desk.levers import Lever, changes_at, levers, stated_in
from jaryq.desk.parts import Slider, link, text
from jaryq.desk.plans import free_folder_for
from jaryq.tables.scenarios import BASE, called, names

LEVERS, SWITCHES = Text("What moves", "Что меняется"), Text("Scenarios of the workbook", "Сценарии книги")
BACK = Text("All as stated", "Всё как в книге")
WHOLE = Text("Make it whole", "Рассчитать целиком")
WHOLE_SAID = Text("The plan with these changes, facilities whole, is a job under Run.",
                  "План с этими изменениями, объекты целиком: задание в разделе «Расчёт».")
TO_RUN = Text("Run", "Расчёт")
WARMING = Text("The plan is solved once (facilities divisible); then each change takes a moment.",
               "План решается один раз (объекты делимы); потом каждое изменение занимает мгновение.")
COMPUTING = Text("Computing…", "Считаю…")
MOVED = Text("Moved in {seconds:.1f} s by its main stages; the rest, and the distance from the best, is being proved.",
             "Пересчитано за {seconds:.1f} с по главным этапам; остальное и расстояние до лучшего доказываются.")
KNOWN = Text("Computed beforehand by its main stages; the rest, and the distance from the best, is being proved.",
             "Посчитано заранее по главным этапам; остальное и расстояние до лучшего доказываются.")
PROVED = Text("Proved: every figure computed again by separate code, the distance certified.",
              "Доказано: каждая величина посчитана заново отдельным кодом, расстояние подтверждено.")
REFUSED = Text("There is no plan with this:", "С этим плана нет:")
ENDED = Text("The process that computes has ended; load this again.", "Процесс расчёта завершился; обновите страницу.")
PUT_AWAY = Text("Another visitor has opened what-ifs of {case}, scenario {scenario}; only one is computed at a time, "
                "and this one stopped. Move a lever or load this again to go on here: the other then stops.",
                "Другой посетитель открыл «Что если» книги {case}, сценарий {scenario}; считается только одно за раз, "
                "здесь расчёт остановлен. Сдвиньте рычаг или обновите страницу, чтобы продолжить: там он остановится.")
CHANGES = Text("Changes", "Изменения")
SCENARIO = Text("Scenario", "Сценарий")
AT = Text("{value:,.6g} {unit}", "{value:,.6g} {unit}")
EVERY = 0.1
REST = 0.1
"""Seconds after the last move of a lever in which nothing is asked yet."""

FRAME = "desk-what-if"
TELL = """
    const frame = document.getElementById(%s), told = %s;
    const tell = () => frame.contentWindow.postMessage(told, location.origin);
    const there = frame.contentDocument;
    if (there?.readyState === "complete" && there.getElementById("data")) tell();
    else frame.addEventListener("load", tell, {once: true});
"""
"""Tells a frame what to show, once it listens: while it is read it does not yet, though its figures stand there."""

OTHER = (("",), False, False)
"""In place of what is shown: nothing that is an answer."""


def show(session: Session) -> None:
    """The levers, the decision beside or above them."""
    case = session.case
    assert case is not None
    asked = context.client.request.query_params.get("scenario", BASE)
    later(session, case, f"levers of {asked}", lambda: _found(session, case, asked),
          lambda found: WhatIf(session, case, found))


@dataclass(frozen=True)
class Found:
    """The scenarios of a case by name, the one that is moved, and its levers."""

    names: Mapping[str, Text]
    scenario: str
    levers: tuple[Lever, ...]


def _found(session: Session, case: Path, asked: str) -> Found:
    tables = draft_of(session.desk, case).saved
    known = {name: called(tables, name) for name in names(tables)} or {BASE: Text(BASE, BASE)}
    scenario = asked if asked in known else BASE
    return Found(known, scenario, levers(stated_in(tables, scenario), scenario))


class WhatIf:
    """One visit: the widgets, and the last answer that they show."""

    def __init__(self, session: Session, case: Path, found: Found) -> None:
        self.session, self.case, self.levers, self.scenario = session, case, found.levers, found.scenario
        kept = kept_warm(session.desk)
        self.warmed = kept.of(case, self.scenario)
        kept.prepare(self.levers)
        client = context.client
        self.visitor = str(client.tab_id or client.id)
        self.places = kept.places.setdefault((self.visitor, case, self.scenario), {})
        self.sending: ui.timer | None = None
        self.shown: tuple[tuple[str, ...], bool, bool] | None = None
        self.widgets: dict[str, Any] = {}
        with ui.element("div").classes("desk-beside desk-follow"):
            with ui.element("div").classes("desk-levers"):
                self._scenario(found)
                self._levers()
            with ui.element("div").classes("desk-answer"):
                self.status = text("p", session.say(WARMING), "desk-note")
                self.status.props["role"] = "status"
                with ui.element("div") as alert:
                    alert.props["role"] = "alert"
                    self.refused = ui.element("ul").classes("desk-refused")
                self.changes = ui.element("div").classes("desk-changes")
                self.frame = ui.element("iframe").classes("desk-frame")
                self.frame.props["id"] = FRAME
                self.frame.props["title"] = session.say(Text("Decision", "Решение"))
                self.frame.set_visibility(False)
        self._tell_changes()
        if self.moves:
            self._ask()
        ui.timer(EVERY, self.look)

    def _scenario(self, found: Found) -> None:
        """Which scenario is moved."""
        if len(found.names) > 1:
            options = {name: said.say(self.session.lang) for name, said in found.names.items()}
            chosen = ui.select(options, value=self.scenario, label=self.session.say(SCENARIO))
            chosen.props("outlined dense").classes("desk-project")
            chosen.on_value_change(lambda event: ui.navigate.to(self.session.address(scenario=str(event.value))))

    def _levers(self) -> None:
        say = self.session.say
        with ui.element("div").classes("desk-form"):
            ui.button(say(BACK), on_click=self._back).props("outline no-caps dense")
            self.whole: Any = ui.button(say(WHOLE), on_click=self._whole).props("no-caps dense")
        self.asked = ui.element("p").classes("desk-asked")
        text("h2", say(LEVERS))
        for lever in self.levers:
            if not lever.switch:
                self._slider(lever)
        if any(lever.switch for lever in self.levers):
            text("h2", say(SWITCHES))
        for lever in self.levers:
            if lever.switch:
                switch = ui.switch(say(lever.text), value=bool(self.places.get(lever.key, 0.0)))
                switch.on_value_change(lambda event, lever=lever: self._put(lever, float(event.value)))
                self.widgets[lever.key] = switch

    def _slider(self, lever: Lever) -> None:
        assert lever.unit is not None
        said, unit = self.session.say(lever.text), self.session.say(lever.unit)
        with ui.element("div").classes("desk-lever"):
            text("span", said, "desk-lever-name")
            value = text("output", "", "desk-lever-value")
            slider = Slider(min=lever.low, max=lever.high, step=lever.step,
                            value=self.places.get(lever.key, lever.now))
            slider.props["aria-label"] = f"{said}, {unit}"

            def told() -> None:
                value.say(self.session.say(AT, value=float(slider.value), unit=unit))

            told()
            slider.on_value_change(told)
            # On release, and by keys: not at each pixel on the way. What the slider holds here may be a moment older.
            slider.on("change", lambda event: self._put(lever, float(event.args)))
        self.widgets[lever.key] = slider

    def _put(self, lever: Lever, value: float) -> None:
        if self.places.get(lever.key, lever.now) != value:
            self.places[lever.key] = value
            self._soon()

    def _soon(self) -> None:
        """Ask once the levers rest: by keys each step of one is a change."""
        if self.sending is not None:
            self.sending.cancel()
        with self.changes.parent_slot.parent:
            self.sending = ui.timer(REST, self._ask, once=True)

    def _back(self) -> None:
        for lever in self.levers:
            self.places[lever.key] = lever.now
            self.widgets[lever.key].value = bool(lever.now) if lever.switch else lever.now
        self._ask()

    @property
    def moves(self) -> tuple[str, ...]:
        """The changes of this visitor's own levers: no answer but theirs is shown."""
        return changes_at(self.levers, self.places)

    def _ask(self) -> None:
        kept = kept_warm(self.session.desk)
        if not self.warmed.fresh:
            self.warmed = kept.of(self.case, self.scenario)
            kept.prepare(self.levers)
            self.shown = None
        self.warmed.ask(self.moves, kept.known(self.moves), self.visitor)
        self._tell_changes()
        self.look()

    def _tell_changes(self) -> None:
        self.whole.set_enabled(bool(self.moves))  # without changes it is the plan of the scenario, which Run makes
        self.changes.clear()
        with self.changes:
            if self.moves:
                text("span", self.session.say(CHANGES))
            for change in self.moves:
                text("code", change)

    def _whole(self) -> None:
        try:
            folder = free_folder_for(self.session.desk, self.case, "what_if")
            jobs_of(self.session.desk).add(plan_asked(self.case, self.scenario, self.session.lang, self.moves, folder))
        except Told as error:
            self.status.say(error.text.say(self.session.lang))
            return
        self.asked.clear()
        with self.asked:
            text("span", self.session.say(WHOLE_SAID))
            link(self.session.say(TO_RUN), self.session.address("run"))

    def look(self) -> None:
        """Show what has been answered since to where this visitor's levers stand."""
        found, given = self.warmed.answers, self.warmed.given(self.moves)
        self.refused.clear()
        if self.shown is not None and (given.moved is None or given.refused is not None):
            self.shown = OTHER  # what is said now is no answer, so the next one is told though it was shown before
        refused = given.refused or (found.refused if found.ready is None else None)
        if refused is not None:
            self.status.say(self.session.say(REFUSED))
            with self.refused:
                for said in refused["said"]:
                    text("li", said[LANGS.index(self.session.lang)])
        elif found.ended:
            other = kept_warm(self.session.desk).put_away(self.warmed)
            self.status.say(self.session.say(ENDED) if other is None else
                            self.session.say(PUT_AWAY, case=other.source.name, scenario=other.scenario))
        elif found.ready is None:
            self.status.say(self.session.say(WARMING))
        elif given.moved is None:
            self.status.say(self.session.say(COMPUTING))
        else:
            self._draw(found.ready, given.moved, given.proved)

    def _draw(self, ready: dict[str, Any], moved: dict[str, Any], proved: dict[str, Any] | None) -> None:
        now = (self.moves, proved is not None, bool(ready["proved"]))
        if self.shown == now:
            return
        if self.shown is None:
            self.frame.props["src"] = f"{WHAT_IF}?{urlencode({'lang': self.session.lang})}"
            self.frame.update()
            self.frame.set_visibility(True)
        self.shown = now
        said = self.session.say(PROVED) if proved is not None else self.session.say(KNOWN) if moved.get("known") else \
            self.session.say(MOVED, seconds=moved["seconds"])
        if moved["remark"] is not None:
            remark = moved["remark"][LANGS.index(self.session.lang)]
            said += f" {remark[:1].upper()}{remark[1:]}."
        self.status.say(said)
        shown = [*([ready["shown"]] if self.moves else []), (proved or moved)["shown"]]
        told = json.dumps({"jaryq": "show", "scenarios": shown, "at": len(shown) - 1, "lang": self.session.lang})
        ui.run_javascript(TELL % (json.dumps(FRAME), told))
