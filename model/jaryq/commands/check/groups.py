"""Issues in groups: of one kind, on one sheet, in one column, stops first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from jaryq.base.issues import Issue
from jaryq.base.severity import SEVERITIES, Severity
from jaryq.base.text import Lang
from jaryq.sheets.inputs import INPUT


@dataclass(frozen=True)
class Group:
    """Issues (at least one) of one kind, sheet and column, in the order they were found."""

    issues: tuple[Issue, ...]

    @property
    def first(self) -> Issue:
        return self.issues[0]

    @property
    def severity(self) -> Severity:
        return self.first.severity

    @property
    def place(self) -> str:
        """``facilities cost``: sheet and column, as far as there are any."""
        return " ".join(part for part in (self.first.sheet, self.first.column) if part)

    def rule(self, lang: Lang) -> str | None:
        """The rule, or None where each issue has its own (other limits, other names)."""
        return _common(issue.rule(lang) for issue in self.issues)

    def remedy(self, lang: Lang) -> str | None:
        """The remedy, or None where each issue has its own."""
        return _common(issue.remedy(lang) for issue in self.issues)


def _common(texts: Iterable[str]) -> str | None:
    found = set(texts)
    return found.pop() if len(found) == 1 else None


def grouped(issues: Iterable[Issue]) -> tuple[Group, ...]:
    """The groups: by severity, then in the order of the workbook's sheets, then as found."""
    groups: dict[tuple[str, str, str], list[Issue]] = {}
    for issue in issues:
        groups.setdefault((issue.code, issue.sheet, issue.column), []).append(issue)
    sheets = {name: place for place, name in enumerate(INPUT)}
    made = [Group(tuple(found)) for found in groups.values()]
    return tuple(sorted(made, key=lambda group: (SEVERITIES.index(group.severity), sheets.get(group.first.sheet, -1))))


def counts(issues: Iterable[Issue]) -> dict[Severity, int]:
    """Number of issues of each severity."""
    found = Counter(issue.severity for issue in issues)
    return {severity: found[severity] for severity in SEVERITIES}
