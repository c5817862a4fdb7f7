"""A sweep: each uncertain input alone, two on a grid, elementary effects; a tornado of a figure, and what the best plan
decides otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from jaryq.api.accepted import Accepted
from jaryq.api.uncertain.batches import Pool, order_of, worked_off
from jaryq.api.uncertain.ground import Ground
from jaryq.api.uncertain.hands import Going
from jaryq.api.uncertain.judge import keys_of
from jaryq.api.uncertain.sweep import away, effects_of, elementary, grid, if_they_come, still, swept
from jaryq.base.errors import Told
from jaryq.base.text import Text
from jaryq.case.stages import valued
from jaryq.factors.indicators import indicators
from jaryq.formulation.assemble import stage_names
from jaryq.handover.shapes import Front
from jaryq.handover.uncertain.sweep import Swing, Without, grid_block, tornado
from jaryq.handover.uncertain.turning import End, decisions
from jaryq.solve.lp import Array
from jaryq.solve.unfunded import BEYOND, UNFUNDED
from jaryq.tables.fault import near
from jaryq.uncertainty.otherwise import equally_good
from jaryq.uncertainty.outcomes import Judged, as_array

UNKNOWN = Text("no uncertain input is called {name}{hint}", "нет неопределённого данного {name}{hint}")
NO_FIGURE = Text("no figure is called {name}; there are {known}", "нет показателя {name}; есть {known}")

COMING = "sweep_where_they_come"
"""The folder of kept futures in which what stays away in the middle comes."""


class Unknown(Told):
    """A name that is none of the input's."""

    exit_code = 64


def named_figures(accepted: Accepted) -> dict[str, tuple[Text, str]]:
    """Indicators by key: name and unit."""
    return {one.key: (one.text, one.unit) for one in indicators(accepted.case)}


def sweep(ground: Ground, folder: Path, pool: Pool, figure: str, which: str, *, two: Sequence[str] = (),
          trajectories: int = 0, seed: int = 0, resume: bool = False, going: Going = lambda done, of: None
          ) -> list[Front]:
    """The page of a figure, and that of what the best plan decides otherwise. Raises Unknown."""
    rows, keys = ground.rows, keys_of(ground.accepted)
    if figure not in keys:
        raise Unknown(NO_FIGURE.fill(name=figure, known=", ".join(keys)))
    places = [_place(ground, name) for name in two]
    values = swept(rows)
    single = len(values)
    if places:
        values += grid(rows, (places[0], places[1]))
    points = None
    if trajectories:
        points, more = elementary(rows, trajectories, seed)
        values += more

    def worked(asked: Sequence[Sequence[float]], into: Path) -> list[Judged]:
        order = order_of(ground.accepted, ground.plan, rows, asked)
        return worked_off(order, into, pool, keys, resume=resume, going=going)

    judged = worked(values, folder)
    column = _column(judged, which, keys, figure)
    names = named_figures(ground.accepted)
    block = None
    if places:
        cells = [(values[n][places[0]], values[n][places[1]], _at(column, n)) for n in range(single, single + 25)]
        block = grid_block(figure, (rows[places[0]], rows[places[1]]), cells, names)
    found = None
    if points is not None:
        effects = effects_of(points, column[len(values) - len(points):])
        found = {} if effects is None else {row.id: one for row, one in zip(rows, effects, strict=True)}
    swings = [Swing(row, (values[low][i], values[low + 1][i]), _at(column, low), _at(column, low + 1),
                    (_why(judged[low], which), _why(judged[low + 1], which)))
              for i, row in enumerate(rows) for low in [1 + 2 * i]]
    idle, gone = still(rows, column[:single]), away(rows)
    coming = None
    if idle and gone:
        asked = if_they_come(rows, idle)
        moved = _column(worked(asked, folder.with_name(COMING)), which, keys, figure)
        coming = Without([rows[i].name for i in gone], {rows[i].id: (_at(moved, 2 * n), _at(moved, 2 * n + 1))
                                                        for n, i in enumerate(idle)})
    judging = (UNFUNDED, BEYOND, *valued(stage_names(ground.accepted.factors)))
    ends = [End(row, values[0][i], values[1 + 2 * i + side][i], best, equally_good(judged[0].best, best, judging))
            for i, row in enumerate(rows) for side in (0, 1) for best in [judged[1 + 2 * i + side].best]]
    return [tornado(figure, which, _at(column, 0), swings, names, found, block, coming),
            decisions(ground.accepted.case, judged[0].best, ends)]


def _column(judged: Sequence[Judged], which: str, keys: Sequence[str], figure: str) -> Array:
    """A figure of all futures; not a number where there is no plan."""
    column: Array = as_array([getattr(one, which) for one in judged], keys)[:, keys.index(figure)]
    return column


def _at(column: Array, number: int) -> float | None:
    return float(column[number]) if np.isfinite(column[number]) else None


def _why(one: Judged, which: str) -> Text | None:
    """Why there is no plan; None where there is one."""
    outcome = getattr(one, which)
    return None if outcome.figures is not None else one.impossible or outcome.why


def _place(ground: Ground, name: str) -> int:
    known = [row.id for row in ground.rows]
    if name not in known:
        raise Unknown(UNKNOWN.fill(name=name, hint=near(name, known)))
    return known.index(name)
