"""The algebra without a modelling language: the same rules give coefficients at once.

A program that is built already is so asked what its coefficients, sides and bounds are for other factors, in a third of
the time that building it takes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from jaryq.base.hair import LEAST
from jaryq.factors.derive import Factors
from jaryq.factors.linear import Decision, Linear
from jaryq.formulation.algebra import Model
from jaryq.formulation.assemble import rows_in_order, stage_expression
from jaryq.formulation.declare import VARIABLES, Name
from jaryq.formulation.express import columns_of

Terms = tuple[list[int], list[float]]


class Form:
    """A linear expression: the first ``count`` of ``columns`` (numbers, repeated ones add up), of ``values`` (their
    coefficients), and a constant.

    Sums that go on from each other share their lists, so that adding up n terms takes n steps; lists that another sum
    has gone on from are copied.
    """

    __slots__ = ("columns", "constant", "count", "values")
    __hash__ = None  # type: ignore[assignment]  # Equal is an equation.

    def __init__(self, columns: list[int], values: list[float], constant: float = 0.0) -> None:
        self.columns, self.values, self.count, self.constant = columns, values, len(columns), constant

    @property
    def terms(self) -> Terms:
        """Columns and their coefficients."""
        return self.columns[: self.count], self.values[: self.count]

    def __add__(self, other: Form | float) -> Form:
        columns, values = (self.columns, self.values) if len(self.columns) == self.count else self.terms
        if isinstance(other, Form):
            more, theirs = other.terms
            columns.extend(more)
            values.extend(theirs)
            return Form(columns, values, self.constant + other.constant)
        found = Form(columns, values, self.constant + other)
        found.count = self.count
        return found

    def __mul__(self, factor: float) -> Form:
        columns, values = self.terms
        return Form(columns, [factor * value for value in values], factor * self.constant)

    def __truediv__(self, factor: float) -> Form:
        columns, values = self.terms
        return Form(columns, [value / factor for value in values], self.constant / factor)

    def __neg__(self) -> Form:
        return -1.0 * self

    def __sub__(self, other: Form | float) -> Form:
        return self + -other

    def __rsub__(self, other: float) -> Form:
        return -self + other

    __radd__ = __add__
    __rmul__ = __mul__

    def __le__(self, other: Form | float) -> Compared:
        return Compared(self - other, -math.inf, 0.0)

    def __ge__(self, other: Form | float) -> Compared:
        return Compared(self - other, 0.0, math.inf)

    def __eq__(self, other: object) -> Compared:  # type: ignore[override]
        assert isinstance(other, (Form, float, int))
        return Compared(self - other, 0.0, 0.0)


@dataclass(frozen=True, eq=False)
class Compared:
    """A form between two sides."""

    form: Form
    least: float
    most: float

    @property
    def sides(self) -> tuple[float, float]:
        """What the terms alone lie between."""
        return self.least - self.form.constant, self.most - self.form.constant


def holds_of_nothing(least: float, most: float) -> bool:
    """Whether a row that has no decisions lies between its sides, but for what any row may be broken by."""
    return least <= LEAST and most >= -LEAST


class Family:
    """The decisions of one family by their index (of one letter: the letter)."""

    def __init__(self, at: Mapping[Any, int]) -> None:
        self.at = at

    def __getitem__(self, index: Any) -> Form:
        return Form([self.at[index]], [1.0])

    def __contains__(self, index: Any) -> bool:
        return index in self.at

    def __iter__(self) -> Iterator[Any]:
        return iter(self.at)


class Forms:
    """A model of forms: every declared family of decisions that exist for the factors, with the numbers ``at`` of the
    columns of a program; those that it does not have are numbered after them."""

    def __init__(self, f: Factors, at: Mapping[Name, int]) -> None:
        self.f = f
        self.columns: list[Name] = []
        self.numbers: list[int] = []
        """Of the columns, in their order."""
        self.places: dict[Decision, tuple[tuple[int, float], ...]] = {}
        for family in VARIABLES.values():
            mine: dict[Any, int] = {}
            for index in family.where(f):
                name = (family.name, index)
                mine[index[0] if len(index) == 1 else index] = number = at.get(name, len(at) + len(self.columns))
                self.columns.append(name)
                self.numbers.append(number)
            setattr(self, family.name, Family(mine))

    def decided(self, linear: Linear) -> Form:
        """The decided part of a quantity; a form of no terms where nothing is."""
        columns: list[int] = []
        values: list[float] = []
        known = self.places
        for decision, factor in linear.of.items():
            if not factor:
                continue
            if (places := known.get(decision)) is None:
                places = known[decision] = self._places(decision)
            for j, size in places:
                columns.append(j)
                values.append(factor / size)
        return Form(columns, values)

    def _places(self, decision: Decision) -> tuple[tuple[int, float], ...]:
        """The columns that add up to a decision, and their sizes."""
        return tuple((getattr(self, family).at[index], size) for family, index, size in columns_of(self.f, decision))

    def summed(self, family: str, indices: Iterable[Any], factor: float) -> Form:
        """A sum of decisions of a family times a factor; a form of no terms where there are none."""
        at: Mapping[Any, int] = getattr(self, family).at
        columns = [at[index] for index in indices]
        return Form(columns, [factor] * len(columns))

    def rows(self) -> Iterator[tuple[Name, Compared | bool]]:
        """Every row by its name; plainly true or false where it has no decisions."""
        model = cast("Model", self)
        for family in rows_in_order():
            for index in family.where(self.f):
                made = family.rule(model, self.f, *index)
                yield (family.name, index), cast("Compared | bool", made)

    def stages(self, names: Iterable[str]) -> Iterator[tuple[str, Form | float]]:
        """The objectives of stages, minimised."""
        for name in names:
            yield name, cast("Form | float", stage_expression(cast("Model", self), self.f, name))
