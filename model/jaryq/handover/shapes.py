"""The shapes of a front page: figures, sentences, charts and small tables, without fonts, cells or markup. The plan
workbook, the html report and the brief draw the same values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from jaryq.base.text import Text
from jaryq.report.block import Block
from jaryq.report.shapes import Fact
from jaryq.report.streets import City, Street

Kind = Literal["stacked", "columns", "bars", "line", "curve", "fan"]
"""Columns upon each other, columns side by side, bars that lie, lines over places at equal distances, lines over
numbers, bands between levels (the lowest series first, none below nothing; see ``Chart.line``)."""


@dataclass(frozen=True)
class Series:
    """One name and its values, one for each label of the chart; None where there is none."""

    name: Text
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Chart:
    """A chart: ``labels`` along it (years as numbers, names as texts), ``unit`` in words on its axis, ``alt`` what it
    shows in one sentence. Of a curve the labels are the numbers that it is drawn over, ``along`` their unit. Raises
    ValueError where a series does not fit the labels."""

    key: str
    kind: Kind
    title: Text
    unit: Text
    labels: tuple[float | str | Text, ...]
    series: tuple[Series, ...]
    alt: Text
    along: Text | None = None

    def __post_init__(self) -> None:
        if any(len(series.values) != len(self.labels) for series in self.series):
            raise ValueError(f"chart {self.key}: a series does not fit the labels")

    @property
    def line(self) -> int:
        """The level of a fan that is a line: the middle one, of an even number the first."""
        return len(self.series) // 2 if len(self.series) % 2 else 0

    @property
    def empty(self) -> bool:
        """Whether nothing would be seen."""
        return not any(value for series in self.series for value in series.values)


@dataclass(frozen=True)
class Tile:
    """A region on the tile map: its key, its name, a short name that fits the tile, row and column from the north-west,
    and the value of each figure."""

    key: str
    name: Text
    short: Text
    row: int
    column: int
    values: Mapping[str, float | None]


@dataclass(frozen=True)
class Tiles:
    """The tile map: figures by key (title and unit), the one that is shown first, one tile for each region."""

    title: Text
    figures: Mapping[str, tuple[Text, Text]]
    shown: str
    tiles: tuple[Tile, ...]
    alt: Text


@dataclass(frozen=True)
class Flow:
    """One stream of the Sankey picture, in bn KZT, from one node to another."""

    start: Text
    end: Text
    value: float


@dataclass(frozen=True)
class Span:
    """A phase of a project: its word, first and last period (both counted from the first of the chart); ``amount``: the
    km that are renewed in it, of a package of networks."""

    phase: Text
    first: int
    last: int
    amount: float | None = None


@dataclass(frozen=True)
class Lane:
    """A project on the gantt: name, region, sector, cost in bn KZT, who pays, why it is when it is, its phases."""

    key: str
    name: Text
    region: Text
    sector: Text
    cost: float
    payer: Text
    reason: Text
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Gantt:
    """Projects over periods (``2027 Q1``), those that begin first above; ``kinds``: the packages among them by kind,
    where they are many."""

    periods: tuple[Text, ...]
    lanes: tuple[Lane, ...]
    kinds: tuple[Lane, ...] = ()


@dataclass(frozen=True)
class StreetMap:
    """Streets by their coordinates, those of the region that is shown first above; ``note``: what is left out;
    ``cities``: all streets of each region, for the country as a whole."""

    title: Text
    note: Text
    streets: tuple[Street, ...]
    cities: tuple[City, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """What a page of many futures says of the decision, in sentences: what is robust, what is not, what would change
    it. The first page shows it."""

    robust: tuple[Text, ...] = ()
    open: tuple[Text, ...] = ()
    changes: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Front:
    """A front page: title, what it answers, figures, sentences made from numbers, charts, small tables; and where it
    has them the tile map, the streams of money, the gantt, the streets. ``whole``: its tables for a reader who has no
    sheets behind the page, where ``blocks`` are what fits a printed one; ``long``: it may print on more than one page;
    ``links``: sheets of the plan that go on from it, by their names."""

    key: str
    title: Text
    note: Text
    figures: tuple[Fact, ...] = ()
    sentences: tuple[Text, ...] = ()
    charts: tuple[Chart, ...] = ()
    blocks: tuple[Block, ...] = ()
    tiles: Tiles | None = None
    flows: tuple[Flow, ...] = field(default=())
    gantt: Gantt | None = None
    streets: StreetMap | None = None
    long: bool = False
    links: tuple[tuple[Text, str], ...] = ()
    whole: tuple[Block, ...] = ()
    verdict: Verdict | None = None
