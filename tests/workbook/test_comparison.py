"""The comparison workbook: written, read back, its formulas computed again, its links followed, its place kept."""

from __future__ import annotations

import os
import re
from dataclasses import replace

import openpyxl
import pytest

from jaryq.case.case import Region
from jaryq.case.plan import Plan
from jaryq.report.compare import comparison
from jaryq.report.result import Result
from jaryq.tables.change import Change
from jaryq.tables.scenarios import Changed
from jaryq.workbook.comparison import NotWritten, write_comparison
from jaryq.workbook.comparison_waterfall import bars_of
from tests.cases import edit, facility, full_case, full_plan, keyed, named, source
from tests.report.test_compare import failed, flat, result

OPENING = {"en": "In short", "ru": "Коротко"}
SHEETS = ["contents", "overview", "projects", "moves", "money", "targets", "waterfall", "inputs", "failures"]
def quarters():
    """Another case: its own region, facility, source and years, by quarter."""
    return flat(resolution="quarter", last_year=2029, regions=keyed(Region(**named("R9"))), packages={},
                facilities=keyed(facility("F7", region="R9", cost=2.0, works_months=3.0)),
                sources=keyed(source("X", kind="grant", partner="DE")))


CHANGE = Change("facilities", "", "cost", "", "multiply", 1.25, "scenario_changes", "A9")


def scenarios():
    """The base, one with other starts and payers, one that is dearer, one without a plan, and one whose name would be a
    formula."""
    moved = full_plan(start={("F1", "2026"): 1.0, ("F2", "2028"): 1.0},
                      renew={("N1", "2026"): 20.0, ("N1", "2027"): 50.0},
                      draw={("L", "F1", 2026): 3.0, ("B", "F1", 2026): 3.0, ("E", "F1", 2027): 6.0,
                            ("Y", "N1", 2026): 2.0, ("O", "N1", 2027): 5.0, ("B", "F2", 2028): 4.0})
    dear = edit(full_case(), "facilities", "F1", cost=15.0)
    changed = (Changed("facilities", "F1", "cost", "facilities!P4", 12.0, 15.0, CHANGE),
               Changed("facilities", "=F2", "cost", "facilities!P5", None, "=1+1", CHANGE))
    return [result("base"), result("moved", plan=moved), result("dear", dear, changed=changed),
            failed("bad", "=hard rules contradict"),
            replace(result("f"), name="=SUM(A1)", name_ru="=СУММ(A1)")]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("comparison")
    for lang in ("en", "ru"):
        write_comparison(folder / f"{lang}.xlsx", scenarios(), lang)
    return folder


def books(made, lang="en"):
    return openpyxl.load_workbook(made / f"{lang}.xlsx"), openpyxl.load_workbook(made / f"{lang}.xlsx", data_only=True)


def computed(sheet, formula):
    """Value of a formula from the stored values of its cells: sums, differences, rounding, least and most."""
    def cell(match):
        value = sheet[match[0].replace("$", "")].value
        return repr(float(value or 0.0))

    def sum_of(match):
        return repr(sum(c.value or 0.0 for row in sheet[match[1]] for c in row))

    text = re.sub(r"\$?[A-Z]+\$?\d+", cell, re.sub(r"SUM\(([A-Z]+\d+:[A-Z]+\d+)\)", sum_of, formula[1:]))
    return eval(text, {"ROUND": round, "MAX": max, "MIN": min})


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_stored_values_are_what_the_formulas_mean(made, lang):
    formulas, values = books(made, lang)
    checked = dict.fromkeys([OPENING[lang], *SHEETS], 0)
    for sheet in formulas.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    stored = values[sheet.title][cell.coordinate].value
                    assert stored == pytest.approx(computed(values[sheet.title], cell.value), abs=2e-9), (sheet.title,
                        cell.coordinate, cell.value)
                    checked[sheet.title] += 1
    assert checked["overview"] > 50
    assert checked["money"] > 30
    assert checked["waterfall"] > 50


def test_sheets_and_links(made):
    book, _ = books(made)
    assert book.sheetnames == ["In short", *SHEETS]
    assert [c.hyperlink.location.split("!")[0].strip("'") for c in book["contents"]["A"] if c.hyperlink] == ["In short",
        *SHEETS[1:]]
    assert all(book[name]["A2"].hyperlink.location == "'contents'!A1" for name in SHEETS[1:])
    assert book.active.title == "In short"


def test_five_in_five_out(made):
    _, values = books(made)
    overview, projects = values["overview"], values["projects"]
    assert [overview.cell(3, c).value for c in range(3, 8)] == ["BASE", "MOVED", "DEAR", "BAD", "=SUM(A1)"]
    assert [overview.cell(2, c).value for c in range(3, 8)] == ["base", "moved", "dear", "bad", "f"]
    assert [overview.cell(6, c).value for c in range(3, 8)] == ["plan", "plan", "plan", "no plan", "plan"]
    assert [c.value for c in projects[3]][5:] == ["BASE", "MOVED", "DEAR", "BAD", "=SUM(A1)"]
    assert projects["G2"].value.startswith("4 differ: 1 dropped, 1 later,")
    assert projects["J2"].value == "all as base"
    assert [values["targets"].cell(2, c).value for c in range(9, 24, 3)] == ["BASE", "MOVED", "DEAR", "BAD: no plan",
        "=SUM(A1)"]
    assert [c.value for c in values["failures"][4]] == ["BAD", "bad", "=hard rules contradict"]


def test_differences_of_the_overview(made):
    """F1 at 15 instead of 12 over 24 months: 3 bn more; the same scenario again: nothing."""
    _, values = books(made)
    row = next(r for r in range(4, 60) if values["overview"].cell(r, 1).value == "Spending, nominal")
    assert [values["overview"].cell(row, c).value for c in range(3, 8)] == [25.0, 23.0, 28.0, None, 25.0]
    assert [values["overview"].cell(row, c).value for c in range(9, 13)] == [-2.0, 3.0, None, 0.0]


