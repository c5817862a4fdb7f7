"""Rows by the names people call them. Codes and names of the regions: ISO 3166-2:KZ."""

import pytest

from jaryq.tables.called import called
from jaryq.tables.tables import Table, Tables
from jaryq.tables.typed import typed


def tables(**sheets):
    regions = [{"region": key, "name": name, "name_ru": ru} for key, name, ru in (
        ("KZ-35", "Karaganda Region", "Карагандинская область"), ("KZ-19", "Almaty Region", "Алматинская область"),
        ("KZ-75", "Almaty", "Алматы"),
        ("XX-1", "North Shore", None), ("XX-2", "Twin", None), ("XX-3", "Twin", None))]
    kinds = [{"asset_type": "chp_coal", "name": "Heat and power plant, coal", "name_ru": "ТЭЦ на угле",
              "sector": "heat"}]
    money = [{"currency": "JPY", "2026": 3.4}]
    whole = {"regions": regions, "asset_types": kinds, "currencies": money, **sheets}
    return Tables("case", {name: Table.of(name, records) for name, records in whole.items()})


@pytest.mark.parametrize(("said", "key"), [
    ("Караганда", "KZ-35"), ("караганда", "KZ-35"), ("Karaganda", "KZ-35"), ("Қарағанды", "KZ-35"),
    ("Карагандинская обл.", "KZ-35"), ("Karaganda oblast", "KZ-35"),
    ("カラガンダ", "KZ-35"), ("Алматы", "KZ-75"), ("г. Алматы", "KZ-75"), ("Almaty city", "KZ-75"),
    ("Алматинская", "KZ-19"), ("ALMATY REGION", "KZ-19"), ("north shore", "XX-1"),
])
def test_a_region_by_its_name(said, key):
    read, issues = typed(tables(facilities=[{"facility": "A", "name": "A", "cost": 1, "region": said}]))
    assert read["facilities"].frame["region"].tolist() == [key]
    assert [(issue.code, issue.cell, issue.slots["read"], issue.severity)
            for issue in issues] == [("repaired_letters", "D4", key, "note")]


@pytest.mark.parametrize(("said", "hint"), [
    ("Twin", ""),  # two regions have this name
    ("Алматы обл.", "KZ-"),  # neither the city nor surely the region
    ("Костанай", ""),  # a region of Kazakhstan that this workbook has not
    ("Karagnda", "KZ-35"),
])
def test_what_is_no_name_of_one_row(said, hint):
    read, issues = typed(tables(facilities=[{"facility": "A", "name": "A", "cost": 1, "region": said}]))
    assert read["facilities"].frame["region"].tolist() == [None]
    assert [(issue.code, issue.cell) for issue in issues] == [("unknown_reference", "D4")]
    assert hint in issues[0].say()


def test_kinds_currencies_and_projects():
    read, issues = typed(tables(
        facilities=[{"facility": "A", "name": "Boiler house 7", "cost": 1, "asset_type": "ТЭЦ на угле"}],
        sources=[{"source_id": "S", "name": "Bank", "kind": "loan", "currency": "иена"},
                 {"source_id": "T", "name": "Fund", "kind": "budget", "currency": "тенге"}],
        progress=[{"project": "boiler house 7", "year": 2025, "status": "committed"}]))
    assert read["facilities"].frame["asset_type"].tolist() == ["chp_coal"]
    assert read["sources"].frame["currency"].tolist() == ["JPY", "KZT"]
    assert read["progress"].frame["project"].tolist() == ["A"]
    assert {issue.code for issue in issues} == {"repaired_letters"}
    assert "the name of its row" in issues[0].say()


def test_a_key_comes_before_a_name():
    """A row whose name is another row's key is not meant by it."""
    two = Tables("case", {"regions": Table.of("regions", [{"region": "A", "name": "B"}, {"region": "B", "name": "C"}]),
                          "facilities": Table.of("facilities",
                                                 [{"facility": "F", "name": "F", "cost": 1, "region": "B"}])})
    read, issues = typed(two)
    assert read["facilities"].frame["region"].tolist() == ["B"]
    assert issues == []
    assert called("regions", two).key("c") == "B"
