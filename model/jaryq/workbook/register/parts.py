"""What the readers of registers have in common: a file as columns in pieces, and why it cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jaryq.base.text import Text

PIECE = 65_536
"""Rows that are read at once."""
MOST_ROWS = 2_000_000
MOST_BYTES = 2 << 30

LINE = "line"
"""The column that geometries of features are read as, in WKT."""


class BadRegister(Exception):
    """A register that cannot be read: the code of its issue, and what it says."""

    def __init__(self, code: str, **slots: object) -> None:
        super().__init__(code)
        self.code = code
        self.slots = slots


class BadRows(BadRegister):
    """Rows that cannot be read: what stands in the first of them, besides."""

    def __init__(self, code: str, value: str, **slots: object) -> None:
        super().__init__(code, **slots)
        self.value = value


def unreadable(en: str, ru: str) -> BadRegister:
    return BadRegister("register_unreadable", detail=Text(en, ru))


Cells = tuple[NDArray[Any], NDArray[np.bool_]]
"""Values of a column (float64, or objects) and where they are blank."""


@dataclass(frozen=True)
class Opened:
    """A register that is open: its headings as they stand, and pieces of the columns asked for. ``told``: issues of the
    file as a whole, by code."""

    headings: Sequence[str]
    pieces: Callable[[Sequence[str]], Iterator[Mapping[str, Cells]]]
    told: Sequence[tuple[str, Mapping[str, object]]] = ()


def objects(values: Sequence[Any]) -> Cells:
    """Python values as cells; None and texts of blanks alone are blank."""
    cells = np.empty(len(values), dtype=object)
    cells[:] = values
    return cells, np.fromiter((value is None or (isinstance(value, str) and not value.strip()) for value in values),
                              dtype=bool, count=len(values))


def count_rows(rows: int) -> None:
    """Raises BadRegister where there are too many."""
    if rows > MOST_ROWS:
        most = Text(f"{MOST_ROWS:,}", f"{MOST_ROWS:,}".replace(",", "\u00a0"))
        raise BadRegister("register_too_large", most=most,
                          found=Text(f"more than {most.en} rows", f"более {most.ru} строк"))
