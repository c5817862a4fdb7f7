"""The last plan of a case, read from its workbook: what ``since`` names."""

from __future__ import annotations

from pathlib import Path

from jaryq.base.errors import Told
from jaryq.base.text import Text
from jaryq.case.plan import Plan
from jaryq.tables.same_case import another_case
from jaryq.tables.tables import Tables
from jaryq.workbook.finished import expect_plan
from jaryq.workbook.plan_read import read_plan


class AnotherCase(Told):
    """The last plan is of another case, so that nothing can be said about what changed."""

    exit_code = 2
    status = "rejected"


def last_plan(since: Path, tables: Tables) -> Plan:
    """The last plan. Raises NotAPlan, DamagedPlan, AnotherCase."""
    expect_plan(since)
    stored = read_plan(since)
    if tables.sheets and (why := another_case(tables, stored.tables)) is not None:
        raise AnotherCase(Text("{path}: {why}", "{path}: {why}").fill(path=since, why=why))
    return stored.plan
