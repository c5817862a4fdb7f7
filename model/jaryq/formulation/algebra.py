"""What the algebra needs of a modelling language: families of decisions by name and index, sums of them, comparisons.

Pyomo has no types of its own; these say as much of it as rules use, so that a rule that forgets its comparison, or
compares what is none of these, does not pass.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol


class Relation(Protocol):
    """A comparison of two linear expressions; plainly true or false where it has no decisions."""

    def __bool__(self) -> bool: ...


class Expression(Protocol):
    """A linear expression of decisions."""

    def __add__(self, other: Sum, /) -> Expression: ...
    def __radd__(self, other: float, /) -> Expression: ...
    def __sub__(self, other: Sum, /) -> Expression: ...
    def __rsub__(self, other: float, /) -> Expression: ...
    def __mul__(self, factor: float, /) -> Expression: ...
    def __rmul__(self, factor: float, /) -> Expression: ...
    def __truediv__(self, factor: float, /) -> Expression: ...
    def __neg__(self) -> Expression: ...
    def __le__(self, other: Sum, /) -> Relation: ...
    def __ge__(self, other: Sum, /) -> Relation: ...
    def __eq__(self, other: object, /) -> Relation: ...  # type: ignore[override]  # an equation, not an answer


Sum = Expression | float
"""A sum of terms: a plain number where it has none."""


class Columns(Protocol):
    """The decisions of one family, by their index."""

    def __getitem__(self, index: Any, /) -> Expression: ...
    def __contains__(self, index: Any, /) -> bool: ...
    def __iter__(self) -> Iterator[Any]: ...


class Model(Protocol):
    """A model, its families of decisions as attributes: ``m.draw[s, p, y]``."""

    def __getattr__(self, family: str, /) -> Columns: ...


def columns(m: Model, family: str) -> Columns:
    """The decisions of a family by its name. Raises AttributeError if the model has none of that name."""
    found: Columns = getattr(m, family)
    return found
