"""Every limit and total of a plan, recomputed from the case and the plan's own decisions (docs/numbers.md, all of
it)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import fsum

from jaryq.base.hair import LEAST
from jaryq.base.home import BILLION
from jaryq.case.case import Case
from jaryq.case.plan import Plan
from jaryq.case.stretches import Renewed
from jaryq.verify.adequacy import CAPACITY, adequacy_of, lacks, verify_adequacy
from jaryq.verify.agreed import verify_tickets, verify_works
from jaryq.verify.borrowers import covers, uncovered, verify_covers
from jaryq.verify.calendar import by_year
from jaryq.verify.calibration import calibrated, within
from jaryq.verify.capacity import verify_outages, verify_renewals, verify_starts
from jaryq.verify.ceilings import verify_ceilings
from jaryq.verify.choice import chosen, verify_choice
from jaryq.verify.crews import premiums, verify_crews
from jaryq.verify.debt import Debt, Series, verify_signed
from jaryq.verify.effect import Effect, verify_effect
from jaryq.verify.finding import SUMMED, Finding, Ledger
from jaryq.verify.funding import Funding, sector_of, verify_draws, verify_lines, verify_tied
from jaryq.verify.funds import balances, verify_funds
from jaryq.verify.gain import gains_of
from jaryq.verify.indicators import Indicators
from jaryq.verify.intake import intake
from jaryq.verify.loans import grant_element
from jaryq.verify.lots import verify_lots
from jaryq.verify.measures import Measures
from jaryq.verify.order import verify_order
from jaryq.verify.owing import burdens, owing_of
from jaryq.verify.pace import drawn_of, verify_pace
from jaryq.verify.payees import payees_of, signed_in, verify_choices_made, verify_payees
from jaryq.verify.prices import Prices
from jaryq.verify.quantities import Quantities
from jaryq.verify.ramps import Climb, climbs, falls, verify_contracts, verify_ramps
from jaryq.verify.risk import Risk
from jaryq.verify.schedule import Schedule
from jaryq.verify.so_far import verify_so_far
from jaryq.verify.soft import verify_soft
from jaryq.verify.stretch_state import State
from jaryq.verify.sureness import spend_by_status
from jaryq.verify.targets import largest_shortfalls, priced, shortfall_costs, verify_targets
from jaryq.verify.tariffs import tariff_needs, verify_tariffs
from jaryq.verify.terms import Terms
from jaryq.verify.together import verify_counterpart, verify_groups, verify_shares
from jaryq.verify.totals import Totals
from jaryq.verify.trenches import trench_savings, verify_trenches
from jaryq.verify.value import Value
from jaryq.verify.wishes import verify_wishes
from jaryq.verify.worth import Facts, Worth, added, worth_of


def recompute(case: Case, plan: Plan, renewed: Renewed | None = None) -> tuple[Totals, tuple[Finding, ...]]:
    """The plan's totals, and one finding for each check of the register (``claim`` apart: see ``totals.compare``);
    ``renewed``: what it renews of each stretch, by which its targets are reached and states and quantities of all
    years are told (none: by the means of packages, as published figures are compared)."""
    ledger = Ledger()
    plan = intake(case, plan, ledger)
    prices, schedule = Prices(case), Schedule.of(case, plan)
    risk, saved = Risk(case, schedule, prices), trench_savings(schedule, plan, prices)
    state = None if renewed is None or case.stretches is None else State(case, renewed, schedule.calendar)
    value = Value(case, schedule, prices, risk, saved, state)
    outlay, income = value.outlays()
    funding = Funding.of(case, plan, prices, outlay, income)
    verify_starts(schedule, ledger)
    verify_order(schedule, ledger)
    verify_choice(schedule, ledger)
    verify_renewals(schedule, ledger)
    verify_contracts(schedule, ledger)
    verify_lots(schedule, ledger)
    verify_trenches(schedule, plan, ledger)
    verify_crews(schedule, plan, ledger)
    verify_outages(schedule, ledger)
    debt, indicators = Debt(funding, Terms(case, prices)), Indicators(schedule, risk, state)
    funds, needs = balances(funding, debt), tariff_needs(funding, debt)
    verify_wishes(schedule, funding, ledger)
    verify_draws(funding, ledger)
    verify_lines(funding, ledger)
    verify_signed(funding, debt, ledger)
    verify_tied(funding, ledger)
    verify_ceilings(funding, ledger)
    verify_funds(funding, funds, ledger)
    verify_groups(funding, ledger)
    verify_counterpart(funding, ledger)
    verify_shares(funding, ledger)
    verify_so_far(funding, ledger)
    verify_pace(funding, ledger)
    effect = Effect(schedule, plan, prices)
    verify_effect(funding, effect, ledger)
    verify_works(funding, effect, ledger)
    verify_tickets(funding, effect, ledger)
    verify_payees(funding, ledger)
    verify_choices_made(funding, ledger)
    ramps = climbs(funding, schedule)
    verify_ramps(ramps, ledger)
    verify_tariffs(funding, needs, ledger)
    adequacy, owing = adequacy_of(schedule, plan), owing_of(debt)
    verify_adequacy(schedule, adequacy, plan, ledger)
    cover = covers(owing, debt, value)
    verify_covers(cover, plan.short, ledger)
    measures = Measures(case, schedule, funding, debt, indicators, value.quantities, needs)
    by_means = measures if state is None or not case.calibration else Measures(
        case, schedule, funding, debt, Indicators(schedule, risk),
        Value(case, schedule, prices, risk, saved).quantities, needs)
    results = verify_targets(case, plan, measures, ledger)
    results |= verify_soft([*falls(ramps), *lacks(adequacy), *uncovered(cover)], plan, ledger)
    facts = Facts(debt, funds, schedule, value, indicators, results, needs, premiums(schedule, plan, prices), saved,
                  ramps, adequacy, owing, burdens(case, prices, needs))
    model = calibrated(case, by_means, lambda: _nothing_done(case))
    return _totals(facts, model), ledger.findings()


def _nothing_done(case: Case) -> Measures:
    """The measures of a plan that does nothing, of which nothing is checked."""
    plan = Plan()
    prices, schedule = Prices(case), Schedule.of(case, plan)
    risk, saved = Risk(case, schedule, prices), trench_savings(schedule, plan, prices)
    value = Value(case, schedule, prices, risk, saved)
    debt = Debt(Funding.of(case, plan, prices, *value.outlays()), Terms(case, prices))
    return Measures(case, schedule, debt.funding, debt, Indicators(schedule, risk), value.quantities,
                    tariff_needs(debt.funding, debt))


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


def _by_sector(case: Case, rows: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Sums by sector of amounts of packages; every sector with packages has one."""
    sector = {n: sector_of(case, package) or "" for n, package in case.packages.items()}
    return added(sorted(set(sector.values())), ((sector[n], amount) for n, amount in rows))


