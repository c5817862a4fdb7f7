"""The committed block: projects whose contracts are signed or ordered, with dates, money and signed loans as published.

Not part of the shipped case yet: ``build(with_block(facts))`` is the case with it. ``choices/committed.csv`` has the
columns of ``projects.csv`` and, beside them, what a project adds or restores (``q_...``) and the money tied to it
(``paid_by``); ``choices/committed_sources.csv`` those of ``sources.csv`` and the conditions of signed loans. Columns
that no sheet declares yet are left out of the workbook; :func:`waiting` names them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from jaryq.sheets.inputs import INPUT
from kazakhstan_builder.facts import LAST_YEAR, PRICE_YEAR, Facts, Row
from kazakhstan_builder.force import in_force
from kazakhstan_builder.project import Project
from kazakhstan_builder.sheet import REFERENCE, Names, looked_up

RULES = ("ceiling", "ceiling_money_of", "terms_note")
"""Columns of sources that the builder reads and no sheet has."""


def with_block(facts: Facts) -> Facts:
    """The facts in force, with the projects and loans of the block in place of the older readings of the same ones."""
    now = in_force(facts)
    names = cost_names(now)
    block = {row["facility"]: filled(now, row, names) for row in now.choices["committed"]}
    most = {"three_chps_at_most": three_chps_at_most(now, block)}
    loans = {row["source_id"]: {**row, "envelope": number(now, row["envelope"], most)}
             for row in now.choices["committed_sources"]}
    projects = [row for row in now.choices["projects"] if row["facility"] not in block]
    sources = [row for row in now.choices["sources"] if row["source_id"] not in loans]
    eligibility = [row for row in now.choices["eligibility"] if row["source_id"] not in loans]
    blank = dict.fromkeys(loans[next(iter(loans))], "")
    return replace(
        now,
        facilities={key: {**row, "candidate_default": "1"} if key in block else row for key,
                    row in now.facilities.items()},
        choices={
            **now.choices,
            "projects": [*projects, *block.values()],
            "sources": [*loans.values(), *({**blank, **row} for row in sources)],
            "works_besides": now.choices["committed_works"],
            "eligibility": [*own_projects(list(block.values())), *eligibility],
        },
    )


def cost_names(facts: Facts) -> Names:
    """Costs that no source states, bn KZT: Ust-Kamenogorsk as Semey by MW; half of what both units of GRES-2 cost;
    Aktau as the Turkistan plant by MW."""
    mw = {key: float(facts.facilities[key]["capacity_mw"]) for key in ("F114", "F115", "F120", "F224")}
    return {
        "cost_f115": float(facts.cell("F114", "cost")) / mw["F114"] * mw["F115"],
        "cost_f117": float(facts.cell("F116+F117", "cost")) / 2,
        "cost_f224": float(facts.cell("F120", "cost")) / mw["F120"] * mw["F224"],
    }


def three_chps_at_most(facts: Facts, block: Mapping[str, Row]) -> float:
    """bn KZT: what the three CHPs can cost at most, all of it at prices of the last year."""
    projects = [Project.of(block[key]) for key in ("F113", "F114", "F115")]
    costs = [facts.to_price_year(project.total or 0.0, project.price_year) for project in projects]
    return round(sum(costs) * facts.levels[LAST_YEAR] / facts.levels[PRICE_YEAR], 0)


def number(facts: Facts, text: str, names: Names) -> str:
    """The text with names of ``names`` and facts on projects as numbers; what others fill in later stays."""
    def known(match: re.Match[str]) -> str:
        return str(looked_up(match[1], facts, names)) if match[1] in names or "!" in match[1] else match[0]

    return REFERENCE.sub(known, text)


def filled(facts: Facts, row: Row, names: Names) -> Row:
    return {column: number(facts, text, names) for column, text in row.items()}


def own_projects(block: list[Row]) -> list[Row]:
    """Each of the loans pays for its own projects alone."""
    paid: dict[str, list[str]] = {}
    for row in block:
        for source in row["paid_by"].split():
            paid.setdefault(source, []).append(row["facility"])
    return [
        {"source_id": source, "allowed": "yes", "column": "project", "values": " ".join(keys),
         "reason": "money for this project", "data_status": "reported", "source": ""}
        for source, keys in paid.items()
    ]


def waiting(facts: Facts) -> set[str]:
    """Columns of the block that wait for their declaration, as ``sheet.column``."""
    quantities = [name for name in facts.choices["committed"][0] if name.startswith("q_")]
    wanted = {"facilities": quantities, "sources": list(facts.choices["committed_sources"][0])}
    return {f"{sheet}.{name}" for sheet, names in wanted.items() for name in names
            if not INPUT[sheet].column(name) and name not in RULES}
