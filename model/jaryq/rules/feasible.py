"""Rules of arithmetic: what no plan can do, found before the solve. What is certain for a hard rule stops; for a soft
one it is a surprise that tells the number that can be reached at most. Bounds of measures are those of ``reach.py``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from jaryq.base.issues import Issue
from jaryq.base.text import Text
from jaryq.base.units import UNITS
from jaryq.case.case import Case, Target
from jaryq.case.scope import draws_on, projects_of, speaks, weight_of
from jaryq.factors.derive import Factors
from jaryq.rules.commitments import exceeds
from jaryq.rules.musts import (
    commitments_fit_the_crews,
    commitments_fit_the_money,
    projects_can_be_paid,
    works_fit_the_crews,
)
from jaryq.rules.reach import lower, upper
from jaryq.rules.reach_works import Bound
from jaryq.rules.rows import Rows
from jaryq.rules.sizes import rounded, some
from jaryq.sheets.measures import CUMULATIVE, OF_SOURCES, PERCENT, UNIT_OF
from jaryq.tables.selector import OWNER_COLUMNS
from jaryq.tables.tables import Tables


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
    unit = UNIT_OF.get(target.measure, target.unit)
    return UNITS[unit].symbol if unit in UNITS else Text(unit, unit)  # that of a quantity may be any


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
                yield rows.issue(code, places[target.row], "value", floors=some(list(cells)), unit=_unit(target),
                                 sum=shown(target, unit, up=True), most=shown(target, target.value),
                                 where=when(target))


def _add_up(floors: Sequence[Extent]) -> list[Extent]:
    """Floors that count nothing twice, the largest first."""
    chosen: list[Extent] = []
    for floor in floors:
        if floor.amount > 0 and (
            not chosen or floor.target.measure in ADDITIVE
        ) and all(floor.apart(other) for other in chosen):
            chosen.append(floor)
    return chosen


FEASIBLE: tuple[Callable[[Tables, Factors], Iterator[Issue]], ...] = (
    targets_can_be_reached,
    limits_leave_room,
    floors_fit_ceilings,
    projects_can_be_paid,
    commitments_fit_the_money,
    commitments_fit_the_crews,
    works_fit_the_crews,
)

OF_TARGETS = (targets_can_be_reached, limits_leave_room, floors_fit_ceilings)
"""Of these the rules that stop a run by a hard target alone."""

ARITHMETIC = frozenset({
    "hard_target_out_of_reach", "hard_limit_below_commitments", "hard_floor_above_ceiling", "commitment_not_payable",
    "commitments_above_money", "commitments_above_crews", "commitment_above_crews", "must_draw_out_of_reach",
    "must_never_fits", "must_outage_too_large", "must_outage_without_season", "must_crews_without_season",
    "no_money_for_commitment",
})
"""Kinds of issues that stop a run although every cell is sound: by arithmetic no plan keeps all rules."""

UNPAID = frozenset({
    "commitment_not_payable", "commitments_above_money", "no_money_for_commitment", "commitments_above_crews",
    "commitment_above_crews",
})
"""Of these the kinds in which what must be done has a start but lacks money or crews."""

OF_SCENARIOS = UNPAID | {"no_room_for_works", "lot_unfit", "must_never_fits", "must_outage_too_large",
                         "must_outage_without_season", "must_crews_without_season"}
"""These, and those in which it cannot be done in time, in its turn or within limits: what early decisions are compared
by has a price for all of them."""

OF_FUTURES = ARITHMETIC | {"no_room_for_works", "lot_unfit", "wish_unfit", "choice_unfit", "hard_floor_on_closed"}
"""Kinds of issues that are no fault of a draw: what was planned cannot be done there as it was meant, which is just
what many futures are asked for (money is missing, works are late)."""
