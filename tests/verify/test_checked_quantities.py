"""Quantities on plans made by hand; expectations worked out from docs/numbers.md (Quantities)."""

from dataclasses import replace

import pytest

from jaryq.case.areas import Balance
from jaryq.case.case import PriceIndex, Quantity
from jaryq.case.plan import Plan
from jaryq.verify.finding import failed
from jaryq.verify.recompute import recompute
from jaryq.verify.stated import numbers_of
from jaryq.verify.totals import compare
from tests.cases import add, bursts, changed, condition, edit, facility, keyed, named, package, target
from tests.verify.common import bare, failing, totals_of

WINTER = frozenset({11, 12, 1, 2, 3})


def quantity(key, **more):
    return Quantity(**{**named(key), **more})


def case_of(*quantities, rate=0.1, **changes):
    """2026 to 2028, first year, price year and first planned year 2026, discounted at 10 % in the middle of periods,
    counted to 2030."""
    return bare(**{"discount_rate": rate, "first_year": 2026, "price_year": 2026, "whole": False,
                   "quantities": keyed(*quantities), **changes})


def plant(**more):
    """F of 12 months of works that costs nothing."""
    return {"facilities": keyed(facility("F", **{"cost": 0.0, **more}))}


def started(label, share=1.0):
    return {("F", label): share}


MW = quantity("mw", unit="MW", value=14_350_000.0)
YEARLY = 1.435
"""100 MW x 14.35 mn KZT, bn KZT a year."""


# --- level ------------------------------------------------------------------------------------------------------------

def test_level():
    """In service 2027 to 2030: 1.435 (1.1^-1.5 + .. + 1.1^-4.5); a year later one term less, and the first year given
    up at the point 5.5."""
    case = case_of(MW, **plant(quantities={"mw": 100.0}))
    at_once, late = totals_of(case, start=started("2026")), totals_of(case, start=started("2027"))
    assert at_once.pv_quantities == {"mw": pytest.approx(4.337070, abs=1e-6)}
    assert (at_once.pv_residual, at_once.pv_savings, at_once.pv_stated, at_once.pv_risk) == (0.0, 0.0, 0.0, 0.0)
    assert at_once.pv_benefits == at_once.objective == pytest.approx(4.337070, abs=1e-6)
    assert at_once.gains["users"] == pytest.approx(4.337070, abs=1e-6)
    assert late.pv_quantities["mw"] == pytest.approx(3.093234, abs=1e-6)
    assert late.pv_residual == pytest.approx(YEARLY * 1.1 ** -5.5, rel=1e-12) == pytest.approx(0.849556, abs=1e-6)
    assert at_once.quantities == {("mw", 2026): 100.0, ("mw", 2027): 100.0, ("mw", 2028): 100.0}
    assert late.quantities == {("mw", 2026): 0.0, ("mw", 2027): 100.0, ("mw", 2028): 100.0}
    assert late.quantities_by_place == {("mw", "R1", "heat", y): 100.0 * (y > 2026) for y in (2026, 2027, 2028)}


def test_undiscounted_it_does_not_change_with_delay():
    """4 years of service, or 3 and one credited, or 2 and two."""
    case = case_of(MW, rate=0.0, **plant(quantities={"mw": 100.0}))
    for label in ("2026", "2027", "2028"):
        assert totals_of(case, start=started(label)).pv_benefits == pytest.approx(4 * YEARLY, rel=1e-12)


def test_shares_and_less():
    """Two fifths of the works give two fifths; a coefficient below 0 is a loss."""
    case = case_of(MW, rate=0.0, **plant(quantities={"mw": -100.0}))
    found = totals_of(case, start=started("2026", 0.4))
    assert found.quantities["mw", 2026] == pytest.approx(-40.0, rel=1e-12)
    assert found.pv_benefits == pytest.approx(-0.4 * 4 * YEARLY, rel=1e-12)


