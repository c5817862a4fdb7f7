"""A largest share that holds of the bills so far, on plans made by hand, against the cases of docs/numbers.md worked
out on paper (Money, ``share_holds``); and plans that were damaged (see test_mutations.py)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import accumulate

import pytest

from jaryq.case.case import AssetType, Case, Currency, PriceIndex
from jaryq.case.plan import Plan
from jaryq.case.works import Paid, Trench
from jaryq.verify.recompute import recompute
from tests.cases import edit, facility, keyed, named, package, rule, source
from tests.verify.common import bare, failing, found_where_it_is, outlays_of

Pair = tuple[Case, Plan]
Amounts = tuple[float, ...]
Done = Mapping[str, Mapping[tuple[str, str], float]]

YEARS = (2026, 2027, 2028)
START: Done = {"start": {("F", "2026"): 1.0}}
ONLY = {"share_so_far"}
KINDS = keyed(AssetType(**named("plant"), sector="heat", content={"JP": 0.4}),
              AssetType(**named("pipe"), sector="heat"))
PIPES = keyed(package("M", km=90.0, unit_cost=1.0), package("N", km=90.0, unit_cost=1.0))
TWICE = {"indices": keyed(PriceIndex(**named("general"), levels={2025: 1.0, 2026: 1.0, 2027: 2.0, 2028: 2.0},
                                     long_run=0.0)),
         "currencies": keyed(Currency(**named("JPY"), rates={2025: 4.0, 2026: 4.0, 2027: 8.0, 2028: 8.0}))}
"""From 2027 on prices, and the yen, are twice what they were."""


def bills(*amounts: float, **more: object) -> dict[str, object]:
    """The facility F with these bills, stated by year from 2026."""
    return {"facilities": keyed(facility("F", spend=dict(zip(YEARS, amounts, strict=False)), **more))}


def begun(own: float, others: float, *amounts: float) -> dict[str, object]:
    """F as started: so much was spent in 2024 and 2025 by S and by nobody that is known."""
    return {**bills(*amounts, started=12.0), "paid": (Paid("F", "S", 2024, own), Paid("F", None, 2025, others))}


def case_of(projects: Mapping[str, object], share: float | None = 0.6, of: Mapping[str, object] = {},
            **more: object) -> Case:
    """S pays for at most a share of the bills so far, B for the rest; ``of``: other terms of S."""
    payers = keyed(source("B"), source("S", **{"max_share": share, "share_holds": "so_far", **of}))
    return bare(**{"sources": payers, "asset_types": KINDS, **projects, **more})


def paid(case: Case, amounts: Mapping[str, Amounts] | Amounts, done: Done = START) -> Plan:
    """What is done, paid by S in the years from 2026, by project or for F, by B for the rest."""
    of = amounts if isinstance(amounts, Mapping) else {"F": amounts}
    draw = {("S", p, y): amount for p, row in of.items() for y, amount in zip(YEARS, row, strict=False) if amount}
    rest = {("B", p, y): due - draw.get(("S", p, y), 0.0) for (p, y), due in outlays_of(case, **done).items()}
    return Plan(**done, draw={**draw, **{at: amount for at, amount in rest.items() if amount > 1e-12}})


def fails(case: Case, amounts: Mapping[str, Amounts] | Amounts, done: Done = START) -> set[str]:
    return {one.check for one in recompute(case, paid(case, amounts, done))[1] if not one.ok}


def laid(**km: Amounts) -> Done:
    """Km by package in the years from 2026."""
    return {"renew": {(n, str(y)): amount for n, row in km.items() for y, amount in zip(YEARS, row, strict=False)}}


# Cases of docs/numbers.md --------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("projects", "amounts", "most"), [
    (bills(10.0, 30.0, 10.0), (6.0, 18.0, 6.0), (6.0, 24.0, 30.0)),
    (bills(10.0, 30.0, 10.0), (0.0, 24.0, 6.0), (6.0, 24.0, 30.0)),
    (bills(10.0, 30.0, 10.0), (0.0, 24.0, 0.0), (6.0, 24.0, 30.0)),
    (bills(10.0, 30.0, 10.0), (6.0, 15.0, 9.0), (6.0, 24.0, 30.0)),
    (begun(15.0, 5.0, 10.0, 30.0), (3.0, 18.0), (3.0, 21.0)),
    (begun(15.0, 5.0, 10.0, 30.0), (0.0, 21.0), (3.0, 21.0)),
    (begun(9.0, 1.0, 4.0, 30.0), (0.0, 17.4), (0.0, 17.4)),
])
@pytest.mark.parametrize("whole", [True, False])
def test_what_is_told(projects: dict[str, object], amounts: Amounts, most: Amounts, whole: bool) -> None:
    """Just allowed; in a year by which all that may be paid is paid 0.01 more is too much, though it is taken off the
    year after; over all years the largest share of the whole is passed too."""
    case = case_of(projects, whole=whole)
    assert fails(case, amounts) == set()
    for at, total in enumerate(accumulate(amounts)):
        if total == pytest.approx(most[at]):
            over = [amount + 0.01 * (here == at) - 0.01 * (here == at + 1 and amount > 0.0)
                    for here, amount in enumerate(amounts)]
            assert fails(case, tuple(over)) == (ONLY | {"max_share"} if sum(over) > most[-1] + 1e-6 else ONLY)


def test_only_where_it_is_said() -> None:
    """S pays 30 of 50 in the first two years; nobody asks unless its share holds of the bills so far, nor where it may
    pay for all of a project."""
    case = case_of(bills(10.0, 30.0, 10.0))
    plan = paid(case, (10.0, 20.0))
    for terms, found in (({}, ONLY), ({"share_holds": "in_all"}, set()), ({"max_share": None}, set()),
                         ({"max_share": 1.0}, set()), ({"max_share": 0.75}, ONLY), ({"max_share": 0.999}, ONLY)):
        assert {one.check for one in recompute(edit(case, "sources", "S", **terms), plan)[1] if not one.ok} == found


def test_the_year_is_named() -> None:
    """6.1 of 6 and 24.9 of 24: the year in which more is too much stands first."""
    case = case_of(bills(10.0, 30.0, 10.0))
    found_where_it_is((case, paid(case, (6.1, 18.8))), "share_so_far", "draw[S,F,2027]; draw[S,F,2026]", ONLY)


@pytest.mark.parametrize("late", [
    {"available_from": 2027}, {"draw_timing": "start", "signing_year": 2026, "effective_months": 12.0},
])
def test_bills_before_a_source_is_open_or_effective_count(late: dict[str, object]) -> None:
    """24 of the 30 of 2027, as 10 were paid in 2026 by others."""
    case = case_of(bills(10.0, 30.0, 10.0), of=late)
    assert (fails(case, (0.0, 24.0)), fails(case, (0.0, 24.1))) == (set(), ONLY)


@pytest.mark.parametrize("terms", [{}, {"currency": "JPY"}])
def test_it_is_nominal(terms: dict[str, object]) -> None:
    """Half of 10, then of 70, as 30 are 60 at the prices of 2027; whatever the yen."""
    case = case_of(bills(10.0, 30.0), 0.5, of=terms, **TWICE)
    assert (fails(case, (5.0, 30.0)), fails(case, (0.0, 35.0))) == (set(), set())
    assert fails(case, (5.1, 29.9)) == ONLY


def test_the_rates_of_the_years_change_no_bill() -> None:
    """An export credit in yen, 34 % of 40 in two years: its yen cost twice as much in the second."""
    case = case_of(bills(10.0, 30.0), None, of={"currency": "JPY", "partner": "JP", "down_payment": 0.15},
                   currencies=TWICE["currencies"])
    assert (fails(case, (3.4, 10.2)), fails(case, (3.5, 10.1))) == (set(), ONLY)


def test_lent_in_a_group_each_holds_for_itself() -> None:
    """S and T 30 % each: T's room of the first year is not S's."""
    case = case_of(bills(10.0, 30.0), 0.3)
    case = bare(sources={**case.sources, "T": source("T", max_share=0.3, share_holds="so_far")}, asset_types=KINDS,
                facilities=case.facilities)
    draw = {("S", "F", 2026): 4.0, ("T", "F", 2026): 1.0, ("B", "F", 2026): 5.0, ("S", "F", 2027): 8.0,
            ("T", "F", 2027): 11.0, ("B", "F", 2027): 11.0}
    assert failing(case, **START, draw=draw) == ONLY
    assert failing(edit(case, "sources", "S", share_holds="in_all"), **START, draw=draw) == set()


# Each kind of project: what is just allowed, and what is not ---------------------------------------------------------

LOT = {"facilities": keyed(facility("F", spend={2026: 10.0, 2027: 30.0}, lot="X")),
       "packages": keyed(package("N", km=40.0, unit_cost=1.0, lot="X"))}
CREDIT = {"partner": "JP", "down_payment": 0.15}
ROWS: dict[str, tuple[Case, Done, Mapping[str, Amounts], Mapping[str, Amounts], str]] = {
    "facility": (case_of(bills(10.0, 30.0)), START, {"F": (6.0, 18.0)}, {"F": (6.1, 17.9)}, "draw[S,F,2026]"),
    "by phases, two years": (case_of({"facilities": keyed(facility("F", cost=40.0, works_months=24.0))}), START,
                             {"F": (12.0, 12.0)}, {"F": (12.1, 11.9)}, "draw[S,F,2026]"),
    "a third of it": (case_of(bills(10.0, 30.0), whole=False), {"start": {("F", "2026"): 1 / 3}},
                      {"F": (2.0, 6.0)}, {"F": (2.1, 5.9)}, "draw[S,F,2026]"),
    # half of it starts in 2026, half in 2027: bills of 10, 20 and 10
    "in two parts": (case_of({"facilities": keyed(facility("F", cost=40.0, works_months=24.0))}, whole=False),
                     {"start": {("F", "2026"): 0.5, ("F", "2027"): 0.5}}, {"F": (6.0, 12.0, 6.0)},
                     {"F": (6.0, 12.1, 5.9)}, "draw[S,F,2027]"),
    # the 30 of 2024 are under contract, not started: they do not count
    "under contract": (case_of(bills(10.0, 30.0, committed=True), paid=(Paid("F", "B", 2024, 30.0),)), START,
                       {"F": (6.0, 18.0)}, {"F": (6.1, 17.9)}, "draw[S,F,2026]"),
    "started": (case_of(begun(15.0, 5.0, 10.0, 30.0)), START, {"F": (3.0, 18.0)}, {"F": (3.1, 17.9)},
                "draw[S,F,2026]"),
    "started, too much paid": (case_of(begun(9.0, 1.0, 4.0, 30.0)), START, {"F": (0.0, 17.4)}, {"F": (0.1, 17.3)},
                               "draw[S,F,2026]"),
    # what others spent leaves room: 18, 36 and 48
    "started, paid by others": (case_of(begun(0.0, 20.0, 10.0, 30.0, 20.0)), START, {"F": (10.0, 26.0, 12.0)},
                                {"F": (10.0, 26.1, 11.9)}, "draw[S,F,2027]"),
    # income is no bill: 10, none, 30
    "with income": (case_of(bills(10.0, -20.0, 30.0)), START, {"F": (6.0, 0.0, 18.0)}, {"F": (6.1, 0.0, 17.9)},
                    "draw[S,F,2026]"),
    "package": (case_of({"packages": PIPES}), laid(N=(10.0, 30.0)), {"N": (6.0, 18.0)}, {"N": (6.1, 17.9)},
                "draw[S,N,2026]"),
    # nothing counts from before: B paid 20 of N in 2025
    "package, begun": (case_of({"packages": PIPES}, paid=(Paid("N", "B", 2025, 20.0),)), laid(N=(10.0, 30.0)),
                       {"N": (6.0, 18.0)}, {"N": (6.1, 17.9)}, "draw[S,N,2026]"),
    "each package for itself": (case_of({"packages": PIPES}), laid(M=(10.0, 0.0), N=(10.0, 30.0)), {"N": (6.0, 18.0)},
                                {"N": (6.1, 17.9)}, "draw[S,N,2026]"),
    # 5 km with M in one trench save 2 of 10
    "shared trench": (case_of({"packages": PIPES}, trenches=(Trench("N", "M", 5.0, 0.4, ""),)),
                      {**laid(M=(5.0, 0.0), N=(10.0, 10.0)), "joint": {("N+M", "2026"): 5.0}}, {"N": (4.8, 6.0)},
                      {"N": (4.9, 5.9)}, "draw[S,N,2026]"),
    # the lot's bills are 50 and 30: what N leaves is not F's
    "lot": (case_of(LOT), {**START, **laid(N=(40.0,))}, {"F": (6.0, 18.0), "N": (24.0,)},
            {"F": (6.1, 17.9), "N": (20.0,)}, "draw[S,F,2026]"),
    # 0.85 x 40 %: the buyer's part comes first or with it
    "export credit": (case_of(bills(10.0, 30.0, 10.0), None, of=CREDIT), START, {"F": (3.4, 10.2, 3.4)},
                      {"F": (3.4, 10.3, 3.3)}, "draw[S,F,2027]"),
    "export credit, paid down first": (case_of(bills(10.0, 30.0, 10.0), None, of=CREDIT), START,
                                       {"F": (0.0, 13.6, 3.4)}, {"F": (0.0, 13.7, 3.3)}, "draw[S,F,2027]"),
    "export credit, its share is less": (case_of(bills(10.0, 30.0), of=CREDIT), START, {"F": (3.4, 10.2)},
                                         {"F": (3.5, 10.1)}, "draw[S,F,2026]"),
    "export credit, its share is more": (case_of(bills(10.0, 30.0), 0.3, of=CREDIT), START, {"F": (3.0, 9.0)},
                                         {"F": (3.1, 8.9)}, "draw[S,F,2026]"),
    # half of the contract besides: 34 + 20 %
    "export credit with local costs": (case_of(bills(10.0, 30.0), of={**CREDIT, "local_cost": 0.5}), START,
                                       {"F": (5.4, 16.2)}, {"F": (5.5, 16.1)}, "draw[S,F,2026]"),
    # 0.34 x 30 - 6
    "export credit, started": (case_of(begun(6.0, 14.0, 10.0, 30.0), None, of=CREDIT), START, {"F": (4.2, 10.2)},
                               {"F": (4.3, 10.1)}, "draw[S,F,2026]"),
    # of 60 %, 50 % and 40 % the least that speaks of F
    "eligibility": (case_of(bills(10.0, 30.0), rules=(rule("S", sector="heat", max_share=0.5), rule("S", region="R1",
                    max_share=0.4), rule("S", project="N", max_share=0.1), rule("B", max_share=1.0))), START,
                    {"F": (4.0, 12.0)}, {"F": (4.1, 11.9)}, "draw[S,F,2026]"),
    "eligibility alone": (case_of(bills(10.0, 30.0), None, rules=(rule("S", asset_type="plant", max_share=0.4),)),
                          START, {"F": (4.0, 12.0)}, {"F": (4.1, 11.9)}, "draw[S,F,2026]"),
}


def pair(name: str, damaged: bool) -> Callable[[], Pair]:
    def make() -> Pair:
        case, done, right, wrong, _ = ROWS[name]
        return case, paid(case, wrong if damaged else right, done)
    return make


MUTATIONS: dict[str, list[tuple[Callable[[], Pair], str, set[str]]]] = {
    "share_so_far": [(pair(name, damaged=True), row[-1], ONLY) for name, row in ROWS.items()]}


@pytest.mark.parametrize("name", ROWS)
def test_damage_is_found_where_it_is(name: str) -> None:
    found_where_it_is(pair(name, damaged=True)(), "share_so_far", ROWS[name][-1], ONLY)


@pytest.mark.parametrize("name", ROWS)
def test_what_is_just_allowed_passes(name: str) -> None:
    """And the damaged plan passes where the share holds of all bills alone."""
    case, plan = pair(name, damaged=False)()
    assert [one.check for one in recompute(case, plan)[1] if not one.ok] == []
    case, plan = pair(name, damaged=True)()
    case = edit(case, "sources", "S", share_holds="in_all")
    assert [one.check for one in recompute(case, plan)[1] if not one.ok] == []
