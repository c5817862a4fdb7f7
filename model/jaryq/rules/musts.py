"""What must be done, and what projects need, against money and crews: what no plan can pay or man, found before the
solve."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations_with_replacement

from jaryq.base.counted import PROJECTS, counted
from jaryq.base.issues import Issue
from jaryq.base.text import Text
from jaryq.factors.derive import Factors
from jaryq.rules.affordable import TOLERANCE, draws_by_year, money_together, payable, payers_of_musts
from jaryq.rules.commitments import binding, crews_at_worst, exceeds, lacking_crews, paid_at_best
from jaryq.rules.costs import costs_of
from jaryq.rules.rows import Rows
from jaryq.rules.sizes import percent, rounded, some
from jaryq.tables.tables import Tables


def _place(rows: Rows, position: int) -> str:
    """The column of a facility's cost where it is stated, else its key."""
    return "cost" if rows.rows[position][1].get("cost") is not None else "facility"


SHARES = Text("largest shares of the sources that may pay for it",
              "наибольшие доли источников, которым разрешено платить")
BY_YEAR = Text("money of the sources that may pay for it, in the years in which it is needed",
               "деньги доступных ему источников в нужные годы")


def projects_can_be_paid(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """The sources that may pay for a project can pay for all of it: by their largest shares, and in whole plans by
    their money of the years."""
    case = factors.case
    rows = Rows(tables, "networks")
    for position, row in rows.rows:
        package = case.packages[row["package"]]
        share = payable(factors)[package.id]
        if factors.bounds.pays[package.id] and package.km > package.km_done and share < 1 - TOLERANCE:
            yield rows.issue("project_not_payable", position, "package", most=percent(share), why=SHARES)
    given = draws_by_year(factors)
    rows = Rows(tables, "facilities")
    for position, row in rows.rows:
        facility = case.facilities[row["facility"]]
        if facility.done is not None or not factors.bounds.pays[facility.id] or not factors.works.starts[facility.id]:
            continue
        share, why = payable(factors)[facility.id], SHARES
        if case.settings.whole and share > 1 - TOLERANCE:
            share, why = paid_at_best(factors, facility.id, given), BY_YEAR
        if share < 1 - TOLERANCE and facility.overnight > 0:
            code = "commitment_not_payable" if binding(factors, facility.id) else "project_not_payable"
            yield rows.issue(code, position, _place(rows, position), most=percent(share), why=why)


def commitments_fit_the_money(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """In every stretch of years, what must be done costs no more than the sources that may pay for it can give."""
    case, costs = factors.case, costs_of(factors)
    rows = Rows(tables, "facilities")
    places = {row["facility"]: position for position, row in rows.rows}
    told: list[frozenset[str]] = []
    pays = payers_of_musts(factors)
    everyone = frozenset[str]().union(*pays.values())
    for sources in sorted({*pays.values(), everyone}, key=lambda found: (len(found), sorted(found))):
        mine = [rows for rows, theirs in pays.items() if theirs <= sources]
        worst: tuple[float, int, int] = (0.0, 0, 0)
        for first, last in combinations_with_replacement(case.settings.years, 2):
            need_all = sum(costs.least(rows, first, last) for rows in mine)
            there = money_together(factors, sources, first, last)
            if exceeds(need_all, there) and need_all - there > worst[0]:
                worst = (need_all - there, first, last)
        _, first, last = worst
        need = {rows[0]: costs.least(rows, first, last) for rows in mine} if first else {}
        costly = sorted((p for p in need if need[p] > 0), key=lambda p: (-need[p], p))
        if costly and (len(costly) > 1 or not case.settings.whole) and not any(done <= sources for done in told):
            told.append(sources)
            position = places[costly[0]]
            yield rows.issue("commitments_above_money", position, _place(rows, position),
                             count=counted(len(costly), *PROJECTS), projects=some(costly), years=_span(first, last),
                             need=rounded(sum(need.values()), up=True),
                             most=rounded(money_together(factors, sources, first, last)))


def _span(first: object, last: object) -> str:
    return str(first) if first == last else f"{first}-{last}"


def commitments_fit_the_crews(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """In every stretch of periods, the works that must be done need no more crews than there are."""
    case = factors.case
    rows = Rows(tables, "crews")
    places = {(row.get("crew"), row.get("region")): position for position, row in rows.rows}
    for crew in case.crews:
        if (found := crews_at_worst(factors).get(crew.id)) is not None:
            position, year = places[crew.crew, crew.region], case.periods[found.first].year
            column = max((str(y) for y in rows.year_columns() if y <= year
                          and rows.rows[position][1].get(str(y)) is not None), default=str(year))
            yield rows.issue("commitments_above_crews", position, column, count=counted(len(found.busy), *PROJECTS),
                             projects=some(found.busy), most=rounded(found.there), need=rounded(found.need, up=True),
                             years=_span(case.periods[found.first].label, case.periods[found.last].label))


def works_fit_the_crews(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """A facility that is done whole needs, in some start, no more crews in any period than there are."""
    case = factors.case
    if not case.settings.whole:
        return
    rows = Rows(tables, "facilities")
    for position, row in rows.rows:
        key = row["facility"]
        lacking = lacking_crews(factors, key)
        if lacking is not None:
            _, need, there, crew_id, period = lacking
            code = "commitment_above_crews" if binding(factors, key) else "works_above_crews"
            yield rows.issue(code, position, _place(rows, position), need=rounded(need, up=True), most=rounded(there),
                             crew=case.crew_place(crew_id), period=period)
