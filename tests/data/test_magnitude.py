"""Rules of size: for each a sheet that stands out (code, cell, what is said), and one that just does not. All are
surprises."""

import pytest

from jaryq.api.accepted import accept, all_issues
from jaryq.base.errors import InputRejected
from jaryq.base.issues import KINDS_OF_ISSUE
from jaryq.rules.magnitude import MAGNITUDE, magnitude
from jaryq.rules.sizes import number, times
from jaryq.tables.tables import Table, Tables
from jaryq.tables.typed import typed
from tests.workbooks import minimal_tables


def plants(*changes, **columns):
    """Five plants of 100 MW for 20 bn (0.2 bn per MW); ``changes`` are made to the first ones, ``columns`` to all."""
    plain = {"asset_type": "plant", "capacity": 100.0, "capacity_unit": "MW", "cost": 20.0, **columns}
    return [{"facility": f"F{n}", **plain, **(changes[n - 1] if n <= len(changes) else {})}
            for n in range(1, max(5, len(changes)) + 1)]


def pipes(*changes, count=5):
    """Packages of 100 km at 50 mn KZT a km."""
    plain = {"asset_type": "pipe", "km": 100.0, "unit_cost": 50.0, "km_total": 100.0, "savings": 1.0}
    return [{"package": f"N{n}", **plain, **(changes[n - 1] if n <= len(changes) else {})} for n in range(1, count + 1)]


KINDS_OF = [{"asset_type": "plant", "sector": "heat", "works_months": 24.0, "procurement_months": 6.0, "life": 30.0},
            {"asset_type": "pipe", "sector": "heat"}]


def five(name, key, usual, odd=None):
    rows = [{key: f"X{n}", name: usual} for n in range(5)]
    rows[2][name] = odd if odd is not None else usual
    return rows


def sources(*envelopes, currency="KZT"):
    return [{"source_id": f"S{n}", "kind": "loan", "currency": currency, "envelope": amount}
            for n, amount in enumerate(envelopes)]


PLACES = [{"facility": f"F{n}", "asset_type": "plant", "latitude": 50.0 + n / 10, "longitude": 70.0 + n / 10}
          for n in range(5)]


def placed(**first):
    return [{**PLACES[0], **first}, *PLACES[1:]]


