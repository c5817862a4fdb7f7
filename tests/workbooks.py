"""A minimal valid workbook as Tables, and files that are broken in one place, for tests of every package."""

from __future__ import annotations

import datetime
import random
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

from jaryq.sheets.inputs import INPUT, INPUTS
from jaryq.sheets.settings import SCHEMA_VERSION, SETTINGS
from jaryq.sheets.spec import Column, Sheet
from jaryq.tables.keys import ALSO
from jaryq.tables.row_units import BESIDE
from jaryq.tables.tables import FIRST_DATA_ROW, Table, Tables
from jaryq.workbook.folder import headings_of
from jaryq.workbook.grid import HEADING_ROW
from jaryq.workbook.inputs import _complete

Records = Sequence[Mapping[str, Any]]

MINIMAL: dict[str, Records] = {
    "settings": [
        {"setting": "first_year", "value": 2026},
        {"setting": "last_year", "value": 2028},
        {"setting": "discount_rate", "value": 6.5},
    ],
    "facilities": [
        {"facility": "F1", "name": "Boiler house", "cost": 12.5, "must_do": True, "data_status": "estimate"},
        {"facility": "F2", "name": "Substation", "cost": 7.0, "works_months": 18.0, "data_status": "reported"},
    ],
    "sources": [{"source_id": "S1", "name": "Republican budget", "kind": "budget", "keep": 100.0}],
    "source_years": [{"source_id": "S1", "2026": 10.0, "2027": 10.0, "2028": None}],
}


def minimal_tables(**changes: Records | None) -> Tables:
    """Settings, two facilities, one source with its ceilings; ``changes`` replace sheets (None: the sheet is
    absent)."""
    records = {name: rows for name, rows in {**MINIMAL, **changes}.items() if rows is not None}
    return Tables("minimal", {name: Table.of(name, rows) for name, rows in records.items()})


def plain_workbook(tables: Tables, path: Path, _lang: str = "en") -> None:
    """The same cells in the same places as ``write_inputs`` has them, without its titles, looks, drop-downs, contents
    and dictionary: a workbook for tests of what is read, in a tenth of the time (``tests/workbook/test_inputs.py``
    holds that the same is read)."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"created": datetime.datetime(2026, 1, 1)})
        for sheet in INPUTS:
            table, page = _complete(sheet, tables), book.add_worksheet(sheet.name)
            for place, name in enumerate(headings_of(sheet, table)):
                page.write_string(HEADING_ROW - 1, place, name)
                for row, value in enumerate(table.values[name], start=FIRST_DATA_ROW - 1):
                    if isinstance(value, bool | str):
                        page.write_string(row, place, ("yes" if value else "no") if isinstance(value, bool) else value)
                    elif value is not None:
                        page.write_number(row, place, value)


def grid_workbook(path: Path, **sheets: Sequence[Sequence[Any]]) -> Path:
    """A workbook of raw rows by sheet, each from row 3 (the headings) on; a cell may be (value, number format).

    The sheets of the minimal workbook that are not given stand in it as they are.
    """
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in {**raw_minimal(), **sheets}.items():
        page = book.create_sheet(name.replace("__", "#"))
        for row, values in enumerate(rows, start=3):
            for place, value in enumerate(values, start=1):
                cell = page.cell(row, place)
                cell.value = value[0] if isinstance(value, tuple) else value
                if isinstance(value, tuple):
                    cell.number_format = value[1]
    book.save(path)
    return path


ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" '
    'office:version="1.3"><office:automatic-styles><style:style style:name="gone" '
    'style:family="table"><style:table-properties table:display="false"/>'
    "</style:style></office:automatic-styles><office:body><office:spreadsheet>")


def ods_workbook(path: Path, raw: Mapping[str, str] | None = None, **sheets: Sequence[Sequence[Any]]) -> Path:
    """The same as grid_workbook as an .ods file written by hand. A cell may be a number, a text, or the XML of the cell
    itself; ``raw`` gives whole sheets as the XML of their rows."""
    parts = []
    for name, rows in {**raw_minimal(), **sheets}.items():
        lines = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
        parts.append(f'<table:table table:name="{name.replace("__", "#")}"><table:table-row '
                     f'table:number-rows-repeated="2"><table:table-cell/></table:table-row>{lines}'
                     '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
                     'table:number-columns-repeated="16384"/></table:table-row></table:table>')
    parts += [f'<table:table table:name="{name}">{rows}</table:table>' for name, rows in (raw or {}).items()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("content.xml",
                         f"{ODS_HEAD}{''.join(parts)}</office:spreadsheet></office:body></office:document-content>")
        archive.writestr("META-INF/manifest.xml", (
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'))
    return path


def _ods_cell(value: Any) -> str:
    if value is None or value == "":
        return "<table:table-cell/>"
    if isinstance(value, str) and value.startswith("<"):
        return value
    if isinstance(value, (bool, str)):
        text = ("yes" if value else "no") if isinstance(value, bool) else value
        return (
            '<table:table-cell office:value-type="string" '
            f'calcext:value-type="string"><text:p>{text}</text:p></table:table-cell>')
    return (
        f'<table:table-cell office:value-type="float" office:value="{value}" '
        f'calcext:value-type="float"><text:p>{value}</text:p></table:table-cell>')


def edit_parts(path: Path, **edits: Callable[[str], str]) -> Path:
    """The workbook with the text of some parts changed; a part is named by its end, with _ for a point:
    ``sheet2_xml``."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for end, edit in edits.items():
        for name in [name for name in parts if name.endswith(end.replace("_xml", ".xml").replace("_rels", ".rels"))]:
            parts[name] = edit(parts[name].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


STRICT = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships":
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    "http://schemas.openxmlformats.org/drawingml/2006": "http://purl.oclc.org/ooxml/drawingml",
}


