"""Bills and what a partner has paid of them so far, by hand; and what a share that holds so far lets others do."""

from dataclasses import replace

import pytest

from jaryq.case.plan import Plan
from jaryq.case.works import Paid
from jaryq.factors.derive import derive
from jaryq.report.amounts import amounts
from jaryq.report.held import holds
from jaryq.report.partner_bills import by_project_and_year
from jaryq.report.partner_page import partner_pages
from jaryq.report.partner_ties import exchanged
from jaryq.report.room import room_of
from jaryq.report.so_far import keeps, left_so_far, more_in
from tests.cases import facility, keyed, source
from tests.make import bare_case

BILLS = {2026: 10.0, 2027: 30.0, 2028: 10.0}


def at(draws, **loan):
    """F (10, 30, 10) and G, the same; S: 20 spent before, 15 of it by L, then 10 and 30. L and B pay, K is Japan's
    too."""
    jp = {"kind": "loan", "partner": "JP", "tenor": 5.0, "payments": 1, "envelope": 100.0}
    case = bare_case(
        whole=True,
        facilities=keyed(facility("F", spend=BILLS), facility("G", spend=BILLS),
                         facility("S", spend={2026: 10.0, 2027: 30.0}, started=6.0, must=True)),
        sources=keyed(source("L", **jp, max_share=0.6, share_holds=loan.get("holds", "so_far")),
                      source("K", **jp), source("B"), source("C", max_share=0.6, share_holds="so_far")),
        paid=(Paid("S", "L", 2025, 15.0), Paid("S", None, 2025, 5.0)))
    plan = Plan({(p, "2026"): 1.0 for p in "FGS"}, draw=draws)
    found = amounts(case, derive(case), plan)
    return found, found.case.sources["L"]


PLAN = {("L", "F", 2026): 5.0, ("L", "F", 2027): 15.0, ("K", "F", 2026): 1.0, ("B", "F", 2026): 4.0,
        ("B", "F", 2027): 15.0, ("B", "F", 2028): 10.0, ("L", "S", 2027): 6.0, ("B", "S", 2026): 10.0,
        ("B", "S", 2027): 24.0, **{("B", "G", y): amount for y, amount in BILLS.items()}}


def test_a_row_for_each_project_product_and_year():
    """Of F 10, 40 and 50 are billed by the end of each year, L has paid 5, 20 and 20, K 1; of S 30 and 60, L 15 and 21
    with what it paid before. In 2028 nothing more is billed of S. The largest amount comes first."""
    found, _ = at(PLAN)
    block = by_project_and_year(found, "JP")
    assert [(row[0].en, row[1].en, row[2].en, *row[3:]) for row in block.rows] == [
        ("F", "K", "2026", 10.0, 1.0, 10.0, None), ("F", "K", "2027", 40.0, 1.0, 2.5, None),
        ("F", "K", "2028", 50.0, 1.0, 2.0, None),
        ("F", "L", "2026", 10.0, 5.0, 50.0, 60.0), ("F", "L", "2027", 40.0, 20.0, 50.0, 60.0),
        ("F", "L", "2028", 50.0, 20.0, 40.0, 60.0),
        ("S", "L", "2026", 30.0, 15.0, 50.0, 60.0), ("S", "L", "2027", 60.0, 21.0, 35.0, 60.0)]
    assert len(block.notes) == 1
    assert by_project_and_year(found, "DE").rows == by_project_and_year(found, "DE").notes == ()


def test_the_page_has_it_after_the_projects_or_of_many_beneath():
    found, _ = at(PLAN)
    page, = partner_pages(found, {})
    heads = [block.head.en for block in page.blocks]
    assert heads.index("By project and year: bills and what it has paid of them so far") == heads.index(
        "Projects it finances") + 1


