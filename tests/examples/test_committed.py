"""The committed block of the shipped case: by hand from the facts, and fit to be planned."""

from __future__ import annotations

from pathlib import Path

import pytest

from jaryq.api.accepted import InputRejected, accept
from jaryq.factors.eligibility import who_pays
from jaryq.tables.typed import typed
from tests.examples.conftest import vars_of

ROOT = Path(__file__).parents[2]
BLOCK = {"F017", "F020", "F040", "F109", "F113", "F114", "F115", "F116", "F117", "F120", "F121", "F207", "F224", "F225"}
"""Signed or ordered projects: contracts, a government order or an investment agreement are public."""
SEWAGE = {"F189", "F190", "F191"}
"""Sewage works of which only that they have begun is known."""


@pytest.fixture(scope="module")
def ready(built):
    found, issues = typed(built)
    assert issues == []
    return found


def rows(tables, sheet, key):
    return {row[key]: row for _, row in tables[sheet].records()}


def test_lines_lose_what_is_lost_over_their_whole_length(built):
    """11 % of 123 TWh over 470,000 km: 0.11 x 123e6 / 470,000 = 28.79 MWh per km and year, after renewal 7/11 of it:
    18.32."""
    lines = [row for _, row in built["networks"].records() if row["asset_type"].startswith("line")]
    assert sum(row["km_total"] for row in lines) == pytest.approx(470000, abs=30)
    assert {(row["losses"], row["losses_after"]) for row in lines} == {(28.79, 18.32)}


def test_dollar_and_yen_are_one_path(built):
    """480 KZT per dollar in 2026 and ten months of yen: 160 yen to the dollar in every year, as 162.65 was seen in June
    2026."""
    money = rows(built, "currencies", "currency")
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
    ("F225", (425 * 0.58872 - 20 - 40) * 2 / 3.3),  # the link less its two ends; late 2024 to the end of 2027
])
def test_what_is_left_of_a_project_follows_from_its_facts(built, key, cost):
    assert rows(built, "facilities", "facility")[key]["cost"] == pytest.approx(cost, abs=0.001)


def test_what_is_signed_or_ordered_is_committed_and_ends_by_2030(built):
    """The plant of Kyzylorda of 1,100 MW, whose contract was not found signed, is a candidate."""
    progress = rows(built, "progress", "project")
    plants = rows(built, "facilities", "facility")
    assert "F122" in plants
    assert "F122" not in progress
    assert {progress[key]["status"] for key in BLOCK} == {"started", "committed"}
    assert all(plants[key]["latest"] <= 2030 for key in BLOCK)


def test_a_signed_loan_pays_for_its_own_project_alone(built):
    west = {"F151", "F221", "F225"}
    loans = {"EBRD_KEGOC_WEST": west, "KZ_KEGOC": west, "KZ_KEGOC_BOND": west, "EBRD_ALMATY": {"F020"},
             "ADB_ALMATY": {"F020"}, "EDB_KARAGANDA": {"F040"}, "EBRD_AKTOBE": {"F207"},
             "KZ_NF_BOND": {"F113", "F114", "F115"}}
    told = [row for _, row in built["eligibility"].records() if row["source_id"] in loans]
    assert {key: {row["project"] for row in told if row["source_id"] == key} for key in loans} == loans
    assert all(row["allowed"] for row in told)
    assert rows(built, "sources", "source_id")["EBRD_ALMATY"]["envelope"] == 52


@pytest.mark.parametrize("scenario", ["base", "red_tape"])
def test_the_block_must_be_done_in_every_scenario(ready, scenario):
    """Longer procurement is what presses most on projects that have to be finished by 2030."""
    plants = accept(ready, [], scenario).case.facilities
    assert all(plants[key].must for key in BLOCK)


