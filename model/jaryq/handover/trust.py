"""The page ``trust``: the certified distance beside the share of estimates, published figures against computed ones,
and what was checked."""

from __future__ import annotations

import math
from collections.abc import Mapping

from jaryq.base.counted import english, russian
from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.handover.said import certain
from jaryq.handover.shapes import Front
from jaryq.report.block import Block, Field
from jaryq.report.calibration import tally
from jaryq.report.report import Report
from jaryq.report.shapes import Value, as_number
from jaryq.report.targets import PRIORITIES
from jaryq.report.words import ASIDE, NO, POINTS_SAID, YES, joined, sheet, stage_name, told
from jaryq.sheets.measures import MEASURES

TITLE = Text("Trust", "Доверие")
NOTE = Text("How near the plan is to the best possible, what its figures rest on, and how it compares with what was "
            "published.",
            "Насколько план близок к лучшему возможному, на чём основаны его числа и как он соотносится с "
            "опубликованным.")
FIGURES = ("distance", "checks", "reported", "estimates", "illustrative", "calibration")
SHOWN = 11
"""Published figures on the page, those outside their band first; the sheet ``calibration`` has them all."""
SPREAD = frozenset(stage_name(f"spread_{priority}", "") for priority in ("1", "2", "3"))
WORDS = Block(Text("Words", "Слова"), (), (), (
    Text("Objective: what the plan is worth to budgets, utilities and consumers together, as a present value; benefits "
         "less what they pay, debt service included. Present value: money of later years counted for less, at the "
         "discount rate.",
         "Показатель цели: чего план стоит для бюджетов, предприятий и потребителей вместе, приведённая стоимость; "
         "выгоды минус их платежи, включая обслуживание долга. Приведённая стоимость: деньги поздних лет считаются по "
         "ставке дисконтирования за меньшие."),
    Text("Facilities divisible: for quick answers a facility may be built in part, and its parts are counted. Aim: "
         "one of several years or regions counts once for each. Choice: a project in or out, its time "
         "or its payer; firm if every plan with the opposite is worse, open if one is within the tolerance.",
         "Объекты делимы: для быстрых ответов объект можно построить частично, и части считаются. Цель: "
         "цель на несколько лет или регионов считается по одной на каждый. Решение: выполнять ли проект, когда и за "
         "чей счёт; твёрдое, если с обратным любой план хуже, открытое, если какой-то в пределах допуска."),
))


def trust(case: Case, report: Report) -> Front:
    """Figures, stages with their proof, published figures."""
    figures = tuple(fact for key in FIGURES if (fact := report.fact(key)) is not None)
    short = (_stages(report, short=True), _published(case, report, SHOWN))
    whole = (_stages(report), _published(case, report), WORDS)
    made, in_full = (tuple(block for block in blocks if block.rows or block.notes) for blocks in (short, whole))
    return Front("trust", TITLE, NOTE, figures, tuple(certain(case, report)), (), made, whole=in_full)


def _stages(report: Report, *, short: bool = False) -> Block:
    """Each stage with its proof; ``short``: without how the shortfall of a priority is spread."""
    fields = (Field(Text("Stage", "Этап")), Field(Text("Plan", "План")),
              Field(Text("Certified bound", "Доказанная граница")), Field(Text("Distance", "Расстояние")),
              Field(Text("Unit", "Единица")),
              Field(Text("What is proved", "Что доказано")))
    rows = [row for row in (report.tables["stages"].rows if "stages" in report.tables else ())
            if not (short and row.get("stage") in SPREAD)]
    return Block(Text("How far from the best possible", "Расстояние до лучшего возможного"), fields,
                 tuple((row.get("stage"), row.get("value"), row.get("bound"), row.get("distance"), row.get("unit"),
                        row.get("proof")) for row in rows),
                 (POINTS_SAID, *(() if short else _shares(report))) if rows else ())


