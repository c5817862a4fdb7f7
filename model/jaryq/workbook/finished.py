"""Tells a finished plan from an input workbook, by the names of its sheets: every command looks here before it reads
either."""

from __future__ import annotations

import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from jaryq.base.errors import Told
from jaryq.base.issues import Issue
from jaryq.base.text import Text, printable
from jaryq.sheets.inputs import INPUT
from jaryq.sheets.results_data import DATA, INPUT_PREFIX
from jaryq.tables.tables import FIRST_DATA_ROW
from jaryq.workbook.file import RawBook, load
from jaryq.workbook.names import match_sheets
from jaryq.workbook.package import Unreadable

FORM = "x_form"
"""The sheet that says of which case and scenario a plan is."""

PLAN = "plan.xlsx"

NO_FILE = Text("there is no file {path}", "файла {path} нет")
A_FOLDER = Text("{path} is a folder; name the plan in it ({path}/plan.xlsx)",
                "{path} - папка; укажите план в ней ({path}/plan.xlsx)")
AN_INPUT = Text("{path} is an input workbook, not a finished plan: the command check looks at it, the command plan "
                "makes a plan of it",
                "{path} - книга исходных данных, а не готовый план: её проверяет команда check, а план по ней строит "
                "команда plan")
AS_ODS = Text("{path} is a finished plan that was saved as .ods; a plan is read as .xlsx only: save it as .xlsx, or "
              "take the plan.xlsx that was written",
              "{path} - готовый план, сохранённый как .ods; план читается только в .xlsx: сохраните его как .xlsx или "
              "возьмите записанный plan.xlsx")
UNKNOWN = Text("unknown", "неизвестно")


class NotAPlan(Told):
    """A plan is wanted, and the file is none that can be read as one."""

    status = "rejected"


@dataclass(frozen=True)
class Finished:
    """A finished plan: its file, and the case and scenario it is of (empty where the sheet that says so is gone)."""

    path: Path
    case: str
    scenario: str

    def issue(self) -> Issue:
        """Said where an input is wanted."""
        path = printable(str(self.path))
        return Issue("finished_plan", value=printable(self.path.name),
                     slots={"case": self.case or UNKNOWN, "scenario": self.scenario or UNKNOWN, "path": path})


def is_plan(names: Collection[str]) -> bool:
    """Whether sheets of these names are those of a plan; one that lost its form sheet is a plan, too, if a damaged
    one."""
    return FORM in names or (any(name in DATA for name in names)
                             and any(name.startswith(INPUT_PREFIX) for name in names))


def form_sheet(names: Collection[str]) -> list[str]:
    """What is read of a plan to say what it is."""
    return [FORM] if FORM in names else []


def plan_of(path: Path, book: RawBook) -> Finished | None:
    """What a workbook is a plan of, from its form sheet; None where it is no plan."""
    if not is_plan((*book.sheets, *book.others)):
        return None
    lines = book.sheets[FORM].values[FIRST_DATA_ROW - 1:] if FORM in book.sheets else []
    form = {str(line[0]): str(line[1]) for line in lines if len(line) > 1}
    return Finished(path, form.get("case", ""), form.get("scenario", ""))


def finished(path: Path) -> Finished | None:
    """The plan that a file is, or that stands in a folder of results; None for inputs, and for what cannot be read."""
    if path.is_dir():
        return None if any(path.glob("*.csv")) or not (path / PLAN).is_file() else finished(path / PLAN)
    try:
        return plan_of(path, load(path, form_sheet))
    except Unreadable:
        return None


def expect_plan(path: Path) -> None:
    """Raises NotAPlan where ``path`` is plainly no plan workbook; what is damaged is told where it is read."""
    if not path.exists():
        raise NotAPlan(NO_FILE.fill(path=path))
    if path.is_dir():
        raise NotAPlan(A_FOLDER.fill(path=path))
    found: list[str] = []

    def seen(names: list[str]) -> list[str]:
        found.extend(names)
        return []

    try:
        load(path, seen)
    except Unreadable:
        return
    if is_plan(found):
        if _is_ods(path):
            raise NotAPlan(AS_ODS.fill(path=path))
    elif match_sheets(found, INPUT)[0]:
        raise NotAPlan(AN_INPUT.fill(path=path))


def _is_ods(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        return "mimetype" in archive.namelist()
