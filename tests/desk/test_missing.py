"""What is not there (a plan that is gone, a report that was never made, a file, a warm case) is said in words, in the
visitor's language, inside the page and beside it; the end of a job is told at a full disk too."""

import html
import json
import os
import re
from dataclasses import replace

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from jaryq.api.whose import KEPT
from jaryq.base.free import FOREIGN, OWN
from jaryq.base.text import LANGS
from jaryq.commands.cli import main
from jaryq.commands.loading import stopped
from jaryq.desk import run
from jaryq.desk.desk import Desk
from jaryq.desk.draft import Draft
from jaryq.desk.framed import FILE, GONE, NO_FILE, NO_REPORT, NOT_WARM, REPORT, WHAT_IF, add_routes
from jaryq.desk.job import ENDED, LOG
from jaryq.desk.jobs import Asked, Job, Jobs
from jaryq.desk.plans import plans_of
from jaryq.desk.run import without_options
from jaryq.desk.server import application
from jaryq.desk.states import SAME, STALE, changed_since
from jaryq.desk.states import plans_of as planned
from tests.test_cli import BASE
from tests.workbooks import minimal_tables, plain_workbook


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A case with a plan that was made without a report."""
    monkeypatch.chdir(tmp_path)
    plain_workbook(minimal_tables(**BASE), tmp_path / "case.xlsx")
    assert main(["plan", "case.xlsx", "--no-report"]) == 0
    return Desk.of(tmp_path)


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_what_is_not_there_is_said_in_a_sentence(desk, lang):
    """Never as raw data: the answer stands inside a page. A name is text, whatever it holds."""
    outer = FastAPI()
    add_routes(outer, desk)
    asked = {route.path: route.endpoint for route in outer.routes}
    named = "<b>x</b>"
    for answer, said in ((asked[REPORT]("case.xlsx", ["base"], lang), NO_REPORT.say(lang, name="base")),
                         (asked[REPORT]("case.xlsx", [named], lang), GONE.say(lang, name=named)),
                         (asked[REPORT]("other.xlsx", ["base"], lang), GONE.say(lang, name="base")),
                         (asked[FILE]("case.xlsx", "base", named, lang), NO_FILE.say(lang, name=named)),
                         (asked[FILE]("case.xlsx", "gone", "plan.xlsx", lang), NO_FILE.say(lang, name="plan.xlsx")),
                         (asked[WHAT_IF](lang), NOT_WARM.say(lang))):
        told = answer.body.decode()
        assert answer.status_code == 404
        assert answer.media_type == "text/html"
        assert html.unescape(re.search("<p>(.*)</p>", told).group(1)) == said
        assert named not in told
    assert asked[FILE]("case.xlsx", "base", "plan.xlsx", lang).status_code == 200
    assert [one.drawn for one in plans_of(desk, desk.inside("case.xlsx"))] == [False]


def test_a_value_that_was_put_back_is_no_difference(desk):
    case = desk.inside("case.xlsx")
    draft = Draft(case)
    row, was = (draft.tables["facilities"].rows[0], draft.tables["facilities"].values["cost"][0])
    for said, before in ((13.5, was), (was, 13.5)):
        draft.put("facilities", row, "cost", said, before)
        draft.save()
    [plan] = planned(desk, case)
    assert plan.words == STALE
    for lang in LANGS:
        assert changed_since(plan, case, lang) == [SAME.say(lang)]


def test_the_page_offers_no_option_of_the_command_line():
    """What commands say of a place that is taken, without what only they offer; nothing else is left out."""
    for said in (KEPT, OWN, FOREIGN):
        for lang in LANGS:
            told = said.say(lang, folder="F", made="M", name="N", path="P")
            assert "--force" in told
            shown = without_options(f"line\n{told}\n")
            assert "--force" not in shown
            assert shown.startswith("line\n")
            assert told.startswith(shown.splitlines()[1])


@pytest.mark.parametrize(("arguments", "said"), [
    (["jaryq", "plan", "x"], "Stopped before anything was done."),
    (["jaryq", "plan", "x", "--lang=ru"], "Остановлено до начала работы."),
    (["jaryq", "plan", "--lang", "ru", "x"], "Остановлено до начала работы."),
    (["jaryq", "plan", "--lang=xx"], "Stopped before anything was done."),
])
def test_who_stops_at_once_is_told_in_his_language(arguments, said):
    assert stopped(arguments) == said


FULL = """
import builtins, errno, pathlib
def full(*_, **__):
    raise OSError(errno.ENOSPC, "No space left on device")
def no_more(place, mode="r", *more, **others):
    if set(mode) & set("wxa"):
        full()
    return kept(place, mode, *more, **others)
kept = builtins.open
pathlib.Path.write_bytes = pathlib.Path.write_text = full
pathlib.Path.open = lambda self, mode="r", *more, **others: no_more(self, mode, *more, **others)
builtins.open = no_more
raise SystemExit({code})
"""


@pytest.mark.parametrize(("code", "state"), [(0, "done"), (3, "failed")])
def test_a_job_that_ends_at_a_full_disk_tells_its_end(tmp_path, monkeypatch, code, state):
    """The disk takes nothing new from the moment the command runs; another server reads the same."""
    (tmp_path / "filler.py").write_text(FULL.format(code=code))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(tmp_path), os.environ["PYTHONPATH"])))
    jobs = Jobs(tmp_path, at_once=1, command="filler")
    job = jobs.wait(jobs.add(Asked("plan", ("plan", "x"), "x")), 60)
    assert (job.state, job.code) == (state, code)
    assert Jobs(tmp_path).get(job.key).state == state
    assert json.loads((job.where / ENDED).read_text())["code"] == code


def test_a_job_that_could_not_begin_at_a_full_disk_did_not_end_from_outside(tmp_path):
    """Its process ends with an error of its own before it says anything."""
    jobs = Jobs(tmp_path, at_once=1, command="no_such_module")
    key = jobs.add(Asked("plan", ("plan", "x"), "x"))
    job = jobs.wait(key, 60)
    (job.where / ENDED).unlink(missing_ok=True)
    assert jobs.get(key).state == "failed"


def test_no_log_is_pointed_to_where_it_is_empty(tmp_path):
    (tmp_path / LOG).write_text("\n")
    job = Job("1", Asked("plan", ("plan", "x"), "x"), "failed", 0.0, where=tmp_path)
    assert run.state_of(job) is run.SILENT
    (tmp_path / LOG).write_text("No plan.\n")
    assert run.state_of(job) is run.STATES["failed"]
    assert run.state_of(replace(job, state="done")) is run.STATES["done"]


def test_an_area_that_there_is_not_leads_to_the_first_in_its_language(tmp_path):
    """Of a server that speaks English else."""
    desk = Desk.of(tmp_path)
    with TestClient(application(desk, "127.0.0.1", 8000), base_url="http://127.0.0.1:8000") as visitor:
        for lang in ("ru", "en"):
            answer = visitor.get(f"/{lang}/nowhere", follow_redirects=False)
            assert (answer.status_code, answer.headers["location"]) == (303, f"/{lang}/cases")
