"""Adequacy: capacity and ties against the peaks of areas, and the deficits that are left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from jaryq.case.areas import Balance, Tie
from jaryq.case.case import Case
from jaryq.factors.adequacy import deficits, flowing, flows, peak_at, peaks, raised, scale_of, supply, unweighed
from jaryq.factors.derive import Factors
from jaryq.formulation.algebra import Model, Relation, Sum
from jaryq.formulation.declare import Index, Limit, row
from jaryq.formulation.express import expression
from jaryq.formulation.targets import missed

UNIT = "MW, Gcal/h or thousand m3/day"


@row(lambda f: ((b, peak.label) for b in peaks(f) for peak in peaks(f)[b]), UNIT, "Balance of capacity",
     "Баланс мощности", "rows of sheet balances, in each period with peak months and each later year")
def balance(m: Model, f: Factors, b: str, t: str) -> Relation:
    r"""Capacity available in an area, with what works add and take out of service, flows and the deficit meets the peak
    with its reserve. Works add from the period after they end.

    .. math:: available_{b,y} + \sum_{p \in b} q_p\, z_{p,t} - \sum_{f \in b} c_f\, out_{f,t} + \sum_{in} flow_{i,d,t} -
    \sum_{out} flow_{i,d,t} + deficit_{b,y} \ge peak_{b,y} (1 + reserve_b)

    Unit: that of the balance (MW, Gcal/h, thousand m3/day). Dual: value of one unit more at that peak, bn KZT.
    """
    area, peak = f.case.balance_at[b], peak_at(f)[b, t]
    there = supply(f, area, peak)
    return (expression(m, f, there) + expression(m, f, flowing(f, area, peak)) + m.deficit[b, peak.year]
            >= area.needed(peak.year) - there.constant)


def _flow(m: Model, f: Factors, i: str, way: str, t: str) -> Relation:
    tie = f.case.tie_at[i]
    peak = peak_at(f)[tie.ends[0], t]
    return m.flow[i, way, t] - expression(m, f, raised(f, tie, peak)) <= tie.capacity[peak.year]


def _flowing(f: Factors, way: str) -> Iterator[tuple[str, str]]:
    return ((i, t) for i, there, t in flows(f) if there == way)


@row(lambda f: _flowing(f, "forth"), UNIT, "Capacity of a tie, forth", "Пропускная способность связи, туда",
     "rows of sheet ties, at each peak that both areas have")
def tie_forth(m: Model, f: Factors, i: str, t: str) -> Relation:
    r"""What flows over a tie from its first area to its second is at most its capacity, with what works raise it by.

    .. math:: flow_{i,forth,t} \le capacity_{i,y} + \sum_p q_p\, z_{p,t}

    Unit: that of the tie (MW, Gcal/h, thousand m3/day). Dual: value of one unit more of the tie, bn KZT.
    """
    return _flow(m, f, i, "forth", t)


@row(lambda f: _flowing(f, "back"), UNIT, "Capacity of a tie, back", "Пропускная способность связи, обратно",
     "as tie_forth")
def tie_back(m: Model, f: Factors, i: str, t: str) -> Relation:
    r"""The same from its second area to its first.

    .. math:: flow_{i,back,t} \le capacity_{i,y} + \sum_p q_p\, z_{p,t}

    Unit: that of the tie (MW, Gcal/h, thousand m3/day). Dual: value of one unit more of the tie, bn KZT.
    """
    return _flow(m, f, i, "back", t)


@row(lambda f: ((b, y) for b, y in deficits(f) if f.case.balance_at[b].priority is not None), UNIT,
     "Deficit of a balance", "Дефицит баланса", "rows of sheet balances with a priority, in each of their years")
def deficit_short(m: Model, f: Factors, b: str, y: int) -> Relation:
    r"""A deficit of a balance with a priority is its shortfall.

    .. math:: deficit_{b,y} - \sum_k short_{g,k} \le 0

    Unit: that of the balance (MW, Gcal/h, thousand m3/day). Dual: price of the deficit in the stage's unit per unit.
    """
    area = f.case.balance_at[b]
    return m.deficit[b, y] - missed(m.short, f"balance[{area.area},{area.unit},{y}]") <= 0


def least_deficits(m: Model, f: Factors) -> Sum:
    """The sum of the deficits that nothing else weighs, each as a share of its peak."""
    return sum(1.0 / scale_of(f.case.balance_at[b], y) * m.deficit[b, y] for b, y in unweighed(f))


def limits(f: Factors) -> Iterator[Limit]:
    """Capacity available to each balance and capacity of each tie, by the cells in which they are stated, with the
    years that a cell speaks for."""
    for area in f.case.balances:
        for cell, years in _stated(area.available, area.cells, area.origin).items():
            here = [peak.label for peak in peaks(f)[area.id] if peak.year in years]
            moves: dict[tuple[str, Index], float] = {("balance", (area.id, t)): -1.0 for t in here}
            yield Limit("available", (area.id, str(years[0])), cell, "unit of capacity", area.available[years[0]],
                        moves, partial(_with_available, area.id, tuple(years)),
                        partial(_available, area.id, years[0]))
    for tie in f.case.ties:
        for cell, years in _stated(tie.capacity, tie.cells, tie.origin).items():
            moves = {(f"tie_{way}", (i, t)): 1.0 for i, way, t in flows(f)
                     if i == tie.id and int(t[:4]) in years}
            yield Limit("tie", (tie.id, str(years[0])), cell, "unit of capacity", tie.capacity[years[0]], moves,
                        partial(_with_capacity, tie.id, tuple(years)), partial(_capacity, tie.id, years[0]))


def _stated(of: Mapping[int, float], cells: Mapping[str, str], origin: str) -> dict[str, list[int]]:
    """Years by the cell that their figure comes from."""
    found: dict[str, list[int]] = {}
    for year in of:
        found.setdefault(cells.get(str(year), f"{origin} {year}"), []).append(year)
    return found


def _available(b: str, y: int, f: Factors) -> float:
    return f.case.balance_at[b].available[y]


def _with_available(b: str, years: tuple[int, ...], case: Case, value: float) -> Case:
    def changed(area: Balance) -> Balance:
        return replace(area, available={**area.available, **dict.fromkeys(years, value)})

    return replace(case, balances=tuple(changed(area) if area.id == b else area for area in case.balances))


def _capacity(i: str, y: int, f: Factors) -> float:
    return f.case.tie_at[i].capacity[y]


def _with_capacity(i: str, years: tuple[int, ...], case: Case, value: float) -> Case:
    def changed(tie: Tie) -> Tie:
        return replace(tie, capacity={**tie.capacity, **dict.fromkeys(years, value)})

    return replace(case, ties=tuple(changed(tie) if tie.id == i else tie for tie in case.ties))
