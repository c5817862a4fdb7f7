"""Certificates of the stages: bounds in exact arithmetic, under the plan's own earlier shortfalls."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from jaryq.base.errors import NoPlan
from jaryq.base.flat import rounded
from jaryq.solve.exact import Arithmetic, Cap, Taken, in_digits, loosened, not_above, room_of
from jaryq.solve.highs import FEASIBILITY, Solver
from jaryq.solve.inorder import in_order
from jaryq.solve.leaves import bound_of
from jaryq.solve.lp import Array, LinearProgram, label
from jaryq.solve.nodes import Kept, Leaf, Relaxation
from jaryq.solve.proof import NOTHING, Tree
from jaryq.solve.prove import Ground, Roots
from jaryq.solve.solution import Stage
from jaryq.solve.stages import HOLD, Staged, solve_surely

NO_ROOTS: Roots = MappingProxyType({})


def certify(
    program: LinearProgram, names: Sequence[str], final: Staged, relaxed: Staged, *,
    trees: Mapping[str, Tree] = NOTHING.trees, before: Callable[[], object] = lambda: None, small: Ground | None = None,
    roots: Roots = NO_ROOTS, stated: LinearProgram | None = None,
) -> tuple[list[Stage], dict[str, float], float]:
    """For each stage the best value of any plan whose earlier shortfalls are at most those reached, from exact
    arithmetic.

    ``relaxed``: the linear stages of the program, or of the one before columns were fixed. While the plan keeps their
    values, their own multipliers bound the stages, if they come to the plan's value (no bound is better) or to what
    the program itself allows (their point keeps the fixings); else each is solved with rows for the earlier ones, on
    ``small``, which stands for the program, where its multipliers bound the full one as well; ``roots``: what was
    solved of it already. Where what rows may be broken by is worth much at them (``Taken.thin``), those of the
    loosened program count if they bound plans better. ``stated``: the program that plans are held to, where rows of
    ``program`` gave way: any multipliers bound it. A tree's bound counts where it is the better one. ``before`` is
    called before each stage.
    Multipliers and values are those that the plan keeps (15 digits), and a bound is stated as no more than they give.
    """
    stages: list[Stage] = []
    multipliers: dict[str, float] = {}
    kept: dict[str, float] = rounded(final.values)
    stated = program if stated is None else stated
    certifier = _Certifier((program, stated), final, relaxed, small, roots)
    for name in names:
        before()
        dual, caps = certifier.of(name)
        before()
        dual, caps = in_digits(dual), rounded(caps)
        made = certifier.taken(name, dual, caps, kept)
        if made.thin:
            other = certifier.loosely(name)
            if other is not None and certifier.taken(name, *other, kept).bound > made.bound:
                dual, caps = other
                made = certifier.taken(name, dual, caps, kept)
        bound = not_above(made.bound)
        stage = Stage(name, final.values[name], bound, relaxed.values[name])
        tree = trees.get(name)
        branched = bound_of(stated, name, {cap: kept[cap] for cap in caps}, tree) if tree else None
        if tree and branched is not None and not_above(branched) > bound:
            stage = replace(stage, bound=not_above(branched), linear=bound, leaves=tree.leaves)
        stages.append(stage)
        multipliers |= {f"{name}|{label(program.rows[i])}": float(dual[i]) for i in np.flatnonzero(dual)}
        multipliers |= {f"{name}|{earlier}": times for earlier, times in caps.items()}
        certifier.keep(name)
    return stages, multipliers, certifier.own.seconds


class _Certifier:
    """A program with the plan's values of the stages so far as caps."""

    def __init__(self, programs: tuple[LinearProgram, LinearProgram], final: Staged, relaxed: Staged,
                 small: Ground | None, roots: Roots) -> None:
        program, stated = programs
        self.program, self.final, self.relaxed, self.small, self.roots = program, final, relaxed, small, roots
        self.own = Solver(program)
        self.before: list[str] = []
        self.exact = Arithmetic(stated)
        # As long as the plan keeps to the relaxation, the relaxation's value is a bound: the linear program's best one
        # if the point is there.
        self.kept = not relaxed.fell_back
        self.there = bool(np.all(relaxed.x <= program.col_upper + FEASIBILITY))

    def of(self, name: str) -> tuple[Array, Mapping[str, float]]:
        """Multipliers of the rows, and of the caps, that bound a stage best."""
        vector, constant = self.program.objectives[name]
        least = constant + float(vector @ np.where(vector > 0, self.program.col_lower, self.program.col_upper))
        if self.final.values[name] <= least + FEASIBILITY:
            # No shortfall: the bounds of columns alone prove it.
            return np.zeros(self.program.shape[0]), dict.fromkeys(self.before, 0.0)
        if self.kept:
            dual, caps = in_order(self.program, self.before, name, self.relaxed)
            value = self.relaxed.values[name] if self.there else self.final.values[name]
            if self.bound(name, dual, caps) >= value - HOLD * max(1.0, abs(value)):
                return dual, caps
            if (found := self._going_on(name)) is not None:
                return found
        return self._on_small(name) or self._by_solving(name)

    def _going_on(self, name: str) -> tuple[Array, Mapping[str, float]] | None:
        """The multipliers of a stage on the face of those before it, which the plan keeps, from its basis before
        columns were fixed; nothing if they bound it by less than its best point there, which no bound can pass."""
        if name not in self.relaxed.bases:
            return None
        vector, unit = self.program.objectives[name][0], self.program.unit(name)
        solver = Solver(self.relaxed.faces[name].of(self.program))
        solver.minimise(vector * unit)
        solver.start_from(self.relaxed.bases[name])
        outcome = solver.run()
        self.own.seconds += solver.seconds
        if not outcome.is_best:
            return None
        value = self.program.value(name, outcome.x)
        anew = replace(self.relaxed, duals={**self.relaxed.duals, name: outcome.row_dual / unit})
        dual, caps = in_order(self.program, self.before, name, anew)
        return (dual, caps) if self.bound(name, dual, caps) >= value - HOLD * max(1.0, abs(value)) else None

    def bound(self, name: str, dual: Array, caps: Mapping[str, float]) -> float:
        """The bound that multipliers give to the letter: whether they are the best of a program."""
        return float(self.taken(name, dual, caps, self.final.values).exact)

    def taken(self, name: str, dual: Array, caps: Mapping[str, float], limits: Mapping[str, float]) -> Taken:
        """The bound in exact arithmetic, earlier stages at ``limits``."""
        rows = [Cap(*self.program.objectives[earlier], limits[earlier], caps[earlier]) for earlier in caps]
        return self.exact.taken(*self.program.objectives[name], dual, rows)

    def loosely(self, name: str) -> tuple[Array, Mapping[str, float]] | None:
        """The best multipliers, as a plan keeps them, of the program with all that a plan may break it by; nothing
        where the solver is at a loss."""
        program, count = self.program, self.program.shape[0]
        solver, unit = Solver(loosened(program)), program.unit(name)
        for earlier in self.before:
            vector, constant = program.objectives[earlier]
            value = self.final.values[earlier]
            solver.add_cap(vector * program.unit(earlier),
                           program.unit(earlier) * (value - constant + room_of(Cap(vector, constant, value, 0.0))))
        solver.minimise(program.objectives[name][0] * unit)
        try:
            dual = solve_surely(solver, program, proved=False).row_dual / unit
        except NoPlan:
            return None
        finally:
            self.own.seconds += solver.seconds
        return in_digits(dual[:count]), rounded(self._of_caps(dual[count:]))

    def _of_caps(self, dual: Array) -> dict[str, float]:
        """Multipliers of the earlier stages by those of their rows."""
        return {earlier: max(-m * self.program.unit(earlier), 0.0)
                for earlier, m in zip(self.before, dual.tolist(), strict=True)}

    def _on_small(self, name: str) -> tuple[Array, Mapping[str, float]] | None:
        """Multipliers of a stage on the small program: a row has those of the row into which it is added up. Nothing
        where they bound the full program by less than the small one."""
        if self.small is None:
            return None
        kept = tuple(Kept(earlier, self.final.values[earlier]) for earlier in self.before)
        leaf = self.roots.get((name, kept)) or self._solved(self.small, name, kept)
        if leaf is None or leaf.empty:
            return None
        dual = np.where(self.small.row >= 0, leaf.rows[self.small.row], 0.0)
        caps = {earlier: max(times, 0.0) for earlier, times in zip(self.before, leaf.caps.tolist(), strict=True)}
        least = leaf.value - HOLD * max(1.0, abs(leaf.value))
        return (dual, caps) if self.bound(name, dual, caps) >= least else None

    def _solved(self, small: Ground, name: str, kept: tuple[Kept, ...]) -> Leaf | None:
        relaxation = Relaxation(small.program, name, kept, ())
        try:
            return relaxation.at(())
        except NoPlan:
            return None
        finally:
            self.own.seconds += relaxation.solver.seconds

    def _by_solving(self, name: str) -> tuple[Array, Mapping[str, float]]:
        unit, count = self.program.unit(name), self.program.shape[0]
        self.own.minimise(self.program.objectives[name][0] * unit)
        self.own.forget()
        try:
            dual = solve_surely(self.own, self.program, proved=False).row_dual / unit
        except NoPlan:
            if not self.before:
                raise
            # To the letter nothing keeps what a plan reaches that misses a limit by a hair: bounds of columns stand.
            return np.zeros(count), dict.fromkeys(self.before, 0.0)
        return dual[:count], self._of_caps(dual[count:])

    def keep(self, name: str) -> None:
        """The stages after it keep the plan's value of a stage."""
        vector, constant = self.program.objectives[name]
        if not np.any(vector):
            return
        value = self.final.values[name]
        self.before.append(name)
        self.kept = self.kept and abs(value - self.relaxed.values[name]) <= FEASIBILITY * max(1.0, abs(value))
        most = self.program.unit(name) * (value - constant)
        self.own.add_cap(vector * self.program.unit(name), most + 1e-9 * max(1.0, abs(most)))
