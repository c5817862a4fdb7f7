"""Watching a workbook: when a save is noticed, how a file that is being written is read, what is said, and that nothing
but Ctrl-C ends it."""

import contextlib
import errno
import json
import os

import pytest

from jaryq.base.errors import InputRejected
from jaryq.commands.cli import main
from jaryq.commands.watch import TRIES, Stamp, moved, saves, snapshot, stamp, watch
from tests.sampled import exhaustive_beside
from tests.workbooks import minimal_tables, plain_workbook

A, B, C = Stamp(1, 10), Stamp(2, 10), Stamp(2, 11)
SETTINGS = [{"setting": "first_year", "value": 2026}, {"setting": "last_year", "value": 2027},
            {"setting": "prices", "value": 0}]
FACILITIES = [{"facility": "F1", "cost": 6.0, "must_do": True}, {"facility": "F2", "cost": 4.0, "benefit": 9.0},
              {"facility": "F3", "cost": 9.0, "benefit": 12.0}]
TARGET = [{"target": "T", "measure": "facilities", "value": 3.0, "unit": "facilities", "priority": "1", "years": 2027}]


def case(path, money=10.0, **sheets):
    """F1 must be done for 6. With 10 of money in 2026, F2 (9 for 4) fits and F3 (12 for 9) does not: value 9 - 10 = -1;
    with 20 all do: 21 - 19 = 2."""
    tables = {"settings": SETTINGS, "facilities": FACILITIES, "targets": TARGET,
              "sources": [{"source_id": "S", "kind": "budget"}],
              "source_years": [{"source_id": "S", "2026": money, "2027": 0.0}], **sheets}
    plain_workbook(minimal_tables(**tables), path)
    return path


# --- when a save is noticed -------------------------------------------------------------------------------------------

def noticed(stamps, known=None):
    """The stamps at which a save is noticed, each with the number of the look."""
    left, looks, found = list(stamps), [], []

    def look():
        if not left:
            raise KeyboardInterrupt
        looks.append(left.pop(0))
        return looks[-1]

    with contextlib.suppress(KeyboardInterrupt):
        for at in saves(look, lambda _: None, known):
            found.append((at, len(looks)))
    return found


@pytest.mark.parametrize(("stamps", "found"), [
    ([A, A, A, A], [(A, 2)]),  # the file as it is at the start, once it has been quiet for two looks
    ([A, A, A, B, B, B], [(A, 2), (B, 5)]),
    ([A, A, B, C, C], [(A, 2), (C, 5)]),  # still growing at the third look
    ([A, A, B, C, B, C, B, C], [(A, 2)]),  # never quiet
    ([A, A, None, None, B, B], [(A, 2), (B, 6)]),  # moved away and put back, as Excel does
    ([A, A, None, None, None, A, A], [(A, 2)]),  # the same file again
    ([None, None, None], []),
    ([A, A, B, A, A], [(A, 2)]),  # a change that was taken back within a look
    ([A, A, C, C, B, B], [(A, 2), (C, 4), (B, 6)]),  # an older copy put back is a save too
])
def test_when_a_save_is_noticed(stamps, found):
    assert noticed(stamps) == found


def test_what_is_known_already_is_no_save():
    assert noticed([A, A, A, B, B], known=A) == [(B, 5)]


def test_stamps(tmp_path):
    file = tmp_path / "a.xlsx"
    assert stamp(file) is None
    file.write_bytes(b"12345")
    first = stamp(file)
    assert first.size == 6
    os.utime(file, ns=(1, first.changed + 1))
    assert stamp(file) == Stamp(first.changed + 1, 6)
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / "a.csv").write_text("x")
    before = stamp(tmp_path / "case")
    (tmp_path / "case" / "b.csv").write_text("")
    assert stamp(tmp_path / "case") != before


# --- reading a file that is in use ------------------------------------------------------------------------------------

def test_a_locked_file_is_read_once_it_is_free(tmp_path, monkeypatch):
    """A sharing violation while Excel writes: tried again, and nothing is said."""
    source, waits = case(tmp_path / "case.xlsx"), []
    whole = source.read_bytes()
    (tmp_path / "~$case.xlsx").write_bytes(b"\x05Dana")  # the file by which Excel says who has it open
    read = type(source).read_bytes

    def locked(path):
        if path == source and len(waits) < 3:
            raise PermissionError(errno.EACCES, "Permission denied")
        return read(path)

    monkeypatch.setattr(type(source), "read_bytes", locked)
    (tmp_path / "copy").mkdir()
    copy = snapshot(source, tmp_path / "copy", waits.append)
    assert copy == tmp_path / "copy" / "case.xlsx"
    assert read(copy) == whole
    assert len(waits) == 3


