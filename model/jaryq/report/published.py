"""How sure the figures are that make the spending of a plan, and which would have to be published before it rests on
estimates no more (docs/numbers.md, How sure figures are)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from jaryq.base.text import Text
from jaryq.case.case import Facility
from jaryq.case.status import WEAK, money_column, status_of
from jaryq.report.amounts import Amounts
from jaryq.report.projects import NOTHING
from jaryq.report.shapes import Fact
from jaryq.report.words import name_of, number
from jaryq.sheets.inputs import INPUT
from jaryq.sheets.words import STATUSES

RESTS = 60.0
"""Percent of spending from which on the figures are named that it rests on."""

SHOWN_FIGURES = 12


@dataclass(frozen=True)
class Figure:
    """A figure that makes money: its column in the row of a project, its status, and the nominal outlays that rest on
    it, bn KZT."""

    project: str
    column: str
    status: str
    amount: float


def figures(found: Amounts) -> list[Figure]:
    """The figures behind the outlays of a plan, the largest first."""
    parts: dict[tuple[str, str], list[float]] = {}
    for (key, year), amount in found.outlay.items():
        parts.setdefault((key, money_column(found.case.projects[key], year)), []).append(amount)
    made = [Figure(key, column, status_of(found.case.projects[key], column), math.fsum(amounts))
            for (key, column), amounts in parts.items()]
    return sorted((figure for figure in made if figure.amount > NOTHING),
                  key=lambda figure: (-figure.amount, figure.project, figure.column))


def by_status(found: Amounts) -> dict[str, float]:
    """Nominal outlays by the status of the figure that they rest on, bn KZT."""
    made = figures(found)
    return {status: math.fsum(figure.amount for figure in made if figure.status == status) for status in STATUSES}


def to_publish(found: Amounts) -> list[Figure]:
    """The largest estimated and illustrative figures, until the outlays that rest on others of them are below
    ``RESTS`` percent; none if they are."""
    made = figures(found)
    weak = [figure for figure in made if figure.status in WEAK]
    left, most = math.fsum(figure.amount for figure in weak), RESTS / 100.0 * math.fsum(f.amount for f in made)
    named = []
    for figure in weak:
        if left < most:
            break
        named.append(figure)
        left -= figure.amount
    return named


def how_sure(found: Amounts) -> list[Fact]:
    """Percent of spending by status; where too much of it rests on estimates, the figures to be published."""
    amounts = by_status(found)
    total = math.fsum(amounts.values())

    def part(*statuses: str) -> float:
        return 100.0 * math.fsum(amounts[status] for status in statuses) / total if total > 0 else 0.0

    return [
        Fact(Text("Spending on reported or derived figures", "Затраты по опубликованным и расчётным величинам"),
             part("reported", "derived"), "%", key="reported"),
        Fact(Text("Spending on estimates", "Затраты по оценкам"), part("estimate"), "%",
             Text("Cost, unit cost or stated spending is a judgement by a stated rule: see the column “Source "
                  "of the data”.",
                  "Стоимость, удельная стоимость или указанные затраты оценены по правилу: см. столбец «Источник "
                  "данных»."),
             key="estimates"),
        Fact(Text("Spending on illustrative projects", "Затраты по условным проектам"), part("illustrative"), "%",
             Text("They stand for real ones not yet named.", "Вместо реальных, ещё не названных."), key="illustrative"),
        *_named(found, to_publish(found), total),
    ]


def _named(found: Amounts, named: Sequence[Figure], total: float) -> list[Fact]:
    if not named:
        return []
    facts = [Fact(
        Text("Figures that would have to be published", "Величины, которые нужно было бы опубликовать"),
        float(len(named)), "",
        Text(f"{RESTS:.0f} % of spending or more rests on estimates; with these published, less would. The largest "
             "first.",
             f"На оценках основано {RESTS:.0f} % затрат или больше; если опубликовать эти, будет меньше. Сначала "
             "крупнейшие."), strong=True)]
    for figure in named[:SHOWN_FIGURES]:
        project = found.case.projects[figure.project]
        sheet = INPUT["facilities" if isinstance(project, Facility) else "networks"]
        column, name = sheet.column(figure.column), name_of(project)
        title = column.text if column is not None else Text(figure.column, figure.column)
        said = f"{sheet.name}: {figure.project}, {figure.column}"
        facts.append(Fact(Text(f"{name.en}: {title.en}", f"{name.ru}: {title.ru}"), 100.0 * figure.amount / total, "%",
                          Text(said, said)))
    if more := named[SHOWN_FIGURES:]:
        count = number(len(more))
        facts.append(Fact(Text(f"{count.en} more", f"Ещё {count.ru}"),
                          100.0 * math.fsum(figure.amount for figure in more) / total, "%"))
    return facts
