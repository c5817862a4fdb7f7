"""A run that is stopped while it writes over an older plan leaves the older plan with its stretches, or the new one
with its own."""

import os
from pathlib import Path

import pytest

from jaryq.commands.cli import main
from jaryq.workbook.book import Book
from tests.sampled import exhaustive_but_for
from tests.test_stretches_input import GOOD, workbook
from tests.test_stretches_plan import rows_beside, said_by

OTHER = [GOOD[0], GOOD[1], "N1,c,1,,60,30,2,5,,", "N1,d2,1,,40,30,,,,", GOOD[4]]


def planned(folder, rows=GOOD):
    return main(["plan", str(workbook(folder, rows)), "--out", str(folder / "out"), "--no-report"])


def stopped(*_args, **_others):
    raise KeyboardInterrupt


def before_the_workbook_is_made(patch):
    patch.setattr(Book, "close", stopped)


def before_it_takes_its_place(patch):
    """The stretches stand already."""
    patch.setattr("jaryq.base.places.set_mark", stopped)


def instead_of_taking_it(patch):
    real = os.replace

    def replace(draft, path):
        if Path(path).name == "plan.xlsx":
            raise OSError(28, "No space left on device")
        real(draft, path)
    patch.setattr("jaryq.base.places.os.replace", replace)


def after_it_took_its_place(patch):
    patch.setattr("jaryq.api.written.summary", stopped)


STOPS = (before_the_workbook_is_made, before_it_takes_its_place, instead_of_taking_it)


@exhaustive_but_for("over an older plan-instead_of_taking_it", "into a new folder-before_it_takes_its_place")
@pytest.mark.parametrize("stop", STOPS, ids=[stop.__name__ for stop in STOPS])
@pytest.mark.parametrize("older", [True, False], ids=["over an older plan", "into a new folder"])
def test_a_stopped_run_leaves_the_older_plan_with_its_stretches(tmp_path, monkeypatch, stop, older):
    """d of N1 is called d2 in the new register, so that one file cannot serve both plans. An older plan is called stale
    where the new one is refused."""
    if older:
        assert planned(tmp_path) == 0
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    with monkeypatch.context() as patch:
        stop(patch)
        refused = planned(tmp_path, OTHER) == 1
        assert refused == (stop is instead_of_taking_it)
    after = {path.name: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    plan = "plan.stale.xlsx" if refused else "plan.xlsx"
    assert (after.get(plan), after.get("stretches.parquet")) == (before.get("plan.xlsx"),
        before.get("stretches.parquet"))
    assert not [name for name in after if name.endswith(".part")]
    assert planned(tmp_path, OTHER) == 0
    plan = next((tmp_path / "out").rglob("plan.xlsx"))
    assert rows_beside(plan)["segment"] == ["b", "c", "d2"]
    assert main(["verify", str(plan)]) == 0


def test_what_is_stopped_later_has_the_new_stretches(tmp_path, monkeypatch):
    assert planned(tmp_path) == 0
    with monkeypatch.context() as patch:
        after_it_took_its_place(patch)
        assert planned(tmp_path, OTHER) == 130
    plan = next((tmp_path / "out").rglob("plan.xlsx"))
    assert main(["verify", str(plan)]) == 0


def test_stretches_that_are_open_elsewhere_stay_and_the_new_ones_stand_beside(tmp_path, monkeypatch):
    assert planned(tmp_path) == 0
    plan = next((tmp_path / "out").rglob("plan.xlsx"))
    older, real = plan.parent / said_by(plan)["stretches"], os.replace

    def refused(draft, path):
        if Path(path) == older:
            raise PermissionError(13, "used by another process")
        real(draft, path)
    monkeypatch.setattr(os, "replace", refused)
    assert planned(tmp_path, OTHER) == 0
    assert said_by(plan)["stretches"] == f"{older.stem}.2{older.suffix}"
    assert rows_beside(plan)["segment"] == ["b", "c", "d2"]
    assert main(["verify", str(plan)]) == 0
