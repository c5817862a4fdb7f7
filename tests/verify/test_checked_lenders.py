"""Pace, ramps and lenders' packages on plans made by hand, against the cases of docs/numbers.md worked out on paper
(Pace and continuity, Sources together)."""

from __future__ import annotations

import pytest

from jaryq.case.case import AssetType, Case, Ramp, SourceGroup
from jaryq.case.plan import Plan
from jaryq.case.works import Paid
from jaryq.verify.pace import pace_of
from jaryq.verify.recompute import recompute
from jaryq.verify.targets import convex
from tests.cases import edit, facility, keyed, named, package, source
from tests.verify.common import bare, failing, loan, totals_of

YEARS = range(2026, 2031)
PACE = (0.1, 0.2, 0.3, 0.25, 0.15)


@pytest.mark.parametrize(("months", "cumulative"), [(6.0, [10, 30, 60, 85, 100]), (12.0, [5, 20, 45, 72.5, 92.5]),
                                                    (24.0, [0, 5, 20, 45, 72.5]),
                                                    (11.0, [70 / 12, 260 / 12, 570 / 12, 895 / 12, 1125 / 12])])
def test_pace_of_a_loan_signed_in_the_middle_of_2025(months: float, cumulative: list[float]) -> None:
    """Effective on 1 January 2026, on 1 July 2026, a year later; on 1 June 2026, seven months before the end of the
    year: 10 x 7/12, 10 + 20 x 7/12, .."""
    case = bare(last_year=2030)
    one = source("K", kind="loan", signing_year=2025, draw_timing="mid", effective_months=months, pace=PACE)
    assert [100.0 * pace_of(case, one, y) for y in YEARS] == pytest.approx(cumulative, rel=1e-12)


def loaned(*outlays: float, **more: object) -> tuple[Case, dict[str, object]]:
    """N at 1 bn a km, so many in 2026, 2027, .. paid by K, signed 2025 for 100 at 0 %, and by B for the rest."""
    terms = {"tenor": 30.0, "signing_year": 2025, "signed": 100.0, "pace": PACE, "effective_months": 6.0,
             "available_to": 2030, "clock": "cohort", **more}
    case = bare(last_year=2030, sources=keyed(source("B", available_to=2030), loan("K", **terms)),
                packages=keyed(package("N", km=900.0, unit_cost=1.0, latest=2030)),
                asset_types=keyed(AssetType(**named("pipe"), sector="heat")))
    return case, {"renew": {("N", str(2026 + at)): amount for at, amount in enumerate(outlays)}}


def draws(outlays: tuple[float, ...], lent: tuple[float, ...]) -> dict[tuple[str, str, int], float]:
    parts = {("K", "N", 2026 + at): amount for at, amount in enumerate(lent)}
    return parts | {("B", "N", 2026 + at): amount - lent[at] for at, amount in enumerate(outlays)}


@pytest.mark.parametrize(("outlays", "lent", "months"), [
    ((20.0,) * 5, (10.0, 20.0, 20.0, 20.0, 20.0), 6.0), ((0.0, 0.0, 60.0, 20.0, 20.0), (0.0, 0.0, 60.0, 20.0, 20.0),
                                                         6.0),
    ((20.0,) * 5, (5.0, 15.0, 20.0, 20.0, 20.0), 12.0), ((20.0,) * 5, (0.0, 5.0, 15.0, 20.0, 20.0), 24.0),
])
def test_unused_shares_are_caught_up(outlays: tuple[float, ...], lent: tuple[float, ...], months: float) -> None:
    """P1 and P2: what the pace lets the loan pay; 0.1 more in the first year that it limits is too much."""
    case, plan = loaned(*outlays, effective_months=months)
    assert failing(case, **plan, draw=draws(outlays, lent)) == set()
    tight = next(at for at in range(5) if lent[at] < outlays[at]) if lent != outlays else 2
    more = tuple(amount + 0.1 * (at == tight) for at, amount in enumerate(lent))
    if more[tight] <= outlays[tight]:
        assert failing(case, **plan, draw=draws(outlays, more)) == {"draw_pace"}
    else:
        wider = tuple(amount + 0.1 * (at == tight) for at, amount in enumerate(outlays))
        case, plan = loaned(*wider, effective_months=months)
        assert failing(case, **plan, draw=draws(wider, more)) == {"draw_pace"}


