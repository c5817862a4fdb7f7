"""What of a source's own terms holds it in a project that others pay for too: its share, its group, tied content,
counterpart money."""

from __future__ import annotations

import math
from collections.abc import Mapping

from jaryq.base.text import Text
from jaryq.case.case import Facility, Package, Source
from jaryq.report.amounts import Amounts
from jaryq.report.so_far import left_of_share, more_in

CLOSE = 1e-6
"""Relative distance at which a limit counts as reached."""
SAID: Mapping[str, Text] = {
    "share": Text("its largest share is reached in every project that others pay for too",
                  "предел доли достигнут во всех проектах, которые оплачивают и другие"),
    "group": Text("the largest share of its group is reached", "достигнут предел доли группы"),
    "content": Text("tied: the partner's suppliers can deliver no more",
                    "связан: поставщики партнёра больше поставить не могут"),
    "counterpart": Text("no counterpart money is left beside it", "не хватает средств заёмщика"),
}
"""What is said where a term holds the source in every project."""


def holds(found: Amounts, source: Source, project: Facility | Package) -> dict[str, bool]:
    """Which of these terms hold a source in a project."""
    p, group = project.id, found.case.groups.get(source.group or "")
    spent = found.spent.get(p, 0.0)
    together = math.fsum(found.paid.get((s, p), 0.0) for s in members(found, source))
    bounds = found.factors.bounds
    years = [y for y in bounds.years[source.id] if bounds.has_draw(source.id, p, y)]
    # A share of what has been spent so far may be used up in each year of draws though not of all.
    left = min(left_of_share(found, source.id, p).get(found.years[-1], math.inf),
               max((more_in(found, source.id, p, y) for y in years), default=math.inf))
    return {"share": left <= CLOSE * max(1.0, spent),
            "group": group is not None and group.max_share is not None
            and together >= group.max_share * spent * (1.0 - CLOSE) - CLOSE,
            "content": source.tied_share > 0 and _content(found, source, project),
            "counterpart": source.counterpart > 0 and _counterpart(found, project)}


def members(found: Amounts, source: Source) -> list[str]:
    """Sources of its group, itself among them; none without a group."""
    return [s for s, other in found.case.sources.items() if other.group and other.group == source.group]


def group_left(found: Amounts, source: Source) -> float:
    """What is left of the envelope of its group, bn KZT; infinite where there is none."""
    group = found.case.groups.get(source.group or "")
    if group is None or group.envelope is None:
        return math.inf
    together = math.fsum(found.drawn(s, y) for s in members(found, source) for y in found.years)
    return max(group.envelope - together, 0.0)


def _content(found: Amounts, source: Source, project: Facility | Package) -> bool:
    """Whether tied money of the partner has bought all that its suppliers can deliver in a project."""
    kind = found.case.asset_types.get(project.asset_type or "")
    content = kind.content.get(source.partner, 0.0) if kind else 0.0
    tied = [s for s in found.case.sources.values() if s.partner == source.partner and s.tied_share > 0]
    bought = math.fsum(
        found.plan.supplied.get((s.id, project.id), 0.0) if s.tied_over == "product"
        else s.tied_share * found.paid.get((s.id, project.id), 0.0) for s in tied
    )
    return bought >= content * found.spent.get(project.id, 0.0) * (1.0 - CLOSE) - CLOSE


def _counterpart(found: Amounts, project: Facility | Package) -> bool:
    """Whether home budgets and own money in a project are no more than what loans there ask for."""
    sources = found.case.sources
    paid = {s: amount for (s, p), amount in found.paid.items() if p == project.id}
    own = math.fsum(v for s, v in paid.items() if sources[s].kind in ("budget", "own") and not sources[s].foreign)
    return own <= math.fsum(sources[s].counterpart * v for s, v in paid.items()) * (1.0 + CLOSE) + CLOSE
