"""Length of whole heat, water and sewer networks: as published for the region, else by people.

A city (a region without villages) has as many km a head as the cities whose length is published, of heat networks a
head and degree day. Other regions have, by townspeople and degree days, what the cities and the published lengths leave
of the country's heat networks, and for townspeople as many km of sewers as where a length is published. Their towns
have as much water pipe a head as cities; their villages, by people, what is left of all pipes of the country.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kazakhstan_builder.facts import PRICE_YEAR, Facts

Weights = Mapping[str, float]
Lengths = dict[tuple[str, str], tuple[float, str, str]]
PIPES = ("heat", "water", "sewer")


def people(facts: Facts, region: str) -> tuple[float, float]:
    """Thousand people of a region in towns and in villages."""
    thousand = int(facts.regions[region]["population_persons"]) / 1000
    towns = facts.value("population.urban_share", PRICE_YEAR, region) / 100
    return thousand * towns, thousand * (1 - towns)


def pipes(facts: Facts, published: Mapping[tuple[str, str], tuple[float, str]]) -> Lengths:
    """Km, rule and source by sector and region. ``published``: km and source of whole regions."""
    towns, villages = ({region: people(facts, region)[part] for region in facts.regions} for part in (0, 1))
    warmth = {region: towns[region] * float(row["hdd18_degree_days"]) for region, row in facts.regions.items()}
    cities = [region for region, count in villages.items() if not count]
    others = [region for region in facts.regions if region not in cities]
    found: Lengths = {key: (km, "published", url) for key, (km, url) in published.items()}

    def open_in(sector: str, among: Iterable[str]) -> list[str]:
        return [region for region in among if (sector, region) not in found]

    def a_unit(sector: str, weight: Weights, among: Iterable[str]) -> float:
        known = [region for region in among if (sector, region) in published]
        return sum(published[sector, region][0] for region in known) / sum(weight[region] for region in known)

    def fill(sector: str, among: Iterable[str], per: float, weight: Weights, rule: str) -> None:
        for region in open_in(sector, among):
            found[sector, region] = (per * weight[region], rule, "")

    def rest(total: float, *sectors: str) -> float:
        return total - sum(km for (sector, _), (km, *_) in found.items() if sector in sectors)

    def fill_rest(sector: str, left: float, weight: Weights, rule: str) -> None:
        fill(sector, others, left / sum(weight[region] for region in open_in(sector, others)), weight, rule)

    for sector, weight, words in (("heat", warmth, "head and degree day"), ("water", towns, "head"),
                                  ("sewer", towns, "head")):
        fill(sector, cities, a_unit(sector, weight, cities), weight, f"as many km a {words} as in the cities with a "
             "published length")
    fill("sewer", others, a_unit("sewer", towns, others), towns, "as many km for a person in towns as in the other "
         "regions with a published length")
    heat, every = national_heat(facts), facts.value("length.networks_heat_water_sewer", PRICE_YEAR)
    fill_rest("heat", rest(heat, "heat"), warmth, f"the rest of {heat:,.0f} km in the country, by people in towns and "
              "degree days")
    in_towns, open_water = a_unit("water", towns, cities), open_in("water", others)
    left = rest(every, *PIPES) - in_towns * sum(towns[region] for region in open_water)
    a_villager = left / sum(villages[region] for region in open_water)
    of_both = {region: in_towns * towns[region] + a_villager * villages[region] for region in open_water}
    fill("water", others, 1, of_both, "as many km for a person in towns as in cities, and for villages the rest of "
         f"{every:,.0f} km of all pipes in the country, by people")
    return found


def national_heat(facts: Facts) -> float:
    """Km of heat networks in the country."""
    return float(facts.networks["NET006"]["length_km"])
