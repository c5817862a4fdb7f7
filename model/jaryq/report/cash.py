"""Table ``cash``: money in and out by year to the last maturity, the State's lines, and the value of the plan year by
year."""

from __future__ import annotations

import math
from collections.abc import Mapping

from jaryq.base.text import Text
from jaryq.factors.adequacy import weights
from jaryq.report.amounts import Amounts
from jaryq.report.carry import lines_into, service_from, year_of
from jaryq.report.charges import premiums_of
from jaryq.report.debt import Book, last_maturity, total
from jaryq.report.shapes import Out, Value
from jaryq.report.values import benefits_by_year, flow_of, purse_by_year, society_by_year

SOURCES = ("budget", "own", "grants", "home", "abroad")
FUNDS = ("lines", "received", "fund_in", "inside", "fund_lapsed", "fund_out")
IN = (*SOURCES, "lines", "received", "fund_in")
SPENT = ("spending", "inside", "fund_lapsed", "fund_out")
REMARKS = (
    Text("Sources less uses: budgets, own money, grants, loans, lines, income and interest of funds, funds at start, "
         "less spending, service from funds, "
         "what lapses in funds, funds at end.",
         "Источники минус расходы: бюджеты, собственные средства, гранты, займы, займы в фонды, доходы и проценты "
         "фондов, фонды на начало, минус затраты, "
         "платежи из фондов, сгоревшее в фондах, фонды на конец."),
    Text("The purse: benefits, income, interest and lines less home money (draws), all service and premiums of crews. "
         "Society: benefits, income, interest "
         "and money from abroad less all spending, premiums and the service of money from abroad. Both columns add up "
         "to the plan's totals "
         "(priced targets and the price of change apart).",
         "Кошелёк: выгоды, доходы, проценты и займы в фонды минус деньги страны (выборка), все платежи и наценки за "
         "бригады. Общество: "
         "выгоды, доходы, проценты и деньги из-за рубежа минус все затраты, наценки и платежи за рубеж. Оба столбца "
         "дают итоги плана "
         "(без цен целей и цены изменений)."),
)


LACKING = Text("Deficits of capacity are taken off both at their price.",
               "Из обоих вычтены дефициты мощности по их цене.")


def cash_table(found: Amounts, made: Mapping[str, Book]) -> Out:
    """One row for each year from the first planned one to the last maturity (or the last benefit)."""
    benefits = benefits_by_year(found)
    present = (purse_by_year(found), society_by_year(found))
    last = max([last_maturity(found, made), *benefits, *present[0]])
    rows = [_row(found, made, benefits, present, year) for year in range(found.case.settings.plan_from, last + 1)]
    funds = tuple(part for part in FUNDS if any(row.get(part) for row in rows))
    shown = tuple(part for part in SOURCES if any(row.get(part) for row in rows))
    subsidy, premiums = any(row["subsidy"] for row in rows), any(row["premiums"] for row in rows)
    headings = (
        "year", *shown, *(p for p in ("lines", "received", "fund_in") if p in funds), "spending",
        *(p for p in ("inside", "fund_lapsed", "fund_out") if p in funds),
        "balance", "carried", "lapsed", "principal", "interest", "fees", *(("subsidy",) if subsidy else ()), "service",
        "stock",
        "s_draws", *(("s_subsidy",) if subsidy else ()), "s_service", "state", *(("premiums",) if premiums else ()),
        "flow", "benefit_pv",
        "purse_pv", "society_pv",
    )
    formulas = {
        "balance": (*IN, *(f"-{part}" for part in SPENT)), "service": ("principal", "interest", "fees", "subsidy"),
        "state": ("s_draws", "s_subsidy", "s_service"),
    }
    levels = ("year", "fund_in", "fund_out", "carried", "stock")
    return Out("cash", headings, tuple(rows), sums=tuple(h for h in headings if h not in levels), formulas=formulas,
               rounded=("balance",), remarks=(*REMARKS, *((LACKING,) if weights(found.factors) else ())))


def _row(
    found: Amounts, made: Mapping[str, Book], benefits: Mapping[int, float],
    present: tuple[Mapping[int, float], Mapping[int, float]], year: int,
) -> dict[str, Value]:
    purse, society = present
    row = _programme(found, year) if year in found.years else {}
    books = made.values()
    flow = flow_of(found, made, year)
    benefit = benefits.get(year, 0.0)
    subsidy = total(books, "state", year)
    of_budget = [book for book in books if book.source.who_repays == "budget"]
    service = total(of_budget, "service", year) - total(of_budget, "state", year)
    draws = math.fsum(v for (s, y), v in found.draw.items() if y == year and found.case.sources[s].kind == "budget"
                      and not found.case.sources[s].foreign)
    return row | {
        "year": year, "principal": total(books, "principal", year), "interest": total(books, "interest", year),
        "fees": total(books, "fees", year),
        "subsidy": subsidy, "service": total(books, "service", year), "stock": total(books, "closing", year),
        "s_draws": draws, "s_subsidy": subsidy, "s_service": service, "state": draws + subsidy + service,
        "premiums": premiums_of(found, year), "flow": flow, "benefit_pv": benefit,
        "purse_pv": benefit + purse.get(year, 0.0),
        "society_pv": benefit + society.get(year, 0.0),
    }


def _programme(found: Amounts, year: int) -> dict[str, Value]:
    """Money of a planned year: of a fund what is paid into it, of other sources what they pay for projects."""
    sums: dict[str, list[float]] = {part: []
                                    for part in (*SOURCES, "received", "fund_in", "inside", "fund_lapsed", "fund_out")}
    carried, lapsed = [], []
    for s, source in found.case.sources.items():
        rate = found.factors.money.exchange[s, year]
        place = ("grants" if source.kind == "grant" else ("abroad" if source.foreign else "home")
                 if source.kind == "loan" else source.kind)
        row = year_of(found)[s, year]
        carried.append((row.carried_out or 0.0) * rate)
        lapsed.append((row.lapsed or 0.0) * rate)
        if source.carry_over != "fund" or year not in source.ceilings or not source.open:
            sums[place].append(found.draw.get((s, year), 0.0))
            continue
        sums[place].append(source.ceilings[year] * rate)
        sums["received"].append(found.earned.get((s, year), 0.0) + row.added * rate - lines_into(found, s, year))
        sums["fund_in"].append((row.carried_in or 0.0) * rate)
        sums["inside"].append(service_from(found, s).get(year, 0.0))
        sums["fund_lapsed"].append((row.lapsed or 0.0) * rate)
        sums["fund_out"].append(found.plan.idle.get((s, year), 0.0) * rate)
    row_of: dict[str, Value] = {part: math.fsum(values) for part, values in sums.items()}
    lines = math.fsum(v for (_, y), v in found.plan.line.items() if y == year)
    spending = found.spend(year)
    into = [*(value for part in (*SOURCES, "received", "fund_in") for value in sums[part]), lines]
    out = [*(value for part in ("inside", "fund_lapsed", "fund_out") for value in sums[part]), spending]
    balance = math.fsum([*into, *(-value for value in out)])
    return row_of | {"lines": lines, "spending": spending, "balance": round(balance, 9) + 0.0,
                     "carried": math.fsum(carried), "lapsed": math.fsum(lapsed)}
