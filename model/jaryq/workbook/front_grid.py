"""The grid of a front page: how wide tables and their columns are, and which tables stand beside each other. Number
formats of their cells."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeGuard

from jaryq.base.text import Lang, Text, word
from jaryq.base.units import UNITS
from jaryq.report.block import Block, Field
from jaryq.workbook.plan_style import shown_length

WIDTH = 2.6
"""Letters of a column of the grid."""
STEP = WIDTH + 0.7
"""Letters that a column adds to a span, which has the borders between its columns too."""
LEAST, LONGEST = 7.0, 44.0
"""Letters of a column of numbers at least, and of texts at most where tables share a row."""
LINES = 3
"""Lines of a heading, about."""
SENTENCES = 2.0
"""A table whose rows have more lines than this on the average holds sentences."""
BETWEEN = 2
"""Columns of the grid between two tables."""
BOLD = 1.15
"""Room that a letter of a total takes, which is bold."""
MOST_STRETCH = 1.6
"""A table that has a row for itself grows by so much at most."""


@dataclass(frozen=True)
class Grid:
    """A page is a grid of ``columns`` narrow columns; tables, figures and charts span several of them."""

    columns: int = 50

    @property
    def letters(self) -> float:
        """Letters across the page."""
        return self.columns * STEP

    @property
    def pixels(self) -> int:
        return int(self.columns * (WIDTH * 7 + 5))

    @property
    def points(self) -> float:
        return 0.75 * self.pixels

    def cut(self, part: int, of: int) -> int:
        """The column at which a part begins, if the page is cut into ``of`` equal parts."""
        return round(self.columns * part / of)


@dataclass(frozen=True)
class Placed:
    """A table with the first and last grid column of each of its columns, and the last of its band."""

    block: Block
    places: tuple[tuple[int, int], ...]
    first: int
    last: int


def packed(blocks: Sequence[Block], grid: Grid, lang: Lang) -> list[list[Placed]]:
    """Tables in their order, as many beside each other as are wide enough there; what has no columns, and what holds
    sentences, has the page's width."""
    made, waiting = [], list(blocks)
    while waiting:
        row = [waiting.pop(0)]
        while (row[0].rows and waiting and waiting[0].rows and not wordy(row[0], lang) and not wordy(waiting[0], lang)
               and _columns([*row, waiting[0]], lang) <= grid.columns):
            row.append(waiting.pop(0))
        made.append(_alone(row[0], grid, lang) if len(row) == 1 else _beside(row, grid, lang))
    return made


def wordy(block: Block, lang: Lang) -> bool:
    """Whether its rows would mostly be several lines high in the room of a table that shares its row."""
    lines = [max((len(word(value, lang)) / LONGEST for value in row if isinstance(value, (str, Text))), default=1.0)
             for row in block.rows]
    return sum(lines) > SENTENCES * len(lines)


def _alone(block: Block, grid: Grid, lang: Lang) -> list[Placed]:
    return [Placed(block, tuple(spans(block, grid, lang)), 0, grid.columns - 1)]


def _beside(row: Sequence[Block], grid: Grid, lang: Lang) -> list[Placed]:
    """Tables that share a row, each as much wider as all may be."""
    room = grid.columns - BETWEEN * (len(row) - 1)
    stretch = room * STEP / sum(sum(wanted(block, LONGEST, lang)) for block in row)
    made, start = [], 0
    for i, block in enumerate(row):
        places = _spread([letters * stretch for letters in wanted(block, LONGEST, lang)], start)
        last = grid.columns - 1 if i == len(row) - 1 else places[-1][1]
        made.append(Placed(block, tuple((a, min(b, last)) for a, b in places), start, last))
        start = last + 1 + BETWEEN
    return made


def _columns(row: Sequence[Block], lang: Lang) -> float:
    """Columns of the grid that tables beside each other ask for."""
    return sum(sum(wanted(block, LONGEST, lang)) / STEP for block in row) + BETWEEN * (len(row) - 1)


def wanted(block: Block, most: float, lang: Lang) -> list[float]:
    """Letters of each column: the longest text up to ``most``, the longest number, which may be that of its total, the
    longest word of the heading."""
    made = []
    for c, field in enumerate(block.fields):
        form = form_of(block, c)
        texts, numbers = [1.0], [0.0]
        for line in block.rows:
            value = line[c]
            if isinstance(value, (str, Text)):
                texts.append(len(word(value, lang)) + 3.0)
            elif isinstance(value, (int, float)) and not isinstance(value, bool):
                numbers.append(shown_length(value, form or free(value)) + 2.5)
        if field.total:
            whole = math.fsum(v for line in block.rows if _is_number(v := line[c]))
            numbers.append(BOLD * shown_length(whole, form or free(whole)) + 2.5)
        said = heading(field, lang)
        wide = 1.0 if said.isascii() else 1.12  # Cyrillic letters are wider
        head = wide * max(max(map(len, said.split()), default=0), len(said) / LINES) + 2.5
        made.append(max(head, min(most, max(texts)), max(numbers), LEAST if max(numbers) else 0.0))
    return made


