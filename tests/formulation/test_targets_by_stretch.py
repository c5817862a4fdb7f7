"""Targets on wear, failures and quantities of packages with a register: as of packages that are throughout like their
stretches (docs/numbers.md: Stretches)."""

from dataclasses import replace

import numpy as np
import pytest
from cases import bursts, edit, keyed, quantity, target, tiny_case
from test_stretch_benefits import register
from test_stretch_plans import case_of

from jaryq.api.question import program_of
from jaryq.api.stretches import arrays_of, solve_register
from jaryq.api.verified import settled
from jaryq.factors.derive import derive
from jaryq.factors.measures import measured
from jaryq.factors.stretch_targets import asked_of_stretches, most_apart, still_of_targets
from jaryq.solve.highs import Solver
from jaryq.solve.stages import linear_stages
from tests.solve.registers import full_program

MEASURES = (
    target("wear", "wear", 0.4, sense="<="), target("wear27", "wear", 0.4, year=2027, sense="<="),
    target("failures", "failures", 1.0, year_first=2026, sense="<="), target("failures28", "failures", 1.0, sense="<="),
    target("lost", "not_supplied", 1.0, year_first=2026, sense="<=", unit="Gcal"),
    target("flow", "quantity", 1.0, year_first=2026, year=2029, quantity="CO2"),
    target("level", "quantity", 1.0, quantity="LEVEL"), target("once", "quantity", 1.0, quantity="ONCE", year=2027),
    target("derived", "quantity", 1.0, year_first=2027, year=2029, quantity="B"), target("km", "km", 1.0),
)


def worn(stretches, wear):
    return replace(stretches, wear=np.array(wear, dtype=float))


@pytest.mark.parametrize("resolution", ["year", "quarter"])
def test_a_stretch_counts_as_a_package_of_its_kind_would(resolution):
    """For each of three stretches of 1, 2 and 4 km (most of which reaches its highest bursts, one its highest wear):
    the package with its wear, bursts and quantities measures the same, found by the forms of packages: with nothing
    renewed and for a km renewed in each period, beside what the package has on average."""
    quantities = keyed(quantity("CO2", kind="flow", season=tuple(range(1, 13))), quantity("LEVEL"),
                       quantity("ONCE", kind="once"), quantity("B", derived="bursts", kind="flow"))
    case = tiny_case(evaluation_last_year=2040, resolution=resolution, quantities=quantities, targets=MEASURES)
    rates, wears, co2, level, once, km = [0.4, 0.05, 1.4], [0.5, 0.97, 0.1], [2.0, 0.0, 7.0], [0.0, 1.0, 5.0], [3.0,
        3.0, 0.0], np.array([1.0, 2.0, 4.0])
    mean = {name: float(km @ np.array(values) / km.sum())
            for name, values in (("rate", rates), ("wear", wears), ("CO2", co2), ("LEVEL", level), ("ONCE", once))}
    case = edit(case, "packages", "N1", km=7.0, km_total=9.0, done={2025: 2.0}, life=20.0, wear=mean["wear"],
                quantities={q: mean[q] for q in ("CO2", "LEVEL", "ONCE")},
                bursts=bursts(rate=mean["rate"], growth=0.08, after=0.02, most=1.5, calibration=0.9, consequence=0.02,
                              lost=3.0, lost_value=0.001, replace_at=1.2))
    stretches = replace(worn(register(rates, [0.02] * 3, CO2=co2, LEVEL=level, ONCE=once), wears), km=km)
    f = derive(replace(case, stretches=stretches))
    means = derive(case)
    still = still_of_targets(f)
    assert set(still) == {"wear", "wear27", "failures", "failures28", "lost", "flow", "level", "once", "derived"}
    weights = {g: sum(one.weights[g][0] * one.table for one in asked_of_stretches(f) if g in one.weights)
               for g in still}
    waits = dict.fromkeys(still, 0.0)
    for i in range(3):
        package = case.packages["N1"]
        like = derive(edit(case, "packages", "N1", wear=wears[i],
                           quantities={"CO2": co2[i], "LEVEL": level[i], "ONCE": once[i]},
                           bursts=replace(package.bursts, rate=rates[i])))
        for one in MEASURES[:-1]:
            own, of_means = measured(like, one).part, measured(means, one).part
            # The constant is that of 9 km; what was done before counts in quantities, with the coefficient of the
            # package, which the register does not speak of.
            waits[one.id] += km[i] / 9.0 * (own.constant - of_means.constant) if one.measure != "quantity" else 0.0
            for t in f.works.open["N1"]:
                expected = own.of.get(("renew", ("N1", t)), 0.0) - of_means.of.get(("renew", ("N1", t)), 0.0)
                assert weights[one.id][i, f.works.position[t]] == pytest.approx(expected, rel=1e-9, abs=1e-12), (one.id,
                    i, t)
    assert still == pytest.approx(waits, rel=1e-9, abs=1e-12)
    assert min(abs(still[g]) for g in ("wear", "failures", "lost")) > 1e-4
    for one in MEASURES[:-1]:
        own, of_means = measured(f, one).part, measured(means, one).part
        assert own.of == {**of_means.of, ("apart", (one.id,)): 1.0}
        assert own.constant == pytest.approx(of_means.constant + still[one.id])
        assert most_apart(f, one.id, 1.0) == pytest.approx(float(km @ np.maximum(weights[one.id].max(axis=1), 0.0)))
        assert most_apart(f, one.id, -1.0) == pytest.approx(float(km @ np.maximum(-weights[one.id].min(axis=1), 0.0)))


