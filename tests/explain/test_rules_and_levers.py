"""Every family of rows is a limit, a rule that a user states, or a definition; every limit that may move has a cell and
a change."""

from collections.abc import Mapping
from types import SimpleNamespace

import pytest

from jaryq.api.accepted import accept
from jaryq.api.explained import in_the_open
from jaryq.case.case import Target
from jaryq.case.lines import lines
from jaryq.explain.conflict import contradiction
from jaryq.explain.levers import _unit
from jaryq.explain.rules import FAMILIES
from jaryq.factors.derive import derive
from jaryq.formulation.declare import ROWS
from jaryq.formulation.targets import limits
from jaryq.rules.feasible import ARITHMETIC
from jaryq.sheets.inputs import INPUT
from jaryq.tables.tables import Table, Tables
from jaryq.tables.typed_changes import typed_changes
from tests.cases import full_case, named, tiny_case
from tests.explain.test_no_plan import CASES, crews, explained, group, hard, one_ceiling, outage, package, two_budgets
from tests.hand.test_from_workbooks import CONTRACT, DONE, PIPE, areas, book, late, lot, must, rise, season, tenors

LIMITS = frozenset({
    "crew_capacity", "outage_capacity", "outage_season", "at_least", "at_most", "equal", "ceiling", "carried_over",
    "pace", "envelope", "group_envelope", "dscr", "yearly_km", "fund_balance", "ramp_up",
})
"""Families that say limits alone."""

DEFINITIONS = frozenset({
    "crew_pool", "paid_in_full", "old_is_drawn", "signed_for", "start_once", "one_variant", "takes_part", "ticket_part",
    "signed_if_taken", "used_if_taken", "trench_of_package", "trench_of_other", "trench_km", "kept_is_done",
    "largest_shortfall", "deficit_short", "ramp_down", "supplied_from_draws", "local_from_draws", "balance",
    "tie_forth", "tie_back", "signed_works", "agreed_works", "agreed_part", "agreed_least",
})
"""Families that define, or that may fall short by themselves: never given up."""


def test_every_family_of_rows_has_its_place():
    kinds = [set(FAMILIES), set(LIMITS), set(DEFINITIONS)]
    assert set.union(*kinds) == set(ROWS)
    assert sum(map(len, kinds)) == len(ROWS)


def test_rules_stand_in_columns_that_there_are():
    for said in FAMILIES.values():
        columns = [column.name for column in INPUT[said.sheet].columns]
        assert any(column == said.column or (column and said.column.startswith(column.rstrip("_")))
                   for column in columns), said


def test_cells_of_rules_are_kept():
    """A contradiction names the cell of a rule: rows of its sheet are kept with the case."""
    for said in FAMILIES.values():
        kept = lines(Tables("cells", {said.sheet: Table.of(said.sheet,
                                                           [dict.fromkeys((*INPUT[said.sheet].key, said.column),
                                                           "X")])}))
        assert [line.cells[said.column] for line in kept.values()] != [], said.sheet


def test_every_lever_has_a_change_that_is_one():
    """Of a case with everything and of those without a plan: each lever's change is read, for the column in which its
    limit stands."""
    cases = [derive(full_case()), *(accept(case(), [], past=ARITHMETIC).factors for case in CASES)]
    known = [(lever, f.case) for f in cases for lever in in_the_open(f).levers]
    assert {lever.kind for lever, _ in known} == {"ceiling", "envelope", "group_envelope", "crews", "outage", "target",
                                                  "latest", "km_per_year", "ticket"}
    for lever, case in known:
        made, wrong = typed_changes([lever.change(lever.value, case)], "--set")
        assert not wrong
        assert made[0].table == lever.sheet
        assert INPUT[lever.sheet].column(lever.column) is not None


@pytest.mark.parametrize("make", [lambda: late(18), lambda: rise(DONE, CONTRACT), lambda: must(True), areas, season,
                                  lambda: tenors(1), lot],
                         ids=["pace", "ramp", "must_draw", "areas", "season", "group", "lot"])
def test_a_case_with_a_plan_has_no_conflict(make):
    """The program with nothing lifted has a point, whichever conditions a case has."""
    accepted = accept(make(), [])
    assert contradiction(in_the_open(accepted.factors), accepted.case.settings.whole, 1e18) is None


