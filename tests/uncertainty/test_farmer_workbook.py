"""The farmer of Birge and Louveaux (Introduction to Stochastic Programming, 2011, section 1.1) posed as a capital
problem in a workbook, from the file to the pages.

500 acres are one facility of each crop, of which at most one is built in all (a hard target). Planting costs 150, 230,
260 an acre in 2027, before the harvest is known. Crops are funds, a tonne being a unit of their money: the harvest of
2028 (2.5, 3, 20 t an acre; a fifth more; a fifth less) is income of the fund, wheat and corn that is bought in 2028
(238, 210 a tonne) comes into it in 2029, and 2029 pays from it what the cattle eats (200 and 240 t) and what is sold:
at 170 and 150, beet at 36 up to 6,000 t and at 10 above. What is paid from income costs the purse nothing, so what is
sold brings its price.
"""

import json

import pytest

from jaryq.api.html import has_report
from jaryq.commands import cli
from jaryq.handover.html.write import scenario_of
from jaryq.tables.tables import Table, Tables
from jaryq.workbook.inputs import write_inputs

CROPS = {"wheat": (150, 2.5, 238), "corn": (230, 3.0, 210), "beet": (260, 20.0, None)}
"""Cost of planting an acre, tonnes from an acre, price at which a tonne is bought."""
SOLD = {"wheat": ("wheat", 170, 2000), "corn": ("corn", 150, 2000), "beet": ("beet", 36, 6000),
        "beet_above": ("beet", 10, 8000)}
"""Crop, price of a tonne, tonnes at most."""
ACRES, PART = 500, 100.0 / 3.0


def farm():
    fact = {"data_status": "reported", "source": "Birge and Louveaux 2011"}
    settings = {"first_year": 2026, "last_year": 2029, "plan_from": 2027, "discount_rate": 0.0,
                "discount_basis": "nominal", "facilities": "divisible",
                "prices": 0, "explain": "off", "gap": 0, "price_unfunded": 1_000.0, "decide_by": 2028}
    plant = [{"facility": f"plant_{crop}", "name": f"500 acres of {crop}", "asset_type": "field",
              "spend_2027": cost * ACRES, "spend_2028": -tonnes * ACRES,
              "income_to": crop, "benefit": 0.0, **fact} for crop, (cost, tonnes, _) in CROPS.items()]
    buy = [{"facility": f"buy_{crop}", "name": f"buy {crop}", "asset_type": "purchase", "spend_2028": price * 300.0,
            "spend_2029": -300.0, "income_to": crop,
            "benefit": 0.0, **fact} for crop, (_, _, price) in CROPS.items() if price]
    sell = [{"facility": f"sell_{key}", "name": f"sell {key}", "asset_type": f"use_{crop}", "spend_2029": most,
             "benefit": price * most, **fact}
            for key, (crop, price, most) in SOLD.items()]
    feed = [{"facility": f"feed_{crop}", "name": f"feed {crop}", "asset_type": f"use_{crop}", "spend_2029": need,
             "must_do": True, "benefit": 0.0, **fact}
            for crop, need in (("wheat", 200.0), ("corn", 240.0))]
    kinds = ["field", "purchase", *(f"use_{crop}" for crop in CROPS)]
    funds = [{"source_id": crop, "name": crop, "kind": "budget", "carry_over": "fund", **fact} for crop in CROPS]
    pays = [("CASH", "field"), ("CASH", "purchase"), *((crop, f"use_{crop}") for crop in CROPS)]
    rows = {
        "settings": [{"setting": name, "value": value} for name, value in settings.items()],
        "facilities": [*plant, *buy, *sell, *feed],
        "asset_types": [{"asset_type": kind, "name": kind, "sector": "heat", **fact} for kind in kinds],
        "sources": [{"source_id": "CASH", "name": "Cash", "kind": "budget", "carry_over": "none", **fact}, *funds],
        "source_years": [{"source_id": "CASH", "2027": 1e6, "2028": 1e6, "2029": 0.0, **fact},
                         *({"source_id": crop, "2027": 0.0, "2028": 0.0, "2029": 0.0, **fact} for crop in CROPS)],
        "eligibility": [{"source_id": source, "asset_type": kind, "allowed": (source, kind) in pays, **fact}
                        for source in ("CASH", *CROPS) for kind in kinds],
        "targets": [{"target": "land", "measure": "facilities", "filter": "asset_type=field", "sense": "<=",
                     "unit": "facilities", "years": "2029", "value": 1.0,
                     "priority": "hard", **fact}],
        "scenarios": [{"scenario": "base", "name": "Average", "probability": PART},
                      {"scenario": "good", "name": "Good", "probability": PART},
                      {"scenario": "bad", "name": "Bad", "probability": PART}],
        "scenario_changes": [{"scenario": name, "sheet": "facilities", "selector": "asset_type=field",
                              "column": "spend_2028", "operation": "multiply",
                              "value": str(by), "reason": "harvest"} for name, by in (("good", 1.2), ("bad", 0.8))],
    }
    return Tables("farm", {name: Table.of(name, found) for name, found in rows.items()})


def test_the_farmer_from_a_workbook_to_pages(tmp_path, capsys, monkeypatch):
    """Published: known from the start 118,600, 167,667, 59,950; decided for all 108,390 with 170, 80 and 250 acres; for
    the mean 107,240 with 120, 80 and 300. So knowing is worth 7,016, looking at all futures 1,150."""
    monkeypatch.chdir(tmp_path)
    home = tmp_path / "outputs/farm/base"
    write_inputs(farm(), tmp_path / "farm.xlsx")
    assert cli.main(["stages", "farm.xlsx"]) == 0, capsys.readouterr()
    page, = json.loads((home / "uncertainty/uncertainty.json").read_text())["pages"]["stages"]
    facts = {fact["label"]["en"]: fact["value"] for fact in page["figures"]}
    assert facts["Value of knowing (EVPI)"] == pytest.approx(7_016, abs=1)
    assert facts["Value of looking at all futures (VSS)"] == pytest.approx(1_150, abs=1)
    costs = {row[0]["en"]: [-value for value in row[2:]] for row in page["blocks"][0]["rows"]}
    known = {name: values[0] for name, values in costs.items()}
    assert known == {"Average": pytest.approx(118_600, abs=1), "Good": pytest.approx(167_667, abs=1),
                     "Bad": pytest.approx(59_950, abs=1)}
    assert sum(values[1] for values in costs.values()) / 3 == pytest.approx(108_390, abs=1)
    assert sum(values[2] for values in costs.values()) / 3 == pytest.approx(107_240, abs=1)
    starts = {row[0]["en"]: tuple(one["en"] for one in row[1:]) for row in page["blocks"][1]["rows"]}
    acres = {"wheat": (170, 120), "corn": (80, 80), "beet": (250, 300)}  # For all, and for their mean.
    assert starts == {f"500 acres of {crop}": tuple(f"2027 ({100 * part / ACRES:.0f} %)" for part in parts)
                      for crop, parts in acres.items()}

    # The report of the plan carries the page as a section, and is still the one that its manifest speaks of; written
    # anew it carries it again.
    for number in range(2):
        assert [one["key"] for one in scenario_of(home / "report.html")["scenario"]["pages"]][-2:] == ["futures_first",
            "futures_stages"]
        assert has_report(home)
        if not number:
            (home / "report.html").unlink()
            assert cli.main(["plan", "farm.xlsx"]) == 0