def test_a_measure_that_is_no_row_of_the_case_speaks_of_means():
    """Figures by which plans are compared have no stretches in them, though one is called as a row is."""
    case = edit(tiny_case(targets=(MEASURES[0],)), "packages", "N1", wear=0.5)
    f = derive(replace(case, stretches=worn(register([1.0, 1.0], [0.0, 0.0]), [0.1, 0.9])))
    assert ("apart", ("wear",)) in measured(f, MEASURES[0]).part.of
    assert ("apart", ("wear",)) not in measured(f, replace(MEASURES[0], year=2027)).part.of


def test_the_worn_stretch_is_renewed_where_wear_is_asked():
    """Two stretches of 1 km, worn 90 % and 30 %, life 10; the second bursts twice as often. Money pays for 1 km, in
    2026. On 31 December 2028, three years on, they are worn min(1, 1.2) = 100 % and 60 %, a km renewed two years before
    20 %: with nothing renewed 80 %, with the first 40 %, with the second 60 %. By its mean of 60 % the package is worn
    90 % and would be 55 %: 15 points beside it (40 - 55), of which 10 stood there before (80 - 90) and 5 are of the
    stretch renewed. Without the target the second is renewed; with at most 40 % asked the first; with 50 % (80 - 40 x -
    20 (1 - x) = 50) half of each; 30 % is missed by 10 points."""
    case = edit(case_of(objective="purse"), "packages", "N1", wear=0.6, life=10.0)
    stretches = worn(register([1.0, 2.0], [1.0, 1.0]), [0.9, 0.3])
    free = replace(case, stretches=stretches)
    f = derive(free)
    assert solve_register(f, program_of(f), stretches).renewed.row.tolist() == [1]
    for value, missed in ((0.4, 0.0), (0.5, 0.0), (0.3, 0.1)):
        asked = replace(free, targets=(target("W", "wear", value, sense="<=", scale=0.5),))
        f = derive(asked)
        program = program_of(f)
        solution = settled(solve_register(f, program, stretches), f, program)
        assert solution.renewed.km.tolist() == pytest.approx([1.0] if value != 0.5 else [0.5, 0.5], abs=1e-6)
        if value != 0.5:
            assert solution.renewed.row.tolist() == [0]
            assert dict(solution.plan.apart) == {"W": pytest.approx(-0.05, abs=1e-6)}
        assert measured(f, asked.targets[0]).on(solution.plan) == pytest.approx(max(value, 0.4), abs=1e-6)
        assert solution.plan.short.get("W", 0.0) == pytest.approx(missed, abs=1e-6)
        for stage in solution.stages:
            assert stage.bound == pytest.approx(stage.value, abs=1e-6)


