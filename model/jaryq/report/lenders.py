"""What lenders ask besides money back: tickets and number of projects, pace of drawing, all that is signed; and what
the plan makes of it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from jaryq.base.text import Text
from jaryq.case.case import Source
from jaryq.case.lots import payees_of
from jaryq.factors.loans import new_loan
from jaryq.factors.pace import pace_to, paced, signed_amount
from jaryq.report.after_plan import still_to_pay
from jaryq.report.amounts import Amounts
from jaryq.report.block import Block, Field
from jaryq.report.partner_debt import BN
from jaryq.report.partner_projects import PRODUCT
from jaryq.report.partner_shape import clean
from jaryq.report.shapes import Value
from jaryq.report.words import NO, YES, name_of, number, same

PAID = 1e-8
"""A payee is one that gets more than this, bn of the currency."""
HARDLY = 1e-6
"""Part of what is signed that is not worth telling."""
USED, MOST = Text("drawn", "выбрано"), Text("allowed", "допустимо")
LATE = Text("allowed if signed a year later", "допустимо при подписании на год позже")
NO_BILL = Text("{name}: by the end of {year} {left} {bn} of what is signed are not drawn. The works of this plan that "
               "it pays for are paid in full by then, but for what is told as still to pay after the plan: {amount} "
               "{bn} have no bill in this plan.",
               "{name}: к концу {year} года не выбрано {left} {bn} из подписанного. Работы этого плана, за которые он "
               "платит, к тому времени оплачены полностью, кроме того, что названо оплатой после плана: на {amount} "
               "{bn} в этом плане счетов нет.")


def paid_to(found: Amounts, source: Source) -> dict[str, float]:
    """What a source pays to each payee, a lot or a project in none, bn of its currency; payees that get nothing are
    left out."""
    rate = found.factors.money.exchange
    sums: dict[str, list[float]] = {}
    at = {p: x for x, members in payees_of(found.case).items() for p in members}
    for (s, p, y), amount in found.plan.draw.items():
        if s == source.id:
            sums.setdefault(at[p], []).append(amount / rate[s, y])
    return {x: total for x, amounts in sorted(sums.items()) if (total := math.fsum(amounts)) > PAID}


def counts_payees(source: Source) -> bool:
    """Whether a lender asks how much it pays to whom, or to how many."""
    return source.open and not source.draws_to and (source.ticket is not None or source.projects_most is not None)


def cumulative(found: Amounts, source: Source, year: int) -> float:
    """Use of a source to the end of a planned year with what it has paid before (nothing of a loan that is not signed
    yet), bn of its currency."""
    used = math.fsum(found.use(source.id, y) for y in found.years if y <= year)
    return used + before(found, source)


def before(found: Amounts, source: Source) -> float:
    """What a source has paid before the planned years, bn of its currency; nothing of a loan that is not signed yet."""
    new = new_loan(source, found.case.settings.plan_from)
    return 0.0 if new else found.factors.bounds.before.get(source.id, 0.0)


def signed(found: Amounts, source: Source) -> float | None:
    """What of a source is signed, decided or known, bn of its currency."""
    known = signed_amount(found.case, source)
    return found.plan.signed.get(source.id, 0.0) if known is None and source.id in found.factors.signing else known


def largest(found: Amounts, source: Source) -> float | None:
    """Largest use over the planned years, bn of the currency: envelope, or the sum of ceilings where every year has
    one; None: no limit."""
    ceilings = [source.ceilings.get(y) for y in found.years]
    known = [value for value in ceilings if value is not None]
    limits = [*([source.envelope] if source.envelope is not None else []),
              *([math.fsum(known)] if len(known) == len(ceilings) else [])]
    return min(limits, default=None)


def lender_numbers(found: Amounts) -> dict[str, float]:
    """Cumulative use of sources with a pace, payees of lenders that count them, used sources of groups."""
    numbers: dict[str, float] = {}
    for s, source in found.case.sources.items():
        if source.open and paced(source):
            numbers |= {f"drawn[{s},{y}]": cumulative(found, source, y) for y in found.years}
        if counts_payees(source):
            numbers[f"payees[{s}]"] = float(len(paid_to(found, source)))
    return numbers | {f"signed_in[{g}]": float(sum(is_used(found, source) for source in found.case.sources.values()
                                                   if source.group == g and source.open))
                      for g, group in found.case.groups.items() if group.signed_most is not None}


def is_used(found: Amounts, source: Source) -> bool:
    """Whether a source draws, is signed by the plan, was signed before, or has paid before."""
    there = source.kind == "loan" and not new_loan(source, found.case.settings.plan_from)
    return (there or found.factors.bounds.before.get(source.id, 0.0) > 0 or found.plan.signed.get(source.id, 0.0) > PAID
            or math.fsum(found.use(source.id, y) for y in found.years) > PAID)


def lender_blocks(found: Amounts, mine: Sequence[Source]) -> tuple[Block, ...]:
    """What a partner's products ask and how the plan meets it: payees and tickets, then pace by year."""
    asking = [source for source in mine if source.open and (counts_payees(source) or source.must_draw)]
    return _asked(found, asking), _pace(found, [source for source in mine if source.open and paced(source)])


