"""Rules across sheets: for each a workbook that breaks it (code, sheet, cell), one that just does not, and registers
that none is forgotten."""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from jaryq.api.accepted import accept
from jaryq.base.errors import InputRejected
from jaryq.base.issues import KINDS_OF_ISSUE
from jaryq.case.build import build
from jaryq.factors.derive import derive
from jaryq.rules import run as rules
from jaryq.rules.run import SENSE, STRUCTURE
from jaryq.tables.tables import Head, Table, Tables
from jaryq.tables.typed import typed
from tests.data import rows_of_adequacy, rows_of_quantities, rows_of_uncertainty

ROOT = Path(__file__).parents[1]

BASE = {
    "settings": [
        {"setting": "first_year", "value": 2025}, {"setting": "plan_from", "value": 2026},
        {"setting": "last_year", "value": 2028},
        {"setting": "evaluation_last_year", "value": 2040},
    ],
    "regions": [{"region": "R1"}],
    "asset_types": [
        {"asset_type": "plant", "sector": "heat", "import_share": 30.0, "import_currency": "JPY"},
        {"asset_type": "pipe", "sector": "heat", "import_share": None, "import_currency": None},
    ],
    "facilities": [
        {"facility": "F1", "asset_type": "plant", "cost": 5.0, "earliest": 2026, "latest": 2028, "must_do": True,
         "works_months": 12.0, "spend_2026": None, "spend_2030": None},
        {"facility": "F2", "asset_type": "plant", "cost": None, "earliest": None, "latest": None, "must_do": None,
         "works_months": 12.0, "spend_2026": 4.0, "spend_2030": 0.0},
        {"facility": "F3", "asset_type": "plant", "cost": None, "earliest": None, "latest": None, "must_do": None,
         "works_months": 12.0, "spend_2026": None, "spend_2030": None},
    ],
    "networks": [
        {"package": f"N{number}", "asset_type": "pipe", "km": 100.0, "unit_cost": 100.0, "earliest": 2026,
         "latest": 2028} for number in (1, 2, 3)
    ],
    "progress": [
        {"project": "F3", "year": 2025, "status": "done", "km": None},
        {"project": "N1", "year": 2025, "status": "done", "km": 100.0},
        {"project": "F1", "year": 2025, "status": "committed", "km": None},
    ],
    "sources": [
        {"source_id": "B", "kind": "budget", "currency": "KZT", "envelope": None, "carry_over": "none",
         "available_from": 2026, "available_to": 2028, "rate": None,
         "grace": None, "tenor": None, "repayment": None, "status": "open", "payments": None},
        {"source_id": "L", "kind": "loan", "currency": "JPY", "envelope": 3.0, "carry_over": "loan",
         "available_from": None, "available_to": None, "rate": 2.0,
         "grace": 5.0, "tenor": 10.0, "repayment": "equal_principal", "status": "open", "payments": 2},
    ],
    "source_years": [{"source_id": "B", "2026": 10.0, "2027": 10.0, "2028": 10.0}],
    "eligibility": [{"source_id": "L", "allowed": True, "project": "F1"}],
    "currencies": [{"currency": "JPY", "foreign_prices": None, "2025": 4.0, "2026": 4.1, "2027": None}],
    "price_indices": [{"index": "general", "long_run": 5.0, "2025": 100.0, "2026": 110.0, "2027": 115.0}],
    "targets": [
        {"target": "T", "measure": "km", "filter": "sector=heat", "by": None, "years": "2027-2028", "value": 50.0,
         "unit": "km", "priority": "1", "price": None, "scale": None},
        {"target": "D", "measure": "draw", "filter": "source=L", "by": "partner", "years": None, "value": 0.0,
         "unit": "bn KZT", "priority": None, "price": 0.5, "scale": 1.0},
    ],
    "scenarios": [{"scenario": "base", "builds_on": None}, {"scenario": "low", "builds_on": None},
                  {"scenario": "lower", "builds_on": "low"}],
    "scenario_changes": [
        {"scenario": "low", "sheet": "source_years", "selector": "source_id=B", "column": None, "years": "2027",
         "operation": "multiply", "value": "0.5"},
        {"scenario": "lower", "sheet": "source_years", "selector": "source_id=B", "column": None, "years": "2028",
         "operation": "set", "value": "6"},
    ],
}


def tables_of(records, heads=None):
    tables = {sheet: Table.of(sheet, rows) for sheet, rows in records.items()}
    return Tables("rules", tables | {sheet: replace(tables[sheet], heads=found)
                                     for sheet, found in (heads or {}).items()})


def edited(edits):
    """BASE with edits {(sheet, row from 0): {column: value} or None to take the row out}; the row "heads": currencies
    at the head of columns."""
    heads = {sheet: values for (sheet, position), values in edits.items() if position == "heads"}
    edits = {place: values for place, values in edits.items() if place[1] != "heads"}
    records = {sheet: [dict(row) for row in rows] for sheet, rows in BASE.items()} | {sheet: [] for sheet, _ in edits
        if sheet not in BASE}
    for (sheet, position), values in edits.items():
        if values is None:
            del records[sheet][position]
        elif position == len(records[sheet]):
            records[sheet].append(values)
        else:
            records[sheet][position].update(values)
    return tables_of(records, heads)


def issues_of(name, tables):
    tables, faults = typed(tables)
    assert [issue for issue in faults if issue.severity == "stop"] == []
    rule = getattr(rules, name)
    return list(rule(tables)) if rule in STRUCTURE else list(rule(tables, derive(build(tables))))


S, F, N, P, M, Y = "settings", "facilities", "networks", "progress", "sources", "source_years"
A, T, C, I = "asset_types", "targets", "currencies", "price_indices"  # noqa: E741
R, B, E = "reference_rates", "tariffs", "eligibility"
K, Z, L = "crews", "outage_limits", "last_plan"
FLOW = {("quantities", 0): {"quantity": "mwh", "unit": "MWh", "kind": "flow"}}
WAITS = 100.0
"""Km of N2, of which nothing is done: its stretches may differ by half a percent."""
Q, G, W = "sequence", "choices", "overrides"
FREE = {(F, 0): {"must_do": None}, (P, 2): None}
"""F1 need not be done."""
LARGE = {"region": "R1", "capacity": 10.0, "capacity_unit": "MW", "outage_months": 1.0}
SEASON = {(A, 0): {"outage_season": True}, ("regions", 0): {"works_from": 6, "works_to": 7}}
"""Two open months."""
WELDERS = {(K, 0): {"crew": "welders", "region": None, "season_from": 6, "season_to": 6, "2026": 1.0},
           ("crew_needs", 0): {"project": "F1", "crew": "welders", "crews": 1.0}}
"""At work in June only; a start in January with three months of works ends in March."""

TORF = {"reference": "TORF", "long_run": 1.0, "2026": 1.0, "2027": 1.2}
BELOW = {(M, 1): {"rate": None, "rate_index": "TORF", "margin": -1.1}, (R, 0): TORF}
"""1 % from 2028 on (long_run) less 1.1 points: -0.1 %."""
TWO = {"payments": 2, "grace": 1.0, "tenor": 1.5, "available_to": 2026}
THREE = {"payments": 2, "grace": 1.0, "tenor": 2.0, "available_to": 2026}
"""Half-yearly payments: two, or three, of principal."""
PACE = {(Y, 1): {"source_id": "L", "2026": 1.0, "2027": 1.0, "2028": 1.0}}
DIVISIBLE = {"setting": "facilities", "value": "divisible"}
RAMP = {"ramp_up": 25.0, "ramp_least": 1.0}
SIGNED = {"signing_year": 2024, "must_draw": True}
TONNES = {("quantities", 0): {"quantity": "co2", "unit": "tCO2", "kind": "flow", "value": None}}
BY_TONNE = {**TONNES, (M, 0): {"quantity": "co2", "per_unit": 1500.0}}
GROUP = {(M, 1): {"signing_year": 2024, "group": "G"}, (M, 2): {**BASE["sources"][1], "source_id": "L2",
    "signing_year": 2023, "group": "G"}}
