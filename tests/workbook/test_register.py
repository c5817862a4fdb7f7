"""Registers of stretches: the same one in four forms, and one damaged file for each kind of issue."""

import json
import os
import re
import sqlite3
import struct
from contextlib import closing
from datetime import date

import numpy as np
import pandas as pd
import pytest

from jaryq.base.issues import Issue
from jaryq.base.issues_of_stretches import STRETCHES
from jaryq.workbook.register import parts
from jaryq.workbook.register.lines import point_of, wkt_of_blob
from jaryq.workbook.register.read import read_register

HEAD = "package,segment,name,km,year_built,wear,material,bursts,condition,consequence,street,line,q_co2"
LINE = '"LINESTRING (76.9 43.2, 77.1 43.4)"'
ROWS = [
    f"N1,a,Абай 1,0.5,1978,,steel,60,1.2,12,S1,{LINE},1.5",
    "N1,b,,1.25,,80,,,,,,,",
    f"N2,a,Абай 3,2,2001,,plastic,,,,S1,{LINE},",
]


def written(folder, rows=ROWS, head=HEAD, name="net.csv", encoding="utf-8"):
    (folder / name).write_bytes("\n".join([head, *rows, ""]).encode(encoding))
    return name


def values(rows=ROWS):
    """Rows of the CSV as Python values."""
    numbers = ("km", "year_built", "wear", "bursts", "condition", "consequence", "q_co2")
    found = []
    for row in rows:
        cells = row.replace(LINE, "LINE").split(",")
        found.append({name: None if cell == "" else float(cell) if name in numbers
                      else cell.replace("LINE", LINE.strip('"'))
                      for name, cell in zip(HEAD.split(","), cells, strict=True)})
    return found


def parquet(folder, rows=None):
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet as files

    files.write_table(pyarrow.Table.from_pylist(values() if rows is None else rows), folder / "net.parquet")
    return "net.parquet"


def parquet_digits(folder):
    """A length as a text: Parquet has no whole numbers so long."""
    return parquet(folder, [{"package": "N1", "segment": "a", "km": str(10**400)}])


def geojson(folder, rows=None):
    features = []
    for row in values() if rows is None else rows:
        line = row.pop("line", None)
        points = [[76.9, 43.2], [77.1, 43.4]]
        features.append({"type": "Feature", "properties": row, "geometry": {"type": "LineString", "coordinates": points}
                         if line else None})
    (folder / "net.geojson").write_text(json.dumps({"type": "FeatureCollection", "name": 'x "features": [',
                                                    "features": features}), encoding="utf-8")
    return "net.geojson"


def blob(points, flags=1, kind=2):
    """A geometry of a GeoPackage without an envelope, little-endian."""
    flat = [number for point in points for number in point]
    return b"GP\0" + bytes([flags]) + struct.pack("<i", 4326) + struct.pack("<BII", 1, kind,
        len(points)) + struct.pack(f"<{len(flat)}d", *flat)


def geopackage(folder, system=4326, table="segments", **cells):
    with closing(sqlite3.connect(folder / "net.gpkg")) as base:
        base.execute("CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT)")
        base.execute("CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER)")
        names = [name for name in HEAD.split(",") if name != "line"]
        base.execute(f"CREATE TABLE {table} (fid INTEGER PRIMARY KEY, geom BLOB, {', '.join(names)})")
        base.execute("INSERT INTO gpkg_contents VALUES (?, 'features')", [table])
        base.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?)", [table, system])
        for row in values():
            line = blob([(76.9, 43.2), (77.1, 43.4)]) if row["line"] else None
            base.execute(f"INSERT INTO {table} VALUES (NULL, ?{', ?' * len(names)})",
                         [line, *({**row, **cells}[name] for name in names)])
        base.commit()
    return "net.gpkg"


