"""The bridges of cost from the base to every scenario, and their table."""

from __future__ import annotations

from collections.abc import Sequence

from jaryq.report.compare.revalue import STEPS, steps
from jaryq.report.compare.shapes import Bridge, Side
from jaryq.report.objective import funding
from jaryq.report.shapes import Out, Value
from jaryq.sheets.results_compare import WATERFALL

ALWAYS = ("volume", "prices", "exchange", "financing")
"""Steps that are shown even if they are nothing; the others only where a scenario has them."""


def bridges_of(sides: Sequence[Side]) -> tuple[Bridge, ...]:
    """A bridge for each scenario that has a plan; none if the base has none."""
    base = sides[0].found
    if base is None:
        return ()
    start = funding(base)
    made = []
    for one in sides[1:]:
        if one.found is not None:
            found, end = one.found, funding(one.found)
            by = steps(base.case, base.plan, start, found.case, found.plan, end)
            # Rounded to a tenge: two sums of the same numbers in another order are the same.
            made.append((one.name, {name: _clean(by[name]) for name, _ in STEPS}, end))
    used = {name for name, _ in STEPS if name in ALWAYS or any(by[name] for _, by, _ in made)}
    return tuple(Bridge(name, start, tuple((key, text, by[key]) for key, text in STEPS if key in used), end)
                 for name, by, end in made)


def _clean(value: float) -> float:
    return 0.0 if abs(value) < 1e-9 else value


def waterfall_table(bridges: Sequence[Bridge]) -> Out:
    """One row for each bridge."""
    rows: list[dict[str, Value]] = [
        {"scenario": b.name, "base": b.base, **{key: value for key, _, value in b.steps}, "cost": b.cost,
         "change": round(b.cost - b.base, 9)}
        for b in bridges
    ]
    used = tuple(key for key, _, _ in bridges[0].steps) if bridges else ALWAYS
    return Out("waterfall", ("scenario", "base", *used, "cost", "change"), tuple(rows), form=WATERFALL)
