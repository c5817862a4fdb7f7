"""Quantities by hand (docs/numbers.md, Quantities): what works change besides money, what it is worth, and when.
Facility A of 12 months of works costs 1 bn, which there is in one year alone, so that it starts then; 2026 to 2028,
price year 2026, mid, benefits to the end of 2030, 10 %, unless said otherwise."""

import pytest

from jaryq.case.case import PriceIndex
from jaryq.case.works import months_between
from jaryq.factors.derive import derive
from jaryq.factors.quantities import by_place, in_service
from jaryq.report.amounts import amounts
from jaryq.report.figures import claims
from jaryq.report.quantities import savings_share
from tests.cases import bursts, condition, facility, keyed, named, package, quantity, source, target
from tests.hand.runs import answer, km, near, started
from tests.make import bare_case

YEARS = (2026, 2027, 2028)
HEATING = months_between(11, 3)


def works(key="A", cost=1.0, **more):
    """A facility that is done."""
    return facility(key, **{"cost": cost, "must": True, **more})


def money(year=2026):
    """Enough in one year, nothing in others."""
    return source("B", ceilings={y: 100.0 * (y == year) for y in YEARS})


def case_of(q, *projects, year=2026, **more):
    """A case of one quantity (or several) and projects, paid in one year."""
    several = q if isinstance(q, tuple) else (q,)
    kinds = {"facilities": [p for p in projects if p.kind == "facility"],
             "packages": [p for p in projects if p.kind == "network"]}
    return bare_case(**{"quantities": keyed(*several), "sources": keyed(money(year)), "discount_rate": 0.1,
                        "evaluation_last_year": 2030,
                        **{name: keyed(*rows) for name, rows in kinds.items()}, **more})


def told(case):
    """The numbers of the plan of a case."""
    return claims(case, derive(case), answer(case))


def by_year(said, q, years=YEARS):
    return [said[f"quantity[{q},{y}]"] for y in years]


def index(growth, key="I"):
    return PriceIndex(**named(key), levels={2026: 100.0}, long_run=growth)


MW = quantity("mw", unit="MW", value=14_350_000.0)


# --- Q1: a level ------------------------------------------------------------------------------------------------------

def test_a_level_is_worth_its_value_in_every_year_in_service():
    """100 MW at 14.35 mn KZT, 1.435 bn a year, in 2027..2030: 1.435 (1.1^-1.5 + .. + 1.1^-4.5) = 4.337070. All 100 MW
    stand on 31 December of 2026."""
    said = told(case_of(MW, works(quantities={"mw": 100.0})))
    assert said["quantity_pv[mw]"] == near(4.337070, abs=5e-7)
    assert said["residual_pv"] == 0.0
    assert said["benefits_pv"] == near(4.337070, abs=5e-7) == near(said["gain[users]"], abs=5e-7)
    assert by_year(said, "mw") == [100.0, 100.0, 100.0]
    assert said["quantity[mw,R1,heat,2026]"] == 100.0


def test_a_level_that_comes_late_is_credited_what_was_given_up():
    """A year later: 1.435 (1.1^-2.5 + 1.1^-3.5 + 1.1^-4.5) = 3.093234, and of the year given up 1.435 x 1.1^-5.5 =
    0.849556."""
    said = told(case_of(MW, works(quantities={"mw": 100.0}), year=2027))
    assert said["quantity_pv[mw]"] == near(3.093234, abs=5e-7)
    assert said["residual_pv"] == near(0.849556, abs=5e-7)
    assert said["benefits_pv"] == near(3.093234 + 0.849556, abs=1e-6)
    assert by_year(said, "mw") == [0.0, 100.0, 100.0]


def test_what_was_done_before_stands_but_is_no_money_of_the_plan():
    """D of 40 MW has been in service since 2025, 10 of 100 km of a package at 2 MW a km were done then: 60 MW stand
    before A adds 100."""
    done = facility("D", cost=5.0, done=2025, quantities={"mw": 40.0})
    pipes = package("N", km=100.0, unit_cost=0.1, done={2025: 10.0}, latest=2025, quantities={"mw": 2.0})
    case = case_of(MW, works(quantities={"mw": 100.0}), done, pipes, year=2027, first_year=2024)
    said = told(case)
    assert by_year(said, "mw") == [60.0, 160.0, 160.0]
    assert said["quantity_pv[mw]"] == near(1.435 * sum(1.1**-(y - 2024 + 0.5) for y in (2028, 2029, 2030)))