@pytest.mark.parametrize("form", [written, parquet, geojson, geopackage])
def test_every_form_says_the_same(tmp_path, form):
    found, issues = read_register(form(tmp_path), tmp_path)
    assert issues == []
    assert [key.decode() for key in found.segment] == ["a", "b", "a"]
    package = found.coded_of("package")
    assert [package.texts[code] for code in package.codes] == ["N1", "N1", "N2"]
    assert found.coded_of("street").codes.tolist() == [0, -1, 0]
    np.testing.assert_array_equal(found.of("km"), [0.5, 1.25, 2.0])
    np.testing.assert_array_equal(found.of("year_built"), [1978, np.nan, 2001])
    np.testing.assert_array_equal(found.of("wear"), [np.nan, 80, np.nan])
    np.testing.assert_array_equal(found.of("q_co2"), [1.5, np.nan, np.nan])
    np.testing.assert_allclose(found.of("longitude"), [77.0, np.nan, 77.0])
    np.testing.assert_allclose(found.of("latitude"), [43.3, np.nan, 43.3])
    assert list(found.texts("name")) == ["Абай 1", None, "Абай 3"]
    assert list(found.texts("line")) == [LINE.strip('"'), None, LINE.strip('"')]
    assert len(found.sha256) == 64
    assert found.quantities == ("q_co2",)


def test_semicolons_and_decimal_commas_and_russian_headings(tmp_path):
    name = written(tmp_path, ["N1;a;0,5", "N1;b;1"], "Пакет участка;Участок;Длина участка")
    found, issues = read_register(name, tmp_path)
    assert issues == []
    assert found.of("km").tolist() == [0.5, 1.0]


def other(row=1, **cells):
    """The rows with other cells in one of them."""
    names = HEAD.split(",")
    changed = ROWS[row].split(",")
    for column, value in cells.items():
        changed[names.index(column)] = value
    return [*ROWS[:row], ",".join(changed), *ROWS[row + 1:]]


def link(folder):
    away = folder / "away"
    away.mkdir()
    written(away)
    os.symlink(away / "net.csv", folder / "net.csv")
    return "net.csv"


def cut(form, share):
    def make(folder):
        name = form(folder)
        path = folder / name
        path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
        return name
    return make


def bytes_of(name, content):
    def make(folder):
        (folder / name).write_bytes(content)
        return name
    return make


