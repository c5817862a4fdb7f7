"""Two implementations of docs/numbers.md, by different hands, agree on every number of random small cases; and every
feature occurred."""

from collections import Counter

import pytest

from jaryq.api.findings import all_claims, verify
from jaryq.api.question import program_of, question
from jaryq.api.verified import settled
from jaryq.base.errors import Infeasible
from jaryq.case.scope import derives
from jaryq.factors.derive import derive
from jaryq.solve.run import solve
from jaryq.verify.finding import failed
from jaryq.verify.recompute import recompute
from tests.properties.mirror_adequacy import FEATURES, used_of_adequacy
from tests.properties.mirror_cases import mirror_case
from tests.properties.mirror_shares import SHARES, used_of_shares
from tests.properties.mirror_wishes import WISHES, used_of_wishes

SEEDS = range(200)

EXPECTED = {
    "payments 1", "payments 2", "payments 4", "payments 12", "draws start", "draws mid", "draws end", "clock cohort",
    "clock loan", "equal_principal", "annuity", "bullet", "shares",
    "interest paid", "interest capitalised", "loan in KZT", "loan in JPY", "loan at home", "loan from abroad",
    "at_grace_end", "one_period_after",
    "repaid by budget", "repaid by utility", "repaid by consumers", "rate_index", "subsidy", "commitment_fee",
    "front_end", "guarantee_fee", "premium", "down_payment",
    "draws_to", "tied_share", "short at priority 1", "short at priority 2", "short at priority 3",
    "short at priority price", "resolution year", "resolution quarter",
    "timing mid", "timing start", "timing end", "basis real", "basis nominal", "objective purse",
    "objective least_cost", "objective most_benefit",
    "objective earliest_finish", "whole", "divisible", "variant", "condition", "stated benefit", "no cost", "income",
    "short life", "after the plan",
    "30/360", "act/360", "act/365", "floor", "late finish", "any variant", "repair", "replace", "replaced by rate",
    "replaced by score", "replaced by age", "year ends",
    "spread 1", "spread 2", "spread 3", "valued level", "valued flow", "valued once", "valued with an index",
    "valued in a season", "valued by region", "takes away",
    "losses with a value", "not_supplied with a value", "failures with a value", "bursts with a value",
    *(f"quantity of priority {priority}" for priority in ("1", "2", "3", "price")),
    "pace", "effective_months", "must_draw", "ramp of a source", "ramp of a kind", "missed fall", "ticket",
    "projects_most", "signed_most", "lot of facilities", "lot with km", "lot of km",
    "contract", "paid before", "waits for an end", "waits for a begin", "a lag", "an overlap", "both in one period",
    "a variant in between", "a variant that waits", "only with",
    "km only with", "a group at its least", "a group at its most", *FEATURES, *SHARES, *WISHES,
}
"""What has to be used by plans, each at least five times."""


def disagreements(seed):
    """The case of a seed, its solution (None where no plan exists) and what the independent check finds wrong in it."""
    case = mirror_case(seed)
    factors = derive(case)
    program = program_of(factors)
    try:
        solution = settled(solve(question(factors, program), program), factors, program)
    except Infeasible:
        return case, None, []
    findings = verify(factors, solution, all_claims(case, factors, solution), program)
    return case, solution, [(f.check, f.place, f.claimed, f.recomputed) for f in failed(findings)]


def used(case, solution):
    """The features that a plan uses: loans that are drawn, with their terms; rows and projects that decide
    something."""
    plan, found = solution.plan, set()
    loans = {s for (s, _, _), amount in plan.draw.items() if amount > 1e-6} | {s for (s, _), amount in plan.line.items()
        if amount > 1e-6}
    for loan in (case.sources[s] for s in loans if case.sources[s].kind == "loan"):
        if loan.rate_index and any(case.references[loan.rate_index].rates.get(y, 0.0) + loan.margin < loan.rate_floor
                                   for y in case.settings.years):
            found.add("floor")
        found |= {loan.day_count, f"payments {loan.payments}", f"draws {loan.draw_timing}", f"clock {loan.clock}",
                  loan.repayment, f"interest {loan.interest_in_grace}",
                  f"loan in {loan.currency}", "loan at home" if not loan.foreign else "loan from abroad",
                  loan.first_repayment, f"repaid by {loan.who_repays}"}
        for name in ("rate_index", "subsidy", "commitment_fee", "front_end", "guarantee_fee", "premium", "down_payment",
                     "draws_to", "tied_share"):
            if getattr(loan, name):
                found.add(name)
    found |= _of_lenders(case, plan) | _of_order(case, plan)
    for target in case.targets:
        found.add(f"{target.measure} of priority {target.priority}")
        if plan.short.get(target.id, 0.0) > 1e-6:
            found.add(f"short at priority {target.priority}")
    settings = case.settings
    found |= {f"resolution {settings.resolution}", f"timing {settings.discount_timing}",
              f"basis {settings.discount_basis}", f"objective {settings.objective}",
              "whole" if settings.whole else "divisible"}
    starts = {f: t for (f, t), share in plan.start.items() if share > 1e-6}
    for f, _ in starts.items():
        one = case.facilities[f]
        found |= {name for name, there in (("variant", one.option_of), ("condition", one.condition),
                                           ("stated benefit", one.benefit is not None), ("no cost", not one.overnight),
                                           ("income", one.spend is not None), ("short life", one.life < 5),
                                           ("late finish", solution and _late(case, one, starts[f])),
                                           ("any variant", one.must_any), ("after the plan", one.unfinished)) if there}
        if one.condition is not None:
            found |= {one.condition.after_failure, f"replaced by {one.condition.replace_when}"}
    found |= _quantities_used(case, {*starts, *(n for (n, _), amount in plan.renew.items() if amount > 1e-6)})
    if case.currencies and case.currencies["JPY"].year_ends:
        found.add("year ends")
    found |= {f"spread {stage.name[-1]}" for stage in solution.stages if stage.name.startswith("spread")}
    found |= used_of_wishes(case, set(starts), {n for (n, _), amount in plan.renew.items() if amount > 1e-6})
    return found | used_of_shares(case, plan.draw) | used_of_adequacy(case, solution)


