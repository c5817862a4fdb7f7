"""The plan's claimed numbers, and the summary that machines read. Both in full precision, straight from Case, Factors
and Solution."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from jaryq.case.case import Case
from jaryq.factors.debt import debt_flows
from jaryq.factors.derive import Factors
from jaryq.factors.gains import gained
from jaryq.factors.risk import ZONES
from jaryq.factors.soft_rows import rules_of
from jaryq.report.adequacy import claims_on_adequacy
from jaryq.report.after_plan import after_plan_numbers
from jaryq.report.amounts import Amounts, amounts
from jaryq.report.borrowers import claims_on_debt
from jaryq.report.calibration import claims_of
from jaryq.report.charges import changed, crews_pv, premiums_of, savings, stability
from jaryq.report.gains import WHO, gain_of
from jaryq.report.lenders import lender_numbers
from jaryq.report.measures import largest_missed, priority_costs, reached
from jaryq.report.objective import funding, society
from jaryq.report.proved import for_all_plans, room_of
from jaryq.report.published import by_status
from jaryq.report.quantities import benefits, claims_on_quantities
from jaryq.report.ramps import ramp_numbers
from jaryq.report.states import UNIT_OF_SECTOR, States, states
from jaryq.report.stretched import claims_of_stretches
from jaryq.report.terms import element_of
from jaryq.sheets.measures import SECTORS_OF
from jaryq.sheets.words import SECTORS
from jaryq.solve.solution import Solution
from jaryq.verify.finding import Finding


def claims(case: Case, factors: Factors, solution: Solution) -> dict[str, float]:
    """The numbers a plan states about itself, which ``verify`` computes again: money bn KZT, lengths km, energy and
    water in the unit of the key.

    Present values in money of the price year at 1 January of the first year; ``spend``, ``draw``, ``premiums``,
    ``trench_savings`` nominal.
    """
    found = amounts(case, factors, solution.plan, solution.renewed)
    plan = solution.plan
    numbers = {
        "objective": solution.value, "society": society(found), "outlays_pv": factors.outlays_pv(plan),
        "benefits_pv": math.fsum(found.benefit.values()), "income_pv": math.fsum(found.income_pv.values()),
        "funding_pv": funding(found), "fees_signed_pv": -gained(factors, "fees").on(plan),
        "interest_pv": gained(factors, "interest").on(plan),
    }
    numbers |= {f"spend[{year}]": found.spend(year) for year in found.years}
    for measure in ("debt_service", "subsidy", "debt_stock"):
        numbers |= {f"{measure}[{year}]": amount for year, amount in debt_flows(factors, plan, measure).items()}
    numbers |= {f"spend_status[{status}]": amount for status, amount in by_status(found).items()}
    numbers["km_renewed"] = _km(found)
    numbers |= {f"km_renewed[{sector}]": _km(found, sector) for sector in sectors(case)}
    numbers["facilities_completed"] = completed(found)
    numbers |= {f"chosen[{group}]": amount for group, amount in of_groups(found).items()}
    numbers |= {f"draw[{source}]": amount for source, amount in by_source(found).items()}
    numbers |= {f"draw_partner[{partner}]": amount for partner, amount in by_partner(found).items()}
    for target in case.targets:
        numbers[f"shortfall[{target.id}]"] = plan.short.get(target.id, 0.0)
        if target.sense == "=":
            numbers[f"excess[{target.id}]"] = plan.excess.get(target.id, 0.0)
        numbers[f"reached[{target.id}]"] = reached(found, target)
    numbers |= {f"shortfall[{key}]": plan.short.get(key, 0.0) for key, rule in rules_of(factors).items()
                if rule.priority != "hard"}
    numbers |= {f"priority_{name}": cost for name, cost in priority_costs(factors, plan.short, plan.excess).items()}
    numbers |= {f"gain[{who}]": amount for who, amount in gain_of(found).items()}
    numbers |= {f"grant_element[{s}]": element_of(case, source) or 0.0
                for s, source in case.sources.items() if source.kind == "loan"}
    numbers |= {f"spread_{name}": amount for name, amount in largest_missed(factors, plan.short, plan.excess).items()}
    numbers |= works(found) | claims_on_quantities(found) | claims_on_adequacy(found) | claims_on_debt(found)
    numbers |= lender_numbers(found) | ramp_numbers(found) | after_plan_numbers(found)
    numbers |= claims_of_stretches(found, solution.renewed)
    return numbers | condition(states(found)) | claims_of(found)


def works(found: Amounts) -> dict[str, float]:
    """Numbers on the works: premiums of crews, savings of shared trenches, changes against the last plan; bn KZT."""
    numbers = {"crews_pv": crews_pv(found), "stability": stability(found),
               "changed": math.fsum(changed(found).values())}
    numbers |= {f"premiums[{year}]": premiums_of(found, year) for year in found.years}
    saved = savings(found)
    return numbers | {f"trench_savings[{year}]": math.fsum(v for (_, y), v in saved.items() if y == year)
                      for year in found.years}


def condition(made: States) -> dict[str, float]:
    """Numbers on condition: avoided risk (present value, bn KZT), assets by zone, failures, what is not supplied or
    lost, wear of networks (fraction)."""
    found = made.found
    case = found.case
    numbers = {"risk_avoided_pv": math.fsum(found.avoided.values()), "residual_pv": math.fsum(found.residual.values())}
    sector = {key: project.sector for key, project in case.projects.items()}
    units = [unit for unit in SECTORS_OF if any(UNIT_OF_SECTOR.get(name or "") == unit for name in sector.values())]
    kinds = {kind: [p for p in case.packages.values() if p.asset_type == kind] for kind in case.asset_types}
    for year in found.years:
        if made.zone_now:
            numbers |= {f"zone[{zone},{year}]": math.fsum(made.zone[asset, zone, year].plan for asset in made.zone_now)
                        for zone in reversed(ZONES)}
        if made.failures:
            numbers[f"failures[{year}]"] = math.fsum(pair.plan for (_, y), pair in made.failures.items() if y == year)
        for name, by in (("not_supplied", made.supply), ("losses", made.losses)):
            for unit in units:
                amounts_ = [pair.plan for (key, y), pair in by.items() if y == year
                            and UNIT_OF_SECTOR.get(sector[key] or "") == unit]
                if by:
                    numbers[f"{name}[{unit},{year}]"] = math.fsum(amounts_)
        numbers |= {f"wear[{kind},{year}]": worn.plan
                    for kind, packages in kinds.items() if (worn := made.wear(packages, year)) is not None}
    red = found.factors.risk.rates.red_periods()
    if red.constant > 0:
        numbers["red_share"] = red.on(found.plan)
    return numbers


def sectors(case: Case) -> tuple[str, ...]:
    """Sectors with networks in scope, in the fixed order of sectors."""
    return tuple(sector for sector in SECTORS if any(package.sector == sector for package in case.packages.values()))


def _km(found: Amounts, sector: str | None = None) -> float:
    """Km renewed by the last year, what was done before included; of one sector or of all."""
    packages = {key: p for key, p in found.case.packages.items() if sector is None or p.sector == sector}
    planned = [v for (n, _), v in found.km.items() if n in packages]
    return math.fsum([p.km_done for p in packages.values()] + planned)


def completed(found: Amounts) -> float:
    """Facilities in service by the last year that count, done before included (facility equivalents if they are
    divisible)."""
    counting = {key for key, facility in found.case.facilities.items() if facility.counts}
    done = sum(1 for key in counting if found.case.facilities[key].done is not None)
    return math.fsum([done, *(share for (key, _), share in found.plan.start.items()
                              if key in counting and key in found.ended)])


def of_groups(found: Amounts) -> dict[str, float]:
    """How many facilities of each group of choice are done, done before included (shares if they are divisible)."""
    done = {key: float(facility.done is not None) for key, facility in found.case.facilities.items()}
    return {group: math.fsum(done[key] + found.share.get(key, 0.0) for key, facility in found.case.facilities.items()
                             if group in facility.choices) for group in found.case.choices}


def by_source(found: Amounts) -> dict[str, float]:
    """Nominal draws of every source over all years, closed and unused ones too."""
    return {s: math.fsum(found.draw.get((s, y), 0.0) for y in found.years) for s in found.case.sources}


def by_partner(found: Amounts) -> dict[str, float]:
    """Nominal draws by the country the money comes from (ISO code, INT: international institutions)."""
    sums = by_source(found)
    partners = sorted({source.partner for source in found.case.sources.values()})
    return {partner: math.fsum(sums[s] for s, source in found.case.sources.items() if source.partner == partner)
            for partner in partners}


def summary(
    case: Case, factors: Factors, solution: Solution, *, findings: Sequence[Finding] = (), verified: bool = False,
    seconds: Mapping[str, float] | None = None, versions: Mapping[str, str] | None = None, status: str = "ok",
) -> dict[str, Any]:
    """The summary of a run for machines (summary.json): names are stable, numbers in bn KZT and km, ``share_done`` as a
    fraction."""
    found = amounts(case, factors, solution.plan, solution.renewed)
    numbers = claims(case, factors, solution)
    times = seconds or {}
    return {
        "case": case.name, "scenario": case.scenario, "status": status, "verified": verified,
        "objective": {
            "name": solution.objective, "value_bn_kzt": solution.value, "society_bn_kzt": numbers["society"],
            "lp_relaxation_bn_kzt": solution.lp_relaxation, "certified_bound_bn_kzt": solution.certified_bound,
            "certified_gap": solution.certified_gap, "outlays_pv_bn_kzt": numbers["outlays_pv"],
            "certified_gap_of_stake": solution.certified_gap_of_stake, "value_at_stake_bn_kzt": solution.stake,
            "proved": solution.main is not None and solution.main.proved,
            "proved_for": "all_plans" if for_all_plans(solution) else "same_shortfalls",
            "leaves": None if solution.main is None else solution.main.leaves,
            "hairs_bn_kzt": room_of(solution.main, findings),
            "gain_bn_kzt": {who: numbers[f"gain[{who}]"] for who in WHO},
        },
        "stages": [
            {"name": stage.name, "value": stage.value, "certified_bound": stage.bound,
             "linear_bound": stage.bound if stage.linear is None else stage.linear,
             "proved": stage.proved, "leaves": stage.leaves,
             "search_ended": stage.search.ended if stage.search else None,
             "branching_bound": stage.search.branching if stage.search else None,
             "gap": stage.search.gap.size if stage.search else None,
             "gap_measure": stage.search.gap.measure if stage.search else None}
            for stage in solution.stages
        ],
        "kpi": _kpi(found, numbers), "benefits_bn_kzt": benefits(found),
        "benefits_sourced": numbers.get("benefits_sourced"), "benefits_published": numbers.get("benefits_published"),
        "quantities": _quantities(case, numbers),
        "condition": _condition(numbers),
        "targets": [
            {"target": target.id, "value": target.value, "reached": numbers[f"reached[{target.id}]"],
             "shortfall": numbers[f"shortfall[{target.id}]"] + numbers.get(f"excess[{target.id}]", 0.0),
             "priority": target.priority}
            for target in case.targets
        ] + [
            {"target": key, "value": rule.asked(found.factors).on(found.plan),
             "reached": rule.reached(found.factors).on(found.plan),
             "shortfall": numbers.get(f"shortfall[{key}]", 0.0), "priority": rule.priority}
            for key, rule in rules_of(found.factors).items()
        ],
        "findings": {"checked": len(findings), "failed": [asdict(finding) for finding in findings if not finding.ok]},
        "seconds": {name: times.get(name) for name in ("read", "check", "build", "solve", "verify", "write", "total")},
        "model": {"columns": solution.size.columns, "rows": solution.size.rows, "nonzeros": solution.size.nonzeros},
        "versions": dict(versions or {}),
    }


def _kpi(found: Amounts, numbers: Mapping[str, float]) -> dict[str, Any]:
    """Key figures: facilities, km, nominal bn KZT."""
    case = found.case
    return {
        "facilities_in_scope": len(case.assets), "facilities_completed": numbers["facilities_completed"],
        "km_in_scope": math.fsum(package.km for package in case.packages.values()), "km_renewed": numbers["km_renewed"],
        "km_renewed_by_sector": {sector: numbers[f"km_renewed[{sector}]"] for sector in sectors(case)},
        "spend_bn_kzt": math.fsum(found.outlay.values()),
        "spend_by_year": {str(year): found.spend(year) for year in found.years},
        "draw_by_source_bn_kzt": by_source(found), "draw_by_partner_bn_kzt": by_partner(found),
    }


def _quantities(case: Case, numbers: Mapping[str, float]) -> list[dict[str, Any]]:
    """Each quantity by year in its unit, and its present value (null where it has no value)."""
    return [
        {"quantity": key, "unit": q.unit, "kind": q.kind, "pv_bn_kzt": numbers[f"quantity_pv[{key}]"] if q.valued
         else None, "by_year": {str(y): value for y in range(case.settings.plan_from, case.settings.last_year + 2)
                                if (value := numbers.get(f"quantity[{key},{y}]")) is not None}}
        for key, q in case.quantities.items()
    ]


def _condition(numbers: Mapping[str, float]) -> dict[str, float]:
    """Works and condition as they are claimed: names are those of the claims."""
    names = ("crews_pv", "stability", "changed", "risk_avoided_pv", "red_share", "premiums", "trench_savings", "zone",
             "failures", "not_supplied",
             "losses", "wear")
    return {key: value for key, value in numbers.items() if key.partition("[")[0] in names}
