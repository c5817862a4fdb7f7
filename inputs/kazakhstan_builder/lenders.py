"""Lenders by their practice, and Japan in explicit cases. Not part of the shipped case yet.

``with_lenders(with_block(facts))``: base has no money from Japan, since none is published for the programme; scenarios
open one JICA project loan (one product, a named agency), one JBIC/NEXI export credit, both, both late, both dearer.
Pace, tickets and the months until a loan is effective wait for their columns.
"""

from __future__ import annotations

from dataclasses import replace

from kazakhstan_builder.facts import Facts, Row, both

WITHOUT = ("no_japan", "japan_double", "japan_late")
"""Scenarios of the shipped case that have nothing to change where base has no Japanese money."""


def with_lenders(facts: Facts) -> Facts:
    chosen = facts.choices
    scenarios = [without(row) for row in chosen["scenarios"] if row["scenario"] not in WITHOUT]
    changes = [row for row in chosen["scenario_changes"] if row["scenario"] not in WITHOUT]
    japan = {row["source_id"] for row in chosen["sources"] if row["partner"] == "JP"}
    fields = list(dict.fromkeys([*chosen["sources"][0], *chosen["japan_sources"][0],
                                 *(r["column"] for r in chosen["lenders"])]))
    sources = [*chosen["japan_sources"],
               *(by_practice(facts, row) for row in chosen["sources"] if row["partner"] != "JP")]
    return replace(facts, choices={
        **chosen,
        "sources": [{name: deal(facts, row.get(name, "")) for name in fields} for row in sources],
        "eligibility": [*(row for row in chosen["eligibility"] if row["source_id"] not in japan),
                        *chosen["japan_eligibility"]],
        "scenarios": [*scenarios, *chosen["japan_scenarios"]],
        "scenario_changes": [*changes, *chosen["japan_changes"]],
    })


def deal(facts: Facts, text: str) -> str:
    """A cell with the size of the one export credit: JBIC's part in the Syrdarya plant in bn JPY at the rate of June
    2026."""
    dollars = float(facts.cell("JP_JBIC_EXP", "amount_syrdarya"))
    return text.replace("{jbic_deal_jpy}", str(round(dollars / 1000 * facts.value("fx.jpy_per_usd", "2026-06-30"), 1)))


def by_practice(facts: Facts, row: Row) -> Row:
    """The row with what is known of the lender's practice, its sources and remarks added."""
    known = [one for one in facts.choices["lenders"] if one["source_id"] == row["source_id"]]
    if not known:
        return row
    return {
        **row,
        **{one["column"]: one["value"] for one in known},
        "source": both(*row["source"].split("; "), *(one["source"] for one in known)),
        "note": "; ".join(part for part in (row["note"], *(one["note"] for one in known)) if part),
    }


def without(row: Row) -> Row:
    """A scenario that no longer builds on one that is gone."""
    kept = [name for name in row["builds_on"].split("; ") if name not in WITHOUT]
    return {**row, "builds_on": "; ".join(kept)}
