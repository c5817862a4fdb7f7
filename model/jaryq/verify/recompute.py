"""Every limit and total of a plan, recomputed from the case and the plan's own decisions (docs/numbers.md, all of
it)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import fsum

from jaryq.case.case import Case
from jaryq.case.plan import Plan
from jaryq.verify.calendar import by_year
from jaryq.verify.capacity import check_outages, check_renewals, check_starts
from jaryq.verify.ceilings import check_ceilings
from jaryq.verify.crews import check_crews, premiums
from jaryq.verify.debt import Debt, check_signed
from jaryq.verify.finding import Finding, Ledger
from jaryq.verify.funding import Funding, check_draws, check_lines, check_tied, sector_of
from jaryq.verify.funds import Balance, balances, check_funds
from jaryq.verify.gain import gains_of
from jaryq.verify.indicators import Indicators
from jaryq.verify.intake import intake
from jaryq.verify.loans import grant_element
from jaryq.verify.measures import Measures
from jaryq.verify.money import money_of
from jaryq.verify.order import check_order, check_trenches, trench_savings
from jaryq.verify.prices import Prices
from jaryq.verify.risk import Risk
from jaryq.verify.schedule import Schedule
from jaryq.verify.stability import changed
from jaryq.verify.targets import Missed, check_targets, largest_shortfalls, priced, shortfall_costs
from jaryq.verify.tariffs import Need, check_tariffs, tariff_needs
from jaryq.verify.terms import Terms
from jaryq.verify.together import check_counterpart, check_groups, check_shares
from jaryq.verify.totals import Totals
from jaryq.verify.value import Value


def recompute(case: Case, plan: Plan) -> tuple[Totals, tuple[Finding, ...]]:
    """The plan's totals, and one finding for each check of the register (``claim`` apart: see ``totals.compare``)."""
    ledger = Ledger()
    plan = intake(case, plan, ledger)
    prices, schedule = Prices(case), Schedule.of(case, plan)
    risk, saved = Risk(case, schedule, prices), trench_savings(schedule, plan, prices)
    value = Value(case, schedule, prices, risk, saved)
    outlay, income = value.outlays()
    funding = Funding.of(case, plan, prices, outlay, income)
    check_starts(schedule, ledger)
    check_order(schedule, ledger)
    check_renewals(schedule, ledger)
    check_trenches(schedule, plan, ledger)
    check_crews(schedule, plan, ledger)
    check_outages(schedule, ledger)
    debt, indicators = Debt(funding, Terms(case, prices)), Indicators(schedule, risk)
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
    results = check_targets(case, plan, Measures(case, schedule, funding, debt, indicators), ledger)
    facts = Facts(debt, funds, schedule, value, indicators, results, needs, premiums(schedule, plan, prices), saved)
    return _totals(facts), ledger.findings()


@dataclass(frozen=True)
class Facts:
    """What the totals are made of. ``premiums`` by year, ``saved`` by package and year: nominal bn KZT."""

    debt: Debt
    funds: dict[str, dict[int, Balance]]
    schedule: Schedule
    value: Value
    indicators: Indicators
    results: dict[str, Missed]
    needs: Need
    premiums: Mapping[int, float]
    saved: Mapping[tuple[str, int], float]


def _years(case: Case, rows: Iterable[tuple[int, float]]) -> dict[int, float]:
    """Sums by year; every planned year has one."""
    return by_year([*((year, 0.0) for year in case.settings.years), *rows])


def _wear(case: Case, indicators: Indicators) -> dict[tuple[str, int], float]:
    """Wear on 31 December by kind of network and planned year, of kinds that have any."""
    found = {}
    for kind in case.asset_types:
        packages = [package for package in case.packages.values() if package.asset_type == kind]
        for year in case.settings.years:
            wear = indicators.wear(packages, year)
            if wear is not None:
                found[kind, year] = wear
    return found


