"""What holds for every case, tried on small ones: more money and wider windows are never worse, units do not matter,
the small program is a relaxation.

Hypothesis, with the same examples every time. "Better" is in the order of the stages: the first value that differs
decides.
"""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jaryq.api.question import question
from jaryq.case.case import SourceGroup, Tariff
from jaryq.solve.aggregate import aggregate
from jaryq.solve.exact import residual
from jaryq.solve.highs import Solver
from jaryq.verify.finding import failed
from jaryq.verify.recompute import recompute
from tests.cases import edit, facility, keyed, named, package, rule, source, target
from tests.make import bare_case, program_of, solved

YEARS = (2026, 2027, 2028)
TIGHT = 1e-6
EXAMPLES = settings(max_examples=60, deadline=None, derandomize=True, database=None,
                    suppress_health_check=[HealthCheck.too_slow])

amounts = st.integers(0, 12).map(float)
costs = st.integers(1, 12).map(float)


@st.composite
def cases(draw, **more):
    """Up to four facilities and a package, three sources of any carry-over, one to three targets, discounting."""
    projects = [
        facility(f"F{i}", cost=draw(costs), savings=draw(st.integers(0, 6)) / 4, life=100.0,
                 works_months=draw(st.sampled_from((12.0, 20.0, 24.0))),
                 earliest=draw(st.sampled_from((2026, 2027))), latest=draw(st.sampled_from((2027, 2028))))
        for i in range(draw(st.integers(1, 4)))
    ]
    net = package("N", km=60.0, unit_cost=draw(costs) / 50, savings=draw(st.integers(0, 5)) / 100, life=100.0,
                  km_per_year=draw(st.sampled_from((None, 25.0))),
                  earliest=draw(st.sampled_from((2026, 2027))), latest=draw(st.sampled_from((2027, 2028))))
    yearly = st.fixed_dictionaries(dict.fromkeys(YEARS, amounts))
    sources = [
        source("B", ceilings=draw(yearly), carry_over=draw(st.sampled_from(("none", "one_year", "fund"))),
               keep=draw(st.sampled_from((0.5, 1.0)))),
        source("G", kind="grant", partner="US", ceilings=draw(yearly), max_share=draw(st.sampled_from((0.3, 0.8))),
               tied_share=0.0),
        source("L", kind="loan", partner="JP", ceilings=draw(yearly), carry_over="loan", envelope=draw(costs),
               rate=draw(st.sampled_from((0.01, 0.2))), tenor=4.0, grace=1.0,
               payments=1, tied_share=draw(st.sampled_from((0.0, 0.5))),
               tied_over=draw(st.sampled_from(("project", "product")))),
    ]
    goals = [
        target("K", "km", float(draw(st.integers(10, 60))), draw(st.sampled_from(YEARS)),
               priority=draw(st.sampled_from(("1", "2")))),
        target("F", "facilities", float(draw(st.integers(1, 4))), 2028, priority=draw(st.sampled_from(("1", "2")))),
        target("D", "share_done", 0.5, 2027, priority="price", price=draw(costs)),
    ][: draw(st.integers(1, 3))]
    return bare_case(**{"facilities": keyed(*projects), "packages": keyed(net), "sources": keyed(*sources),
                        "targets": tuple(goals), "discount_rate": 0.05,
                        "evaluation_last_year": 2035, "tie_break": False, **more})


def values(case):
    """Values of the stages in their order, less is better; the plan is sound by the independent check."""
    found = solved(case)
    assert not failed(recompute(case, found.plan)[1])
    return [-stage.value if stage.name == "objective" else stage.value for stage in found.stages]


def never_worse(new, old):
    for one, other in zip(new, old, strict=True):
        if abs(one - other) > TIGHT * max(1.0, abs(other)):
            assert one < other
            return


@EXAMPLES
@given(cases(), st.sampled_from("BGL"), st.sampled_from(YEARS), st.integers(1, 6))
def test_more_money_is_never_worse(case, s, year, more):
    ceilings = {**case.sources[s].ceilings, year: case.sources[s].ceilings[year] + more}
    never_worse(values(edit(case, "sources", s, ceilings=ceilings)), values(case))


@EXAMPLES
@given(cases(), st.integers(1, 6))
def test_a_larger_envelope_is_never_worse(case, more):
    never_worse(values(edit(case, "sources", "L", envelope=case.sources["L"].envelope + more)), values(case))