def test_the_price_of_a_target_by_stretch():
    """As above with at most 30 % asked, missed by 10 points of a scale of 50: 0.2 of it, which costs 0.1 + 2 x 0.1. A
    step is 1 % of the value, 0.006 of the scale: looser it costs twice that less, tighter three times that more. What
    is reached is the 40 % of the stretches, not the 55 % less 10 of the package by its mean."""
    case = edit(case_of(objective="purse"), "packages", "N1", wear=0.6, life=10.0)
    case = replace(case, settings=replace(case.settings, prices=5, price_step=0.01))
    stretches = worn(register([1.0, 2.0], [1.0, 1.0]), [0.9, 0.3])
    f = derive(replace(case, stretches=stretches, targets=(target("W", "wear", 0.3, sense="<=", scale=0.5),)))
    solution = solve_register(f, program_of(f), stretches)
    price = next(one for one in solution.prices if one.kind == "target" and one.regime == "projects_may_change")
    assert price.used == pytest.approx(0.4, abs=1e-6)
    assert dict(price.loosen.shortfalls)["1"] == pytest.approx(-2 * 0.006, abs=1e-6)
    assert dict(price.tighten.shortfalls)["1"] == pytest.approx(3 * 0.006, abs=1e-6)


@pytest.mark.parametrize("seed", range(12))
def test_a_plan_with_targets_by_stretch_is_that_of_a_column_for_every_stretch(seed):
    """Random stretches of a package with targets on wear, failures and a quantity of all three priorities, money for a
    part: shortfalls and objective are those of the program with a column for every stretch and period; what the plan
    says is missed is what its measures say of its stretches."""
    chance = np.random.default_rng(seed)
    count = int(chance.integers(3, 12))
    rates, wears, co2 = chance.uniform(0.1, 2.0, count), chance.uniform(0.05, 1.0,
        count), np.round(chance.uniform(0, 3, count), 1)
    km = np.round(chance.uniform(0.2, 1.5, count), 3)
    mean = {"rate": float(km @ rates / km.sum()), "wear": float(km @ wears / km.sum()),
            "CO2": float(km @ co2 / km.sum())}
    targets = (target("W", "wear", float(chance.uniform(0.2, 0.9)), sense="<=", scale=0.5, priority="1"),
               target("W27", "wear", float(chance.uniform(0.2, 0.9)), year=2027, sense="<=", scale=0.5, priority="2"),
               target("F", "failures", float(chance.uniform(0.3, 1.0)) * 3 * mean["rate"] * km.sum(), year_first=2026,
                      sense="<=", priority=str(chance.integers(1, 4))),
               target("Q", "quantity", float(chance.uniform(0.2, 1.0)) * mean["CO2"] * km.sum(), quantity="CO2",
                      priority=str(chance.integers(1, 4))))
    case = edit(case_of(objective=("purse", "least_cost")[seed % 2], quantities=keyed(quantity("CO2", value=5e6))),
                "packages", "N1", km=float(km.sum()), km_total=float(km.sum()), wear=mean["wear"], life=12.0,
                quantities={"CO2": mean["CO2"]}, bursts=bursts(rate=mean["rate"], growth=0.1, after=0.05, most=2.0,
                consequence=0.3))
    money = float(chance.uniform(0.1, 0.8)) * 0.1 * km.sum()
    source = replace(case.sources["B"], ceilings={2026: money / 2, 2027: money / 4, 2028: money / 4}, envelope=money)
    stretches = replace(worn(register(rates, [0.3] * count, CO2=co2), wears), km=km)
    case = replace(case, sources={"B": source}, targets=targets, stretches=stretches)
    f = derive(case)
    program = program_of(f)
    solution = settled(solve_register(f, program, stretches), f, program)
    base, arrays = arrays_of(f, program, stretches)
    full = full_program(base, arrays)
    names = [stage.name for stage in solution.stages]
    expected = linear_stages(full, names, Solver(full)).values
    for stage in solution.stages:
        sign = -1.0 if stage.name == "objective" and seed % 2 == 0 else 1.0
        size = max(1.0, abs(expected[stage.name]))
        assert sign * stage.value == pytest.approx(expected[stage.name], abs=1e-8 * size), stage.name
        assert stage.bound == pytest.approx(stage.value, abs=1e-6 * size)
    for one in targets:
        assert solution.plan.short.get(one.id, 0.0) == pytest.approx(measured(f, one).missed(solution.plan, one),
            abs=1e-7 * one.scale)
