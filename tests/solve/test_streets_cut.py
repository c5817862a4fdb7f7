"""How many stretches a plan with streets cuts: those that trenches join in a place count once."""

import numpy as np
import pytest
from streets import random_streets
from test_stretch_runs import binding

from jaryq.solve.stretches.fill_together import filled
from jaryq.solve.stretches.stages import in_stages


def cut_of(register, told):
    """Stretches renewed in part or in several periods, by hand."""
    done, times = np.bincount(told.row, told.km, minlength=len(register.km)), np.bincount(told.row,
        minlength=len(register.km))
    return {i for i in range(len(register.km)) if times[i] > 1
            or 0.0 < done[i] < register.km[i] - 1e-6 * max(1.0, register.km[i])}


def counted(register, cut):
    """Each place once."""
    places = register.places
    of = {int(i): ("place", h) for h, members in enumerate(places.member) for i in members
          if i >= 0} if places is not None else {}
    return {of.get(i, i) for i in cut}


@pytest.mark.parametrize("seed", [*range(8), *(pytest.param(seed, marks=pytest.mark.exhaustive)
                                               for seed in range(8, 200))])
def test_no_more_places_are_cut_than_rows_bind(seed):
    """Of all stages, with and without properties in rows: as many as rows and links bind (those of trenches that are
    shared too, and those that keep the stages before) less decisions strictly between their bounds; and all that are
    cut are listed."""
    base, register = random_streets(seed, stretches=60, stages=3, attributes=seed % 4 == 2)
    names = tuple(base.objectives)
    reached = in_stages(base, register, names)
    told = filled(register, reached.partition, reached.km, reached.x, "objective")
    cut = cut_of(register, told)
    assert set(np.flatnonzero(told.cut(register)).tolist()) == cut
    kept = len(names) - 1 if register.places is not None else 0
    assert len(counted(register, cut)) <= binding(base, register, reached.x, told) + kept
