"""Limits that are short of what a plant needs by less than a search tells apart. Where nothing is compulsory a plan
always comes, and it is sound: doing nothing is one, and a second plant that has money of its own too. What must be done
is planned where no row is broken by more than half of what it may be, and never where it lacks several times as much.
"""

from contextlib import suppress

import pytest

from jaryq.api.findings import all_claims, verify
from jaryq.api.question import question
from jaryq.api.verified import settled
from jaryq.base.errors import Infeasible, NoPlan
from jaryq.base.hair import hair
from jaryq.case.case import SourceGroup
from jaryq.solve.run import solve
from jaryq.verify.finding import failed
from tests.cases import keyed, named, rule, source
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
