"""How a search for whole plans ended, and what of it may be said of the plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jaryq.solve.solution import MET, Ended, Gap, Search


@dataclass(frozen=True)
class End:
    """How one search over all choices ended in a stage: by what, with which bound (minimised), under which values of
    earlier stages."""

    by: Ended
    bound: float | None
    under: Mapping[str, float]


def told(end: End | None, otherwise: Ended, gap: Gap, name: str, values: Mapping[str, float],
         certified: float | None) -> Search:
    """What is said of a stage of a plan with ``values`` (all minimised). ``otherwise``: what ended a search that did
    not go over all choices.

    The bound of branching holds where it was found under earlier values no smaller than those of the plan. What ended
    the search is judged by the plan, not by the point that the search saw: the gap is met where one of the two bounds
    is that near.
    """
    value = values[name]
    holds = end is not None and all(values[earlier] <= most + MET * max(1.0, abs(most))
                                    for earlier, most in end.under.items())
    bound = end.bound if end is not None and holds else None
    size = MET * max(1.0, abs(value))
    if bound is not None and value - bound <= size:
        return Search("solved", gap, bound)
    if any(known is not None and value - known <= gap.size + size for known in (bound, certified)):
        return Search("gap", gap, bound)
    by = end.by if end is not None else otherwise
    return Search(by if by in ("nodes", "time", "effort") else "effort", gap, bound)
