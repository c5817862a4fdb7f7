"""Rules of pace and ramps: what a lender or a kind of works asks of yearly amounts (docs/numbers.md: Pace and
continuity)."""

from __future__ import annotations

from collections.abc import Iterator

from jaryq.base.issues import Issue
from jaryq.base.text import Text
from jaryq.rules.rows import Rows
from jaryq.tables.tables import Tables

RAMPED = ("asset_types", "sources")
"""Sheets whose rows may have ramps."""


def ramps_have_a_least(tables: Tables) -> Iterator[Issue]:
    """A ramp needs the amount that is always allowed; alone that amount means nothing."""
    for sheet in RAMPED:
        rows = Rows(tables, sheet)
        for position, row in rows.rows:
            ramped = row.get("ramp_up") is not None or row.get("ramp_down") is not None
            if ramped and row.get("ramp_least") is None:
                yield rows.issue("missing_value", position, "ramp_least", what=Text(
                    "what is always allowed, beside ramp_up or ramp_down", "что допустимо всегда, при ramp_up или "
                    "ramp_down"))
            elif row.get("ramp_least") is not None and not ramped:
                yield rows.issue("unused_term", position, "ramp_least", where="ramp_up, ramp_down")