"""Two loans of a group, signed before the first planned year."""
GOES_ON = {(F, 1): {"spend_2030": 1.0}, (P, 3): {"project": "F2", "year": 2026, "status": "committed"}}
"""F2 is under contract and spends after 2028."""
COST = {"calibration": "C", "measure": "cost", "filter": "project=F1", "unit": "bn KZT", "published": 5.5,
        "least": None, "take": None, "per": None}
"""F1 costs 5, 0.91 of what is said to be published; the band is a fifth to each side."""

BROKEN = [
    ("calibration_is_meant", {("calibration", 0): {**COST, "unit": "km"}}, "target_unfit", "calibration!D4"),
    ("calibration_is_meant", {("calibration", 0): {**COST, "least": 5.6}}, "calibration_unfit", "calibration!F4"),
    ("calibration_is_meant", {("calibration", 0): {**COST, "measure": "spend", "take": "change"}}, "calibration_unfit",
     "calibration!G4"),
    ("calibration_speaks_of_something", {("calibration", 0): {**COST, "filter": "project=F9"}},
     "selector_matches_nothing", "calibration!C4"),
    ("calibration_without_a_plan", {("calibration", 0): {**COST, "published": 6.3}}, "calibration_outside",
     "calibration!E4"),
    ("calibration_without_a_plan", {("calibration", 0): {**COST, "published": 5.0}}, "calibration_repeats",
     "calibration!E4"),
    ("keys_are_names", {(N, 2): {"package": "n1"}}, "case_twin", f"{N}!A6"),
    ("keys_are_names", {(N, 2): {"package": "N3; N4"}}, "odd_key", f"{N}!A6"),
    ("keys_are_names", {(N, 2): {"package": "N*"}}, "odd_key", f"{N}!A6"),
    ("keys_are_names", {(N, 2): {"package": "n/a"}}, "odd_key", f"{N}!A6"),
    *(("keys_are_names", {(N, 2): {"package": key}}, "odd_key", f"{N}!A6")
      for key in ("N3|N4", "N3=2", '"N3"', "«N3»", "#N3", "🔥")),
    ("keys_are_names", {(N, 2): {"package": "N" * 101}}, "odd_key", f"{N}!A6"),
    ("heads_fit_their_rows", {(M, "heads"): {"envelope": Head("D2", "bn KZT", "KZT")}}, "heading_currency", f"{M}!D2"),
    ("heads_fit_their_rows", {(Y, "heads"): {"2026": Head("B2", "bn JPY", "JPY")}}, "heading_currency", f"{Y}!B2"),
    ("scenarios_are_folders", {("scenarios", 3): {"scenario": "../escaped"}}, "unsafe_name", "scenarios!A7"),
    ("scenarios_are_folders", {("scenarios", 3): {"scenario": "comparison.xlsx"}}, "unsafe_name", "scenarios!A7"),
    ("scenarios_are_folders", {("scenarios", 3): {"scenario": "Base"}}, "same_folder", "scenarios!A7"),
    ("scenarios_are_folders", {("scenarios", 3): {"scenario": "Я"}, ("scenarios", 4): {"scenario": "я"}}, "same_folder",
     "scenarios!A8"),
    ("years_in_order", {(S, 0): {"value": 2027}}, "years_out_of_order", f"{S}!B5"),
    ("years_in_order", {(S, 2): {"value": 2025}}, "years_out_of_order", f"{S}!B6"),
    ("years_in_order", {(S, 3): {"value": 2027}}, "years_out_of_order", f"{S}!B7"),
    ("years_in_order", {(F, 0): {"earliest": 2028, "latest": 2027}}, "years_out_of_order", f"{F}!E4"),
    ("years_in_order", {(N, 1): {"earliest": 2028, "latest": 2027}}, "years_out_of_order", f"{N}!F5"),
    ("years_in_order", {(M, 1): {"available_from": 2028, "available_to": 2026}}, "years_out_of_order", f"{M}!G5"),
    ("keys_do_not_clash", {(N, 2): {"package": "F1"}}, "duplicate_key", f"{N}!A6"),
    ("costs_are_stated", {(F, 0): {"cost": None}}, "missing_value", f"{F}!C4"),
    ("costs_are_stated", {(F, 1): {"cost": 4.0}}, "wrong_type", f"{F}!C5"),
    ("costs_are_stated", {(F, 1): {"spend_2030": 1.0}}, "years_out_of_order", f"{F}!I5"),
    ("costs_are_stated", {(P, 0): {"project": "F1"}}, "missing_value", f"{F}!C6"),
    ("imports_have_a_currency", {(A, 0): {"import_currency": None}}, "missing_value", f"{A}!D4"),
    ("indices_are_complete", {(I, 0): {"2026": None}}, "missing_rate", f"{I}!D4"),
    ("indices_are_complete", {(I, 0): {"2025": None}}, "missing_rate", f"{I}!C4"),
    ("indices_are_complete", {(I, 0): {"long_run": None}}, "missing_rate", f"{I}!B4"),
    ("indices_are_complete", {(I, 0): {"2025": None, "2026": None, "2027": None}}, "missing_rate", f"{I}!B4"),
    ("rates_are_complete", {(C, 0): {"2026": None, "2027": 4.2}}, "missing_rate", f"{C}!D4"),
    ("rates_are_complete", {(C, 0): {"2025": None, "2026": None}}, "missing_rate", f"{C}!A4"),
    ("rates_are_complete", {(C, 0): {"2025": None}}, "missing_rate", f"{C}!C4"),
    ("loans_have_terms", {(M, 1): {"tenor": None}}, "missing_value", f"{M}!J5"),
    ("loans_have_terms", {(M, 1): {"tenor": 5.0}}, "loan_terms", f"{M}!J5"),
    ("loans_have_terms", {(M, 1): {"tenor": 4.0, "repayment": "bullet"}}, "loan_terms", f"{M}!J5"),
    ("loans_have_terms", {(M, 1): {"tenor": 0.2, "grace": 0.0, "payments": 1}}, "loan_terms", f"{M}!J5"),
    ("loans_have_terms", {(M, 1): {"tenor": 5.0, "first_repayment": "one_period_after"}}, "loan_terms", f"{M}!J5"),
    ("loans_have_a_rate", {(M, 1): {"rate": None}}, "missing_value", f"{M}!H5"),
    ("loans_have_a_rate", {(M, 1): {"rate_index": "TORF"}, (R, 0): TORF}, "either_or", f"{M}!N5"),
    ("references_are_complete", {(R, 0): {"reference": "TORF", "long_run": 1.0, "2026": None, "2027": 1.0}},
     "missing_rate", f"{R}!C4"),
    ("references_are_complete", {(R, 0): {"reference": "TORF", "long_run": 1.0, "2025": 1.0}}, "missing_rate",
     f"{R}!D4"),
    ("floating_rates_stay_above_zero", BELOW, "rate_below_zero", f"{M}!O5"),
    ("floating_rates_stay_above_zero", {**BELOW, (M, 1): {**BELOW[M, 1], "rate_floor": -2.0}}, "rate_below_zero",
     f"{M}!P5"),
    ("shares_fit_the_payments", {(M, 1): {"repayment": "shares"}}, "shares_unfit", f"{M}!N5"),
    ("shares_fit_the_payments", {(M, 1): {"repayment": "shares", "shares": "0;0", **TWO}}, "shares_unfit", f"{M}!N5"),
    ("shares_fit_the_payments", {(M, 1): {"repayment": "shares", "shares": "1;2;3", **TWO}}, "shares_unfit", f"{M}!N5"),
    ("shares_fit_the_payments", {(M, 1): {"repayment": "shares", "shares": "1;2;3",
                                          "first_repayment": "one_period_after", **THREE}}, "shares_unfit", f"{M}!N5"),
    ("shares_fit_the_payments", {(M, 1): {"shares": "1;2"}}, "shares_unfit", f"{M}!N5"),
    ("subsidies_stay_below_the_rate", {(M, 1): {"subsidy": 2.1}}, "subsidy_above_rate", f"{M}!N5"),
    ("signing_is_known", {(M, 1): {"signing_year": 2027}}, "years_out_of_order", f"{M}!N5"),
    ("signing_is_known", {(M, 1): {"signing_year": 2024, "envelope": None, "commitment_fee": 0.5}, **PACE},
     "missing_value", f"{M}!P5"),
    ("signing_is_known", {(M, 1): {"signing_year": 2026, "signed": 3.0}}, "unused_term", f"{M}!O5"),
    ("funds_of_loans_exist", {(M, 1): {"draws_to": "B"}}, "not_a_fund", f"{M}!N5"),
    ("funds_of_loans_exist", {(M, 1): {"draws_to": "B"}, (M, 0): {"carry_over": "fund", "status": "closed"}},
     "not_a_fund", f"{M}!N5"),
    ("funds_of_loans_exist", {(M, 1): {"service_from": "L", "carry_over": "fund"}}, "not_a_fund", f"{M}!N5"),
    ("funds_of_loans_exist", {(M, 0): {"carry_over": "fund", "service_from": "B"}}, "unused_term", f"{M}!N4"),
    ("funds_of_loans_exist", {(M, 0): {"interest": 3.0}}, "unused_term", f"{M}!N4"),
    ("lines_pay_for_no_project", {(M, 0): {"carry_over": "fund"}, (M, 1): {"max_share": 50.0, "draws_to": "B"}},
     "line_term", f"{M}!N5"),
    ("lines_pay_for_no_project", {(M, 0): {"carry_over": "fund"}, (M, 1): {"tied_share": 50.0, "draws_to": "B"}},
     "line_term", f"{M}!N5"),
    ("lines_pay_for_no_project", {(M, 0): {"carry_over": "fund"}, (M, 1): {"share_holds": "so_far", "draws_to": "B"}},
     "line_term", f"{M}!N5"),
    ("ends_of_limits_are_in_order", {(M, 1): {"min_share": 50.0, "max_share": 49.0}}, "limits_crossed", f"{M}!N5"),
    ("ends_of_limits_are_in_order", {(M, 1): {"smallest": 3.1}}, "limits_crossed", f"{M}!N5"),
    ("ends_of_limits_are_in_order", {(M, 1): {"signing_year": 2024, "signed": 2.9}}, "limits_crossed", f"{M}!D5"),
    ("ends_of_limits_are_in_order", {(E, 0): {"min_share": 50.0, "max_share": 40.0}}, "limits_crossed", f"{E}!D4"),
    ("shares_stand_where_money_is_allowed", {(E, 0): {"allowed": False, "max_share": 40.0}}, "unused_term", f"{E}!D4"),
    ("whole_plans_only", {(S, 4): DIVISIBLE, (E, 0): {"min_share": 50.0}}, "unused_in_divisible", f"{E}!D4"),
    ("whole_plans_only", {(S, 4): DIVISIBLE, (M, 1): {"min_share": 50.0}}, "unused_in_divisible", f"{M}!N5"),
    ("whole_plans_only", {(S, 4): DIVISIBLE, (M, 1): {"smallest": 1.0}}, "unused_in_divisible", f"{M}!N5"),
    ("sources_are_bounded", {(Y, 0): {"2027": None}}, "missing_value", f"{Y}!C4"),
    ("sources_are_bounded", {(M, 1): {"envelope": None}}, "missing_value", f"{M}!D5"),
    ("sources_are_bounded", {(M, 0): {"envelope": 5.0, "carry_over": "fund"}, (Y, 0): {"2028": None}}, "missing_value",
     f"{Y}!D4"),
    ("pace_is_whole", {(M, 1): {"pace": "50; 49.9"}}, "pace_unfit", f"{M}!N5"),
    ("pace_is_whole", {(M, 1): {"pace": "50; 50", "envelope": None}}, "pace_unfit", f"{M}!N5"),
    ("pace_is_whole", {(M, 0): {"must_draw": True}}, "missing_value", f"{M}!D4"),
    ("pace_is_felt", {(M, 1): {"pace": "50; 50"}}, "pace_free", f"{M}!N5"),
    # Signed in the middle of 2026: two years and a half to the end of 2028, 50 + 30 + 20/2.
    ("pace_ends_in_time", {(M, 1): {"pace": "50; 30; 20"}}, "pace_late", f"{M}!N5"),
    ("pace_ends_in_time", {(M, 1): {"effective_months": 30.0}}, "pace_late", f"{M}!N5"),
    ("ramps_have_a_base", {(A, 1): RAMP, (P, 1): {"year": 2024}}, "ramp_without_base", "asset_types!E5"),
    ("ramps_have_a_base", {(M, 1): RAMP}, "ramp_without_base", f"{M}!N5"),
    ("ramps_leave_contracts_alone", {(A, 1): RAMP, (P, 3): {"project": "N2", "year": 2026, "status": "committed",
                                                            "km": 60.0}}, "ramp_exempt", "asset_types!E5"),
    ("ramps_leave_contracts_alone", {(M, 1): RAMP}, "ramp_exempt", f"{M}!N5"),
    # F1 costs 5 bn KZT, a third of it in yen at 4: less than 1.6 bn yen in all.
    ("shares_hold_of_something", {(M, 1): {"share_holds": "so_far"}}, "share_holds_idle", f"{M}!N5"),
    ("shares_hold_of_something", {(M, 1): {"share_holds": "so_far", "max_share": 100.0}}, "share_holds_idle",
     f"{M}!N5"),
    ("tickets_are_in_reach", {(M, 1): {"ticket": 1.6}}, "ticket_out_of_reach", f"{M}!N5"),
    ("tickets_are_in_reach", {(M, 1): {"ticket": 3.1}}, "ticket_above_envelope", f"{M}!N5"),
    ("what_must_be_drawn_can_be", {(M, 1): SIGNED}, "must_draw_out_of_reach", f"{M}!O5"),
    ("what_must_be_drawn_can_be", {(M, 1): {**SIGNED, "envelope": 1.0, "effective_months": 60.0}},
     "must_draw_out_of_reach", f"{M}!O5"),
    ("groups_keep_their_number", {**GROUP, ("source_groups", 0): {"group": "G", "signed_most": 1}}, "signed_most_unfit",
     "source_groups!B4"),
    ("lots_are_meant", {(F, 0): {"lot": "X"}}, "lot_alone", f"{F}!J4"),
    ("lots_are_meant", {(N, 1): {"lot_km": 5.0}}, "unused_term", f"{N}!G5"),
    ("lots_are_meant", {(F, 0): {"lot": "X"}, (F, 1): {"lot": "X", "option_of": "F1"}}, "lot_unfit", f"{F}!J5"),
    ("lots_are_meant", {(N, 1): {"lot": "X", "lot_km": 100.1}, (N, 2): {"lot": "X"}}, "lot_unfit", f"{N}!H5"),
    ("lots_can_start", {(F, 0): {"lot": "X", "earliest": 2027}, (F, 1): {"lot": "X"}}, "lot_unfit", f"{F}!J5"),
    ("lots_can_start", {(F, 0): {"lot": "X"}, (F, 1): {"lot": "X", "earliest": 2027}}, "lot_unfit", f"{F}!J5"),
    ("lots_can_start", {**FREE, (F, 0): {"lot": "X", "must_do": None}, (F, 1): {"lot": "X", "earliest": 2027}},
     "lot_closed", f"{F}!J5"),
    ("lots_can_start", {(F, 0): {"lot": "X"}, (N, 1): {"lot": "X", "km_per_year": 33.0}}, "lot_unfit", f"{N}!G5"),
    ("quantities_have_their_price", {(M, 1): {"per_unit": 1500.0}}, "by_quantity_half", f"{M}!N5"),
    ("quantities_have_their_price", {**TONNES, (M, 1): {"quantity": "co2"}}, "by_quantity_half", f"{M}!N5"),
    ("lines_pay_for_no_project", {(M, 0): {"carry_over": "fund"}, (M, 1): {"draws_to": "B", "ticket": 1.0}},
     "line_term", f"{M}!O5"),
    ("whole_plans_only", {(S, 4): DIVISIBLE, (M, 1): {"projects_most": 1}}, "unused_in_divisible", f"{M}!N5"),
    ("whole_plans_only", {(S, 4): DIVISIBLE, ("source_groups", 0): {"group": "G", "signed_most": 1}},
     "unused_in_divisible", "source_groups!B4"),
    ("progress_fits", {(P, 0): {"year": 2026}}, "progress_unfit", f"{P}!B4"),
    ("contracts_fit", {(P, 1): {"status": "committed"}}, "progress_unfit", f"{P}!B5"),
    ("contracts_fit", {(P, 1): {"status": "committed", "year": 2026, "km": None}}, "missing_value", f"{P}!D5"),
    ("contracts_fit", {(P, 1): {"status": "committed", "year": 2026, "km": 100.1}}, "progress_unfit", f"{P}!D5"),
    ("contracts_fit", {(P, 1): {"status": "committed", "year": 2027}, ("networks", 0): {"km_per_year": 49.0}},
     "progress_unfit", f"{P}!D5"),
    ("contracts_fit", {(P, 1): {"km": 60.0}, (P, 3): {"project": "N1", "year": 2026, "status": "committed",
                                                      "km": 41.0}}, "progress_unfit", f"{P}!D7"),
    ("ramps_have_a_least", {("asset_types", 0): {"ramp_up": 25.0}}, "missing_value", "asset_types!F4"),
    ("ramps_have_a_least", {("asset_types", 0): {"ramp_least": 25.0}}, "unused_term", "asset_types!E4"),
    ("ramps_have_a_least", {("asset_types", 0): {"ramp_start": 25.0}}, "unused_term", "asset_types!E4"),
    ("ramps_have_a_least", {("asset_types", 0): {"ramp_down": 25.0, "ramp_least": 1.0, "ramp_start": 25.0}},
     "unused_term", "asset_types!G4"),
    ("ramps_have_a_least", {("asset_types", 0): {"ramp_from": 2027}}, "unused_term", "asset_types!E4"),
    ("ramps_have_a_least", {(M, 1): {"ramp_down": 25.0}}, "missing_value", f"{M}!O5"),
    ("ramps_begin_in_time", {(A, 1): {**RAMP, "ramp_from": 2029}}, "ramp_after_plan", f"{A}!G5"),
    ("ramps_begin_in_time", {(M, 1): {**RAMP, "ramp_from": 2040}}, "ramp_after_plan", f"{M}!P5"),
    ("progress_fits", {(P, 1): {"km": None}}, "missing_value", f"{P}!D5"),
    ("progress_fits", {(P, 1): {"km": 100.1}}, "progress_unfit", f"{P}!D5"),
    ("progress_fits", {(P, 0): {"km": 1.0}}, "progress_unfit", f"{P}!D4"),
    ("started_fits", {(P, 2): {"status": "started", "year": 2026}}, "progress_unfit", f"{P}!B6"),
    ("started_fits", {(P, 1): {"status": "started", "km": None}}, "progress_unfit", f"{P}!C5"),
    ("started_fits", {(P, 2): {"status": "started", "project": "F3"}}, "progress_unfit", f"{P}!C6"),
    ("started_fits", {(P, 2): {"spent": 1.0, "paid_by": "L", "year": 2024}}, "missing_rate", f"{P}!F6"),
    ("lists_name_rows", {(F, 0): {"after": "F2;F9"}}, "unknown_reference", f"{F}!J4"),
    ("lists_name_rows", {(F, 0): {"only_with": "F9"}}, "unknown_reference", f"{F}!J4"),
    ("lists_name_rows", {(N, 0): {"only_with": "N2"}}, "unknown_reference", f"{N}!G4"),
    ("lists_name_rows", {(F, 0): {"choice": "G"}}, "unknown_reference", f"{F}!J4"),
    ("order_is_possible", {(F, 0): {"after": "F1"}}, "order_loop", f"{F}!J4"),
    ("order_is_possible", {(F, 0): {"after": "F2"}, (F, 1): {"option_of": "F1"}}, "order_loop", f"{F}!J4"),
    ("order_is_possible", {(Q, 0): {"project": "F1", "after": "F1"}}, "sequence_unfit", f"{Q}!B4"),
    ("order_is_possible", {(Q, 0): {"project": "F1", "after": "F2"}, (F, 1): {"option_of": "F1"}}, "sequence_unfit",
     f"{Q}!B4"),
    ("links_are_said_once", {(Q, 0): {"project": "F1", "after": "F2"}, (F, 0): {"after": "F2"}}, "row_wins", f"{Q}!B4"),
    ("company_is_another", {(F, 0): {"only_with": "F2"}, (F, 1): {"option_of": "F1"}}, "sequence_unfit", f"{F}!J4"),
    ("choices_are_stated", {(F, 0): {"choice": "G"}, (G, 0): {"choice": "G", "at_least": None}}, "row_unused",
     f"{G}!A4"),
    ("choices_are_stated", {(F, 0): {"choice": "G"}, (G, 0): {"choice": "G", "at_least": 2, "at_most": 1}},
     "limits_crossed", f"{G}!B4"),
    ("choices_are_stated", {(G, 0): {"choice": "G", "at_most": 1}}, "row_unused", f"{G}!A4"),
    ("waiting_ends", {(F, 1): {"after": "F1"}}, "never_fits", f"{F}!J5"),
    ("waiting_ends", {(Q, 0): {"project": "F1", "after": "F2", "lag": 13.0}}, "must_never_fits", f"{Q}!C4"),
    ("choices_can_be_met", {(F, 1): {"choice": "G", "option_of": "F1"}, (F, 0): {"choice": "G"},
                            (G, 0): {"choice": "G", "at_least": 2}}, "choice_unfit", f"{G}!B4"),
    ("choices_can_be_met", {(F, 2): {"choice": "G"}, (F, 0): {"choice": "G"}, (G, 0): {"choice": "G", "at_most": 1}},
     "choice_unfit", f"{G}!B4"),
    ("variants_fit", {(F, 1): {"option_of": "F2"}}, "variant_unfit", f"{F}!J5"),
    ("variants_fit", {(F, 0): {"must_be_this": True}, (F, 1): {"option_of": "F1", "must_do": True,
    "must_be_this": True}}, "variant_unfit", f"{F}!K5"),
    ("wishes_are_meant", {(W, 0): {"project": "F2", "not_after": "2027Q5"}}, "wrong_type", f"{W}!B4"),
    ("wishes_are_meant", {(W, 0): {"project": "F2", "not_before": "2028", "not_after": "2027Q4"}}, "limits_crossed",
     f"{W}!B4"),
    ("wishes_are_meant", {(W, 0): {"project": "F2"}}, "wish_idle", f"{W}!A4"),
    ("wishes_are_meant", {(W, 0): {"project": "F2", "decision": "leave_out", "payer": "B"}}, "wish_unfit", f"{W}!C4"),
    ("wishes_are_meant", {(W, 0): {"project": "F2", "km_2027": 1.0}}, "wish_unfit", f"{W}!B4"),
    ("wishes_are_meant", {(W, 0): {"project": "N1", "decision": "do"}}, "wish_unfit", f"{W}!B4"),
    ("wishes_are_meant", {(W, 0): {"project": "F1", "decision": "leave_out"}, (F, 0): {"must_be_this": True}},
     "wish_unfit", f"{W}!B4"),
    ("wishes_are_meant", {(W, 0): {"project": "F2", "decision": "leave_out"},
                          (P, 2): {"project": "F2", "status": "started", "year": 2025}}, "wish_unfit", f"{W}!B4"),
    ("wishes_are_meant", {(W, 0): {"project": "F1", "decision": "do"}, (W, 1): {"project": "F2", "decision": "do"},
                          (F, 1): {"option_of": "F1"}}, "wish_unfit",
     f"{W}!B5"),
    ("wishes_can_be_kept", {(W, 0): {"project": "F1", "not_before": "2031"}}, "wish_unfit", f"{W}!B4"),
    ("wishes_can_be_kept", {(W, 0): {"project": "F2", "not_before": "2031"}}, "wish_idle", f"{W}!B4"),
    ("wishes_can_be_kept", {(W, 0): {"project": "N1", "km_2025": 1.0}}, "wish_idle", f"{W}!B4"),
    ("outage_limits_are_stated", {(Z, 0): {"region": "R1", "unit": "MW", "available": 5.0}}, "missing_value",
     f"{Z}!D4"),
    ("outage_limits_are_stated", {(Z, 0): {"region": "R1", "unit": "MW", "limit": 1.0, "available": 5.0}}, "either_or",
     f"{Z}!C4"),
    ("trenches_fit", {("trenches", 0): {"package": "N1", "with_package": "N1", "km": 1.0, "saving": 1.0}},
     "trench_unfit", "trenches!B4"),
    ("trenches_fit", {("trenches", 0): {"package": "N1", "with_package": "N2", "km": 1.0, "saving": 100.1}},
     "trench_unfit", "trenches!D4"),
    ("last_plan_is_read", {(L, 0): {"project": "F1", "period": "2027Q5", "share": 1.0}}, "wrong_type", f"{L}!B4"),
    ("last_plan_is_read", {(L, 0): {"project": "F1", "period": "2027", "share": 1.0, "km": 1.0}}, "either_or",
     f"{L}!C4"),
    ("last_plan_is_read", {(L, 0): {"project": "F1", "period": "2027", "share": None, "km": None}}, "missing_value",
     f"{L}!C4"),
    ("scores_are_in_order", {(A, 0): {"score_floor": 8.0, "score_cap": 7.9}}, "limits_crossed", f"{A}!E4"),
    ("scores_are_in_order", {(F, 0): {"score_least": 8.0, "score_most": 7.9}}, "limits_crossed", f"{F}!J4"),
    ("scores_are_in_order", {(S, 4): {"setting": "yellow_from", "value": 6.6}}, "limits_crossed", f"{S}!B8"),
    ("outages_fit", {(F, 0): LARGE, (Z, 0): {"region": "R1", "unit": "MW", "limit": 9.9}}, "must_outage_too_large",
     f"{F}!A4"),
    ("outages_fit", {**FREE, (F, 0): {**LARGE, "must_do": None}, (Z, 0): {"region": "R1", "unit": "MW", "limit": 9.9}},
     "outage_too_large", f"{F}!A4"),
    ("outages_fit", {**SEASON, (F, 0): {"region": "R1", "outage_months": 2.1}}, "must_outage_without_season",
     f"{F}!A4"),
    ("outages_fit", {**SEASON, **FREE, (F, 0): {"region": "R1", "outage_months": 2.1, "must_do": None}},
     "outage_without_season", f"{F}!A4"),
    ("outages_fit", {**WELDERS, (F, 0): {"works_months": 3.0}}, "must_crews_without_season", f"{F}!A4"),
    ("outages_fit", {**WELDERS, **FREE, (F, 0): {"works_months": 3.0, "must_do": None}}, "crews_without_season",
     f"{F}!A4"),
    ("outages_fit", {(F, 0): {"option_of": "F3"}}, "must_variant_closed", f"{F}!A4"),
    ("outages_fit", {(F, 1): {"option_of": "F3"}}, "variant_closed", f"{F}!A5"),
    ("failures_have_a_size", {(A, 0): {"pof_k": 0.05, "lost_value": 10.0}, (F, 0): {"wear": 50.0}}, "lost_unknown",
     f"{F}!K4"),
    ("targets_are_meant", {(T, 0): {"measure": "losses"}}, "target_unfit", f"{T}!G4"),
    ("targets_are_meant", {(T, 0): {"unit": "%"}}, "target_unfit", f"{T}!G4"),
    ("targets_are_meant", {(T, 0): {"filter": "colour=red"}}, "bad_selector", f"{T}!C4"),
    ("targets_are_meant", {(T, 0): {"filter": "source=L"}}, "bad_selector", f"{T}!C4"),
    ("targets_are_meant", {(T, 0): {"years": "2027-2031"}}, "target_unfit", f"{T}!E4"),
    ("targets_are_meant", {(T, 0): {"years": "2028-2027"}}, "target_unfit", f"{T}!E4"),
    ("targets_are_meant", {(T, 1): {"years": "2028-2029"}}, "target_unfit", f"{T}!E5"),
    ("targets_are_meant", {(T, 1): {"measure": "debt_stock", "years": "2151"}}, "target_unfit", f"{T}!E5"),
    ("targets_are_meant", {(T, 1): {"measure": "debt_service", "years": "2024"}}, "target_unfit", f"{T}!E5"),
    ("targets_are_meant", {(T, 0): {"by": "partner"}}, "target_unfit", f"{T}!D4"),
    ("targets_are_meant", {(T, 0): {"price": 1.0}}, "target_unfit", f"{T}!H4"),
    ("targets_are_meant", {(T, 0): {"priority": None}}, "target_unfit", f"{T}!H4"),
    ("targets_are_meant", {(T, 1): {"scale": None}}, "missing_value", f"{T}!J5"),
    ("targets_are_meant", {(T, 0): {"measure": "quantity", "unit": "MW", "quantity": None}, **FLOW}, "missing_value",
     f"{T}!K4"),
    ("targets_are_meant", {(T, 0): {"quantity": "mwh"}, **FLOW}, "target_unfit", f"{T}!K4"),
    ("targets_are_meant", {(T, 0): {"measure": "quantity", "quantity": "mwh", "unit": "MW"}, **FLOW}, "target_unfit",
     f"{T}!G4"),
    ("targets_are_meant", {(T, 0): {"measure": "quantity", "quantity": "mwh", "unit": "MWh", "years": "2028-2030"},
                           **FLOW}, "target_unfit", f"{T}!E4"),
    ("targets_are_meant", {(T, 0): {"measure": "quantity", "quantity": "mwh", "unit": "MWh", "years": "2029"},
                           ("quantities", 0): {**FLOW["quantities", 0], "kind": "level"}},
     "target_unfit", f"{T}!E4"),
    ("selectors_match", {(T, 0): {"filter": "sector=water"}}, "selector_matches_nothing", f"{T}!C4"),
    ("selectors_match", {(T, 1): {"filter": "source=Z*"}}, "selector_matches_nothing", f"{T}!C5"),
    ("contracts_end_after_the_plan", GOES_ON, "ends_after_plan", f"{F}!I5"),
    ("works_fit", {(F, 0): {"works_months": 37.0}}, "no_room_for_works", f"{F}!E4"),
    ("works_fit", {(F, 0): {"works_months": 37.0, "must_do": None}, (P, 2): None}, "window_too_short", f"{F}!E4"),
    ("projects_have_money", {(M, 0): {"status": "closed"}, ("eligibility", 0): {"project": "N1"}, (N, 2): None,
                             (N, 1): None, (F, 1): None}, "no_money_for_commitment", f"{F}!A4"),
    ("projects_have_money", {(M, 0): {"status": "closed"}, (N, 2): None, (N, 1): None, (F, 1): None},
     "no_source_for_project", f"{N}!A4"),
    # The budget pays by the tonne, and what is left of networks brings none; F1 has the loan.
    ("projects_have_money", {**BY_TONNE, (N, 2): None, (N, 1): None, (F, 1): None}, "payer_without_quantity",
     f"{N}!A4"),
    ("projects_have_money", {**BY_TONNE, ("eligibility", 0): {"project": "N1"}, (N, 2): None, (N, 1): None,
                             (F, 1): None}, "no_money_for_commitment", f"{F}!A4"),
    ("floors_are_open", {(T, 1): {"value": 1.0}, (M, 1): {"status": "closed"}}, "floor_on_closed", f"{T}!C5"),
    ("floors_are_open", {(T, 1): {"value": 1.0, "priority": "hard", "price": None}, (M, 1): {"status": "closed"}},
     "hard_floor_on_closed", f"{T}!C5"),
    ("tariffs_have_projects", {(B, 0): {"region": "R1", "sector": "water", "base": 1.0}}, "tariff_without_projects",
     f"{B}!B4"),
]

