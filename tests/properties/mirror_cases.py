"""Random small cases in which everything that has two implementations occurs: loans of every kind, years that end
badly, variants, condition, shortages."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from typing import Any

from jaryq.case.case import (
    AssetType,
    Case,
    Currency,
    Facility,
    Package,
    PriceIndex,
    Quantity,
    Ramp,
    ReferenceRate,
    Rule,
    Source,
    SourceGroup,
    Target,
    Tariff,
)
from jaryq.case.works import Choice, Condition, Link, Paid, months_between
from tests.cases import bursts, condition, facility, keyed, named, package, quantity, rule, source, target
from tests.make import bare_case
from tests.properties.mirror_adequacy import with_adequacy
from tests.properties.mirror_shares import with_shares
from tests.properties.mirror_wishes import with_wishes

YEARS = (2026, 2027, 2028)


class Chance(random.Random):
    """Draws of one seed."""

    def often(self, share: float) -> bool:
        return self.random() < share

    def number(self, low: float, high: float, digits: int = 2) -> float:
        return round(self.uniform(low, high), digits)


def mirror_case(seed: int) -> Case:
    """Two to four facilities, up to two packages, three to six sources, up to five targets, over three years (some of
    four quarters)."""
    chance = Chance(seed)
    facilities, packages = _facilities(chance), _packages(chance)
    sources = _sources(chance)
    foreign = chance.often(0.6)
    inflation = chance.choice((0.0, 0.06, 0.12))
    more: dict[str, Any] = {}
    if chance.often(0.25):
        more["groups"] = keyed(SourceGroup(**named("G"), max_share=chance.choice((None, 0.7)),
                                           envelope=chance.choice((None, 9.0))))
        sources = [_with(s, group="G") if s.kind == "loan" and s.draws_to is None else s for s in sources]
    if chance.often(0.25):
        more["tariffs"] = (Tariff("R1", "heat", chance.number(3, 9), chance.choice((None, 2.0)), "test"),)
    of_quantities = Chance(f"quantities of {seed}")
    if of_quantities.often(0.5):
        facilities, packages, more["quantities"] = _with_quantities(of_quantities, facilities, packages)
    of_lenders = Chance(f"lenders of {seed}")
    if of_lenders.often(0.5):
        facilities, packages = _in_lots(of_lenders, facilities, packages)
        sources = [_lender(of_lenders, s) for s in sources]
        more["paid"] = _paid(of_lenders, sources)
        if "groups" in more and of_lenders.often(0.5):
            more["groups"] = {"G": _with(more["groups"]["G"], signed_most=1 + sum(_signed(s) for s in sources))}
    of_order = Chance(f"order of {seed}")
    if of_order.often(0.6):
        facilities, packages, found = in_order(of_order, facilities, packages)
        more |= found
    facilities = _after_plan(Chance(f"contracts of {seed}"), facilities, {
        key for link in more.get("sequence", ()) for key in (link.project, link.after)})
    levels = {2025: 1.0, **{y: (1 + inflation) ** (y - 2025) * chance.number(0.97, 1.03, 3) for y in YEARS}}
    return with_shares(seed, with_wishes(seed, with_adequacy(seed, bare_case(
        name=f"mirror{seed}", first_year=2026, plan_from=2026, last_year=2028, price_year=2026,
        evaluation_last_year=chance.choice((2030, 2034, 2040)),
        resolution="quarter" if chance.often(0.12) else "year", discount_rate=chance.choice((0.0, 0.05, 0.1)),
        discount_basis=chance.choice(("real", "nominal")),
        discount_timing=chance.choice(("mid", "mid", "start", "end")),
        objective=chance.choice(("purse", "purse", "purse", "least_cost", "most_benefit", "earliest_finish")),
        whole=chance.often(0.6), benefit_is_net=chance.often(0.2), red_zone_first=chance.often(0.1),
        tie_break=chance.often(0.5),
        tariff_mode=chance.choice(("pass_through", "rab")),
        asset_types=_ramped(of_lenders, _kinds(chance)),
        facilities=keyed(*facilities), packages=keyed(*packages), sources=keyed(*sources),
        rules=_rules(facilities, packages, sources, chance, more),
        currencies=keyed(_yen(chance)) if foreign or any(s.currency == "JPY" for s in sources) else {},
        indices=keyed(PriceIndex(**named("general"), levels=levels, long_run=inflation),
                      PriceIndex(**named("energy"), levels={2025: 1.0, 2026: 1.05}, long_run=0.08),
                      PriceIndex(**named("abroad"), levels={2025: 1.0, 2026: 1.02}, long_run=0.02)),
        references=keyed(ReferenceRate(**named("REF"), rates={2026: chance.number(-0.05, 0.05, 3), 2027: 0.01,
        2028: -0.03}, long_run=chance.choice((-0.02, 0.03)))),
        targets=(*_targets(chance, facilities, packages), *_targets_of(of_quantities, more.get("quantities", {}))),
        **more,
    ))))


def _with(record: Any, **changes: Any) -> Any:
    return replace(record, **changes)


def _kinds(chance: Chance) -> dict[str, AssetType]:
    return keyed(
        AssetType(**named("plant"), sector="heat", life=20.0, content={"JP": chance.choice((0.2, 0.5))},
                  import_share=chance.choice((0.0, 0.3)), import_currency=None),
        AssetType(**named("pipe"), sector="heat", life=20.0, content={"JP": 0.3}),
    )


def _yen(chance: Chance) -> Currency:
    rates = {2025: 3.9, 2026: 4.0, 2027: chance.number(3.8, 5.0), 2028: chance.number(3.8, 5.5)}
    ends = chance.choice(({}, {2026: 4.2, 2028: chance.number(3.8, 5.5)}))
    return Currency(**named("JPY"), rates=rates, year_ends=ends, foreign_prices=chance.choice((None, "abroad")))


def _condition(chance: Chance) -> Condition:
    return condition(pof_k=chance.choice((0.000454, 0.01)), life=chance.choice((20.0, 40.0)),
                     year_built=chance.choice((1970, 1995, 2015)), consequence=chance.number(0.1, 20),
                     observed=chance.choice((1.0, 1.3, 0.9)), least=chance.choice((0.5, 6.5)),
                     lost=chance.choice((None, 2.0)), lost_value=0.3,
                     replaced=chance.choice((None, None, None, 2031, 2027)),
                     after_failure=chance.choice(("repair", "replace")), replacement=chance.number(0, 3),
                     replace_when=chance.choice(("rate", "score", "age")),
                     replace_at=chance.choice((0.2, 7.0, 10.0, 50.0)))


def _facilities(chance: Chance) -> list[Facility]:
    found = []
    for i in range(chance.randint(2, 3)):
        stated = chance.often(0.15)
        money: dict[str, Any] = {"savings": chance.number(0, 2.5)}
        if chance.often(0.2):
            money = {"benefit": chance.number(0, 15)}
        spend = {2026: chance.number(1, 3), 2027: chance.choice((-1.0, 2.0))} if stated else None
        if not stated:
            money["earliest"] = chance.choice((2026, 2026, 2027))
        found.append(facility(
            f"F{i}", cost=0.0 if chance.often(0.1) else chance.number(1, 8), spend=spend, income_to="O" if stated
            else None,
            works_months=chance.choice((6.0, 12.0, 12.0, 20.0)), procurement_months=chance.choice((0.0, 0.0, 4.0)),
            must=chance.often(0.15), must_any=chance.often(0.15),
            life=chance.choice((2.0, 3.0, 20.0)), condition=_condition(chance) if chance.often(0.5) else None, **money))
    if chance.often(0.5):
        own = found[0]
        if own.spend is None:
            found.append(facility("F0b", option_of="F0", cost=chance.number(0.5, 6), savings=chance.number(0, 2),
                                  life=chance.choice((3.0, 20.0)),
                                  condition=_condition(chance) if chance.often(0.5) else None,
                                  must_any=chance.often(0.2)))
    if chance.often(0.2) and len(found) > 2 and found[1].spend is None and not found[1].must:
        found[1] = _with(found[1], after=("F0",))
    return found


def _after_plan(chance: Chance, facilities: list[Facility], linked: set[str]) -> list[Facility]:
    """A contract that spends after the last year too, in some: committed, or started a year before; one whose order
    leaves it be."""
    alone = [f for f in facilities if f.spend is None and f.started is None and f.earliest == 2026 and f.lot is None
             and f.asset not in linked and not f.choices]
    free = [facilities.index(f) for f in alone if not any(o.must and o.asset == f.asset for o in facilities
                                                          if o is not f)]
    if not free or not chance.often(0.3):
        return facilities
    at, last = chance.choice(free), chance.choice((2029, 2030))
    begun = facilities[at].option_of is None and chance.often(0.3)
    spend = {2026: chance.number(0.05, 0.3), 2028: chance.choice((0.0, 0.2)), 2029: 0.7, last: chance.number(0.5, 9)}
    late = _with(facilities[at], cost=0.0, spend=spend, must=True, must_any=False, latest=last, unfinished=True,
                 committed=not begun, started=12.0 if begun else None)
    return [*facilities[:at], late, *facilities[at + 1:]]


def _packages(chance: Chance) -> list[Package]:
    return [package(f"N{i}", km=chance.choice((40.0, 60.0)), unit_cost=chance.number(0.05, 0.2),
                    savings=chance.number(0, 0.02, 3), life=chance.choice((2.0, 20.0)),
                    km_per_year=chance.choice((None, 25.0)), done={2025: 5.0} if chance.often(0.3) else {},
                    wear=chance.choice((None, 0.5)),
                    bursts=bursts(consequence=0.01, growth=0.05, replace_at=chance.choice((math.inf, 1.3)))
                    if chance.often(0.4) else None, losses=chance.choice((None, 0.2)),
                    losses_after=chance.choice((None, 0.1)))
            for i in range(chance.choice((0, 1, 2, 2)))]


def _quantity(chance: Chance, key: str, **more: Any) -> Quantity:
    """With or without a value, by region and year, with an index; a flow in any season."""
    by_region = chance.choice(({}, {}, {"R1": {2027: 5e8}}, {None: {2026: 2e8, 2028: 1e8}},
                               {"R1": {2026: 3e8}, None: {2026: 1e8}}))
    value = chance.choice((None, None, 1e8, 2e8, -5e7)) if not by_region or min(min(row)
        for row in by_region.values()) <= 2026 else 1e8
    return quantity(key, value=value, by_region=by_region, index=chance.choice((None, "energy")),
                    data_status=chance.choice(("reported", "estimate")),
                    statuses=dict.fromkeys(by_region, "derived"), **more)


def _with_quantities(chance: Chance, facilities: list[Facility], packages: list[Package]) -> tuple[list[Facility],
        list[Package], dict[str, Quantity]]:
    """A level, a flow and one that comes once, some by the condition besides; coefficients of either sign, of variants
    and of what is done."""
    rows = [_quantity(chance, "mw", unit="MW"), _quantity(chance, "once", unit="t", kind="once")]
    derived = chance.choice((None, "losses", "not_supplied", "not_supplied", "failures", "bursts", "bursts"))
    unit = {"failures": "failures", "bursts": "bursts"}.get(derived, "Gcal")
    season = chance.choice((months_between(None, None), months_between(11, 3), months_between(5, 6)))
    rows.append(_quantity(chance, "flow", unit=unit, kind="flow", derived=derived, season=season))

    def of(project: Any, size: float) -> Any:
        coefficients = {q.id: chance.number(-0.3, 1.5) * size for q in rows if chance.often(0.6)}
        return _with(project, quantities=coefficients, region=chance.choice(("R1", "R1", "R2", None)))

    return [of(f, 5.0) for f in facilities], [of(n, 0.1) for n in packages], keyed(*rows)


def _targets_of(chance: Chance, quantities: dict[str, Quantity]) -> list[Target]:
    """Some of: a level, a flow over years (also the one after the last), what came once, of all projects or some."""
    if not quantities:
        return []
    rows = [
        target("QL", "quantity", chance.number(1, 8), chance.choice((2027, 2028)),
               sense=chance.choice((">=", "<=", "=")), quantity="mw", unit="MW"),
        target("QF", "quantity", chance.number(2, 15), chance.choice((2028, 2029)), year_first=2027, quantity="flow",
               unit=quantities["flow"].unit,
               filter=chance.choice(({}, {"project": "F0"}, {"kind": "network"}))),
        target("QO", "quantity", chance.number(1, 6), 2028, quantity="once", unit="t",
               sense=chance.choice((">=", "<=")), filter=chance.choice(({}, {"region": "R1"}))),
    ]
    return [_with(row, priority=chance.choice(("1", "2", "3", "price")), price=0.3)
            for row in chance.sample(rows, chance.randint(0, 2))]


def _in_lots(chance: Chance, facilities: list[Facility], packages: list[Package]) -> tuple[list[Facility],
        list[Package]]:
    """Lots of two facilities, of one with km, of km alone; km under contract, and facilities that must be done as
    such."""
    pair = facilities[:2]
    both = all(f.spend is None for f in pair) or all(f.earliest == 2026 for f in pair)
    chosen = chance.choice(({f.id for f in pair} if both else set(), {pair[0].id}, set()))
    facilities = [_with(f, lot="X") if f.id in chosen else f for f in facilities]
    facilities = [_with(f, committed=True) if f.must and chance.often(0.6) else f for f in facilities]
    found = []
    for n in packages:
        if chance.often(0.5):
            n = _with(n, lot="X", lot_km=chance.choice((None, 10.0, 25.0)))
        if chance.often(0.4):
            n = _with(n, committed=chance.choice(({2026: 5.0}, {2027: 12.0}, {2026: 4.0, 2028: 6.0})))
        if chance.often(0.3):
            n = _with(n, done={2024: 2.0, 2025: 13.0})
        found.append(n)
    return facilities, found


def in_order(chance: Chance, facilities: list[Facility], packages: list[Package]) -> tuple[list[Facility],
        list[Package], dict[str, Any]]:
    """One or two facilities more, some works of a few months; links of later facilities to earlier ones or to one
    variant, company, a group of choice. What must be done waits for nothing and needs no company, but for the first
    facility if that must be done too."""
    more = [facility(f"G{i}", cost=chance.number(0.5, 3), works_months=chance.choice((2.0, 3.0, 4.0, 5.0)),
                     procurement_months=chance.choice((0.0, 0.0, 3.0)), savings=chance.number(0.3, 2))
            for i in range(chance.choice((1, 2, 2)))]
    if chance.often(0.4):
        more.append(facility("G0b", option_of="G0", cost=chance.number(0.5, 2),
                             works_months=chance.choice((1.0, 7.0, 12.0)), savings=chance.number(0.3, 3)))
    all_ = [_with(f, works_months=chance.choice((3.0, 4.0, 5.0, 6.0))) if f.spend is None and chance.often(0.5) else f
            for f in facilities] + more
    chain = {("G1", "G0"), ("G0", "F0"), ("G0b", "F0")} if chance.often(0.4) else set()
    assets, bound = sorted({f.asset for f in all_}), {f.asset for f in all_ if f.must or f.must_any}

    def free(f: Facility, other: str) -> bool:
        return f.asset not in bound or (other == "F0" and "F0" in bound)

    found, links = [], {}
    for f in all_:
        earlier = [g.id for g in all_ if assets.index(g.asset) < assets.index(f.asset) and free(f, g.id)]
        for other in sorted({*chance.sample(earlier, min(len(earlier), chance.choice((0, 1, 1, 2)))),
                             *(q for p, q in chain if p == f.id)}):
            links[f.id, other] = Link(f.id, other, chance.often(0.7),
                                      float(chance.choice((-14, -6, -2, 0, 0, 0, 1, 3, 12) if f.asset not in bound
                                                          else (-14, -6))))
        company = [g.id for g in all_ if g.asset != f.asset and free(f, g.id)]
        found.append(_with(f, only_with=(chance.choice(company),)) if company and chance.often(0.25) else f)
    order: dict[str, Any] = {"sequence": tuple(links[pair] for pair in sorted(links))}
    if chance.often(0.5):
        members = {f.id for f in chance.sample(found, chance.randint(2, len(found)))}
        least, most = chance.choice(((None, 1), (None, 2), (1, None), (1, 2), (2, None)))
        there = {f.asset for f in found if f.id in members}
        order["choices"] = keyed(Choice(**named("C"), at_least=least and min(least, len(there)), at_most=most
                                        and max(most, len(there & bound))))
        found = [_with(f, choices=("C",)) if f.id in members else f for f in found]
    return found, [_with(n, only_with=("F0",)) if chance.often(0.3) and not n.committed else n for n in packages], order


def _ramped(chance: Chance, kinds: dict[str, AssetType]) -> dict[str, AssetType]:
    return {**kinds, "pipe": _with(kinds["pipe"], ramp=_ramp(chance, 8.0))} if chance.often(0.25) else kinds


def _ramp(chance: Chance, least: float) -> Ramp:
    up, down = chance.choice(((0.25, None), (None, 0.1), (0.5, 0.3), (0.0, 0.0)))
    return Ramp(up, down, chance.number(0.05 * least, 0.6 * least), chance.choice(("1", "2", "3")))


def _signed(lender: Source) -> bool:
    return lender.group == "G" and lender.kind == "loan" and 0 < lender.signing_year < 2026


def _lender(chance: Chance, lender: Source) -> Source:
    """Pace and effectiveness, a ramp, a ticket, a number of projects, an amount that must be drawn: each for some."""
    if lender.id == "U":
        return lender
    unit = 0.25 if lender.currency == "JPY" else 1.0
    terms: dict[str, Any] = {}
    if lender.envelope is not None and chance.often(0.5):
        terms["pace"] = chance.choice(((0.5, 0.5), (0.2, 0.3, 0.5), (1.0,), (0.1, 0.6, 0.3)))
    if chance.often(0.25):
        terms["effective_months"] = chance.choice((3.0, 7.0, 12.0, 18.0))
    if chance.often(0.3):
        terms["ramp"] = _ramp(chance, 2.0 * unit)
    if lender.draws_to is None and chance.often(0.35):
        terms["ticket"] = round(chance.number(0.5, 3.0) * unit, 3)
    if lender.draws_to is None and chance.often(0.25):
        terms["projects_most"] = chance.choice((1, 2))
    if lender.kind == "loan" and lender.signing_year != 2024 and chance.often(0.25):
        terms["must_draw"] = True
    return _with(lender, **terms)


def _paid(chance: Chance, sources: list[Source]) -> tuple[Paid, ...]:
    """What some sources paid in the years before, for what goes on or is planned."""
    payers = [s for s in sources if s.kind in ("budget", "own") or 0 < s.signing_year < 2026]
    return tuple(Paid(chance.choice(("F0", "F1")), s.id, chance.choice((2024, 2025, 2025)) if s.currency == "KZT"
                      else 2025, chance.number(0.3, 4.0)) for s in payers if chance.often(0.4))


def _loan(chance: Chance, key: str, **more: Any) -> Source:
    """Terms of any kind."""
    m = chance.choice((1, 2, 4, 12))
    repayment = chance.choice(("equal_principal", "annuity", "bullet"))
    grace, tenor = float(chance.choice((0, 1, 2))), float(chance.choice((4, 6, 9)))
    terms: dict[str, Any] = {
        "payments": m, "repayment": repayment, "grace": grace, "tenor": tenor, "rate": chance.choice((0.0, 0.02, 0.12)),
        "draw_timing": chance.choice(("start", "mid", "end")),
        "clock": chance.choice(("cohort", "loan")), "first_repayment": chance.choice(("at_grace_end",
        "one_period_after")),
        "interest_in_grace": chance.choice(("paid", "capitalised")), "currency": chance.choice(("KZT", "JPY")),
        "partner": chance.choice(("JP", "KZ")),
        "day_count": chance.choice(("30/360", "act/360", "act/365")),
        "who_repays": chance.choice(("budget", "utility", "consumers")),
    }
    if chance.often(0.4):
        terms |= {"rate": 0.0, "rate_index": "REF", "margin": chance.choice((0.0, 0.01)),
                  "rate_floor": chance.choice((0.0, 0.0, -0.01, 0.02))}
    if chance.often(0.3):
        terms |= {"subsidy": chance.choice((0.01, 0.2)), "subsidy_years": chance.choice((1.5, 3.0))}
    if chance.often(0.4):
        terms |= {"commitment_fee": 0.02, "commitment_free": chance.choice((0.0, 7.0)),
                  "front_end": chance.choice((0.0, 0.01))}
    if chance.often(0.2):
        terms |= {"guarantee_fee": 0.005, "premium": chance.choice((0.0, 0.03))}
    if chance.often(0.3):
        terms["signing_year"] = chance.choice((2024, 2026))
        terms["clock"] = "loan"
        terms["signed"] = 6.0
    scale = 4.0 if terms["currency"] == "JPY" else 1.0
    if chance.often(0.15):
        # one share for each payment from the first principal on
        first = max(1, round(m * grace) + (1 if terms["first_repayment"] == "one_period_after" else 0))
        terms |= {"repayment": "shares", "shares": tuple(float(chance.randint(1, 5))
                                                         for _ in range(round(m * tenor) - first + 1))}
    terms["envelope"] = round(chance.number(3, 12) / scale, 3)
    terms["carry_over"] = "loan"
    if chance.often(0.4):
        terms["ceilings"] = {y: round(chance.number(1, 6) / scale, 3) for y in YEARS}
    return source(key, kind="loan", **{**terms, **more})


def _sources(chance: Chance) -> list[Source]:
    found = [
        source("B", draw_timing=chance.choice(("mid", "start", "end")),
               ceilings={y: chance.number(0.5, 6) for y in YEARS},
               carry_over=chance.choice(("none", "one_year", "fund")), keep=chance.choice((0.5, 1.0))),
        source("O", kind="own", draw_timing=chance.choice(("mid", "end")),
               ceilings={y: chance.number(0.0, 3) for y in YEARS}, carry_over="fund",
               interest=chance.choice((0.0, 0.05))),
        source("U", kind="own"),
        _loan(chance, "L"),
    ]
    if chance.often(0.5):
        found.append(_loan(chance, "J", partner="JP", tied_share=chance.choice((0.0, 0.5, 1.0)),
                           tied_over=chance.choice(("project", "product")),
                           down_payment=chance.choice((None, 0.15)), local_cost=chance.choice((0.0, 0.5))))
    if chance.often(0.3):
        found.append(source("T", kind="grant", partner="US", ceilings={2026: 1.0, 2027: 1.0}, max_share=0.5))
    if chance.often(0.2):
        found.append(_loan(chance, "K", draws_to="O", currency="KZT", envelope=3.0, service_from=None))
    return found


def _rules(facilities: list[Facility], packages: list[Package], sources: list[Source], chance: Chance,
           order: dict[str, Any]) -> tuple[Rule, ...]:
    """U, which has no limit, pays for what must be done alone, so that every case has a plan; where there are links or
    groups for all facilities that may have to be."""
    wanted = any(group.at_least for group in order.get("choices", {}).values())
    if wanted or (order.get("sequence") and any(f.must or f.must_any for f in facilities)):
        return tuple(rule("U", project=f.id) for f in facilities) + tuple(rule("U", project=n.id) for n in packages
            if n.committed or n.lot)
    assets = {f.asset for f in facilities if f.must or f.must_any}
    lots = {f.lot for f in facilities if f.asset in assets} - {None}
    musts = [f for f in facilities if f.asset in assets or f.lot in lots] + [n for n in packages if n.committed
        or n.lot in lots]
    rules = [rule("U", project=one.id) for one in musts] or [rule("U", allowed=False)]
    if any(s.id == "L" for s in sources) and chance.often(0.2):
        rules.append(rule("L", allowed=False, project=facilities[0].id))
    return tuple(rules)


def _targets(chance: Chance, facilities: list[Facility], packages: list[Package]) -> list[Target]:
    rows = [target(f"K{n.id}", "km", chance.choice((30.0, 40.0)), chance.choice((2027, 2028)),
                   priority=chance.choice(("1", "2")), filter={"project": n.id}) for n in packages]
    rows.append(target("C", "facilities", float(chance.randint(1, 3)), 2028,
                       priority=chance.choice(("1", "2", "3", "price")), price=0.5,
                       sense=chance.choice((">=", ">=", "="))))
    if chance.often(0.5):
        rows.append(target("C0", chance.choice(("facilities", "share_done")), 1.0, 2028,
                           priority=chance.choice(("1", "2")), filter={"project": chance.choice(("F0", "F0b", "F*"))}))
    extra = [
        target("S", "share_done", chance.choice((0.5, 0.8)), 2028, priority=chance.choice(("2", "3"))),
        target("D", "debt_service", chance.number(0.5, 2), 2030, year_first=2027, sense="<=", priority="3"),
        target("X", "debt_stock", chance.number(1, 4), 2028, sense="<=", priority=chance.choice(("2", "3"))),
        target("Y", "subsidy", 0.05, 2029, year_first=2026, sense="<=", priority="price", price=0.5),
        target("Q", "foreign_share", 0.4, 2028, sense="<=", priority="3", scale=2.0),
        target("W", "wear", 0.5, 2028, sense="<=", priority="3"),
        target("R", "failures", 1.0, 2028, year_first=2026, sense="<=", priority="3"),
        target("P", "spend", chance.number(6, 12), 2027, year_first=2026, sense=chance.choice(("<=", "=")),
               priority=chance.choice(("2", "price")), price=0.1),
    ]
    return rows + chance.sample(extra, chance.randint(0, 2))
