"""What every fact must hold: a source, a status, a unit of the vocabulary, a value in its form and range, one statement
of one thing. The case is not built from facts that do not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from kazakhstan_builder.facts import Facts, Row

STATUSES = ("reported", "derived", "estimate")
YEAR = re.compile(r"(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?|-(19|20)\d\d|-Q[1-4]|-H[12])?")
ONE_FACT = ("subject", "name", "attribute", "date")
RANGE = re.compile(r"(-?\d+(?:\.\d+)?)(?:-(\d+(?:\.\d+)?))?")
"""A number, or the lowest and the highest of a range."""


def problems(facts: Facts) -> list[str]:
    """One sentence for each fault, with its file and row; none where all is well."""
    return [*figures(facts), *project_facts(facts), *tables(facts), *units(facts)]


def figures(facts: Facts) -> Iterator[str]:
    for row in facts.figures:
        where = f"figures.csv {row['key']}|{row['year']}|{row['region']}"
        yield from of_statement(facts, where, row, row["year"])
    yield from twice("figures.csv", facts.figures, lambda row: (row["key"], row["year"], row["region"]))


def project_facts(facts: Facts) -> Iterator[str]:
    for row in facts.project_facts:
        where = f"project_facts.csv {row['subject']}!{row['attribute']}"
        yield from of_statement(facts, where, row, row["date"])
        for part in row["subject"].split("+"):
            if not (part.startswith("NEW-") or known(facts, part)):
                yield f"{where}: {part} is no facility and no source; a new one begins with NEW-"
        if not row["name"]:
            yield f"{where}: no name"
    yield from twice("project_facts.csv", facts.project_facts, lambda row: tuple(row[name] for name in ONE_FACT))


def known(facts: Facts, subject: str) -> bool:
    """A row of facts, or a source of money that the case chose to set apart."""
    chosen = {row["source_id"] for row in facts.choices["sources"]}
    return subject in facts.facilities or subject in facts.sources or subject in chosen


def of_statement(facts: Facts, where: str, row: Row, year: str) -> Iterator[str]:
    yield from traced(where, row)
    if year and not YEAR.fullmatch(year):
        yield f"{where}: {year} is no year, month, day or period"
    if not row["region"] or (row["region"].startswith("KZ-") and row["region"] not in facts.regions):
        yield f"{where}: region {row['region']!r} is not known"
    if row["unit"] not in facts.units:
        yield f"{where}: unit {row['unit']!r} is not in units.csv"
    elif fault := of_value(row["value"], facts.units[row["unit"]]):
        yield f"{where}: {fault}"


def of_value(text: str, unit: Row) -> str:
    """What is wrong with a value of this unit, or nothing."""
    if not text.strip():
        return "no value: what is not known has no row"
    if unit["form"] == "date":
        return "" if all(YEAR.fullmatch(part) for part in text.split("/")) else f"{text} is no date"
    if unit["form"] != "number":
        return ""
    if not (match := RANGE.fullmatch(text)):
        return f"{text} is no number"
    low, high = float(match[1]), float(match[2] or match[1])
    if not float(unit["least"]) <= low <= high <= float(unit["most"]):
        return f"{text} is outside {unit['least']} to {unit['most']} {unit['unit']}"
    return ""


def traced(where: str, row: Row) -> Iterator[str]:
    if not row["source"].strip():
        yield f"{where}: no source"
    if row["status"] not in STATUSES:
        yield f"{where}: status {row['status']!r} is none of {', '.join(STATUSES)}"


def tables(facts: Facts) -> Iterator[str]:
    """Wide rows: source, status and region; numbers are read by the builder column by column."""
    for name in ("facilities", "networks", "sources", "unit_costs"):
        for key, row in getattr(facts, name).items():
            yield from traced(f"{name}.csv {key}", row)
            region = row.get("region_id", "")
            if region and region != "KZ" and region not in facts.regions:
                yield f"{name}.csv {key}: region {region!r} is not known"


def units(facts: Facts) -> Iterator[str]:
    for key, row in facts.units.items():
        if row["form"] not in ("number", "date", "text", "list"):
            yield f"units.csv {key}: form {row['form']!r}"
        elif row["form"] == "number" and not float(row["least"]) < float(row["most"]):
            yield f"units.csv {key}: least is not below most"


def twice(file: str, rows: Sequence[Row], key: Callable[[Row], tuple[str, ...]]) -> Iterator[str]:
    for found, times in Counter(key(row) for row in rows).items():
        if times > 1:
            yield f"{file} {'|'.join(found)}: stands {times} times; one fact once"