def test_a_stated_benefit_holds_what_its_quantities_are_worth():
    """They are told, and not valued."""
    said = told(case_of(MW, works(quantities={"mw": 100.0}, benefit=7.0)))
    assert by_year(said, "mw") == [100.0, 100.0, 100.0]
    assert (said["quantity_pv[mw]"], said["stated_pv"], said["savings_pv"], said["benefits_pv"]) == (0.0, 7.0, 0.0, 7.0)


def test_a_variant_has_its_own_coefficients():
    """F1b is done: its 45 MW count, blank of another quantity is nothing."""
    rows = (facility("F1", cost=5.0, must_any=True, quantities={"mw": 60.0, "people": 9.0}),
            facility("F1b", cost=3.0, option_of="F1", quantities={"mw": 45.0}))
    said = told(case_of((MW, quantity("people", unit="persons")), *rows, objective="least_cost", whole=True))
    assert (said["quantity[mw,2028]"], said["quantity[people,2028]"]) == (45.0, 0.0)


# --- Q2: an index -----------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("general", "early", "late", "credit"),
                         [(None, 4.655857, 3.374707, 0.875043), (0.03, 4.337070, 3.093234, 0.849556)])
def test_a_value_moves_as_far_as_its_index_leaves_prices_in_general(general, early, late, credit):
    """3 % a year: sum of 1.435 x 1.03^(y - 2026) x 1.1^-(y - 2026 + 1/2), y = 2027..2030 = 4.655857. Started 2027:
    3.374707, and of the year given up, 2027, 1.435 x 1.03 x 1.1^-5.5 = 0.875043 (not the value of 2031). Where prices
    in general rise as fast, nothing moves."""
    indices = keyed(index(0.03), *([index(general, "general")] if general else []))
    q = quantity("mw", unit="MW", value=14_350_000.0, index="I")
    assert told(case_of(q, works(quantities={"mw": 100.0}), indices=indices))["quantity_pv[mw]"] == near(early,
        abs=5e-7)
    said = told(case_of(q, works(quantities={"mw": 100.0}), year=2027, indices=indices))
    assert (said["quantity_pv[mw]"], said["residual_pv"]) == (near(late, abs=5e-7), near(credit, abs=5e-7))


# --- Q3: a season -----------------------------------------------------------------------------------------------------

def heated(start, rate):
    """1,000 MWh a year in November to March at 50,000 KZT; quarters of 2026 and 2027; works of 6 months that start in
    ``start`` and might have in 2026Q1: what they are worth, what is credited, and the factors."""
    q = quantity("mwh", unit="MWh", kind="flow", season=HEATING, value=50_000.0)
    plant = works(cost=0.0, works_months=6.0, latest=2027, quantities={"mwh": 1000.0}, must=True)
    case = case_of(q, plant, resolution="quarter", last_year=2027, evaluation_last_year=2027, discount_rate=rate)
    f = derive(case)
    return f.risk.quantities["mwh"]["A", start], f.risk.residual["A", start], f


@pytest.mark.parametrize(("start", "flows", "worth", "credit", "undiscounted"), [
    ("2026Q1", (400.0, 1000.0), 0.062076, 0.0, (0.07, 0.0)), ("2026Q2", (400.0, 1000.0), 0.062076, 0.0, (0.07, 0.0)),
    ("2026Q3", (0.0, 1000.0), 0.043677, 0.015949, (0.05, 0.02))])
def test_a_flow_runs_in_the_months_of_its_season(start, flows, worth, credit, undiscounted):
    """Ends with Q2: Q3 has no month of the five, Q4 two: 400 MWh of 2026; 2027: Q1 three, Q4 two: 1,000. 0.05 (0.4 x
    1.1^-0.875 + 0.6 x 1.1^-1.125 + 0.4 x 1.1^-1.875) = 0.062076. From Q3 on (ends with Q4) two quarters are given up,
    of 0 and 400 MWh; the second stands at 2 + 1.5/4: 0.05 x 0.4 x 1.1^-2.375."""
    got, given_up, f = heated(start, 0.1)
    assert (got, given_up) == (near(worth, abs=5e-7), near(credit, abs=5e-7))
    form = {y: sum(by[y].of.get(("start", ("A", start)), 0.0) for by in by_place(f).values())
            for y in (2026, 2027, 2028)}
    assert [form[2026], form[2027]] == [near(flows[0]), near(flows[1])]
    assert form[2028] == near(1000.0)
    plain = heated(start, 0.0)
    assert plain[:2] == (near(undiscounted[0]), near(undiscounted[1]))


