"""Who owns works: the columns that say so, and what groups of owners have."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kazakhstan_builder.facts import Facts, Record


def columns(facts: Facts, owner: str) -> Record:
    """Owner, its name in Russian, and the borrower that owes for its works; blank where nobody is told. KeyError where
    the choices do not name it."""
    chosen = {row["owner"]: row for row in facts.choices["owners"]}[owner] if owner else {}
    return {"owner": owner or None, **{name: chosen.get(name) or None for name in ("owner_ru", "borrower")}}


def works_of(facts: Facts, groups: Collection[str], assets: Iterable[Record]) -> list[str]:
    """Facilities of the owners that belong to groups: grid (the national grid company), fund (companies of
    Samruk-Kazyna)."""
    owners = {row["owner"] for row in facts.choices["owners"] if row["belongs_to"] in groups}
    return [row["facility"] for row in assets if row.get("owner") in owners]