def test_what_is_left_by_the_end_of_each_year_and_what_may_still_be_paid_in_one():
    """Of 6, 24 and 30 it has paid 5, 20 and 20: 1, 4 and 10 are left; in 2026 1 more, in 2027 4, in 2028 10."""
    found, _ = at(PLAN)
    assert left_so_far(found, "L", "F") == pytest.approx({2026: 1.0, 2027: 4.0, 2028: 10.0})
    assert [more_in(found, "L", "F", y) for y in found.years] == pytest.approx([1.0, 4.0, 10.0])
    assert keeps(found, "L", "F", {2026: 1.0, 2027: 3.0, 2028: 6.0})
    assert not keeps(found, "L", "F", {2026: 1.1})
    assert not keeps(found, "L", "F", {2026: 1.0, 2027: 3.1})
    assert left_so_far(at(PLAN, holds="in_all")[0], "L", "F") == {}
    assert keeps(found, "B", "F", {2026: 99.0})


def test_others_money_can_be_replaced_no_further_than_the_share_so_far():
    """Of F the budget pays 4, 15 and 10, K 1: 1 each could be L's in 2026, 4 in 2027, 10 in 2028, 10 together; of S 3
    in 2026, as it has paid 15 of 18, and 15 in 2027, of 36 with 21 paid."""
    found, source = at(PLAN)
    places = {(place.project, place.year, place.payer): place.paid for place in room_of(found, source).places}
    assert {key: paid for key, paid in places.items() if key[0] == "F"} == pytest.approx(
        {("F", 2026, "B"): 1.0, ("F", 2026, "K"): 1.0, ("F", 2027, "B"): 4.0, ("F", 2028, "B"): 10.0})
    assert {key: paid for key, paid in places.items() if key[0] == "S"} == pytest.approx(
        {("S", 2026, "B"): 3.0, ("S", 2027, "B"): 15.0})
    all_of, source = at(PLAN, holds="in_all")
    more = {(place.project, place.year, place.payer): place.paid for place in room_of(all_of, source).places}
    assert (more["F", 2026, "B"], more["F", 2027, "B"], more["S", 2026, "B"]) == (4.0, 15.0, 10.0)
    assert room_of(all_of, source).within["S"] == pytest.approx(0.6 * 60.0 - 21.0)


def test_a_share_that_is_used_up_in_each_year_of_draws_is_reached():
    """24 in 2027, the last year in which it is drawn, are 60 % of 40; of all 50 they are 48 %."""
    found, source = at({**PLAN, ("L", "F", 2026): 0.0, ("L", "F", 2027): 24.0, ("K", "F", 2026): 0.0,
                        ("B", "F", 2026): 10.0, ("B", "F", 2027): 6.0})
    project = found.case.projects["F"]
    assert not holds(found, source, project)["share"]  # 6 more in 2028
    case = replace(found.case, sources={**found.case.sources, "L": replace(source, available_from=2027,
                                                                           available_to=2027)})
    now = amounts(case, derive(case), found.plan)
    assert holds(now, case.sources["L"], project)["share"]


@pytest.mark.parametrize(("draws", "good"), [
    ({("L", "F", 2026): 6.0, ("B", "F", 2026): 4.0}, True),
    # It pays more of F than G has cost so far would let it (of F that would be no plan either).
    ({("L", "F", 2026): 7.0, ("B", "F", 2026): 3.0}, False),
])
def test_what_takes_the_place_of_a_project_keeps_the_share_so_far(draws, good):
    found, source = at({**{key: amount for key, amount in PLAN.items() if key[1] != "F"}, **draws,
                        ("B", "F", 2027): 30.0, ("B", "F", 2028): 10.0})
    assert (exchanged(found, source, "F", "G") is not None) is good


@pytest.mark.parametrize(("paid", "good"), [(6.0, True), (8.0, False)])
def test_who_gives_way_keeps_its_share_so_far_of_the_other(paid, good):
    """L pays 8 of F's 10 by 2026, of all its costs 16 %; C pays so much of G in 2026 and would of F: 60 % so far are
    6."""
    found, source = at({**{key: amount for key, amount in PLAN.items() if key[1] == "S"},
                        ("L", "F", 2026): paid, ("B", "F", 2026): 10.0 - paid, ("B", "F", 2027): 30.0,
                        ("B", "F", 2028): 10.0, ("C", "G", 2026): 10.0, ("C", "G", 2027): 30.0,
                        ("B", "G", 2028): 10.0}, holds="in_all")
    assert (exchanged(found, source, "F", "G") is not None) is good
