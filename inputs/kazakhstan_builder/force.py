"""The facts in force: what is newer or better sourced stands in place of what it replaces. The shipped case does not
use them yet; it takes them over in steps, each told in the changelog."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kazakhstan_builder.facts import Facts, Row, both


def in_force(facts: Facts) -> Facts:
    """``facts`` with every replaced figure, cell of a row and cell of a choice changed, each with its new source."""
    by = {row["replaces"]: row for row in [*facts.figures, *facts.project_facts] if row["replaces"]}
    return replace(
        facts,
        figures=[figure(row, by) for row in facts.figures],
        **{name: {key: wide(key, row, by) for key, row in getattr(facts, name).items()}
           for name in ("facilities", "networks")},
        choices={name: [choice(name, row, by) for row in rows] for name, rows in facts.choices.items()},
    )


def figure(row: Row, by: Mapping[str, Row]) -> Row:
    """The figure under its old key, so that rules need not know what replaced it."""
    name = f"{row['key']}|{row['year']}" + ("" if row["region"] == "KZ" else f"|{row['region']}")
    if (new := by.get(name)) is None:
        return row
    return {**row, **{column: new[column] for column in ("value", "source", "status", "note")}}


def wide(key: str, row: Row, by: Mapping[str, Row]) -> Row:
    changed = {name: by[f"{key}!{name}"] for name in row if f"{key}!{name}" in by}
    if not changed:
        return row
    sources = [new["source"] for new in changed.values()]
    return {**row, **{name: new["value"] for name, new in changed.items()}, "source": both(*sources, row["source"])}


def choice(table: str, row: Row, by: Mapping[str, Row]) -> Row:
    """A ceiling that is replaced is money of the year of the new fact; the note is the new one's, since the old rule is
    gone."""
    key = next(iter(row.values()))
    changed = {name: by[f"choices/{table}:{key}!{name}"] for name in row if f"choices/{table}:{key}!{name}" in by}
    found = dict(row)
    for name, new in changed.items():
        found |= {name: new["value"], "source": new["source"], "note": new["note"], "data_status": new["status"]}
        if name == "ceiling":
            found["ceiling_money_of"] = new["date"][:4]
    return found
