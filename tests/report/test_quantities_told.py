"""Quantities in a written plan: the table, the summary, what a scenario changes, the comparison; the plan is checked
from its file. By hand."""

import openpyxl
import pytest

import jaryq
from jaryq.commands import cli
from jaryq.report.compare import comparison
from jaryq.report.result import Result
from tests.make import with_settings
from tests.workbooks import minimal_tables, plain_workbook

TABLES = {
    "regions": [{"region": "R1", "name": "North", "name_ru": "Север"}],
    "asset_types": [{"asset_type": "boiler", "name": "Boiler house", "sector": "heat", "life": 30}],
    "facilities": [{"facility": "A", "name": "Plant", "asset_type": "boiler", "region": "R1", "cost": 2.0,
                    "must_do": True, "latest": 2026, "savings": 0.1, "works_months": 12,
                    "q_mw": 100.0, "q_HEAT": 8000.0},
                   {"facility": "Z", "name": "Other", "asset_type": "boiler", "cost": 900.0, "latest": 2026,
                    "q_mw": 7.0}],
    "sources": [{"source_id": "S1", "name": "Budget", "kind": "budget"}],
    "source_years": [{"source_id": "S1", "2026": 5.0, "2027": 5.0, "2028": 5.0}],
    "quantities": [{"quantity": "mw", "name": "Capacity", "name_ru": "Мощность", "unit": "MW", "kind": "level",
                    "value": 14_350_000.0, "data_status": "reported"},
                   {"quantity": "heat", "name": "Heat", "unit": "Gcal", "kind": "flow"}],
    "targets": [{"target": "T", "measure": "quantity", "quantity": "mw", "unit": "MW", "sense": ">=", "value": 150.0,
                 "years": "2027-2028", "priority": "1"},
                {"target": "U", "measure": "quantity", "quantity": "heat", "unit": "Gcal", "sense": ">=",
                 "value": 16000.0, "years": "2028-2029", "priority": "1", "by": "region"}],
    "scenarios": [{"scenario": "base", "name": "Base"}, {"scenario": "dear", "name": "Dear"}],
    "scenario_changes": [{"scenario": "dear", "sheet": "quantities", "selector": "quantity=mw", "column": "value",
                          "operation": "multiply", "value": "2"},
                         {"scenario": "dear", "sheet": "facilities", "selector": "facility=A", "column": "q_mw",
                          "operation": "add", "value": "20"}],
}


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """No discounting; benefits to 2030; A costs 2 in 2026, so it is in service in 2027..2030; there is no money for
    Z."""
    path = tmp_path_factory.mktemp("quantities") / "small.xlsx"
    plain_workbook(with_settings(minimal_tables(**TABLES), discount_rate=0.0, evaluation_last_year=2030, prices=0,
                                 price_year=2026), path)
    return path


@pytest.fixture(scope="module")
def plans(book):
    return {name: jaryq.plan(jaryq.read(book, scenario=name)) for name in ("base", "dear")}


@pytest.mark.parametrize(("scenario", "mw", "worth"), [("base", 100.0, 4 * 1.435),
                                                       ("dear", 120.0, 4 * 2 * 1.2 * 1.435)])
def test_the_table_of_a_plan(plans, scenario, mw, worth):
    """Megawatts stand on 31 December of each year, a reported value of 14.35 mn KZT (twice that in ``dear``); heat
    flows from 2027 on, 2029 is shown. The row of Z, which has no region and is not done, is nothing and left out."""
    rows = plans[scenario]["quantities"].to_dict("records")
    assert [row["quantity"] for row in rows] == ["Capacity", "Heat"]
    assert [rows[0][f"y_{y}"] for y in (2026, 2027, 2028)] == [mw, mw, mw]
    assert rows[0]["pv"] == pytest.approx(worth)
    assert [rows[0][name] for name in ("region", "sector", "unit", "status")] == ["North", "heat", "MW", "reported"]
    assert [rows[1][f"y_{y}"] for y in (2026, 2027, 2028, 2029)] == [0.0, 8000.0, 8000.0, 8000.0]


