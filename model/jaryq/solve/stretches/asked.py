"""What is asked of a program, asked of that of its groups: their columns are no decisions of their own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from jaryq.solve.lp import LinearProgram, Name
from jaryq.solve.question import Limit, Moved, Moves, Question
from jaryq.solve.stretches.partition import Partition
from jaryq.solve.stretches.register import Stretches, relinked
from jaryq.solve.stretches.restricted import GROUP, TOGETHER, Restricted, restricted


def of_groups(question: Question, made: Restricted, register: Stretches) -> Question:
    """The question of the program of a partition."""
    more = made.program.shape[1] - made.base.shape[1]
    return replace(question, meanings=question.meanings + (None,) * more,
                   outlays=np.concatenate([question.outlays, np.zeros(more)]),
                   moves=MovesOfGroups(question.moves, made.base, register, made.partition))


class MovesOfGroups:
    """Limits moved while the groups stay as they are: prices are those of the groups, which is at most what stretches
    chosen anew would bring."""

    def __init__(self, moves: Moves, base: LinearProgram, register: Stretches, partition: Partition) -> None:
        self.moves, self.base, self.register, self.partition = moves, base, register, partition

    @property
    def limits(self) -> Sequence[Limit]:
        return self.moves.limits

    def natural(self, limit: Limit) -> float:
        return self.moves.natural(limit)

    def at(self, limit: Limit, value: float) -> Moved:
        return self._moved(self.moves.at(limit, value))

    def among(self, columns: Collection[Name]) -> Callable[[Limit, float], Moved]:
        at = self.moves.among(columns)
        return lambda limit, value: self._moved(at(limit, value))

    def _moved(self, found: Moved) -> Moved:
        anew = found.anew
        return found if anew is None else replace(found, anew=lambda: self._of(anew()))

    def touched(self, limit: Limit) -> frozenset[str]:
        return self.moves.touched(limit)

    def follows(self, family: str) -> bool:
        return family not in (GROUP, TOGETHER) and self.moves.follows(family)

    def wider(self, sizes: Mapping[str, float]) -> tuple[LinearProgram, Moves] | None:
        found = self.moves.wider(sizes)
        if found is None:
            return None
        program, moves = found
        return self._of(program), MovesOfGroups(moves, program, self.register, self.partition)

    def _of(self, program: LinearProgram) -> LinearProgram:
        """The groups in another program of the same packages and periods."""
        register = relinked(self.register, self.base, program)
        return restricted(program, register, replace(
            self.partition, allowed=self.partition.allowed & register.open[self.partition.package])).program
