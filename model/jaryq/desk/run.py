"""The area Run: plans, scenarios, sweeps and ensembles as jobs, in a queue that outlives a reload."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from nicegui import ui

from jaryq.base.errors import Told
from jaryq.base.free import OR_FORCE
from jaryq.base.text import LANGS, Lang, Text
from jaryq.desk.desk import Session
from jaryq.desk.draft import Draft
from jaryq.desk.drafts import draft_of
from jaryq.desk.jobs import Asked, Job, State
from jaryq.desk.jobs_asked import besides_of, ensemble_asked, plan_asked, regret_asked, scenarios_asked, sweep_asked
from jaryq.desk.kept_warm import jobs_of
from jaryq.desk.later import later
from jaryq.desk.parts import Said, link, note, text
from jaryq.tables.scenarios import BASE, called, names
from jaryq.tables.tables import Tables

SCENARIO = Text("Scenario", "Сценарий")
PLAN = Text("Plan", "Рассчитать план", kk="Жоспарды есептеу", ja="計画を計算")
SCENARIOS = Text("All scenarios", "Все сценарии")
SWEEP, ENSEMBLE = Text("One by one (tornado)", "По одному (торнадо)"), Text("Many draws", "Много вариантов")
DRAWS = Text("Number of draws", "Число вариантов")
ALSO = Text("Also tables, brief and pages of regions", "Также таблицы, справка и страницы регионов")
JOBS, NONE = Text("Jobs", "Задания"), Text("Nothing has been asked yet.", "Пока ничего не запрошено.")
REGRET = Text("Regret of the scenarios", "Сожаления по сценариям")
UNSAVED = Text("Changes that are not saved yet, and are not in a plan: {count}. Save them first:",
               "Ещё не сохранено и в план не войдёт изменений: {count}. Сначала сохраните:")
TO_INPUTS = Text("Inputs", "Исходные данные")
SAVED = Text("What is saved in the workbook is planned.", "Рассчитывается то, что сохранено в книге.")
CANCEL, FORGET, LOG = Text("Cancel", "Отменить"), Text("Take off the list", "Убрать из списка"), Text("Log", "Журнал")
TO_RESULTS = Text("Results", "Результаты")
STANDS_STILL = Text("The queue stands still and is tried again: {why}", "Очередь стоит, попытки продолжаются: {why}",
                    kk="Кезек тоқтап тұр, әрекет қайталанады: {why}",
                    ja="待ち行列が止まっています。再試行します：{why}")
UNREAD = Text("The workbook cannot be read; the job says why.", "Книга не читается; задание скажет почему.")
INTO = Text("folder {folder}", "папка {folder}", kk="{folder} қалтасы", ja="フォルダー {folder}")
SECONDS = Text("{seconds:.0f} s", "{seconds:.0f} с")

COMMANDS: Mapping[str, Text] = {"plan": PLAN, "scenarios": SCENARIOS, "sweep": SWEEP, "ensemble": ENSEMBLE,
                                "regret": REGRET}
STATES: Mapping[State, Text] = {
    "waiting": Text("waits", "ждёт"), "running": Text("runs", "идёт"), "done": Text("done", "готово"),
    "failed": Text("no result: the log says why", "без результата: причина в журнале"),
    "cancelled": Text("cancelled", "отменено"),
    "killed": Text("ended without saying how: from outside, or at a full disk; nothing was left half written",
                   "завершилось, не сообщив как: прервано извне или диск полон; недописанных файлов нет"),
}
SILENT = Text("no result, and its log is empty: the disk may be full",
              "без результата, и журнал пуст: возможно, диск полон")
EVERY = 0.7


def state_of(job: Job) -> Text:
    """How a job stands; no log is pointed to where there is nothing in it."""
    return SILENT if job.state == "failed" and not job.log.strip() else STATES[job.state]


def show(session: Session) -> None:
    """The form and the list of jobs."""
    case = session.case
    assert case is not None
    note(session.say(SAVED))
    later(session, case, "draft", lambda: draft_of(session.desk, case), lambda draft: _asking(session, draft))
    text("h2", session.say(JOBS))
    Listed(session)


def _asking(session: Session, draft: Draft) -> None:
    """The form; above it, as long as it is so, that changes are not saved."""
    with ui.element("div") as unsaved:
        unsaved.props["role"] = "status"
        said = note("", alert=False)
        link(session.say(TO_INPUTS), session.address("inputs"))

    def look() -> None:
        count = draft.steps[0]
        unsaved.set_visibility(bool(count))
        said.say(session.say(UNSAVED, count=count) if count else "")

    look()
    ui.timer(EVERY, look)
    _form(session, draft.saved)


def _form(session: Session, tables: Tables) -> None:
    if not tables.sheets:
        note(session.say(UNREAD), alert=True)
    with ui.element("div").classes("desk-form"):
        options = {name: called(tables, name).say(session.lang) for name in names(tables)}
        scenario = ui.select(options, value=BASE, label=session.say(SCENARIO)).props("outlined dense")
        _button(session, PLAN, lambda: plan_asked(_case(session), str(scenario.value), session.lang,
                                                  besides=besides_of(session.desk, _case(session), str(scenario.value))
                                                  if also.value else ()))
        also = ui.checkbox(session.say(ALSO))
    with ui.element("div").classes("desk-form"):
        _button(session, SCENARIOS, lambda: scenarios_asked(_case(session), session.lang))
        _button(session, SWEEP, lambda: sweep_asked(_case(session), str(scenario.value), session.lang))
        _button(session, REGRET, lambda: regret_asked(_case(session), str(scenario.value), session.lang))
        draws = ui.number(session.say(DRAWS), value=200, min=2, max=10_000, precision=0).props("outlined dense")
        _button(session, ENSEMBLE, lambda: ensemble_asked(_case(session), str(scenario.value), session.lang,
                                                          int(draws.value or 200)))


def _case(session: Session) -> Path:
    assert session.case is not None
    return session.case


def _button(session: Session, said: Text, asked: Callable[[], Asked]) -> None:
    async def ask() -> None:
        try:
            jobs_of(session.desk).add(asked())
        except Told as error:
            ui.notify(error.text.say(session.lang), type="negative", multi_line=True, close_button=True, timeout=0)

    ui.button(session.say(said), on_click=ask).props("no-caps")


def called_job(asked: Asked, lang: Lang) -> str:
    """What a job is, in a line; where its plan goes, unless that is the folder of its scenario."""
    command = COMMANDS.get(asked.command, Text(asked.command, asked.command)).say(lang)
    folder = Path(asked.folder).name
    into = INTO.say(lang, folder=folder) if folder not in ("", asked.scenario) else ""
    return f"{command}: " + ", ".join(filter(None, (Path(asked.source).name, asked.scenario, into)))


def without_options(said: str) -> str:
    """What a command says, without what it offers on the command line alone."""
    for lang in LANGS:
        said = said.replace(OR_FORCE.say(lang), "")
    return said


@dataclass(eq=False)
class Row:
    """The widgets of one job."""

    box: ui.element
    state: Said
    step: Said
    log: Said
    cancel: ui.button
    forget: ui.button
    results: Said


class Listed:
    """The jobs, the newest above; looked at again every moment."""

    def __init__(self, session: Session) -> None:
        self.session, self.jobs = session, jobs_of(session.desk)
        self.rows: dict[str, Row] = {}
        self.wrong, self.none = note("", alert=True), note(session.say(NONE))
        self.place = ui.element("ol").classes("desk-jobs")
        self.look()
        ui.timer(EVERY, self.look)

    def look(self) -> None:
        """Rows as the jobs are now."""
        jobs, wrong = self.jobs.all(), self.jobs.wrong
        self.wrong.set_visibility(wrong is not None)
        self.wrong.say("" if wrong is None else self.session.say(STANDS_STILL, why=wrong))
        self.none.set_visibility(not jobs)
        for key in self.rows.keys() - {job.key for job in jobs}:
            self.rows.pop(key).box.delete()
        for job in jobs:
            if job.key not in self.rows:
                with self.place:
                    self.rows[job.key] = self._row(job)
                self.rows[job.key].box.move(target_index=0)
            self._fill(self.rows[job.key], job)

    def _row(self, job: Job) -> Row:
        say = self.session.say
        case = Path(job.asked.source)
        with ui.element("li").classes("desk-job") as box:
            text("strong", called_job(job.asked, self.session.lang))
            for change in job.asked.changes:
                text("code", change)
            state = text("span", "", "desk-state")
            state.props["role"] = "status"
            step = text("span", "", "desk-step")
            cancel = ui.button(say(CANCEL), on_click=partial(self.jobs.cancel, job.key)).props("flat no-caps dense")
            forget = ui.button(say(FORGET), on_click=partial(self.jobs.forget, job.key)).props("flat no-caps dense")
            results = link(say(TO_RESULTS), self._address(job, case))
            with ui.element("details"):
                text("summary", say(LOG))
                log = text("pre", "", "desk-log")
        return Row(box, state, step, log, cancel, forget, results)

    def _address(self, job: Job, case: Path) -> str:
        name = Path(job.asked.folder).name if job.asked.folder else job.asked.scenario or BASE
        return self.session.address("results", case if self._ours(case) else None, plan=name)

    def _ours(self, case: Path) -> bool:
        return case.is_relative_to(self.session.desk.root)

    def _fill(self, row: Row, job: Job) -> None:
        said = self.session.say(state_of(job))
        if job.seconds:
            said += ", " + self.session.say(SECONDS, seconds=job.seconds)
        row.state.say(said)
        row.state.classes(replace=f"desk-state desk-{job.state}")
        row.step.say(without_options(job.step))
        row.log.say(without_options(job.log))
        row.cancel.set_visibility(not job.over)
        row.forget.set_visibility(job.over)
        row.results.set_visibility(job.state == "done")
