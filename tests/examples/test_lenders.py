"""Lenders by their practice and Japan in explicit cases; the shipped case does not hold them yet."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

from jaryq.api.accepted import accept
from jaryq.tables.typed import typed

INPUTS = Path(__file__).parents[2] / "inputs"
COAL = {"chp_coal", "gres_coal", "boiler_house_coal"}


@pytest.fixture(scope="module")
def tables():
    sys.path.insert(0, str(INPUTS))
    facts, committed, case, lenders = (importlib.import_module(f"kazakhstan_builder.{name}")
                                       for name in ("facts", "committed", "case", "lenders"))
    sys.path.remove(str(INPUTS))
    return case.build(lenders.with_lenders(committed.with_block(facts.Facts.read(INPUTS))))


@pytest.fixture(scope="module")
def ready(tables):
    found, issues = typed(tables)
    assert issues == []
    return found


def open_in(ready, scenario):
    return {key: one for key, one in accept(ready, [], scenario).case.sources.items() if one.partner == "JP"
            and one.open}


@pytest.mark.parametrize(("scenario", "expected"), [
    ("base", set()),
    ("japan_jica", {"JP_JICA"}),
    ("japan_dearer", {"JP_JICA", "JP_JBIC_NEXI"}),
])
def test_japan_lends_only_where_a_scenario_says_so(ready, scenario, expected):
    assert set(open_in(ready, scenario)) == expected


def test_a_point_dearer_is_a_point_dearer(ready):
    """JICA 1.70 % for 30 years of October 2025; a scenario a point above."""
    assert open_in(ready, "japan_both")["JP_JICA"].rate == pytest.approx(0.017)
    assert open_in(ready, "japan_dearer")["JP_JICA"].rate == pytest.approx(0.027)


def test_the_deals_have_the_size_of_precedents(tables):
    """Talimarjan 27.423 bn JPY; JBIC's 393 mn USD at Syrdarya at 162.65 JPY: 63.9 bn JPY, 60 % of a project at most, 10
    % of premium."""
    money = {row["source_id"]: row for _, row in tables["sources"].records()}
    assert money["JP_JICA"]["envelope"] == 27.423
    assert (money["JP_JBIC_NEXI"]["envelope"], money["JP_JBIC_NEXI"]["max_share"]) == (63.9, 60)
    assert money["JP_JBIC_NEXI"]["premium"] == 10


def test_coal_is_closed_to_japan_and_says_why(tables):
    """Barred since November 2021: new coal and works that prolong its life; filters and ash treatment qualify."""
    told = [row for _, row in tables["eligibility"].records() if row["source_id"] in ("JP_JICA", "JP_JBIC_NEXI")]
    for source in ("JP_JICA", "JP_JBIC_NEXI"):
        mine = [row for row in told if row["source_id"] == source]
        assert {row["asset_type"] for row in mine if not row["allowed"]} == COAL
        assert not COAL & {row["asset_type"] for row in mine if row["allowed"]}
    assert any("November 2021" in row["reason"] and "filters" in row["reason"] for row in told)


def test_nothing_names_what_is_gone(tables):
    sources = {row["source_id"] for _, row in tables["sources"].records()}
    assert {row["source_id"] for _, row in tables["eligibility"].records()} <= sources
    scenarios = {row["scenario"] for _, row in tables["scenarios"].records()}
    assert {row["scenario"] for _, row in tables["scenario_changes"].records()} <= scenarios
    assert {name for _, row in tables["scenarios"].records()
            for name in (row["builds_on"] or "base").split("; ")} <= scenarios


def test_sewage_loans_of_adb_do_not_come_before_2028(tables):
    """Still in preparation in December 2025; a quarter of a project, as in Almaty CHP-2."""
    adb = next(row for _, row in tables["sources"].records() if row["source_id"] == "ADB")
    assert (adb["available_from"], adb["max_share"]) == (2028, 30)
