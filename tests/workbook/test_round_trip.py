"""Reading, writing and reading again is the identity: values and their types for any tables, and what people added to a
workbook beside them."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from jaryq.commands.cli import main
from jaryq.sheets.inputs import INPUT, INPUTS
from jaryq.tables.diff import differences
from jaryq.tables.tables import Table, Tables
from jaryq.tables.typed import typed
from jaryq.workbook.folder import write_folder
from jaryq.workbook.inputs import write_inputs
from jaryq.workbook.kept import Kept, kept
from jaryq.workbook.read import read
from tests.sampled import exhaustive_beside, exhaustive_but_for
from tests.workbooks import minimal_tables, random_tables

SHIPPED = Path(__file__).parents[2] / "inputs" / "kazakhstan.xlsx"
FEW = settings(max_examples=12, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck),
               # each example is a workbook, so shrinking one would take minutes
               phases=(Phase.explicit, Phase.generate))
FEWER = settings(FEW, max_examples=5)


def cells(tables):
    """Every cell with its type: (sheet, place of the row, heading, type, value), blanks left out. Blank rows go with
    the first writing."""
    return [(name, position, heading, type(value), value) for name, table in tables.sheets.items()
            for position, record in table.records()
            for heading, value in record.items() if value is not None]


def again(tables, path, lang="en", found=None):
    write_inputs(tables, path, lang, found)
    return read(path)


# --- values -----------------------------------------------------------------------------------------------------------

texts = st.text(st.characters(exclude_categories=("Cs", "Cn", "Co")), max_size=12)
awkward = st.sampled_from(["=1+1", "#N/A", "#REF!", "TRUE", "1e5", "007", "12,5", "12,500", "1 234,5", "40 %",
                           "_x0041_", "_x000D_", "a\r\nb", "a\nb", "\u00a0x\u00a0", "-", "'x", "&lt;", "й",
                           "x" * 300, "2026-01-01", "Қ", "日本語", "😀", "]]>", "\t", "#", "# a", "{=1}", "+1", "@x"])
numbers = st.one_of(st.integers(-10**15, 10**15), st.floats(allow_nan=False, allow_infinity=False),
                    st.sampled_from([0.1 + 0.2, 1 / 3, 1e-300, 5e-324, 1.7976931348623157e308, 2.0**53 + 1]))
values = st.one_of(st.none(), texts, awkward, numbers, st.booleans())


@st.composite
def any_tables(draw):
    """Some sheets with some columns, and whatever people may have typed into them."""
    found = {}
    for sheet in draw(st.lists(st.sampled_from(INPUTS), min_size=1, max_size=3, unique=True)):
        names = [column.name + {"": "", "year": "2027", "country": "JP", "quantity": "mw"}[column.family]
                 for column in sheet.columns]
        chosen = draw(st.lists(st.sampled_from(names), min_size=1, max_size=4, unique=True))
        rows = draw(st.lists(st.fixed_dictionaries(dict.fromkeys(chosen, values)), max_size=8))
        found[sheet.name] = Table.of(sheet.name, rows, chosen)
    return Tables("any", found)


@pytest.mark.exhaustive
@FEW
@given(tables=any_tables())
@example(tables=minimal_tables())
def test_any_tables(tmp_path_factory, tables):
    """What a workbook cannot hold (control characters, two spaces at an end) goes with the first writing; from then on
    nothing does."""
    folder = tmp_path_factory.mktemp("any")
    once, _ = again(tables, folder / "case.xlsx")
    twice, _ = again(once, folder / "case.xlsx", "ru")
    assert cells(twice) == cells(once)
    assert [(table.sheet, table.columns, len(table)) for table in twice.sheets.values()] == [(table.sheet,
        table.columns, len(table)) for table in once.sheets.values()]


@exhaustive_but_for("1")
@pytest.mark.parametrize("seed", range(3))
def test_nothing_of_sound_tables_goes_with_the_first_writing(tmp_path, seed):
    tables = random_tables(seed)
    found, issues = again(tables, tmp_path / "case.xlsx")
    assert issues == []
    assert differences(tables, found).sheets == ()


@exhaustive_beside("test_nothing_of_sound_tables_goes_with_the_first_writing")
@FEWER
@given(texts=st.lists(st.one_of(texts, awkward), min_size=1, max_size=60))
def test_texts_come_back_whole(tmp_path_factory, texts):
    """Texts that are clean already (the reader strips them and the file holds no control characters) come back as they
    were."""
    whole = [text for text in texts if text.isprintable() and text == text.strip() and text.isascii() and text]
    path = tmp_path_factory.mktemp("texts") / "case.xlsx"
    tables = minimal_tables(facilities=[{"facility": f"F{i}", "note": text} for i, text in enumerate(whole)])
    assert again(tables, path)[0]["facilities"].frame["note"].tolist() == whole


def test_the_shipped_workbook(tmp_path):
    tables, issues = read(SHIPPED)
    assert issues == []
    once, issues = again(tables, tmp_path / "kazakhstan.xlsx")
    assert issues == []
    assert cells(once) == cells(tables)
    assert [table.columns for table in once.sheets.values()] == [table.columns for table in tables.sheets.values()]
    for column in ("data_status", "source", "note"):
        assert once["facilities"].frame[column].tolist() == tables["facilities"].frame[column].tolist()


def edited(tables, sheet, column, row, value):
    """The tables with one cell of a sheet changed."""
    table = tables[sheet]
    cells = list(table.values[column])
    cells[row % len(cells)] = value
    return tables.with_sheet(Table(table.sheet, {**table.values, column: tuple(cells)}, table.rows, table.columns))


@pytest.mark.exhaustive
@FEWER
@given(sheet=st.sampled_from(["facilities", "sources", "settings", "scenario_changes"]), place=st.integers(0, 60),
       row=st.integers(0, 200), value=values)
def test_the_shipped_workbook_with_any_cell_changed(tmp_path_factory, sheet, place, row, value):
    tables = read(SHIPPED)[0]
    names = list(tables[sheet].frame.columns)
    path = tmp_path_factory.mktemp("edited") / "kazakhstan.xlsx"
    once = again(edited(tables, sheet, names[place % len(names)], row, value), path)[0]
    assert cells(again(once, path)[0]) == cells(once)


# --- what people added ------------------------------------------------------------------------------------------------

MARK = PatternFill("solid", fgColor="FFFFFF00")


@pytest.fixture
def annotated(tmp_path, worked_in):
    """A workbook of ours in which somebody has worked: cells of the sheet facilities are F1 and F2 in rows 4 and 6."""
    (tmp_path / "mine.xlsx").write_bytes(worked_in)
    return tmp_path / "mine.xlsx"


@pytest.fixture(scope="module")
def worked_in(tmp_path_factory):
    path = tmp_path_factory.mktemp("annotated") / "mine.xlsx"
    write_inputs(minimal_tables(), path)
    book = openpyxl.load_workbook(path, rich_text=True)
    page = book["facilities"]
    letters = {cell.value: cell.column_letter for cell in page[3]}
    page.tables.clear()  # as a table of Excel moves along when rows come in, and openpyxl does not
    page.insert_rows(5)
    last = page.max_column
    page.cell(3, last + 1, "# checked by")
    page.cell(3, last + 2, "#")
    page.cell(4, last + 1, "Dana")
    page.cell(5, last + 1, "=== substations ===").font = Font(bold=True)
    page.cell(5, last + 1).data_type = "s"
    page.cell(6, last + 2, "=1+1")
    page.cell(7, last + 2, date(2026, 3, 1))
    page[f"{letters['cost']}4"].comment = Comment("ask Aliya", "Dana", width=300, height=90)
    page[f"{letters['cost']}6"].number_format = "0.000"
    page[f"{letters['name']}6"].fill = MARK
    page.column_dimensions[letters["name"]].width = 55
    notes = book.create_sheet("# notes")
    notes["B2"], notes["B3"] = "Open questions", "=facilities!A4"
    notes["B2"].font = Font(bold=True)
    notes.column_dimensions["B"].width = 44
    notes.merge_cells("C1:D2")
    book.save(path)
    return path.read_bytes()


def look(path):
    """What a person sees of the additions."""
    book = openpyxl.load_workbook(path, rich_text=True)
    page, notes = book["facilities"], book["# notes"]
    assert [cell.data_type for row in page.iter_rows(min_row=4) for cell in row
            if str(cell.value).startswith("=")] == ["s", "f"]
    letters = {cell.value: cell.column_letter for cell in page[3]}
    rows = {page[f"{letters['facility']}{row}"].value: row for row in range(4, 9)}
    cost = page[f"{letters['cost']}{rows['F1']}"]
    return {
        "notes": [[page[f"{letters[name]}{row}"].value for row in range(4, 8)] for name in ("# checked by", "#")],
        "keys": [page[f"{letters['facility']}{row}"].value for row in range(4, 8)],
        "comment": (cost.comment.text, cost.comment.author),
        "format": page[f"{letters['cost']}{rows['F2']}"].number_format,
        "fill": page[f"{letters['name']}{rows['F2']}"].fill.fgColor.rgb,
        "width": page.column_dimensions[letters["name"]].width,
        "sheet": (notes["B2"].value, notes["B3"].value, notes["B2"].font.b, notes.column_dimensions["B"].width,
                  [str(area) for area in notes.merged_cells.ranges]),
    }


def test_additions_are_kept(annotated, tmp_path, capsys):
    assert main(["migrate", str(annotated), str(tmp_path / "new.xlsx")]) == 0
    assert capsys.readouterr().err == ""
    seen = look(tmp_path / "new.xlsx")
    assert seen.pop("notes")[0] == ["Dana", "=== substations ===", None, None]
    assert seen == {
        "keys": ["F1", None, "F2", None], "comment": ("ask Aliya", "Dana"), "format": "0.000", "fill": "FFFFFF00",
        "width": 55,
        "sheet": ("Open questions", "=facilities!A4", True, 44, ["C1:D2"]),
    }
    before, after = read(annotated)[0], read(tmp_path / "new.xlsx")[0]
    assert read(tmp_path / "new.xlsx")[1] == []
    # the only difference: the version is written
    assert differences(before, after).sheets[0].rows[0].key == ("schema_version",)
    assert len(differences(before, after).sheets) == 1


@exhaustive_beside("test_additions_are_kept")
def test_writing_again_changes_nothing(annotated, tmp_path):
    paths = [tmp_path / f"{name}.xlsx" for name in ("once", "twice")]
    assert main(["migrate", str(annotated), str(paths[0])]) == 0
    assert main(["migrate", str(paths[0]), str(paths[1])]) == 0
    assert look(paths[0]) == look(paths[1])
    assert cells(read(paths[0])[0]) == cells(read(paths[1])[0])


def test_the_table_of_excel_reaches_over_the_notes(annotated, tmp_path):
    """Its columns must be called as the headings are, and reach to the last one; else Excel repairs the file."""
    assert main(["migrate", str(annotated), str(tmp_path / "new.xlsx")]) == 0
    page = openpyxl.load_workbook(tmp_path / "new.xlsx")["facilities"]
    (table,) = page.tables.values()
    assert [column.name for column in table.tableColumns] == [cell.value for cell in page[3]]
    assert len({column.id for column in table.tableColumns}) == len(table.tableColumns)
    assert table.ref.split(":")[1].startswith(page.cell(3, page.max_column).column_letter)


@exhaustive_beside("test_additions_are_kept")
def test_our_own_comments_are_written_anew_in_the_language(tmp_path):
    path = tmp_path / "case.xlsx"
    write_inputs(minimal_tables(), path, "en")
    assert main(["migrate", str(path), str(path), "--lang", "ru", "--force"]) == 0
    head = openpyxl.load_workbook(path)["facilities"]["A3"]
    assert "ключ" in head.comment.text.casefold()


@exhaustive_beside("test_errors_and_percents_come_back_as_what_they_are")
def test_percent_formats(tmp_path):
    """12.5 % typed into a cell formatted as percent is stored as 0.125 and read as 12.5; the new workbook has it as
    percent again."""
    path = tmp_path / "case.xlsx"
    write_inputs(minimal_tables(), path)
    book = openpyxl.load_workbook(path)
    page = book["facilities"]
    wear = next(cell.column_letter for cell in page[3] if cell.value == "wear")
    page[f"{wear}4"].value, page[f"{wear}4"].number_format = 0.125, "0.0%"
    book.save(path)
    assert main(["migrate", str(path), str(path), "--force"]) == 0
    assert read(path)[0]["facilities"].frame["wear"].tolist()[0] == 12.5
    page = openpyxl.load_workbook(path)["facilities"]
    assert (page[f"{wear}4"].value, "%" in page[f"{wear}4"].number_format) == (0.125, True)


def test_errors_and_percents_come_back_as_what_they_are(tmp_path):
    """An error of Excel stays an error, with its issue; a small percentage that was stated as one (0.4 %) stays beyond
    doubt."""
    path = tmp_path / "case.xlsx"
    write_inputs(minimal_tables(), path)
    book = openpyxl.load_workbook(path)
    page = book["facilities"]
    letters = {cell.value: cell.column_letter for cell in page[3]}
    page[f"{letters['cost']}4"] = "#DIV/0!"
    page[f"{letters['wear']}4"].value, page[f"{letters['wear']}4"].number_format = 0.004, "0.0%"
    page[f"{letters['note']}4"] = "#DIV/0!"
    page[f"{letters['note']}4"].data_type = "s"
    book.save(path)
    before, issues = read(path)
    once, again_issues = again(before, path)
    assert cells(once) == cells(before)
    assert [(issue.code, issue.cell) for issue in issues] == [(issue.code, issue.cell)
        for issue in again_issues] == [("error_value", f"{letters['cost']}4")]
    assert not [issue for issue in typed(once)[1] if issue.column == "wear"]


def test_what_is_not_kept_is_told(annotated, tmp_path, capsys):
    book = openpyxl.load_workbook(annotated)
    page = book["facilities"]
    page["A3"].comment = Comment("our key", "Dana")
    page["F1"] = "draft"
    book.save(annotated)
    assert main(["migrate", str(annotated), str(tmp_path / "new.xlsx"), "--lang", "ru"]) == 0
    assert "facilities: примечания к заголовкам или над ними (2) не перенесены (F1, A3)" in capsys.readouterr().err


@exhaustive_beside("test_what_is_not_kept_is_told")
def test_formulas_are_told(tmp_path):
    path = tmp_path / "case.xlsx"
    write_inputs(minimal_tables(), path)
    tables = read(path)[0]
    book = openpyxl.load_workbook(path)
    cost = next(cell.column_letter for cell in book["facilities"][3] if cell.value == "cost")
    book["facilities"][f"{cost}4"] = "=5+7.5"
    book.save(path)
    (lost,) = kept(path, tables).lost
    assert lost.en == f"facilities: 1 formula(s) are written as their values ({cost}4)"


@exhaustive_but_for("damage0")
@pytest.mark.parametrize("damage", [{"unknown": 1}, {"cell": "#DIV/0!"}])
def test_nothing_is_written_where_something_would_be_lost(annotated, tmp_path, capsys, damage):
    """A heading that may be meant for a column is no note of one's own, which is kept (see test_own)."""
    book = openpyxl.load_workbook(annotated)
    page = book["facilities"]
    if "unknown" in damage:
        page.cell(3, page.max_column + 1, "costt")
    else:
        cost = next(cell for cell in page[3] if cell.value == "cost")
        page[f"{cost.column_letter}4"] = damage["cell"]
    book.save(annotated)
    assert main(["migrate", str(annotated), str(tmp_path / "new.xlsx")]) == 2
    assert "stop:" in capsys.readouterr().err
    assert not (tmp_path / "new.xlsx").exists()


