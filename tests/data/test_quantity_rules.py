"""What check says of quantities: for each kind a workbook that brings it up, and one that just does not."""

import pytest

from jaryq.api.accepted import accept
from jaryq.base.errors import InputRejected
from tests.workbooks import minimal_tables

CODES = {"quantity_unfit", "counted_twice", "valued_once", "savings_follow_cost", "missing_rate", "unused_term",
         "target_unfit"}
KINDS = [{"asset_type": "boiler", "sector": "heat", "pof_k": 0.0454, "lost_value": 30.0, "repair_cost": 900.0},
         {"asset_type": "pipe", "sector": "heat"}]
FLOW = {"unit": "Gcal", "kind": "flow"}


def told(**sheets):
    """Code, place and column of each issue of these kinds, with the words of its rule."""
    sheets = {"asset_types": KINDS, "regions": [{"region": "A"}, {"region": "B"}],
              "source_years": [{"source_id": "S1", "2026": 9.0, "2027": 9.0, "2028": 9.0}], **sheets}
    try:
        issues = accept(minimal_tables(**sheets), []).issues
    except InputRejected as rejected:
        issues = rejected.issues
    return [(issue.code, f"{issue.sheet}!{issue.cell}", issue.column) for issue in issues if issue.code in CODES]


def quantity(**row):
    return [{"quantity": "q1", **row}]


def codes(**sheets):
    return {(code, column) for code, _, column in told(**sheets)}


@pytest.mark.parametrize(("row", "found"), [
    ({"quantity": "МВт", "unit": "MW", "kind": "level"}, {("quantity_unfit", "quantity")}),
    ({"quantity": "mw-1", "unit": "MW", "kind": "level"}, {("quantity_unfit", "quantity")}),
    ({"quantity": "m" * 24, "unit": "MW", "kind": "level"}, set()),
    ({"quantity": "m" * 25, "unit": "MW", "kind": "level"}, {("quantity_unfit", "quantity")}),
    ({"unit": "Gcal", "kind": "level", "derived": "losses"}, {("quantity_unfit", "derived")}),
    ({**FLOW, "derived": "losses"}, set()),
    ({**FLOW, "derived": "failures"}, {("quantity_unfit", "unit")}),
    ({"unit": "failures", "kind": "flow", "derived": "failures"}, set()),
    ({"unit": "failures", "kind": "flow", "derived": "bursts"}, {("quantity_unfit", "unit")}),
    # nothing is of the power sector
    ({"unit": "MWh", "kind": "flow", "derived": "not_supplied"}, {("quantity_unfit", "unit")}),
    ({"unit": "MWh", "kind": "flow"}, set()),
    ({"unit": "MW", "kind": "level", "season_from": 11, "season_to": 3},
     {("unused_term", "season_from"), ("unused_term", "season_to")}),
    ({"unit": "t", "kind": "once", "season_to": 3}, {("unused_term", "season_to")}),
    ({**FLOW, "season_from": 11, "season_to": 3}, set()),
])
def test_rows_of_quantities(row, found):
    assert codes(quantities=quantity(**row)) == found


def test_keys_that_differ_by_capitals():
    rows = [{"quantity": "mw", "unit": "MW", "kind": "level"}, {"quantity": "MW", "unit": "MW", "kind": "level"}]
    assert ("quantity_unfit", "quantities!A5", "quantity") in told(quantities=rows)


@pytest.mark.parametrize(("value", "years", "found"), [
    (None, {"2026": 40.0}, False), (None, {"2025": 40.0}, False), (None, {"2027": 40.0}, True), (None, {}, True),
    (30.0, {"2027": 40.0}, False), (30.0, {}, False)])
def test_a_value_for_the_first_planned_year(value, years, found):
    rows = [{"quantity": "q1", "region": "A", "2026": None, "2027": None, **years}]
    issues = told(quantities=quantity(unit="MW", kind="level", value=value), quantity_values=rows)
    column = "C4" if "2025" not in years else None
    assert issues == ([("missing_rate", f"quantity_values!{column}", "2026")] if found else [])


# --- twice ------------------------------------------------------------------------------------------------------------

def network(**row):
    return [{"package": "N1", "asset_type": "pipe", "region": "A", "km": 10.0, "unit_cost": 50.0, **row}]


LOSSES = {**FLOW, "derived": "losses", "value": 20_000.0}


@pytest.mark.parametrize(("losses", "row", "found"), [
    (LOSSES, {"savings": 1.0, "losses": 39.0, "losses_after": 22.0}, {("counted_twice", "value")}),
    (LOSSES, {"losses": 39.0, "losses_after": 22.0}, set()),
    (LOSSES, {"savings": 1.0, "losses": 39.0}, set()), ({**LOSSES, "value": None},
                                                        {"savings": 1.0, "losses": 39.0, "losses_after": 22.0}, set())])
def test_losses_beside_savings(losses, row, found):
    assert codes(quantities=quantity(**losses), networks=network(**row)) == found


