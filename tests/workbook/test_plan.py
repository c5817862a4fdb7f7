"""The plan workbook: written, read back, added up again, damaged."""

from __future__ import annotations

import contextlib
import math
import os
import re
import zipfile
from dataclasses import replace

import openpyxl
import pytest
import python_calamine

from jaryq.base.errors import JaryqError
from jaryq.base.flat import rounded
from jaryq.case.plan import Plan
from jaryq.handover.lenders import TITLE as LENDERS
from jaryq.report import build_report, claims
from jaryq.sheets.results import RESULTS
from jaryq.sheets.results_data import DATA_SHEETS
from jaryq.tables.tables import Table, Tables
from jaryq.verify.recompute import recompute
from jaryq.workbook.plan import NotWritten, read_plan, write_plan
from jaryq.workbook.plan_read import DamagedPlan
from tests.report.plans import finished
from tests.report.works import made as works
from tests.sampled import exhaustive_but_for
from tests.workbooks import minimal_tables

OF_WORKS = ("networks_by_period", "outages", "trenches", "ramps", "changes_since", "condition", "wear", "risk_by_class",
            "health", "options")
"""Sheets of which a plan without condition, in years, has none."""
OF_MORE = ("tariffs", "choices", "quantities", "balances", "flows", "burden", "borrowers", "calibration", "manifest",
           "stretches", "stretches_by_period", "stretches_by_age", "stretches_first", "stretches_cut")