def test_what_is_reported_under_construction_is_held(built, facts):
    """All of it, and all that runs by the choices, has a latest year; what is not known to go on is not begun in the
    first quarter: three sewage works and the boilers of Kentau, held to 2027, as the page says."""
    progress = rows(built, "progress", "project")
    scope = rows(built, "facilities", "facility")
    under = {key for key, row in facts.facilities.items() if row["op_status"] == "under_construction" and key in scope}
    running = {row["facility"] for row in facts.choices["projects"] if "running" in row["standing"].split(", ")}
    assert len(running) > 25
    assert under | running <= set(progress)
    assert {progress[key]["status"] for key in running} == {"started", "committed"}
    assert all(scope[key]["latest"] is not None for key in running)
    open_start = {key for key in running if progress[key]["status"] == "committed"}
    assert open_start == SEWAGE | {"F073"}
    assert {scope[key]["latest"] for key in open_start} == {2027}
    page = rows(built, "sources_and_method", "topic")["dates_of_facilities"]["text"]
    assert "Of the sewage works of Saryagash, Fort-Shevchenko and Shymkent only that they have begun is known" in page
    assert "none of these three, so they are held to 2027, and Kentau by the usual months to 2027" in page


def test_what_was_put_in_service_in_2025_is_done(built, facts):
    """Four works, each with the news of its start; none of them is built again."""
    progress = rows(built, "progress", "project")
    done = {key for key, row in progress.items() if row["status"] == "done" and key.startswith("F")}
    assert done == {"F183", "F184", "F203", "F204"}
    assert {facts.facilities[key]["project_end"][:4] for key in ("F203", "F204")} == {"2025"}
    page = rows(built, "sources_and_method", "topic")["dates_of_facilities"]["text"]
    assert "works of Aktau and Lenger and the water works of Kostanay and Kokshetau were finished in 2025" in page


def test_most_works_end_in_a_fourth_quarter_by_what_is_counted_not_by_how_long_they_take(built):
    """As topic ends_in_quarters says: months of kinds of works are no whole years for most, no target of facilities
    asks for a part of a year, and heat sources stand still in open months alone."""
    kinds = rows(built, "asset_types", "asset_type")
    used = {row["asset_type"] for _, row in built["facilities"].records() if row["asset_type"]}
    months = {key: kinds[key]["procurement_months"] + kinds[key]["works_months"] for key in used}
    assert sum(value % 12 == 0 for value in months.values()) * 3 < len(months)
    asked = [row for _, row in built["targets"].records() if row["measure"] == "facilities"]
    assert len(asked) > 4
    assert all(str(year).strip().isdigit() for row in asked for year in str(row["years"]).replace("-", ";").split(";"))
    assert all(kinds[key]["outage_season"] for key in used if key.startswith(("chp", "boiler_house")))
    assert "on 31 December" in rows(built, "sources_and_method", "topic")["ends_in_quarters"]["text"]


def test_almaty_is_asked_for_what_is_left_of_its_plan(built):
    """116 km from 2023 to 2026, 17 and 20 km of them before 2025."""
    asked = rows(built, "targets", "target")["T-plan-almaty-heat"]
    assert (asked["value"], str(asked["years"]), asked["filter"]) == (79, "2026", "type=heat_network; region=KZ-75")


def test_as_started_the_three_sewage_works_would_take_more_crews_than_there_are(builder, facts):
    """In the first quarter of 2026, so they are held to a year alone."""
    held = [{**row, "standing": "running, committed"} if row["facility"] in SEWAGE else row
            for row in facts.choices["projects"]]
    other = builder.facts.Facts(**{**vars_of(facts), "choices": {**facts.choices, "projects": held}})
    found, _ = typed(builder.case.build(other))
    with pytest.raises(InputRejected) as refused:
        accept(found, [], "base")
    [stop] = [issue for issue in refused.value.issues if issue.severity == "stop"]
    assert (stop.code, stop.sheet, stop.column) == ("commitments_above_crews", "crews", "2026")