# --- Q4: a target -----------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("budget", "variant", "done", "short", "cost"),
                         [(10.0, False, {"F1"}, 50.0, 0.733333), (13.0, True, {"F1", "F2b"}, 5.0, 1 / 30)])
def test_a_target_of_a_quantity(budget, variant, done, short, cost):
    """At least 150 MW in 2027; F1: 100 MW for 10, F2: 60 MW for 4 (F2b: 45 for 3). With 10, F1: 50 short, a third: 0.1
    + 0.2 + 0.3 + 4 x 0.0333333 = 0.733333 (F2 alone: 90 short). With 13, F1 and F2b: 5 short, 1/30."""
    rows = [facility("F1", cost=10.0, quantities={"mw": 100.0}), facility("F2", cost=4.0, quantities={"mw": 60.0})]
    rows += [facility("F2b", cost=3.0, option_of="F2", quantities={"mw": 45.0})] if variant else []
    case = case_of(quantity("mw", unit="MW"), *rows, sources=keyed(source("B", envelope=budget)), whole=True,
                   targets=(target("T", "quantity", 150.0, 2027, quantity="mw", unit="MW"),))
    found = answer(case)
    assert set(started(found)) == done
    assert found.plan.short["T"] == near(short)
    assert next(stage.value for stage in found.stages if stage.name == "priority_1") == near(cost, abs=1e-6)


def test_a_share_at_least_is_a_quantity_of_its_own():
    """At least 40 % of the cost from home suppliers: home content less 0.4 of the cost, >= 0. G (10, of which 1 at
    home): -3; H (5, of which 5): +3; I (10, of which 2): -2. All three, worth 0.5, 0.5 and 1 more than they cost, come
    to -2, so the hard row keeps one out: G."""
    rows = [facility(key, cost=cost, benefit=cost + gain, quantities={"lc40": home - 0.4 * cost})
            for key, cost, gain, home in
            (("G", 10.0, 0.5, 1.0), ("H", 5.0, 0.5, 5.0), ("I", 10.0, 1.0, 2.0))]
    case = case_of(quantity("lc40", unit="bn KZT", kind="once"), *rows, sources=keyed(source("B")), discount_rate=0.0,
                   whole=True,
                   targets=(target("T", "quantity", 0.0, 2028, quantity="lc40", unit="bn KZT", priority="hard",
                                   scale=1.0),))
    found = answer(case)
    assert set(started(found)) == {"H", "I"}


def test_a_target_may_fall_short_by_more_than_its_value():
    """A must be done and takes 30 MW away: 10 MW asked for are missed by 40 (a scale of 10: 4; 0.1 (1 + .. + 9) + 3.1 x
    10 = 35.5)."""
    case = case_of(quantity("mw", unit="MW"), works(quantities={"mw": -30.0}),
                   targets=(target("T", "quantity", 10.0, 2028, quantity="mw", unit="MW"),))
    found = answer(case)
    assert found.plan.short["T"] == near(40.0)
    assert next(stage.value for stage in found.stages if stage.name == "priority_1") == near(35.5)


@pytest.mark.parametrize(("years", "short"), [((2027, 2027), 0.0), ((2026, 2028), 50.0), ((2028, 2029), 50.0)])
def test_a_target_of_a_flow_is_over_its_years_also_the_one_after_the_last(years, short):
    """100 MWh a year from 2027 on; 100 asked for in 2027, 250 in 2026..2028 (200 flow) and in 2028 and 2029 (200)."""
    case = case_of(quantity("mwh", unit="MWh", kind="flow"), works(quantities={"mwh": 100.0}),
                   targets=(target("T", "quantity", 100.0 if years == (2027, 2027) else 250.0, years[1],
                                   year_first=years[0], quantity="mwh", unit="MWh"),))
    assert answer(case).plan.short.get("T", 0.0) == near(short)


# --- Q5: what follows from the condition, and what comes once ---------------------------------------------------------