def _by_partner(funding: Funding) -> dict[str, float]:
    """Draws on projects by the partner of their source."""
    partner = {s: source.partner for s, source in funding.case.sources.items()}
    return added(sorted(set(partner.values())), ((partner[s], a) for (s, _), a in funding.by_source_year.items()))


def _quantities(quantities: Quantities) -> dict[tuple[str, int], float]:
    """By quantity and year, of all projects."""
    return {(key, year): fsum(quantities.amount(key, project, year) for project in quantities.case.projects.values())
            for key in quantities.case.quantities for year in quantities.years_of(key)}


def _part(part: float, whole: float) -> float:
    """A fraction; 0 where there is nothing to be a part of."""
    return part / whole if whole > 0.0 else 0.0


def _lenders(funding: Funding, ramps: Sequence[Climb]) -> dict[str, tuple[float, str]]:
    """What paces, ramps and lenders' packages claim, with its unit."""
    money = "bn currency"
    found = {f"drawn[{s},{y}]": (amount, money) for (s, y), amount in drawn_of(funding).items()}
    for climb in ramps:
        if climb.unit == "km":
            found |= {f"km[{climb.key},{y}]": (climb.amounts[y], climb.unit) for y in climb.years}
        if climb.ramp.up is not None:
            found |= {f"exempt[{climb.key},{y}]": (climb.exempt[y], climb.unit) for y in climb.years}
    found |= {f"payees[{s}]": (float(count), "number") for s, count in payees_of(funding).items()}
    return found | {f"signed_in[{g}]": (float(count), "number") for g, count in signed_in(funding).items()}


def _rooms(facts: Facts, worth: Worth) -> dict[str, tuple[float, str]]:
    """What balances, borrowers, guarantees and bills claim, with its unit."""
    adequacy, owing, money = facts.adequacy, facts.owing, BILLION
    name = {b.id: f"{b.area},{b.unit}" for b in adequacy.case.balances}
    found = {f"deficit[{name[b]},{y}]": (amount, CAPACITY) for (b, y), amount in adequacy.deficit.items()}
    found |= {f"margin[{name[b]},{y}]": (amount, CAPACITY) for (b, y), amount in adequacy.margin.items()}
    if name:
        found["deficit_pv"] = worth.deficits, money
    found |= {f"service[{b},{y}]": (amount, money) for (b, y), amount in owing.service.items()}
    found |= {f"dscr[{b},{y}]": (ratio, "number") for (b, y), ratio in owing.ratios().items()}
    if any(source.guaranteed > 0.0 for source in adequacy.case.sources.values()):
        found |= {f"guarantees[{y}]": (amount, money) for y, amount in owing.guarantees.items()}
        found |= {f"new_guarantees[{y}]": (amount, money) for y, amount in owing.new_guarantees.items()}
    return found | {f"burden[{region},{y}]": (part, "share") for (region, y), part in facts.burdens.items()}


