"""The scenario of late plants: contracts that end in the later of two years published for them, paid evenly to then."""

from __future__ import annotations

from kazakhstan_builder.facts import LAST_YEAR, PLAN_FROM, Facts, Record

SCENARIO, LATER = "late_plants", "finish_ministry_2025"
BEGUN = 3
"""Months of the first planned year that are past when their works begin: in April (choices/projects.csv)."""


def late_plants(facts: Facts, facilities: list[Record], crews: list[Record]) -> list[Record]:
    """Changes of the scenario, of those that end after the plan: spending by year in place of the cost, the end, and
    crews that take as many crew-years as in base."""
    found: list[Record] = []
    for one in facilities:
        key, cost = one["facility"], one["cost"]
        end = facts.later_end(key, LATER) or LAST_YEAR
        if end <= LAST_YEAR:
            continue
        years = end + 1 - PLAN_FROM
        yearly = round(12 * cost / (12 * years - BEGUN), 3)
        reason = f"a table of the ministry of August 2025 says {end}; an estimate: evenly from April {PLAN_FROM}"
        spending = {PLAN_FROM: round(cost - yearly * (years - 1), 3), **dict.fromkeys(range(PLAN_FROM + 1, end + 1),
                                                                                       yearly)}
        cells = {"cost": None, "latest": end, **{f"spend_{year}": amount for year, amount in spending.items()}}
        found += [_set("facilities", f"facility={key}", column, value, reason) for column, value in cells.items()]
        months = one["works_months"]
        found += [_set("crew_needs", f"project={key}", "crews", round(row["crews"] * months / 12 / years, 4),
                       "as many crew-years, over longer works") for row in crews if row["project"] == key]
    return found


def _set(sheet: str, selector: str, column: str, value: float | None, reason: str) -> Record:
    return {"scenario": SCENARIO, "sheet": sheet, "selector": selector, "column": column, "operation": "set",
            "value": value, "reason": reason}