def test_the_index_of_a_value():
    """3 % a year above constant prices in general; the residual has the value of 2027, which is given up, not that of
    2031; where all prices rise 3 % nothing changes."""
    index = PriceIndex(**named("energy"), levels={2026: 100.0, 2027: 103.0}, long_run=0.03)
    case = case_of(replace(MW, index="energy"), indices=keyed(index), **plant(quantities={"mw": 100.0}))
    assert totals_of(case, start=started("2026")).pv_quantities["mw"] == pytest.approx(4.655857, abs=1e-6)
    late = totals_of(case, start=started("2027"))
    assert late.pv_quantities["mw"] == pytest.approx(3.374707, abs=1e-6)
    assert late.pv_residual == pytest.approx(0.875043, abs=1e-6)
    general = replace(index, id="general")
    same = changed(case, indices=keyed(index, general))
    assert totals_of(same, start=started("2026")).pv_quantities["mw"] == pytest.approx(4.337070, abs=1e-6)


# --- flow and season --------------------------------------------------------------------------------------------------

HEAT = quantity("heat", unit="Gcal", kind="flow", value=50_000.0, season=WINTER)


@pytest.mark.parametrize(("label", "flows", "pv", "residual"), [
    ("2026Q1", (400.0, 1000.0), 0.062076, 0.0), ("2026Q2", (400.0, 1000.0), 0.062076, 0.0),
    ("2026Q3", (0.0, 1000.0), 0.043677, 0.015949)])
def test_a_flow_in_a_season(label, flows, pv, residual):
    """Works of 6 months in quarters. The season has 3 of 5 months in the first quarter and 2 in the last: started with
    the first quarter, the third is in service without a month of it. Two quarters late, those given up have 0 and 2/5:
    0.05 x 0.4 at 2 + 1.5/4 years."""
    case = case_of(HEAT, resolution="quarter", last_year=2027, evaluation_last_year=2027,
                   **plant(quantities={"heat": 1000.0}, works_months=6.0))
    found = totals_of(case, start=started(label))
    assert tuple(found.quantities["heat", y] for y in (2026, 2027)) == pytest.approx(flows, rel=1e-12)
    assert found.quantities["heat", 2028] == pytest.approx(1000.0, rel=1e-12)
    assert found.pv_quantities["heat"] == pytest.approx(pv, abs=1e-6)
    assert found.pv_residual == pytest.approx(residual, abs=1e-6)
    still = changed(case, discount_rate=0.0)
    assert totals_of(still, start=started(label)).pv_benefits == pytest.approx(0.07, rel=1e-12)


def test_the_year_after_the_last_has_all_in_service():
    """Works that end with 2028: nothing in the planned years, all in 2029; a level has no such year."""
    case = case_of(replace(HEAT, value=None), MW, **plant(quantities={"heat": 1000.0, "mw": 5.0}))
    found = totals_of(case, start=started("2028"))
    assert {key: value for key, value in found.quantities.items()
            if key[0] == "heat"} == {("heat", y): 1000.0 * (y == 2029) for y in (2026, 2027, 2028, 2029)}
    assert {y for key, y in found.quantities if key == "mw"} == {2026, 2027, 2028}
    assert found.pv_quantities["heat"] == 0.0


# --- once -------------------------------------------------------------------------------------------------------------

def test_once_stands_at_the_end_of_its_period():
    """5 bn at 31 December of 2026; a year late 1.1 times less, and no residual. With quarters works of 6 months end
    with 30 June."""
    scrap = quantity("scrap", unit="t", kind="once", value=5e6)
    case = case_of(scrap, **plant(quantities={"scrap": 1000.0}))
    found = totals_of(case, start=started("2026"))
    assert found.pv_benefits == pytest.approx(4.545455, abs=1e-6)
    assert found.quantities == {("scrap", y): 1000.0 for y in (2026, 2027, 2028)}
    late = totals_of(case, start=started("2027"))
    assert (late.pv_benefits, late.pv_residual) == (pytest.approx(5 * 1.1 ** -2, rel=1e-12), 0.0)
    quarters = changed(case_of(scrap, **plant(quantities={"scrap": 1000.0}, works_months=6.0)), resolution="quarter")
    assert totals_of(quarters, start=started("2026Q1")).pv_benefits == pytest.approx(5 * 1.1 ** -0.5, rel=1e-12)


