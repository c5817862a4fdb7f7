"""What a solver is asked and what it answers.

A solver is anything with ``name``, ``whole`` and ``solve``; nothing it says is believed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array, vstack

from jaryq.solve.lp import Array, LinearProgram

Stop = Literal["optimal", "infeasible", "unbounded", "limit", "other"]
Statuses = npt.NDArray[np.int8]

BASIC, LOWER, UPPER, FREE = 0, 1, 2, 3
"""Status of a column or row in a basis; ``FREE`` is nonbasic at zero."""

CAP_SLACK = 1e-9
"""Slack of a row that keeps a stage, as a share of its size (at least of 1), the stage's largest cost being 100."""


@dataclass(frozen=True, eq=False)
class Kept:
    """An earlier stage that later ones keep: vector x <= most (scaled)."""

    stage: str
    vector: Array
    most: float
    slack: float


@dataclass(frozen=True, eq=False)
class Question:
    """Minimise cost x + offset over ``program``: the base's rows and bounds, and rows that keep earlier stages.

    ``cost`` and ``offset`` are scaled to a largest cost of 100, ``unit`` turns them back: value of the stage = scaled
    value / unit. ``gap``: absolute distance from the best at which a whole search may stop, scaled. ``seconds``: the
    time a solver has.
    """

    stage: str
    base: LinearProgram
    kept: tuple[Kept, ...]
    cost: Array
    offset: float
    unit: float
    whole: bool
    gap: float
    seconds: float
    under_whole: bool = False
    """Divisible, but earlier stages are kept as whole plans reached them."""

    @cached_property
    def program(self) -> LinearProgram:
        """The base with a row for each stage that is kept (decision 0004)."""
        return with_rows(self.base, self.kept)

    def value(self, x: Array) -> float:
        return float(self.cost @ x) + self.offset

    def relaxed(self) -> Question:
        """The same with every decision divisible."""
        return replace(self, whole=False, gap=0.0, under_whole=True)


@dataclass(frozen=True, eq=False)
class Basis:
    """Status of each column and row; as many are basic as there are rows."""

    columns: Statuses
    rows: Statuses


NOTHING: Array = np.zeros(0)


@dataclass(frozen=True, eq=False)
class Answer:
    """Everything a solver says: why it stopped, its value and bound (scaled, nan: none stated), a point; of a linear
    program multipliers, basis, a ray that proves infeasibility. Empty arrays: not stated. ``seconds`` is measured
    outside of the solver."""

    solver: str
    stop: Stop
    said: str = ""
    value: float = np.nan
    bound: float = np.nan
    x: Array = field(default_factory=NOTHING.copy)
    row_dual: Array = field(default_factory=NOTHING.copy)
    ray: Array = field(default_factory=NOTHING.copy)
    basis: Basis | None = None
    seconds: float = 0.0


class Answerer(Protocol):
    """A solver: ``whole`` tells the kind of programs it is asked."""

    @property
    def name(self) -> str: ...

    @property
    def whole(self) -> bool: ...

    def solve(self, question: Question) -> Answer: ...


def question(
    program: LinearProgram, stage: str, kept: Sequence[Kept], seconds: float, *, whole: bool = False, gap: float = 0.0,
) -> Question:
    """A stage of the program, its cost scaled, after the stages that are kept."""
    vector, constant = program.objectives[stage]
    unit = program.unit(stage)
    return Question(stage, program, tuple(kept), vector * unit, constant * unit, unit, whole, gap, seconds)


def with_rows(program: LinearProgram, kept: Sequence[Kept], more: float = 0.0) -> LinearProgram:
    """The program with rows that keep earlier stages; ``more``: further slack of them, as a share of their size."""
    if not kept:
        return program
    rows = csr_array(np.array([keep.vector for keep in kept]))
    most = [keep.most + (keep.slack + more) * max(1.0, abs(keep.most)) for keep in kept]
    return replace(
        program, matrix=csr_array(vstack([program.matrix, rows])),
        rows=(*program.rows, *(("stage", (keep.stage,)) for keep in kept)),
        row_lower=np.concatenate([program.row_lower, np.full(len(kept), -np.inf)]),
        row_upper=np.concatenate([program.row_upper, most]),
    )
