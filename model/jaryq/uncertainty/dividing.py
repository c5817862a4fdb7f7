"""Which uncertain input divides the futures in which something is done from those in which it is not (docs/numbers.md:
Deciding before knowing)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from jaryq.solve.lp import Array

SHUFFLES = 999
"""Random orders of the futures, by which it is told what chance alone divides."""

CHANCE = 0.05
"""A division that in more than this part of them is as good is chance."""

SAME = 1e-9
"""Distances nearer than this are one."""

Places = np.ndarray[tuple[int, ...], np.dtype[np.int64]]
Flags = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


@dataclass(frozen=True)
class Division:
    """``row``: the input, by its place; ``above``: whether it is done where the input is large; ``cut``: the values
    seen next to the border on both sides. ``done``, ``left``: the least and the greatest value seen where it is done
    and where not, how many futures each are and how many of these lie on the side of what is done."""

    row: int
    above: bool
    cut: tuple[float, float]
    done: tuple[float, float]
    left: tuple[float, float]
    count: int
    rest: int
    inside: int
    strays: int

    @property
    def edge(self) -> float:
        """The value on the side of what is done that is next to the border."""
        return self.cut[1] if self.above else self.cut[0]


class Dividing:
    """Futures by the values of their inputs (futures x rows).

    A division is a border in the values of one input; it is as good as the part of the futures with the work done that
    lies on its one side is larger than that of the others (the distance of Kolmogorov and Smirnov; Youden 1950). The
    best one of all inputs is told where of ``SHUFFLES`` random orders no more than ``CHANCE`` have one that good.
    """

    def __init__(self, values: Array) -> None:
        self.values = values
        self._chance: dict[int, float] = {}

    @cached_property
    def _order(self) -> Places:
        order: Places = np.argsort(self.values, axis=0, kind="stable")
        return order

    @cached_property
    def _borders(self) -> Flags:
        """Whether there is a border behind each value but the last, of each input in ascending order."""
        ordered = np.take_along_axis(self.values, self._order, axis=0)
        borders: Flags = np.diff(ordered, axis=0) > 0.0
        return borders

    def _distances(self, done: Flags) -> Array:
        """What the part of those done below each border is larger by than that of the others."""
        count, below = int(done.sum()), done[self._order].cumsum(axis=0)[:-1]
        places = np.arange(1, len(done))[:, None]
        distances: Array = np.where(self._borders, below / count - (places - below) / (len(done) - count), 0.0)
        return distances

    def _by_chance(self, count: int) -> float:
        """The distance that ``CHANCE`` of the shuffles reach where ``count`` futures have it."""
        if count not in self._chance:
            generator, done = np.random.Generator(np.random.PCG64(count)), np.arange(len(self.values)) < count
            found = sorted((float(np.abs(self._distances(generator.permutation(done))).max(initial=0.0))
                            for _ in range(SHUFFLES)), reverse=True)
            # The futures as they are count as one order more.
            self._chance[count] = found[int(CHANCE * (SHUFFLES + 1)) - 1]
        return self._chance[count]

    def best(self, done: Flags) -> Division | None:
        """The best division of the futures where something is ``done``; None where it always is, or never, or chance
        divides as well."""
        count = int(done.sum())
        if not 0 < count < len(done) or not self.values.shape[1]:
            return None
        distances = self._distances(done)
        place, row = np.unravel_index(int(np.abs(distances).argmax()), distances.shape)
        best = float(distances[place, row])
        if abs(best) < SAME or abs(best) <= self._by_chance(count) + SAME:
            return None
        values, above = self.values[:, row], best < 0.0
        low, high = (float(value) for value in values[self._order[place:place + 2, row]])
        side = values > low if above else values <= low
        return Division(int(row), above, (low, high), _range(values[done]), _range(values[~done]), count,
                        len(done) - count, int((side & done).sum()), int((side & ~done).sum()))


def _range(values: Array) -> tuple[float, float]:
    return float(values.min()), float(values.max())
