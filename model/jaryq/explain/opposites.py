"""The opposites of what a plan chooses, as changes of bounds of its program."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import cast

import numpy as np

from jaryq.explain.shown import Shown
from jaryq.solve.choice import Kind
from jaryq.solve.lp import LinearProgram

IN, OUT, PART, NOT = "in", "out", "part", "-"

NOTHING = 1e-6
"""Less of a row than this is none of it; less missing, all of it."""


@dataclass(frozen=True)
class Opposite:
    """``off``: columns that are nothing; ``on``: whole columns of which exactly one is 1, divisible ones that add up to
    1 (none: nothing is asked)."""

    kind: Kind
    project: str
    now: str
    other: str
    off: tuple[int, ...] = ()
    on: tuple[int, ...] = ()


@dataclass(frozen=True)
class Way:
    """A change of bounds: columns at nothing, columns at 1, rows whose sum is at least 1."""

    off: tuple[int, ...] = ()
    one: tuple[int, ...] = ()
    rows: tuple[int, ...] = ()

    def of(self, program: LinearProgram) -> LinearProgram:
        lower, upper, sides = program.col_lower.copy(), program.col_upper.copy(), program.row_lower.copy()
        upper[list(self.off)] = 0.0
        lower[list(self.one)] = 1.0
        sides[list(self.rows)] = 1.0
        return program.with_bounds(col_lower=lower, col_upper=upper, row_lower=sides)


class Rows:
    """The starts of each row of facilities, and the rows of the program that allow at most one of them."""

    def __init__(self, program: LinearProgram) -> None:
        self.program = program
        self.starts: dict[str, list[int]] = {}
        for j, (family, index) in enumerate(program.columns):
            if family == "start":
                self.starts.setdefault(str(index[0]), []).append(j)

    @cached_property
    def _single(self) -> dict[int, list[int]]:
        """Of each column the rows that allow at most one of several whole columns, or starts."""
        matrix, found = self.program.matrix, dict[int, list[int]]()
        single = self.program.whole.copy()
        single[[j for columns in self.starts.values() for j in columns]] = True
        for i in np.flatnonzero(self.program.row_upper == 1.0).tolist():
            here = slice(matrix.indptr[i], matrix.indptr[i + 1])
            columns = matrix.indices[here]
            if np.all(matrix.data[here] == 1.0) and np.all(single[columns]):
                for j in columns.tolist():
                    found.setdefault(j, []).append(i)
        return found

    def ways(self, opposite: Opposite) -> list[Way]:
        """Changes of bounds of which a plan with the opposite keeps one: a single one where a row of the program can
        say it."""
        on = [j for j in opposite.on if self.program.col_upper[j] > 0.0]
        if not opposite.on:
            return [Way(opposite.off)]
        if len(on) > 1:
            for i in self._single.get(on[0], []):
                columns = set(self.program.matrix.indices[self.program.matrix.indptr[i]:
                                                          self.program.matrix.indptr[i + 1]].tolist())
                if set(on) <= columns:
                    return [Way((*opposite.off, *sorted(columns - set(on))), (), (i,))]
        return [Way((*opposite.off, *(other for other in opposite.on if other != j)), (j,)) for j in on]


def in_or_out(shown: Shown, rows: Rows, fixed: Collection[str]) -> Iterator[Opposite]:
    """Of each row done or not, of one that is done in part both; ``fixed``: rows that have no opposite."""
    for key, columns in rows.starts.items():
        if key in fixed or np.any(rows.program.col_lower[columns] > 0.0):
            continue
        share = float(shown.chosen[columns].sum())
        now = OUT if share <= NOTHING else IN if share >= 1.0 - NOTHING else PART
        if now != OUT:
            yield Opposite("facility", key, now, OUT, off=tuple(columns))
        if now != IN:
            yield Opposite("facility", key, now, IN, on=tuple(columns))


def times(shown: Shown, rows: Rows, fixed: Collection[str], at: Collection[str] = ()) -> Iterator[Opposite]:
    """Of each row that is done, all of it at once, its start a period, and a year, earlier and later; or those ``at``
    periods."""
    year = 1 if shown.question.settings.resolution == "year" else 4
    for key, columns in rows.starts.items():
        taken = [place for place, j in enumerate(columns) if shown.chosen[j] >= 1.0 - NOTHING]
        if key in fixed or len(taken) != 1:
            continue
        labels = [str(rows.program.columns[j][1][1]) for j in columns]
        wanted = set(at) or {_moved(labels[taken[0]], step) for step in (-year, -1, 1, year)}
        for j, label in zip(columns, labels, strict=True):
            if label in wanted and label != labels[taken[0]] and rows.program.col_lower[j] < 1.0:
                yield Opposite("start", key, labels[taken[0]], label, tuple(o for o in columns if o != j), (j,))


def _moved(label: str, periods: int) -> str:
    """A period so many later: ``2027`` or ``2027Q3``."""
    year, _, quarter = label.partition("Q")
    if not quarter:
        return str(int(year) + periods)
    place = int(year) * 4 + int(quarter) - 1 + periods
    return f"{place // 4}Q{place % 4 + 1}"


def payers(shown: Shown, rows: Rows, fixed: Collection[str]) -> Iterator[Opposite]:
    """Of each project that the source with the largest nominal draw pays nothing there; where no other may pay for a
    row that may be left out, that is the same as leaving it out, which is asked of already."""
    drawn: dict[str, dict[str, float]] = {}
    for (source, project, _), amount in shown.solution.plan.draw.items():
        mine = drawn.setdefault(str(project), {})
        mine[source] = mine.get(source, 0.0) + amount
    largest = {project: max(sorted(mine), key=mine.__getitem__) for project, mine in drawn.items()}
    columns: dict[tuple[str, str], list[int]] = {}
    able: dict[str, set[str]] = {}
    for j, meaning in enumerate(shown.question.meanings):
        if meaning is not None and meaning.field == "draw":
            source, project, _ = cast("tuple[str, str, int]", meaning.key)
            columns.setdefault((source, project), []).append(j)
            if shown.program.col_upper[j] > 0.0:
                able.setdefault(project, set()).add(source)
    for project, source in sorted(largest.items()):
        if project in rows.starts and project not in fixed and len(able.get(project, ())) == 1 \
                and not np.any(rows.program.col_lower[rows.starts[project]] > 0.0):
            continue
        yield Opposite("payer", project, source, NOT + source, off=tuple(columns[source, project]))
