"""Programs with stretches from the linear stages to the certified answer: divisible, and with whole facilities against
all choices of them."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from cases import SETTINGS
from registers import full_program, random_register

from jaryq.base.errors import Infeasible, NoPlan
from jaryq.solve.highs import Solver
from jaryq.solve.limits import Limits
from jaryq.solve.near import fixed
from jaryq.solve.question import Meaning, Question
from jaryq.solve.solution import Gap
from jaryq.solve.stages import linear_stages
from jaryq.solve.stretches import whole
from jaryq.solve.stretches.fill import fill
from jaryq.solve.stretches.partition import freed
from jaryq.solve.stretches.regimes import told_on
from jaryq.solve.stretches.restricted import restricted
from jaryq.solve.stretches.run import _regimes, solve_with_stretches
from jaryq.solve.stretches.stages import held_near, in_stages
from jaryq.solve.stretches.whole import choose_with_stretches

GAP = 1e-6


class NoMoves:
    limits = ()


def asked(base, facilities):
    settings = replace(SETTINGS, prices=0, gap=GAP, shortfall_gap=1e-6, whole=facilities, objective="least_cost")
    meanings = tuple(Meaning("renew" if family == "renew" else "start", (index[0], "2026"))
                     for family, index in base.columns)
    return Question(settings, meanings, np.ones(base.shape[1]), {"start": ("p", "t")}, {}, NoMoves())


def bounds_hold(found, expected):
    """The bounds of both stages lie at or below the best there is, the second under the shortfall reached."""
    size = max(1.0, abs(expected["objective"]))
    assert found["priority_1"].bound <= expected["priority_1"] + 1e-6
    fewer_missed = found["priority_1"].value < expected["priority_1"] - 1e-7
    assert found["objective"].bound <= expected["objective"] + 1e-6 * size or fewer_missed


def best_of_all(base, register, in_full=full_program):
    """The best of all choices of whole facilities, stage by stage, each choice by the full program."""
    full = in_full(base, register)
    best = None
    where = np.flatnonzero(base.whole)
    for choice in product((0.0, 1.0), repeat=len(where)):
        lower, upper = full.col_lower.copy(), full.col_upper.copy()
        lower[where] = upper[where] = choice
        held = full.with_bounds(col_lower=lower, col_upper=upper)
        try:
            values = linear_stages(held, tuple(full.objectives)[:2], Solver(held)).values
        except Infeasible:
            continue
        if best is None or values["priority_1"] < best["priority_1"] - 1e-7 or (values["priority_1"]
                < best["priority_1"] + 1e-7 and values["objective"] < best["objective"]):
            best = values
    return best


@pytest.mark.parametrize("seed", [*range(3), *(pytest.param(seed, marks=pytest.mark.exhaustive)
                                               for seed in range(3, 200))])
def test_whole_facilities_are_the_best_of_all_choices(seed):
    """Within the gap that is told of the enumerated optimum, and the certified bound is on the right side of it."""
    base, register = random_register(seed, stretches=25, stages=3, whole=3, attributes=seed % 3 == 1)
    expected = best_of_all(base, register)
    found = solve_with_stretches(asked(base, True), base, register).solution
    values = {stage.name: stage for stage in found.stages}
    size = max(1.0, abs(expected["objective"]))
    assert values["priority_1"].value <= expected["priority_1"] + 2e-6 * max(1.0, expected["priority_1"])
    assert values["objective"].value <= expected["objective"] + values["objective"].search.gap.size + 1e-6 * size
    assert values["objective"].search.gap.size <= 1e-5 * size
    assert values["objective"].bound <= expected["objective"] + 1e-6 * size


@pytest.mark.parametrize("seed", [*range(6), *(pytest.param(seed, marks=pytest.mark.exhaustive)
                                               for seed in range(6, 60))])
def test_a_plan_from_the_face_of_the_relaxation_is_the_one_of_all_stages(seed):
    """Each facility fixed by chance: where the first stage is as good as in the relaxation, the objective goes on from
    its face, groups and basis; values are those of all stages from nothing, either way."""
    base, register = random_register(seed, stretches=40, stages=3, whole=3, attributes=seed % 3 == 2)
    names = tuple(base.objectives)
    relaxed = in_stages(base, register, names[:2])
    choice = np.random.default_rng(seed).integers(0, 2, int(base.whole.sum())).astype(float)
    held = fixed(base, choice)
    try:
        expected = in_stages(held, register, names)
    except Infeasible:
        pytest.skip("no plan has these facilities")
    said = []
    found = held_near(held, register, names, relaxed, said.append)
    for name in names[:2]:
        assert found.values[name] == pytest.approx(expected.values[name],
                                                   abs=1e-7 * max(1.0, abs(expected.values[name])))
    as_good = expected.values["priority_1"] <= relaxed.values["priority_1"] + 1e-8
    assert any(line.startswith("priority_1") for line in said) != as_good


@pytest.mark.parametrize("seed", [*range(3), *(pytest.param(seed, marks=pytest.mark.exhaustive)
                                               for seed in range(3, 40))])
def test_a_search_over_frozen_groups_tells_how_far_it_may_be_from_the_best(seed, monkeypatch):
    """As on large registers: a few groups. The best of all choices lies between the value and the certified bound,
    under the shortfall reached."""
    monkeypatch.setattr(whole, "SINGLE", 0)
    base, register = random_register(seed, stretches=25, stages=3, whole=3)
    expected = best_of_all(base, register)
    found = {stage.name: stage for stage in solve_with_stretches(asked(base, True), base, register).solution.stages}
    size = max(1.0, abs(expected["objective"]))
    bounds_hold(found, expected)
    assert found["objective"].value <= expected["objective"] + 0.05 * size


@pytest.mark.parametrize("seed", [*range(6), *(pytest.param(seed, marks=pytest.mark.exhaustive)
                                               for seed in range(6, 60))])
def test_the_stages_known_are_told_on_their_last_groups(seed):
    """What stages reached, told of the groups that the last of them ended with: the multipliers say what the point has,
    and it is what all stages reach from nothing."""
    base, register = random_register(seed, stretches=40, stages=3, attributes=seed % 3 == 2)
    names = tuple(base.objectives)[:2]
    relaxed = in_stages(base, register, names)
    made = restricted(base, register, freed(register, relaxed.partition))
    expected = linear_stages(made.program, names, Solver(made.program))
    told = told_on(made, register, relaxed, names)
    for name in names:
        size = max(1.0, abs(expected.values[name]))
        assert told.values[name] == pytest.approx(expected.values[name], abs=1e-6 * size)
        dual = told.duals[name]
        reduced = made.program.objectives[name][0] - made.program.matrix.T @ dual
        (low, high), (least, most) = told.faces[name].columns_of(made.program), told.faces[name].rows_of(made.program)
        side = np.where(dual > 0, least, most)
        by_multipliers = dual[dual != 0] @ side[dual != 0] + reduced @ np.where(reduced > 0, low,
            high) + made.program.objectives[name][1]
        assert by_multipliers == pytest.approx(told.values[name], abs=1e-6 * size)


@pytest.mark.parametrize("facilities", ["none", "single", "groups"])
@pytest.mark.parametrize("attributes", [True, False])
@pytest.mark.parametrize("seed", [2, 5, 8])
def test_prices_begin_at_a_basis_of_each_stage(seed, attributes, facilities, monkeypatch):
    """Of the programs whose limits are priced every stage has a basis of its own: from it the stage is best on its face
    without a step. (With that of the last stage for all of them, a limit moved took 59,452 steps of the shipped case
    with 86,000 stretches, where their own take 41.)"""
    base, register = random_register(seed, stretches=40, stages=3, whole=0 if facilities == "none" else 3,
                                     attributes=attributes)
    if facilities == "groups":
        monkeypatch.setattr(whole, "SINGLE", 0)
    names = tuple(base.objectives)[:2]
    question = asked(base, facilities != "none")
    relaxed = in_stages(base, register, names)
    limits = Limits.of({name: Gap(1e-6, "stated") for name in names}, 1000, np.inf, 0)
    chosen = choose_with_stretches(question, base, register, relaxed, tuple(base.objectives),
                                   limits) if facilities != "none" else None
    _, regimes, _ = _regimes(question, base, register, relaxed, chosen, names)
    assert [one.name for one in regimes] == (["same_projects"] if facilities != "none"
                                             else []) + ["projects_may_change"]
    for regime, reached in zip(regimes[::-1], [relaxed, chosen.reached] if chosen is not None else [relaxed],
                               strict=True):
        # Shortfalls are those of the plan also where rows ask for sums over stretches, whose groups have means.
        if facilities != "groups" or regime is regimes[-1]:
            assert regime.staged.values["priority_1"] == pytest.approx(reached.values["priority_1"],
                abs=1e-7 * max(1.0, reached.values["priority_1"]))
        for name in names:
            solver = Solver(regime.staged.faces[name].of(regime.program))
            solver.minimise(regime.program.objectives[name][0] * regime.program.unit(name))
            solver.start_from(regime.staged.bases[name])
            outcome = solver.run()
            assert (outcome.stop, outcome.iterations) == ("optimal", 0)
            assert regime.program.value(name, outcome.x) == pytest.approx(regime.staged.values[name],
                abs=1e-7 * max(1.0, abs(regime.staged.values[name])))


def rows_of(program, register, x, filled):
    """What the rows of the program come to with the stretches that are renewed."""
    body = program.matrix @ x
    for one in register.uses:
        for row, weight in one.weights.items():
            body[row] += float((weight[register.package[filled.row]] * one.table[filled.row,
                filled.period]) @ filled.km)
    return body


def binding(program, register, x, filled):
    """At most so many stretches are cut in a vertex: rows that bind and links of open periods, less decisions of
    packages, facilities and money strictly between their bounds (what decides freely is, with the links and rows that
    it stands in, as many independent equations at most). Only what some of these or a stretch stands in counts."""
    body = rows_of(program, register, x, filled)
    tight = (np.abs(body - program.row_lower) <= 1e-7 * np.maximum(1,
        np.abs(body))) | (np.abs(body - program.row_upper) <= 1e-7 * np.maximum(1, np.abs(body)))
    inside = (x > program.col_lower + 1e-7) & (x < program.col_upper - 1e-7)
    renewed = x[register.column[register.open]] > 1e-7
    moves = inside.copy()
    moves[register.column[register.open][renewed]] = True
    touched = (np.abs(program.matrix) @ moves.astype(float)) > 0
    touched[[row for one in register.uses for row in one.weights]] = True
    return int((tight & touched).sum() + renewed.sum() - inside.sum())


@pytest.mark.parametrize("seed", [*range(8), *(pytest.param(seed, marks=pytest.mark.exhaustive)
                                               for seed in range(8, 200))])
def test_no_more_stretches_are_cut_than_rows_bind(seed):
    """All that are renewed in part or in several periods, in a plan of all stages, with and without whole facilities.
    Groups of many alike stretches (benefits in whole numbers in every second register) are where a plan that is no
    vertex, or one spread over its members, would cut more: spread evenly, each member of a group that is renewed in
    part is cut."""
    base, register = random_register(seed, stretches=60, stages=3, whole=2 if seed % 3 == 0 else 0,
                                     attributes=seed % 4 == 2)
    names = tuple(base.objectives)
    reached, program = in_stages(base, register, names), base
    if seed % 3 == 0:
        program = fixed(base, np.ones(int(base.whole.sum())))
        try:
            reached = held_near(program, register, names, in_stages(base, register, names[:2]))
        except Infeasible:
            program = base
    filled = fill(register, reached.partition, reached.km)
    listed = filled.cut(register)
    done, times = np.bincount(filled.row, filled.km, minlength=len(register.km)), np.bincount(filled.row,
        minlength=len(register.km))
    apart = {i for i in range(len(register.km)) if times[i] > 1
             or 0.0 < done[i] < register.km[i] - 1e-6 * max(1.0, register.km[i])}
    assert set(np.flatnonzero(listed).tolist()) == apart
    assert len(apart) <= binding(program, register, reached.x, filled)
    body = rows_of(program, register, reached.x, filled)
    assert np.all(body >= program.row_lower - 1e-6)
    assert np.all(body <= program.row_upper + 1e-6)


@pytest.mark.parametrize("seed", [*range(4), *(pytest.param(seed, marks=pytest.mark.exhaustive)
                                               for seed in range(4, 60))])
def test_a_divisible_plan_is_proved(seed):
    """The value is that of the full program, and the bound in exact arithmetic closes on it."""
    base, register = random_register(seed, stretches=40, stages=3, attributes=seed % 3 == 2)
    full = full_program(base, register)
    expected = linear_stages(full, tuple(full.objectives), Solver(full)).values
    answer = solve_with_stretches(asked(base, False), base, register)
    for stage in answer.solution.stages:
        size = max(1.0, abs(expected[stage.name]))
        assert stage.value == pytest.approx(expected[stage.name], abs=1e-7 * size)
        assert stage.bound == pytest.approx(stage.value, abs=1e-6 * size)
        assert stage.proved
    filled = answer.renewed
    for (n, _), km in answer.solution.plan.renew.items():
        assert n.isdigit()
        package = np.nonzero(register.column == int(n))[0][0]
        period = np.nonzero(register.column == int(n))[1][0]
        here = filled.km[(register.package[filled.row] == package) & (filled.period == period)].sum()
        assert here == pytest.approx(km, abs=1e-6)


@pytest.mark.parametrize("finds", [True, False])
def test_a_further_search_for_whole_facilities_ends_by_the_work_of_the_first(finds, monkeypatch):
    """Groups of the first search, then those of both plans: the second search is in a box as large as the first was,
    also where it finds no plan (a large limit of time would else be used up); then the first stands."""
    monkeypatch.setattr(whole, "SINGLE", 0)
    base, register = random_register(1, stretches=25, stages=3, whole=3)
    names = tuple(base.objectives)
    given, searches = [], whole.choose

    def seen(question, small, program, relaxed, names, limits):
        given.append((limits.hard, limits.end - limits.spent.work))
        if len(given) > 1 and not finds:
            assert limits.to_the_end() is limits
            limits.spent.work += given[1][1]
            raise NoPlan("the box was used up")
        found = searches(question, small, program, relaxed, names, limits)
        limits.spent.work += 1e6
        return found

    monkeypatch.setattr(whole, "choose", seen)
    limits = Limits.of({name: Gap(1e-6, "stake") for name in names[:2]}, None, np.inf, 0)
    found = choose_with_stretches(asked(base, True), base, register, in_stages(base, register, names[:2]), names,
                                  limits)
    (first, _), (second, room) = given[:2]
    assert not first
    assert second
    assert 1e6 <= room < 1e9
    assert len(given) == 2
    assert (found.remarks == ()) == finds
