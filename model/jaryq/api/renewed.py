"""The file of what a plan renews, stretch by stretch, beside it: written with the plan, and read back."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from functools import partial
from pathlib import Path

from jaryq.api.manifest import read_manifest
from jaryq.base.places import MOST_BESIDE, numbered, write_whole
from jaryq.case.case import Case
from jaryq.report.stretches import rows_of
from jaryq.solve.solution import Solution
from jaryq.workbook.plan_read import StoredPlan
from jaryq.workbook.register.read import sha256_of
from jaryq.workbook.register.result import HASH, NAME, content_of, is_result, renewed_of, result_name


def write_renewed(case: Case, solution: Solution, folder: Path) -> dict[str, str]:
    """Write the file; what the manifest says of it (nothing for a plan without a register). An older one goes; what
    stands there and is none stays, and the file stands beside it. Raises Misplaced or Fault."""
    before = read_manifest(folder).get(NAME)
    stretches, renewed = case.stretches, solution.renewed
    said: dict[str, str] = {}
    if stretches is not None and renewed is not None:
        labels = [period.label for period in case.periods]
        ending, content = content_of(rows_of(stretches, renewed, labels))
        path = folder / result_name(stretches.source.name, ending)
        free = (place for number in range(1, MOST_BESIDE) if (place := numbered(path, number)).name == before
                or not place.exists())
        place = write_whole(next(free, path), partial(Path.write_bytes, data=content))
        said = {NAME: place.name, HASH: sha256_of(place)}
    if is_result(before) and before != said.get(NAME):
        with contextlib.suppress(OSError):
            (folder / str(before)).unlink()
    return said


def with_renewed(stored: StoredPlan, case: Case, plan: Path) -> StoredPlan:
    """A plan that was read, with what it renews of the stretches of its case. Raises NoRegister where the file is
    missing, another one, or damaged."""
    if case.stretches is None:
        return stored
    found = renewed_of(stored.manifest, plan, case.stretches, [period.label for period in case.periods])
    return stored if found is None else replace(stored, solution=replace(stored.solution, renewed=found))
