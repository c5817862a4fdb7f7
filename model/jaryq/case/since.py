"""The last plan as rows of sheet last_plan, so that a new plan knows it from its own inputs (command line: --since
PLAN)."""

from __future__ import annotations

from jaryq.case.case import Case
from jaryq.case.plan import Plan
from jaryq.case.works import slot_of
from jaryq.tables.tables import Table, Tables


def with_last_plan(tables: Tables, last: Plan) -> Tables:
    """The tables with the decisions of ``last`` in place of what sheet last_plan held."""
    rows: list[dict[str, object]] = [
        {"project": p, "period": t, "share": float(share), "km": None, "data_status": "derived"}
        for (p, t), share in sorted(last.start.items())
    ]
    rows += [{"project": n, "period": t, "share": None, "km": float(km), "data_status": "derived"}
             for (n, t), km in sorted(last.renew.items())]
    return tables.with_sheet(Table.of("last_plan", rows, ("project", "period", "share", "km", "data_status")))


def last_shares(case: Case) -> dict[tuple[str, str], float]:
    """Shares of facilities that the last plan started, by the periods in which today's plan can meet them; started and
    done ones are left out."""
    labels = frozenset(p.label for p in case.periods)
    found: dict[tuple[str, str], float] = {}
    for (p, label), share in case.before.start.items():
        facility = case.facilities.get(p)
        if facility and facility.started is None and facility.done is None:
            key = (p, slot_of(label, labels))
            found[key] = min(found.get(key, 0.0) + share, 1.0)
    return found


def last_km(case: Case) -> dict[tuple[str, str], float]:
    """Km of packages that the last plan renewed, by year."""
    return {(n, str(y)): km for (n, y), km in case.before.renew.items() if n in case.packages}


def last_done(case: Case) -> dict[tuple[str, str], float]:
    """The last plan as today's can meet it: shares of facilities and km of packages."""
    return last_shares(case) | last_km(case)