STANDS_OUT = [
    # Ten times the middle of three rows, or a tenth of it.
    ("unit_costs_are_usual", {"networks": pipes({}, {"unit_cost": 500.0}, count=3)}, "unit_cost_unusual", ["D5"],
     "10 times"),
    ("unit_costs_are_usual", {"networks": pipes({"unit_cost": 5.0}, count=3)}, "unit_cost_unusual", ["D4"], "1/10 of"),
    # 600 bn for 100 MW: 6 a MW, 30 times 0.2.
    ("costs_fit_capacities", {"facilities": plants({"cost": 600.0})}, "cost_per_capacity_unusual", ["E4"],
     "6 bn KZT per MW, 30 times"),
    ("costs_fit_capacities", {"facilities": plants({"capacity": 3000.0})}, "cost_per_capacity_unusual", ["E4"],
     "1/30 of"),
    ("costs_are_of_their_class", {"facilities": plants({"cost": 4000.0, "capacity": None})}, "value_unusual", ["E4"],
     "200 times"),
    ("costs_are_of_their_class", {"facilities": plants({"cost": 0.02, "capacity": None})}, "value_unusual", ["E4"],
     "1/1000 of"),
    ("values_are_of_their_class", {"facilities": plants({"capacity": 100000.0})}, "value_unusual", ["C4"], "MW or kW"),
    ("values_are_of_their_class", {"networks": pipes({"km": 100000.0, "km_total": 100000.0})}, "value_unusual",
     ["C4", "E4"], "km or m"),
    ("values_are_of_their_class", {"networks": pipes({"savings": 0.001})}, "value_unusual", ["F4"], "1/1000 of"),
    ("values_are_of_their_class", {"regions": five("population", "region", 800000.0, 800.0)}, "value_unusual", ["B6"],
     "persons or thousands"),
    ("capacities_share_a_unit", {"facilities": plants(*[{}] * 5, {"capacity_unit": "Gcal/h"})}, "unit_unusual", ["D9"],
     "the 5 other rows"),
    # Five plants cost 100 bn. A ceiling of 1,000 bn is ten times that; 0.3 bn USD are 150 bn, entered as 300 they are
    # 150,000.
    ("amounts_fit_the_programme", {"facilities": plants(), "sources": sources(1000.0)}, "amount_unusual", ["D4"],
     "10 times the cost of all projects"),
    ("amounts_fit_the_programme", {"facilities": plants(), "sources": sources(300.0, currency="USD"),
                                   "currencies": [{"currency": "USD", "2026": 500.0}]},
     "amount_unusual", ["D4"], "150000 bn KZT, 1500 times the cost of all projects (100 bn KZT)"),
    ("amounts_fit_the_programme", {"facilities": plants(), "sources": [{"source_id": "S", "kind": "budget"}],
                                   "source_years": [{"source_id": "S", "2026": 10.0, "2027": 1000.0}]},
     "amount_unusual", ["C4"], "10 times"),
    ("amounts_fit_the_programme", {"facilities": plants(), "sources": sources(0.1, 30.0, 30.0, 40.0, 50.0)},
     "amount_unusual", ["D4"], "1/300 of the middle of the open sources"),
    ("years_run_on", {"price_indices": [{"index": "general", "2026": 100.0, "2027": 1100.0, "2028": 121.0,
                                         "2029": 133.0}]}, "year_unusual", ["C4"], "2026: 100; 2028: 121"),
    ("rates_are_usual", {"currencies": [{"currency": "JPY", "2026": 320.0}]}, "rate_unusual", ["B4"],
     "the rate for 100 units"),
    ("rates_are_usual", {"currencies": [{"currency": "KRW", "2026": 3.7}]}, "rate_unusual", ["B4"],
     "the rate for 10 units"),
    ("rates_are_usual", {"currencies": [{"currency": "UZS", "2026": 42.0}]}, "rate_unusual", ["B4"],
     "the rate for 1000 units"),
    ("rates_are_usual", {"currencies": [{"currency": "JPY", "2026": 0.3125}]}, "rate_unusual", ["B4"], "for one tenge"),
    ("rates_are_usual", {"currencies": [{"currency": "USD", "2026": 1 / 520, "end_2026": 5.2}]}, "rate_unusual",
     ["B4", "C4"], "for one tenge"),
    ("rates_are_usual", {"currencies": [{"currency": "EUR", "2026": 59000.0}, {"currency": "USD", "2026": 520.0}]},
     "rate_unusual", ["B4"], "the rate for 100 units"),
    ("years_run_on", {"currencies": [{"currency": "JPY", "2026": 34.0, "2027": 3.5, "2028": 3.6}]}, "year_unusual",
     ["B4"], "2027: 3.5; 2028: 3.6"),
    ("years_run_on", {"currencies": [{"currency": "JPY", "2026": 3.4, "2027": 3.5, "2028": 1.0}]}, "year_unusual",
     ["D4"], "1/3.4 of"),
    ("years_run_on", {"source_years": [{"source_id": "S", "2026": 10.0, "2027": 0.0, "2028": 12.0, "2029": 360.0}]},
     "year_unusual", ["E4"], "30 times"),
    ("years_run_on", {"crews": [{"crew": "build", "2026": 3.0, "2027": 0.1, "2028": 3.0}]}, "year_unusual", ["C4"],
     "1/30 of"),
    ("percents_are_percents", {"targets": [{"target": "T", "measure": "share_done", "value": 1.0, "unit": "%"}]},
     "percent_below_one", ["C4"], "100"),
    ("percents_are_percents", {"targets": [{"target": "T", "measure": "foreign_share", "value": 0.3, "unit": "%"}]},
     "percent_below_one", ["C4"], "30"),
    ("percents_are_percents", {"tariffs": [{"region": "R", "sector": "heat", "base": 1.0, "rise": 0.15}]},
     "percent_below_one", ["D4"], "15"),
    ("percents_are_percents", {"crews": [{"crew": "build", "growth": -0.2, "2026": 1.0}]}, "percent_below_one", ["B4"],
     "-20"),
    ("percents_are_percents", {"price_indices": [{"index": "general", "long_run": 0.05, "2026": 100.0}]},
     "percent_below_one", ["B4"], "5"),
    ("percents_are_percents", {"sources": [{"source_id": "S", "kind": "loan", "rate": 0.15, "tenor": 5.0}]},
     "percent_below_one", ["C4"], "15"),
    ("percents_are_percents", {"sources": [{"source_id": "S", "kind": "loan", "rate": 0.05, "tenor": 5.0,
                                            "currency": "USD"}], "currencies": [{"currency": "USD", "2026": 500.0}]},
     "percent_below_one", ["C4"], "5"),
    ("durations_are_in_their_unit", {"sources": [{"source_id": "S", "kind": "loan", "tenor": 84.0, "grace": 24.0}]},
     "duration_unusual", ["C4", "D4"], "Enter years, not months"),
    ("durations_are_in_their_unit", {"asset_types": [{"asset_type": "plant", "sector": "heat", "life": 2.5}]},
     "duration_unusual", ["C4"], "shorter than is usual (3-100)"),
    ("durations_are_in_their_unit", {"facilities": plants({"works_months": 3.0})}, "duration_unusual", ["F4"],
     "Enter months, not years"),
    ("durations_are_in_their_unit", {"facilities": plants({"procurement_months": 61.0})}, "duration_unusual", ["F4"],
     "longer than is usual (0.1-60)"),
    ("savings_are_below_costs", {"facilities": plants({"savings": 20.0})}, "pays_back_at_once", ["F4"],
     "1 times the cost (20 bn KZT)"),
    ("savings_are_below_costs", {"networks": pipes({"savings": 100.0})}, "pays_back_at_once", ["F4"],
     "2 times the cost (50 mn KZT/km)"),
    ("scopes_are_part_of_the_network", {"networks": pipes({"km": 100.1})}, "scope_above_total", ["C4"], "(100)"),
    ("places_are_near", {"facilities": placed(latitude=70.0, longitude=50.0)}, "place_unusual", ["C4"],
     "seem exchanged"),
    ("places_are_near", {"facilities": placed(latitude=5.0)}, "place_unusual", ["C4"], "5; 70"),
    ("places_are_near", {"facilities": placed(longitude=-70.0)}, "place_unusual", ["C4"], "50; -70"),
]

