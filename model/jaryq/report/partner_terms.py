"""What an officer of a lender asks of its products: on what terms, signed and effective when, for how much, for works
that cost how much, and which payments come before what is built serves."""

from __future__ import annotations

import math
from collections.abc import Sequence

from jaryq.base.text import LANGS, Text
from jaryq.case.case import Facility, Source
from jaryq.case.status import status_of
from jaryq.factors.loans import schedule
from jaryq.factors.prices import POINTS
from jaryq.report.amounts import Amounts
from jaryq.report.block import Block, Field
from jaryq.report.debt import draws_of
from jaryq.report.lenders import cumulative, largest, no_bill, signed
from jaryq.report.loans import REPAYMENTS, due, effective, floating, loan_row, who_owes
from jaryq.report.partner_bought import bought_before
from jaryq.report.partner_by_quantity import could_pay
from jaryq.report.partner_projects import BN_KZT, PRODUCT
from jaryq.report.partner_shape import NAMED, clean, few
from jaryq.report.projects import NOTHING
from jaryq.report.shapes import Value
from jaryq.report.timing import finish_of
from jaryq.report.words import DATA, joined, name_of, number, said_when, why_closed

CLOSED = Text("Closed: {name}; {reason}.", "Закрыт: {name}; {reason}.")
TIMES, TWICE = Text("{count} a year", "{count} раз в год"), Text("{count} a year", "{count} раза в год")
GUARANTEED = Text("{who}; the State guarantees {share} of it", "{who}; гарантия государства {share}")
TERMS = ("rate", "margin", "grace", "tenor", "front_end", "commitment_fee", "guarantee_fee", "premium", "subsidy",
         "down_payment", "local_cost", "counterpart", "per_unit", "guaranteed", "pace", "effective_months",
         "signing_year", "signed", "envelope")
"""Columns of a source that its terms and amounts stand in."""
ASKED: tuple[tuple[str, Text], ...] = (
    ("down_payment", Text("of the partner's supplies {share} is paid down by the buyer",
                          "аванс покупателя: {share} поставок партнёра")),
    ("local_cost", Text("local costs are paid up to {share} of these supplies",
                        "местные затраты: до {share} этих поставок")),
    ("counterpart", Text("budgets and own money add {share} of each draw",
                         "бюджет и свои средства: {share} каждой выборки")),
    ("guarantee_fee", Text("guarantee fee {share} a year of the debt",
                           "плата за гарантию: {share} долга в год")),
)
"""What else is paid, and by whom, in the words of an agreement."""
EARLY = Text("{product}: principal is paid back from {when} on, before what it finances is in service: {what}.",
             "{product}: основной долг погашается с {when}, раньше ввода финансируемого: {what}.")
BEFORE_ANY = Text("{product}: principal is paid back from {when} on, before anything of what it finances is in "
                  "service; first comes {first}: {what}.",
                  "{product}: основной долг погашается с {when}, раньше ввода чего-либо из финансируемого; первым "
                  "вводится {first}: {what}.")
ENDS = Text("{name}, finished {when}", "{name}, окончание {when}")
GUESSED = Text("Estimates: figures for which no source states a value; what stands behind them is told in the column "
               "of remarks of the sheets in_sources and in_facilities.",
               "Оценки: показатели, значений которых нет в источниках; на чём они основаны, сказано в столбце "
               "примечаний листов in_sources и in_facilities.")


def products(found: Amounts, mine: Sequence[Source]) -> Block:
    """Terms of each open product; closed ones are named with the reason."""
    open_ones = [source for source in mine if source.open]
    fields = (
        Field(PRODUCT), Field(Text("Repayment", "Погашение")), Field(Text("Who owes it", "Кто должен")),
        Field(Text("Currency", "Валюта")), Field(Text("Rate", "Ставка"), "%"),
        Field(Text("Grace", "Льготный период"), "years"), Field(Text("Tenor", "Срок"), "years"),
        Field(Text("Front-end fee", "Разовая комиссия"), "%"),
        Field(Text("Commitment fee", "Комиссия за невыбранное"), "%"),
        Field(Text("Premium, of each draw", "Премия, от каждой выборки"), "%"),
        Field(Text("Its terms rest on", "Условия: вид данных")),
    )
    notes = tuple(CLOSED.fill(name=name_of(s), reason=why_closed(s) or "") for s in mine if not s.open)
    notes += tuple(said for s in mine if (said := could_pay(found, s)) is not None)
    return Block(Text("Products", "Продукты"), fields, tuple(_product(found, source) for source in open_ones), notes)


def _product(found: Amounts, source: Source) -> tuple[Value, ...]:
    sure = DATA[status_of(source, *TERMS)]
    if source.kind != "loan":
        return (name_of(source), Text("not repaid", "безвозвратно"), None, source.currency, *(None,) * 6, sure)
    row = loan_row(found, source)
    payments = (TWICE if 1 < source.payments < 5 else TIMES).fill(count=source.payments)
    rate = floating(found.case, source)
    terms = joined([REPAYMENTS[source.repayment], payments, *(() if rate is None else (rate,))], ", ")
    owes = who_owes(found, source)
    if source.guaranteed:
        owes = GUARANTEED.fill(who=owes, share=percent(source.guaranteed))
    return (name_of(source), terms, owes, source.currency, row["rate"], source.grace, source.tenor,
            row["front_end"], row["commitment_fee"], row["premium"], sure)