JUST_VALID = [
    *((rule, {("calibration", 0): COST}) for rule in ("calibration_is_meant", "calibration_speaks_of_something",
                                                      "calibration_without_a_plan")),
    ("calibration_is_meant", {("calibration", 0): {**COST, "least": 5.5}}),
    ("calibration_is_meant", {("calibration", 0): {**COST, "measure": "km", "unit": "km", "take": "change",
                                                   "filter": None}}),
    ("calibration_without_a_plan", {("calibration", 0): {**COST, "published": 6.25}}),
    ("years_in_order", {(S, 0): {"value": 2028}, (S, 1): {"value": 2028}, (S, 3): {"value": 2028},
                        (F, 0): {"earliest": 2028}, (M, 0): {"available_from": 2028}}),
    ("keys_do_not_clash", {(N, 2): {"package": "f1"}}),
    ("keys_are_names", {(N, 2): {"package": "f1"}}),
    ("keys_are_names", {(N, 2): {"package": "N-3/a (б) №7"}}),
    ("scenarios_are_folders", {("scenarios", 0): {"scenario": "Высокие цены 2030"}}),
    ("heads_fit_their_rows", {(M, "heads"): {"envelope": Head("D2", "bn JPY", "JPY")},
                              (Y, "heads"): {"2026": Head("B2", "bn KZT", "KZT")}}),
    ("costs_are_stated", {(F, 0): {"cost": 0.0}, (F, 1): {"spend_2030": 0.0}}),
    ("costs_are_stated", GOES_ON),
    ("imports_have_a_currency", {(A, 0): {"import_share": 0.0, "import_currency": None}}),
    ("indices_are_complete", {(I, 0): {"2026": None, "2027": None}}),
    ("rates_are_complete", {(C, 0): {"2026": None}}),
    ("loans_have_terms", {(M, 1): {"tenor": 5.0, "repayment": "bullet"}}),
    ("loans_have_terms", {(M, 1): {"rate": None, "tenor": None, "status": "closed"}}),
    ("loans_have_terms", {(M, 1): {"tenor": 1.0, "grace": 0.0, "payments": 1}}),
    ("loans_have_a_rate", {(M, 1): {"rate": None, "rate_index": "TORF"}, (R, 0): TORF}),
    ("loans_have_a_rate", {(M, 1): {"rate": 0.0}}),
    ("references_are_complete", {(R, 0): TORF}),
    ("floating_rates_stay_above_zero", {**BELOW, (M, 1): {**BELOW[M, 1], "margin": -1.0}}),
    ("floating_rates_stay_above_zero", {**BELOW, (M, 1): {**BELOW[M, 1], "status": "closed"}}),
    # Half-yearly, grace 1, tenor 1.5: payments 2 and 3 if the grace ends with the first, 3 alone if it comes a period
    # later.
    ("shares_fit_the_payments", {(M, 1): {"repayment": "shares", "shares": "1; 2.5", **TWO}}),
    ("shares_fit_the_payments", {(M, 1): {"repayment": "shares", "shares": "1", "first_repayment": "one_period_after",
                                          **TWO}}),
    ("shares_fit_the_payments", {(M, 1): {"repayment": "shares", "shares": "1;2;3", "clock": "cohort", "payments": 1,
                                          "grace": 1.0, "tenor": 3.0}}),
    ("subsidies_stay_below_the_rate", {(M, 1): {"subsidy": 2.0}}),
    ("signing_is_known", {(M, 1): {"signing_year": 2026}}),
    ("signing_is_known", {(M, 1): {"signing_year": 2024, "commitment_fee": 0.5}}),
    ("signing_is_known", {(M, 1): {"signing_year": 2024, "commitment_fee": 0.5, "envelope": None, "signed": 1.0},
                          **PACE}),
    ("funds_of_loans_exist", {(M, 0): {"carry_over": "fund", "interest": 3.0},
                              (M, 1): {"draws_to": "B", "service_from": "B"}}),
    ("lines_pay_for_no_project", {(M, 0): {"carry_over": "fund"},
                                  (M, 1): {"draws_to": "B", "max_share": None, "tied_share": 0.0}}),
    ("ends_of_limits_are_in_order", {(M, 1): {"min_share": 50.0, "max_share": 50.0, "smallest": 3.0, "signed": 3.0}}),
    ("shares_stand_where_money_is_allowed", {(E, 0): {"max_share": 40.0, "min_share": 40.0}}),
    ("whole_plans_only", {(M, 1): {"min_share": 50.0, "smallest": 1.0}}),
    ("floors_are_open", {(T, 1): {"value": 1.0}}),
    ("floors_are_open", {(T, 1): {"value": 0.0}, (M, 1): {"status": "closed"}}),
    ("tariffs_have_projects", {(B, 0): {"region": "R1", "sector": "heat", "base": 1.0}, (F, 0): {"region": "R1"}}),
    ("sources_are_bounded", {(M, 0): {"available_to": 2027}, (Y, 0): {"2028": None}}),
    ("sources_are_bounded", {(M, 0): {"envelope": 5.0}, (Y, 0): {"2027": None}}),
    ("pace_is_whole", {(M, 1): {"pace": "33.3; 33.3; 33.4"}}),
    ("pace_is_whole", {(M, 1): {"pace": "100", "envelope": None, "signed": 3.0, "signing_year": 2024}}),
    ("pace_is_whole", {(M, 1): {"must_draw": True, "envelope": None}}),
    ("pace_is_felt", {(M, 1): {"pace": "50; 50", "commitment_fee": 0.1}}),
    ("pace_is_felt", {(M, 1): {"pace": "50; 50", "must_draw": True}}),
    ("pace_ends_in_time", {(M, 1): {"pace": "50; 50"}}),
    ("pace_ends_in_time", {(M, 1): {"effective_months": 29.0}}),
    ("ramps_have_a_base", {(A, 1): RAMP}),
    ("ramps_have_a_base", {(M, 1): {**RAMP, "ramp_start": 5.0, "ramp_from": 2026}}),
    ("ramps_have_a_base", {(M, 1): RAMP, (P, 2): {"status": "started", "spent": 1.0, "paid_by": "L"}}),
    ("ramps_leave_contracts_alone", {(M, 1): RAMP, (P, 2): None}),
    ("quantities_have_their_price", {**TONNES, (M, 1): {"quantity": "co2", "per_unit": 1500.0}}),
    ("shares_hold_of_something", {(M, 1): {"share_holds": "so_far", "max_share": 99.9}}),
    ("shares_hold_of_something", {(M, 1): {"share_holds": "so_far"}, (E, 0): {"max_share": 40.0}}),
    ("shares_hold_of_something", {(M, 1): {"share_holds": "so_far", "down_payment": 15.0, "partner": "JP"},
                                  (A, 0): {"content_JP": 40.0}}),
    ("shares_hold_of_something", {(M, 1): {"share_holds": "so_far", "status": "closed"}}),
    ("tickets_are_in_reach", {(M, 1): {"ticket": 1.25}}),
    ("tickets_are_in_reach", {(M, 1): {"ticket": 1.6}, (P, 2): {"status": "started", "spent": 1.0, "paid_by": "L"}}),
    ("what_must_be_drawn_can_be", {(M, 1): {**SIGNED, "envelope": 1.0}}),
    ("groups_keep_their_number", {**GROUP, ("source_groups", 0): {"group": "G", "signed_most": 2}}),
    ("groups_keep_their_number", {**GROUP, (S, 4): DIVISIBLE, ("source_groups", 0): {"group": "G", "signed_most": 1}}),
    ("lots_are_meant", {(N, 1): {"lot": "X", "lot_km": 100.0}, (N, 2): {"lot": "X"}}),
    ("lots_can_start", {(F, 0): {"lot": "X"}, (F, 1): {"lot": "X"}}),
    ("lots_can_start", {(F, 0): {"lot": "X"}, (N, 1): {"lot": "X", "km_per_year": 34.0}}),
    ("contracts_fit", {(P, 1): {"status": "committed", "year": 2027}, ("networks", 0): {"km_per_year": 50.0}}),
    ("ramps_have_a_least", {("asset_types", 0): {"ramp_up": 25.0, "ramp_least": 1.0}}),
    ("ramps_begin_in_time", {(A, 1): {**RAMP, "ramp_from": 2028}}),
    ("progress_fits", {(P, 1): {"km": 40.0}, (P, 3): {"project": "N1", "year": 2024, "status": "done", "km": 60.0}}),
    ("started_fits", {(P, 2): {"status": "started", "spent": 1.0, "paid_by": "L"}}),
    ("lists_name_rows", {(F, 0): {"after": "F2; F3", "only_with": "F2", "choice": "G"},
                         (G, 0): {"choice": "G", "at_most": 1}, (N, 0): {"only_with": "F1;F2"}}),
    ("order_is_possible", {(F, 0): {"after": "F2; F3"}, (Q, 0): {"project": "F2", "after": "F3"}}),
    ("links_are_said_once", {(F, 0): {"after": "F2"}, (Q, 0): {"project": "F2", "after": "F3"}}),
    ("company_is_another", {(F, 0): {"only_with": "F2"}, (F, 1): {"only_with": "F1"}}),
    ("choices_are_stated", {(F, 0): {"choice": "G"}, (G, 0): {"choice": "G", "at_least": 1, "at_most": 1}}),
    ("waiting_ends", {(Q, 0): {"project": "F1", "after": "F2", "lag": 12.0}}),
    ("choices_can_be_met", {(F, 1): {"choice": "G"}, (F, 0): {"choice": "G"}, (F, 2): {"choice": "G"},
                            (G, 0): {"choice": "G", "at_least": 3}}),
    ("choices_can_be_met", {(F, 2): {"choice": "G"}, (F, 0): {"choice": "G"}, (G, 0): {"choice": "G", "at_most": 2}}),
    ("variants_fit", {(F, 1): {"option_of": "F1"}}),
    ("variants_fit", {(F, 1): {"option_of": "F1", "must_do": True}}),
    ("wishes_are_meant", {(W, 0): {"project": "F2", "decision": "do", "not_before": "2027Q4", "not_after": 2027,
                                   "payer": "B", "payer_share": 50.0}}),
    ("wishes_are_meant", {(W, 0): {"project": "F1", "decision": "leave_out"},
                          (W, 1): {"project": "N1", "decision": "leave_out"}}),
    ("wishes_can_be_kept", {(W, 0): {"project": "F1", "not_before": "2026", "not_after": "2026"},
                            (W, 1): {"project": "F2", "decision": "leave_out"}}),
    ("outage_limits_are_stated", {(Z, 0): {"region": "R1", "unit": "MW", "available": 5.0, "peak": 4.0}}),
    ("trenches_fit", {("trenches", 0): {"package": "N1", "with_package": "N2", "km": 1.0, "saving": 100.0}}),
    ("last_plan_is_read", {(L, 0): {"project": "F1", "period": "2027Q4", "share": 1.0, "km": None}}),
    ("scores_are_in_order", {(A, 0): {"score_floor": 8.0, "score_cap": 8.0},
                             (S, 4): {"setting": "yellow_from", "value": 6.5}}),
    ("outages_fit", {(F, 0): LARGE, (Z, 0): {"region": "R1", "unit": "MW", "limit": 10.0}}),
    ("outages_fit", {**SEASON, (F, 0): {"region": "R1", "outage_months": 2.0}}),
    ("outages_fit", {**WELDERS, (F, 0): {"works_months": 6.0}}),
    ("failures_have_a_size", {(A, 0): {"pof_k": 0.05, "lost_value": 10.0}, (F, 0): {"wear": 50.0, "lost": 0.0}}),
    ("targets_are_meant", {(T, 0): {"measure": "losses", "unit": "Gcal"}}),
    ("targets_are_meant", {(T, 0): {"measure": "quantity", "quantity": "mwh", "unit": "MWh", "years": "2028-2029"},
                           **FLOW}),
    ("targets_are_meant", {(T, 0): {"years": 2026.0, "value": 0.0, "scale": 5.0, "by": "region"}}),
    *(("targets_are_meant", {(T, 1): {"measure": measure, "years": "2029-2150"}})
      for measure in ("debt_service", "subsidy", "debt_stock")),
    ("targets_are_meant", {(T, 1): {"measure": "foreign_share", "unit": "%", "years": "2029-2150"}}),
    ("selectors_match", {(T, 0): {"filter": "project=N*"}}),
    ("works_fit", {(F, 0): {"works_months": 36.0}}),
    ("contracts_end_after_the_plan", {**GOES_ON, (F, 1): {"spend_2030": 0.0}}),
    ("projects_have_money", {(M, 1): {"status": "closed"}}),
    ("projects_have_money", {**BY_TONNE, (N, 0): {"q_co2": 1.0}, (N, 2): None, (N, 1): None, (F, 1): None}),
    ("stretches_add_up", {("segments", 0): {"package": "N2", "segment": "a", "km": WAITS + 0.4, "wear": 50.0}}),
]


