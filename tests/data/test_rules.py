"""Rules across sheets: for each a workbook that breaks it (code, sheet, cell), one that just does not, and registers that none is forgotten."""

import re
from functools import cache
from pathlib import Path

import pytest

from model.base.errors import InputRejected
from model.base.issues import KINDS
from model.data import rules
from model.data.build import build
from model.data.check import typed
from model.data.derive import derive
from model.data.rules import SENSE, STRUCTURE
from model.data.tables import Table, Tables
from model.job import check

ROOT = Path(__file__).parents[1]

BASE = {
    "settings": [
        {"setting": "first_year", "value": 2025}, {"setting": "plan_from", "value": 2026}, {"setting": "last_year", "value": 2028},
        {"setting": "evaluation_last_year", "value": 2040},
    ],
    "regions": [{"region": "R1"}],
    "asset_types": [
        {"asset_type": "plant", "sector": "heat", "import_share": 30.0, "import_currency": "JPY"},
        {"asset_type": "pipe", "sector": "heat", "import_share": None, "import_currency": None},
    ],
    "facilities": [
        {"facility": "F1", "asset_type": "plant", "cost": 5.0, "earliest": 2026, "latest": 2028, "must_do": True, "works_months": 12.0, "spend_2026": None, "spend_2030": None},
        {"facility": "F2", "asset_type": "plant", "cost": None, "earliest": None, "latest": None, "must_do": None, "works_months": 12.0, "spend_2026": 4.0, "spend_2030": 0.0},
        {"facility": "F3", "asset_type": "plant", "cost": None, "earliest": None, "latest": None, "must_do": None, "works_months": 12.0, "spend_2026": None, "spend_2030": None},
    ],
    "networks": [
        {"package": f"N{number}", "asset_type": "pipe", "km": 100.0, "unit_cost": 100.0, "earliest": 2026, "latest": 2028} for number in (1, 2, 3)
    ],
    "progress": [
        {"project": "F3", "year": 2025, "status": "done", "km": None}, {"project": "N1", "year": 2025, "status": "done", "km": 100.0},
        {"project": "F1", "year": 2025, "status": "committed", "km": None},
    ],
    "sources": [
        {"source_id": "B", "kind": "budget", "currency": "KZT", "envelope": None, "carry_over": "none", "available_from": 2026, "available_to": 2028, "rate": None,
         "grace": None, "tenor": None, "repayment": None, "status": "open", "payments": None},
        {"source_id": "L", "kind": "loan", "currency": "JPY", "envelope": 3.0, "carry_over": "loan", "available_from": None, "available_to": None, "rate": 2.0,
         "grace": 5.0, "tenor": 10.0, "repayment": "equal_principal", "status": "open", "payments": 2},
    ],
    "source_years": [{"source_id": "B", "2026": 10.0, "2027": 10.0, "2028": 10.0}],
    "eligibility": [{"source_id": "L", "allowed": True, "project": "F1"}],
    "currencies": [{"currency": "JPY", "foreign_prices": None, "2025": 4.0, "2026": 4.1, "2027": None}],
    "price_indices": [{"index": "general", "long_run": 5.0, "2025": 100.0, "2026": 110.0, "2027": 115.0}],
    "targets": [
        {"target": "T", "measure": "km", "filter": "sector=heat", "by": None, "years": "2027-2028", "value": 50.0, "unit": "km", "priority": "1", "price": None, "scale": None},
        {"target": "D", "measure": "draw", "filter": "source=L", "by": "partner", "years": None, "value": 0.0, "unit": "bn KZT", "priority": None, "price": 0.5, "scale": 1.0},
    ],
    "scenarios": [{"scenario": "base", "builds_on": None}, {"scenario": "low", "builds_on": None}, {"scenario": "lower", "builds_on": "low"}],
    "scenario_changes": [
        {"scenario": "low", "sheet": "source_years", "selector": "source_id=B", "column": None, "years": "2027", "operation": "multiply", "value": "0.5"},
        {"scenario": "lower", "sheet": "source_years", "selector": "source_id=B", "column": None, "years": "2028", "operation": "set", "value": "6"},
    ],
}


def tables_of(records):
    return Tables("rules", {sheet: Table.of(sheet, rows) for sheet, rows in records.items()})


def edited(edits):
    """BASE with edits {(sheet, row from 0): {column: value} or None to take the row out}."""
    records = {sheet: [dict(row) for row in rows] for sheet, rows in BASE.items()}
    for (sheet, position), values in edits.items():
        if values is None:
            del records[sheet][position]
        elif position == len(records[sheet]):
            records[sheet].append(values)
        else:
            records[sheet][position].update(values)
    return tables_of(records)


def issues_of(name, tables):
    tables, faults = typed(tables)
    assert [issue for issue in faults if issue.severity == "stop"] == []
    rule = getattr(rules, name)
    return list(rule(tables)) if rule in STRUCTURE else list(rule(tables, derive(build(tables))))


S, F, N, P, M, Y = "settings", "facilities", "networks", "progress", "sources", "source_years"
A, T, C, I = "asset_types", "targets", "currencies", "price_indices"  # noqa: E741

