"""Files of a desk without a browser: what is no file, what takes long, what a visitor brings, what was checked before,
a wish written into a workbook."""

import os
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor

import openpyxl
import pytest

from jaryq.api.hashes import input_hash
from jaryq.base.safe_name import safe_name
from jaryq.desk import draft as drafts
from jaryq.desk.desk import Desk
from jaryq.desk.draft import Draft
from jaryq.desk.drafts import draft_of
from jaryq.desk.jobs import Asked, Jobs
from jaryq.desk.plans import free_folder_for, of_all, plan_called, plans_of
from jaryq.desk.refused import Refused
from jaryq.desk.remembered import NAME, remember, said_before
from jaryq.desk.states import plans_of as planned
from jaryq.desk.uploaded import NotTaken, take
from jaryq.desk.wished import wish, wishes_of
from jaryq.workbook.inputs import write_inputs
from jaryq.workbook.read import read_all
from tests.workbooks import minimal_tables, plain_workbook

PATIENCE = 20.0


def soon(act):
    """What ``act`` gives; it does not wait for anybody."""
    found = []
    thread = threading.Thread(target=lambda: found.append(act()), daemon=True)
    thread.start()
    thread.join(PATIENCE)
    assert found, "it waits"
    return found[0]


def codes(path):
    return [issue.code for issue in soon(lambda: read_all(path)).issues]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_a_device_and_a_folder_are_refused_in_words(tmp_path):
    """Nothing is waited for: a pipe nobody writes into has no end."""
    os.mkfifo(tmp_path / "pipe.xlsx")
    os.symlink("/dev/zero", tmp_path / "zero.xlsx")
    (tmp_path / "folder.xlsx").mkdir()
    for name in ("pipe.xlsx", "zero.xlsx", "folder.xlsx"):
        assert codes(tmp_path / name) == ["unreadable_file"], name
    assert "pipe" in read_all(tmp_path / "pipe.xlsx").issues[0].rule()
    desk = Desk.of(tmp_path)
    assert soon(lambda: draft_of(desk, desk.inside("pipe.xlsx"))).tables.sheets == {}
    csv = tmp_path / "csv"
    csv.mkdir()
    (csv / "settings.csv").write_text("setting,value\n", encoding="utf-8")
    before = input_hash(csv)
    os.mkfifo(csv / "sources.csv")
    assert soon(lambda: input_hash(csv)) == before
    assert "unreadable_file" not in codes(csv)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_among_results_is_passed_over(tmp_path):
    plain_workbook(minimal_tables(), tmp_path / "case.xlsx")
    place = tmp_path / "outputs" / "case" / "base"
    place.mkdir(parents=True)
    os.mkfifo(place / "manifest.json")
    desk = Desk.of(tmp_path)
    case = desk.inside("case.xlsx")
    assert soon(lambda: list(planned(desk, case))) == []
    assert soon(lambda: plans_of(desk, case)) == []


def test_a_case_that_takes_long_holds_up_nobody_who_wants_another(tmp_path, monkeypatch):
    for name in ("long", "other"):
        plain_workbook(minimal_tables(), tmp_path / f"{name}.xlsx")
    desk, end, begun = Desk.of(tmp_path), threading.Event(), threading.Event()

    def slow(path):
        if path.stem == "long":
            begun.set()
            end.wait(PATIENCE)
        return read_all(path)

    monkeypatch.setattr(drafts, "read_all", slow)
    first = threading.Thread(target=lambda: draft_of(desk, desk.inside("long.xlsx")), daemon=True)
    first.start()
    assert begun.wait(PATIENCE)
    try:
        assert soon(lambda: draft_of(desk, desk.inside("other.xlsx"))).tables.sheets
        assert first.is_alive()
    finally:
        end.set()
        first.join(PATIENCE)


def workbook(path):
    plain_workbook(minimal_tables(), path)
    return path.read_bytes()


def test_a_workbook_is_brought_in_whole_and_over_nothing(tmp_path):
    raw = workbook(tmp_path / "elsewhere.xlsx")
    (tmp_path / "served").mkdir()
    desk = Desk.of(tmp_path / "served")
    assert take(desk, "мой план.xlsx", raw).read_bytes() == raw
    with pytest.raises(NotTaken, match="overwritten"):
        take(desk, "мой план.xlsx", raw[:-1])
    os.symlink(tmp_path / "nowhere.xlsx", desk.root / "link.xlsx")
    with pytest.raises(NotTaken, match="overwritten"):
        take(desk, "link.xlsx", raw)
    assert sorted(path.name for path in desk.root.iterdir()) == ["link.xlsx", "мой план.xlsx"]
    assert not (tmp_path / "nowhere.xlsx").exists()


