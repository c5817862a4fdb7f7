"""A page for each partner with a source: products, projects, drawdown, procurement, service. Japan's sets its products
beside the others'."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from jaryq.base.home import FIRST_PARTNER, HOME_CURRENCY
from jaryq.base.text import Text
from jaryq.case.case import Source
from jaryq.report.agreed import agreed_blocks
from jaryq.report.amounts import Amounts
from jaryq.report.block import Block, Field
from jaryq.report.debt import Book
from jaryq.report.lenders import lender_blocks
from jaryq.report.loans import by_partner, loan_row, loans_of
from jaryq.report.partner_bills import by_project_and_year
from jaryq.report.partner_debt import service_blocks
from jaryq.report.partner_late import late
from jaryq.report.partner_projects import BN_KZT, PRODUCT, content_of, drawdown, financed, procurement, projects_of
from jaryq.report.partner_rules import rules
from jaryq.report.partner_shape import PartnerPage
from jaryq.report.partner_terms import products, signing
from jaryq.report.partner_ties import as_well
from jaryq.report.projects import NOTHING, ordered
from jaryq.report.shapes import Fact
from jaryq.report.words import country, name_of, number, scenario_of

TITLE = Text("{partner}: financing of the programme", "{partner}: финансирование программы")
NOTE = Text("{case}. Scenario {scenario}, plan {years}.", "{case}. Сценарий {scenario}, план {years}.")
SHARE = Text("{share} % of all spending", "{share} % всех затрат")
OF_WHICH = Text("of which in {code}, bn", "из них в {code}, млрд")
SERVICE = Text("Service to the last maturity in {last}", "Платежи до последнего погашения в {last} году")
LARGEST = 12
"""Projects that are printed one by one."""
EVERY = Text("All projects it finances", "Все финансируемые проекты")
PRINTED, HEADS = 100, 3
"""Rows of blocks that are printed, and what the head of a block takes; of more, those on pace and in KZT
stand beneath."""


def partner_pages(found: Amounts, made: Mapping[str, Book]) -> tuple[PartnerPage, ...]:
    """Japan's page first, then the institutions', then other countries'; none for money at home."""
    sources = found.case.sources
    foreign = by_partner(sources[key] for key in ordered(found, "sources", sources) if sources[key].foreign)
    return tuple(partner_page(found, made, partner) for partner in dict.fromkeys(source.partner for source in foreign))


def partner_page(found: Amounts, made: Mapping[str, Book], partner: str) -> PartnerPage:
    """The page of one partner; blocks without rows are left out."""
    sources = found.case.sources
    mine = [sources[key] for key in ordered(found, "sources", sources) if sources[key].partner == partner]
    loans = [book for s, book in made.items() if sources[s].partner == partner]
    name, case = country(partner), found.case
    beside = (beside_others(found, partner),) if partner == FIRST_PARTNER else ()
    own, kzt = drawdown(found, mine)
    asks = (*lender_blocks(found, mine), kzt)
    largest, every = financed(found, partner, LARGEST), financed(found, partner)
    years = by_project_and_year(found, partner)
    few = len(every.rows) <= len(largest.rows)
    first = _filled((products(found, mine), signing(found, mine), *agreed_blocks(found, mine), rules(found, mine),
                     largest, *((years,) if few else ()), as_well(found, mine), own, late(found, mine),
                     procurement(found, partner)))
    listed = () if few else (replace(every, head=EVERY), years)
    long = sum(len(block.rows) + len(block.notes) + HEADS for block in (*first, *asks)) > PRINTED
    shown = first if long else _filled((*first, *asks))
    detail = _filled((*listed, *(asks if long else ()), *beside, *service_blocks(loans)))
    span = f"{case.settings.plan_from}–{case.settings.last_year}"
    return PartnerPage(
        sheet=f"partner_{partner}"[:31], title=TITLE.fill(partner=name),
        note=NOTE.fill(case=case.settings.title, scenario=scenario_of(case), years=span),
        facts=facts(found, mine, loans, partner), blocks=(*shown, *detail), partner=partner, detail=len(detail),
    )


