"""Capacity of works: crews by region and period with what is added and lent, capacity out of service."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from jaryq.case.case import Case, Crew
from jaryq.case.works import OutageLimit
from jaryq.factors.derive import Factors
from jaryq.factors.linear import Linear
from jaryq.factors.resources import Place, crews_needed, out_in_season, out_of_service
from jaryq.factors.season import share_of_block
from jaryq.formulation.algebra import Model, Relation
from jaryq.formulation.declare import Index, Limit, row
from jaryq.formulation.express import expression

NOTHING = Linear({})


def _crew_periods(f: Factors) -> Iterator[tuple[str, str]]:
    return ((crew.id, period.label) for crew in f.case.crews
            for period in f.case.periods if period.year in crew.capacity)


@row(_crew_periods, "crew-years", "Works capacity", "Мощность строителей",
     "rows of sheet crews, in each period of a year with a capacity")
def crew_capacity(m: Model, f: Factors, w: str, t: str) -> Relation:
    r"""Works under way need no more crews of a resource (in a region, or in the country) than there are in the season,
    with overtime and lending.

    .. math:: \sum_{p,t'} crews_{p,t'}(t)\, start_{p,t'} + \sum_n crews_n\, renew_{n,t} + lent_{w,t} \le capacity_{w,t}
    + extra_{w,t} + borrowed_{w,t}

    Unit: crew-years in the period. Dual: value of one more crew-year, bn KZT.
    """
    works = expression(m, f, crews_needed(f).get((w, t), NOTHING))
    more = [variable[w, t] for variable in (m.extra, m.borrowed) if (w, t) in variable]
    lent = [m.lent[w, t]] if (w, t) in m.lent else []
    return works + sum(lent) - sum(more) <= f.works.rooms.own[w, t]


def lenders(f: Factors, crew: str, t: str) -> list[str]:
    """Rows of a resource, by region, that exist in a period."""
    return [one.id for one in f.case.crews if one.crew == crew and one.region is not None
            and (one.id, t) in f.works.rooms.own]


def _pools(f: Factors) -> Iterator[tuple[str, str]]:
    rows = {crew.id: crew for crew in f.case.crews}
    return iter(sorted({(rows[w].crew, t) for w, t in f.works.rooms.lent}))


@row(_pools, "crew-years", "Lent is borrowed", "Одолженное принято",
     "resources that some region may lend, in each period with capacity")
def crew_pool(m: Model, f: Factors, crew: str, t: str) -> Relation:
    r"""Crews that regions lend are those that others borrow.

    .. math:: \sum_w borrowed_{w,t} = \sum_w lent_{w,t}

    Unit: crew-years in the period. Dual: price of a crew-year between regions, bn KZT.
    """
    rows = lenders(f, crew, t)
    return sum(m.borrowed[w, t] for w in rows if (w, t) in m.borrowed) - sum(m.lent[w, t]
                                                                             for w in rows if (w, t) in m.lent) == 0


def _limited(f: Factors) -> Iterator[tuple[str, str]]:
    return ((limit.id, p.label) for limit in f.case.outages for p in f.case.periods)


def _find(f: Factors, z: str) -> OutageLimit:
    return f.case.outage_at[z]


def _out(m: Model, f: Factors, forms: Mapping[Place, Linear], z: str, t: str, limit: float) -> Relation:
    """No more than a limit is out of service; nothing to say where nothing can be."""
    row = _find(f, z)
    out = forms.get((row.region, row.unit, t))
    return True if out is None else expression(m, f, out) <= limit


@row(_limited, "capacity", "Capacity out of service", "Мощность вне работы",
     "rows of sheet outage_limits, in periods in which some works may take capacity of the region out of "
     "service")
def outage_capacity(m: Model, f: Factors, z: str, t: str) -> Relation:
    r"""Works take no more capacity of a region out of service at once than it can spare above peak and reserve.

    .. math:: \sum_{p,t'} c_p\, months_{p,t'}(t)/M\, start_{p,t'} \le Z_{r,u}

    Unit: MW, Gcal/h, MVA or thousand m3/day. Dual: value of one more unit that may be out, bn KZT.
    """
    return _out(m, f, out_of_service(f), z, t, _find(f, z).value)


def _open_share(f: Factors, z: str, t: str) -> float:
    """Part of a period in which the region lets heat assets be out of service."""
    region = f.case.regions[_find(f, z).region]
    position = f.works.position[t]
    return share_of_block(position, 12 / f.case.settings.periods_per_year, region.open_months)


def _partly_open(f: Factors) -> Iterator[tuple[str, str]]:
    return ((z, t) for z, t in _limited(f) if _open_share(f, z, t) < 1)


@row(_partly_open, "capacity", "Capacity out of service in season", "Мощность вне работы в сезон",
     "the same, in periods that are not open throughout and for kinds whose outage keeps to the season")
def outage_season(m: Model, f: Factors, z: str, t: str) -> Relation:
    r"""Heat assets are out of service in the open months only: a period's allowance is its open share.

    .. math:: \sum_{p\ seasonal,t'} c_p\, months_{p,t'}(t)/M\, start_{p,t'} \le Z_{r,u}\, open_{r,t}

    Unit: MW, Gcal/h, MVA or thousand m3/day. Dual: value of one more unit that may be out, bn KZT.
    """
    return _out(m, f, out_in_season(f), z, t, _find(f, z).value * _open_share(f, z, t))


def limits(f: Factors) -> Iterator[Limit]:
    """Stated capacity of each crew row, with the later years that grow from it, spread over its season; capacity that
    may be out of service."""
    for crew in f.case.crews:
        for cell, years in _stated(crew).items():
            moves: dict[tuple[str, Index], float] = {}
            for year in years:
                rooms = {p.label: share_of_block(p.position, 12 / f.case.settings.periods_per_year, crew.season)
                         for p in f.case.periods if p.year == year}
                grown = (1.0 + crew.growth) ** (year - years[0]) / sum(rooms.values())
                moves |= {("crew_capacity", (crew.id, t)): room * grown for t, room in rooms.items()}
            put = partial(_with_capacity, crew.id, tuple(years))
            yield Limit("crews", (crew.id, str(years[0])), cell, "crew-years", crew.capacity[years[0]], moves, put,
                        partial(_capacity, crew.id, years[0]))
    for limit in f.case.outages:
        moves = {("outage_capacity", (limit.id, p.label)): 1.0 for p in f.case.periods}
        moves |= {("outage_season", (limit.id, t)): _open_share(f, limit.id, t)
                  for z, t in _partly_open(f) if z == limit.id}
        put = partial(_with_outage, limit.id)
        yield Limit("outage", (limit.id,), limit.origin, "unit of capacity", limit.value, moves, put,
                    partial(_outage, limit.id))


def _stated(crew: Crew) -> dict[str, list[int]]:
    """Planned years by the cell that their capacity comes from."""
    found: dict[str, list[int]] = {}
    for year in crew.capacity:
        found.setdefault(crew.cells.get(year, f"{crew.origin} {year}"), []).append(year)
    return found


def _capacity(w: str, y: int, f: Factors) -> float:
    return f.case.crew_at[w].capacity[y]


def _with_capacity(w: str, years: Sequence[int], case: Case, value: float) -> Case:
    def changed(crew: Crew) -> Crew:
        now = {year: value * (1.0 + crew.growth) ** (year - years[0]) for year in years}
        return replace(crew, capacity={**crew.capacity, **now})

    return replace(case, crews=tuple(changed(crew) if crew.id == w else crew for crew in case.crews))


def _outage(z: str, f: Factors) -> float:
    return _find(f, z).value


def _with_outage(z: str, case: Case, value: float) -> Case:
    return replace(case, outages=tuple(replace(limit, value=value) if limit.id == z else limit
                                       for limit in case.outages))
