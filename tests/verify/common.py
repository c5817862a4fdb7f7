"""What the tests of verify share: a bare case, and the two halves of a recomputation."""

from __future__ import annotations

from model.data.case import Case
from model.data.plan import Plan
from model.verify.finding import failed
from model.verify.recompute import recompute
from model.verify.totals import Totals
from tests.cases import keyed, source, tiny_case


def bare(**changes: object) -> Case:
    """One budget without limits, nothing to build, constant prices, no discounting."""
    return tiny_case(**{"facilities": {}, "packages": {}, "sources": keyed(source("B")), "targets": (), "crews": (), "indices": {}, "currencies": {},
                        "discount_rate": 0.0, **changes})


def totals_of(case: Case, **decisions: object) -> Totals:
    return recompute(case, Plan(**decisions))[0]


def failing(case: Case, **decisions: object) -> set[str]:
    return {finding.check for finding in failed(recompute(case, Plan(**decisions))[1])}
