"""What a source of money says, and the rules that ceilings share."""

from __future__ import annotations

from dataclasses import dataclass, field

from kazakhstan_builder.facilities import remaining
from kazakhstan_builder.facts import PLANNED, Facts
from kazakhstan_builder.projects import PROJECTS

Yearly = dict[int, float]

NOT_FOUND = "fee not found, entered as 0"


@dataclass(frozen=True)
class Source:
    """A row of ``sources`` with its ceilings. ``row`` names the row of the fact base the addresses come from."""

    key: str
    kind: str
    rank: int
    rule: str
    row: str = ""
    names: tuple[str, str] = ("", "")
    partner: str = "KZ"
    currency: str = "KZT"
    envelope: float | None = None
    ceilings: Yearly | float | None = None
    carry: str = "none"
    loan: tuple[float, float, float] | None = None
    """Rate (percent), grace, tenor (years)."""
    front_end: float = 0.0
    max_share: float | None = None
    tied: float = 0.0
    closed: str = ""
    years: tuple[int | None, int | None] = (None, None)
    status: str = "estimate"
    more: str = ""
    fact_urls: tuple[str, ...] = field(default=())


def real(facts: Facts, amount: float, year: int) -> Yearly:
    """``amount`` of ``year`` kept constant in real terms over the planned years."""
    levels = facts.price_levels()
    return {planned: round(amount * levels[planned] / levels[year], 3) for planned in PLANNED}


def amount(facts: Facts, row: str) -> float:
    return float(facts.sources[row]["envelope_kzt_bn"])


def left_of(facts: Facts, key: str, total: float, kind: str) -> float:
    """What is left of a loan for a running project: in proportion to the time left, as the project's cost."""
    return round(remaining(PROJECTS[key], kind, total)[0], 3)
