"""A register of stretches: the file beside the workbook as arrays, and everything that is wrong about it, one issue for
all rows of a kind in a column."""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from unicodedata import normalize

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from jaryq.base.issues import Issue
from jaryq.base.text import Text, printable
from jaryq.sheets.aliases import heading
from jaryq.sheets.segments import SEGMENTS
from jaryq.sheets.spec import Column
from jaryq.tables.register import Coded, Register
from jaryq.tables.register_sheet import CODED, register_named
from jaryq.tables.tables import Tables
from jaryq.workbook.register.columnar import open_parquet
from jaryq.workbook.register.csv import open_csv
from jaryq.workbook.register.geo import open_geojson, open_geopackage
from jaryq.workbook.register.lines import point_of
from jaryq.workbook.register.parts import LINE, BadRegister, BadRows, Cells, Opened

FORMS: Mapping[str, Callable[[Path], Opened]] = {
    ".csv": open_csv, ".parquet": open_parquet, ".geojson": open_geojson, ".json": open_geojson,
    ".gpkg": open_geopackage,
}
LONGEST = 200
"""Characters of keys and words."""
FIRST = 5
"""Rows that an issue names."""


def with_register(tables: Tables, folder: Path) -> tuple[Tables, list[Issue]]:
    """The tables with the register that their settings name, a file in ``folder``; as they are where they name none."""
    name = register_named(tables)
    if name is None:
        return tables, []
    register, issues = read_register(name, folder)
    if len(tables.get(SEGMENTS.name)):
        issues.append(Issue("register_twice", SEGMENTS.name))
    return replace(tables, register=register), issues


def read_register(name: str, folder: Path) -> tuple[Register | None, list[Issue]]:
    """The register called ``name`` in ``folder``, and its issues; None where one of them leaves nothing to look at.
    Never raises for a bad file."""
    try:
        path = beside(name, folder)
        opened = FORMS[path.suffix.casefold()](path)
        return _Reading(path, opened).read()
    except BadRows as bad:
        return None, [Issue(bad.code, printable(name), value=bad.value, slots=bad.slots)]
    except BadRegister as bad:
        return None, [Issue(bad.code, "settings", "", "register", printable(name), bad.slots)]
    except PermissionError:
        return None, [Issue("not_opened", value=printable(name))]


def beside(name: str, folder: Path) -> Path:
    """The file of a register. Raises BadRegister for a name that leads elsewhere, also by a link."""
    plain = name.strip()
    if not plain or plain in (".", "..") or any(mark in plain for mark in "/\\:\0") or plain.startswith("."):
        raise BadRegister("register_outside")
    path = folder / plain
    if path.suffix.casefold() not in FORMS:
        raise BadRegister("register_form")
    if not path.is_file():
        raise BadRegister("register_missing")
    if os.path.realpath(path) != os.path.join(os.path.realpath(folder), plain):
        raise BadRegister("register_outside")
    return path


def sha256_of(path: Path) -> str:
    """The hash of a file, read in blocks."""
    found = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            found.update(block)
    return found.hexdigest()


@dataclass
class _Wrong:
    """Rows of one kind in one column: how many, the first of them, what stands in the very first."""

    count: int = 0
    rows: list[int] = field(default_factory=list)
    value: str = ""

    def add(self, start: int, at: NDArray[np.bool_], values: NDArray[Any] | None = None) -> None:
        places = np.flatnonzero(at)
        if len(places) and not self.count and values is not None:
            self.value = printable(str(values[places[0]]))
        self.count += len(places)
        self.rows += [start + int(place) + 1 for place in places[: FIRST - len(self.rows)]]


