"""What a case or a plan gives where a figure is published, from the linear forms of the measures of targets
(docs/numbers.md, Calibration)."""

from __future__ import annotations

from jaryq.case.calibration import BESIDE_NOTHING, in_case, of_case, shown
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
    bare = [_on(f, part, Plan()) if row.take in BESIDE_NOTHING else 0.0 for part in row.parts]
    parts = [_on(f, part, plan) - without for part, without in zip(row.parts, bare, strict=True)]
    if row.take == "last":
        return max((float(part[-1].year) for part, amount in zip(row.parts, parts, strict=True) if amount > SOME),
                   default=None)
    whole = bare[0] if row.take == "relative" else _on(f, row.whole, plan) if row.whole else 1.0
    return None if abs(whole) <= NEAR else row.times * max(parts) / whole


def _on(f: Factors, part: tuple[Target, ...], plan: Plan) -> float:
    """What one target measures, or the second less the first."""
    amounts = [in_case(f.case, target) if of_case(target) else shown(target, measured(f, target).on(plan))
               for target in part]
    return amounts[-1] - (amounts[0] if len(amounts) > 1 else 0.0)


def inside(row: Calibration, value: float) -> bool:
    """Whether a value lies in the band of a row."""
    return row.least - NEAR * abs(row.least) <= value <= row.most + NEAR * abs(row.most)
