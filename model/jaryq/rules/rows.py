"""Rows of a sheet as rules see them: values by position, and issues at their cells."""

from __future__ import annotations

from typing import Any

from jaryq.base.issues import Issue
from jaryq.base.text import Text
from jaryq.case.build import settings_values
from jaryq.tables.tables import Table, Tables
from jaryq.tables.values import show


class Rows:
    """Rows of a sheet by position, and issues at their cells."""

    def __init__(self, tables: Tables, sheet: str) -> None:
        self.sheet = sheet
        self.table = tables.get(sheet)
        self.rows = self.table.listed

    @staticmethod
    def of(table: Table) -> Rows:
        """Those of a table that is looked at alone."""
        return Rows(Tables("", {table.sheet: table}), table.sheet)

    def issue(self, code: str, position: int, column: str, **slots: object) -> Issue:
        row = self.rows[position][1]
        value = row.get(column)
        return Issue(code, self.sheet, self.table.place(position, column), column, said(value), slots)

    def year_columns(self, prefix: str = "") -> list[int]:
        names = [name.removeprefix(prefix) for name in self.table.values if name.startswith(prefix)]
        return sorted(int(name) for name in names if len(name) == 4 and name.isdigit())


def said(value: Any) -> str:
    """A value as its cell says it."""
    return ("no", "yes")[value] if isinstance(value, bool) else show(value)


EACH_YEAR = Text("a value for each year up to the last one given", "значение для каждого года до последнего указанного")
"""What is missing where years have no gaps."""


class UnknownYears(Exception):
    """The years of the settings are missing, unsound or out of order: rules about years have nothing to say before they
    are mended."""


def span_of(tables: Tables) -> dict[str, int]:
    """The years of the settings, defaults filled. Raises UnknownYears if they are not known or not in order."""
    span = years_of(tables)
    if not span["first_year"] <= span["plan_from"] <= span["last_year"]:
        raise UnknownYears
    return span


def years_of(tables: Tables) -> dict[str, int]:
    """The same in whatever order they stand. Raises UnknownYears if the first or the last one is not known."""
    v = settings_values(tables)
    if v["first_year"] is None or v["last_year"] is None:
        raise UnknownYears
    first, last = int(v["first_year"]), int(v["last_year"])
    return {
        "first_year": first, "plan_from": int(v["plan_from"] or first), "last_year": last,
        "price_year": int(v["price_year"] or first),
        "evaluation_last_year": int(v["evaluation_last_year"] or last),
    }