def test_the_link_of_the_west_is_paid_for_by_its_owner_alone(built, ready):
    """425 mn EUR at 588.72: 250.2 bn with its two switchgears; of 297 mn EUR 2 of 3.3 years are left, of 128 mn of own
    money too, 45.67 bn in two years. Bonds of the owner may pay what the whole link costs at prices of 2030, 150.9 % of
    those of 2025: 378 bn. Tariffs, budgets and loans for others pay for none of the three works."""
    line = rows(built, "facilities", "facility")["F225"]
    assert (line["counts"], line["latest"], line["q_transfer"]) == ("no", 2027, 500)
    money = rows(built, "sources", "source_id")
    lender, own, bonds = (money[key] for key in ("EBRD_KEGOC_WEST", "KZ_KEGOC", "KZ_KEGOC_BOND"))
    assert (lender["envelope"], lender["max_share"]) == (pytest.approx(0.297 * 2 / 3.3, abs=1e-3), 69.9)
    assert (own["envelope"], own["max_share"]) == (pytest.approx(128 * 0.58872 * 2 / 3.3, abs=1e-3), 30.1)
    years = rows(built, "source_years", "source_id")["KZ_KEGOC"]
    assert (years["2026"], years["2027"]) == (pytest.approx(own["envelope"] / 2, abs=1e-3),) * 2
    level = 1.1069 * 1.1005 * 1.0878 * 1.076 * 1.0585
    assert (bonds["envelope"], bonds["max_share"]) == (pytest.approx(425 * 0.58872 * level, abs=0.5), None)
    assert (bonds["kind"], bonds["rate"], bonds["tenor"], bonds["repayment"]) == ("loan", 19.5, 15, "bullet")
    case = accept(ready, [], "base").case
    payers, _ = who_pays(case)
    for work in ("F151", "F221", "F225"):
        assert set(payers[work]) == {"KZ_KEGOC", "KZ_KEGOC_BOND"}
    assert not case.quantities["transfer"].valued
    assert rows(built, "targets", "target")["T-facilities-2028"]["value"] == 79


@pytest.mark.parametrize("scenario", ["base", "costs_up", "tenge_falls", "everything"])
def test_bonds_and_own_money_suffice_for_the_link(ready, scenario):
    """Its owner must finish it in 2027: some 170 bn are left in base, a quarter more with dearer construction."""
    case = accept(ready, [], scenario).case
    own, bonds = case.sources["KZ_KEGOC"], case.sources["KZ_KEGOC_BOND"]
    levels = case.indices["construction"].levels
    left = sum(case.facilities[key].overnight for key in ("F151", "F221", "F225")) * levels[2027] / levels[2025]
    assert own.envelope + bonds.envelope >= left


def test_the_page_says_how_little_the_unsigned_loan_would_pay(built):
    """A tenth of what is signed in its first and only year, of at most 69.9 % of the works: 7.0 % of them."""
    page = rows(built, "sources_and_method", "topic")["new_lines"]
    assert "at most 7.0 % of what the three works cost" in page["text"]
    assert "не более 7,0 %" in page["text_ru"]
    loan = rows(built, "sources", "source_id")["EBRD_KEGOC_WEST"]
    assert (loan["status"], loan["pace"], loan["available_to"]) == ("closed", "10; 20; 30; 25; 15", 2027)


def test_what_is_left_of_the_case_tells_between_what_the_southern_lines_may_cost(built, facts):
    """58.2 bn as the 70 % that were to be borrowed, 83.1 bn; 475 km at what Ulke - Karabatan costs a km, 190.2 bn for
    604.3 km: 149.5 bn."""
    length = float(facts.cell("NEW-KEGOC-SOUTH", "length"))
    by_loan = facts.unit_cost("UC038", "cost_kzt_bn") / (1 - float(facts.cell("NEW-KEGOC-SOUTH", "own_share")) / 100)
    by_km = (425 * 0.58872 - 60) / 604.3 * length
    page = (ROOT / "docs" / "left-of-the-case.md").read_text(encoding="utf-8")
    assert f"from {by_loan:.1f} bn" in page
    assert f"to {by_km:.1f} bn" in page
