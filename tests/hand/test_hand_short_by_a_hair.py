"""Limits that are short of what a plant needs by less than a search tells apart: a plan always comes, and it is sound.
Nothing is compulsory, so that doing nothing is a plan, and a second plant that has money of its own is one too."""

import pytest

from jaryq.api.findings import all_claims, verify
from jaryq.api.question import question
from jaryq.api.verified import settled
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
