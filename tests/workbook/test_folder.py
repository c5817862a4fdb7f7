"""A folder of CSV files holds the same tables as the workbook."""

import pytest

from jaryq.sheets.inputs import INPUTS
from jaryq.tables.tables import Table
from jaryq.tables.typed import typed
from jaryq.workbook.folder import write_folder
from jaryq.workbook.inputs import write_inputs
from jaryq.workbook.read import read
from tests.sampled import exhaustive_but
from tests.workbooks import minimal_tables, random_tables, same


def places(issues):
    return [(issue.code, issue.sheet, issue.cell, issue.column, issue.value) for issue in issues]


@pytest.fixture
def folder(tmp_path):
    """The minimal workbook as a folder, with some files replaced by given bytes or text (None: deleted)."""
    def make(**files):
        write_folder(minimal_tables(), tmp_path / "case")
        for stem, content in files.items():
            path = tmp_path / "case" / f"{stem}.csv"
            path.unlink(missing_ok=True)
            if content is not None:
                path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path / "case"
    return make


@pytest.mark.parametrize("seed", exhaustive_but(range(8), [1]))
def test_folder_and_workbook_hold_the_same_typed_tables(tmp_path, seed):
    tables = typed(random_tables(seed))[0]
    write_folder(tables, tmp_path / "random")
    write_inputs(tables, tmp_path / "random.xlsx")
    (folder, one), (book, two) = read(tmp_path / "random"), read(tmp_path / "random.xlsx")
    assert one == two == []
    (folder, one), (book, two) = typed(folder), typed(book)
    assert {issue.code for issue in (*one, *two)} <= {"partner_unknown"}  # random texts are no partners
    free = next(sheet.name for sheet in INPUTS if sheet.free)
    assert folder.name == book.name == "random"
    for read_back in (folder, book):
        assert same(read_back, tables, by_key=True)
        assert read_back[free].frame["topic"].tolist() == tables[free].frame["topic"].tolist()


def test_files_as_they_are_written(folder):
    path = folder()
    assert sorted(file.name for file in path.iterdir()) == ["facilities.csv", "settings.csv", "source_years.csv",
                                                            "sources.csv"]
    assert (path / "facilities.csv").read_text() == (
        "facility,name,cost,works_months,must_do,data_status\nF1,Boiler "
        "house,12.5,,yes,estimate\nF2,Substation,7,18,,reported\n")
    assert (path / "source_years.csv").read_text() == "source_id,2026,2027,2028\nS1,10,10,\n"


def test_rows_are_sorted_by_key_and_numbers_short(tmp_path):
    rows = [{"facility": key, "cost": cost} for key, cost in (("F10", 0.1 + 0.2), ("F9", 1e-7), ("F1", 7.0),
        ("Ж", 1e20))]
    write_folder(minimal_tables(facilities=rows), tmp_path)
    assert (tmp_path / "facilities.csv").read_text(
        "utf-8") == "facility,cost\nF1,7\nF10,0.30000000000000004\nF9,1e-07\nЖ,1e+20\n"


def test_a_sheet_that_is_gone_takes_its_file_along(folder):
    path = folder(regions="region\nKZ-10\n", **{"#notes": "ours"})
    write_folder(minimal_tables(), path)
    assert not (path / "regions.csv").exists()
    assert (path / "#notes.csv").exists()


def test_cells_are_those_of_the_file(folder):
    text = 'facility,name,cost\nF1,"two\nlines",1\n\nF2,x,-5\n'
    tables, shape = read(folder(facilities=text))
    issues = typed(tables)[1]
    assert shape == []
    assert tables["facilities"].rows == (2, 5)
    assert places(issues) == [("value_below_minimum", "facilities", "C5", "cost", "-5")]


def test_texts_of_text_columns_stay_and_numbers_need_no_note(folder):
    tables, issues = read(folder(facilities="facility,name,cost\n007,1e5,1e3\n12,nan,7\n"))
    done, found = typed(tables)
    assert issues == found == []
    assert done["facilities"].frame[["facility", "name", "cost"]].to_numpy().tolist() == [["007", "1e5", 1000.0],
        ["12", "nan", 7.0]]


