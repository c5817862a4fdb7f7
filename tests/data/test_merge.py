"""A part of a workbook merged into the whole by row key: what takes its place, what stays, what is refused.
Expectations follow from the rules in docs/compare.md."""

import openpyxl
import pytest
from openpyxl.comments import Comment

from jaryq.commands.cli import main
from jaryq.report.differences import text
from jaryq.tables.merge import blanks, merge, moved, wrong_base, wrong_part
from jaryq.tables.tables import Table, Tables
from jaryq.tables.typed import typed
from jaryq.workbook.folder import write_folder
from jaryq.workbook.read import read
from tests.sampled import exhaustive_beside
from tests.workbooks import minimal_tables, plain_workbook


def part_of(**sheets):
    return Tables("part", {name: Table.of(name, rows) for name, rows in sheets.items()})


def values(tables, sheet):
    return {next(record[name] for name in ("facility", "source_id", "setting") if name in record): record
            for _, record in tables[sheet].records()}


def wrong(base, part, issues=()):
    return [(issue.code, issue.sheet, issue.cell, issue.value) for issue in wrong_part(base, part, issues)]


def test_changed_added_and_same():
    base = minimal_tables()
    part = part_of(facilities=[{"facility": "F2", "cost": 7.5, "works_months": 18.0},
                               {"facility": "F9", "name": "New", "cost": 3.0}],
                   source_years=[{"source_id": "S1", "2026": 10.0, "2029": 4.0}],
                   sources=[{"source_id": "S1", "kind": "budget"}])
    done = merge(base, part)
    assert values(done.tables, "facilities") == {
        "F1": {"facility": "F1", "name": "Boiler house", "cost": 12.5, "must_do": True, "data_status": "estimate",
               "works_months": None},
        "F2": {"facility": "F2", "name": "Substation", "cost": 7.5, "must_do": None, "data_status": "reported",
               "works_months": 18.0},
        "F9": {"facility": "F9", "name": "New", "cost": 3.0, "must_do": None, "data_status": None,
               "works_months": None}}
    assert values(done.tables, "source_years") == {"S1": {"source_id": "S1", "2026": 10.0, "2027": 10.0, "2028": None,
                                                          "2029": 4.0}}
    said = [(sheet.sheet.name, row.kind, row.key, {(cell.column, cell.old, cell.new, cell.old_cell, cell.new_cell)
                                                   for cell in row.cells})
            for sheet in done.changes.sheets for row in sheet.rows]
    assert said == [("facilities", "changed", ("F2",), {("cost", 7.0, 7.5, "C5", "B4")}),
                    ("facilities", "added", ("F9",), {("cost", None, 3.0, "", "B5"), ("name", None, "New", "", "D5")}),
                    ("source_years", "changed", ("S1",), {("2029", None, 4.0, "", "C4")})]
    assert done.same == 1
    assert done.tables["sources"] is base["sources"]


def test_what_is_repaired_in_a_part_is_merged_as_it_is_understood():
    done = merge(minimal_tables(), part_of(facilities=[{"facility": "F1", "cost": "13,5"},
                                                       {"facility": "F2", "must_do": "да"}]))
    assert (values(done.tables, "facilities")["F1"]["cost"],
            values(done.tables, "facilities")["F2"]["must_do"]) == (13.5, True)


def test_a_blank_cell_of_a_part_erases_nothing_and_is_told():
    """The cost of F2 stays 7; the column is told once, at the first blank cell."""
    base, part = minimal_tables(), part_of(facilities=[{"facility": "F2", "cost": None}])
    assert values(merge(base, part).tables, "facilities")["F2"]["cost"] == 7.0
    assert [(issue.code, issue.sheet, issue.cell, issue.slots["count"])
            for issue in blanks(base, part)] == [("part_blank", "facilities", "B4", 1)]


def test_a_row_of_a_part_never_takes_the_place_of_another(tmp_path):
    """The whole has a row without key where the part has a new one: by the row's number they would be one."""
    base = minimal_tables(facilities=[{"facility": "F1", "cost": 1.0}, {"facility": None, "cost": 2.0}])
    done = merge(base, part_of(facilities=[{"facility": "F1", "cost": 1.0}, {"facility": "F5", "cost": 5.0}]))
    assert done.tables["facilities"].frame[["facility", "cost"]].to_numpy().tolist() == [["F1", 1.0], [None, 2.0],
        ["F5", 5.0]]


