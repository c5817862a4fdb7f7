"""A source pays for what is done once it is effective, on plans made by hand, against the cases of docs/numbers.md
worked out on paper (Pace and continuity, Sources together); and plans that were damaged (see test_mutations.py)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from jaryq.case.case import AssetType, Case, Currency, Facility, Package, PriceIndex, Source
from jaryq.case.plan import Plan
from jaryq.case.works import Paid, Trench
from jaryq.verify.calendar import Calendar
from jaryq.verify.effect import Effect
from jaryq.verify.finding import failed
from jaryq.verify.prices import Prices
from jaryq.verify.recompute import recompute
from jaryq.verify.schedule import Schedule
from tests.cases import edit, facility, keyed, named, package, source
from tests.verify.common import bare, failing, found_where_it_is, loan, outlays_of
from tests.verify.test_mutations_lenders import START, Pair, made, paced_loan, signs

MIDDLE = {"draw_timing": "start", "signing_year": 2026, "effective_months": 6.0}
"""Effective in the middle of 2026."""
KINDS = keyed(AssetType(**named("plant"), sector="heat", procurement_share=0.2),
              AssetType(**named("pipe"), sector="heat"))
YEN = keyed(Currency(**named("JPY"), rates=dict.fromkeys(range(2025, 2029), 4.0)))
HALF_A_YEAR = {"cost": 10.0, "works_months": 6.0}
"""Works of 10 in two quarters."""


def case_of(project: Facility | Package, *others: Package, quarters: bool = True, **more: object) -> Case:
    """One project, H effective in the middle of 2026, and own money O that pays for what H may not."""
    both = [project, *others]
    return bare(**{"resolution": "quarter" if quarters else "year", "asset_types": KINDS,
                   "sources": keyed(source("H", **MIDDLE), source("O", kind="own")),
                   "facilities": keyed(*(one for one in both if isinstance(one, Facility))),
                   "packages": keyed(*(one for one in both if isinstance(one, Package))), **more})


def shared(case: Case, done: Mapping[str, Mapping[tuple[str, str], float]], lent: float, year: int = 2026,
           project: str = "F") -> dict[str, object]:
    """What is done, paid by H with so much in one year, by O for the rest."""
    draw: dict[tuple[str, str, int], float] = {}
    for (p, y), amount in outlays_of(case, **done).items():
        part = lent if (p, y) == (project, year) else 0.0
        draw |= {("H", p, y): part} if part else {}
        draw |= {("O", p, y): amount - part} if amount - part > 1e-12 else {}
    return {**done, "draw": draw}


def started(at: str, share: float = 1.0) -> dict[str, dict[tuple[str, str], float]]:
    return {"start": {("F", at): share}}


def renewed(**km: float) -> dict[str, dict[tuple[str, str], float]]:
    """Km of F by quarter of 2026 (Q2), or by year (in2026)."""
    return {"renew": {("F", f"2026{at}" if at.startswith("Q") else at[2:]): amount for at, amount in km.items()}}


TWICE = keyed(PriceIndex(**named("general"), levels={2025: 1.0, 2026: 2.0, 2027: 2.0, 2028: 2.0}, long_run=0.0))
BOUGHT = facility("F", cost=40.0, procurement_months=6.0, works_months=24.0)
PIPES = package("F", km=100.0, unit_cost=1.0)
BEGUN = facility("F", cost=9.0, procurement_months=12.0, works_months=9.0, started=3.0)
"""9 months of procurement are left, and 9 of works."""
ROWS: list[tuple[str, Case, Mapping[str, Mapping[tuple[str, str], float]], float, float]] = [
    ("works are over", case_of(facility("F", **HALF_A_YEAR)), started("2026Q1"), 10.0, 0.0),
    ("works of 10 over the middle", case_of(facility("F", **HALF_A_YEAR)), started("2026Q2"), 10.0, 5.0),
    ("two thirds of it", case_of(facility("F", **HALF_A_YEAR), whole=False), started("2026Q2", 2 / 3), 20 / 3, 10 / 3),
    ("all after the middle", case_of(facility("F", **HALF_A_YEAR)), started("2026Q3"), 10.0, 10.0),
    ("bought over the middle", case_of(BOUGHT), started("2026Q2"), 12.0, 8.0),
    ("by years, works to September", case_of(facility("F", cost=9.0, works_months=9.0), quarters=False),
     started("2026"), 9.0, 3.0),
    ("stated by year", case_of(facility("F", spend={2026: 10.0, 2027: 4.0})), started("2026Q1"), 10.0, 5.0),
    ("stated by year, started", case_of(facility("F", spend={2025: 3.0, 2026: 10.0}, started=2.0)), started("2026Q1"),
     10.0, 5.0),
    ("under contract", case_of(facility("F", **HALF_A_YEAR, committed=True)), started("2026Q1"), 10.0, 0.0),
    ("started, months that are left", case_of(BEGUN), started("2026Q1"), 9 * 0.2 + 9 * 0.8 / 3, 3.0),
    ("km of two quarters", case_of(PIPES), renewed(Q2=4.0, Q3=6.0), 10.0, 6.0),
    ("km by years", case_of(PIPES, quarters=False), renewed(in2026=10.0), 10.0, 5.0),
    ("within a quarter", case_of(PIPES, sources=keyed(source("H", **{**MIDDLE, "effective_months": 10.5}),
                                                      source("O", kind="own"))), renewed(Q1=4.0, Q4=3.0), 7.0, 1.5),
    ("in part of a month", case_of(facility("F", cost=9.0, works_months=4.5),
                                   sources=keyed(source("H", **{**MIDDLE, "effective_months": 7.25}),
                                                 source("O", kind="own"))), started("2026Q2"), 9.0, 0.5),
    ("prices twice those of 2025", case_of(facility("F", **HALF_A_YEAR), indices=TWICE), started("2026Q2"), 20.0, 10.0),
    ("km at such prices", case_of(PIPES, indices=TWICE), renewed(Q2=4.0, Q3=6.0), 20.0, 12.0),
    ("stated at such prices", case_of(facility("F", spend={2026: 10.0}), indices=TWICE), started("2026Q1"), 20.0, 10.0),
]


@pytest.mark.parametrize(("case", "done", "outlay", "most"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_what_is_done_before_is_not_paid(case: Case, done: Mapping[str, Mapping[tuple[str, str], float]],
                                         outlay: float, most: float) -> None:
    """The most may be drawn; where it is less than the outlay a hair more fails, and nothing else does."""
    assert outlays_of(case, **done)["F", 2026] == pytest.approx(outlay, rel=1e-12)
    schedule = Schedule.of(case, Plan(**done))
    date = 2026 + case.sources["H"].effective_months / 12.0
    found = Effect(schedule, Plan(**done), Prices(case)).in_year(2026, date)
    assert found["F"] == pytest.approx(most, rel=1e-11, abs=1e-11)
    assert failing(case, **shared(case, done, most)) == set()
    if most < outlay:
        assert failing(case, **shared(case, done, most + 1e-6)) == {"draw_effect"}
        assert failing(case, **shared(case, done, outlays_of(case, **done)["F", 2026])) == {"draw_effect"}


@pytest.mark.parametrize("more", [
    {"kind": "grant", "partner": "JP"}, {"kind": "budget"},
    {"kind": "loan", "partner": "JP", "tenor": 30.0, "payments": 1},
    # in yen at 4: draws and outlays of a year are changed at one rate
    {"kind": "loan", "partner": "JP", "tenor": 30.0, "payments": 1, "currency": "JPY"},
    {"kind": "loan", "partner": "JP", "tenor": 30.0, "payments": 1, "signing_year": 2025, "effective_months": 18.0,
     "signed": 99.0, "clock": "cohort"},
])
def test_each_kind_of_source(more: dict[str, object]) -> None:
    """Half of 10 in 2026, whoever lends: by months to effectiveness, without a pace."""
    case = case_of(facility("F", **HALF_A_YEAR))
    case = replace(edit(case, "sources", "H", **more), currencies=YEN)
    plan = {"signed": {"H": 5.0}} if more["kind"] == "loan" and "signing_year" not in more else {}
    assert failing(case, **shared(case, started("2026Q2"), 5.0), **plan) == set()
    assert failing(case, **shared(case, started("2026Q2"), 5.1), **{name: {"H": 5.1} for name in plan}) == {
        "draw_effect"}


def test_years_apart_from_that_of_the_effect() -> None:
    """Nothing is held in a year after it; in one before, the pace; at the beginning of a year nothing; without pace or
    months to effectiveness nothing; a closed source pays nothing at all."""
    case, done = case_of(facility("F", **HALF_A_YEAR)), started("2026Q1")
    held = shared(case, done, 10.0)

    def with_terms(**more: object) -> set[str]:
        return failing(edit(case, "sources", "H", **more), **held)

    assert with_terms() == {"draw_effect"}
    assert with_terms(signing_year=2025, effective_months=6.0) == set()
    assert with_terms(effective_months=0.0) == set()
    assert with_terms(effective_months=12.0) == with_terms(effective_months=18.0) == {"draw_pace"}
    assert with_terms(effective_months=12.0, signing_year=2025) == set()
    assert with_terms(effective_months=0.0, draw_timing="mid") == set()
    assert with_terms(effective_months=0.0, draw_timing="mid", pace=(1.0,)) == {"draw_effect"}
    assert with_terms(open=False) == {"draw_open"}


def test_a_line_pays_for_no_works() -> None:
    """A loan of 10 into a fund that pays for works of the first half of 2026: the fund is there, whenever the loan is
    effective."""
    lines = loan("H", **MIDDLE, tenor=30.0, draws_to="S")
    case = case_of(facility("F", **HALF_A_YEAR), sources=keyed(lines, source("S", ceilings={2026: 0.0},
                                                                             carry_over="fund")))
    plan = {**started("2026Q1"), "draw": {("S", "F", 2026): 10.0}, "line": {("H", 2026): 10.0}, "signed": {"H": 10.0}}
    assert failing(case, **plan) == set()
    assert failing(edit(case, "sources", "S", **MIDDLE), **plan) == {"draw_effect"}


def test_what_a_shared_trench_saves_is_of_its_period() -> None:
    """Km for 4 in the second and 6 in the third quarter, each km shared saves 0.5: 2 of 4 km in the second change
    nothing, 4 in the third leave 6 - 2."""
    pair = case_of(PIPES, package("N", km=100.0, unit_cost=0.0), trenches=(Trench("F", "N", 9.0, 0.5, "test"),))
    km = {"renew": {(key, f"2026Q{q}"): amount for key in "FN" for q, amount in ((2, 4.0), (3, 6.0))}}
    for joint, outlay, most in ((("2026Q2", 2.0), 9.0, 6.0), (("2026Q3", 4.0), 8.0, 4.0)):
        done = {**km, "joint": {("F+N", joint[0]): joint[1]}}
        assert outlays_of(pair, **done)["F", 2026] == pytest.approx(outlay)
        assert failing(pair, **shared(pair, done, most)) == set()
        assert failing(pair, **shared(pair, done, most + 1e-6)) == {"draw_effect"}


@pytest.mark.parametrize("months", [(0.0, 9.0, None), (6.0, 24.0, None), (2.5, 7.25, None), (12.0, 9.0, 3.0),
                                    (4.0, 9.0, 6.5), (1.5, 2.0, 3.4)])
@pytest.mark.parametrize("per_year", [1, 4])
def test_time_without_periods_pays_what_the_periods_pay(months: tuple[float, float, float | None],
                                                        per_year: int) -> None:
    """Of each period, and of each half of it with the other, the same part of the cost as by months."""
    one = facility("F", cost=1.0, procurement_months=months[0], works_months=months[1], started=months[2])
    case = case_of(one, quarters=per_year == 4)
    schedule, calendar = Schedule.of(case, Plan()), Calendar.of(case.settings)
    effect, step = Effect(schedule, Plan(), Prices(case)), calendar.months
    assert schedule.works["F"].paid == pytest.approx({
        later: effect.part_paid(one, step * later, step * (later + 1)) for later in schedule.works["F"].paid})
    for later, paid in schedule.works["F"].paid.items():
        halves = [effect.part_paid(one, step * (later + at / 2), step * (later + at / 2 + 0.5)) for at in (0, 1)]
        assert sum(halves) == pytest.approx(paid, rel=1e-12)


def lender(months: float, **more: object) -> Source:
    """Envelope 100, pace 20; 30; 50, signed in the middle of 2026."""
    return loan("K", **{"tenor": 30.0, "signing_year": 2026, "draw_timing": "mid", "envelope": 100.0,
                        "pace": (0.2, 0.3, 0.5), "effective_months": months, **more})


def of_ten(months: float, **more: object) -> Case:
    """F for 10, 5 in 2027 and 5 in 2028."""
    return bare(asset_types=KINDS, facilities=keyed(facility("F", cost=10.0, works_months=24.0, earliest=2027)),
                sources=keyed(source("O", kind="own"), lender(months, **more)))


def lent(*amounts: float, signed: float) -> dict[str, object]:
    """5 of 2027 and 5 of 2028, so much of them by K."""
    draw = {("K", "F", 2027 + at): amount for at, amount in enumerate(amounts)}
    return {"start": {("F", "2027"): 1.0}, "signed": {"K": signed},
            "draw": draw | {("O", "F", 2027 + at): 5.0 - amount for at, amount in enumerate(amounts)}}


def test_signed_for_works_from_the_effect_on() -> None:
    """Effective in the middle of 2026: 10, drawn 3 and 4.5; a year later 2.5 and 5 are done: 7.5, drawn 0.75 and 1.875;
    at most 60 % 4.5; in the middle of 2028 2.5, of which a tenth."""
    assert failing(of_ten(0.0), **lent(3.5, 4.0, signed=10.0)) == set()
    assert failing(of_ten(0.0), **lent(3.5, 4.0, signed=10.001)) == {"signed_works"}
    assert failing(of_ten(12.0), **lent(0.75, 1.875, signed=7.5)) == set()
    assert failing(of_ten(12.0), **lent(0.75, 1.875, signed=7.501)) == {"signed_works"}
    assert failing(of_ten(12.0), **lent(0.75, 1.876, signed=7.5)) == {"draw_pace"}
    assert failing(of_ten(12.0), **lent(1.0, 2.5, signed=10.0)) == {"signed_works"}
    assert failing(of_ten(12.0, max_share=0.6), **lent(0.45, 1.125, signed=4.5)) == set()
    assert failing(of_ten(12.0, max_share=0.6), **lent(0.45, 1.125, signed=4.501)) == {"signed_works"}
    assert failing(of_ten(24.0), **lent(0.0, 0.25, signed=2.5)) == set()
    assert failing(of_ten(24.0), **lent(0.0, 0.25, signed=2.501)) == {"signed_works"}


def test_the_part_is_of_all_that_is_spent() -> None:
    """A started one of which 4 were spent, 1 by K: with 9 to come in nine months K may pay half of 13 less 1, 5.5 of 9;
    of the 3 after the middle of the year 5.5/9."""
    one = facility("F", cost=9.0, works_months=12.0, started=3.0)
    case = bare(asset_types=KINDS, facilities=keyed(one), sources=keyed(source("O", kind="own"), lender(0.0,
                max_share=0.5)), paid=(Paid("F", "K", 2025, 1.0), Paid("F", "O", 2025, 3.0)))
    most = 3.0 * 5.5 / 9.0
    for signed, wrong in ((most, set()), (most + 1e-6, {"signed_works"})):
        plan = {"start": {("F", "2026"): 1.0}, "signed": {"K": signed}, "draw": {("K", "F", 2026): 0.18,
                                                                               ("O", "F", 2026): 8.82}}
        assert failing(case, **plan) == wrong


def test_a_ticket_is_of_works_from_the_effect_on() -> None:
    """Of 10 are 7.5 done after the middle of 2027, drawn 35 % by the end of 2028: a ticket of 7.5 is met by 2.625; one
    of 7.6 by no draw."""
    drawn = lent(0.75, 1.875, signed=7.5)
    assert failing(of_ten(12.0, ticket=7.5), **drawn) == set()
    assert failing(of_ten(0.0, ticket=10.0), **lent(3.5, 4.0, signed=10.0)) == set()
    assert failing(of_ten(12.0, ticket=7.6), **drawn) == {"ticket", "ticket_works"}
    # another project, of 10 in 2028, lets it sign and draw more, yet what is agreed with F stays
    case = of_ten(12.0, ticket=7.6)
    case = replace(case, facilities=keyed(case.facilities["F"], facility("G", cost=10.0, lot=None)))
    more = lent(0.875, 1.8, signed=17.5)
    plan = {**more, "start": {("F", "2027"): 1.0, ("G", "2028"): 1.0},
            "draw": {**more["draw"], ("K", "G", 2028): 3.0, ("O", "G", 2028): 7.0}}
    assert failing(case, **plan) == {"ticket_works"}
    assert failing(edit(case, "sources", "K", ticket=7.5), **plan) == set()


MUTATIONS: dict[str, list[tuple[Callable[[], Pair], str, set[str]]]] = {
    # L draws 3 of the 6 bn of F1 in 2026, Y the 2 stated of F4; O 2 of 4 for N1 and 1 of 4 for F2 in 2027
    "draw_effect": [
        (made(("sources", "L", {**START, "effective_months": 6.1})), "draw[L,F1,2026]", {"draw_effect"}),
        (made(("sources", "Y", {**START, "effective_months": 0.1})), "draw[Y,F4,2026]", {"draw_effect"}),
        (made(("sources", "O", {**START, "signing_year": 2027, "effective_months": 6.1})), "draw[O,N1,2027]",
         {"draw_effect"}),
        (made(("sources", "O", {**START, "signing_year": 2027, "effective_months": 9.1})), "draw[O,F2,2027]",
         {"draw_effect"}),
    ],
    # half of what F1 (3 + 6), F4 (1), N1 (1.5 + 4) and F2 (4) cost after the middle of 2026, at 4 a yen: 2.4375
    "signed_works": [
        (made(paced_loan(pace=(0.7, 0.0, 0.3), effective_months=6.0), plan=signs(2.438)), "signed[L]",
         {"signed_works"}),
    ],
}


@pytest.mark.parametrize(("check", "at"), [(check, at) for check, rows in MUTATIONS.items() for at in range(len(rows))])
def test_a_damaged_plan_is_found(check: str, at: int) -> None:
    make, place, fails = MUTATIONS[check][at]
    found_where_it_is(make(), check, place, fails)


@pytest.mark.parametrize("pair", [
    made(("sources", "L", {**START, "effective_months": 6.0})),
    made(("sources", "O", {**START, "signing_year": 2027, "effective_months": 6.0})),
    made(paced_loan(pace=(0.7, 0.0, 0.3), effective_months=6.0), plan=signs(2.4375)),
    made(("sources", "C", {**START, "effective_months": 6.0})),
])
def test_just_what_is_done_after_it(pair: Callable[[], Pair]) -> None:
    assert failed(recompute(*pair())[1]) == ()
