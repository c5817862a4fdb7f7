"""The area Results: the report of one plan, or of several side by side; why a project is in or out, and the plan with
it forced; files to take away."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode

from nicegui import context, run, ui

from jaryq.base.errors import Told
from jaryq.base.text import Lang, Text, printable
from jaryq.desk.desk import Session
from jaryq.desk.draft import Draft
from jaryq.desk.drafts import draft_of
from jaryq.desk.explaining import Explaining
from jaryq.desk.forced import forced_asked, without_last
from jaryq.desk.framed import FILE, GONE, LONGEST, MOST, NO_REPORT, REPORT
from jaryq.desk.kept_warm import jobs_of, kept_warm
from jaryq.desk.later import later
from jaryq.desk.parts import button, link, note, text
from jaryq.desk.plans import PlanFolder, of_all, plans_of
from jaryq.desk.refused import Refused
from jaryq.desk.wished import SHEET, wish, wishes_of
from jaryq.sheets.inputs import INPUT
from jaryq.tables.tables import Tables

NONE = Text("No plan of this case yet: make one under Run.",
            "Планов по этой книге ещё нет: рассчитайте в разделе «Расчёт».")
SHOW, FILES = Text("Plans to show", "Какие планы показать"), Text("Take away", "Скачать")
PROJECT, WHY = Text("Facility or package", "Объект или пакет"), Text("Why?", "Почему?")
IN, OUT = Text("Force it in", "Включить принудительно"), Text("Force it out", "Исключить принудительно")
FORCED = Text("The plan with it is a job under Run; it stands beside this one when it is done.",
              "План с этим: задание в разделе «Расчёт»; по готовности он появится рядом с этим.")
THINKING = Text("Its other choices are being priced…", "Оцениваются другие решения…")
PRESS = Text("Press a row of the gantt or a mark on the map, or choose here.",
             "Нажмите строку графика или знак на карте либо выберите здесь.")
KEEP = Text("Write it into the workbook", "Записать в книгу")
WISHED = Text("A row of the sheet of wishes, not saved yet:", "Строка листа пожеланий, ещё не сохранена:")
ALL = Text("All scenarios", "Все сценарии")
SHOWN = Text("Shown is {names}.", "Показано: {names}.")
TO_RUN, REPORT_OF = Text("Run", "Расчёт"), Text("Report of the plan", "Отчёт о плане")
PLAIN = Text("{folder}: scenario {name}", "{folder}: сценарий {name}",
             kk="{folder}: {name} сценарийі", ja="{folder}：シナリオ {name}")
WITH = Text("{folder}: scenario {name} with changes: {changes}", "{folder}: сценарий {name} с изменениями: {changes}",
            kk="{folder}: {name} сценарийі, өзгерістермен: {changes}",
            ja="{folder}：シナリオ {name}、変更あり：{changes}")
FRAME = "desk-report"


def show(session: Session) -> None:
    """Which plans, their report, one project of the first."""
    assert session.case is not None
    plans = plans_of(session.desk, session.case)
    if not plans:
        note(session.say(NONE))
        link(session.say(TO_RUN), session.address("run"))
        return
    last = kept_warm(session.desk).plans
    asked = context.client.request.query_params.getlist("plan") or last.get(session.case, [])
    chosen = [one for name in asked[:MOST] for one in plans if one.name == name] or plans[:1]
    last[session.case] = [one.name for one in chosen]
    _missing(session, asked[:MOST], chosen)
    _choice(session, plans, chosen)
    with ui.element("div").classes("desk-beside"):
        with ui.element("div").classes("desk-levers"):
            Asking(session, session.case, chosen[0], drawn=any(one.drawn for one in chosen))
            _files(session, session.case, chosen)
        with ui.element("div").classes("desk-answer"):
            if any(one.drawn for one in chosen):
                query = urlencode([("case", session.desk.named(session.case)), ("lang", session.lang),
                                   *(("plan", one.name) for one in chosen)])
                frame = ui.element("iframe").classes("desk-frame")
                frame.props["id"] = FRAME
                frame.props["src"] = f"{REPORT}?{query}"
                frame.props["title"] = session.say(REPORT_OF)


def _missing(session: Session, asked: Sequence[str], chosen: Sequence[PlanFolder]) -> None:
    """What was asked for and is not there: a plan that is gone, a report that no plan has."""
    shown = [one.name for one in chosen]
    for name in dict.fromkeys(asked):
        if name not in shown:
            said = session.say(GONE, name=printable(name)[:LONGEST])
            note(f"{said} {session.say(SHOWN, names=', '.join(shown))}", alert=True)
    for one in chosen:
        if not one.drawn:
            note(session.say(NO_REPORT, name=one.name), alert=True)
            link(session.say(TO_RUN), session.address("run"))


def _choice(session: Session, plans: Sequence[PlanFolder], chosen: Sequence[PlanFolder]) -> None:
    """Every plan with a mark; the marked stand side by side, the first is what others are compared with."""
    names = [one.name for one in chosen]
    with ui.element("fieldset").classes("desk-form"):
        text("legend", session.say(SHOW))
        for one in plans:
            box = ui.checkbox(one.name, value=one.name in names)

            def change(event: object, name: str = one.name) -> None:
                kept = [other for other in names if other != name] if name in names else [*names, name]
                ui.navigate.to(_address(session, kept))

            box.on_value_change(change)
    for one in plans:
        if one.changes or one.name != one.scenario:
            note(told_of(one, session.lang))


def told_of(plan: PlanFolder, lang: Lang) -> str:
    """Which plan stands in a folder that is not its scenario's, or was made with changes."""
    said = WITH if plan.changes else PLAIN
    return said.say(lang, folder=plan.name, name=plan.scenario, changes=plan.changes)


