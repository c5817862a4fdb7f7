"""Balances of funds: ceilings, income, lines, service, interest (docs/numbers.md, Funds and lines), in bn of the fund's
currency."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum

from jaryq.case.case import Source
from jaryq.verify.debt import Debt
from jaryq.verify.finding import Ledger
from jaryq.verify.funding import At, Funding, use_of


@dataclass(frozen=True)
class Balance:
    """A fund in one planned year: ``has`` is all it could spend, service paid; ``terms`` the sum of absolute terms.

    ``earned``: interest on what was left the year before; ``moved``: anything but its ceilings and income moved in it.
    A year without a ceiling has no limit and nothing left.
    """

    limited: bool
    has: float
    used: float
    earned: float
    moved: bool
    terms: float
    borrowed: float = 0.0
    served: float = 0.0

    @property
    def idle(self) -> float:
        return self.has - self.used if self.limited else 0.0


def fund_flows(funding: Funding, debt: Debt) -> tuple[At, At]:
    """What lines bring into each fund, and the service that it pays, by (fund, planned year)."""
    case, rate = funding.case, funding.prices.rate_of
    lines: At = {}
    service: At = {}
    for (s, y), amount in funding.line.items():
        fund = case.sources[s].draws_to
        if fund is not None and fund in case.sources:
            lines[fund, y] = lines.get((fund, y), 0.0) + amount / rate(case.sources[fund], y)
    for s, source in case.sources.items():
        fund = source.service_from
        if source.kind == "loan" and fund is not None and fund in case.sources:
            series = debt.all_of((s,)).service
            for y in case.settings.years:
                service[fund, y] = service.get((fund, y), 0.0) + series.get(y, 0.0) / rate(case.sources[fund], y)
    return lines, service


def balances(funding: Funding, debt: Debt) -> dict[str, dict[int, Balance]]:
    """Of every source with carry_over fund, year by year."""
    lines, service = fund_flows(funding, debt)
    return {s: _balance(funding, source, lines, service)
            for s, source in funding.case.sources.items() if source.carry_over == "fund"}


def _balance(funding: Funding, source: Source, lines: At, service: At) -> dict[int, Balance]:
    found, before, s = {}, 0.0, source.id
    for y, used in use_of(funding, source).items():
        limited = y in source.ceilings
        kept = source.keep * before
        earned = source.interest * kept if source.open else 0.0
        comes = [source.ceilings.get(y, 0.0), funding.fed.get((s, y), 0.0), lines.get((s, y), 0.0), kept, earned]
        goes = service.get((s, y), 0.0)
        moved = any((used, earned, goes, lines.get((s, y), 0.0)))
        found[y] = Balance(limited, fsum([*comes, -goes]), used, earned, moved, fsum(map(abs, [*comes, goes, used])),
                           lines.get((s, y), 0.0), goes)
        before = found[y].idle
    return found


def verify_funds(funding: Funding, found: dict[str, dict[int, Balance]], ledger: Ledger) -> None:
    """fund_balance, fund_idle, lines_spent.

    Stated idle money is compared where anything moves in the fund, or where some is stated: one that takes no part need
    not state it.
    """
    plan = funding.plan
    for s, source in funding.case.sources.items():
        stated = {y: plan.idle.get((s, y), 0.0) for y in funding.case.settings.years}
        if source.carry_over != "fund":
            for y, amount in stated.items():
                ledger.none("fund_idle", f"idle[{s},{y}]", amount, "bn currency")
            continue
        rows = found[s]
        spent = fsum(row.used + row.served for row in rows.values())
        ledger.note("lines_spent", f"line[{s}]", fsum(row.borrowed for row in rows.values()), "<=", spent,
                    "bn currency", abs(spent))
        takes_part = any(row.moved for row in rows.values()) or any(stated.values())
        for y, row in rows.items():
            if row.limited:
                ledger.note("fund_balance", f"use[{s},{y}]", row.used, "<=", row.has, "bn currency", row.terms)
            if takes_part:
                ledger.note("fund_idle", f"idle[{s},{y}]", stated[y], "=", row.idle, "bn currency", row.terms)


def interest_earned(funding: Funding, found: dict[str, dict[int, Balance]]) -> At:
    """Interest on what was left in funds, nominal bn KZT by (fund, year)."""
    sources, rate = funding.case.sources, funding.prices.rate_of
    return {(s, y): row.earned * rate(sources[s], y) for s, rows in found.items()
            for y, row in rows.items() if row.earned}
