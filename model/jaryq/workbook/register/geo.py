"""A register as GeoJSON (RFC 7946) or GeoPackage (OGC 12-128r19), read with the standard library."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from jaryq.base.text import printable
from jaryq.sheets.aliases import heading
from jaryq.sheets.segments import SEGMENTS
from jaryq.workbook.register.collection import Collection
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
SEEN = 1000
"""Features by which it is seen whether coordinates are degrees."""
_BEGIN = re.compile(r"([-+0-9.e]+) ([-+0-9.e]+)")
DEGREES = (4326, 4979, 0, -1)
"""Reference systems of GeoPackages whose coordinates are read as degrees (-1, 0: not stated)."""
KEYS = ("fid", "ogc_fid")
NO_LINE = "?"
"""In place of a geometry that is none, so that its row is told."""


def open_geojson(path: Path) -> Opened:
    """A collection of features. Raises BadRegister. Features are read one by one; where their coordinates are not in
    degrees, stated or seen, it has no lines, as a GeoPackage in such a system."""
    if path.stat().st_size > MOST_JSON:
        raise BadRegister("register_too_large", found=f"> {MOST_JSON >> 20} MB", most=f"{MOST_JSON >> 20} MB")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadRegister("register_encoding", first=error.start + 1) from error
    names: dict[str, None] = {}
    place, lines, collection = -1, [], Collection(text)
    for place, feature in enumerate(collection.features()):  # To its end: members may stand behind the features.
        names |= dict.fromkeys(feature["properties"] or ())
        if place < SEEN:
            lines.append(_line(feature.get("geometry")))
    if place < 0:
        raise BadRegister("register_empty")
    own = any(_is_line(name) for name in names)
    system = _system(collection.members.get("crs")) or ("?" if not own and _far(lines) else "")

    def pieces(columns: Sequence[str]) -> Iterator[Mapping[str, Cells]]:
        features, rows = Collection(text).features(), 0
        while piece := list(islice(features, PIECE)):
            count_rows(rows := rows + len(piece))
            said = [feature["properties"] or {} for feature in piece]
            yield {name: objects([_line(f.get("geometry")) for f in piece] if name == LINE and not own
                                 else [_plain(values.get(name)) for values in said]) for name in columns}

    other = (("register_reference", {"found": system}),) if system and not own else ()
    return Opened((*names, *(() if own or system else (LINE,))), pieces, other)


def _is_line(name: str) -> bool:
    return heading(SEGMENTS, name) == LINE


def _system(crs: Any) -> str:
    """What a collection says of its reference system, as those before RFC 7946 do; nothing where it is in degrees of
    WGS 84."""
    if crs is None:
        return ""
    try:
        name = str(crs["properties"]["name"])
    except (KeyError, TypeError):
        return "?"
    return "" if re.fullmatch(r"(.*\D)?(CRS84h?|4326|4979)", name) else name


def _far(lines: Sequence[str | None]) -> bool:
    """Whether there are lines and none of them begins at degrees that are there."""
    begins = [found for line in lines if line and (found := _BEGIN.search(line))]
    return bool(begins) and all(abs(float(x)) > 180 or abs(float(y)) > 90 for x, y in (one.groups() for one in begins))


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | float) else str(value)


def _line(geometry: Any) -> str | None:
    """A line in WKT; what is none is told by its row."""
    if geometry is None:
        return None
    try:
        points = geometry["coordinates"]
        lines = {"LineString": [points], "MultiLineString": points}[geometry["type"]]
        return wkt_of_lines([[(float(x), float(y)) for x, y, *_ in line] for line in lines])
    except (KeyError, TypeError, ValueError, OverflowError):
        return NO_LINE


def open_geopackage(path: Path) -> Opened:
    """The only table of features, or that called segments. Raises BadRegister. Nothing but that table is read: no view,
    whatever it would compute, and no function of the file's own."""
    if path.stat().st_size > MOST_BYTES:
        raise BadRegister("register_too_large", found=f"> {MOST_BYTES >> 30} GB", most=f"{MOST_BYTES >> 30} GB")
    try:
        with closing(_connect(path)) as base:
            table, geometry, system = _table(base)
            # The number that the format gives each feature (its key, most often ``fid``) is no column of anybody's.
            columns = [str(name) for _, name, kind, _, _, key in base.execute(f"PRAGMA table_info({_quoted(table)})")
                       if not (key and str(kind).casefold() == "integer" and str(name).casefold() in KEYS)]
            (rows,) = base.execute(f"SELECT count(*) FROM {_quoted(table)}").fetchone()
    except sqlite3.Error as error:
        raise _damaged(error) from error
    count_rows(rows)
    headings = tuple(name for name in columns if geometry is None or name.casefold() != geometry.casefold())
    own = any(_is_line(name) for name in headings)
    lines = geometry is not None and system in DEGREES and not own

    def pieces(columns: Sequence[str]) -> Iterator[Mapping[str, Cells]]:
        asked = [geometry if name == LINE and not own else name for name in columns]
        try:
            with closing(_connect(path)) as base:
                found = base.execute(f"SELECT {', '.join(map(_quoted, asked))} FROM {_quoted(table)} ORDER BY rowid")
                while piece := found.fetchmany(PIECE):
                    yield {name: objects([_of_blob(value) if isinstance(value, bytes) else value for value in values])
                           for name, values in zip(columns, zip(*piece, strict=True), strict=True)}
        except sqlite3.Error as error:
            raise _damaged(error) from error

    other = (("register_reference", {"found": system}),) if geometry is not None and system not in DEGREES else ()
    return Opened((*headings, *((LINE,) if lines else ())), pieces, other)


def _connect(path: Path) -> sqlite3.Connection:
    """The file alone, without locks. Raises BadRegister where edits lie beside it that are not in it yet: another
    program has it open, or ended without closing it."""
    for ending in ("-wal", "-journal"):
        beside = path.with_name(path.name + ending)
        if beside.is_file() and _holds(beside):
            raise BadRegister("register_edited", beside=printable(beside.name))
    base = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    base.text_factory = lambda raw: raw.decode("utf-8", "replace")
    base.execute("PRAGMA trusted_schema = OFF")
    base.execute("PRAGMA cell_size_check = ON")
    return base


def _holds(journal: Path) -> bool:
    """Whether a journal of SQLite holds anything: its head is zeros where it is done with."""
    with journal.open("rb") as stream:
        return any(stream.read(8))


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