def test_a_file_that_appears_while_one_is_looked_at_stays(tmp_path, monkeypatch):
    from jaryq.desk import uploaded

    raw, desk = workbook(tmp_path / "case.xlsx"), Desk.of(tmp_path)

    def looked(path, shown):
        (tmp_path / "new.xlsx").write_text("somebody else's", encoding="utf-8")

    monkeypatch.setattr(uploaded, "_look", looked)
    with pytest.raises(NotTaken, match="overwritten"):
        take(desk, "new.xlsx", raw)
    assert (tmp_path / "new.xlsx").read_text(encoding="utf-8") == "somebody else's"


@pytest.mark.parametrize("name", ["../up.xlsx", "a/b.xlsx", "a\\b.xlsx", "/etc/x.xlsx", ".hidden.xlsx", "~$x.xlsx",
                                  "nul.xlsx", "x\0.xlsx", "x.html", "x", "\u202e.xlsx", "x" * 300 + ".xlsx"])
def test_a_name_that_is_none_is_refused(tmp_path, name):
    raw = workbook(tmp_path / "case.xlsx")
    with pytest.raises(NotTaken):
        take(Desk.of(tmp_path), name, raw)
    assert [path.name for path in tmp_path.iterdir()] == ["case.xlsx"]


def test_what_is_no_workbook_or_no_safe_one_is_refused(tmp_path):
    """A bomb: 100 million blanks in a part of a workbook; a document type; damage; nothing at all."""
    good = tmp_path / "case.xlsx"
    raw = workbook(good)

    def changed(part, content):
        made = tmp_path / "made.zip"
        with zipfile.ZipFile(good) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
            for info in old.infolist():
                if info.filename != part:
                    new.writestr(info, old.read(info))
            with new.open(part, "w", force_zip64=True) as file:
                for piece in content:
                    file.write(piece)
        found = made.read_bytes()
        made.unlink()
        return found

    bomb = changed("xl/worksheets/sheet99.xml", (b" " * (1 << 20) for _ in range(100)))
    entity = changed("xl/workbook.xml", [b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "a">]><workbook/>'])
    for content in (bomb, entity, raw[: len(raw) // 2], b"", b"<html></html>"):
        with pytest.raises(NotTaken, match="cannot be read"):
            take(Desk.of(tmp_path), "bad.xlsx", content)
    assert [path.name for path in tmp_path.iterdir()] == ["case.xlsx"]


def test_what_was_checked_is_remembered_by_content(tmp_path):
    plain_workbook(minimal_tables(), tmp_path / "case.xlsx")
    desk = Desk.of(tmp_path)
    draft = draft_of(desk, desk.inside("case.xlsx"))
    assert said_before(desk, draft.digest) is None
    remember(desk, draft)  # nobody has looked at all rules yet
    assert said_before(desk, draft.digest) is None
    draft.look_further()
    remember(desk, draft)
    grave = sum(issue.severity == "stop" for issue in draft.issues)
    told = grave, len(draft.issues) - grave
    assert said_before(Desk.of(tmp_path), input_hash(draft.case)) == told
    sheet, row = "facilities", draft.tables["facilities"].rows[0]
    draft.put(sheet, row, "cost", "-1", draft.shown(sheet, row, "cost"))
    draft.look_further()
    remember(desk, draft)  # what is not saved is no file
    assert said_before(desk, draft.digest) == told
    draft.save()
    assert said_before(desk, input_hash(draft.case)) is None
    (tmp_path / "outputs" / NAME).write_text("[1, 2", encoding="utf-8")
    assert said_before(desk, draft.digest) is None


def test_a_wish_is_a_row_of_its_project(tmp_path):
    write_inputs(minimal_tables(), tmp_path / "case.xlsx")
    draft = Draft(tmp_path / "case.xlsx")
    key = str(draft.tables["facilities"].values["facility"][0])
    wish(draft, key, "do", None)
    wish(draft, key, "leave_out", "do")
    draft.save()
    read = read_all(draft.case).tables["overrides"].values
    assert (list(read["project"]), list(read["decision"])) == ([key], ["leave_out"])


def test_a_workbook_without_that_sheet_takes_no_wish(tmp_path):
    plain_workbook(minimal_tables(), tmp_path / "case.xlsx")
    book = openpyxl.load_workbook(tmp_path / "case.xlsx")
    del book["overrides"]
    book.save(tmp_path / "case.xlsx")
    draft = Draft(tmp_path / "case.xlsx")
    with pytest.raises(Refused, match="overrides"):
        wish(draft, "F1", "do", None)
    assert not draft.changed


def test_a_conflict_names_a_cell_once(tmp_path):
    """Two changes of one cell that another program has changed meanwhile are one thing that is lost."""
    plain_workbook(minimal_tables(), tmp_path / "case.xlsx")
    draft = Draft(tmp_path / "case.xlsx")
    place = ("facilities", draft.tables["facilities"].rows[0], "cost")
    was = draft.shown(*place)
    draft.put(*place, "77", was)
    draft.put(*place, "78", 77.0)
    other = minimal_tables()
    plain_workbook(other.with_sheet(other["facilities"].with_column("cost", [99.0] * len(other["facilities"]))),
                   draft.case)
    lost = draft.read_again()
    assert len({(one.sheet, draft.cell(one)) for one in lost}) == 1


def test_what_is_of_all_scenarios_and_of_many_futures_can_be_taken(tmp_path):
    plain_workbook(minimal_tables(), tmp_path / "case.xlsx")
    desk = Desk.of(tmp_path)
    case = desk.inside("case.xlsx")
    root = tmp_path / "outputs" / "case"
    assert of_all(desk, case) == []
    (root / "base" / "uncertainty").mkdir(parents=True)
    (root / "base" / "manifest.json").write_text('{"status": "ok"}', encoding="utf-8")
    (root / "secret.xlsx").write_bytes(b"no")
    for place in ("base/plan.xlsx", "base/uncertainty/uncertainty.xlsx", "base/uncertainty/uncertainty.html",
                  "comparison.xlsx", "report.html"):
        (root / place).write_bytes(b"x")
    assert plan_called(desk, case, "").files() == ["comparison.xlsx", "report.html"]
    assert plan_called(desk, case, "base").files() == ["plan.xlsx", "manifest.json", "uncertainty/uncertainty.html",
                                                       "uncertainty/uncertainty.xlsx"]
    assert plan_called(desk, case, "base").kept("uncertainty/uncertainty.xlsx") == "base-uncertainty.xlsx"
    assert plan_called(desk, case, "").kept("comparison.xlsx") == "case-comparison.xlsx"
    for one, name in (("", "secret.xlsx"), ("", "base/plan.xlsx"), ("base", "uncertainty/../../secret.xlsx"),
                      ("base", "uncertainty/draws")):
        with pytest.raises(Exception, match="not in the folder"):
            plan_called(desk, case, one).content(name)


def test_a_wish_of_another_visitor_is_not_overwritten_unseen(tmp_path):
    """Two have seen no wish; the second is told what stands there now, and may put another there once it was told."""
    write_inputs(minimal_tables(), tmp_path / "case.xlsx")
    draft = Draft(tmp_path / "case.xlsx")
    seen = wishes_of(draft)
    wish(draft, "F2", "do", seen.get("F2"))
    with pytest.raises(Refused, match="F2 has become: do"):
        wish(draft, "F2", "leave_out", seen.get("F2"))
    wish(draft, "F2", "do", seen.get("F2"))  # the same wish takes nothing away
    assert wishes_of(draft) == {"F2": "do"}
    assert draft.steps == (2, 0)
    wish(draft, "F2", "leave_out", wishes_of(draft)["F2"])
    assert wishes_of(draft) == {"F2": "leave_out"}


def test_each_who_asks_has_a_folder_of_his_own(tmp_path):
    """Sixteen ask at once, before any plan stands there; what was reserved for no plan goes with its job."""
    desk, case = Desk.of(tmp_path), tmp_path / "case.xlsx"
    with ThreadPoolExecutor(16) as pool:
        folders = list(pool.map(lambda _: free_folder_for(desk, case, "forced"), range(16)))
    assert sorted(folder.name for folder in folders) == sorted(["tried-forced",
        *(f"tried-forced-{number}" for number in range(2, 17))])
    # No scenario can be called so: its plan never comes here.
    assert not any(safe_name(folder.name) for folder in folders)
    (folders[1] / "plan.xlsx").write_bytes(b"a plan")
    jobs = Jobs(tmp_path, command="json.tool")
    for folder in folders[:2]:
        key = jobs.add(Asked("plan", ("--help",), str(case), folder=str(folder)))
        jobs.wait(key, 60)
        jobs.forget(key)
    assert not folders[0].exists()
    assert (folders[1] / "plan.xlsx").read_bytes() == b"a plan"
