"""The page ``aims``: what was asked, what is reached, and what a little more or less of it would cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.handover.said import as_text, told
from jaryq.handover.said_aims import missed, on_the_way, promises, reached, told_only, why_short
from jaryq.handover.shapes import Front
from jaryq.report.adequacy import missing_alone
from jaryq.report.block import Block, Field
from jaryq.report.limits import MONEY
from jaryq.report.report import Report
from jaryq.report.shapes import Value, as_number
from jaryq.report.words import MEASURES, NO, name_of, sheet

TITLE = Text("Aims", "Цели")
NOTE = Text("What was asked of the plan and what it reaches. Shares are of what was asked.",
            "Что требовалось от плана и что достигнуто. Доли от требуемого.")
SHOWN, KEPT, WHOLE = 20, 4, 40
"""Rows in all on the page, and of them of aims that are reached, if there are as many; in the report, behind which no
sheet stands. The sheet ``targets`` has them all."""
MISSED, REACHED = Text("Missed", "Не достигнуто"), Text("Reached", "Достигнуто")
LACKS = Field(Text("Missed by", "Не хватает"))
SHARE = Field(Text("Missed", "Не хватает"), "%", bar=True)
UNIT_LESS = Field(Text("A unit less asked changes the plan by", "Единица меньше меняет план на"),
                  Text("bn KZT", "млрд тенге"))
TOLD_ONLY = Text("told only", "лишь сообщается")
OF_COST = Text("% of cost", "% стоимости")
SIGNS = {">=": Text("at least", "не менее"), "<=": Text("at most", "не более"), "=": Text("exactly", "ровно")}


def aims(case: Case, report: Report) -> Front | None:
    """None where nothing was asked. Rows that are missed first, each in every year in which it is missed, those of the
    worst name above; of rows that are met those of the last year."""
    rows = report.tables["targets"].rows
    if not rows:
        return None
    figure = report.fact("targets")
    return Front("aims", TITLE, NOTE, (figure,) if figure is not None else (),
                 (*reached(case, report), *why_short(case, report), *missed(case, report), *on_the_way(case, report),
                  *promises(case, report)), (), _blocks(case, report, rows, SHOWN),
                 whole=_blocks(case, report, rows, WHOLE))


def _blocks(case: Case, report: Report, rows: Sequence[Mapping[str, Value]], shown: int) -> tuple[Block, ...]:
    """What is missed and what is reached, so many rows in all."""
    short = sorted((row for row in rows if row.get("met") is NO), key=lambda row: -as_number(row.get("normalised")))
    held = [row for row in rows if row.get("met") is not NO and row.get("year") == str(case.settings.last_year)]
    names = list(dict.fromkeys(as_text(row.get("name")) for row in short))
    most = shown - min(len(held), KEPT)
    first = sorted(short, key=lambda row: (names.index(as_text(row.get("name"))), str(row.get("year"))))[:most]
    second = held[:shown - len(first)]
    prices = {row.get("limit"): row for row in report.tables["limits"].rows} if "limits" in report.tables else {}
    blocks = (_block(case, report, MISSED, first, prices, len(short)),
              _block(case, report, REACHED, second, prices, len(rows) - len(short)))
    return tuple(block for block in blocks if block.rows)


def _block(case: Case, report: Report, head: Text, rows: Sequence[Mapping[str, Value]],
           prices: Mapping[Value, Mapping[str, Value]], count: int) -> Block:
    """Asked beside reached in the same weight; the price where the limit was priced."""
    more = count - len(rows)
    where = sheet("targets")
    rest = Text(f"{more} more: {where.en}.", f"Ещё {more}: {where.ru}.")
    notes = (*((rest,) if more > 0 else ()), *_of_missing_alone(case, rows), *_of_prices(case, report, rows))
    fields = (Field(Text("Aim", "Цель")), Field(Text("Year", "Год"), "year"), Field(Text("Asked", "Требуется")),
              Field(Text("Reached", "Достигнуто")), Field(Text("Unit", "Единица")),
              Field(Text("Priority", "Приоритет")), *((LACKS, SHARE) if head is MISSED else ()), UNIT_LESS)
    made = tuple(_row(case, report, row, prices.get(f"target[{row.get('target')}]"), head is MISSED) for row in rows)
    if all(line[-1] is None for line in made):  # no aim moves the money alone: no column of nothing
        fields, made = fields[:-1], tuple(line[:-1] for line in made)
    return Block(head, fields, made, notes)


def _of_missing_alone(case: Case, rows: Sequence[Mapping[str, Value]]) -> tuple[Text, ...]:
    """Which balances are stated as what is missing alone, so that nothing reached is not no capacity at all."""
    shown = {row.get("origin") for row in rows if row.get("met") is NO} & missing_alone(case)
    names = [balance.name for balance in case.balances if balance.origin in shown]
    if not names:
        return ()
    en, ru = ("; ".join(part) for part in zip(*((name.en, name.ru) for name in names), strict=True))
    return (Text(f"{en}: the inputs state only the missing part of the capacity; “reached” is what the plan adds to "
                 "it, not what the town has.",
                 f"{ru}: в исходных данных задана только недостающая часть мощности; «достигнуто» означает, сколько "
                 "добавляет план, а не сколько есть в городе."),)


def _of_prices(case: Case, report: Report, rows: Sequence[Mapping[str, Value]]) -> tuple[Text, ...]:
    """What it means that an aim is told only."""
    if not any(told_only(case, report, row) for row in rows):
        return ()
    return (Text("Told only: the aim has a token price in the inputs (in_targets), so that the plan does not aim at "
                 "it; a scenario may.",
                 "Лишь сообщается: у цели в исходных данных (in_targets) условная цена, план к ней не стремится; "
                 "сценарий может."),)


def _row(case: Case, report: Report, row: Mapping[str, Value], price: Mapping[str, Value] | None,
         short: bool) -> tuple[Value, ...]:
    year = str(row.get("year") or "")
    sign, asked = SIGNS.get(str(row.get("sense")), as_text(row.get("sense"))), told(as_number(row.get("value")))
    lacks = (row.get("shortfall"), row.get("normalised")) if short else ()
    return (_name(case, row), int(year) if year.isdigit() else year,
            Text(f"{sign.en} {asked.en}", f"{sign.ru} {asked.ru}"), row.get("reached"), _unit(row),
            TOLD_ONLY if told_only(case, report, row) else row.get("priority"), *lacks, _of_money(price))


def _unit(row: Mapping[str, Value]) -> Value:
    """The unit; of a share of cost that says of what, since shares of length stand on other pages."""
    return OF_COST if row.get("measure") == MEASURES["share_done"] else row.get("unit")


def _of_money(price: Mapping[str, Value] | None) -> Value:
    """What a unit less asked adds to the objective, where it moves nothing before it."""
    return price.get("per_unit") if price is not None and price.get("moves") == MONEY else None


def _name(case: Case, row: Mapping[str, Value]) -> Text:
    """The name of an aim, and of what region it is where it is of one: rows of a group share their name."""
    name = as_text(row.get("name"))
    parts = [part.strip().partition("=") for part in str(row.get("filter") or "").split(";")]
    regions = [name_of(case.regions[key]) for column, _, key in parts if column == "region" and key in case.regions]
    if not regions or name.en.casefold().endswith(regions[0].en.casefold()):
        return name
    return Text(f"{name.en}: {regions[0].en}", f"{name.ru}: {regions[0].ru}")
