"""How grave an issue is: a stop ends the run, a surprise is to be looked at, a note says what was done."""

from __future__ import annotations

from typing import Literal

from jaryq.base.text import Text

Severity = Literal["stop", "surprise", "note"]
SEVERITIES: tuple[Severity, ...] = ("stop", "surprise", "note")
"""The gravest first."""

NAMES: dict[Severity, Text] = {"stop": Text("stop", "стоп"), "surprise": Text("surprise", "внимание"),
                               "note": Text("note", "заметка")}
