"""The algebra without a modelling language: the same rules give coefficients at once.

A program that is built already is so asked what its coefficients, sides and bounds are for other factors, in a third of
the time that building it takes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from jaryq.factors.derive import Factors
from jaryq.formulation.algebra import Model
from jaryq.formulation.assemble import rows_in_order, stage_expression
from jaryq.formulation.declare import VARIABLES, Name


class Form:
    """A linear expression: the first ``count`` of ``terms`` (number of a column, coefficient), and a constant.

    Sums that go on from each other share one list, so that adding up n terms takes n steps; one that the list has gone
    on from is copied.
    """

    __slots__ = ("constant", "count", "terms")
    __hash__ = None  # type: ignore[assignment]  # Equal is an equation.

    def __init__(self, terms: list[tuple[int, float]], constant: float = 0.0) -> None:
        self.terms, self.count, self.constant = terms, len(terms), constant

    def __iter__(self) -> Iterator[tuple[int, float]]:
        return iter(self.terms[: self.count])

    def __add__(self, other: Form | float) -> Form:
        terms = self.terms if len(self.terms) == self.count else self.terms[: self.count]
        if isinstance(other, Form):
            terms.extend(other.terms[: other.count])
            return Form(terms, self.constant + other.constant)
        found = Form(terms, self.constant + other)
        found.count = self.count
        return found

    def __mul__(self, factor: float) -> Form:
        if self.count == 1:
            j, value = self.terms[0]
            return Form([(j, factor * value)], factor * self.constant)
        return Form([(j, factor * value) for j, value in self], factor * self.constant)

    def __truediv__(self, factor: float) -> Form:
        return Form([(j, value / factor) for j, value in self], self.constant / factor)

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


class Family:
    """The decisions of one family by their index (of one letter: the letter)."""

    def __init__(self, at: Mapping[Any, int]) -> None:
        self.at = at

    def __getitem__(self, index: Any) -> Form:
        return Form([(self.at[index], 1.0)])

    def __contains__(self, index: Any) -> bool:
        return index in self.at

    def __iter__(self) -> Iterator[Any]:
        return iter(self.at)


class Forms:
    """A model of forms: every declared family of decisions that exist for the factors, with the numbers ``at`` of the
    columns of a program; those that it does not have are numbered after them."""

    def __init__(self, f: Factors, at: Mapping[Name, int]) -> None:
        self.f = f
        self.names: set[Name] = set()
        for family in VARIABLES.values():
            mine: dict[Any, int] = {}
            for index in family.where(f):
                name = (family.name, index)
                mine[index[0] if len(index) == 1 else index] = at.get(name, len(at) + len(self.names))
                self.names.add(name)
            setattr(self, family.name, Family(mine))

    def added(self, terms: Iterable[tuple[str, Any, float]]) -> Form | float:
        """A sum of decisions by family and index with their factors; 0 where there are none."""
        of: dict[str, Mapping[Any, int]] = {}
        found = []
        for family, index, factor in terms:
            if family not in of:
                of[family] = getattr(self, family).at
            found.append((of[family][index], factor))
        return Form(found) if found else 0

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
