"""What if: changes on a plan that stands, without building or solving from nothing.

The divisible program of the plan is solved once, stage by stage, and kept warm. A change is checked as an input is; the
rules of the algebra then say every coefficient, side and bound anew, which go into the arrays of the warm program, and
each stage goes on from its basis. Where the program has no place for one of them (a decision that did not exist), it is
built again, its stages begin where decisions and rows of the same names stood, and that is said.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from jaryq.api.accepted import Accepted, accept_changes
from jaryq.api.arrays import Said, program_of, said
from jaryq.api.asked import asked
from jaryq.api.conflict import in_words
from jaryq.api.question import CaseMoves, question
from jaryq.api.shown import html, row
from jaryq.base.collector import no_collector
from jaryq.base.errors import Infeasible
from jaryq.base.text import Text
from jaryq.case.stages import valued
from jaryq.factors.again import again
from jaryq.factors.derive import Factors
from jaryq.formulation.assemble import limits
from jaryq.formulation.declare import Limit
from jaryq.solve.at_once import Reached, from_nothing
from jaryq.solve.from_base import all_by_names, by_names
from jaryq.solve.highs import Solver
from jaryq.solve.in_classes import InClasses
from jaryq.solve.in_place import Elsewhere, in_place, part_of
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.question import Moves
from jaryq.solve.relaxed import relaxation
from jaryq.solve.solution import MAXIMISED
from jaryq.solve.stages import linear_stages
from jaryq.solve.warm import Warm

WORTH = 1500
"""Steps from a basis that cost a large program about a tenth of being solved from nothing."""

Solves = Callable[[LinearProgram], Reached]

BUILT_AGAIN = Text("built again, not changed in place: {place} has no place in the program of the plan",
                   "построено заново, а не изменено на месте: для {place} нет места в программе плана")


@dataclass(frozen=True, repr=False)
class Again:
    """The stages of the divisible program, each in its own sense and unit, as the plan stands (``before``) and with the
    changes (``after``); ``remark``: why the program was built again, if it was; ``seconds`` of processor."""

    changes: tuple[str, ...]
    before: Mapping[str, float]
    after: Mapping[str, float]
    remark: Text | None
    seconds: float

    @property
    def in_place(self) -> bool:
        return self.remark is None

    @property
    def stages(self) -> pd.DataFrame:
        """What each stage reaches before and after; missing where a stage exists on one side only."""
        names = list(dict.fromkeys([*self.before, *self.after]))
        rows = [(name, self.before.get(name, math.nan), self.after.get(name, math.nan)) for name in names]
        frame = pd.DataFrame(rows, columns=["stage", "before", "after"])
        frame["change"] = frame["after"] - frame["before"]
        return frame

    def __repr__(self) -> str:
        said = ", ".join(f"{name} {was:,.6g} -> {self.after[name]:,.6g}" for name, was in self.before.items()
                         if name in self.after)
        return f"<jaryq what-if of {len(self.changes)} change(s), divisible: {said}>"

    def _repr_html_(self) -> str:
        facts = [row("changes", "; ".join(self.changes))]
        facts += [row("built again", self.remark.say())] if self.remark is not None else []
        return html("What if (facilities divisible)", facts, self.stages.to_html(index=False))


@dataclass(frozen=True, eq=False)
class At:
    """A program, what its stages reach (minimised) and the point; ``remark``: why it was built again, if it was, and
    the ``steps`` of the simplex that it then took."""

    program: LinearProgram
    values: Mapping[str, float]
    x: Array
    remark: Text | None = None
    steps: int = 0


class Standing:
    """An accepted input and its program, to be changed and solved again; facilities are divisible. Without ``proved``
    what leaves no plan is NoPlan, and no time goes into a proof. ``stages``: which of a program's are solved. With
    other coefficients all of them are run at once, each then confirmed by itself. ``in_classes``: programs in which
    enough projects are alike are solved by way of a smaller one, whatever changes."""

    def __init__(self, accepted: Accepted, program: LinearProgram, *, proved: bool = True,
                 stages: Callable[[Iterable[str]], tuple[str, ...]] = valued, in_classes: bool = False) -> None:
        self.accepted, self.program, self.proved, self.solved = accepted, program, proved, stages
        self.names = stages(program.objectives)
        self._in_classes = in_classes

    @cached_property
    def classes(self) -> InClasses | None:
        """The program by way of a smaller one, where that is asked for and helps."""
        if not self._in_classes:
            return None
        made = InClasses(question(self.accepted.factors, self.program), self.program, self.names)
        return made if made.helps else None

    def best(self, program: LinearProgram) -> Reached:
        """What the stages reach in a program with the columns and rows of this one. Raises Infeasible, NoPlan."""
        return self.warm.reached(program) if self.classes is None else self._by_classes(program, self.names)

    def _by_classes(self, program: LinearProgram, names: Sequence[str]) -> Reached:
        """By way of the smaller program, or else from nothing. Raises Infeasible, NoPlan."""
        assert self.classes is not None
        found = self.classes.reached(program, names)
        if found is not None:
            return found
        staged = linear_stages(program, names, Solver(program), proved=self.proved)
        return staged.values, staged.x

    @cached_property
    def warm(self) -> Warm:
        """The program solved, stage by stage, once. Raises Infeasible, NoPlan."""
        seed = self.accepted.case.settings.seed
        return Warm(self.program, self.names, relaxation(self.program, (self.names, seed))[0], proved=self.proved,
                    near=WORTH, together=True)

    def again(self, changes: Sequence[str]) -> Again:
        """What the stages reach with changes, written as the option ``--set`` takes them. Raises InputRejected where
        one is no change or an input with it would be rejected, Infeasible in words, NoPlan."""
        made = asked(changes)
        before = self.warm.base.values
        self.warm.all  # noqa: B018  found once, here
        begun = time.process_time()
        with no_collector():
            f = accept_changes(self.accepted, made).factors
            after, remark = self._values(f)
        return Again(tuple(changes), _shown(before, self.accepted.factors), _shown(after, f), remark,
                     time.process_time() - begun)

    @cached_property
    def moves(self) -> Moves:
        """All limits of the case, and what moves with them in its program."""
        return CaseMoves(self.accepted.factors, self.program)

    def moved(self, limit: Limit, value: float, by: Solves | None = None) -> At:
        """What the stages reach with one limit at another value: sides and bounds alone are changed where that is all
        that moves; ``by``: what solves it in place (else the warm program). Raises Infeasible, NoPlan."""
        moved = self.moves.at(limit, value)
        if moved.anew is None:
            program = moved.of(self.program)
            return At(program, *(by or self.warm.reached)(program))
        return self.reached(again(self.accepted.factors, limit.put(self.accepted.case, value), limit.kind,
                                  limit.index[0]), by)

    def _values(self, f: Factors) -> tuple[Mapping[str, float], Text | None]:
        """Values of the stages (minimised) with other factors, and why the program was built again."""
        try:
            found = self.reached(f)
        except Infeasible as error:
            raise in_words(error, limits(f), {key: one.currency for key, one in f.case.sources.items()}) from error
        return found.values, found.remark

    def reached(self, f: Factors, by: Solves | None = None) -> At:
        """What the stages reach with other factors of the case; ``by`` as in ``moved``. Raises Infeasible, NoPlan."""
        told = said(f, self.program.column_at, self.program.row_at)
        try:
            program = placed(self.program, told)
        except Elsewhere as place:
            program, remark = program_of(told), BUILT_AGAIN.fill(place=str(place))
            if self.classes is not None:
                return At(program, *self._by_classes(program, self.solved(program.objectives)), remark)
            solver, names = Solver(program), self.solved(program.objectives)
            found = by_names(self.program, self.warm.base, program, names, solver) if self.warm.all is None else \
                (all_by_names(self.program, self.warm.all, program, names, solver)
                 or from_nothing(program, names, solver))
            if found is None:
                solver.forget()
                staged = linear_stages(program, names, solver, proved=self.proved)
                found = staged.values, staged.x
            return At(program, *found, remark, solver.steps)
        return At(program, *(by or self.best)(program))


def changed_in_place(program: LinearProgram, f: Factors) -> LinearProgram:
    """A program with the numbers that the algebra has for other factors; decisions that do not exist with them are held
    at nothing. Raises Elsewhere where it has no place for one of them, Infeasible if a row without decisions cannot
    hold."""
    return placed(program, said(f, program.column_at, program.row_at))


def with_what_is_there(program: LinearProgram, f: Factors) -> LinearProgram:
    """The same, without the decisions and rows that do not exist with the other factors: those that a program built for
    them would have, at the places of this one. Raises Elsewhere, Infeasible."""
    told = said(f, program.column_at, program.row_at)
    made = placed(program, told)
    numbers = np.array(told.numbers, dtype=np.int64)
    rows = [program.row_at[row.name] for row in told.rows if row.name in program.row_at and (
        row.terms[0] or not row.least <= 0.0 <= row.most)]
    return part_of(made, np.unique(numbers[numbers < program.shape[1]]), np.unique(np.array(rows, dtype=np.int64)))


def placed(program: LinearProgram, told: Said) -> LinearProgram:
    """The program with the numbers of what was said by the numbers of its columns. Raises Elsewhere."""
    if tuple(told.stages) != tuple(valued(program.objectives)):
        raise Elsewhere(", ".join(told.stages))
    size = program.shape[1]
    most = np.zeros(size)
    numbers = np.array(told.numbers, dtype=np.int64)
    most[numbers[numbers < size]] = told.most[numbers < size]
    return in_place(program, told.rows, told.stages, most)


def _shown(values: Mapping[str, float], f: Factors) -> dict[str, float]:
    """Values of stages in their own sense."""
    turn = -1.0 if f.case.settings.objective in MAXIMISED else 1.0
    return {name: (turn if name == "objective" else 1.0) * value + 0.0 for name, value in values.items()}
