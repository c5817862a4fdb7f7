"""Checks of pace, ramps, contracts, lenders' packages and lots. See test_mutations.py; the true plan is that of
full_case."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from jaryq.case.case import AssetType, Case, Ramp, SourceGroup
from jaryq.case.plan import Plan
from jaryq.case.works import Paid
from jaryq.verify.finding import failed
from jaryq.verify.recompute import recompute
from jaryq.verify.totals import compare
from tests.cases import add, edit, facility, full_case, full_plan, keyed, named, package, quantity, rule
from tests.verify.common import found_where_it_is

Pair = tuple[Case, Plan]
Edit = tuple[str, str, dict[str, object]]


def made(*edits: Edit, added: tuple[tuple[str, object], ...] = (),
         plan: Mapping[str, Mapping[object, float]] | None = None, **fields: object) -> Callable[[], Pair]:
    """full_case with records changed and added, and fields; full_plan with entries set."""
    def make() -> Pair:
        case = full_case(**fields)
        for table, record in added:
            case = add(case, table, record)
        for table, key, changes in edits:
            case = edit(case, table, key, **changes)
        true = full_plan()
        return case, replace(true, **{name: {**getattr(true, name), **values} for name, values in (plan or {}).items()})
    return make


def kind(ramp: Ramp, **more: object) -> Edit:
    """Pipes: 10 km in 2025, 30 in 2026, 40 in 2027, none in 2028."""
    return ("asset_types", "pipe", {"ramp": ramp, **more})


def source(key: str, **more: object) -> Edit:
    return ("sources", key, more)


def lot(*keys: str, lot_km: float | None = None) -> tuple[Edit, ...]:
    """Facilities and packages in the lot X."""
    return tuple(("packages", key, {"lot": "X", "lot_km": lot_km}) if key.startswith("N")
                 else ("facilities", key, {"lot": "X"}) for key in keys)


def paced_loan(**more: object) -> Edit:
    """L with an envelope of 9 bn yen, half of what is signed drawn in 2026."""
    return source("L", **{"envelope": 9.0, "pace": (0.5, 0.5), **START, **more})


def signs(amount: float) -> dict[str, dict[object, float]]:
    return {"signed": {"L": amount}}


def tonnes(key: str, amount: float) -> Edit:
    """A quantity q that a facility, or a km of a package, brings."""
    return ("packages" if key.startswith("N") else "facilities", key, {"quantities": {"q": amount}})


START = {"draw_timing": "start", "signing_year": 2026}
"""Effective on 1 January 2026."""
TONNES = {"quantities": keyed(quantity("q"))}
BEFORE = (Paid("N1", "B", 2025, 0.1),)
GROUP = {"groups": keyed(SourceGroup(**named("G"), signed_most=1))}
ONLY_F1 = (rule("E", project="F1"), rule("L", project="F1"))
LATER = ("facilities", "F1", {"latest": 2028})

MUTATIONS: dict[str, list[tuple[Callable[[], Pair], str, set[str]]]] = {
    # L: 1.5 signed, 0.75 drawn in 2026 and in 2027
    "draw_pace": [
        (made(source("L", pace=(0.49, 0.51), **START)), "use[L,2026]", {"draw_pace"}),
        (made(source("L", pace=(0.5, 0.49, 0.01), **START)), "use[L,2027]", {"draw_pace"}),
        # half a year of 60 %, then the other half and half a year of 40 %: 0.3 and 0.8 of 1.5
        (made(source("L", pace=(0.6, 0.4), signing_year=2026)), "use[L,2026]", {"draw_pace"}),
        (made(source("L", effective_months=12.0, **START)), "use[L,2026]", {"draw_pace"}),
        # B: 3 of an envelope of 5 in 2026, after 0.1 in 2025
        (made(source("B", envelope=6.0, pace=(0.5, 0.5), **START), paid=BEFORE), "use[B,2026]", {"draw_pace"}),
        # signed before: 6 are data, not what the plan says
        (made(source("E", signed=6.0, signing_year=2025, pace=(0.0, 0.0, 1.0), draw_timing="start", tenor=9.0,
                     commitment_fee=0.01)), "use[E,2026]", {"draw_pace"}),
    ],
    # L may pay half of F1 (12 bn KZT at 4 a yen), F2 (4), F4 (2) and N1 (7): 3.125; with a ticket of F1 alone, to which
    # eligibility may confine it too (60 %: 1.8)
    "signed_works": [
        (made(paced_loan(), plan=signs(3.126)), "signed[L]", {"signed_works"}),
        (made(paced_loan(ticket=1.0), plan=signs(1.501)), "signed[L]", {"signed_works"}),
        (made(paced_loan(ticket=1.0), plan=signs(3.126), whole=False), "signed[L]", {"signed_works"}),
        (made(paced_loan(), plan=signs(1.501), rules=ONLY_F1), "signed[L]", {"signed_works"}),
        (made(paced_loan(max_share=0.6), plan=signs(1.801), rules=ONLY_F1), "signed[L]", {"signed_works"}),
    ],
    "must_draw": [
        (made(source("B", envelope=5.1, must_draw=True)), "use[B]", {"must_draw"}),
        (made(source("B", envelope=5.0, must_draw=True), paid=BEFORE), "use[B]", {"must_draw", "envelope"}),
        (made(source("L", envelope=1.6, must_draw=True), plan={"signed": {"L": 1.6}}), "use[L]", {"must_draw"}),
        (made(source("E", signed=6.1, signing_year=2025, clock="cohort", must_draw=True)), "use[E]", {"must_draw"}),
    ],
    "ramp_up": [
        (made(kind(Ramp(1.0, None, 9.9))), "ramp_up[pipe,2026]", {"ramp_up"}),
        (made(kind(Ramp(0.0, None, 9.9)), ("packages", "N1", {"committed": {2026: 20.0}})), "ramp_up[pipe,2027]",
         {"ramp_up"}),
        (made(source("B", ramp=Ramp(0.0, None, 2.9))), "ramp_up[B,2026]", {"ramp_up"}),
        # 0.75 after nothing, of which all is for F1; only what is committed comes on top
        (made(source("L", ramp=Ramp(0.0, None, 0.1))), "ramp_up[L,2026]", {"ramp_up"}),
    ],
    "committed_km": [
        (made(("packages", "N1", {"committed": {2026: 30.1}})), "renew[N1,2026]", {"committed_km"}),
        (made(("packages", "N1", {"committed": {2026: 20.0, 2027: 50.1}})), "renew[N1,2027]", {"committed_km"}),
    ],
    # L pays 1.5 bn yen for F1, O 2 bn KZT for 70 km of N1 and 1 for F2
    "by_quantity": [
        (made(tonnes("F1", 1.0), source("L", quantity="q", per_unit=1.49e9), **TONNES), "draw[L,F1]", {"by_quantity"}),
        (made(tonnes("F1", -1.0), source("L", quantity="q", per_unit=2e9), **TONNES), "draw[L,F1]", {"by_quantity"}),
        (made(tonnes("F2", 40.0), tonnes("N1", 1.0), source("O", quantity="q", per_unit=2.85e7), **TONNES),
         "draw[O,N1]", {"by_quantity"}),
    ],
    # O: 2 for N1 and 1 for F2
    "ticket": [
        (made(source("O", ticket=1.01)), "paid[O,F2]", {"ticket"}),
        (made(source("L", ticket=1.51)), "paid[L,F1]", {"ticket"}),
        (made(*lot("N1", "F2", lot_km=70.0), source("O", ticket=3.01)), "paid[O,X]", {"ticket"}),
        (made(paced_loan(max_share=1.0, ticket=2.51, pace=(0.25, 0.25, 0.1, 0.4)), plan=signs(3.0)), "paid[L,F1]",
         {"ticket"}),
    ],
    # L may pay all of F1, 3 bn yen: 1.5 are drawn by the end of 2027, half of what is signed for it, 60 % by the end of
    # 2028
    "ticket_works": [
        (made(paced_loan(max_share=1.0, ticket=3.01, pace=(0.25, 0.25, 0.0, 0.5)), plan=signs(3.0)), "works[L,F1]",
         {"ticket", "ticket_works"}),
    ],
    "projects_most": [
        (made(source("O", projects_most=1)), "paid[O]", {"projects_most"}),
        # it is in F1 already, and takes two others
        (made(source("O", projects_most=2), paid=(Paid("F1", "O", 2025, 0.1),)), "paid[O]", {"projects_most"}),
        (made(source("L", projects_most=0)), "paid[L]", {"projects_most"}),
    ],
    # L draws for F1, O for N1 and F2
    "choices_made": [
        (made(plan={"taken": {"L": 0.9}}), "taken[L]", {"choices_made"}),
        (made(plan={"part": {("L", "F1"): 0.0}}), "part[L,F1]", {"choices_made"}),
        (made(plan={"payee": {("O", "F2"): 0.5}}), "payee[O,F2]", {"choices_made"}),
        (made(plan={"payee": {("L", "F2"): 0.5}}), "payee[L,F2]", {"choices_made"}),
        (made(*lot("N1", "F2", lot_km=70.0), plan={"lot": {"X": 0.4}}), "lot[X]", {"choices_made"}),
    ],
    "signed_most": [
        (made(source("E", group="G"), source("L", group="G"), **GROUP), "signed[G]", {"signed_most"}),
        # nothing of C2 is drawn, but it was signed in 2025
        (made(source("L", group="G"), source("C", group="G", kind="loan", open=True, signing_year=2025, tenor=5.0,
                                             envelope=1.0), **GROUP), "signed[G]", {"signed_most"}),
        (made(source("L", group="G"), source("C", group="G", open=True), paid=(Paid("F3", "C", 2024, 1.0),), **GROUP),
         "signed[G]", {"signed_most"}),
    ],
    "lot_starts": [
        (made(LATER, *lot("F1", "F2")), "start[F2,2026] of X", {"lot_starts"}),
        # F1 may start in 2026 alone, so F2 may start then alone
        (made(*lot("F1", "F2")), "start[F2,2026] of X", {"lot_starts", "start_window"}),
    ],
    "lot_km": [
        (made(*lot("F2", "N1", lot_km=70.1)), "renew[N1] of X", {"lot_km"}),
        (made(*lot("F2", "N1")), "renew[N1] of X", {"lot_km"}),
        # V0 is not done: of 90 km left 69 are free
        (made(("packages", "N1", {"lot": "X", "lot_km": 21.0}),
              added=(("facilities", facility("V0", cost=9.0, lot="X")),)), "renew[N1] of X", {"lot_km"}),
        # 70 km need the lot, so N2 is to be renewed whole
        (made(("packages", "N1", {"lot": "X", "lot_km": 21.0}),
              added=(("packages", package("N2", km=10.0, unit_cost=0.1, lot="X")),)), "renew[N2] of X", {"lot_km"}),
        # a share of 1/21 at least of N1, none of N2
        (made(("packages", "N1", {"lot": "X", "lot_km": 21.0}),
              added=(("packages", package("N2", km=10.0, unit_cost=0.1, lot="X")),), whole=False), "share of X",
              {"lot_km"}),
    ],
}
CASES = [(check, *row) for check, rows in MUTATIONS.items() for row in rows]


@pytest.mark.parametrize(("check", "make", "place", "failing"), CASES,
                         ids=[f"{row[0]}-{row[2]}-{at}" for at, row in enumerate(CASES)])
def test_damage_is_found_where_it_is(check: str, make: Callable[[], Pair], place: str, failing: set[str]) -> None:
    found_where_it_is(make(), check, place, failing)


@pytest.mark.parametrize("make", [
    made(tonnes("F1", 1.0), source("L", quantity="q", per_unit=1.5e9), **TONNES),
    made(tonnes("F2", 40.0), tonnes("N1", 1.0), source("O", quantity="q", per_unit=2.86e7), **TONNES),
    made(source("L", pace=(0.5, 0.5), **START)),
    made(paced_loan(), plan=signs(3.125)),
    made(paced_loan(ticket=1.0), plan=signs(1.5)),
    made(paced_loan(ticket=1.0), plan=signs(3.125), whole=False),
    made(paced_loan(), plan=signs(1.5), rules=ONLY_F1),
    made(paced_loan(max_share=1.0, ticket=2.5, pace=(0.25, 0.25, 0.1, 0.4)), plan=signs(3.0)),
    made(paced_loan(max_share=1.0, ticket=3.0, pace=(0.25, 0.25, 0.0, 0.5)), plan=signs(3.0)),
    # it is in F2 already
    made(paced_loan(ticket=1.0), plan=signs(2.0), paid=(Paid("F2", "L", 2025, 0.1),)),
    # no pace holds: all may be drawn in 2026
    made(source("L", envelope=9.0, pace=(1.0,), **START), plan=signs(9.0)),
    # a whole year late, and a closed source
    made(source("L", pace=(0.5, 0.5), draw_timing="start", signing_year=2025, effective_months=12.0)),
    made(source("C", pace=(0.5, 0.5), must_draw=True, ticket=5.0, ramp=Ramp(0.0, None, 1.0))),
    made(source("B", envelope=6.0, pace=(0.5, 0.5), **START)),
    made(source("B", envelope=6.2, pace=(0.5, 0.5), **START), paid=BEFORE),
    made(source("E", signed=6.0, signing_year=2025, pace=(0.0, 0.5, 0.5), draw_timing="start", tenor=9.0,
                commitment_fee=0.01)),
    made(source("B", envelope=5.1, must_draw=True), paid=BEFORE),
    made(source("E", signed=6.0, signing_year=2025, clock="cohort", must_draw=True)),
    made(source("L", must_draw=True)),
    made(kind(Ramp(1.0, None, 10.0))),
    # 30 <= 10 + 10 + 10 under contract; 40 <= 30 + 10
    made(kind(Ramp(0.0, None, 10.0)), ("packages", "N1", {"committed": {2026: 10.0}})),
    made(source("B", ramp=Ramp(0.0, None, 3.0))),
    # 0.1 was paid in 2025: 1.5 x 0.1 + 2.85
    made(source("B", ramp=Ramp(0.5, None, 2.85)), source("B", envelope=None),
         paid=(Paid("N1", "B", 2025, 0.1), Paid("N1", "B", 2024, 9.9))),
    made(source("L", ramp=Ramp(0.0, None, 0.1)), ("facilities", "F1", {"committed": True})),
    made(source("O", ticket=1.0, projects_most=2)),
    made(source("O", ticket=1.5), paid=(Paid("F2", "O", 2025, 0.1),)),
    made(source("O", ticket=2.5, projects_most=1), whole=False),
    made(*lot("N1", "F2", lot_km=70.0), source("O", ticket=3.0, projects_most=1)),
    # already in three, so in those and no others
    made(source("O", projects_most=1), paid=tuple(Paid(key, "O", 2025, 0.1) for key in ("N1", "F2", "F3"))),
    made(source("E", group="G"), source("L", group="G"), **GROUP, whole=False),
    made(source("L", group="G"), source("C", group="G", kind="loan", signing_year=2025, tenor=5.0, envelope=1.0),
         **GROUP),
    made(*lot("F2", "F3")),
    made(*lot("F2", "N1", lot_km=70.0)),
    made(("packages", "N1", {"lot": "X", "lot_km": 20.0}), added=(("facilities", facility("V0", cost=9.0, lot="X")),)),
    made(("packages", "N1", {"lot": "X", "lot_km": 20.0}), added=(("packages",
    package("N2", km=10.0, unit_cost=0.1, lot="X")),)),
    made(("packages", "N1", {"lot": "X", "lot_km": 70.0})),
    made(("packages", "N1", {"lot": "X"}), whole=False),
    made(("packages", "N1", {"committed": {2026: 20.0, 2027: 50.0, 2030: 99.0}})),
])
def test_what_is_just_allowed_passes(make: Callable[[], Pair]) -> None:
    assert failed(recompute(*make())[1]) == ()


FALL = kind(Ramp(None, 0.2, 1.0, "2"))
"""2028 asks for 0.8 x 40 = 32 km, whatever the rise always allows; scale 90/3 = 30."""


@pytest.mark.parametrize(("edits", "stated", "failing"), [
    ((FALL,), {"ramp_down[pipe,2028]": 32.0}, set()),
    ((FALL,), {"ramp_down[pipe,2028]": 31.9}, {"target_short"}),
    ((FALL,), {"ramp_down[pipe,2028]": 32.1}, {"target_exact"}),
    ((FALL,), {"ramp_down[pipe,2028]": 32.0, "ramp_down[pipe,2026]": 0.1}, {"target_exact"}),
    ((FALL,), {"ramp_down[pipe,2028]": 32.0, "ramp_down[pipe,2029]": 0.1}, {"known_keys"}),
    ((), {"ramp_down[pipe,2028]": 0.1}, {"known_keys"}),
    # a fall hidden by what the rise always allows: in part, whole, and by more than the year before
    ((FALL,), {"ramp_down[pipe,2028]": 31.0}, {"target_short"}),
    ((kind(Ramp(None, 0.2, 32.0, "2")),), {}, {"target_short"}),
    ((kind(Ramp(1.0, 0.2, 500.0, "2")),), {}, {"target_short"}),
    ((kind(Ramp(1.0, 0.2, 500.0, "2")),), {"ramp_down[pipe,2028]": 32.0}, set()),
    ((kind(Ramp(None, 0.2, 1.0, "2", start=500.0, begins=2027)),), {"ramp_down[pipe,2028]": 31.0}, {"target_short"}),
    # drawn to 2027 alone: 3 are not asked for in 2028
    ((source("E", ramp=Ramp(None, 0.0, 0.5)),), {}, set()),
    ((source("L", ramp=Ramp(None, 0.0, 0.5)),), {"ramp_down[L,2028]": 0.75}, set()),
    ((source("L", ramp=Ramp(None, 0.0, 0.75)),), {}, {"target_short"}),
    ((source("L", ramp=Ramp(None, 0.0, 9.0)),), {"ramp_down[L,2028]": 0.75}, set()),
    # a kind of the same key
    ((source("L", ramp=Ramp(None, 0.0, 0.5)), ("asset_types", "L", {"ramp": Ramp(0.0, None, 1.0)})),
     {"ramp_down[L (source),2028]": 0.75}, set()),
])
def test_shortfalls_of_falls(edits: tuple[Edit, ...], stated: dict[object, float], failing: set[str]) -> None:
    added = (("asset_types", AssetType(**named("L"), sector="heat")),)
    _, findings = recompute(*made(*edits, added=added, plan={"short": stated})())
    assert {finding.check for finding in failed(findings)} == failing


def test_a_fall_counts_in_its_priority() -> None:
    """u = 32/30: 0.1 (1 + .. + 9) + 10 (32/30 - 0.9); S2 has an excess of 1 of 3, D nothing: 0.1 + 0.2 + 0.3 + 4/30.
    The largest is 32/30."""
    totals, _ = recompute(*made(FALL, plan={"short": {"ramp_down[pipe,2028]": 32.0}})())
    claims = totals.claims()
    assert claims["shortfall[ramp_down[pipe,2028]]"] == pytest.approx(32.0)
    assert claims["priority_2"] == pytest.approx(4.5 + 10.0 * (32 / 30 - 0.9) + 0.6 + 4 / 30)
    assert claims["spread_2"] == pytest.approx(32 / 30)
    assert "reached[ramp_down[pipe,2028]]" not in claims


CLAIMS = {
    # two thirds of the way: 0.75 and 1.5 after nothing; B 3 and 5 after 0.1
    "drawn[L,2026]": 0.75, "drawn[L,2028]": 1.5, "drawn[B,2027]": 5.1, "km[pipe,2026]": 30.0, "km[pipe,2028]": 0.0,
    "exempt[pipe,2026]": 20.0,
    "exempt[pipe,2027]": 0.0, "exempt[L,2027]": 0.75, "payees[O]": 2.0, "signed_in[G]": 1.0,
}


def claiming() -> Pair:
    """F1 is under contract, as are 20 km of 2026."""
    return made(
        source("L", pace=(0.5, 0.5), ramp=Ramp(9.0, None, 1.0), group="G", **START),
        source("B", envelope=6.2, pace=(0.5, 0.5), **START),
        kind(Ramp(0.0, None, 10.0)), ("packages", "N1", {"committed": {2026: 20.0}}),
        ("facilities", "F1", {"committed": True}), source("O", ticket=1.0), paid=BEFORE, **GROUP)()


def test_claims_of_the_true_plan() -> None:
    totals, findings = recompute(*claiming())
    assert failed(findings) == ()
    assert {key: totals.claims()[key] for key in CLAIMS} == pytest.approx(CLAIMS, rel=1e-12)
    families = {key.partition("[")[0] for key in recompute(full_case(), full_plan())[0].claims()}
    assert not families & {"drawn", "km", "exempt", "payees", "signed_in"}


@pytest.mark.parametrize("key", CLAIMS)
def test_a_false_claim_is_found(key: str) -> None:
    totals, _ = recompute(*claiming())
    assert failed(compare(totals, {key: CLAIMS[key]})) == ()
    for false in (CLAIMS[key] + 0.01, CLAIMS[key] - 0.01, math.nan):
        assert [finding.place for finding in failed(compare(totals, {key: false}))] == [key]
