"""Which source may pay for which project, and why not (docs/numbers.md: Money)."""

from __future__ import annotations

from collections.abc import Iterable

from model.data.case import Facility, Package, Project, Rule, Source


def matches(rule: Rule, project: Project) -> bool:
    """Whether a rule speaks of the project; a blank part matches anything."""
    return all(
        wanted is None or wanted == value
        for wanted, value in (
            (rule.sector, project.sector), (rule.asset_type, project.asset_type), (rule.region, project.region), (rule.project, project.id),
        )
    )


def why_closed(source: Source, project: Facility | Package, rules: Iterable[Rule]) -> str | None:
    """None if the source may pay for the project, else the reason in the words of the workbook (or a code)."""
    if not source.open:
        return source.closed_reason or "closed"
    if source.draws_to:
        return f"its money goes into {source.draws_to}"
    mine = [rule for rule in rules if rule.source == source.id]
    for rule in mine:
        if not rule.allowed and matches(rule, project):
            return rule.reason or "excluded"
    allows = [rule for rule in mine if rule.allowed]
    if allows and not any(matches(rule, project) for rule in allows):
        return allows[0].reason or "not listed"
    return None
