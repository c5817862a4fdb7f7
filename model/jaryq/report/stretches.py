"""What a plan does with the stretches of its register: pure steps from arrays to tables (docs/numbers.md:
Stretches)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from jaryq.case.stretches import Renewed, Stretches
from jaryq.report.street_lines import parts_of, texts_of_lines

Floats = npt.NDArray[np.float64]

BANDS = (0, 10, 20, 30, 40, 50)
"""Ages, years, at which bands begin; the last one has no end."""

MOST = 200_000
"""Features of a layer: of a larger register only what is renewed is told."""

FIRST = 5_000
"""Rows of stretches that a workbook shows."""


@dataclass(frozen=True)
class Band:
    """Stretches of an age from ``least`` to below ``most`` years (None: no end), km, and of them renewed; ``wear`` is
    the mean by length of what has one (None: nothing has)."""

    least: int
    most: int | None
    stretches: int
    km: float
    renewed: float
    wear: float | None


def done(register: Stretches, renewed: Renewed) -> Floats:
    """Km renewed of each stretch."""
    found: Floats = np.bincount(renewed.row, weights=renewed.km, minlength=len(register)).astype(np.float64)
    return found


def by_age(register: Stretches, renewed: Renewed) -> tuple[Band, ...]:
    """Renewal by band of age on 1 January of plan_from."""
    of, known = done(register, renewed), ~np.isnan(register.wear)
    place = np.searchsorted(BANDS, register.age, side="right") - 1
    found = []
    for i, least in enumerate(BANDS):
        here = place == i
        worn = here & known
        km = float(register.km[worn].sum())
        wear = float(register.km[worn] @ register.wear[worn]) / km if km > 0 else None
        found.append(Band(least, BANDS[i + 1] if i + 1 < len(BANDS) else None, int(here.sum()),
                          float(register.km[here].sum()), float(of[here].sum()), wear))
    return tuple(found)


def wear_at(register: Stretches, renewed: Renewed, years: float, life: Mapping[str, float],
            ends: Sequence[float]) -> dict[str, tuple[float, float]]:
    r"""Wear of each package ``years`` after 1 January of plan_from, nothing done and by the plan, means by length of
    the stretches that have one; ``life``: years that renewed pipe lasts, ``ends``: when each period ends, in years.

    .. math:: \sum_i (L_i - \sum_t x_{it}) \min(1, w_i + years/life) + \sum_t x_{it} \min(1, (years - end_t)/life)
    """
    lives = np.array([life[key] for key in register.packages])[register.package]
    old = np.minimum(1.0, register.wear + years / lives)
    known = ~np.isnan(old)
    before = register.sums(np.where(known, register.km * old, 0.0))
    length = register.sums(np.where(known, register.km, 0.0))
    v = years - np.asarray(ends)[renewed.period]
    here = known[renewed.row] & (v >= 0)
    rows = renewed.row[here]
    change = renewed.km[here] * (np.minimum(1.0, v[here] / lives[rows]) - old[rows])
    after = before + np.bincount(register.package[rows], weights=change, minlength=len(register.packages))
    return {key: (float(before[i] / length[i]), float(after[i] / length[i]))
            for i, key in enumerate(register.packages) if length[i] > 0}


@dataclass(frozen=True, eq=False)
class Next:
    """The stretches of a package that would be renewed next: ``row`` in the order in which they are worth most a km,
    ``km`` of each that is left, and what they bring, bn KZT."""

    row: npt.NDArray[np.int64]
    km: Floats
    value: float


def next_km(register: Stretches, renewed: Renewed, benefit: Floats, key: str, km: float = 100.0) -> Next:
    """The next ``km`` of a package beyond the plan, each in its best period. ``benefit[i, t]``: of a km, bn KZT."""
    here = register.slices[key]
    left = np.maximum(register.km[here] - done(register, renewed)[here], 0.0)
    best = benefit[here].max(axis=1, initial=-np.inf)
    order = np.argsort(-best, kind="stable")
    order = order[left[order] > 1e-9]
    before = np.cumsum(left[order]) - left[order]
    taken = np.clip(km - before, 0.0, left[order])
    kept = taken > 0
    return Next(order[kept] + here.start, taken[kept], float(taken[kept] @ best[order[kept]]))


def rows_of(register: Stretches, renewed: Renewed, labels: Sequence[str]) -> dict[str, list[object]]:
    """The columns of the result: one row for each stretch and period, in the order of the register."""
    rows = renewed.row.tolist()
    packages = np.array(register.packages, dtype=object)[register.package[renewed.row]]
    return {"package": packages.tolist(), "segment": [register.segment[i].decode() for i in rows],
            "period": np.array(labels, dtype=object)[renewed.period].tolist(), "km": renewed.km.tolist()}


def features(register: Stretches, renewed: Renewed, labels: Sequence[str]) -> Iterator[dict[str, object]]:
    """The stretches that have a place, as features of GeoJSON, lines where the register has them, else points: the
    period in which most of each is renewed (null where it is not), km, and km renewed. Of more than ``MOST`` only those
    that are renewed."""
    placed = np.flatnonzero(~(np.isnan(register.latitude) | np.isnan(register.longitude)))
    of = done(register, renewed)
    if len(placed) > MOST:
        placed = placed[of[placed] > 0]
    order = np.argsort(renewed.km, kind="stable")
    when = np.full(len(register), -1, dtype=np.int64)
    when[renewed.row[order]] = renewed.period[order]
    lines = texts_of_lines(register)
    for i in placed.tolist():
        package, segment = register.key(i)
        street = register.street[i]
        yield {
            "type": "Feature",
            "geometry": _geometry(lines[i] if lines else None, float(register.longitude[i]),
                                  float(register.latitude[i])),
            "properties": {"package": package, "segment": segment, "km": float(register.km[i]),
                           "renewed_km": float(of[i]), "period": labels[when[i]] if when[i] >= 0 else None,
                           "street": register.streets[street] if street >= 0 else None}}


def _geometry(line: str | None, east: float, north: float) -> dict[str, object]:
    parts = [[list(vertex) for vertex in part] for part in parts_of(line)]
    if not parts:
        return {"type": "Point", "coordinates": [east, north]}
    if len(parts) == 1:
        return {"type": "LineString", "coordinates": parts[0]}
    return {"type": "MultiLineString", "coordinates": parts}
