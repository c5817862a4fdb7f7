"""Limits that lack less than a row may be broken by: the plan that builds a plant all the same passes all checks.
Whatever the search finds, it may not be proved to be the best while that one is better. A plant bought over 9
months for a fifth and built in 12 saves twice its cost a year; nothing is discounted."""

from dataclasses import replace

import pytest

from jaryq.api.findings import all_claims
from jaryq.verify.certificate import verify_certificate
from jaryq.verify.finding import failed
from jaryq.verify.recompute import recompute
from jaryq.verify.stated import values_of
from tests.cases import source
from tests.hand.test_hand_exactly_enough import outlays, paid_by, plant
from tests.make import program_of, solved


def thirds():
    """Three may each pay 33.33333333 % of 5,000."""
    shares = dict.fromkeys("RST", 0.3333333333)
    return 5000, [source(key, max_share=share) for key, share in shares.items()], dict.fromkeys("RST", 1 / 3), {}


def two_shares():
    """70 % and 30 % less 2e-9 of that, of 500: 1.2e-7 of 200 and 1.8e-7 of 300 are missing."""
    lacks = 0.3 * 2e-9
    sources = [source("S", max_share=0.7), source("R", max_share=0.3 - lacks)]
    return 500, sources, {"S": 0.7 + 0.6 * lacks, "R": 0.3 - 0.6 * lacks}, {}


def ticket():
    """A loan of 500.00000025 at least, for what costs 500."""
    loan = source("L", kind="loan", tenor=30.0, grace=5.0, payments=1, envelope=1000.0, ticket=500 * (1 + 5e-10))
    return 500, [loan], {"L": 1.0}, {"L": 500.0}


@pytest.mark.parametrize("made", [thirds, two_shares, ticket])
def test_what_passes_is_not_proved_away(made):
    cost, sources, parts, signed = made()
    case = paid_by([plant(cost, 9, 20)[0]], *sources, share=20, discount_rate=0.0)
    factors, program = program_of(case)
    found = solved(case)
    spent = outlays(cost, 9, 20)
    built = replace(found.plan, start={("F", "2026"): 1.0}, signed=signed,
                    draw={(key, "F", year): part * float(amount) for key, part in parts.items()
                          for year, amount in spent.items()})
    totals, findings = recompute(case, built)
    assert not failed(findings)
    worth = values_of(case, totals, program)["objective"]
    stage, = found.stages
    assert worth > cost
    assert stage.value == pytest.approx(worth, rel=1e-6) or not stage.proved
    assert worth - 1e-9 * worth <= stage.bound <= worth + 1e-6 * worth
    numbers = {**all_claims(case, factors, found), "value[objective]": worth}
    assert not failed(verify_certificate(program, ["objective"], "purse", numbers, found.multipliers, found.proof))
