"""What amounts of quantities and avoided risk rest on: the weakest status of the figures that they follow from
(docs/numbers.md, How sure figures are)."""

from __future__ import annotations

from jaryq.case.case import Case, Facility, Package, Quantity
from jaryq.case.scope import derives
from jaryq.case.status import status_of
from jaryq.case.sureness import SOURCED, weakest
from jaryq.case.works import Bursts, Condition

LOSSES = ("losses", "losses_after")
"""Columns of a package that losses avoided follow from."""


def amount_sourced(case: Case, quantity: Quantity, key: str) -> bool:
    """Whether all figures that the amounts of a quantity follow from, at works of a project, are reported or
    derived."""
    project, found = case.project(key), []
    if quantity.id in project.quantities:
        found.append(status_of(project, f"q_{quantity.id}"))
    if derives(quantity, project) and quantity.derived == "losses":
        found.append(status_of(project, *LOSSES))
    elif derives(quantity, project):
        lost = quantity.derived == "not_supplied"
        found += [status for one in failing(case, key)
                  for status in ((one.rate_status, one.lost_status) if lost else (one.rate_status,))]
    return bool(found) and weakest(found) in SOURCED


def risk_valued(case: Case, key: str) -> bool:
    """Whether what a failure of a project costs is reported or derived."""
    rows = failing(case, key)
    return bool(rows) and weakest(one.cost_status for one in rows) in SOURCED


def risk_sourced(case: Case, key: str) -> bool:
    """Whether how often failures come is so too."""
    return risk_valued(case, key) and weakest(one.rate_status for one in failing(case, key)) in SOURCED


def failing(case: Case, key: str) -> list[Condition | Bursts]:
    """Condition of a facility, of a variant that of its asset's own row too; bursts of a package."""
    project = case.project(key)
    if isinstance(project, Package):
        return [project.bursts] if project.bursts is not None else []
    rows: list[Facility] = [project, *([case.facilities[project.option_of]] if project.option_of else [])]
    return [row.condition for row in rows if row.condition is not None]