def _scale(facts: Facts, worth: Worth, series: Series) -> dict[str, float]:
    """Sums of absolute terms of claims that are differences (``Totals.scale``)."""
    money = worth.money.terms
    late = facts.debt.funding.case.settings.objective == "earliest_finish"
    gross = fsum(abs(amount) for by in (series.service, series.stock) for amount in by.values())
    return {
        "objective": worth.finish + worth.charged if late else worth.terms, "society": worth.terms,
        "funding_pv": money, "fees_signed_pv": money, "interest_pv": money,
        **{f"debt_service[{y}]": gross for y in series.service},
        # A share of debt may be apart by what moves it if debt is apart by as much as a row may be broken by.
        **{f"reached[{g}]": missed.per_unit * LEAST / SUMMED for g, missed in facts.results.items()
           if missed.per_unit},
        **{f"{name}[{g}]": abs(missed.reached) + missed.scale for g, missed in facts.results.items()
           for name in ("shortfall", "excess")},
    }


def _totals(facts: Facts, calibration: Mapping[str, float]) -> Totals:
    """The totals of facts: sums of what they hold, by what a plan claims them by."""
    debt, schedule, indicators, results = facts.debt, facts.schedule, facts.indicators, facts.results
    funding, case, worth = debt.funding, debt.funding.case, worth_of(facts)
    money = worth.money
    km = {(n, y): amount for n in case.packages for y, amount in schedule.km_by_year(n).items()}
    before = [(n, amount) for n, package in case.packages.items() for amount in package.done.values()]
    series = debt.all_of(tuple(case.sources))
    return Totals(
        objective=worth.objective,
        objective_unit="years" if case.settings.objective == "earliest_finish" else BILLION,
        society=worth.society, pv_benefits=worth.pv_benefits, pv_income=money.income, pv_outlays=money.outlays,
        pv_funding=money.funding, pv_fees=money.fees, pv_interest=money.interest,
        priced_targets=priced(case, results), mean_finish=worth.finish,
        spend_by_year=_years(case, ((y, amount) for (_, y), amount in funding.outlay.items())),
        spend_by_status=spend_by_status(case, funding.outlay),
        income_by_year=_years(case, ((y, amount) for (_, y), amount in funding.income.items())),
        draw_by_source_year={(s, y): funding.by_source_year.get((s, y), 0.0) for s in case.sources
                             for y in case.settings.years},
        draw_by_source=added(case.sources, ((s, amount) for (s, _), amount in funding.by_source_year.items())),
        draw_by_partner=_by_partner(funding),
        line_by_source={s: fsum(amount for (loan, _), amount in funding.line.items() if loan == s)
                        for s, source in case.sources.items() if source.draws_to},
        debt_service=debt.through(series.service), subsidy=debt.through(series.subsidy),
        debt_stock=debt.through(series.stock), tariff_need=facts.needs,
        km_by_year=_years(case, ((y, amount) for (_, y), amount in km.items())),
        km_by_sector=_by_sector(case, ((n, amount) for (n, _), amount in km.items())),
        finished_by_year=_years(case, (row for f, facility in case.facilities.items() if facility.counts
                                       for row in schedule.finished_by_year(f).items())),
        km_before=fsum(amount for _, amount in before), km_before_by_sector=_by_sector(case, before),
        facilities_before=float(sum(facility.done is not None and facility.counts
                                    for facility in case.facilities.values())),
        chosen=chosen(schedule), pv_crews=worth.crews, premiums=facts.premiums,
        stability=case.settings.stability * worth.moved, changed=worth.moved,
        pv_risk=fsum(worth.avoided.values()), pv_residual=fsum(worth.residuals.values()),
        trench_savings=_years(case, ((y, amount) for (_, y), amount in facts.saved.items())),
        zones={(zone, y): fsum(by[own, y] for own in schedule.assets) for zone, by in indicators.zones.items()
               for y in case.settings.years},
        failures=_years(case, ((y, amount) for (_, y), amount in indicators.failures.items())),
        not_supplied=indicators.by_unit(indicators.unsupplied), losses=indicators.by_unit(indicators.losses),
        wear=_wear(case, indicators), red_share=indicators.red_share,
        gains=gains_of(debt, facts.funds, worth.pv_benefits, worth.crews, worth.deficits),
        grant_elements={s: grant_element(case, source) for s, source in case.sources.items() if source.kind == "loan"},
        pv_above=worth.above if case.stretches is not None else None,
        pv_savings=worth.savings, pv_stated=worth.stated, pv_quantities=worth.quantities,
        quantities=_quantities(facts.value.quantities), quantities_by_place=facts.value.quantities.by_place(),
        benefits_sourced=_part(worth.sourced, worth.pv_benefits - fsum(worth.residuals.values())),
        benefits_published=_part(worth.published, worth.pv_benefits - fsum(worth.residuals.values())),
        reached={target.id: results[target.id].reached for target in case.targets},
        short={g: missed.short for g, missed in results.items()},
        excess={g: missed.excess for g, missed in results.items()},
        shortfall_cost=shortfall_costs(results.values()), spread=largest_shortfalls(results.values()),
        priorities=frozenset(missed.priority for missed in results.values()),
        lenders=_lenders(funding, facts.ramps) | _rooms(facts, worth),
        to_pay_after=facts.value.to_pay_after(), calibration=calibration, calibration_inside=within(case, calibration),
        scale=_scale(facts, worth, series),
    )