def _shares(report: Report) -> tuple[Text, ...]:
    """Of each priority how many aims are missed, and what their plain shares add up to."""
    parts = []
    for priority in ("1", "2", "3"):
        rows = [row for row in report.tables["targets"].rows if row.get("met") is NO
                and row.get("priority") == PRIORITIES[priority]] if "targets" in report.tables else []
        if rows:
            shares = told(math.fsum(as_number(row.get("normalised")) for row in rows) / 100.0)
            aims, aims_ru = len(rows), russian(len(rows), "цель", "цели", "целей")
            parts.append(Text(f"priority {priority}: {aims} {english(aims, 'aim', 'aims')}, by {shares.en} whole aims",
                              f"приоритет {priority}: {aims} {aims_ru}, на {shares.ru} целой цели"))
    said = joined(parts)
    return (Text(f"Missed aims (each year and region for itself), and their plain shares added up: {said.en}.",
                 "Недовыполненные цели (каждый год и регион отдельно) и простая сумма их долей: "
                 f"{said.ru}."),) if said is not None else ()


def _when(case: Case, row: Mapping[str, Value]) -> Value:
    """The years of a published figure in words: what stands at the end of a year is not what happens in it."""
    known = case.calibration_at.get(str(row.get("calibration")))
    first, _, last = str(row.get("year") or "").partition("-")
    if known is None or known.take in ("last", "most") or not first:
        return row.get("year")
    if last:
        return Text(f"{first} to {last}", f"{first}–{last}")
    target = known.parts[0][0]
    kind, quantity = MEASURES.get(target.measure), case.quantities.get(target.quantity or "")
    stands = known.take != "change" and ((kind is not None and kind.cumulative)
                                         or (quantity is not None and quantity.kind != "flow"))
    return Text(f"end of {first}", f"конец {first} года") if stands else Text(f"in {first}", f"в {first} году")


def _band(row: Mapping[str, Value]) -> Value:
    """``40 to 60``, ``from 40``; nothing where no band is stated."""
    least, most = (row.get(side) for side in ("least", "most"))
    low, high = told(as_number(least)), told(as_number(most))
    if least is None:
        return None if most is None else Text(f"to {high.en}", f"до {high.ru}")
    return Text(f"from {low.en}", f"от {low.ru}") if most is None else Text(f"{low.en} to {high.en}",
                                                                          f"{low.ru}–{high.ru}")


UNSAID = Text("outside its band; no reason is stated", "вне своей полосы; причина не указана")


def _not_within(row: Mapping[str, Value]) -> Value:
    """Why a published figure is not within its band; blank where it is."""
    if row.get("inside") is NO:
        return row.get("why") or UNSAID
    return None if row.get("inside") is YES else row.get("inside")


def _published(case: Case, report: Report, most: int | None = None) -> Block:
    """Published figures, those outside their band first; ``most`` of them, and how many are not shown."""
    fields = (Field(Text("Published figure", "Опубликованная величина")), Field(Text("Published", "Опубликовано")),
              Field(Text("Computed", "Рассчитано")), Field(Text("Unit", "Единица")),
              Field(Text("Why not within its band", "Почему не в своей полосе")),
              *(() if most else (Field(Text("Years", "Годы")), Field(Text("Band", "Полоса")))))
    every = report.tables["calibration"].rows if "calibration" in report.tables else ()
    rows = [row for row in every if row.get("inside") is not ASIDE]
    first = sorted(rows, key=lambda row: row.get("inside") is not NO)[:most]
    rest, where = [row for row in rows if row not in first], sheet("calibration")
    counts = tally(rest)
    parts = joined([Text(f"{n} {en}", f"{ru}: {n}") for n, en, ru in (
        (counts.outside, "outside their bands", "вне полос"), (counts.inside, "inside theirs", "в своей полосе"),
        (counts.empty, "with nothing to compare", "сравнивать не с чем")) if n], ", ")
    notes: tuple[Text, ...] = () if parts is None else (Text(f"Not shown: {parts.en} ({where.en}).",
                                           f"Не показаны: {parts.ru} ({where.ru})."),)
    if aside := len(every) - len(rows):
        notes += (Text(f"Not comparable and not counted: {aside} more; why, is told there ({where.en}).",
                       f"Не сравнимы и не считаются: ещё {aside}; почему, сказано там ({where.ru})."),)
    return Block(Text("Against what was published", "Сравнение с опубликованным"), fields,
                 tuple((row.get("name"), row.get("published"), row.get("computed"), row.get("unit"),
                        _not_within(row),
                        *(() if most else (_when(case, row), _band(row)))) for row in first), notes)
