"""Whether cash of borrowers covers the service of what they owe (docs/numbers.md, Affordability and debt)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from jaryq.base.home import BILLION
from jaryq.case.areas import Borrower
from jaryq.case.case import Case, Facility, Package
from jaryq.verify.debt import Debt
from jaryq.verify.finding import Ledger
from jaryq.verify.funding import eligible, rules_of
from jaryq.verify.loans import has_tenor
from jaryq.verify.owing import Owing, owner_of
from jaryq.verify.pace import pace_of
from jaryq.verify.schedule import Schedule, window_of
from jaryq.verify.soft import Soft
from jaryq.verify.value import Value


@dataclass(frozen=True)
class Cover:
    """A row of a borrower: ``left >= right`` but for what it falls short."""

    borrower: Borrower
    year: int
    left: float
    right: float

    @property
    def key(self) -> str:
        return f"dscr[{self.borrower.id},{self.year}]"


def covers(owing: Owing, debt: Debt, value: Value) -> list[Cover]:
    """Rows of the years with cash in which a draw can cause service, of borrowers with a priority."""
    found = []
    for b, borrower in owing.case.borrowers.items():
        if borrower.priority is None:
            continue
        may = _may_serve(debt, value, b)
        for y in owing.years:
            cash = owing.cash(borrower, y)
            if cash is not None and y in may:
                room = max(cash - borrower.cover * borrower.other.get(y, 0.0), 0.0)
                found.append(Cover(borrower, y, -borrower.cover * owing.service[b, y], -room))
    return found


def _may_serve(debt: Debt, value: Value, borrower: str) -> set[int]:
    """Years in which some draw of the borrower, or an amount it signs, would cost it something."""
    case, rules = debt.funding.case, rules_of(debt.funding.case)
    years: set[int] = set()
    for s, source in case.sources.items():
        if not source.open or source.kind != "loan":
            continue
        drawn: set[int] = set()
        if source.draws_to is None:
            for project in case.projects.values():
                if owner_of(source, project) == borrower and eligible(case, rules.get(s, []), project):
                    drawn |= _outlay_years(value.schedule, value, project)
        elif source.borrower == borrower:
            drawn = set(case.settings.years)
        mine: set[int] = set()
        for d in drawn:
            if (source.available_from <= d <= source.available_to and has_tenor(case, source, d)
                    and pace_of(case, source, d) > 0.0):
                flow = debt.terms.flow(s, d)
                mine |= {y for y, amount in flow.service.items() if abs(amount - flow.subsidy.get(y, 0.0)) > 0.0}
        if source.borrower == borrower:
            mine |= {y for y, amount in debt.terms.signing(s).items() if amount}
        years |= {y for y in mine if source.service_from is None or y > case.settings.last_year}
    return years


def _outlay_years(schedule: Schedule, value: Value, project: Facility | Package) -> set[int]:
    if isinstance(project, Package):
        return {*window_of(project, schedule.calendar)}
    return {y for t in schedule.allowed[project.id] for y, amount in value.flows(project, t) if amount > 0.0}


def verify_covers(rows: Iterable[Cover], plan_short: Mapping[str, float], ledger: Ledger) -> None:
    """dscr: with what is stated to fall short."""
    for row in rows:
        short = 0.0 if row.borrower.priority == "hard" else plan_short.get(row.key, 0.0)
        ledger.note("dscr", row.key, -row.left, "<=", -row.right + short, BILLION, abs(row.left) + abs(row.right))


def uncovered(rows: Iterable[Cover]) -> list[Soft]:
    """The rows of borrowers that may fall short."""
    return [Soft(row.key, row.borrower.priority or "", size_of(row.borrower), row.left, row.right, BILLION)
            for row in rows if row.borrower.priority != "hard"]


def size_of(borrower: Borrower) -> float:
    """Scale of a shortfall of cover."""
    return max([1.0, *(abs(cash) for cash in borrower.cash.values())])


def cover_keys(case: Case) -> set[str]:
    """Keys of shortfalls that borrowers may have."""
    return {f"dscr[{b},{y}]" for b, borrower in case.borrowers.items() if borrower.priority not in (None, "hard")
            for y in range(case.settings.plan_from, 2300)}