def test_the_summary_for_machines(plans):
    """Savings of 0.1 a year beside: 0.4 of 6.14; the rest is megawatts, all at a reported value."""
    said = plans["base"].summary
    assert said["benefits_bn_kzt"] == pytest.approx({"savings": 0.4, "quantities": 5.74, "stated": 0.0,
                                                     "risk_avoided": 0.0, "residual": 0.0})
    assert said["benefits_sourced"] == pytest.approx(5.74 / 6.14)
    assert said["benefits_published"] <= said["benefits_sourced"]
    mw, heat = sorted(said["quantities"], key=lambda one: one["quantity"] != "mw")
    assert mw == {"quantity": "mw", "unit": "MW", "kind": "level", "pv_bn_kzt": pytest.approx(5.74),
                  "by_year": {"2026": 100.0, "2027": 100.0, "2028": 100.0}}
    assert heat["pv_bn_kzt"] is None
    assert heat["by_year"] == {"2026": 0.0, "2027": 8000.0, "2028": 8000.0, "2029": 8000.0}


def test_targets_of_quantities(plans):
    """Of 150 MW 50 are missed at the end of each of two years; Gcal of 2028 and 2029 together, in the one region that
    has any, are reached."""
    rows = {row["target"]: row for row in plans["base"].summary["targets"]}
    assert {key: (row["reached"], row["shortfall"]) for key, row in rows.items()} == {
        "T@2027": (100.0, 50.0), "T@2028": (100.0, 50.0), "U@R1": (16000.0, 0.0)}
    table = plans["base"]["targets"].set_index("target")
    assert list(table["measure"]) == ["quantity: Capacity", "quantity: Capacity", "quantity: Heat"]
    assert list(table["unit"]) == ["MW", "MW", "Gcal"]


@pytest.mark.parametrize("lang", ["en", "ru", "kk", "ja"])
def test_the_plan_is_sound_from_its_file(plans, tmp_path, lang):
    """Every cell follows from its inputs and decisions, in each language; the summary tells capacity, heat, the sourced
    part and the check of savings."""
    plans["base"].write(tmp_path / "out", lang=lang)
    path = next((tmp_path / "out").rglob("plan.xlsx"))
    assert cli.main(["verify", str(path)]) == 0
    if lang == "en":
        page = openpyxl.load_workbook(path, data_only=True)["summary"]
        cells = [str(cell.value) for row in page.iter_rows() for cell in row if cell.value is not None]
        for wanted in ("What works change", "Capacity", "Heat", "Benefits at a sourced value",
                       "of which amounts rest on published figures too",
                       "Savings a year as a share of the cost", "of which quantities with a value"):
            assert wanted in cells


def test_a_total_of_blanks_is_blank(plans, tmp_path):
    """Heat has no value: no present value in its row, nor beneath the table; capacity has no year 2029, heat has."""
    plans["base"].write(tmp_path / "out")
    page = openpyxl.load_workbook(next((tmp_path / "out").rglob("plan.xlsx")), data_only=True)["quantities"]
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    head = next(i for i, row in enumerate(rows) if row[0] == "Quantity")
    pv, last = rows[head].index("Worth (PV)"), rows[head].index("In 2029")
    beneath = rows[head + 3:head + 6]
    assert [row[0] for row in beneath] == ["Total", "Capacity", "Heat"]
    assert [row[pv] for row in beneath] == [pytest.approx(5.74), pytest.approx(5.74), ""]
    assert [row[last] for row in beneath] == ["", "", 8000.0]


def test_scenarios_are_compared(plans):
    """Capacity and heat when all works are in service, and what quantities are worth."""
    results = [Result(name, name, "", factors=one.done.accepted.factors, plan=one.done.solution.plan,
                      claims=one.done.claims) for name, one in plans.items()]
    lines = {line.label.en: line.values for block in comparison(results).overview for line in block.lines}
    assert lines["Capacity"] == (100.0, 120.0)
    assert lines["Heat"] == (8000.0, 8000.0)
    assert lines["of which quantities with a value"] == pytest.approx((5.74, 13.776))
