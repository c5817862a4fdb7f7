"""Limits that are short of what a plant needs by less than a search tells apart. Where nothing is compulsory a plan
always comes, and it is sound: doing nothing is one, and a second plant that has money of its own too. What must be done
is planned where no row is broken by more than half of what it may be, and never where it lacks several times as much.
So it is of limits on works alone, which no money can help.
"""

from contextlib import suppress
from dataclasses import replace

import pytest

from jaryq.api.findings import all_claims, verify
from jaryq.api.question import question
from jaryq.api.verified import settled
from jaryq.base.errors import Infeasible, NoPlan
from jaryq.base.hair import hair
from jaryq.case.case import Crew, SourceGroup
from jaryq.case.plan import Plan
from jaryq.case.works import Outage, OutageLimit
from jaryq.solve.run import solve
from jaryq.verify.finding import failed
from jaryq.verify.schedule import Schedule
from tests.cases import keyed, named, rule, source, target
from tests.hand.runs import started
from tests.hand.test_hand_exactly_enough import outlays, paid_by, plant, written
from tests.make import program_of

MONTHS, SHARE = 9, 20
"""Months of buying, and percent that is paid then: of the rest three quarters fall into 2027."""

SHORT = [1e-11, 1e-10, 1e-9, 3e-9, 1e-8, 3e-8, 1e-7, 1e-6]
"""Parts of what is needed; a row may be broken by 1e-9 of it, a search tells 1e-7 apart."""


def ceilings(cost, less):
    spent = {year: written(amount * (1.0 - less)) for year, amount in outlays(cost, MONTHS, SHARE).items()}
    return [source("B", ceilings={**spent, 2028: 0.0})], {}


def envelope(cost, less):
    return [source("B", envelope=cost * (1.0 - less))], {}


def shares(cost, less):
    return [source("B", max_share=0.7), source("C", max_share=0.3 * (1.0 - less))], {}


def ticket(cost, less):
    return [source("L", kind="loan", tenor=30.0, payments=1, envelope=2.0 * cost, ticket=cost * (1.0 + less))], {}


def smallest(cost, less):
    return [source("B", envelope=2.0 * cost, smallest=cost * (1.0 + less))], {}


def group(cost, less):
    return [source("B", group="G")], {"groups": keyed(SourceGroup(**named("G"), envelope=cost * (1.0 - less)))}


KINDS = (ceilings, envelope, shares, ticket, smallest, group)


def planned(works, sources, **more):
    """Decided and verified as every run is."""
    case = paid_by(works, *sources, share=SHARE, **more)
    factors, program = program_of(case)
    found = settled(solve(question(factors, program), program), factors, program)
    assert not failed(verify(factors, found, all_claims(case, factors, found), program))
    return found


@pytest.mark.parametrize("cost", [1.0, 10.0, 500.0])
@pytest.mark.parametrize("less", SHORT)
@pytest.mark.parametrize("limit", KINDS)
def test_a_plan_comes(limit, less, cost):
    """Where the limit lacks no more than the row may be broken by the plant may be built, else it is not."""
    sources, more = limit(cost, less)
    found = planned([plant(cost, MONTHS, SHARE)[0]], sources, **more)
    if less > 1e-7:
        assert not started(found)


@pytest.mark.parametrize("less", SHORT)
@pytest.mark.parametrize("limit", KINDS)
def test_another_plant_is_built_all_the_same(limit, less):
    """A second plant, paid for by a source that may pay for it alone: nothing that the first lacks concerns it."""
    sources, more = limit(10.0, less)
    works = [plant(cost, MONTHS, SHARE, key)[0] for key, cost in (("F", 10.0), ("G", 4.0))]
    rules = tuple(rule(key, project=work, allowed=False)
                  for key, work in (("P", "F"), *((s.id, "G") for s in sources)))
    found = planned(works, [*sources, source("P", envelope=5.0)], rules=rules, **more)
    assert "G" in started(found)


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("cost", [1.0, 10.0, 500.0])
@pytest.mark.parametrize("less", SHORT)
@pytest.mark.parametrize("limit", KINDS)
def test_what_must_be_done(limit, less, cost, whole):
    """All that the limit lacks may fall on one row of the size of the cost. Above what all rows may be broken by
    together it is proved that there is no plan; between the two a plan may come, which is sound, or none is found."""
    sources, more = limit(cost, less)
    lacks, room = less * cost, hair(cost)
    works = [plant(cost, MONTHS, SHARE, must=True)[0]]
    if lacks <= 0.5 * room:
        assert sum(planned(works, sources, whole=whole, **more).plan.start.values()) == pytest.approx(1.0)
    elif less >= 1e-6 and whole:
        with pytest.raises(Infeasible) as caught:
            planned(works, sources, **more)
        assert not any("cut_off" in name for name in caught.value.conflict)
    else:
        with suppress(Infeasible, NoPlan):
            assert sum(planned(works, sources, whole=whole, **more).plan.start.values()) == pytest.approx(1.0)


def crews(size, lacks):
    """Works of 12 months of as many crews, in a year with ``lacks`` too few."""
    work = plant(1.0, must=True, latest=2026, crews={"build": size})[0]
    return [work], [source("B")], {"crews": (Crew("build", None, {2026: written(size - lacks)}, "test!build"),)}


