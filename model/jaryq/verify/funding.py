"""Who pays: draws and lines added up; the checks of draws, lines, shares and tied money (docs/numbers.md, Money, Funds
and lines)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import fsum

from jaryq.base.home import BILLION, HOME_CURRENCY
from jaryq.case.case import Case, Facility, Package, Rule, Source
from jaryq.case.plan import Plan
from jaryq.verify.finding import Ledger
from jaryq.verify.loans import has_tenor
from jaryq.verify.prices import Prices
from jaryq.verify.works import kind_of

At = dict[tuple[str, int], float]


@dataclass(frozen=True)
class Funding:
    """Draws added up, nominal bn KZT; outlay and income by (project, year) as recomputed.

    ``by_source_year`` are draws on projects, ``line`` those into funds, ``used`` both. ``fed``: income that raises a
    source's ceiling, bn of its currency.
    """

    case: Case
    plan: Plan
    prices: Prices
    outlay: At
    income: At
    by_source_project: dict[tuple[str, str], float]
    by_source_year: At
    by_project_year: At
    line: At
    used: At
    fed: At

    @staticmethod
    def of(case: Case, plan: Plan, prices: Prices, outlay: At, income: At) -> Funding:
        sp: dict[tuple[str, str], list[float]] = defaultdict(list)
        sy: dict[tuple[str, int], list[float]] = defaultdict(list)
        py: dict[tuple[str, int], list[float]] = defaultdict(list)
        for (s, p, y), amount in plan.draw.items():
            sp[s, p].append(amount)
            sy[s, y].append(amount)
            py[p, y].append(amount)
        drawn = {at: fsum(v) for at, v in sorted(sy.items())}
        line = dict(sorted(plan.line.items()))
        used = {at: drawn.get(at, 0.0) + line.get(at, 0.0) for at in sorted({*drawn, *line})}
        fed: dict[tuple[str, int], list[float]] = defaultdict(list)
        for (p, y), amount in income.items():
            to = case.facilities[p].income_to
            if to is not None:
                fed[to, y].append(amount / prices.rate_of(case.sources[to], y))
        return Funding(case, plan, prices, outlay, income, {at: fsum(v) for at, v in sorted(sp.items())}, drawn,
                       {at: fsum(v) for at, v in sorted(py.items())}, line, used,
                       {at: fsum(v) for at, v in fed.items()})

    def spent(self) -> dict[str, float]:
        """Nominal outlay of each project over all years."""
        found: dict[str, list[float]] = defaultdict(list)
        for (p, _), amount in self.outlay.items():
            found[p].append(amount)
        return {p: fsum(amounts) for p, amounts in found.items()}


def matches(rule: Rule, project: Facility | Package, sector: str | None) -> bool:
    """Whether a row of eligibility speaks of the project; None matches anything."""
    pairs = ((rule.sector, sector), (rule.asset_type, project.asset_type), (rule.region, project.region),
             (rule.project, project.id))
    return all(wanted is None or wanted == found for wanted, found in pairs)


def sector_of(case: Case, project: Facility | Package) -> str | None:
    """The project's sector, or that of its kind of asset."""
    kind = kind_of(case, project)
    return project.sector or (kind.sector if kind is not None and kind.sector else None)


def eligible(case: Case, rules: list[Rule], project: Facility | Package) -> bool:
    """``rules`` are those of one source: a matching no excludes; where there is a yes, one has to match."""
    sector = sector_of(case, project)
    if any(not rule.allowed and matches(rule, project, sector) for rule in rules):
        return False
    yes = [rule for rule in rules if rule.allowed]
    return not yes or any(matches(rule, project, sector) for rule in yes)


def rules_of(case: Case) -> dict[str, list[Rule]]:
    """Rows of eligibility by source; none of a source without any."""
    rules: dict[str, list[Rule]] = {s: [] for s in case.sources}
    for rule in case.rules:
        rules.setdefault(rule.source, []).append(rule)
    return rules


