"""Where a curve ends: which limits and rules keep plans from going on."""

from __future__ import annotations

import numpy as np

from jaryq.base.errors import Infeasible, NoPlan
from jaryq.base.text import Text
from jaryq.explain.dials import Dial
from jaryq.explain.rules import FAMILIES
from jaryq.factors.derive import Factors
from jaryq.formulation.assemble import limits
from jaryq.formulation.declare import ROWS
from jaryq.report.limits import in_words, part_in_words
from jaryq.report.words import joined
from jaryq.solve.highs import DUAL, Solver
from jaryq.solve.lp import LinearProgram, Name

NAMED = 3
"""So many are named, those that the proof leans on most."""

SMALL = 1e-9
"""A multiplier below this part of the largest is none."""

RULE = Text("{title} ({what})", "{title} ({what})")


def what_ends(f: Factors, moved: Dial, beyond: LinearProgram) -> Text | None:
    """The limits and rules, beside the number that moves, that no plan keeps together in the program with it ``beyond``
    the end; nothing where the solver tells none."""
    solver = Solver(beyond, presolve=False)
    solver.option("simplex_strategy", DUAL)
    try:
        outcome = solver.run()
    except (Infeasible, NoPlan):
        return None
    ray = solver.ray() if outcome.stop == "infeasible" else None
    if ray is None or ray.shape != (beyond.shape[0],):
        return None
    weight = np.abs(ray) * np.maximum(1.0, np.abs(np.nan_to_num(np.where(ray > 0, beyond.row_lower, beyond.row_upper),
                                                                posinf=0.0, neginf=0.0)))
    order = [i for i in np.argsort(-weight, kind="stable").tolist() if abs(ray[i]) > SMALL * np.abs(ray).max()]
    own = {limit.name for limit in moved.limits}
    named = {row: in_words(f.case, limit.kind, limit.index, limit.name)
             for limit in limits(f) if limit.name not in own for row in limit.moves}
    said = dict.fromkeys(text for i in order if (text := named.get(beyond.rows[i]) or _rule(f, beyond.rows[i])))
    return joined(list(said)[:NAMED])


def _rule(f: Factors, row: Name) -> Text | None:
    """A rule that is no limit, by what it is of."""
    family, index = row
    if family not in FAMILIES:
        return None
    return RULE.fill(title=ROWS[family].text, what=part_in_words(f.case, str(index[FAMILIES[family].part])))
