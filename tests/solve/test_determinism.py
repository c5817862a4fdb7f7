"""The same inputs give the same plan: whatever the order of rows, and, in parts, whatever the seed or the algorithm."""

import random
from dataclasses import replace

import pytest

from jaryq.api.accepted import accept
from jaryq.solve import relaxed
from jaryq.solve.highs import Solver
from jaryq.tables.tables import Table, Tables
from tests.make import solved, with_settings
from tests.workbooks import minimal_tables


def rich():
    """Facilities that cost and bring the same (ties), packages, five sources, crews, targets of two priorities that
    cannot all be met."""
    return minimal_tables(
        settings=[{"setting": "first_year", "value": 2026}, {"setting": "last_year", "value": 2028},
                  {"setting": "discount_rate", "value": 5},
                  {"setting": "prices", "value": 0}, {"setting": "gap", "value": 0},
                  {"setting": "shortfall_gap", "value": 0}, {"setting": "node_limit", "value": 5000}],
        regions=[{"region": r} for r in ("R1", "R2")],
        asset_types=[{"asset_type": "plant", "sector": "heat", "crew": "build", "crew_need": 0.1, "content_JP": 40.0},
                     {"asset_type": "pipe", "sector": "water", "crew": "dig", "crew_need": 0.01}],
        facilities=[{"facility": f"F{i}", "asset_type": "plant", "region": f"R{1 + i % 2}", "cost": 4.0 + i // 3,
                     "savings": 0.5 + 0.1 * (i // 4), "works_months": 12.0 * (1 + i % 2)}
                    for i in range(8)],
        networks=[{"package": f"N{i}", "asset_type": "pipe", "region": f"R{1 + i % 2}", "km": 60.0, "unit_cost": 100.0,
                   "km_per_year": 30.0} for i in range(3)],
        sources=[{"source_id": "B", "kind": "budget", "rank": 2},
                 {"source_id": "B2", "kind": "budget", "carry_over": "one_year", "keep": 50.0, "rank": 2},
                 {"source_id": "O", "kind": "own", "carry_over": "fund", "rank": 1},
                 {"source_id": "L", "kind": "loan", "partner": "JP", "currency": "JPY", "envelope": 3.0,
                  "carry_over": "loan", "rate": 2.0, "grace": 2.0, "tenor": 10.0,
                  "max_share": 60.0, "tied_share": 30.0},
                 {"source_id": "E", "kind": "loan", "partner": "JP", "envelope": 6.0, "rate": 4.0, "grace": 1.0,
                  "tenor": 5.0, "tied_share": 50.0, "tied_over": "product"}],
        source_years=[{"source_id": s, "2026": a, "2027": a, "2028": a}
                      for s, a in (("B", 5.0), ("B2", 4.0), ("O", 2.0))],
        eligibility=[{"source_id": "E", "allowed": True, "project": f"F{i}"}
                     for i in range(5)] + [{"source_id": "O", "allowed": False, "region": "R2"}],
        currencies=[{"currency": "JPY", "2026": 4.0, "2027": 4.4}],
        price_indices=[{"index": "general", "2026": 100.0, "2027": 110.0, "long_run": 5.0}],
        crews=[{"crew": "build", "2026": 2.0, "2027": 2.0, "2028": 2.0}, {"crew": "build", "region": "R1", "2026": 1.0},
               {"crew": "dig", "2026": 1.0}],
        targets=[{"target": "K", "measure": "km", "value": 160.0, "unit": "km", "priority": "1", "years": 2028,
                  "by": "region"},
                 {"target": "F", "measure": "facilities", "value": 7.0, "unit": "facilities", "priority": "2",
                  "years": 2028},
                 {"target": "P", "measure": "share_done", "value": 60.0, "unit": "%", "price": 0.05, "years": 2027}],
    )


def shuffled(tables, seed):
    """The same rows of every sheet in another order (and the columns that are named by a year too)."""
    chance = random.Random(seed)
    sheets = {}
    for name, table in tables.sheets.items():
        records = [record for _, record in table.records()]
        names = list(table.frame.columns)
        chance.shuffle(records)
        chance.shuffle(names)
        sheets[name] = Table.of(name, records, names)
    return Tables(tables.name, dict(chance.sample(sorted(sheets.items()), len(sheets))))


def plan_of(tables, **settings):
    case = accept(with_settings(tables, **settings), []).case
    return solved(case)


def entries(found):
    """All decisions of a plan by name and key."""
    kinds = ("start", "renew", "draw", "old", "idle", "supplied", "short", "excess")
    return {(kind, key): value for kind in kinds for key, value in getattr(found.plan, kind).items()}


def same(one, other, tolerance=1e-6):
    first, second = entries(one), entries(other)
    assert {key: (first.get(key, 0.0), second.get(key, 0.0)) for key in {*first, *second}
            if abs(first.get(key, 0.0) - second.get(key, 0.0)) > tolerance} == {}
    assert other.value == pytest.approx(one.value, abs=tolerance)
    assert [stage.value for stage in other.stages] == pytest.approx([stage.value for stage in one.stages],
        abs=tolerance)


@pytest.fixture(scope="module", params=["divisible", "whole"])
def kind(request):
    return request.param


@pytest.fixture(scope="module")
def once(kind):
    return plan_of(rich(), facilities=kind)


def test_the_case_has_something_to_decide(once):
    """Targets are missed and four kinds of money are used: the order of rows could matter."""
    assert once.plan.short
    assert len(once.plan.draw) > 10
    assert len({s for s, _, _ in once.plan.draw}) >= 4


@pytest.mark.parametrize("seed", range(4))
def test_order_of_rows_changes_nothing(kind, once, seed):
    same(once, plan_of(shuffled(rich(), seed), facilities=kind))


def test_again_is_the_same_to_the_last_bit(kind, once):
    assert entries(plan_of(rich(), facilities=kind)) == entries(once)


@pytest.mark.parametrize("seed", [1, 7, 12345])
def test_seed_changes_nothing_in_parts(seed):
    same(plan_of(rich(), facilities="divisible"), plan_of(rich(), facilities="divisible", seed=seed))


@pytest.mark.parametrize("algorithm", ["ipm", "simplex"])
def test_algorithm_changes_nothing_in_parts(monkeypatch, algorithm):
    before = plan_of(rich(), facilities="divisible")
    used = []

    class Other(Solver):
        def run(self):
            self.option("solver", algorithm)
            self.option("simplex_strategy", 4)
            used.append(algorithm)
            return super().run()

    monkeypatch.setattr(relaxed, "Solver", Other)
    same(before, plan_of(rich(), facilities="divisible"))
    assert used


def test_names_change_nothing_but_names():
    """Renaming a facility to come last leaves the value; without the tie-break on, equal plans could differ, with it
    values cannot."""
    tables = rich()
    records = [{**record, "facility": record["facility"].replace("F0", "Z0")}
               for _, record in tables["facilities"].records()]
    rules = [{**record, "project": str(record["project"]).replace("F0", "Z0") if record["project"] else None}
             for _, record in tables["eligibility"].records()]
    renamed = tables.with_sheet(Table.of("facilities", records)).with_sheet(Table.of("eligibility", rules))
    one, other = plan_of(tables, facilities="divisible"), plan_of(renamed, facilities="divisible")
    assert [s.value for s in other.stages] == pytest.approx([s.value for s in one.stages], abs=1e-6)


def test_the_order_of_output_is_that_of_the_input():
    """Sorted inside, but tables of results follow the rows as they were typed."""
    case = accept(rich(), []).case
    backwards = replace(rich()["facilities"], values={name: cells[::-1]
                                                      for name, cells in rich()["facilities"].values.items()})
    other = accept(rich().with_sheet(backwards), []).case
    assert list(case.facilities) == list(other.facilities) == sorted(case.facilities)
    assert other.order["facilities"] == case.order["facilities"][::-1]
