"""What a closed product that pays by a quantity could pay for the works of the plan by its own rule."""

from __future__ import annotations

import math
from dataclasses import replace

from jaryq.base.text import Text
from jaryq.base.units import bn_of
from jaryq.case.case import Source
from jaryq.factors.by_quantity import most_by_quantity
from jaryq.factors.eligibility import by_source
from jaryq.factors.shares import share_most
from jaryq.report.amounts import Amounts
from jaryq.report.lenders import largest
from jaryq.report.projects import NOTHING
from jaryq.report.unused import may_pay
from jaryq.report.words import joined, name_of, number

COULD = Text("{name} is not in this plan; by its rule (quantity: {quantity}; at most {rule} {currency} for a unit) and "
             "of all that it has ({has} {bn}) it could pay {amount} {bn} for works of the plan, projects: "
             "{count}; most for {most}.",
             "{name}: в этом плане нет; по своему правилу (величина: {quantity}; за единицу не больше {rule} "
             "{currency}) и из всего, что у него есть ({has} {bn}), работы плана могли бы получить {amount} {bn}; "
             "проектов: {count}; больше всего: {most}.")
OPEN_ENDED = Text("{name} is not in this plan; its rule (quantity: {quantity}; at most {rule} {currency} for a unit) "
                  "fits works of the plan, projects: {count}. No money of it is entered, so no amount is told.",
                  "{name}: в этом плане нет; под его правило (величина: {quantity}; за единицу не больше {rule} "
                  "{currency}) подходят работы плана, проектов: {count}. Денег у него на это не указано, поэтому "
                  "сумма не названа.")
EACH = Text("{project} ({amount})", "{project} ({amount})")
NAMED = 3
"""Projects that the sentence names."""


def could_pay(found: Amounts, source: Source) -> Text | None:
    """The sentence on a closed product that pays by a quantity, with amounts where it is entered how much it has; None
    of others, and where the plan has no such works."""
    amounts = by_rule(found, source) if not source.open and source.quantity else {}
    if not amounts:
        return None
    has, case = largest(found, source), found.case
    said = {"name": name_of(source), "rule": number(source.per_unit or 0.0, 0), "currency": source.currency,
            "quantity": name_of(case.quantities[source.quantity or ""]), "count": len(amounts)}
    if not has:
        return OPEN_ENDED.fill(**said)
    first = sorted(amounts, key=lambda p: (-amounts[p], p))[:NAMED]
    most = joined([EACH.fill(project=name_of(case.project(p)), amount=number(min(amounts[p], has), 2)) for p in first])
    return COULD.fill(**said, bn=bn_of(source.currency), has=number(has, 2), most=most,
                      amount=number(min(math.fsum(amounts.values()), has), 2))


def by_rule(found: Amounts, source: Source) -> dict[str, float]:
    """Of works of the plan that bring the quantity what a source could pay were it open, bn of its currency: so much a
    unit, and its largest share of what they cost in its years at the rates of the years."""
    rules = by_source(found.case.rules).get(source.id, ())
    years = [y for y in found.years if source.available_from <= y <= source.available_to]
    done = {**found.share, **found.renewed}
    amounts: dict[str, float] = {}
    for project in may_pay(found, source):
        by_units = (most_by_quantity(source, project) or 0.0) * done.get(project.id, 0.0)
        if by_units <= NOTHING:
            continue
        cost = math.fsum(found.outlay.get((project.id, y), 0.0) / found.factors.prices.exchange(source.currency, y)
                         for y in years)
        share = share_most(found.case, replace(source, open=True), project, rules)
        amount = min(by_units, cost * (1.0 if share is None else share))
        if amount > NOTHING:
            amounts[project.id] = amount
    return amounts
