"""Length of whole heat, water and sewer networks: as published for the region, else by people.

A city (a region without villages) has as many km a head as the cities whose length is published, of heat networks a
head and degree day. Other regions have, by people in towns and degree days, what the cities and the published lengths
leave of the country's heat networks; of sewers, by people in towns, what they leave of the country's; and of water
networks, by people, what is left of all pipes of the country.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kazakhstan_builder.facts import PRICE_YEAR, Facts

Weights = Mapping[str, float]
Lengths = dict[tuple[str, str], tuple[float, str, str]]
PIPES = ("heat", "water", "sewer")


def pipes(facts: Facts, published: Mapping[tuple[str, str], tuple[float, str]]) -> Lengths:
    """Km, rule and source by sector and region. ``published``: km and source of whole regions."""
    people = {region: int(row["population_persons"]) / 1000 for region, row in facts.regions.items()}
    share = {region: facts.value("population.urban_share", PRICE_YEAR, region) / 100 for region in people}
    towns = {region: count * share[region] for region, count in people.items()}
    warmth = {region: towns[region] * float(row["hdd18_degree_days"]) for region, row in facts.regions.items()}
    cities, others = ([region for region in people if (share[region] == 1) is city] for city in (True, False))
    found: Lengths = {key: (km, "published", url) for key, (km, url) in published.items()}

    def fill(sector: str, among: Iterable[str], weight: Weights, rule: str, total: float | None = None) -> None:
        """The regions without a length: what is left of a total, else as much a unit as the published lengths."""
        blank = [region for region in among if (sector, region) not in found]
        told = [region for region in among if (sector, region) in published] if total is None else blank
        km = sum(published[sector, region][0] for region in told) if total is None else total
        unit = km / sum(weight[region] for region in told)
        found.update({(sector, region): (unit * weight[region], rule, "") for region in blank})

    def there(*sectors: str) -> float:
        return sum(km for (sector, _), (km, *_) in found.items() if sector in sectors)

    for sector, weight, each in (("heat", warmth, "head and degree day"), ("water", people, "head"),
                                 ("sewer", people, "head")):
        fill(sector, cities, weight, f"as many km a {each} as in the cities with a published length")
    heat, sewer = national_heat(facts), facts.value("length.sewer_networks", 2022)
    every = facts.value("length.networks_heat_water_sewer", PRICE_YEAR)
    fill("sewer", others, towns, f"the rest of {sewer:,.0f} km in the country, by people in towns",
         sewer - there("sewer"))
    fill("heat", others, warmth, f"the rest of {heat:,.0f} km in the country, by people in towns and degree days",
         heat - there("heat"))
    fill("water", others, people, f"the rest of {every:,.0f} km of all pipes in the country, by people",
         every - there(*PIPES))
    return found


def national_heat(facts: Facts) -> float:
    """Km of heat networks in the country."""
    return float(facts.networks["NET006"]["length_km"])
