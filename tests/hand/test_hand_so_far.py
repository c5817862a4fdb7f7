"""A largest share that holds of what a project has cost so far, by hand: a free grant G of so much of each project,
beside own money O of a purse for each year. What O lacks in a year G must pay, or there is no plan; else O pays all
that it can (its money lapses, and none of it is missed)."""

import pytest

from jaryq.api.accepted import accept
from jaryq.api.clock import Clock
from jaryq.api.verified import decide
from jaryq.base.errors import Infeasible
from jaryq.case.works import Paid
from tests.cases import facility, keyed, package, source
from tests.explain.test_no_plan import explained, names
from tests.hand.runs import answer, near
from tests.hand.test_from_workbooks import book
from tests.hand.test_from_workbooks import facility as row
from tests.make import bare_case

HAIR = 0.001


def given(project, own, *, whole=True, more=None, **grant):
    """The plan's case: a project that must be done, and own money of 2026 to 2028."""
    giver = source("G", **{"kind": "grant", "partner": "US", "max_share": 0.6, "share_holds": "so_far", **grant})
    purse = source("O", kind="own", ceilings=dict(zip((2026, 2027, 2028), own, strict=True)))
    return bare_case(**{"whole": whole, "facilities": keyed(project), "sources": keyed(giver, purse), **(more or {})})


def by_year(case):
    found = answer(case).plan.draw
    return [sum(amount for (s, _, y), amount in found.items() if (s, y) == ("G", year)) for year in (2026, 2027, 2028)]


def work(**more):
    return facility("F", spend={2026: 10.0, 2027: 30.0, 2028: 10.0}, must=True, **more)


def begun(spend, *paid):
    """A facility that was started, and what was paid of it before."""
    return (facility("F", spend=spend, started=6.0, must=True),
            {"paid": tuple(Paid("F", key, 2025, amount) for key, amount in paid)})


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize(("own", "more", "drawn"), [
    # At most 6, 24 and 30 of 10, 40 and 50 by the end of each year.
    ((4.0, 12.0, 4.0), {}, [6, 18, 6]),
    # None in the first year: at most 24 in the second.
    ((10.0, 6.0, 4.0), {}, [0, 24, 6]),
    # Caught up at the end: all 10 of the last year, of 30 that are allowed.
    ((10.0, 10.0, 0.0), {}, [0, 20, 10]),
    # Closed in the first and the third year.
    ((10.0, 6.0, 10.0), {"available_from": 2027, "available_to": 2027}, [0, 24, 0]),
    # Of all, it pays the first year whole.
    ((0.0, 10.0, 10.0), {"share_holds": "in_all"}, [10, 20, 0]),
])
def test_a_project_of_three_years(own, more, drawn, whole):
    assert by_year(given(work(), own, whole=whole, **more)) == near(drawn, abs=1e-6)


@pytest.mark.parametrize(("own", "more"), [
    ((4.0 - HAIR, 30.0, 10.0), {}), ((10.0, 6.0 - HAIR, 10.0), {}), ((4.0, 12.0 - HAIR, 10.0), {}),
    ((10.0, 6.0 - HAIR, 10.0), {"available_from": 2027, "available_to": 2027})])
def test_a_tenge_more_than_the_share_so_far_is_no_plan(own, more):
    with pytest.raises(Infeasible):
        answer(given(work(), own, **more))


@pytest.mark.parametrize(("spend", "paid", "own", "drawn"), [
    # 0.6 x 30 - 15 = 3; 0.6 x 60 - 15 = 21.
    ({2026: 10.0, 2027: 30.0}, (("G", 15.0), (None, 5.0)), (7.0, 12.0, 0.0), [3, 18, 0]),
    # 0.6 x 14 - 9 is less than nothing; 0.6 x 44 - 9 = 17.4.
    ({2026: 4.0, 2027: 30.0}, (("G", 9.0), (None, 1.0)), (4.0, 12.6, 0.0), [0, 17.4, 0]),
])
def test_what_was_paid_before_counts(spend, paid, own, drawn):
    project, more = begun(spend, *paid)
    assert by_year(given(project, own, more=more)) == near(drawn, abs=1e-6)
    for year in (0, 1):
        less = [amount - HAIR * (at == year) for at, amount in enumerate(own)]
        with pytest.raises(Infeasible):
            answer(given(project, less, more=more))


def test_km_of_a_year_count_in_it():
    """40 km at 0.1, at most 20 a year and all of them: 2 and 2, of which 1.2 by the first year and 2.4 by the second;
    own money of 0.8 in the first and 0.8 in the second."""
    case = given(facility("X", cost=0.0), (0.8, 0.8, 0.0), more={
        "facilities": {}, "packages": keyed(package("N", km=40.0, unit_cost=0.1, km_per_year=20.0, latest=2027,
                                                    committed={2026: 20.0, 2027: 20.0}))})
    assert by_year(case) == near([1.2, 1.2, 0.0], abs=1e-6)


def test_the_smallest_share_of_all_is_below_100_percent_of_a_year():
    """A share of 100 % says nothing of a year."""
    assert by_year(given(work(), (0.0, 0.0, 0.0), max_share=1.0)) == near([10, 30, 10], abs=1e-6)


def test_where_it_leaves_no_plan_the_rule_is_named_by_its_cell():
    """6 of the share and 3 of the purse are less than the 10 of the first year; of all, 30 of 50 would be enough."""
    def tables(holds):
        grant = {"source_id": "G", "kind": "grant", "partner": "JP", "envelope": 100, "max_share": 60,
                 "share_holds": holds}
        spend = {"spend_2026": 10, "spend_2027": 30, "spend_2028": 10}
        return book([grant, {"source_id": "O"}], [{**row("F", None, must_do=True, **spend), "works_months": None}],
                    source_years=[{"source_id": "O", "2026": 3, "2027": 30, "2028": 30}])
    found = explained(tables("so_far"))
    assert names(found.record) == {"share_so_far[G]", "ceiling[O,2026]", "start_required[F]"}
    rule, = (rule for rule in found.record["conflict"] if rule["name"].startswith("share_so_far"))
    assert rule["cell"] == "sources!F4"
    assert decide(accept(tables("in_all"), []), Clock(), lambda _: None).solution.plan.draw["G", "F", 2026] >= 7.0
