"""By how much a row may be broken (docs/verify.md, Within what): what is no more than this is as good as kept."""

from __future__ import annotations

import math

ROW, LEAST = 1e-9, 1e-8
"""Part of its scale (the largest of |limit| and the sum of absolute terms) by which a row may be broken, and what any
row may be broken by: the solver keeps each to 1e-9 and leaves out of the plan what is smaller, and a check may add up a
few of its rows. In bn KZT the least is ten tenge."""


def hair(limit: float, terms: float = 0.0) -> float:
    """By how much a row may be broken: what is no more is as good as nothing."""
    return max(LEAST, *(ROW * abs(size) for size in (limit, terms) if math.isfinite(size)))
