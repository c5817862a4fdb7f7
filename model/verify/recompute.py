"""Every limit and total of a plan, recomputed from the case and the plan's own decisions (docs/numbers.md, all of it)."""

from __future__ import annotations

from collections.abc import Iterable
from math import fsum

from model.data.case import Case
from model.data.plan import Plan
from model.verify.capacity import check_crews, check_renewals, check_starts
from model.verify.ceilings import check_ceilings
from model.verify.debt import Debt, check_signed
from model.verify.finding import Finding, Ledger
from model.verify.funding import Funding, check_draws, check_lines, check_tied, sector_of
from model.verify.funds import balances, check_funds
from model.verify.intake import intake
from model.verify.money import Money, money_of
from model.verify.prices import Prices
from model.verify.schedule import Schedule, by_year
from model.verify.targets import Measures, Missed, check_targets, priced, shortfall_costs
from model.verify.tariffs import Need, check_tariffs, tariff_needs
from model.verify.terms import Terms
from model.verify.together import check_counterpart, check_groups, check_shares
from model.verify.totals import Totals
from model.verify.value import Value


def recompute(case: Case, plan: Plan) -> tuple[Totals, tuple[Finding, ...]]:
    """The plan's totals, and one finding for each check of the register (``claim`` apart: see ``totals.compare``)."""
    ledger = Ledger()
    plan = intake(case, plan, ledger)
    prices, schedule = Prices(case), Schedule.of(case, plan)
    value = Value(case, schedule, prices)
    outlay, income = value.outlays()
    funding = Funding.of(case, plan, prices, outlay, income)
    check_starts(schedule, ledger)
    check_renewals(schedule, ledger)
    check_crews(schedule, ledger)
    debt = Debt(funding, Terms(case, prices))
    funds, needs = balances(funding, debt), tariff_needs(funding, debt)
    check_draws(funding, ledger)
    check_lines(funding, ledger)
    check_signed(funding, debt, ledger)
    check_tied(funding, ledger)
    check_ceilings(funding, ledger)
    check_funds(funding, funds, ledger)
    check_groups(funding, ledger)
    check_counterpart(funding, ledger)
    check_shares(funding, ledger)
    check_tariffs(funding, needs, ledger)
    results = check_targets(case, plan, Measures(case, schedule, funding, debt), ledger)
    return _totals(debt, schedule, value, results, money_of(debt, funds), needs), ledger.findings()


def _years(case: Case, rows: Iterable[tuple[int, float]]) -> dict[int, float]:
    """Sums by year; every planned year has one."""
    return by_year([*((year, 0.0) for year in case.settings.years), *rows])


def _totals(debt: Debt, schedule: Schedule, value: Value, results: dict[str, Missed], money: Money, needs: Need) -> Totals:
    funding = debt.funding
    case = funding.case
    benefits = value.benefits()
    pv_benefits = fsum(benefits.values())
    missed, finish = priced(case, results), value.mean_finish()
    comes = pv_benefits + money.income + money.interest
    objective = {
        "purse": comes - money.funding - missed,
        "least_cost": money.funding - money.income - money.interest + missed,
        "most_benefit": pv_benefits - missed,
        "earliest_finish": finish + missed,
    }[case.settings.objective]
    km = {(n, y): amount for n in case.packages for y, amount in schedule.km_by_year(n).items()}
    sectors: dict[str, list[float]] = {sector_of(case, package) or "": [] for package in case.packages.values()}
    before: dict[str, list[float]] = {sector: [] for sector in sectors}
    for package in case.packages.values():
        before[sector_of(case, package) or ""] += package.done.values()
    for (n, _), amount in km.items():
        sectors[sector_of(case, case.packages[n]) or ""].append(amount)
    draws: dict[str, list[float]] = {s: [] for s in case.sources}
    partners: dict[str, list[float]] = {source.partner: [] for source in case.sources.values()}
    for (s, _), amount in funding.by_source_year.items():
        draws[s].append(amount)
        partners[case.sources[s].partner].append(amount)
    series = debt.all_of(tuple(case.sources))
    gross = fsum(abs(amount) for by in (series.service, series.stock) for amount in by.values())
    largest = fsum((abs(pv_benefits), money.terms, abs(missed)))
    return Totals(
        objective=objective,
        objective_unit="years" if case.settings.objective == "earliest_finish" else "bn KZT",
        society=fsum((comes, -money.outlays, money.gain)),
        pv_benefits=pv_benefits, pv_income=money.income, pv_outlays=money.outlays, pv_funding=money.funding, pv_fees=money.fees,
        pv_interest=money.interest,
        priced_targets=missed, mean_finish=finish,
        spend_by_year=_years(case, ((y, amount) for (_, y), amount in funding.outlay.items())),
        spend_by_project_year=funding.outlay,
        income_by_year=_years(case, ((y, amount) for (_, y), amount in funding.income.items())),
        income_by_project_year=funding.income,
        draw_by_source_year={(s, y): funding.by_source_year.get((s, y), 0.0) for s in case.sources for y in case.settings.years},
        draw_by_source={s: fsum(amounts) for s, amounts in draws.items()},
        draw_by_partner={partner: fsum(amounts) for partner, amounts in sorted(partners.items())},
        line_by_source={s: fsum(a for (loan, _), a in funding.line.items() if loan == s) for s, source in case.sources.items() if source.draws_to},
        debt_service=debt.through(series.service), subsidy=debt.through(series.subsidy), debt_stock=debt.through(series.stock),
        tariff_need=needs,
        benefit_by_project=benefits,
        km_by_package_year=km,
        km_by_year=_years(case, ((y, amount) for (_, y), amount in km.items())),
        km_by_sector={sector: fsum(amounts) for sector, amounts in sorted(sectors.items())},
        finished_by_year=_years(case, (row for f in case.facilities for row in schedule.finished_by_year(f).items())),
        km_before=fsum(amount for package in case.packages.values() for amount in package.done.values()),
        km_before_by_sector={sector: fsum(amounts) for sector, amounts in sorted(before.items())},
        facilities_before=float(sum(facility.done is not None for facility in case.facilities.values())),
        reached={g: missed_row.reached for g, missed_row in results.items()},
        short={g: missed_row.short for g, missed_row in results.items()},
        excess={g: missed_row.excess for g, missed_row in results.items()},
        shortfall_cost=shortfall_costs(case, results),
        scale={"objective": largest if case.settings.objective != "earliest_finish" else finish + missed, "society": largest, "funding_pv": money.terms,
               "fees_signed_pv": money.terms, "interest_pv": money.terms} | {f"debt_service[{y}]": gross for y in series.service}
        | {f"reached[{g}]": missed_row.per_unit for g, missed_row in results.items()},
    )
