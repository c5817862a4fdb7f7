"""Filters of targets and of changes by names; the nearest valid name where nothing fits."""

import pytest

from jaryq.case.build import build
from jaryq.factors.derive import derive
from jaryq.rules.across import selectors_match
from jaryq.tables.filters import by_keys, nearest
from jaryq.tables.scenarios import apply
from jaryq.tables.selector import BadSelector, fits, parse
from jaryq.tables.tables import Table, Tables
from jaryq.tables.typed import typed
from jaryq.tables.typed_changes import command_change
from jaryq.verify.measures import fits as fits_again
from tests.workbooks import minimal_tables

SHEETS = {
    "regions": [{"region": "KZ-35", "name": "Karaganda Region", "name_ru": "Карагандинская область"},
                {"region": "KZ-75", "name": "Almaty", "name_ru": "Алматы"}],
    "asset_types": [{"asset_type": "chp_coal", "name": "Heat and power plant, coal", "sector": "heat"}],
    "facilities": [{"facility": "F1", "name": "CHP-1", "asset_type": "chp_coal", "region": "KZ-35", "cost": 5.0},
                   {"facility": "F2", "name": "CHP-2", "asset_type": "chp_coal", "region": "KZ-75", "cost": 7.0}],
    "sources": [{"source_id": "EBRD", "name": "European bank", "name_ru": "ЕБРР", "kind": "loan", "envelope": 1.0}],
    "targets": [{"target": "T", "measure": "facilities_done", "filter": "region=Караганда; type=chp_coal", "value": 1.0,
                 "unit": "facilities", "priority": "1"}],
}


def tables():
    return Tables("case", {name: Table.of(name, records) for name, records in SHEETS.items()})


def test_the_filter_of_a_target_by_names():
    read, issues = typed(tables())
    assert read["targets"].frame["filter"].tolist() == ["region=KZ-35; type=chp_coal"]
    told = [(issue.code, issue.cell, issue.value, issue.slots["read"]) for issue in issues if issue.sheet == "targets"
            and issue.severity == "note"]
    assert told == [("repaired_letters", "C4", "Караганда", "KZ-35")]


@pytest.mark.parametrize(("said", "cells"), [
    ("facilities; region=Қарағанды; cost; multiply 2", [("F1", 10.0)]),
    ("facilities; region=kz-75; cost; set 1", [("F2", 1.0)]),
    ("sources; source=ЕБРР; envelope; set 3", [("EBRD", 3.0)]),
    ("facilities; facility=CHP-2; cost; set 9", [("F2", 9.0)]),
])
def test_a_change_by_names(said, cells):
    change, issues = command_change(said)
    assert issues == []
    _, made, issues = apply(typed(tables())[0], [change])
    assert [(item.key, item.new) for item in made] == cells
    assert [(issue.code, issue.severity) for issue in issues] == [("repaired_letters", "note")]


@pytest.mark.parametrize(("said", "hint"), [
    ("facilities; region=Karagnda; cost; set 1", "KZ-35"),
    ("facilities; facility=F11; cost; set 1", "F1"),
    ("facilities; region=KZ-35; cots; set 1", "cost"),
    ("sources; source=EBRDD; envelope; set 1", "EBRD"),
])
def test_what_fits_nothing_is_told_with_the_nearest(said, hint):
    change, _ = command_change(said)
    _, made, issues = apply(typed(tables())[0], [change])
    assert made == ()
    assert f"did you mean “{hint}”?" in issues[0].say()
    assert f"возможно, «{hint}»?" in issues[0].say("ru")


def test_an_unknown_sheet_with_the_nearest():
    change, issues = command_change("facilites; F1; cost; set 1")
    assert change is None
    assert "did you mean “facilities”?" in issues[0].say()


def test_an_unknown_column_of_a_filter_with_the_nearest():
    with pytest.raises(BadSelector, match=r"did you mean “region”\?"):
        parse("regoin=KZ-35", ("sector", "region", "zone"))