def test_losses_that_works_avoid():
    """10 of 100 km renewed in 2026, 39 MWh lost a km and year before, 22 after: 170 MWh a year from 2027 on, at 20,000
    KZT 0.0034 bn a year to 2030."""
    pipes = package("N", km=100.0, unit_cost=0.1, km_per_year=10.0, sector="power", losses=39.0, losses_after=22.0,
                    latest=2026)
    q = quantity("saved", unit="MWh", kind="flow", derived="losses", value=20_000.0)
    case = case_of(q, pipes, discount_rate=0.0, targets=(target("K", "km", 10.0),))
    said = told(case)
    assert by_year(said, "saved", (2026, 2027, 2028, 2029)) == [0.0, near(170.0), near(170.0), near(170.0)]
    assert said["quantity_pv[saved]"] == near(4 * 0.0034)


def test_losses_of_another_sector_are_none():
    """A quantity in MWh says nothing of heat; without losses after works nothing follows."""
    heat = package("N", km=100.0, unit_cost=0.1, losses=39.0, losses_after=22.0, latest=2026)
    unknown = package("P", km=100.0, unit_cost=0.1, sector="power", losses=39.0, latest=2026)
    q = quantity("saved", unit="MWh", kind="flow", derived="losses", value=20_000.0)
    said = told(case_of(q, heat, unknown, targets=(target("K", "km", 200.0),)))
    assert said["km_renewed"] == near(200.0)
    assert (said["quantity_pv[saved]"], by_year(said, "saved")) == (0.0, [0.0, 0.0, 0.0])


@pytest.mark.parametrize(("rate", "worth"), [(0.1, 4.545455), (0.0, 5.0)])
def test_what_comes_once_stands_at_the_end_of_the_works(rate, worth):
    """5 bn when works end, on 31 December of 2026: 5 x 1.1^-1. A late one is credited nothing: it is not given up."""
    q = quantity("scrap", unit="t", kind="once", value=1e9)
    said = told(case_of(q, works(quantities={"scrap": 5.0}), discount_rate=rate))
    assert said["quantity_pv[scrap]"] == near(worth, abs=5e-7)
    late = told(case_of(q, works(quantities={"scrap": 5.0}), year=2028, discount_rate=rate))
    assert (late["quantity_pv[scrap]"], late["residual_pv"]) == (near(5 * (1 + rate)**-3), 0.0)
    assert by_year(late, "scrap") == [0.0, 0.0, 5.0]


def test_failures_and_bursts_that_works_avoid():
    """A score that stays at 6 fails 0.01 x (1 + 6 + 18 + 36) = 0.61 times a year, 1 after works 0.0266667: 0.583333
    fewer from 2027 on, at 1 bn each to 2030; 10 km burst once a km and year less a tenth of it after: 9 fewer, at
    0.1."""
    score = condition(pof_k=0.01, pof_c=1.0, floor=1.0, life=1e9, least=6.0, most=6.0)
    pipes = package("N", km=10.0, unit_cost=0.1, bursts=bursts(), latest=2026)
    q = (quantity("failed", unit="failures", kind="flow", derived="failures", value=1e9),
         quantity("burst", unit="bursts", kind="flow", derived="bursts", value=1e8))
    said = told(case_of(q, works(condition=score), pipes, discount_rate=0.0, targets=(target("K", "km", 10.0),)))
    assert said["quantity[failed,2027]"] == near(0.61 - 0.08 / 3)
    assert said["quantity[burst,2028]"] == near(9.0)
    assert said["quantity_pv[failed]"] == near(4 * (0.61 - 0.08 / 3))
    assert said["quantity_pv[burst]"] == near(4 * 0.9)


# --- Q6: by region and year -------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("region", "growth", "worth"), [("R1", None, 220.0), ("R2", None, 160.0), ("R1", 0.1, 242.6),
                                                         ("R2", 0.1, 40 * (1.1 + 1.21 + 1.331 + 1.4641))])
def test_a_value_by_region_and_year(region, growth, worth):
    """40 in general, R1: 60 from 2028 on; 1e9 units in 2027..2030: 40 + 3 x 60, 4 x 40. With an index of 10 % a year
    from 2026: 44 + 60 + 66 + 72.6."""
    q = quantity("n", value=40.0, by_region={"R1": {2028: 60.0}}, index="I" if growth else None)
    case = case_of(q, works(quantities={"n": 1e9}, region=region), discount_rate=0.0, indices=keyed(index(growth))
                   if growth else {})
    assert told(case)["quantity_pv[n]"] == near(worth)


