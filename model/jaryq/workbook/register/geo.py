"""A register as GeoJSON (RFC 7946) or GeoPackage (OGC 12-128r19), read with the standard library."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from jaryq.workbook.register.lines import wkt_of_blob, wkt_of_lines
from jaryq.workbook.register.parts import (
    LINE,
    MOST_BYTES,
    PIECE,
    BadRegister,
    Cells,
    Opened,
    count_rows,
    objects,
    unreadable,
)

MOST_JSON = 1 << 29
_FEATURES = re.compile(r'"features"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")
DEGREES = (4326, 4979, 0, -1)
"""Reference systems of GeoPackages whose coordinates are read as degrees (-1, 0: not stated)."""
NO_LINE = "?"
"""In place of a geometry that is none, so that its row is told."""


def open_geojson(path: Path) -> Opened:
    """A collection of features. Raises BadRegister. Features are read one by one: all at once take ten times as much
    memory as the file."""
    if path.stat().st_size > MOST_JSON:
        raise BadRegister("register_too_large", found=f"> {MOST_JSON >> 20} MB", most=f"{MOST_JSON >> 20} MB")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadRegister("register_encoding", first=error.start + 1) from error
    names = dict.fromkeys(name for feature in islice(_features(text), 1000) for name in feature["properties"] or ())

    def pieces(columns: Sequence[str]) -> Iterator[Mapping[str, Cells]]:
        features, rows = _features(text), 0
        while piece := list(islice(features, PIECE)):
            count_rows(rows := rows + len(piece))
            own = [feature["properties"] or {} for feature in piece]
            yield {name: objects([_line(f.get("geometry")) for f in piece] if name == LINE and LINE not in names
                                 else [_plain(values.get(name)) for values in own]) for name in columns}

    return Opened((*names, *(() if LINE in names else (LINE,))), pieces)


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | float) else str(value)


def _features(text: str) -> Iterator[dict[str, Any]]:
    head = _FEATURES.search(text)
    if head is None:
        raise unreadable("it has no list of features", "в нём нет списка features")
    decoder, place = json.JSONDecoder(), head.end()
    while True:
        found = _BETWEEN.match(text, place)
        place = found.end() if found else place
        if text[place:place + 1] == "]":
            return
        try:
            feature, place = decoder.raw_decode(text, place)
        except (ValueError, RecursionError) as error:
            raise unreadable(f"it is damaged or cut off at character {place + 1}",
                             f"он повреждён или обрезан на знаке {place + 1}") from error
        if not isinstance(feature, dict) or not isinstance(feature.setdefault("properties", {}), dict | None):
            raise unreadable(f"no feature ends at character {place}", f"на знаке {place} заканчивается не объект")
        yield feature


def _line(geometry: Any) -> str | None:
    """A line in WKT; what is none is told by its row."""
    if geometry is None:
        return None
    try:
        points = geometry["coordinates"]
        lines = {"LineString": [points], "MultiLineString": points}[geometry["type"]]
        return wkt_of_lines([[(float(x), float(y)) for x, y, *_ in line] for line in lines])
    except (KeyError, TypeError, ValueError):
        return NO_LINE


def open_geopackage(path: Path) -> Opened:
    """The only table of features, or that called segments. Raises BadRegister. Nothing but that table is read: no view,
    whatever it would compute, and no function of the file's own."""
    if path.stat().st_size > MOST_BYTES:
        raise BadRegister("register_too_large", found=f"> {MOST_BYTES >> 30} GB", most=f"{MOST_BYTES >> 30} GB")
    try:
        with closing(_connect(path)) as base:
            table, geometry, system = _table(base)
            headings = tuple(str(row[1]) for row in base.execute(f"PRAGMA table_info({_quoted(table)})"))
            (rows,) = base.execute(f"SELECT count(*) FROM {_quoted(table)}").fetchone()
    except sqlite3.Error as error:
        raise _damaged(error) from error
    count_rows(rows)

    def pieces(columns: Sequence[str]) -> Iterator[Mapping[str, Cells]]:
        asked = [geometry if name == LINE and LINE not in headings else name for name in columns]
        try:
            with closing(_connect(path)) as base:
                found = base.execute(f"SELECT {', '.join(map(_quoted, asked))} FROM {_quoted(table)} ORDER BY rowid")
                while piece := found.fetchmany(PIECE):
                    yield {name: objects([_of_blob(value) if isinstance(value, bytes) else value for value in values])
                           for name, values in zip(columns, zip(*piece, strict=True), strict=True)}
        except sqlite3.Error as error:
            raise _damaged(error) from error

    lines = geometry is not None and system in DEGREES and LINE not in headings
    other = (("register_reference", {"found": system}),) if geometry is not None and system not in DEGREES else ()
    return Opened((*(name for name in headings if name != geometry), *((LINE,) if lines else ())), pieces, other)


def _connect(path: Path) -> sqlite3.Connection:
    base = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    base.text_factory = lambda raw: raw.decode("utf-8", "replace")
    base.execute("PRAGMA trusted_schema = OFF")
    base.execute("PRAGMA cell_size_check = ON")
    return base


def _table(base: sqlite3.Connection) -> tuple[str, str | None, int]:
    """Name of the table of stretches, of its column of geometries, and their reference system."""
    found = [str(row[0]) for row in base.execute(
        "SELECT c.table_name FROM gpkg_contents c JOIN sqlite_master m ON m.name = c.table_name AND m.type = 'table' "
        "WHERE c.data_type IN ('features', 'attributes') AND m.sql NOT LIKE 'CREATE VIRTUAL%' LIMIT 1000")]
    named = [name for name in found if name.casefold() == "segments"] or found
    if len(named) != 1:
        listed = ", ".join(found[:5]) or "-"
        raise unreadable(f"it needs one table of features, or one called segments (it has: {listed})",
                         f"нужна одна таблица объектов или таблица segments (есть: {listed})")
    row = base.execute("SELECT column_name, srs_id FROM gpkg_geometry_columns WHERE table_name = ?", named).fetchone()
    return (named[0], str(row[0]), int(row[1])) if row else (named[0], None, 0)


def _of_blob(blob: bytes) -> str:
    try:
        return wkt_of_blob(blob)
    except ValueError:
        return NO_LINE


def _quoted(name: str | None) -> str:
    return '"' + (name or "").replace('"', '""') + '"'


def _damaged(error: sqlite3.Error) -> BadRegister:
    return unreadable(f"it is no GeoPackage, or damaged ({error})", f"это не GeoPackage, или он повреждён ({error})")
