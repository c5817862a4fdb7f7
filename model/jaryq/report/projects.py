"""What the tables say of one project: why it is in the plan, who pays, how much it is worth."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from jaryq.base.text import Text
from jaryq.case.case import Case, Facility, Package
from jaryq.case.status import money_columns, status_of
from jaryq.report.adding_up import apportioned
from jaryq.report.amounts import Amounts
from jaryq.report.delayed import why_late
from jaryq.report.served import for_target
from jaryq.report.shapes import Value
from jaryq.report.spared import spared
from jaryq.report.words import (
    BEGUN,
    CHEAP,
    CHEAP_AT_HOME,
    COMMITTED,
    DATA,
    ENDS_AFTER,
    FOR_TARGET,
    OWN_VALUE,
    joined,
    name_of,
    number,
    same,
    when,
)

NOTHING = 1e-9
"""Below this an amount counts as none (bn KZT, km, share)."""

SHOWN_SOURCES, HALF = 2, 0.005
"""Payers that are named, and the share below which no percent is shown."""
PERCENT = "\u00a0%"
"""With a space that does not break."""


def planned(found: Amounts, key: str) -> bool:
    """Whether the plan does anything on the project."""
    if key in found.case.facilities:
        return found.share.get(key, 0.0) > NOTHING
    return found.renewed.get(key, 0.0) > NOTHING


def reason(found: Amounts, project: Facility | Package) -> Text:
    """Why a project is in the plan.

    A commitment, whatever it is worth: nobody was asked. Its own value: benefits, income and the deficits that it
    spares are at least its cost, every tenge counted in full when it is drawn. Cheap money: at least what its draws
    cost the purse, but less than its cost; from abroad where that is enough without what loans at home are cheaper (the
    country gains it), else at home (a lender of the country loses it). Otherwise a target has brought it in.
    """
    if isinstance(project, Facility) and is_committed(found.case, project):
        return COMMITTED
    worth = math.fsum(part.get(project.id, 0.0) for part in (found.benefit, found.income_pv, spared(found)))
    draws = found.draws_of.get(project.id, ())
    factors, sources = found.factors, found.case.sources
    if worth >= math.fsum(factors.money.worth[s, y] * v for s, y, v in draws) - NOTHING:
        return OWN_VALUE
    if worth < found.funding_pv.get(project.id, 0.0) - NOTHING:
        return FOR_TARGET
    country = math.fsum((factors.money.cost if sources[s].foreign else factors.money.worth)[s, y] * v
                        for s, y, v in draws)
    return CHEAP if worth >= country - NOTHING else CHEAP_AT_HOME


def is_committed(case: Case, facility: Facility) -> bool:
    """Whether a facility is begun, or it or a variant of its asset must be done."""
    return facility.must or facility.started is not None or any(
        case.facilities[v].must_any for v in case.assets.get(facility.asset, ()))


def payers(found: Amounts) -> dict[str, list[tuple[float, str]]]:
    """Sources of every project with their shares of what is paid for it, the largest first."""
    paid: dict[str, list[tuple[float, str]]] = {}
    for (source, project), amount in found.paid.items():
        if amount > NOTHING:
            paid.setdefault(project, []).append((amount, source))
    shares = {}
    for project, rows in paid.items():
        total = sum(amount for amount, _ in rows)
        shares[project] = sorted(((amount / total, source) for amount, source in rows),
                                 key=lambda row: (-row[0], row[1]))
    return shares


def who_pays(found: Amounts, rows: list[tuple[float, str]]) -> Text | None:
    """``JICA 60 %; local budget 38 %; +2 more 2 %``."""
    more = rows[SHOWN_SOURCES:]
    shares = [share for share, _ in rows[:SHOWN_SOURCES]] + ([math.fsum(share for share, _ in more)] if more else [])
    said = _percents(shares)
    parts = [Text(f"{name.en} {part}{PERCENT}", f"{name.ru} {part}{PERCENT}")
             for (_, source), part in zip(rows[:SHOWN_SOURCES], said, strict=False)
             for name in (name_of(found.case.sources[source]),)]
    if more:
        rest, count = said[-1], number(len(more))
        parts.append(Text(f"+{count.en} more {rest}{PERCENT}", f"ещё {count.ru}: {rest}{PERCENT}"))
    return joined(parts)


def _percents(shares: Sequence[float]) -> list[str]:
    """Whole percent that add up to what the shares do; something of which no whole one is left is not shown as
    nothing."""
    units = apportioned([100 * share if share >= HALF else 0.0 for share in shares], round(100 * math.fsum(shares)))
    return [str(n) if n or not share else "<1" for n, share in zip(units, shares, strict=True)]


def worth(found: Amounts, project: Facility | Package) -> dict[str, Value]:
    """Benefit, cost (less income) and data status of a project that is in the plan."""
    key, why, late = project.id, reason(found, project), why_late(found, project)
    bound = commitment(found.case, project)
    return {
        "benefit_pv": found.benefit.get(key, 0.0), "cost_pv": found.cost_pv.get(key, 0.0)
        - found.income_pv.get(key, 0.0),
        "why": joined([for_target(found, key) if why is FOR_TARGET else bound if why is COMMITTED
                       else why, *([late] if late is not None else [])]),
    }


def commitment(case: Case, project: Facility | Package) -> Text:
    """``committed: begun 2024 Q3, by Almaty Electric Stations, to be finished by 2027``: since when, by whom and until
    when, as far as that is stated."""
    said = bound_by(case, project)
    return COMMITTED if said is None else Text(f"{COMMITTED.en}: {said.en}", f"{COMMITTED.ru}: {said.ru}")


def bound_by(case: Case, project: Facility | Package) -> Text | None:
    """Since when, by whom and until when, as far as that is stated."""
    if not isinstance(project, Facility):
        return None
    parts = []
    if project.started is not None:
        begun = case.settings.label(math.floor(-project.started * case.settings.periods_per_year / 12 + 1e-9))
        since = when(begun) or same(begun)
        parts.append(Text(f"{BEGUN.en} {since.en}", f"{BEGUN.ru} в {since.ru}"))
    elif project.committed:
        parts.append(Text("under contract, its start open", "договор заключён, начало не задано"))
    if project.owner:
        parts.append(Text(f"by {project.owner}", f"владелец {project.owner_ru or project.owner}"))
    if project.unfinished:
        parts.append(ENDS_AFTER)
    elif project.latest < case.settings.last_year:
        parts.append(Text(f"to be finished by {project.latest}", f"закончить к {project.latest} году"))
    return joined(parts, ", ")


def owner_of(project: Facility | Package) -> Text | None:
    """Who owns or runs it; None where that is not stated."""
    return Text(project.owner, project.owner_ru or project.owner) if project.owner.strip() else None


def data_status(project: Facility | Package) -> Text:
    """How sure the figures are that make the money of a project."""
    return DATA[status_of(project, *money_columns(project))]


def ordered(found: Amounts, sheet: str, rows: Mapping[str, object]) -> list[str]:
    """Keys in the order of the input's rows; keys that the order does not know come last, sorted."""
    known = [key for key in found.case.order.get(sheet, ()) if key in rows]
    return known + sorted(set(rows) - set(known))
