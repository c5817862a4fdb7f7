"""Editing a workbook without a browser: what is typed, undone, checked and saved into the user's own file."""

import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment

from jaryq.base.issues import stops
from jaryq.desk.carried import DOUBLED, NO_ROW, Change, meant_by, row_of
from jaryq.desk.desk import Desk
from jaryq.desk.draft import Draft
from jaryq.desk.drafts import draft_of
from jaryq.desk.grid import heads_of, marks_of, rows_of
from jaryq.desk.kept import open_elsewhere
from jaryq.desk.refused import Refused
from jaryq.desk.steps import Covered
from jaryq.sheets.inputs import INPUT
from jaryq.tables.tables import Table, Tables
from jaryq.workbook.inputs import write_inputs
from jaryq.workbook.read import read_all
from tests.sampled import exhaustive_beside, exhaustive_but_for
from tests.workbooks import minimal_tables, plain_workbook


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The workbook as the program writes it, with what people add: a remark, a colour, a sheet and a column of notes, a
    formula there, a picture of its own."""
    path = tmp_path_factory.mktemp("own") / "own.xlsx"
    write_inputs(minimal_tables(), path)
    book = openpyxl.load_workbook(path)
    page = book["facilities"]
    page["D4"].comment = Comment("ask Aigerim", "Aigerim")
    page["D5"].fill = openpyxl.styles.PatternFill("solid", fgColor="00FF00")
    # its six hundred rows would be most of what every test here reads, compares and writes
    book["#dictionary"].delete_rows(10, 1_000)
    notes = book.create_sheet("#mine")
    notes["A1"], notes["B2"] = "=1+1", "<script>alert(1)</script>"
    book.save(path)
    return path.read_bytes()


@pytest.fixture
def case(tmp_path, written):
    path = tmp_path / "case.xlsx"
    path.write_bytes(written)
    return path


def cells(path):
    """All cells of all sheets: values (formulas as such), number formats, fills, remarks."""
    book = openpyxl.load_workbook(path)
    return {(page.title, cell.coordinate): (cell.value, cell.number_format, cell.fill.fgColor.rgb, cell.comment
                                            and cell.comment.text)
            for page in book for row in page.iter_rows() for cell in row if cell.value is not None or cell.comment
            or cell.has_style}


def place(draft, sheet, position, column):
    table = draft.tables[sheet]
    return sheet, table.rows[position], column


def test_a_saved_change_is_the_only_change(case):
    """Every other cell, with its look and remarks, and every part of the file but the sheet (and the order to calculate
    anew) is as it was, byte for byte."""
    before, parts = cells(case), {info.filename: zipfile.ZipFile(case).read(info)
                                  for info in zipfile.ZipFile(case).infolist()}
    draft = Draft(case)
    draft.put(*place(draft, "facilities", 0, "cost"), "13,5", 12.5)
    draft.save()
    cell = f"{draft.tables['facilities'].columns['cost']}4"
    after = cells(case)
    assert {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)} == {("facilities", cell)}
    assert after["facilities", cell] == (13.5, *before["facilities", cell][1:])
    with zipfile.ZipFile(case) as archive:
        changed = {name for name in archive.namelist() if parts.get(name) != archive.read(name)}
    assert changed <= {"xl/workbook.xml", *(name for name in parts if name.startswith("xl/worksheets/sheet"))}
    assert 1 <= len(changed) <= 2
    assert read_all(case).tables["facilities"].values["cost"] == (13.5, 7.0)
    assert (draft.changed, draft.steps) == (False, (0, 0))


def test_undo_and_redo_walk_through_all_changes(case):
    draft = Draft(case)
    at = place(draft, "facilities", 1, "cost")
    for said, was in ((8, 7.0), ("9.5", 8.0), ("", 9.5)):
        draft.put(*at, said, was)

    def held():
        return draft.tables["facilities"].values["cost"][1]

    assert (held(), draft.steps) == (None, (3, 0))
    seen = []
    while draft.undo():
        seen.append(held())
    assert (seen, draft.steps) == ([9.5, 8.0, 7.0], (0, 3))
    assert draft.redo().new == 8.0
    draft.put(*at, 20, 8.0)  # what was undone before a new change is gone
    assert (held(), draft.steps) == (20.0, (2, 0))
    assert draft.put(*at, "20", 20.0) is None
    case_before = case.read_bytes()
    draft.undo()
    draft.undo()
    draft.save()
    assert case.read_bytes() == case_before


def test_undo_takes_back_ones_own(case):
    """Two visitors on one draft: each goes back through his own changes; what another has put on top is told, and
    stays."""
    draft = Draft(case)
    first, second = place(draft, "facilities", 0, "cost"), place(draft, "facilities", 1, "cost")

    def held():
        return draft.tables["facilities"].values["cost"]

    draft.put(*first, 1, 12.5, by="a")
    draft.put(*second, 2, 7.0, by="b")
    assert draft.undo("a").new == 1.0
    assert held() == (12.5, 2.0)
    assert draft.undo("a") is None
    assert not draft.redoable("b")
    assert draft.redo("b") is None
    draft.put(*second, 3, 2.0, by="b")  # takes nothing of a's away
    assert draft.redo("a").new == 1.0
    draft.put(*first, 5, 1.0, by="b")
    with pytest.raises(Covered) as told:
        draft.undo("a")
    assert "another visitor has put 5" in told.value.text.say()
    assert "5" in told.value.text.say("ru")
    assert draft.undo("a", [told.value.change]) is None
    assert held() == (5.0, 3.0)
    assert draft.last.by == "b"
    assert draft.undo().new == 5.0  # whoever made it
    assert draft.undo("a").new == 1.0
    draft.put(*first, 9, 12.5, by="b")
    with pytest.raises(Refused):
        draft.redo("a")
    assert held() == (9.0, 3.0)
    draft.save()
    assert read_all(case).tables["facilities"].values["cost"] == (9.0, 3.0)


def test_a_write_protected_file_is_not_replaced(case):
    """Not even where the machine would let us (as an administrator, or where the folder may be written)."""
    before = case.read_bytes()
    draft = Draft(case)
    draft.put(*place(draft, "facilities", 0, "cost"), 14, 12.5)
    case.chmod(0o444)
    with pytest.raises(Refused) as told:
        draft.save()
    assert "write-protected" in told.value.text.say()
    assert case.read_bytes() == before
    assert draft.changed
    case.chmod(0o644)
    draft.save()
    assert read_all(case).tables["facilities"].values["cost"][0] == 14.0


@pytest.mark.parametrize("lock", ["~$case.xlsx", ".~lock.case.xlsx#"])
def test_a_lock_file_says_that_the_file_is_open(case, lock):
    assert not open_elsewhere(case)
    case.with_name(lock).write_bytes(b"")
    assert open_elsewhere(case)


@exhaustive_beside("test_changes_of_a_column_or_sheet_that_went_away_are_kept_and_told")
def test_what_is_aside_is_called_by_its_titles(case):
    draft = Draft(case)
    draft.put(*place(draft, "facilities", 0, "cost"), 14, 12.5)
    book = openpyxl.load_workbook(case)
    book["facilities"].delete_rows(4)
    book.save(case)
    draft.read_again()
    [aside] = draft.aside
    assert aside.words.say("ru").startswith(f"{INPUT['facilities'].title('ru')}, F1, "
                                            f"{INPUT['facilities'].column('cost').text.say('ru')}: 14")
    assert "facilities" not in aside.words.say("ru")


def test_a_wrong_value_is_told_at_its_cell_as_the_command_tells_it(case, capsys):
    """A ceiling below zero: the same rule, remedy and cell as ``check`` says once it is saved."""
    from jaryq.commands.cli import main
    draft = Draft(case)
    assert not stops(draft.issues)
    at = place(draft, "source_years", 0, "2027")
    draft.put(*at, "-3", 10.0)
    wrong = stops(draft.issues)
    cell = f"{draft.tables['source_years'].columns['2027']}4"
    assert [(issue.code, issue.sheet, issue.cell) for issue in wrong] == [("value_below_minimum", "source_years", cell)]
    assert marks_of(draft.issues, "source_years", "en")[4, cell[:-1]][0] == "stop"
    assert draft.look_further()
    draft.save()
    assert main(["check", str(case)]) == 2
    assert wrong[0].rule("en") in capsys.readouterr().out
    draft.put(*at, "ten", -3.0)
    assert [issue.code for issue in stops(draft.issues)] == ["wrong_type"]
    draft.put(*at, "12,500", "ten")  # 12.5 or 12500: not guessed, the check says so
    assert [issue.code for issue in stops(draft.issues)] == ["ambiguous_number"]
    draft.put(*at, "11", "12,500")
    assert not stops(draft.issues)


def test_two_visitors_do_not_overwrite_each_other(case):
    """Both have seen 12.5; the second who types is told, and what the first typed stands."""
    draft = draft_of(desk := Desk.of(case.parent), case)
    assert draft_of(desk, case) is draft
    draft.put(*place(draft, "facilities", 0, "cost"), 14, 12.5)
    with pytest.raises(Refused):
        draft.put(*place(draft, "facilities", 0, "cost"), 15, 12.5)
    assert draft.tables["facilities"].values["cost"][0] == 14.0


def test_a_file_that_was_changed_meanwhile_is_not_written_over(case):
    draft = Draft(case)
    draft.put(*place(draft, "facilities", 0, "cost"), 14, 12.5)
    draft.put(*place(draft, "facilities", 1, "cost"), 8, 7.0)
    book = openpyxl.load_workbook(case)
    letter = draft.tables["facilities"].columns["cost"]
    book["facilities"][f"{letter}4"] = 99.0
    book.save(case)
    theirs = case.read_bytes()
    with pytest.raises(Refused, match="changed by another program"):
        draft.save()
    assert case.read_bytes() == theirs
    assert list(case.parent.glob("*.part")) == list(case.parent.glob(".*")) == []
    lost = draft.read_again()
    assert [(change.row, change.new) for change in lost] == [(4, 14.0)]
    assert draft.tables["facilities"].values["cost"] == (99.0, 8.0)
    draft.save()
    assert read_all(case).tables["facilities"].values["cost"] == (99.0, 8.0)


@exhaustive_but_for("rows and columns")
@pytest.mark.parametrize("theirs", ["rows and columns", "sheet", "garbage"])
def test_a_save_after_another_program_says_that_first(case, theirs):
    """Whatever that program did to the cells that were changed here: the reason is that it did."""
    draft = Draft(case)
    draft.put(*place(draft, "facilities", 0, "cost"), 14, 12.5)
    book = openpyxl.load_workbook(case)
    if theirs == "rows and columns":
        book["facilities"].delete_rows(5)
        book["facilities"].insert_cols(1)
    else:
        del book["facilities"]
    book.save(case)
    if theirs == "garbage":
        case.write_bytes(b"no workbook")
    after = case.read_bytes()
    with pytest.raises(Refused, match="changed by another program"):
        draft.save()
    assert case.read_bytes() == after
    assert draft.changed


def test_a_file_that_went_away_is_told(case):
    draft = Draft(case)
    draft.put(*place(draft, "facilities", 0, "cost"), 14, 12.5)
    case.unlink()
    with pytest.raises(Exception, match=r"case\.xlsx"):
        draft.save()
    assert not case.exists()


def test_a_new_row_is_read_and_the_table_of_excel_grows(case):
    draft = Draft(case)
    row = draft.add_row("facilities")
    assert row == 6
    assert not stops(draft.issues)  # a row in which nothing stands is none
    for column, said in (("facility", "F3"), ("name", "Pump <b>& co</b>"), ("cost", "3"), ("data_status", "reported")):
        draft.put("facilities", row, column, said, None)
    assert not stops(draft.issues)
    draft.save()
    table = read_all(case).tables["facilities"]
    assert table.rows == (4, 5, 6)
    assert (table.values["facility"][2], table.values["name"][2], table.values["cost"][2]) == ("F3", "Pump <b>& co</b>",
        3.0)
    area = next(iter(openpyxl.load_workbook(case)["facilities"].tables.values())).ref
    assert area.endswith("6")
    assert openpyxl.load_workbook(case)["facilities"][f"{table.columns['cost']}6"].number_format == \
        openpyxl.load_workbook(case)["facilities"][f"{table.columns['cost']}5"].number_format
    draft.put("facilities", 6, "facility", "", "F3")
    assert [issue.code for issue in stops(draft.issues)] == ["missing_value"]


@exhaustive_beside("test_cells_with_formulas_are_left_alone")
def test_percent_cells_hold_hundredths(case):
    """50 in a cell that is formatted as percent is read as 50, whatever the file holds."""
    book = openpyxl.load_workbook(case)
    letter = read_all(case).tables["sources"].columns["keep"]
    book["sources"][f"{letter}4"], book["sources"][f"{letter}4"].number_format = 1.0, "0.0%"
    book.save(case)
    draft = Draft(case)
    at = place(draft, "sources", 0, "keep")
    assert draft.tables["sources"].values["keep"][0] == 100.0
    draft.put(*at, "12.5", 100.0)
    draft.save()
    assert openpyxl.load_workbook(case)["sources"][f"{letter}4"].value == 0.125
    assert read_all(case).tables["sources"].values["keep"][0] == 12.5


def test_a_format_that_would_make_another_value_is_refused(case):
    """Thousands that a format writes beside the number; the file stays as it is."""
    book = openpyxl.load_workbook(case)
    letter = read_all(case).tables["facilities"].columns["cost"]
    book["facilities"][f"{letter}4"].number_format = '0.0" mn KZT"'
    book.save(case)
    draft, before = Draft(case), case.read_bytes()
    draft.put(*place(draft, "facilities", 0, "cost"), "14", rows_of(draft, "facilities", "en")[0][letter])
    with pytest.raises(Refused, match="format"):
        draft.save()
    assert case.read_bytes() == before


def test_cells_with_formulas_are_left_alone(case):
    book = openpyxl.load_workbook(case)
    letter = read_all(case).tables["facilities"].columns["cost"]
    book["facilities"][f"{letter}5"] = "=3+4"
    book.save(case)
    draft = Draft(case)
    shown = rows_of(draft, "facilities", "en")
    assert (shown[0]["fixed"], shown[1]["fixed"]) == ([], [letter])
    with pytest.raises(Refused, match="formula"):
        draft.put("facilities", 5, "cost", 8, None)
    draft.put("facilities", 4, "cost", 8, 12.5)
    draft.save()
    book = openpyxl.load_workbook(case)
    assert book["facilities"][f"{letter}5"].value == "=3+4"
    assert book.calculation.fullCalcOnLoad


def test_what_is_only_shown(tmp_path, case):
    """A folder of CSV files, a protected sheet, a file that is none: nothing is written, and why is said."""
    folder = tmp_path / "csv"
    folder.mkdir()
    (folder / "settings.csv").write_text("setting,value\nfirst_year,2026\nlast_year,2027\n", encoding="utf-8")
    draft = Draft(folder)
    assert draft.why_not is not None
    with pytest.raises(Refused):
        draft.put("settings", 2, "value", 2025, 2026.0)
    book = openpyxl.load_workbook(case)
    book["facilities"].protection.sheet = True
    book.save(case)
    draft, before = Draft(case), case.read_bytes()
    draft.put("facilities", 4, "cost", 8, 12.5)
    with pytest.raises(Refused, match="protected"):
        draft.save()
    assert case.read_bytes() == before
    (tmp_path / "bad.xlsx").write_bytes(b"PK\x03\x04 nothing")
    assert [issue.code for issue in Draft(tmp_path / "bad.xlsx").issues] == ["unreadable_file"]


def test_heads_come_from_the_declarations(case):
    draft = Draft(case)
    heads = {head.name: head for head in heads_of(draft, "facilities", "ru")}
    assert heads["cost"].unit == "млрд тенге"
    assert heads["must_do"].choices == ("yes", "no")
    assert {"reported", "estimate"} <= set(heads["data_status"].choices)
    years = {head.name: head.title for head in heads_of(draft, "source_years", "en")}
    assert years["2027"].endswith("2027")
    draft.put("settings", draft.add_row("settings"), "setting", "objective", None)
    objective = rows_of(draft, "settings", "en")[-1]
    assert objective["A"] == "objective"
    assert "earliest_finish" in objective["choices"][draft.tables["settings"].columns["value"]]
    marks = rows_of(draft, "facilities", "en")
    letter = draft.tables["facilities"].columns["cost"]
    assert (marks[0]["marks"].get(letter), marks[1]["marks"].get(letter)) == ("estimate", None)


def test_plain_files_of_other_programs_too(tmp_path):
    """Shared texts, no styles, rows that end early."""
    path = tmp_path / "plain.xlsx"
    plain_workbook(minimal_tables(), path)
    draft = Draft(path)
    draft.put("source_years", 4, "2028", 5, None)
    draft.put("facilities", 5, "name", "Подстанция «№1»", "Substation")
    draft.put("facilities", 4, "must_do", "no", "yes")
    draft.save()
    tables = read_all(path).tables
    assert tables["source_years"].values["2028"] == (5.0,)
    assert tables["facilities"].values["name"][1] == "Подстанция «№1»"
    assert tables["facilities"].values["must_do"][0] == "no"


@exhaustive_but_for("cut")
@pytest.mark.parametrize("damage", [lambda path: path.unlink(), lambda path: path.write_bytes(b"PK"),
                                    lambda path: path.write_bytes(b"")], ids=["gone", "cut", "empty"])
def test_changes_outlive_a_file_that_cannot_be_read_again(case, written, damage):
    """The file is moved away or half copied while a change is not saved: nothing is read, the change stays; once the
    file is back it is read, and the change made again."""
    draft = Draft(case)
    sheet = draft.tables["facilities"]
    row, was = sheet.rows[0], sheet.values["cost"][0]
    draft.put("facilities", row, "cost", 77.0, was)
    damage(case)
    with pytest.raises(Refused):
        draft.read_again()
    assert draft.changed
    assert draft.tables["facilities"].values["cost"][0] == 77.0
    case.write_bytes(written)
    assert draft.read_again() == ()
    assert draft.tables["facilities"].values["cost"][0] == 77.0
    draft.save()
    assert cells(case)["facilities", f"{sheet.columns['cost']}{row}"][0] == 77.0


def test_numbers_have_the_comma_of_their_language_in_columns_of_texts_too(case):
    """Values of settings stand in a column of texts, and are numbers."""
    grid = pytest.importorskip("jaryq.desk.cell_grid")
    draft = Draft(case)
    values = {lang: next(head for head in heads_of(draft, "settings", lang) if head.name == "value")
              for lang in ("en", "ru")}
    assert not values["ru"].number
    assert "replace('.', ',')" in grid.column_of_grid(values["ru"], True, "ru")[":valueFormatter"]
    assert ":valueFormatter" not in grid.column_of_grid(values["en"], True, "en")


def rewritten(case, change):
    """Another program changes the file."""
    book = openpyxl.load_workbook(case)
    change(book)
    book.save(case)


def swapped(page, one=4, other=5):
    for column in range(1, page.max_column + 1):
        first, second = page.cell(one, column), page.cell(other, column)
        first.value, second.value = second.value, first.value


def test_changes_go_with_the_key_of_their_row(case):
    """Two facilities change places elsewhere; a blank cell was filled and a number changed twice. Both go to F1,
    wherever it stands, and undo walks back there."""
    draft = Draft(case)
    assert draft.tables["facilities"].values["facility"] == ("F1", "F2")
    draft.put("facilities", 4, "name_ru", "Котельная", None)
    draft.put("facilities", 4, "cost", 14, 12.5)
    draft.put("facilities", 4, "cost", 15, 14.0)
    rewritten(case, lambda book: swapped(book["facilities"]))
    assert draft.read_again() == draft.aside == ()
    table = draft.tables["facilities"].values
    assert (table["facility"], table["name_ru"], table["cost"]) == (("F2", "F1"), (None, "Котельная"), (7.0, 15.0))
    draft.save()
    table = read_all(case).tables["facilities"].values
    assert (table["facility"], table["name_ru"], table["cost"]) == (("F2", "F1"), (None, "Котельная"), (7.0, 15.0))


@exhaustive_beside("test_changes_go_with_the_key_of_their_row")
def test_a_row_that_went_away_or_is_doubled_takes_no_change(case, written):
    """The change is kept aside with its reason, stands in no other row, and is made once the row is back; what was
    saved meanwhile has nothing of it."""
    draft = Draft(case)
    draft.put("facilities", 4, "name_ru", "Котельная", None)
    rewritten(case, lambda book: book["facilities"].delete_rows(4))
    assert [change.new for change in draft.read_again()] == ["Котельная"]
    assert draft.tables["facilities"].values["name_ru"] == (None,)
    said = draft.aside[0].words
    assert said.say("en") == "Facilities, F1, Name (Russian): Котельная (the sheet has no such row any more)"
    case.write_bytes(written)
    rewritten(case, lambda book: book["facilities"].__setitem__("A5", "F1"))
    draft.read_again()
    assert draft.tables["facilities"].values["name_ru"] == (None, None)
    assert "several rows" in draft.aside[0].words.say("en")
    case.write_bytes(written)
    assert draft.read_again() == ()
    assert draft.tables["facilities"].values["name_ru"] == ("Котельная", None)


@exhaustive_but_for("column")
@pytest.mark.parametrize(("sheet", "column", "said", "gone", "why"), [
    ("facilities", "name_ru", "Котельная", lambda book,
     letter: book["facilities"].delete_cols(openpyxl.utils.column_index_from_string(letter)), "no such column"),
    ("source_years", "2027", 9, lambda book, letter: book.remove(book["source_years"]), "no such sheet"),
], ids=["column", "sheet"])
def test_changes_of_a_column_or_sheet_that_went_away_are_kept_and_told(case, written, sheet, column, said, gone, why):
    draft = Draft(case)
    letter = draft.tables[sheet].columns[column]
    was = draft.shown(sheet, 4, column)
    draft.put(sheet, 4, column, said, was)
    draft.put("facilities", 5, "cost", 8, 7.0)
    rewritten(case, lambda book: gone(book, letter))
    assert [(change.sheet, change.column) for change in draft.read_again()] == [(sheet, column)]
    assert why in draft.aside[0].words.say("en")
    assert draft.aside[0].words.say("ru") != draft.aside[0].words.say("en")
    assert draft.tables["facilities"].values["cost"] == (12.5, 8.0)
    with pytest.raises(Refused):
        draft.put(sheet, 4, column, said, was)
    draft.save()  # the other change is saved; this one is still there
    assert len(draft.aside) == 1
    case.write_bytes(written)
    assert draft.read_again() == ()
    assert draft.shown(sheet, 4, column) == said
    assert draft.aside == ()


@exhaustive_beside("test_a_new_row_is_read_and_the_table_of_excel_grows")
def test_an_added_row_stays_one_row_and_doubles_none(case):
    """Others add a row where mine stands: mine goes below it. Where theirs has my key, all of mine is kept aside."""
    draft = Draft(case)
    row = draft.add_row("facilities")
    draft.put("facilities", row, "facility", "F9", None)
    draft.put("facilities", row, "name", "Mine", None)
    rewritten(case, lambda book: (book["facilities"].__setitem__("A6", "F3"),
                                  book["facilities"].__setitem__("B6", "Theirs")))
    assert draft.read_again() == ()
    table = draft.tables["facilities"]
    assert (table.rows, table.values["facility"], table.values["name"][3]) == ((4, 5, 6, 7), ("F1", "F2", "F3", "F9"),
        "Mine")
    rewritten(case, lambda book: book["facilities"].__setitem__("A6", "F9"))
    assert [change.new for change in draft.read_again()] == ["F9", "Mine"]
    assert draft.tables["facilities"].values["facility"] == ("F1", "F2", "F9")
    assert not draft.changed


def test_rows_without_a_key_are_known_by_all_their_cells():
    """Whatever key a sheet declares: without its column in the file, a row is the one with the same cells, and two like
    it are none."""
    rows = [{"name": "A", "cost": 1.0}, {"name": "B", "cost": 1.0}, {"name": "C", "cost": 2.0}]
    file, change = Tables("case", {"facilities": Table.of("facilities", rows)}), Change("facilities", 5, "cost", 1.0,
        3.0)

    def found(others):
        other = Tables("case", {"facilities": Table.of("facilities", others)})
        (_, row), = meant_by([change], file, file, other, lambda *_: 0)
        return row_of(row, other["facilities"])

    assert found(rows) == 5
    assert found(rows[::-1]) == 5
    assert found([rows[1], rows[0], rows[2]]) == 4
    assert found([rows[0], {"name": "B", "cost": 7.0}]) is NO_ROW
    assert found([rows[1], rows[1]]) is DOUBLED


def test_who_typed_while_the_file_was_read_again_is_told(case):
    """The cell was blank in both rows: what was seen does not tell them apart."""
    draft = Draft(case)
    seen = draft.readings
    rewritten(case, lambda book: swapped(book["facilities"]))
    draft.read_again()
    with pytest.raises(Refused, match="read anew"):
        draft.put("facilities", 4, "name_ru", "Котельная", None, seen)
    assert not draft.changed
    assert draft.put("facilities", 4, "name_ru", "Котельная", None, draft.readings) is not None
