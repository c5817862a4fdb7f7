"""Where an opened case comes from: the input, what was asked of it, and what the line of the program works on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jaryq.api.accepted import Accepted
from jaryq.base.text import Lang
from jaryq.tables.change import Change


@dataclass(frozen=True, eq=False, repr=False)
class Origin:
    """An accepted input and its origin. Nothing in it changes.

    ``source``: the workbook or folder; ``accepted``: what the line of the program works on; ``changes``: those made
    beside the scenario's; ``seconds``: of reading and checking; ``digest``: SHA-256 of what was read; ``since``: the
    last plan.
    """

    source: Path
    scenario: str
    lang: Lang
    accepted: Accepted
    changes: tuple[Change, ...]
    seconds: Mapping[str, float]
    digest: str = ""
    since: Path | None = None

    @property
    def name(self) -> str:
        """The case's name: the stem of its file."""
        return self.accepted.case.name
