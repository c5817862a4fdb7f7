"""Arithmetic before the solve never forbids what the solver finds: bounds of measures hold, and a case with a plan has
no issue that stops it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jaryq.base.errors import Infeasible
from jaryq.case.case import Crew, SourceGroup
from jaryq.factors.derive import derive
from jaryq.rules.feasible import FEASIBLE
from jaryq.rules.reach import lower, upper
from jaryq.tables.tables import Table, Tables
from tests.cases import edit, keyed, named, target
from tests.make import solved
from tests.properties.test_properties import EXAMPLES, YEARS, cases, lending

FEW = settings(EXAMPLES, max_examples=40)

MEASURES = ("km", "facilities", "share_done", "spend", "draw", "borrowing")
wanted = st.fixed_dictionaries({
    "measure": st.sampled_from(MEASURES), "year": st.sampled_from(YEARS), "first": st.sampled_from(YEARS),
    "filter": st.sampled_from(({}, {"project": "F0"}, {"kind": "network"}, {"kind": "facility"}, {"source": "L"},
                               {"partner": "JP"})),
})


def crews(chance):
    """Crews of the country and of the region, sometimes too few."""
    capacity = st.fixed_dictionaries(dict.fromkeys(YEARS, st.integers(2, 20).map(lambda n: n / 10)))
    return (Crew("build", None, chance(capacity), "test!build"), Crew("build", "R1", chance(capacity), "test!build@R1"))


@st.composite
def programmes(draw, kind):
    """A case with crews, commitments and, sometimes, a group that limits the loan."""
    case = draw(kind(whole=draw(st.booleans())))
    case = replace(case, crews=crews(draw))
    for key in sorted(case.facilities)[: draw(st.integers(0, 2))]:
        case = edit(case, "facilities", key, must=True)
    if draw(st.booleans()):
        share, envelope = draw(st.sampled_from((None, 0.4))), draw(st.sampled_from((None, 5.0)))
        case = replace(edit(edit(case, "sources", "L", group="g"), "sources", "G", group="g"),
                       groups=keyed(SourceGroup(**named("g"), max_share=share, envelope=envelope)))
    return case


def tables_of(case):
    """Rows for the issues to stand in."""
    return Tables("reach", {
        "facilities": Table.of("facilities", [{"facility": key, "cost": facility.cost}
                                              for key, facility in case.facilities.items()]),
        "networks": Table.of("networks", [{"package": key} for key in case.packages]),
        "crews": Table.of("crews", [{"crew": crew.crew, "region": crew.region,
                                     **{str(y): c for y, c in crew.capacity.items()}} for crew in case.crews]),
        "targets": Table.of("targets", [{"target": row, "value": 1.0}
                                        for row in sorted({each.row for each in case.targets})]),
    })


def stopped(case):
    factors, tables = derive(case), tables_of(case)
    return [issue.say() for rule in FEASIBLE for issue in rule(tables, factors) if issue.severity == "stop"]


def goal_of(what, sense, value):
    """The target alone, or None where a measure of works is asked about sources."""
    if what["measure"] not in ("draw", "borrowing") and set(what["filter"]) & {"source", "partner"}:
        return None
    first = what["year"] if what["measure"] in ("km", "facilities", "share_done") else min(what["first"], what["year"])
    return target("T", what["measure"], value, what["year"], sense=sense, filter=what["filter"], scale=1000.0,
                  year_first=first)


def shortfall(case):
    try:
        return solved(case).plan.short.get("T", 0.0)
    except Infeasible:
        return None


@pytest.mark.parametrize("kind", [cases, lending])
def test_no_plan_goes_beyond_the_most(kind):
    """A floor far above anything: the plan goes as far as it can, and that lies within every bound."""
    seen = []

    @FEW
    @given(programmes(kind), wanted)
    def tried(case, what):
        goal = goal_of(what, ">=", 1000.0)
        missed = shortfall(replace(case, targets=(goal,))) if goal else None
        if goal and missed is not None:
            factors = derive(case)
            most = min(bound.most for bound in upper(factors, goal))
            assert 1000.0 - missed <= most + 1e-5
            seen.append(abs(1000.0 - missed - most) < 1e-5)

    tried()
    assert sum(seen) >= 4  # the bounds are not idle


@pytest.mark.parametrize("kind", [cases, lending])
def test_no_plan_stays_below_the_least(kind):
    """A ceiling of nothing, with a commitment and enough money: the plan goes as low as it can."""
    seen = []

    @FEW
    @given(programmes(kind), wanted)
    def tried(case, what):
        case = edit(case, "facilities", "F0", must=True)
        case = edit(replace(case, crews=()), "sources", "B", ceilings=dict.fromkeys(YEARS, 30.0))
        goal = goal_of(what, "<=", 0.0)
        missed = shortfall(replace(case, targets=(goal,))) if goal else None
        if goal and missed is not None:
            least = lower(derive(case), goal)
            assert missed >= least - 1e-5
            seen.append(least > 0)

    tried()
    assert sum(seen) >= 2


@pytest.mark.parametrize("kind", [cases, lending])
def test_a_case_with_a_plan_is_never_stopped(kind):
    """Hard floors and ceilings, commitments, crews: what has a plan has no stop; and what is stopped has none."""
    seen = {"plan": 0, "stopped": 0}

    @FEW
    @given(programmes(kind), st.integers(5, 60), st.integers(1, 3), st.integers(3, 30))
    def tried(case, km, facilities, money):
        case = replace(case, targets=(
            target("K", "km", float(km), 2028, priority="hard"),
            target("F", "facilities", float(facilities), 2028, priority="hard"),
            target("S", "spend", float(money), 2028, year_first=2026, sense="<=", priority="hard"),
        ))
        issues = stopped(case)
        try:
            solved(case)
        except Infeasible:
            seen["stopped"] += bool(issues)
        else:
            seen["plan"] += 1
            assert issues == []

    tried()
    assert seen["plan"] >= 1
    assert seen["stopped"] >= 5
