"""What ``explain PLAN LIMIT`` says first: the answer that a meeting wants, as sheet ``questions`` words it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jaryq.api.accepted import Accepted
from jaryq.api.again import Standing
from jaryq.api.bought import bought, bought_in
from jaryq.api.verified import compiled
from jaryq.base.counted import amount
from jaryq.base.text import Lang, Text
from jaryq.case.case import Case
from jaryq.commands.curve import called_dial, row_of
from jaryq.explain.dials import Dial
from jaryq.report.build import report_as_asked
from jaryq.report.question_money import in_year, of_source, of_step
from jaryq.report.question_places import Tables
from jaryq.report.question_row import Row
from jaryq.report.questions import of_target
from jaryq.report.words import figure
from jaryq.workbook.plan_read import StoredPlan

QUESTION = Text("{question} {answer}", "{question} {answer}")
YEAR = re.compile(r"\d{4}")


def year_asked(case: Case, what: str) -> int | None:
    """The planned year that is asked for by itself."""
    found = YEAR.fullmatch(what.strip())
    year = int(found[0]) if found else 0
    return year if case.settings.plan_from <= year <= case.settings.last_year else None


def print_year(accepted: Accepted, stored: StoredPlan, year: int, lang: Lang) -> None:
    """Print what one bn KZT more in a year buys, by all ceilings at home that are used up."""
    standing = Standing(accepted, compiled(accepted), proved=False)
    _print([in_year(accepted.case, stored.solution, _tables(accepted, stored), year, bought_in(standing, year))], lang)


def print_first(accepted: Accepted, stored: StoredPlan, standing: Standing, moved: Dial, lang: Lang) -> None:
    """Print the answers of what is moved: of a row of targets those of the sheet, as long as they are of these inputs;
    of money or a limit what more of it buys."""
    if row := row_of(accepted.case, moved):
        mine = {target.id for target in accepted.case.targets if target.row == row}
        if any(one.subject in mine for one in stored.solution.whatifs):
            _print(of_target(accepted.case, stored.solution, _tables(accepted, stored), row), lang)
        return
    _print(_of_money(accepted, stored, standing, moved), lang)


def _of_money(accepted: Accepted, stored: StoredPlan, standing: Standing, moved: Dial) -> Iterator[Row]:
    case, found = accepted.case, bought(standing, moved)
    if found is None:
        return
    if found.year is not None and found.asked is not None:
        yield in_year(case, stored.solution, _tables(accepted, stored), found.year, found.best, found.asked, found.left)
    elif len(moved.limits) > 1:
        if found.asked is not None:
            yield of_source(case, stored.solution, _tables(accepted, stored), found.asked, found.less or {})
    elif found.asked is not None:
        name, unit = called_dial(case, moved)
        step, left = (amount(value, figure(value), unit) for value in (found.asked.amount, found.left))
        yield of_step(stored.solution, name, step, found.asked, left if found.left else None)


def _tables(accepted: Accepted, stored: StoredPlan) -> Tables:
    return report_as_asked(accepted.case, accepted.factors, stored.solution).tables


def _print(rows: Iterator[Row] | list[Row], lang: Lang) -> None:
    for row in rows:
        if row.answer is not None:
            print(QUESTION.say(lang, question=row.question.say(lang), answer=row.answer.say(lang)), flush=True)
