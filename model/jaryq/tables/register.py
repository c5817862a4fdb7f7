"""A register of stretches as it was read: arrays by column, blanks kept (docs/numbers.md: Stretches)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Codes = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Coded:
    """A column of texts, many of them alike: the place of each in ``texts``, -1 where blank."""

    codes: Codes
    texts: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Register:
    """``numbers``: columns of numbers as stated (percent, mn KZT, per 100 km), NaN where blank; ``coded``: package,
    material and street; ``segment``: keys, UTF-8. ``name``: of the file beside the workbook, or the sheet;
    ``sha256``: of the file. ``texts``: a further column (name, line), read when it is asked for."""

    name: str
    sha256: str
    segment: NDArray[np.bytes_]
    numbers: Mapping[str, Numbers]
    coded: Mapping[str, Coded]
    texts: Callable[[str], Sequence[str | None]] = field(repr=False)

    def __len__(self) -> int:
        return len(self.segment)

    def of(self, column: str) -> Numbers:
        """A column of numbers; NaN where the register has none of the name."""
        found = self.numbers.get(column)
        return np.full(len(self), np.nan) if found is None else found

    def coded_of(self, column: str) -> Coded:
        """A column of texts; all blank where the register has none of the name."""
        return self.coded.get(column) or Coded(np.full(len(self), -1, dtype=np.int32), ())

    @property
    def quantities(self) -> tuple[str, ...]:
        """Headings of quantities that it has (q_...)."""
        return tuple(name for name in self.numbers if name.startswith("q_"))
