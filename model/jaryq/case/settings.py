"""Settings of a run, as stated; part of the Case."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from jaryq.base.text import Text


@dataclass(frozen=True)
class Settings:
    """Settings of a run. Rates are fractions; ``gap`` is a fraction of the present value of outlays."""

    case: str
    first_year: int
    plan_from: int
    last_year: int
    resolution: Literal["year", "quarter"]
    price_year: int
    evaluation_last_year: int
    discount_rate: float
    discount_basis: Literal["real", "nominal"]
    discount_timing: Literal["mid", "start", "end"]
    objective: Literal["purse", "least_cost", "most_benefit", "earliest_finish"]
    whole: bool
    benefit_is_net: bool
    gap: float
    shortfall_gap: float
    node_limit: int | None
    time_limit: float
    seed: int
    tie_break: bool
    prices: int
    price_step: float
    case_ru: str = ""
    tariff_mode: Literal["pass_through", "rab"] = "pass_through"
    rab_return: float = 0.1
    rab_life: float = 20.0
    yellow_from: float = 5.5
    red_from: float = 6.5
    red_zone_first: bool = False
    stability: float = 0.0
    grant_discount: float = 0.05
    explain: Literal["off", "left out", "all"] = "off"
    decide_by: int | None = None
    price_unfunded: float = 3.0
    price_beyond: float = 1000.0
    price_shortfalls: tuple[float | None, float | None, float | None] = (None, None, None)
    """By priority, bn KZT per unit of normalised shortfall; None: none is declared."""

    @property
    def title(self) -> Text:
        """Name of the case in both languages."""
        return Text(self.case, self.case_ru or self.case)

    @property
    def known_from(self) -> int:
        """Year on whose 1 January it is known what comes true."""
        return self.plan_from + 1 if self.decide_by is None else self.decide_by

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The planned years."""
        return tuple(range(self.plan_from, self.last_year + 1))

    @property
    def periods_per_year(self) -> int:
        return 4 if self.resolution == "quarter" else 1

    def label(self, position: int) -> str:
        """Label of a period by its position, before the first or after the last planned one too."""
        k = self.periods_per_year
        year = self.plan_from + position // k
        return str(year) if k == 1 else f"{year}Q{position % k + 1}"
