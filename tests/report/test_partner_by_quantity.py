"""What a closed product could pay for the plan by its own rule, by hand: works of full_plan at 4 KZT a yen. F1 costs 12
bn KZT, F2 4, 70 km of N1 7."""

import pytest

from jaryq.factors.derive import derive
from jaryq.report.amounts import amounts
from jaryq.report.partner_by_quantity import by_rule, could_pay
from tests.cases import edit, full_case, full_plan, keyed, quantity


def found_with(**grant):
    """F1 brings a unit, a km of N1 too, F2 takes one away."""
    case = full_case(quantities=keyed(quantity("q")))
    for table, key, brought in (("facilities", "F1", 1.0), ("facilities", "F2", -1.0), ("packages", "N1", 1.0)):
        case = edit(case, table, key, quantities={"q": brought})
    case = edit(case, "sources", "C", **{"quantity": "q", "per_unit": 2e9, **grant})
    return case, amounts(case, derive(case), full_plan())


@pytest.mark.parametrize(("grant", "expected"), [
    # 2 for F1; 140 for the km, which cost 7.
    ({}, {"F1": 2.0, "N1": 7.0}),
    ({"max_share": 0.5}, {"F1": 2.0, "N1": 3.5}),
    # In yen: 12 and 7 KZT are 3 and 1.75.
    ({"currency": "JPY", "max_share": 0.5}, {"F1": 1.5, "N1": 0.875}),
    # 6 of F1 and 4 of N1 are spent in 2027.
    ({"available_from": 2027}, {"F1": 2.0, "N1": 4.0}),
])
def test_by_its_rule(grant, expected):
    case, found = found_with(**grant)
    assert by_rule(found, case.sources["C"]) == pytest.approx(expected)


@pytest.mark.parametrize(("has", "could"), [
    (9.0, "of all that it has (9.00 bn KZT) it could pay 5.50 bn KZT for works of the plan, projects: 2; most for "
          "N1 (3.50); F1 (2.00)."),
    # No more than it has, whatever its rule allows.
    (3.0, "of all that it has (3.00 bn KZT) it could pay 3.00 bn KZT for works of the plan, projects: 2; most for "
          "N1 (3.00); F1 (2.00)."),
])
def test_the_sentence_says_how_much_and_for_what(has, could):
    case, found = found_with(max_share=0.5, envelope=has)
    said = could_pay(found, case.sources["C"])
    assert said.en == ("C is not in this plan; by its rule (quantity: q; at most 2,000,000,000 KZT for a unit) and "
                       f"{could}")
    assert said.ru.count(f"{has:.2f}".replace(".", ",")) >= 1
    assert could_pay(found, case.sources["L"]) is None


@pytest.mark.parametrize("has", [None, 0.0])
def test_without_money_no_amount_is_told(has):
    """C has no envelope and no ceilings, or one of nothing: how much it could pay is not known."""
    case, found = found_with(max_share=0.5, envelope=has, ceilings={})
    said = could_pay(found, case.sources["C"])
    assert said.en == ("C is not in this plan; its rule (quantity: q; at most 2,000,000,000 KZT for a unit) fits works "
                       "of the plan, projects: 2. No money of it is entered, so no amount is told.")
    assert "5,50" not in said.ru
    assert "проектов: 2" in said.ru


def test_an_open_product_and_one_without_such_works_say_nothing():
    case, found = found_with(open=True)
    assert could_pay(found, case.sources["C"]) is None
    case, found = found_with(per_unit=1e-9)
    assert could_pay(found, case.sources["C"]) is None