def out_of_service(size, lacks, count=1):
    """Works that take it out of service in a region that can spare ``lacks`` too little."""
    works = [plant(1.0, key=key, must=True, latest=2026, outage=Outage(12.0, size / count, "MW"))[0]
             for key in ("F", "G")[:count]]
    return works, [source("B")], {"outages": (OutageLimit("R1", "MW", written(size - lacks), "test"),)}


def both_out(size, lacks):
    """Two of half of it at once."""
    return out_of_service(size, lacks, 2)


def group_shares(size, lacks):
    """Four works, of each of which two groups may pay half, ``lacks`` too little each: a row for each of them."""
    works = [plant(2.0 * size, MONTHS, SHARE, key, must=True)[0] for key in "FGHI"]
    groups = keyed(*(SourceGroup(**named(key), max_share=written((size - lacks) / (2.0 * size))) for key in "XY"))
    return works, [source(key, group=group) for key, group in zip("BCDE", "XXYY", strict=True)], {"groups": groups}


def counterparts(size, lacks):
    """A loan that asks for a quarter of itself, and a budget that has a fifth of the outlays, in its first year
    ``lacks`` less."""
    work, spent = plant(5.0 * size, must=True, latest=2026)
    loan = source("L", kind="loan", tenor=30.0, payments=1, envelope=10.0 * size, counterpart=0.25)
    return [work], [source("B", ceilings={2026: written(0.2 * float(spent[2026]) - lacks)}), loan], {}


WORKS = (crews, out_of_service, both_out, group_shares, counterparts)


@pytest.mark.parametrize("size", [1.0, 30.0, 1000.0, 5000.0])
@pytest.mark.parametrize("part", [0.1, 0.3, 0.45])
@pytest.mark.parametrize("limit", WORKS)
def test_less_than_half_of_what_a_row_may_be_broken_by(limit, part, size):
    """Whatever the row is of: what it lacks is less than it may give way."""
    works, sources, more = limit(size, part * hair(size))
    assert sorted(started(planned(works, sources, **more))) == sorted(work.id for work in works)


@pytest.mark.parametrize("size", [1.0, 30.0, 5000.0])
@pytest.mark.parametrize("part", [5.0, 20.0])
@pytest.mark.parametrize("limit", [limit for limit in WORKS if limit is not out_of_service])
def test_several_times_what_a_row_may_be_broken_by(limit, part, size):
    """No plan: all that rows may be broken by together is less than is missing."""
    works, sources, more = limit(size, part * hair(size))
    with pytest.raises((Infeasible, NoPlan)):
        planned(works, sources, **more)


@pytest.mark.parametrize("size", [0.01, 1.0, 1000.0])
@pytest.mark.parametrize("part", [0.0, 0.3, 0.9, 1.1, 10.0])
def test_works_that_take_more_out_of_service_than_a_region_can_spare(part, size):
    """They have no start, in planning and in its check, where the limit lacks more than it may be broken by."""
    works, sources, more = out_of_service(size, part * hair(size))
    case = paid_by(works, *sources, share=SHARE, **more)
    starts = program_of(case)[0].works.starts["F"]
    assert bool(starts) == bool(Schedule.of(case, Plan()).allowed["F"]) == (part < 1.0)


@pytest.mark.parametrize("size", [1.0, 30.0, 5000.0])
@pytest.mark.parametrize("limit", WORKS)
def test_what_pays_and_lacks_less_than_half_is_done_too(limit, size):
    """Nobody has to do it: it saves more than it costs, and the search itself leaves it out."""
    works, sources, more = limit(size, 0.3 * hair(size))
    found = planned([replace(work, must=False) for work in works], sources, **more)
    assert sorted(started(found)) == sorted(work.id for work in works)
    assert all(stage.proved for stage in found.stages)


@pytest.mark.parametrize("size", [1.0, 30.0, 5000.0])
@pytest.mark.parametrize("limit", KINDS)
def test_so_is_what_lacks_money(limit, size):
    sources, more = limit(size, 0.3 * hair(size) / size)
    found = planned([plant(size, MONTHS, SHARE)[0]], sources, **more)
    assert started(found)
    assert all(stage.proved for stage in found.stages)


def two_years(must):
    """Works of 24 months by one crew. Those of 2026 lack far more than a hair in their first year, those of 2027 less
    than half of one in their second: they can begin in 2027 alone."""
    work = plant(1.0, must=must, works_months=24.0, crews={"build": 1.0})[0]
    there = {2026: 1.0 - 3e-7, 2027: 4.0, 2028: written(1.0 - 0.3 * hair(1.0))}
    return [work], [source("B")], {"crews": (Crew("build", None, there, "test!build"),)}


@pytest.mark.parametrize("must", [True, False])
def test_what_is_left_once_a_start_is_closed_lacks_a_hair(must):
    """The start of 2026 is closed by arithmetic; that no point is left to the letter ends no run."""
    works, sources, more = two_years(must)
    found = planned(works, sources, **more)
    assert started(found) == {"F": "2027"}


def test_a_target_that_is_reached_by_a_hair():
    """One facility is asked for. That no point reaches it to the letter ends no run; what is told of the distance from
    the best is true."""
    works, sources, more = two_years(False)
    found = planned(works, sources, targets=(target("T", "facilities", 1.0),), **more)
    assert started(found) == {"F": "2027"}
    assert {stage.name: stage.value for stage in found.stages}["priority_1"] == pytest.approx(0.0, abs=1e-7)
