"""How sure figures are: the status of a row's other figures, of one that the row calls an estimate, and of the money
that figures make (docs/numbers.md, How sure figures are)."""

from __future__ import annotations

from jaryq.case.case import Facility, Package, Project, Source
from jaryq.case.sureness import status_in, weakest
from jaryq.sheets.words import STATUSES

WEAK = STATUSES[2:]
"""Statuses of what no source states: estimate, illustrative."""

CONDITION = frozenset({
    "year_built", "wear", "duty", "location", "observed", "measured", "reliability", "score_least", "score_most",
    "consequence", "lost", "capacity",
})
"""Columns of facilities that a score and the cost of a failure follow from."""


def status_of(row: Project | Source, *columns: str) -> str:
    """The same of a row of the Case."""
    return status_in(row.data_status, row.estimated, columns)


def money_column(project: Project, year: int) -> str:
    """The column whose figure makes the outlay of a project in a year."""
    if isinstance(project, Package):
        return "unit_cost"
    return "cost" if isinstance(project, Facility) and project.spend is None else f"spend_{year}"


def money_columns(project: Project) -> tuple[str, ...]:
    """Columns whose figures make the outlays of a project."""
    if isinstance(project, Facility) and project.spend is not None:
        return tuple(f"spend_{year}" for year, amount in project.spend.items() if amount > 0)
    return (money_column(project, 0),)


def status_of_limits(source: Source) -> str:
    """Of the envelope and the ceilings of a source; of its row where it has neither."""
    limits = list(source.ceiling_status.values())
    if source.envelope is not None:
        limits.append(status_of(source, "envelope"))
    return weakest(limits) if limits else source.data_status
