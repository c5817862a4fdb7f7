"""When a facility is done: the starts a plan chooses, its state in words, periods as people name them."""

from __future__ import annotations

import math
from collections.abc import Iterable

from jaryq.base.text import Text
from jaryq.case.case import Case, Facility
from jaryq.factors.schedule import Start
from jaryq.report.amounts import Amounts
from jaryq.report.projects import NOTHING
from jaryq.report.words import DONE, ENDS_AFTER, GOES_ON, IN_PART, IN_PLAN, NOT_IN


def chosen(found: Amounts, facility: str) -> list[tuple[Start, float]]:
    """Starts of a facility in the plan with their shares, the earliest first (one of share 1 in a whole plan)."""
    made = [(start, found.plan.start.get((facility, start.period.label), 0.0))
            for start in found.factors.works.starts[facility]]
    return [(start, share) for start, share in made if share > NOTHING]


def status_of(found: Amounts, variants: Iterable[str]) -> Text:
    """State of a facility, or of a facility with its variants: what is done in part is never said to be in the plan as
    a whole."""
    keys = list(variants)
    facilities = [found.case.facilities[key] for key in keys]
    if any(facility.done is not None for facility in facilities):
        return DONE
    share = math.fsum(found.share.get(key, 0.0) for key in keys)
    if share <= NOTHING:
        return NOT_IN
    if any(facility.unfinished and found.share.get(facility.id, 0.0) > NOTHING for facility in facilities):
        return ENDS_AFTER
    if any(facility.started is not None for facility in facilities):
        return GOES_ON
    return IN_PLAN if share > 1 - 1e-6 else IN_PART


def finish_of(found: Amounts, variants: Iterable[str]) -> str | None:
    """Period in which the works on a facility or its variants end; the year of one that was done before."""
    keys = list(variants)
    done = [facility.done for key in keys if (facility := found.case.facilities[key]).done is not None]
    if done:
        return str(done[0])
    ends = [start.finish for key in keys for start, _ in chosen(found, key)]
    return max(ends, key=lambda period: period.position).label if ends else None


def begun(case: Case, facility: Facility, start: Start) -> str:
    """First period of a start; of a facility that was started before the planned years, when that was."""
    if facility.started is None:
        return start.period.label
    settings = case.settings
    size = 12 / settings.periods_per_year
    block = math.floor(-facility.started / size + 1e-9)
    return settings.label(block)