@pytest.mark.parametrize(("rows", "expected"), [
    ({"facilities": [{"facility": "F1", "cost": 1.0}, {"facility": "F1", "cost": 2.0}]},
     ("duplicate_key", "facilities", "A5", "F1")),
    ({"facilities": [{"facility": None, "cost": 1.0}]}, ("part_without_key", "facilities", "A4", "")),
    ({"facilities": [{"facility": "F1", "cost": "12,500"}]}, ("ambiguous_number", "facilities", "B4", "12,500")),
    ({"facilities": [{"facility": "F1", "cost": -1.0}]}, ("value_below_minimum", "facilities", "B4", "-1")),
    ({"settings": [{"setting": "discount_rate", "value": 9.0}]}, ("part_of_settings", "settings", "B4", "9")),
    ({"settings": [{"setting": "gap", "value": 1.0}]}, ("part_of_settings", "settings", "B4", "1")),
])
def test_what_is_refused_has_its_cell(rows, expected):
    assert wrong(minimal_tables(), part_of(**rows)) == [expected]


def test_what_a_part_may_lack():
    """Settings that are the same, references into the whole, required columns of rows that the whole has."""
    part = part_of(settings=[{"setting": "discount_rate", "value": 6.5}],
                   facilities=[{"facility": "F1", "region": "R9"}], source_years=[{"source_id": "S1", "2026": 4.0}])
    assert wrong(minimal_tables(), part) == []
    assert merge(minimal_tables(), part).tables["settings"].frame["value"].tolist() == [2026, 2028, 6.5]


def test_a_key_that_stands_twice_in_the_whole():
    base = minimal_tables(facilities=[{"facility": "F1", "cost": 1.0}, {"facility": "F2", "cost": 2.0},
                                      {"facility": "F1", "cost": 3.0}])
    found = wrong_part(base, part_of(facilities=[{"facility": "F1", "cost": 4.0}]), ())
    assert [(issue.code, issue.cell) for issue in found] == [("part_meets_two", "A4")]
    assert "(A4, A6)" in found[0].say()
    assert wrong(base, part_of(facilities=[{"facility": "F2", "cost": 4.0}])) == []


# --- the command ------------------------------------------------------------------------------------------------------

@pytest.fixture
def run(capsys):
    def call(*arguments):
        code = main([str(word) for word in arguments])
        said = capsys.readouterr()
        return code, said.out + said.err
    return call


@pytest.fixture
def base(tmp_path):
    """The whole, with a remark on a cell, a sheet of notes and a column of notes."""
    path = tmp_path / "base.xlsx"
    plain_workbook(minimal_tables(), path)
    book = openpyxl.load_workbook(path)
    page = book["facilities"]
    page["A5"].comment = Comment("ask the akimat", "Aigerim")
    last = page.max_column + 1
    page.cell(3, last, "# mine")
    page.cell(7, last, "a remark below the rows")
    book.create_sheet("#plans")["A1"] = "keep me"
    book.save(path)
    return path


@pytest.fixture
def part(tmp_path):
    """A folder with one file."""
    (tmp_path / "part").mkdir()
    (tmp_path / "part" / "facilities.csv").write_text(
        "facility;cost;works_months;name\nF2;7,5;;Подстанция\nF3;4;12;Котельная\n", "cp1251")
    return tmp_path / "part"


def test_the_command(run, base, part, tmp_path):
    code, said = run("merge", base, part, tmp_path / "out.xlsx")
    assert code == 0
    assert "facilities (Facilities): 1 changed, 1 added" in said
    assert "7 -> 7.5 bn KZT" in said
    assert "1 cell(s) of the column are blank in the part" in said
    assert "cp1251" in said
    tables, issues = read(tmp_path / "out.xlsx")
    assert issues == []
    done = values(typed(tables)[0], "facilities")
    assert [(key, row["cost"], row["works_months"], row["name"]) for key, row in done.items()] == [
        ("F1", 12.5, None, "Boiler house"), ("F2", 7.5, 18.0, "Подстанция"), ("F3", 4.0, 12.0, "Котельная")]
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert book["facilities"]["A5"].comment.text == "ask the akimat"
    assert book["#plans"]["A1"].value == "keep me"
    notes = [cell.value for row in book["facilities"].iter_rows() for cell in row]
    assert notes.count("a remark below the rows") == 1
    # merging twice changes nothing
    assert run("merge", tmp_path / "out.xlsx", part, tmp_path / "again.xlsx")[1].count("No differences") == 1