def test_a_row_without_region_is_for_all_others():
    """R1: 60 of its own; others 50; nothing where no row says so."""
    q = quantity("n", by_region={"R1": {2026: 60.0}, None: {2026: 50.0}})
    rows = [works(key, quantities={"n": 1e9}, region=region) for key, region in (("A", "R1"), ("C", "R2"), ("D", None))]
    assert told(case_of(q, *rows, discount_rate=0.0))["quantity_pv[n]"] == near(4 * (60 + 50 + 50))
    alone = quantity("n", by_region={"R1": {2026: 60.0}})
    assert told(case_of(alone, *rows, discount_rate=0.0))["quantity_pv[n]"] == near(4 * 60)


# --- Q7: valued once --------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("value", "worth", "risk"), [(50_000.0, 0.001, 0.0), (None, 0.0, 0.0006)])
def test_what_is_not_supplied_is_valued_once(value, worth, risk):
    """10 km with 10 bursts per 100 km and year, none after, 20 MWh each at 30 thousand KZT by the kind: one burst, 20
    MWh avoided in 2027. A quantity that values them at 50 thousand takes the place of that; one without a value does
    not."""
    pipes = package("N", km=10.0, unit_cost=0.1, sector="power", latest=2026,
                    bursts=bursts(rate=0.1, after=0.0, lost=20.0, lost_value=3e-5))
    q = quantity("supplied", unit="MWh", kind="flow", derived="not_supplied", value=value)
    said = told(case_of(q, pipes, discount_rate=0.0, evaluation_last_year=2027, last_year=2027,
                        targets=(target("K", "km", 10.0, 2027),)))
    assert said["quantity[supplied,2027]"] == near(20.0)
    assert (said["quantity_pv[supplied]"], said["risk_avoided_pv"]) == (near(worth), near(risk))


def test_what_is_not_supplied_in_another_unit_or_region_keeps_its_value():
    """A quantity of heat, or one with a value in R2 alone, says nothing of power in R1."""
    pipes = package("N", km=10.0, unit_cost=0.1, sector="power", latest=2026,
                    bursts=bursts(rate=0.1, after=0.0, lost=20.0, lost_value=3e-5))
    for q in (quantity("q", unit="Gcal", kind="flow", derived="not_supplied", value=50_000.0),
              quantity("q", unit="MWh", kind="flow", derived="not_supplied", by_region={"R2": {2026: 50_000.0}})):
        said = told(case_of(q, pipes, discount_rate=0.0, evaluation_last_year=2027, last_year=2027,
                            targets=(target("K", "km", 10.0, 2027),)))
        assert (said["quantity_pv[q]"], said["risk_avoided_pv"]) == (0.0, near(0.0006))


# --- what else is told ------------------------------------------------------------------------------------------------

def test_the_part_of_sourced_values():
    """1.5 bn a year of a reported value in R1 and 0.5 of an estimate elsewhere, 1 of savings: half of the benefits, the
    residual apart."""
    q = quantity("n", value=0.5, data_status="estimate", by_region={"R1": {2026: 1.5}}, statuses={"R1": "reported"})
    rows = [works("A", quantities={"n": 1e9}, savings=1.0), works("C", quantities={"n": 1e9}, region="R2")]
    case = case_of(q, *rows, discount_rate=0.0)
    said = told(case)
    assert said["benefits_sourced"] == near(1.5 / 3.0)
    assert savings_share(amounts(case, derive(case), answer(case).plan)) == near(0.5)


@pytest.mark.parametrize(("cost", "rate", "row", "parts"), [
    ("derived", "reported", {"data_status": "reported"}, (0.8, 0.8)), ("estimate", "derived", {}, (0.4, 0.0)),
    ("derived", "estimate", {"data_status": "derived"}, (0.8, 0.4)),
    ("derived", "reported", {"data_status": "reported", "estimated": frozenset({"q_n"})}, (0.8, 0.4))])