ONE = {("segments", 0): {"package": "N2", "segment": "a", "km": WAITS, "wear": 50.0}}
JUST_VALID.append(("stretches_share_trenches", ONE))
JUST_VALID.append(("stretches_make_sense", {("segments", 0): {"package": "N2", "segment": "a", "km": WAITS,
    "wear": 1.0}}))
BROKEN.append(("stretches_make_sense", {("segments", 0): {"package": "N2", "segment": "a", "km": WAITS, "wear": 0.8}},
               "register_share", "segments!"))
BROKEN.append(("stretches_add_up", {("segments", 0): {"package": "N2", "segment": "a", "km": WAITS + 0.6,
                                                      "wear": 50.0}}, "register_sums", "networks!C5"))


@pytest.mark.parametrize("name", [rule.__name__ for rule in (*STRUCTURE, *SENSE)])
def test_base_keeps_every_rule(name):
    assert issues_of(name, edited({})) == []


@pytest.mark.parametrize(("name", "edits", "code", "place"),
                         [*BROKEN, *rows_of_quantities.BROKEN, *rows_of_uncertainty.BROKEN])
def test_broken(name, edits, code, place):
    found = issues_of(name, edited(edits))
    assert [(issue.code, f"{issue.sheet}!{issue.cell}") for issue in found] == [(code, place)]
    assert found[0].say("en") != found[0].say("ru")


