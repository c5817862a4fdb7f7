"""The two layers of ``verify``: a changed cell is named wherever it is, a forged plan fails, a plan saved again by
another program holds."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache, partial

import openpyxl
import pytest

from jaryq.api import verified
from jaryq.api.clock import Clock
from jaryq.api.findings import OF_STAGES
from jaryq.api.rewritten import compared, unsealed, write_again
from jaryq.base.errors import NotVerified
from jaryq.base.lazily import Lazily
from jaryq.base.text import Text
from jaryq.commands.cli import main
from jaryq.commands.verify import verdict, verdict_of, why_stopped
from jaryq.report import build as report_build
from jaryq.report import claims
from jaryq.report.shapes import Out
from jaryq.sheets import results
from jaryq.sheets.results_data import DATA_SHEETS
from jaryq.sheets.spec import Column, Sheet
from jaryq.tables.tables import letters
from jaryq.verify.finding import failed
from jaryq.workbook.noted import Cell, Noted, canonical
from jaryq.workbook.plan_file import DamagedPlan
from jaryq.workbook.plan_read import stored_plan
from jaryq.workbook.seal import seal_of, sealed
from tests.forged import edited, job, opened, other, places, put, with_value, write
from tests.sampled import exhaustive_but_for

CHANGES = 100


@pytest.fixture(scope="module")
def file_in(tmp_path_factory):
    """The same plan in the language asked for, opened; written when a test of this process first asks."""
    folder = tmp_path_factory.mktemp("plans")
    return cache(lambda lang: opened(write(folder / f"{lang}.xlsx", lang)))


@pytest.fixture(scope="module")
def plan(file_in):
    return file_in("en")


def exhaustive(*values):
    """Cases of a kind that the others stand for in the quick part."""
    return [pytest.param(value, marks=pytest.mark.exhaustive) for value in values]


@exhaustive_but_for("en", "ru")
@pytest.mark.parametrize("lang", ["en", "ru", "kk", "ja"])
def test_a_plan_holds_in_every_language(file_in, lang):
    found = verdict_of(file_in(lang))
    assert (found.holds, found.here, found.differences) == (True, True, ())
    assert len(found.seal) == 64
    assert set(found.sheets) >= {"contents", "summary", "facilities", "partner_JP", "in_facilities", "manifest",
                                 *(sheet.name for sheet in DATA_SHEETS)}


# A changed cell.

@pytest.mark.parametrize("lang", ["en", *exhaustive("ru", "kk", "ja")])
def test_a_hundred_changed_cells_are_named(file_in, lang):
    """Of all sheets, as many changes of each: in sealed sheets the seal tells the cell, in the others the plan written
    again."""
    file, chance = file_in(lang), random.Random(lang)
    stored, done = stored_plan(file), job()
    made = write_again(stored, done.accepted, done.solution, done.findings)
    assert [*compared(file.cells, made, True)] == []
    by_sheet = {}
    for sheet, row, column in places(file):
        by_sheet.setdefault(sheet, []).append((row, column))
    for number in range(CHANGES):
        sheet = chance.choice([*by_sheet]) if number >= len(by_sheet) else [*by_sheet][number]
        row, column = chance.choice(by_sheet[sheet])
        cell = f"{letters(column + 1)}{row + 1}"
        value = other(file.grids[sheet][row][column], chance)

        bad = {**file.cells, sheet: {**file.cells[sheet], (row, column): Cell(value if isinstance(value, (bool, str))
            else float(value))}}
        found = [*unsealed(bad)] if sheet in sealed(bad) else [*compared(bad, made, True)]
        assert [one.address for one in found] == [f"{sheet}!{cell}"], (value, found)


@pytest.mark.parametrize(("sheet", "cell", "value"), [
    ("in_facilities", "A4", "F9"), ("in_facilities", "P3", "price"), ("in_settings", "B4", "soon"),
    ("x_start", "A4", "nobody"), ("x_start", "B4", "1999"), ("x_draw", "D4", "much"),
    ("x_form", "B4", "3"), ("x_form", "B6", "other"), ("x_form", "B8", "in_nothing"), ("x_sealed", "A6", "lost"),
    ("x_claims", "B4", ""), ("x_multipliers", "A4", "nothing|row"),
    ("manifest", "B4", "0"), ("summary", "B8", 1.0), ("facilities", "Z99", "a note"), ("in_targets", "A99", "a note"),
    ("x_renew", "F2", 5.0), ("x_seal", "D4", "0" * 64),
    ("x_seal", "C6", 2.0), ("contents", "A3", "Tables"), ("partner_JP", "A1", "Italy"),
])
def test_whatever_the_change_does_to_the_rest_the_cell_is_named_first(plan, sheet, cell, value):
    """Also where the plan cannot be read or reported any more: unknown keys, no number, another form."""
    found = verdict_of(edited(plan, put(sheet, cell, value)))
    assert not found.holds
    assert found.differences[0].address == f"{sheet}!{cell}"
    assert all(one.follows for one in found.differences if one.sheet != sheet)


def test_of_several_changes_every_place_where_they_cross_is_named(plan):
    """Two changes of one column are named themselves; two of other rows and columns with the two places that they cross
    in."""
    def two(first, second):
        return [one.address for one in unsealed(edited(plan,
                                                       lambda grids: (put("x_draw", first, 0.5)(grids),
                                                       put("x_draw", second, 0.25)(grids))).cells)]
    assert two("D4", "D5") == ["x_draw!D4", "x_draw!D5"]
    assert two("C4", "D5") == ["x_draw!C4", "x_draw!D4", "x_draw!C5", "x_draw!D5"]


@exhaustive_but_for("facilities", "x_seal")
@pytest.mark.parametrize("sheet", ["facilities", "x_draw", "x_seal",
                                   *exhaustive("in_sources", "manifest", "partner_JP")])
def test_a_sheet_that_is_gone_or_new_is_named(plan, tmp_path, sheet):
    book = openpyxl.load_workbook(plan.path)
    book.remove(book[sheet])
    book.create_sheet("notes")["B2"] = 5
    book.save(tmp_path / "plan.xlsx")
    if sheet == "x_seal":
        assert main(["verify", str(tmp_path / "plan.xlsx")]) == 1
        return
    found = verdict(tmp_path / "plan.xlsx")
    assert sheet in [one.address for one in found.differences]
    if sheet in ("facilities", "partner_JP"):
        assert "notes" in [one.address for one in found.differences]


def test_a_changed_formula_is_named_and_one_without_a_value_is_not(plan, tmp_path):
    """openpyxl stores no values of formulas: their texts are compared then."""
    book = openpyxl.load_workbook(plan.path)
    place = next(cell for row in book["facilities"].iter_rows() for cell in row if str(cell.value).startswith("=SUM("))
    book.save(tmp_path / "plan.xlsx")
    assert verdict(tmp_path / "plan.xlsx").holds
    place.value = place.value.replace("SUM", "MAX")
    book.save(tmp_path / "plan.xlsx")
    found = verdict(tmp_path / "plan.xlsx")
    assert [one.address for one in found.differences] == [f"facilities!{place.coordinate}"]
    assert "=SUM(" in found.differences[0].why.en


@pytest.mark.exhaustive
def test_every_cell_of_the_seal_itself_is_named(plan):
    """Where nothing sealed was changed, a row of the seal that tells of another sheet, first row or kind is a changed
    cell, not a sheet that is gone."""
    rows = range(4, len(plan.grids["x_seal"]) + 1)
    for number in rows:
        for column, value in (("A", "sheets"), ("B", "x_nothing"), ("C", 3.0), ("D", "0")):
            bad = edited(plan, put("x_seal", f"{column}{number}", value))
            assert [*unsealed(bad.cells)] == []
    for cell in ("A5", "B5", "B6", f"B{rows[-1]}", "C5", "D5"):
        found = verdict_of(edited(plan, put("x_seal", cell, "x_nothing")))
        assert [one.address for one in found.differences] == [f"x_seal!{cell}"]


# A new sheet.

def test_a_new_sheet_is_covered_unasked(tmp_path, monkeypatch):
    """A table that nobody has told ``verify`` of: it is in the file, and a change of it is named."""
    declared = Sheet("added", Text("Added", "Новый"), Text("A new sheet.", "Новый лист."), key=("key",),
                     columns=(Column("key", "text", Text("Key", "Ключ"), Text("Key.", "Ключ.")),
                              Column("km", "number", Text("Km", "Км"), Text("Km.", "Км."), "km")))
    monkeypatch.setitem(results.RESULT, "added", declared)
    class Added(report_build.Parts):
        def __init__(self, *given):
            super().__init__(*given)
            km = sum(self.found.plan.renew.values())
            self.tables = Lazily({**{name: partial(self.tables.get, name) for name in self.tables},
                                  "added": lambda: Out("added", ("key", "km"), ({"key": "N1", "km": km},))})

    monkeypatch.setattr(report_build, "Parts", Added)
    file = opened(write(tmp_path / "plan.xlsx"))
    assert verdict_of(file).holds
    assert file.grids["added"][3][1] == pytest.approx(90.0)
    assert [one.address for one in verdict_of(edited(file, put("added", "B4", 91.0))).differences] == ["added!B4"]


def test_a_way_of_writing_that_is_not_noted_is_refused():
    with pytest.raises(AttributeError, match="write_row"):
        Noted().add_worksheet("s").write_row(0, 0, [1.0])


# Forged plans, sealed again.

def emptied(grids):
    for name in ("x_start", "x_draw", "x_claims", "x_multipliers"):
        del grids[name][3:]


def test_an_emptied_plan_fails(plan):
    found = verdict_of(edited(plan, emptied, seal=True))
    missing = {finding.place for finding in failed(found.findings) if finding.check == "stated"}
    assert missing >= {"objective", "value[objective]", "bound[objective]", "value[priority_1]", "km_renewed",
                       "spend[2026]", "multipliers of objective"}


@pytest.mark.parametrize(("name", "finding"), [("objective", "objective"), ("value[priority_2]", "value[priority_2]"),
                                               ("bound[objective]", "bound[objective]"),
                                               ("spend[2027]", "spend[2027]")])
def test_a_claim_that_is_missing_fails(plan, name, finding):
    def edit(grids):
        grids["x_claims"][:] = [row for row in grids["x_claims"] if row[0] != name]
    assert ("stated", finding) in {(one.check, one.place) for one in failed(verdict_of(edited(plan, edit,
        seal=True)).findings)}


@pytest.mark.parametrize(("sheet", "row", "place"), [("x_claims", "value[tie_break]", "value[tie_break]"),
                                                     ("x_claims", "profit", "profit"),
                                                     ("x_multipliers", "objective|no row",
                                                      "multiplier objective|no row"),
                                                     ("x_multipliers", "priority_1|priority_2",
                                                      "multiplier priority_1|priority_2")])
def test_a_claim_or_multiplier_too_many_fails(plan, sheet, row, place):
    found = verdict_of(edited(plan, lambda grids: grids[sheet].append([row, 0.5]), seal=True))
    assert ("stated", place) in {(one.check, one.place) for one in failed(found.findings)}


def test_a_worse_plan_with_the_better_plans_value_fails(tmp_path):
    """Without F2, which saves most, F3 is built. Those decisions are a plan of the whole input too; report and seal are
    made to fit the better value."""
    best, worse = job(), job(without="F2")
    assert worse.solution.value < best.solution.value - 0.1
    values = {stage.name: stage.value for stage in best.solution.stages}
    forged = with_value(replace(best.solution, plan=worse.solution.plan), **values)
    stated = {key: value for key, value in best.claims.items() if key == "objective" or key.startswith(OF_STAGES)}
    honest = {**honest_claims(best, worse), **stated}
    found = verdict(write(tmp_path / "plan.xlsx", solution=forged, claims=honest))
    assert {one.place for one in failed(found.findings) if one.check == "value"} == {"value[objective]"}
    assert {one.check for one in failed(found.findings)} == {"value", "claim", "other_choice"}


def honest_claims(best, worse):
    """The honest numbers of the worse plan for the whole input."""
    return claims(best.accepted.case, best.accepted.factors, worse.solution)


def test_shown_numbers_that_are_changed_are_all_named(plan):
    """Twelve of the numbers that people read, each made better by a tenth."""
    shown = [(sheet, row, column) for sheet, row, column in places(plan)
             if sheet in ("summary", "facilities", "networks", "funding", "targets", "limits", "stages", "partner_JP")
             and isinstance(plan.grids[sheet][row][column], float)
             and plan.grids[sheet][row][column]]
    chosen = random.Random(3).sample(shown, 12)

    def edit(grids):
        for sheet, row, column in chosen:
            grids[sheet][row][column] *= 1.1
    found = verdict_of(edited(plan, edit, seal=True))
    assert {one.address for one in found.differences} == {f"{sheet}!{letters(column + 1)}{row + 1}"
                                                          for sheet, row, column in chosen}


def test_multipliers_that_claim_more_fail(tmp_path):
    """The bound drawn to the plan's value: multipliers do not give it, neither the true ones nor larger ones."""
    done = job()
    objective = done.solution.stages[-1]
    assert objective.name == "objective"
    for factor in (1.0, 1.5):
        multipliers = {key: value * (factor if key.startswith("objective|") else 1.0)
                       for key, value in done.solution.multipliers.items()}
        better = objective.value - 0.5
        forged = replace(done.solution, multipliers=multipliers, certified_bound=better,
                         stages=(*done.solution.stages[:-1], replace(objective, bound=better)))
        found = verdict(write(tmp_path / "plan.xlsx", solution=forged,
                              claims={**done.claims, "bound[objective]": better}))
        assert ("certificate", "bound[objective]") in {(one.check, one.place) for one in failed(found.findings)}