def test_a_kind_and_a_source_of_one_key_have_levers_of_their_own():
    """Both may rise by a quarter and an amount that is always allowed: each stands on its own sheet."""
    rises = {"ramp_up": 25.0, "ramp_least": 10.0}
    tables = book([{"source_id": "pipe", "envelope": 50.0, **rises}], asset_types=[{**PIPE[0], **rises}],
                  networks=[package(km=100, unit_cost=100)])
    known = in_the_open(accept(tables, []).factors).levers
    assert {(lever.sheet, lever.key) for lever in known if lever.kind == "ramp_least"} == {
        ("asset_types", "pipe"), ("sources", "pipe")}


def with_column(tables, sheet, **more):
    table = tables.get(sheet)
    return tables.with_sheet(type(table).of(sheet, [{**record, **more} for _, record in table.records()]))


def test_what_may_not_move_stays():
    """The ceiling is all that could move; with no it does not, and nothing is claimed."""
    found = explained(with_column(one_ceiling(), "source_years", may_move=False))
    assert found.record["repair"] == {"found": False, "tested": False, "decided_by": None, "moves": []}
    assert found.said[-1].en == "No limit that may move makes a plan: one of the rules above has to be given up."


def test_what_law_sets_moves_by_policy_where_the_row_says_so():
    found = explained(with_column(group(), "source_groups", may_move=True)).record["repair"]
    assert (found["decided_by"], found["moves"][0]["new"]) == ("policy", 9)


def test_the_other_budget_moves_where_one_may_not():
    """All 30 of D, 50."""
    tables = two_budgets()
    rows = [{**record, "may_move": record["source_id"] == "D"} for _, record in tables.get("source_years").records()]
    tables = tables.with_sheet(type(tables.get("source_years")).of("source_years", rows))
    assert [(move["speaks_of"], move["new"]) for move in explained(tables).record["repair"]["moves"]] == [(["D",
        "2026"], 80)]


def test_a_row_without_region_is_named_by_its_blank():
    """40 km in 2026 need 4 crew-years in all and in region A; the country has 3, A has 4: the row without region moves,
    and only that."""
    tables = book(regions=[{"region": "A"}], asset_types=[{**PIPE[0], "crew": "pipe", "crew_need": 0.1}],
                  networks=[package(region="A")],
                  crews=[{"crew": "pipe", "region": None, "2026": 3}, {"crew": "pipe", "region": "A", "2026": 4}],
                  targets=[hard("T", "km", 40, "km", "2026", may_move=False)])
    found = explained(tables).record
    assert [move["change"] for move in found["repair"]["moves"]] == ["crews; crew=pipe, region=-; 2026; set 4"]
    assert found["repair"]["tested"]


@pytest.mark.parametrize("case", [crews, one_ceiling], ids=lambda case: case.__name__)
def test_all_that_is_said_is_said_in_russian_too(case):
    found = explained(case())
    for text in (*found.conflict, *found.said):
        assert text.say("ru")
    assert isinstance(found.record, Mapping)
    assert case in CASES


@pytest.mark.parametrize(("target", "unit"), [
    ({"measure": "quantity", "unit": "persons"}, "persons"), ({"measure": "quantity", "unit": "MW"}, "MW"),
    ({"measure": "quantity", "unit": "tCO2"}, "t CO2"),
    ({"measure": "deficit", "unit": "Gcal/h"}, "Gcal/h"), ({"measure": "not_supplied", "unit": "MWh"}, "MWh"),
    ({"measure": "losses", "unit": "thousand m3"}, "thousand m3"),
    ({"measure": "km"}, "km"), ({"measure": "facilities"}, "facilities"), ({"measure": "failures"}, "failures"),
    ({"measure": "spend"}, "bn KZT"),
    ({"measure": "debt_stock"}, "bn KZT")])
def test_a_target_moves_in_the_unit_of_its_row(target, unit):
    """Not in "number": persons, MW, MWh are what a target of a quantity asks."""
    case = tiny_case(targets=(Target(**named("T"), row="T", value=5.0, priority="hard", **target),))
    (limit,) = limits(SimpleNamespace(case=case))
    assert _unit(case, limit, 1.0).en == unit


def test_an_outage_moves_in_the_unit_of_its_row():
    moves = explained(outage()).record["repair"]["moves"]
    assert [move["unit"] for move in moves] == ["MW"]
