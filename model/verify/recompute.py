"""Every limit and total of a plan, recomputed from the case and the plan's own decisions (docs/numbers.md, all of it)."""

from __future__ import annotations

from collections.abc import Iterable
from math import fsum

from model.data.case import Case
from model.data.plan import Plan
from model.verify.capacity import check_crews, check_renewals, check_starts
from model.verify.ceilings import check_ceilings
from model.verify.finding import Finding, Ledger
from model.verify.funding import Funding, check_draws, check_tied, sector_of
from model.verify.intake import intake
from model.verify.loans import factor
from model.verify.prices import Prices
from model.verify.schedule import Schedule, by_year
from model.verify.targets import Measures, Missed, check_targets, priced, shortfall_costs
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
    check_draws(funding, ledger)
    check_tied(funding, ledger)
    check_ceilings(funding, ledger)
    results = check_targets(case, plan, Measures(case, schedule, funding), ledger)
    return _totals(funding, schedule, value, results), ledger.findings()


def _years(case: Case, rows: Iterable[tuple[int, float]]) -> dict[int, float]:
    """Sums by year; every planned year has one."""
    return by_year([*((year, 0.0) for year in case.settings.years), *rows])


def _totals(funding: Funding, schedule: Schedule, value: Value, results: dict[str, Missed]) -> Totals:
    case, prices = funding.case, funding.prices
    benefits = value.benefits()
    factors = {(s, y): factor(case.sources[s], y, prices) for s, y in funding.by_source_year}
    abroad = [at for at in factors if case.sources[at[0]].foreign and case.sources[at[0]].kind in ("loan", "grant")]
    pv_benefits = fsum(benefits.values())
    pv_income = fsum(prices.weight(y) * amount for (_, y), amount in funding.income.items())
    pv_outlays = fsum(prices.weight(y) * amount for (_, y), amount in funding.outlay.items())
    pv_funding = fsum(factors[at] * amount for at, amount in funding.by_source_year.items())
    gain = fsum((prices.weight(at[1]) - factors[at]) * funding.by_source_year[at] for at in abroad)
    missed, finish = priced(case, results), value.mean_finish()
    objective = {
        "purse": pv_benefits + pv_income - pv_funding - missed,
        "least_cost": pv_funding - pv_income + missed,
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
    largest = sum(abs(part) for part in (pv_benefits, pv_income, pv_outlays, pv_funding, gain, missed))
    return Totals(
        objective=objective,
        objective_unit="years" if case.settings.objective == "earliest_finish" else "bn KZT",
        society=fsum((pv_benefits, pv_income, -pv_outlays, gain)),
        pv_benefits=pv_benefits, pv_income=pv_income, pv_outlays=pv_outlays, pv_funding=pv_funding,
        priced_targets=missed, mean_finish=finish,
        spend_by_year=_years(case, ((y, amount) for (_, y), amount in funding.outlay.items())),
        spend_by_project_year=funding.outlay,
        income_by_year=_years(case, ((y, amount) for (_, y), amount in funding.income.items())),
        income_by_project_year=funding.income,
        draw_by_source_year={(s, y): funding.by_source_year.get((s, y), 0.0) for s in case.sources for y in case.settings.years},
        draw_by_source={s: fsum(amounts) for s, amounts in draws.items()},
        draw_by_partner={partner: fsum(amounts) for partner, amounts in sorted(partners.items())},
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
        scale={"objective": largest if case.settings.objective != "earliest_finish" else finish + missed, "society": largest},
    )
