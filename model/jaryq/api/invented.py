"""Registers of stretches that might be: seeded, for trying out. Lengths add up to what waits of the packages, wear to
their mean; years come in waves of construction; networks of one city share its streets. Nothing in them is measured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from jaryq.case.case import Case, Package

WAVES = ((1948, 1962, 0.12), (1962, 1978, 0.34), (1978, 1991, 0.32), (1991, 2005, 0.06), (2005, 2025, 0.16))
"""First year, year after the last, and share of the length laid: most networks were laid before 1991, few in the years
after."""
MATERIALS: Mapping[str | None, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "heat": (("steel in ducts", "steel above ground"), ("preinsulated steel",)),
    "water": (("cast iron", "steel", "asbestos cement"), ("polyethylene",)),
    "sewer": (("ceramic", "concrete", "cast iron"), ("PVC",)),
    "power": (("wooden poles", "concrete poles"), ("concrete poles", "steel poles")),
}
"""By sector: what was laid before 2000, and since."""
NEWER = 2000
IN_STREETS = ("heat", "water", "sewer")
DEGREE = 111.2
"""Km of a degree of latitude."""
REACH = 12.0
"""Km from the middle of a city within which most of its streets lie."""
LONGEST_DRAWN = 3.0
ANYWHERE = (48.0, 67.0)
"""Latitude and longitude for regions without a facility that has a place."""

Floats = NDArray[np.float64]


def invented(case: Case, count: int, seed: int = 0) -> pd.DataFrame:
    """About ``count`` stretches (at least one of each package of which something waits) with the columns of the sheet
    ``segments``. Raises ValueError where there are packages and ``count`` is less than one."""
    if count < 1:
        raise ValueError("at least one stretch")
    random = np.random.default_rng(seed)
    waits = {key: waiting(package) for key, package in case.packages.items() if waiting(package) > 0.0}
    shares = np.array(list(waits.values()))
    numbers = np.maximum(1, np.floor(shares / max(shares.sum(), 1e-9) * count + 0.5)).astype(int)
    numbers = np.minimum(numbers, np.maximum(1, np.floor(shares * 1000.0)).astype(int))
    cities = _cities(case)
    streets = _streets(case, dict(zip(waits, numbers, strict=True)))
    parts = [_of_package(case, case.packages[key], waits[key], int(number), random, cities, streets)
             for key, number in zip(waits, numbers, strict=True)]
    return pd.concat([pd.DataFrame(part) for part in parts], ignore_index=True) if parts else pd.DataFrame()


def waiting(package: Package) -> float:
    """Km of a package that its stretches make up."""
    return max((package.km if package.km_total is None else package.km_total) - package.km_done, 0.0)


def _of_package(case: Case, package: Package, km: float, number: int, random: np.random.Generator,
                cities: Mapping[str | None, tuple[float, float]], streets: Mapping[str | None, int]) -> dict[str, Any]:
    lengths = _lengths(km, number, random)
    wear = _wear(package, lengths, case.settings.plan_from, random)
    built = (case.settings.plan_from - np.round(wear * package.life)).astype(int)
    old, new = MATERIALS.get(package.sector, MATERIALS["power"])
    material = np.where(built < NEWER, random.choice(np.array(old, dtype=object), number),
                        random.choice(np.array(new, dtype=object), number))
    inspected = random.random(number) < 0.2
    condition = np.where(inspected, np.round(np.clip(random.lognormal(0.0, 0.35, number), 0.3, 3.0), 2), np.nan)
    found: dict[str, Any] = {
        "package": package.id, "segment": [f"{place:06d}" for place in range(1, number + 1)], "km": lengths,
        "year_built": built, "wear": np.round(100.0 * wear, 4), "material": material, "condition": condition,
    }
    place = random.permutation(max(streets.get(package.region, 0), number))[:number]
    if package.sector in IN_STREETS:
        found["street"] = [f"{package.region}-{one:05d}" for one in place]
    else:
        found["street"] = None
    found["line"] = _lines(cities.get(package.region, ANYWHERE), place, lengths)
    return found


def _lengths(km: float, number: int, random: np.random.Generator) -> Floats:
    """Lengths in whole metres, of very different size, that add up to the km to the metre."""
    metres = round(1000.0 * km)
    drawn = random.lognormal(0.0, 0.8, number)
    ends = np.round(np.cumsum(drawn) / drawn.sum() * (metres - number)).astype(np.int64)
    each = np.diff(ends, prepend=0) + 1
    each[-1] += metres - int(each.sum())
    return np.asarray(each / 1000.0, dtype=np.float64)


def _wear(package: Package, km: Floats, year: int, random: np.random.Generator) -> Floats:
    """Wear by years of construction, bent so that its mean by length is the package's."""
    first, last, share = (np.array(column) for column in zip(*WAVES, strict=True))
    wave = random.choice(len(WAVES), len(km), p=share / share.sum())
    laid = first[wave] + random.random(len(km)) * (last - first)[wave]
    by_age = np.clip((year - laid) / (year - float(first[0])), 0.01, 0.99)
    mean = 0.5 if package.wear is None else package.wear
    if not 0.0 < mean < 1.0:
        return np.full(len(km), mean)
    low, high = -12.0, 12.0
    for _ in range(60):  # the mean falls as the power grows
        middle = (low + high) / 2.0
        low, high = (middle, high) if np.average(by_age ** np.exp(middle), weights=km) > mean else (low, middle)
    return np.asarray(by_age ** np.exp(low), dtype=np.float64)


def _cities(case: Case) -> dict[str | None, tuple[float, float]]:
    """Where the city of each region is: the middle of the places of its facilities."""
    places: dict[str | None, list[tuple[float, float]]] = {}
    for facility in case.facilities.values():
        if facility.latitude is not None and facility.longitude is not None:
            places.setdefault(facility.region, []).append((facility.latitude, facility.longitude))
    return {region: (float(np.median([a for a, _ in found])), float(np.median([b for _, b in found])))
            for region, found in places.items()}


def _streets(case: Case, numbers: Mapping[str, int]) -> dict[str | None, int]:
    """How many streets each region has: a little more than its package with most stretches in streets needs."""
    found: dict[str | None, int] = {}
    for key, number in numbers.items():
        package = case.packages[key]
        if package.sector in IN_STREETS:
            found[package.region] = max(found.get(package.region, 0), int(1.2 * number) + 1)
    return found


def _lines(city: tuple[float, float], street: NDArray[np.int64], km: Floats) -> list[str]:
    """A straight line for each stretch along its street; a street has its place and direction whatever lies in it."""
    turn = street * 2.399963  # the golden angle: streets spread evenly around the middle
    away = REACH * np.sqrt((street + 0.5) / (street.max(initial=0) + 1.0))
    east, north = away * np.cos(turn), away * np.sin(turn)
    way = np.where(street % 2 == 0, 0.0, np.pi / 2.0) + 0.2
    half = np.minimum(km, LONGEST_DRAWN) / 2.0
    wide = DEGREE * np.cos(np.radians(city[0]))
    (a, b), (c, d) = [(city[1] + (east + side * half * np.cos(way)) / wide,
                       city[0] + (north + side * half * np.sin(way)) / DEGREE) for side in (-1.0, 1.0)]
    return [f"LINESTRING ({w:.5f} {x:.5f}, {y:.5f} {z:.5f})" for w, x, y, z in zip(a, b, c, d, strict=True)]
