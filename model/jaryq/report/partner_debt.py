"""Service and outstanding debt of a partner's loans by year to the last maturity, one block for each currency."""

from __future__ import annotations

import math
from collections.abc import Sequence

from jaryq.base.home import BILLION, HOME_CURRENCY
from jaryq.base.text import Text
from jaryq.report.block import Block, Field
from jaryq.report.debt import Book
from jaryq.report.partner_shape import clean
from jaryq.report.shapes import Value

YEAR = Text("Year", "Год")
BN = Text("bn {code}", "млрд {code}")
HEAD = Text("Service and debt to the last maturity, {code}", "Платежи и долг до последнего погашения, {code}")
PARTS: tuple[tuple[str, Text], ...] = (
    ("drawn", Text("Drawn", "Выборка")), ("capitalised", Text("Added to the debt", "Добавлено к долгу")),
    ("principal", Text("Principal", "Погашение долга")),
    ("interest", Text("Interest", "Проценты")), ("state", Text("Interest, State", "Проценты, государство")),
    ("fees", Text("Fees", "Комиссии")),
    ("service", Text("Service in all", "Всего платежей")),
)
ALWAYS = ("drawn", "principal", "interest", "service")


def service_blocks(loans: Sequence[Book]) -> tuple[Block, ...]:
    """In the currency; of foreign currencies also service, exchange effect and debt in bn KZT."""
    return tuple(_block(code, [book for book in loans if book.source.currency == code])
                 for code in dict.fromkeys(book.source.currency for book in loans))


def _block(code: str, loans: Sequence[Book]) -> Block:
    shown = [(part, text) for part, text in PARTS if part in ALWAYS
             or any(getattr(line, part) for book in loans for line in book.own)]
    unit = BN.fill(code=code)
    fields = [Field(YEAR), *(Field(text, unit, total=True) for _, text in shown),
              Field(Text("Outstanding at end", "Долг на конец"), unit)]
    if code != HOME_CURRENCY:
        fields += [
            Field(Text("Service in all", "Всего платежей"), BILLION, total=True),
            Field(Text("Exchange effect", "Курсовая разница"), BILLION, total=True),
            Field(Text("Outstanding at end", "Долг на конец"), BILLION),
        ]
    first, last = min(book.own[0].year for book in loans), max(book.own[-1].year for book in loans)
    rows = [_row(loans, year, [part for part, _ in shown], code) for year in range(first, last + 1)]
    rates = Text("Payments at the average rate of the year, debt at the year-end rate; the exchange effect is the "
                 "change of the debt that no payment explains.",
                 "Платежи по среднему курсу года, долг по курсу на конец года; курсовая разница: изменение долга, не "
                 "вызванное платежами.")
    notes = (rates,) if code != HOME_CURRENCY else ()
    return Block(HEAD.fill(code=code), tuple(fields), tuple(rows), notes)


def _row(loans: Sequence[Book], year: int, parts: Sequence[str], code: str) -> tuple[Value, ...]:
    own = [line for book in loans for line in book.own if line.year == year]
    kzt = [line for book in loans for line in book.kzt if line.year == year]
    row: list[Value] = [str(year),
                        *(clean(math.fsum(getattr(line, part) for line in own)) for part in (*parts, "closing"))]
    if code != HOME_CURRENCY:
        row += [clean(math.fsum(getattr(line, part) for line in kzt)) for part in ("service", "exchange", "closing")]
    return tuple(row)