def _quantities_used(case, done):
    """What works of a plan change of quantities, and how these are valued."""
    found = set()
    for q in case.quantities.values():
        here = [p for p in done if q.id in case.project(p).quantities]
        if here and q.valued:
            found |= {f"valued {q.kind}", *(["valued with an index"] if q.index else []),
                      *(["valued in a season"] if len(q.season) < 12 else [])}
            found |= {"valued by region" for p in here if q.by_region.get(case.project(p).region)}
        if q.derived and any(derives(q, case.project(p)) for p in done):
            found |= {f"{q.derived} {'with' if q.valued else 'without'} a value"}
        found |= {"takes away" for p in here if case.project(p).quantities[q.id] < 0}
    return found


def _of_lenders(case, plan):
    """Conditions of lenders that are drawn, of kinds that are renewed, of lots that are taken."""
    drawn = {s for (s, _, _), amount in plan.draw.items() if amount > 1e-6}
    lenders = [case.sources[s] for s in sorted(drawn)]
    found = {name for lender in lenders for name in ("pace", "effective_months", "must_draw", "ticket", "projects_most")
             if getattr(lender, name)}
    renewed = {n for (n, _), km in plan.renew.items() if km > 1e-6}
    started = {f for (f, _), share in plan.start.items() if share > 1e-6}
    lots = [case.facilities[f].lot for f in started if case.facilities[f].lot]
    there = {"ramp of a source": any(one.ramp for one in lenders),
             "ramp of a kind": any(case.asset_types[case.packages[n].asset_type].ramp for n in renewed),
             "missed fall": any(key.startswith("ramp_down") and short > 1e-6 for key, short in plan.short.items()),
             "lot of facilities": len(lots) > len(set(lots)),
             "signed_most": any(one.group and case.groups[one.group].signed_most for one in lenders),
             "lot with km": any(case.packages[n].lot in lots for n in renewed),
             "lot of km": any(case.packages[n].lot and not any(f.lot for f in case.facilities.values())
                              for n in renewed), "contract": any(case.packages[n].committed for n in renewed),
             "paid before": any(row.source in drawn for row in case.paid)}
    return found | {name for name, holds in there.items() if holds}


def _of_order(case, plan):
    """What waits for what in a plan, and where; company; groups at one of their limits."""
    starts = {f: t for (f, t), share in plan.start.items() if share > 1e-6}
    links = [(link, meant) for link in case.links if link.project in starts for meant in case.meets(link.after)
             if meant in starts]
    same = {(link.project, meant) for link, meant in links if starts[link.project] == starts[meant]}
    tied = {link.project: link for link, meant in links if link.lag > -12}
    numbers = {key: sum(share for (f, _), share in plan.start.items() if key in case.facilities[f].choices)
               for key in case.choices}
    there = {"waits for an end": any(link.from_end for link, _ in links),
             "waits for a begin": any(not link.from_end for link, _ in links),
             "a lag": any(link.lag > 0 for link, _ in links), "an overlap": any(link.lag < 0 for link, _ in links),
             "both in one period": bool(same),
             "a variant in between": any(len(case.meets(link.after)) > 1 and meant in tied for link, meant in links),
             "a variant that waits": any(case.facilities[link.project].option_of for link, _ in links),
             "only with": any(case.facilities[f].only_with for f in starts),
             "km only with": any(case.packages[n].only_with for (n, _), km in plan.renew.items() if km > 1e-6),
             "a group at its least": any(numbers[key] == pytest.approx(group.at_least)
                                         for key, group in case.choices.items() if group.at_least),
             "a group at its most": any(numbers[key] == pytest.approx(group.at_most)
                                        for key, group in case.choices.items() if group.at_most)}
    return {name for name, holds in there.items() if holds}


def _late(case, facility, label):
    """Whether it starts after its earliest year, with savings that are then credited."""
    return facility.benefit is None and facility.savings > 0 and int(label[:4]) > facility.earliest


def test_both_sides_agree_on_every_claim_of_200_cases():
    """Each case is planned and the plan is verified: claims, limits and certificates. Every feature is used by the
    plans of at least five of them."""
    wrong, seen, without = {}, Counter(), 0
    for seed in SEEDS:
        case, solution, apart = disagreements(seed)
        if solution is None:
            without += 1
            continue
        seen.update(used(case, solution))
        totals = recompute(case, solution.plan)[0]
        home = totals.gains["state"] + totals.gains["users"]
        if home + totals.gains["lenders"] != pytest.approx(totals.society, rel=1e-9, abs=1e-9):
            apart = [*apart, ("gains", "society", home + totals.gains["lenders"], totals.society)]
        if apart:
            wrong[seed] = apart
    assert wrong == {}
    assert without <= 10
    assert {feature: seen[feature] for feature in EXPECTED if seen[feature] < 5} == {}