# --- values by region and year ----------------------------------------------------------------------------------------

def by_region(**more):
    return quantity("people", unit="number", **{"value": 40.0, "by_region": {"A": {2028: 60.0}}, **more})


@pytest.mark.parametrize(("region", "index", "worth"), [("A", None, 220.0), ("B", None, 160.0), (None, None, 160.0),
                                                        ("A", "energy", 242.6)])
def test_values_by_region_and_year(region, index, worth):
    """1e9 units in service 2027 to 2030. A: 40, then 60 from 2028 on; with an index of 10 % a year: 44, then 60, 66,
    72.6. B: 40 in each year."""
    rising = keyed(PriceIndex(**named("energy"), levels={2026: 100.0}, long_run=0.1))
    case = case_of(by_region(index=index), rate=0.0, indices=rising if index else {},
                   **plant(quantities={"people": 1e9}, region=region))
    assert totals_of(case, start=started("2026")).pv_benefits == pytest.approx(worth, rel=1e-12)


def test_the_row_of_all_other_regions():
    """A has its own row, B that of all others, which begins in 2026; a row without any value is none."""
    rows = {"A": {2028: 60.0}, None: {2026: 10.0, 2030: 20.0}, "C": {}}
    for region, worth in (("A", 40 + 60 * 3), ("B", 10 * 3 + 20), ("C", 10 * 3 + 20), (None, 10 * 3 + 20)):
        case = case_of(by_region(by_region=rows), rate=0.0, **plant(quantities={"people": 1e9}, region=region))
        assert totals_of(case, start=started("2026")).pv_benefits == pytest.approx(worth, rel=1e-12), region


def test_without_value_it_is_only_an_indicator():
    case = case_of(quantity("mw", unit="MW"), **plant(quantities={"mw": 100.0}))
    found = totals_of(case, start=started("2026"))
    assert (found.pv_benefits, found.pv_quantities, found.quantities["mw", 2028]) == (0.0, {"mw": 0.0}, 100.0)


def test_a_stated_benefit_holds_its_quantities():
    """The indicator counts, the money does not, early or late."""
    case = case_of(MW, rate=0.0, **plant(quantities={"mw": 100.0}, benefit=7.0))
    for label in ("2026", "2028"):
        found = totals_of(case, start=started(label))
        assert (found.pv_benefits, found.pv_stated, found.pv_quantities["mw"]) == (7.0, 7.0, 0.0)
        assert found.quantities["mw", 2028] == 100.0


# --- what was done before ---------------------------------------------------------------------------------------------

def test_what_was_done_counts_in_indicators_and_not_in_money():
    """A plant done in 2025, 10 km of 2025: level and once from 2025 on, a flow from 2026 on; nothing in money."""
    every = (MW, quantity("heat", unit="Gcal", kind="flow", value=1e6),
             quantity("scrap", unit="t", kind="once", value=1e6))
    of = {"mw": 100.0, "heat": 7.0, "scrap": 3.0}
    case = case_of(*every, facilities=keyed(facility("F", cost=0.0, done=2025, quantities=of)),
                   packages=keyed(package("N", km=50.0, unit_cost=0.0, done={2025: 10.0}, quantities=of)))
    found = totals_of(case)
    assert found.pv_benefits == 0.0
    assert {key for key, y in found.quantities.items() if key[0] == "heat" and y != 7.0 + 70.0} == set()
    assert found.quantities["mw", 2026] == 100.0 + 1000.0
    assert found.quantities["scrap", 2028] == 3.0 + 30.0


