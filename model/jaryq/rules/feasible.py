"""Rules of arithmetic: what no plan can do, found before the solve. What is certain for a hard rule stops; for a soft
one it is a surprise that tells the number that can be reached at most. Bounds of measures are those of ``reach.py``."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations_with_replacement

from jaryq.base.issues import Issue
from jaryq.base.text import Text
from jaryq.base.units import UNITS
from jaryq.case.case import Case, Target
from jaryq.case.scope import draws_on, projects_of, speaks, weight_of
from jaryq.factors.derive import Factors
from jaryq.rules.affordable import TOLERANCE, draws_by_year, money_together, payable, payers_of_musts
from jaryq.rules.commitments import binding, crews_at_worst, exceeds, lacking_crews, paid_at_best
from jaryq.rules.costs import costs_of
from jaryq.rules.reach import lower, upper
from jaryq.rules.reach_works import Bound
from jaryq.rules.rows import Rows
from jaryq.sheets.measures import CUMULATIVE, OF_SOURCES, PERCENT, UNIT_OF
from jaryq.tables.selector import OWNER_COLUMNS
from jaryq.tables.tables import Tables

NAMED = 5
"""So many projects are named; the others are counted."""


def rounded(value: float, *, up: bool = False) -> str:
    """Six digits that count, rounded to the side on which the number still holds."""
    if value == 0 or not math.isfinite(value):
        return f"{value:g}"
    step = 10.0 ** (math.floor(math.log10(abs(value))) - 5)
    exact = value / step
    whole = math.ceil(exact - 1e-6) if up else math.floor(exact + 1e-6)
    return f"{whole * step:.12g}"


def shown(target: Target, value: float, *, up: bool = False) -> str:
    return rounded(value * 100.0 if target.measure in PERCENT else value, up=up)


def when(target: Target) -> Text:
    """``by the end of 2030 (KZ-10)``, ``in 2026-2028``."""
    group = [part for part in target.id.removeprefix(target.row).split("@") if part and part != str(target.year)]
    mine = f" ({', '.join(group)})" if group else ""
    if target.measure in CUMULATIVE:
        return Text(f"by the end of {target.year}{mine}", f"к концу {target.year}{mine}")
    years = str(target.year) if target.year == target.year_first else f"{target.year_first}-{target.year}"
    return Text(f"in {years}{mine}", f"за {years}{mine}")


def _unit(target: Target) -> Text:
    return UNITS[UNIT_OF.get(target.measure, target.unit)].symbol


def _speaks(case: Case, target: Target) -> bool:
    """Whether the target speaks of a project, and of an open source where it measures their money (else another rule
    has said so)."""
    return speaks(case, target) and (target.measure not in OF_SOURCES
                                     or any(source.open and draws_on(target, source)
                                            for source in case.sources.values()))


def _rows_of_targets(tables: Tables, case: Case) -> Iterator[tuple[Rows, int, list[Target]]]:
    """Rows of sheet targets with a priority, and the targets they stand for (a price is paid, not promised)."""
    rows = Rows(tables, "targets")
    by_row: dict[str, list[Target]] = {}
    for target in case.targets:
        if target.priority != "price" and _speaks(case, target):
            by_row.setdefault(target.row, []).append(target)
    for position, row in rows.rows:
        if row.get("target") in by_row:
            yield rows, position, by_row[row["target"]]


def targets_can_be_reached(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """A floor is not above the most that scope, windows, crews and money allow; of a row's years and groups the worst
    is told."""
    for rows, position, targets in _rows_of_targets(tables, factors.case):
        worst: tuple[float, Target, Bound] | None = None
        for target in targets:
            bounds = upper(factors, target) if target.sense != "<=" else ()
            least = min(bounds, key=lambda bound: bound.most, default=None)
            if least is not None and exceeds(target.value, least.most) and (worst is None
                                                                             or target.value - least.most > worst[0]):
                worst = (target.value - least.most, target, least)
        if worst is not None:
            _, target, bound = worst
            code = "hard_target_out_of_reach" if target.priority == "hard" else "target_out_of_reach"
            yield rows.issue(code, position, "value", most=shown(target, bound.most), unit=_unit(target),
                             where=when(target), why=bound.why)


def limits_leave_room(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """A ceiling is not below what is done and must be done."""
    for rows, position, targets in _rows_of_targets(tables, factors.case):
        worst: tuple[float, Target, float] | None = None
        for target in targets:
            least = lower(factors, target) if target.sense != ">=" else 0.0
            if target.sense != ">=" and exceeds(least, target.value) and (worst is None
                                                                           or least - target.value > worst[0]):
                worst = (least - target.value, target, least)
        if worst is not None:
            _, target, least = worst
            code = "hard_limit_below_commitments" if target.priority == "hard" else "limit_below_commitments"
            yield rows.issue(code, position, "value", least=shown(target, least, up=True), unit=_unit(target),
                             where=when(target))


ADDITIVE = ("km", "facilities", "share_done", "spend", "draw", "borrowing")
"""Measures that add up over projects, so that floors on parts are floors on the whole."""


@dataclass(frozen=True)
class Extent:
    """What a target speaks of: projects, sources (money of sources only), years; ``amount`` in a unit that adds up
    (shares times their whole)."""

    target: Target
    projects: frozenset[str]
    sources: frozenset[str]
    years: frozenset[int]
    amount: float
    owed: Mapping[str, str] = field(default_factory=dict)
    """Its filter on who owes."""

    def inside(self, other: Extent) -> bool:
        """Whether what this one measures can never be more than what the other does."""
        if self.owed != other.owed and other.owed:
            return False
        if self.target.measure not in ADDITIVE:
            return ((self.projects, self.sources, self.years, self.owed)
                    == (other.projects, other.sources, other.years, other.owed))
        return self.projects <= other.projects and self.sources <= other.sources and self.years <= other.years

    def apart(self, other: Extent) -> bool:
        """Whether nothing counts in both."""
        apart_in_time = self.target.measure not in CUMULATIVE and not self.years & other.years
        return not self.projects & other.projects or apart_in_time or (self.target.measure in OF_SOURCES
                                                                       and not self.sources & other.sources)


def _extent(case: Case, target: Target) -> Extent:
    projects = frozenset(project.id for project in projects_of(case, target))
    sources = frozenset(key for key, source in case.sources.items()
                        if draws_on(target, source)) if target.measure in OF_SOURCES else frozenset[str]()
    cumulative = target.measure in ("km", "facilities", "share_done")
    first = (case.settings.first_year if cumulative else target.year if target.measure in CUMULATIVE
             else target.year_first)
    whole = sum(weight_of(case.project(key)) for key in projects) if target.measure == "share_done" else 1.0
    return Extent(target, projects, sources, frozenset(range(first, target.year + 1)), target.value * whole,
                  {column: value for column, value in target.filter.items() if column in OWNER_COLUMNS})


def floors_fit_ceilings(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """Floors on parts of what a ceiling speaks of do not add up to more than the ceiling."""
    case = factors.case
    extents = [_extent(case, target) for target in case.targets if target.priority != "price" and _speaks(case, target)]
    floors = sorted((extent for extent in extents if extent.target.sense != "<="),
                    key=lambda extent: (-extent.amount, extent.target.id))
    rows = Rows(tables, "targets")
    places = {row.get("target"): position for position, row in rows.rows}
    told: set[str] = set()
    for ceiling in (extent for extent in extents if extent.target.sense != ">="):
        target = ceiling.target
        inside = [e for e in floors if e.target.row != target.row and e.target.measure == target.measure
                  and e.inside(ceiling)]
        for code, hard in (("hard_floor_above_ceiling", True), ("floor_above_ceiling", False)):
            chosen = (_add_up([e for e in inside if not hard or e.target.priority == "hard"]) if not hard
                      or target.priority == "hard" else [])
            total = sum(extent.amount for extent in chosen)
            if chosen and target.row not in told and exceeds(total, ceiling.amount):
                told.add(target.row)
                unit = total / ceiling.amount * target.value if ceiling.amount > 0 else chosen[0].target.value
                cells = dict.fromkeys(f"targets!{rows.table.cell(places[e.target.row], 'value')}" for e in chosen)
                yield rows.issue(code, places[target.row], "value", floors=_some(list(cells)), sum=shown(target, unit),
                                 unit=_unit(target),
                                 most=shown(target, target.value), where=when(target))


def _add_up(floors: Sequence[Extent]) -> list[Extent]:
    """Floors that count nothing twice, the largest first."""
    chosen: list[Extent] = []
    for floor in floors:
        if floor.amount > 0 and (
            not chosen or floor.target.measure in ADDITIVE
        ) and all(floor.apart(other) for other in chosen):
            chosen.append(floor)
    return chosen


def _some(names: Sequence[str]) -> str:
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" +{more}" if more > 0 else "")


def _place(rows: Rows, position: int) -> str:
    """The column of a facility's cost where it is stated, else its key."""
    return "cost" if rows.rows[position][1].get("cost") is not None else "facility"