@pytest.mark.parametrize(("name", "edits"), [*JUST_VALID, *rows_of_quantities.SOUND, *rows_of_uncertainty.SOUND])
def test_just_valid(name, edits):
    assert issues_of(name, edited(edits)) == []


def test_a_cell_that_says_yes_is_told_as_yes():
    assert [issue.value for issue in issues_of("what_must_be_drawn_can_be", edited({(M, 1): SIGNED}))] == ["yes"]


@pytest.mark.parametrize("rule", [*STRUCTURE, *SENSE], ids=lambda rule: rule.__name__)
def test_every_rule_is_broken_and_just_kept_by_a_case(rule):
    if rule.__name__ in ("stretches_are_known", "stretches_share_trenches"):
        return  # they take a file, and two packages with streets: tests/test_stretches_input.py
    assert rule.__name__ in {case[0] for case in (*BROKEN, *rows_of_adequacy.BROKEN, *rows_of_quantities.BROKEN,
                                                  *rows_of_uncertainty.BROKEN)}
    assert rule.__name__ in {case[0] for case in (*JUST_VALID, *rows_of_adequacy.SOUND, *rows_of_quantities.SOUND,
                                                  *rows_of_uncertainty.SOUND)}


def test_every_issue_of_a_rule_is_reported_through_check():
    """All kinds of issues in one go, beside a broken cell of one sheet."""
    tables = edited({(N, 1): {"unit_cost": -1.0}, (I, 0): {"long_run": None}, (M, 1): {"tenor": 5.0},
                     (T, 0): {"unit": "%"}})
    with pytest.raises(InputRejected) as error:
        accept(tables, [])
    assert {(i.code, f"{i.sheet}!{i.cell}") for i in error.value.issues if i.severity == "stop"} == {
        ("value_not_above", "networks!D5"), ("missing_rate", "price_indices!B4"), ("loan_terms", "sources!J5"),
        ("target_unfit", "targets!G4")}


