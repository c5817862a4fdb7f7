"""Every check of the register has a damage that it finds; the failing checks are stated in full, so no check fails by
accident."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from jaryq.case.case import Case, SourceGroup, Tariff
from jaryq.case.plan import Plan
from jaryq.verify.asserted import CHECKS, ELSEWHERE
from jaryq.verify.finding import Ledger, failed, measure
from jaryq.verify.recompute import recompute
from jaryq.verify.totals import compare
from tests.cases import add, edit, facility, full_case, full_plan, keyed, named, rule, source, target
from tests.verify.common import found_where_it_is
from tests.verify.test_checked_adequacy import DAMAGED as OF_ADEQUACY
from tests.verify.test_checked_effect import MUTATIONS as OF_EFFECT
from tests.verify.test_checked_so_far import MUTATIONS as OF_SO_FAR
from tests.verify.test_mutations_lenders import MUTATIONS as OF_LENDERS
from tests.verify.test_mutations_works import MUTATIONS as OF_WORKS

Pair = tuple[Case, Plan]


def damage(**entries: Mapping[object, float]) -> Callable[[], Pair]:
    """The true plan with entries set: ``damage(draw={("B", "N1", 2026): 3.1})``."""
    def make() -> Pair:
        plan = full_plan()
        return full_case(), replace(plan, **{name: {**getattr(plan, name), **values}
                                             for name, values in entries.items()})
    return make


def changed_case(*edits: tuple[str, str, dict[str, object]]) -> Callable[[], Pair]:
    """The true plan under a case that no longer allows it."""
    def make() -> Pair:
        case = full_case()
        for table, key, fields in edits:
            case = edit(case, table, key, **fields)
        return case, full_plan()
    return make


def grouped(**limits: float) -> Callable[[], Pair]:
    """The Japanese loans E and L, which pay all 12 bn of F1, as a group."""
    def make() -> Pair:
        case = full_case(groups=keyed(SourceGroup(**named("G"), **limits)))
        for key in ("E", "L"):
            case = edit(case, "sources", key, group="G")
        return case, full_plan()
    return make


def lined(year: int, **more: object) -> Callable[[], Pair]:
    """A loan K that brings 0.1 into the fund O in ``year``, all of it left there."""
    def make() -> Pair:
        case = add(full_case(), "sources", source("K", **{"kind": "loan", "tenor": 3.0, "draws_to": "O", **more}))
        plan = full_plan()
        return case, replace(plan, line={("K", year): 0.1}, idle={**plan.idle, ("O", 2028): 1.1})
    return make


def hoarded() -> Pair:
    """50 drawn into the fund O in 2028 to lie there: far more than it spends in all years."""
    case, plan = lined(2028)()
    return case, replace(plan, line={("K", 2028): 50.0}, idle={**plan.idle, ("O", 2028): 51.0})


def utility(rise: float) -> Callable[[], Pair]:
    """Heat in R1 costs 10 bn a year; the own money of 2027 (O: 3 bn) is paid by consumers."""
    return lambda: (full_case(tariffs=(Tariff("R1", "heat", 10.0, rise, ""),)), full_plan())


def ruled(key: str, **shares: object) -> Callable[[], Pair]:
    """With one more yes row of eligibility (E pays half of F1; O 2 of 7 of N1, 1 of 4 of F2)."""
    return lambda: (full_case(rules=(rule("E", project="F1"), rule(key, **shares))), full_plan())


def indebted(measure: str, value: float, year: int = 2026, stated: float = 0.0, **more: object) -> Callable[[], Pair]:
    """At the end of 2026 the loans owe 3 in yen and 3 in tenge; 6 are drawn in 2026 and 6 in 2027."""
    def make() -> Pair:
        plan = full_plan()
        case = add(full_case(), "targets", target("A", measure, value, year,
                                                  **{"year_first": 2026, "sense": "<=", **more}))
        return case, replace(plan, short={**plan.short, "A": stated})
    return make


def committed_asset(variant: bool) -> Callable[[], Pair]:
    """The asset V0, of which any variant has to be done; with ``variant`` F2, which is done, is one."""
    def make() -> Pair:
        case = add(full_case(), "facilities", facility("V0", cost=9.0, must_any=True))
        return (edit(case, "facilities", "F2", option_of="V0") if variant else case), full_plan()
    return make


def export_credit(key: str, supplied: float) -> Callable[[], Pair]:
    """A Japanese loan as an export credit: of its 6 bn for F1 (12 bn, content 40 %) 0.5 x 0.4 x 12 = 2.4 may pay local
    costs. E buys ``supplied`` in Japan."""
    return lambda: (edit(full_case(), "sources", key, down_payment=0.15, local_cost=0.5),
                    replace(full_plan(), supplied={("E", "F1"): supplied}))


MUTATIONS: dict[str, list[tuple[Callable[[], Pair], str, set[str]]]] = {
    # check: (damage, a text of the failing place, all checks that fail)
    "known_keys": [
        (damage(draw={("X", "F1", 2026): 0.0}), "draw[X,F1,2026]", {"known_keys"}),
        (damage(draw={("B", "N1", 2031): 0.0}), "draw[B,N1,2031]", {"known_keys"}),
        (damage(start={("F9", "2026"): 1.0}), "start[F9,2026]", {"known_keys"}),
        (damage(start={("F2", "2026Q1"): 1.0}), "start[F2,2026Q1]", {"known_keys"}),
        (damage(renew={("F2", "2026"): 1.0}), "renew[F2,2026]", {"known_keys"}),
        (damage(short={"S9": 1.0}), "short[S9]", {"known_keys"}),
        (damage(old={("X", 2027): 1.0}), "old[X,2027]", {"known_keys"}),
        (damage(old={("Y", 2031): 1.0}), "old[Y,2031]", {"known_keys"}),
        (damage(idle={("X", 2027): 1.0}), "idle[X,2027]", {"known_keys"}),
        (damage(idle={("O", 2031): 1.0}), "idle[O,2031]", {"known_keys"}),
        (damage(supplied={("X", "F1"): 1.0}), "supplied[X,F1]", {"known_keys"}),
        (damage(supplied={("E", "X"): 1.0}), "supplied[E,X]", {"known_keys"}),
        (damage(signed={"X": 1.0}), "signed[X]", {"known_keys"}),
        (damage(line={("X", 2027): 1.0}), "line[X,2027]", {"known_keys"}),
        (damage(line={("L", 2031): 1.0}), "line[L,2031]", {"known_keys"}),
        (damage(part={("L", "X"): 1.0}), "part[L,X]", {"known_keys"}),
        (damage(taken={"X": 1.0}), "taken[X]", {"known_keys"}),
    ],
    "finite": [
        (damage(old={("Y", 2026): math.nan}), "old[Y,2026]", {"finite"}),
        (damage(idle={("O", 2027): math.inf}), "idle[O,2027]", {"finite"}),
        (damage(signed={"L": math.nan}), "signed[L]", {"finite", "signed_covers"}),
    ],
    "non_negative": [(damage(line={("L", 2028): -0.1}), "line[L,2028]", {"non_negative"}),
                     (damage(short={"D": -0.01}), "short[D]", {"non_negative", "target_short"})],
    "start_window": [
        # in 2027 the works would end in 2028, after `latest`; the 12 bn are then due a year later
        (damage(start={("F1", "2026"): 0.0, ("F1", "2027"): 1.0}), "start[F1,2027]", {"start_window", "outlays_paid"}),
        # F3 is done and may not start again; 2 bn are unpaid, and P is missed by 2 bn more
        (damage(start={("F3", "2028"): 1.0}), "start[F3,2028]", {"start_window", "outlays_paid", "target_short"}),
    ],
    # F2 a second time costs 4 bn in 2028 that nobody pays, and is counted twice
    "start_once": [(damage(start={("F2", "2028"): 1.0}), "start[F2]", {"start_once", "outlays_paid", "target_short"})],
    "start_must": [
        (changed_case(("facilities", "F3", {"must": True, "done": None})), "start[F3]", {"start_must", "target_exact"}),
        (committed_asset(variant=False), "start[V0 or a variant]", {"start_must"}),
    ],
    "start_whole": [(damage(start={("F2", "2027"): 0.5, ("F2", "2028"): 0.5}), "start[F2,2027]",
                     {"start_whole", "outlays_paid"})],
    "renew_window": [(damage(renew={("N1", "2027"): 39.0, ("N1", "2028"): 1.0}), "renew[N1,2028]",
                      {"renew_window", "outlays_paid", "target_hard"}),
                     (changed_case(("packages", "N1", {"earliest": 2027})), "renew[N1,2026]", {"renew_window"})],
    "renew_scope": [(changed_case(("packages", "N1", {"km": 79.0})), "renew[N1]", {"renew_scope"})],
    "renew_pace": [(changed_case(("packages", "N1", {"km_per_year": 39.0})), "renew[N1,2027]", {"renew_pace"})],
    "crews": [
        (changed_case(("crews", "build@R1", {"capacity": {2026: 1.1, 2027: 1.39}})), "crews[build@R1,2027]", {"crews"}),
        (changed_case(("crews", "build@*", {"capacity": {2026: 1.09}})), "crews[build@*,2026]", {"crews"}),
    ],
    "draw_open": [
        (damage(draw={("B", "N1", 2026): 2.9, ("C", "N1", 2026): 0.1}), "draw[C,N1]", {"draw_open"}),
        (lined(2028, open=False), "line[K,2028]", {"draw_open"}),
    ],
    "draw_window": [
        (changed_case(("sources", "B", {"available_from": 2027})), "draw[B,2026]", {"draw_window"}),
        (changed_case(("sources", "B", {"available_to": 2026})), "draw[B,2027]", {"draw_window"}),
    ],
    "draw_eligible": [(damage(draw={("E", "F4", 2026): 0.1, ("Y", "F4", 2026): 1.9, ("E", "F1", 2026): 2.9,
                                    ("B", "F1", 2026): 0.1, ("B", "N1", 2026): 2.9,
                                    ("Y", "N1", 2026): 0.1}), "draw[E,F4]", {"draw_eligible"})],
    "line_project": [(changed_case(("sources", "L", {"draws_to": "O"})), "draw[L,F1]", {"line_project"})],
    "line_fund": [
        (damage(line={("Y", 2028): 0.1}), "line[Y,2028]", {"line_fund"}),
        (lined(2028, draws_to="Y"), "line[K,2028]", {"line_fund", "fund_idle"}),
        (lined(2028, draws_to=None), "line[K,2028]", {"line_fund", "fund_idle"}),
        (lined(2028, kind="budget"), "line[K,2028]", {"line_fund"}),
    ],
    "lines_spent": [(hoarded, "line[O]", {"lines_spent"})],
    "line_window": [
        (lined(2028, available_to=2027), "line[K,2028]", {"line_window"}),
        (lined(2028, clock="loan", signing_year=2025), "line[K,2028]", {"line_window"}),
    ],
    "signed_covers": [
        (damage(signed={"L": 1.49}), "signed[L]", {"signed_covers"}),
        (damage(signed={"L": 1.51}), "signed[L]", {"signed_covers"}),
        (lined(2028, commitment_fee=0.01), "signed[K]", {"signed_covers"}),
    ],
    "group_share": [(grouped(max_share=0.99), "draw[G,F1]", {"group_share"})],
    "group_envelope": [(grouped(envelope=11.9), "use[G]", {"group_envelope"})],
    "counterpart": [(changed_case(("sources", "L", {"counterpart": 0.1})), "counterpart[F1]", {"counterpart"})],
    # 40 % of F1 is Japanese: (1 - 0.5) x 0.4 + 0.5 x 0.4 allows 40 % where 50 % are drawn
    "export_share": [(changed_case(("sources", "L", {"down_payment": 0.5, "local_cost": 0.5})), "draw[L,F1]",
                      {"export_share"})],
    "min_share": [
        (changed_case(("sources", "O", {"min_share": 0.26})), "draw[O,F2]", {"min_share"}),
        (ruled("O", min_share=0.26), "draw[O,F2]", {"min_share"}),
        (ruled("E", min_share=0.51), "draw[E,F1]", {"min_share"}),
    ],
    "smallest": [(changed_case(("sources", "L", {"smallest": 1.51})), "use[L]", {"smallest"})],
    "tariff_rise": [(utility(0.29), "need[R1,heat,2027]", {"tariff_rise"})],
    "outlays_paid": [
        (damage(draw={("B", "N1", 2026): 2.9}), "draw[N1,2026]", {"outlays_paid"}),
        (damage(draw={("Y", "F2", 2028): 0.1}), "draw[F2,2028]", {"outlays_paid"}),
    ],
    "ceiling": [(changed_case(("sources", "B", {"ceilings": {2026: 2.9, 2027: 3.0}})), "use[B,2026]", {"ceiling"})],
    "new_money": [
        # 2.1 of new money under a ceiling of 2; then -0.1 is left, of which no old money of 2028 can come, not even
        # none
        (damage(old={("Y", 2027): 0.9}), "new[Y,2027]", {"new_money", "old_money"}),
        (damage(old={("Y", 2028): 0.1}), "new[Y,2028]", {"new_money", "old_money"}),
    ],
    "old_money": [
        (damage(old={("Y", 2027): 1.1}), "old[Y,2027]", {"old_money"}),
        (damage(old={("Y", 2026): 0.1}), "old[Y,2026]", {"old_money"}),
        (damage(old={("B", 2027): 0.1}), "old[B,2027]", {"old_money"}),
    ],
    "fund_balance": [(changed_case(("sources", "O", {"ceilings": {2026: 0.9, 2027: 1.0, 2028: 1.1}})), "use[O,2027]",
                      {"fund_balance", "fund_idle"})],
    "fund_idle": [
        (damage(idle={("O", 2026): 0.9}), "idle[O,2026]", {"fund_idle"}),
        (damage(idle={("O", 2026): 0.0, ("O", 2028): 0.0}), "idle[O,2026]", {"fund_idle"}),
        (damage(idle={("B", 2026): 0.1}), "idle[B,2026]", {"fund_idle"}),
    ],
    "loan_pace": [(changed_case(("sources", "L", {"ceilings": {2026: 0.7, 2027: 0.9}})), "use[L,2026]", {"loan_pace"})],
    "envelope": [(changed_case(("sources", "L", {"envelope": 1.49})), "use[L]", {"envelope", "signed_covers"}),
                 (changed_case(("sources", "B", {"envelope": 4.9})), "use[B]", {"envelope"})],
    "max_share": [
        (changed_case(("sources", "L", {"max_share": 0.49})), "draw[L,F1]", {"max_share"}),
        (ruled("L", max_share=0.49), "draw[L,F1]", {"max_share"}),
        (ruled("O", asset_type="pipe", max_share=0.28), "draw[O,N1]", {"max_share", "draw_eligible"}),
    ],
    "tied_content": [
        (damage(supplied={("E", "F1"): 3.1}), "tied[F1,JP]", {"tied_content"}),
        (changed_case(("sources", "L", {"tied_share": 0.31})), "tied[F1,JP]", {"tied_content"}),
        (changed_case(("facilities", "F1", {"asset_type": None})), "tied[F1,JP]", {"tied_content"}),
        (export_credit("L", 3.73), "tied[F1,JP]", {"tied_content"}),  # 0.3 x (6 - 2.4) = 1.08 of 4.8 are taken
    ],
    "supplied_drawn": [
        (damage(supplied={("E", "F1"): 2.9, ("E", "F2"): 0.1}), "supplied[E,F2]", {"supplied_drawn"}),
        (damage(supplied={("L", "F1"): 0.1}), "supplied[L,F1]", {"supplied_drawn"}),
    ],
    "supplied_enough": [
        (damage(supplied={("E", "F1"): 2.9}), "supplied[E]", {"supplied_enough"}),
        (export_credit("E", 1.79), "supplied[E]", {"supplied_enough"}),  # half of 6 - 2.4
    ],
    "target_hard": [(changed_case(("targets", "H", {"value": 80.1})), "target[H]", {"target_hard"}),
                    (indebted("foreign_share", 0.49, priority="hard"), "target[A]", {"target_hard"}),
                    (indebted("foreign_share", 0.51, sense=">=", priority="hard"), "target[A]", {"target_hard"}),
                    (indebted("foreign_share", 0.49, sense="=", priority="hard"), "target[A]", {"target_hard"}),
                    (indebted("borrowing", 11.9, 2027, priority="hard"), "target[A]", {"target_hard"})],
    "target_short": [
        (damage(short={"S1": 9.9}), "short[S1]", {"target_short"}),
        (damage(excess={"S2": 0.9}), "excess[S2]", {"target_short"}),
        (changed_case(("targets", "D", {"value": 6.1})), "short[D]", {"target_short"}),
        # 3 - 0.49 x 6 bn are missed, not the 0.01 of the fraction
        (indebted("foreign_share", 0.49, stated=0.01), "short[A]", {"target_short"}),
        (indebted("borrowing", 5.9, stated=0.09), "short[A]", {"target_short"}),
    ],
    "target_exact": [
        (damage(short={"S1": 10.1}), "short[S1]", {"target_exact"}),
        (damage(short={"H": 0.1}), "short[H]", {"target_exact"}),
        (damage(excess={"S1": 0.1}), "excess[S1]", {"target_exact"}),
        (indebted("foreign_share", 0.49, stated=0.07), "short[A]", {"target_exact"}),
        (indebted("borrowing", 6.0, stated=0.01), "short[A]", {"target_exact"}),
    ],
}
CASES = [(check, *row) for check, rows in MUTATIONS.items() for row in rows]


def test_the_true_plan_passes_every_check() -> None:
    """full_plan was made by hand from the limits of full_case."""
    _, findings = recompute(full_case(), full_plan())
    assert failed(findings) == ()
    assert {finding.check for finding in findings} == set(CHECKS) - ELSEWHERE
    assert len(findings) == len(CHECKS) - len(ELSEWHERE)


@pytest.mark.parametrize(("check", "make", "place", "failing"), CASES, ids=[f"{row[0]}-{row[2]}" for row in CASES])
def test_damage_is_found_where_it_is(check: str, make: Callable[[], Pair], place: str, failing: set[str]) -> None:
    found_where_it_is(make(), check, place, failing)


@pytest.mark.parametrize("make", [
    grouped(max_share=1.0, envelope=12.0), lined(2028), lined(2028, open=True, clock="loan", signing_year=2026),
    utility(0.3),
    changed_case(("sources", "L", {"down_payment": 0.15, "local_cost": 0.5, "smallest": 1.5})),
    changed_case(("sources", "O", {"min_share": 0.25})),
    ruled("O", min_share=0.25, max_share=0.29), ruled("E", project="F1", min_share=0.5, max_share=0.5),
    ruled("E", project="F2", max_share=0.1),
    committed_asset(variant=True), changed_case(("facilities", "F3", {"must_any": True})), export_credit("L", 3.72),
    export_credit("E", 1.8),
    indebted("foreign_share", 0.49, stated=0.06), indebted("foreign_share", 0.5, priority="hard", sense="="),
    indebted("borrowing", 12.0, 2027, priority="hard"),
])
def test_what_is_just_allowed_passes(make: Callable[[], Pair]) -> None:
    assert failed(recompute(*make())[1]) == ()


def test_every_check_of_the_register_has_a_mutation() -> None:
    """``claim`` has its own below, the certificate its own file."""
    assert {*MUTATIONS, *OF_WORKS, *OF_LENDERS, *OF_EFFECT, *OF_SO_FAR, *OF_ADEQUACY} == set(CHECKS) - ELSEWHERE


@pytest.mark.parametrize("key", ["objective", "society", "outlays_pv", "spend[2026]", "km_renewed",
                                 "facilities_completed", "draw[L]", "shortfall[S1]",
                                 "reached[H]", "priority_1", "excess[S2]", "draw_partner[JP]", "km_renewed[heat]",
                                 "income[2027]", "draw[B,2026]", "debt_service[2028]", "debt_stock[2027]",
                                 "subsidy[2030]", "fees_signed_pv",
                                 "interest_pv", "funding_pv", "residual_pv", "risk_avoided_pv", "spread_2",
                                 "gain[state]", "gain[users]", "gain[lenders]", "gain[abroad]",
                                 "grant_element[L]"])
def test_a_false_claim_is_found(key: str) -> None:
    totals, _ = recompute(full_case(), full_plan())
    true = totals.claims()[key]
    assert failed(compare(totals, {key: true})) == ()
    for false in (true + 0.01, true - 0.01, math.nan, math.inf):
        assert [finding.place for finding in failed(compare(totals, {key: false}))] == [key]


def test_a_claim_of_something_unknown_is_found() -> None:
    totals, _ = recompute(full_case(), full_plan())
    assert [finding.place for finding in failed(compare(totals, {"spend[1999]": 0.0}))] == ["spend[1999]"]


def test_one_finding_names_a_few_places_and_counts_the_rest() -> None:
    """Without draws each (project, year) of full_plan with an outlay fails: F1 twice (6, 6), F2 (4), F4 (2), N1 twice
    (3, 4); equally bad per scale."""
    _, findings = recompute(full_case(), full_plan(draw={}))
    place = next(finding.place for finding in findings if finding.check == "outlays_paid")
    assert place == "draw[F1,2026]; draw[F1,2027]; draw[F2,2027]; draw[F4,2026]; +2 more"


def test_the_worst_row_is_the_one_that_breaks_its_own_tolerance_most() -> None:
    """0.5 of a limit of 1 (tolerance 1e-8) is worse than 10 of 1,000 (1e-6), although it is less."""
    ledger = Ledger()
    ledger.note("crews", "large", 1010.0, "<=", 1000.0, "crew-years")
    ledger.note("crews", "small", 1.5, "<=", 1.0, "crew-years")
    found = next(finding for finding in ledger.findings() if finding.check == "crews")
    assert (found.place, found.claimed, found.recomputed, found.residual) == ("small; large", 1.5, 1.0, 0.5)


@pytest.mark.parametrize(("limit", "terms", "tolerance"), [(0.0, 0.0, 1e-8), (9.0, 2.0, 1e-8), (-1000.0, 0.0, 1e-6),
                                                          (2.0, 500.0, 5e-7), (math.inf, 20.0, 2e-8)])
def test_tolerance_follows_the_rows_scale(limit: float, terms: float, tolerance: float) -> None:
    """1e-9 x max(10, |limit|, sum of absolute terms)."""
    assert measure("crews", "", 0.0, "=", limit, "crew-years", terms).tolerance == pytest.approx(tolerance, rel=1e-12)


def test_what_is_within_the_tolerance_passes() -> None:
    """1e-9 of the row's scale (4 bn due, 4 drawn) is less than any row may be broken by: a draw of 2 bn may be 0.9e-8
    off, not 1.1e-8."""
    assert failed(recompute(*damage(draw={("B", "N1", 2027): 2.0 - 0.9e-8})())[1]) == ()
    assert [finding.check for finding in failed(recompute(*damage(draw={("B", "N1",
        2027): 2.0 - 1.1e-8})())[1])] == ["outlays_paid"]