def spans(block: Block, grid: Grid, lang: Lang) -> list[tuple[int, int]]:
    """First and last grid column of each column of a table that has the page's width for itself: long texts take what
    is left, then all grow together; or all shrink together where the page is too narrow."""
    letters = wanted(block, LONGEST, lang)
    if not letters:
        return []
    more = [b - a for a, b in zip(letters, wanted(block, 4 * LONGEST, lang), strict=True)]
    left = grid.letters - sum(letters)
    part = min(1.0, max(0.0, left) / sum(more)) if sum(more) > 0 else 0.0
    letters = [a + part * m for a, m in zip(letters, more, strict=True)]
    stretch = min(MOST_STRETCH, grid.letters / sum(letters))
    return [(first, min(last, grid.columns - 1)) for first, last in _spread([a * stretch for a in letters], 0)]


def _spread(letters: Sequence[float], start: int) -> list[tuple[int, int]]:
    """Neighbouring spans of so many letters from a column on."""
    ends = [start + round(end / STEP) for end in accumulate(letters)]
    return [(first, max(first, end - 1)) for first, end in zip([start, *ends], ends, strict=False)]


def heading(field: Field, lang: Lang) -> str:
    """Heading with the unit beneath it."""
    if isinstance(field.unit, Text):
        return f"{field.head.say(lang)}\n{field.unit.say(lang)}"
    said = UNITS[field.unit].symbol.say(lang) if field.unit and field.unit not in ("number", "year") else ""
    return f"{field.head.say(lang)}\n{said}" if said else field.head.say(lang)


def plain(decimals: int) -> str:
    """Thousands and decimals, nothing as a dash; below zero is not red: less may be better."""
    body = "#,##0" + ("." + "0" * decimals if decimals else "")
    return f'{body};-{body};"–"'


def free(value: float) -> str:
    """Format of one figure among others in other units: no digit more than it deserves."""
    size = abs(value)
    return plain(0 if size >= 100 or float(value).is_integer() else 1 if size >= 10 else 2 if size >= 0.1 else 3)


def seen(form: str, value: float) -> str:
    """The format, or about nothing where it would show a figure that is not nothing as 0 or -0."""
    decimals = form.partition(";")[0].partition(".")[2].count("0")
    return '"≈ 0";"≈ 0"' if 0.0 < abs(value) < 0.5 * 10.0**-decimals else form


def forms(block: Block) -> list[list[str | None]]:
    """Number format of each cell: its column's; of a row with a unit of its own whose cells add up, that of its largest
    figure."""
    columns = [form_of(block, c) for c in range(len(block.fields))]
    made = [list(columns) for _ in block.rows]
    for whole, parts in block.adds:
        for i, row in enumerate(block.rows):
            numbers = [v for v, form in zip(row, columns, strict=True) if form is None and _is_number(v)]
            if numbers and all(columns[c] is None for c in (whole, *parts)):
                own = plain(0) if all(float(v).is_integer() for v in numbers) else free(max(map(abs, numbers)))
                made[i] = [own if form is None and _is_number(v) else form
                           for v, form in zip(row, columns, strict=True)]
    return made


def digits(form: str | None) -> int | None:
    """Decimals of a number format; None for what is no amount."""
    if form is None or "#" not in form:
        return None
    return form.partition(";")[0].partition(".")[2].count("0")


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def form_of(block: Block, column: int) -> str | None:
    """Number format of a column: by the largest figure of the columns in its unit; None where each row has its own
    unit."""
    unit = block.fields[column].unit
    if unit == "year":
        return "0"
    if block.fields[column].exact:
        return plain(2)
    if not unit:
        return None
    values = [v for c, field in enumerate(block.fields) if field.unit == unit for line in block.rows
              if isinstance(v := line[c], (int, float)) and not isinstance(v, bool)]
    size = max((abs(v) for v in values), default=0.0)
    if all(float(v).is_integer() for v in values) or size >= 1000:
        return plain(0)
    return plain(1 if unit == "%" or size >= 10 else 2)
