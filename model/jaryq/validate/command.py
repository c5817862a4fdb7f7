"""The command ``validate``, from its arguments to its exit code."""

from __future__ import annotations

import platform
import sys
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from jaryq.api.accepted import accept
from jaryq.api.verified import compiled
from jaryq.base.issues import Issue
from jaryq.base.places import write_whole
from jaryq.base.text import Lang
from jaryq.solve.highs import versions as solver_versions
from jaryq.tables.scenarios import BASE
from jaryq.tables.tables import Tables
from jaryq.validate.answer import Answerer
from jaryq.validate.apart import Apart, Other
from jaryq.validate.compare import Judged
from jaryq.validate.highs import Highs
from jaryq.validate.run import Programme, validate
from jaryq.validate.small import generated
from jaryq.validate.table import as_junit, lines, summary, verdict
from jaryq.workbook.read import read

PATIENCE = 2.0
"""Seconds after which it says what is being asked."""


def solvers(apart: Apart) -> list[Answerer]:
    """HiGHS three ways and OR-Tools two: three for divisible programs, two for whole ones."""
    return [Highs("simplex", "simplex"), Highs("interior", "ipm"), Other(apart, "GLOP", whole=False),
            Highs("HiGHS", "branching"), Other(apart, "SCIP", whole=True)]


def versions() -> dict[str, str]:
    """What was asked: the solvers, the algebra in front of them, and Python."""
    packages = {name: version(name) for name in ("highspy", "ortools", "pyomo")}
    return {"HiGHS": solver_versions()["highs"], **packages, "Python": platform.python_version()}


def run(
    sources: Sequence[Path], scenario: str, seconds: float, report: Path | None, lang: Lang, count: int | None,
) -> int:
    """Validate workbooks, and ``count`` generated cases (None: none, nor those without a plan); exit code 1 if solvers
    disagree.

    Raises InputRejected before anything is solved if one of the inputs is.
    """
    programmes = [_programme(*read(source), scenario) for source in sources]
    programmes += [_programme(tables, [], BASE) for tables in ([] if count is None else generated(count))]
    results: list[tuple[Programme, tuple[Judged, ...]]] = []
    with Apart() as apart:
        asked = solvers(apart)
        for programme in programmes:
            judged = validate(programme, asked, seconds, _Say())
            results.append((programme, judged))
            print("\n".join(lines(programme, judged, lang)), flush=True)
    if report is not None:
        write_whole(report, lambda draft: draft.write_text(as_junit(results, lang), encoding="utf-8"))
    everything = [found for _, judged in results for found in judged]
    print(", ".join(f"{name} {text}" for name, text in versions().items()))
    print(summary(everything, lang))
    return 1 if any(verdict(found) == "disagree" for found in everything) else 0


def _programme(tables: Tables, issues: Sequence[Issue], scenario: str) -> Programme:
    accepted = accept(tables, issues, scenario)
    return Programme(tables.name, compiled(accepted), accepted.case.settings.whole)


class _Say:
    """Says what is asked once a case has taken longer than a moment."""

    def __init__(self) -> None:
        self.begun = time.perf_counter()

    def __call__(self, step: str) -> None:
        spent = time.perf_counter() - self.begun
        if spent > PATIENCE:
            print(f"[{spent:5.1f} s] {step}", file=sys.stderr, flush=True)
