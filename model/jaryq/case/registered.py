"""From a register to stretches with blanks filled, and packages that say what their registers do (docs/numbers.md:
Stretches)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jaryq.case.case import Package
from jaryq.case.settings import Settings
from jaryq.case.stretches import Codes, Floats, RegisterFile, Stretches
from jaryq.sheets.quantities import PREFIX
from jaryq.tables.register import Coded, Register


def registered(register: Register | None, packages: Mapping[str, Package], settings: Settings,
               quantities: Mapping[str, str]) -> tuple[Stretches | None, Mapping[str, Package]]:
    """The stretches of a register, and the packages with its means; ``quantities``: keys of quantities by their
    headings in small letters. Rows of packages that are not there, and without a length, are left out: they have
    issues."""
    if register is None:
        return None, packages
    stretches = _filled(register, packages, settings, quantities)
    return stretches, {key: _of_register(package, stretches) if key in stretches.slices else package
                       for key, package in packages.items()}


def _filled(register: Register, packages: Mapping[str, Package], settings: Settings,
            quantities: Mapping[str, str]) -> Stretches:
    stated, km = register.coded_of("package"), register.of("km")
    keys = sorted({text for text in stated.texts if text in packages})
    number = {key: place for place, key in enumerate(keys)}
    owner = np.array([*(number.get(text, -1) for text in stated.texts), -1], dtype=np.int32)[stated.codes]
    kept = np.flatnonzero((owner >= 0) & ~np.isnan(km))
    order = kept[np.argsort(owner[kept], kind="stable")]
    package = owner[order]
    held = [packages[key] for key in keys]

    def of(column: str) -> Floats:
        return register.of(column)[order]

    def each(values: Sequence[float]) -> Floats:
        """A number of each package, for each of its stretches."""
        return np.array(values, dtype=np.float64)[package] if keys else np.empty(0)

    life = each([one.life for one in held])
    built, wear = of("year_built"), of("wear") / 100.0
    wear_of_package = each([math.nan if one.wear is None else one.wear for one in held])
    known = np.isnan(built) & np.isnan(wear)
    wear = np.where(known, wear_of_package, wear)
    age = np.where(np.isnan(built), wear * life, np.maximum(settings.plan_from - built, 0.0))
    wear = np.where(np.isnan(wear), np.minimum(1.0, age / life), wear)
    own = [one.bursts for one in held]
    each_rate = _rates(of("bursts") / 100.0, of("condition"), age, km[order], package,
                       each([math.nan if b is None else b.rate for b in own]),
                       each([0.0 if b is None else b.growth for b in own]), len(keys))
    consequence = of("consequence") / 1000.0
    changed = {}
    for heading in register.quantities:
        key = quantities.get(heading.removeprefix(PREFIX).lower())
        if key is not None:
            amount = of(heading)
            changed[key] = np.where(np.isnan(amount), each([one.quantities.get(key, 0.0) for one in held]), amount)
    material, street = register.coded_of("material"), register.coded_of("street")
    streets = _streets(street, order, package, held)

    def texts(column: str) -> Sequence[str | None]:
        found = register.texts(column)
        return [found[place] for place in order]

    return Stretches(
        packages=tuple(keys), package=package.astype(np.int32), segment=register.segment[order], km=km[order], age=age,
        wear=wear, rate=each_rate,
        consequence=np.where(np.isnan(consequence), each([0.0 if b is None else b.consequence for b in own]),
                             consequence),
        built=np.nan_to_num(built, nan=0.0).astype(np.int16), material=material.codes[order], street=streets.codes,
        latitude=of("latitude"), longitude=of("longitude"), quantities=changed, materials=material.texts,
        streets=streets.texts, source=RegisterFile(register.name, register.sha256), texts=texts,
    )


def _rates(stated: Floats, condition: Floats, age: Floats, km: Floats, package: Codes, rate: Floats, growth: Floats,
           count: int) -> Floats:
    """Bursts per km and year: as stated, else the package's spread by age, its mean by length kept."""
    factor = np.where(np.isnan(condition), 1.0, condition)
    blank = np.isnan(stated)
    weight = factor * np.power(1.0 + growth, np.nan_to_num(age))
    length = np.bincount(package[blank], weights=km[blank], minlength=count)
    spread = np.bincount(package[blank], weights=(km * weight)[blank], minlength=count)
    with np.errstate(invalid="ignore", divide="ignore"):
        scale = length / spread
        return np.where(blank, rate * weight * scale[package], factor * stated)


def _streets(street: Coded, order: NDArray[Any], package: Codes, held: Sequence[Package]) -> Coded:
    """Streets told apart by region: two cities may have one of the same name."""
    if not street.texts or not len(order):
        return Coded(np.full(len(order), -1, dtype=np.int32), ())
    regions = sorted({one.region or "" for one in held})
    region = np.array([regions.index(one.region or "") for one in held])[package]
    codes = street.codes[order].astype(np.int64)
    both = np.where(codes < 0, -1, codes * len(regions) + region)
    unique, found = np.unique(both, return_inverse=True)
    first = int(bool(len(unique)) and unique[0] < 0)
    return Coded((found - first).astype(np.int32), tuple(street.texts[int(one) // len(regions)]
                                                         for one in unique[first:]))


def _of_register(package: Package, stretches: Stretches) -> Package:
    """The package with the means of its stretches."""
    at = stretches.slices[package.id]
    km = stretches.km[at]

    def mean(values: Floats, weights: Floats = km) -> float:
        whole = math.fsum(weights)
        return math.fsum(values[at] * weights) / whole if whole else math.fsum(values[at]) / len(km)

    bursts, rate = package.bursts, stretches.rate
    if bursts is not None or not np.isnan(rate[at]).any():
        bursts = bursts and replace(bursts, rate=mean(rate), consequence=mean(stretches.consequence, rate[at] * km))
    return replace(
        package, bursts=bursts, wear=None if np.isnan(stretches.wear[at]).any() else mean(stretches.wear),
        quantities={**package.quantities, **{key: mean(amounts) for key, amounts in stretches.quantities.items()}})
