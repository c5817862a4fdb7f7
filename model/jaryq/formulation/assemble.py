"""What a model is put together from: every declared family of rows in its order, the stages and their objectives, and
what a user may move."""

from __future__ import annotations

from jaryq.case.stages import DEFICITS, SPREAD, TIE_BREAK
from jaryq.factors.adequacy import unweighed
from jaryq.factors.derive import Factors
from jaryq.factors.soft_rows import by_priority
from jaryq.formulation import (
    adequacy,
    borrowers,
    capacity,
    ceilings,
    follows,  # noqa: F401  (declares decisions)
    funding,
    lenders,
    lots,
    objective,
    order,
    pace,
    schedule,
    shares,
    signing,
    stability,
    targets,
    tariffs,
    tied,
    together,
    wishes,
)
from jaryq.formulation.algebra import Model, Sum
from jaryq.formulation.declare import ROWS, Limit, Row
from jaryq.formulation.indices import spread_rows

FAMILIES = (capacity, stability, funding, shares, schedule, order, targets, tariffs, tied, together, pace, lenders,
            signing, lots, adequacy, borrowers, wishes)
"""Files of families of rows, in the order of the program (it must not hang on who imports whom first)."""


def rows_in_order() -> list[Row]:
    """Every declared family of rows, file by file."""
    place = {module.__name__: i for i, module in enumerate(FAMILIES)}
    return sorted(ROWS.values(), key=lambda row: place.get(row.rule.__module__, len(place)))


def stage_names(f: Factors) -> tuple[str, ...]:
    """Stages that have something to decide: the red zone if it comes first, priorities with rows and the spread of
    those with several, the objective, deficits without weight, the layers of the tie-break."""
    used = [n for n in ("1", "2", "3") if by_priority(f, n)]
    tie = TIE_BREAK if f.case.settings.tie_break else ()
    red = ("red_zone",) if f.case.settings.red_zone_first and f.rates.red_periods().of else ()
    several = spread_rows(f)
    missed = [name for p in used for name in (f"priority_{p}", *((f"{SPREAD}{p}",) if p in several else ()))]
    deficits = (DEFICITS,) if unweighed(f) else ()
    return (*red, *missed, "objective", *deficits, *tie)


def limits(f: Factors) -> tuple[Limit, ...]:
    """Everything a user may move, in the order of its families."""
    families = (capacity, ceilings, together, targets, tariffs, pace, adequacy, borrowers)
    return tuple(limit for family in families for limit in family.limits(f))


def stage_expression(m: Model, f: Factors, name: str) -> Sum:
    """The objective of a stage, to be minimised."""
    if name.startswith("priority_"):
        return objective.shortfall(m, f, name.removeprefix("priority_"))
    if name.startswith(SPREAD):
        return objective.spread(m, f, name.removeprefix(SPREAD))
    rules = {
        "red_zone": objective.red_zone, "objective": objective.main_objective, "earliest": objective.earliest,
        "by_rank": objective.by_rank,
        "by_name": objective.by_name, DEFICITS: adequacy.least_deficits,
    }
    return rules[name](m, f)
