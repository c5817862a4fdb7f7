"""An issue is data: what is wrong, where, which rule, and how to mend it. Sentences are rendered per language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from jaryq.base.issues_of_adequacy import ADEQUACY
from jaryq.base.issues_of_cells import CELLS
from jaryq.base.issues_of_changes import CHANGES
from jaryq.base.issues_of_files import FILES
from jaryq.base.issues_of_lenders import LENDERS
from jaryq.base.issues_of_money import MONEY
from jaryq.base.issues_of_quantities import QUANTITIES
from jaryq.base.issues_of_reading import READING
from jaryq.base.issues_of_rows import ROWS
from jaryq.base.issues_of_sense import REACH, SIZES
from jaryq.base.issues_of_stretches import STRETCHES
from jaryq.base.issues_of_uncertainty import UNCERTAIN
from jaryq.base.issues_of_works import WORKS
from jaryq.base.severity import Severity
from jaryq.base.text import Lang, Text, with_marks, without_noise


@dataclass(frozen=True)
class IssueKind:
    """A kind of issue: its stable code, its severity, the rule that was broken and the remedy (with slots)."""

    code: str
    severity: Severity
    rule: Text
    remedy: Text


def _by_code(*kinds: IssueKind) -> dict[str, IssueKind]:
    table = {kind.code: kind for kind in kinds}
    if len(table) != len(kinds):
        raise ValueError("two kinds of issue share a code")
    return table


KINDS_OF_ISSUE: Mapping[str, IssueKind] = _by_code(
    *(IssueKind(*row) for rows in (FILES, CELLS, CHANGES, MONEY, WORKS, LENDERS, QUANTITIES, UNCERTAIN, ADEQUACY, REACH,
                                   READING, ROWS, STRETCHES) for row in rows),
    *(IssueKind(code, "surprise", rule, remedy) for code, rule, remedy in SIZES),
)

LONGEST_SHOWN = 120
"""Characters of a value that a sentence shows."""

_TURNING = (0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
"""Characters that turn the direction of a text: what follows them on the screen reads backwards."""
_UNPRINTABLE = {**dict.fromkeys((*range(32), *range(127, 160), *_TURNING), "�"), 9: " ", 10: " ", 13: " "}

WHOLE = ("allowed",)
"""Slots that list what may be chosen: they are ours, and cut off they would not help."""


def shown(text: str) -> str:
    """A text of a workbook as a sentence may hold it: not too long, without codes that would command a terminal."""
    return (text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…").translate(_UNPRINTABLE)


@dataclass(frozen=True)
class Issue:
    """One issue: its kind by code, its place (sheet, cell like ``D14``, column), the value found, the slots, and the
    scenario that alone has it."""

    code: str
    sheet: str = ""
    cell: str = ""
    column: str = ""
    value: str = ""
    slots: Mapping[str, object] = field(default_factory=dict)
    scenario: str = ""

    def __post_init__(self) -> None:
        if self.code not in KINDS_OF_ISSUE:
            raise KeyError(f"unknown kind of issue: {self.code}")

    @property
    def severity(self) -> Severity:
        return KINDS_OF_ISSUE[self.code].severity

    def rule(self, lang: Lang = "en") -> str:
        said = KINDS_OF_ISSUE[self.code].rule.say(lang, **self._slots())
        return with_marks(said, lang).replace("  ", " ").rstrip()  # a column may have no unit

    def remedy(self, lang: Lang = "en") -> str:
        return with_marks(KINDS_OF_ISSUE[self.code].remedy.say(lang, **self._slots()), lang)

    def say(self, lang: Lang = "en") -> str:
        """``facilities!D14 cost: -5 - at least 0 bn KZT is allowed. Enter 0 or more.``"""
        return f"{self.found(lang)}. {self.remedy(lang)}"

    def found(self, lang: Lang = "en") -> str:
        """The same without its remedy: where, what was found, the rule that it breaks."""
        place = "!".join(part for part in (self.sheet, self.cell) if part)
        head = " ".join(part for part in (place, self.column, f"({self.scenario})" if self.scenario else "") if part)
        found = f"{shown(without_noise(self.value))} - " if self.value != "" else ""
        return f"{shown(head)}: {found}{self.rule(lang)}".lstrip(": ")

    def _slots(self) -> dict[str, object]:
        slots = {"value": self.value, "column": self.column, **self.slots}
        return {name: shown(value) if isinstance(value, str) and name not in WHOLE else value
                for name, value in slots.items()}


MOST_ISSUES = 1000
"""Issues of one kind in one column that are listed; the others are counted in one more."""


def capped(issues: Sequence[Issue]) -> list[Issue]:
    """The first of each kind in each column, and one issue that counts the others: a million wrong cells are told in a
    thousand."""
    if len(issues) <= MOST_ISSUES:
        return list(issues)
    count: Counter[tuple[str, str, str]] = Counter()
    kept: list[Issue] = []
    first: dict[tuple[str, str, str], Issue] = {}
    for issue in issues:
        kind = (issue.code, issue.sheet, issue.column)
        count[kind] += 1
        if count[kind] <= MOST_ISSUES:
            kept.append(issue)
        else:
            first.setdefault(kind, issue)
    return kept + [Issue("more_of_the_same", issue.sheet, issue.cell, issue.column,
                         slots={"count": count[kind] - MOST_ISSUES, "code": kind[0], "first": issue.cell})
                   for kind, issue in first.items()]


def stops(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """The issues that stop a run."""
    return tuple(issue for issue in issues if issue.severity == "stop")