class _Reading:
    """One pass over a file."""

    def __init__(self, path: Path, opened: Opened) -> None:
        self.path, self.opened = path, opened
        self.issues = [Issue(code, path.name, slots=slots) for code, slots in opened.told]
        self.wrong: dict[tuple[str, str], _Wrong] = defaultdict(_Wrong)
        self.numbers: dict[str, list[NDArray[np.float64]]] = {}
        self.codes: dict[str, list[NDArray[np.int32]]] = {}
        self.known: dict[str, dict[str, int]] = {name: {} for name in CODED}
        self.segments: list[NDArray[np.bytes_]] = []
        self.points: list[NDArray[np.float64]] = []

    def read(self) -> tuple[Register | None, list[Issue]]:
        named = self._named()
        if any(issue.severity == "stop" for issue in self.issues):
            return None, self.issues
        start = 0
        wanted = {name: said for name, said in named.items() if name != "name"}
        for piece in self.opened.pieces(list(wanted.values())):
            size = len(next(iter(piece.values()))[0])
            for name, said in wanted.items():
                self._take(name, piece[said], start)
            start += size
        if not start:
            raise BadRegister("register_empty")
        self.issues += [Issue(code, self.path.name, "", column, found.value,
                              {"count": found.count, "rows": ", ".join(map(str, found.rows)), **_slots(code, column)})
                        for (code, column), found in self.wrong.items() if found.count]
        return self._register(named), self.issues

    def _named(self) -> dict[str, str]:
        """The headings of the file by the columns they mean."""
        found: dict[str, str] = {}
        unknown = []
        for said in self.opened.headings:
            name = heading(SEGMENTS, said)
            if name is None:
                unknown.append(said)
            elif name in found:
                self.issues.append(Issue("register_column_twice", self.path.name, "", name,
                                         slots={"first": printable(found[name]), "second": printable(said)}))
            else:
                found[name] = said
        there = ", ".join(map(printable, self.opened.headings))
        self.issues += [Issue("register_column_missing", self.path.name, "", column.name,
                              slots={"name": column.name, "there": there})
                        for column in SEGMENTS.columns if column.required and column.name not in found]
        if unknown:
            self.issues.append(Issue("register_columns_unknown", self.path.name,
                                     slots={"names": ", ".join(map(printable, unknown))}))
        return found

    def _take(self, name: str, cells: Cells, start: int) -> None:
        column = SEGMENTS.column(name)
        if column is None:  # pragma: no cover - every name comes from the sheet
            raise KeyError(name)
        values, blank = cells
        if column.required:
            self.wrong["register_blank", name].add(start, blank)
        if name == "segment":
            self.segments.append(self._texts(name, values, blank, start))
        elif name == LINE:
            self.points.append(self._lines(values, blank, start))
        elif name in CODED:
            self.codes.setdefault(name, []).append(self._coded(name, values, blank, start))
        else:
            self.numbers.setdefault(name, []).append(self._number(column, name, values, blank, start))

    def _number(self, column: Column, name: str, values: NDArray[Any], blank: NDArray[np.bool_],
                start: int) -> NDArray[np.float64]:
        if values.dtype == np.float64:
            found = values.copy()
        else:
            found = np.array(pd.to_numeric(pd.Series(_in_range(values)), errors="coerce"), dtype=np.float64)
            text = np.isnan(found) & ~blank
            text = (text & ~_said_nan(values) if text.any() else text) | _truths(values)
            self.wrong["register_text", name].add(start, text, values)
            found[text], blank = np.nan, blank | text
        odd = ~np.isfinite(found) & ~blank
        self.wrong["register_not_finite", name].add(start, odd, values)
        found[odd | blank] = np.nan
        with np.errstate(invalid="ignore"):
            whole = column.kind == "integer"
            out = ((found < column.ge) if column.ge is not None else (found <= column.gt) if column.gt is not None
                   else np.zeros(len(found), dtype=bool))
            out |= found > _most(column)
            out |= (found < -_most(column)) if column.ge is None and column.gt is None else False
            out |= (found != np.floor(found)) & ~np.isnan(found) if whole else False
        self.wrong["register_bounds", name].add(start, out, values)
        found[out] = np.nan
        return found

    def _texts(self, name: str, values: NDArray[Any], blank: NDArray[np.bool_], start: int) -> NDArray[np.bytes_]:
        texts = ["" if gone else _text(value) for value, gone in zip(values, blank, strict=True)]
        long = np.fromiter((len(text) > LONGEST for text in texts), dtype=bool, count=len(texts))
        self.wrong["register_long", name].add(start, long)
        return np.array([text[:LONGEST].encode() for text in texts])

    def _coded(self, name: str, values: NDArray[Any], blank: NDArray[np.bool_], start: int) -> NDArray[np.int32]:
        values = values.astype(object)
        values[blank] = None
        places, unique = pd.factorize(values)
        texts = [_text(value) for value in unique]
        long = np.array([len(text) > LONGEST for text in texts] + [False])
        self.wrong["register_long", name].add(start, long[places])
        known = self.known[name]
        codes = [known.setdefault(text[:LONGEST], len(known)) if text else -1 for text in texts]
        return np.array([*codes, -1], dtype=np.int32)[places]

    def _lines(self, values: NDArray[Any], blank: NDArray[np.bool_], start: int) -> NDArray[np.float64]:
        found = np.full((len(values), 2), np.nan)
        bad = np.zeros(len(values), dtype=bool)
        for i in np.flatnonzero(~blank):
            point = point_of(values[i]) if isinstance(values[i], str) else None
            if point is None:
                bad[i] = True
            else:
                found[i] = point
        self.wrong["register_line", LINE].add(start, bad, values)
        return found

    def _register(self, named: Mapping[str, str]) -> Register:
        numbers = {name: np.concatenate(parts) for name, parts in self.numbers.items()}
        if self.points:
            points = np.concatenate(self.points)
            for name, place in (("longitude", 0), ("latitude", 1)):
                stated = numbers.get(name)
                numbers[name] = points[:, place] if stated is None else np.where(np.isnan(stated), points[:, place],
                                                                                 stated)
        coded = {name: Coded(np.concatenate(parts), tuple(self.known[name])) for name, parts in self.codes.items()}

        def texts(column: str) -> Sequence[str | None]:
            return list(_texts_of(self.opened, named[column]))

        return Register(self.path.name, sha256_of(self.path), np.concatenate(self.segments), numbers, coded, texts)


