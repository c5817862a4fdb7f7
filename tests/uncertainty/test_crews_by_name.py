"""Crews in the tables of early decisions stand by their names in both languages, not by their keys."""

import pytest

from jaryq.api.accepted import accept
from jaryq.base.text import Text
from jaryq.handover.uncertain.decided import Plan, early_blocks
from tests.uncertainty.test_futures import hand_tables


@pytest.mark.parametrize(("named", "english", "russian"), [
    ({"crew_name": "crews of heat networks", "crew_ru": "бригады теплосетей"}, "crews of heat networks",
     "бригады теплосетей"),
    ({}, "heat pipe", "heat pipe")], ids=["named", "by key"])
def test_crews_have_names(named, english, russian):
    """Two crew-years of Almaty are lent in 2027, one is added in 2028: a row each."""
    accepted = accept(hand_tables(
        regions=[{"region": "almaty", "name": "Almaty", "name_ru": "Алматы"}],
        crews=[{"crew": "heat_pipe", "region": "almaty", "2027": 5.0, "2028": 5.0, **named}]), [])
    row = accepted.case.crews[0].id
    plan = Plan(Text("All", "Все"), {("lent", (row, "2027")): 2.0, ("extra", (row, "2028")): 1.0})
    (block,) = early_blocks(accepted.case, [plan], 2029)
    assert {(line[0].en, line[1].en, line[2]) for line in block.rows} == {
        (f"{english}, Almaty: lent to other regions", "2027", 2.0), (f"{english}, Almaty: added", "2028", 1.0)}
    assert {line[0].ru for line in block.rows} == {f"{russian}, Алматы: отданы другим регионам",
                                                   f"{russian}, Алматы: дополнительно"}
