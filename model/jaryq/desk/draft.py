"""Editing one workbook: what was changed, undone and done again, and the file that it goes back into. No widgets here.

A draft belongs to the desk, not to a visitor: it outlives a reload, and two visitors of one case work on one draft. A
change says which value it was made upon, so that nobody overwrites what he has not seen.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from dataclasses import replace
from itertools import count
from pathlib import Path
from threading import Lock, RLock

from jaryq.api.accepted import all_issues
from jaryq.api.hashes import input_hash
from jaryq.base.faults import fault
from jaryq.base.issues import Issue
from jaryq.base.once import once
from jaryq.base.places import drafted
from jaryq.base.text import Text
from jaryq.desk.carried import (
    NO_COLUMN,
    NO_SHEET,
    THERE,
    Aside,
    Change,
    Meant,
    may_be_added,
    meant_by,
    once_written,
    row_of,
)
from jaryq.desk.desk import Desk
from jaryq.desk.kept import Cells, Unchanged, can_be_changed, filled, protected, those_read, to_disk, write_changed
from jaryq.desk.refused import (
    ANEW,
    FORMULA,
    GONE,
    MEANWHILE,
    NO_CELL,
    NOT_READ,
    OTHERWISE,
    PROTECTED,
    READ_OTHERWISE,
    Refused,
)
from jaryq.desk.said import Typed, column_of, shown_of, value_of
from jaryq.desk.steps import Steps
from jaryq.sheets.inputs import INPUT
from jaryq.tables.tables import FIRST_DATA_ROW, Table, Tables
from jaryq.tables.typed import typed
from jaryq.tables.values import Rejected, Stated
from jaryq.workbook.annotated.comments import cell_of
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
        self.reading, self.tables = reading, reading.tables
        of_read = {sheet: those_read(sheet, cells, self.tables) for sheet, cells in formulas.items()}
        self.formulas = {sheet: cells for sheet, cells in of_read.items() if cells}
        self._added: dict[str, frozenset[int]] = {}
        self._number_of: dict[tuple[str, int], int] = {}
        self.saved, issues = typed(reading.tables)
        self.issues: tuple[Issue, ...] = (*reading.issues, *issues)
        self.full_version = -1

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
            self._steps = Steps()
            aside = list[Aside]()
            for change, row in meant:
                try:
                    found = replace(change, row=self._row(change, row))
                    self._make(found)
                    self._steps.made.append(found)
                except Refused as why:
                    aside.append(Aside(change, replace(row, at=None), why.text))
            self.aside = tuple(aside)
            self._look()
            return tuple(one.change for one in aside)

    def forget_aside(self) -> None:
        with self.lock:
            self.aside = ()
            self.version += 1

    def _number(self, sheet: str, row: int) -> int:
        """Of a row that was added here: it stays through all readings."""
        return self._number_of.setdefault((sheet, row), next(self._numbers))

    def _row(self, change: Change, row: Meant) -> int:
        """Where the row of a change stands now; a row that was added is added again. Raises Refused."""
        if change.sheet not in self.tables:
            raise Refused(NO_SHEET)
        if change.column not in self.tables[change.sheet].values:
            raise Refused(NO_COLUMN)
        if not row.added:
            found = row_of(row, self.tables[change.sheet])
            if isinstance(found, Text):
                raise Refused(found)
            return found
        for (sheet, there), number in self._number_of.items():
            if (sheet, number) == (change.sheet, row.added):
                return there
        if not may_be_added(row, self.reading.tables.get(change.sheet)):
            raise Refused(THERE)
        new = self._add_row(change.sheet, self._below(change.sheet))
        self._number_of[change.sheet, new] = row.added
        return new

    def save(self) -> None:
        """Put the changes into the file, whole or not at all; everything else in it stays. Raises Refused where the
        file was changed meanwhile or would not be read as it is shown here, Fault where the machine would not."""
        with self.lock:
            if not self._steps.made:
                return
            if self.why_not is not None:
                raise Refused(self.why_not)
            # Before all else: what may be wrong then with single cells or sheets follows from a change meanwhile.
            if barred := PROTECTED if protected(self.case) else MEANWHILE if self.meanwhile() else None:
                raise Refused(barred.fill(path=self.case.name))
            try:
                with drafted(self.case) as draft:
                    raw, wanted = self.case.read_bytes(), self._written()
                    write_changed(raw, wanted, self._added, draft)
                    if percent := self._otherwise(draft, of_percent=True):
                        write_changed(raw, {**wanted, **percent}, self._added, draft)
                        self._otherwise(draft, of_percent=False)
                    shutil.copymode(self.case, draft)
                    if self.meanwhile():
                        raise Refused(MEANWHILE.fill(path=self.case.name))
                    to_disk(draft)
                    os.replace(draft, self.case)
            except Unchanged as why:
                raise Refused(why.text) from why
            except OSError as error:
                raise fault(error, self.case) from error
            self.aside = once_written(self.aside, self._number_of.values())
            self._steps = Steps()
            self.version += 1
            self._open()

    def _written(self) -> dict[tuple[str, tuple[int, int]], Typed]:
        """The last value of every cell that was changed."""
        return {(change.sheet, cell_of(self.cell(change))): change.new for change in self._steps.made}

    def _otherwise(self, draft: Path, *, of_percent: bool) -> Cells:
        """Cells that show percent hold hundredths: what is to be written there. Raises Refused where a cell would be
        read as another value than it shows here for any other reason."""
        as_read, found = read_all(draft).tables, {}
        for change in {(one.sheet, one.row, one.column): one for one in self._steps.made}.values():
            table = as_read.get(change.sheet)
            column = table.values.get(change.column, ())
            read = column[table.rows.index(change.row)] if change.row in table.rows and column else None
            if shown_of(read) == shown_of(change.new):
                continue
            if of_percent and isinstance(read, Stated) and isinstance(change.new, float):
                found[change.sheet, cell_of(self.cell(change))] = float(f"{change.new / 100:.15g}")
                continue
            raise Refused(READ_OTHERWISE.fill(cell=f"{change.sheet}!{self.cell(change)}", read=str(shown_of(read)),
                                              wanted=str(shown_of(change.new))))
        return found

    # --- changes ------------------------------------------------------------------------------------------------------

    def cell(self, change: Change) -> str:
        return f"{self.tables[change.sheet].columns[change.column]}{change.row}"

    def put(self, sheet: str, row: int, column: str, said: object, was: object,
            reading: int | None = None, by: str = "") -> Change | None:
        """Type into a cell; None where it holds that already. ``was``: what the visitor saw there; ``reading``: the
        count of ``readings`` then; ``by``: who he is. Raises Refused."""
        with self.lock:
            if self.why_not is not None:
                raise Refused(self.why_not)
            if reading not in (None, self.readings):
                raise Refused(ANEW)
            old = self._holds(sheet, row, column)
            if shown_of(was if was != "" else None) != shown_of(old):
                raise Refused(OTHERWISE.fill(cell=f"{sheet}!{self.tables[sheet].columns[column]}{row}"))
            new = value_of(column_of(INPUT[sheet], self.tables[sheet], row, column), said)
            if new == old and type(new) is type(old):
                return None
            change = Change(sheet, row, column, old, new, by)
            self._make(change)
            self._steps.add(change)
            self._look()
            return change

    def shown(self, sheet: str, row: int, column: str) -> object:
        """What a visitor sees in a cell. Raises Refused where there is none."""
        return shown_of(self._holds(sheet, row, column))

    def add_row(self, sheet: str) -> int:
        """A new row below the last one; its number. It is a row once something stands in it. Raises Refused."""
        with self.lock:
            if self.why_not is not None:
                raise Refused(self.why_not)
            if sheet not in self.tables:
                raise Refused(NO_CELL)
            return self._add_row(sheet, self._below(sheet))

    def undo(self, by: str | None = None, but: Collection[Change] = ()) -> Change | None:
        """Take back the last change of a visitor (None: whoever made it) that is none of ``but``; nothing where he has
        none. Raises Covered where a later one lies on its cell."""
        with self.lock:
            change = self._steps.to_undo(by, but)
            if change is not None:
                self._steps.take_back(change)
                self._set(change, change.old)
                self._look()
            return change

    def redo(self, by: str | None = None) -> Change | None:
        """Make again what the visitor took back last. Raises Refused, once, where the cell holds another value."""
        with self.lock:
            change = self._steps.to_redo(by)
            if change is not None:
                self._make(change)
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
        return cell_of(f"{letter}{row}") in self.formulas.get(sheet, frozenset())

    def _make(self, change: Change) -> None:
        """Raises Refused where the cell holds something else than it was made upon, or a formula."""
        held = self._holds(change.sheet, change.row, change.column)
        cell = f"{change.sheet}!{self.cell(change)}"
        if shown_of(held) != shown_of(change.old):
            raise Refused(OTHERWISE.fill(cell=cell))
        if self.has_formula(change.sheet, change.row, self.tables[change.sheet].columns[change.column]):
            raise Refused(FORMULA.fill(cell=cell))
        self._set(change, change.new)

    def _holds(self, sheet: str, row: int, column: str) -> Typed:
        table = self._table(sheet)
        if row not in table.rows or column not in table.columns or column not in table.values:
            raise Refused(NO_CELL)
        held = table.values[column][table.rows.index(row)]
        return None if isinstance(held, Rejected) else held

    def _table(self, sheet: str) -> Table:
        """A sheet with its columns, whether it has rows or not."""
        return self.tables[sheet] if sheet in self.tables else self.tables.get(sheet)

    def _set(self, change: Change, value: Typed) -> None:
        table = self.tables[change.sheet]
        cells = list(table.values[change.column])
        cells[table.rows.index(change.row)] = value
        self.tables = self.tables.with_sheet(table.with_column(change.column, cells))

    def _add_row(self, sheet: str, row: int) -> int:
        table = self.tables[sheet]
        values = {heading: (*cells, None) for heading, cells in table.values.items()}
        self.tables = self.tables.with_sheet(replace(table, values=values, rows=(*table.rows, row)))
        self._added[sheet] = self._added.get(sheet, frozenset()) | {row}
        return row

    def _below(self, sheet: str) -> int:
        """Number of the row below the last."""
        table = self.tables[sheet]
        return max(table.rows, default=max(table.heading_row, FIRST_DATA_ROW - 1)) + 1

    # --- the check ----------------------------------------------------------------------------------------------------

    def _look(self) -> None:
        """What the declarations say of the cells, at once; what the rules across sheets say takes longer."""
        self.version += 1
        self.issues = (*self._of_shape(), *typed(self._without_blank_rows())[1])

    def look_further(self) -> bool:
        """The whole check of the command line, with every scenario. Whether nothing was changed meanwhile."""
        with self.lock:
            version, tables, shape = self.version, self._without_blank_rows(), self._of_shape()
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

    def _of_shape(self) -> tuple[Issue, ...]:
        """Issues of reading, but for those of cells that hold something else by now."""
        changed = {(change.sheet, self.cell(change)) for change in self._steps.made}
        return tuple(issue for issue in self.reading.issues if (issue.sheet, issue.cell) not in changed)

    def _without_blank_rows(self) -> Tables:
        tables = self.tables
        touched: set[str] = {change.sheet for change in self._steps.made} | self._added.keys()
        for sheet in touched:
            tables = tables.with_sheet(filled(tables[sheet]))
        return tables


@once
def _drafts(desk: Desk) -> dict[Path, Draft]:
    return {}


_OPENING = Lock()


@once
def _doors(desk: Desk) -> dict[Path, Lock]:
    return {}


def draft_of(desk: Desk, case: Path) -> Draft:
    """The draft of a case: one for all visitors of a desk. A file that nobody has changed here is read anew where it is
    another by now."""
    with _OPENING:
        door = _doors(desk).setdefault(case, Lock())
    with door:  # a case that takes long holds up nobody who wants another
        drafts = _drafts(desk)
        draft = drafts.get(case)
        if draft is None:
            draft = drafts[case] = Draft(case)
        elif not draft.changed and draft.meanwhile():
            draft.read_again()
        return draft


def _hash(case: Path) -> str:
    try:
        return input_hash(case)
    except OSError as error:
        raise Refused(GONE.fill(path=case.name)) from error
