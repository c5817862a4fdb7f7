"""The page ``aims``: what was asked, what is reached, and what a little more or less of it would cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.handover.said import as_number, as_text, missed, reached, told, why_short
from jaryq.handover.shapes import Front
from jaryq.report.block import Block, Field
from jaryq.report.limits import MONEY
from jaryq.report.report import Report
from jaryq.report.shapes import Value
from jaryq.report.words import NO, name_of

TITLE = Text("Aims", "Цели")
NOTE = Text("What was asked of the plan and what it reaches. Shares are of what was asked.",
            "Что требовалось от плана и что достигнуто. Доли от требуемого.")
SHOWN = 26
"""Rows in all on the page; the sheet ``targets`` has them all."""
MISSED, REACHED = Text("Missed", "Не достигнуто"), Text("Reached", "Достигнуто")
LACKS = Field(Text("Missed by", "Не хватает"))
SHARE = Field(Text("Missed", "Не хватает"), "%", bar=True)
UNIT_LESS = Field(Text("A unit less asked changes the plan by", "Единица меньше меняет план на"),
                  Text("bn KZT", "млрд тенге"))
SIGNS = {">=": Text("at least", "не менее"), "<=": Text("at most", "не более"), "=": Text("exactly", "ровно")}


def aims(case: Case, report: Report) -> Front | None:
    """None where nothing was asked. Rows that are missed first, the worst above and each name once, in its worst year;
    of rows that are met those of the last year."""
    rows = report.tables["targets"].rows
    if not rows:
        return None
    short = sorted((row for row in rows if row.get("met") is NO), key=lambda row: -as_number(row.get("normalised")))
    held = [row for row in rows if row.get("met") is not NO and row.get("year") == str(case.settings.last_year)]
    once = {as_text(row.get("name")): row for row in reversed(short)}
    first = [row for row in short if once[as_text(row.get("name"))] is row][:SHOWN]
    second = held[:SHOWN - len(first)]
    prices = {row.get("limit"): row for row in report.tables["limits"].rows} if "limits" in report.tables else {}
    blocks = (_block(case, MISSED, first, prices, len(short)),
              _block(case, REACHED, second, prices, len(rows) - len(short)))
    figure = report.fact("targets")
    return Front("aims", TITLE, NOTE, (figure,) if figure is not None else (),
                 (*reached(case, report), *why_short(case, report), *missed(case, report)), (),
                 tuple(block for block in blocks if block.rows))


def _block(case: Case, head: Text, rows: Sequence[Mapping[str, Value]], prices: Mapping[Value, Mapping[str, Value]],
           count: int) -> Block:
    """Asked beside reached in the same weight; the price where the limit was priced."""
    more = count - len(rows)
    rest = Text(f"Further rows on the sheet targets: {more}.", f"Ещё строк на листе targets: {more}.")
    notes = (rest,) if more > 0 else ()
    fields = (Field(Text("Aim", "Цель")), Field(Text("Year", "Год"), "year"), Field(Text("Asked", "Требуется")),
              Field(Text("Reached", "Достигнуто")), Field(Text("Unit", "Единица")),
              Field(Text("Priority", "Приоритет")), *((LACKS, SHARE) if head is MISSED else ()), UNIT_LESS)
    made = tuple(_row(case, row, prices.get(f"target[{row.get('target')}]"), head is MISSED) for row in rows)
    if all(line[-1] is None for line in made):  # no aim moves the money alone: no column of nothing
        fields, made = fields[:-1], tuple(line[:-1] for line in made)
    return Block(head, fields, made, notes)


def _row(case: Case, row: Mapping[str, Value], price: Mapping[str, Value] | None, short: bool) -> tuple[Value, ...]:
    year = str(row.get("year") or "")
    sign, asked = SIGNS.get(str(row.get("sense")), as_text(row.get("sense"))), told(as_number(row.get("value")))
    lacks = (row.get("shortfall"), row.get("normalised")) if short else ()
    return (_name(case, row), int(year) if year.isdigit() else year,
            Text(f"{sign.en} {asked.en}", f"{sign.ru} {asked.ru}"), row.get("reached"), row.get("unit"),
            row.get("priority"), *lacks, _of_money(price))


def _of_money(price: Mapping[str, Value] | None) -> Value:
    """What a unit less asked adds to the objective, where it moves nothing before it."""
    return price.get("per_unit") if price is not None and price.get("moves") == MONEY else None


def _name(case: Case, row: Mapping[str, Value]) -> Text:
    """The name of an aim, and of what region it is where it is of one: rows of a group share their name."""
    name = as_text(row.get("name"))
    parts = [part.strip().partition("=") for part in str(row.get("filter") or "").split(";")]
    regions = [name_of(case.regions[key]) for column, _, key in parts if column == "region" and key in case.regions]
    if not regions:
        return name
    return Text(f"{name.en}: {regions[0].en}", f"{name.ru}: {regions[0].ru}")
