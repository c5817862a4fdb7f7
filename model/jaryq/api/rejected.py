"""Inputs that are accepted, or rejected with the reason: without what solving loads, which only a rejection needs."""

from __future__ import annotations

from collections.abc import Sequence

from jaryq.api.accepted import Accepted, accept
from jaryq.api.clock import Say
from jaryq.base.errors import InputRejected
from jaryq.base.issues import Issue, stops
from jaryq.rules.feasible import ARITHMETIC
from jaryq.tables.change import Change
from jaryq.tables.tables import Tables


def accepted_or_why(tables: Tables, issues: Sequence[Issue], scenario: str, changes: Sequence[Change] = (),
                    say: Say = lambda _: None) -> Accepted:
    """As ``accept``; what arithmetic rejects alone is told with its conflict and repair."""
    try:
        return accept(tables, issues, scenario, changes)
    except InputRejected as rejected:
        if all(issue.code in ARITHMETIC for issue in stops(rejected.issues)):
            from jaryq.api.explained import why_no_plan

            say("why there is no plan")
            rejected.why = why_no_plan(accept(tables, issues, scenario, changes, past=ARITHMETIC))
        raise
