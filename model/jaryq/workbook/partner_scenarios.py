"""Which scenarios of the inputs move the money of one partner alone: told on its page."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase

from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.report.words import joined
from jaryq.tables.tables import Tables

OF_MONEY = ("sources", "source_years", "programme")
"""Sheets of scenario changes that may speak of sources alone; ``programme`` shifts what its selector names."""


def moved_alone(inputs: Tables, case: Case, partner: str) -> Text | None:
    """Which scenarios of the case move the money of this partner alone, and the command that says what they move in the
    plan; None where there are none."""
    mine = {key for key, source in case.sources.items() if source.partner == partner}
    changes: dict[str, list[bool]] = {}
    for _, row in inputs.get("scenario_changes").records():
        changes.setdefault(str(row.get("scenario")), []).append(_of_partner(row, case, partner, mine))
    found = [(str(row.get("scenario")), row) for _, row in inputs.get("scenarios").records()
             if all(changes.get(str(row.get("scenario")), [False])) and not row.get("builds_on")]
    names = joined([Text(str(row.get("name") or key), str(row.get("name_ru") or row.get("name") or key))
                    for key, row in found])
    if names is None:
        return None
    keys = " ".join(f"--only {key}" for key, _ in found)
    return Text(f"If its money is late, dearer or absent ({names.en}): jaryq scenarios CASE.xlsx {keys} plans "
                "each of these; its comparison.xlsx says which projects move, fall out or come in.",
                f"Если эти деньги придут позже, станут дороже или их не будет ({names.ru}): команда jaryq scenarios "
                f"CASE.xlsx {keys} строит план для каждого сценария; в comparison.xlsx сказано, какие объекты "
                "сдвинутся, выпадут или войдут.")


def _of_partner(row: Mapping[str, object], case: Case, partner: str, mine: set[str]) -> bool:
    """Whether a change speaks of sources of this partner and of nothing else."""
    column, _, wanted = str(row.get("selector") or "").partition("=")
    if str(row.get("sheet")) not in OF_MONEY:
        return False
    if column == "partner":
        return wanted == partner
    if column not in ("source", "source_id"):
        return False
    hit = {key for key in case.sources if any(fnmatchcase(key, one) for one in wanted.split("|"))}
    return bool(hit) and hit <= mine
