"""Who owns the works of the shipped case, and whose money may pay for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from jaryq.api.accepted import accept
from jaryq.factors.derive import derive
from jaryq.tables.typed import typed

ROOT = Path(__file__).parents[2]
GRID = "KEGOC"
OF_THE_FUND = ("Samruk", "Ekibastuz GRES-2 Station")
"""How sources name companies of the fund."""
LOCAL = ("KZ_LOCAL", "KZ_MEKS_BOND_MIO", "KZ_PPP")


@pytest.fixture(scope="module")
def case(built):
    found, issues = typed(built)
    assert issues == []
    return accept(found, [], "base").case


@pytest.fixture(scope="module")
def pays(case):
    return derive(case).bounds.drawn_by


def of_the_fund(project):
    return any(name in project.owner for name in OF_THE_FUND)


def test_the_grid_company_has_all_lines_of_220_kv_and_above_and_no_other(case):
    """27,000 km of 220 to 1150 kV by its own count; the case has 26,998 of them, by whole km of regions."""
    its = {key: one for key, one in case.packages.items() if one.owner == GRID}
    assert its == {key: one for key, one in case.packages.items() if one.asset_type == "line_220"}
    assert sum(one.km_total for one in its.values()) == pytest.approx(27_000, abs=20)
    assert {one.borrower for one in its.values()} == {GRID}
    assert not {one.owner for key, one in case.packages.items() if key not in its} - {""}


def test_money_of_regions_pays_for_nothing_of_a_national_company(case, pays):
    national = {key for key, one in case.projects.items() if one.owner == GRID or of_the_fund(one)}
    assert {"F138", "F084", "F117", "F024", "F225", "N-KZ-19-power-220-due"} <= national
    for source in LOCAL:
        assert not national & set(pays.get(source, ())), source
    assert set(pays["KZ_LOCAL"]) & set(case.packages)


def test_bonds_of_the_fund_pay_for_plants_of_its_companies_alone(case, pays):
    """MAEK is of Mangystau Region since 2022, the plant of 1,100 MW of Kyzylorda of a partner from Qatar."""
    assert {case.projects[p].asset_type for p in pays["KZ_SK_BOND"]} <= {"chp_coal", "chp_gas", "gres_coal", "gres_gas"}
    assert all(of_the_fund(case.projects[p]) for p in pays["KZ_SK_BOND"])
    assert {"F084", "F117", "F120", "F017"} <= set(pays["KZ_SK_BOND"])


def test_money_of_the_grid_company_pays_for_its_own_works_alone(case, pays):
    for source in ("KZ_KEGOC", "KZ_KEGOC_BOND", "JP_JICA"):
        assert {case.projects[p].owner for p in pays[source]} == {GRID}, source


def test_whoever_owes_for_works_that_the_export_credit_may_pay_for_is_a_borrower(case, pays):
    """Of works that sources give an owner, but for changes to gas of plants on coal, which are no plan of an owner."""
    owned = {p for p in pays["JP_JBIC_NEXI"] if case.projects[p].owner and not p.endswith("-gas")}
    assert {"F084", "F056", "F033", "F024", "F072", "F004"} <= owned
    assert {case.projects[p].borrower for p in owned} == {GRID, "SAMRUK_ENERGY", "MAEK", "ATYRAU_CHP",
                                                                "AKTOBE_CHP"}
    assert all(one.cash == {} and one.priority is None for one in case.borrowers.values())


def test_the_state_guarantees_no_debt_that_another_guarantees_or_that_it_owes_itself(built, case):
    """ADB's loan for Almaty CHP-2 has the guarantee of Samruk-Kazyna, EBRD's for Aktobe is a sovereign loan."""
    assert {key: one.guaranteed for key, one in case.sources.items() if one.guaranteed} == {
        "JP_JICA": 1.0, "JP_JBIC_NEXI": 1.0}
    assert not [key for key, one in case.sources.items() if one.guaranteed and one.who_repays == "budget"]
    rows = {row["source_id"]: row for _, row in built["sources"].records()}
    assert "under a guarantee of Samruk-Kazyna, which is none of the State" in rows["ADB_ALMATY"]["note"]
    assert "owed by the State itself, so without a guarantee of it" in rows["EBRD_AKTOBE"]["note"]
    page = next(row for _, row in built["sources_and_method"].records() if row["topic"] == "tariffs")
    assert "State guarantees: as estimates, both loans of Japan; of no signed loan one is known" in page["text"]
    assert "гарант Самрук-Казына, по займу ЕБРР на Актобе должно само государство" in page["text_ru"]


def test_the_method_page_says_who_owns_and_who_pays(built, case):
    pages = {row["topic"]: row for _, row in built["sources_and_method"].records()}
    text, russian = pages["owners"]["text"], pages["owners"]["text_ru"]
    assert "all lines of 220 kV and above: its 27,000 km are all that the case has" in text
    assert "local budgets and bonds of local governments pay for nothing of the grid company or of the fund's" in text
    assert "373.1 bn of debt, 95 bn of cash at the end of 2024" in text
    assert "долг 373,1 и деньги 95 млрд" in russian
    assert {key for key, one in case.borrowers.items() if any(one.cash)} == set()
    assert "Who owes what: topic owners" in pages["tariffs"]["text"]


def test_routes_do_not_follow_the_money(built, case):
    page = next(row for _, row in built["sources_and_method"].records() if row["topic"] == "routes")
    assert "hydro turbines have Europe's by sea also where Japan's credit pays, with the same months as" in page["text"]
    assert "у гидротурбин он морской из Европы и там, где платит японский кредит" in page["text_ru"]
    months = {row["route"]: row["lead_months"] for _, row in built["routes"].records()}
    assert months["sea-EU"] == months["sea-JP"] == 3
    assert {case.facilities[p].route for p in ("F066", "F072")} == {"sea-EU"}


def test_a_least_of_a_kind_would_go_beyond_the_plan_of_karaganda(case):
    """60 % of what 77,600 km are of 470,000 km of lines, of its 18,346 km: 1,817 km, half as many again as the 1,199 km
    of its plan."""
    lines = [one for one in case.packages.values() if one.sector == "power"]
    whole = sum(one.km_total for one in lines)
    its = sum(one.km_total for one in lines if one.region == "KZ-35")
    plan = next(target.value for target in case.targets if target.id.startswith("T-plan-karaganda"))
    assert 0.6 * 77_600 / whole * its / plan == pytest.approx(1.5, abs=0.05)
    page = (ROOT / "docs" / "left-of-the-case.md").read_text(encoding="utf-8")
    assert "would take half as many again of Karaganda's lines as its own plan has of all kinds" in page
