"""Balances, ties, borrowers and bills of consumers of the Case, from checked rows: blanks filled, percent as
fractions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from jaryq.case.areas import Balance, Borrower, Tie
from jaryq.case.case import Settings
from jaryq.case.fill import in_order, named, part, rows, share, years_of
from jaryq.case.rates import Tariff
from jaryq.case.works import months_between
from jaryq.tables.selector import several
from jaryq.tables.tables import Tables


def balances(tables: Tables, settings: Settings) -> tuple[Balance, ...]:
    """Each area and unit, with its peak and what is available in its years: the planned ones, then those up to the last
    one that is stated for any area it is tied to; at least the next year where a deficit is priced beyond."""
    stated = rows(tables, "balances")
    last = {(r["area"], r["unit"]): max((*years_of(r, "peak_"), *years_of(r, "available_"), settings.last_year
                                         + (r["price"] is not None and _priced_to(r, settings) > settings.last_year)))
            for r in stated}
    for group in _tied_groups(tables, last):
        latest = max(last[end] for end in group)
        last.update(dict.fromkeys(group, latest))
    found = []
    for r in stated:
        peak, available = years_of(r, "peak_"), years_of(r, "available_")
        years = range(settings.plan_from, last[r["area"], r["unit"]] + 1)
        found.append(Balance(
            r["area"], r["unit"], r["origin"], _through(peak, years), _through(available, years),
            quantity=r["quantity"],
            regions=frozenset(several(r["regions"])) or None,
            places=frozenset(several(r["places"])) or None,
            months=months_between(r["peak_from"], r["peak_to"]),
            reserve=part(r["reserve"]),
            priority=r["priority"],
            price=r["price"],
            priced_to=_priced_to(r, settings),
            cells={str(year): r["cells"].get(f"available_{stated}", r["origin"])
                   for year, stated in _stated(available, years).items()},
            area_ru=r["area_ru"],
        ))
    return tuple(sorted(found, key=lambda balance: balance.id))


def _priced_to(row: Mapping[str, Any], settings: Settings) -> int:
    return int(row["priced_to"] or settings.evaluation_last_year)


def _tied_groups(tables: Tables, ends: Iterable[tuple[str, str]]) -> list[set[tuple[str, str]]]:
    """Areas of a unit that ties join, in groups; an area without a tie alone."""
    groups = [{end} for end in ends]
    for r in rows(tables, "ties"):
        joined = {(r["from_area"], r["unit"]), (r["to_area"], r["unit"])}
        met = [group for group in groups if group & joined]
        groups = [group for group in groups if not group & joined]
        if met:
            groups.append(set().union(*met))
    return groups


def ties(tables: Tables, made: Iterable[Balance]) -> tuple[Tie, ...]:
    """Each tie, with its capacity in the years of the two balances it joins."""
    years = {balance.id: balance.years for balance in made}
    found = []
    for r in rows(tables, "ties"):
        stated = years_of(r)
        tie = Tie(**named(r, "tie"), a=r["from_area"], b=r["to_area"], unit=r["unit"], quantity=r["quantity"])
        mine = sorted({year for end in tie.ends for year in years.get(end, ())})
        found.append(Tie(tie.id, tie.name, tie.name_ru, tie.origin, tie.a, tie.b, tie.unit, tie.quantity,
                         _through(stated, mine),
                         {str(year): r["cells"].get(str(of), r["origin"])
                          for year, of in _stated(stated, mine).items()}))
    return tuple(sorted(found, key=lambda tie: tie.id))


def _stated(given: Mapping[int, float], years: Iterable[int]) -> dict[int, int]:
    """The year whose figure holds in each of ``years``: itself, or the last one before it that is given."""
    found = {}
    for year in years:
        earlier = [each for each in given if each <= year]
        if earlier:
            found[year] = max(earlier)
    return found


def _through(given: Mapping[int, float], years: Iterable[int]) -> dict[int, float]:
    """Figures of ``years``: blank is as the year before."""
    return {year: given[of] for year, of in _stated(given, years).items()}


def borrowers(tables: Tables) -> dict[str, Borrower]:
    """Who owes loans, with cash and other service as stated."""
    return in_order({
        r["borrower"]: Borrower(
            **named(r, "borrower"), level=r["level"], cover=r["cover"], priority=r["priority"],
            growth=share(r["growth"]), cash=years_of(r, "cash_"), other=years_of(r, "other_"),
            cells={str(year): r["cells"].get(f"cash_{year}", r["origin"]) for year in years_of(r, "cash_")})
        for r in rows(tables, "borrowers")
    })


def tariffs(tables: Tables, settings: Settings) -> tuple[Tariff, ...]:
    """Bills of consumers, with the largest rise of each planned year."""
    found = []
    for r in rows(tables, "tariffs"):
        stated = {year: part(value) for year, value in years_of(r, "rise_").items()}
        rise = share(r["rise"])
        general = r["cells"].get("rise", r["origin"])
        found.append(Tariff(r["region"], r["sector"], r["base"], rise, general,
                            cells={y: r["cells"].get(f"rise_{y}", general) if stated.get(y) is not None else general
                                   for y in settings.years},
                            invested=part(r["invested"]), rises={y: stated.get(y, rise) for y in settings.years},
                            household_share=share(r["household_share"])))
    return tuple(sorted(found, key=lambda row: (row.region, row.sector)))