SHARES = Text("largest shares of the sources that may pay for it",
              "наибольшие доли источников, которым разрешено платить")
BY_YEAR = Text("money of the sources that may pay for it, in the years in which it is needed",
               "деньги доступных ему источников в нужные годы")


def projects_can_be_paid(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """The sources that may pay for a project can pay for all of it: by their largest shares, and in whole plans by
    their money of the years."""
    case = factors.case
    rows = Rows(tables, "networks")
    for position, row in rows.rows:
        package = case.packages[row["package"]]
        share = payable(factors)[package.id]
        if factors.bounds.pays[package.id] and package.km > package.km_done and share < 1 - TOLERANCE:
            yield rows.issue("project_not_payable", position, "package", most=rounded(100 * share), why=SHARES)
    given = draws_by_year(factors)
    rows = Rows(tables, "facilities")
    for position, row in rows.rows:
        facility = case.facilities[row["facility"]]
        if facility.done is not None or not factors.bounds.pays[facility.id] or not factors.works.starts[facility.id]:
            continue
        share, why = payable(factors)[facility.id], SHARES
        if case.settings.whole and share > 1 - TOLERANCE:
            share, why = paid_at_best(factors, facility.id, given), BY_YEAR
        if share < 1 - TOLERANCE and facility.overnight > 0:
            code = "commitment_not_payable" if binding(factors, facility.id) else "project_not_payable"
            yield rows.issue(code, position, _place(rows, position), most=rounded(100 * share), why=why)


def commitments_fit_the_money(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """In every stretch of years, what must be done costs no more than the sources that may pay for it can give."""
    case, costs = factors.case, costs_of(factors)
    rows = Rows(tables, "facilities")
    places = {row["facility"]: position for position, row in rows.rows}
    told: list[frozenset[str]] = []
    pays = payers_of_musts(factors)
    everyone = frozenset[str]().union(*pays.values())
    for sources in sorted({*pays.values(), everyone}, key=lambda found: (len(found), sorted(found))):
        mine = [rows for rows, theirs in pays.items() if theirs <= sources]
        worst: tuple[float, int, int] = (0.0, 0, 0)
        for first, last in combinations_with_replacement(case.settings.years, 2):
            need_all = sum(costs.least(rows, first, last) for rows in mine)
            there = money_together(factors, sources, first, last)
            if exceeds(need_all, there) and need_all - there > worst[0]:
                worst = (need_all - there, first, last)
        _, first, last = worst
        need = {rows[0]: costs.least(rows, first, last) for rows in mine} if first else {}
        costly = sorted((p for p in need if need[p] > 0), key=lambda p: (-need[p], p))
        if costly and (len(costly) > 1 or not case.settings.whole) and not any(done <= sources for done in told):
            told.append(sources)
            position = places[costly[0]]
            yield rows.issue("commitments_above_money", position, _place(rows, position), count=len(costly),
                             projects=_some(costly), years=_span(first, last),
                             need=rounded(sum(need.values()), up=True),
                             most=rounded(money_together(factors, sources, first, last)))


def _span(first: object, last: object) -> str:
    return str(first) if first == last else f"{first}-{last}"


def commitments_fit_the_crews(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """In every stretch of periods, the works that must be done need no more crews than there are."""
    case = factors.case
    rows = Rows(tables, "crews")
    places = {(row.get("crew"), row.get("region")): position for position, row in rows.rows}
    for crew in case.crews:
        if (found := crews_at_worst(factors).get(crew.id)) is not None:
            position, year = places[crew.crew, crew.region], case.periods[found.first].year
            column = max((str(y) for y in rows.year_columns() if y <= year
                          and rows.rows[position][1].get(str(y)) is not None), default=str(year))
            yield rows.issue("commitments_above_crews", position, column, count=len(found.busy),
                             projects=_some(found.busy), most=rounded(found.there), need=rounded(found.need, up=True),
                             years=_span(case.periods[found.first].label, case.periods[found.last].label))


def works_fit_the_crews(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """A facility that is done whole needs, in some start, no more crews in any period than there are."""
    case = factors.case
    if not case.settings.whole:
        return
    rows = Rows(tables, "facilities")
    for position, row in rows.rows:
        key = row["facility"]
        lacking = lacking_crews(factors, key)
        if lacking is not None:
            _, need, there, crew_id, period = lacking
            code = "commitment_above_crews" if binding(factors, key) else "works_above_crews"
            yield rows.issue(code, position, _place(rows, position), need=rounded(need, up=True), most=rounded(there),
                             crew=_resource(crew_id), period=period)


def _resource(row: str) -> Text:
    """A row of crews by its id (see ``Crew.id``), for people."""
    name, _, region = row.rpartition("@")
    return Text(f"{name} ({region})", f"{name} ({region})") if region != "*" else Text(
        f"{name} (all regions)", f"{name} (все регионы)")


FEASIBLE: tuple[Callable[[Tables, Factors], Iterator[Issue]], ...] = (
    targets_can_be_reached,
    limits_leave_room,
    floors_fit_ceilings,
    projects_can_be_paid,
    commitments_fit_the_money,
    commitments_fit_the_crews,
    works_fit_the_crews,
)

ARITHMETIC = frozenset({
    "hard_target_out_of_reach", "hard_limit_below_commitments", "hard_floor_above_ceiling", "commitment_not_payable",
    "commitments_above_money", "commitments_above_crews", "commitment_above_crews", "must_draw_out_of_reach",
    "must_never_fits", "must_outage_too_large", "must_outage_without_season", "must_crews_without_season",
    "no_money_for_commitment",
})
"""Kinds of issues that stop a run although every cell is sound: by arithmetic no plan keeps all rules."""