@pytest.mark.parametrize(("sheet", "row", "heading", "value"), [
    ("in_source_years", 0, "2026", 1.0),       # the plan spends more than this ceiling
    ("in_facilities", 1, "savings", 1.9),      # a saving is higher, so is the value
    ("in_targets", 0, "value", 80.0),          # a target is easier, so is its shortfall
    ("in_sources", 1, "rate", 9.0),            # the loan is dearer
    ("in_facilities", 0, "name", "Renamed"),   # no figure changes, the sheets that show the name do
])
def test_inputs_changed_under_the_same_decisions_fail(plan, sheet, row, heading, value):
    def edit(grids):
        grids[sheet][3 + row][grids[sheet][2].index(heading)] = value
    found = verdict_of(edited(plan, edit, seal=True))
    assert not found.holds
    assert failed(found.findings) or found.differences
    assert sheet == "in_facilities" or failed(found.findings)


def test_a_plan_is_verified_before_other_choices_are_priced(monkeypatch):
    """What a check refuses is refused before the minutes that prices of other choices take; what is said of them is
    checked too."""
    done, told = job(), []
    forged = with_value(done.solution, objective=done.solution.value + 1.0)
    bare = replace(forged, choices=(), whatifs=())
    monkeypatch.setattr(verified, "solved", lambda *_: bare)
    with pytest.raises(NotVerified, match="first claim at objective"):
        verified.decide(done.accepted, Clock(), told.append)
    assert told[-1] == "verifying"
    bent = replace(done.solution.choices[0], by="nothing", verdict="never")
    monkeypatch.setattr(verified, "solved", lambda *_: replace(done.solution, choices=()))
    monkeypatch.setattr(verified, "explained", lambda *_: replace(done.solution, choices=(bent,)))
    with pytest.raises(NotVerified, match="other_choice"):
        verified.decide(done.accepted, Clock(), told.append)


