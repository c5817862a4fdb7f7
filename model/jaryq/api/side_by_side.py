"""Plans of one case side by side, read from their folders: the report that holds them, and what differs in words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jaryq.api.accepted import accept
from jaryq.api.html import scenario_in_folder
from jaryq.api.manifest import plan_in
from jaryq.base.text import Lang, Text
from jaryq.handover.compared import compared
from jaryq.handover.html.file import rendered
from jaryq.handover.html.shown import Json, named
from jaryq.report.compare import comparison
from jaryq.report.result import Result
from jaryq.tables.same_case import another_case
from jaryq.workbook.plan import StoredPlan, read_plan


def report_of_plans(plans: Sequence[tuple[Text, Path]], lang: Lang, said: Sequence[Text] = ()) -> str | None:
    """The reports of plans (names, folders) as one that stands inside another page; nothing where none has one."""
    found = [named(scenario, name) for name, folder in plans if (scenario := scenario_in_folder(folder)) is not None]
    return framed(found, lang, said) if found else None


def framed(scenarios: Sequence[Json], lang: Lang, said: Sequence[Text] = ()) -> str:
    """Scenarios (see ``handover.html.shown``) to stand inside another page."""
    return rendered(scenarios, (), lang, said, embedded=True)


def said_of_plans(plans: Sequence[tuple[Text, Path]]) -> tuple[Text, ...]:
    """What differs between plans, the first being what the others are compared with; nothing where they are of
    different cases. Raises JaryqError for a plan that cannot be read."""
    stored = [read_plan(plan_in(folder)) for _, folder in plans]
    if len(stored) < 2 or any(another_case(stored[0].tables, one.tables) is not None for one in stored[1:]):
        return ()
    return compared(comparison([_result(one, name) for one, (name, _) in zip(stored, plans, strict=True)])).sentences


def _result(stored: StoredPlan, name: Text) -> Result:
    factors = accept(stored.tables, [], stored.scenario, as_changed=True).factors
    return Result(name.en, name.en, name.ru, (), factors, stored.plan, stored.claims, choices=stored.solution.choices,
                  gaps=stored.solution.gaps)
