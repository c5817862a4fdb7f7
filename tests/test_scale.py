"""A larger case for the benchmarks: as many times what belongs to places and projects, and limits of all to match."""

from pathlib import Path

import pytest

from benchmarks.growth import copied, exponents, tables_of
from benchmarks.scale import name_of, scaled
from jaryq.api.accepted import accept
from jaryq.api.findings import all_claims, recomputed
from jaryq.api.verified import compiled, solved
from jaryq.base.issues import stops
from jaryq.tables.tables import Table, Tables
from jaryq.tables.typed import typed
from jaryq.verify.finding import failed
from jaryq.workbook.read import read
from tests.rich import rich_tables

SHIPPED = Path(__file__).parents[1] / "inputs" / "kazakhstan.xlsx"


def records(tables, sheet):
    return [row for _, row in tables[sheet].records()]


def test_rows_of_places_are_copied_and_shared_limits_grow():
    """Three countries: each region and facility three times, a ceiling of 10 becomes 30, a share stays, keys that refer
    follow."""
    tables = Tables("small", {
        "settings": Table.of("settings", [{"setting": "first_year", "value": 2026}]),
        "regions": Table.of("regions", [{"region": "R1"}]),
        "facilities": Table.of("facilities", [{"facility": "F1", "name": "Boiler", "region": "R1", "cost": 5.0,
                                               "option_of": None}, {
            "facility": "F2", "name": "Other boiler", "region": None, "cost": 6.0, "option_of": "F1"}]),
        "sources": Table.of("sources", [{"source_id": "S1", "envelope": 40.0, "max_share": 50.0, "smallest": 1.0}]),
        "source_years": Table.of("source_years", [{"source_id": "S1", "2026": 10.0, "2027": None}]),
        "crews": Table.of("crews", [{"crew": "pipe", "region": "R1", "growth": 5.0, "2026": 2.0},
                                    {"crew": "pipe", "region": None, "growth": 5.0, "2026": 4.0}]),
        "outage_limits": Table.of("outage_limits", [{"region": "R1", "unit": "MW", "limit": 7.0}]),
        "targets": Table.of("targets", [{"target": "T1", "measure": "facilities", "by": None, "value": 2.0,
                                         "scale": None},
                                        {"target": "T2", "measure": "share_done", "by": None, "value": 60.0,
                                         "scale": None, "price": 2.0},
                                        {"target": "T3", "measure": "km", "by": "region", "value": 9.0, "scale": 3.0}]),
    })
    large = scaled(tables, 3)
    assert [row["region"] for row in records(large, "regions")] == ["R1", "R1-x2", "R1-x3"]
    assert [(row["facility"], row["region"], row["option_of"], row["cost"])
            for row in records(large, "facilities")] == [
        ("F1", "R1", None, 5.0), ("F1-x2", "R1-x2", None, 5.0), ("F1-x3", "R1-x3", None, 5.0),
        ("F2", None, "F1", 6.0), ("F2-x2", None, "F1-x2", 6.0), ("F2-x3", None, "F1-x3", 6.0)]
    assert records(large, "sources") == [{"source_id": "S1", "envelope": 120.0, "max_share": 50.0, "smallest": 1.0}]
    assert records(large, "source_years") == [{"source_id": "S1", "2026": 30.0, "2027": None}]
    assert [(row["region"], row["growth"], row["2026"]) for row in records(large, "crews")] == [
        ("R1", 5.0, 2.0), ("R1-x2", 5.0, 2.0), ("R1-x3", 5.0, 2.0), (None, 5.0, 12.0)]
    assert [(row["region"], row["limit"]) for row in records(large, "outage_limits")] == [("R1", 7.0), ("R1-x2", 7.0),
        ("R1-x3", 7.0)]
    assert [(row["value"], row["scale"]) for row in records(large, "targets")] == [(6.0, None), (60.0, None),
        (9.0, 3.0)]
    assert [row["price"] for row in records(large, "targets")] == [None, 6.0, None]  # a point of a larger whole
    assert records(large, "settings") == records(tables, "settings")


def test_once_is_the_case_itself():
    tables, _ = typed(rich_tables())
    assert scaled(tables, 1).sheets == tables.sheets
    assert name_of("F1", 0) == "F1"


def test_a_target_on_one_place_is_one_for_each_copy():
    """Not twice as large: each copy of the region has its own."""
    row = {"target": "T", "measure": "km", "by": None, "filter": "kind=network; region=R1", "value": 1.0}
    large = scaled(Tables("small", {"targets": Table.of("targets", [row])}), 2)
    assert records(large, "targets") == [row, {**row, "target": "T-x2", "filter": "kind=network; region=R1-x2"}]


def test_a_change_of_one_place_is_one_for_each_copy():
    row = {"scenario": "late", "sheet": "facilities", "selector": "facility=F1", "column": "latest", "value": "2032"}
    large = scaled(Tables("small", {"scenario_changes": Table.of("scenario_changes", [row])}), 2)
    assert records(large, "scenario_changes") == [row, {**row, "selector": "facility=F1-x2"}]


def test_a_target_on_all_that_begin_alike_is_of_all_copies():
    """The keys of copies, F1 and F1-x2, both begin with F."""
    row = {"target": "T", "measure": "km", "by": None, "filter": "project=F*", "value": 1.0}
    large = scaled(Tables("small", {"targets": Table.of("targets", [row])}), 2)
    assert records(large, "targets") == [{**row, "value": 2.0}]


def test_what_names_one_copy_has_no_larger_form():
    tables = Tables("small", {"targets": Table.of("targets",
                                                  [{"target": "T", "measure": "km", "by": None, "filter": "region=*1",
                                                    "value": 1.0}])})
    with pytest.raises(ValueError, match="names one of the copies"):
        scaled(tables, 2)


def test_an_exponent():
    """Ten times the case in a hundred times the time grows with the square."""
    small, large = ({"times": times, "seconds": {"prepare": 1.0, "build": taken}}
                    for times, taken in ((1, 0.5), (10, 50.0)))
    assert exponents(small, large) == {"build": pytest.approx(2.0)}


@pytest.mark.exhaustive
def test_copies_of_the_shipped_plan_hold_all_limits_of_three_countries():
    tables = tables_of(SHIPPED)
    accepted = accept(tables, ())
    solution = copied(solved(accepted, compiled(accepted), lambda _: None), accepted.case, 3)
    large = accept(scaled(tables, 3), ())
    assert failed(recomputed(large.case, solution.plan, all_claims(large.case, large.factors, solution))) == ()


@pytest.mark.exhaustive
def test_the_shipped_case_ten_times_passes_the_check():
    tables, _ = typed(read(SHIPPED)[0])
    large = accept(scaled(tables, 10), ())
    assert stops(large.issues) == ()
    assert len(large.case.facilities) == 10 * len(tables["facilities"])
