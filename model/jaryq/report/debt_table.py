"""Table ``debt_service``: every loan and year to its last maturity, in its currency and in bn KZT."""

from __future__ import annotations

from collections.abc import Mapping

from jaryq.base.text import Text
from jaryq.factors.account import FEES, PAID
from jaryq.report.debt import Book, Line
from jaryq.report.shapes import Out, Value
from jaryq.report.words import name_of

OPTIONAL = ("capitalised", "state", *FEES)
"""Parts that are shown only where some loan has them."""
REMARK = Text(
    "Flows at the rate of their date, balances at the year-end rate (as given, else between the averages of the "
    "years); "
    "the exchange effect is what is left. Subtotals: all loans by year.",
    "Потоки по курсу на свою дату, остатки по курсу на конец года (заданному или между средними годов); курсовая "
    "разница: остаток. "
    "Промежуточные итоги: все займы по годам.",
)


def debt_table(made: Mapping[str, Book]) -> Out:
    """One row for each loan and year; sums by year over all loans beneath."""
    there = {part for part in OPTIONAL for book in made.values() for line in book.own if getattr(line, part)}

    def shown(*parts: str) -> tuple[str, ...]:
        return tuple(part for part in parts if part not in OPTIONAL or part in there)

    fees = ("k_fees",) if there & set(FEES) else ()
    flows = ("k_drawn", *(f"k_{part}" for part in shown("capitalised", "principal", "interest", "state")), *fees,
             "k_service", "k_exchange")
    headings = (
        "source", "name", "currency", "year", *shown("opening", "drawn", "capitalised", *PAID), "service", "closing",
        "rate", "rate_end",
        "k_opening", *flows, "k_closing",
    )
    formulas = {
        "service": PAID, "closing": ("opening", "drawn", "capitalised", "-principal"),
        "k_service": ("k_principal", "k_interest", "k_state", "k_fees"),
        "k_exchange": ("k_closing", "-k_opening", "-k_drawn", "-k_capitalised", "k_principal"),
        "k_closing": ("closing*rate_end",),
    }
    rows = tuple(_row(book, line, kzt) for book in made.values() for line, kzt in zip(book.own, book.kzt, strict=True))
    return Out("debt_service", headings, rows, sums=flows, levels=("k_opening", "k_closing"), groups="year",
               formulas=formulas, rounded=("k_exchange",),
               remarks=(REMARK,))


def _row(book: Book, line: Line, kzt: Line) -> dict[str, Value]:
    average, end = book.rates[line.year]
    return {
        "source": book.source.id, "name": name_of(book.source), "currency": book.source.currency, "year": line.year,
        "opening": line.opening,
        "drawn": line.drawn, "capitalised": line.capitalised, **{part: getattr(line, part) for part in PAID},
        "service": line.service,
        "closing": line.closing, "rate": average, "rate_end": end,
        **{f"k_{part}": getattr(kzt, part) for part in ("opening", "drawn", "capitalised", "principal", "interest",
                                                        "state", "fees", "service", "closing")},
        "k_exchange": round(kzt.exchange, 9),
    }
