"""One change of a scenario, as it was written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from jaryq.base.issues import Issue
from jaryq.tables.values import show


@dataclass(frozen=True)
class Change:
    """One change; ``place`` and ``cell`` say where it was written (a row of scenario_changes, or the command line),
    ``letters`` in which columns."""

    table: str
    selector: str
    column: str
    years: str
    operation: str
    value: object
    place: str
    cell: str
    reason: str = ""
    letters: Mapping[str, str] = field(default_factory=dict)

    def stated(self, column: str) -> object:
        """What a column of the change holds."""
        return {"sheet": self.table, "selector": self.selector, "column": self.column, "years": self.years,
                "operation": self.operation, "value": self.value}[column]

    def issue(self, code: str, column: str, value: object, **slots: object) -> Issue:
        """An issue at a column of the change; ``value``: what it holds (see ``stated``)."""
        return Issue(code, self.place, f"{self.letters.get(column, '')}{self.cell}", column,
                     show(value), slots)
