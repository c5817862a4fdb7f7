"""Changes of a draft put into their file, whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from jaryq.base.faults import fault
from jaryq.base.places import drafted
from jaryq.desk.carried import Change
from jaryq.desk.edited import Edited
from jaryq.desk.kept import Cells, Unchanged, protected, to_disk, write_changed
from jaryq.desk.refused import MEANWHILE, PROTECTED, READ_OTHERWISE, Refused
from jaryq.desk.said import shown_of
from jaryq.tables.values import Stated
from jaryq.workbook.annotated.comments import cell_of
from jaryq.workbook.read import read_all


def save_into(case: Path, changes: Sequence[Change], edited: Edited, meanwhile: Callable[[], bool]) -> None:
    """Put changes into a workbook; everything else in it stays. ``meanwhile``: whether the file is another than was
    opened. Raises Refused where it is, or would not be read as it is shown here, Fault where the machine would not."""
    # Before all else: what may be wrong then with single cells or sheets follows from a change meanwhile.
    if barred := PROTECTED if protected(case) else MEANWHILE if meanwhile() else None:
        raise Refused(barred.fill(path=case.name))
    try:
        with drafted(case) as draft:
            raw = case.read_bytes()
            wanted: Cells = {(one.sheet, cell_of(edited.cell(one.sheet, one.row, one.column))): one.new
                             for one in changes}
            write_changed(raw, wanted, edited.added, draft)
            if percent := _otherwise(draft, changes, edited, of_percent=True):
                write_changed(raw, {**wanted, **percent}, edited.added, draft)
                _otherwise(draft, changes, edited, of_percent=False)
            shutil.copymode(case, draft)
            if meanwhile():
                raise Refused(MEANWHILE.fill(path=case.name))
            to_disk(draft)
            os.replace(draft, case)
    except Unchanged as why:
        raise Refused(why.text) from why
    except OSError as error:
        raise fault(error, case) from error


def _otherwise(draft: Path, changes: Sequence[Change], edited: Edited, *, of_percent: bool) -> Cells:
    """Cells that show percent hold hundredths: what is to be written there. Raises Refused where a cell would be
    read as another value than it shows here for any other reason."""
    as_read, found = read_all(draft).tables, {}
    for change in {(one.sheet, one.row, one.column): one for one in changes}.values():
        table, cell = as_read.get(change.sheet), edited.cell(change.sheet, change.row, change.column)
        column = table.values.get(change.column, ())
        read = column[table.rows.index(change.row)] if change.row in table.rows and column else None
        if shown_of(read) == shown_of(change.new):
            continue
        if of_percent and isinstance(read, Stated) and isinstance(change.new, float):
            found[change.sheet, cell_of(cell)] = float(f"{change.new / 100:.15g}")
            continue
        raise Refused(READ_OTHERWISE.fill(cell=f"{change.sheet}!{cell}", read=str(shown_of(read)),
                                          wanted=str(shown_of(change.new))))
    return found
