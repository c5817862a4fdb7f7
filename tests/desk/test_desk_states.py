"""States of the cases of a folder, and what changed since a plan."""

import json
import shutil

import pytest

from jaryq.base.text import LANGS
from jaryq.commands.cli import main
from jaryq.desk import results
from jaryq.desk.desk import Desk
from jaryq.desk.draft import Draft
from jaryq.desk.found import found_cases
from jaryq.desk.jobs import Asked, Jobs
from jaryq.desk.jobs_asked import plan_asked
from jaryq.desk.run import called_job
from jaryq.desk.states import CURRENT, NO_PLAN, STALE, TOUCHED, changed_since, inputs_among, plans_of, words_of
from tests.workbooks import minimal_tables, plain_workbook


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    plain_workbook(minimal_tables(settings=[{"setting": "first_year", "value": 2026},
                                            {"setting": "last_year", "value": 2028},
                                            {"setting": "discount_rate", "value": 6.5},
                                            {"setting": "prices", "value": 0}],
                                  source_years=[{"source_id": "S1", "2026": 20.0, "2027": 20.0, "2028": 20.0}]),
                                  tmp_path / "case.xlsx")
    return Desk.of(tmp_path)


def test_a_case_goes_from_planned_to_stale_and_back(desk):
    """The words follow from hashes: of the inputs, and of the plan that was written once it was verified."""
    case = desk.inside("case.xlsx")
    assert plans_of(desk, case) == []
    assert main(["plan", "case.xlsx", "--no-report"]) == 0
    [plan] = plans_of(desk, case)
    assert (plan.scenario, plan.words, plan.stale, plan.whole) == ("base", CURRENT, False, True)
    assert list(inputs_among([case, plan.path])) == [(case, False), (plan.path, True)]
    draft = Draft(case)
    draft.put("facilities", 4, "cost", 13.5, 12.5)
    draft.save()
    [plan] = plans_of(desk, case)
    assert (plan.words, plan.stale, plan.whole) == (STALE, True, True)
    told = "\n".join(changed_since(plan, case, "en"))
    # The sheet and the column by their titles, in the visitor's language, and no name of the tables.
    assert told.splitlines()[2] == "Facilities: 1 changed"
    assert told.splitlines()[4].startswith("      Overnight cost  12.5 -> 13.5 bn KZT")
    assert changed_since(plan, case, "ru")[2] == "Объекты: 1 изменено"
    assert "F1" in told
    assert "12.5" in told
    assert "13.5" in told
    assert "F2" not in told
    draft.put("facilities", 4, "cost", 12.5, 13.5)
    draft.save()
    assert "F1" not in "\n".join(changed_since(plans_of(desk, case)[0], case, "en"))
    plan.path.write_bytes(plan.path.read_bytes() + b" ")
    assert plans_of(desk, case)[0].words == TOUCHED


def test_a_plan_with_changes_is_not_taken_for_that_of_the_scenario(desk):
    case = desk.inside("case.xlsx")
    assert main(["plan", "case.xlsx", "--no-report", "--set", "facilities; F1; cost; set 13.5",
                 "--out", "outputs/case/what_if"]) == 0
    assert main(["plan", "case.xlsx", "--no-report"]) == 0
    plain, changed = plans_of(desk, case)
    assert (plain.scenario, plain.changes, changed.scenario) == ("base", "", "base")
    assert "13.5" in changed.changes
    said = [words_of(plan, "en") for plan in (plain, changed)]
    assert said[0].startswith("Scenario base: planned and verified")
    assert said[1].startswith("Scenario base with changes (folder what_if: ")
    assert words_of(changed, "ru").startswith("Сценарий base с изменениями (папка what_if: ")


def test_a_plan_elsewhere_says_where_in_every_language(desk):
    """Of two plans of one scenario, neither with changes, the line of one names its folder; a job's does too."""
    case = desk.inside("case.xlsx")
    assert main(["plan", "case.xlsx", "--no-report", "--out", "outputs/case/again"]) == 0
    assert main(["plan", "case.xlsx", "--no-report"]) == 0
    own, other = plans_of(desk, case)
    assert (own.path.parent.name, other.path.parent.name) == ("base", "again")
    jobs = [plan_asked(case, "base", "en", folder=folder) for folder in (None, desk.results(case) / "again")]
    folders = [one for one in results.plans_of(desk, case) if one.name != "base"]
    for lang in LANGS:
        for plain, elsewhere in ((words_of(own, lang), words_of(other, lang)),
                                 [called_job(job, lang) for job in jobs]):
            assert "again" not in plain
            assert "again" in elsewhere
        assert [results.told_of(one, lang) for one in folders] == [
            results.PLAIN.say(lang, folder="again", name="base")]
    assert words_of(other, "ru").startswith("Сценарий base (папка again): рассчитан и проверен")
    assert results.told_of(folders[0], "en") == "again: scenario base"


