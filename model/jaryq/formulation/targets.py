"""Targets: the measures as linear expressions, their rows, their shortfalls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from jaryq.case.case import Case, Target
from jaryq.factors.derive import Factors
from jaryq.factors.linear import Linear
from jaryq.factors.measures import measured
from jaryq.factors.soft_rows import soft_rows
from jaryq.formulation.algebra import Columns, Model, Relation, Sum
from jaryq.formulation.declare import Limit, row
from jaryq.formulation.express import expression
from jaryq.formulation.indices import spread_rows
from jaryq.sheets.measures import RATIOS, SLOPES, UNIT_OF

ROW_OF = {">=": "at_least", "<=": "at_most", "=": "equal"}
"""Families of the rows of targets, by their senses."""


def _at_least(f: Factors) -> Iterator[tuple[str]]:
    return ((g.id,) for g in f.case.targets if g.sense == ">=")


def _at_most(f: Factors) -> Iterator[tuple[str]]:
    return ((g.id,) for g in f.case.targets if g.sense == "<=")


def _equal(f: Factors) -> Iterator[tuple[str]]:
    return ((g.id,) for g in f.case.targets if g.sense == "=")


def _find(f: Factors, g: str) -> Target:
    return f.case.target_at[g]


def beyond(f: Factors, g: str) -> Linear:
    """How far the measure of a target lies above its value, multiplied out where the measure is a ratio."""
    target = _find(f, g)
    return measured(f, target).beyond(target.value)


def missed(variable: Columns, g: str) -> Sum:
    """Shortfall of a row in the measure's unit: the sum of its stretches (0 for hard rows)."""
    return sum(variable[g, k] for k in range(len(SLOPES)) if (g, k) in variable)


@row(_at_least, "measure", "Target, at least", "Цель, не меньше",
     "target rows with sense >=")
def at_least(m: Model, f: Factors, g: str) -> Relation:
    r"""A measure reaches its target, but for a shortfall; a share of debt is multiplied out: foreign less value times
    all debt, against nothing.

    .. math:: measure_g + done_g + \sum_k short_{g,k} \ge value_g

    Unit: the measure's (km, facilities, share, bn KZT). Dual: price of the target in the stage's unit per unit of the
    measure.
    """
    above = beyond(f, g)
    return expression(m, f, above) + missed(m.short, g) >= 0.0 - above.constant


@row(_at_most, "measure", "Target, at most", "Цель, не больше",
     "target rows with sense <=")
def at_most(m: Model, f: Factors, g: str) -> Relation:
    r"""A measure stays below its limit, but for an excess; a share of debt is multiplied out: foreign less value times
    all debt, against nothing.

    .. math:: measure_g + done_g - \sum_k excess_{g,k} \le value_g

    Unit: the measure's. Dual: price of the limit in the stage's unit per unit of the measure.
    """
    above = beyond(f, g)
    return expression(m, f, above) - missed(m.excess, g) <= 0.0 - above.constant


@row(_equal, "measure", "Target, equal", "Цель, равно",
     "target rows with sense =")
def equal(m: Model, f: Factors, g: str) -> Relation:
    r"""A measure equals its target, but for a shortfall or an excess; a share of debt is multiplied out, as in the rows
    above.

    .. math:: measure_g + done_g + \sum_k short_{g,k} - \sum_k excess_{g,k} = value_g

    Unit: the measure's (km, facilities, share, bn KZT). Dual: price of the target in the stage's unit per unit of the
    measure.
    """
    above = beyond(f, g)
    return expression(m, f, above) + missed(m.short, g) - missed(m.excess, g) == 0.0 - above.constant


def normalised(m: Model, f: Factors, g: str) -> Sum:
    """What a row misses, as a share of its scale."""
    return (missed(m.short, g) + missed(m.excess, g)) / soft_rows(f)[g].scale


@row(lambda f: ((g,) for rows in spread_rows(f).values() for g in rows), "normalised shortfall",
     "Largest shortfall", "Наибольшее недовыполнение",
     "rows of the priorities that have several, of targets or of other rules")
def largest_shortfall(m: Model, f: Factors, g: str) -> Relation:
    r"""No row of a priority misses more, as a share of its scale, than the largest shortfall of the priority.

    .. math:: \sum_k (short_{g,k} + excess_{g,k}) / scale_g \le worst_{priority(g)}

    Unit: normalised shortfall. Dual: weight of the row among those that miss most.
    """
    return normalised(m, f, g) - m.worst[soft_rows(f)[g].priority] <= 0


def limits(f: Factors) -> Iterator[Limit]:
    """The value of each target row, in its own unit; what its shortfall is measured by (``scale``) stays when it
    moves."""
    for g in f.case.targets:
        unit = UNIT_OF.get(g.measure, "number")
        unit = {"%": "share", "failures": "number"}.get(unit, unit)
        # A share of debt is multiplied out: its coefficients move with it; as a side, a share moves by its part of the
        # scale.
        per_unit = g.scale / g.value if g.measure in RATIOS and g.value > 0 else 1.0
        moves = {(ROW_OF[g.sense], (g.id,)): per_unit}
        natural = 1.0 if g.measure in RATIOS else g.scale
        yield Limit("target", (g.id,), g.origin, unit, g.value, moves, partial(_with_value, g.id),
                    partial(_value, g.id), -1 if g.sense == ">=" else 1, natural)


def _value(g: str, f: Factors) -> float:
    return _find(f, g).value


def _with_value(g: str, case: Case, value: float) -> Case:
    return replace(case, targets=tuple(replace(target, value=value) if target.id == g else target
                                       for target in case.targets))
