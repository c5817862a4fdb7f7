"""Files whose place is taken: one that is open in Excel on Windows refuses to be replaced, so the new one stands beside
it."""

import json
import os
from pathlib import Path

import pytest

from jaryq.api.manifest import plan_in, write_json
from jaryq.base.places import MOST_BESIDE, numbered, take_place, write_whole
from jaryq.commands.cli import main
from tests.workbooks import minimal_tables, plain_workbook


@pytest.fixture
def locked(monkeypatch):
    """Makes files refuse to be replaced or deleted, as Windows does while they are open; gives the number of
    refusals."""
    names, refused = set(), []
    replace, unlink = os.replace, os.unlink

    def replacing(source, target, **more):
        if os.path.basename(target) in names or os.path.basename(source) in names:
            refused.append(os.path.basename(target))
            raise PermissionError(13, "Permission denied", str(target))
        replace(source, target, **more)

    def unlinking(path, **more):
        if os.path.basename(path) in names:
            raise PermissionError(13, "Permission denied", str(path))
        unlink(path, **more)

    monkeypatch.setattr(os, "replace", replacing)
    monkeypatch.setattr(os, "unlink", unlinking)
    monkeypatch.setattr("jaryq.base.places.PATIENCE", ())
    return lambda *more: (names.update(more), refused)[1]


def draft(folder, text="new"):
    path = folder / ".draft"
    path.write_text(text)
    return path


def test_a_free_place_is_taken(tmp_path):
    (tmp_path / "plan.xlsx").write_text("old")
    assert take_place(draft(tmp_path), tmp_path / "plan.xlsx") == tmp_path / "plan.xlsx"
    assert (tmp_path / "plan.xlsx").read_text() == "new"
    assert os.listdir(tmp_path) == ["plan.xlsx"]


def test_beside_a_file_that_is_open_and_beside_the_next(tmp_path, locked):
    (tmp_path / "plan.xlsx").write_text("old")
    locked("plan.xlsx")
    assert take_place(draft(tmp_path, "second"), tmp_path / "plan.xlsx") == tmp_path / "plan.2.xlsx"
    # not open: the newest takes its place
    assert take_place(draft(tmp_path, "third"), tmp_path / "plan.xlsx") == tmp_path / "plan.2.xlsx"
    locked("plan.2.xlsx")
    assert take_place(draft(tmp_path, "fourth"), tmp_path / "plan.xlsx") == tmp_path / "plan.3.xlsx"
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"plan.xlsx": "old", "plan.2.xlsx": "third",
        "plan.3.xlsx": "fourth"}


def test_a_place_that_is_free_a_moment_later(tmp_path, monkeypatch):
    """A virus scanner lets go after the first pause: nothing is written beside."""
    replace, waits, calls = os.replace, [], []

    def once(source, target):
        calls.append(target)
        if len(calls) == 1:
            raise PermissionError(32, "used by another process")
        replace(source, target)

    monkeypatch.setattr(os, "replace", once)
    assert take_place(draft(tmp_path), tmp_path / "plan.xlsx", waits.append) == tmp_path / "plan.xlsx"
    assert waits == [0.1]


def test_no_place_at_all(tmp_path, locked):
    refused = locked("plan.xlsx", *(f"plan.{n}.xlsx" for n in range(2, MOST_BESIDE + 1)))
    with pytest.raises(PermissionError, match=r"plan\.xlsx"):
        take_place(draft(tmp_path), tmp_path / "plan.xlsx")
    assert len(refused) == MOST_BESIDE


def test_other_errors_are_not_taken_for_an_open_file(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        take_place(draft(tmp_path), tmp_path / "plan.xlsx")


def test_names():
    assert [numbered(Path("a/plan.xlsx"), n).name for n in (1, 2, 11)] == ["plan.xlsx", "plan.2.xlsx", "plan.11.xlsx"]


def test_write_whole_leaves_nothing_half_made(tmp_path):
    (tmp_path / "out.txt").write_text("old")

    def fails(path):
        path.write_text("half")
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        write_whole(tmp_path / "out.txt", fails)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"out.txt": "old"}
    assert write_whole(tmp_path / "a" / "b.txt", lambda path: path.write_text("x") and None) == tmp_path / "a" / "b.txt"


def test_json_beside(tmp_path, locked):
    write_json(tmp_path / "summary.json", {"a": 1})
    locked("summary.json")
    assert write_json(tmp_path / "summary.json", {"a": 2}) == tmp_path / "summary.2.json"
    assert json.loads((tmp_path / "summary.2.json").read_text()) == {"a": 2}


@pytest.mark.parametrize(("manifest", "name"), [
    (None, "plan.xlsx"), ("", "plan.xlsx"), ("[]", "plan.xlsx"), ("{}", "plan.xlsx"),
    ('{"plan": "plan.2.xlsx"}', "plan.2.xlsx"),
    ('{"plan": "../other.xlsx"}', "plan.xlsx"), ('{"plan": 7}', "plan.xlsx")])
def test_the_plan_of_a_folder(tmp_path, manifest, name):
    if manifest is not None:
        (tmp_path / "manifest.json").write_text(manifest)
    assert plan_in(tmp_path) == tmp_path / name


def test_a_folder_of_tables_that_is_open_is_told_in_one_line(tmp_path, locked, capsys):
    """A table of a mirror cannot stand beside: the folder would hold it twice."""
    plain_workbook(minimal_tables(), tmp_path / "case.xlsx")
    assert main(["mirror", str(tmp_path / "case.xlsx"), str(tmp_path / "csv")]) == 0
    locked("facilities.csv")
    capsys.readouterr()
    assert main(["mirror", str(tmp_path / "case.xlsx"), str(tmp_path / "csv")]) == 1
    said = capsys.readouterr().err
    assert "facilities.csv cannot be opened or replaced; is it open in another program?" in said
    assert "Traceback" not in said
    assert main(["template", str(tmp_path / "csv" / "facilities.csv"), "--force"]) == 0
    assert "facilities.2.csv" in capsys.readouterr().out
