"""Editing one workbook: what was changed, undone and done again, and the file that it goes back into. No widgets here.

A draft belongs to the desk, not to a visitor: it outlives a reload, and two visitors of one case work on one draft. A
change says which value it was made upon, so that nobody overwrites what he has not seen.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import count
from pathlib import Path
from threading import Lock, RLock

from jaryq.api.accepted import all_issues
from jaryq.api.hashes import input_hash
from jaryq.base.issues import Issue
from jaryq.desk.carried import Aside, Change, meant_by, once_written
from jaryq.desk.edited import Edited
from jaryq.desk.kept import can_be_changed
from jaryq.desk.made_again import make_again
from jaryq.desk.refused import ANEW, GONE, NO_CELL, NOT_READ, OTHERWISE, Refused
from jaryq.desk.said import column_of, shown_of, value_of
from jaryq.desk.saving import save_into
from jaryq.desk.steps import Steps
from jaryq.sheets.inputs import INPUT
from jaryq.tables.tables import Tables
from jaryq.tables.typed import typed
from jaryq.workbook.annotated.comments import Cell
from jaryq.workbook.read import read_all
from jaryq.workbook.reading import Reading


class Draft:
    """An opened workbook and its changes. ``version`` grows with every one of them; ``issues`` are of
    all rules where ``full_version`` is this one. ``saved``: the tables of the file, typed. ``readings`` grows when the
    file is read again: numbers of rows may mean other rows then. ``aside``: changes that found no place."""

    def __init__(self, case: Path) -> None:
        self.case = case
        self.lock, self._looking = RLock(), Lock()
        self.version = self.readings = 0
        self.aside: tuple[Aside, ...] = ()
        self._numbers = count(1)
        self._steps = Steps()
        self._open()

    # --- the file -----------------------------------------------------------------------------------------------------

    def _open(self) -> None:
        self._take(_hash(self.case), read_all(self.case))

    def _take(self, digest: str, reading: Reading) -> None:
        self._hash = digest
        self.why_not, formulas = can_be_changed(self.case, reading)
        self.reading, self._edited = reading, Edited(reading.tables, formulas)
        self._number_of: dict[tuple[str, int], int] = {}
        self.saved, issues = typed(reading.tables)
        self.issues: tuple[Issue, ...] = (*reading.issues, *issues)
        self.full_version = -1

    @property
    def tables(self) -> Tables:
        """As they are with the changes."""
        return self._edited.tables

    @property
    def formulas(self) -> Mapping[str, frozenset[Cell]]:
        """Cells that hold a formula, by sheet."""
        return self._edited.formulas

    @property
    def digest(self) -> str:
        """Of the file as it was read."""
        return self._hash

    @property
    def changed(self) -> bool:
        return bool(self._steps.made)

    @property
    def steps(self) -> tuple[int, int]:
        """How many changes can be undone, and done again."""
        return len(self._steps.made), len(self._steps.undone)

    def meanwhile(self) -> bool:
        """Whether the file is not the one that was opened."""
        return _hash(self.case) != self._hash

    def read_again(self) -> tuple[Change, ...]:
        """Read the file anew and make the changes again in the rows that they were made in, wherever these stand now,
        where the cells hold what they were made upon; those that could not be, which are ``aside`` now. What was aside
        is tried too. Raises Refused, with every change kept, where there is nothing to read."""
        with self.lock:
            digest, reading = _hash(self.case), read_all(self.case)
            if not reading.tables.sheets:
                raise Refused(NOT_READ.fill(path=self.case.name))
            meant = [*((one.change, one.row) for one in self.aside),
                     *meant_by(self._steps.made, self.reading.tables, self.tables, reading.tables, self._number)]
            self.version, self.readings = self.version + 1, self.readings + 1
            self._take(digest, reading)
            made, self.aside = make_again(meant, self._edited, reading.tables, self._number_of)
            self._steps = Steps(made)
            self._look()
            return tuple(one.change for one in self.aside)

    def forget_aside(self) -> None:
        with self.lock:
            self.aside = ()
            self.version += 1

    def _number(self, sheet: str, row: int) -> int:
        """Of a row that was added here: it stays through all readings."""
        return self._number_of.setdefault((sheet, row), next(self._numbers))

    def save(self) -> None:
        """Put the changes into the file, whole or not at all; everything else in it stays. Raises Refused where the
        file was changed meanwhile or would not be read as it is shown here, Fault where the machine would not."""
        with self.lock:
            if not self._steps.made:
                return
            if self.why_not is not None:
                raise Refused(self.why_not)
            save_into(self.case, self._steps.made, self._edited, self.meanwhile)
            self.aside = once_written(self.aside, self._number_of.values())
            self._steps = Steps()
            self.version += 1
            self._open()

    # --- changes ------------------------------------------------------------------------------------------------------

    def cell(self, change: Change) -> str:
        return self._edited.cell(change.sheet, change.row, change.column)

    def put(self, sheet: str, row: int, column: str, said: object, was: object,
            reading: int | None = None, by: str = "") -> Change | None:
        """Type into a cell; None where it holds that already. ``was``: what the visitor saw there; ``reading``: the
        count of ``readings`` then; ``by``: who he is. Raises Refused."""
        with self.lock:
            if self.why_not is not None:
                raise Refused(self.why_not)
            if reading not in (None, self.readings):
                raise Refused(ANEW)
            old = self._edited.holds(sheet, row, column)
            if shown_of(was if was != "" else None) != shown_of(old):
                raise Refused(OTHERWISE.fill(cell=f"{sheet}!{self._edited.cell(sheet, row, column)}"))
            new = value_of(column_of(INPUT[sheet], self.tables[sheet], row, column), said)
            if new == old and type(new) is type(old):
                return None
            change = Change(sheet, row, column, old, new, by)
            self._edited.make(change)
            self._steps.add(change)
            self._look()
            return change

    def shown(self, sheet: str, row: int, column: str) -> object:
        """What a visitor sees in a cell. Raises Refused where there is none."""
        return shown_of(self._edited.holds(sheet, row, column))

    def add_row(self, sheet: str) -> int:
        """A new row below the last one; its number. It is a row once something stands in it. Raises Refused."""
        with self.lock:
            if self.why_not is not None:
                raise Refused(self.why_not)
            if sheet not in self.tables:
                raise Refused(NO_CELL)
            return self._edited.add_row(sheet)

    def undo(self, by: str | None = None, but: Collection[Change] = ()) -> Change | None:
        """Take back the last change of a visitor (None: whoever made it) that is none of ``but``; nothing where he has
        none. Raises Covered where a later one lies on its cell."""
        with self.lock:
            change = self._steps.to_undo(by, but)
            if change is not None:
                self._steps.take_back(change)
                self._edited.set(change, change.old)
                self._look()
            return change

    def redo(self, by: str | None = None) -> Change | None:
        """Make again what the visitor took back last. Raises Refused, once, where the cell holds another value."""
        with self.lock:
            change = self._steps.to_redo(by)
            if change is not None:
                self._edited.make(change)
                self._steps.made.append(change)
                self._look()
            return change

    @property
    def last(self) -> Change | None:
        """The last change that stands, whoever made it."""
        return next(reversed(self._steps.made), None)

    def redoable(self, by: str) -> bool:
        """Whether the visitor took something back that he can make again."""
        return any(one.by == by for one in self._steps.undone)

    def has_formula(self, sheet: str, row: int, letter: str) -> bool:
        return self._edited.has_formula(sheet, row, letter)

    # --- the check ----------------------------------------------------------------------------------------------------

    def _look(self) -> None:
        """What the declarations say of the cells, at once; what the rules across sheets say takes longer."""
        self.version += 1
        self.issues = (*self._of_shape(), *typed(self._now())[1])

    def look_further(self) -> bool:
        """The whole check of the command line, with every scenario. Whether nothing was changed meanwhile."""
        with self.lock:
            version, tables, shape = self.version, self._now(), self._of_shape()
        found = all_issues(tables, shape)
        with self.lock:
            if version != self.version:
                return False
            self.issues, self.full_version = found, version
            return True

    def look_once(self) -> None:
        """The same, by one visitor at a time."""
        if self._looking.acquire(blocking=False):
            try:
                self.look_further()
            finally:
                self._looking.release()

    def _now(self) -> Tables:
        """The tables as they would be saved and read."""
        return self._edited.without_blank_rows(change.sheet for change in self._steps.made)

    def _of_shape(self) -> tuple[Issue, ...]:
        """Issues of reading, but for those of cells that hold something else by now."""
        changed = {(change.sheet, self.cell(change)) for change in self._steps.made}
        return tuple(issue for issue in self.reading.issues if (issue.sheet, issue.cell) not in changed)


def _hash(case: Path) -> str:
    try:
        return input_hash(case)
    except OSError as error:
        raise Refused(GONE.fill(path=case.name)) from error
