"""The comparison of plans in quarters with condition and works (tests/report/works.py): new figures as rows, trenches
in the bridge of cost."""

from __future__ import annotations

from dataclasses import replace

import openpyxl
import pytest

from jaryq.factors.derive import derive
from jaryq.report import claims
from jaryq.report.compare import comparison
from jaryq.report.result import Result
from jaryq.workbook.comparison import write_comparison
from tests.report.plans import solution
from tests.report.works import works_case, works_plan

APART = {"joint": {}, "extra": {}, "lent": {}, "borrowed": {}, "renew": {("N1", "2026Q2"): 4.0},
         "start": {("S", "2026Q1"): 1.0}}
"""A plan without AV, N2 and what they need: outlays 2 for S and 0.4 for N1."""


def result(key, plan, **changes):
    case = works_case(**changes)
    factors = derive(case)
    return Result(key, key, "", factors=factors, plan=plan, claims=claims(case, factors, solution(plan, factors)))


@pytest.fixture(scope="module")
def both():
    less = works_plan(**APART, draw={("B", "S", 2026): 2.0, ("B", "N1", 2026): 0.4})
    return [result("base", works_plan()), result("less", less)]


def lines(both):
    return {line.label.en: line for block in comparison(both).overview for line in block.lines}


def test_condition_and_works_are_rows(both):
    made = lines(both)
    assert made["Facilities in the red zone"].values == (0.0, 1.0)
    assert made["Facilities in the red zone"].difference(1) == 1.0
    assert made["Wear: pipe"].values == pytest.approx((45.0, (16 * 70.0 + 4 * 7.5) / 20))
    assert made["Expected failures and bursts"].values == pytest.approx((0.08 + 6.8, 0.19 + 10.0 - 4 * 0.4))
    assert (made["Heat not supplied"].said.en, made["Heat not supplied"].values[0]) == ("Gcal", pytest.approx(3 * 6.8))
    assert made["Red periods not mended, share"].values == pytest.approx((3 / 8, 1.0))
    assert made["of which avoided risk"].values == pytest.approx((1.875, 0.0))
    assert made["Premiums of crews, present value"].values == pytest.approx((0.28, 0.0))
    assert made["Saved by shared trenches, nominal"].values == pytest.approx((0.1, 0.0))
    # AV is dropped (10), N1 is 2 km short of the last plan's 6.
    assert made["Changed against the last plan (what moves counts twice)"].values == pytest.approx((20.7, 10.0 + 0.2))


def test_the_purse_bears_premiums_but_not_the_price_of_change(both):
    assert lines(both)["Net value for the programme purse"].values == pytest.approx((1.875 - 13.2 - 0.28, -2.4))


def test_rows_that_no_scenario_has_are_left_out(both):
    assert not [label for label in lines(both) if "Electricity" in label or "Water" in label]


def test_savings_of_trenches_are_volume_not_financing(both):
    """Own money without discounting costs what it pays: nothing is left for financing."""
    bridge, = comparison(both).bridges
    steps = {name: amount for name, _, amount in bridge.steps}
    assert (bridge.base, bridge.cost) == (pytest.approx(13.2), pytest.approx(2.4))
    assert steps["volume"] == pytest.approx(-10.8)
    assert steps["financing"] == pytest.approx(0.0, abs=1e-9)


def test_equivalents_are_said_to_be_such():
    part = replace(works_plan(), start={("AV", "2026Q1"): 0.5, ("S", "2026Q1"): 1.0})
    assert "Facilities completed by the end (equivalents where divisible)" in lines([result("base", part, whole=False)])


@pytest.mark.parametrize(("lang", "unit"), [("en", "Gcal"), ("ru", "Гкал")])
def test_units_in_words_are_written(both, tmp_path, lang, unit):
    write_comparison(tmp_path / "c.xlsx", both, lang)
    sheet = openpyxl.load_workbook(tmp_path / "c.xlsx", data_only=True)["overview"]
    assert [row[1].value for row in sheet.iter_rows() if row[0].value in ("Heat not supplied",
        "Недоотпуск тепла")] == [unit]
    targets = openpyxl.load_workbook(tmp_path / "c.xlsx")["targets"]
    asked = next(cell for row in targets.iter_rows() if row[0].value == "T-loss" for cell in row
                 if cell.value == 1000.0)
    assert asked.number_format.startswith("#,##0")
