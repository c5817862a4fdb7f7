"""Whole facilities beside stretches: what rows of packages forbid is fixed and proved, and the plan by means is taken
where it is near enough."""

from dataclasses import replace

import numpy as np
import pytest
from registers import full_program, random_register
from test_stretch_runs import asked, best_of_all

from jaryq.solve.fixings import Fixer
from jaryq.solve.highs import Solver
from jaryq.solve.limits import Limits
from jaryq.solve.near import fixed
from jaryq.solve.solution import Gap
from jaryq.solve.stages import linear_stages
from jaryq.solve.stretches import whole
from jaryq.solve.stretches.by_means import chosen_by_means
from jaryq.solve.stretches.run import solve_with_stretches
from jaryq.solve.stretches.stages import in_stages
from jaryq.solve.stretches.whole import choose_with_stretches


def scarce(seed, attributes=False):
    """Less money in the first period than its facility needs: it can be done in part alone."""
    base, register = random_register(seed, stretches=25, stages=3, whole=3, attributes=attributes)
    upper = base.row_upper.copy()
    upper[0] = 2.5
    return replace(base, row_upper=upper), register, next(j for j in np.flatnonzero(base.whole)
                                                          if base.matrix[[0], [j]][0] == 3.0)


def means_of(base, register):
    """The program in which a km of each package brings the mean of its stretches by length."""
    vector, constant = base.objectives["objective"]
    vector = vector.copy()
    for n, columns in enumerate(register.column):
        mine = register.package == n
        for t, j in enumerate(columns):
            if j >= 0 and mine.any():
                vector[j] += register.km[mine] @ register.costs["objective"][mine, t] / register.km[mine].sum()
    return replace(base, objectives={**base.objectives, "objective": (vector, constant)})


@pytest.mark.parametrize("groups", [False, True])
@pytest.mark.parametrize("seed", [*range(4), *(pytest.param(seed, marks=pytest.mark.exhaustive)
                                               for seed in range(4, 60))])
def test_what_no_whole_plan_can_do_is_fixed_and_the_bound_is_nearer(seed, groups, monkeypatch):
    """A facility of 3 with 2.5 to pay it from is fixed by one row; the plan is the best of all choices still, and the
    bound is at least that of the full program without the facility."""
    if groups:
        monkeypatch.setattr(whole, "SINGLE", 0)
    base, register, j = scarce(seed)
    found = solve_with_stretches(asked(base, True), base, register).solution
    assert f"x[{base.columns[j][1][0]}]" in {one.column for one in found.proof.fixings}
    expected = best_of_all(base, register)
    stages = {stage.name: stage for stage in found.stages}
    size = 1e-6 * max(1.0, abs(expected["objective"]))
    if not groups:
        assert stages["priority_1"].value <= expected["priority_1"] + 2e-6 * max(1.0, expected["priority_1"])
        assert stages["objective"].value <= expected["objective"] + stages["objective"].search.gap.size + size
    upper = base.col_upper.copy()
    upper[j] = 0.0
    full = full_program(base.with_bounds(col_upper=upper), register)
    linear = linear_stages(full, ("priority_1", "objective"), Solver(full)).values
    assert stages["priority_1"].bound == pytest.approx(linear["priority_1"], abs=1e-6 * max(1.0, linear["priority_1"]))
    if stages["priority_1"].value <= linear["priority_1"] + 1e-9:
        assert stages["objective"].bound == pytest.approx(linear["objective"], abs=size)


def test_a_row_that_sums_over_stretches_proves_nothing():
    """The same row fixes the facility, and nothing where stretches take part in it."""
    base, _, j = scarce(1)
    assert Fixer(base).by_arithmetic() >= 1
    silent = Fixer(base, silent=[i for i in range(base.shape[0]) if base.matrix[[i], [j]][0]])
    silent.by_arithmetic()
    assert silent.upper[j] == 1.0


@pytest.mark.parametrize("seed", [*range(6), *(pytest.param(seed, marks=pytest.mark.exhaustive)
                                               for seed in range(6, 60))])
def test_the_plan_by_means_is_taken_within_the_gap_alone(seed, monkeypatch):
    """With a wide gap it is taken: its values are those of every stretch with its choices, and within the gap of the
    relaxation. With a narrow one it is taken only where it is as good as the relaxation; else groups are searched."""
    monkeypatch.setattr(whole, "SINGLE", 0)
    base, register = random_register(seed, stretches=25, stages=3, whole=3)
    names = tuple(base.objectives)
    relaxed = in_stages(base, register, names[:2])
    for wide in (1e9, 1e-9):
        limits = Limits.of({name: Gap(wide, "stake") for name in names[:2]}, 1000, np.inf, 0)
        taken = chosen_by_means(asked(base, True), means_of(base, register), base, register, relaxed, (names, limits))
        chosen = choose_with_stretches(asked(base, True), base, register, relaxed, names, limits,
                                       means=means_of(base, register))
        near = taken is not None
        assert near or wide < 1.0
        assert (chosen.frozen is None) == near
        if near:
            full = full_program(fixed(base, np.round(chosen.reached.x[base.whole])), register)
            linear = linear_stages(full, names[:2], Solver(full)).values
            for name in names[:2]:
                size = max(1.0, abs(linear[name]))
                assert chosen.reached.values[name] == pytest.approx(linear[name], abs=1e-6 * size)
                assert chosen.reached.values[name] <= relaxed.values[name] + wide + 1e-9 * size