def share_limits(case: Case, source: Source, rules: list[Rule],
                 project: Facility | Package) -> tuple[float | None, float | None]:
    """``min_share[s,p]``, ``max_share[s,p]``: the source's own and those of its matching yes rows, the largest and the
    smallest; None: no limit."""
    sector = sector_of(case, project)
    rows = [rule for rule in rules if rule.allowed and matches(rule, project, sector)]
    least = [share for share in (source.min_share, *(rule.min_share for rule in rows)) if share is not None]
    most = [share for share in (source.max_share, *(rule.max_share for rule in rows)) if share is not None]
    return max(least, default=None), min(most, default=None)


def paid_before(case: Case, project: str, source: str) -> tuple[float, float]:
    """Nominal bn KZT spent on a started facility before the planned years: in all, and from one source. Nothing of any
    other project."""
    if project not in case.facilities or case.facilities[project].started is None:
        return 0.0, 0.0
    rows = [row for row in case.paid if row.project == project]
    return fsum(row.amount for row in rows), fsum(row.amount for row in rows if row.source == source)


def used_before(case: Case, prices: Prices, source: Source) -> float:
    """What a source paid before the planned years, bn of its currency at the rates of those years."""
    return fsum(used_in(case, prices, source, year) for year in {row.year for row in case.paid})


def used_in(case: Case, prices: Prices, source: Source, year: int) -> float:
    """What a source paid in a year before the planned ones, bn of its currency at the rate of that year."""
    paid = [row.amount for row in case.paid if row.source == source.id and row.year == year]
    return fsum(paid) / _rate_then(case, prices, source.currency, year) if paid else 0.0


def _rate_then(case: Case, prices: Prices, currency: str, year: int) -> float:
    """Rate of a year in the past; of a year before the first one given that of the first."""
    if currency == HOME_CURRENCY:
        return 1.0
    return prices.rate(currency, max(year, min(case.currencies[currency].rates)))


def verify_draws(funding: Funding, ledger: Ledger) -> None:
    """draw_open, draw_window, draw_eligible, line_project, outlays_paid, max_share, by_quantity."""
    case = funding.case
    rules, spent = rules_of(case), funding.spent()
    for (s, p), total in funding.by_source_project.items():
        source, project, place = case.sources[s], case.project(p), f"draw[{s},{p}]"
        if not source.open:
            ledger.none("draw_open", place, total, BILLION)
        if source.draws_to is not None:
            ledger.none("line_project", place, total, BILLION)
        if not eligible(case, rules[s], project):
            ledger.none("draw_eligible", place, total, BILLION)
        _, most = share_limits(case, source, rules[s], project)
        if most is not None:
            earlier, own = paid_before(case, p, s)
            ledger.note("max_share", place, total, "<=", max(most * (spent.get(p, 0.0) + earlier) - own, 0.0), BILLION,
                        total + own)
    for (s, p), most in per_units(funding).items():
        paid = fsum(amount / funding.prices.rate_of(case.sources[s], y)
                    for (payer, project, y), amount in funding.plan.draw.items() if (payer, project) == (s, p))
        ledger.note("by_quantity", f"draw[{s},{p}]", paid, "<=", most * done_of(funding.plan, p), "bn currency", paid)
    for (s, y), total in funding.by_source_year.items():
        if not _may_draw(case, case.sources[s], y):
            ledger.none("draw_window", f"draw[{s},{y}]", total, BILLION)
    for p, y in sorted({*funding.outlay, *funding.by_project_year}):
        drawn, due = funding.by_project_year.get((p, y), 0.0), funding.outlay.get((p, y), 0.0)
        ledger.note("outlays_paid", f"draw[{p},{y}]", drawn, "=", due, BILLION, drawn + due)


def per_units(funding: Funding) -> dict[tuple[str, str], float]:
    """Of the draws of sources that pay by a quantity the most for all of a facility or a km, bn of the currency."""
    found: dict[tuple[str, str], float] = {}
    for s, p in funding.by_source_project:
        source = funding.case.sources[s]
        if source.quantity is not None and source.per_unit is not None:
            found[s, p] = 1e-9 * source.per_unit * brought(funding.case, source, p)
    return found


def brought(case: Case, source: Source, project: str) -> float:
    """Units of the quantity a source pays by that a project brings, whole or a km; nothing if it is less."""
    return max(0.0, case.project(project).quantities.get(source.quantity or "", 0.0))


