"""Physical coefficients of the case's facilities, by hand from the facts."""

from __future__ import annotations

import pytest

MISSING = 1 - 20428.4 / 24641.9
"""Installed and available MW of the country at the beginning of 2024: 17.1 % is not available."""
HOURS = 123_000 / 25
"""123 TWh from 25 GW: 4,920 full-load hours."""
COAL = 29.3 * 94.6 / 1000
"""t CO2 for a tonne of coal equivalent."""


@pytest.fixture(scope="module")
def case(builder, facts, built):
    records = [row for _, row in built["facilities"].records()]
    return {
        "facts": facts,
        "records": {row["facility"]: row for row in records},
        "values": {row["quantity"]: row for row in builder.quantities.quantities(facts)},
        "of": builder.quantities.of_facilities(facts, records),
    }


@pytest.mark.parametrize(("key", "expected"), [
    # 252 MW, of which 175 are available; 564 Gcal/h; coal burnt better by 1.05 - 0.94 t for a MWh
    ("F047", {"q_firm": 77, "q_mw_renewed": 77, "q_heat_firm": 564 * MISSING, "q_co2": 252 * HOURS * 0.11,
              "q_coal": 252 * HOURS * 0.11 / COAL}),
    ("F047-repair", {"q_firm": 77, "q_mw_renewed": 77, "q_heat_firm": 564 * MISSING}),  # an overhaul burns as before
    ("F047-gas",
     {"q_firm": 77, "q_mw_renewed": 77, "q_heat_firm": 564 * MISSING, "q_co2": 252 * HOURS * (1.05 - 0.38)}),
    # a third of a large plant, unit by unit
    ("F060", {"q_firm": 330 * MISSING, "q_mw_renewed": 330 * MISSING, "q_co2": 330 * HOURS * 0.11,
              "q_coal": 330 * HOURS * 0.11 / COAL}),
    ("F066", {"q_firm": 675 * 0.33 * MISSING, "q_mw_renewed": 675 * 0.33 * MISSING}),
    # new coal emits more than the mean of the grid (0.79 t), new gas less
    ("F113", {"q_firm": 240, "q_mw_new": 240, "q_heat_firm": 520, "q_co2": 240 * HOURS * (0.79 - 0.94)}),
    ("F120", {"q_firm": 926.5, "q_mw_new": 926.5, "q_co2": 926.5 * HOURS * (0.79 - 0.38), "q_people": 2_000_000}),
    # a unit of 140 MW at a plant of 670
    ("F040", {"q_firm": 140, "q_mw_new": 140, "q_heat_firm": 180, "q_co2": 140 * HOURS * (0.79 - 0.94)}),
    ("I-BH-SEMEY-1", {"q_heat_firm": 100 * MISSING}),
    ("F200", {"q_people": 695_000}),
    ("I-SS-SEMEY-110", {}),
])
def test_coefficients_follow_from_capacity_and_published_factors(case, key, expected):
    found = case["of"][key]
    assert set(found) == set(expected)
    assert found == {name: pytest.approx(value, abs=0.51, rel=0.002) for name, value in expected.items()}


def test_conversions_to_gas_spare_what_the_coal_emitted(case):
    """Almaty CHP-2: 557 MW on coal in the facts, converted: 1.05 - 0.38 t for a MWh; 47 MW of it are new, 957 Gcal/h of
    heat."""
    found = case["of"]["F020"]
    assert found["q_co2"] == pytest.approx(557 * HOURS * 0.67, rel=1e-3)
    assert found["q_mw_new"] == 47
    assert found["q_heat_firm"] == pytest.approx(957 * MISSING, abs=0.1)


def test_nothing_is_proportional_to_cost(builder, case):
    """Twice the cost changes no coefficient."""
    dearer = [{**row, "cost": 2 * row["cost"]} for row in case["records"].values()]
    assert builder.quantities.of_facilities(case["facts"], dearer) == case["of"]


@pytest.mark.parametrize(("key", "value", "status"), [
    ("firm", 14.35e6 * 1.1138, "derived"),  # 1.196 mn KZT a MW and month of 2024, twelve months, in money of 2025
    ("loss_power", 30_000, "reported"),  # 30 KZT/kWh
    ("loss_heat", 500e6 / 138_000, "derived"),  # Petropavlovsk: 500 mn KZT for 138 thousand Gcal
    ("loss_water", 100_000, "reported"),
    ("co2", 503, "reported"),
    ("ns_power", 50_000, "derived"),  # 100 bn KZT for 2 TWh of winter imports
    ("coal", 13_500 * 29.3 / 19.7, "derived"),  # the lowest price at rail yards, at 19.7 GJ a tonne of steam coal
    ("people", None, "reported"),
])
def test_values_are_published_ones_in_money_of_the_price_year(case, key, value, status):
    row = case["values"][key]
    assert row["data_status"] == status
    assert row["source"]
    assert row["value"] == (None if value is None else pytest.approx(value, rel=2e-4))


def test_the_winter_balance_is_the_published_one(builder, case):
    """17.6 GW of peak against 16.7 GW, with a priority; demand grew from 107,338
    to 123,782.2 + 5,143.95 - 3,546.8 = 125,379 GWh in five years, 3.2 % a year."""
    rows = {row["area"]: row for row in builder.adequacy.balances(case["facts"])}
    power = rows["Kazakhstan"]
    assert power["peak_2026"] - power["available_2026"] == 900
    assert power["peak_2030"] == pytest.approx(17600 * (125_379 / 107_338) ** (4 / 5), rel=2e-3)
    assert (power["priority"], power["price"]) == ("2", None)
    assert rows["Semey heat"]["peak_2030"] == pytest.approx(147, abs=0.1)
    assert rows["Aktobe heat"]["available_2026"] == 800


def test_the_block_ends_the_deficit_when_the_government_says(case):
    """Published: short until 2027. Plants of the block that are due by the end of 2027 (F017, F020, F120, F121) add
    1,584 MW to 16,700: enough for the peak of 2027 with nothing restored, 121 MW more than it; that of 2028 needs what
    comes in 2028."""
    new = {key: case["of"][key]["q_mw_new"] for key in ("F017", "F020", "F120", "F121")}
    assert sum(new.values()) == pytest.approx(371 + 47 + 926.5 + 240)
    assert 16_700 + sum(new.values()) > 17_600 * 1.032


def test_what_balances_add_is_a_quantity_of_their_unit(builder, case):
    for row in builder.adequacy.balances(case["facts"]):
        quantity = case["values"][row["quantity"]]
        assert (quantity["kind"], quantity["unit"]) == ("level", row["unit"])
