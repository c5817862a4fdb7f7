"""What the commands on uncertain inputs stand on: an accepted input, its plan, its uncertain inputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jaryq.api.accepted import Accepted
from jaryq.api.clock import Say
from jaryq.api.rejected import accepted_or_why
from jaryq.api.reuse import kept, key_of
from jaryq.api.run_one import run_one
from jaryq.base.errors import Told
from jaryq.base.text import Lang, Text
from jaryq.case.plan import Plan
from jaryq.case.uncertain import Uncertain, uncertain_of
from jaryq.tables.change import Change
from jaryq.workbook.read import read

NOTHING_UNCERTAIN = Text("the sheet uncertainty of {path} has no row: state what is not known, its range and source",
                         "на листе uncertainty файла {path} нет строк: укажите, что неизвестно, диапазон и источник")


class NothingUncertain(Told):
    """An input without uncertain inputs is asked what they do."""

    exit_code = 2
    status = "rejected"


@dataclass(frozen=True, eq=False)
class Ground:
    """``plan``: the verified plan of the input; ``rows``: its uncertain inputs; ``key``: of all that decides the
    plan."""

    accepted: Accepted
    plan: Plan
    rows: tuple[Uncertain, ...]
    key: str


def ground(source: Path, scenario: str, folder: Path, lang: Lang, say: Say, extra: Sequence[Change] = (), *,
           uncertain: bool = True, force: bool = False) -> Ground:
    """The input with the plan that stands in ``folder``, or is planned into it first. Raises NothingUncertain where
    ``uncertain`` inputs are asked for and none are stated, and what reading and planning raise."""
    say(f"reading {source}")
    tables, issues = read(source)
    accepted = accepted_or_why(tables, issues, scenario, extra, say)
    rows = uncertain_of(accepted.tables)
    if uncertain and not rows:
        raise NothingUncertain(NOTHING_UNCERTAIN.fill(path=source))
    key = key_of(accepted)
    found = kept(folder, key)
    if found is None:
        run_one(source, scenario, folder, lang, say, extra, force=force, explain=False)
        found = kept(folder, key)
        assert found is not None, "the plan was written a moment ago"
    return Ground(accepted, found.stored.plan, rows, key)
