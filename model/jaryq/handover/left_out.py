"""Facilities that a plan leaves out, by what keeps them out: rules of the input first, then what the other choice was
found to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.handover.said import as_text, told
from jaryq.report.block import Block, Field
from jaryq.report.report import Report
from jaryq.report.shapes import Value, as_number
from jaryq.report.why import CANNOT, KINDS_OF_CHOICE, STATES, VERDICTS
from jaryq.report.words import (
    NO_ROOM,
    NO_SOURCE,
    NOT_CHOSEN,
    NOT_IN,
    OTHER_VARIANT,
    OUTAGE_TOO_LARGE,
    UNIT_WORDS,
    WAITS_FOR,
)

BY_RULE = (OTHER_VARIANT, NO_ROOM, OUTAGE_TOO_LARGE, NO_SOURCE, WAITS_FOR)
"""Reasons that hold whatever the plan chooses; sentences begin with them."""
OPEN_TOO = Text("not selected; open: a plan with it differs by no more than the tolerance of the search",
                "не выбран; открыто: план с ним отличается не больше чем на допуск поиска")
LESS_WORTH = Text("not selected: every plan with it is worth less", "не выбран: любой план с ним менее выгоден")
MISSES_MORE = Text("not selected: every plan with it is worse in “{stage}”",
                   "не выбран: любой план с ним хуже по этапу «{stage}»")
NOT_DECIDED = Text("not selected; not decided whether a plan as good has it",
                   "не выбран; не решено, есть ли план не хуже с ним")

BETTER = Text("{worst} {unit} at most; with some it is better by up to {better} {unit}, aims missed alike to within "
              "the tolerance of the search",
              "не более чем на {worst} {unit}; с некоторыми лучше, до {better} {unit}, при тех же недовыполнениях в "
              "пределах допуска поиска")

Row = Mapping[str, Value]


def reason_of(why: Text, choice: Row | None) -> Text:
    """The kind of a reason: of two facilities that differ by a name or a number it is the same. ``choice``: the row of
    the table ``why`` on the facility, where its other choice was examined."""
    for reason in BY_RULE:
        if why.en.startswith(reason.en):
            return reason
    if choice is None:
        return NOT_CHOSEN if why.en.startswith(NOT_CHOSEN.en) else why
    if choice.get("why") is CANNOT:
        return CANNOT
    verdict = choice.get("verdict")
    if verdict is VERDICTS["open"]:
        return OPEN_TOO
    if verdict is not VERDICTS["never"]:
        return NOT_DECIDED
    if choice.get("unit") == UNIT_WORDS[BILLION]:
        return LESS_WORTH
    return MISSES_MORE.fill(stage=as_text(choice.get("first")))


def worse_by(reason: Text, choices: Sequence[Row]) -> Text | None:
    """By how much plans with the facilities of a reason are worse: ``9.1 to 19 bn KZT``; of what is shut out it is the
    least that is certain, of open choices what the plan found with it loses."""
    if reason in (NOT_CHOSEN, NOT_DECIDED, CANNOT) or reason in BY_RULE:
        return None
    heading = "most" if reason is OPEN_TOO else "least"
    values = sorted(as_number(row.get(heading)) for row in choices if row.get(heading) is not None)
    if not values:
        return None
    low, high, unit = told(values[0]), told(values[-1]), as_text(choices[0].get("unit"))
    if values[0] < 0.0:
        better, worst = told(-values[0]), told(max(values[-1], 0.0))
        return BETTER.fill(better=better, worst=worst, unit=unit)
    if low == high:
        return Text(f"{low.en} {unit.en}", f"{low.ru} {unit.ru}")
    return Text(f"{low.en} to {high.en} {unit.en}", f"от {low.ru} до {high.ru} {unit.ru}")


def left_out(report: Report, rows: Sequence[Row], head: Text, most: int) -> Block:
    """A row for each kind of reason among ``rows`` of the table ``facilities``, the most frequent first; ``most`` names
    of facilities in each."""
    known = choices_on(report)
    groups: dict[Text, list[Row]] = {}
    for row in rows:
        if row.get("status") == NOT_IN:
            groups.setdefault(reason_of(as_text(row.get("why")), known.get(row.get("facility"))), []).append(row)
    made = []
    for reason, mine in sorted(groups.items(), key=lambda item: -len(item[1])):
        asked = [choice for row in mine if (choice := known.get(row.get("facility"))) is not None]
        made.append((reason, len(mine), worse_by(reason, asked),
                     some([as_text(row.get("name")) for row in mine], most)))
    return Block(head, (Field(Text("Left out, because", "Не вошли, потому что")),
                        Field(Text("Facilities", "Объектов"), total=True),
                        Field(Text("With one of them the plan is worse by", "С одним из них план хуже на")),
                        Field(Text("Such as", "Например"))), tuple(made))


def choices_on(report: Report) -> dict[Value, Row]:
    """Rows of the table ``why`` on facilities that are not done, by facility."""
    table = report.tables.get("why")
    return {row.get("project"): row for row in table.rows if row.get("choice") is KINDS_OF_CHOICE["facility"]
            and row.get("now") is STATES["out"]} if table is not None else {}


def some(names: Sequence[Text], most: int) -> Text:
    """The first names, and how many more there are."""
    rest = len(names) - most
    more, ещё = (f" and {rest} more", f" и ещё {rest}") if rest > 0 else ("", "")
    return Text("; ".join(n.en for n in names[:most]) + more, "; ".join(n.ru for n in names[:most]) + ещё)