def percent(part: float) -> Text:
    """A part in percent, with decimals only where it has some."""
    said = number(100.0 * part, 0 if math.isclose(100.0 * part, round(100.0 * part), abs_tol=1e-9) else 2)
    return Text(*(f"{said.say(lang)}\u00a0%" for lang in LANGS))


def signing(found: Amounts, mine: Sequence[Source]) -> Block:
    """When each open product is signed and effective, what of it is drawn by the last planned year, and the whole cost
    of the works that it helps to pay for."""
    last = found.years[-1]
    fields = (
        Field(PRODUCT), Field(Text("Paid besides", "Прочие платежи")),
        Field(Text("Signed, effective", "Подписание, вступление в силу")),
        Field(Text("Largest amount", "Лимит"), "bn currency"), Field(Text("Signed", "Подписано"), "bn currency"),
        Field(Text("Drawn by the end of {year}", "Выборка к концу {year}").fill(year=last), "bn currency"),
        Field(Text("Still to draw then", "Останется выбрать"), "bn currency"),
        Field(Text("Whole cost of its works", "Полная стоимость работ"), "bn currency"),
        Field(Text("Whole cost of its works", "Полная стоимость работ"), BN_KZT),
        Field(Text("Principal from", "Погашение долга с")),
        Field(Text("Drawn in all years", "Выборка за все годы"), BN_KZT, total=True, exact=True),
    )
    open_ones = [source for source in mine if source.open]
    notes = tuple(said for of in (no_bill, bought_before, early)
                  for source in open_ones if (said := of(found, source)) is not None)
    guessed = (GUESSED,) if open_ones else ()
    return Block(Text("Signing, amounts and works", "Подписание, суммы и работы"), fields,
                 tuple(_signed(found, source) for source in open_ones), (*notes, *guessed), adds=((4, (5, 6)),))


def _signed(found: Amounts, source: Source) -> tuple[Value, ...]:
    amount, drawn = signed(found, source), cumulative(found, source, found.years[-1])
    if source.kind == "loan" and amount is None:  # without fees and pace no more is signed than is drawn
        amount = drawn
    left = None if amount is None else clean(amount - drawn)
    asks = [text.fill(share=percent(part)) for name, text in ASKED if (part := getattr(source, name))]
    own, kzt = cost_of_works(found, source)
    begins = first_principal(found, source)
    return (name_of(source), joined(asks), effective(found, source), largest(found, source), amount,
            drawn, left, own, kzt, None if begins is None else due(found, begins),
            math.fsum(found.drawn(source.id, y) for y in found.years))


def pays_for(found: Amounts, source: Source) -> list[str]:
    """Projects that a source pays for in the planned years, the largest amount first."""
    paid = [(-amount, p) for (s, p), amount in found.paid.items() if s == source.id and amount > NOTHING]
    return [p for _, p in sorted(paid)]


def cost_of_works(found: Amounts, source: Source) -> tuple[float | None, float | None]:
    """Nominal cost of all projects that a source pays for, whoever pays, with what was spent on them before the planned
    years: bn of its currency at the rates of the years, and bn KZT; None where it pays for none."""
    mine = set(pays_for(found, source))
    spent = [(y, amount) for (p, y), amount in found.outlay.items() if p in mine]
    spent += [(row.year, row.amount) for row in found.case.paid if row.project in mine]
    if not spent:
        return None, None
    rate = found.factors.prices.exchange
    return (math.fsum(amount / rate(source.currency, y) for y, amount in spent),
            math.fsum(amount for _, amount in spent))


def first_principal(found: Amounts, source: Source) -> float | None:
    """When principal of the planned draws is first paid back, a year with its part; None without draws."""
    if source.kind != "loan":
        return None
    return min((y + POINTS[source.draw_timing] + payment.after for y in draws_of(found, source.id)
                for payment in schedule(source, y, found.case.references) if payment.principal > 0), default=None)


def early(found: Amounts, source: Source) -> Text | None:
    """That principal begins before facilities that the source pays for are in service, and which; where it is before
    any of them, when the first comes. Works on networks serve as they are done."""
    begins = first_principal(found, source)
    if begins is None:
        return None
    settings = found.case.settings
    late, paid = list[tuple[float, Text, Text]](), pays_for(found, source)
    for key in paid:
        if isinstance(project := found.case.project(key), Facility) and (end := finish_of(found, [key])) is not None:
            year, _, quarter = end.partition("Q")
            ends = int(year) + (int(quarter) / settings.periods_per_year if quarter else 1.0)
            if begins < ends - 1e-9:
                late.append((ends, said_when(end), ENDS.fill(name=name_of(project), when=said_when(end))))
    if not late:
        return None
    what = joined(few([named for _, _, named in late], NAMED))
    if len(late) < len(paid):
        return EARLY.fill(product=name_of(source), when=due(found, begins), what=what)
    return BEFORE_ANY.fill(product=name_of(source), when=due(found, begins), first=min(late, key=lambda one: one[0])[1],
                           what=what)