def done_of(plan: Plan, project: str) -> float:
    """Share of a facility that is started, or km of a package that are renewed, in the planned years."""
    return fsum(amount for done in (plan.start, plan.renew) for (key, _), amount in done.items() if key == project)


def verify_lines(funding: Funding, ledger: Ledger) -> None:
    """line_window, line_fund; draw_open for lines."""
    case = funding.case
    for (s, y), amount in funding.line.items():
        source, place = case.sources[s], f"line[{s},{y}]"
        fund = case.sources.get(source.draws_to) if source.draws_to is not None else None
        if source.kind != "loan" or fund is None or fund.carry_over != "fund":
            ledger.none("line_fund", place, amount, BILLION)
        if not source.open:
            ledger.none("draw_open", place, amount, BILLION)
        if not _may_draw(case, source, y):
            ledger.none("line_window", place, amount, BILLION)


def _may_draw(case: Case, source: Source, year: int) -> bool:
    """Whether a source is available in a year; a loan on the clock of its signing also has to have some tenor left."""
    return source.available_from <= year <= source.available_to and has_tenor(case, source, year)


def content_of(case: Case, source: Source, project: str) -> float:
    """What suppliers of the source's country can deliver of a project, a fraction of its cost."""
    kind = kind_of(case, case.project(project))
    return kind.content.get(source.partner, 0.0) if kind is not None else 0.0


def tied_draws(funding: Funding, source: Source, project: str, spent: float) -> float:
    """Draws of a project that are tied: all of them, but for the part of an export credit that may pay local costs.

    Tied over the product, of that part only as much is local as is not supplied by the partner anyway.
    """
    drawn = funding.by_source_project.get((source.id, project), 0.0)
    if source.down_payment is None:
        return drawn
    local = min(drawn, source.local_cost * content_of(funding.case, source, project) * spent)
    if source.tied_over == "product":
        local = max(0.0, min(local, drawn - funding.plan.supplied.get((source.id, project), 0.0)))
    return drawn - local


def verify_tied(funding: Funding, ledger: Ledger) -> None:
    """tied_content, supplied_drawn, supplied_enough."""
    case, plan = funding.case, funding.plan
    spent = funding.spent()
    tied: dict[tuple[str, str], list[float]] = defaultdict(list)
    needed: dict[str, list[float]] = defaultdict(list)
    for s, p in funding.by_source_project:
        source = case.sources[s]
        if source.open and source.tied_share > 0.0:
            amount = source.tied_share * tied_draws(funding, source, p, spent.get(p, 0.0))
            if source.tied_over == "project":
                tied[p, source.partner].append(amount)
            else:
                needed[s].append(amount)
    for (s, p), amount in plan.supplied.items():
        source = case.sources[s]
        by_product = source.open and source.tied_over == "product"
        drawn = funding.by_source_project.get((s, p), 0.0) if by_product else 0.0
        ledger.note("supplied_drawn", f"supplied[{s},{p}]", amount, "<=", drawn, BILLION, amount + drawn)
        if by_product:
            tied[p, source.partner].append(amount)
    for (p, partner), amounts in sorted(tied.items()):
        kind = kind_of(case, case.project(p))
        content = kind.content.get(partner, 0.0) if kind is not None else 0.0
        ledger.note("tied_content", f"tied[{p},{partner}]", fsum(amounts), "<=", content * spent.get(p, 0.0), BILLION,
                    fsum(amounts))
    supplied: dict[str, list[float]] = defaultdict(list)
    for (s, _), amount in plan.supplied.items():
        supplied[s].append(amount)
    for s, amounts in needed.items():
        least = fsum(amounts)
        ledger.note("supplied_enough", f"supplied[{s}]", fsum(supplied[s]), ">=", least, BILLION, least)


def use_of(funding: Funding, source: Source) -> dict[int, float]:
    """Use by planned year, draws on projects and lines, bn of the source's currency."""
    years = funding.case.settings.years
    return {y: funding.used.get((source.id, y), 0.0) / funding.prices.rate_of(source, y) for y in years}
