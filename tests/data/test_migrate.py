"""Older workbooks: every step between two versions, on a made-up history of the form, and what the real one is."""

import pytest

from jaryq.api.accepted import accept
from jaryq.base.errors import InputRejected
from jaryq.base.text import Text
from jaryq.sheets.inputs import INPUT, INPUTS
from jaryq.sheets.settings import SCHEMA_VERSION
from jaryq.sheets.spec import Sheet
from jaryq.sheets.words import col
from jaryq.tables import migrate
from jaryq.tables.migrate import (
    FIRST_VERSION,
    STEPS,
    Step,
    stamped,
    version_of,
)
from jaryq.tables.migrate import migrate as migrated
from jaryq.tables.typed import typed
from jaryq.workbook.folder import write_folder
from jaryq.workbook.read import read
from tests.data.made_up_steps import change_values, in_turn, rename_column, rename_sheet
from tests.workbooks import MINIMAL, grid_workbook, minimal_tables, raw_minimal

LAST = STEPS[-1].to


def settings(version):
    rows = [*MINIMAL["settings"], *([] if version is None else [{"setting": "schema_version", "value": version}])]
    return minimal_tables(settings=rows)


def changed_sheet(sheets, name, change):
    return tuple(change(sheet) if sheet.name == name else sheet for sheet in sheets)


def old_column(sheet):
    """facilities as it was: ``cost`` was called ``price``, in mn KZT."""
    columns = tuple(col("price", "number", "Price", "Цена", "In mn KZT.", "В млн тенге.", ge=0) if c.name == "cost"
                    else c for c in sheet.columns)
    return Sheet(sheet.name, sheet.text, sheet.note, sheet.key, columns, sheet.required, sheet.free)


def old_sheet(sheet):
    """sources as it was: it was called ``purses``."""
    return Sheet("purses", Text("Purses", "Кошельки"), sheet.note, sheet.key, sheet.columns)


PRICE = Step(LAST + 1, in_turn(
    lambda tables: rename_column(tables, LAST + 1, "facilities", "price", "cost"),
    lambda tables: change_values(tables, LAST + 1, "facilities", "cost", lambda value: float(value) / 1000,
                                 Text("mn are bn now", "млн стали млрд")),
), lambda sheets: changed_sheet(sheets, "facilities", old_column))
PURSES = Step(LAST + 2, lambda tables: rename_sheet(tables, LAST + 2, "purses", "sources"),
              lambda sheets: changed_sheet(sheets, "sources", old_sheet))


@pytest.fixture
def history(monkeypatch):
    """Two more steps: the price in mn became the cost in bn; the sheet of purses became that of sources."""
    monkeypatch.setattr(migrate, "STEPS", (*STEPS, PRICE, PURSES))


def told(issues):
    return [(issue.code, issue.severity, issue.sheet, issue.cell, issue.column, issue.value) for issue in issues]


# --- the real history -------------------------------------------------------------------------------------------------

def test_there_is_a_step_to_every_version():
    assert [step.to for step in STEPS] == list(range(FIRST_VERSION + 1, SCHEMA_VERSION + 1))
    assert migrate.current() == SCHEMA_VERSION


def test_old_declarations_keep_the_place_of_the_version():
    for version in range(FIRST_VERSION, SCHEMA_VERSION + 1):
        (sheet,) = (sheet for sheet in migrate.declared_at(version) if sheet.name == "settings")
        assert {"setting", "value"} <= {column.name for column in sheet.columns}


@pytest.mark.parametrize(("stated", "version"), [(None, 1), (1, 1), (2, 2), ("2", 2), (2.0, 2), (99, 99), ("new", 1),
                                                 (0, 1), (1.5, 1)])
def test_version_of_a_workbook(stated, version):
    assert version_of(settings(stated)) == version


def test_the_version_under_its_title():
    assert version_of(minimal_tables(settings=[{"setting": "Версия формы книги", "value": 2}])) == 2


def test_no_settings_no_version():
    assert version_of(minimal_tables(settings=None)) == 1
    assert stamped(minimal_tables(settings=None), add=False)["facilities"] is not None


def test_step_to_version_2_changes_nothing_but_the_stamp(tmp_path):
    tables, issues = read(grid_workbook(tmp_path / "old.xlsx",
                                        settings=[*raw_minimal()["settings"], ["schema_version", 1]]))
    assert issues == []
    frame = tables["settings"].frame
    assert dict(zip(frame["setting"], frame["value"], strict=True)) == {"first_year": 2026.0, "last_year": 2028.0,
        "discount_rate": 6.5, "schema_version": SCHEMA_VERSION}


def test_a_workbook_without_version_is_read_as_it_is(tmp_path):
    tables, issues = read(grid_workbook(tmp_path / "old.xlsx"))
    assert issues == []
    assert tables["settings"].frame["setting"].tolist() == ["first_year", "last_year", "discount_rate"]


# --- stamps -----------------------------------------------------------------------------------------------------------