STANDS_OUT += [
    # Five plants lose 360 a year each; one thousand times that, a tenth of it.
    ("values_stand_together", {"facilities": plants({"lost": 360000.0}, lost=360.0)}, "value_apart", ["F4"],
     "1000 times the nearest of the 4 other values of its kind (360)"),
    ("values_stand_together", {"facilities": plants({}, {"lost": 36.0}, lost=360.0)}, "value_apart", ["F5"], "1/10 of"),
    # Months are told from five times on: years are twelve.
    ("values_stand_together", {"facilities": plants({"works_months": 2.0}, works_months=10.0)}, "value_apart", ["F4"],
     "1/5 of"),
    ("values_stand_together", {"crews": [{"crew": f"C{n}", "2026": 4.0 if n else 4000.0} for n in range(5)]},
     "value_apart", ["B4"], "1000 times"),
    # Two of twenty slips do not hide each other.
    ("values_stand_together", {"facilities": plants({"lost": 3e5}, {"lost": 4e5}, *[{}] * 18, lost=360.0)},
     "value_apart", ["F5", "F4"], "the 18 other"),
    ("savings_are_not_negative", {"facilities": plants({"savings": -1000.0}), "networks": pipes({"savings": -1.0})},
     "savings_negative", ["F4", "F4"], "Enter savings above zero"),
]

MW = {"quantity": "mw", "unit": "MW", "kind": "level", "value": 1e8}
"""100 mn KZT a MW and year: 200 MW are worth the 20 bn that a plant costs. Half a MW a km is worth the 50 mn of a
km."""
PEAK = {"area": "North", "unit": "MW", "peak_2026": 600.0, "available_2026": 560.0}

