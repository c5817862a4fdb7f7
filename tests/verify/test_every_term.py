"""Every percent of a loan costs the same in the algebra and in verify: a fee that one of them does not know would be
found only in a user's plan."""

from dataclasses import fields

import pytest

from jaryq.case.case import Source
from jaryq.case.plan import Plan
from jaryq.factors.debt import debt_flows
from jaryq.factors.derive import derive
from jaryq.factors.dues import cost_of_draw, cost_of_signed
from jaryq.factors.prices import Prices
from jaryq.report.amounts import amounts
from jaryq.report.debt import books
from jaryq.sheets.money import SOURCES
from jaryq.verify.prices import Prices as Again
from jaryq.verify.terms import Terms
from tests.cases import add, tiny_case
from tests.verify.common import loan

TERMS = sorted({column.name for column in SOURCES.columns if column.unit == "%"} & {field.name
    for field in fields(Source) if not isinstance(field.default, tuple)})


def test_there_are_terms() -> None:
    assert {"rate", "front_end", "commitment_fee", "guarantee_fee", "premium", "subsidy"} <= set(TERMS)


@pytest.mark.parametrize("term", TERMS)
def test_a_term_costs_the_same_in_both_readings(term: str) -> None:
    """2 % of it, on top of a yen loan at 1 % over 6 years: per KZT drawn in 2027 and per yen signed."""
    given = loan("K", **{"currency": "JPY", "partner": "JP", "rate": 0.01, "tenor": 6.0, "payments": 2,
                         "subsidy_years": 3.0, "signing_year": 2026, term: 0.02})
    case = add(tiny_case(), "sources", given)
    once, again = Prices(case), Terms(case, Again(case))
    assert again.price("K", 2027) == pytest.approx(cost_of_draw(given, 2027, once), rel=1e-9)
    assert again.signing_pv("K") == pytest.approx(cost_of_signed(given, once), rel=1e-9)


@pytest.mark.parametrize("term", TERMS)
def test_the_account_of_a_loan_pays_what_it_costs(term: str) -> None:
    """The same loan, 4 bn KZT drawn in 2027 and 3 bn of the currency signed: what all lines of its account pay, at the
    rates of their dates, is what the forms of its service say year by year."""
    given = loan("K", **{"currency": "JPY", "partner": "JP", "rate": 0.01, "tenor": 6.0, "payments": 2,
                         "subsidy_years": 3.0, "signing_year": 2026, term: 0.02})
    case = add(tiny_case(), "sources", given)
    project = next(iter(case.facilities))
    plan = Plan(draw={("K", project, 2027): 4.0}, signed={"K": 3.0})
    found = amounts(case, derive(case), plan)
    paid = {line.year: line.service for line in books(found)["K"].kzt if line.service}
    owed = {year: amount for year, amount in debt_flows(found.factors, plan, "debt_service", ["K"]).items() if amount}
    assert paid == pytest.approx(owed, rel=1e-9)
    assert paid
