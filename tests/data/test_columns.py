"""A column of an input sheet is read, and what the case keeps of a row is filled: neither can be forgotten without a
word."""

import ast
import inspect
from dataclasses import fields
from pathlib import Path

import pytest

from jaryq.case import case as records
from jaryq.case import works
from jaryq.case.build import build
from jaryq.sheets.inputs import INPUTS
from jaryq.sheets.spec import Column
from tests.rich import rich_tables

ROOT = Path(__file__).parents[2] / "model" / "jaryq"
FOR_PEOPLE = {"note", "owner", "voltage"}
"""Columns that no code is meant to read."""
OF_FUTURES = {"goes_on"}
"""What a future says of a plan that stands, and no workbook: see factors/going_on.py."""
FILLED = (records.Settings, records.Region, records.AssetType, records.Facility, records.Package, records.Source,
          works.Condition, works.Bursts)


def named_in(*rooms: str) -> set[str]:
    """Texts and fields that the code of some rooms names."""
    found: set[str] = set()
    for path in (path for room in rooms for path in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
            elif isinstance(node, ast.Attribute):
                found.add(node.attr)
    return found


def test_every_column_is_read() -> None:
    """Its name stands in a room that reads tables: one that no code names would be filled in for nothing."""
    known = named_in("case", "tables", "rules") | FOR_PEOPLE

    def read(column: Column) -> bool:
        return column.name in known or bool(column.family)

    assert [f"{sheet.name}.{column.name}" for sheet in INPUTS if not sheet.free for column in sheet.columns
            if not read(column)] == []


@pytest.mark.parametrize("record", FILLED, ids=lambda record: record.__name__)
def test_every_field_of_a_record_is_filled(record: type, monkeypatch: pytest.MonkeyPatch) -> None:
    """Defaults of records serve tests; a field that the builder leaves to its default never hears of the workbook."""
    made, init = [], record.__init__
    signature = inspect.signature(init)

    def recording(self: object, *values: object, **more: object) -> None:
        made.append(set(signature.bind(self, *values, **more).arguments))
        init(self, *values, **more)

    monkeypatch.setattr(record, "__init__", recording)
    build(rich_tables())
    assert made
    assert {field.name for field in fields(record) if not all(field.name in given for given in made)} <= OF_FUTURES
