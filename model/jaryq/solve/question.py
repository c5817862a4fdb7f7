"""What is asked of a linear program: all that solving needs beside the arrays, as values and without the case.

Whoever has arrays and a question can solve; programs can so be stacked, priced and changed in place.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from jaryq.case.case import Settings
from jaryq.solve.lp import Array, LinearProgram, Name

Letters = Mapping[str, tuple[str, ...]]
"""Of families of columns or rows the letters of their index: p a project, s a source, t a period, y a year."""


@dataclass(frozen=True)
class Meaning:
    """Where the value of a column stands in a plan: in the mapping ``field`` of Plan at ``key`` (columns of one place
    are added up), one unit of it being ``per_unit`` of the column."""

    field: str
    key: Any
    per_unit: float = 1.0


class Limit(Protocol):
    """What prices need of a limit (see formulation.declare.Limit)."""

    @property
    def kind(self) -> str: ...
    @property
    def index(self) -> tuple[str, ...]: ...
    @property
    def name(self) -> str: ...
    @property
    def origin(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def value(self) -> float: ...
    @property
    def moves(self) -> Mapping[Name, float]: ...
    @property
    def loosens(self) -> int: ...


@dataclass(frozen=True, eq=False)
class Moved:
    """A program with a limit at another value: the change of the sides of rows, and the new upper bounds of columns
    that have another one, the change of coefficients by row and column; ``anew``: builds the program again, where
    columns or places of coefficients are others too (raises Infeasible if that cannot be)."""

    sides: Mapping[Name, float]
    most: Mapping[Name, float]
    anew: Callable[[], LinearProgram] | None = None
    coefficients: Mapping[tuple[Name, Name], float] = field(default_factory=dict)

    def of(self, program: LinearProgram) -> LinearProgram:
        """The program with the sides and bounds so moved (rows and columns that it does not have are passed over)."""
        upper = program.col_upper.copy()
        for name, most in self.most.items():
            if (j := program.column_at.get(name)) is not None:
                upper[j] = most
        return program.moved(self.sides).with_bounds(col_upper=upper).inside(self.coefficients)


class Moves(Protocol):
    """All that may be moved in a program, and what moves with it."""

    @property
    def limits(self) -> Sequence[Limit]:
        """Everything a user may move."""

    def natural(self, limit: Limit) -> float:
        """The size that a limit of nothing is measured by, in its unit."""

    def at(self, limit: Limit, value: float) -> Moved:
        """The limit at another value."""

    def among(self, columns: Collection[Name]) -> Callable[[Limit, float], Moved]:
        """The same where nothing is asked but the upper bounds of certain columns."""

    def touched(self, limit: Limit) -> frozenset[str]:
        """First indices of the columns whose bounds may follow from a limit."""

    def follows(self, family: str) -> bool:
        """Whether bounds of columns of a family follow from limits."""

    def wider(self, sizes: Mapping[str, float]) -> tuple[LinearProgram, Moves] | None:
        """The program with the decisions that limits of nothing keep from existing (``sizes``: what a limit by its name
        is moved to), all limits where they are, and the moves of it; nothing if there are no more decisions."""


@dataclass(frozen=True, eq=False)
class Question:
    """``meanings`` and ``outlays`` (present value of outlays, bn KZT of the price year for one unit) go by column;
    ``columns`` and ``rows``: the letters of the index of each family; ``moves``: what prices are asked of."""

    settings: Settings
    meanings: tuple[Meaning | None, ...]
    outlays: Array
    columns: Letters
    rows: Letters
    moves: Moves

    def project_of(self, name: Name) -> str | None:
        """The project that a column speaks of."""
        letters = self.columns.get(name[0], ())
        return str(name[1][letters.index("p")]) if "p" in letters else None
