"""``explain PLAN WHAT``: why a finished plan is as it is, from the plan alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from jaryq.api.accepted import Accepted, accept
from jaryq.api.arrays import whole_arrays_of
from jaryq.api.choices import explained_project, start_asked
from jaryq.api.means import told_of
from jaryq.api.ranked import ranking_of
from jaryq.api.renewed import with_renewed
from jaryq.api.stretch_explained import said_of, stretch_at
from jaryq.api.takes import each_takes, missed_rows
from jaryq.api.takes_asked import lacks_said
from jaryq.api.verified import compiled, settled
from jaryq.api.wishes import wished
from jaryq.base.free import free_file, marked_as
from jaryq.base.text import Lang, Text
from jaryq.case.case import Case
from jaryq.case.plan import Plan
from jaryq.commands.answered import print_first, print_year, year_asked
from jaryq.commands.curve import Unknown, told_curve
from jaryq.commands.explained_book import curve_front, ranking_front, wishes_front
from jaryq.commands.messages import WRITTEN
from jaryq.commands.ranked import lines as ranking_lines
from jaryq.commands.wishes import NO_WISHES, lines, step
from jaryq.handover.shapes import Front
from jaryq.workbook.finished import expect_plan, finished
from jaryq.workbook.front_book import write_fronts
from jaryq.workbook.plan import read_plan
from jaryq.workbook.plan_read import StoredPlan

NONE_MISSED = Text("No target is missed.", "Невыполненных целей нет.")
WISHES = ("wishes", "overrides", "пожелания")
"""What asks for the wishes of the plan's inputs."""
RANKING = ("ranking", "greedy", "ранжирование")
"""What asks for the ranking by benefit per KZT."""


PURPOSE, SUBJECT = "explanation", Text("Why", "Почему")
"""What the workbook of ``--out`` is marked as, and what it is called."""
NO_BOOK = Text("--out is for a limit, a source, a target, wishes or ranking",
               "--out пишется для ограничения, источника, цели, пожеланий (wishes) или ранжирования (ranking)")


def command(path: Path, what: str | None, low: float, high: float, whole: int, lang: Lang,
            confirm: bool = False, out: Path | None = None, force: bool = False, cells: bool = False) -> int:
    """Print what is asked of a plan, a file or a folder of results: its wishes, the other choices of a project (with
    ``confirm`` flip points tried by whole plans), or the curve of a limit, a source or a target, and of a target that
    is missed what it would take (``cells``: each limit by itself); without ``what`` that of every target that is
    missed. ``out``: a workbook of the
    curve, the wishes or the ranking. Raises Unknown where there is no such thing, NotWritten."""
    found = finished(path)
    if found is None:
        expect_plan(path)
    if out is not None:
        free_file(out, marked_as(PURPOSE), (path,), force)
    stored = read_plan(path if found is None else found.path)
    accepted = accept(stored.tables, [], stored.scenario, as_changed=True)
    _has_no_book(out, what, accepted.case)
    page: Front | None = None
    if what is None or not what.strip():
        print_takes(accepted, stored.plan, missed_rows(accepted, stored.plan), lang, cells)
        print("".join(f"{text.say(lang)}\n" for text in lacks_said(accepted.case, stored.plan)), end="")
    elif (asked := start_asked(accepted.case, what)) is not None:
        program = whole_arrays_of(accepted.factors)
        solution = settled(stored.solution, accepted.factors, program)
        explained_project(accepted, program, solution, asked[0], confirm=confirm, at=asked[1],
                          tell=lambda text: print(text.say(lang), flush=True))
    elif (row := _stretch(accepted.case, what)) is not None:
        _print_stretch(accepted, stored, path if found is None else found.path, row, lang)
    elif what.strip().lower() in WISHES:
        if not accepted.case.wishes:
            print(NO_WISHES.say(lang))
            return 0
        said_by_means(accepted.case, lang)
        priced = wished(accepted, stored.solution, lambda text: step(text, lang))
        print("\n".join(lines(accepted.case, priced, lang)))
        page = wishes_front(accepted.case, priced)
    elif what.strip().lower() in RANKING:
        said_by_means(accepted.case, lang)
        found_by_rank = ranking_of(accepted, compiled(accepted), stored.solution)
        print("\n".join(ranking_lines(accepted.case, found_by_rank, lang)))
        page = ranking_front(accepted.case, found_by_rank)
    elif (year := year_asked(accepted.case, what)) is not None:
        said_by_means(accepted.case, lang)
        print_year(accepted, stored, year, lang)
    else:
        said_by_means(accepted.case, lang)
        goal, curve, following = told_curve(
            accepted, what, low, high, whole, lang,
            lambda standing, moved: print_first(accepted, stored, standing, moved, lang))
        page = curve_front(accepted.case, curve, following, lang)
        if goal in missed_rows(accepted, stored.plan):
            page = replace(page, sentences=(*page.sentences, *print_takes(accepted, stored.plan, [goal], lang, cells)))
    if out is not None and page is not None:
        print(WRITTEN.say(lang, path=write_fronts(out, PURPOSE, accepted.case.settings.title, SUBJECT, [page], lang)))
    return 0


def _has_no_book(out: Path | None, what: str | None, case: Case) -> None:
    """Raises Unknown where a workbook is asked for of what has none."""
    if out is not None and (what is None or not what.strip() or start_asked(case, what) is not None
                            or _stretch(case, what) is not None or year_asked(case, what) is not None):
        raise Unknown(NO_BOOK)


def _stretch(case: Case, what: str) -> int | None:
    """The place of a stretch that is asked for."""
    return None if case.stretches is None else stretch_at(case.stretches, what)


def _print_stretch(accepted: Accepted, stored: StoredPlan, path: Path, row: int, lang: Lang) -> None:
    """Print why a stretch is renewed or not. Raises NoRegister where the file of the plan's stretches is not there."""
    solution = with_renewed(stored, accepted.case, path).solution
    for text in said_of(accepted.factors, solution, row) if solution.renewed is not None else ():
        print(text.say(lang))


def said_by_means(case: Case, lang: Lang) -> None:
    """Say of what follows that it speaks of packages by their means, where the case has a register."""
    for text in told_of(case):
        print(text.say(lang))


def print_takes(accepted: Accepted, plan: Plan, rows: Sequence[str], lang: Lang,
                cells: bool = False) -> tuple[Text, ...]:
    """Print what it would take to meet rows of targets that a plan misses, each as soon as it is found; what was
    said. ``cells``: each limit by itself."""
    if not rows:
        print(NONE_MISSED.say(lang))
    said: list[Text] = []
    for found in each_takes(accepted, plan, rows, cells=cells):
        print("\n".join(text.say(lang) for text in found.said), flush=True)
        said.extend(found.said)
    return tuple(said)
