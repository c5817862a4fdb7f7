"""Scenarios in which what must be done would begin before its turn, or cannot begin: early decisions are compared all
the same, and it is told."""

import pytest

from jaryq.api.uncertain import run
from jaryq.api.uncertain.futures import futures
from jaryq.base.errors import InputRejected
from jaryq.base.text import Text
from jaryq.handover.uncertain.missing import passed_limits
from tests.uncertainty.test_late_in_scenarios import asked, said_in
from tests.uncertainty.test_what_must_be_done import one_facility

SLOW = {"selector": "facility=F", "column": "works_months", "operation": "add", "value": "12"}
MUST = {"facility": "G", "name": "Boilers", "name_ru": "Котлы", "cost": 8.0, "benefit": 30.0, "works_months": 12.0,
        "asset_type": "boiler",
        "data_status": "estimate", "earliest": 2027, "latest": 2027, "must_do": "yes"}
TOLD = (
    "works begin before those that they wait for in 1 of 2 futures: “slow” (Boilers). The figures count it at "
    "price_beyond of the sheet settings.")


@pytest.mark.parametrize("order", [{"more": [{**MUST, "after": "F"}]},
                                   {"more": [MUST], "sheets": {"sequence": [{"project": "G", "after": "F"}]}}],
                                   ids=["after", "sequence"])
def test_a_must_behind_works_that_a_scenario_makes_late(order):
    """F (6, worth 20; 2026) and after it G (8, worth 30; 2027, must). In the base both: 6 - 20 + 8 - 30 = -36. Slow: F
    takes until the end of 2027, so G begins before its turn, 1 of the order at 1,000: 964. In the mean 464, whatever is
    known: nothing is regretted by the base's or slow's decisions."""
    accepted = one_facility(years=3, objective="purse", cost=6.0, benefit=20.0, earliest=2026, latest=2027,
                            scenarios=[("slow", SLOW)], **order)
    found, made, table = asked(accepted, ("base", "slow"), 2026)
    assert [one.cost.high for one in made.known] == pytest.approx([-36, 964])
    assert made.decided.high == pytest.approx(464)
    assert all(cell is not None and cell.high == pytest.approx(0, abs=1e-6) for line in table.of for cell in line)
    stages, regret = said_in(accepted, found, made, table)
    assert f"Decided for all, {TOLD}" in stages
    assert f"Even if the future were known, {TOLD}" in stages
    assert any(one.endswith(TOLD) for one in regret)
    assert not any("before those" in one and "base" in one for one in (*stages, *regret))
    page = run.told_of_stages(accepted, found, made, None)
    assert any(one.ru.startswith("Решено для всех: работы начинаются раньше тех, которых должны ждать, в 1 из 2 "
                                 "вариантов: «slow» (Котлы).")
               for one in page.sentences)


def test_nothing_is_said_of_limits_that_are_kept():
    accepted = one_facility(years=3, objective="purse", cost=6.0, benefit=20.0, earliest=2026, latest=2027,
                            more=[{**MUST, "after": "F"}],
                            scenarios=[("dear", 1.5)])
    for said in said_in(accepted, *asked(accepted, ("base", "dear"), 2026)):
        assert not any("before those" in one or "crews" in one for one in said)


def test_crews_and_order_each_have_their_sentence():
    """A tenth more crews in the second future; the order in the first, of two facilities."""
    passed = [{("works_after", "F"): 1.0, ("works_after_through", "G"): 0.5, ("crew_pool", "x"): 1e-9},
              {("crew_capacity", "W"): 0.1}]
    titles = Text("one", "один"), Text("two", "два")
    said = passed_limits(Text("All", "Все"), passed, titles, {"F": Text("Boiler", "Котёл")})
    assert [one.en for one in said] == [
        "All, works begin before those that they wait for in 1 of 2 futures: “one” (Boiler, G). The figures count it "
        "at price_beyond of the sheet settings.",
        "All, crews or outages go beyond their limits in 1 of 2 futures: “two”. The figures count it at price_beyond "
        "of the sheet settings."]
    assert said[1].ru.startswith("Все: бригады или остановы выходят за пределы в 1 из 2 вариантов: «два».")


def test_what_stops_a_scenario_names_it():
    """Of a cost of -10 nothing can be planned: the message names the scenario that states it."""
    accepted = one_facility(scenarios=[("odd", -1.0), ("fine", 1.0)])
    with pytest.raises(InputRejected) as rejected:
        futures(accepted, ("base", "odd"), 2026)
    assert all("odd" in issue.say("en") and "odd" in issue.say("ru") for issue in rejected.value.issues)


def test_a_hard_target_that_a_scenario_puts_out_of_reach_names_it():
    accepted = one_facility(scenarios=[("gone", {"selector": "facility=F", "column": "latest", "operation": "set",
                                                 "value": "2025"})], targets=[
        {"target": "T", "measure": "facilities", "sense": ">=", "unit": "facilities", "years": "2026", "value": 1.0,
         "priority": "hard"}])
    with pytest.raises(InputRejected) as rejected:
        futures(accepted, ("base", "gone"), 2026)
    assert any("(gone)" in issue.say("en") for issue in rejected.value.issues)


def test_a_must_whose_outage_a_scenario_makes_too_large():
    """F takes 5 of the 5 MW that a region may have out of service; with 10 MW its works have no room: they go on as the
    base lets them and pass the limit, by 5 of 5. Cost 10 and 1 at 1,000."""
    wide = {"selector": "facility=F", "column": "offline", "operation": "set", "value": "10"}
    accepted = one_facility(must_do="yes", capacity=50.0, capacity_unit="MW", outage_months=12.0, offline=5.0,
                            region="A", scenarios=[("wide", wide)],
                            sheets={"regions": [{"region": "A", "name": "A"}],
                                    "outage_limits": [{"region": "A", "unit": "MW", "limit": 5.0}]})
    found, made, table = asked(accepted, ("base", "wide"), 2026)
    assert [one.cost.high for one in made.known] == pytest.approx([10, 1010])
    for said in said_in(accepted, found, made, table):
        assert any("crews or outages go beyond their limits in 1 of 2 futures: “wide”." in one for one in said)
        assert not any("not finished in time" in one for one in said)


def test_a_must_that_no_season_has_room_for():
    """Bought in 5 months, built in June, the only month of its crews; bought in 8 months in the scenario, begun and
    ended in 2026: no season has room for them, so they are neither begun nor paid, which is told."""
    slow = [{"selector": "facility=F", "column": "procurement_months", "operation": "set", "value": "8"}]
    accepted = one_facility(must_do="yes", works_months=1.0, procurement_months=5.0, latest=2026,
                            scenarios=[("slow", slow)],
                            sheets={"crews": [{"crew": "welders", "season_from": 6.0, "season_to": 6.0, "2026": 1.0}],
                                    "crew_needs": [{"project": "F", "crew": "welders", "crews": 1.0}]})
    found, made, table = asked(accepted, ("base", "slow"), 2026)
    for said in said_in(accepted, found, made, table):
        assert any("“slow” what must be done is not finished in time: F;" in one for one in said)
