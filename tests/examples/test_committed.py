"""Facts in force and the committed block, which the shipped case does not hold yet: by hand from the facts, and fit to
be planned."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

from jaryq.api.accepted import accept
from jaryq.tables.typed import typed

INPUTS = Path(__file__).parents[2] / "inputs"


@pytest.fixture(scope="module")
def builder():
    sys.path.insert(0, str(INPUTS))
    yield {name: importlib.import_module(f"kazakhstan_builder.{name}")
           for name in ("facts", "force", "committed", "case")}
    sys.path.remove(str(INPUTS))


@pytest.fixture(scope="module")
def facts(builder):
    return builder["facts"].Facts.read(INPUTS)


@pytest.fixture(scope="module")
def tables(builder, facts):
    return builder["case"].build(builder["committed"].with_block(facts))


def rows(tables, sheet, key):
    return {row[key]: row for _, row in tables[sheet].records()}


def test_a_fact_in_force_stands_under_the_name_of_what_it_replaces(builder, facts):
    """From the facts: 443,000 km below 220 kV in place of 136,600; 389 bn for Kokshetau in place of 239; own money 348
    bn of 2026."""
    now = builder["force"].in_force(facts)
    assert (facts.value("length.electric_networks", 2015),
            now.value("length.electric_networks", 2015)) == (136600, 443000)
    assert (facts.facilities["F113"]["project_cost_kzt_bn"],
            now.facilities["F113"]["project_cost_kzt_bn"]) == ("239", "389")
    assert now.facilities["F113"]["source"].startswith(facts.said("F113", "cost")["source"])
    own = next(row for row in now.choices["sources"] if row["source_id"] == "KZ_GEN_OWN")
    assert (own["ceiling"], own["ceiling_money_of"], own["data_status"]) == ("348", "2026", "derived")


def test_lines_lose_what_is_lost_over_their_whole_length(tables):
    """11 % of 123 TWh over 470,000 km: 0.11 x 123e6 / 470,000 = 28.79 MWh per km and year, after renewal 7/11 of it:
    18.32."""
    lines = [row for _, row in tables["networks"].records() if row["asset_type"].startswith("line")]
    assert sum(row["km_total"] for row in lines) == pytest.approx(470000, abs=30)
    assert {(row["losses"], row["losses_after"]) for row in lines} == {(28.79, 18.32)}


def test_dollar_and_yen_are_one_path(tables):
    """480 KZT per dollar in 2026 and ten months of yen: 160 yen to the dollar in every year, as 162.65 was seen in June
    2026."""
    money = rows(tables, "currencies", "currency")
    assert [money["USD"][str(year)] for year in range(2026, 2031)] == [480, 514, 544, 568, 586]
    assert [money["USD"][str(year)] / money["JPY"][str(year)]
            for year in range(2026, 2031)] == pytest.approx([160.1] * 5, abs=0.1)


@pytest.mark.parametrize(("key", "cost"), [
    ("F113", 356 * 3.5 / 3.75),  # contracts, October 2025 to mid-2029: 3.5 of 3.75 years are left
    ("F114", 518 * 1.1138),  # approved project, money of 2024
    ("F115", 518 / 360 * 360 * 1.1138),  # as Semey by MW
    ("F116", 400 / 1.1069),  # investment agreement of 2026
    ("F117", 1282 / 2 / 1.1069),
    ("F120", 800 * 12 / 33),  # ends with 2026, works of 33 months
    ("F122", 800),
    ("F224", 800 / 926.5 * 160),
])
def test_what_is_left_of_a_project_follows_from_its_facts(tables, key, cost):
    assert rows(tables, "facilities", "facility")[key]["cost"] == pytest.approx(cost, abs=0.001)


def test_what_is_signed_or_ordered_is_committed_and_ends_by_2030(facts, tables):
    """All of the block but the plant of Kyzylorda whose contract was not found signed."""
    block = {row["facility"] for row in facts.choices["committed"]}
    progress = rows(tables, "progress", "project")
    plants = rows(tables, "facilities", "facility")
    assert block - set(progress) == {"F122"}
    assert {progress[key]["status"] for key in block - {"F122"}} == {"started", "committed"}
    assert all(plants[key]["latest"] <= 2030 for key in block - {"F122"})


def test_a_signed_loan_pays_for_its_own_project_alone(tables):
    loans = {"EBRD_ALMATY": {"F020"}, "ADB_ALMATY": {"F020"}, "EDB_KARAGANDA": {"F040"}, "EBRD_AKTOBE": {"F207"},
             "KZ_NF_BOND": {"F113", "F114", "F115"}}
    told = [row for _, row in tables["eligibility"].records() if row["source_id"] in loans]
    assert {key: {row["project"] for row in told if row["source_id"] == key} for key in loans} == loans
    assert all(row["allowed"] for row in told)
    assert rows(tables, "sources", "source_id")["EBRD_ALMATY"]["envelope"] == 52


@pytest.mark.parametrize("scenario", ["base", "sea_route_late"])
def test_nothing_stops_the_case_with_the_block(tables, scenario):
    """Equipment that comes late by sea is what presses most on projects that have to be finished by 2030."""
    ready, issues = typed(tables)
    assert issues == []
    assert accept(ready, [], scenario).case.facilities["F114"].must


def test_columns_that_wait_are_named(builder, facts):
    known = {"facilities.q_mw_new", "facilities.q_mw_renewed", "facilities.q_heat_firm",
             "sources.must_draw", "sources.guaranteed"}
    assert builder["committed"].waiting(facts) <= known
