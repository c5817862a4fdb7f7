"""The stretches that packages consist of, as arrays: what stands in a register, blanks filled (docs/numbers.md:
Stretches). Up to a million of them, so there is no object for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.int32]
Texts = Callable[[str], Sequence[str | None]]

NO_STREET = -1


@dataclass(frozen=True)
class RegisterFile:
    """Where stretches were read from: the name beside the workbook (or the sheet), and the SHA-256 of the file (blank:
    a sheet of the workbook)."""

    name: str
    sha256: str = ""


def _no_texts(column: str) -> Sequence[str | None]:
    raise KeyError(column)


@dataclass(frozen=True, eq=False)
class Stretches:
    """``n`` stretches, those of one package together, packages in the order of ``packages`` (sorted by key), inside a
    package in the order of the register. All arrays have ``n`` entries and cannot be written to.

    ``package``: place in ``packages``; ``segment``: key within its package, UTF-8 bytes; ``km`` > 0; ``age``: years on
    1 January of plan_from; ``wear``: a fraction on that day (NaN: the package has none); ``rate``: bursts per km and
    year on that day, before calibration (NaN: the package has none); ``consequence``: bn KZT of the price year per
    burst, without what is not supplied; ``quantities``: what a km changes, of the quantities that the register has a
    column for (others: as of the package); ``built``: year, 0 where not known; ``material``, ``street``: places in
    ``materials`` and ``streets``, -1: none; ``latitude``, ``longitude``: degrees of a point of it, NaN: none.
    ``texts``: further columns of the register by name (``name``, ``line``: WKT), in the order of the arrays, read when
    they are asked for; raises KeyError for one that it does not have.
    """

    packages: tuple[str, ...]
    package: Codes
    segment: NDArray[np.bytes_]
    km: Floats
    age: Floats
    wear: Floats
    rate: Floats
    consequence: Floats
    built: NDArray[np.int16]
    material: Codes
    street: Codes
    latitude: Floats
    longitude: Floats
    quantities: Mapping[str, Floats] = field(default_factory=dict)
    materials: tuple[str, ...] = ()
    streets: tuple[str, ...] = ()
    source: RegisterFile = field(default_factory=lambda: RegisterFile("segments"))
    texts: Texts = field(default=_no_texts, repr=False)

    def __post_init__(self) -> None:
        """Raises ValueError for arrays that do not go together."""
        count = len(self.km)
        for name, array in self._arrays():
            if array.shape != (count,):
                raise ValueError(f"{name} has the shape {array.shape}, not ({count},)")
            array.flags.writeable = False
        if count and (np.any(np.diff(self.package) < 0) or self.package[0] < 0
                      or self.package[-1] >= len(self.packages)):
            raise ValueError("stretches of a package do not stand together, in the order of the packages")

    def _arrays(self) -> list[tuple[str, NDArray[Any]]]:
        own = [(f.name, getattr(self, f.name)) for f in fields(self)]
        return [(name, a) for name, a in (*own, *self.quantities.items()) if isinstance(a, np.ndarray)]

    def __len__(self) -> int:
        return len(self.km)

    @cached_property
    def slices(self) -> Mapping[str, slice]:
        """Where the stretches of each package stand."""
        ends = np.searchsorted(self.package, np.arange(len(self.packages) + 1))
        return {key: slice(int(ends[i]), int(ends[i + 1])) for i, key in enumerate(self.packages)}

    def key(self, i: int) -> tuple[str, str]:
        """Package and segment of a stretch."""
        return self.packages[self.package[i]], self.segment[i].decode()

    @cached_property
    def places(self) -> Codes:
        """Place of each stretch: those of several packages with one number lie together in one street, at most one of
        each package; -1 without a street. The first of a package in a street lies with the first of another, and so
        on."""
        found = np.full(len(self), NO_STREET, dtype=np.int32)
        lies = np.flatnonzero(self.street != NO_STREET)
        order = lies[np.lexsort((lies, self.package[lies], self.street[lies]))]
        street, package = self.street[order].astype(np.int64), self.package[order]
        starts = np.r_[True, (np.diff(street) != 0) | (np.diff(package) != 0)][: len(order)]
        rank = np.arange(len(order)) - np.maximum.accumulate(np.where(starts, np.arange(len(order)), 0))
        _, number = np.unique(street * (len(self) + 1) + rank, return_inverse=True)
        found[order] = number
        found.flags.writeable = False
        return found

    def sums(self, values: Floats) -> Floats:
        """Sum of a value over the stretches of each package, in the order of ``packages``."""
        found: Floats = np.bincount(self.package, weights=values, minlength=len(self.packages)).astype(np.float64)
        return found


@dataclass(frozen=True, eq=False)
class Renewed:
    """What a plan renews: ``km`` > 0 of the stretch ``row`` (place in :class:`Stretches`) in the period at a position
    (``period``); sorted by row, then by period. ``strange``: the first row of its file that is of no such stretch or
    period, in words."""

    row: Codes
    period: NDArray[np.int16]
    km: Floats
    strange: str = ""
