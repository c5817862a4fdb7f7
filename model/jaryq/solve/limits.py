"""When a search for whole plans may stop: gaps, nodes, and two clocks."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace

from jaryq.solve.lp import LinearProgram
from jaryq.solve.solution import Gap

EFFORT = 100_000_000
"""Nodes times coefficients of the program that a search may take where no limit of nodes is set. A node of 50,000
coefficients takes some 20 ms."""

SECONDS = 28.0
"""Seconds of processor time that all searches of a decision take together where no limit of nodes is set: work at the
root of a search knows no nodes."""

OVERRUN = 4.0
"""A search that the solver does not interrupt in time ends after so many times its seconds by the clock on the wall."""


@dataclass(frozen=True)
class Limits:
    """When a search may stop: absolute gap per stage; nodes of each search (None: by effort); ``end``, of the processor
    time of this thread, by which searches end that have a plan (with ``hard`` the others too), so that other processes
    on the machine change no plan; ``last``, of the clock on the wall, by which all end."""

    gaps: Mapping[str, Gap]
    nodes: int | None
    end: float
    last: float
    seed: int
    hard: bool = False

    @classmethod
    def of(cls, gaps: Mapping[str, Gap], nodes: int | None, last: float, seed: int) -> Limits:
        """``last``: the moment (``time.perf_counter``) by which all searches end; those that have a plan end sooner
        where no limit of nodes is set."""
        return cls(gaps, nodes, math.inf if nodes else time.thread_time() + SECONDS, last, seed)

    @property
    def left(self) -> float:
        """Seconds that are left to a search that has a plan."""
        return max(min(self.end - time.thread_time(), self.last - time.perf_counter()), 0.0)

    def most(self, *, has_plan: bool) -> float:
        """Seconds by the clock on the wall after which the solver stops itself."""
        wall = max(self.last - time.perf_counter(), 0.01)
        return min(wall, max(OVERRUN * self.left, 0.01)) if has_plan or self.hard else wall

    def finer(self, times: float) -> Limits:
        """The same with gaps divided."""
        return replace(self, gaps={name: replace(gap, size=gap.size / times) for name, gap in self.gaps.items()})

    def within(self, seconds: float) -> Limits:
        """The same with so many seconds at most."""
        return replace(self, end=min(self.end, time.thread_time() + seconds))

    def boxed(self, seconds: float) -> Limits:
        """The same with so many seconds at most, also for a search that has no plan yet."""
        return replace(self.within(seconds), hard=True)

    def to_the_end(self) -> Limits:
        """The same for a search that has no plan yet: it takes what time there is."""
        return replace(self, end=math.inf)

    def most_nodes(self, program: LinearProgram) -> int:
        return self.nodes or max(EFFORT // max(program.matrix.nnz, 1), 100)