STANDS_OUT += [
    ("quantities_are_below_costs", {"quantities": [MW], "facilities": plants({"q_mw": 200.0}, {"q_mw": -400.0})},
     "quantity_unusual", ["F4", "F5"], "in a year it is worth 1 times"),
    ("quantities_are_below_costs", {"quantities": [MW], "networks": pipes({"q_mw": 0.5})}, "quantity_unusual", ["G4"],
     "(50 mn KZT/km)"),
    ("quantities_are_below_costs", {"quantities": [{**MW, "kind": "once"}], "facilities": plants({"q_mw": 2000.0})},
     "quantity_unusual", ["F4"], "at once it is worth 10 times"),
    ("peaks_are_near_what_is_available", {"balances": [{**PEAK, "peak_2026": 600000.0},
                                                       {**PEAK, "area": "South", "peak_2026": 0.6}]}, "value_unlike",
                                                       ["C4", "C5"], "1071 times available_2026 (560)"),
    ("years_run_on", {"balances": [{**PEAK, "peak_2027": 60000.0, "peak_2028": 620.0}]}, "year_unusual", ["E4"],
     "2026: 600; 2028: 620"),
    ("percents_are_percents", {"borrowers": [{"borrower": "HC", "growth": 0.05}]}, "percent_below_one", ["B4"], "5"),
]

JUST_USUAL = [
    ("quantities_are_below_costs", {"quantities": [MW], "facilities": plants({"q_mw": 199.0}),
                                    "networks": pipes({"q_mw": 0.49})}),
    ("quantities_are_below_costs", {"quantities": [{**MW, "value": None}], "facilities": plants({"q_mw": 2e6})}),
    ("quantities_are_below_costs", {"quantities": [{**MW, "kind": "once"}], "facilities": plants({"q_mw": 1999.0})}),
    ("peaks_are_near_what_is_available", {"balances": [{**PEAK, "available_2026": 121.0},
                                                       {**PEAK, "area": "South", "available_2026": 0.0}]}),
    ("values_stand_together", {"facilities": plants({"lost": 3599.0, "works_months": 2.1}, lost=360.0,
                                                    works_months=10.0)}),
    ("values_stand_together", {"facilities": plants({"lost": 360000.0}, lost=360.0)[:4]}),
    # two kinds
    ("values_stand_together", {"facilities": [*plants(lost=360.0),
                                              *[{"facility": f"P{n}", "asset_type": "pipe", "lost": 1.0}
                                                for n in range(5)]]}),
    ("savings_are_not_negative", {"facilities": plants({"savings": 0.0}), "networks": pipes()}),
    ("rates_are_usual", {"currencies": [{"currency": "JPY", "2026": 3.2}, {"currency": "USD", "2026": 2600.0},
                                        {"currency": "ABC", "2026": 1e-3}]}),
    # The tenge is worth a tenth: all have moved together.
    ("rates_are_usual", {"currencies": [{"currency": "JPY", "2026": 28.0}, {"currency": "USD", "2026": 4440.0},
                                        {"currency": "EUR", "2026": 4730.0}]}),
    ("unit_costs_are_usual", {"networks": pipes({}, {"unit_cost": 499.0}, count=3)}),
    ("unit_costs_are_usual", {"networks": pipes({"unit_cost": 500.0}, count=2)}),
    ("costs_fit_capacities", {"facilities": plants({"cost": 599.0})}),
    ("costs_fit_capacities", {"facilities": plants({"cost": 600.0, "scope": "new unit"})}),
    ("costs_are_of_their_class", {"facilities": plants({"cost": 3999.0, "capacity": None})}),
    ("costs_are_of_their_class", {"facilities": plants({"cost": 4000.0})}),  # the cost per MW has said so already
    ("costs_are_of_their_class", {"facilities": plants({"cost": 4000.0, "capacity": None})[:4]}),
    ("values_are_of_their_class", {"facilities": plants({"capacity": 19999.0}), "networks": pipes({"km": 19999.0})}),
    ("values_are_of_their_class", {"regions": five("population", "region", 800000.0, 4001.0)}),
    ("capacities_share_a_unit", {"facilities": plants(*[{}] * 5, {"capacity_unit": "Gcal/h"},
                                                      {"capacity_unit": "Gcal/h"})}),
    ("capacities_share_a_unit", {"facilities": plants(*[{}] * 4, {"capacity_unit": "Gcal/h"})}),
    ("amounts_fit_the_programme", {"facilities": plants(), "sources": sources(999.0)}),
    ("amounts_fit_the_programme", {"facilities": plants(), "sources": [{**sources(1e6)[0], "status": "closed"}]}),
    ("amounts_fit_the_programme", {"facilities": plants(), "sources": sources(0.11, 30.0, 30.0, 40.0, 50.0)}),
    ("amounts_fit_the_programme", {"facilities": plants(), "sources": [{"source_id": "S", "kind": "budget"}],
                                   # the years have said so
                                   "source_years": [{"source_id": "S", "2026": 10.0, "2027": 11.0, "2028": 1000.0,
                                                     "2029": 12.0}]}),
    ("years_run_on", {"price_indices": [{"index": "general", "2026": 100.0, "2027": 299.0, "2028": 121.0}]}),
    ("years_run_on", {"price_indices": [{"index": "general", "2026": 100.0, "2027": 400.0}]}),
    ("years_run_on", {"price_indices": [{"index": "general", "2026": 100.0, "2027": 110.0, "2028": 400.0,
                                         "2029": 440.0}]}),
    ("years_run_on", {"source_years": [{"source_id": "S", "2026": 10.0, "2027": 0.0, "2028": 12.0, "2029": 359.0}]}),
    ("percents_are_percents", {"crews": [{"crew": "build", "growth": 1.0, "2026": 1.0},
                                         {"crew": "dig", "growth": 0.0, "2026": 1.0}]}),
    ("percents_are_percents", {"targets": [{"target": "T", "measure": "share_done", "value": 1.1, "unit": "%"},
                                           {"target": "U", "measure": "km", "value": 0.5, "unit": "km"}]}),
    ("percents_are_percents", {"sources": [{"source_id": "S", "kind": "loan", "rate": 0.1, "tenor": 5.0,
                                            "currency": "JPY"},
                                            {"source_id": "R", "kind": "loan", "rate": 1.0, "tenor": 5.0}],
                              "currencies": [{"currency": "JPY", "2026": 3.2}]}),
    ("percents_are_percents", {"price_indices": [{"index": "general", "long_run": 0.3, "2026": 100.0}]}),
    ("durations_are_in_their_unit", {"sources": [{"source_id": "S", "kind": "loan", "tenor": 50.0, "grace": 20.0}],
                                     "facilities": plants({"works_months": 3.1, "life": 3.0})}),
    ("savings_are_below_costs", {"facilities": plants({"savings": 19.9}), "networks": pipes({"savings": 49.0})}),
    ("scopes_are_part_of_the_network", {"networks": pipes({"km_total": None})}),
    ("places_are_near", {"facilities": placed(latitude=30.0)}),
    ("places_are_near", {"facilities": placed(latitude=70.0, longitude=50.0)[:4]}),
]