def _texts_of(opened: Opened, said: str) -> Iterator[str | None]:
    for piece in opened.pieces([said]):
        values, blank = piece[said]
        yield from (None if gone else _text(value) for value, gone in zip(values, blank, strict=True))


def _text(value: object) -> str:
    """A text as it counts: NFC, without blanks around it; a whole number without its point."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).strip()
    return text if text.isascii() else normalize("NFC", text)


def _in_range(values: NDArray[Any]) -> NDArray[Any]:
    """Whole numbers beyond every float as infinite: what makes floats of them fails."""
    beyond = np.fromiter((isinstance(value, int) and value.bit_length() > 1000 for value in values), dtype=bool,
                         count=len(values))
    if not beyond.any():
        return values
    values = values.copy()
    values[beyond] = np.inf
    return values


def _said_nan(values: NDArray[Any]) -> NDArray[np.bool_]:
    return np.fromiter(((isinstance(value, str) and value.strip().casefold() in ("nan", "-nan", "+nan"))
                        or (isinstance(value, float) and value != value) for value in values), dtype=bool,
                       count=len(values))


def _truths(values: NDArray[Any]) -> NDArray[np.bool_]:
    """Where yes or no stands in place of a number."""
    if pd.api.types.infer_dtype(values, skipna=True) in ("string", "floating", "integer", "mixed-integer-float"):
        return np.zeros(len(values), dtype=bool)
    return np.fromiter((isinstance(value, bool) for value in values), dtype=bool, count=len(values))


def _most(column: Column) -> float:
    return column.le if column.le is not None else column.unit_of.most if column.unit_of else np.inf


def _slots(code: str, column: str) -> dict[str, object]:
    if code == "register_long":
        return {"most": LONGEST}
    if code != "register_bounds":
        return {}
    declared = SEGMENTS.column(column)
    if declared is None:  # pragma: no cover
        raise KeyError(column)
    least = (f">= {declared.ge:g}" if declared.ge is not None else f"> {declared.gt:g}" if declared.gt is not None
             else f">= {-_most(declared):g}")
    both = f"{least}, <= {_most(declared):g}"
    return {"allowed": Text(f"{both}, whole", f"{both}, целое") if declared.kind == "integer" else both}