def test_patterns_keys_and_unknown_values_stay():
    assert by_keys({"region": "KZ-*", "type": "chp_coal", "sector": "heat"},
                   tables()) == ({"region": "KZ-*", "type": "chp_coal", "sector": "heat"}, {})
    assert nearest({"region": "KZ-35", "sector": "haet"}, tables(),
                   {"sector": ("heat", "power")}).say() == " (did you mean “heat”?)"
    assert nearest({"region": "KZ-35"}, tables()) == ""


@pytest.mark.parametrize(("wanted", "value", "held"), [
    ("line|pipe", "pipe", True), ("line|pipe", "line", True), ("line|pipe", "pip", False),
    ("chp*|gres*", "gres_coal", True), ("chp* | gres*", "gres_gas", True),
    ("a|", "a", True), ("a|", "", False), ("a|b", None, False), ("a|b", "a|b", True), ("|", "x", False)])
def test_a_bar_stands_between_values_of_which_one_will_do(wanted, value, held):
    """The same for the reader and for verify."""
    assert fits(wanted, value) == held
    assert fits_again(wanted, value) == held


def test_names_on_both_sides_of_a_bar_are_read_as_keys():
    tables = minimal_tables(regions=[{"region": "R1", "name": "Karaganda"}, {"region": "R2", "name": "Almaty"}])
    assert by_keys({"region": "Karaganda|Almaty"}, tables) == ({"region": "R1|R2"}, {"Karaganda": "R1", "Almaty": "R2"})
    assert by_keys({"region": "R1|Almaty|R*"}, tables)[0] == {"region": "R1|R2|R*"}


def test_a_value_beside_a_bar_that_fits_nothing_is_told():
    """F9 would be left out silently, for F1 is there."""
    def told(wanted):
        target = {"target": "T", "measure": "facilities", "filter": f"project={wanted}", "years": "2028", "value": 1.0,
                  "unit": "facilities", "priority": "1"}
        tables, _ = typed(minimal_tables(targets=[target]))
        return [issue.code for issue in selectors_match(tables, derive(build(tables, "base")))]
    assert told("F1|F2") == []
    assert told("F1|F9") == ["selector_matches_nothing"]


LISTED = {
    "facilities": [{"facility": "F1", "cost": 5.0}, {"facility": "F2", "cost": 5.0}, {"facility": "F3", "cost": 5.0},
                   {"facility": "A,B", "cost": 5.0}],
    "balances": [{"area": "North", "unit": "MW"}, {"area": "South", "unit": "MW"}],
    "ties": [{"tie": "NS", "from_area": "north", "to_area": "Sоuth", "unit": "MW"}],
}


@pytest.mark.parametrize(("said", "read"), [("F1, F2", "F1; F2"), ("F1/F2", "F1; F2"), ("F1|F2", "F1; F2"),
                                            ("F1\nF2", "F1; F2"), ("A,B", "A,B"), ("F1, F9", "F1, F9"),
                                            ("F1; F2", "F1; F2")])
def test_other_signs_between_the_names_of_a_list(said, read):
    """Only where each part is a key: a comma may belong to a name."""
    rows = [*LISTED["facilities"][:2], {**LISTED["facilities"][2], "only_with": said}, LISTED["facilities"][3]]
    tables, issues = typed(Tables("case", {"facilities": Table.of("facilities", rows)}))
    assert tables["facilities"].frame["only_with"][2] == read
    assert [issue.slots["read"] for issue in issues if issue.column == "only_with"] == ([read] if read != said else [])


def test_areas_of_ties_are_references():
    """By capital letters and look-alikes (here a Cyrillic о); what is no area of any balance stops with the cell."""
    tables, issues = typed(Tables("case", {name: Table.of(name, rows) for name, rows in LISTED.items()}))
    assert tables["ties"].frame[["from_area", "to_area"]].to_numpy().tolist() == [["North", "South"]]
    assert [(issue.code, issue.cell) for issue in issues if issue.sheet == "ties"] == [("repaired_letters", "B4"),
        ("repaired_letters", "C4")]
    wrong = {**LISTED, "ties": [{**LISTED["ties"][0], "from_area": "Noth"}]}
    _, issues = typed(Tables("case", {name: Table.of(name, rows) for name, rows in wrong.items()}))
    told = next(issue for issue in issues if issue.code == "unknown_reference")
    assert (told.cell, "did you mean “North”?" in told.say()) == ("B4", True)