@exhaustive_beside("test_errors_and_percents_come_back_as_what_they_are")
def test_values_with_issues_are_carried_over_as_they_are(tmp_path):
    """A value that the check would refuse is not lost, nor mended."""
    path = tmp_path / "case.xlsx"
    write_inputs(minimal_tables(facilities=[{"facility": "F1", "cost": "many", "wear": -5.0, "zone": "purple"},
                                            {"facility": "F1", "cost": "12,500"}]), path)
    assert main(["migrate", str(path), str(tmp_path / "new.xlsx")]) == 0
    before, after = (read(name)[0]["facilities"].frame for name in (path, tmp_path / "new.xlsx"))
    assert before.to_numpy().tolist() == after.to_numpy().tolist()


def test_folders(tmp_path, capsys):
    """A folder into a folder, and into a workbook."""
    write_folder(minimal_tables(), tmp_path / "case")
    assert main(["migrate", str(tmp_path / "case"), str(tmp_path / "new")]) == 0
    assert main(["migrate", str(tmp_path / "case"), str(tmp_path / "new.xlsx")]) == 0
    assert capsys.readouterr().err == ""
    for path in (tmp_path / "new", tmp_path / "new.xlsx"):
        found = differences(minimal_tables(), read(path)[0])
        assert [(row.kind, row.key) for sheet in found.sheets for row in sheet.rows] == [("added", ("schema_version",))]


