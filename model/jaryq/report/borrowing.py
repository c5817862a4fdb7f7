"""What a plan reaches of targets on debt: service, subsidy, stock, borrowing, share in foreign currencies
(docs/numbers.md: Targets)."""

from __future__ import annotations

import math
from collections.abc import Iterable

from jaryq.case.case import Target
from jaryq.case.scope import draws_on
from jaryq.report.amounts import Amounts

DEBT = ("debt_service", "subsidy", "debt_stock", "borrowing", "foreign_share")


def debt(amounts: Amounts, target: Target, scope: set[str]) -> float:
    """The measure on the projects of ``scope``: nominal bn KZT, of foreign_share a fraction (0 without debt)."""
    years = range(target.year_first, target.year + 1)
    speaks = {s for s, source in amounts.case.sources.items() if source.kind == "loan" and draws_on(target, source)}
    if target.measure == "foreign_share":
        foreign, everything = _stocks(amounts, target, scope)
        return foreign / everything if everything > 0 else 0.0
    if target.measure == "borrowing":
        return math.fsum(v for (s, p, y), v in _drawn(amounts, scope) if s in speaks and y in years)
    return flows(amounts, target.measure, speaks, scope, years)


def beyond_share(amounts: Amounts, target: Target, scope: set[str]) -> float:
    """Foreign debt less the stated share of all debt, bn KZT."""
    foreign, everything = _stocks(amounts, target, scope)
    return foreign - target.value * everything


def _stocks(amounts: Amounts, target: Target, scope: set[str]) -> tuple[float, float]:
    """Balances of the matching loans in foreign currencies, and of all loans."""
    loans = {s: source for s, source in amounts.case.sources.items() if source.kind == "loan"}
    foreign = {s for s, source in loans.items() if source.currency != "KZT" and draws_on(target, source)}
    years = range(target.year_first, target.year + 1)
    return flows(amounts, "debt_stock", foreign, scope, years), flows(amounts, "debt_stock", set(loans), scope, years)


def flows(amounts: Amounts, measure: str, loans: set[str], scope: set[str], years: Iterable[int]) -> float:
    """Service, subsidy or stock from draws on the projects of ``scope``; fees on signed amounts, what draws save of
    them, and money drawn into funds belong to no project and count where the scope is all of them."""
    factors, plan = amounts.factors, amounts.plan
    whole = len(scope) == len(amounts.case.projects)
    per_draw = {(s, y): factors.debt(measure, s, y, years, saved=whole) for s, y in factors.money.service if s in loans}
    terms = [per_draw[s, y] * amount for (s, p, y), amount in _drawn(amounts, scope) if (s, y) in per_draw]
    if measure == "debt_service" and whole:
        terms += [factors.fees(s, years) * plan.signed.get(s, 0.0) for s in factors.money.signs if s in loans]
        terms += [factors.fees(s, years) for s in factors.money.signed_before if s in loans]
    return math.fsum(terms)


def _drawn(amounts: Amounts, scope: set[str]) -> list[tuple[tuple[str, str, int], float]]:
    """Draws on the projects of ``scope``; money drawn into funds if these are all."""
    draws = [(key, amount) for key, amount in amounts.plan.draw.items() if key[1] in scope]
    if len(scope) < len(amounts.case.projects):
        return draws
    return draws + [((s, "", y), amount) for (s, y), amount in amounts.plan.line.items()]
