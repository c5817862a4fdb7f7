"""A project forced in or out in a plan that was made with changes: they come from the plan, not from who made it."""

import json

import pytest

from jaryq.api.changes import UNTOLD, Untold, changes_in
from jaryq.api.manifest import read_manifest
from jaryq.base.text import LANGS
from jaryq.commands.cli import main
from jaryq.desk.desk import Desk
from jaryq.desk.forced import NOT_NAMED, OF_ANOTHER, WITHOUT_LAST, forced_asked, without_last
from jaryq.desk.jobs import Jobs
from jaryq.desk.jobs_asked import plan_asked
from jaryq.desk.plans import plan_called
from jaryq.desk.refused import Refused
from jaryq.tables.typed_changes import command_change, typed
from tests.test_cli import BASE
from tests.workbooks import minimal_tables, plain_workbook

SETS = ("facilities; F1; cost; set 6.5", "source_years; S; 2026; multiply 1.5")
WISH = "overrides; project=F2; decision; set leave_out"


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("case", "other"):
        plain_workbook(minimal_tables(**BASE), tmp_path / f"{name}.xlsx")
    return Desk.of(tmp_path)


def made(folder, *more, case="case.xlsx"):
    assert main(["plan", case, "--no-report", "--out", f"outputs/case/{folder}", *more]) == 0


def sets(changes):
    return [f"--set={change}" for change in changes]


def meant(changes):
    """The changes of a list, whatever blanks and titles they are typed with."""
    return [[part.strip() for part in one.replace("facility=F1", "F1").replace("source_id=S", "S").split(";")]
            for one in changes]


def test_a_plan_of_the_command_line_is_forced_with_its_changes(desk):
    """No job knows of it. The plan that the job makes says all three, and F2 is out."""
    case = desk.inside("case.xlsx")
    made("mine", *sets(SETS))
    asked = forced_asked(desk, case, plan_called(desk, case, "mine"), "F2", "leave_out", "en")
    assert meant(asked.changes) == meant([*SETS, WISH])
    assert [one for one in asked.arguments if one.startswith("--set=")] == sets(asked.changes)
    assert main([*asked.arguments, "--no-report"]) == 0
    plan = plan_called(desk, case, "tried-forced")
    assert plan.changes == ("facilities [facility=F1] cost  set 6.5; source_years [source_id=S]  2026 multiply 1.5; "
                            "overrides [project=F2] decision  set leave_out")
    # Once more from there: nothing is lost on the way.
    again = forced_asked(desk, case, plan, "F2", "do", "en")
    assert again.changes == (*asked.changes, WISH.replace("leave_out", "do"))


def test_the_queue_is_not_asked_what_a_plan_is(desk):
    """Its job has gone off the list; or a job of another plan names the folder, which was made anew since."""
    case, folder = desk.inside("case.xlsx"), desk.root / "outputs" / "case" / "mine"
    made("mine", *sets(SETS))
    jobs = Jobs(desk.root, command="tests.no_such_command")
    key = jobs.add(plan_asked(case, "base", "en", ["facilities; F1; cost; set 99"], folder))
    assert jobs.wait(key, 60).over
    for _ in range(2):
        asked = forced_asked(desk, case, plan_called(desk, case, "mine"), "F2", "leave_out", "en")
        assert meant(asked.changes) == meant([*SETS, WISH])
        jobs.forget(key)
    made("mine")
    assert forced_asked(desk, case, plan_called(desk, case, "mine"), "F2", "leave_out", "en").changes == (WISH,)


@pytest.mark.parametrize("stated", [None, "", [1], "facilities; F1; cost; set 7", "no change", "a\nb", 5])
def test_changes_that_are_not_known_are_not_left_out_without_a_word(desk, stated):
    """The manifest of an older version, or an edited one: nothing is asked and no folder is reserved."""
    case = desk.inside("case.xlsx")
    made("mine", *sets(SETS))
    place = desk.root / "outputs" / "case" / "mine" / "manifest.json"
    manifest = json.loads(place.read_text(encoding="utf-8"))
    del manifest["set"]
    place.write_text(json.dumps(manifest | ({} if stated is None else {"set": stated})), encoding="utf-8")
    with pytest.raises(Untold) as told:
        forced_asked(desk, case, plan_called(desk, case, "mine"), "F2", "do", "en")
    for lang in LANGS:
        assert manifest["changes"] in told.value.text.say(lang)
    assert len({UNTOLD.say(lang) for lang in LANGS}) == 4
    assert not (desk.root / "outputs" / "case" / "tried-forced").exists()


def test_a_plan_of_another_workbook_is_not_forced_as_one_of_this(desk):
    case = desk.inside("case.xlsx")
    made("mine", case="other.xlsx")
    (desk.root / "other.xlsx").unlink()  # as long as it is there the folder of results is its own
    with pytest.raises(Refused) as told:
        forced_asked(desk, case, plan_called(desk, case, "mine"), "F2", "do", "en")
    assert told.value.text.en == OF_ANOTHER.say("en", folder="mine", input="other.xlsx", case="case.xlsx")
    made("own")
    with pytest.raises(Refused) as told:
        forced_asked(desk, case, plan_called(desk, case, "own"), "F1;F2", "do", "en")
    assert told.value.text == NOT_NAMED
    assert not (desk.root / "outputs" / "case" / "tried-forced").exists()


def test_a_last_plan_that_the_forced_one_goes_without_is_told(desk):
    case = desk.inside("case.xlsx")
    made("first")
    made("second", "--since", "outputs/case/first/plan.xlsx")
    assert without_last(plan_called(desk, case, "first")) is None
    said = without_last(plan_called(desk, case, "second"))
    assert [said.say(lang) for lang in LANGS] == [WITHOUT_LAST.say(lang, since="plan.xlsx") for lang in LANGS]


def test_the_manifest_says_changes_as_they_are_typed(desk):
    """By key or condition, in the words of another language, a stretch of years, of a selection without conditions."""
    typed = ("facilities; ; benefit; multiply 1.3", "source_years; source_id=S; 2026-2027; add -1",
             "Объекты; facility=F1|F3; cost; multiply 1.1", "settings; prices; value; set 3")
    made("mine", *sets(typed))
    found = read_manifest(desk.root / "outputs" / "case" / "mine")
    assert list(changes_in(found)) == [
        "facilities; ; benefit; multiply 1.3", "source_years; source_id=S; 2026-2027; add -1",
        "facilities; facility=F1|F3; cost; multiply 1.1", "settings; setting=prices; value; set 3"]
    again = sets(changes_in(found))
    made("again", *again)
    assert read_manifest(desk.root / "outputs" / "case" / "again")["key"] == found["key"]
    made("plain")
    plain = read_manifest(desk.root / "outputs" / "case" / "plain")
    assert ("set" in plain, "changes" in plain, changes_in(plain)) == (False, False, ())


@pytest.mark.parametrize("text", ["facilities; region=A, mode=B|C; cost 2026-2030; set 6.5 bn; or so",
                                  "sources;;status;set", "Источники денег; JP*, kind=grant; 2027; set  закрыт",
                                  "programme; ; years; add 2"])
def test_a_change_typed_again_is_the_same(text):
    change, wrong = command_change(text)
    assert (wrong, command_change(typed(change))) == ([], (change, []))