def test_only_solving_again_stops_a_forger_of_prices(tmp_path):
    """The price of a limit is what only solving finds: sealed again and shown to fit, it passes; with ``--deep`` it is
    named."""
    done = job()
    price = done.solution.prices[0]
    forged = replace(done.solution, prices=(replace(price, loosen=replace(price.loosen, objective=99.0)),
                                            *done.solution.prices[1:]))
    path = write(tmp_path / "plan.xlsx", solution=forged)
    assert verdict(path).holds
    found = verdict(path, deep=True)
    where = next(row for row, line in enumerate(opened(path).grids["x_sealed"], 1)
                 if line[0] == "prices[0].loosen.objective")
    assert [one.address for one in found.differences] == [f"x_sealed!B{where}"]


@pytest.mark.parametrize(("key", "value"), [
    ("objective", "society"), ("gap", "0.5"), ("seed", "7"), ("time_limit", "1.0"), ("remarks", "proved by hand"),
    ("checks", "999 checks, 0 failed"),
    ("scenario", "other"), ("status", "error"), ("lang", "ru"), ("facilities", "divisible"), ("node_limit", "5"),
])
def test_what_the_manifest_says_of_inputs_and_decisions_follows_from_them(plan, key, value):
    """Sealed again, another outcome or option is named; so is one that is gone."""
    row = next(number for number, line in enumerate(plan.grids["manifest"], 1) if line[0] == key)
    found = verdict_of(edited(plan, put("manifest", f"B{row}", value), seal=True))
    assert [one.address for one in found.differences if one.sheet != "x_seal"] == [f"manifest!B{row}"]
    assert not verdict_of(edited(plan, lambda grids: grids["manifest"].pop(row - 1), seal=True)).holds


