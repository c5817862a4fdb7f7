"""Uncertain inputs, sheet uncertainty: a change whose value is drawn (docs/numbers.md, Uncertain inputs)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import NormalDist
from typing import Any

from jaryq.base.text import Text
from jaryq.case.fill import rows
from jaryq.sheets.uncertainty import UNCERTAINTY
from jaryq.tables.change import Change
from jaryq.tables.convert import read_number
from jaryq.tables.selector import several
from jaryq.tables.tables import Tables

SHEET = UNCERTAINTY.name
CUT = 0.001
"""Part of a lognormal distribution beyond each of its ends: what lies there is drawn as the end."""

NORMAL = NormalDist()
TENTH = NORMAL.inv_cdf(0.9)
"""1.2815..: of a standard normal distribution a tenth lies above it, a tenth below its negative."""

COMES, STAYS_AWAY = 1.0, 0.0
"""Values of a draw of ``comes``: nothing changes; the change is made."""


@dataclass(frozen=True)
class Uncertain:
    """One uncertain input: a change of the cells that ``sheet`` to ``years`` name, by ``operation`` with a drawn value.

    ``low``, ``likely``, ``high``: as the sheet states them, in the unit of the changed cells (of multiply: factors; of
    delay: months; of shift: years); None where the distribution has no such parameter (low of comes: 0). ``values``:
    of discrete, each value with its probability. ``correlation``: rank correlation of every two rows of ``group``, 0
    without a group. ``cell``: the row of the sheet; ``letters``: its columns.
    """

    id: str
    name: Text
    sheet: str
    selector: str
    column: str
    years: str
    operation: str
    distribution: str
    low: float | None
    likely: float | None
    high: float | None
    probability: float | None
    values: tuple[tuple[float, float], ...]
    group: str
    correlation: float
    source: str
    cell: str = ""
    letters: Mapping[str, str] = field(default_factory=dict, compare=False)

    def change(self, value: float, parameter: str = "distribution") -> Change | None:
        """The change that a draw makes, told at the cell of a ``parameter``; None where nothing changes: what comes, a
        shift by nothing."""
        if self.distribution == "comes":
            if value == COMES:
                return None
            value = self.low or 0.0
        if self.operation == "shift" and not value:
            return None
        return Change(self.sheet, self.selector, self.column, self.years, self.operation, value, SHEET, self.cell,
                      self.name.en, {**self.letters, "value": self.letters.get(parameter, "")})

    def stated_in(self, value: float) -> str:
        """The column that states a drawn value, or the parameter on its side of the middle."""
        if self.distribution in ("discrete", "comes"):
            return "values" if self.distribution == "discrete" else "low"
        low, high = self.low or 0.0, self.high or 0.0
        middle = self.likely if self.likely is not None else (low + high) / 2.0
        return "likely" if value == self.likely else "low" if value <= middle else "high"

    def ends(self) -> tuple[tuple[str, float], tuple[str, float]]:
        """The least and the greatest value that a draw can have, each with the column that states it."""
        if self.distribution == "discrete":
            stated = [value for value, _ in self.values]
            return ("values", min(stated)), ("values", max(stated))
        if self.distribution == "comes":
            return ("low", STAYS_AWAY), ("low", COMES)
        low, high = self.low or 0.0, self.high or 0.0
        if self.distribution == "lognormal":
            low, high = lognormal(low, high, CUT), lognormal(low, high, 1.0 - CUT)
        if self.distribution == "delay":
            low, high = whole_months(low), whole_months(high)
        return ("low", low), ("high", high)


def lognormal(low: float, high: float, p: float) -> float:
    """The value below which the part ``p`` of a lognormal distribution lies, ``low`` and ``high`` being its P10 and
    P90: its logarithm is normal, so ``exp(mean + sd z(p))`` with ``mean`` in the middle of the two logarithms."""
    mean, sd = (math.log(high) + math.log(low)) / 2.0, (math.log(high) - math.log(low)) / (2.0 * TENTH)
    return math.exp(mean + sd * NORMAL.inv_cdf(min(max(p, CUT), 1.0 - CUT)))


def whole_months(months: float) -> float:
    """The nearest whole number of months, of two the later."""
    return float(math.floor(months + 0.5))


def uncertain_of(tables: Tables) -> tuple[Uncertain, ...]:
    """Uncertain inputs in the order of the sheet, whose rows passed its rules; none where the sheet is absent."""
    correlations = {row["group"]: row["correlation"] for row in rows(tables, SHEET)
                    if row["group"] and row["correlation"] is not None}
    return tuple(uncertain(row, correlations) for row in rows(tables, SHEET))


def uncertain(row: Mapping[str, Any], correlations: Mapping[str, float]) -> Uncertain:
    """One row with its defaults filled; ``correlations``: of each group."""
    cells = row["cells"]
    name = row["name"] or row["uncertain"]
    comes = row["distribution"] == "comes"
    return Uncertain(
        row["uncertain"], Text(name, row["name_ru"] or name), row["sheet"], row["selector"] or "", row["column"] or "",
        row["years"] or "", row["operation"], row["distribution"], 0.0 if comes and row["low"] is None else row["low"],
        row["likely"], row["high"], row["probability"], tuple(weighed(row["values"])), row["group"] or "",
        correlations.get(row["group"], 0.0) if row["group"] else 0.0, row["source"] or "", str(cells.row),
        {name: str(letter) for name, letter in cells.columns.items()})


class NotWeighed(ValueError):
    """A list of values with probabilities that is none; ``text`` says why in every language."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def weighed(text: object) -> Iterator[tuple[float, float]]:
    """``0.9:0.2; 1:0.8`` -> (0.9, 0.2), (1.0, 0.8). Raises NotWeighed where a piece is no value with a probability."""
    for piece in several(text):
        read = (read_number(UNCERTAINTY.at[column], part)[0]
                for column, part in zip(("low", "probability"), piece.split(":"), strict=False))
        numbers = [number for number in read if number is not None]
        if piece.count(":") != 1 or len(numbers) != 2 or not all(map(math.isfinite, numbers)):
            raise NotWeighed(Text(f"“{piece}” is not value:probability",
                                  f"«{piece}» не имеет вида значение:вероятность"))
        value, probability = map(float, numbers)
        if not 0.0 < probability <= 1.0:
            raise NotWeighed(Text(f"the probability of “{piece}” is not above 0 and up to 1",
                                  f"вероятность в «{piece}» не лежит между 0 и 1"))
        yield value, probability


def changes_of_draw(uncertain: Sequence[Uncertain], values: Sequence[float]) -> tuple[Change, ...]:
    """The changes of one draw, in the order of the sheet, a value for each row: for ``accept_changes``."""
    found = (row.change(float(value), row.stated_in(float(value)))
             for row, value in zip(uncertain, values, strict=True))
    return tuple(change for change in found if change is not None)