def test_what_was_paid_before_counts_at_the_rates_of_its_years() -> None:
    """35 of 100 were paid in 2025: nothing more to the end of 2027 (30), 25 to the end of 2028 (60)."""
    case, plan = loaned(20.0, 20.0, 20.0)
    case = edit(case, "sources", "K", signed=100.0)
    paid = {"paid": (Paid("N", "K", 2025, 35.0),)}
    again = bare(last_year=2030, sources=case.sources, packages=case.packages, asset_types=case.asset_types, **paid)
    assert failing(again, **plan, draw=draws((20.0,) * 3, (0.0, 0.0, 20.0))) == set()
    assert failing(again, **plan, draw=draws((20.0,) * 3, (0.0, 0.1, 20.0))) == {"draw_pace"}
    assert totals_of(again, **plan, draw=draws((20.0,) * 3, (0.0, 0.0,
        20.0))).claims()["drawn[K,2028]"] == pytest.approx(55.0)


def piped(up: float | None, down: float | None, done: float, committed: float = 0.0) -> Case:
    """N with all the km one may want, 100 mn a km from B."""
    ramp = Ramp(up, down, 10.0)
    return bare(sources=keyed(source("B")), asset_types=keyed(AssetType(**named("pipe"), sector="heat", ramp=ramp)),
                packages=keyed(package("N", km=9000.0, unit_cost=0.1, done={2025: done} if done else {},
                                       committed={2026: committed} if committed else {})))


def renewed(*km: float) -> dict[str, object]:
    years = [2026 + at for at in range(len(km))]
    return {"renew": {("N", str(y)): amount for y, amount in zip(years, km, strict=True)},
            "draw": {("B", "N", y): 0.1 * amount for y, amount in zip(years, km, strict=True)}}


@pytest.mark.parametrize(("done", "committed", "km"), [(100.0, 0.0, (135.0, 178.75, 233.4375)),
                                                       (100.0, 200.0, (335.0, 428.75)),
                                                       (0.0, 0.0, (10.0, 22.5, 38.125))])
def test_km_rise_from_those_of_the_year_before(done: float, committed: float, km: tuple[float, ...]) -> None:
    """P3 and P4: 1.25 x the year before + 10, contracts on top; 0.01 km more in the last year is too much."""
    case = piped(0.25, None, done, committed)
    assert failing(case, **renewed(*km)) == set()
    assert failing(case, **renewed(*km[:-1], km[-1] + 0.01)) == {"ramp_up"}


def test_a_fall_of_a_source() -> None:
    """P5: 100 were paid in 2025, 40 can be in 2026, 20 in 2027: short 0.8 x 100 - 40 = 40 of 500/5, which costs 0.1
    + 0.2 + 0.3 + 0.4; then 0.8 x 40 - 20 = 12: 0.1 + 2 x 0.02; then 16, 12.8 and 10.24 fall by 20 % each."""
    pays = source("S", ramp=Ramp(None, 0.2, 5.0, "2"), envelope=600.0 - 100.0, available_to=2030)
    case = bare(last_year=2030, sources=keyed(pays), packages=keyed(package("N", km=900.0, unit_cost=1.0, latest=2030)),
                asset_types=keyed(AssetType(**named("pipe"), sector="heat")), paid=(Paid("N", "S", 2025, 100.0),))
    short = {"ramp_down[S,2026]": 40.0, "ramp_down[S,2027]": 12.0}
    km = (40.0, 20.0, 16.0, 12.8, 10.24)
    plan = Plan(renew={("N", str(2026 + at)): amount for at, amount in enumerate(km)},
                draw={("S", "N", 2026 + at): amount for at, amount in enumerate(km)},
                short={**short})
    totals, findings = recompute(case, plan)
    assert {finding.check for finding in findings if not finding.ok} == set()
    assert totals.claims()["priority_2"] == pytest.approx(convex(0.4) + convex(0.12)) == pytest.approx(1.0 + 0.14)
    assert totals.claims()["spread_2"] == pytest.approx(0.4)


def projects(*costs: float, **of_loan: object) -> Case:
    """F1, F2, .. at so much in 2026, a loan at 0 % and own money without end."""
    keys = [f"F{at}" for at in range(1, len(costs) + 1)]
    return bare(facilities=keyed(*(facility(key, cost=cost) for key, cost in zip(keys, costs, strict=True))),
                asset_types=keyed(AssetType(**named("plant"), sector="heat")),
                sources=keyed(source("O", kind="own"), loan("L", tenor=30.0, **of_loan)))