def _totals(facts: Facts) -> Totals:
    debt, schedule, value, results, indicators = (facts.debt, facts.schedule, facts.value, facts.results,
                                                  facts.indicators)
    funding, money = debt.funding, money_of(debt, facts.funds)
    case = funding.case
    avoided, residuals = value.risk_avoided(), value.residuals()
    benefits = value.benefits(avoided, residuals)
    pv_benefits = fsum(benefits.values())
    crews = fsum(funding.prices.weight(y) * amount for y, amount in facts.premiums.items())
    moved = changed(schedule)
    charged, finish = priced(case, results) + case.settings.stability * moved, value.mean_finish()
    comes = pv_benefits + money.income + money.interest
    objective = {
        "purse": comes - money.funding - crews - charged,
        "least_cost": money.funding + crews - money.income - money.interest + charged,
        "most_benefit": pv_benefits - charged,
        "earliest_finish": finish + charged,
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
    largest = fsum((abs(pv_benefits), money.terms, crews, charged))
    return Totals(
        objective=objective,
        objective_unit="years" if case.settings.objective == "earliest_finish" else "bn KZT",
        society=comes - money.given - crews,
        pv_benefits=pv_benefits, pv_income=money.income, pv_outlays=money.outlays, pv_funding=money.funding,
        pv_fees=money.fees,
        pv_interest=money.interest,
        priced_targets=priced(case, results), mean_finish=finish,
        spend_by_year=_years(case, ((y, amount) for (_, y), amount in funding.outlay.items())),
        spend_by_project_year=funding.outlay,
        income_by_year=_years(case, ((y, amount) for (_, y), amount in funding.income.items())),
        income_by_project_year=funding.income,
        draw_by_source_year={(s, y): funding.by_source_year.get((s, y), 0.0) for s in case.sources
                             for y in case.settings.years},
        draw_by_source={s: fsum(amounts) for s, amounts in draws.items()},
        draw_by_partner={partner: fsum(amounts) for partner, amounts in sorted(partners.items())},
        line_by_source={s: fsum(a for (loan, _), a in funding.line.items() if loan == s) for s,
                        source in case.sources.items() if source.draws_to},
        debt_service=debt.through(series.service), subsidy=debt.through(series.subsidy),
        debt_stock=debt.through(series.stock),
        tariff_need=facts.needs,
        benefit_by_project=benefits,
        km_by_package_year=km,
        km_by_year=_years(case, ((y, amount) for (_, y), amount in km.items())),
        km_by_sector={sector: fsum(amounts) for sector, amounts in sorted(sectors.items())},
        finished_by_year=_years(case, (row for f, facility in case.facilities.items() if facility.counts
                                       for row in schedule.finished_by_year(f).items())),
        km_before=fsum(amount for package in case.packages.values() for amount in package.done.values()),
        km_before_by_sector={sector: fsum(amounts) for sector, amounts in sorted(before.items())},
        facilities_before=float(sum(facility.done is not None and facility.counts
                                    for facility in case.facilities.values())),
        pv_crews=crews, premiums=facts.premiums, stability=case.settings.stability * moved, changed=moved,
        pv_risk=fsum(avoided.values()), risk_by_project=avoided, pv_residual=fsum(residuals.values()),
        trench_savings=_years(case, ((y, amount) for (_, y), amount in facts.saved.items())),
        zones={(zone, y): fsum(by[own, y] for own in schedule.assets) for zone, by in indicators.zones.items()
               for y in case.settings.years},
        failures=_years(case, ((y, amount) for (_, y), amount in indicators.failures.items())),
        not_supplied=indicators.by_unit(indicators.unsupplied), losses=indicators.by_unit(indicators.losses),
        wear=_wear(case, indicators), red_share=indicators.red_share,
        gains=gains_of(debt, facts.funds, pv_benefits, crews),
        grant_elements={s: grant_element(case, source) for s, source in case.sources.items() if source.kind == "loan"},
        reached={g: missed_row.reached for g, missed_row in results.items()},
        short={g: missed_row.short for g, missed_row in results.items()},
        excess={g: missed_row.excess for g, missed_row in results.items()},
        shortfall_cost=shortfall_costs(case, results), spread=largest_shortfalls(case, results),
        scale={"objective": largest if case.settings.objective != "earliest_finish" else finish + charged,
               "society": largest, "funding_pv": money.terms,
               "fees_signed_pv": money.terms, "interest_pv": money.terms}
               | {f"debt_service[{y}]": gross for y in series.service}
        | {f"reached[{g}]": missed_row.per_unit for g, missed_row in results.items()},
    )
