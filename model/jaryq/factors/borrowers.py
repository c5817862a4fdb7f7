"""Who owes loans: what each borrower has to serve, against its cash (docs/numbers.md: Affordability and debt)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from jaryq.base.home import BILLION
from jaryq.base.once import once
from jaryq.base.text import Text
from jaryq.case.areas import Borrower
from jaryq.case.scope import owner
from jaryq.factors.debt import owed
from jaryq.factors.derive import Factors
from jaryq.factors.linear import Linear, total
from jaryq.factors.soft import Rule

UNIT = BILLION
WHAT = Text("room for debt service", "запас на обслуживание долга")


@once
def _owed_on(f: Factors) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """By borrower and loan: the projects for which the borrower owes what the loan pays."""
    found: dict[str, dict[str, list[str]]] = {b: {} for b in f.case.borrowers}
    for s, source in f.case.sources.items():
        for p in f.bounds.drawn_by[s]:
            if (who := owner(source, f.case.project(p))) is not None:
                found[who].setdefault(s, []).append(p)
    return {b: {s: tuple(mine) for s, mine in by_loan.items()} for b, by_loan in found.items()}


def service(f: Factors, borrower: str, year: int) -> Linear:
    """What a borrower pays in a year for loans of the programme, nominal bn KZT: all but the State's part of the
    interest; not what a fund pays in its place in planned years."""
    planned, mine = year <= f.case.settings.last_year, _owed_on(f)[borrower]
    own = {s: owner(source, None) == borrower for s, source in f.case.sources.items()}
    loans = [s for s, source in f.case.sources.items() if source.kind == "loan" and (own[s] or s in mine)
             and not (planned and source.service_from)]
    paid, state = (owed(f, measure, loans, f.case.projects, (year,), lambda s, p: p is not None or own[s], mine)
                   for measure in ("debt_service", "subsidy"))
    return total((paid, state.times(-1.0)), UNIT)


@once
def years_of_service(f: Factors) -> Mapping[str, tuple[int, ...]]:
    """Planned years and later ones in which draws, or signed amounts, may cost each borrower something."""
    found: dict[str, tuple[int, ...]] = {}
    last = max((max(made.total, default=0) for made in f.money.service.values()), default=0)
    for key in f.case.borrowers:
        years = range(f.case.settings.plan_from, last + 1)
        found[key] = tuple(y for y in years if any(service(f, key, y).of.values()))
    return found


def room(borrower: Borrower, year: int) -> float | None:
    """Cash of a year less what other debts need of it with their cover, at least nothing; None where cash is not
    known."""
    cash = borrower.cash_in(year)
    return None if cash is None else max(cash - borrower.cover * borrower.other.get(year, 0.0), 0.0)


def scale_of(borrower: Borrower) -> float:
    """What a lack of cash is a share of: the largest cash stated, at least 1."""
    return max(1.0, *map(abs, borrower.cash.values()))


def short_of_cash(f: Factors) -> Iterator[Rule]:
    """Borrowers with a priority, in each year with cash in which a draw can cause service: their room, against their
    service times the cover asked."""
    for key, borrower in f.case.borrowers.items():
        if borrower.priority is None:
            continue
        english = borrower.name.strip() or key
        name = Text(f"Debt cover of {english}", f"Покрытие долга: {borrower.name_ru.strip() or english}")
        for y in years_of_service(f)[key]:
            if (left := room(borrower, y)) is not None:
                yield Rule("dscr", (key, y), borrower.priority, scale_of(borrower), y, partial(_cover, key, y, left),
                           name, WHAT, UNIT, borrower.cells.get(str(y), borrower.origin), of_sources=True)


def _cover(b: str, y: int, left: float, f: Factors) -> tuple[Linear, Linear]:
    """The room of a borrower, and its service times the cover asked."""
    return Linear({}, left, UNIT), service(f, b, y).times(f.case.borrowers[b].cover)
