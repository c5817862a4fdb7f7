"""Table ``loans``: every loan product with its terms, what the plan draws of it, and its cost as lenders compare it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from jaryq.base.home import FIRST_PARTNER, HOME
from jaryq.base.once import once
from jaryq.base.text import Text
from jaryq.case.case import Case, Source
from jaryq.factors.loans import amount_signed, new_loan, rate_of, signed_in
from jaryq.factors.prices import POINTS
from jaryq.report.amounts import Amounts
from jaryq.report.funding import head
from jaryq.report.projects import ordered
from jaryq.report.shapes import Out, Value
from jaryq.report.terms import Basis, all_in, basis, element_of, price
from jaryq.report.words import country, name_of, said_when, same

FIRST = (FIRST_PARTNER, "INT")
REPAYMENTS: Mapping[str, Text] = {
    "equal_principal": Text("equal principal", "равными долями"), "annuity": Text("annuity", "аннуитет"),
    "bullet": Text("at the end", "в конце срока"),
    "shares": Text("stated shares", "заданные доли"),
}
CLOCKS: Mapping[str, Text] = {"loan": Text("signing", "подписания"), "cohort": Text("each draw", "каждой выборки")}
REPAYS: Mapping[str, Text] = {"budget": Text("budget", "бюджет"),
                              "utility": Text("owner of the works", "владелец объекта"),
                              "consumers": Text("owner of the works, repaid by consumers",
                                                 "владелец объекта, погашают потребители")}
OTHERS: Mapping[str, Text] = {"budget": Text(", repaid by the budget", ", погашает бюджет"),
                              "consumers": Text(", repaid by consumers", ", погашают потребители")}
"""Who repays a loan in place of its borrower."""
SIGNED = Text("signed {year}", "подписан в {year}")
EFFECTIVE = Text("signed {year}, effective from {when}", "подписан в {year}, действует с {when}")
ALWAYS = ("front_end", "commitment_fee")
OPTIONAL = ("guarantee_fee", "premium", "subsidy")
"""Percents of a loan that are shown for all, and those that are shown only where some loan has them."""
REMARK = Text(
    "All-in cost: the effective yearly rate at which the draws less fees and all payments have value zero, in the "
    "currency of the loan; loans in different "
    "currencies are compared by the price per KZT. Grant element: face less present value of service and fees over "
    "face, all drawn at signing, at the rate "
    "of the setting grant_discount.",
    "Полная стоимость: эффективная годовая ставка, при которой выборка за вычетом комиссий и все платежи имеют нулевую "
    "стоимость, в валюте займа; займы в "
    "разных валютах сравнивают по цене за тенге. "
    "Грант-элемент: номинал минус приведённые платежи и комиссии, к номиналу; вся сумма при подписании, по ставке "
    "настройки grant_discount.",
)


def by_partner(sources: Iterable[Source]) -> list[Source]:
    """Japan's first, then the institutions', then other countries', those at home last; each in the order given."""
    given = list(sources)
    codes = [*FIRST, *sorted({source.partner for source in given} - {*FIRST, HOME}), HOME]
    place = {code: i for i, code in enumerate(codes)}
    return sorted(given, key=lambda source: place[source.partner])


def loans_of(found: Amounts) -> list[Source]:
    """All loans, open and closed."""
    sources = found.case.sources
    return by_partner(sources[key] for key in ordered(found, "sources", sources) if sources[key].kind == "loan")


def loans_table(found: Amounts) -> Out:
    """One row for each loan product, by partner."""
    loans = loans_of(found)
    optional = tuple(name for name in OPTIONAL if any(getattr(source, name) for source in loans))
    floating = ("floating",) if any(source.rate_index for source in loans) else ()
    headings = (
        "partner", "source", "name", "status", "currency", "rate", *floating, "clock", "grace", "tenor", "repayment",
        "payments", *ALWAYS, *optional,
        "signing_year", "effective", "signed", "used", "total", "all_in", "grant", "factor", "basis", "who_repays",
        *(("guaranteed",) if any(source.guaranteed for source in loans) else ()), "reason",
    )
    return Out("loans", headings, tuple(loan_row(found, source) for source in loans), sums=("total",), groups="partner",
               remarks=(REMARK,))


def loan_row(found: Amounts, source: Source) -> Mapping[str, Value]:
    """Terms, draws and cost of a loan product; percents in percent."""
    return _loan_rows(found)[source.id]


@once
def _loan_rows(found: Amounts) -> Mapping[str, Mapping[str, Value]]:
    """Of all of them: each is shown in the table of loans, on the page of its partner and beside those of others."""
    return {source.id: _loan_row(found, source) for source in loans_of(found)}


