"""A published project scheduling problem through its shipped file: instance j301_1 of PSPLIB, 30 activities with
precedence and four renewable resources.

The library's own figures of it: 158 periods of work in all, a critical path (MPM time) of 38, and the shortest possible
makespan 43. No solver is trusted here: the plan is checked against the instance by the few lines below, and that 42 is
impossible is an exact proof about the linear program.
"""

from pathlib import Path

import pytest

from inputs.build_examples import ACTIVITIES, AVAILABLE, SINK
from jaryq.api.accepted import accept
from jaryq.api.clock import Clock
from jaryq.api.verified import decide
from jaryq.base.errors import Infeasible
from jaryq.tables.tables import Table
from jaryq.workbook.read import read
from tests.make import with_settings
from tests.sampled import exhaustive_beside

FILE = Path(__file__).parents[2] / "inputs" / "psplib_j301_1.xlsx"
BEST, CRITICAL_PATH, ALL_WORK = 43, 38, 158


def job(change=lambda tables: tables):
    tables, issues = read(FILE)
    assert issues == []
    return decide(accept(change(tables), issues), Clock(), lambda _: None)


@pytest.fixture(scope="module")
def found():
    return job()


def starts(solution):
    """Period in which each activity starts, from 0."""
    return {int(key[1:]): 4 * (int(label[:4]) - 2026) + int(label[5]) - 1 for key, label in solution.plan.start}


def test_figures_of_the_library():
    """Work in all, and the longest way through the network."""
    assert len(ACTIVITIES) == 30
    assert sum(duration for duration, _, _ in ACTIVITIES.values()) == ALL_WORK
    ends = {}
    for activity in sorted(ACTIVITIES):  # successors have larger numbers
        before = [ends[other] for other, (_, _, successors) in ACTIVITIES.items() if activity in successors]
        ends[activity] = max(before, default=0) + ACTIVITIES[activity][0]
    assert max(ends.values()) == CRITICAL_PATH
    assert all(other > activity for activity, (_, _, successors) in ACTIVITIES.items() for other in successors)


@exhaustive_beside("tests/hand/test_from_workbooks.py::test_by_the_whole_line")
def test_the_makespan_is_the_best_known(found):
    """The sink takes one quarter after the last activity: it ends after 44 quarters, 11 years."""
    assert found.solution.value == pytest.approx((BEST + 1) / 4, abs=1e-9)
    assert set(found.solution.plan.start.values()) == {1.0}
    begun = starts(found.solution)
    assert max(begun[job] + duration for job, (duration, _, _) in ACTIVITIES.items()) == BEST
    assert begun[SINK] == BEST


@exhaustive_beside("tests/hand/test_from_workbooks.py::test_by_the_whole_line")
def test_the_schedule_is_one_of_the_instance(found):
    """Every activity begins after the end of those before it, and no period needs more of a resource than there is."""
    begun = starts(found.solution)
    assert sorted(begun) == [*sorted(ACTIVITIES), SINK]
    for activity, (duration, _, successors) in ACTIVITIES.items():
        assert all(begun[other] >= begun[activity] + duration for other in successors)
    for period in range(BEST):
        busy = [demand for activity, (duration, demand, _) in ACTIVITIES.items()
                if begun[activity] <= period < begun[activity] + duration]
        assert all(sum(column) <= most for column, most in zip(zip(*busy, strict=True), AVAILABLE, strict=True))


@exhaustive_beside("tests/hand/test_from_workbooks.py::test_by_the_whole_line")
def test_what_is_certified(found):
    """The plan's own certificate is the linear program's (activities in parts): 9.946 years, 39.8 quarters, so that no
    plan is shorter than 39."""
    bound = 4 * found.solution.certified_bound - 1
    assert CRITICAL_PATH < bound < BEST
    assert not [finding for finding in found.findings if not finding.ok]


def longer_end(tables):
    """A horizon of 44 quarters and a sink of two: room for a makespan of 42."""
    rows = [{**record, "works_months": 6} if record["facility"] == f"J{SINK}" else record
            for _, record in tables.get("facilities").records()]
    return with_settings(tables.with_sheet(Table.of("facilities", rows)), last_year=2036)


@exhaustive_beside("tests/hand/test_from_workbooks.py::test_by_the_whole_line")
def test_nothing_shorter_is_possible():
    """42 contradicts itself already for activities in parts, by an exact proof; the rows of the proof are named. With a
    sink of one quarter, 43, there is a plan."""
    with pytest.raises(Infeasible) as error:
        job(longer_end)
    families = {row.split("[")[0] for row in error.value.conflict}
    assert {"start_required", "works_after", "crew_capacity"} <= families
    tight = job(lambda tables: with_settings(tables, last_year=2036))
    assert tight.solution.value == pytest.approx((BEST + 1) / 4, abs=1e-9)
