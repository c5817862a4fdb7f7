"""Table ``calibration``: what is published, what the plan gives, and whether it lies in the band (docs/numbers.md,
Calibration)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from jaryq.base.counted import english
from jaryq.base.text import Text
from jaryq.case.calibration import BAND
from jaryq.case.case import Calibration
from jaryq.factors.calibration import computed, inside
from jaryq.report.amounts import Amounts
from jaryq.report.shapes import Fact, Out, Value
from jaryq.report.words import ASIDE, DATA, MEASURES, NO, UNIT_WORDS, YES, name_of, number, same

NOTHING = Text("nothing to compare", "сравнивать не с чем")
WITHOUT = Text("without further works", "без дальнейших работ")
OF_CASE = {"cost": Text("overnight cost", "стоимость"), "scope": Text("km in scope", "км в программе"),
           "length": Text("km in all", "км всего"), "capacity": Text("capacity", "мощность")}


WIDE = number(100.0 * BAND)
BANDS = Text(f"{WIDE.en} % to either side, or the spread of sources that is entered",
             f"{WIDE.ru} % в обе стороны или указанный разброс источников")
"""What a published figure is compared within, wherever it is said how many are met."""


def values(found: Amounts) -> dict[str, float]:
    """What is compared, by row, where there is something."""
    by_row = {row.id: computed(found.factors, row, found.plan) for row in found.case.calibration}
    return {key: value for key, value in by_row.items() if value is not None}


def within(found: Amounts) -> int:
    """How many rows that are compared lie in their bands."""
    made = values(found)
    return sum(inside(row, made[row.id]) for row in found.case.calibration if row.counts and row.id in made)


class Tally(NamedTuple):
    """How many published figures are compared, lie outside their bands, and count but have nothing to compare."""

    compared: int
    outside: int
    empty: int

    @property
    def inside(self) -> int:
        return self.compared - self.outside

    def and_empty(self, said: Text) -> Text:
        """``..; 1 more has nothing to compare``; ``said`` alone where all that count are compared."""
        if not self.empty:
            return said
        return Text(f"{said.en}; {self.empty} more {english(self.empty, 'has', 'have')} nothing to compare",
                    f"{said.ru}; ещё {self.empty} сравнить не с чем")


def tally(rows: Iterable[Mapping[str, Value]]) -> Tally:
    """The counts of the rows of the table ``calibration``, wherever they are said."""
    held = [row.get("inside") for row in rows]
    outside = sum(one is NO for one in held)
    return Tally(outside + sum(one is YES for one in held), outside, sum(one is NOTHING for one in held))


def claims_of(found: Amounts) -> dict[str, float]:
    """The numbers that a plan states of its calibration; none without rows."""
    if not found.case.calibration:
        return {}
    return {f"calibration[{key}]": value for key, value in values(found).items()} | {
        "calibration_inside": float(within(found))}


def calibration_table(found: Amounts) -> Out:
    """One row for each published figure, in the order of the input."""
    made = values(found)
    headings = ("calibration", "name", "measure", "filter", "year", "published", "computed", "ratio", "least", "most",
                "unit", "inside", "why", "source", "data_status")
    return Out("calibration", headings, tuple(_row(row, made.get(row.id)) for row in found.case.calibration))


def _row(row: Calibration, value: float | None) -> dict[str, Value]:
    first, last = row.parts[0][0], row.parts[-1][-1]
    begin = first.year + 1 if len(row.parts[0]) > 1 else first.year_first
    words = OF_CASE.get(first.measure) or MEASURES[first.measure]
    measure = words if row.works else Text(f"{words.en}, {WITHOUT.en}", f"{words.ru}, {WITHOUT.ru}")
    held = ASIDE if not row.counts else NOTHING if value is None else YES if inside(row, value) else NO
    return {
        "calibration": row.id, "name": name_of(row), "measure": measure,
        "filter": "; ".join(f"{column}={wanted}" for column, wanted in first.filter.items()) or None,
        "year": str(last.year) if begin == last.year else f"{begin}-{last.year}",
        "published": row.published, "computed": value,
        "ratio": value / row.published if value is not None and row.published else None,
        "least": row.least, "most": row.most, "unit": unit_of(row), "inside": held,
        "why": _why(row, held),
        "source": row.source or None, "data_status": DATA[row.data_status],
    }


def _why(row: Calibration, held: Text) -> Text | None:
    """Why a row is outside its band, or does not count."""
    return Text(row.why, row.why_ru or row.why) if row.why and held in (NO, ASIDE) else None


def unit_of(row: Calibration) -> Text:
    """The unit as people read it."""
    return Text(row.unit, row.unit_ru) if row.unit_ru else UNIT_WORDS.get(row.unit, same(row.unit))


def compared(found: Amounts) -> list[Fact]:
    """In the bands of how many published figures the plan lies; nothing where none is compared."""
    counts = tally(calibration_table(found).rows)
    if not counts.compared:
        return []
    of = number(counts.compared)
    said = counts.and_empty(Text(f"of {of.en} that are compared", f"из {of.ru} сравниваемых"))
    return [Fact(Text("Published figures within their bands", "Опубликованных величин в пределах полосы"),
                 float(counts.inside), "",
                 Text(f"{said.en}; a band is {BANDS.en}", f"{said.ru}; полоса: {BANDS.ru}"),
                 strong=True, key="calibration")]
