"""What comes out in a future: figures of a plan, what it misses, what it does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from jaryq.base.text import Text
from jaryq.solve.lp import Array
from jaryq.solve.unfunded import BEYOND, UNFUNDED

__all__ = ["BEYOND", "MANNED", "OF_ORDER", "ORDERED", "UNFUNDED", "Judged", "Outcome", "as_array"]

MANNED, ORDERED = "beyond_works", "beyond_order"
"""What of BEYOND is of crews and outages, and what of the order of works."""

OF_ORDER = ("works_after", "works_after_through")
"""Families of rows by which works wait for others."""


@dataclass(frozen=True)
class Outcome:
    """A plan in a future: its figures (None: there is no plan, ``why`` says it), the targets that it misses, and what
    it does: shares of facilities (km of packages) and the mean years of their starts; ``unfinished``: facilities whose
    works begin and end after the planned years."""

    figures: Mapping[str, float] | None
    missed: tuple[str, ...] = ()
    shares: Mapping[str, float] = field(default_factory=dict)
    years: Mapping[str, float] = field(default_factory=dict)
    why: Text | None = None
    unfinished: tuple[str, ...] = ()


@dataclass(frozen=True)
class Judged:
    """A future: the plan as it stands there and the best plan there (divisible). ``impossible``: it cannot be, for the
    input would be rejected with it."""

    stands: Outcome
    best: Outcome
    impossible: Text | None = None


def as_array(outcomes: Sequence[Outcome], keys: Sequence[str]) -> Array:
    """Figures of outcomes, a row each; not a number where there is no plan."""
    return np.array([[np.nan] * len(keys) if one.figures is None else [one.figures[key] for key in keys]
                     for one in outcomes], dtype=np.float64).reshape(len(outcomes), len(keys))