def as_strict(path: Path) -> Path:
    """The workbook in the strict form of the standard, as "Strict Open XML Spreadsheet" of Excel writes it: other names
    of namespaces."""
    def renamed(text: str) -> str:
        for old, new in STRICT.items():
            text = text.replace(old, new)
        return text
    return edit_parts(path, _xml=renamed, _rels=renamed)


def raw_minimal() -> dict[str, list[list[Any]]]:
    """The minimal workbook as rows of cells: headings, then values."""
    return {name: [list(table.frame.columns), *table.frame.to_numpy().tolist()]
            for name, table in minimal_tables().sheets.items()}


AWKWARD = ("=SUM(A1:A2)", "#N/A", "2030", "007", "1e5", "nan", "TRUE", 'a "quoted", text', "two\nlines", "Қазақстан",
           "日本", "-", ";", "'apostrophe", "=",
           "12,500", "1 234", "%", "&<>")
NUMBERS = (0.0, 7.0, 12.5, 0.1 + 0.2, 1e-7, 123456789.123, 1 / 3)


def random_value(chance: random.Random, keys: Mapping[str, list[str]], sheet: Sheet, column: Column, row: int) -> Any:
    """A valid value of a column, often blank where it may be."""
    if column.name in sheet.key and not column.ref and not column.one_of and column.kind == "text":
        return keys[sheet.name][row]
    if sheet.name == "sources_and_method":
        return chance.choice(AWKWARD)
    if column.name not in sheet.key and not column.required and chance.random() < 0.3:
        return None
    if known := column.ref or ALSO.get((sheet.name, column.name), ""):
        ref = chance.choice(known.split("|"))
        return keys[ref][row] if column.name in sheet.key else chance.choice(keys[ref])
    if column.one_of:
        return chance.choice(column.one_of)
    if column.kind == "yes_no":
        return chance.random() < 0.5
    if column.numbers:
        return chance.choice(("1", "0.25; 0.75", "1; 2.5; 1e-07"))
    if column.headings:
        figures = [other.name for other in sheet.columns if other.kind in ("number", "integer") and not other.family
                   and other.name not in sheet.key]
        return "; ".join(sorted(chance.sample(figures, min(2, len(figures))))) or None
    if column.kind == "text":
        return chance.choice(AWKWARD)
    return random_number(chance, column)