def test_results_say_which_changes_a_plan_stands_for(desk):
    case = desk.inside("case.xlsx")
    assert main(["plan", "case.xlsx", "--no-report", "--set", "facilities; F1; cost; set 13.5"]) == 0
    base, tried = results.plans_of(desk, case)
    assert (base.name, base.changes) == ("base", "")
    assert results.told_of(tried, "ru") == "tried: сценарий base с изменениями: facilities [facility=F1] cost  set 13.5"


def test_plans_of_others_and_runs_without_a_plan_are_none(desk):
    case = desk.inside("case.xlsx")
    folder = desk.root / "outputs" / "case"
    (folder / "base").mkdir(parents=True)
    other = desk.root / "other" / "case.xlsx"
    other.parent.mkdir()
    other.write_bytes(b"another")
    manifest = {"scenario": "base", "input": "case.xlsx", "input_path": str(case), "status": "infeasible"}
    (folder / "base" / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert [plan.words for plan in plans_of(desk, case)] == [NO_PLAN]
    (folder / "base" / "manifest.json").write_text(json.dumps({**manifest, "input_path": str(other)}), encoding="utf-8")
    assert plans_of(desk, case) == []
    (folder / "base" / "manifest.json").write_text("[1", encoding="utf-8")
    assert plans_of(desk, case) == []


def test_plans_go_with_a_folder_that_is_moved_or_copied(desk):
    """Hashes and the way from the results to the input tell whose plan it is, not the path that the folder had."""
    assert main(["plan", "case.xlsx", "--no-report"]) == 0
    there = desk.root / "case.xlsx"
    copied = desk.root / "copied"
    copied.mkdir()
    shutil.copy2(there, copied)
    shutil.copytree(desk.root / "outputs", copied / "outputs")
    second = Desk.of(copied)
    assert [(plan.words, plan.stale) for plan in plans_of(second, second.inside("case.xlsx"))] == [(CURRENT, False)]
    assert second.results(copied / "case.xlsx") == copied / "outputs" / "case"
    draft = Draft(copied / "case.xlsx")
    draft.put("facilities", 4, "cost", 13.5, 12.5)
    draft.save()
    assert [plan.words for plan in plans_of(second, copied / "case.xlsx")] == [STALE]
    assert [plan.words for plan in plans_of(desk, there)] == [CURRENT]
    moved = desk.root / "moved"
    copied.rename(moved)
    assert [plan.words for plan in plans_of(Desk.of(moved), moved / "case.xlsx")] == [STALE]


def test_a_job_goes_with_its_folder(tmp_path):
    """What was asked of a case below the folder is kept by its way from there; of a case elsewhere by its path."""
    home = tmp_path / "one"
    home.mkdir()
    jobs = Jobs(home, command="tests.no_such_command")
    for source, folder in ((home / "case.xlsx", home / "outputs" / "case" / "forced"), (tmp_path / "far.xlsx", "")):
        jobs.add(Asked("plan", (), str(source), folder=str(folder)))
    home.rename(tmp_path / "two")
    first, second = (job.asked for job in Jobs(tmp_path / "two").all())
    assert (first.source, first.folder) == (str(tmp_path / "two" / "case.xlsx"),
                                            str(tmp_path / "two" / "outputs" / "case" / "forced"))
    assert (second.source, second.folder) == (str(tmp_path / "far.xlsx"), "")


def test_a_link_within_the_folder_is_no_case_of_its_own(tmp_path):
    (tmp_path / "below").mkdir()
    for name in ("z.xlsx", "~$z.xlsx", ".~lock.z.xlsx#"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "a.xlsx").symlink_to("z.xlsx")
    (tmp_path / "below" / "b.xlsx").symlink_to(tmp_path / "z.xlsx")
    assert found_cases(Desk.of(tmp_path)) == [tmp_path / "z.xlsx"]
