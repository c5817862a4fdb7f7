"""What projects spend and bring in, by project and year, in terms of the decisions (docs/numbers.md: Money)."""

from __future__ import annotations

from collections.abc import Mapping

from jaryq.factors.linear import Decision, Linear
from jaryq.factors.money import ByYear, Money
from jaryq.factors.works import Works

ByProject = Mapping[tuple[str, int], Linear]


def outlays(works: Works, money: Money) -> ByProject:
    """Nominal outlay of each project in each year, bn KZT: starts at their cost, km at theirs less what shared trenches
    save."""
    found = _of_starts(money.outlay)
    for n, labels in works.open.items():
        for t in labels:
            y = works.period_year[t]
            found.setdefault((n, y), {})["renew", (n, t)] = money.km_cost[n, y]
    for (n, y), places in works.shared.items():
        for k, t in places:
            found[n, y]["joint", (k, t)] = -money.trench_saving[k, y]
    return {key: Linear(of, 0.0, "bn KZT") for key, of in sorted(found.items())}


def incomes(money: Money) -> ByProject:
    """Nominal income (negative stated spending) of each facility in each year, bn KZT."""
    return {key: Linear(of, 0.0, "bn KZT") for key, of in sorted(_of_starts(money.income).items())}


def _of_starts(amounts: Mapping[tuple[str, str], ByYear]) -> dict[tuple[str, int], dict[Decision, float]]:
    found: dict[tuple[str, int], dict[Decision, float]] = {}
    for place, by_year in amounts.items():
        for y, amount in by_year.items():
            found.setdefault((place[0], y), {})["start", place] = amount
    return found
