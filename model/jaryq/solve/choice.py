"""What the other choice costs, as the plan keeps it: made by the room ``explain``, checked again by ``verify``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["facility", "start", "payer"]
"""Done or not; another start of what is done; another payer of a project."""

Verdict = Literal["always", "never", "open", "undecided"]

By = Literal["multipliers", "program", "tree", "found", "nothing"]
"""What shows the verdict: stored multipliers of the stages, those of a linear program with the opposite forced, a
branching tree of it, a plan found; nothing (undecided)."""


@dataclass(frozen=True)
class Choice:
    """A choice of the plan and the cost of its opposite.

    ``project``: row; ``now``: what the plan has (``in`` or ``out``, of divisible facilities ``part`` too, a period, a
    source), ``other``: its opposite in the same words. ``at_least``: by stage how much worse every plan with the
    opposite is (minimised, under the limits that plans as good as this one keep in the stages before; negative: it may
    be better by so much), up to the first stage that shuts them out. ``cannot``: there is no plan with the opposite at
    all. ``at_most``: by stage how much worse the plan found with it is. ``instead``: its starts that the shown plan
    does not have, and with a minus those that only the shown plan has.
    """

    kind: Kind
    project: str
    now: str
    other: str
    verdict: Verdict
    by: By
    cannot: bool = False
    at_least: Mapping[str, float] = field(default_factory=dict)
    at_most: Mapping[str, float] = field(default_factory=dict)
    instead: tuple[str, ...] = ()

    @property
    def lets_in(self) -> bool:
        """Whether the opposite is that the row is done, whole."""
        return self.other == "in"
