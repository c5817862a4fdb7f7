"""What is known of a named project: inputs/choices/projects.csv."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Project:
    """A published project.

    ``total``: full cost in bn KZT of ``price_year``, None where the rule of its class gives it (a contract sum of a
    running project keeps its price, so 2025 is written there); ``start``/``end``: year and fraction (2026.5 = 1
    July); ``months``: procurement and works if not those of the kind; ``remaining``, ``spent``: bn KZT still to be
    spent and spent until 2025, where that is published; ``after``: facility that must be in service first, status of
    that link, why."""

    total: float | None = None
    price_year: int = 2025
    start: float | None = None
    end: float | None = None
    running: bool = False
    committed: bool = False
    done: bool = False
    too_recent: bool = False
    gas: bool = False
    scope: str = ""
    status: str = "estimate"
    months: tuple[int, int] | None = None
    remaining: float | None = None
    spent: float | None = None
    after: tuple[str, str, str] | None = None
    remark: str = ""

    @staticmethod
    def of(row: Mapping[str, str]) -> Project:
        amount = {
            name: float(row[name]) if row[name] else None for name in ("total", "start", "end", "remaining", "spent")
        }
        standing = row["standing"].split(", ")
        months = (int(row["procurement_months"]), int(row["works_months"])) if row["works_months"] else None
        return Project(
            **amount,
            price_year=int(row["price_year"] or 2025),
            months=months,
            scope=row["scope"],
            remark=row["remark"],
            running="running" in standing,
            committed="committed" in standing,
            done="done" in standing,
            too_recent="too recent" in standing,
            gas=row["fuel"] == "gas",
            status=row["status"] or "estimate",
            after=(row["after"], row["after_status"], row["after_why"]) if row["after"] else None,
        )