def test_failures_and_bursts_beside_what_they_cost():
    bursts = {"unit": "bursts", "kind": "flow", "derived": "bursts", "value": 1e6}
    with_cost = network(bursts=10.0, consequence=2.0)
    assert codes(quantities=quantity(**bursts), networks=with_cost) == {("counted_twice", "value")}
    assert codes(quantities=quantity(**bursts), networks=network(bursts=10.0)) == set()
    failures = {"unit": "failures", "kind": "flow", "derived": "failures", "value": 1e6}
    plant = [{"facility": "F1", "asset_type": "boiler", "region": "A", "cost": 5.0, "year_built": 1980,
              "must_do": None}]
    assert codes(quantities=quantity(**failures), facilities=plant) == {("counted_twice", "value")}
    assert codes(quantities=quantity(**failures), facilities=[{**plant[0], "consequence": 0.0}]) == set()


def test_a_value_of_another_region_is_not_twice():
    """N1 lies in A; the value holds in B."""
    rows = [{"quantity": "q1", "region": "B", "2026": 20_000.0}]
    twice = network(savings=1.0, losses=39.0, losses_after=22.0)
    assert codes(quantities=quantity(**{**LOSSES, "value": None}), quantity_values=rows, networks=twice) == set()
    assert codes(quantities=quantity(**{**LOSSES, "value": None}), quantity_values=[{**rows[0], "region": "A"}],
                 networks=twice) == {("counted_twice", "quantity")}


# --- once -------------------------------------------------------------------------------------------------------------

def plant(**row):
    return [{"facility": "F1", "asset_type": "boiler", "region": "A", "cost": 5.0, "year_built": 1980, **row}]


SUPPLY = {**FLOW, "derived": "not_supplied", "value": 50_000.0}


def test_the_value_of_a_kind_is_left_out():
    assert told(quantities=quantity(**SUPPLY), facilities=plant()) == [("valued_once", "asset_types!D4", "lost_value")]
    assert codes(quantities=quantity(**{**SUPPLY, "value": None}), facilities=plant()) == set()
    elsewhere = [{"quantity": "q1", "region": "B", "2026": 50_000.0}]
    assert codes(quantities=quantity(**{**SUPPLY, "value": None}), quantity_values=elsewhere,
                 facilities=plant()) == set()
    assert codes(quantities=quantity(**SUPPLY), facilities=plant(),
                 asset_types=[{**KINDS[0], "lost_value": 0.0}, KINDS[1]]) == set()


def test_a_stated_benefit_holds_the_quantities():
    rows = [{**plant()[0], "facility": f"F{n}", "benefit": 9.0, "q_q1": 3.0} for n in (1, 2)]
    valued = quantity(unit="MW", kind="level", value=1e6)
    assert [place for place in told(quantities=valued, facilities=rows)
            if place[0] == "valued_once"] == [("valued_once", "facilities!F4", "benefit")]
    assert codes(quantities=quantity(unit="MW", kind="level"), facilities=rows) == set()
    assert codes(quantities=valued, facilities=[{**row, "q_q1": None} for row in rows]) == set()


# --- savings that follow cost -----------------------------------------------------------------------------------------

def plants(ratios):
    return [{"facility": f"F{n}", "asset_type": "boiler", "cost": 3.0 + n, "savings": (3.0 + n) * ratio}
            for n, ratio in enumerate(ratios)]


@pytest.mark.parametrize(("ratios", "found"), [
    ((0.08,) * 5, True), ((0.08,) * 4, False), ((0.08, 0.08, 0.08, 0.08, 0.08007), True),
    ((0.08, 0.08, 0.08, 0.08, 0.0802), False), ((0.05, *(0.08,) * 5, 0.2), True)])
def test_savings_that_are_a_part_of_the_cost(ratios, found):
    """Five rows of a kind with one ratio, within a thousandth of it."""
    issues = [issue for issue in told(facilities=plants(ratios)) if issue[0] == "savings_follow_cost"]
    assert bool(issues) is found
    if found:
        assert issues == [("savings_follow_cost", f"facilities!D{4 + ratios.index(0.08)}", "savings")]


def test_savings_per_km_that_are_a_part_of_the_unit_cost():
    rows = [{"package": f"N{n}", "asset_type": "pipe", "km": 5.0 + n, "unit_cost": 50.0 + n,
             "savings": (50.0 + n) * 0.05} for n in range(5)]
    assert codes(networks=rows) == {("savings_follow_cost", "savings")}
    assert codes(networks=[*rows[:4], {**rows[4], "asset_type": "main"}],
                 asset_types=[*KINDS, {"asset_type": "main", "sector": "heat"}]) == set()


def test_a_row_of_values_without_any():
    """The quantity has a value of its own, so the row stops nothing; it stands for nothing either."""
    sheets = {"quantities": quantity(unit="MW", kind="level", value=5.0), "regions": [{"region": "A"}],
              "facilities": [{"facility": "F1", "cost": 1.0, "region": "A", "works_months": 12, "q_q1": 1.0}],
              "quantity_values": [{"quantity": "q1", "region": "A", "2027": None}],
              "source_years": [{"source_id": "S1", "2026": 9.0, "2027": 9.0, "2028": 9.0}]}
    issues = accept(minimal_tables(**sheets), []).issues
    assert [(issue.sheet, issue.cell) for issue in issues if issue.code == "row_unused"] == [("quantity_values", "A4")]