def test_an_empty_manifest_fails(plan):
    assert not verdict_of(edited(plan, lambda grids: grids["manifest"].__delitem__(slice(3, None)), seal=True)).holds


# The seal, and other programs.

def test_the_seal_is_printed_stored_and_expected(tmp_path, capsys):
    write(tmp_path / "plan.xlsx")
    seal = seal_of(opened(tmp_path / "plan.xlsx").cells)
    assert opened(tmp_path / "plan.xlsx").grids["x_seal"][3][3] == seal
    assert main(["verify", str(tmp_path / "plan.xlsx"), "--expect", seal.upper()]) == 0
    assert seal in capsys.readouterr().out
    assert main(["verify", str(tmp_path / "plan.xlsx"), "--expect", "0" * 64]) == 1
    assert "not the plan" in capsys.readouterr().err


def test_every_input_and_decision_is_in_the_seal(plan):
    """Everything but the report and the seal itself; the report follows from it."""
    assert set(sealed(plan.cells)) == {name for name in plan.cells if name.startswith("in_") or name == "manifest"
                                       or (name.startswith("x_") and name != "x_seal")}


def test_a_plan_saved_again_with_fifteen_digits_holds(plan, tmp_path):
    """As LibreOffice does it: 15 digits, values of formulas calculated anew, a style of dates, other quotes in
    formulas."""
    book = openpyxl.load_workbook(plan.path)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, float):
                    cell.value = float(f"{cell.value:.15g}")
                elif isinstance(cell.value, str) and cell.value.startswith("="):
                    cell.value = cell.value.replace("'", "")
        sheet["A1"].font = openpyxl.styles.Font(name="Arial", size=20)
    draw = book["x_draw"]["D4"]
    draw.number_format = "yyyy-mm-dd"
    book.save(tmp_path / "plan.xlsx")
    found = verdict(tmp_path / "plan.xlsx")
    assert found.differences == ()
    assert found.holds
    assert found.seal == seal_of(plan.cells)


