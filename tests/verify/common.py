"""What the tests of verify share: a bare case, and the two halves of a recomputation."""

from __future__ import annotations

from dataclasses import replace

from model.data.case import Case, Source
from model.data.plan import Plan
from model.verify.finding import failed
from model.verify.prices import Prices
from model.verify.recompute import recompute
from model.verify.terms import Terms
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


def terms_of(case: Case, *sources: Source) -> Terms:
    """Terms by calendar year of these sources alone."""
    case = replace(case, sources=keyed(*sources))
    return Terms(case, Prices(case))


def steady(rate: float = 0.0, **changes: object) -> Case:
    """No inflation, constant rates, discount ``rate``, first planned year 2026."""
    return tiny_case(**{"indices": {}, "currencies": {}, "discount_rate": rate, **changes})


def loan(key: str = "K", **more: object) -> Source:
    """A loan in KZT from abroad, one payment a year, each draw on its own clock."""
    return source(key, **{"kind": "loan", "partner": "INT", "payments": 1, **more})
