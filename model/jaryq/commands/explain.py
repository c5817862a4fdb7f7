"""``explain PLAN NAME``: why a plan is as it is. Each topic is a function that knows a name, or says nothing of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from jaryq.api.accepted import Accepted, accept
from jaryq.api.takes import missed_rows, takes
from jaryq.base.errors import Told
from jaryq.base.text import Lang, Text
from jaryq.case.plan import Plan
from jaryq.workbook.finished import expect_plan
from jaryq.workbook.plan_read import read_plan

UNKNOWN = Text("the plan has nothing called {name}; it can explain targets: {targets}",
               "в плане нет ничего с именем {name}; объяснить можно цели: {targets}")
NONE_MISSED = Text("No target is missed.", "Невыполненных целей нет.")

Topic = Callable[[Accepted, Plan, str], Sequence[Text] | None]


def target(accepted: Accepted, plan: Plan, name: str) -> Sequence[Text] | None:
    """What it would take to meet a target."""
    known = any(name in (g.row, g.id) for g in accepted.case.targets)
    return takes(accepted, plan, name).said if known else None


TOPICS: tuple[Topic, ...] = (target,)
"""What can be asked for, the first that knows a name answers."""


def explain(path: Path, names: Sequence[str], lang: Lang) -> int:
    """Say why the plan in a file is as it is: of each name, or of every target that it misses."""
    expect_plan(path)
    stored = read_plan(path)
    accepted = accept(stored.tables, [], stored.scenario, as_changed=True)
    asked = list(names) or missed_rows(accepted, stored.plan)
    if not asked:
        print(NONE_MISSED.say(lang))
    for name in asked:
        answers = (topic(accepted, stored.plan, name) for topic in TOPICS)
        said = next((answer for answer in answers if answer is not None), None)
        if said is None:
            rows = ", ".join(dict.fromkeys(g.row for g in accepted.case.targets))
            raise Told(UNKNOWN.fill(name=name, targets=rows))
        for text in said:
            print(text.say(lang))
    return 0
