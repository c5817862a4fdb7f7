"""Which source may pay for which project, and why not (docs/numbers.md: Money)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from jaryq.case.case import Facility, Package, Project, Rule, Source


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


def why_closed(source: Source, project: Facility | Package, mine: Iterable[Rule]) -> str | None:
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


def who_pays(sources: Mapping[str, Source], projects: Mapping[str, Facility | Package],
             rules: Mapping[str, Sequence[Rule]]) -> tuple[dict[str, list[str]], dict[str, dict[str, str]]]:
    """Of each project the sources that may pay for it, and why each other may not; asked once for projects that no row
    of the source tells apart. ``rules``: rows of eligibility by source."""
    pays: dict[str, list[str]] = {p: [] for p in projects}
    closed: dict[str, dict[str, str]] = {p: {} for p in projects}
    alike: dict[tuple[str, ...], list[list[str]]] = {}
    for s, source in sources.items():
        mine = rules.get(s, ())
        told = tuple(name for part, name in PARTS.items() if any(getattr(rule, part) is not None for rule in mine))
        if told not in alike:
            alike[told] = _alike(projects, told)
        for keys in alike[told]:
            reason = why_closed(source, projects[keys[0]], mine)
            for p in keys:
                if reason is None:
                    pays[p].append(s)
                else:
                    closed[p][s] = reason
    return pays, closed


def _alike(projects: Mapping[str, Facility | Package], names: Sequence[str]) -> list[list[str]]:
    """Projects that have the same in all these fields."""
    found: dict[tuple[object, ...], list[str]] = {}
    for p, project in projects.items():
        found.setdefault(tuple([getattr(project, name) for name in names]), []).append(p)
    return list(found.values())
