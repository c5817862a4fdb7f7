"""What is asked of the program of a case: the bridge from factors and declarations to a solver that knows neither."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache, cached_property
from typing import cast

import numpy as np

from jaryq.base.collector import no_collector
from jaryq.case.plan import Plan
from jaryq.factors.derive import Factors
from jaryq.formulation.assemble import limits
from jaryq.formulation.declare import VARIABLES, Limit
from jaryq.formulation.express import coefficients
from jaryq.formulation.meanings import letters_of_columns, letters_of_rows, meaning
from jaryq.formulation.model import assemble
from jaryq.formulation.moves import Moved as MovedFactors
from jaryq.formulation.moves import Mover, same_columns, touched_by, widened
from jaryq.solve.lp import Array, LinearProgram, Name
from jaryq.solve.question import Limit as Movable
from jaryq.solve.question import Meaning, Moved, Moves, Question
from jaryq.solve.read import plan_by


def program_of(f: Factors) -> LinearProgram:
    """The linear program of a case. Raises Infeasible if a row without decisions cannot hold."""
    from jaryq.solve.compile import compile_model, free

    with no_collector():  # what it would look through is let go of
        model = assemble(f)
        program = compile_model(model)
        free(model)
    return program


def question(f: Factors, program: LinearProgram) -> Question:
    """All that solving the program of ``f`` needs beside its arrays."""
    return Question(
        settings=f.case.settings,
        meanings=tuple(_meaning(f, name) for name in program.columns),
        outlays=np.array(coefficients(f, f.spent, program.columns)),
        columns=letters_of_columns(), rows=letters_of_rows(),
        moves=CaseMoves(f, program),
    )


def plan_at(f: Factors, program: LinearProgram, x: Array) -> Plan:
    """The plan of a point of the program of ``f``."""
    return plan_by(lambda j: _meaning(f, program.columns[j]), program, x)


def _meaning(f: Factors, name: Name) -> Meaning | None:
    found = meaning(f, name)
    return None if found is None else Meaning(*found)


def natural(f: Factors, known: Sequence[Limit], limit: Limit) -> float:
    """The size a limit of nothing is measured by (docs/numbers.md: Prices of limits)."""
    def unit(one: Limit) -> str:
        source = f.case.sources.get(one.index[0])
        return source.currency if source and one.unit == "bn currency" else one.unit

    kind = [one for one in known if one.kind == limit.kind]
    mine = max((one.value for one in kind if one.index[0] == limit.index[0]), default=0.0)
    return (limit.natural or mine or max((one.value for one in kind if unit(one) == unit(limit)), default=0.0)) or 1.0


class CaseMoves:
    """The limits of a case, and what moves with them in its program; ``wide``: the factors that the columns and
    coefficients of the program come from."""

    def __init__(self, f: Factors, program: LinearProgram, wide: Factors | None = None) -> None:
        self.f, self.program, self.wide = f, program, wide

    @cached_property
    def limits(self) -> Sequence[Limit]:
        return limits(self.f)

    @cached_property
    def mover(self) -> Mover:
        return Mover(self.f, self.program.columns, self.wide)

    def natural(self, limit: Movable) -> float:
        """The size a limit of nothing is measured by: its own, the largest of its kind of the same source or resource
        row, then of the same unit; else 1."""
        return natural(self.f, self.limits, cast("Limit", limit))

    def at(self, limit: Movable, value: float) -> Moved:
        return self._moved(self.mover.at(cast("Limit", limit), value))

    def among(self, columns: Collection[Name]) -> Callable[[Movable, float], Moved]:
        at = self.mover.among(columns)
        return lambda limit, value: self._moved(at(cast("Limit", limit), value))

    def _moved(self, found: MovedFactors) -> Moved:
        anew = found.anew
        return Moved(found.sides, found.most, None if anew is None else cache(lambda: program_of(anew)),
                     found.coefficients)

    def touched(self, limit: Movable) -> frozenset[str]:
        return touched_by(self.f.case, cast("Limit", limit))

    def follows(self, family: str) -> bool:
        return VARIABLES[family].limited

    def wider(self, sizes: Mapping[str, float]) -> tuple[LinearProgram, Moves] | None:
        nothing = [limit for limit in self.limits if limit.name in sizes]
        wide = widened(self.f, nothing, sizes)
        if same_columns(self.f, wide):
            return None
        program = program_of(wide)
        moves = CaseMoves(self.f, program, wide)
        upper = np.array([moves.mover.now(name) if VARIABLES[name[0]].limited else most
                          for name, most in zip(program.columns, program.col_upper.tolist(), strict=True)])
        sides: dict[Name, float] = {}
        for limit in nothing:
            for row, per_unit in limit.moves.items():
                sides[row] = sides.get(row, 0.0) - per_unit * (limit.stands(wide) - limit.stands(self.f))
        return program.moved(sides).with_bounds(col_upper=upper), moves