@pytest.mark.parametrize(("one", "other_", "same"), [
    (0.1 + 0.2, 0.3, True), (1.0, 1, True), (0.0, -0.0, True), ("a\r\nb", "a\nb", True), ("_x0041_", "A", True),
    (None, "", True),
    (1.0, "1", False), (True, 1.0, False), (1.0, 1.00000000000001, False), ("a", "A", False), ("a ", "a", False),
])
def test_what_is_the_same_cell(one, other_, same):
    assert (canonical(one) == canonical(other_)) is same


def test_another_machine_is_allowed_its_last_digits(plan):
    """Where another version or machine wrote the plan, numbers may differ by 1e-9; more is a difference still."""
    done = job()
    made = write_again(stored_plan(plan), done.accepted, done.solution, done.findings)
    sheet, row, column = next(place for place in places(plan) if place[0] == "facilities"
                              and isinstance(plan.grids[place[0]][place[1]][place[2]], float)
                              and plan.grids[place[0]][place[1]][place[2]] > 1
                              and (place[1], place[2]) not in plan.formulas[place[0]])

    def times(factor):
        def edit(grids):
            grids[sheet][row][column] *= factor
        return edited(plan, edit).cells
    assert len([*compared(times(1 + 1e-12), made, here=True)]) == 1
    assert [*compared(times(1 + 1e-12), made, here=False)] == []
    assert len([*compared(times(1 + 1e-6), made, here=False)]) == 1