def test_a_wrong_cost_is_not_also_said_to_be_missing():
    with pytest.raises(InputRejected) as error:
        accept(edited({(F, 0): {"cost": -1.0}}), [])
    assert [(i.code, i.cell) for i in error.value.issues] == [("value_below_minimum", "C4")]


@pytest.mark.parametrize(("column", "value", "code"), [
    ("rate", 300.0, "value_above_maximum"), ("rate", -1.0, "value_below_minimum"),
    ("max_share", 120.0, "value_above_maximum"), ("front_end", 31.0, "value_above_maximum"),
    ("tenor", 101.0, "value_above_maximum"), ("payments", 13, "value_above_maximum"),
    ("min_share", -1.0, "value_below_minimum"),
    ("group", "nobody", "unknown_reference"), ("draws_to", "nobody", "unknown_reference"),
    ("rate_index", "nobody", "unknown_reference"),
])
def test_terms_outside_their_bounds(column, value, code):
    with pytest.raises(InputRejected) as error:
        accept(edited({(M, 1): {column: value}, ("source_groups", 0): {"group": "G"}, (R, 0): TORF}), [])
    assert code in {i.code for i in error.value.issues if (i.sheet, i.column) == (M, column)}


def test_a_share_that_looks_like_a_fraction_is_a_surprise():
    assert "percent_below_one" in {i.code for i in accept(edited({(M, 1): {"max_share": 0.5}}), []).issues}


