"""The shipped case as data: what the programme's published figures ask of it, and that workbook and text mirror say the same."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from model.data.check import typed
from model.data.scenarios import names
from model.job import check, check_all
from model.workbook.read import read
from tests.workbooks import same

INPUTS = Path(__file__).parents[2] / "inputs"


@pytest.fixture(scope="module")
def tables():
    found, issues = read(INPUTS / "kazakhstan.xlsx")
    assert issues == []
    done, issues = typed(found)
    assert issues == []
    return done


@pytest.fixture(scope="module")
def case(tables):
    return check(tables, []).case


def test_the_mirror_says_the_same_as_the_workbook(tables):
    """Row order apart (the mirror is sorted by key), every sheet holds the same typed values."""
    mirror, issues = read(INPUTS / "kazakhstan")
    assert issues == []
    mirror, issues = typed(mirror)
    assert issues == []
    assert same(tables, mirror, by_key=True)


def test_there_is_something_to_choose(case):
    """230 to 260 facilities, so that 200 can be chosen among them."""
    assert 230 <= len(case.facilities) <= 260


def test_networks_add_up_to_the_programme(case):
    """Ministry's figures: electricity 77,600, heat 1,600, water 4,700, sewer 2,600 km; 8,500 km of them were done in 2025."""
    km = Counter()
    for package in case.packages.values():
        km[package.sector] += package.km
    assert {sector: round(value, 6) for sector, value in km.items()} == {"power": 77600.0, "heat": 1600.0, "water": 4700.0, "sewer": 2600.0}
    assert sum(package.done.get(2025, 0.0) for package in case.packages.values()) == pytest.approx(8500.0, abs=1e-6)


def test_japan_is_separate_products_and_step_is_closed_with_its_reason(case):
    japan = {s.id: s for s in case.sources.values() if s.partner == "JP"}
    assert {"JP_JICA_HS30", "JP_JBIC_NEXI", "JP_JCM"} <= {key for key, source in japan.items() if source.open}
    assert not japan["JP_JICA_STEP"].open
    assert "upper-middle-income" in japan["JP_JICA_STEP"].closed_reason
    # JICA's published upper-middle-income terms from October 2025: 1.70 %, 30 years, 10 of grace.
    assert (japan["JP_JICA_HS30"].rate, japan["JP_JICA_HS30"].tenor, japan["JP_JICA_HS30"].grace) == (pytest.approx(0.017), 30, 10)


def test_every_row_of_facts_says_how_sure_it_is_and_where_it_comes_from(tables):
    for sheet in ("facilities", "networks", "sources", "source_years", "currencies", "price_indices", "crews", "asset_types", "regions", "targets"):
        frame = tables[sheet].frame
        assert frame["data_status"].notna().all(), sheet
        assert frame["source"].notna().all(), sheet


def test_illustrative_facilities_are_marked(tables):
    frame = tables["facilities"].frame
    made_up = frame[frame["facility"].str.startswith("I-")]
    assert len(made_up) > 50
    assert set(made_up["data_status"]) == {"illustrative"}


def test_all_shipped_scenarios_pass_the_checks(tables):
    assert names(tables) == (
        "base", "no_japan", "japan_double", "japan_late", "tenge_falls", "costs_up", "budget_cut", "red_tape", "banks_only", "everything",
    )
    check_all(tables, [])