def test_the_command_names_cells_and_writes_junit(plan, tmp_path, capsys):
    book = openpyxl.load_workbook(plan.path)
    book["in_facilities"]["B4"] = "Another name"
    book.save(tmp_path / "plan.xlsx")
    assert main(["verify", str(tmp_path / "plan.xlsx"), "--junit", str(tmp_path / "r.xml")]) == 1
    said = capsys.readouterr()
    assert "in_facilities!B4 shows Another name" in said.err
    assert "Because of that" in said.err
    text = (tmp_path / "r.xml").read_text(encoding="utf-8")
    assert 'name="in_facilities"' in text
    assert "in_facilities!B4" in text


@pytest.mark.parametrize(("key", "value"), [
    ("columns of facilities", '{"facility": "A", "name": "A"}'), ("columns of settings", '{"setting": "A"}'),
    ("columns of sources", "{}"), ("rows of facilities", "[[9, 12]]"),
    ("rows down of facilities", "0"), ("rows down of targets", "1"), ("rows down of nothing", "1"),
    ("anything", "else"),
])
def test_what_the_form_says_of_the_inputs_follows_from_them(plan, key, value):
    """Letters and rows are those of the sheets in_*: an entry that tells others, or of no sheet, is named although the
    plan was sealed again. ``targets`` may have stood a row higher, but then the report would name other cells."""
    found = verdict_of(edited(plan, lambda grids: grids["x_form"].append([key, value]), seal=True))
    assert not found.holds
    last = len(plan.grids["x_form"]) + 1
    assert {one.sheet for one in found.differences} & {"x_form", "targets", "limits"}
    if not key.startswith("rows down of targets"):
        assert f"x_form!B{last}" in [one.address for one in found.differences]


@pytest.mark.parametrize("value", ["4", "-1", "1.0", "x", "", "²"])
def test_a_table_stands_lower_by_a_number_of_rows_above_the_first(plan, value):
    with pytest.raises(DamagedPlan, match=r"rows down of facilities|x_form!B"):
        verdict_of(edited(plan, lambda grids: grids["x_form"].append(["rows down of facilities", value]), seal=True))


def test_words_of_python_are_no_reason():
    """A changed cell may break a sum anywhere; what is told beside it is a sentence in the reader's language."""
    assert [why_stopped(ValueError("'list' argument must have no negative elements"), lang)
            for lang in ("en", "ru")] == [
        "what it holds does not fit together", "его содержимое не согласуется между собой"]
