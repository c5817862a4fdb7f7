"""What consumers of a utility pay by year, and how fast it rises (docs/numbers.md, Tariffs); nominal bn KZT."""

from __future__ import annotations

from collections import defaultdict
from math import fsum

from jaryq.base.home import BILLION
from jaryq.verify.calendar import by_year
from jaryq.verify.debt import Debt
from jaryq.verify.finding import Ledger
from jaryq.verify.funding import At, Funding, sector_of

Need = dict[tuple[str, str, int], float]
"""By (region, sector, year), from the year before the first planned one on."""


def tariff_needs(funding: Funding, debt: Debt) -> Need:
    """``need`` of each row of the sheet tariffs, in every planned year and (the base) in the year before."""
    case = funding.case
    settings = case.settings
    own, loans = _money(funding)
    needs: Need = {}
    for row in case.tariffs:
        at = (row.region, row.sector)
        needs[*at, settings.plan_from - 1] = row.base
        straight = by_year((y, amount) for (_, y), amount in own[at].items())
        asset = by_year((y, amount) for part in (own[at], loans[at]) for (_, y), amount in part.items())
        series = debt.of(loans[at])
        bill, level = row.base * (1.0 - row.invested), 1.0
        for y in settings.years:
            rise, prices = row.rise_in(y), _level(funding, y)
            grown = prices / level
            bill, level = bill * (grown if rise is None else min(grown, 1.0 + rise)), prices
            if settings.tariff_mode == "rab":
                more = fsum(amount * _return(funding, y - s) for s, amount in asset.items() if s < y)
            else:
                more = straight.get(y, 0.0) + series.service.get(y, 0.0) - series.subsidy.get(y, 0.0)
            needs[*at, y] = bill + more
    return needs


def _money(funding: Funding) -> tuple[dict[tuple[str, str], At], dict[tuple[str, str], At]]:
    """Own draws, and draws of loans repaid by consumers, by (source, year), of each (region, sector)."""
    case = funding.case
    places = {p: (project.region or "", sector_of(case, project) or "") for p, project in case.projects.items()}
    own: dict[tuple[str, str], At] = defaultdict(dict)
    loans: dict[tuple[str, str], At] = defaultdict(dict)
    for (s, p, y), amount in funding.plan.draw.items():
        source = case.sources[s]
        if source.kind == "own":
            to = own[places[p]]
        elif source.kind == "loan" and source.who_repays == "consumers":
            to = loans[places[p]]
        else:
            continue
        to[s, y] = to.get((s, y), 0.0) + amount
    return own, loans


def _return(funding: Funding, age: int) -> float:
    """Return and depreciation, ``age`` years after the spending, of 1 in the asset base; nothing after its life."""
    settings = funding.case.settings
    if age > settings.rab_life:
        return 0.0
    return settings.rab_return * (1.0 - (age - 1) / settings.rab_life) + 1.0 / settings.rab_life


def _level(funding: Funding, year: int) -> float:
    """``P_y/P_b``: ``b`` is the year before the first planned one, or that one where the index does not reach back."""
    prices, first = funding.prices, funding.case.settings.plan_from
    try:
        base = prices.general(first - 1)
    except ValueError:
        base = prices.general(first)
    return prices.general(year) / base


def verify_tariffs(funding: Funding, needs: Need, ledger: Ledger) -> None:
    """tariff_rise, for every planned year of the rows with a largest rise."""
    for row in funding.case.tariffs:
        for y in funding.case.settings.years:
            need, before = needs[row.region, row.sector, y], needs[row.region, row.sector, y - 1]
            rise = row.rise_in(y)
            if rise is not None:
                place = f"need[{row.region},{row.sector},{y}]"
                ledger.note("tariff_rise", place, need, "<=", (1.0 + rise) * before, BILLION,
                            abs(need) + abs(before))
