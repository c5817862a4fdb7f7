"""What a case or a plan gives where a figure is published, from the linear forms of the measures of targets
(docs/numbers.md, Calibration)."""

from __future__ import annotations

from jaryq.case.calibration import in_case, of_case, shown
from jaryq.case.case import Calibration, Target
from jaryq.case.plan import Plan
from jaryq.factors.derive import Factors
from jaryq.factors.measures import measured

SOME = 1e-6
"""Above it a year has something of a measure."""

NEAR = 1e-9


def computed(f: Factors, row: Calibration, plan: Plan) -> float | None:
    """What is compared with the published figure, in its unit; None where there is nothing to measure."""
    plan = plan if row.works else Plan()
    parts = [_on(f, target, plan) for target in row.part]
    if row.take == "last":
        return max((float(target.year) for target, part in zip(row.part, parts, strict=True) if part > SOME),
                   default=None)
    whole = 1.0 if row.whole is None else _on(f, row.whole, plan)
    if abs(whole) <= NEAR:
        return None
    part = parts[-1] - parts[0] if row.take == "change" else max(parts)
    return row.times * part / whole


def _on(f: Factors, target: Target, plan: Plan) -> float:
    return in_case(f.case, target) if of_case(target) else shown(target, measured(f, target).on(plan))


def inside(row: Calibration, value: float) -> bool:
    """Whether a value lies in the band of a row."""
    return row.least - NEAR * abs(row.least) <= value <= row.most + NEAR * abs(row.most)