def _asked(found: Amounts, mine: Sequence[Source]) -> Block:
    fields = (
        Field(PRODUCT), Field(Text("Unit", "Единица")), Field(Text("Smallest ticket", "Наименьшая сумма на проект")),
        Field(Text("Smallest paid in the planned years", "Наименьшая выплата в плановые годы")),
        Field(Text("Projects and lots", "Проектов и лотов")),
        Field(Text("At most", "Не более")), Field(Text("Signed", "Подписано")),
        Field(Text("All must be drawn", "Выбрать полностью")),
    )
    rows: list[tuple[Value, ...]] = []
    for source in mine:
        paid = paid_to(found, source)
        rows.append((name_of(source), BN.fill(code=source.currency), source.ticket, min(paid.values(), default=None),
                     len(paid), source.projects_most, signed(found, source), YES if source.must_draw else NO))
    notes = [] if found.case.settings.whole else [
        Text("The plan is divisible: tickets and numbers of projects are not enforced.",
             "План делимый: наименьшие суммы и число проектов не соблюдаются.")]
    if found.case.settings.whole and any(_drawn_in_part(found, source) for source in mine):
        notes.append(Text("A smallest ticket is of the amount that is agreed for a project: of it as much is drawn in "
                          "the planned years as the pace allows.",
                          "Наименьшая сумма относится к согласованной на проект: в плановые годы из неё выбирается "
                          "столько, сколько допускает темп."))
    return Block(Text("What its products ask", "Условия его продуктов"), fields, tuple(rows),
                 tuple(notes) if rows else ())


def _drawn_in_part(found: Amounts, source: Source) -> bool:
    """Whether less than its ticket need be paid to a project in the planned years."""
    return source.ticket is not None and found.factors.bounds.payees.least.get(source.id, math.inf) < source.ticket


def _pace(found: Amounts, mine: Sequence[Source]) -> Block:
    """Rows of each product: drawn by the end of the year with what was paid before, what may be, and what might be of a
    new loan that is signed a year later."""
    fields = (Field(PRODUCT), Field(Text("Unit", "Единица")), Field(Text("By the end of", "К концу")),
              *(Field(same(str(y)), "bn currency") for y in found.years))
    rows: list[tuple[Value, ...]] = []
    for source in mine:
        amount = signed(found, source)
        unit = BN.fill(code=source.currency)
        rows.append((name_of(source), unit, USED, *(clean(cumulative(found, source, y)) for y in found.years)))
        rows.append((name_of(source), unit, MOST, *(_allowed(found, source, amount, y) for y in found.years)))
        if source.kind == "loan" and new_loan(source, found.case.settings.plan_from):
            rows.append((name_of(source), unit, LATE, *(_allowed(found, source, amount, y - 1) for y in found.years)))
    return Block(Text("Pace of drawing", "Темп выборки"), fields, tuple(rows))


def no_bill(found: Amounts, source: Source) -> Text | None:
    """What of a signed loan is left undrawn at the end of the plan with nothing to pay for: its facilities are paid,
    but for what is still to pay after the plan (nominal, at the rate of the last planned year)."""
    last, amount = found.years[-1], signed(found, source)
    if source.kind != "loan" or amount is None:
        return None
    left, later = amount - cumulative(found, source, last), still_to_pay(found)
    mine = {p for (s, p, _), paid in found.plan.draw.items() if s == source.id and paid > PAID}
    bills = math.fsum(later.get(p, 0.0) for p in mine) / found.factors.money.exchange[source.id, last]
    if left - bills <= HARDLY * amount:
        return None
    return NO_BILL.fill(name=name_of(source), year=last, left=number(left, 2), amount=number(left - bills, 2),
                        bn=BN.fill(code=source.currency))


def _allowed(found: Amounts, source: Source, amount: float | None, year: int) -> float | None:
    """What may be drawn by the end of a year with what was paid before; nothing more where that is above it already."""
    return None if amount is None else max(pace_to(source, year) * amount, before(found, source))