def tables_of(sheets):
    sheets = {"asset_types": KINDS_OF, **sheets}
    tables, faults = typed(Tables("sizes", {name: Table.of(name, rows) for name, rows in sheets.items()}))
    # sheets that have no part in it
    assert {issue.code for issue in faults if issue.severity == "stop"} <= {"missing_value", "unknown_reference"}
    return tables


def found_by(name, sheets):
    rule = next(rule for rule in MAGNITUDE if rule.__name__ == name)
    return list(rule(tables_of(sheets)))


@pytest.mark.parametrize(("name", "sheets", "code", "cells", "said"), STANDS_OUT)
def test_what_stands_out(name, sheets, code, cells, said):
    found = found_by(name, sheets)
    assert [(issue.code, issue.cell) for issue in found] == [(code, cell) for cell in cells]
    assert all(issue.severity == "surprise" for issue in found)
    assert said in found[0].say()
    assert "{" not in found[0].say("ru")
    assert found[0].say("ru") != found[0].say()


@pytest.mark.parametrize(("name", "sheets"), JUST_USUAL)
def test_what_just_does_not(name, sheets):
    assert found_by(name, sheets) == []


@pytest.mark.parametrize("rule", MAGNITUDE, ids=lambda rule: rule.__name__)
def test_every_rule_has_both(rule):
    assert rule.__name__ in {case[0] for case in STANDS_OUT}
    assert rule.__name__ in {case[0] for case in JUST_USUAL}


