"""Sheets as DataFrames for notebooks: columns typed as they are declared, units in ``attrs``."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from jaryq.base.issues import Issue
from jaryq.base.text import Lang
from jaryq.base.units import UNITS
from jaryq.sheets.inputs import INPUT
from jaryq.sheets.spec import Column, Sheet
from jaryq.tables.fault import near
from jaryq.tables.tables import Table

ISSUES = ("severity", "sheet", "cell", "column", "value", "rule", "remedy", "code", "scenario")


NAMED = 20
"""So many sheets are named where they are shown in short."""


class Frames(Mapping[str, pd.DataFrame]):
    """DataFrames by the names of their sheets, each made anew when it is asked for: who changes one changes nothing
    else."""

    def __init__(self, of: str, makers: Mapping[str, Callable[[], pd.DataFrame]]) -> None:
        self._of, self._makers = of, makers

    def __getitem__(self, sheet: str) -> pd.DataFrame:
        if sheet not in self._makers:
            hint = near(str(sheet), [*self._makers])
            meant = hint.say() if hint else ""
            raise KeyError(f"{self._of} has no sheet {sheet!r}{meant}; it has {', '.join(self._makers)}")
        return self._makers[sheet]()

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)

    def __repr__(self) -> str:
        names = list(self)
        more = ", .." if len(names) > NAMED else ""
        return f"<{len(names)} sheets of {self._of}: {', '.join(names[:NAMED])}{more}>"


def input_frame(table: Table, lang: Lang) -> pd.DataFrame:
    """An input sheet as typed; blanks are missing values, defaults are not filled in. ``attrs["rows"]``: row numbers
    in the workbook."""
    declared = INPUT[table.sheet]
    frame = frame_of(table.values, declared, len(table), lang)
    frame.attrs["rows"] = list(table.rows)
    return frame


def issues_frame(issues: Iterable[Issue], lang: Lang) -> pd.DataFrame:
    """Issues with their rule and remedy in ``lang``, as they were found."""
    rows = [(i.severity, i.sheet, i.cell, i.column, i.value, i.rule(lang), i.remedy(lang), i.code, i.scenario)
            for i in issues]
    return pd.DataFrame(rows, columns=list(ISSUES), dtype=object)


def frame_of(values: Mapping[str, Sequence[object]], declared: Sheet, count: int, lang: Lang) -> pd.DataFrame:
    """A DataFrame with title, units and headings in ``attrs``; columns without a unit have none there."""
    columns = {heading: declared.column(heading) for heading in values}
    frame = pd.DataFrame({heading: _series(listed, columns[heading]) for heading, listed in values.items()},
                         index=pd.RangeIndex(count), columns=list(values))
    frame.attrs = {
        "title": declared.text.say(lang),
        "units": {heading: UNITS[column.unit].name for heading, column in columns.items() if column and column.unit},
        "headings": {heading: _heading(column, heading, lang) for heading, column in columns.items() if column},
    }
    return frame


def _series(values: Sequence[Any], column: Column | None) -> pd.Series[Any]:
    """Numbers as float64 (NaN where blank), whole numbers as Int64, yes and no as boolean, all else as it is."""
    known = [value for value in values if value is not None]
    kind = column.kind if column is not None and not any(isinstance(value, str) for value in known) else "text"
    if kind == "integer" and all(float(value).is_integer() for value in known):
        return pd.Series(pd.array([None if value is None else int(value) for value in values], dtype="Int64"))
    if kind in ("number", "integer"):
        return pd.Series([math.nan if value is None else float(value) for value in values], dtype="float64")
    if kind == "yes_no":
        return pd.Series(pd.array([None if value is None else bool(value) for value in values], dtype="boolean"))
    return pd.Series(list(values), dtype=object)


def _heading(column: Column, heading: str, lang: Lang) -> str:
    """``Cost in 2027`` for a member of a family."""
    said = column.text.say(lang)
    return f"{said} {heading[len(column.name):]}" if column.family else said
