"""Project by project and year by year what has been billed and what a partner has paid of it so far, by its sources."""

from __future__ import annotations

from jaryq.base.text import Text
from jaryq.report.amounts import Amounts
from jaryq.report.block import Block, Field
from jaryq.report.partner_projects import BN_KZT, NAME, PRODUCT, projects_of
from jaryq.report.projects import NOTHING, ordered
from jaryq.report.shapes import Value
from jaryq.report.so_far import cost_so_far, paid_so_far
from jaryq.report.words import name_of, same

HEAD = Text("By project and year: bills and what it has paid of them so far",
            "По проектам и годам: счета и сколько из них оплачено нарастающим итогом")
BEFORE = Text("So far: to the end of the year, with what was spent before the planned years. At most: the largest "
              "share of all costs of the project by the rules of the product; of the bills so far where its rules say "
              "so.",
              "Нарастающим итогом: к концу года, вместе с потраченным до планируемых лет. Не более: наибольшая доля "
              "всех затрат проекта по правилам продукта; счетов к концу года, если так говорят его правила.")


def by_project_and_year(found: Amounts, partner: str) -> Block:
    """A row for each project, product that pays for it, and year from the first bill to the last bill or draw."""
    fields = (
        Field(NAME), Field(PRODUCT), Field(Text("By the end of", "К концу")),
        Field(Text("Bills so far", "Счета нарастающим итогом"), BN_KZT, exact=True),
        Field(Text("Paid by it so far", "Им оплачено"), BN_KZT, exact=True),
        Field(Text("Share so far", "Доля"), "%"), Field(Text("At most", "Не более"), "%"),
    )
    rows: list[tuple[Value, ...]] = []
    sources = found.case.sources
    mine = [sources[s] for s in ordered(found, "sources", sources) if sources[s].partner == partner]
    for _, project in projects_of(found, partner):
        p, cost = project.id, cost_so_far(found, project.id)
        for source in mine:
            if found.paid.get((source.id, p), 0.0) <= NOTHING:
                continue
            paid, share = paid_so_far(found, source.id, p), found.factors.bounds.share_most.get((source.id, p))
            years = [y for y in found.years if cost[y] > NOTHING and (
                y == found.years[0] or cost[y] > cost[y - 1] + NOTHING or paid[y] > paid[y - 1] + NOTHING)]
            rows += ((name_of(project), name_of(source), same(str(y)), cost[y], paid[y], 100.0 * paid[y] / cost[y],
                      None if share is None or share >= 1.0 else 100.0 * share) for y in years)
    return Block(HEAD, fields, tuple(rows), (BEFORE,) if rows else ())