def test_what_has_a_value_with_a_source_and_an_amount_with_one(cost, rate, row, parts):
    """10 km renewed in 2026 with 1 burst a km and year of 0.1 bn, none after: 1 bn a year in 2027 and 2028; 2 bn in all
    of a reported quantity, 1 of savings.

    2 + 2 of 5 have a sourced value, or 2 of 5 if the cost of a burst is an estimate. Amounts: not those of bursts whose
    rate is one, nor of a coefficient of a row that is one or calls it one."""
    pipes = package("N", km=10.0, unit_cost=0.1, latest=2026, savings=0.05, quantities={"n": 1e8}, **row,
                    bursts=bursts(after=0.0, consequence=0.1, cost_status=cost, rate_status=rate))
    q = quantity("n", value=1.0, data_status="reported")
    said = told(case_of(q, pipes, discount_rate=0.0, last_year=2028, evaluation_last_year=2028,
                        targets=(target("K", "km", 10.0, 2026),)))
    assert (said["quantity_pv[n]"], said["risk_avoided_pv"], said["savings_pv"]) == (near(2.0), near(2.0), near(1.0))
    assert (said["benefits_sourced"], said["benefits_published"]) == (near(parts[0]), near(parts[1]))


@pytest.mark.parametrize(("estimated", "part"), [((), 1.0), (("losses",), 0.0), (("losses_after",), 0.0),
                                                 (("unit_cost", "km"), 1.0)])
def test_losses_avoided_rest_on_what_is_lost_before_and_after(estimated, part):
    """All benefits are losses at a reported value; what km cost and how many there are says nothing of them."""
    pipes = package("N", km=10.0, unit_cost=0.1, latest=2026, sector="power", losses=30.0, losses_after=20.0,
                    data_status="derived", estimated=frozenset(estimated))
    q = quantity("l", unit="MWh", kind="flow", derived="losses", value=1e6, data_status="reported")
    said = told(case_of(q, pipes, discount_rate=0.0, last_year=2028, evaluation_last_year=2028,
                        targets=(target("K", "km", 10.0, 2026),)))
    assert said["quantity_pv[l]"] > 0.0
    assert (said["benefits_sourced"], said["benefits_published"]) == (near(1.0), near(part))


@pytest.mark.parametrize(("rate", "lost", "part"), [("derived", "reported", 1.0), ("estimate", "reported", 0.0),
                                                    ("derived", "estimate", 0.0)])
def test_what_is_not_supplied_rests_on_how_often_and_how_much(rate, lost, part):
    pipes = package("N", km=10.0, unit_cost=0.1, latest=2026, sector="power",
                    bursts=bursts(rate=0.1, after=0.0, lost=20.0, rate_status=rate, lost_status=lost))
    q = quantity("s", unit="MWh", kind="flow", derived="not_supplied", value=1e6, data_status="reported")
    said = told(case_of(q, pipes, discount_rate=0.0, last_year=2028, evaluation_last_year=2028,
                        targets=(target("K", "km", 10.0, 2026),)))
    assert said["quantity_pv[s]"] > 0.0
    assert (said["benefits_sourced"], said["benefits_published"]) == (near(1.0), near(part))


def test_what_stands_throughout_a_period():
    """Works that end in 2026 stand in 2027 but not in 2026."""
    case = case_of(MW, works(quantities={"mw": 100.0}))
    f, plan = derive(case), answer(case).plan
    assert [in_service(f, "mw", case.projects.values(), u).on(plan) for u in range(4)] == [0.0, 100.0, 100.0, 100.0]


@pytest.mark.parametrize("resolution", ["year", "quarter"])
@pytest.mark.parametrize("season", [HEATING, months_between(None, None), months_between(7, 7)])
def test_undiscounted_worth_does_not_change_with_delay(resolution, season):
    """Within the horizon what late works give up is credited, whatever the season."""
    q = quantity("mwh", unit="MWh", kind="flow", season=season, value=1e6)
    f = derive(case_of(q, works(cost=0.0, quantities={"mwh": 1000.0}), discount_rate=0.0, resolution=resolution))
    assert {round(total, 12) for total in f.risk.benefit.values()} == {round(max(f.risk.benefit.values()), 12)}
    assert len(f.risk.benefit) > 2


def test_a_quantity_of_one_per_km_is_km():
    """A level of 1 a km has the measure of km, done before included."""
    pipes = package("N", km=100.0, unit_cost=0.1, km_per_year=30.0, done={2025: 10.0}, quantities={"len": 1.0})
    case = case_of(quantity("len", unit="km"), pipes, sources=keyed(source("B")), targets=(target("K", "km", 80.0),),
                   first_year=2025)
    said = told(case)
    assert said["quantity[len,2028]"] == near(said["km_renewed"]) == near(80.0)
    assert km(answer(case), "N") == near(70.0)