def test_a_sense_issue_that_stops_rejects_and_a_surprise_does_not():
    with pytest.raises(InputRejected):
        accept(edited({(T, 0): {"filter": "sector=water"}}), [])
    assert [i.code for i in accept(edited({(N, 1): {"unit_cost": 1000.0}, (F, 0): {"region": "R1"}}),
                                   []).issues] == ["unit_cost_unusual"]


# --- scenarios: kinds of issues of their changes ----------------------------------------------------------------------

X = "scenario_changes"


@pytest.mark.parametrize(("edits", "code", "place"), [
    ({("scenarios", 1): {"builds_on": "lower"}}, "scenario_loop", "scenarios!B5"),
    ({(X, 0): {"selector": "colour=red"}}, "change_unfit", f"{X}!C4"),
    ({(X, 0): {"selector": "source_id=Z*"}}, "change_matches_nothing", f"{X}!C4"),
    ({(X, 1): {"value": "-6"}}, "change_makes_invalid", f"{X}!G5"),
    ({(X, 1): {"years": "2027"}}, "change_overwritten", f"{X}!G4"),
    ({(X, 0): {"sheet": "source_years", "selector": "", "column": "", "years": "", "operation": "shift",
               "value": "-1"}}, "shift_lost", f"{X}!G4"),
])
def test_changes_of_a_scenario(edits, code, place):
    try:
        found = accept(edited(edits), [], "lower").issues
    except InputRejected as error:
        found = error.issues
    assert code in {issue.code for issue in found}
    assert place in {f"{issue.sheet}!{issue.cell}" for issue in found if issue.code == code}


