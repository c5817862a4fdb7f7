"""Levers: what a user may move, by the cell in which it stands, and the change that moves it (docs/numbers.md: What
cannot be done)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from jaryq.base.home import BILLION, HOME_CURRENCY
from jaryq.base.text import Text
from jaryq.base.unit_words import UNIT_WORDS
from jaryq.base.units import UNITS
from jaryq.case.case import Case, Line, Source
from jaryq.case.ramps import ramps_of, source_of
from jaryq.factors.derive import Factors
from jaryq.factors.lenders import asks
from jaryq.formulation.assemble import limits
from jaryq.formulation.declare import ROWS, Limit
from jaryq.sheets.inputs import INPUT
from jaryq.sheets.measures import BY_LAW, PERCENT, UNIT_OF

May = Literal["policy", "law", "no"]
"""Who decides whether it may move: it may; only where nothing else makes a plan; never."""

LAW = ("outage", "available", "tie", "cash")
"""Kinds of limits that law or fact sets."""

REACH = 100.0
"""A limit can be moved to so many times its size at most."""

NOTHING = Line()


@dataclass(frozen=True)
class Lever:
    """A limit or date of a user in one cell. ``index``: what it speaks of; ``value`` in the program's unit, of which
    ``per_cell`` is one unit of the cell; ``limits`` of the program that stand in the cell; ``size``: what a move is
    measured by; ``steps``: whole units only."""

    kind: str
    sheet: str
    key: str
    column: str
    cell: str
    index: tuple[str, ...]
    title: Text
    unit: Text | None
    value: float
    size: float
    may: May
    limits: tuple[Limit, ...] = ()
    per_cell: float = 1.0
    steps: bool = False

    @property
    def name(self) -> str:
        return f"{self.kind}[{','.join(self.index)}]"

    def put(self, case: Case, value: float) -> Case:
        """The case with another value in the cell."""
        for limit in self.limits:
            case = limit.put(case, value)
        if self.kind in DATES:
            case = _with_latest(case, self.key, int(value))
        if self.kind == "ticket":
            case = replace(case, sources={**case.sources, self.key: replace(case.sources[self.key], ticket=value)})
        if self.kind == "km_per_year":
            package = replace(case.packages[self.key], km_per_year=value)
            case = replace(case, packages={**case.packages, self.key: package})
        return case

    def change(self, value: float, case: Case) -> str:
        """The change that puts a value into the cell, as the option --set takes it."""
        parts = zip(INPUT[self.sheet].key, self.key.split("@"), strict=True)
        wanted = [f"{column}={'-' if part == '*' else part}" for column, part in parts
                  if part != "*" or _shared(case, self)]
        number = f"{value / self.per_cell:.15g}"
        return f"{self.sheet}; {', '.join(wanted)}; {self.column}; set {number}"


DATES = ("latest", "latest_km")


def levers(f: Factors, natural: Mapping[str, float]) -> tuple[Lever, ...]:
    """Everything that may be moved, in the order of its families. ``natural``: sizes by which limits of nothing are
    measured, by their names."""
    by_cell: dict[tuple[str, str], list[Limit]] = {}
    for limit in limits(f):
        # A percentage changes coefficients: what moves with it is no sum of moves. Its rows are rules of their own.
        if limit.rows is None and _hard(f.case, limit):
            by_cell.setdefault((limit.kind, limit.origin), []).append(limit)
    found = [lever for mine in by_cell.values() if (lever := _of_limits(f, mine, natural)) is not None]
    return (*found, *_dates(f), *_lengths(f), *_tickets(f))


def _hard(case: Case, limit: Limit) -> bool:
    return limit.kind != "target" or case.target_at[limit.index[0]].priority == "hard"


def _of_limits(f: Factors, mine: Sequence[Limit], natural: Mapping[str, float]) -> Lever | None:
    first = mine[0]
    place = _place(f.case, first)
    if place is None:
        return None
    sheet, key, column, index = place
    per_cell = 1.0
    if first.kind == "target" and f.case.target_at[first.index[0]].measure in PERCENT:
        per_cell = 0.01
    return Lever(
        first.kind, sheet, key, column, first.origin, index, _title(first), _unit(f.case, first, per_cell),
        first.value, abs(first.value) or natural.get(first.name, 1.0), _may(f.case, first, sheet, key), tuple(mine),
        per_cell)


def _place(case: Case, limit: Limit) -> tuple[str, str, str, tuple[str, ...]] | None:
    """Sheet, key, column and what is said of it; None where it is stated in no cell of its own."""
    first = limit.index[0]
    year = limit.index[1] if len(limit.index) > 1 else ""
    if limit.kind in ("ramp_least", "ramp_start"):
        ramped = ramps_of(case)[first]
        return "asset_types" if ramped.of == "kind" else "sources", ramped.id, limit.kind, (first,)
    if limit.kind == "target":
        row = case.target_at[first].row
        return "targets", row, "value", (row,)
    places = {
        "ceiling": ("source_years", year), "envelope": ("sources", "envelope"), "outage": ("outage_limits", "limit"),
        "group_envelope": ("source_groups", "envelope"), "crews": ("crews", year),
        "cash": ("borrowers", f"cash_{year}"), "available": ("balances", f"available_{year}"), "tie": ("ties", year),
    }
    if limit.kind not in places:
        return None
    sheet, column = places[limit.kind]
    if limit.kind == "ceiling" and limit.origin == case.sources[first].origin:
        return None  # outside the years of draws: nothing, whatever a cell says
    return sheet, first, column, limit.index


def _may(case: Case, limit: Limit, sheet: str, key: str) -> May:
    stated = case.lines.get((sheet, key), NOTHING).may_move
    if stated is not None:
        return "policy" if stated else "no"
    if limit.kind in LAW:
        return "law"
    if limit.kind == "target":
        return "law" if case.target_at[limit.index[0]].measure in BY_LAW else "policy"
    if limit.kind in ("ceiling", "envelope"):
        return _of_source(case.sources[limit.index[0]])
    if limit.kind == "group_envelope":
        members = [source for source in case.sources.values() if source.group == limit.index[0]]
        return "policy" if all(source.kind in ("budget", "own") for source in members) else "law"
    return "policy"


def _of_source(source: Source) -> May:
    return "policy" if source.kind in ("budget", "own") else "law"


def _title(limit: Limit) -> Text:
    return ROWS[next(iter(limit.moves))[0]].text if limit.moves else Text(limit.kind, limit.kind)


def _unit(case: Case, limit: Limit, per_cell: float) -> Text:
    """The unit of the cell: of money that of the source, of capacity and of what targets measure that of the row."""
    if per_cell == 0.01:
        return Text("%", "%")
    if limit.unit == "bn currency":
        return _bn(case.sources[source_of(limit.index[0])])
    unit = limit.unit
    if limit.kind in ("outage", "available", "tie"):
        unit = case.tie_at[limit.index[0]].unit if limit.kind == "tie" else limit.index[0].rpartition("@")[2]
    elif limit.kind == "target" and unit == "number":
        target = case.target_at[limit.index[0]]
        unit = UNIT_OF.get(target.measure, target.unit)
    return UNIT_WORDS[unit] if unit in UNIT_WORDS else UNITS[unit].symbol if unit in UNITS else Text(unit, unit)


def _bn(source: Source) -> Text:
    own = source.currency
    return UNITS[BILLION].symbol if own == HOME_CURRENCY else Text(f"bn {own}", f"млрд {own}")


def _dates(f: Factors) -> Iterator[Lever]:
    """Latest finishes that a cell states, of projects that are still to be done and not stated by year."""
    last = f.case.settings.last_year
    for key, project in f.case.projects.items():
        sheet = "facilities" if project.kind == "facility" else "networks"
        line = f.case.lines.get((sheet, key), NOTHING)
        facility = f.case.facilities.get(key)
        if project.latest >= last or "latest" not in line.cells:
            continue
        if facility is not None and (facility.done is not None or facility.spend):
            continue
        title = INPUT[sheet].at["latest"].text
        yield Lever("latest" if facility is not None else "latest_km", sheet, key, "latest", line.cells["latest"],
                    (key,), title, None, float(project.latest), float(len(f.case.settings.years)),
                    "no" if line.may_move is False else "policy", steps=True)


def _lengths(f: Factors) -> Iterator[Lever]:
    """Km a year of packages."""
    title = INPUT["networks"].at["km_per_year"].text
    for key, package in f.case.packages.items():
        line = f.case.lines.get(("networks", key), NOTHING)
        if package.km_per_year is not None and "km_per_year" in line.cells and f.works.open[key]:
            yield Lever("km_per_year", "networks", key, "km_per_year", line.cells["km_per_year"], (key,), title,
                        UNITS["km"].symbol, package.km_per_year, package.km_per_year or max(package.km, 1.0),
                        "no" if line.may_move is False else "policy")


def _tickets(f: Factors) -> Iterator[Lever]:
    """Least amounts that lenders pay for a project or lot: they move down."""
    for key, source in f.case.sources.items():
        line = f.case.lines.get(("sources", key), NOTHING)
        if source.ticket and asks(f.case, source) and "ticket" in line.cells:
            yield Lever("ticket", "sources", key, "ticket", line.cells["ticket"], (key,), ROWS["ticket_least"].text,
                        _bn(source), source.ticket, source.ticket,
                        _of_source(source) if line.may_move is None else "policy" if line.may_move else "no")


def _with_latest(case: Case, key: str, year: int) -> Case:
    if key in case.facilities:
        return replace(case, facilities={**case.facilities, key: replace(case.facilities[key], latest=year)})
    return replace(case, packages={**case.packages, key: replace(case.packages[key], latest=year)})


def _shared(case: Case, lever: Lever) -> bool:
    """Whether other rows have the first part of the key too, so that a blank part has to be said."""
    first = lever.key.partition("@")[0]
    return sum(1 for sheet, key in case.lines if sheet == lever.sheet and key.partition("@")[0] == first) > 1


def reach(lever: Lever, money: float) -> tuple[float, float]:
    """How far it can move up and down; ``money``: all that projects may cost, bn of the lever's currency."""
    if lever.kind in DATES:
        return lever.size, 0.0
    if lever.kind == "ticket":
        return 0.0, lever.value
    most = REACH * lever.size
    if lever.kind in ("ceiling", "envelope", "group_envelope"):
        most = max(most, money)
    return most, max(lever.value, 0.0)


def rounded(lever: Lever, value: float) -> float:
    """A value of six digits, rounded away from where it stands."""
    if lever.steps:
        return float(round(value))
    shown = value / lever.per_cell
    step = 10.0 ** (math.floor(math.log10(max(abs(shown), abs(lever.value / lever.per_cell), 1e-6))) - 5)
    turn = math.ceil if value > lever.value else math.floor
    return max(turn(shown / step - (1e-6 if value > lever.value else -1e-6)) * step, 0.0) * lever.per_cell


