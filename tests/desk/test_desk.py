"""A desk and what is inside it."""

import os

import pytest

from jaryq.desk.desk import Desk, Outside, Session
from jaryq.desk.found import found_cases


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "served"
    (root / "deep" / "csv").mkdir(parents=True)
    (root / "outputs").mkdir()
    (root / ".hidden").mkdir()
    for name in ("a b.xlsx", "deep/ы?&#.ods", "outputs/plan.xlsx", ".hidden/b.xlsx", "~$a b.xlsx", "deep/csv/settings.csv", "notes.txt"):
        (root / name).touch()
    (tmp_path / "secret.xlsx").touch()
    return root


def test_cases_of_a_folder(folder):
    desk = Desk.of(folder)
    assert [desk.named(case) for case in found_cases(desk)] == ["a b.xlsx", "deep/csv", "deep/ы?&#.ods"]


@pytest.mark.parametrize("name", ["../secret.xlsx", "/etc/passwd", "deep/../../secret.xlsx", "no such.xlsx", "a\0b", "x" * 5000, "..", "link.xlsx", "loop"])
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
    assert session.address("inputs", desk.inside("deep/ы?&#.ods"), sheet="sources") == "/ru/inputs?case=deep%2F%D1%8B%3F%26%23.ods&sheet=sources"
    assert session.address(lang="en") == "/en/cases"
