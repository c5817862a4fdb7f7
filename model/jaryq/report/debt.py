"""The account of every loan to its last maturity, as a lender would print it: balances, payments, fees; in its currency
and in KZT."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from jaryq.base.home import HOME_CURRENCY
from jaryq.case.case import Source
from jaryq.factors.account import FEES, PARTS, Flow, account
from jaryq.factors.loans import amount_signed
from jaryq.report.amounts import Amounts
from jaryq.report.projects import NOTHING, ordered

LEAST = 1e-12
"""bn: a thousandth of a unit of a currency."""
NO_FLOWS: Mapping[str, float] = dict.fromkeys(PARTS, 0.0)


@dataclass(frozen=True)
class Line:
    """A year of a loan, bn of one currency. ``interest``: paid by the borrower, ``state``: by the State;
    ``commitment``: less what draws save.

    closing = opening + drawn + capitalised - principal + exchange (``exchange`` is nothing in the loan's own currency).
    """

    year: int
    opening: float
    drawn: float
    capitalised: float
    principal: float
    interest: float
    state: float
    guarantee: float
    premium: float
    front_end: float
    commitment: float
    exchange: float
    closing: float

    @property
    def fees(self) -> float:
        return math.fsum(getattr(self, fee) for fee in FEES)

    @property
    def service(self) -> float:
        """All that is paid in the year, by the borrower and the State."""
        return math.fsum((self.principal, self.interest, self.state, self.fees))


@dataclass(frozen=True)
class Book:
    """The account of a loan: ``own`` in its currency, ``kzt`` with flows at the rate of their date and stocks at the
    year-end rate; ``rates``: of each year (average, end)."""

    source: Source
    own: tuple[Line, ...]
    kzt: tuple[Line, ...]
    rates: Mapping[int, tuple[float, float]]


def books(found: Amounts) -> dict[str, Book]:
    """Accounts of all loans that are drawn, or that cost fees, in the order of the input's rows."""
    loans = {s: source for s, source in found.case.sources.items() if source.open and source.kind == "loan"}
    made = {s: lines for s in ordered(found, "sources", loans) if (lines := own_lines(found, loans[s]))}
    return {s: _book(found, loans[s], lines) for s, lines in made.items()}


def signed_of(found: Amounts, source: Source) -> float:
    """Signed amount on which fees fall, bn of the currency: decided by the plan, or given for a loan signed before;
    else nothing."""
    if source.id in found.factors.money.signed_before:
        return amount_signed(source)
    return found.plan.signed.get(source.id, 0.0) if source.id in found.factors.money.signs else 0.0


def draws_of(found: Amounts, source: str) -> dict[int, float]:
    """Draws of a loan by year, bn of its currency, lines into funds included."""
    return {y: amount for y in found.years if (amount := found.use(source, y)) > NOTHING}


def own_lines(found: Amounts, source: Source) -> tuple[Line, ...]:
    """The account in the loan's own currency; nothing if it is never drawn and costs no fees."""
    sums = _by_year(flows_of(found, source))
    if not sums:
        return ()
    lines: list[Line] = []
    balance = 0.0
    for year in range(min(sums), max(sums) + 1):
        at = sums.get(year, NO_FLOWS)
        closing = balance + at["drawn"] + at["capitalised"] - at["principal"]
        closing = 0.0 if abs(closing) < NOTHING else closing
        lines.append(Line(year, balance, exchange=0.0, closing=closing, **at))
        balance = closing
    return tuple(lines)


def flows_of(found: Amounts, source: Source) -> Iterator[Flow]:
    """Every flow of the account of a plan, bn of the currency; what rounding leaves of fees on all that is signed less
    those that its draws save is none."""
    case, signed = found.case, signed_of(found, source)
    made = account(source, signed if signed > NOTHING else 0.0, draws_of(found, source.id), case.references,
                   case.settings.plan_from, case.settings.first_year)
    return (flow for flow in made if abs(flow.amount) > LEAST)


def _by_year(flows: Iterable[Flow], rate: Callable[[float], float] = lambda _: 1.0) -> dict[int, dict[str, float]]:
    """Sums of every part of the account by year, in another currency at the ``rate`` of each date; years with nothing
    are left out."""
    sums: dict[int, dict[str, list[float]]] = defaultdict(lambda: {part: [] for part in PARTS})
    for flow in flows:
        sums[flow.year][flow.part].append(flow.amount * rate(flow.at))
    return {year: {part: math.fsum(terms) for part, terms in parts.items()} for year, parts in sums.items()}


def _book(found: Amounts, source: Source, own: tuple[Line, ...]) -> Book:
    """The same in KZT: what is left of the change of the balance after the flows is the exchange effect."""
    prices = found.factors.prices
    kzt = _by_year(flows_of(found, source), lambda at: prices.exchange_at(source.currency, at))
    rates = {line.year: (prices.exchange(source.currency, line.year), prices.year_end(source.currency, line.year))
             for line in own}
    lines: list[Line] = []
    opening = 0.0
    for line in own:
        at = kzt.get(line.year, NO_FLOWS)
        closing = line.closing * rates[line.year][1]
        change = closing - opening - at["drawn"] - at["capitalised"] + at["principal"]
        exchange = 0.0 if source.currency == HOME_CURRENCY or abs(change) < NOTHING else change
        lines.append(Line(line.year, opening, exchange=exchange, closing=closing, **at))
        opening = closing
    return Book(source, own, tuple(lines), rates)


def total(books_of: Iterable[Book], part: str, year: int | None = None) -> float:
    """Sum of a part of the accounts in bn KZT, of one year or of all."""
    return math.fsum(getattr(line, part) for book in books_of for line in book.kzt if year is None or line.year == year)


def last_maturity(found: Amounts, made: Mapping[str, Book]) -> int:
    """The year of the last payment of any loan; at least the last planned year."""
    return max([found.case.settings.last_year, *(book.own[-1].year for book in made.values())])