def random_number(chance: random.Random, column: Column) -> float:
    low = column.ge if column.ge is not None else column.gt if column.gt is not None else 0
    high = column.le if column.le is not None else column.unit_of.most if column.unit_of else 1e9
    if column.unit == "number" and column.name in BESIDE:
        high = min(high, 1e6)  # what every unit that the row may state bears
    if column.kind == "integer":
        return chance.randint(int(low), int(high))
    number = min(low + chance.choice(NUMBERS), high)
    if column.unit.startswith("%") and 0 < number < 1:  # a surprise on some columns
        number += 1
    return number if column.gt is None or number > column.gt else low + 0.5


def random_tables(seed: int, rows: int = 4) -> Tables:
    """Valid tables of every sheet, with awkward texts and numbers, made from the declarations."""
    chance = random.Random(seed)
    keys = {sheet.name: [f"{sheet.name[:3].upper()}-{number}" for number in range(rows)] for sheet in INPUTS}
    keys["quantities"] = [f"Qua_{number}" for number in range(rows)]
    tables = {}
    for sheet in INPUTS:
        if sheet is SETTINGS:
            records = [{"setting": "first_year", "value": 2026}, {"setting": "last_year", "value": 2030},
                       {"setting": "case", "value": "2030 год"},
                       {"setting": "gap", "value": 0.1 + 0.2, "note": chance.choice(AWKWARD)},
                       {"setting": "tie_break", "value": "no"}, {"setting": "seed"},
                       {"setting": "schema_version", "value": SCHEMA_VERSION}]
        else:
            members = {"": ("",), "year": ("2026", "2028"), "country": ("CN", "JP"), "quantity": ("qua_0", "qua_2")}
            records = [{column.name + member: random_value(chance, keys, sheet, column, row) for column in sheet.columns
                        for member in members[column.family]}
                       for row in range(rows)]
        tables[sheet.name] = Table.of(sheet.name, records, [] if sheet.free
                                      else [column.name for column in sheet.columns if not column.family])
    return Tables("random", tables)


def same(one: Tables, other: Tables, by_key: bool = False) -> bool:
    """Whether two sets of typed tables hold the same values of the same types, in the same rows (or in rows sorted by
    key)."""
    def values(table: Table) -> list[list[tuple[type, Any]]]:
        frame = table.frame.sort_values(list(INPUT[table.sheet].key),
                                        key=lambda column: column.map(str)) if by_key else table.frame
        return [[(type(value), value) for value in row] for row in frame.to_numpy().tolist()]

    full = [{name: table for name, table in tables.sheets.items() if len(table)} for tables in (one, other)]
    return full[0].keys() == full[1].keys() and all(
        list(table.frame.columns) == list(full[1][name].frame.columns) and values(table) == values(full[1][name])
        for name, table in full[0].items())


def two_that_exclude_each_other(place):
    """A workbook of two facilities that 10 bn pay for one by one, but not both (4 + 9), and both are asked for."""
    targets = [{"target": key, "measure": "facilities", "filter": f"project={key}", "value": 1.0, "unit": "facilities",
                "priority": "hard", "years": 2027} for key in ("F2", "F3")]
    facilities = [{"facility": "F2", "name": "Two", "cost": 4.0, "benefit": 9.0},
                  {"facility": "F3", "name": "Three", "cost": 9.0, "benefit": 12.0}]
    years = [{"source_id": "S1", "2026": 5.0, "2027": 5.0, "2028": 5.0}]
    plain_workbook(minimal_tables(facilities=facilities, targets=targets, source_years=years), place)
