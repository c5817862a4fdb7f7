"""What a lender could as well pay for, by hand: two facilities of 40 bn KZT of one kind in 2026; the loan L pays half
of F1, the budget B the rest of it and all of F2."""

from dataclasses import replace

import pytest

from jaryq.case.case import Target
from jaryq.case.plan import Plan
from jaryq.factors.derive import derive
from jaryq.report.amounts import amounts
from jaryq.report.partner_ties import as_well, exchanged, places
from jaryq.verify.recompute import recompute
from tests.cases import edit, facility, keyed, named, package
from tests.report.test_lending import flat, loan

PLAN = Plan({("F1", "2026"): 1.0, ("F2", "2026"): 1.0},
            draw={("L", "F1", 2026): 20.0, ("B", "F1", 2026): 20.0, ("B", "F2", 2026): 40.0})


def two(**more):
    return flat(loan(envelope=10.0), facilities=keyed(facility("F1", cost=40.0), facility("F2", cost=40.0)), **more)


def at(case, plan=PLAN):
    found = amounts(case, derive(case), plan)
    return found, found.case.sources["L"]


def test_the_loan_could_pay_for_the_other_and_the_budget_for_this():
    """20 of the 40 that the budget pays for F2 go to F1. The plan so changed keeps every limit, and is worth the
    same."""
    found, source = at(two())
    assert places(found, source, "F1") == ["F2"]
    moved = exchanged(found, source, "F1", "F2")
    assert moved == {("B", 2026): 20.0}
    other = replace(PLAN, draw={("L", "F2", 2026): 20.0, ("B", "F1", 2026): 40.0, ("B", "F2", 2026): 20.0})
    (before, _), (after, findings) = recompute(found.case, PLAN), recompute(found.case, other)
    assert all(finding.ok for finding in findings)
    assert after.objective == pytest.approx(before.objective, abs=1e-12)
    assert [note.en for note in as_well(found, [source]).notes[1:]] == ["L, in place of F1: F2."]


def in_two_years(case):
    return replace(PLAN, start={("F1", "2026"): 1.0, ("F2", "2027"): 1.0},
                   draw={**PLAN.draw, ("B", "F2", 2026): 0.0, ("B", "F2", 2027): 40.0})


@pytest.mark.parametrize("change", [
    {"asset_type": "pipe"}, {"lot": "X"}, {"committed": True}, {"started": 3.0}, {"cost": 15.0}])
def test_another_kind_a_lot_a_contract_or_less_cost_keeps_it_from_being_so(change):
    """Of a facility of 15 bn nobody can pay 20."""
    case = edit(two(), "facilities", "F2", **change)
    cost = change.get("cost", 40.0)
    found, source = at(case, replace(PLAN, draw={**PLAN.draw, ("B", "F2", 2026): cost}))
    assert places(found, source, "F1") == []
    assert [note.en for note in as_well(found, [source]).notes[1:]] == ["None was found for: F1."]


def test_money_of_another_year_is_no_exchange():
    found, source = at(two(), in_two_years(two()))
    assert exchanged(found, source, "F1", "F2") is None


@pytest.mark.parametrize(("share", "good"), [(0.6, False), (1.0, True)])
def test_who_pays_now_must_have_room_in_the_share_of_the_other(share, good):
    """The budget may pay 0.6 x 40 = 24 for F1, of which it pays 20: room for 4, not 20. (For F2 it pays 24 then, and a
    second budget, which may not move, the rest.)"""
    case = edit(two(), "sources", "B", max_share=share)
    found, source = at(case, replace(PLAN, draw={**PLAN.draw, ("B", "F2", 2026): 40.0 * share}))
    assert (exchanged(found, source, "F1", "F2") is not None) is good


@pytest.mark.parametrize("change", [{"counterpart": 0.1}, {"smallest": 1.0}, {"draws_to": "B"}])
def test_a_source_with_conditions_of_its_own_is_not_spoken_of(change):
    found, source = at(edit(two(), "sources", "L", **change))
    assert as_well(found, [source]).notes == ()


def test_targets_on_who_pays_where_keep_quiet():
    """A target on draws by region could tell the two apart."""
    where = Target(**named("T"), measure="draw", filter={"region": "R1"}, value=1.0, year=2028, row="T")
    found, source = at(two(targets=(where,)))
    assert as_well(found, [source]).notes == ()


def test_of_many_projects_they_are_counted():
    """Five packages, each with 1 bn of the loan, and a sixth that the budget pays: each can be exchanged for it."""
    packages = keyed(*(package(f"N{i}", km=100.0, unit_cost=0.1) for i in range(6)))
    case = flat(loan(envelope=10.0), facilities={}, packages=packages)
    plan = Plan(renew={(f"N{i}", "2026"): 20.0 for i in range(6)},
                draw={**{("L", f"N{i}", 2026): 1.0 for i in range(5)}, **{("B", f"N{i}", 2026): 1.0 for i in range(5)},
                      ("B", "N5", 2026): 2.0})
    found, source = at(case, plan)
    assert as_well(found, [source]).notes[-1].en == (
        "L: 5 of its 5 projects can be exchanged so; such as “N0” for “N5”.")


@pytest.mark.parametrize(("cost", "others"), [(40.0, ["F2"]), (38.0, [])])
def test_in_the_year_within_which_it_becomes_effective_works_from_then_on_count(cost, others):
    """From the middle of 2026 half of 40 is left, 20; of 38 only 19."""
    case = edit(two(), "sources", "L", signing_year=2026, draw_timing="start", effective_months=6.0)
    found, source = at(edit(case, "facilities", "F2", cost=cost),
                       replace(PLAN, draw={**PLAN.draw, ("B", "F2", 2026): cost}))
    assert places(found, source, "F1") == others
