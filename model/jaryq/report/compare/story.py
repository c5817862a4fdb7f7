"""What the sentences on a scenario are made of, and the whole comparison."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jaryq.base.text import Text
from jaryq.report.compare.facts import Facts, Worth
from jaryq.report.compare.shapes import Block, Bridge
from jaryq.report.compare.ties import Standing
from jaryq.report.shapes import Out
from jaryq.tables.scenarios import Changed


@dataclass(frozen=True)
class Story:
    """A scenario: name, key, why it has no plan (empty: it has one), its figures, its net value against the base's
    (None: it is the base, or one of the two has no plan), the cells that it changes, how many projects move really by
    kind of move, how many at all, how many moves are real, ties, not examined, and how many facilities come
    in that do not count towards the programme's number."""

    name: Text
    scenario: str
    failure: str
    facts: Facts | None
    worth: Worth | None
    changed: tuple[Changed, ...]
    real: Mapping[str, int]
    kinds: Mapping[str, int]
    standings: Mapping[Standing, int]
    besides: int = 0


@dataclass(frozen=True)
class Comparison:
    """Everything ``comparison.xlsx`` shows. ``moves``: for each scenario, a sentence on what moves; ``listed``: every
    move with how it stands; ``stories``: what the sentences are made of; ``failures`` None if there are none."""

    title: Text
    subtitle: Text
    names: tuple[Text, ...]
    ids: tuple[str, ...]
    overview: tuple[Block, ...]
    projects: Out
    moves: tuple[Text, ...]
    money: Out
    targets: Out
    waterfall: Out
    bridges: tuple[Bridge, ...]
    inputs: Out
    listed: Out
    stories: tuple[Story, ...]
    failures: Out | None = None