@EXAMPLES
@given(cases(), st.booleans())
def test_a_wider_window_is_never_worse(case, early):
    """Lives reach beyond the evaluation horizon, so the end of the benefits does not move with the earliest finish."""
    wide = {"earliest": 2026} if early else {"latest": 2028}
    wider = edit(edit(case, "facilities", "F0", **wide), "packages", "N", **wide)
    never_worse(values(wider), values(case))


def money_times(case, k):
    """Costs, savings, ceilings and envelopes of projects and sources times k."""
    return {
        "facilities": {key: replace(f, cost=f.cost * k, savings=f.savings * k) for key, f in case.facilities.items()},
        "packages": {key: replace(n, unit_cost=n.unit_cost * k, savings=n.savings * k)
                     for key, n in case.packages.items()},
        "sources": {key: replace(s, ceilings={y: v * k for y, v in s.ceilings.items()}, envelope=None
                                 if s.envelope is None
                                else s.envelope * k) for key, s in case.sources.items()},
    }


@EXAMPLES
@given(cases(), st.sampled_from((0.5, 3.0, 100.0)))
def test_the_unit_of_money_does_not_matter(case, k):
    """All amounts times k (costs, savings, ceilings, envelopes, prices per unit of a target): shortfalls stay, the
    objective is k times as large."""
    scaled = replace(
        case,
        **money_times(case, k),
        targets=tuple(replace(g, price=g.price * k) for g in case.targets),
    )
    *shortfalls, objective = values(case)
    assert values(scaled) == pytest.approx([*shortfalls, objective * k], abs=TIGHT * max(1.0, k), rel=TIGHT)


@EXAMPLES
@given(cases(), st.data())
def test_what_is_dearer_is_never_better(case, data):
    """One facility costs 1 more, without targets: the objective cannot rise."""
    free = replace(case, targets=())
    key = data.draw(st.sampled_from(sorted(case.facilities)))
    dear = edit(free, "facilities", key, cost=case.facilities[key].cost + 1.0)
    never_worse(values(free), values(dear))


def least_of(program, name):
    solver = Solver(program)
    vector, constant = program.objectives[name]
    solver.minimise(vector)
    found = solver.run()
    return found.objective + constant if found.stop == "optimal" else np.inf


def relaxation_of(case):
    """The small program of a case, each of whose stages is at least as good, and has a point of the same worth for the
    best one of the full program."""
    factors, program = program_of(case)
    small = aggregate(question(factors, program), program)
    for name in small.program.objectives:
        assert least_of(small.program, name) <= least_of(program, name) + 1e-7
        solver = Solver(program)
        solver.minimise(program.objectives[name][0])
        x = solver.run().x
        point = small.point(x)
        assert residual(small.program, point) <= 1e-7
        assert small.program.value(name, point) == pytest.approx(program.value(name, x), abs=1e-7)
    return small.program


@EXAMPLES
@given(cases(whole=True))
def test_the_small_program_is_a_relaxation(case):
    """Every stage on its own is at least as good in the small program, and any point of the full one is one of the
    small one, worth the same."""
    assert relaxation_of(case).shape[1] <= program_of(case)[1].shape[1]


def test_the_small_program_is_smaller_where_projects_are_alike():
    """Three facilities that the same sources may pay for share their draws: 3 sources x 3 years instead of 3 x 3 x
    3."""
    projects = [facility(f"F{i}", cost=float(i + 1)) for i in range(3)]
    sources = [source(s, ceilings=dict.fromkeys(YEARS, 5.0)) for s in "ABC"]
    factors, program = program_of(bare_case(facilities=keyed(*projects), sources=keyed(*sources), whole=True))
    small = aggregate(question(factors, program), program).program
    assert sum(family == "draw" for family, _ in program.columns) == 27
    assert sum(family == "draw" for family, _ in small.columns) == 9
    assert sum(family == "start" for family, _ in small.columns) == 9


def test_projects_with_different_sources_stay_apart():
    """F0 and F1 may be paid by A and B, F2 by A alone: two classes, so 2 x 3 rows of bills and (2 + 1) x 3 draws."""
    projects = [facility(f"F{i}", cost=float(i + 1)) for i in range(3)]
    sources = [source(s, ceilings=dict.fromkeys(YEARS, 5.0)) for s in "AB"]
    rules = (rule("B", allowed=False, project="F2"),)
    factors, program = program_of(bare_case(facilities=keyed(*projects), sources=keyed(*sources), rules=rules,
                                            whole=True))
    small = aggregate(question(factors, program), program).program
    assert sum(family == "paid_in_full" for family, _ in small.rows) == 6
    assert sum(family == "draw" for family, _ in small.columns) == 9