def test_totals_of_money_by_block(made):
    _, values = books(made)
    totals = [row for row in values["money"].iter_rows(min_row=4, values_only=True) if row[1] == "Total"]
    assert [(row[0], row[-2], row[-1]) for row in totals] == [("BASE", 25.0, None), ("MOVED", 23.0, -2.0),
        ("DEAR", 25.0, 0.0), ("=SUM(A1)", 25.0, 0.0)]


def test_waterfall_adds_up(made):
    _, values = books(made)
    rows = list(values["waterfall"].iter_rows(min_row=4, max_row=6, values_only=True))
    assert [row[0] for row in rows] == ["MOVED", "DEAR", "=SUM(A1)"]
    for row in rows:
        numbers = [v for v in row[1:] if v is not None]
        assert sum(numbers[:-2]) == pytest.approx(numbers[-2], abs=1e-9)
    assert rows[1][2:6] == (0.0, 3.0, 0.0, -3.0)  # dearer works, but the same draws
    assert len(openpyxl.load_workbook(made / "en.xlsx")["waterfall"]._charts) == 3


def test_below_zero_the_bars_are_split():
    """Works of 10 paid by a gift, all dropped: from 0 down to -10 and up to 0 again."""
    base = result("base", flat(), Plan({("F1", "2026"): 1.0}, draw={("G", "F1", 2026): 10.0}))
    bars = bars_of(comparison([base, result("s", flat(), Plan())]).bridges[0])
    assert [(bar.begin, bar.end) for bar in bars] == [(0, 0), (0, -10), (-10, -10), (-10, -10), (-10, 0), (0, 0)]
    assert [(bar.clear, bar.part("fall", False), bar.part("rise", False)) for bar in bars[1:5]] == [(0, -10, 0),
        (-10, 0, 0), (-10, 0, 0), (0, 0, -10)]


def test_texts_are_never_formulas(made):
    book, _ = books(made)
    for sheet, cell in (("overview", "G3"), ("failures", "C4"), ("inputs", "C5"), ("inputs", "H5")):
        assert book[sheet][cell].data_type == "s", (sheet, cell)
        assert book[sheet][cell].value.startswith("=")
    assert [c.value for c in book["inputs"][4]] == ["DEAR", "facilities", "F1", "cost", "bn KZT", "facilities!P4", 12,
                                                    15, "multiplied by 1.25 (scenario_changes, row 9)"]


def test_print_panes_and_charts(made):
    book, _ = books(made)
    for name in SHEETS[2:]:
        sheet = book[name]
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.freeze_panes.endswith("4"), name
        assert sheet.print_title_rows == "$1:$3"
        assert sheet.auto_filter.ref.startswith("A3:"), name
    assert book["overview"].freeze_panes == "C4"
    assert len(book["overview"]._charts) == 2  # the km of sectors are the same in all
    assert book.properties.title == "tiny"


def test_russian_speaks_russian(made):
    _, english = books(made)
    _, russian = books(made, "ru")
    for name in SHEETS[1:]:
        own = {c.value for c in russian[name][3] if c.value} - {"=СУММ(A1)", "BAD"}
        assert all(re.search("[А-Яа-я]", value) for value in own), name
    labels = [c.value for c in russian["overview"]["A"][2:] if c.value]
    assert all(re.search("[А-Яа-я]", label) for label in labels)
    assert len(labels) == len([c for c in english["overview"]["A"][2:] if c.value])


@pytest.mark.parametrize("results", [
    [Result("base", "", "", failure="no"), Result("s", "", "", failure="no")], [result("base")],
    [failed("base"), result("s")],
    [result("base"), failed("s")], [result("base", flat(), Plan()), result("s", flat(), Plan())],
    [result("base"), result("s", flat(), Plan())], [result("base", flat(), Plan()), result("s"), failed("t")],
    [result("base"), result("s", quarters(), Plan({("F7", "2027Q2"): 1.0}, draw={("X", "F7", 2027): 2.0}))],
    [replace(result("base"), name="N" * 60, name_ru="Н" * 60),
     replace(result("base"), name="N" * 60, name_ru="Н" * 60)],
])
@pytest.mark.parametrize("lang", ["en", "ru"])
def test_whatever_comes_is_written(tmp_path, results, lang):
    write_comparison(tmp_path / "c.xlsx", results, lang)
    book = openpyxl.load_workbook(tmp_path / "c.xlsx")
    assert book.sheetnames == [OPENING[lang], *SHEETS[: 9 if any(not r.done for r in results) else 8]]


def test_a_failed_write_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "comparison.xlsx"
    path.write_bytes(b"old")

    def full(*_):
        raise OSError("no space left")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(NotWritten, match="no space left"):
        write_comparison(path, [result("base")], "en")
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["comparison.xlsx"]


def test_a_reason_longer_than_a_cell_does_not_stop_the_others(tmp_path):
    write_comparison(tmp_path / "c.xlsx", [result("base"), failed("bad", "x" * 40000)], "en")
    assert len(openpyxl.load_workbook(tmp_path / "c.xlsx")["failures"]["C4"].value) == 32767


def test_the_same_results_give_the_same_tables(made, tmp_path):
    write_comparison(tmp_path / "c.xlsx", scenarios(), "en")
    first, second = books(made)[1], openpyxl.load_workbook(tmp_path / "c.xlsx", data_only=True)
    for name in SHEETS:
        assert list(first[name].iter_rows(values_only=True)) == list(second[name].iter_rows(values_only=True)), name