def test_a_half_written_file_is_waited_for(tmp_path):
    source = case(tmp_path / "case.xlsx")
    whole, waits = source.read_bytes(), []
    source.write_bytes(whole[: len(whole) // 2])

    def sleep(_):
        waits.append(None)
        if len(waits) == 2:
            source.write_bytes(whole)

    (tmp_path / "copy").mkdir()
    assert snapshot(source, tmp_path / "copy", sleep).read_bytes() == whole
    assert len(waits) == 2


def test_a_file_that_changes_while_it_is_copied_is_copied_again(tmp_path, monkeypatch):
    source, stamps = case(tmp_path / "case.xlsx"), [A, B, B, B]
    monkeypatch.setattr("jaryq.commands.watch.stamp", lambda _: stamps.pop(0))
    (tmp_path / "copy").mkdir()
    assert snapshot(source, tmp_path / "copy", lambda _: None).exists()
    assert stamps == []


def test_patience_ends(tmp_path, monkeypatch):
    source, waits = tmp_path / "case.xlsx", []
    source.write_bytes(b"no workbook")
    (tmp_path / "copy").mkdir()
    assert snapshot(source, tmp_path / "copy", waits.append).read_bytes() == b"no workbook"  # reading it says why
    assert len(waits) == TRIES - 1

    def locked(_):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(type(source), "read_bytes", locked)
    with pytest.raises(PermissionError):
        snapshot(source, tmp_path / "copy", lambda _: None)


def test_a_folder_is_copied(tmp_path):
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "settings.csv").write_text("setting,value\n")
    (folder / "notes.txt").write_text("no table")
    (tmp_path / "copy").mkdir()
    copy = snapshot(folder, tmp_path / "copy", lambda _: None)
    assert [path.name for path in copy.iterdir()] == ["settings.csv"]


# --- what is said -----------------------------------------------------------------------------------------------------

def content(facilities=2.0, km=0.0, spend=10.0, value=-1.0, society=-1.0, **missed):
    return {"kpi": {"facilities_completed": facilities, "km_renewed": km, "spend_bn_kzt": spend},
            "objective": {"value_bn_kzt": value, "society_bn_kzt": society},
            "targets": [{"target": name, "shortfall": amount} for name, amount in missed.items()]}


def words(lines):
    return [line.split() for line in lines]


def test_only_figures_that_moved_are_said():
    assert words(moved(content(T=1.0), content(T=1.0 + 1e-9), "en")) == [["Nothing", "moves."]]
    assert words(moved(content(T=1.0, U=2.0), content(facilities=3.0, spend=19.0, value=2.0, T=0.0, U=2.0), "en")) == [
        ["facilities", "completed", "2.00", "->", "3.00", "(+1.00)"],
        ["spending,", "bn", "KZT", "10.00", "->", "19.00", "(+9.00)"],
        ["objective,", "bn", "KZT", "-1.00", "->", "2.00", "(+3.00)"],
        ["missed", "of", "target", "T", "1.00", "->", "0.00", "(-1.00)"]]


def test_targets_that_come_and_go():
    assert words(moved(content(T=1.0), content(U=0.0), "ru")) == [["не", "выполнено", "по", "цели", "U", "-", "->",
        "0,00"], ["не", "выполнено", "по", "цели", "T", "1,00", "->", "-"]]


# --- the whole --------------------------------------------------------------------------------------------------------

@pytest.fixture
def watched(tmp_path, capsys):
    """Watches a workbook through ``edits``, each seen in two looks; what was said after the first plan and after each
    edit, and at the end."""
    def run(*edits):
        source, looks, said = case(tmp_path / "case.xlsx"), [], []

        def look():
            step, second = divmod(len(looks), 2)
            if step and not second:
                read = capsys.readouterr()
                said.append(read.out + read.err)
                if step > len(edits):
                    raise KeyboardInterrupt
                edits[step - 1](source)
            looks.append(step)
            return Stamp(step, 0)

        code = watch(source, "base", tmp_path / "out", "en", False, lambda _: None, look)
        assert "Traceback" not in "".join(said)
        return code, said, capsys.readouterr().err

    return run


def test_each_save_is_planned_and_compared(watched, tmp_path):
    code, said, end = watched(
        lambda path: case(path, money=20.0),
        lambda path: case(path, money=20.0, facilities=[{"facility": "F1", "cost": -1.0}]),
        lambda path: path.write_bytes(b"PK half"),
        lambda path: case(path, money=10.0),
    )
    assert code == 0
    assert "Stopped watching" in end
    first, richer, wrong, half, back = said
    assert "2 of 3 facilities" in first
    assert "Watching" in first
    assert "Against" not in first
    assert "was saved" in richer
    lines = words(richer.splitlines())
    assert ["facilities", "completed", "2.00", "->", "3.00", "(+1.00)"] in lines
    assert ["objective,", "bn", "KZT", "-1.00", "->", "2.00", "(+3.00)"] in lines
    assert ["missed", "of", "target", "T", "1.00", "->", "0.00", "(-1.00)"] in lines
    assert "facilities!" in wrong
    assert "cost" in wrong
    assert "No new plan" in wrong
    assert "cannot be read" in half
    # against the last plan there was
    assert ["objective,", "bn", "KZT", "2.00", "->", "-1.00", "(-3.00)"] in words(back.splitlines())
    assert json.loads((tmp_path / "out" / "summary.json").read_text())["status"] == "ok"


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr("jaryq.commands.watch.EVERY", 0.0)
    monkeypatch.setattr("jaryq.base.places.PATIENCE", ())


def test_once(tmp_path, capsys, quick):
    source, out = case(tmp_path / "case.xlsx"), tmp_path / "out"
    assert main(["watch", str(source), "--once", "--out", str(out)]) == 0
    assert "Against" not in capsys.readouterr().out
    case(source, money=20.0)
    assert main(["watch", str(source), "--once", "--out", str(out), "--lang", "ru"]) == 0
    assert ["объектов", "закончено", "2,00", "->", "3,00", "(+1,00)"] in words(capsys.readouterr().out.splitlines())
    case(source, facilities=[{"facility": "F1", "cost": -1.0}])
    assert main(["watch", str(source), "--once", "--out", str(out)]) == 2
    assert "No new plan" in capsys.readouterr().err


def test_nothing_to_watch(tmp_path, capsys):
    assert main(["watch", str(tmp_path / "none.xlsx")]) == 2
    assert "no such file" in capsys.readouterr().err
    with pytest.raises(InputRejected):
        watch(tmp_path / "none.xlsx", "base", None, "en", True)


@exhaustive_beside(
    "tests/test_stretches_stopped.py::test_stretches_that_are_open_elsewhere_stay_and_the_new_ones_stand_beside")
def test_an_open_plan_stays_and_the_new_one_stands_beside_it(tmp_path, capsys, quick, monkeypatch):
    """As on Windows while Excel shows plan.xlsx; once it is closed, the next plan takes the place again and the one
    beside it goes."""
    source, out = case(tmp_path / "case.xlsx"), tmp_path / "out"
    assert main(["plan", str(source), "--out", str(out)]) == 0
    shown = (out / "plan.xlsx").read_bytes()
    with monkeypatch.context() as excel:
        replace = os.replace

        def refuse(one, other):
            if os.path.basename(other) in ("plan.xlsx", "summary.json") or os.path.basename(one) == "plan.xlsx":
                raise PermissionError(13, "The process cannot access the file", str(other))
            replace(one, other)

        excel.setattr(os, "replace", refuse)
        capsys.readouterr()
        assert main(["watch", str(case(source, money=20.0)), "--once", "--out", str(out)]) == 0
        said = capsys.readouterr()
        assert "plan.2.xlsx" in said.err
        assert "summary.2.json" in said.err
        assert (out / "plan.xlsx").read_bytes() == shown
        assert json.loads((out / "manifest.json").read_text())["plan"] == "plan.2.xlsx"
        assert json.loads((out / "summary.2.json").read_text())["kpi"]["facilities_completed"] == 3.0
        assert main(["verify", str(out / "plan.2.xlsx")]) == 0
        # A run without a plan while it is open: the older ones are no longer shown as current where that can be done.
        assert main(["watch", str(case(source, facilities=[{"facility": "F1", "cost": -1.0}])), "--once", "--out",
                     str(out)]) == 2
        assert sorted(path.name for path in out.iterdir()) == ["manifest.json", "plan.stale.xlsx", "plan.xlsx",
            "report.stale.html", "summary.2.json", "summary.json"]
        assert main(["plan", str(case(source, money=20.0)), "--out", str(out)]) == 0
    assert main(["plan", str(case(source)), "--out", str(out)]) == 0
    assert sorted(path.name for path in out.iterdir()) == ["manifest.json", "plan.xlsx", "report.html", "summary.json"]
    assert (out / "plan.xlsx").read_bytes() != shown
    assert json.loads((out / "manifest.json").read_text())["plan"] == "plan.xlsx"