@pytest.mark.parametrize("content", [
    "\ufefffacility,cost\nF1,12.5\n", "facility;cost\nF1;12,5\n", "facility\tcost\r\nF1\t12.5\r\n",
    "Объект,Стоимость\nF1,12.5",
    '"facility","cost"\n"F1","12.5"\n'])
def test_forms_of_csv(folder, content):
    tables, issues = read(folder(facilities=content))
    done, found = typed(tables)
    assert issues == found == []
    assert done["facilities"].frame["cost"].tolist() == [12.5]


def test_semicolons_make_a_comma_a_decimal_comma(folder):
    """Without a note; but for 12,500, which is as ambiguous as anywhere."""
    done, issues = typed(read(folder(facilities="facility;cost\nF1;12,5\nF2;0,125\nF3;12,500\n"))[0])
    assert [(issue.code, issue.cell) for issue in issues] == [("ambiguous_number", "B4")]
    assert done["facilities"].frame["cost"].tolist() == [12.5, 0.125, None]


def test_numbers_of_settings_by_their_declarations(folder):
    done, issues = typed(
        read(folder(settings="setting,value\nfirst_year,2026\nlast_year,2030\ncase,007\ngap,0.5\n"))[0])
    assert issues == []
    assert done["settings"].frame["value"].tolist() == [2026, 2030, "007", 0.5]


@pytest.mark.parametrize(("files", "expected"), [
    ({"sources": None}, ("missing_sheet", "sources", "", "", "")),
    ({"region": "region\n"}, ("unknown_sheet", "region", "", "", "region")),
    ({"facilities": "facility,costs\n"}, ("unknown_column", "facilities", "B1", "costs", "costs")),
    ({"facilities": "facility,cost,COST\n"}, ("duplicate_column", "facilities", "C1", "cost", "COST")),
    ({"facilities": "facility,,cost\nF1,x,1\n"}, ("missing_heading", "facilities", "B1", "", "")),
    ({"source_years": "2026\n5\n"}, ("missing_column", "source_years", "B1", "source_id", "")),
    ({"facilities": ""}, ("missing_column", "facilities", "A1", "facility", "")),
    ({"facilities": "facility,name\nF1,Алматы\n".encode("cp1251")},
     ("other_encoding", "facilities", "", "", "facilities.csv")),
    ({"facilities": b"facility,name\nF1,a\x00b\n"}, ("unreadable_file", "facilities", "", "", "facilities.csv")),
    ({"facilities": 'facility,name\nF1,"never closed\n'}, ("unreadable_file", "facilities", "", "", "facilities.csv")),
])
def test_issues_of_shape(folder, files, expected):
    issues = read(folder(**files))[1]
    assert places(issues) == ([expected] if expected else [])
    assert all(issue.say(lang) for issue in issues for lang in ("en", "ru"))


def test_an_empty_folder(tmp_path):
    tables, issues = read(tmp_path)
    assert tables.sheets == {}
    assert places(issues) == [("unreadable_file", "", "", "", tmp_path.name)]


def test_in_memory_and_from_file_agree(folder):
    assert same(typed(read(folder())[0])[0], typed(minimal_tables())[0], by_key=True)
    assert Table.of("x", []).rows == ()


def test_rows_that_work_from_the_top_keep_their_order(tmp_path):
    """set, then add; sorted by key add would come first and give another value."""
    changes = [{"scenario": "s", "sheet": "sources", "column": "envelope", "operation": name, "value": "2"}
               for name in ("set", "add")]
    write_folder(minimal_tables(scenarios=[{"scenario": "s"}], scenario_changes=changes), tmp_path / "case")
    assert read(tmp_path / "case")[0]["scenario_changes"].frame["operation"].tolist() == ["set", "add"]


def test_a_line_of_very_many_headings_is_refused(tmp_path):
    (tmp_path / "facilities.csv").write_text("x," * 200_000)
    told = [(issue.code, issue.sheet) for issue in read(tmp_path)[1] if issue.code == "unreadable_file"]
    assert told == [("unreadable_file", "facilities")]
