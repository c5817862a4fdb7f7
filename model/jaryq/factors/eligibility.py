"""Which source may pay for which project, and why not (docs/numbers.md: Money)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from jaryq.base.once import once_beside
from jaryq.case.case import Case, Facility, Package, Project, Rule, Scope, Source


def by_source(rules: Iterable[Rule]) -> dict[str, list[Rule]]:
    """Rows of eligibility of each source that has some, in the order of the input."""
    found: dict[str, list[Rule]] = {}
    for rule in rules:
        found.setdefault(rule.source, []).append(rule)
    return found


def matches(rule: Rule, project: Project) -> bool:
    """Whether a rule speaks of the project; a blank part matches anything."""
    return (
        (rule.sector is None or rule.sector == project.sector)
        and (rule.asset_type is None or rule.asset_type == project.asset_type)
        and (rule.region is None or rule.region == project.region)
        and (rule.project is None or rule.project == project.id)
    )


def allowing(project: Project, mine: Iterable[Rule]) -> list[Rule]:
    """Of a source's rows of eligibility those that let it pay for a project."""
    return [rule for rule in mine if rule.allowed and matches(rule, project)]


class Door(NamedTuple):
    """What of a source decides, with its rows of eligibility, whom it may pay."""

    id: str
    open: bool
    closed_reason: str
    draws_to: str | None

    @staticmethod
    def of(source: Source) -> Door:
        return Door(source.id, source.open, source.closed_reason, source.draws_to)


def why_closed(source: Source | Door, project: Facility | Package, mine: Iterable[Rule]) -> str | None:
    """``mine``: the rows of eligibility of the source. None if the source may pay for the project, else the reason in
    the words of the workbook (or a code)."""
    if not source.open:
        return source.closed_reason or "closed"
    if source.draws_to:
        return f"its money goes into {source.draws_to}"
    allows = []
    for rule in mine:
        if not rule.allowed and matches(rule, project):
            return rule.reason or "excluded"
        if rule.allowed:
            allows.append(rule)
    if allows and not any(matches(rule, project) for rule in allows):
        return allows[0].reason or "not listed"
    return None


PARTS = {"sector": "sector", "asset_type": "asset_type", "region": "region", "project": "id"}
"""Columns of a row of eligibility, and what they speak of in a project."""


def told_by(rules: Iterable[Rule]) -> tuple[str, ...]:
    """Fields of projects that rows of eligibility tell apart."""
    return tuple(name for part, name in PARTS.items() if any(getattr(rule, part) is not None for rule in rules))


def who_pays(case: Case) -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, Mapping[str, str]]]:
    """Of each project the sources that may pay for it, and why each other may not; found once for cases with the same
    projects whose sources let in the same."""
    return _who_pays(case.scope, (tuple(map(Door.of, case.sources.values())), case.rules))


@once_beside
def _who_pays(scope: Scope, beside: tuple[tuple[Door, ...], tuple[Rule, ...]],
              ) -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, Mapping[str, str]]]:
    """Asked once for projects that no row of a source tells apart."""
    doors, stated = beside
    projects, rules = scope.projects, by_source(stated)
    pays: dict[str, list[str]] = {p: [] for p in projects}
    closed: dict[str, dict[str, str]] = {p: {} for p in projects}
    alike: dict[tuple[str, ...], list[list[str]]] = {}
    for door in doors:
        mine = rules.get(door.id, ())
        told = told_by(mine)
        if told not in alike:
            alike[told] = _alike(projects, told)
        for keys in alike[told]:
            reason = why_closed(door, projects[keys[0]], mine)
            for p in keys:
                if reason is None:
                    pays[p].append(door.id)
                else:
                    closed[p][door.id] = reason
    return {p: tuple(sources) for p, sources in pays.items()}, closed


def _alike(projects: Mapping[str, Facility | Package], names: Sequence[str]) -> list[list[str]]:
    """Projects that have the same in all these fields."""
    found: dict[tuple[object, ...], list[str]] = {}
    for p, project in projects.items():
        found.setdefault(tuple([getattr(project, name) for name in names]), []).append(p)
    return list(found.values())