# --- from the condition -----------------------------------------------------------------------------------------------

def pipes(*quantities, rate=0.0, **more):
    """100 km of heat pipes without money; 10 km renewed in 2026."""
    case = case_of(*quantities, rate=rate, packages=keyed(package("N", **{"km": 100.0, "unit_cost": 0.0, **more})))
    return case, totals_of(case, renew={("N", "2026"): 10.0})


def test_losses_avoided():
    """(39 - 22) MWh x 10 km from 2027 on, at 20,000 KZT; nothing where the losses after are not known."""
    saved = quantity("losses", unit="Gcal", kind="flow", derived="losses", value=20_000.0)
    _, found = pipes(saved, losses=39.0, losses_after=22.0)
    assert {y: amount for (_, y), amount in found.quantities.items()} == {2026: 0.0, 2027: 170.0, 2028: 170.0,
        2029: 170.0}
    assert found.pv_quantities["losses"] == pytest.approx(4 * 0.0034, rel=1e-12)
    _, found = pipes(saved, losses=39.0)
    assert set(found.quantities.values()) == {0.0}
    # heat is measured in Gcal
    assert pipes(replace(saved, unit="MWh"), losses=39.0, losses_after=22.0)[1].quantities["losses", 2027] == 0.0


def test_own_coefficients_come_on_top():
    """17 Gcal of losses and 5 more on each of 10 km."""
    saved = quantity("losses", unit="Gcal", kind="flow", derived="losses")
    _, found = pipes(saved, losses=39.0, losses_after=22.0, quantities={"losses": 5.0})
    assert found.quantities["losses", 2028] == pytest.approx(220.0, rel=1e-12)


def test_bursts_and_what_they_do_not_supply():
    """10 bursts per 100 km and year, none after: one a year on 10 km, of 20 Gcal. They end on 31 December of 2028 where
    the pipe would be replaced in 2029 anyway."""
    of = bursts(rate=0.1, after=0.0, lost=20.0)
    saved = (quantity("bursts", unit="bursts", kind="flow", derived="bursts"),
             quantity("supply", unit="Gcal", kind="flow", derived="not_supplied"))
    _, found = pipes(*saved, bursts=of)
    assert [found.quantities["bursts", y] for y in (2026, 2027, 2028, 2029)] == pytest.approx([0.0, 1.0, 1.0, 1.0])
    assert [found.quantities["supply", y] for y in (2026, 2027, 2028, 2029)] == pytest.approx([0.0, 20.0, 20.0, 20.0])
    _, found = pipes(*saved, bursts=replace(of, replace_at=0.1))
    assert [found.quantities["bursts", y] for y in (2027, 2028, 2029)] == pytest.approx([1.0, 1.0, 0.0])


def test_failures_of_a_plant_as_its_risk_has_them():
    """The failures that its works avoid are the avoided risk of a failure that costs 1 bn; the residual likewise. 4.9
    bn a failure: as many times so much."""
    of = condition(consequence=1.0, lost=2.0, year_built=1966, life=30.0, calibration=50.0)
    saved = (quantity("failures", unit="failures", kind="flow", derived="failures", value=1e9),
             quantity("supply", unit="Gcal", kind="flow", derived="not_supplied"))
    case = case_of(*saved, **plant(condition=of))
    for label in ("2026", "2027", "2028"):
        found = totals_of(case, start=started(label))
        assert found.pv_quantities["failures"] == pytest.approx(found.pv_risk, rel=1e-12)
        assert found.pv_quantities["failures"] > 0.1
        alone = totals_of(changed(case, quantities={}), start=started(label))
        assert found.pv_residual == pytest.approx(2 * alone.pv_residual, rel=1e-12)
        assert found.quantities["supply", 2028] == pytest.approx(2 * found.quantities["failures", 2028], rel=1e-12)


