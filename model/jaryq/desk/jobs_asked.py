"""What jobs of the page are asked: the arguments of ordinary commands. Texts of a workbook are values of options, never
options themselves."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jaryq.api.results import inside
from jaryq.base.extras import installed
from jaryq.desk.desk import Desk
from jaryq.desk.jobs import Asked
from jaryq.desk.plans import TABLES


def plan_asked(source: Path, scenario: str, lang: str, changes: Sequence[str] = (),
               folder: Path | None = None, besides: Sequence[str] = ()) -> Asked:
    """A plan; with ``changes`` that stand in no cell, into a ``folder`` of its own. ``besides``: options for what else
    is written."""
    more = [*besides, *(f"--set={change}" for change in changes), *([f"--out={folder}"] if folder else [])]
    return Asked("plan", ("plan", str(source.resolve()), f"--scenario={scenario}", f"--lang={lang}", *more),
                 str(source.resolve()), scenario, str(folder or ""), tuple(changes))


def besides_of(desk: Desk, case: Path, scenario: str) -> tuple[str, ...]:
    """Tables, brief and pages of the regions beside the plan of a scenario, as far as what they need is installed."""
    found = [f"--tables={inside(desk.results(case), scenario) / TABLES}"] if installed("tables") else []
    return (*found, *(("--brief",) if installed("brief") else ()), "--regions")


def scenarios_asked(source: Path, lang: str) -> Asked:
    """All scenarios of a workbook, side by side."""
    return Asked("scenarios", ("scenarios", str(source.resolve()), f"--lang={lang}"), str(source.resolve()))


def sweep_asked(source: Path, scenario: str, lang: str) -> Asked:
    """Each uncertain input alone."""
    return Asked("sweep", ("sweep", str(source.resolve()), f"--scenario={scenario}", f"--lang={lang}"),
                 str(source.resolve()), scenario)


def regret_asked(source: Path, scenario: str, lang: str) -> Asked:
    """Every scenario's early decisions under every scenario."""
    return Asked("regret", ("regret", str(source.resolve()), f"--scenario={scenario}", f"--lang={lang}"),
                 str(source.resolve()), scenario)


def ensemble_asked(source: Path, scenario: str, lang: str, draws: int) -> Asked:
    """So many draws of the uncertain inputs; what an earlier run has kept is taken over."""
    return Asked("ensemble", ("ensemble", str(source.resolve()), f"--scenario={scenario}", f"--lang={lang}",
                              f"--draws={draws}", "--resume"), str(source.resolve()), scenario)