def test_a_sound_scenario_has_no_issues():
    assert accept(edited({(F, 0): {"region": "R1"}}), [], "lower").issues == ()


@pytest.mark.parametrize(("timing", "years"), [("start", {"2022", "2023", "2024"}), ("mid", {"2022", "2023"}),
                                               ("end", {"2022", "2023"})])
def test_which_years_of_rates_nothing_uses(timing, years):
    """First year 2025. Averages at 1 January: 2025 is the first that counts; in the middle or at the end of a year:
    what 1 January 2025 is lies after 2024. Indices count from 2024 always: bills of consumers are compared with the
    year before."""
    early = {str(year): 4.0 for year in (2022, 2023, 2024)}
    found = accept(edited({(F, 0): {"region": "R1"}, ("currencies", 0): early, ("price_indices", 0): early,
                           (S, 4): {"setting": "discount_timing", "value": timing}}), []).issues
    assert {issue.column for issue in found if (issue.code, issue.sheet) == ("year_unused", "currencies")} == years
    assert {issue.column for issue in found if (issue.code, issue.sheet) == ("year_unused",
        "price_indices")} == {"2022", "2023"}
    assert "2024 and later" in next(issue.say() for issue in found if issue.sheet == "price_indices")


def test_the_rate_of_a_year_in_which_money_was_spent_counts():
    early = {(F, 0): {"region": "R1"}, ("currencies", 0): {"2022": 4.0, "2023": 4.0}}
    spent = {(P, 2): {"status": "started", "spent": 1.0, "paid_by": "L", "year": 2023}}
    assert {issue.column for issue in accept(edited({**early, **spent}), []).issues
            if issue.code == "year_unused"} == {"2022"}


def test_the_least_cost_without_targets():
    """A project that must be done is something to reach; without one there is nothing."""
    least = {(S, 4): {"setting": "objective", "value": "least_cost"}, (T, 1): None, (T, 0): None}
    assert "rows_absent" not in {issue.code for issue in accept(edited(least), []).issues}
    found = accept(edited({**least, **FREE}), []).issues
    assert ("rows_absent", "settings", "B8") in {(issue.code, issue.sheet, issue.cell) for issue in found}


# --- register of kinds ------------------------------------------------------------------------------------------------

@cache
def sources(folder):
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.py")))


@pytest.mark.parametrize("code", sorted(KINDS_OF_ISSUE))
def test_every_kind_of_issue_is_triggered_by_a_test(code):
    mentions = re.findall(rf'"{code}"', sources(ROOT))
    assert mentions, f"no test triggers {code}"


@pytest.mark.parametrize(("floor", "charged"), [(None, "0"), (-0.05, "-0.05"), (-2.0, "-0.1"), (0.5, "0.5")])
def test_a_rate_below_zero_says_what_is_charged(floor, charged):
    """Reference 1 % from 2026, 1.2 % in 2027 and 1 % after it, 1.1 points less: the lowest, -0.1 %, first in a year
    with interest; the lender charges the floor, or that."""
    issue = issues_of("floating_rates_stay_above_zero", edited({**BELOW,
        (M, 1): {**BELOW[M, 1], "rate_floor": floor}}))[0]
    assert {name: issue.slots[name] for name in ("rate", "charged")} == {"rate": "-0.1", "charged": charged}
    assert issue.severity == "surprise"
    assert f"{charged} %".replace(".", ",") in issue.say("ru")


@pytest.mark.parametrize(("room", "codes"), [(9.9, ["must_outage_too_large", "must_outage_too_large"]),
                                             (9.95, ["outage_too_large"])])
def test_an_outage_of_a_commitment_that_any_variant_meets(room, codes):
    """F1 must be done and takes 10 MW out of service, its variant F2 9.95: room for neither stops, room for F2 does
    not."""
    limit = {(Z, 0): {"region": "R1", "unit": "MW", "limit": room}}
    edits = {(P, 2): None, (F, 0): LARGE, (F, 1): {**LARGE, "capacity": 9.95, "option_of": "F1"}, **limit}
    assert [issue.code for issue in issues_of("outages_fit", edited(edits))] == codes


def test_months_that_end_within_a_period_are_told_once():
    """Yearly periods: 18 and 13 months are in service after 24, 24 and 12 months say it themselves."""
    rows = {(F, 0): {"region": "R1", "works_months": 18.0, "procurement_months": 0.0}}
    (issue,) = [one for one in accept(edited(rows), []).issues if one.code == "months_rounded"]
    assert (issue.cell, issue.severity) == (f"{issue.cell[0]}4", "note")
    assert (
        "18 months of procurement and works end within a period of 12 months: in service from the end of month 24"
        in issue.say("en"))
    assert "enter months that make 12 or 24" in issue.say("en")
    assert not [one for one in accept(edited({(F, 0): {"region": "R1", "works_months": 18.0,
                                                       "procurement_months": 6.0}}), []).issues
                                                       if one.code == "months_rounded"]