# --- valued once ------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("value", "more", "money", "risk"), [
    (50_000.0, {}, 0.001, 0.0), (None, {}, 0.0, 0.0006), (None, {"by_region": {"R1": {2026: 50_000.0}}}, 0.001, 0.0),
    (None, {"by_region": {"R2": {2026: 50_000.0}}}, 0.0, 0.0006),
    (50_000.0, {"unit": "MWh"}, 0.0, 0.0006)])
def test_what_is_not_supplied_is_valued_once(value, more, money, risk):
    """One burst of 20 Gcal avoided in 2027, at 50,000 KZT by the quantity or at 30 thousand by its kind: never both. In
    another region, or in another unit, it is the kind's."""
    supply = quantity("supply", **{"unit": "Gcal", "kind": "flow", "derived": "not_supplied", "value": value, **more})
    of = bursts(rate=0.1, after=0.0, lost=20.0, lost_value=30e3 / 1e9)
    case = changed(pipes(supply, bursts=of)[0], evaluation_last_year=2027)
    found = totals_of(case, renew={("N", "2026"): 10.0})
    assert found.pv_quantities["supply"] == pytest.approx(money, rel=1e-12)
    assert found.pv_risk == pytest.approx(risk, rel=1e-12)


def test_the_repair_still_counts():
    """0.5 bn a burst for repair beside the 0.001 of the quantity."""
    supply = quantity("supply", unit="Gcal", kind="flow", derived="not_supplied", value=50_000.0)
    case = changed(pipes(supply, bursts=bursts(rate=0.1, after=0.0, lost=20.0, lost_value=30e-6, consequence=0.5))[0],
                   evaluation_last_year=2027)
    assert totals_of(case, renew={("N", "2026"): 10.0}).pv_benefits == pytest.approx(0.501, rel=1e-12)


PRICED = {"price": 1.0, "priced_to": 2030, "quantity": "firm"}
EASY = dict.fromkeys(range(2026, 2030), 0.0)
"""Nothing is needed, nothing is missing."""
OTHERS = {"priority": "1", "price": None}


@pytest.mark.parametrize(("balance", "more", "firm", "supply", "risk"), [
    (PRICED, {}, 0.0, 0.0, 0.0), ({**PRICED, **OTHERS}, {}, 4.0, 0.02, 0.0),
    ({**PRICED, "quantity": None}, {}, 4.0, 0.02, 0.0), ({**PRICED, "regions": frozenset({"R2"})}, {}, 4.0, 0.02, 0.0),
    ({**PRICED, "places": frozenset({"P"})}, {}, 4.0, 0.02, 0.0),
    ({**PRICED, "places": frozenset({"P"})}, {"place": "P"}, 0.0, 0.0, 0.0),
    ({**PRICED, "unit": "MW"}, {}, 0.0, 0.02, 0.0),  # of capacity in MW the energy is MWh
    (PRICED, {"value": None}, 0.0, 0.0, 0.0), ({**PRICED, **OTHERS}, {"value": None}, 4.0, 0.0, 0.02),
    ({**PRICED, "unit": "MW"}, {"value": None}, 0.0, 0.0, 0.02)])