@EXAMPLES
@given(cases())
def test_a_whole_plan_is_never_better_than_one_in_parts(case):
    """In the order of the stages; and what is certified of the whole plan is never worse than the plan."""
    whole = replace(case, settings=replace(case.settings, whole=True))
    never_worse(values(case), values(whole))
    found = solved(whole)
    for stage in found.stages:
        better = stage.bound - stage.value if stage.name == "objective" else stage.value - stage.bound
        assert better >= -TIGHT


# --- loans, funds, groups, tariffs ------------------------------------------------------------------------------------

percents = st.sampled_from((0.0, 0.01, 0.1))


@st.composite
def lending(draw, **more):
    """The cases above with fees, a line into the fund, a group, counterpart money, an export credit, a tariff and
    targets of debt, to the last maturity."""
    case = draw(cases(**more))
    case = edit(case, "sources", "B", kind="own", carry_over="fund", interest=draw(percents))
    case = edit(case, "sources", "L", front_end=draw(percents), commitment_fee=draw(percents), signing_year=2026,
                guarantee_fee=draw(percents), premium=draw(percents),
                clock=draw(st.sampled_from(("loan", "cohort"))), subsidy=0.01, subsidy_years=2.0, group="g",
                counterpart=draw(st.sampled_from((0.0, 0.3))),
                who_repays=draw(st.sampled_from(("budget", "consumers"))),
                repayment=draw(st.sampled_from(("annuity", "bullet", "equal_principal"))),
                interest_in_grace=draw(st.sampled_from(("paid", "capitalised"))),
                down_payment=draw(st.sampled_from((None, 0.15))), local_cost=0.5)
    line = source("V", kind="loan", envelope=draw(costs), rate=draw(percents), tenor=1.0, payments=1,
                  repayment="bullet", draw_timing="end", signing_year=2026,
                  front_end=draw(percents), group="g", draws_to="B", service_from="B", available_to=2027)
    goals = (
        target("DS", "debt_service", draw(amounts), 2031, year_first=2029, sense="<=", scale=2.0, priority="1"),
        target("ST", "debt_stock", draw(amounts), 2029, sense="<=", scale=2.0, priority="price", price=0.5),
    )
    return replace(
        case, sources=keyed(*case.sources.values(), line), targets=(*case.targets, *goals),
        groups=keyed(SourceGroup(**named("g"), max_share=0.7, envelope=draw(costs))),
        tariffs=(Tariff("R1", "heat", draw(costs), draw(st.sampled_from((0.1, 1.0))), "test"),),
        settings=replace(case.settings, tariff_mode=draw(st.sampled_from(("pass_through", "rab")))),
    )


MONEY = ("spend", "draw", "debt_service", "subsidy", "debt_stock")


def times(case, k):
    """All money of a case times k: costs, savings, ceilings, envelopes, bills, targets in money; a price per km or
    share, not one per bn."""
    goals = (replace(g, value=g.value * k, scale=g.scale * k) if g.measure in MONEY else replace(g, price=g.price * k)
             for g in case.targets)
    return replace(
        case,
        **money_times(case, k),
        groups={key: replace(g, envelope=g.envelope * k) for key, g in case.groups.items()},
        tariffs=tuple(replace(t, base=t.base * k) for t in case.tariffs), targets=tuple(goals),
    )


@EXAMPLES
@given(lending())
def test_twice_the_money_gives_twice_the_totals(case):
    """Every amount of a divisible plan twice as large: the same shares and shortfalls, twice the value."""
    *shortfalls, objective = values(case)
    assert values(times(case, 2.0)) == pytest.approx([*shortfalls, objective * 2], abs=TIGHT, rel=TIGHT)


@EXAMPLES
@given(lending(), st.sampled_from(("front_end", "commitment_fee", "guarantee_fee", "premium", "counterpart")))
def test_what_a_loan_asks_for_is_never_welcome(case, term):
    """Without targets of debt: a fee or counterpart share less is never worse."""
    free = replace(case, targets=())
    never_worse(values(edit(free, "sources", "L", **{term: 0.0})), values(free))


@EXAMPLES
@given(lending(), st.integers(1, 6))
def test_a_larger_group_envelope_is_never_worse(case, more):
    never_worse(values(edit(case, "groups", "g", envelope=case.groups["g"].envelope + more)), values(case))


@EXAMPLES
@given(lending(whole=True), st.sampled_from((None, 0.3)), st.sampled_from((None, 2.0)))
def test_the_small_program_is_a_relaxation_of_lending_too(case, part, least):
    """As above, with loans, lines, groups, tariffs, smallest shares and amounts."""
    case = edit(case, "sources", "L", min_share=part, smallest=least)
    relaxation_of(case)
