"""The page ``answers``: which limits bind and what loosening them gains, how firm the choices are, what was left out
and why; and where each question of a meeting is answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from jaryq.base.counted import english
from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.handover.counting import reconciled
from jaryq.handover.left_out import left_out, some
from jaryq.handover.limits_said import NO_GAIN, said, tight
from jaryq.handover.said import as_text, when
from jaryq.handover.shapes import Front
from jaryq.report.block import Block, Field
from jaryq.report.counting import ILLUSTRATIVE
from jaryq.report.limits import IMPOSSIBLE as NO_WAY
from jaryq.report.limits import MAY, binding, limit_name, loosened
from jaryq.report.points import more
from jaryq.report.report import Report
from jaryq.report.shapes import Value, as_number
from jaryq.report.words import POINTS, UNIT_WORDS, amount_of, number, sheet
from jaryq.sheets.results_proof import ASK_ON

TITLE = Text("Answers", "Ответы")
NOTE = Text("Why this and not that: limits that bind, choices that are firm or open, and where to ask further.",
            "Почему так, а не иначе: действующие ограничения, устойчивые и открытые решения, и где спросить дальше.")
LIMITS, FIRMEST, NAMES, NAMED, FEW = 8, 5, 3, 4, 3
LEFT_OUT = Text("What was left out", "Что не вошло")
ASKED = Text("Questions, and where they are answered", "Вопросы и где на них ответ")
QUESTIONS = (Field(Text("Question", "Вопрос")), Field(Text("Answer", "Ответ")))
IN_FULL = Text(f"More questions, and each answer in full: {sheet('questions').en}.",
               f"Другие вопросы и полные ответы: {sheet('questions').ru}.")
REST = Text("What was left out, and what is firm", "Что не вошло и что устойчиво")
FIRM_SAID = Text(f"The firmest choices: {{names}}. With the opposite every plan is worse: {sheet('why').en}.",
                 f"Самые устойчивые решения: {{names}}. С обратным решением любой план хуже: {sheet('why').ru}.")
REASONS = Text(f"The reason of each: {sheet('facilities').en}.", f"Причина у каждого: {sheet('facilities').ru}.")
SHORT_SAID = Text("What all aims of a priority miss together is told as if it were one aim that lacks so much; each "
                  "further tenth that an aim lacks counts more than the one before.",
                  "Общее недовыполнение целей одного приоритета сказано так, как если бы всего этого не хватало одной "
                  "цели; каждая следующая недостающая десятая весит больше предыдущей.")
UNNAMED = Text(f"Illustrative projects, which stand for real ones not yet named, are left out: {sheet('why').en}.",
               f"Условные проекты, за которыми стоят ещё не названные, не показаны: {sheet('why').ru}.")
IMPOSSIBLE = Text("Impossible: there is nothing to take away.", "Невозможно: отнимать нечего.")
ASK: tuple[tuple[Text, Text], ...] = (
    (Text("Why is a project when it is, and not earlier?", "Почему проект в это время, а не раньше?"),
     Text("Page of works, column “why then”; in full: ask about the project",
          "Лист работ, столбец «почему тогда»; подробно: спросите об объекте")),
    (Text("What if a lender gives more or less?", "Что если кредитор даст больше или меньше?"),
     Text("Ask about the source: what each further amount buys",
          "Спросите об источнике: что даёт каждая сумма")),
    (Text("What does one more bn in a year buy?", "Что даст ещё один миллиард в таком-то году?"),
     Text("Ask about the limit; the second table of this page has those that bind most",
          "Спросите об ограничении; самые жёсткие во второй таблице этого листа")),
    (Text("Which region is worst off?", "Какой регион в худшем положении?"),
     Text("Page of places, first row", "Лист регионов, первая строка")),
    (Text("How firm is a choice?", "Насколько устойчиво решение?"),
     Text("The third table of this page; each choice: sheet why",
          "Третья таблица этого листа; каждое решение: лист why")),
    (Text("What does a lender pay and when is it repaid?", "Что платит кредитор и когда долг возвращают?"),
     Text("Page of lenders, and the partner's own page", "Лист кредиторов и страница партнёра")),
    (Text("What if we start a year later?", "Что если начать на год позже?"),
     Text("A scenario with later dates, side by side in comparison.xlsx",
          "Сценарий с более поздними сроками, рядом с базовым в comparison.xlsx")),
    (Text("What is the cheapest way to a target, and what do its last units cost?",
          "Как дешевле всего достичь цели и сколько стоят последние единицы?"),
     Text("Ask about the target", "Спросите о цели")),
)
"""Questions of a meeting, and where each is answered."""


def answers(case: Case, report: Report) -> Front:
    """What fits a printed page, the answers in short; blocks without rows are left out. Whole for the report."""
    rows = report.tables["facilities"].rows
    firm, out, one = _firm(case, report), left_out(report, rows, LEFT_OUT, NAMES), left_out(report, rows, LEFT_OUT, 1)
    counts = reconciled(case, rows) if out.rows else ()
    told = () if "questions" in report.tables else tuple(tight(case, report))
    return Front("answers", TITLE, NOTE, (), told, (), _said(_in_short(report), _rest(firm, one, counts)),
                 whole=_said(_questions(report), _limits(report), firm, replace(out, notes=counts)))


def _said(*blocks: Block) -> tuple[Block, ...]:
    return tuple(block for block in blocks if block.rows or block.notes)


def _questions(report: Report) -> Block:
    """Questions of a meeting with their answers from the plan's numbers; without a table of them, where each is
    answered."""
    if "questions" not in report.tables:
        return Block(ASKED, (), (), (*(Text(f"{q.en} {a.en}.", f"{q.ru} {a.ru}.") for q, a in ASK), ASK_ON))
    rows = report.tables["questions"].rows
    return Block(ASKED, QUESTIONS, tuple((row.get("question"), row.get("answer")) for row in rows),
                 report.tables["questions"].remarks)


def _in_short(report: Report) -> Block:
    """The same in short, the first of each kind."""
    whole = _questions(report)
    if not whole.rows:
        return whole
    rows = tuple((row.get("question"), row.get("short")) for row in report.tables["questions"].rows if row.get("short"))
    return replace(whole, rows=rows, notes=(*whole.notes, IN_FULL))


def _rest(firm: Block, out: Block, counts: Sequence[Text]) -> Block:
    """What was left out by its reasons, with one name for each, and what is firmest."""
    names = [as_text(row[0]) for row in firm.rows[:FEW]]
    firmest = (FIRM_SAID.fill(names=Text("; ".join(n.en for n in names), "; ".join(n.ru for n in names))),) if names \
        else ()
    reasons = (*counts, REASONS) if out.rows else ()
    fields = tuple(replace(field, total=False) for field in out.fields)
    return replace(out, head=REST if firmest else out.head, fields=fields, notes=(*reasons, *firmest))


def _limits(report: Report) -> Block:
    """The limits that gain most when loosened, in words."""
    every = binding(report.tables)
    by_gain = loosened(every)
    rows = by_gain[:LIMITS]
    fields = (Field(Text("Limits that people can loosen", "Ограничения, которые можно ослабить")),
              Field(Text("Value", "Значение")),
              Field(Text("Unit", "Единица")), Field(Text("Step", "Шаг")),
              Field(Text("A step looser gains", "Шаг ослабления даёт")),
              Field(Text("A step tighter loses", "Шаг ужесточения отнимает")))
    told = [(said(row, "gain"), said(row, "loss")) for row in rows]
    shut = (IMPOSSIBLE,) if any(NO_WAY in pair for pair in told) else ()
    return Block(Text("What each limit costs", "Чего стоит каждое ограничение"), fields,
                 tuple((limit_name(row), row.get("value"), row.get("unit"), row.get("step"), *pair)
                       for row, pair in zip(rows, told, strict=True)),
                 (SHORT_SAID, *shut, *_further(by_gain[LIMITS:]), *_fixed(every)) if rows else ())


def _fixed(rows: Sequence[Mapping[str, Value]]) -> tuple[Text, ...]:
    """What no decision loosens: the peaks of a balance, what the law sets."""
    names = [limit_name(row) for row in rows if row.get("may") == MAY["fixed"]
             and as_number(row.get("gain")) > NO_GAIN]
    if not names:
        return ()
    them = some(names, NAMED)
    return (Text(f"Left out, since fact or law sets them and nobody can loosen them: {them.en}. What is missing there "
                 "stands on the page of aims.",
                 f"Не показаны, так как заданы фактами или законом и ослабить их нельзя: {them.ru}. Чего там не "
                 "хватает, сказано на листе целей."),)


def _further(rows: Sequence[Mapping[str, Value]]) -> tuple[Text, ...]:
    """Which limits bind besides those that are shown: those that gain anything when loosened."""
    names = [limit_name(row) for row in rows if as_number(row.get("gain")) > NO_GAIN]
    if not names:
        return ()
    them = some(names, NAMED)
    where, count = sheet("limits"), number(len(names))
    return (Text(f"{count.en} more {english(len(names), 'limit binds', 'limits bind')} ({where.en}): {them.en}.",
                 f"Действуют ещё ограничения ({count.ru}, {where.ru}): {them.ru}."),)


def _firm(case: Case, report: Report) -> Block:
    """Choices whose opposite is surely worse, the dearest first; on projects that have a name."""
    table = report.tables.get("why")
    firm = sorted((row for row in table.rows if as_number(row.get("least")) > 0),
                  key=_firmness) if table is not None else []
    rows = [row for row in firm if not _stands_for_another(case, row)][:FIRMEST]
    unnamed = (UNNAMED,) if len(rows) < len(firm) and any(_stands_for_another(case, row) for row in firm) else ()
    fields = (Field(Text("Project", "Проект")), Field(Text("In the plan", "В плане")),
              Field(Text("What the opposite would cost", "Чего стоило бы обратное решение")))
    return Block(Text("The firmest choices", "Самые устойчивые решения"), fields,
                 tuple((row.get("name"), when(row.get("now")), _opposite(row)) for row in rows),
                 (Text("Firm: with the opposite every plan is worse, by at least so much.",
                       "Устойчиво: с обратным решением любой план хуже, не менее чем на столько."),
                  *unnamed) if rows else ())


def _stands_for_another(case: Case, row: Mapping[str, Value]) -> bool:
    """Whether a choice is on an illustrative project, which nobody can find in the country."""
    project = case.projects.get(str(row.get("project")))
    return project is not None and project.data_status == ILLUSTRATIVE


def _opposite(row: Mapping[str, Value]) -> Text:
    """By how much every plan is worse with the opposite: of aims as so many that are missed, else of money."""
    least, unit = as_number(row.get("least")), as_text(row.get("unit"))
    if unit == POINTS:
        stage, by = as_text(row.get("first")), more(least)
        return Text(f"{stage.en}: {by.en}", f"{stage.ru}: {by.ru}")
    by = amount_of(least, unit)
    return Text(f"{by.en} in money of today", f"{by.ru} в сегодняшних деньгах") if unit == UNIT_WORDS[BILLION] else by


def _firmness(row: Mapping[str, Value]) -> tuple[bool, float]:
    """What is shut out by a shortfall comes before what is dearer only."""
    money = row.get("unit") == UNIT_WORDS[BILLION]
    return money, -as_number(row.get("least"))