def test_a_priced_deficit_holds_capacity_and_the_energy_that_goes_with_it(balance, more, firm, supply, risk):
    """F adds 1 unit worth 1 bn a year in 2027 to 2030, and avoids one failure a year (certain to fail without works,
    never with them) of 5 Gcal at 1 mn KZT, by a quantity or by its kind. Where a balance in Gcal/h that it adds to has
    a price, neither counts; where it has a priority, or another region, both do."""
    of = condition(pof_k=1.0, floor=10.0, cap=15.0, lost=5.0, lost_value=0.001)
    supplied = {"value": 1e6, **{name: value for name, value in more.items() if name == "value"}}
    more = {name: value for name, value in more.items() if name != "value"}
    saved = (quantity("firm", unit="Gcal/h", value=1e9), quantity("supply", unit="Gcal", kind="flow",
        derived="not_supplied", **supplied))
    rows = (Balance(**{"area": "A", "unit": "Gcal/h", "origin": "", "peak": EASY, "available": EASY, **balance}),)
    case = case_of(*saved, rate=0.0, balances=rows, **plant(quantities={"firm": 1.0}, condition=of, **more))
    wears = replace(of, floor=0.5, cap=0.5, pof_k=0.0)
    case = edit(add(case, "facilities", facility("Fb", cost=0.0, option_of="F", quantities={"firm": 1.0},
                                                 condition=wears, **more)), "facilities", "F", condition=of)
    found = totals_of(case, start={("Fb", "2026"): 1.0})
    assert found.pv_quantities == pytest.approx({"firm": firm, "supply": supply})
    assert found.pv_risk == pytest.approx(risk)
    assert found.quantities["firm", 2028] == 1.0
    assert found.quantities["supply", 2028] == pytest.approx(5.0)
    late = totals_of(case, start={("Fb", "2027"): 1.0})
    assert late.pv_benefits == pytest.approx(found.pv_benefits)  # nothing is credited that does not count


def test_a_package_of_a_priced_balance_keeps_its_energy():
    """Its km add capacity, which is not valued; its bursts take energy, which is: it is no plant that stands still. A
    balance of places has no packages."""
    saved = (quantity("firm", unit="Gcal/h", value=1e9), quantity("supply", unit="Gcal", kind="flow",
        derived="not_supplied", value=50_000.0))
    for places, firm in ((None, 0.0), (frozenset({"P"}), 40.0)):
        rows = (Balance(area="A", unit="Gcal/h", origin="", peak=EASY, available=EASY, places=places, **PRICED),)
        case = changed(pipes(*saved, bursts=bursts(rate=0.1, after=0.0, lost=20.0), quantities={"firm": 1.0})[0],
                       balances=rows)
        found = totals_of(case, renew={("N", "2026"): 10.0})
        assert found.pv_quantities == pytest.approx({"firm": firm, "supply": 0.004})


# --- where values come from -------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("own", "row", "part"), [
    ("reported", None, 0.75), ("derived", None, 0.75), ("estimate", None, 0.0), ("illustrative", "reported", 0.75),
    ("reported", "estimate", 0.0)])
def test_the_part_of_benefits_with_a_source(own, row, part):
    """Three quarters of the benefits are the quantity's, one quarter savings; what counts is the status of the row
    whose value holds."""
    people = by_region(by_region={"R1": {2026: 30.0}} if row else {}, value=30.0, data_status=own, statuses={"R1": row}
                       if row else {})
    case = case_of(people, rate=0.0, **plant(quantities={"people": 1e9}, savings=10.0))
    found = totals_of(case, start=started("2026"))
    assert (found.pv_savings, found.pv_benefits) == (40.0, 160.0)
    assert found.benefits_sourced == pytest.approx(part, rel=1e-12)


@pytest.mark.parametrize(("cost", "rate", "status", "parts"), [
    ("derived", "reported", "reported", (0.8, 0.8)), ("estimate", "derived", "derived", (0.4, 0.4)),
    ("derived", "estimate", "reported", (0.8, 0.4)), ("derived", "reported", "estimate", (0.8, 0.4))])
def test_failures_whose_cost_and_rate_have_a_source(cost, rate, status, parts):
    """10 km renewed in 2026, 0.1 bursts a km and year at 0.1 bn, none after, growing not: 0.1 bn a year; as much of a
    reported quantity, half of it savings. Amounts: of bursts by their rate, of the quantity by the row's status."""
    _, found = pipes(quantity("n", value=1e8, data_status="reported"), quantities={"n": 0.1}, savings=0.005,
                     data_status=status,
                     bursts=bursts(rate=0.1, after=0.0, consequence=0.1, cost_status=cost, rate_status=rate))
    years = found.pv_savings / 0.05
    assert (found.pv_quantities["n"], found.pv_benefits) == (pytest.approx(0.1 * years), pytest.approx(0.25 * years))
    assert (found.benefits_sourced, found.benefits_published) == pytest.approx(parts)


