"""The ranking by benefit per KZT beside the plan, by hand."""

import pytest

from jaryq.api.accepted import accept
from jaryq.api.clock import Clock
from jaryq.api.ranked import ranking_of
from jaryq.api.verified import decide
from tests.hand.test_from_workbooks import PIPE, book, facility, goal, package


def ranked(tables):
    accepted = accept(tables, [])
    done = decide(accepted, Clock(), lambda _: None)
    return ranking_of(accepted, done.program, done.solution)


def test_a_knapsack():
    """Money 10. A costs 6 and brings 18 (3 a KZT), B and C cost 5 and bring 14 (2.8). Ranking: A alone, 12; best: B and
    C, 18."""
    found = ranked(book(sources=[{"source_id": "M", "envelope": 10}],
                        facilities=[facility("A", 6, benefit=18), facility("B", 5, benefit=14),
                                    facility("C", 5, benefit=14)]))
    assert (found.by_rank["objective"], found.plan["objective"]) == (pytest.approx(12.0), pytest.approx(18.0))
    assert [(one.project, round(one.ratio, 6), one.start) for one in found.ranked] == [("A", 3.0, "2026"),
        ("B", 2.8, None), ("C", 2.8, None)]
    assert (found.completed, found.only_plan, found.only_rank) == ({"by_rank": 1.0, "plan": 2.0}, ("B", "C"), ("A",))


def test_what_must_be_done_comes_first_and_late_money_is_used():
    """5 a year: M, which must be done and brings nothing, takes 2026; A (3 a KZT) 2027, B 2028; D brings nothing and is
    left."""
    found = ranked(book(sources=[{"source_id": "M"}], source_years=[{"source_id": "M", "2026": 5, "2027": 5,
        "2028": 5}],
                        facilities=[facility("M1", 5, must_do=True, benefit=0, latest=2026),
                                    facility("A", 5, benefit=15), facility("B", 5, benefit=14),
                                    facility("D", 5, benefit=0)]))
    assert {one.project: one.start for one in found.ranked} == {"M1": "2026", "A": "2027", "B": "2028", "D": None}
    assert found.by_rank["objective"] == pytest.approx(14.0)


def test_km_after_facilities_and_targets_are_not_seen():
    """Money 20: A of 10 brings 20, km bring 1.5 a KZT: 10 of them. A target wants 15 km: the plan does it (A does not
    fit then, 5 of money are left), the ranking misses 5 of 15."""
    found = ranked(book(sources=[{"source_id": "M", "envelope": 20}], asset_types=PIPE, networks=[package(savings=750)],
                        facilities=[facility("A", 10, benefit=20)],
                        targets=[goal("T", "km", 15, "km", "2028", scale=15)]))
    assert [(one.project, one.start, round(one.km, 6)) for one in found.ranked] == [("A", "2026", 0.0),
        ("N", None, 10.0)]
    assert found.plan["priority_1"] == pytest.approx(0.0)
    assert found.by_rank["priority_1"] > 0
    assert found.km == {"by_rank": pytest.approx(10.0), "plan": pytest.approx(20.0)}
