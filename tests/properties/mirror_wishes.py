"""Wishes for random small cases, by a chance of their own: such as leave a plan, and whatever they cost."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from jaryq.case.case import Case, Facility, Package
from jaryq.case.works import Wish

WISHES = {"wanted done", "left out", "not before", "not after", "km wanted", "km left out", "no km before",
          "no km after", "payer wanted", "payer of km wanted"}


def with_wishes(seed: int, case: Case) -> Case:
    """Half of the cases have some. Where groups ask for facilities, or lots must be taken, nothing stands in their
    way."""
    chance = random.Random(f"wishes for {seed}")
    if chance.random() < 0.5:
        return case
    free = not any(group.at_least for group in case.choices.values())
    musts = {f.asset for f in case.facilities.values() if f.must or f.must_any} | {f.asset
        for f in case.facilities.values() if f.lot}
    rich = {row.project for row in case.rules if row.source == "U" and row.allowed}
    wishes: dict[str, Wish] = {}
    facilities = dict(case.facilities)
    for key, one in case.facilities.items():
        if chance.random() < 0.35:
            continue
        if one.asset not in musts and free:
            wishes[key] = _of_facility(chance, case, one)
        elif free and not case.links and key in rich and not one.lot and one.option_of is None and not any(f.option_of
                == key for f in facilities.values()):
            wishes[key], facilities[key] = Wish(key, decision=True), replace(one, must=True)
    for key, package in case.packages.items():
        if not package.committed and not package.lot and chance.random() < 0.65:
            wishes[key] = _of_package(chance, case, package)
    return replace(case, wishes=wishes, facilities=facilities)


def _dates(chance: random.Random, case: Case) -> dict[str, Any]:
    year = case.settings.periods_per_year
    early = chance.choice((0, year // 2, year))
    return chance.choice(({"first": year}, {"last": year - 1}, {"first": early, "last": early + year},
                          {"first": 2 * year}))


def _payer(chance: random.Random) -> dict[str, Any]:
    payer = chance.choice(("B", "O", "O"))
    return {"payer": payer, "share": chance.choice((0.3, 0.6, 1.0))}


def _of_facility(chance: random.Random, case: Case, facility: Facility) -> Wish:
    kind = chance.choice(("out", "dates", "dates", "payer", "both"))
    if kind == "out":
        return Wish(facility.id, decision=False)
    return Wish(facility.id, **(_dates(chance, case) if kind != "payer" else {}),
                **(_payer(chance) if kind != "dates" else {}))


def _of_package(chance: random.Random, case: Case, package: Package) -> Wish:
    """A few km, which money is left for; none at all; or who pays."""
    kind = chance.choice(("out", "dates", "dates", "km", "km", "payer"))
    if kind == "out":
        return Wish(package.id, decision=False)
    if kind == "dates":
        return Wish(package.id, **_dates(chance, case))
    if kind == "payer":
        return Wish(package.id, **_payer(chance))
    years = chance.sample(case.settings.years, chance.choice((1, 2)))
    return Wish(package.id, km={y: chance.choice((0.0, 0.8, 0.8, 1.5)) for y in sorted(years)},
                **({"first": 0} if chance.random() < 0.3 else {}))


def used_of_wishes(case: Case, starts: set[str], km: set[str]) -> set[str]:
    """The wishes of what a plan does, and of what it leaves out."""
    found = set()
    for key, wish in case.wishes.items():
        network = key in case.packages
        if wish.decision is not None:
            found.add("wanted done" if wish.decision else "km left out" if network else "left out")
        if key in starts | km:
            dates = (("first", "no km before", "not before"), ("last", "no km after", "not after"))
            found |= {of_km if network else of_start for name, of_km, of_start in dates
                      if getattr(wish, name) is not None}
            found |= {"payer of km wanted" if network else "payer wanted"} if wish.payer else set()
            found |= {"km wanted"} if any(wish.km.values()) else set()
    return found
