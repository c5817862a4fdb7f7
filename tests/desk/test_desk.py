"""A desk and what is inside it."""

import importlib.util
import os
import socket

import pytest

from jaryq.commands.cli import main
from jaryq.desk.desk import Desk, Outside, Session
from jaryq.desk.found import found_cases


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "served"
    (root / "deep" / "csv").mkdir(parents=True)
    (root / "outputs").mkdir()
    (root / ".hidden").mkdir()
    for name in ("a b.xlsx", "deep/ы?&#.ods", "outputs/plan.xlsx", ".hidden/b.xlsx", "~$a b.xlsx",
                 "deep/csv/settings.csv", "notes.txt"):
        (root / name).touch()
    (tmp_path / "secret.xlsx").touch()
    return root


def test_cases_of_a_folder(folder):
    desk = Desk.of(folder)
    assert [desk.named(case) for case in found_cases(desk)] == ["a b.xlsx", "deep/csv", "deep/ы?&#.ods"]


@pytest.mark.parametrize("name", ["../secret.xlsx", "/etc/passwd", "deep/../../secret.xlsx", "no such.xlsx", "a\0b",
                                  "x" * 5000, "..", "link.xlsx", "loop"])
def test_nothing_outside_is_reached(folder, name):
    """Also not by a link, nor by a loop of links."""
    os.symlink(folder.parent / "secret.xlsx", folder / "link.xlsx")
    os.symlink(folder / "loop", folder / "loop")
    with pytest.raises(Outside):
        Desk.of(folder).inside(name)
    assert len(found_cases(Desk.of(folder))) == 3


def test_a_desk_of_one_workbook_shows_no_other(folder):
    (folder / "c.xlsx").touch()
    desk = Desk.of(folder / "a b.xlsx")
    assert found_cases(desk) == [folder.resolve() / "a b.xlsx"]
    assert desk.inside("a b.xlsx") == folder.resolve() / "a b.xlsx"
    with pytest.raises(Outside):
        desk.inside("c.xlsx")
    with pytest.raises(Outside):
        Desk.of(folder / "no such.xlsx")


def test_addresses_carry_names_whatever_they_hold(folder):
    desk = Desk.of(folder, "ru")
    session = Session(desk, "ru", "cases")
    assert session.address() == "/ru/cases"
    assert session.address("inputs", desk.inside("deep/ы?&#.ods"),
                           sheet="sources") == "/ru/inputs?case=deep%2F%D1%8B%3F%26%23.ods&sheet=sources"
    assert session.address(lang="en") == "/en/cases"


def test_the_command_says_what_is_missing_or_taken(folder, monkeypatch, capsys):
    """No such folder and a missing extra are wrong use; a port that another program has is a fault of the machine."""
    assert main(["serve", str(folder / "nowhere"), "--no-browser"]) == 64
    assert main(["serve", str(folder), "--no-browser", "--lang", "ru", "--host", "256.0.0.1"]) == 1
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert main(["serve", str(folder), "--no-browser", "--port", str(taken.getsockname()[1])]) == 1
    with pytest.raises(SystemExit) as wrong:
        main(["serve", "--port", "65536"])
    assert wrong.value.code == 64
    monkeypatch.setattr(importlib.util, "find_spec", lambda module: None)
    assert main(["serve", str(folder), "--no-browser"]) == 64
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert "pip install" in said