def test_each_number_is_claimed_and_compared():
    """A plan that states another number of a quantity fails, whichever it is."""
    case = case_of(MW, quantity("heat", unit="Gcal", kind="flow", value=1e6, data_status="reported"),
                   **plant(quantities={"mw": 100.0, "heat": 1000.0}, savings=1.0))
    found = totals_of(case, start=started("2026"))
    keys = [key for key in found.claims() if key.startswith(("quantity", "savings_pv", "stated_pv",
        "benefits_sourced", "benefits_published"))]
    assert len(keys) == 2 + 2 * (3 + 4) + 4
    for key in keys:
        wrong = {**found.claims(), key: found.claims()[key] + 0.01}
        assert [row.place for row in failed(compare(found, wrong))] == [key]


# --- targets ----------------------------------------------------------------------------------------------------------

def test_a_target_of_a_quantity():
    """150 MW wanted in 2027: F1 gives 100, F2 60. A flow is summed over its years, also the one after the last; filters
    see a row's own columns, ``project`` its asset too."""
    two = keyed(facility("F1", cost=0.0, quantities={"mw": 100.0, "heat": 5.0}),
                facility("F2", cost=0.0, quantities={"mw": 60.0}),
                facility("F2b", cost=0.0, region="R9", option_of="F2", quantities={"mw": 45.0}))
    rows = (target("T", "quantity", 150.0, 2027, quantity="mw"),
            target("B", "quantity", 45.0, 2028, quantity="mw", filter={"project": "F2"}),
            target("R", "quantity", 45.0, 2028, quantity="mw", filter={"region": "R9"}),
            target("H", "quantity", 12.0, 2029, year_first=2027, quantity="heat"))
    case = case_of(MW, quantity("heat", unit="Gcal", kind="flow"), facilities=two, targets=rows)
    found, findings = recompute(case, Plan(start={("F1", "2026"): 1.0, ("F2b", "2027"): 1.0}, short={"T": 5.0}))
    assert found.reached == pytest.approx({"T": 145.0, "B": 45.0, "R": 45.0, "H": 15.0})
    assert (found.short["T"], found.short["H"]) == (5.0, 0.0)
    assert failed(findings) == ()
    assert failing(case, start={("F1", "2026"): 1.0, ("F2b", "2027"): 1.0}) == {"target_short"}
    assert failing(case, start={("F1", "2026"): 1.0, ("F2b", "2027"): 1.0}, short={"T": 6.0}) == {"target_exact"}


# --- claims -----------------------------------------------------------------------------------------------------------

def test_what_a_plan_states_of_quantities():
    """By quantity in every year, by region and sector where it is not nothing; a flow in the year after the last
    too."""
    case = case_of(MW, replace(HEAT, value=None), **plant(quantities={"mw": 100.0}))
    found = totals_of(case, start=started("2026"))
    wanted = {key for key in numbers_of(case, found) if key.startswith(("quantity", "savings", "stated", "benefits_"))}
    years = {"mw": range(2026, 2029), "heat": range(2026, 2030)}
    assert wanted == {"quantity_pv[mw]", "quantity_pv[heat]", "savings_pv", "stated_pv", "benefits_pv",
                      "benefits_sourced", "benefits_published",
                      *(f"quantity[{key},{y}]" for key, span in years.items() for y in span),
                      *(f"quantity[mw,R1,heat,{y}]" for y in years["mw"])}
    assert found.claims()["quantity[mw,R1,heat,2027]"] == 100.0
    assert found.units()["quantity[mw,2027]"] == "unit of quantity"
    nowhere = totals_of(edit(case, "facilities", "F", region=None, sector=None, asset_type=None), start=started("2026"))
    assert nowhere.claims()["quantity[mw,-,-,2028]"] == 100.0