def _loan_row(found: Amounts, source: Source) -> Mapping[str, Value]:
    given = basis(found, source)
    used = math.fsum(found.use(source.id, y) for y in found.years)
    return head(source) | terms(found, source, given) | {
        "partner": country(source.partner), "signed": signed(found, source, used) if source.open else None,
        "used": used,
        "total": math.fsum(found.drawn(source.id, y) for y in found.years), **cost(found, source, given),
        "who_repays": who_owes(found, source), "guaranteed": 100.0 * source.guaranteed,
        "signing_year": signed_in(source) if is_signed(source) else None,
        "effective": effective_from(found, source),
    }


def is_signed(source: Source) -> bool:
    """Whether a loan has one year of signing: it is open, and not one whose terms run from each draw and for which no
    year is stated."""
    return source.kind == "loan" and source.open and (source.clock == "loan" or source.signing_year > 0)


def effective(found: Amounts, source: Source) -> Text | None:
    """Year of signing of a loan, and from when on it may be drawn."""
    if not is_signed(source):
        return None
    year, at = str(signed_in(source)), effective_from(found, source)
    return SIGNED.fill(year=year) if at is None else EFFECTIVE.fill(year=year, when=at)


def effective_from(found: Amounts, source: Source) -> Text | None:
    """The period of works from which on a loan may be drawn; None where that is from its signing on."""
    if not is_signed(source) or not source.effective_months:
        return None
    return from_on(found, signed_in(source) + POINTS[source.draw_timing] + source.effective_months / 12.0)


def from_on(found: Amounts, at: float) -> Text:
    """The period of works that begins at a date or holds it, a year with its part."""
    return _period(found, math.floor(_place(found, at) + 1e-9))


def due(found: Amounts, at: float) -> Text:
    """The period of works in which a payment of a date falls: that of the end of a period belongs to it, as in the
    account of the loan."""
    return _period(found, math.ceil(_place(found, at) - 1e-9) - 1)


def _place(found: Amounts, at: float) -> float:
    settings = found.case.settings
    return (at - settings.plan_from) * settings.periods_per_year


def _period(found: Amounts, block: int) -> Text:
    return said_when(found.case.settings.label(block))


def terms(found: Amounts, source: Source, given: Basis | None) -> dict[str, Value]:
    """What the agreement says."""
    references = found.case.references
    year = min(given.draws) if given else source.available_from
    return {
        "rate": 100.0 * rate_of(source, year, references), "floating": floating(found.case, source),
        "clock": CLOCKS[source.clock], "grace": source.grace,
        "tenor": source.tenor, "repayment": REPAYMENTS[source.repayment], "payments": source.payments,
        **{name: 100.0 * getattr(source, name) for name in (*ALWAYS, *OPTIONAL)},
    }


def floating(case: Case, source: Source) -> Text | None:
    """``TORF (yen) + 1.00`` of a floating rate: its reference rate by name."""
    if source.rate_index is None:
        return None
    sign = "-" if source.margin < 0 else "+"
    margin = f"{100.0 * abs(source.margin):.2f}"
    rate = name_of(case.references[source.rate_index]) if source.rate_index in case.references else same(
        source.rate_index)
    return Text(f"{rate.en} {sign} {margin}", f"{rate.ru} {sign} {margin.replace('.', ',')}")


def signed(found: Amounts, source: Source, used: float) -> float:
    """Signed amount: as the plan decides or as signed before; without fees there is nothing to decide, and it is what
    is drawn."""
    if not new_loan(source, found.case.settings.plan_from):
        return amount_signed(source)
    return found.plan.signed.get(source.id, used)


def cost(found: Amounts, source: Source, given: Basis | None) -> dict[str, Value]:
    """All-in cost, grant element and price per KZT, and what they are computed for."""
    if given is None or source.tenor <= 0:
        return {}
    rate = all_in(source, given, found.case.references, found.case.settings.plan_from)
    year = min(given.draws)
    return {
        "all_in": None if rate is None else 100.0 * rate, "grant": 100.0 * (element_of(found.case, source) or 0.0),
        "factor": price(found, source)[0],
        "basis": Text("draws of the plan", "выборка плана") if given.plan
        else Text(f"one unit drawn in {year}", f"единица выборки в {year}"),
    }


def who_owes(found: Amounts, source: Source) -> Text:
    """The borrower of a loan, and that others repay it where they do; without one who repays it."""
    if source.borrower is None:
        return REPAYS[source.who_repays]
    name = name_of(found.case.borrowers[source.borrower])
    return Text(f"{name.en}{OTHERS[source.who_repays].en}", f"{name.ru}{OTHERS[source.who_repays].ru}") \
        if source.who_repays in OTHERS else name