BROKEN = [
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
    ("currencies_exist", {(M, 1): {"currency": "USD"}}, "unknown_reference", f"{M}!C5"),
    ("loans_have_terms", {(M, 1): {"rate": None}}, "missing_value", f"{M}!H5"),
    ("loans_have_terms", {(M, 1): {"tenor": None}}, "missing_value", f"{M}!J5"),
    ("loans_have_terms", {(M, 1): {"tenor": 5.0}}, "loan_terms", f"{M}!J5"),
    ("loans_have_terms", {(M, 1): {"tenor": 4.0, "repayment": "bullet"}}, "loan_terms", f"{M}!J5"),
    ("loans_have_terms", {(M, 1): {"tenor": 0.2, "grace": 0.0, "payments": 1}}, "loan_terms", f"{M}!J5"),
    ("sources_are_bounded", {(Y, 0): {"2027": None}}, "missing_value", f"{Y}!C4"),
    ("sources_are_bounded", {(M, 1): {"envelope": None}}, "missing_value", f"{M}!D5"),
    ("sources_are_bounded", {(M, 0): {"envelope": 5.0, "carry_over": "fund"}, (Y, 0): {"2028": None}}, "missing_value", f"{Y}!D4"),
    ("progress_fits", {(P, 0): {"year": 2026}}, "progress_unfit", f"{P}!B4"),
    ("progress_fits", {(P, 1): {"status": "committed"}}, "progress_unfit", f"{P}!C5"),
    ("progress_fits", {(P, 1): {"km": None}}, "missing_value", f"{P}!D5"),
    ("progress_fits", {(P, 1): {"km": 100.1}}, "progress_unfit", f"{P}!D5"),
    ("progress_fits", {(P, 0): {"km": 1.0}}, "progress_unfit", f"{P}!D4"),
    ("targets_are_meant", {(T, 0): {"unit": "%"}}, "target_unfit", f"{T}!G4"),
    ("targets_are_meant", {(T, 0): {"filter": "colour=red"}}, "bad_selector", f"{T}!C4"),
    ("targets_are_meant", {(T, 0): {"filter": "source=L"}}, "bad_selector", f"{T}!C4"),
    ("targets_are_meant", {(T, 0): {"years": "2027-2031"}}, "target_unfit", f"{T}!E4"),
    ("targets_are_meant", {(T, 0): {"years": "2028-2027"}}, "target_unfit", f"{T}!E4"),
    ("targets_are_meant", {(T, 0): {"by": "partner"}}, "target_unfit", f"{T}!D4"),
    ("targets_are_meant", {(T, 0): {"price": 1.0}}, "target_unfit", f"{T}!H4"),
    ("targets_are_meant", {(T, 0): {"priority": None}}, "target_unfit", f"{T}!H4"),
    ("targets_are_meant", {(T, 1): {"scale": None}}, "missing_value", f"{T}!J5"),
    ("selectors_match", {(T, 0): {"filter": "sector=water"}}, "selector_matches_nothing", f"{T}!C4"),
    ("selectors_match", {(T, 1): {"filter": "source=Z*"}}, "selector_matches_nothing", f"{T}!C5"),
    ("works_fit", {(F, 0): {"works_months": 37.0}}, "no_room_for_works", f"{F}!E4"),
    ("works_fit", {(F, 0): {"works_months": 37.0, "must_do": None}, (P, 2): None}, "window_too_short", f"{F}!E4"),
    ("projects_have_money", {(M, 0): {"status": "closed"}, ("eligibility", 0): {"project": "N1"}, (N, 2): None, (N, 1): None, (F, 1): None}, "no_money_for_commitment", f"{F}!A4"),
    ("projects_have_money", {(M, 0): {"status": "closed"}, (N, 2): None, (N, 1): None, (F, 1): None}, "no_source_for_project", f"{N}!A4"),
    ("unit_costs_are_usual", {(N, 1): {"unit_cost": 1000.0}}, "unit_cost_unusual", f"{N}!D5"),
    ("unit_costs_are_usual", {(N, 0): {"unit_cost": 10.0}}, "unit_cost_unusual", f"{N}!D4"),
]