def without_pyarrow(folder, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    return bytes_of("net.parquet", b"PAR1")(folder)


def few(folder, monkeypatch):
    monkeypatch.setattr(parts, "MOST_ROWS", 2)
    return written(folder)


def edited(ending, held=b"7\x7f\x06\x82" * 8):
    """A GeoPackage with a journal of SQLite beside it."""
    def make(folder):
        name = geopackage(folder)
        (folder / f"{name}{ending}").write_bytes(held)
        return name
    return make


def collection(text):
    """A collection around a good feature."""
    feature = '{"type": "Feature", "geometry": null, "properties": {"package": "N1", "segment": "a", "km": 1}}'
    return bytes_of("net.geojson", text.replace("GOOD", feature).encode())


def lined(x, y, extra=""):
    """A collection with a line from a point."""
    line = f'{{"type": "LineString", "coordinates": [[{x}, {y}], [{x}, {y}]]}}'
    return bytes_of(
        "net.geojson",
        (f'{{{extra} "features": [{{"geometry": {line}, '
         '"properties": {"package": "N1", "segment": "a", "km": 1}}]}').encode())


DIGITS = 10**400
MERCATOR = '"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}},'
DAMAGED = [
    ("register_missing", "", lambda folder: "away.csv"),
    ("register_outside", "", lambda folder: "../net.csv"),
    ("register_outside", "", lambda folder: str(folder / "net.csv")),
    ("register_outside", "", link),
    ("register_form", "", bytes_of("net.shp", b"x")),
    ("register_ragged", "", lambda folder: written(folder, [*ROWS, "N1,c,,1,,,,,,,,,,,,,,,,"])),
    ("register_ragged", "", lambda folder: written(folder, ["N1,a,80,5,100"], "package,segment,km,bursts")),
    ("register_ragged", "", lambda folder: written(folder, ["N1,a,80,5"], "package,segment,km")),
    ("register_ragged", "", lambda folder: written(folder, ["N1,a,80,5"], "package,segment,km,")),
    ("register_ragged", "", lambda folder: written(folder, ["N1,a,1"], "package,segment,km,bursts")),
    ("register_ragged", "", lambda folder: written(folder, ["N1;a;1;2;"], "package;segment;km;bursts")),
    ("register_edited", "", edited("-wal")),
    ("register_edited", "", edited("-journal")),
    ("register_unreadable", "", lambda folder: written(folder, [*ROWS, 'N1,"c,,1'])),
    ("register_unreadable", "", cut(parquet, 0.7)),
    ("register_unreadable", "", cut(geojson, 0.7)),
    ("register_unreadable", "", bytes_of("net.geojson", b'{"features": [' + b"[" * 100_000)),
    ("register_unreadable", "", bytes_of("net.geojson", b'{"type": "Feature"}')),
    ("register_unreadable", "", bytes_of("net.geojson", b'{"features": [1, 2]}')),
    ("register_unreadable", "", collection('{"features": [GOOD]} and more')),
    ("register_unreadable", "", collection('{"features": [GOOD]} {"features": [GOOD]}')),
    ("register_unreadable", "", collection('{"features": [GOOD]')),
    ("register_unreadable", "", collection('{"features": [GOOD GOOD]}')),
    ("register_unreadable", "", collection('{"features": [GOOD,, GOOD]}')),
    ("register_unreadable", "", collection('{"features": [GOOD,]}')),
    ("register_unreadable", "", collection('{"features": [GOOD], }')),
    ("register_unreadable", "", collection('{"type": "FeatureCollection" "features": [GOOD]}')),
    ("register_unreadable", "", collection('{"features": [GOOD], "features": []}')),
    ("register_unreadable", "", collection('{"features": {"a": [GOOD]}}')),
    ("register_unreadable", "", collection('{"metadata": {"features": [GOOD]}}')),
    ("register_unreadable", "", collection("[GOOD]")),
    ("register_unreadable", "", collection("{}x")),
    ("register_empty", "", collection('{"features": []}')),
    ("register_unreadable", "", cut(geopackage, 0.4)),
    ("register_unreadable", "", bytes_of("net.gpkg", b"SQLite format 3\0" + b"\xff" * 5000)),
    ("register_unreadable", "", bytes_of("net.gpkg", b"")),
    ("register_needs", "", without_pyarrow),
    ("register_encoding", "", lambda folder: written(folder, encoding="cp1251")),
    ("register_encoding", "", lambda folder: written(folder, encoding="utf-16")),
    ("register_too_large", "", few),
    ("register_empty", "", lambda folder: written(folder, [])),
    ("register_empty", "", bytes_of("net.csv", b"")),
    ("register_reference", "", lambda folder: geopackage(folder, system=32643)),
    ("register_reference", "", lined(8560000.0, 5340000.0)),
    ("register_reference", "", lined(8560000.0, 5340000.0, MERCATOR)),
    ("register_reference", "", lined(76.9, 43.2, MERCATOR)),
    ("register_column_missing", "km", lambda folder: written(folder, ["N1,a"], "package,segment")),
    ("register_column_twice", "km", lambda folder: written(folder, ["N1,a,1,1"], "package,segment,km,Длина участка")),
    ("register_columns_unknown", "", lambda folder: written(folder, ["N1,a,1,x"], "package,segment,km,остаток")),
    ("register_blank", "km", lambda folder: written(folder, other(km=""))),
    ("register_blank", "segment", lambda folder: written(folder, other(segment=""))),
    ("register_text", "km", lambda folder: written(folder, other(km="около 1"))),
    ("register_text", "wear", lambda folder: geojson(folder,
                                                     [{"package": "N1", "segment": "a", "km": 1, "wear": True}])),
    ("register_not_finite", "bursts", lambda folder: written(folder, other(bursts="NaN"))),
    ("register_not_finite", "km", lambda folder: written(folder, other(km="inf"))),
    ("register_not_finite", "km", lambda folder: parquet(folder,
                                                         [{"package": "N1", "segment": "a", "km": float("nan")}])),
    ("register_blank", "package", lambda folder: written(folder, [*ROWS, ROWS[0].replace("N1", "  ")])),
    ("register_blank", "segment", lambda folder: parquet(folder, [{"package": "N1", "segment": " ", "km": 1.0}])),
    ("register_not_finite", "km", lambda folder: written(folder, other(km=str(DIGITS)))),
    ("register_not_finite", "km", lambda folder: written(folder, other(km="1e999"))),
    ("register_text", "km", lambda folder: written(folder, other(km="9" * 5000))),
    ("register_not_finite", "km", lambda folder: geojson(folder, [{"package": "N1", "segment": "a", "km": DIGITS}])),
    ("register_text", "km", bytes_of("net.geojson", b'{"features": [{"properties": {"package": "N1", "segment": "a", '
                                                    b'"km": -' + b"9" * 5000 + b"}}]}")),
    ("register_not_finite", "km", parquet_digits),
    ("register_not_finite", "bursts", lambda folder: geopackage(folder, bursts=str(DIGITS))),
    ("register_not_finite", "bursts", lambda folder: geopackage(folder, bursts=float("inf"))),
    ("register_long", "segment", lambda folder: geojson(folder, [{"package": "N1", "segment": DIGITS, "km": 1}])),
    ("register_line", "line", lined(DIGITS, 43.2)),
    ("register_bounds", "km", lambda folder: written(folder, other(km="-1"))),
    ("register_bounds", "km", lambda folder: written(folder, other(km="0"))),
    ("register_bounds", "wear", lambda folder: written(folder, other(wear="101"))),
    ("register_bounds", "year_built", lambda folder: written(folder, other(year_built="1978.5"))),
    ("register_long", "street", lambda folder: written(folder, other(street="x" * 201))),
    ("register_long", "segment", lambda folder: written(folder, other(segment="x" * 201))),
    ("register_line", "line", lambda folder: written(folder, other(line="LINESTRING (1 2)"))),
    ("register_line", "line", lambda folder: written(folder, other(line='"LINESTRING (43.2 76.9, 43.4 91.1)"'))),
    ("register_line", "line", lambda folder: written(folder, other(line="POINT (1 2)"))),
]


@pytest.mark.parametrize(("code", "column", "make"), DAMAGED, ids=[f"{one[0]}-{i}" for i, one in enumerate(DAMAGED)])
def test_a_damaged_register_has_its_issue(tmp_path, monkeypatch, code, column, make):
    name = make(tmp_path, monkeypatch) if make in (few, without_pyarrow) else make(tmp_path)
    _, issues = read_register(name, tmp_path)
    assert [(issue.code, issue.column) for issue in issues if issue.code != "register_columns_unknown"
            or issue.code == code] == [
        (code, "register" if issues[0].sheet == "settings" else column)]
    assert all(issue.say("ru") and issue.say("en") for issue in issues)


@pytest.mark.parametrize(("column", "value"), [
    ("km", True), ("km", [1.0]), ("km", {"a": 1.0}), ("km", pd.Timedelta(1, "h")),
    ("year_built", pd.Timestamp("2016-01-01")), ("year_built", date(2016, 1, 1)), ("wear", b"\xff")])
def test_what_is_no_number_in_parquet_is_told_as_such(tmp_path, column, value):
    """Yes is not 1 km, a day is no year, an hour is no wear."""
    pytest.importorskip("pyarrow")
    pd.DataFrame({"package": ["N1"], "segment": ["a"],
                  "km": [1.0]} | {column: [value]}).to_parquet(tmp_path / "net.parquet")
    _, issues = read_register("net.parquet", tmp_path)
    assert [(one.code, one.column) for one in issues] == [("register_text", column)]


def test_a_record_is_a_key_by_its_text(tmp_path):
    """And no crash; a street that is bytes is its text too."""
    pytest.importorskip("pyarrow")
    pd.DataFrame({"package": ["N1", "N1"], "segment": [b"a", b"\xff"], "km": [1.0, 2.0],
                  "street": [{"a": 1}, {"a": 1}]}).to_parquet(tmp_path / "net.parquet")
    register, issues = read_register("net.parquet", tmp_path)
    assert issues == []
    assert register.segment.tolist() == [b"a", b"\\xff"]
    assert register.coded_of("street").codes.tolist() == [0, 0]


def test_a_remedy_in_russian_is_a_line_that_can_be_read():
    """Numbers of WKT have points in every language, so the example has none of a fraction."""
    for lang in ("en", "ru"):
        said = Issue("register_line", "net.csv", "", "line", "POINT (1 2)", {"count": 1, "rows": "1"}).say(lang)
        found = re.search(r"LINESTRING \([^)]*\)", said)
        assert found is not None
        assert point_of(found[0]) == (77.0, 43.5)


def test_every_kind_of_a_file_has_a_damaged_one():
    """What takes the workbook to see is in tests/test_stretches_input.py."""
    together = {"register_streets", "register_twice", "register_duplicate", "register_package", "register_quantity",
                "register_sums", "register_age", "register_wear", "register_built", "register_share",
                "register_half_place", "register_unseen", "register_twin"}
    assert {one[0] for one in DAMAGED} == {row[0] for row in STRETCHES} - together


def test_rows_that_do_not_fit_are_named(tmp_path):
    """The first row of data with them: where all rows are as long as it, nothing tells them from good ones but the
    headings."""
    name = written(tmp_path, ["N1,a,80,5,100", "N1,b,1,2", "N1,c,80,5,100", "N1,d,1"], "package,segment,km,bursts")
    _, (issue,) = read_register(name, tmp_path)
    assert (issue.sheet, issue.value, issue.severity) == ("net.csv", "N1,a,80,5,100", "stop")
    assert dict(issue.slots) == {"count": 3, "found": 5, "headings": 4, "rows": "1, 3, 4"}
    assert "5 stand under 4 headings (rows: 3, first: 1, 3, 4)" in issue.say()


@pytest.mark.parametrize("row", ["N1,a,1", "N1,a,1,", "N1,a,1,,", "N1,a,1, ,"])
def test_what_stands_under_no_heading_may_be_blank(tmp_path, row):
    """Two commas behind the headings, as spreadsheets write them for columns that were cleared."""
    found, issues = read_register(written(tmp_path, [row, ""], "package,segment,km,,"), tmp_path)
    assert [issue.code for issue in issues] == ["register_columns_unknown"]
    assert found.of("km").tolist() == [1.0]


@pytest.mark.parametrize("head", [" package, segment,km ,name", " Package ,SEGMENT, Km,Name "])
@pytest.mark.parametrize("form", ["csv", "parquet", "geojson"])
def test_blanks_beside_headings_and_capitals(tmp_path, head, form):
    rows = [dict(zip(head.split(","), ("N1", "a", 1.0, "Abai"), strict=True))]
    name = {"csv": lambda: written(tmp_path, ["N1,a,1,Abai"], head), "parquet": lambda: parquet(tmp_path, rows),
            "geojson": lambda: geojson(tmp_path, rows)}[form]()
    found, issues = read_register(name, tmp_path)
    assert issues == []
    assert (found.of("km").tolist(), found.segment.tolist(), list(found.texts("name"))) == ([1.0], [b"a"], ["Abai"])


def test_edits_of_a_database_that_are_not_in_it_yet(tmp_path):
    """A writer in WAL mode: its edits lie beside the file until it closes it, and then they are read."""
    name = geopackage(tmp_path)
    with closing(sqlite3.connect(tmp_path / name)) as base:
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("UPDATE segments SET km = 7")
        base.commit()
        _, (issue,) = read_register(name, tmp_path)
        assert issue.code == "register_edited"
        assert "net.gpkg-wal" in issue.say()
    found, _ = read_register(name, tmp_path)
    assert found.of("km").tolist() == [7.0, 7.0, 7.0]


@pytest.mark.parametrize("ending", ["-wal", "-journal"])
@pytest.mark.parametrize("held", [b"", b"\0" * 512])
def test_a_journal_that_is_done_with(tmp_path, ending, held):
    found, _ = read_register(edited(ending, held)(tmp_path), tmp_path)
    assert len(found) == 3


def test_features_of_something_else_are_none_of_the_collection(tmp_path):
    name = collection('{"metadata": {"features": [], "crs": 1}, "features": [GOOD, GOOD], "bbox": [1, 2]}')(tmp_path)
    found, issues = read_register(name, tmp_path)
    assert (len(found), issues) == (2, [])


def test_degrees_stated_as_older_collections_do(tmp_path):
    for said in ("urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326"):
        name = lined(76.9, 43.2, MERCATOR.replace("urn:ogc:def:crs:EPSG::3857", said))(tmp_path)
        found, issues = read_register(name, tmp_path)
        assert (found.of("longitude").tolist(), issues) == ([76.9], [])


def test_a_property_of_a_late_feature_is_a_column(tmp_path):
    rows = [{"package": "N1", "segment": str(i), "km": 1, **({"bursts": 3} if i == 1500 else {})} for i in range(1501)]
    found, _ = read_register(geojson(tmp_path, rows), tmp_path)
    assert found.of("bursts")[1500] == 3


def test_rows_of_a_kind_are_one_issue(tmp_path, monkeypatch):
    """40 rows without a length, over several pieces: counted, the first five named."""
    monkeypatch.setattr("jaryq.workbook.register.csv.PIECE", 7)
    name = written(tmp_path, [f"N1,{i},{'' if i % 2 else 1}" for i in range(80)], "package,segment,km")
    _, (issue,) = read_register(name, tmp_path)
    assert (issue.slots["count"], issue.slots["rows"]) == (40, "2, 4, 6, 8, 10")
    assert "rows: 40" in issue.say()


def test_a_view_is_not_read(tmp_path):
    """A file may name a view that would compute for ever."""
    name = geopackage(tmp_path)
    with closing(sqlite3.connect(tmp_path / name)) as base:
        base.execute("ALTER TABLE segments RENAME TO own")
        base.execute("CREATE VIEW segments AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i "
                     "AS package, i AS segment, i AS km FROM n")
        base.commit()
    _, issues = read_register(name, tmp_path)
    assert [issue.code for issue in issues] == ["register_unreadable"]


@pytest.mark.parametrize(("text", "point"), [
    ("LINESTRING (0 0, 2 4)", (1.0, 2.0)), ("LINESTRING Z (0 0 9, 1 1 9, 5 5 9)", (1.0, 1.0)),
    ("MULTILINESTRING ((0 0, 1 1), (2 2, 3 3))", (1.5, 1.5)), ("linestring(0 0,2 2)", (1.0, 1.0)),
    ("LINESTRING (0 0, 2)", None), ("LINESTRING (0 0, 200 0)", None), ("LINESTRING EMPTY", None),
    ("MULTILINESTRING (0 0, 1 1)", None),
    ("LINESTRING (0 0, nan 1)", None), ("", None), ("LINESTRING (" + "0 0, " * 30_000 + "0 0)", None),
])
def test_lines(text, point):
    assert point_of(text) == point


def test_lines_of_binary_geometries():
    assert wkt_of_blob(blob([(1.0, 2.0), (3.0, 4.0)])) == "LINESTRING (1.0 2.0, 3.0 4.0)"
    assert wkt_of_blob(blob([(1.0, 2.0, 9.0), (3.0, 4.0, 9.0)], kind=1002)) == "LINESTRING (1.0 2.0, 3.0 4.0)"
    two = blob([(1.0, 2.0), (3.0, 4.0)])[8:]
    several = b"GP\0\x01" + struct.pack("<i", 4326) + struct.pack("<BII", 1, 5, 2) + two + two
    assert wkt_of_blob(several) == "MULTILINESTRING ((1.0 2.0, 3.0 4.0), (1.0 2.0, 3.0 4.0))"
    for bad in (b"", b"GP", b"GP\0\1", blob([(1.0, 2.0)], kind=1), blob([(1.0, 2.0)])[:-3]):
        with pytest.raises(ValueError):
            wkt_of_blob(bad)
