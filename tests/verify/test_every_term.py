"""Every percent of a loan costs the same in the algebra and in verify: a fee that one of them does not know would be found only in a user's plan."""

from dataclasses import fields

import pytest

from jaryq.case.case import Source
from jaryq.factors.loans import cost_of_draw, cost_of_signed
from jaryq.factors.prices import Prices
from jaryq.sheets.money import SOURCES
from jaryq.verify.prices import Prices as Again
from jaryq.verify.terms import Terms
from tests.cases import add, tiny_case
from tests.verify.common import loan

TERMS = sorted({column.name for column in SOURCES.columns if column.unit == "%"} & {field.name for field in fields(Source)})


def test_there_are_terms() -> None:
    assert {"rate", "front_end", "commitment_fee", "guarantee_fee", "premium", "subsidy"} <= set(TERMS)


@pytest.mark.parametrize("term", TERMS)
def test_a_term_costs_the_same_in_both_readings(term: str) -> None:
    """2 % of it, on top of a yen loan at 1 % over 6 years: per KZT drawn in 2027 and per yen signed."""
    given = loan("K", **{"currency": "JPY", "partner": "JP", "rate": 0.01, "tenor": 6.0, "payments": 2, "subsidy_years": 3.0, "signing_year": 2026, term: 0.02})
    case = add(tiny_case(), "sources", given)
    once, again = Prices(case), Terms(case, Again(case))
    assert again.price("K", 2027) == pytest.approx(cost_of_draw(given, 2027, once), rel=1e-9)
    assert again.signing_pv("K") == pytest.approx(cost_of_signed(given, once), rel=1e-9)
