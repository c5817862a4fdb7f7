"""The last plan as rows of sheet last_plan, so that a new plan knows it from its own inputs (command line: --since PLAN)."""

from __future__ import annotations

from model.data.plan import Plan
from model.data.tables import Table, Tables


def with_last_plan(tables: Tables, last: Plan) -> Tables:
    """The tables with the decisions of ``last`` in place of what sheet last_plan held."""
    rows: list[dict[str, object]] = [
        {"project": p, "period": t, "share": float(share), "km": None, "data_status": "derived"} for (p, t), share in sorted(last.start.items())
    ]
    rows += [{"project": n, "period": t, "share": None, "km": float(km), "data_status": "derived"} for (n, t), km in sorted(last.renew.items())]
    return tables.with_sheet(Table.of("last_plan", rows, ("project", "period", "share", "km", "data_status")))