def _filled(blocks: Sequence[Block]) -> tuple[Block, ...]:
    return tuple(block.without_empty() for block in blocks if block.rows or block.notes)


def facts(found: Amounts, mine: Sequence[Source], loans: Sequence[Book], partner: str) -> tuple[Fact, ...]:
    """What the partner's money does, in a few figures."""
    drawn = math.fsum(found.drawn(source.id, y) for source in mine for y in found.years)
    projects = projects_of(found, partner)
    spend = math.fsum(found.outlay.values())
    paid = math.fsum(amount for amount, _ in projects)
    share = number(100.0 * paid / spend if spend else 0.0, 1)
    made = [Fact(Text("Money of the partner in the plan", "Деньги партнёра в плане"), drawn, BN_KZT,
                 SHARE.fill(share=share), strong=True)]
    currencies = dict.fromkeys(source.currency for source in mine if source.currency != HOME_CURRENCY)
    for code in currencies:
        own = math.fsum(found.use(source.id, y) for source in mine if source.currency == code for y in found.years)
        if own > NOTHING:
            made.append(Fact(OF_WHICH.fill(code=code), own, ""))
    made.append(Fact(Text("Projects it finances", "Финансируемых проектов"), len(projects), ""))
    if loans:
        service = math.fsum(line.service for book in loans for line in book.kzt)
        last = max(book.own[-1].year for book in loans)
        made.append(Fact(SERVICE.fill(last=last), service, BN_KZT,
                         Text("principal, interest and fees, nominal", "долг, проценты и комиссии, номинально")))
    supply = math.fsum(content_of(found, project, partner) * found.spent.get(project.id, 0.0)
                       for _, project in projects)
    if supply > NOTHING:
        made.append(Fact(Text("Goods and works its suppliers can deliver there",
                              "Поставки, которые его компании могут выполнить в них"), supply, BN_KZT))
    return tuple(made)


def beside_others(found: Amounts, partner: str) -> Block:
    """All open loan products side by side, the partner's first."""
    fields = (
        Field(PRODUCT), Field(Text("Lender", "Кредитор")), Field(Text("Currency", "Валюта")),
        Field(Text("Rate", "Ставка"), "%"),
        Field(Text("Grace", "Льготный период"), "years"), Field(Text("Tenor", "Срок"), "years"),
        Field(Text("All-in cost", "Полная стоимость"), "%"),
        Field(Text("Grant element", "Грант-элемент"), "%"),
        Field(Text("Price per KZT", "Цена за тенге"), "number"),
        Field(Text("Drawn", "Выборка"), BN_KZT, exact=True),
    )
    loans = [source for source in loans_of(found) if source.open]
    loans = [source for source in loans if source.partner == partner] + [source for source in loans
                                                                         if source.partner != partner]
    rows = []
    for source in loans:
        row = loan_row(found, source)
        terms = (row["rate"], source.grace, source.tenor, row.get("all_in"), row.get("grant"), row.get("factor"))
        rows.append((name_of(source), row["partner"], source.currency, *terms, row["total"]))
    notes = (
        Text("All-in cost: effective yearly cost with all fees, in the currency of the loan; between currencies "
             "compare the price per KZT: present value "
             "of all payments on one KZT drawn, at the rates and prices of the plan. Grant element: all drawn at "
             "signing, discounted at 5 % a year.",
             "Полная стоимость: эффективная годовая стоимость со всеми комиссиями в валюте займа; между валютами "
             "сравнивайте цену за тенге: "
             "приведённую стоимость всех платежей на один тенге выборки по курсам и ценам плана. Грант-элемент: вся "
             "сумма при подписании, дисконт 5 % в год."),
    )
    strong = frozenset(i for i, source in enumerate(loans) if source.partner == partner)
    return Block(Text("Beside the loans of other lenders", "Рядом с займами других кредиторов"), fields, tuple(rows),
                 notes, strong)