def test_nothing_kept_of_a_file_openpyxl_does_not_know(tmp_path):
    (tmp_path / "case.ods").write_bytes(b"not a workbook")
    found = kept(tmp_path / "case.ods", minimal_tables())
    assert (found.sheets, found.others) == ({}, ())
    assert "only values" in found.lost[0].en
    assert Kept().lost == ()


# --- any additions ----------------------------------------------------------------------------------------------------

HEADINGS = [column.name for column in INPUT["facilities"].columns if not column.family]


@st.composite
def additions(draw):
    """Comments, formats, fills and notes at any cells of a sheet of three rows."""
    places = st.tuples(st.integers(4, 6), st.sampled_from(HEADINGS))
    return {
        "comments": draw(st.dictionaries(places, st.text("abc ж", min_size=1, max_size=5), max_size=4)),
        "fills": draw(st.sets(places, max_size=4)),
        "notes": draw(st.lists(st.dictionaries(st.integers(4, 9),
                                               st.one_of(st.floats(-1e9, 1e9),
                                                         st.text("abc ж=", min_size=1,
                                                         max_size=5).map(lambda text: f"n{text}")), max_size=4),
                                                         max_size=3)),
        "decimals": draw(st.dictionaries(st.integers(4, 6), st.integers(1, 5), max_size=3)),
    }