"""Sheets that neither case has, and the one behind the inputs."""
MANIFEST = {"seed": "0", "version highs": "1.15.1", "remarks": ""}
AWKWARD = Plan(start={("=1+1", "2026Q1"): 1 / 3}, renew={("http://x", "2026"): 0.1 + 0.2},
               draw={("S", " p", 2026): 5e-324, ("S", "q", 2027): 1.7e308},
               old={("S", 2027): -0.0}, idle={("S", 2028): 1e-17}, supplied={("S", "p"): 2 / 3}, signed={"S": 1 / 7},
               line={("S", 2027): 0.1 + 0.7},
               part={("S", "p"): 1.0}, taken={"S": 1.0}, short={"T@KZ-10@2027": 123456789.123456789}, excess={"T": 1.0},
               extra={("W", "2026"): 0.1}, lent={("W", "2026"): 0.2}, borrowed={("W", "2027"): 0.3},
               payee={("S", "p"): 1.0}, lot={"LOT": 1.0}, joint={("J", "2026"): 0.7},
               flow={("NS", "forth", "2026Q4"): 10 / 3}, deficit={("South@MW", 2031): 30.000001})


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A plan in both languages."""
    folder = tmp_path_factory.mktemp("plan")
    for lang in ("en", "ru"):
        write(folder / f"{lang}.xlsx", lang)
        write(folder / f"works_{lang}.xlsx", lang, works())
    return folder


def write(path, lang="en", of=None, **changes):
    case, factors, answer = of or finished()
    _, findings = recompute(case, answer.plan)
    report = build_report(case, factors, answer, findings, MANIFEST)
    given = {"plan": answer.plan, "claims": claims(case, factors, answer), "inputs": inputs(), "manifest": MANIFEST,
             **changes}
    write_plan(path, case, report, given["inputs"], replace(answer, plan=given["plan"]), given["claims"],
               given["manifest"], lang)
    return answer


def inputs():
    """Inputs that stand apart in their workbook: rows 4 and 7, columns A, C and D."""
    base = minimal_tables()
    table = Table.of("facilities", [{"facility": "F1", "name": "=SUM(A1)", "cost": 0.1 + 0.2},
                                    {"facility": "F2", "name": "TRUE", "cost": None}])
    moved = replace_table(table, rows=(4, 7), columns={"facility": "A", "name": "C", "cost": "D"})
    return Tables("minimal", {**base.sheets, "facilities": moved})


def replace_table(table, **changes):
    return Table(**{"sheet": table.sheet, "values": table.values, "rows": table.rows, "columns": table.columns,
                    **changes})


def same(first, second):
    return (first.sheet, list(first.frame.columns), first.frame.values.tolist(), first.rows, dict(first.columns)) == (
        second.sheet, list(second.frame.columns), second.frame.values.tolist(), second.rows, dict(second.columns))


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_what_is_written_is_read_back(made, lang):
    case, factors, answer = finished()
    stored = read_plan(made / f"{lang}.xlsx")
    answer = rounded(answer)
    assert stored.plan == answer.plan
    assert stored.claims == rounded(claims(case, factors, answer))
    assert stored.multipliers == answer.multipliers
    assert repr(stored.solution) == repr(answer)  # nan included
    assert stored.manifest == MANIFEST
    assert (stored.tables.name, stored.scenario, stored.lang) == ("minimal", "base", lang)
    assert list(stored.tables.sheets) == list(inputs().sheets)
    for name, table in inputs().at_fifteen_digits().sheets.items():
        assert same(stored.tables[name], table), name


def test_fifteen_digits_and_every_letter_survive(tmp_path):
    """A number keeps the digits that every spreadsheet keeps, however large or small it is."""
    stated = {"objective": math.inf, "x": 0.1 + 0.2, "y": -5e-324}
    write(tmp_path / "p.xlsx", plan=AWKWARD, claims=stated)
    stored = read_plan(tmp_path / "p.xlsx")
    assert stored.plan == rounded(AWKWARD)
    assert stored.claims == rounded(stated)
    assert [f"{v:.15g}" for v in stored.plan.draw.values()] == [f"{v:.15g}" for v in AWKWARD.draw.values()]


def test_whole_numbers_come_back_whole(made):
    values = dict(read_plan(made / "en.xlsx").tables["settings"].frame[["setting", "value"]].values.tolist())
    assert type(values["first_year"]) is int
    assert type(values["discount_rate"]) is float


@exhaustive_but_for("en", "works_ru")
@pytest.mark.parametrize("lang", ["en", "ru", "works_en", "works_ru"])
def test_stored_values_of_formulas_are_what_they_add_up(made, lang):
    """Every SUM, SUMIF and reference is computed again from the stored values of the cells it names, by openpyxl and by
    calamine."""
    formulas = openpyxl.load_workbook(made / f"{lang}.xlsx")
    values = openpyxl.load_workbook(made / f"{lang}.xlsx", data_only=True)
    book = python_calamine.CalamineWorkbook.from_path(str(made / f"{lang}.xlsx"))
    checked = 0
    for sheet in formulas.worksheets:
        grid = book.get_sheet_by_name(sheet.title).to_python(skip_empty_area=False)
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    stored = values[sheet.title][cell.coordinate].value
                    assert stored == pytest.approx(computed(values, sheet.title, cell.value), abs=1e-12), (sheet.title,
                        cell.coordinate)
                    assert grid[cell.row - 1][cell.column - 1] == stored
                    checked += 1
    assert checked > 100


def computed(values, sheet, formula):
    """Value of a formula of the forms that are written: sums, sums of a group, references, sums of products in a row
    (rounded to a tenge)."""
    if match := re.fullmatch(r"=SUM\((\w+:\w+)\)", formula):
        return math.fsum(c.value for row in values[sheet][match[1]] for c in row if isinstance(c.value, (int, float)))
    if match := re.fullmatch(r"=SUMIF\(([$\w]+:[$\w]+),([$\w]+),(\w+:\w+)\)", formula):
        keys = [row[0].value for row in values[sheet][match[1].replace("$", "")]]
        wanted = values[sheet][match[2].replace("$", "")].value
        amounts = [row[0].value or 0.0 for row in values[sheet][match[3]]]
        return math.fsum(amount for key, amount in zip(keys, amounts, strict=True) if key == wanted)
    if match := re.fullmatch(r"='(\w+)'!(\w+)", formula):
        return values[match[1]][match[2]].value
    match = re.fullmatch(r"=(ROUND\()?([-+*A-Z0-9]+)(,9\))?", formula)
    assert match, formula
    terms = [(sign, [values[sheet][cell].value or 0.0 for cell in cells.split("*")])
             for sign, cells in re.findall(r"([-+]?)([A-Z]+\d+(?:\*[A-Z]+\d+)*)", match[2])]
    found = math.fsum((-1.0 if sign == "-" else 1.0) * math.prod(cells) for sign, cells in terms)
    return round(found, 9) if match[1] else found


def behind_the_front(names):
    """The sheets from the contents on: before them stand pages with titles in the language of the file."""
    assert names[0] == "Decision"
    return names[names.index("contents"):]


def test_sheets_stand_in_reading_order(made):
    names = openpyxl.load_workbook(made / "en.xlsx", read_only=True).sheetnames
    wanted = [sheet.name for sheet in RESULTS if sheet.name not in (*OF_WORKS, *OF_MORE)]
    assert behind_the_front(names)[:len(wanted) + 2] == [*wanted, "partner_JP", "partner_US"]
    more = openpyxl.load_workbook(made / "works_en.xlsx", read_only=True).sheetnames
    wanted = [sheet.name for sheet in RESULTS if sheet.name not in OF_MORE]
    assert behind_the_front(more)[:len(wanted)] == wanted
    assert [name for name in names if name.startswith("x_")] == [sheet.name for sheet in DATA_SHEETS]
    assert names.index("manifest") > max(names.index(f"in_{name}") for name in inputs().sheets)
    assert all(len(name) <= 31 for name in names)


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_links_of_the_contents_lead_somewhere(made, lang):
    book = openpyxl.load_workbook(made / f"{lang}.xlsx")
    links = [cell.hyperlink.location.split("!")[0].strip("'") for cell in book["contents"]["A"] if cell.hyperlink]
    assert sorted(links) == sorted(set(book.sheetnames) - {"contents"})


def test_russian_workbook_speaks_russian(made):
    """No heading and no word of the report stays English; names, keys and data may."""
    english, russian = (openpyxl.load_workbook(made / f"works_{lang}.xlsx", data_only=True) for lang in ("en", "ru"))
    for sheet in (sheet for sheet in RESULTS[2:-1] if sheet.name not in OF_MORE):
        there = {c.value for c in english[sheet.name][3]}
        here = {c.value for c in russian[sheet.name][3]}
        assert not there & here, sheet.name
        assert all(re.search("[А-Яа-я]", str(value)) for value in here), sheet.name
    labels = [c.value for c in russian["summary"]["A"] if c.value]
    assert [label for label in labels[1:] if not re.search("[А-Яа-я]", label)] == []


@pytest.mark.parametrize(("lang", "marks"), [("works_en", ["P", "W", "O"]), ("works_ru", ["З", "Р", "В"])])
def test_the_timetable_is_coloured_by_quarters(made, lang, marks):
    """Narrow columns under the years; procurement, works and outage each on a ground of its own; the sheet fits one
    page in width."""
    sheet = openpyxl.load_workbook(made / f"{lang}.xlsx")["timetable"]
    cells = [cell for cell in sheet[4] if cell.value in marks]
    assert [cell.value for cell in cells] == marks
    assert len({cell.fill.fgColor.rgb for cell in cells}) == 3
    assert [sheet.cell(2, cells[0].column).value, sheet.cell(2, cells[0].column + 4).value] == ["2026", "2027"]
    assert sheet.column_dimensions[cells[0].column_letter].width < 6


def test_figures_of_a_row_share_their_decimals(made):
    """20 bursts of 3 Gcal: heat not supplied 30 at the start and 25.2 over the year, both with two decimals; counts of
    facilities with none."""
    sheet = openpyxl.load_workbook(made / "works_en.xlsx")["condition"]
    rows = {row[2].value: [cell for cell in row[4:] if isinstance(cell.value, (int, float))]
            for row in sheet.iter_rows(min_row=4, max_row=12) if row[0].value == "all"}
    assert {cell.number_format for cell in rows["Heat not supplied"]} == {'#,##0.00;[Red]-#,##0.00;"–"'}
    assert {cell.number_format for cell in rows["Facilities in the red zone"]} == {'#,##0;[Red]-#,##0;"–"'}
    assert {cell.number_format for cell in rows["Heat lost in networks"]} == {'#,##0;[Red]-#,##0;"–"'}


def test_remarks_do_not_widen_the_page(made):
    """A sentence beneath a table is wrapped in the width of the table."""
    sheet = openpyxl.load_workbook(made / "works_en.xlsx")["options"]
    remark = next(cell for cell in sheet["A"] if str(cell.value).startswith("Money of variants"))
    assert remark.alignment.wrap_text
    assert any(remark.coordinate in merged for merged in sheet.merged_cells.ranges)


def test_texts_are_never_formulas_nor_links(made):
    book = openpyxl.load_workbook(made / "en.xlsx")
    assert [c.value for c in book["in_facilities"]["C"]][3] == "=SUM(A1)"
    assert book["in_facilities"]["C4"].data_type == "s"
    assert [c.coordinate for row in book["in_facilities"].iter_rows() for c in row if c.hyperlink] == ["A2"]


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_pages_of_partners_are_fit_to_hand_over(made, lang):
    """Landscape, on two papers at most, the title on each and the partner's name in the language beneath; a chart of
    draws and payments; tables to the last maturity stand beneath what is printed; its ways back within the book; the
    Russian page has Russian headings."""
    sheet = openpyxl.load_workbook(made / f"{lang}.xlsx")["partner_JP"]
    assert sheet.page_setup.orientation == "landscape"
    # One that fits a paper says so; one that does not states its size and the row with which the second begins.
    if sheet.sheet_properties.pageSetUpPr.fitToPage:
        assert {sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight} <= {None, 1}
        assert not sheet.row_breaks.brk
    else:
        breaks = sheet.row_breaks.brk
        assert 1 <= len(breaks) <= 2
        begins = [sheet.cell(one.id + 1, 1).font for one in breaks]
        assert all(font.sz == 12 or font.i for font in begins), "a heading, or a sentence beneath a table, begins each"
        assert 40 <= sheet.page_setup.scale < 100
    assert sheet.print_title_rows == "$1:$3"
    last = int(sheet.print_area.rpartition("$")[2])
    heads = {row[0].value: row[0].row for row in sheet.iter_rows(max_col=1) if row[0].font.sz == 12}
    of_years = {"en": "Service and debt to the last maturity", "ru": "Платежи и долг до последнего погашения"}[lang]
    assert {said.startswith(of_years) or said in ("Beside the loans of other lenders",
                                                  "Рядом с займами других кредиторов") for said, row in heads.items()
                                                  if row > last} == {True}
    assert not [said for said, row in heads.items() if row <= last and said.startswith(of_years)]
    assert sheet.oddFooter.center.text == sheet["A1"].value
    assert len(sheet._charts) == 1
    links = [c.hyperlink for row in sheet.iter_rows() for c in row if c.hyperlink]
    lenders = LENDERS.say(lang)[:31]
    assert [(link.ref, link.target, link.location) for link in links] == [("A3", None, f"'{lenders}'!A1"),
        ("B3", None, "'contents'!A1")], "back, and nowhere outside"
    assert sheet["A1"].value == {"en": "Japan: financing of the programme",
                                 "ru": "Япония: финансирование программы"}[lang]


def test_print_and_panes(made):
    book, russian = (openpyxl.load_workbook(made / f"{lang}.xlsx") for lang in ("en", "ru"))
    for name in ("facilities", "networks", "funding", "partners", "targets"):
        sheet = book[name]
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows == "$1:$3"
        assert sheet.freeze_panes.endswith("4")
        assert sheet.auto_filter.ref.startswith("A3:")
        assert "tiny, Base" in sheet.oddFooter.left.text
        assert "База" in russian[name].oddFooter.left.text
    assert len(book["summary"]._charts) == 2


@pytest.mark.parametrize(("lang", "said"), [("en", "prints them, {all} pages, and no others"),
                                            ("ru", "печать выводит их (страниц: {all}) и только их")])
def test_printing_prints_the_front(made, lang, said):
    """Both Excel and LibreOffice print the selected sheets unless told otherwise: these are the front, and the contents
    say so with the number of pages, which the last of them tells too. Print areas have the front and the papers of
    partners."""
    book = openpyxl.load_workbook(made / f"{lang}.xlsx")
    front = book.sheetnames[:book.sheetnames.index("contents")]
    assert len(front) > 5
    partners = [name for name in book.sheetnames if name.startswith("partner_")]
    assert [sheet.title for sheet in book.worksheets if sheet.print_area] == front + partners
    assert [sheet.title for sheet in book.worksheets if sheet.sheet_view.tabSelected] == front
    assert book.active.title == front[0]
    assert {book[name].sheet_state for name in front} == {"visible"}
    last = book[front[-1]].oddFooter.right.text.split(" / ")
    assert last[0].strip() == last[1]
    assert sum(said.replace("{all}", last[1]) in str(cell.value) for row in book["contents"].iter_rows()
               for cell in row) == 1


def test_nothing_can_be_typed_into_several_sheets_at_once(made):
    """All of the front are locked without a password (of the map, which this case has not, the figure can be chosen:
    test_front). Filters may be used, widths and charts changed. No other sheet is locked."""
    book = openpyxl.load_workbook(made / "en.xlsx")
    front = book.sheetnames[:book.sheetnames.index("contents")]
    assert [sheet.title for sheet in book.worksheets if sheet.protection.sheet] == front
    assert {book[name].protection.password for name in front} == {None}
    # Of what is locked the file says what stays so: no mark is a permission.
    assert {(book[name].protection.objects, book[name].protection.formatColumns, book[name].protection.autoFilter)
            for name in front} == {(False, False, False)}
    # Excel sorts no locked cells: sorting is not promised (openpyxl: True is locked), and the timetable says what to
    # do.
    assert {book[name].protection.sort for name in front} == {True}
    timetable = book["Timetable of works"]
    said = [str(cell.value) for row in timetable.iter_rows(max_row=3) for cell in row]
    assert sum("click “→ all sheets” first" in text and "Unprotect Sheet" in text for text in said) == 1
    assert all(cell.protection.locked for name in front for row in book[name].iter_rows() for cell in row)


def test_an_empty_plan_is_written(tmp_path):
    case, factors, answer = finished(Plan(), facilities={}, packages={}, targets=(), sources={}, rules=())
    answer = replace(answer, prices=(), stages=(), multipliers={}, remarks=())
    write_plan(tmp_path / "p.xlsx", case, build_report(case, factors, answer), Tables("t"), answer, {}, {}, "ru")
    stored = read_plan(tmp_path / "p.xlsx")
    assert (stored.plan, stored.claims, stored.manifest, stored.tables.sheets) == (Plan(), {}, {}, {})


# A file that appears whole or not at all.

def test_a_failed_write_leaves_the_old_plan(tmp_path):
    path = tmp_path / "plan.xlsx"
    path.write_bytes(b"old")
    with pytest.raises(NotWritten):
        write(path, manifest={"key": "x" * 40000})
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["plan.xlsx"]


def test_the_folder_is_made_and_nothing_else_is_left(tmp_path):
    write(tmp_path / "a" / "b" / "plan.xlsx")
    assert os.listdir(tmp_path / "a" / "b") == ["plan.xlsx"]


def test_a_place_that_cannot_be_written(tmp_path):
    (tmp_path / "a").write_text("a file")
    with pytest.raises(NotWritten):
        write(tmp_path / "a" / "plan.xlsx")


# Damaged files.

def edited(made, tmp_path, change):
    book = openpyxl.load_workbook(made / "en.xlsx")
    change(book)
    book.save(tmp_path / "bad.xlsx")
    return tmp_path / "bad.xlsx"


def put(sheet, cell, value):
    def change(book):
        book[sheet][cell] = value
    return change


@exhaustive_but_for("<lambda>-manifest", "change-x_start", "change-form", "change-twice")
@pytest.mark.parametrize(("change", "says"), [
    (lambda book: book.remove(book["x_draw"]), "x_draw"),
    (lambda book: book.remove(book["in_settings"]), "in_settings"),
    (lambda book: book.remove(book["manifest"]), "manifest"),
    (put("x_draw", "D4", "much"), "x_draw!D4"),
    (put("x_draw", "C4", 2026.5), "x_draw!C4"),
    (put("x_draw", "D4", None), "x_draw!D4"),
    (put("x_start", "A4", True), "x_start!A4"),
    (put("x_start", "A3", "other"), "x_start"),
    (put("x_form", "B4", "99"), "form"),
    (put("x_money", "A4", "young"), "young"),
    (put("x_claims", "A5", "objective"), "twice"),
])
def test_damage_is_named(made, tmp_path, change, says):
    with pytest.raises(DamagedPlan, match=re.escape(says)):
        read_plan(edited(made, tmp_path, change))


@pytest.mark.parametrize("content", [b"", b"no workbook", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0"])
def test_other_files_are_refused(tmp_path, content):
    (tmp_path / "p.xlsx").write_bytes(content)
    with pytest.raises(DamagedPlan):
        read_plan(tmp_path / "p.xlsx")


def test_cut_off_and_missing_files_are_refused(made, tmp_path):
    whole = (made / "en.xlsx").read_bytes()
    for size in (100, len(whole) // 2, len(whole) - 30):
        (tmp_path / "p.xlsx").write_bytes(whole[:size])
        with pytest.raises(JaryqError):
            read_plan(tmp_path / "p.xlsx")
    with pytest.raises(JaryqError):
        read_plan(tmp_path / "none.xlsx")
    with pytest.raises(JaryqError):
        read_plan(tmp_path)


def test_any_part_that_is_garbled_is_refused_or_read(made, tmp_path):
    """Whatever part of the package is garbled: a JaryqError, or the part does not matter to ``verify``."""
    with zipfile.ZipFile(made / "en.xlsx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name in parts:
        with zipfile.ZipFile(tmp_path / "p.xlsx", "w") as archive:
            for other, content in parts.items():
                archive.writestr(other, content[: len(content) // 2] if other == name else content)
        with contextlib.suppress(JaryqError):
            read_plan(tmp_path / "p.xlsx")
