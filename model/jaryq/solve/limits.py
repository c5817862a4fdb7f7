"""When a search for whole plans may stop: gaps, nodes, effort, and far behind them the clock."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from jaryq.solve.clock import now
from jaryq.solve.highs import Outcome
from jaryq.solve.lp import LinearProgram
from jaryq.solve.solution import Gap

EFFORT = 100_000_000
"""Nodes times coefficients of the program that a search may take where no limit of nodes is set. A node of 50,000
coefficients takes some 20 ms."""

SECOND = 1e9
"""Work of a second or so: entries of the matrix that the simplex method looks at."""

WORK = 28 * SECOND
"""Work that all searches of a decision take together where no limit of nodes is set: what is done at the root of a
search knows no nodes."""

ROOT, NODE, ITERATION, OVERHEAD = 1500.0, 100.0, 12.0, 2e5
"""Work of a whole search, by the coefficients of its program: between two moments at which the solver lets itself be
stopped, at the root (a round of cuts) and at nodes; afterwards, of an iteration of the simplex with all beside it. Work
of a linear program beside its iterations. Measured on programs of 1,400 and 128,000 coefficients."""

OVERRUN = 4.0
"""A search that does not let itself be stopped in time ends after so many times what is left on the clock."""


@dataclass(eq=False)
class Spent:
    """The work of all searches so far. ``root``: of a round of cuts, by coefficients."""

    work: float = 0.0
    root: float = ROOT

    def look(self, program: LinearProgram, nodes: int) -> None:
        """A whole search lets itself be stopped once more."""
        self.work += (NODE if nodes else self.root) * program.matrix.nnz

    def whole(self, outcome: Outcome, program: LinearProgram, begun: float) -> None:
        """A whole search has ended, begun at ``begun``."""
        self.work = max(self.work, begun + ITERATION * outcome.iterations * program.matrix.nnz)

    def linear(self, outcome: Outcome, program: LinearProgram) -> None:
        """One linear program more."""
        self.work += OVERHEAD + outcome.iterations * program.matrix.nnz


@dataclass(frozen=True)
class Limits:
    """When a search may stop: absolute gap per stage; nodes of each search (None: by effort); ``end``, of the work of
    all of them (``spent``), by which searches end that have a plan (with ``hard`` the others too), alike on every
    machine; ``last``, of the clock (``clock.now``), by which all end."""

    gaps: Mapping[str, Gap]
    nodes: int | None
    end: float
    last: float
    seed: int
    hard: bool = False
    spent: Spent = field(default_factory=Spent)

    @classmethod
    def of(cls, gaps: Mapping[str, Gap], nodes: int | None, last: float, seed: int) -> Limits:
        """``last``: the moment (``clock.now``) by which all searches end; those that have a plan end sooner where no
        limit of nodes is set."""
        return cls(gaps, nodes, math.inf if nodes else WORK, last, seed)

    @property
    def late(self) -> bool:
        """Whether the clock has run out."""
        return now() >= self.last

    @property
    def left(self) -> float:
        """Work that is left to a search that has a plan."""
        return 0.0 if self.late else max(self.end - self.spent.work, 0.0)

    def most(self) -> float:
        """Seconds on the wall after which the solver stops itself."""
        return OVERRUN * max(self.last - now(), 0.01)

    def finer(self, times: float) -> Limits:
        """The same with gaps divided."""
        return replace(self, gaps={name: replace(gap, size=gap.size / times) for name, gap in self.gaps.items()})

    def within(self, work: float) -> Limits:
        """The same with so much work at most."""
        return replace(self, end=min(self.end, self.spent.work + work))

    def boxed(self, work: float) -> Limits:
        """The same with so much work at most, also for a search that has no plan yet."""
        return replace(self.within(work), hard=True)

    def to_the_end(self) -> Limits:
        """The same for a search that has no plan yet: it takes what time there is, if it is in no box."""
        return self if self.hard else replace(self, end=math.inf)

    def most_nodes(self, program: LinearProgram) -> int:
        return self.nodes or max(EFFORT // max(program.matrix.nnz, 1), 100)
