"""Which scenarios of the inputs move the money of one partner alone: told on its page, the command that plans them on
the sheet contents."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase

from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.report.words import country, joined
from jaryq.tables.tables import Tables

OF_MONEY = ("sources", "source_years", "programme")
"""Sheets of scenario changes that may speak of sources alone; ``programme`` shifts what its selector names."""


SAID = Text("If its money is late, dearer or absent ({names}): comparison.xlsx of these scenarios says which projects "
            "move, fall out or come in; how to make it stands on the sheet contents.",
            "Если эти деньги придут позже, станут дороже или их не будет ({names}): в comparison.xlsx этих сценариев "
            "сказано, какие объекты сдвинутся, выпадут или войдут; как его получить, сказано на листе contents.")
COMMAND = Text("To plan the scenarios that move the money of {partner} alone: jaryq scenarios CASE.xlsx {keys}",
               "Чтобы рассчитать сценарии, которые меняют только деньги этого партнёра ({partner}): jaryq scenarios "
               "CASE.xlsx {keys}")


def moved_alone(inputs: Tables, case: Case, partner: str) -> Text | None:
    """Which scenarios of the case move the money of this partner alone, and where to read what they move in the plan;
    None where there are none."""
    names = joined([Text(str(row.get("name") or key), str(row.get("name_ru") or row.get("name") or key))
                    for key, row in _alone(inputs, case, partner)])
    return None if names is None else SAID.fill(names=names)


def command(inputs: Tables, case: Case, partner: str) -> Text | None:
    """The command that plans these scenarios, for the analyst: a page that is handed to a lender has none."""
    keys = " ".join(f"--only {key}" for key, _ in _alone(inputs, case, partner))
    return COMMAND.fill(partner=country(partner), keys=keys) if keys else None


def _alone(inputs: Tables, case: Case, partner: str) -> list[tuple[str, Mapping[str, object]]]:
    """Keys and rows of the scenarios that move the money of a partner and nothing else."""
    mine = {key for key, source in case.sources.items() if source.partner == partner}
    changes: dict[str, list[bool]] = {}
    for _, row in inputs.get("scenario_changes").records():
        changes.setdefault(str(row.get("scenario")), []).append(_of_partner(row, case, partner, mine))
    return [(str(row.get("scenario")), row) for _, row in inputs.get("scenarios").records()
            if all(changes.get(str(row.get("scenario")), [False])) and not row.get("builds_on")]


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
