"""Who can bear the debt: tables ``borrowers`` and ``burden``, their claims, and lines of the summary."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence, Set

from jaryq.base.home import BILLION
from jaryq.base.once import once
from jaryq.base.text import Text
from jaryq.case.case import Facility, Package
from jaryq.case.scope import owner
from jaryq.factors.bills import burden, income
from jaryq.factors.borrowers import room, service
from jaryq.factors.debt import debt_flows, owed, signed_amount
from jaryq.factors.linear import Linear, total
from jaryq.factors.loans import new_loan, signed_in
from jaryq.report.amounts import Amounts
from jaryq.report.projects import ordered
from jaryq.report.shapes import Fact, Out, Section, Value
from jaryq.report.steep import bills_fact
from jaryq.report.words import name_of, number, region_of

NOTHING = 1e-9
AVERAGE = Text("The average household; those with less pay a larger part of their income.",
               "Среднее домохозяйство; у малообеспеченных доля платежей выше.")

BLANK = {
    "cash": Text("{name}: where cash is blank, none is entered, so what is left, cover and shortfall are not measured.",
                 "{name}: где денежный поток пуст, он не указан, поэтому остаток, покрытие и недостаток не "
                 "рассчитаны."),
    "other": Text("{name}: where other service is blank, no debts outside the programme are entered; it may have some.",
                  "{name}: где прочее обслуживание пусто, долги вне программы не указаны; они могут быть."),
}
OWED_BY_OTHERS = Text("{name}: besides, loans that others owe pay {amount} bn KZT (nominal, in the planned years) for "
                      "works of this borrower; their service is not here.",
                      "{name}: кроме того, займы, по которым должны другие, оплачивают {amount} млрд тенге "
                      "(номинально, в плановые годы) за работы этого заёмщика; их обслуживания здесь нет.")


def years_told(found: Amounts) -> tuple[int, ...]:
    """Planned years, and on to the last payment that any draw could bring."""
    last = max((max(made.total) for made in found.factors.money.service.values()), default=0)
    flows = debt_flows(found.factors, found.plan, "debt_service")
    return tuple(range(found.case.settings.plan_from, max(last, *flows) + 1))


def owed_by(found: Amounts, borrower: str) -> dict[int, float]:
    """What a borrower pays each year for loans of the programme, nominal bn KZT."""
    return _owed(found)[borrower]


@once
def _owed(found: Amounts) -> Mapping[str, dict[int, float]]:
    """The same of all borrowers."""
    years = years_told(found)
    return {b: {y: service(found.factors, b, y).on(found.plan) for y in years} for b in found.case.borrowers}


def covers(found: Amounts, borrower: str) -> dict[int, float]:
    """Cash over all service, in years with cash in which the programme has to be served."""
    known = found.case.borrowers[borrower]
    return {y: cash / (paid + known.other.get(y, 0.0)) for y, paid in owed_by(found, borrower).items()
            if paid > NOTHING and (cash := known.cash_in(y)) is not None}


def guaranteed(found: Amounts, year: int) -> float:
    """What the State guarantees of the balances on 31 December, nominal bn KZT."""
    sources = found.case.sources
    parts = (owed(found.factors, "debt_stock", [s], found.case.projects, (year,)).times(source.guaranteed)
             for s, source in sources.items() if source.kind == "loan" and source.guaranteed > 0)
    return total(parts, BILLION).on(found.plan)


def newly_guaranteed(found: Amounts, year: int) -> float:
    """What the State guarantees of what is signed in a planned year, nominal bn KZT."""
    f, sources = found.factors, found.case.sources
    parts: list[Linear] = [signed_amount(f, s).times(source.guaranteed) for s, source in sources.items()
                           if source.guaranteed > 0 and new_loan(source, f.case.settings.plan_from)
                           and signed_in(source) == year]
    return total(parts, BILLION).on(found.plan)


def bearable(found: Amounts) -> tuple[str, ...]:
    """Regions of which bills and incomes of households are known, in the order of the input."""
    case = found.case
    rows = {t.region: [one for one in case.tariffs if one.region == t.region] for t in case.tariffs}
    known = {r: mine for r, mine in rows.items() if case.regions[r].population and case.regions[r].income
             and all(one.household_share is not None for one in mine)}
    return tuple(ordered(found, "regions", known))


def burden_of(found: Amounts, region: str, year: int) -> float:
    """Bills of households over incomes in a planned year, all utilities together, a fraction."""
    mine = [t for t in found.case.tariffs if t.region == region]
    return burden(found.factors, mine, year).on(found.plan)


def claims_on_debt(found: Amounts) -> dict[str, float]:
    """Service and cover by borrower, guarantees, burden by region."""
    numbers: dict[str, float] = {}
    for b in found.case.borrowers:
        numbers |= {f"service[{b},{y}]": amount for y, amount in owed_by(found, b).items()}
        numbers |= {f"dscr[{b},{y}]": cover for y, cover in covers(found, b).items()}
    if any(source.guaranteed > 0 for source in found.case.sources.values()):
        numbers |= {f"guarantees[{y}]": guaranteed(found, y) for y in years_told(found)}
        numbers |= {f"new_guarantees[{y}]": newly_guaranteed(found, y) for y in found.years}
    return numbers | {f"burden[{r},{y}]": burden_of(found, r, y) for r in bearable(found) for y in found.years}


def borrowers_table(found: Amounts) -> Out:
    """One row for each borrower and year in which it owes something or its cash is stated."""
    rows = tuple(row for b in ordered(found, "borrowers", found.case.borrowers) for row in _rows(found, b))
    headings = ("borrower", "name", "year", "cash", "service", "other", "left", "dscr", "cover", "shortfall")
    told = [said for b in ordered(found, "borrowers", found.case.borrowers)
            for said in _remarks(found, b, [row for row in rows if row["borrower"] == b])]
    return Out("borrowers", headings, rows, formulas={"left": ("cash", "-service", "-other")}, remarks=tuple(told))


def _remarks(found: Amounts, b: str, rows: Sequence[Mapping[str, Value]]) -> list[Text]:
    """Why cells of a borrower are blank, and what is borrowed for its works that it does not owe."""
    name = name_of(found.case.borrowers[b])
    said = [text for heading, text in BLANK.items() if any(row[heading] is None for row in rows)]
    if rows and (amount := owed_by_others(found, b)) > NOTHING:
        said.append(OWED_BY_OTHERS)
        return [text.fill(name=name, amount=number(amount, 1)) for text in said]
    return [text.fill(name=name) for text in said]


def owed_by_others(found: Amounts, b: str) -> float:
    """What loans pay in the planned years for works that a borrower owns, or owes for, but that it does not owe,
    nominal bn KZT."""
    case, names = found.case, {b, found.case.borrowers[b].name.strip()}
    return math.fsum(amount for (s, p), amount in found.paid.items() if case.sources[s].kind == "loan"
                     and owner(case.sources[s], case.project(p)) != b and _is_of(case.project(p), b, names))


def _is_of(project: Facility | Package, b: str, names: Set[str]) -> bool:
    """Whether a borrower stands as who owes for a project, or by its key or name as who owns it."""
    return project.borrower == b or project.owner.strip() in names - {""}


def _rows(found: Amounts, b: str) -> list[dict[str, Value]]:
    borrower, cover = found.case.borrowers[b], covers(found, b)
    rows: list[dict[str, Value]] = []
    for y, paid in owed_by(found, b).items():
        cash, other = borrower.cash_in(y), borrower.other.get(y)
        if paid <= NOTHING and y not in borrower.cash:
            continue
        left = room(borrower, y)
        rows.append({
            "borrower": b, "name": name_of(borrower), "year": y, "cash": cash, "service": paid, "other": other,
            "left": None if cash is None else math.fsum((cash, -paid, -(other or 0.0))), "dscr": cover.get(y),
            "cover": borrower.cover,
            "shortfall": None if left is None else max(borrower.cover * paid - left, 0.0),
        })
    return rows


def burden_table(found: Amounts) -> Out:
    """One row for each region of which the figures are known, and planned year."""
    rows: list[dict[str, Value]] = []
    for r in bearable(found):
        for y in found.years:
            incomes, part = income(found.factors, r, y), burden_of(found, r, y)
            rows.append({"region": region_of(found.case, r), "year": y, "bills": part * incomes, "incomes": incomes,
                         "burden": 100.0 * part})
    return Out("burden", ("region", "year", "bills", "incomes", "burden"), tuple(rows), remarks=(AVERAGE,))


def bearing(found: Amounts, tables: Mapping[str, Out]) -> Section | None:
    """The least cover, the largest burden, bills that rise steeply and the guarantees; None where nothing of them is
    known."""
    facts = []
    least = min(((cover, b, y) for b in found.case.borrowers for y, cover in covers(found, b).items()), default=None)
    if least is not None:
        cover, b, y = least
        name, asked = name_of(found.case.borrowers[b]), number(found.case.borrowers[b].cover, 2)
        facts.append(Fact(Text("Least cover of debt service (DSCR)", "Наименьшее покрытие долга (DSCR)"), cover,
                          "number",
                          Text(f"{name.en}, {y}; asked: {asked.en}", f"{name.ru}, {y} год; требуется: {asked.ru}")))
    most = max(((burden_of(found, r, y), r, y) for r in bearable(found) for y in found.years), default=None)
    if most is not None:
        part, r, y = most
        name = region_of(found.case, r) or Text(r, r)
        facts.append(Fact(Text("Largest burden of households", "Наибольшая нагрузка на домохозяйства"), 100.0 * part,
                          "%", Text(f"{name.en}, {y}; the average household", f"{name.ru}, {y} год; в среднем")))
    if "tariffs" in tables:
        facts.append(bills_fact(tables["tariffs"]))
    if any(source.guaranteed > 0 for source in found.case.sources.values()):
        last = found.years[-1]
        facts.append(Fact(Text(f"Guaranteed by the State on 31 December {last}",
                               f"Гарантии государства на 31 декабря {last} года"), guaranteed(found, last), BILLION))
    if not facts:
        return None
    return Section(Text("Who can bear it", "Посильность"),
                   Text("Cover of what borrowers owe, and bills of households; by year on the sheets borrowers and "
                        "burden.",
                        "Покрытие долга заёмщиков и платежи домохозяйств; по годам на листах borrowers и burden."),
                   tuple(facts))