def test_a_cost_that_cannot_be_read_is_no_zero():
    """10 bn of a budget are 250 times the cost that is left, 0.04 bn: nothing is known while a cost is not."""
    tables = minimal_tables(facilities=[{"facility": "F1", "cost": "500 USD"}, {"facility": "F2", "cost": 0.04}])
    with pytest.raises(InputRejected) as rejected:
        accept(tables, [])
    assert "amount_unusual" not in {issue.code for issue in rejected.value.issues}
    assert [issue.cell for issue in rejected.value.issues if issue.code == "unit_unfit"] == ["B4"]


def test_the_amount_is_told_in_the_currency_of_its_source():
    issues = found_by("amounts_fit_the_programme", {"facilities": plants(), "sources": sources(1000.0)})
    assert "Amounts are in bn KZT:" in issues[0].say()
    assert "«млрд тенге»" in issues[0].say("ru")


def test_no_size_ever_stops():
    assert {KINDS_OF_ISSUE[code].severity for _, _, code, _, _ in STANDS_OUT} == {"surprise"}


YEARS = [{"source_id": "S1", "2026": 20.0, "2027": 20.0, "2028": 20.0}]


def test_sizes_are_told_beside_issues_that_stop():
    """A cell that stops is blank to the rules of size."""
    tables = minimal_tables(facilities=[{"facility": "F1", "cost": 12.5, "savings": 12.5},
                                        {"facility": "F2", "cost": -7.0, "savings": 1.0}], source_years=YEARS)
    with pytest.raises(InputRejected) as error:
        accept(tables, [])
    assert {(i.code, i.cell) for i in error.value.issues} == {("value_below_minimum", "B5"),
        ("pays_back_at_once", "C4")}


SLIP = {
    "source_years": YEARS, "scenarios": [{"scenario": "slip"}, {"scenario": "plain"}],
    "scenario_changes": [{"scenario": "slip", "sheet": "source_years", "selector": "source_id=S1", "column": None,
                          "years": "2027", "operation": "set", "value": "600"}],
}


def of_sizes(issues):
    """Codes, cells and scenarios, but for the note that the months of the case make no whole years."""
    return [(issue.code, issue.cell, issue.scenario) for issue in issues if issue.code != "months_rounded"]


def test_a_size_that_a_scenario_brings_about_names_it():
    tables = minimal_tables(**SLIP)
    assert of_sizes(accept(tables, []).issues) == []
    assert of_sizes(accept(tables, [], "slip").issues) == [("year_unusual", "C4", "")]
    assert of_sizes(all_issues(tables, [])) == [("year_unusual", "C4", "slip")]
    assert any("source_years!C4 2027 (slip): 600" in issue.say() for issue in all_issues(tables, []))


def test_a_size_of_the_input_is_not_repeated_for_its_scenarios():
    tables = minimal_tables(**SLIP, facilities=[{"facility": "F1", "cost": 2.5, "savings": 12.5}])
    assert [(i.code, i.cell, i.scenario) for i in all_issues(tables, [])] == [("pays_back_at_once", "C4", ""),
        ("year_unusual", "C4", "slip")]


def test_a_column_with_more_wrong_cells_than_are_listed_is_not_also_said_to_be_blank():
    rows = [{"facility": f"F{n}", "cost": -1.0} for n in range(1200)]
    found = all_issues(minimal_tables(facilities=rows, source_years=YEARS), [])
    assert {issue.code: sum(1 for other in found if other.code == issue.code)
            for issue in found} == {"value_below_minimum": 1000, "more_of_the_same": 1}


@pytest.mark.parametrize(("ratio", "en", "ru"), [
    (12.0, "12 times", "в 12 раз больше"), (3.0, "3 times", "в 3 раза больше"), (22.0, "22 times", "в 22 раза больше"),
    (1.5, "1.5 times", "в 1.5 раза больше"),
    (0.01, "1/100 of", "в 100 раз меньше"), (13.0, "13 times", "в 13 раз больше"),
])
def test_ratios_are_said_as_people_say_them(ratio, en, ru):
    assert (times(ratio).en, times(ratio).ru) == (en, ru)


def test_numbers_have_no_exponent():
    assert [number(value) for value in (1234567.0, 0.000123456, 0.02, 1000.0)] == ["1235000", "0.0001235", "0.02",
        "1000"]


def test_tables_without_sheets_have_no_size():
    assert magnitude(Tables("empty")) == []
