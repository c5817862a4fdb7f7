"""The workbook people edit: what is written is read back, and what Excel needs of it holds."""

import zipfile

import openpyxl
import pytest

from jaryq.base.text import LANGS
from jaryq.sheets.examples import example
from jaryq.sheets.groups import GROUPS, group_of
from jaryq.sheets.inputs import INPUT, INPUTS
from jaryq.sheets.settings import SETTING_COLUMNS
from jaryq.tables.convert import convert
from jaryq.tables.typed import typed
from jaryq.workbook import style
from jaryq.workbook.inputs import template, write_inputs
from jaryq.workbook.kept import kept
from jaryq.workbook.read import read
from tests.sampled import exhaustive_but, exhaustive_but_for
from tests.workbooks import minimal_tables, plain_workbook, random_tables, same


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The random workbook in each language that is asked for, opened again."""
    class Written(dict):
        def __missing__(self, lang):
            write_inputs(random_tables(1), folder / f"{lang}.xlsx", lang)
            self[lang] = openpyxl.load_workbook(folder / f"{lang}.xlsx", rich_text=True)
            return self[lang]

    folder = tmp_path_factory.mktemp("written")
    return Written()


def but_for_partners(issues):
    """Random texts are no partners, or names of other rows by chance, which is told."""
    return [issue for issue in issues if issue.code not in ("partner_unknown", "repaired_letters")]


# --- round trip -------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("seed", exhaustive_but(range(8), [1]))
def test_what_is_written_is_read_back(tmp_path, seed):
    before, issues = typed(random_tables(seed))
    assert but_for_partners(issues) == []
    write_inputs(before, tmp_path / "random.xlsx", LANGS[seed % 4])
    raw, shape = read(tmp_path / "random.xlsx")
    after, issues = typed(raw)
    assert shape == []
    assert but_for_partners(issues) == []
    assert same(before, after)
    assert same(typed(random_tables(seed))[0], before)  # writing changes nothing of what it was given


def test_absent_sheets_and_columns_come_back_empty(tmp_path):
    write_inputs(minimal_tables(), tmp_path / "minimal.xlsx")
    tables, issues = read(tmp_path / "minimal.xlsx")
    assert issues == []
    assert list(tables.sheets) == [sheet.name for sheet in INPUTS]
    assert len(tables["regions"]) == 0
    assert same(typed(tables)[0], typed(minimal_tables())[0])


def test_cells_of_issues_are_those_of_the_written_workbook(tmp_path):
    tables = minimal_tables(facilities=[{"facility": "F1", "cost": 1.0}, {"facility": "F2", "cost": -3.0}])
    write_inputs(tables, tmp_path / "case.xlsx")
    (issue,) = typed(read(tmp_path / "case.xlsx")[0])[1]
    page = openpyxl.load_workbook(tmp_path / "case.xlsx")["facilities"]
    assert issue.code == "value_below_minimum"
    assert page[issue.cell].value == -3
    assert page[issue.cell[:-1] + "3"].value == "cost"


@pytest.mark.parametrize("lang", exhaustive_but(LANGS, ["ru"]))
def test_template_lacks_only_the_required_settings(tmp_path, lang):
    template(tmp_path / "template.xlsx", lang)
    tables, shape = read(tmp_path / "template.xlsx")
    assert shape == []
    issues = typed(tables)[1]
    assert [(issue.code, issue.sheet, issue.cell, issue.column) for issue in issues] == [
        ("missing_value", "settings", "B7", "first_year"), ("missing_value", "settings", "B9", "last_year")]
    assert tables["settings"].frame["setting"].tolist() == [setting.name for setting in SETTING_COLUMNS]
    notes = dict(zip(tables["settings"].frame["setting"], tables["settings"].frame["note"], strict=True))
    assert {"en": "Default: 0.5 %.", "ru": "По умолчанию: 0.5 %.", "kk": "Әдепкі мәні: 0.5 %.",
            "ja": "既定値:0.5 %。"}[lang] in notes["gap"]


def test_same_tables_same_bytes(tmp_path):
    for name in ("one.xlsx", "two.xlsx"):
        write_inputs(random_tables(3), tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.xlsx") as archive:
        assert {info.date_time for info in archive.infolist()} == {(2026, 1, 1, 0, 0, 0)}
        assert b"2026-01-01T00:00:00Z</dcterms:modified>" in archive.read("docProps/core.xml")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.xlsx", "two.xlsx"]


def test_control_characters_and_endless_texts_do_not_stop_the_writing(tmp_path):
    write_inputs(minimal_tables(facilities=[{"facility": "F1", "name": "a\x00\x1fb", "note": "x" * 40000}]),
                 tmp_path / "case.xlsx")
    frame = read(tmp_path / "case.xlsx")[0]["facilities"].frame
    assert frame["name"][0] == "ab"
    assert len(frame["note"][0]) == 32767


# --- layout -----------------------------------------------------------------------------------------------------------

@exhaustive_but_for("en-*", "ru-*")
@pytest.mark.parametrize("sheet", INPUTS, ids=lambda sheet: sheet.name)
@pytest.mark.parametrize("lang", LANGS)
def test_layout_of_a_sheet(written, sheet, lang):
    page = written[lang][sheet.name]
    assert str(page["A1"].value).startswith(sheet.title(lang))
    assert sheet.note.say(lang) in str(page["A1"].value)
    headings = [cell.value for cell in page[3]]
    for cell in page[3]:
        column = sheet.column(cell.value)
        above = str(page.cell(2, cell.column).value)
        assert above.startswith(column.text.say(lang))
        assert (" *" in above) == column.required
        assert column.unit_of is None or above.endswith(f"\n{column.unit_of.symbol.say(lang)}")
        assert column.note.say(lang) in cell.comment.text
        assert page.column_dimensions[cell.column_letter].width >= max(column.width, len(cell.value) + 2)
    table = page.tables[f"t_{sheet.name}"]
    assert table.ref.startswith("A3:")
    assert [column.name for column in table.tableColumns] == headings
    assert page.freeze_panes == "B4"
    assert page.page_setup.orientation == "landscape"
    assert page.print_title_rows == "$1:$3"
    assert not page.protection.sheet  # a protected sheet keeps Excel from growing its table


def test_comment_of_a_heading_says_the_rules(written):
    sheet = written["en"]["facilities"]
    comments = {cell.value: cell.comment.text for cell in sheet[3]}
    assert comments["cost"].startswith("Overnight cost, bn KZT\n")
    assert "Allowed: ≥ 0\n" in comments["cost"]
    assert comments["cost"].endswith("\nExample: 12.5")
    assert "Allowed: > 0, ≤ 240" in comments["works_months"]
    assert "Required." in comments["facility"]
    assert "A key of: regions" in comments["region"]
    assert "One of: red, yellow, green" in comments["zone"]
    assert "Default: no." in comments["must_do"]
    assert "A key of: facilities or networks" in {cell.value: cell.comment.text
                                                  for cell in written["en"]["progress"][3]}["project"]


def test_row_of_titles_is_high_enough_for_its_longest_title(written):
    """Three lines of 9 points for "Выгода (приведённая), млрд тенге" in a column 16 letters wide; Excel does not grow a
    row by itself."""
    assert written["ru"]["facilities"].row_dimensions[2].height >= 3 * 12


@exhaustive_but_for("3-*")
@pytest.mark.parametrize(("rows", "wrapped", "least", "most"), [(3, True, 7 * 11, 9 * 12), (61, False, 13, 16)])
def test_long_texts_are_shown_whole_in_short_sheets_in_one_line_in_long_ones(tmp_path, rows, wrapped, least, most):
    """407 letters in a column 56 wide, about 60 to a line of 9 points, take seven lines of 11 points or more."""
    facilities = [{"facility": f"F{i}", "cost": 1.0, "source": "ten letters" * 37, "data_status": "reported"}
                  for i in range(rows)]
    write_inputs(minimal_tables(facilities=facilities), tmp_path / "case.xlsx")
    page = openpyxl.load_workbook(tmp_path / "case.xlsx")["facilities"]
    assert bool(page[f"{letter_of(page, 'source')}4"].alignment.wrap_text) == wrapped
    assert all(least <= page.row_dimensions[row].height <= most for row in range(4, 4 + rows))


def test_wide_sheets_are_printed_on_several_pages_beside_each_other(written):
    book = written["en"]
    assert book["sources"].page_setup.fitToWidth >= 3
    assert book["sources"].print_title_cols == "$A:$B"
    assert book["progress"].page_setup.fitToWidth == 1
    assert book["#contents"].page_setup.fitToHeight == 1


def letter_of(page, heading):
    return next(cell.column_letter for cell in page[3] if cell.value == heading)


def test_texts_are_texts_and_numbers_have_the_format_of_their_unit(written):
    page = written["en"]["facilities"]
    for row in page.iter_rows(min_row=4):
        for cell in row:
            column = INPUT["facilities"].column(page.cell(3, cell.column).value)
            assert cell.data_type in ("s", "n")
            if column.kind == "number" and cell.value is not None:
                assert cell.number_format == ("General" if "#" in column.unit_of.format[-1] else column.unit_of.format)


def test_rows_added_later_look_like_the_others(written):
    page = written["en"]["facilities"]
    for heading, form in (("facility", "@"), ("cost", "#,##0.000"), ("earliest", "0")):
        assert page.column_dimensions[letter_of(page, heading)].number_format == form


# --- groups of columns ------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("name", GROUPS)
def test_groups_begin_at_columns_of_the_sheet_in_their_order(name):
    names = [column.name for column in INPUT[name].columns]
    places = [names.index(group.first) for group in GROUPS[name]]
    assert places == sorted(set(places))
    assert set(INPUT[name].key) <= set(names[:places[0]])
    assert names[places[-1]:] == ["data_status", "estimated", "source", "note"]


def test_what_wide_sheets_have_in_groups():
    """By hand: the columns of condition stand in one group, those of money in another, and every sheet of 25 columns or
    more has groups."""
    facilities = INPUT["facilities"]
    titles = {name: group.text.en if (group := group_of(facilities, name)) else ""
              for name in ("facility", "owner", "capacity", "cost", "duty", "replaced", "spend_2027", "note")}
    assert titles == {"facility": "", "owner": "", "capacity": "What stands there", "cost": "Works and their cost",
                      "duty": "Condition and risk", "replaced": "Condition and risk",
                      "spend_2027": "Spending by year", "note": "Trace"}
    assert group_of(facilities, "#mine") is None
    assert {sheet.name for sheet in INPUTS if len(sheet.columns) >= 25} <= set(GROUPS)


@pytest.mark.parametrize("lang", exhaustive_but(LANGS, ["en", "ru"]))
@pytest.mark.parametrize("name", GROUPS)
def test_groups_have_a_band_with_a_title_and_some_can_be_folded(written, name, lang):
    page, sheet = written[lang][name], INPUT[name]
    seen = []
    for cell in page[3]:
        group, band, above = group_of(sheet, cell.value), page.cell(1, cell.column), page.cell(2, cell.column)
        first = group is not None and group.text.say(lang) not in seen
        if first:
            seen.append(group.text.say(lang))
        if cell.column > 1:
            assert band.value == (group.text.say(lang) if first else None)
        if group is not None:
            assert (band.fill.fgColor.rgb, above.fill.fgColor.rgb) == tuple(fill.fgColor.rgb
                for fill in style.GROUP_FILLS[group.colour])
        level = page.column_dimensions[cell.column_letter].outlineLevel
        assert level == (1 if group is not None and group.folds and not first else 0)
        assert not page.column_dimensions[cell.column_letter].hidden
    assert len(seen) >= 5
    assert not page.sheet_properties.outlinePr.summaryRight


def test_folded_columns_count_and_nothing_is_said_of_them(tmp_path):
    """Who folds columns sees the button that unfolds them; columns that are hidden otherwise are told."""
    tables = minimal_tables(facilities=[{"facility": "F1", "cost": 1.0, "observed": 1.2}])
    write_inputs(tables, tmp_path / "case.xlsx")
    book = openpyxl.load_workbook(tmp_path / "case.xlsx", rich_text=True)
    page = book["facilities"]
    for heading in ("location", "observed"):
        page.column_dimensions[letter_of(page, heading)].hidden = True
    page.column_dimensions[letter_of(page, "cost")].hidden = True
    book.save(tmp_path / "folded.xlsx")
    after, issues = read(tmp_path / "folded.xlsx")
    assert [(issue.code, issue.column) for issue in issues] == [("hidden_columns", "cost")]
    assert after["facilities"].frame["observed"].tolist() == [1.2]


@pytest.mark.parametrize("lang", exhaustive_but(LANGS, ["ru"]))
def test_titles_of_groups_are_no_notes_of_people(tmp_path, lang):
    write_inputs(minimal_tables(), tmp_path / "case.xlsx", lang)
    assert kept(tmp_path / "case.xlsx", read(tmp_path / "case.xlsx")[0]).lost == ()


# --- contents and dictionary ------------------------------------------------------------------------------------------

@pytest.mark.parametrize("lang", exhaustive_but(LANGS, ["en", "ru"]))
def test_contents(written, lang):
    page = written[lang]["#contents"]
    assert written[lang].sheetnames[0] == "#contents"
    for row, sheet in enumerate(INPUTS, start=4):
        assert page.cell(row, 1).value == sheet.name
        assert page.cell(row, 1).hyperlink.location == f"'{sheet.name}'!A1"
        assert page.cell(row, 2).value == sheet.title(lang)
        assert page.cell(row, 3).value == f"=COUNTA({sheet.name}!$A$4:$A$1048576)"
    assert page.cell(4 + len(INPUTS), 1).value == "#dictionary"


def test_row_counts_stand_there_before_anything_is_calculated(tmp_path):
    write_inputs(minimal_tables(), tmp_path / "case.xlsx")
    page = openpyxl.load_workbook(tmp_path / "case.xlsx", data_only=True)["#contents"]
    counts = {page.cell(row, 1).value: page.cell(row, 3).value for row in range(4, 4 + len(INPUTS))}
    assert {name: counts[name] for name in ("settings", "facilities", "sources", "regions")} == {"settings": 3,
        "facilities": 2, "sources": 1, "regions": 0}


@exhaustive_but_for("kk-*")
@pytest.mark.parametrize(("lang", "name"), [("en", "The case"), ("ru", "Расчёт"), ("kk", "Расчёт"), ("ja", "The case")])
def test_contents_names_the_case_in_the_readers_language(tmp_path, lang, name):
    case = [{"setting": "case", "value": "The case"}, {"setting": "case_ru", "value": "Расчёт"}]
    write_inputs(minimal_tables(settings=case), tmp_path / "case.xlsx", lang)
    assert str(openpyxl.load_workbook(tmp_path / "case.xlsx",
                                      rich_text=True)["#contents"]["A1"].value).endswith(f"   {name}")


@pytest.mark.parametrize("lang", exhaustive_but(LANGS, ["ru", "kk"]))
def test_a_language_that_was_not_reviewed_says_so(written, lang):
    said = written[lang]["#contents"]["A2"].value
    assert said == {"kk": "Осы тілдегі атауларды, тақырыптарды және бірліктерді ана тілінде сөйлеуші тексермеген.",
                    "ja": "この言語の題名・見出し・単位は、母語話者による確認を受けていません。"}.get(lang)


def test_legend_shows_the_colours_of_the_marks(written):
    page = written["en"]["#contents"]
    fills = [page.cell(row, 1).fill.fgColor.rgb for row in range(1, page.max_row + 1)]
    for look in (style.ESTIMATE, style.ILLUSTRATIVE, style.MISSING, style.WRONG, style.SUSPICIOUS):
        assert look.fill.bgColor.rgb in fills
    colours = {style.ESTIMATE.fill.bgColor.rgb, style.ILLUSTRATIVE.fill.bgColor.rgb, style.MISSING.fill.bgColor.rgb,
               style.SUSPICIOUS.fill.bgColor.rgb, "FFFFFFFF"}
    assert len(colours) == 5


@pytest.mark.parametrize("lang", exhaustive_but(LANGS, ["en", "ru"]))
def test_dictionary_has_a_row_for_every_column_and_setting(written, lang):
    page = written[lang]["#dictionary"]
    found = [(row[0].value, row[1].value) for row in page.iter_rows(min_row=4)]
    members = {"": "", "year": "YYYY", "country": "CC", "quantity": "KEY"}
    wanted = [(sheet.name, column.name + members[column.family]) for sheet in INPUTS for column in sheet.columns]
    assert sorted(found) == sorted(wanted + [("settings", setting.name) for setting in SETTING_COLUMNS])
    cost = next(row for row in page.iter_rows(min_row=4, values_only=True) if row[:2] == ("facilities", "cost"))
    assert cost[4 - 1] == {"en": "bn KZT", "ru": "млрд тенге", "kk": "млрд теңге", "ja": "10億テンゲ"}[lang]
    assert cost[7 - 1] == "≥ 0"
    assert cost[10 - 1] == "12.5"


def test_dictionary_leads_to_the_headings(written):
    page = written["en"]["#dictionary"]
    place = next(row[1].hyperlink.location for row in page.iter_rows(min_row=4)
                 if (row[0].value, row[1].value) == ("facilities", "cost"))
    sheet, cell = place.split("!")
    assert written["en"][sheet][cell].value == "cost"


@pytest.mark.parametrize(("sheet", "column"), [*((sheet.name, column) for sheet in INPUTS for column in sheet.columns),
                                               *(("settings", c) for c in SETTING_COLUMNS)],
                         ids=lambda item: item if isinstance(item, str) else item.name)
def test_each_column_has_an_example_that_it_takes(sheet, column):
    """If this fails for a new column: give it an example in its declaration, or add one to
    model/jaryq/sheets/examples.py."""
    some = example(column, sheet)
    assert some is not None
    value, faults = convert(column, some)
    assert value is not None
    assert faults == ()


@pytest.mark.parametrize("seed", exhaustive_but(range(3), [0]))
def test_the_plain_workbook_of_other_tests_is_read_the_same(tmp_path, seed):
    tables = random_tables(seed) if seed else minimal_tables()
    write_inputs(tables, tmp_path / "case.xlsx")
    (tmp_path / "plain").mkdir()
    plain_workbook(tables, tmp_path / "plain" / "case.xlsx")
    (whole, issues), (plain, same_issues) = read(tmp_path / "case.xlsx"), read(tmp_path / "plain" / "case.xlsx")
    assert same_issues == issues
    for name, table in whole.sheets.items():
        one, other = plain[name].at_fifteen_digits, table.at_fifteen_digits  # XlsxWriter writes 16 digits
        assert (one.values, one.rows, one.columns) == (other.values, other.rows, other.columns)