JUST_VALID = [
    ("years_in_order", {(S, 0): {"value": 2028}, (S, 1): {"value": 2028}, (S, 3): {"value": 2028}, (F, 0): {"earliest": 2028}, (M, 0): {"available_from": 2028}}),
    ("keys_do_not_clash", {(N, 2): {"package": "f1"}}),
    ("costs_are_stated", {(F, 0): {"cost": 0.0}, (F, 1): {"spend_2030": 0.0}}),
    ("imports_have_a_currency", {(A, 0): {"import_share": 0.0, "import_currency": None}}),
    ("indices_are_complete", {(I, 0): {"2026": None, "2027": None}}),
    ("rates_are_complete", {(C, 0): {"2026": None}}),
    ("currencies_exist", {(M, 1): {"currency": "KZT"}}),
    ("loans_have_terms", {(M, 1): {"tenor": 5.0, "repayment": "bullet"}}),
    ("loans_have_terms", {(M, 1): {"rate": None, "tenor": None, "status": "closed"}}),
    ("loans_have_terms", {(M, 1): {"tenor": 1.0, "grace": 0.0, "payments": 1}}),
    ("sources_are_bounded", {(M, 0): {"available_to": 2027}, (Y, 0): {"2028": None}}),
    ("sources_are_bounded", {(M, 0): {"envelope": 5.0}, (Y, 0): {"2027": None}}),
    ("progress_fits", {(P, 1): {"km": 40.0}, (P, 3): {"project": "N1", "year": 2024, "status": "done", "km": 60.0}}),
    ("targets_are_meant", {(T, 0): {"years": 2026.0, "value": 0.0, "scale": 5.0, "by": "region"}}),
    ("selectors_match", {(T, 0): {"filter": "project=N*"}}),
    ("works_fit", {(F, 0): {"works_months": 36.0}}),
    ("projects_have_money", {(M, 1): {"status": "closed"}}),
    ("unit_costs_are_usual", {(N, 1): {"unit_cost": 999.0}}),
    ("unit_costs_are_usual", {(N, 2): None, (N, 1): {"unit_cost": 1000.0}}),
]


@pytest.mark.parametrize("name", [rule.__name__ for rule in (*STRUCTURE, *SENSE)])
def test_base_keeps_every_rule(name):
    assert issues_of(name, edited({})) == []


@pytest.mark.parametrize(("name", "edits", "code", "place"), BROKEN)
def test_broken(name, edits, code, place):
    found = issues_of(name, edited(edits))
    assert [(issue.code, f"{issue.sheet}!{issue.cell}") for issue in found] == [(code, place)]
    assert found[0].say("en") != found[0].say("ru")


@pytest.mark.parametrize(("name", "edits"), JUST_VALID)
def test_just_valid(name, edits):
    assert issues_of(name, edited(edits)) == []


@pytest.mark.parametrize("rule", [*STRUCTURE, *SENSE], ids=lambda rule: rule.__name__)
def test_every_rule_is_broken_and_just_kept_by_a_case(rule):
    assert rule.__name__ in {case[0] for case in BROKEN}
    assert rule.__name__ in {case[0] for case in JUST_VALID}


def test_every_issue_of_a_rule_is_reported_through_check():
    """All kinds of issues in one go, beside a broken cell of one sheet."""
    tables = edited({(N, 1): {"unit_cost": -1.0}, (I, 0): {"long_run": None}, (M, 1): {"tenor": 5.0}, (T, 0): {"unit": "%"}})
    with pytest.raises(InputRejected) as error:
        check(tables, [])
    assert {(i.code, f"{i.sheet}!{i.cell}") for i in error.value.issues if i.severity == "stop"} == {
        ("value_not_above", "networks!D5"), ("missing_rate", "price_indices!B4"), ("loan_terms", "sources!J5"), ("target_unfit", "targets!G4")}


def test_a_wrong_cost_is_not_also_said_to_be_missing():
    with pytest.raises(InputRejected) as error:
        check(edited({(F, 0): {"cost": -1.0}}), [])
    assert [(i.code, i.cell) for i in error.value.issues] == [("value_below_minimum", "C4")]


def test_a_sense_issue_that_stops_rejects_and_a_surprise_does_not():
    with pytest.raises(InputRejected):
        check(edited({(T, 0): {"filter": "sector=water"}}), [])
    assert [i.code for i in check(edited({(N, 1): {"unit_cost": 1000.0}}), []).issues] == ["unit_cost_unusual"]


# --- scenarios: kinds of issues of their changes -----------------------------------------------------------------------------------

X = "scenario_changes"


@pytest.mark.parametrize(("edits", "code", "place"), [
    ({("scenarios", 1): {"builds_on": "lower"}}, "scenario_loop", "scenarios!B5"),
    ({(X, 0): {"selector": "colour=red"}}, "change_unfit", f"{X}!4"),
    ({(X, 0): {"selector": "source_id=Z*"}}, "change_matches_nothing", f"{X}!4"),
    ({(X, 1): {"value": "-6"}}, "change_makes_invalid", f"{X}!5"),
    ({(X, 1): {"years": "2027"}}, "change_overwritten", f"{X}!4"),
])
def test_changes_of_a_scenario(edits, code, place):
    try:
        found = check(edited(edits), [], "lower").issues
    except InputRejected as error:
        found = error.issues
    assert code in {issue.code for issue in found}
    assert place in {f"{issue.sheet}!{issue.cell}" for issue in found if issue.code == code}


def test_a_sound_scenario_has_no_issues():
    assert check(edited({}), [], "lower").issues == ()


# --- register of kinds -------------------------------------------------------------------------------------------------------------

@cache
def sources(folder):
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.py")))


@pytest.mark.parametrize("code", sorted(KINDS))
def test_every_kind_of_issue_is_triggered_by_a_test(code):
    mentions = re.findall(rf'"{code}"', sources(ROOT))
    assert mentions, f"no test triggers {code}"