def _address(session: Session, names: Sequence[str]) -> str:
    base = session.address("results")
    return base + "".join("&" + urlencode({"plan": name}) for name in names)


def _files(session: Session, case: Path, chosen: Sequence[PlanFolder]) -> None:
    text("h2", session.say(FILES))
    for one in (*of_all(session.desk, case), *chosen):
        with ui.element("ul").classes("desk-files"):
            for name in one.files():
                with ui.element("li"):
                    query = urlencode({"case": session.desk.named(case), "plan": one.name, "name": name,
                                       "lang": session.lang})
                    said = f"{one.name}/{name}" if one.name else f"{session.say(ALL)}: {name}"
                    made = link(said, f"{FILE}?{query}")
                    made.props["download"] = one.kept(name)


class Asking:
    """One project: why it is as it is, and the plan with it forced in or out."""

    def __init__(self, session: Session, case: Path, plan: PlanFolder, *, drawn: bool) -> None:
        self.session, self.case, self.plan = session, case, plan
        self.explaining: Explaining | None = None
        self.told = 0
        self.wishes: dict[str, object] = {}
        say = session.say
        text("h2", say(WHY))
        if drawn:
            note(say(PRESS))
        self.project = ui.select({}, label=say(PROJECT), with_input=True, clearable=True)
        self.project.props("outlined dense").classes("desk-project")
        self.project.on_value_change(self._keep)
        later(session, case, "draft", lambda: draft_of(session.desk, case), self._fill)
        with ui.element("div").classes("desk-form"):
            ui.button(say(WHY), on_click=self.why).props("no-caps dense")
            ui.button(say(IN), on_click=lambda: self.force("do")).props("outline no-caps dense")
            ui.button(say(OUT), on_click=lambda: self.force("leave_out")).props("outline no-caps dense")
        self.place = ui.element("ul").classes("desk-why")
        self.place.props["aria-live"] = "polite"
        ui.on("desk_project", lambda event: self.choose(event.args))
        ui.add_body_html(LISTEN)
        self.timer = ui.timer(0.3, self.look, active=False)
        self.client = context.client
        self.client.on_disconnect(self._leave)

    def _fill(self, draft: Draft) -> None:
        """The projects of the case as it stands now; the one that the address names is chosen."""
        self.wishes = wishes_of(draft)
        self.project.set_options(_projects(draft.saved, self.session.lang))
        asked = context.client.request.query_params.get("project")
        if asked in self.project.options:
            self.project.set_value(asked)

    def _keep(self) -> None:
        """The address names the project: it is chosen in another language too."""
        ui.run_javascript(f"""
            const at = new URL(location.href), key = {json.dumps(self.project.value)};
            if (key) at.searchParams.set("project", key); else at.searchParams.delete("project");
            history.replaceState(null, "", at);
        """)

    def choose(self, key: object) -> None:
        """A project that was pressed in the report."""
        if key in self.project.options:
            self.project.value = key
            self.why()

    def why(self) -> None:
        """Ask ``explain``."""
        if not self.project.value:
            return
        self._leave()
        self.place.clear()
        self.told = 0
        with self.place:
            self.waiting = text("li", self.session.say(THINKING), "desk-soft")
        self.explaining = Explaining(self.plan.plan, str(self.project.value), self.session.lang)
        self.timer.activate()

    def look(self) -> None:
        """Sentences that have come since."""
        if self.explaining is None:
            return
        with self.place:
            for line in self.explaining.lines[self.told:]:
                text("li", line)
                self.told += 1
        if self.explaining.ended and self.told == len(self.explaining.lines):
            self.waiting.set_visibility(False)
            self.timer.deactivate()

    def force(self, decision: str) -> None:
        """A plan with one more wish, beside the changes that this plan was made with."""
        key = str(self.project.value or "")
        if not key:
            return
        self.place.clear()
        with self.place:
            desk, lang = self.session.desk, self.session.lang
            try:
                jobs_of(desk).add(forced_asked(desk, self.case, self.plan, key, decision, lang))
            except Told as error:
                text("li", error.text.say(self.session.lang))
                return
            with ui.element("li"):
                text("span", self.session.say(FORCED))
                link(self.session.say(TO_RUN), self.session.address("run"))
            if (lost := without_last(self.plan)) is not None:
                text("li", lost.say(lang))
            with ui.element("li"):
                button(self.session.say(KEEP), lambda: self.wish(key, decision))
                self.wished = text("span", "")
                self.wished.props["role"] = "status"

    @property
    def visitor(self) -> str:
        """Who this is, as under Inputs."""
        return str(self.client.tab_id or self.client.id)

    async def wish(self, key: str, decision: str) -> None:
        """The same as a row of the sheet of wishes, to be saved under Inputs."""
        try:
            draft = await run.io_bound(lambda: draft_of(self.session.desk, self.case))
            await run.io_bound(lambda: wish(draft, key, decision, self.wishes.get(key), self.visitor))
            self.wishes[key] = decision
        except Refused as error:
            self.wishes = wishes_of(draft)  # it is told now
            self.wished.say(error.text.say(self.session.lang))
            return
        except Told as error:
            self.wished.say(error.text.say(self.session.lang))
            return
        self.wished.say(self.session.say(WISHED))
        with self.wished.parent_slot.parent:
            link(INPUT[SHEET].title(self.session.lang), self.session.address("inputs", sheet=SHEET))

    def _leave(self) -> None:
        if self.explaining is not None:
            self.explaining.stop()
            self.explaining = None


LISTEN = """<script>
addEventListener("message", (event) => {
  if (event.origin === location.origin && event.data?.jaryq === "project") emitEvent("desk_project", event.data.key);
});
</script>"""


def _projects(tables: Tables, lang: str) -> dict[str, str]:
    """Keys of all projects of typed tables, and how they are called."""
    found: dict[str, str] = {}
    for sheet in ("facilities", "networks"):
        for _, row in tables.get(sheet).records():
            key = next((str(value) for value in row.values() if isinstance(value, str)), "")
            name = str((row.get("name_ru") if lang in ("ru", "kk") else None) or row.get("name") or "")
            found[key] = f"{key} · {name}" if name else key
    return found
