"""Issues as lines for a person: for each group the rule and the remedy once, the first cells, and how many more there
are."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from jaryq.base.issues import Issue, shown
from jaryq.base.severity import NAMES, Severity
from jaryq.base.text import Lang, Text
from jaryq.commands.check.groups import Group, counts, grouped

CELLS = 5
"""So many cells of a group are listed; the others are counted."""

NAMED = 12
"""So many of the others are named after the count."""

HEAD = Text("{severity}: {place}, {count} cells", "{severity}: {place}, ячеек: {count}")
MORE = Text("  +{count} more: {cells}", "  ещё {count}: {cells}")
COUNTS: dict[Severity, Text] = {
    "stop": Text("{count} issue(s) stop the run", "замечаний, останавливающих расчёт: {count}"),
    "surprise": Text("{count} surprise(s)", "неожиданностей: {count}"),
    "note": Text("{count} note(s)", "заметок: {count}"),
}
STOPPED = Text("{count} issue(s) stop the run.", "Замечаний, останавливающих расчёт: {count}.")
FREE = Text("nothing stops a plan", "плану ничто не мешает")
CORRECT = Text("Next: correct what stops the run, save, and check again{mark}.",
               "Дальше: исправьте то, что останавливает расчёт, сохраните и проверьте снова{mark}.")
MARK = Text("; --annotate COPY marks the cells in a copy", "; --annotate КОПИЯ отметит ячейки в копии")
LOOK = Text("Next: look at the surprises and correct what is not meant; then plan {path}.",
            "Дальше: посмотрите на неожиданности и исправьте то, что не имелось в виду; затем запустите plan {path}.")
PLAN = Text("Next: plan {path}.", "Дальше: запустите plan {path}.")


def lines(issues: Iterable[Issue], lang: Lang) -> list[str]:
    """All groups."""
    return [line for group in grouped(issues) for line in _group(group, lang)]


def _group(group: Group, lang: Lang) -> list[str]:
    severity = NAMES[group.severity].say(lang)
    if len(group.issues) == 1:
        return [f"{severity}: {group.first.say(lang)}"]
    rule, remedy = group.rule(lang), group.remedy(lang)
    head = HEAD.say(lang, severity=severity, place=group.place or "-", count=len(group.issues))
    said = [head + (f": {rule}." if rule else ":") + (f" {remedy}" if remedy and rule else "")]
    said += [_cell(issue, lang, rule=not rule, remedy=not (remedy and rule)) for issue in group.issues[:CELLS]]
    others = group.issues[CELLS:]
    if others:
        names = ", ".join(issue.cell or issue.value for issue in others[:NAMED])
        said.append(MORE.say(lang, count=len(others), cells=names + (", ..." if len(others) > NAMED else "")))
    return said


def _cell(issue: Issue, lang: Lang, *, rule: bool, remedy: bool) -> str:
    """``  facilities!D14: -5``, with rule and remedy where the group has no common ones."""
    place = "!".join(part for part in (issue.sheet, issue.cell) if part) or "-"
    said = f"  {place}" + (f" ({issue.scenario})" if issue.scenario else "")
    parts = [shown(issue.value)] if issue.value else []
    parts += [issue.rule(lang)] if rule else []
    said += f": {' - '.join(parts)}" if parts else ""
    return f"{said}. {issue.remedy(lang)}" if remedy else said


def summed(issues: Sequence[Issue], source: Path, lang: Lang, *, annotated: bool = False) -> list[str]:
    """How many there are of each severity, and what to do next."""
    found = counts(issues)
    parts = [COUNTS[severity].say(lang, count=count) for severity, count in found.items() if count]
    if found["stop"]:
        return [f"{source}: {', '.join(parts)}.", CORRECT.say(lang, mark="" if annotated else MARK)]
    after = LOOK if found["surprise"] else PLAN
    return [f"{source}: {'; '.join([FREE.say(lang), *parts])}.", after.say(lang, path=source)]


def told(issues: Sequence[Issue], lang: Lang) -> None:
    """Issues beside the results of another command: on the stream of errors, with the number that stop."""
    for line in lines(issues, lang):
        print(line, file=sys.stderr)
    if stopping := counts(issues)["stop"]:
        print(STOPPED.say(lang, count=stopping), file=sys.stderr)
