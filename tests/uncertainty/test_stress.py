"""Debt of a plan under stress and over drawn rates: years before service, shares of foreign money, the fan."""

import pytest

from jaryq.api.accepted import accept
from jaryq.api.question import program_of, question
from jaryq.api.uncertain import run
from jaryq.api.uncertain.fronts import frontier_of
from jaryq.api.uncertain.ground import Ground
from jaryq.api.uncertain.stress import fan_of, stressed
from jaryq.case.uncertain import uncertain_of
from jaryq.solve.run import solve
from tests.uncertainty.test_futures import hand_tables

RATES = [{"uncertain": "usd", "name": "Dollar", "sheet": "currencies", "selector": "currency=USD",
          "operation": "multiply", "distribution": "discrete",
          "values": "1:0.5; 1.2:0.5"},
         {"uncertain": "cost", "name": "Cost", "sheet": "facilities", "column": "cost", "operation": "multiply",
          "distribution": "uniform", "low": 0.5, "high": 1.5}]


def grounded(uncertainty=RATES, must="yes", objective="least_cost"):
    """A facility of 20 in 2027: 10 of the budget, 10 of a dollar loan (0.02 bn at 500), grace 3 years, then one payment
    a year."""
    accepted = accept(hand_tables(
        settings=[{"setting": name, "value": value} for name, value in {
            "first_year": 2026, "last_year": 2028, "plan_from": 2027, "discount_rate": 0.0, "discount_basis": "nominal",
            "facilities": "divisible", "prices": 0,
            "explain": "off", "objective": objective}.items()],
        facilities=[{"facility": "F", "name": "F", "cost": 20.0, "works_months": 12.0, "earliest": 2027, "latest": 2027,
                     "asset_type": "boiler",
                     "data_status": "estimate", "must_do": must, "benefit": 40.0}],
        sources=[{"source_id": "S", "name": "Budget", "kind": "budget", "partner": "KZ"},
                 {"source_id": "L", "name": "Loan", "kind": "loan", "partner": "US", "currency": "USD", "rate": 2.0,
                  "tenor": 5.0, "grace": 3.0, "payments": 1.0,
                  "repayment": "equal_principal"}],
        source_years=[{"source_id": "S", "2027": 10.0, "2028": 0.0}, {"source_id": "L", "2027": 0.02, "2028": 0.0}],
        currencies=[{"currency": "USD", **{str(year): 500.0 for year in range(2026, 2036)}}], targets=[], scenarios=[],
        scenario_changes=[],
        uncertainty=uncertainty), [])
    program = program_of(accepted.factors)
    return Ground(accepted, solve(question(accepted.factors, program), program).plan, uncertain_of(accepted.tables),
                  "k")


@pytest.fixture(scope="module")
def ground():
    return grounded()


def cells(page, head):
    block = next(block for block in page.blocks if block.head.en == head)
    return {row[0]: row[1:] for row in block.rows}


def test_years_before_service_and_shares(ground):
    """Drawn in 2027: the stock stands from then on. Of 20 drawn 10 are foreign, 12.5 of 22.5 when a dollar costs 1/0.8;
    all debt is in dollars."""
    page = run.told_of_stress(ground)
    stock, shares, drawn = (cells(page, head) for head in ("Stock on 31 December",
                                                           "Share of other currencies in the debt",
                                                           "Share of foreign money in what is drawn"))
    assert min(stock) == 2027
    assert stock[2027][0] == pytest.approx(10)
    assert stock[2027][2] == pytest.approx(12.5)
    assert shares[2027] == pytest.approx((100,) * len(shares[2027]))
    assert drawn == {2027: pytest.approx((50, 100 * 10 / 0.9 / (10 + 10 / 0.9), 100 * 12.5 / 22.5,
                                          100 * 10 / 0.7 / (10 + 10 / 0.7)))}
    assert page.sentences[2].en == (
        "Foreign money is 50 % of all that is drawn as planned, 58.8 % if the national currency falls by 30 %.")


def test_the_fan_over_drawn_rates(ground):
    """Of 10 draws five have the dollar at its rate, five at 1.2 times it: stock 10 or 12: P10 and P25 10, P50 11, P75
    and P90 12. Costs are not drawn here."""
    fan = fan_of(ground.accepted, ground.plan, ground.rows, stressed(ground.accepted, ground.plan), 10, 0)
    assert [level[2027] for level in fan.stock] == pytest.approx([10, 10, 11, 12, 12])
    assert fan.count == 10
    page = run.told_of_stress(ground, 10)
    charts = {chart.key: chart for chart in page.charts}
    assert charts["fan_stock"].kind == "fan"
    assert [one.values[0] for one in charts["fan_stock"].series] == pytest.approx([10, 10, 11, 12, 12])
    assert "Over 10 futures with drawn exchange and reference rates" in page.sentences[-1].en


def test_without_uncertain_rates_the_falls_are_the_fan():
    """Levels 10, 10/0.9, 10/0.8, 10/0.7."""
    page = run.told_of_stress(grounded([]), 10)
    fan = next(chart for chart in page.charts if chart.key == "fan_stock")
    assert [one.values[0] for one in fan.series] == pytest.approx([10, 10 / 0.9, 10 / 0.8, 10 / 0.7])
    assert fan.series[-1].name.en == "currency -30\u00a0%"


def test_money_against_debt_in_other_currencies():
    """Of free choice and worth 40: by the budget's 10 half of it is done, worth 20 - 10 without debt; each KZT of the
    loan adds as much as the one before. Of a must nothing can be given up: it asks for all of both."""
    made = frontier_of(grounded(objective="purse", must=None).accepted, ("objective", "foreign_debt"), 3)
    assert [point.other for point in made.points] == pytest.approx([0, 5, 10], abs=1e-6)
    gains = [point.one for point in made.points]
    assert gains[0] == pytest.approx(10)
    assert gains[2] - gains[1] == pytest.approx(gains[1] - gains[0])
    assert 5 < gains[2] - gains[0] < 10  # 20 more of benefit, 10 to pay back and interest
    assert [point.other for point in frontier_of(grounded().accepted, ("objective", "foreign_debt"),
                                                 3).points] == [pytest.approx(10)]
