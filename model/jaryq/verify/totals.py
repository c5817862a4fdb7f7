"""Totals of a plan, recomputed; and the numbers that a plan workbook claims, compared with them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jaryq.base.home import BILLION
from jaryq.verify.finding import Finding, measure, restated

DECIDED = ("shortfall[", "excess[")
"""Claims that are decisions."""


@dataclass(frozen=True)
class Totals:
    """Money is bn KZT: present values (``pv_``, ``society``) in price-year money at 1 January of the first year, the
    rest nominal. ``calibration`` by row, in the unit shown, ``calibration_inside``: how many lie in their bands (None
    without rows).
    ``spend_by_status``: outlays by how sure the figures are that they rest on. ``to_pay_after``: what facilities that
    end after the plan spend after it; in no sum.

    ``objective`` is in its own sense and unit (years for earliest_finish), priced targets included. ``pv_outlays`` =
    sum w_y x outlay, ``pv_funding``: prices of draws and lines, and ``pv_fees``; ``pv_fees``: fees on signed amounts as
    if nothing were drawn (draws carry what they save); ``pv_interest``: interest earned by funds. ``debt_service``,
    ``subsidy``, ``debt_stock``: every year to the last maturity, all loans. ``draw_*`` are draws on projects,
    ``line_by_source`` those into funds. ``tariff_need`` by (region, sector, year), from the year before the first
    planned one. ``km_by_*`` and ``finished_by_year`` are of the planned years alone; what is done before them is in
    ``km_before``, ``km_before_by_sector`` and ``facilities_before``. ``chosen``: how many are done of each group of
    choice, done before included. ``reached``, ``short``, ``excess`` by target row
    id, in the target's unit (foreign_share reaches a fraction and is short by bn KZT); ``shortfall_cost`` by priority
    (1, 2, 3), normalised and convex; ``spread``: the largest normalised shortfall of a priority of two rows or more;
    ``priorities`` that a row has. ``lenders``: claims on paces, ramps and lenders' packages by key, with their unit.
    ``pv_crews``: present value of ``premiums`` of crews; ``stability``: what change against the last plan costs in the
    objective, ``changed`` its price taken off; ``pv_risk``: avoided risk to the common end of benefits,
    ``pv_residual``: credit of late finishes after it, parts of ``pv_benefits``; ``trench_savings`` nominal. ``zones``
    by (zone, year): assets on 31 December; ``failures`` of assets and pipes, ``not_supplied`` and ``losses`` by (unit,
    year); ``wear`` by (kind of asset, year), a fraction; ``red_share``: share of red asset-periods that are not mended,
    None if there are none. ``facilities_*`` and ``finished_by_year`` hold those that count. ``gains`` of the state, the
    users, lenders at home and abroad; ``grant_elements`` of loans, fractions. ``scale``: sums of absolute terms of what
    is a difference; of a share of debt what 1 bn KZT moves it by. ``quantities`` by (quantity, year) and, in
    ``quantities_by_place``, by (quantity, region, sector, year), in their units; ``pv_quantities`` by quantity,
    ``pv_savings`` and ``pv_stated`` are parts of ``pv_benefits``, to the common end; ``benefits_sourced``: the part of
    benefits without residual whose value has a source, ``benefits_published``: whose amounts have one too.
    """

    objective: float
    objective_unit: str
    society: float
    pv_benefits: float
    pv_income: float
    pv_outlays: float
    pv_funding: float
    pv_fees: float
    pv_interest: float
    priced_targets: float
    mean_finish: float
    spend_by_year: Mapping[int, float]
    spend_by_status: Mapping[str, float]
    income_by_year: Mapping[int, float]
    draw_by_source_year: Mapping[tuple[str, int], float]
    draw_by_source: Mapping[str, float]
    draw_by_partner: Mapping[str, float]
    line_by_source: Mapping[str, float]
    debt_service: Mapping[int, float]
    subsidy: Mapping[int, float]
    debt_stock: Mapping[int, float]
    tariff_need: Mapping[tuple[str, str, int], float]
    km_by_year: Mapping[int, float]
    km_by_sector: Mapping[str, float]
    finished_by_year: Mapping[int, float]
    km_before: float
    km_before_by_sector: Mapping[str, float]
    facilities_before: float
    chosen: Mapping[str, float]
    pv_crews: float
    premiums: Mapping[int, float]
    stability: float
    changed: float
    pv_risk: float
    pv_residual: float
    pv_above: float | None
    pv_savings: float
    pv_stated: float
    pv_quantities: Mapping[str, float]
    quantities: Mapping[tuple[str, int], float]
    quantities_by_place: Mapping[tuple[str, str, str, int], float]
    benefits_sourced: float
    benefits_published: float
    trench_savings: Mapping[int, float]
    zones: Mapping[tuple[str, int], float]
    failures: Mapping[int, float]
    not_supplied: Mapping[tuple[str, int], float]
    losses: Mapping[tuple[str, int], float]
    wear: Mapping[tuple[str, int], float]
    red_share: float | None
    gains: Mapping[str, float]
    grant_elements: Mapping[str, float]
    reached: Mapping[str, float]
    short: Mapping[str, float]
    excess: Mapping[str, float]
    shortfall_cost: Mapping[str, float]
    spread: Mapping[str, float]
    priorities: frozenset[str]
    lenders: Mapping[str, tuple[float, str]]
    to_pay_after: Mapping[str, float]
    calibration: Mapping[str, float]
    calibration_inside: int | None
    scale: Mapping[str, float]

    @property
    def km_renewed(self) -> float:
        """Km renewed by the last year, what was done before included."""
        return math.fsum([self.km_before, *self.km_by_year.values()])

    @property
    def facilities_completed(self) -> float:
        """Facilities in service by the last year, done before included (facility equivalents in a divisible plan)."""
        return math.fsum([self.facilities_before, *self.finished_by_year.values()])

    def claims(self) -> dict[str, float]:
        """Every number that may be claimed, under its key."""
        return {key: value for key, value, _ in self._rows()}

    def units(self) -> dict[str, str]:
        """The unit of each claim."""
        return {key: unit for key, _, unit in self._rows()}

    def _rows(self) -> Iterator[tuple[str, float, str]]:
        money = BILLION
        yield "objective", self.objective, self.objective_unit
        yield "society", self.society, money
        yield "benefits_pv", self.pv_benefits, money
        yield "income_pv", self.pv_income, money
        yield "outlays_pv", self.pv_outlays, money
        yield "funding_pv", self.pv_funding, money
        yield "fees_signed_pv", self.pv_fees, money
        yield "interest_pv", self.pv_interest, money
        yield "priced_targets", self.priced_targets, money
        yield "mean_finish", self.mean_finish, "years"
        yield "km_renewed", self.km_renewed, "km"
        yield "facilities_completed", self.facilities_completed, "facilities"
        yield "spend", math.fsum(self.spend_by_year.values()), money
        yield "income", math.fsum(self.income_by_year.values()), money
        for name, by_year in (("spend", self.spend_by_year), ("income", self.income_by_year),
                              ("debt_service", self.debt_service),
                              ("subsidy", self.subsidy), ("debt_stock", self.debt_stock)):
            for year, value in by_year.items():
                yield f"{name}[{year}]", value, money
        for sector, km in self.km_by_sector.items():
            yield f"km_renewed[{sector}]", self.km_before_by_sector[sector] + km, "km"
        for name, by in (("spend_status", self.spend_by_status),
                         ("draw", self.draw_by_source), ("draw_partner", self.draw_by_partner),
                         ("line", self.line_by_source)):
            for key, value in by.items():
                yield f"{name}[{key}]", value, money
        for (source, year), value in self.draw_by_source_year.items():
            yield f"draw[{source},{year}]", value, money
        for (region, sector, year), value in self.tariff_need.items():
            yield f"tariff[{region},{sector},{year}]", value, money
        for group, number in self.chosen.items():
            yield f"chosen[{group}]", number, "facilities"
        for facility, value in self.to_pay_after.items():
            yield f"to_pay_after[{facility}]", value, money
        yield from self._works()
        yield from self._rules()

    def _rules(self) -> Iterator[tuple[str, float, str]]:
        """Of targets, of other rows that may fall short, and of lenders."""
        if self.calibration_inside is not None:
            yield "calibration_inside", float(self.calibration_inside), "number"
        for name, by_target in (("reached", self.reached), ("shortfall", self.short), ("excess", self.excess),
                                ("calibration", self.calibration)):
            for target, value in by_target.items():
                yield f"{name}[{target}]", value, "number"
        for priority, value in self.shortfall_cost.items():
            yield f"priority_{priority}", value, "number"
        for priority, value in self.spread.items():
            yield f"spread_{priority}", value, "number"
        for key, (value, unit) in self.lenders.items():
            yield key, value, unit

    def _works(self) -> Iterator[tuple[str, float, str]]:
        """Of the works themselves and of the condition they leave."""
        money = BILLION
        yield "crews_pv", self.pv_crews, money
        yield "stability", self.stability, money
        yield "changed", self.changed, money
        yield "risk_avoided_pv", self.pv_risk, money
        yield "residual_pv", self.pv_residual, money
        if self.pv_above is not None:
            yield "above_pv", self.pv_above, money
        yield "savings_pv", self.pv_savings, money
        yield "stated_pv", self.pv_stated, money
        yield "benefits_sourced", self.benefits_sourced, "share"
        yield "benefits_published", self.benefits_published, "share"
        for quantity, value in self.pv_quantities.items():
            yield f"quantity_pv[{quantity}]", value, money
        for (quantity, year), value in self.quantities.items():
            yield f"quantity[{quantity},{year}]", value, "unit of quantity"
        for (quantity, region, sector, year), value in self.quantities_by_place.items():
            yield f"quantity[{quantity},{region},{sector},{year}]", value, "unit of quantity"
        for whose, value in self.gains.items():
            yield f"gain[{whose}]", value, money
        for source, value in self.grant_elements.items():
            yield f"grant_element[{source}]", value, "share"
        if self.red_share is not None:
            yield "red_share", self.red_share, "share"
        for name, by_year, unit in (("premiums", self.premiums, money), ("trench_savings", self.trench_savings, money),
                                    ("failures", self.failures, "failures/year")):
            for year, value in by_year.items():
                yield f"{name}[{year}]", value, unit
        for name, by_key, unit in (("zone", self.zones, "facilities"),
                                   ("not_supplied", self.not_supplied, "units/year"),
                                   ("losses", self.losses, "units/year"),
                                   ("wear", self.wear, "share")):
            for (key, year), value in by_key.items():
                yield f"{name}[{key},{year}]", value, unit


def compare(totals: Totals, claims: Mapping[str, float]) -> tuple[Finding, ...]:
    """One finding for each claim (check ``claim``, place = its key). A claim that nothing here stands for fails. What a
    row is missed by is a decision, that of a row: as near as a row has to be."""
    known, units = totals.claims(), totals.units()
    found = []
    for key, claimed in claims.items():
        value, unit, terms = known.get(key, math.nan), units.get(key, "number"), totals.scale.get(key, 0.0)
        found.append(measure("claim", key, claimed, "=", value, unit, terms) if key.startswith(DECIDED) else
                     restated("claim", key, claimed, value, unit, terms))
    return tuple(found)
