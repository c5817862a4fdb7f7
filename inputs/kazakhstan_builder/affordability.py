"""What consumers pay and earn: bills by region and utility with their largest rise, incomes."""

from __future__ import annotations

from kazakhstan_builder.facts import Facts, Record, both, trace
from kazakhstan_builder.sheet import looked_up

SURVEY = "income.per_capita_survey"
BEFORE, NOW = "2023-Q2", "2025-Q3"


def tariffs(facts: Facts) -> list[Record]:
    """Bills of all consumers of the year before the plan: those of households over their part, by population."""
    people = {key: float(row["population_persons"]) for key, row in facts.regions.items()}
    return [
        {
            "region": region, "sector": row["sector"],
            "base": round(bill(facts, row["households"]) / float(row["household_share"]) * 100 * persons
                          / sum(people.values()), 3),
            "invested": bill(facts, row["invested"]), "household_share": float(row["household_share"]),
            "rise": bill(facts, row["rise"]),
            **trace("estimate", both(*(facts.source(part[1:]) for part in row["source"].split("; "))),
                    f"{row['note']}; of the country, by population"),
        }
        for region, persons in people.items() for row in facts.choices["tariffs"]
    ]


def bill(facts: Facts, text: str) -> float:
    return float(looked_up(text.strip("{}"), facts, {}))


def income(facts: Facts, region: str) -> float:
    """KZT a month and person by the survey: the country's of 2025, in the ratio of the region's to it in 2023."""
    now = facts.value(SURVEY, NOW)
    own = [float(row["value"]) for row in facts.figures
           if (row["key"], row["year"], row["region"]) == (SURVEY, BEFORE, region)]
    return round(now * own[0] / facts.value(SURVEY, BEFORE)) if own else now