@pytest.mark.exhaustive
@FEWER
@given(added=additions())
def test_any_additions(tmp_path_factory, added):
    folder = tmp_path_factory.mktemp("added")
    path, new = folder / "case.xlsx", folder / "new.xlsx"
    write_inputs(minimal_tables(facilities=[{"facility": f"F{i}", "cost": float(i)} for i in range(3)]), path)
    book = openpyxl.load_workbook(path)
    page = book["facilities"]
    letters = {cell.value: cell.column_letter for cell in page[3]}
    page.tables.clear()
    first = page.max_column + 1
    for place, column in enumerate(added["notes"]):
        page.cell(3, first + place, f"# {place}")
        for row, value in column.items():
            page.cell(row, first + place, value)
    for (row, name), text in added["comments"].items():
        page[f"{letters[name]}{row}"].comment = Comment(text, "Dana")
    for row, name in added["fills"]:
        page[f"{letters[name]}{row}"].fill = MARK
    for row, decimals in added["decimals"].items():
        page[f"{letters['cost']}{row}"].number_format = f"0.{'0' * decimals}"
    book.save(path)
    assert main(["migrate", str(path), str(new)]) == 0
    found = openpyxl.load_workbook(new)["facilities"]
    letters = {cell.value: cell.column_letter for cell in found[3]}
    rows = sorted({4, 5, 6} | {row for column in added["notes"] for row in column})
    at = {row: 4 + place for place, row in enumerate(rows)}
    assert {(row, name) for row in (4, 5, 6) for name in HEADINGS
            if found[f"{letters[name]}{at[row]}"].fill.fgColor.rgb == "FFFFFF00"} == added["fills"]
    comments = {(row, name): found[f"{letters[name]}{at[row]}"].comment for row in (4, 5, 6) for name in HEADINGS}
    assert {place: comment.text for place, comment in comments.items() if comment is not None} == added["comments"]
    for place, column in enumerate(added["notes"]):
        got = {row: found[f"{letters[f'# {place}']}{at[row]}"].value for row in rows}
        assert {row: value for row, value in got.items() if value is not None} == pytest.approx(column)
    for row, decimals in added["decimals"].items():
        assert found[f"{letters['cost']}{at[row]}"].number_format == f"0.{'0' * decimals}"
