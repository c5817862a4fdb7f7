"""The file of what a plan renews, stretch by stretch, beside it: written with the plan, and read back."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path

from jaryq.api.manifest import read_manifest
from jaryq.base.places import MOST_BESIDE, numbered, remove, write_whole
from jaryq.case.case import Case
from jaryq.report.stretches import rows_of
from jaryq.solve.solution import Solution
from jaryq.workbook.plan_read import StoredPlan
from jaryq.workbook.register.result import HASH, NAME, content_of, is_result, renewed_of, result_name


@dataclass(frozen=True, eq=False)
class Beside:
    """The file of a plan that is about to be written, and the name of the one of the plan that was there before; both
    nothing for a plan without a register."""

    folder: Path
    place: Path | None
    content: bytes
    before: object

    @property
    def said(self) -> dict[str, str]:
        """What the manifest says of it."""
        if self.place is None:
            return {}
        return {NAME: self.place.name, HASH: sha256(self.content).hexdigest()}

    def write(self) -> None:
        """Into its place. Raises Misplaced or Fault."""
        if self.place is not None:
            write_whole(self.place, partial(Path.write_bytes, data=self.content))

    def clear(self) -> None:
        """The one of the plan before goes, if it has another name."""
        if is_result(self.before) and self.before != self.said.get(NAME):
            with contextlib.suppress(OSError):
                (self.folder / str(self.before)).unlink()

    @contextmanager
    def with_plan(self, plan: Path) -> Iterator[None]:
        """Written together with ``plan``: where that does not take its place, what the older plan speaks of is put
        back."""
        there, place = _stamp(plan), self.place
        older = place.read_bytes() if place is not None and place.exists() else None
        try:
            yield
        except BaseException:
            if place is not None and _stamp(plan) == there:
                if older is None:
                    remove(place)
                elif place.read_bytes() != older:
                    write_whole(place, partial(Path.write_bytes, data=older))
            raise


def beside_plan(case: Case, solution: Solution, folder: Path) -> Beside:
    """The file of a plan, its name chosen: what stands there and is none stays, and what is open in another program,
    and it has a name of its own then."""
    before = read_manifest(folder).get(NAME)
    stretches, renewed = case.stretches, solution.renewed
    if stretches is None or renewed is None:
        return Beside(folder, None, b"", before)
    labels = [period.label for period in case.periods]
    ending, content = content_of(rows_of(stretches, renewed, labels))
    path = folder / result_name(stretches.source.name, ending)
    free = (place for number in range(1, MOST_BESIDE) if not (place := numbered(path, number)).exists()
            or (place.name == before and not _is_open(place)))
    return Beside(folder, next(free, path), content, before)


def _stamp(path: Path) -> tuple[int, int] | None:
    """Which file stands at a place."""
    with contextlib.suppress(OSError):
        return path.stat().st_ino, path.stat().st_mtime_ns
    return None


def _is_open(path: Path) -> bool:
    """Whether another program keeps a file from being replaced (Windows)."""
    try:
        os.replace(path, path)
    except PermissionError:
        return True
    return False


def with_renewed(stored: StoredPlan, case: Case, plan: Path) -> StoredPlan:
    """A plan that was read, with what it renews of the stretches of its case. Raises NoRegister where the file is
    missing, another one, or damaged."""
    if case.stretches is None:
        return stored
    found = renewed_of(stored.manifest, plan, case.stretches, [period.label for period in case.periods])
    return stored if found is None else replace(stored, solution=replace(stored.solution, renewed=found))
