"""Checks of the works themselves: order, variants, trenches, resources, outages, what was begun and paid before. See
test_mutations.py."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from jaryq.case.case import Case
from jaryq.case.plan import Plan
from jaryq.case.works import Choice, Link, Outage, Wish
from jaryq.case.works import OutageLimit as Limit
from jaryq.verify.finding import failed
from jaryq.verify.recompute import recompute
from jaryq.verify.totals import compare
from tests.cases import edit, facility, keyed, named
from tests.verify.common import found_where_it_is
from tests.verify.quarters import SUMMER, quarters_case, quarters_plan

Pair = tuple[Case, Plan]


def damage(**entries: Mapping[object, float]) -> Callable[[], Pair]:
    """The true plan with entries set; 0 takes one out."""
    def make() -> Pair:
        plan = quarters_plan()
        return quarters_case(), replace(plan, **{name: {**getattr(plan, name), **values}
                                                 for name, values in entries.items()})
    return make


def changed_case(*edits: tuple[str, str, dict[str, object]], **fields: object) -> Callable[[], Pair]:
    """The true plan under a case that no longer allows it."""
    def make() -> Pair:
        case = quarters_case(**fields)
        for table, key, changes in edits:
            case = edit(case, table, key, **changes)
        return case, quarters_plan()
    return make


def out(limit: float) -> Callable[[], Pair]:
    return changed_case(outages=(Limit("R1", "MW", limit, ""),))


def both_variants() -> Pair:
    """V in 2027Q3 after V1 in Q1, paid and with crews enough."""
    plan = quarters_plan()
    case = edit(quarters_case(), "crews", "build@R2", capacity={2026: 1.2, 2027: 1.6})
    return case, replace(plan, start={**plan.start, ("V", "2027Q3"): 1.0}, draw={**plan.draw, ("B", "V", 2027): 4.0})


def bought_first() -> Pair:
    """P2 starts in the third quarter, but its works begin in the fourth, after three months of procurement: only then
    has P1 to be ready."""
    plan = quarters_plan()
    case = edit(quarters_case(), "facilities", "P2", procurement_months=3.0)
    return case, replace(plan, start={**plan.start, ("P2", "2026Q3"): 1.0, ("P2", "2026Q4"): 0.0})


def with_another(changes: dict[str, object]) -> Callable[[], Pair]:
    """P2 changed; W is another facility, which is not done."""
    def make() -> Pair:
        case = edit(quarters_case(), "facilities", "P2", **changes)
        return replace(case, facilities={**case.facilities, "W": facility("W", earliest=2026, latest=2027,
            region="R2")}), quarters_plan()
    return make


def in_group(**limits: int) -> Callable[[], Pair]:
    """S, P1, V and its variant V1 are a group; all but V are done."""
    members = [("facilities", key, {"choices": ("G",)}) for key in ("S", "P1", "V", "V1")]
    return changed_case(*members, choices=keyed(Choice(**named("G"), **limits)))


def wanted(key: str, **wish: object) -> Callable[[], Pair]:
    """Periods are counted from 2026Q1, which is 0."""
    return changed_case(wishes={key: Wish(key, **wish)})


def half_paid() -> Pair:
    """O is to pay all of the 3 bn that are left of S, and B pays a tenth of one of them."""
    plan = quarters_plan()
    return quarters_case(wishes={"S": Wish("S", payer="O")}), replace(plan,
        draw={**plan.draw, ("O", "S", 2026): 2.9, ("B", "S", 2026): 0.1})


MUTATIONS: dict[str, list[tuple[Callable[[], Pair], str, set[str]]]] = {
    # check: (damage, a text of the failing place, all checks that fail)
    "known_keys": [
        (damage(extra={("weld@R1", "2026Q1"): 0.1}), "extra[weld@R1,2026Q1]", {"known_keys"}),
        (damage(extra={("build@R1", "2026"): 0.1}), "extra[build@R1,2026]", {"known_keys"}),
        (damage(lent={("R1", "2026Q1"): 0.1}), "lent[R1,2026Q1]", {"known_keys"}),
        (damage(borrowed={("build@R1", "2028Q1"): 0.1}), "borrowed[build@R1,2028Q1]", {"known_keys"}),
        (damage(joint={("N2+N1", "2026Q2"): 0.1}), "joint[N2+N1,2026Q2]", {"known_keys"}),
        (damage(joint={("N1+N2", "2026"): 0.1}), "joint[N1+N2,2026]", {"known_keys"}),
    ],
    "finite": [(damage(extra={("build@R1", "2026Q1"): math.nan}), "extra[build@R1,2026Q1]", {"finite"})],
    "non_negative": [(damage(joint={("N1+N2", "2026Q3"): -1e-12}), "joint[N1+N2,2026Q3]", {"non_negative"})],
    "start_window": [
        # nothing of 100 MW may start where only 99.9 may be out, however short
        (out(99.9), "start[P1,2026Q2]", {"start_window"}),
        # only one month for an outage of two; and 33.3 + 30 MW are out in a quarter with one open month
        (changed_case(("regions", "R1", {"open_months": frozenset({9})})), "start[P1,2026Q2]",
         {"start_window", "outage_season"}),
        (changed_case(("crews", "weld@*", {"season": frozenset({1, 2, 3})})), "start[P3,2026Q3]", {"start_window"}),
        (changed_case(("facilities", "V", {"done": 2025})), "start[V1,2027Q1]", {"start_window"}),
        # V is nine months under way: it has to go on, and V1 may not start
        (changed_case(("facilities", "V", {"started": 9.0})), "start[V1,2027Q1]", {"start_window", "start_started"}),
        # `latest` holds for what has started
        (changed_case(("facilities", "S", {"latest": 2025})), "start[S,2026Q1]", {"start_window"}),
    ],
    # in the second quarter, where the crews are at P1
    "start_started": [(damage(start={("S", "2026Q1"): 0.0, ("S", "2026Q2"): 1.0}), "start[S,2026Q1]",
                       {"start_started", "start_window", "crews"})],
    "one_variant": [(both_variants, "start[V and variants]", {"one_variant"})],
    "works_after": [
        (changed_case(("facilities", "P2", {"after": ("P1", "V")})), "start[P2,2026Q4] after V", {"works_after"}),
        # P1 works to the end of the third quarter, P3 has three months and room for none more
        (changed_case(("facilities", "P3", {"after": ("P1",)})), "start[P3,2026Q3] after P1", {"works_after"}),
        # P2 works from October on, P1 from April to September
        (changed_case(sequence=(Link("P2", "P1", lag=0.1),)), "start[P2,2026Q4] after P1", {"works_after"}),
        (changed_case(sequence=(Link("P2", "P1", from_end=False, lag=6.1),)), "start[P2,2026Q4] after P1",
         {"works_after"}),
        # three months are left of S from January on; P1 begins in April
        (changed_case(sequence=(Link("P1", "S", lag=0.1),)), "start[P1,2026Q2] after S", {"works_after"}),
        # V1 is done, which is not V alone: V is a name for both, V1 for itself
        (changed_case(("facilities", "P2", {"after": ("V",)}), sequence=(Link("V1", "P2", lag=0.1),)),
         "start[P2,2026Q4] after V", {"works_after"}),
    ],
    "only_with": [
        # V1 is done instead of V; nothing is done of W
        (with_another({"only_with": ("V", "W")}), "start[P2] with W", {"only_with"}),
        (changed_case(("facilities", "V1", {"option_of": None}), ("facilities", "P2", {"only_with": ("V",)})),
         "start[P2] with V", {"only_with"}),
        (changed_case(("facilities", "V1", {"option_of": None}), ("packages", "N2", {"only_with": ("P1", "V")})),
         "renew[N2] with V", {"only_with"}),
    ],
    # S, P1 and V1 of four
    "choice": [
        (in_group(at_least=4), "at_least[G]", {"choice"}),
        (in_group(at_most=2), "at_most[G]", {"choice"}),
        (in_group(at_least=1, at_most=2), "at_most[G]", {"choice"}),
    ],
    "renew_season": [
        (changed_case(("packages", "N1", {"km_per_year": 54.9})), "renew[N1,2026Q2]", {"renew_season"}),
        (damage(renew={("N1", "2026Q3"): 27.0, ("N1", "2026Q4"): 1.0}), "renew[N1,2026Q4]", {"renew_season"}),
    ],
    "trench_joint": [
        # 10 km of N2 alone, and 10.5 would save 0.01 bn more
        (damage(joint={("N1+N2", "2026Q2"): 10.5}), "joint[N1+N2,2026Q2]", {"trench_joint", "outlays_paid"}),
        (damage(joint={("N1+N2", "2026Q2"): 9.0, ("N1+N2", "2026Q3"): 1.0}), "joint[N1+N2,2026Q3]", {"trench_joint"}),
        (damage(joint={("N1+N2", "2026Q2"): 9.0, ("N1+N2", "2026Q4"): 1.0}), "joint[N1+N2,2026Q4]", {"trench_joint"}),
    ],
    "trench_km": [(lambda: (quarters_case(trenches=(replace(quarters_case().trenches[0], km=9.9),)), quarters_plan()),
                   "joint[N1+N2]", {"trench_km"})],
    "crews": [
        (changed_case(("crews", "build@R1", {"capacity": {2026: 1.19, 2027: 1.2}})), "crews[build@R1,2026Q1]",
         {"crews"}),
        (damage(extra={("build@R1", "2026Q4"): 0.09}), "crews[build@R1,2026Q4]", {"crews"}),
        # 0.32 in the second quarter, of which April is not in the season any more: 2/7 of a crew-year
        (changed_case(("crews", "dig@*", {"season": frozenset(range(5, 12))})), "crews[dig@*,2026Q2]", {"crews"}),
        # R2 lends 0.1 of 0.3 and needs 0.2 in 2027Q1; 0.11 would be too much
        (damage(lent={("build@R2", "2027Q1"): 0.11}, borrowed={("build@R1", "2027Q1"): 0.11}), "crews[build@R2,2027Q1]",
         {"crews"}),
    ],
    "crew_extra": [
        (changed_case(("crews", "build@R1", {"extra_share": 0.3})), "extra[build@R1,2026Q4]", {"crew_extra"}),
        (damage(extra={("weld@*", "2026Q3"): 0.1}), "extra[weld@*,2026Q3]", {"crew_extra"}),
        # nothing can be added to what has no number
        (changed_case(("crews", "build@R1", {"capacity": {2027: 1.2}})), "extra[build@R1,2026Q4]", {"crew_extra"}),
    ],
    "crew_lent": [
        (changed_case(("crews", "build@R2", {"lend_share": 0.3})), "lent[build@R2,2026Q4]", {"crew_lent"}),
        (damage(borrowed={("dig@*", "2026Q1"): 0.1}), "borrowed[dig@*,2026Q1]", {"crew_lent"}),
        (lambda: (edit(quarters_case(), "crews", "dig@*", lend_share=1.0),
                  quarters_plan(lent={**quarters_plan().lent, ("dig@*", "2026Q3"): 0.01})),
         "lent[dig@*,2026Q3]", {"crew_lent"}),
    ],
    "crew_pool": [
        (damage(lent={("build@R2", "2026Q4"): 0.09}), "lent[build,2026Q4]", {"crew_pool"}),
        (damage(borrowed={("build@R1", "2026Q4"): 0.11}), "lent[build,2026Q4]", {"crew_pool"}),
        (damage(lent={("build@R2", "2026Q4"): 0.0, ("build@R2", "2026Q3"): 0.1}), "lent[build,2026Q", {"crew_pool"}),
    ],
    "wishes": [
        (wanted("P1", first=2), "start[P1,2026Q2]", {"wishes"}),
        (wanted("V1", last=3), "start[V1,2027Q1]", {"wishes"}),
        (wanted("P3", decision=False), "start[P3,2026Q3]", {"wishes"}),
        # V1 is done instead, which is not V itself
        (wanted("V", decision=True), "start[V]", {"wishes"}),
        (wanted("N1", first=2), "renew[N1,2026Q2]", {"wishes"}),
        (wanted("N1", last=1), "renew[N1,2026Q3]", {"wishes"}),
        (wanted("N2", decision=False), "renew[N2,2026Q2]", {"wishes"}),
        (wanted("N1", km={2026: 49.9}), "renew[N1,2026]", {"wishes"}),
        (wanted("N1", km={2026: 50.1}), "renew[N1,2026]", {"wishes"}),
        (wanted("N1", km={2026: 50.0, 2027: 0.1}), "renew[N1,2027]", {"wishes"}),
        (wanted("N2", km={2026: 0.0}), "renew[N2,2026]", {"wishes"}),
        (wanted("P1", payer="O", share=0.01), "draw[O,P1]", {"wishes"}),
        (half_paid, "draw[O,S]", {"wishes"}),
    ],
    # P3 out for two months, without a season: 66.7 + 60
    "outage_capacity": [(changed_case(("facilities", "P3", {"outage": Outage(2.0, 90.0, "MW")})),
                         "outage[R1@MW,2026Q3]", {"outage_capacity"})],
    # two of three months are open: 66.7 where 96.7 are out
    "outage_season": [(changed_case(("regions", "R1", {"open_months": frozenset({8, 9})})), "outage[R1@MW,2026Q3]",
                       {"outage_season"})],
    # O pays 3 of 8, and has paid 1
    "max_share": [(changed_case(("sources", "O", {"max_share": 0.49})), "draw[O,S]", {"max_share"})],
    "envelope": [(changed_case(("sources", "O", {"envelope": 3.9})), "use[O]", {"envelope"})],
}
CASES = [(check, *row) for check, rows in MUTATIONS.items() for row in rows]


def test_the_true_plan_passes_every_check() -> None:
    assert failed(recompute(quarters_case(), quarters_plan())[1]) == ()


@pytest.mark.parametrize(("check", "make", "place", "failing"), CASES, ids=[f"{row[0]}-{row[2]}" for row in CASES])
def test_damage_is_found_where_it_is(check: str, make: Callable[[], Pair], place: str, failing: set[str]) -> None:
    found_where_it_is(make(), check, place, failing)


@pytest.mark.parametrize("make", [
    out(100.0),
    changed_case(("regions", "R1", {"open_months": SUMMER - {6}})),
    changed_case(("facilities", "P2", {"after": ("P1", "S")})),
    bought_first,
    changed_case(sequence=(Link("P2", "P1"), Link("P1", "S"), Link("V1", "P2"))),
    changed_case(sequence=(Link("P2", "P1", from_end=False, lag=6.0),)),
    changed_case(("facilities", "P2", {"only_with": ("S", "V", "V1")}), ("facilities", "V", {"only_with": ("V",)}),
                 ("packages", "N2", {"only_with": ("P3",)})),
    in_group(at_least=3, at_most=3),
    changed_case(("crews", "build@R2", {"lend_share": 0.34}), ("crews", "build@R1", {"extra_share": 0.34})),
    damage(lent={("build@R2", "2027Q1"): 0.1}, borrowed={("build@R1", "2027Q1"): 0.1}),
    changed_case(("packages", "N1", {"km_per_year": None})),
    changed_case(("sources", "O", {"max_share": 0.5001, "envelope": 4.0})),
    wanted("P1", decision=True, first=1, last=1, payer="B"),
    wanted("V", decision=False),
    wanted("N1", first=1, last=2, km={2026: 50.0, 2027: 0.0}),
    # nothing is paid for V, all that is left of S by O; what has started has no other wish
    wanted("V", payer="O"),
    wanted("S", first=1, payer="O"),
    # no limit in another unit, none in another region
    changed_case(outages=(Limit("R1", "Gcal/h", 1.0, ""), Limit("R2", "MW", 1.0, ""))),
])
def test_what_is_just_allowed_passes(make: Callable[[], Pair]) -> None:
    assert failed(recompute(*make())[1]) == ()


CLAIMS = {
    # R1 adds 0.1 at 1 and borrows 0.1 at 2 bn KZT per crew-year
    "crews_pv": 0.3, "premiums[2026]": 0.3, "premiums[2027]": 0.0, "trench_savings[2026]": 0.2,
    "trench_savings[2027]": 0.0,
    "stability": 0.0, "changed": 0.0, "risk_avoided_pv": 0.0, "zone[red,2026]": 0.0, "zone[green,2027]": 0.0,
    "failures[2026]": 0.0,
    "not_supplied[Gcal,2026]": 0.0, "losses[Gcal,2027]": 0.0,
}


def test_claims_of_the_true_plan() -> None:
    totals, _ = recompute(quarters_case(), quarters_plan())
    assert {key: totals.claims()[key] for key in CLAIMS} == pytest.approx(CLAIMS, rel=1e-12)
    assert "not_supplied[MWh,2026]" not in totals.claims()
    assert not {key for key in totals.claims() if key.startswith(("wear[", "red_share"))}


@pytest.mark.parametrize("key", CLAIMS)
def test_a_false_claim_is_found(key: str) -> None:
    totals, _ = recompute(quarters_case(), quarters_plan())
    assert failed(compare(totals, {key: CLAIMS[key]})) == ()
    for false in (CLAIMS[key] + 0.01, CLAIMS[key] - 0.01, math.nan):
        assert [finding.place for finding in failed(compare(totals, {key: false}))] == [key]