def test_stamp():
    assert version_of(stamped(settings(1))) == SCHEMA_VERSION
    added = stamped(settings(None))
    assert version_of(added) == SCHEMA_VERSION
    assert added["settings"].rows == (4, 5, 6, 7)
    assert typed(added)[1] == []
    assert version_of(settings(1)) == 1  # what was given stays


# --- newer ------------------------------------------------------------------------------------------------------------

def test_a_newer_workbook_asks_for_a_newer_program(tmp_path):
    """And for nothing else: what else is strange about it comes from the new form."""
    path = grid_workbook(tmp_path / "new.xlsx", settings=[*raw_minimal()["settings"],
                                                          ["schema_version", SCHEMA_VERSION + 1]],
                                                          wonders=[["wonder"], [1]])
    tables, issues = read(path)
    assert told(issues) == [("newer_version", "stop", "settings", "B7", "schema_version", str(SCHEMA_VERSION + 1))]
    assert f"up to {SCHEMA_VERSION}" in issues[0].say("en")
    assert "Обновите" in issues[0].say("ru")
    with pytest.raises(InputRejected) as rejected:
        accept(tables, issues)
    assert rejected.value.issues[0].code == "newer_version"


# --- a made-up history ------------------------------------------------------------------------------------------------

OLD = {"facilities": [["facility", "price"], ["F1", 12500], ["F2", 7000]]}


def old_grid(tmp_path, version, **sheets):
    """A workbook as it was made before the two steps."""
    raw = raw_minimal()
    rows = [*raw["settings"], *([] if version is None else [["schema_version", version]])]
    path = grid_workbook(tmp_path / "old.xlsx", **{"settings": rows, **OLD, "purses": raw["sources"], **sheets})
    import openpyxl
    book = openpyxl.load_workbook(path)
    del book["sources"]
    book.save(path)
    return path


@pytest.mark.parametrize("version", [None, 1, LAST])
def test_old_names_and_values_are_taken_along_and_told(tmp_path, history, version):
    tables, issues = read(old_grid(tmp_path, version))
    assert tables["facilities"].frame.to_numpy().tolist() == [["F1", 12.5], ["F2", 7.0]]
    assert tables["facilities"].columns == {"facility": "A", "cost": "B"}
    assert "purses" not in tables
    assert tables["sources"].sheet == "sources"
    assert told(issues) == [
        ("migrated", "note", "facilities", "B3", "cost", "price"),
        ("migrated", "note", "facilities", "B4", "cost", "12500"),
        ("migrated", "note", "facilities", "B5", "cost", "7000"),
        ("migrated", "note", "purses", "", "", "purses"),
    ]
    assert "the column is called cost now" in issues[0].say("en")
    assert "столбец теперь называется cost" in issues[0].say("ru")
    assert typed(tables)[1] == []


def test_only_the_steps_that_follow_are_taken(tmp_path, history):
    """A workbook of the version between: cost is in bn already, the sheet still called purses."""
    tables, issues = read(old_grid(tmp_path, LAST + 1, facilities=[["facility", "cost"], ["F1", 12.5]]))
    assert tables["facilities"].frame["cost"].tolist() == [12.5]
    assert told(issues) == [("migrated", "note", "purses", "", "", "purses")]


def test_old_names_in_a_present_workbook_are_unknown(tmp_path, history):
    issues = read(old_grid(tmp_path, LAST + 2))[1]
    assert ("unknown_sheet", "purses") in {(issue.code, issue.sheet) for issue in issues}
    assert ("column_left_out", "facilities", "B3") in {(issue.code, issue.sheet, issue.cell) for issue in issues}


def test_an_old_folder_is_migrated_too(tmp_path, history):
    write_folder(minimal_tables(), tmp_path / "case")
    (tmp_path / "case" / "sources.csv").rename(tmp_path / "case" / "purses.csv")
    (tmp_path / "case" / "facilities.csv").write_text("facility,price\nF1,12500\n", encoding="utf-8")
    tables, issues = read(tmp_path / "case")
    assert tables["facilities"].frame["cost"].tolist() == [12.5]
    assert told(issues) == [("migrated", "note", "facilities", "B1", "cost", "price"),
                            ("migrated", "note", "facilities", "B2", "cost", "12500"),
                            ("migrated", "note", "purses", "", "", "purses")]


def test_a_step_leaves_what_it_does_not_find():
    """A sheet or column that the old workbook did not have is no matter."""
    bare = minimal_tables(facilities=None)
    for change in (PRICE.change, PURSES.change):
        tables, notes = change(bare)
        assert tables is bare
        assert notes == []


def test_tables_of_the_present_version_pass_untouched():
    tables = settings(SCHEMA_VERSION)
    assert migrated(tables, SCHEMA_VERSION) == (tables, [])
    assert migrate.declared_at(SCHEMA_VERSION) is INPUTS
    assert INPUT["facilities"] in migrate.declared_at(FIRST_VERSION)
