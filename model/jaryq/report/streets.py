"""Streets of a register on the map: its stretches by region, sector and street, those first whose renewal brings most
(docs/numbers.md: Stretches)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from jaryq.base.text import Text
from jaryq.case.stretches import Renewed, Stretches
from jaryq.factors.stretches import stretch_benefits
from jaryq.report.amounts import Amounts
from jaryq.report.street_lines import Line, drawn, texts_of_lines
from jaryq.report.stretches import done
from jaryq.report.words import region_of, same, sector_of

IN_FIRST, IN_OTHERS = 2_000, 200
"""So many streets are told of the region in which renewal brings most, and of each other one: the page stays small."""

NOWHERE = same("-")
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Street:
    """A street with its stretches of one sector, in the middle of them (degrees north and east): km, of it renewed, the
    period in which most of that is (None: nothing is), what it brings, bn KZT. A stretch without a street is one of its
    own, called as its key. ``renewed_lines`` and ``lines``: those of its stretches that are renewed, if only in part,
    and of the others, as far as the register has any."""

    name: str
    region: Text
    sector: Text
    latitude: float
    longitude: float
    km: float
    renewed: float
    period: str | None
    worth: float
    renewed_lines: tuple[Line, ...] = ()
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class City:
    """All streets of a region with coordinates, in the middle of them: how many there are, how many of them are renewed
    in all or in part, km, of it renewed, what it brings, bn KZT."""

    region: Text
    latitude: float
    longitude: float
    streets: int
    touched: int
    km: float
    renewed: float
    worth: float


@dataclass(frozen=True)
class Streets:
    """``told``: the region in which renewal brings most first, in it the streets whose renewal brings most; ``of``: how
    many there are with coordinates; ``cities``: the regions in that order, with all of their streets."""

    told: tuple[Street, ...] = ()
    of: int = 0
    cities: tuple[City, ...] = ()


def streets(found: Amounts, renewed: Renewed | None) -> Streets:
    """The streets of a plan with a register whose stretches have coordinates."""
    register = found.case.stretches
    if register is None or renewed is None:
        return Streets()
    placed = np.flatnonzero(~(np.isnan(register.latitude) | np.isnan(register.longitude)))
    if not len(placed):
        return Streets()
    return _told(found, register, renewed, placed)


def _told(found: Amounts, register: Stretches, renewed: Renewed, placed: npt.NDArray[np.int64]) -> Streets:
    case, count = found.case, len(register)
    packages = [case.packages[key] for key in register.packages]
    kinds = sorted({(one.region or "", one.sector or "") for one in packages})
    kind = np.array([kinds.index((one.region or "", one.sector or "")) for one in packages])[register.package[placed]]
    street = np.where(register.street[placed] >= 0, register.street[placed], len(register.streets) + placed)
    key, first, group = np.unique(kind * np.int64(len(register.streets) + count) + street, return_index=True,
                                  return_inverse=True)
    km, own = register.km[placed], done(register, renewed)[placed]
    each = stretch_benefits(found.factors)[renewed.row, renewed.period] * renewed.km
    worth: Floats = np.bincount(renewed.row, each, minlength=count).astype(np.float64)[placed]

    def summed(values: Floats) -> Floats:
        return np.bincount(group, values, minlength=len(key)).astype(np.float64)

    length, of, brings = summed(km), summed(own), summed(worth)
    north, east = (summed(values[placed] * km) / length for values in (register.latitude, register.longitude))
    place = np.full(count, -1, dtype=np.int64)
    place[placed] = group
    periods = len(case.periods)
    there = place[renewed.row] >= 0
    when = np.bincount(place[renewed.row[there]] * periods + renewed.period[there], renewed.km[there],
                       minlength=len(key) * periods).reshape(-1, periods).argmax(axis=1)
    regions, code = np.unique(np.array([kinds[k][0] for k in kind[first]]), return_inverse=True)
    lines, members = texts_of_lines(register), _members(group, len(key))
    labels = [period.label for period in case.periods]

    def line_of(rows: npt.NDArray[np.int64]) -> tuple[Line, ...]:
        return drawn(lines[i] for i in rows.tolist()) if lines else ()

    told = []
    for g in _most(code, brings, of, length).tolist():
        region, sector = kinds[kind[first[g]]]
        i, mine = int(placed[first[g]]), members[g]
        told.append(Street(
            register.streets[register.street[i]] if register.street[i] >= 0 else register.key(i)[1],
            region_of(case, region) or NOWHERE, sector_of(sector) or NOWHERE, float(north[g]), float(east[g]),
            float(length[g]), float(of[g]), labels[when[g]] if of[g] > 0 else None, float(brings[g]),
            line_of(placed[mine[own[mine] > 0]]), line_of(placed[mine[own[mine] <= 0]])))
    cities = tuple(_city(region_of(case, str(regions[one])) or NOWHERE, code == one, north, east, length, of, brings)
                   for one in _order(code, brings))
    return Streets(tuple(told), len(key), cities)


def _members(group: npt.NDArray[np.int64], count: int) -> Sequence[npt.NDArray[np.int64]]:
    """The stretches of each street, in the order of the register."""
    order = np.argsort(group, kind="stable")
    return np.split(order, np.searchsorted(group[order], np.arange(1, count)))


def _city(region: Text, mine: npt.NDArray[np.bool_], north: Floats, east: Floats, km: Floats, renewed: Floats,
          brings: Floats) -> City:
    length = float(km[mine].sum())
    return City(region, float(north[mine] @ km[mine]) / length, float(east[mine] @ km[mine]) / length, int(mine.sum()),
                int((renewed[mine] > 0).sum()), length, float(renewed[mine].sum()), float(brings[mine].sum()))


def _order(code: npt.NDArray[np.int64], brings: Floats) -> list[int]:
    """Regions by their numbers, the one in which renewal brings most first."""
    order: list[int] = np.argsort(-np.bincount(code, brings), kind="stable").tolist()
    return order


def _most(code: npt.NDArray[np.int64], brings: Floats, renewed: Floats, km: Floats) -> npt.NDArray[np.int64]:
    """Which streets are told: by region (``code``), in each by what renewal brings, then by km renewed, then by
    length."""
    kept = []
    for number, one in enumerate(_order(code, brings)):
        mine = np.flatnonzero(code == one)
        by = np.lexsort((-km[mine], -renewed[mine], -brings[mine]))
        kept.append(mine[by][:IN_OTHERS if number else IN_FIRST])
    return np.concatenate(kept)
