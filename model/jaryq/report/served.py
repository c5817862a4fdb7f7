"""Which targets a project of the plan serves: rows that would be missed, or missed by more, without it."""

from __future__ import annotations

from collections.abc import Mapping

from jaryq.base.once import once
from jaryq.base.text import Text
from jaryq.factors.soft_rows import rules_of, soft_rows
from jaryq.report.amounts import Amounts
from jaryq.report.words import FOR_TARGET, name_of

COUNTS = 1e-6
"""Of a row's scale: less is no help."""
WORKS = ("start", "renew")
"""Decisions on works; the first part of their index is the project."""
ORDER = ("hard", "1", "2", "3", "price")
SHOWN = 2


@once
def served(found: Amounts) -> Mapping[str, tuple[Text, ...]]:
    """Names of the targets that each project serves, by its key: by priority, those with fewer projects first (they say
    more of it); each name once."""
    known: dict[str, list[tuple[int, int, Text]]] = {}
    case, rules = found.case, rules_of(found.factors)
    for key, row in soft_rows(found.factors).items():
        beyond = row.beyond(found.factors)
        by_project: dict[str, float] = {}
        for (family, index), value in beyond.terms(found.plan):
            if family in WORKS:
                by_project[index[0]] = by_project.get(index[0], 0.0) + value
        above, sign = beyond.on(found.plan), -1.0 if row.sense == "<=" else 1.0
        helping = [p for p, value in by_project.items()
                   if max(0.0, sign * (value - above)) > max(0.0, -sign * above) + COUNTS * row.scale]
        name = rules[key].name if key in rules else name_of(case.target_at[key])
        for project in helping:
            known.setdefault(project, []).append((ORDER.index(row.priority), len(helping), name))
    return {project: tuple(dict.fromkeys(name for _, _, name in sorted(rows, key=lambda row: (*row[:2], row[2].en))))
            for project, rows in known.items()}


def for_target(found: Amounts, project: str) -> Text:
    """``for a target: Sewage works; Facilities rebuilt by 2030``; the bare words where no row of its own needs it."""
    names = served(found).get(project, ())[:SHOWN]
    if not names:
        return FOR_TARGET
    return Text(f"{FOR_TARGET.en}: {', '.join(n.en for n in names)}",
                f"{FOR_TARGET.ru}: {', '.join(n.ru for n in names)}")