def paying(costs: tuple[float, ...], *lent: float, year: int = 2026) -> dict[str, object]:
    """All started in 2026; the loan pays so much of each."""
    draw = {("L", f"F{at}", year): amount for at, amount in enumerate(lent, 1)}
    draw |= {("O", f"F{at}", year): cost - amount for at, (cost, amount) in enumerate(zip(costs, lent, strict=True), 1)}
    return {"start": {(f"F{at}", "2026"): 1.0 for at in range(1, len(costs) + 1)}, "draw": draw}


def test_a_ticket_of_each_project() -> None:
    """L1: of 3, 4 and 20 a lender with a ticket of 5 pays for the last alone; divisible plans do not ask for it."""
    costs = (3.0, 4.0, 20.0)
    case = projects(*costs, ticket=5.0, envelope=25.0)
    assert failing(case, **paying(costs, 0.0, 0.0, 20.0)) == set()
    assert failing(case, **paying(costs, 0.0, 4.0, 20.0)) == {"ticket"}
    assert failing(projects(*costs, ticket=5.0, envelope=25.0, max_share=0.2),
                   **paying(costs, 0.0, 0.0, 4.0)) == {"ticket"}
    divisible = bare(whole=False, facilities=case.facilities, asset_types=case.asset_types, sources=case.sources)
    assert failing(divisible, **paying(costs, 1.0, 4.0, 20.0)) == set()


def test_a_ticket_of_a_lot_or_of_a_contract_that_was_paid_before() -> None:
    """L2: 3 and 4 in a lot are 7; the first alone, paid 2 by the loan in 2025, has met its ticket."""
    costs = (3.0, 4.0, 20.0)
    case = projects(*costs, ticket=5.0, envelope=27.0)
    for key in ("F1", "F2"):
        case = edit(case, "facilities", key, lot="X")
    assert failing(case, **paying(costs, 3.0, 4.0, 20.0)) == set()
    assert totals_of(case, **paying(costs, 3.0, 4.0, 20.0)).claims()["payees[L]"] == 2.0
    assert failing(case, **paying(costs, 3.0, 1.9, 20.0)) == {"ticket"}
    paid = {"paid": (Paid("F1", "L", 2025, 2.0),)}
    begun = bare(facilities=projects(*costs).facilities, asset_types=case.asset_types,
                 sources=projects(*costs, ticket=5.0, envelope=29.0).sources, **paid)
    assert failing(begun, **paying(costs, 3.0, 0.0, 20.0)) == set()
    assert failing(begun, **paying(costs, 3.0, 4.0, 20.0)) == {"ticket"}


def test_one_project_and_one_tenor() -> None:
    """L3: one of 6, 6, 20; of two tenors one."""
    costs = (6.0, 6.0, 20.0)
    case = projects(*costs, ticket=5.0, projects_most=1)
    assert failing(case, **paying(costs, 0.0, 0.0, 20.0)) == set()
    assert failing(case, **paying(costs, 6.0, 0.0, 20.0)) == {"projects_most"}
    tenors = bare(sources=keyed(source("O"), loan("L", tenor=20.0, group="G", envelope=10.0),
                                loan("M", tenor=30.0, group="G", envelope=10.0)),
                  facilities=projects(20.0).facilities, asset_types=case.asset_types,
                  groups=keyed(SourceGroup(**named("G"), signed_most=1)))
    start = {"start": {("F1", "2026"): 1.0}}
    assert failing(tenors, **start, draw={("L", "F1", 2026): 10.0, ("O", "F1", 2026): 10.0}) == set()
    assert failing(tenors, **start, draw={("L", "F1", 2026): 10.0, ("M", "F1", 2026): 10.0}) == {"signed_most"}
    assert failing(tenors, **start, draw={("L", "F1", 2026): 10.0, ("O", "F1", 2026): 10.0},
                   signed={"M": 1.0}) == {"signed_most"}