def test_a_folder_is_written_without_an_ending(run, part, tmp_path):
    write_folder(minimal_tables(), tmp_path / "base")
    code, said = run("merge", tmp_path / "base", part, tmp_path / "out", "--lang", "ru")
    assert code == 0
    assert "изменено" in said
    assert "F3,Котельная,4,12" in (tmp_path / "out" / "facilities.csv").read_text("utf-8")


def test_what_is_refused_writes_nothing(run, base, part, tmp_path):
    (part / "facilities.csv").write_text("facility,cost\nF2,1\nF2,2\n,3\n", "utf-8")
    code, said = run("merge", base, part, tmp_path / "out.xlsx")
    assert code == 2
    assert f"In {part}:" in said
    assert "facilities!A3" in said
    assert "facilities!A4" in said
    assert not (tmp_path / "out.xlsx").exists()
    assert run("merge", tmp_path / "nowhere.xlsx", part, tmp_path / "out.xlsx")[0] == 2


@exhaustive_beside("test_what_is_refused_writes_nothing")
def test_neither_input_is_overwritten(run, base, part, tmp_path):
    kept = base.read_bytes()
    assert run("merge", base, part, base)[0] == run("merge", base, part, part)[0] == 64
    (tmp_path / "mine.xlsx").write_bytes(kept + b" ")
    assert run("merge", base, part, tmp_path / "mine.xlsx")[0] == 64
    assert run("merge", base, part, tmp_path / "mine.xlsx", "--force")[0] == run("merge", base, part,
        tmp_path / "mine.xlsx")[0] == 0
    assert base.read_bytes() == kept


def test_a_whole_that_would_lose_something_is_refused(tmp_path, base):
    book = openpyxl.load_workbook(base)
    book.create_sheet("Ideas")["A1"] = "mine"
    book["facilities"]["C4"].value = "#REF!"
    book["facilities"]["C4"].data_type = "e"
    book.save(tmp_path / "lossy.xlsx")
    assert {issue.code for issue in wrong_base(read(tmp_path / "lossy.xlsx")[1])} >= {"error_value"}


@pytest.mark.parametrize("key", ["f1", "Ғ1", "F‐1"])
def test_a_new_key_that_looks_like_one_of_the_whole_stops(key):
    """Letter case, the Kazakh letter Ғ; another dash is no other key only where the whole has one."""
    base = minimal_tables(facilities=[{"facility": "F1", "cost": 5.0}, {"facility": "F-1", "cost": 4.0}])
    said = wrong(base, part_of(facilities=[{"facility": key, "cost": 6.0}]))
    assert [(code, sheet, cell) for code, sheet, cell, _ in said] == [("part_nearly_meets", "facilities", "A4")]


def test_a_row_taken_to_another_region_is_told():
    """F1 of the whole is of KZ-10; the part has it in KZ-35. F2 repeats its region, F9 is new."""
    tables = minimal_tables()
    records = [{**record, "region": region}
               for (_, record), region in zip(tables.get("facilities").records(), ("KZ-10", "KZ-35"), strict=True)]
    base = tables.with_sheet(Table.of("facilities", records))
    part = part_of(facilities=[{"facility": "F1", "region": "KZ-35"}, {"facility": "F2", "region": "KZ-35"},
                               {"facility": "F9", "region": "KZ-10"}])
    assert [(issue.code, issue.cell, issue.value, issue.slots["old"])
            for issue in moved(base, part)] == [("part_moves", "B4", "KZ-35", "KZ-10")]


def test_amounts_of_a_part_are_told_in_the_currency_of_the_whole():
    """S1 of the whole is in KZT; the part has only its ceilings, no sheet sources."""
    base = minimal_tables()
    part = part_of(source_years=[{"source_id": "S1", "2029": 4.5}])
    assert "4,5 млрд тенге" in " ".join(text(merge(base, part).changes, "a", "b", "ru"))
    assert "4.5 bn KZT" in " ".join(text(merge(base, part).changes, "a", "b", "en"))
