"""``explain PLAN WHAT``: why a finished plan is as it is, from the plan alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jaryq.api.accepted import Accepted, accept
from jaryq.api.choices import explained_project
from jaryq.api.ranked import ranking_of
from jaryq.api.takes import missed_rows, takes
from jaryq.api.verified import compiled, settled
from jaryq.api.wishes import wished
from jaryq.base.text import Lang, Text
from jaryq.case.plan import Plan
from jaryq.commands.curve import told_curve
from jaryq.commands.ranked import lines as ranking_lines
from jaryq.commands.wishes import NO_WISHES, lines, step
from jaryq.workbook.finished import expect_plan, finished
from jaryq.workbook.plan import read_plan

NONE_MISSED = Text("No target is missed.", "Невыполненных целей нет.")
WISHES = ("wishes", "overrides", "пожелания")
"""What asks for the wishes of the plan's inputs."""
RANKING = ("ranking", "greedy", "ранжирование")
"""What asks for the ranking by benefit per KZT."""


def command(path: Path, what: str | None, low: float, high: float, whole: int, lang: Lang,
            confirm: bool = False) -> int:
    """Print what is asked of a plan, a file or a folder of results: its wishes, the other choices of a project (with
    ``confirm`` flip points tried by whole plans), or the curve of a limit, a source or a target, and of a target that
    is missed what it would take; without ``what`` that of every target that is missed. Raises Unknown where there is
    no such thing."""
    found = finished(path)
    if found is None:
        expect_plan(path)
    stored = read_plan(path if found is None else found.path)
    accepted = accept(stored.tables, [], stored.scenario, as_changed=True)
    if what is None:
        print_takes(accepted, stored.plan, missed_rows(accepted, stored.plan), lang)
    elif what in accepted.case.projects:
        program = compiled(accepted)
        solution = settled(stored.solution, accepted.factors, program)
        explained_project(accepted, program, solution, what, confirm=confirm,
                          tell=lambda text: print(text.say(lang), flush=True))
    elif what.strip().lower() in WISHES:
        if not accepted.case.wishes:
            print(NO_WISHES.say(lang))
            return 0
        priced = wished(accepted, stored.solution, lambda text: step(text, lang))
        print("\n".join(lines(accepted.case, priced, lang)))
    elif what.strip().lower() in RANKING:
        found_by_rank = ranking_of(accepted, compiled(accepted), stored.solution)
        print("\n".join(ranking_lines(accepted.case, found_by_rank, lang)))
    else:
        row = told_curve(accepted, what, low, high, whole, lang)
        if row in missed_rows(accepted, stored.plan):
            print_takes(accepted, stored.plan, [row], lang)
    return 0


def print_takes(accepted: Accepted, plan: Plan, rows: Sequence[str], lang: Lang) -> None:
    """What it would take to meet rows of targets that a plan misses."""
    if not rows:
        print(NONE_MISSED.say(lang))
    for row in rows:
        for text in takes(accepted, plan, row).said:
            print(text.say(lang))
