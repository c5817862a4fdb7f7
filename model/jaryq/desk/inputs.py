"""The area Inputs: every sheet of the case as a grid."""

from __future__ import annotations

from jaryq.desk.desk import Session
from jaryq.desk.parts import note
from jaryq.sheets.inputs import INPUT
from jaryq.workbook.read import read_all


def show(session: Session) -> None:
    assert session.case is not None
    reading = read_all(session.case)
    for name, table in reading.tables.sheets.items():
        note(f"{INPUT[name].title(session.lang)}: {len(table)}")