def test_what_is_signed_must_be_drawn() -> None:
    """L4: 8 and 2 to pay in 2026 and 2027, pace 50; 50 from 1 January 2026: 10 signed, for that is what the works cost,
    and 7 drawn without must_draw; with it 4 signed and drawn, 2 and 2."""
    terms = {"draw_timing": "start", "signing_year": 2026, "envelope": 20.0, "pace": (0.5, 0.5), "tenor": 30.0}
    case = bare(sources=keyed(source("O"), loan("L", **terms)), packages=keyed(package("N", km=90.0, unit_cost=1.0)),
                asset_types=keyed(AssetType(**named("pipe"), sector="heat")))
    renew = {("N", "2026"): 8.0, ("N", "2027"): 2.0}
    all_lent = {("L", "N", 2026): 8.0, ("L", "N", 2027): 2.0}
    seven = {("L", "N", 2026): 5.0, ("O", "N", 2026): 3.0, ("L", "N", 2027): 2.0}
    assert failing(case, renew=renew, draw=seven, signed={"L": 10.0}) == set()
    assert failing(case, renew=renew, draw=seven, signed={"L": 9.9}) == {"draw_pace"}
    assert failing(case, renew=renew, draw=seven, signed={"L": 10.1}) == {"signed_works"}
    assert failing(case, renew=renew, draw=all_lent, signed={"L": 16.0}) == {"signed_works"}
    must = edit(case, "sources", "L", must_draw=True)
    assert failing(must, renew=renew, draw=all_lent, signed={"L": 16.0}) == {"must_draw"}
    half = {("L", "N", 2026): 2.0, ("O", "N", 2026): 6.0, ("L", "N", 2027): 2.0}
    assert failing(must, renew=renew, draw=half, signed={"L": 4.0}) == set()
    before = bare(sources=keyed(source("O"), loan("L", tenor=30.0, signing_year=2025, envelope=10.0, must_draw=True,
                                                  clock="cohort")), packages=case.packages,
                                                  asset_types=case.asset_types)
    km = {("N", "2026"): 30.0}
    assert failing(before, renew=km, draw={("L", "N", 2026): 10.0, ("O", "N", 2026): 20.0}) == set()
    assert failing(before, renew=km, draw={("O", "N", 2026): 30.0}) == {"must_draw"}


@pytest.mark.parametrize(("km", "done", "fails"), [(60.0, 0.0, False), (60.1, 0.0, True), (80.0, 1.0, False),
                                                   (40.0, 1.0, False), (39.9, 1.0, True), (20.0, 0.5, False),
                                                   (80.0, 0.5, False), (19.9, 0.5, True),
                                                 (80.1, 0.5, True)])
def test_km_of_a_lot(km: float, done: float, fails: bool) -> None:
    """L5: 100 km left of which 40 go with F1: at most 60 without it, at least 40 with it; with half of it (divisible)
    20 to 80."""
    case = bare(whole=done in (0.0, 1.0), facilities=keyed(facility("F1", cost=0.0, lot="X")),
                sources=keyed(source("B")), asset_types=keyed(AssetType(**named("plant")), AssetType(**named("pipe"))),
                packages=keyed(package("N", km=100.0, unit_cost=1.0, lot="X", lot_km=40.0)))
    found = failing(case, start={("F1", "2026"): done} if done else {}, renew={("N", "2026"): km},
                    draw={("B", "N", 2026): km})
    assert found == ({"lot_km"} if fails else set())


def test_a_lot_starts_where_all_of_it_may() -> None:
    """A from 2027 on, B to 2027 (12 months each): the lot starts in 2027; benefits of both count from a finish in 2027
    on."""
    early, late = facility("A", cost=0.0, savings=1.0, earliest=2027, lot="X"), facility("B", cost=0.0, savings=1.0,
        latest=2027, lot="X")
    case = bare(facilities=keyed(early, late), asset_types=keyed(AssetType(**named("plant"), sector="heat")),
                evaluation_last_year=2040)
    assert failing(case, start={("A", "2027"): 1.0, ("B", "2027"): 1.0}) == set()
    assert failing(case, start={("A", "2028"): 1.0, ("B", "2027"): 1.0}) == {"lot_starts", "start_window"}
    assert failing(case, start={("B", "2026"): 1.0}) == {"lot_starts", "start_window"}
    # B could finish in 2026 by itself, so that its 2027 would be credited as a late one: 5 years of 1 each, no residual
    short = edit(edit(case, "facilities", "A", life=5.0), "facilities", "B", life=5.0)
    totals = totals_of(short, start={("A", "2027"): 1.0, ("B", "2027"): 1.0})
    assert (totals.pv_residual, totals.pv_benefits) == (0.0, pytest.approx(10.0))
