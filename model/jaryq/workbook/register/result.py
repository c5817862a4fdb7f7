"""The file of what a plan renews, stretch by stretch: package, segment, period, km."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from jaryq.base.text import Text, printable
from jaryq.case.stretches import Renewed, Stretches
from jaryq.workbook.register.columnar import open_parquet, parquet_bytes
from jaryq.workbook.register.csv import open_csv
from jaryq.workbook.register.of_plan import NoRegister
from jaryq.workbook.register.parts import BadRegister, Opened
from jaryq.workbook.register.read import sha256_of

NAME, HASH = "stretches", "stretches_sha256"
COLUMNS = ("package", "segment", "period", "km")
UNKNOWN = -1
FORMS = {".csv": open_csv, ".parquet": open_parquet}
STEM, OTHER = "stretches", "stretches.renewed"
_RESULTS = re.compile(r"stretches(\.renewed)?(\.[1-9]\d?)?\.(csv|parquet)")


def result_name(register: str, ending: str) -> str:
    """What the file is called beside a plan with a register of that name: otherwise where the register itself is
    called so, as both may stand beside a plan."""
    return (OTHER if register.casefold() == STEM + ending else STEM) + ending


def is_result(name: object) -> bool:
    """Whether such a file may be called so."""
    return isinstance(name, str) and _RESULTS.fullmatch(name) is not None


def content_of(columns: Mapping[str, Sequence[object]]) -> tuple[str, bytes]:
    """The ending and the bytes of the file: Parquet where it can be written, else CSV."""
    frame = pd.DataFrame(columns, columns=list(COLUMNS))
    try:
        return ".parquet", parquet_bytes(frame)
    except ImportError:
        return ".csv", frame.to_csv(index=False, lineterminator="\n").encode()


def renewed_of(manifest: Mapping[str, str], plan: Path, stretches: Stretches, periods: Sequence[str]) -> Renewed | None:
    """What a plan renews, from the file beside it; None where its manifest names none. Rows of stretches or periods
    that are not known are at ``UNKNOWN``. Raises NoRegister where the file is missing, another one, or damaged."""
    name = manifest.get(NAME)
    if not name:
        return None
    path, said = plan.absolute().parent / Path(name).name, printable(name)
    if not path.is_file() or path.suffix.casefold() not in FORMS:
        raise NoRegister(Text("the result {name} of the plan is missing; put it beside the plan",
                              "нет результата {name} этого плана; положите его рядом с планом").fill(name=said))
    if sha256_of(path) != manifest.get(HASH):
        raise NoRegister(Text("the result {name} is another one than the plan speaks of",
                              "результат {name} не тот, о котором говорит план").fill(name=said))
    try:
        opened = FORMS[path.suffix.casefold()](path)
        if missing := [column for column in COLUMNS if column not in opened.headings]:
            raise NoRegister(Text("the result {name} has no column {column}",
                                  "в результате {name} нет столбца {column}").fill(name=said, column=missing[0]))
        return _renewed(opened, stretches, {label: place for place, label in enumerate(periods)})
    except (BadRegister, ValueError) as bad:
        raise NoRegister(Text("the result {name} is damaged", "результат {name} повреждён").fill(name=said)) from bad


def _renewed(opened: Opened, stretches: Stretches, periods: Mapping[str, int]) -> Renewed:
    parts: list[tuple[NDArray[Any], NDArray[Any], NDArray[Any]]] = []
    sorted_in: dict[str, tuple[NDArray[Any], NDArray[Any]]] = {}
    strange = ""
    for piece in opened.pieces(COLUMNS):
        package, segment, period, km = (piece[name][0] for name in COLUMNS)
        rows = np.full(len(km), UNKNOWN, dtype=np.int32)
        owners = np.array([str(key) for key in package], dtype=object)
        for key in set(owners) & set(stretches.packages):
            at = stretches.slices[key]
            if key not in sorted_in:
                order = np.argsort(stretches.segment[at], kind="stable")
                sorted_in[key] = order, stretches.segment[at][order]
            order, there = sorted_in[key]
            mine = np.flatnonzero(owners == key)
            wanted = np.array([str(one).encode() for one in segment[mine]])
            place = np.minimum(np.searchsorted(there, wanted), len(there) - 1)
            rows[mine] = np.where(there[place] == wanted, order[place] + at.start, UNKNOWN)
        positions = np.array([periods.get(str(label), UNKNOWN) for label in period], dtype=np.int16)
        parts.append((rows, positions, np.array(km, dtype=np.float64)))
        odd = np.flatnonzero((rows == UNKNOWN) | (positions == UNKNOWN))
        if len(odd) and not strange:
            strange = printable(f"{package[odd[0]]}/{segment[odd[0]]} {period[odd[0]]}")
    if not parts:
        return Renewed(np.empty(0, np.int32), np.empty(0, np.int16), np.empty(0))
    row, when, done = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Renewed(row, when, done, strange)
